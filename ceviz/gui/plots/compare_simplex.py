"""Two predictions in one simplex, and the way from A to B."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Vectors
from ceviz.drawing.differences import paint_arrow_between
from ceviz.drawing.simplex import SimplexPainter, ground_of
from ceviz.drawing.simplex_layout import ink_colors
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_lenses import CompareSimplex
from ceviz.gui.plots.model_points import ModelPointItem
from ceviz.gui.plots.px_item import PxItem
from ceviz.gui.plots.simplex_view import CornersItem, GroundItem, LevelItem, PointTextsItem
from ceviz.gui.plots.triangle_plot import TrianglePlot

_COVERED, _RING = 5.0, 7.0
_LETTER_KEYS = {Qt.Key.Key_A: 0, Qt.Key.Key_B: 1}


class _TargetItem(PointTextsItem):
    """Of the texts only the target's: both points have their letters."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(8)

    def _paint(self, painter: QPainter, shown: SimplexPainter) -> None:
        shown.paint_target(painter)


class _ArrowItem(PxItem):
    """From the disc of A to the disc of B."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=9)
        self._theme = theme
        self._line = QLineF()

    def display(self, line: QLineF, bounds: QRectF, theme: Theme) -> None:
        self.setRect(bounds)
        self._line, self._theme = line, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_arrow_between(painter, self._line, self._theme)


class CompareSimplexPlot(TrianglePlot):
    """Draws a `CompareSimplex`. The keys A and B choose which point the arrow keys move."""

    shares_dragged = Signal(int, object, object, bool)
    """Model (0: A, 1: B), the three classes, their shares, whether in fine steps (Shift)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, (GroundItem(), CornersItem(), LevelItem(), _TargetItem()))
        self._arrow = _ArrowItem(theme)
        self._discs = tuple(ModelPointItem() for _ in LETTERS)
        for item in (self._arrow, *self._discs):
            self.scene().addItem(item)
        self._ready = True

    def compare(self, value: CompareSimplex) -> None:
        """Show both predictions."""
        points = zip(LETTERS, (value.a, value.b), strict=True)
        said = [f"{letter}: {point.accessible if point else 'no prediction'}" for letter, point in points]
        self.setAccessibleName("; ".join(said))
        self._show(ground_of(value), (value.a, value.b))
        self._describe()

    def _describe(self) -> None:
        known = [self.chart.marked] if self.chart and self.chart.marked else []
        if any(self._points):
            known.append(f"keys move {LETTERS[self._current]}")
        self.setAccessibleDescription("; ".join(known))

    def _draw_points(self) -> None:
        places = [self._px(point) if point else None for point in self._points]
        a, b = places
        line = QLineF(a, b) if a is not None and b is not None else QLineF()
        self._arrow.display(line, self._bounds(), self._theme)
        covered = a is not None and b is not None and line.length() < _COVERED
        for model, (disc, at) in enumerate(zip(self._discs, places, strict=True)):
            disc.setVisible(at is not None)
            if at is not None:
                # Where both are in one place the one below is drawn larger, as a ring.
                on_top = model == self._current
                radius = self._theme.point["model"] + (_RING if covered and not on_top else 0.0)
                disc.display(at, radius, ink_colors(self._theme), self._theme, self._state(model))
                disc.display_model(model, lettered=True, on_top=on_top)

    def _say(self, point: int, classes: tuple[int, ...], shares: Vectors, fine: bool) -> None:
        self.shares_dragged.emit(point, classes, shares, fine)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = _LETTER_KEYS.get(Qt.Key(event.key()))
        if wanted is None or self._dragged is not None or self._point(wanted) is None:
            super().keyPressEvent(event)
            return
        self._current, self._ring = wanted, True
        self._redraw()
        self._describe()
