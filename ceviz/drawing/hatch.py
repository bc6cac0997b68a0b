"""Hatched areas: what nobody can avoid, what is infinite, what is missing."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

from ceviz.drawing.painting import pixel_ratio, round_bar
from ceviz.drawing.theme import Theme


def paint_hatch(
    painter: QPainter,
    rect: QRectF,
    color: QColor,
    theme: Theme,
    pitch: float = 6.0,
    width: float = 1.5,
    radius: float = 0.0,
    edge: QColor | None = None,
) -> None:
    """Lines at 45 degrees, `pitch` apart; on paper they are shapes, as viewers draw patterns differently."""
    if theme.paper:
        painter.fillPath(_hatch_lines(rect, radius, pitch, width), color)
        if edge is not None:
            round_bar(painter, rect, radius, Qt.BrushStyle.NoBrush, edge)
        return
    brush = _hatch_brush(color, pixel_ratio(painter), pitch, width)
    if edge is None:
        painter.fillRect(rect, brush)
    else:
        round_bar(painter, rect, radius, brush, edge)


def _hatch_lines(rect: QRectF, radius: float, pitch: float, width: float) -> QPainterPath:
    """The parts of the lines that lie within a rectangle with round corners."""
    step, half = pitch * math.sqrt(2), width / math.sqrt(2)
    lines = QPainterPath()
    lines.setFillRule(Qt.FillRule.WindingFill)
    first = math.floor((rect.left() + rect.top()) / step - 0.5)
    last = math.ceil((rect.right() + rect.bottom()) / step - 0.5)
    for number in range(first, last + 1):
        line = _between(rect, (number + 0.5) * step - half, (number + 0.5) * step + half)
        if len(line) > 2:
            lines.addPolygon(QPolygonF([*line, line[0]]))
    if not radius:
        return lines
    bounds = QPainterPath()
    bounds.addRoundedRect(rect, radius, radius)
    return lines.intersected(bounds)


def _between(rect: QRectF, low: float, high: float) -> list[QPointF]:
    """The corners of what lies in a rectangle where low <= x + y <= high."""
    corners = [rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()]
    return _half(_half(corners, low, 1), high, -1)


def _half(corners: list[QPointF], limit: float, sign: int) -> list[QPointF]:
    """A polygon cut off along x + y = limit (Sutherland and Hodgman 1974)."""
    kept: list[QPointF] = []
    for start, end in zip(corners[-1:] + corners[:-1], corners, strict=True):
        before, after = (sign * (point.x() + point.y() - limit) for point in (start, end))
        if (before < 0) != (after < 0):
            kept.append(start + (end - start) * (before / (before - after)))
        if after >= 0:
            kept.append(end)
    return kept


@lru_cache(maxsize=64)
def _hatch_tile(color: int, ratio: float, pitch: float, width: float) -> QPixmap:
    # Two lines per tile: a whole number of pixels lies within 0.2 % of 2 pitches along the edge.
    side = max(2, round(2 * pitch * math.sqrt(2) * ratio))
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(color), width * ratio))
    for step in range(-1, 4):
        offset = side * (step + 0.5) / 2
        painter.drawLine(QPointF(offset - 2 * side, 2 * side), QPointF(offset + side, -side))
    painter.end()
    return tile


def _hatch_brush(color: QColor, ratio: float, pitch: float, width: float) -> QBrush:
    """Lines at 45 degrees that stay sharp at device pixel ratio `ratio` (Qt's own patterns do not scale)."""
    brush = QBrush(_hatch_tile(color.rgba(), ratio, pitch, width))
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush
