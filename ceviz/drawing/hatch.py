"""Hatched areas: what nobody can avoid, what is infinite, what is missing."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF, QTransform

from ceviz.drawing.painting import number_width, paint_number, pixel_ratio, round_bar
from ceviz.drawing.theme import ClassColors, Theme

_Direction = tuple[float, float]
"""Of a hatch: a unit vector across its lines."""
_RISING, _FALLING = (math.sqrt(0.5), math.sqrt(0.5)), (math.sqrt(0.5), -math.sqrt(0.5))
_LEVEL, _UPRIGHT = (0.0, 1.0), (1.0, 0.0)
_PATTERNS: tuple[tuple[_Direction, ...], ...] = (
    (_RISING,),
    (_FALLING,),
    (_LEVEL,),
    (_UPRIGHT,),
    (_RISING, _FALLING),
    (_LEVEL, _UPRIGHT),
    (_RISING, _LEVEL),
    (_FALLING, _UPRIGHT),
)
"""Of the classes in print, in their order."""
_PATTERN_PITCH, _PATTERN_WIDTH = 4.5, 0.9


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


def paint_dashed_edge(painter: QPainter, rect: QRectF, radius: float, color: QColor) -> None:
    """The edge of what was clipped, or is missing."""
    pen = QPen(color, 1.2)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_class_area(
    painter: QPainter, rect: QRectF, radius: float, colors: ClassColors, edge: QColor | None
) -> None:
    """An area in the colour of its class, or in print in its pattern."""
    if colors.pattern is None and radius == 0 and edge is None:
        painter.fillRect(rect, colors.fill)
        return
    if colors.pattern is None:
        round_bar(painter, rect, radius, colors.fill, edge)
        return
    round_bar(painter, rect, radius, QColor("white"))
    for direction in _PATTERNS[colors.pattern]:
        lines = _hatch_lines(rect, radius, _PATTERN_PITCH, _PATTERN_WIDTH, direction)
        painter.fillPath(lines, colors.line)
    round_bar(painter, rect, radius, Qt.BrushStyle.NoBrush, colors.line)


def paint_area_number(
    painter: QPainter, area: QRectF, text: str, font: QFont, colors: ClassColors, filled: bool
) -> None:
    """A number in the middle of a class's area; on a pattern it has a ground of its own."""
    if colors.pattern is not None:
        ground = QRectF(0, 0, number_width(text, font) + 4, area.height() - 4)
        ground.moveCenter(area.center())
        painter.fillRect(ground, QColor("white"))
    ink = colors.on_fill if filled and colors.pattern is None else colors.text
    paint_number(painter, area, Qt.AlignmentFlag.AlignCenter, text, font, ink)


def _hatch_lines(
    rect: QRectF, radius: float, pitch: float, width: float, across: _Direction = _RISING
) -> QPainterPath:
    """The parts of the lines that lie within a rectangle with round corners."""
    reach = [_along(across, corner) for corner in _corners(rect)]
    lines = QPainterPath()
    lines.setFillRule(Qt.FillRule.WindingFill)
    for number in range(math.floor(min(reach) / pitch - 0.5), math.ceil(max(reach) / pitch - 0.5) + 1):
        middle = (number + 0.5) * pitch
        line = _half(_corners(rect), across, middle - width / 2, 1)
        line = _half(line, across, middle + width / 2, -1)
        if len(line) > 2:
            lines.addPolygon(QPolygonF([*line, line[0]]))
    if not radius:
        return lines
    bounds = QPainterPath()
    bounds.addRoundedRect(rect, radius, radius)
    return lines.intersected(bounds)


def _corners(rect: QRectF) -> list[QPointF]:
    return [rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()]


def _along(direction: _Direction, point: QPointF) -> float:
    return direction[0] * point.x() + direction[1] * point.y()


def _half(corners: list[QPointF], across: _Direction, limit: float, sign: int) -> list[QPointF]:
    """A polygon cut off along a line (Sutherland and Hodgman 1974)."""
    kept: list[QPointF] = []
    for start, end in zip(corners[-1:] + corners[:-1], corners, strict=True):
        before, after = (sign * (_along(across, point) - limit) for point in (start, end))
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
