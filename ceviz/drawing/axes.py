"""Behind the curves: ceiling strip, grid, ticks and axis texts; on them drop lines and pills."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ceviz.drawing.ceiling_strip import infinity_tick_rect, paint_ceiling_strip, paint_infinity_tick
from ceviz.drawing.frame import Frame
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import cap_height, number_width, paint_number, round_bar
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis

TICK_LENGTH = 4.0
TICK_GAP = 10.5
_DASHES = ((1e4, 1.0), (14, 4), (6, 4), (14, 4, 3, 4), (2, 3), (14, 4, 3, 4, 3, 4), (22, 5), (10, 3, 10, 8))
_PILL_GAP = 3.0
"""So close beside a pill a tick would read as part of its number."""
_BELOW_INFINITY = 3.0
"""So close below the sign, which is larger than figures, a tick would run into it."""
_MARK_DASH = (4.0, 3.0)
_MANY = 100
_MARK_REACH = 7.0
"""How far the line of a mark reaches beyond the axis."""
X_TICK_DROP = 15.0
"""How far below the axis the tick labels are centred."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A dotted line from the live point to an axis."""

    line: QLineF
    color: QColor


@dataclass(frozen=True, slots=True)
class Pill:
    """A value on an axis, at the end of a drop line; `axis` is "x" or "y"."""

    rect: QRectF
    text: str
    fill: QColor
    axis: str


@dataclass(frozen=True, slots=True)
class AxisText:
    rect: QRectF
    text: str
    font: QFont
    color: QColor


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What lies behind the curves, and on them drop lines and pills."""

    frame: Frame
    active: bool
    drops: tuple[Drop, ...]
    pills: tuple[Pill, ...]
    texts: tuple[AxisText, ...]
    legend: tuple[tuple[QLineF, QColor, int], ...] = ()
    """Lines of the legend with the class they belong to."""
    ceiling: bool = True
    """Whether there is a ceiling strip."""
    in_strip: tuple[QRectF, ...] = ()
    """Places of the live points that lie in it."""


def y_tick_rect(frame: Frame, value: float, text: str, theme: Theme) -> QRectF:
    """The figures of a tick left of the area."""
    width = number_width(text, theme.font("tick"))
    return _figures(QPointF(frame.area.left() - TICK_GAP - width / 2, frame.y(value)), width, theme)


def x_tick_rect(frame: Frame, value: float, text: str, theme: Theme) -> QRectF:
    """The figures of a tick below the area."""
    width = number_width(text, theme.font("tick"))
    return _figures(QPointF(frame.x(value), frame.area.bottom() + X_TICK_DROP), width, theme)


def _figures(center: QPointF, width: float, theme: Theme) -> QRectF:
    height = cap_height(theme.font("tick"))
    return QRectF(center - QPointF(width / 2, height / 2), QSizeF(width, height))


def class_dash(class_index: int) -> tuple[float, ...]:
    """How the curve of a class is broken in print, in px; that of the first is whole."""
    return _DASHES[min(class_index, len(_DASHES) - 1)]


def paint_backdrop(painter: QPainter, backdrop: Backdrop, theme: Theme) -> None:
    """All that stands still of a backdrop."""
    if backdrop.ceiling:
        paint_ceiling_strip(painter, backdrop.frame.strip, theme, backdrop.active)
        if _free(backdrop, infinity_tick_rect(backdrop.frame.strip, theme)):
            paint_infinity_tick(painter, backdrop.frame.strip, theme)
    _paint_y_axis(painter, backdrop, theme)
    _paint_mark(painter, backdrop.frame, theme)
    _paint_x_axis(painter, backdrop, theme)
    for text in backdrop.texts:
        _paint_text(painter, text)
    for line, color, index in backdrop.legend:
        width = float(theme.stroke["classCurve"])
        pen = QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if theme.printed:
            pen.setDashPattern([length / width for length in class_dash(index)])
        painter.setPen(pen)
        painter.drawLine(line)


def _free(backdrop: Backdrop, rect: QRectF) -> bool:
    """A tick under a pill or touching it, or under a point, is not drawn."""
    return not any(map(rect.intersects, _covers(backdrop)))


def _covers(backdrop: Backdrop) -> list[QRectF]:
    beside = [pill.rect.adjusted(-_PILL_GAP, 0, _PILL_GAP, 0) for pill in backdrop.pills]
    return [*beside, *backdrop.in_strip]


def _clear_of_infinity(backdrop: Backdrop, rect: QRectF, theme: Theme) -> bool:
    infinity = infinity_tick_rect(backdrop.frame.strip, theme).adjusted(0, 0, 0, _BELOW_INFINITY)
    return not (backdrop.ceiling and infinity.intersects(rect))


def _paint_y_axis(painter: QPainter, backdrop: Backdrop, theme: Theme) -> None:
    frame = backdrop.frame
    for value, text in _within(frame.y_axis):
        rect = y_tick_rect(frame, value, text, theme)
        if _free(backdrop, rect) and _clear_of_infinity(backdrop, rect, theme):
            _paint_tick(painter, rect, text, theme)
        if value > frame.y_axis.low:
            line = QRectF(frame.area.left(), theme.line_at(frame.y(value)), frame.area.width(), 1)
            painter.fillRect(line, theme.color("hairline"))


def paint_mark_line(painter: QPainter, line: QLineF, theme: Theme) -> None:
    """The dashed line of a loss to compare with."""
    # The pattern is in widths of the line.
    width = float(theme.stroke["drop"])
    dash, gap = (length * width for length in _MARK_DASH)
    _paint_dashes(painter, line, theme.color("ink2"), dash, gap, width)


def _paint_mark(painter: QPainter, frame: Frame, theme: Theme) -> None:
    if frame.y_axis.mark is not None:
        y = frame.y(frame.y_axis.mark.value)
        paint_mark_line(painter, QLineF(frame.area.left() - _MARK_REACH, y, frame.area.right(), y), theme)


def _paint_x_axis(painter: QPainter, backdrop: Backdrop, theme: Theme) -> None:
    frame, color = backdrop.frame, theme.color("border")
    bottom = theme.line_at(frame.area.bottom())
    painter.fillRect(QRectF(frame.area.left(), bottom, frame.area.width(), 1), color)
    for value, text in _within(frame.x_axis):
        painter.fillRect(QRectF(theme.line_at(frame.x(value)), bottom, 1, TICK_LENGTH + 1), color)
        rect = x_tick_rect(frame, value, text, theme)
        if _free(backdrop, rect):
            _paint_tick(painter, rect, text, theme)


def _paint_tick(painter: QPainter, rect: QRectF, text: str, theme: Theme) -> None:
    painter.setFont(theme.font("tick"))
    painter.setPen(theme.color("ink3"))
    draw_text(painter, rect.bottomLeft(), text)


def _paint_text(painter: QPainter, text: AxisText) -> None:
    painter.setFont(text.font)
    painter.setPen(text.color)
    left = QPointF(text.rect.left(), baseline_in(text.rect.center().y(), text.font))
    draw_text(painter, left, text.text)


def paint_drop(painter: QPainter, drop: Drop, theme: Theme) -> None:
    paint_dotted(painter, drop.line, drop.color, theme)


def paint_pill(painter: QPainter, pill: Pill, theme: Theme) -> None:
    round_bar(painter, pill.rect, theme.radius["pill"], pill.fill)
    font, ink = theme.font("title"), theme.color("inverse")
    paint_number(painter, pill.rect, Qt.AlignmentFlag.AlignCenter, pill.text, font, ink)


def drop_area(drop: Drop, theme: Theme) -> QRectF:
    """What a drop line covers."""
    half = float(theme.stroke["drop"]) / 2
    line = QRectF(drop.line.p1(), drop.line.p2()).normalized()
    return line.adjusted(-half, -half, half, half)


def pill_area(pill: Pill, theme: Theme) -> QRectF:
    """What a pill covers."""
    return pill.rect


def still_parts(backdrop: Backdrop) -> tuple[object, ...]:
    """What of a backdrop stands still."""
    return (backdrop.frame, backdrop.active, backdrop.texts, backdrop.legend, backdrop.ceiling)


def tick_areas(backdrop: Backdrop, theme: Theme) -> list[QRectF]:
    """Of every tick what its figures cover."""
    frame = backdrop.frame
    rects = [y_tick_rect(frame, value, text, theme) for value, text in frame.y_axis.ticks]
    rects += [x_tick_rect(frame, value, text, theme) for value, text in frame.x_axis.ticks]
    return [*rects, infinity_tick_rect(frame.strip, theme)]


def covered(ticks: Sequence[QRectF], backdrop: Backdrop) -> list[bool]:
    """Of every tick, whether a pill or a point covers it."""
    covers = _covers(backdrop)
    return [any(map(tick.intersects, covers)) for tick in ticks]


def _within(axis: Axis) -> list[tuple[float, str]]:
    slack = 1e-9 * (axis.high - axis.low)
    return [tick for tick in axis.ticks if axis.low - slack <= tick[0] <= axis.high + slack]


def paint_dotted(painter: QPainter, line: QLineF, color: QColor, theme: Theme) -> None:
    """A dotted line along an axis."""
    dash, gap = theme.stroke["dropDash"]
    _paint_dashes(painter, line, color, dash, gap, float(theme.stroke["drop"]))


def _paint_dashes(
    painter: QPainter, line: QLineF, color: QColor, dash: float, gap: float, width: float
) -> None:
    """Rectangles: Qt takes ten times as long for a dashed pen, and begins anew where a line is clipped."""
    count = int((line.length() + gap) // (dash + gap))
    across = line.y1() == line.y2()
    start = QPointF(min(line.x1(), line.x2()), max(line.y1(), line.y2()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.translate(start)
    # More than are needed, so that a line that grows and shrinks finds them made.
    many = math.ceil(count / _MANY) * _MANY
    painter.drawRects(_dashes(across, dash, gap, width, many)[:count])
    painter.translate(-start)


@lru_cache(maxsize=64)
def _dashes(across: bool, dash: float, gap: float, width: float, count: int) -> list[QRectF]:
    """From (0, 0) to the right, or upwards."""
    steps = [i * (dash + gap) for i in range(count)]
    if across:
        return [QRectF(step, -width / 2, dash, width) for step in steps]
    return [QRectF(-width / 2, -step - dash, width, dash) for step in steps]
