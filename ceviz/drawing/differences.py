"""The arrow from A's loss to B's, and the dots of the legend."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ceviz.drawing.compare_layout import CompareLayout
from ceviz.drawing.points import paint_model_dot
from ceviz.drawing.theme import Theme

HEAD_LENGTH, _HEAD_HALF = 11.0, 6.0
_BAND = 12.5
_FROM_DISC = 15.5
"""Where the arrow starts and ends: at the border around a disc, in px from its middle."""
_SHORTEST = 5.0


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


def paint_arrow_between(painter: QPainter, line: QLineF, theme: Theme) -> None:
    """From the disc of A to the disc of B, none where they are too close."""
    length = line.length()
    if length < 2 * _FROM_DISC + _SHORTEST:
        return
    start, end = (line.pointAt(way) for way in (_FROM_DISC / length, 1 - _FROM_DISC / length))
    paint_arrow(painter, QLineF(start, end), theme.color("ink"), float(theme.stroke["classCurve"]))


def paint_difference(painter: QPainter, layout: CompareLayout, theme: Theme) -> None:
    """The dots of the legend, and the arrow on its band."""
    for model, dot in enumerate(layout.dots):
        paint_model_dot(painter, dot, model, theme)
    if layout.arrow is None:
        return
    color = theme.color("loss")
    ground = QColor(color)
    ground.setAlphaF(theme.opacity["hoverHalo"])
    top, bottom = sorted((layout.arrow.y1(), layout.arrow.y2()))
    painter.fillRect(QRectF(layout.arrow.x1() - _BAND / 2, top, _BAND, bottom - top), ground)
    paint_arrow(painter, layout.arrow, color, float(theme.stroke["curve"]))
