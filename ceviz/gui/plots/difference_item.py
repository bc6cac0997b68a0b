"""The arrow from A's loss to B's, and the dots of the legend."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.compare_layout import CompareLayout
from ceviz.drawing.differences import paint_difference
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.px_item import PxItem


class DifferenceItem(PxItem):
    """Lies below the points, above curves and drop lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=3)
        self._theme = theme
        self._layout: CompareLayout | None = None

    def display(self, layout: CompareLayout, bounds: QRectF, theme: Theme) -> None:
        self.setRect(bounds)
        self._layout, self._theme = layout, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._layout is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_difference(painter, self._layout, self._theme)
