"""Two predictions in one simplex, and the way from A to B."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_lenses import CompareSimplex
from ceviz.explain.simplex_chart import SimplexChart
from ceviz.gui.plots.difference_item import paint_arrow
from ceviz.gui.plots.model_points import paint_haloed_disc
from ceviz.gui.plots.plain_plot import PlainPlot
from ceviz.gui.plots.px_item import PxItem
from ceviz.gui.plots.simplex_view import (
    COMPACT,
    STANDARD,
    GroundItem,
    LevelItem,
    PointTextsItem,
    simplex_frame,
    to_px,
)

_FROM_DISC = 15.5
"""Where the arrow starts and ends: at the border around a disc, in px from its middle."""
_SHORTEST = 5.0
_COVERED, _RING = 5.0, 7.0


class _TargetItem(PointTextsItem):
    """Of the texts only the target's: both points have their letters."""

    def paint_chart(self, painter: QPainter, chart: SimplexChart) -> None:
        if chart.target is not None:
            self._paint_target(painter, chart.target)


class _PairItem(PxItem):
    """The discs of A and B and the arrow between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=30)
        self._theme = theme
        self._places: tuple[QPointF | None, QPointF | None] = (None, None)

    def display(self, a: QPointF | None, b: QPointF | None, bounds: QRectF, theme: Theme) -> None:
        self._span(bounds)
        self._places, self._theme = (a, b), theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        a, b = self._places
        length = QLineF(a, b).length() if a is not None and b is not None else None
        for model, place in reversed(list(enumerate(self._places))):
            if place is not None:
                # Where both are in one place B is drawn larger, as a ring around A.
                covered = model == 1 and length is not None and length < _COVERED
                radius = self._theme.point["model"] + (_RING if covered else 0.0)
                paint_haloed_disc(painter, place, model, radius, self._theme)
        if a is not None and b is not None:
            self._paint_arrow(painter, QLineF(a, b))

    def _paint_arrow(self, painter: QPainter, line: QLineF) -> None:
        length = line.length()
        if length < 2 * _FROM_DISC + _SHORTEST:
            return
        start, end = (line.pointAt(way) for way in (_FROM_DISC / length, 1 - _FROM_DISC / length))
        width = float(self._theme.stroke["classCurve"])
        paint_arrow(painter, QLineF(start, end), self._theme.color("ink"), width)


class CompareSimplexPlot(PlainPlot):
    """Draws a `CompareSimplex`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._value: CompareSimplex | None = None
        self._ground = (GroundItem(theme), LevelItem(theme), _TargetItem(theme))
        self._pair = _PairItem(theme)
        for item in (*self._ground, self._pair):
            self.scene().addItem(item)
        self._ready = True

    def compare(self, value: CompareSimplex) -> None:
        """Show both predictions."""
        self._value = value
        points = zip(LETTERS, (value.a, value.b), strict=True)
        said = [f"{letter}: {point.accessible if point else 'no prediction'}" for letter, point in points]
        self.setAccessibleName("; ".join(said))
        self.setAccessibleDescription(value.target.accessible if value.target else "")
        self._redraw()

    def _redraw(self) -> None:
        bounds = self._bounds()
        if self._value is None or bounds.isEmpty():
            return
        frame = simplex_frame(bounds.size(), COMPACT if self._theme.compact else STANDARD)
        self._set_range(frame)
        chart = _ground_of(self._value)
        for item in self._ground:
            item.display(chart, frame, bounds, self._theme)
        a, b = (
            to_px(frame, (point.x, point.y)) if point else None for point in (self._value.a, self._value.b)
        )
        self._pair.display(a, b, bounds, self._theme)


def _ground_of(value: CompareSimplex) -> SimplexChart:
    """What is the same as for one model: bands, corners, target and infinite edges."""
    return SimplexChart(
        corners=value.corners,
        bands=value.bands,
        level_labels=value.level_labels,
        prediction=value.a or value.b,
        target=value.target,
        level_line=None,
        infinite_edges=value.infinite_edges,
        reading=value.reading,
        short_reading=value.reading,
    )
