"""Behind the curves: ceiling strip, grid, ticks and axis texts; on them drop lines and pills."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.explain.charts import Axis
from ceviz.gui.painting import number_width, paint_number, round_bar
from ceviz.gui.plots.ceiling_strip import infinity_tick_rect, paint_ceiling_strip, paint_infinity_tick
from ceviz.gui.plots.frame import Frame
from ceviz.gui.plots.halo_text import baseline_in
from ceviz.gui.plots.px_item import PxItem
from ceviz.gui.theme import Theme

TICK_LENGTH = 4.0
TICK_GAP = 10.5
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
    """What `AxesItem` paints."""

    frame: Frame
    active: bool
    drops: tuple[Drop, ...]
    pills: tuple[Pill, ...]
    texts: tuple[AxisText, ...]
    legend: tuple[tuple[QLineF, QColor, int], ...] = ()
    """Lines of the legend with the class they belong to."""
    ceiling: bool = True
    """Whether there is a ceiling strip."""


def y_tick_rect(frame: Frame, value: float, text: str, theme: Theme) -> QRectF:
    """The figures of a tick left of the area."""
    width = number_width(text, theme.font("tick"))
    return _figures(QPointF(frame.area.left() - TICK_GAP - width / 2, frame.y(value)), width, theme)


def x_tick_rect(frame: Frame, value: float, text: str, theme: Theme) -> QRectF:
    """The figures of a tick below the area."""
    width = number_width(text, theme.font("tick"))
    return _figures(QPointF(frame.x(value), frame.area.bottom() + X_TICK_DROP), width, theme)


def _figures(center: QPointF, width: float, theme: Theme) -> QRectF:
    height = QFontMetricsF(theme.font("tick")).capHeight()
    return QRectF(center - QPointF(width / 2, height / 2), QSizeF(width, height))


class AxesItem(PxItem):
    """Paints what stands still of a `Backdrop`, in px of the widget, and keeps it as a picture.

    pyqtgraph's own grid takes three times as long.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=-10, kept=True)
        self._theme = theme
        self._covered: tuple[bool, ...] = ()
        self.backdrop: Backdrop | None = None

    def display(self, backdrop: Backdrop, bounds: QRectF, theme: Theme) -> None:
        covered = _covered_ticks(backdrop, theme)
        known = self.backdrop
        same = (
            known is not None
            and (theme, covered) == (self._theme, self._covered)
            and replace(backdrop, drops=(), pills=()) == replace(known, drops=(), pills=())
        )
        self._span(bounds)
        self.backdrop, self._theme, self._covered = backdrop, theme, covered
        if not same:
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        backdrop = self.backdrop
        if backdrop is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if backdrop.ceiling:
            self._paint_ceiling(painter, backdrop)
        self._paint_y_axis(painter, backdrop.frame)
        self._paint_x_axis(painter, backdrop.frame)
        for text in backdrop.texts:
            self._paint_text(painter, text)
        for line, color, _ in backdrop.legend:
            width = float(self._theme.stroke["classCurve"])
            painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(line)

    def _paint_ceiling(self, painter: QPainter, backdrop: Backdrop) -> None:
        paint_ceiling_strip(painter, backdrop.frame.strip, self._theme, backdrop.active)
        if self._free(infinity_tick_rect(backdrop.frame.strip, self._theme)):
            paint_infinity_tick(painter, backdrop.frame.strip, self._theme)

    def _free(self, rect: QRectF) -> bool:
        """A tick under a pill is not drawn."""
        return self.backdrop is None or not any(pill.rect.intersects(rect) for pill in self.backdrop.pills)

    def _clear_of_infinity(self, rect: QRectF, frame: Frame) -> bool:
        ceiling = self.backdrop is not None and self.backdrop.ceiling
        return not (ceiling and infinity_tick_rect(frame.strip, self._theme).intersects(rect))

    def _paint_y_axis(self, painter: QPainter, frame: Frame) -> None:
        for value, text in _within(frame.y_axis):
            rect = y_tick_rect(frame, value, text, self._theme)
            if self._free(rect) and self._clear_of_infinity(rect, frame):
                self._paint_tick(painter, rect, text)
            if value > frame.y_axis.low:
                line = QRectF(frame.area.left(), round(frame.y(value)), frame.area.width(), 1)
                painter.fillRect(line, self._theme.color("hairline"))

    def _paint_x_axis(self, painter: QPainter, frame: Frame) -> None:
        bottom, color = round(frame.area.bottom()), self._theme.color("border")
        painter.fillRect(QRectF(frame.area.left(), bottom, frame.area.width(), 1), color)
        for value, text in _within(frame.x_axis):
            painter.fillRect(QRectF(round(frame.x(value)), bottom, 1, TICK_LENGTH + 1), color)
            rect = x_tick_rect(frame, value, text, self._theme)
            if self._free(rect):
                self._paint_tick(painter, rect, text)

    def _paint_tick(self, painter: QPainter, rect: QRectF, text: str) -> None:
        painter.setFont(self._theme.font("tick"))
        painter.setPen(self._theme.color("ink3"))
        painter.drawText(rect.bottomLeft(), text)

    def _paint_text(self, painter: QPainter, text: AxisText) -> None:
        painter.setFont(text.font)
        painter.setPen(text.color)
        painter.drawText(QPointF(text.rect.left(), baseline_in(text.rect.center().y(), text.font)), text.text)


class DropsItem(PxItem):
    """Paints the drop lines and pills of a `Backdrop`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=-9)
        self._theme = theme
        self._backdrop: Backdrop | None = None

    def display(self, backdrop: Backdrop, bounds: QRectF, theme: Theme) -> None:
        self._span(bounds)
        self._backdrop, self._theme = backdrop, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._backdrop is None:
            return
        for drop in self._backdrop.drops:
            paint_dotted(painter, drop.line, drop.color, self._theme)
        for pill in self._backdrop.pills:
            self._paint_pill(painter, pill)

    def _paint_pill(self, painter: QPainter, pill: Pill) -> None:
        round_bar(painter, pill.rect, self._theme.radius["pill"], pill.fill)
        font = self._theme.font("title")
        ink = self._theme.color("inverse")
        paint_number(painter, pill.rect, Qt.AlignmentFlag.AlignCenter, pill.text, font, ink)


def _covered_ticks(backdrop: Backdrop, theme: Theme) -> tuple[bool, ...]:
    """Of every tick, whether a pill covers it; a tick under a pill is not drawn."""
    if not backdrop.pills:
        return ()
    frame = backdrop.frame
    rects = [y_tick_rect(frame, value, text, theme) for value, text in frame.y_axis.ticks]
    rects += [x_tick_rect(frame, value, text, theme) for value, text in frame.x_axis.ticks]
    rects.append(infinity_tick_rect(frame.strip, theme))
    return tuple(any(pill.rect.intersects(rect) for pill in backdrop.pills) for rect in rects)


def _within(axis: Axis) -> list[tuple[float, str]]:
    slack = 1e-9 * (axis.high - axis.low)
    return [tick for tick in axis.ticks if axis.low - slack <= tick[0] <= axis.high + slack]


def paint_dotted(painter: QPainter, line: QLineF, color: QColor, theme: Theme) -> None:
    """A dotted line along an axis, as rectangles: Qt takes ten times as long for a dashed pen."""
    dash, gap = theme.stroke["dropDash"]
    width = float(theme.stroke["drop"])
    length = line.length()
    count = int((length + gap) // (dash + gap))
    across = line.y1() == line.y2()
    start = min(line.x1(), line.x2()) if across else max(line.y1(), line.y2())
    steps = [i * (dash + gap) for i in range(count)]
    if across:
        rects = [QRectF(start + step, line.y1() - width / 2, dash, width) for step in steps]
    else:
        rects = [QRectF(line.x1() - width / 2, start - step - dash, width, dash) for step in steps]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRects(rects)
