"""The arrow from A's loss to B's, and the dots of the legend."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.compare_layout import CompareLayout
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.model_points import paint_model_dot
from ceviz.gui.plots.px_item import PxItem

HEAD_LENGTH, _HEAD_HALF = 11.0, 6.0
_BAND = 12.5


def paint_arrow(painter: QPainter, line: QLineF, color: QColor, width: float) -> None:
    """A line with a head that ends where the line does; a short one is all head."""
    length = line.length()
    if length == 0:
        return
    along = QPointF(line.dx() / length, line.dy() / length)
    across = QPointF(-along.y(), along.x())
    head = min(HEAD_LENGTH, length)
    neck = line.p2() - along * head
    painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    if length > head:
        painter.drawLine(line.p1(), neck + along)
    half = _HEAD_HALF * head / HEAD_LENGTH
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([line.p2(), neck + across * half, neck - across * half]))


class DifferenceItem(PxItem):
    """Lies below the points, above curves and drop lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=3)
        self._theme = theme
        self._layout: CompareLayout | None = None

    def display(self, layout: CompareLayout, bounds: QRectF, theme: Theme) -> None:
        self._span(bounds)
        self._layout, self._theme = layout, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for model, dot in enumerate(self._layout.dots):
            paint_model_dot(painter, dot, model, self._theme)
        if self._layout.arrow is not None:
            self._paint_difference(painter, self._layout.arrow)

    def _paint_difference(self, painter: QPainter, arrow: QLineF) -> None:
        color = self._theme.color("loss")
        ground = QColor(color)
        ground.setAlphaF(self._theme.opacity["hoverHalo"])
        top, bottom = sorted((arrow.y1(), arrow.y2()))
        painter.fillRect(QRectF(arrow.x1() - _BAND / 2, top, _BAND, bottom - top), ground)
        paint_arrow(painter, arrow, color, float(self._theme.stroke["curve"]))
