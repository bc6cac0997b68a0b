"""Where a plot's parts lie: data coordinates to px of the widget and back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF

from ceviz.explain.charts import Axis

ACTIVE_STRIP = 6.0
"""How much higher the ceiling strip is while a point lies in it, in px."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the area of the axes, in px, and the height of the ceiling strip above it."""

    left: float
    top: float
    right: float
    bottom: float
    strip: float


WIDE = Margins(left=68, top=34, right=27, bottom=58, strip=16)
OF_TWO = replace(WIDE, left=76)
"""The pills of two models may have a decimal more, which tells them apart."""
SMALL = Margins(left=28, top=46, right=8, bottom=45, strip=9)


@dataclass(frozen=True, slots=True)
class Frame:
    """The area in px that two axes span, and the ceiling strip on top of it."""

    area: QRectF
    strip: QRectF
    x_axis: Axis
    y_axis: Axis

    def x(self, value: float) -> float:
        share = (value - self.x_axis.low) / (self.x_axis.high - self.x_axis.low)
        return self.area.left() + share * self.area.width()

    def y(self, value: float) -> float:
        share = (value - self.y_axis.low) / (self.y_axis.high - self.y_axis.low)
        return self.area.bottom() - share * self.area.height()

    def point(self, x: float, y: float | None) -> QPointF:
        """A data point in px; `y` None lies in the ceiling strip."""
        return QPointF(self.x(x), self.strip.center().y() if y is None else self.y(y))

    def value_at(self, px: float) -> float:
        """The x value at a px position, also outside the area."""
        share = (px - self.area.left()) / self.area.width()
        return self.x_axis.low + share * (self.x_axis.high - self.x_axis.low)

    def loss_at(self, px: float) -> float:
        """The y value at a px position, also outside the area: how an item in the strip gets its position."""
        share = (self.area.bottom() - px) / self.area.height()
        return self.y_axis.low + share * (self.y_axis.high - self.y_axis.low)


def frame(width: float, height: float, margins: Margins, x_axis: Axis, y_axis: Axis, active: bool) -> Frame:
    """The frame of a widget of this size; `active` while a point lies in the ceiling strip."""
    area = QRectF(
        margins.left,
        margins.top,
        max(1.0, width - margins.left - margins.right),
        max(1.0, height - margins.top - margins.bottom),
    )
    strip_height = margins.strip + (ACTIVE_STRIP if active else 0.0)
    strip = QRectF(area.left(), area.top() - strip_height, area.width(), strip_height)
    return Frame(area, strip, x_axis, y_axis)
