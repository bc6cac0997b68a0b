"""Where a simplex of three classes stands, and the colours of points on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ceviz.core.document import Task
from ceviz.drawing.frame import Frame
from ceviz.drawing.painting import class_ink
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.charts import Axis
from ceviz.explain.simplex_chart import Place, SimplexPoint

HEIGHT = 0.8660254037844386
"""Of the triangle, as a share of its side."""


@dataclass(frozen=True, slots=True)
class Room:
    """Px around the triangle: for the top corner's glyph, for the lower corners' glyphs, and at the sides."""

    top: float
    bottom: float
    side: float


STANDARD = Room(58, 72, 39)
COMPACT = Room(50, 56, 39)


def simplex_frame(size: QSizeF, room: Room) -> Frame:
    """The largest equilateral triangle that leaves the room around it."""
    side = max(1.0, min(size.width() - 2 * room.side, (size.height() - room.top - room.bottom) / HEIGHT))
    left = (size.width() - side) / 2
    area = QRectF(left, room.top, side, side * HEIGHT)
    return Frame(area, area, Axis(0, 1, (), ""), Axis(0, HEIGHT, (), ""))


def to_px(frame: Frame, place: Place) -> QPointF:
    return QPointF(frame.x(place[0]), frame.y(place[1]))


def point_colors(point: SimplexPoint, theme: Theme) -> ClassColors:
    """Of the true class; between classes, as with a soft target, in ink."""
    if point.class_index is not None:
        return class_ink(theme, Task.MULTICLASS, point.class_index)
    return ink_colors(theme)


def ink_colors(theme: Theme) -> ClassColors:
    """Of a point that belongs to no class."""
    ink, panel = theme.color("ink"), theme.color("panel")
    return ClassColors(ink, ink, ink, panel, panel, "circle")
