"""Marks in and beside the cells of the class table: of a target, of training's pull, of a wrong number."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from ceviz.drawing.painting import number_width

TARGET_MARK_RISE = 6.0


def paint_target_mark(
    painter: QPainter, x: float, track: QRectF, ink: QColor, rise: float = TARGET_MARK_RISE
) -> None:
    """The black mark that says where the target is on a prediction's track; it stands out by `rise` px."""
    top, bottom = track.top() - rise, track.bottom() + 4
    painter.save()
    painter.setPen(QPen(ink, 2))
    painter.drawLine(QPointF(x, top + 2), QPointF(x, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(
        [QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x + 1, top + 6), QPointF(x - 1, top + 6)]
    )
    painter.restore()


def paint_arrow(painter: QPainter, start: QPointF, length: float, ink: QColor) -> None:
    """A horizontal arrow; a short one is its head alone, below 1 px nothing."""
    if abs(length) < 1:
        return
    side = math.copysign(1.0, length)
    head = min(8.0, max(abs(length), 5.0))
    tip = QPointF(start.x() + length, start.y())
    painter.save()
    painter.setPen(QPen(ink, 2.5, c=Qt.PenCapStyle.FlatCap))
    if abs(length) > head:
        painter.drawLine(start, QPointF(tip.x() - side * head * 0.6, tip.y()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    back = tip.x() - side * head
    painter.drawPolygon([tip, QPointF(back, tip.y() - head * 0.55), QPointF(back, tip.y() + head * 0.55)])
    painter.restore()


def paint_wave(painter: QPainter, place: QRectF, text: str, font: QFont, ink: QColor) -> None:
    """A wavy line under a number that cannot be."""
    left = place.right() - number_width(text, font)
    y = place.center().y() + 10
    path = QPainterPath(QPointF(left, y))
    x, up = left, True
    while x < place.right():
        path.quadTo(QPointF(x + 1.5, y + (-2.5 if up else 2.5)), QPointF(x + 3, y))
        x, up = x + 3, not up
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
