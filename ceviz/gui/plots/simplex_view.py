"""What a simplex shows besides its point: bands, edges, levels, corners, and the texts outside."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.simplex import SimplexPainter, corner_drop
from ceviz.gui.plots.px_item import PxItem


class SimplexItem(PxItem):
    """Keeps the chart and where it lies."""

    def __init__(self, z: float, kept: bool = False) -> None:
        super().__init__(z, kept)
        self._shown: SimplexPainter | None = None

    def display(self, shown: SimplexPainter, bounds: QRectF) -> None:
        self.setRect(self._area(shown, bounds))
        before, self._shown = self._shown, shown
        if before is None or self._changes(before, shown):
            self.update()

    def _area(self, shown: SimplexPainter, bounds: QRectF) -> QRectF:
        """What it covers."""
        return bounds

    def _changes(self, before: SimplexPainter, after: SimplexPainter) -> bool:
        """Whether another chart looks different here."""
        return True

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._shown is not None:
            self._paint(painter, self._shown)

    def _paint(self, painter: QPainter, shown: SimplexPainter) -> None:
        raise NotImplementedError


class GroundItem(SimplexItem):
    """What stands still while the prediction moves, kept as a picture: the heat map, its edges and levels."""

    def __init__(self) -> None:
        super().__init__(z=-5, kept=True)

    def _changes(self, before: SimplexPainter, after: SimplexPainter) -> bool:
        return _still_parts(before) != _still_parts(after)

    def _paint(self, painter: QPainter, shown: SimplexPainter) -> None:
        shown.paint_ground(painter)


def _still_parts(shown: SimplexPainter) -> tuple[object, ...]:
    chart = shown.chart
    return (shown.frame.area, shown.theme, chart.bands, chart.corners, chart.level_labels)


class CornersItem(SimplexItem):
    """Glyphs and names of the classes, kept as a picture."""

    def __init__(self) -> None:
        super().__init__(z=-5, kept=True)

    def _changes(self, before: SimplexPainter, after: SimplexPainter) -> bool:
        return _corner_parts(before) != _corner_parts(after)

    def _paint(self, painter: QPainter, shown: SimplexPainter) -> None:
        shown.paint_corners(painter)


def _corner_parts(shown: SimplexPainter) -> tuple[object, ...]:
    return (shown.frame.area, shown.theme, shown.chart.corners, corner_drop(shown.chart), shown.lit)


class LevelItem(SimplexItem):
    """Follows the prediction: the level line through it, or the edges where the loss is as infinite."""

    def __init__(self) -> None:
        super().__init__(z=-4)

    def _area(self, shown: SimplexPainter, bounds: QRectF) -> QRectF:
        return shown.level_area()

    def _paint(self, painter: QPainter, shown: SimplexPainter) -> None:
        shown.paint_level(painter)


class PointTextsItem(SimplexItem):
    """The loss on its pill, and what a soft target and its prediction are."""

    def __init__(self) -> None:
        super().__init__(z=20)

    def _area(self, shown: SimplexPainter, bounds: QRectF) -> QRectF:
        return bounds if shown.chart.target else shown.loss_pill

    def _paint(self, painter: QPainter, shown: SimplexPainter) -> None:
        shown.paint_texts(painter)
