"""What model B saves on a sample, as a bar to the right or to the left of a common zero."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ceviz.drawing.hatch import paint_hatch
from ceviz.drawing.loss_bar import CEILING, LossScale, edge_color, paint_break, paint_loss
from ceviz.drawing.painting import paint_number, round_bar
from ceviz.drawing.stacked_bar import HEIGHT
from ceviz.drawing.theme import Theme

_CEILING_GAP = 6.0
_ROUNDING = 1e-6
_WORDS = 88.0
"""Room in px that "A better" and "B better" need on either side of zero."""
INFINITY = "\N{INFINITY}"


@dataclass(frozen=True, slots=True)
class SavingScale(LossScale):
    """Difference of losses to x; `has_ceiling` where B saves without end, `has_floor` where A does."""

    has_floor: bool = False

    @property
    def start(self) -> float:
        return self.left + CEILING + _CEILING_GAP if self.has_floor else self.left

    @property
    def zero(self) -> float:
        span = self.end - self.start
        share = -self.axis.low / (self.axis.high - self.axis.low)
        margin = min(_WORDS, span / 2)
        return self.start + max(margin, min(span - margin, share * span))

    def x(self, loss: float) -> float:
        return max(self.start, min(self.end, self.zero + loss * self._per_unit))

    def is_beyond(self, loss: float) -> bool:
        # One side may reach further than its end of the axis, as far as there is room.
        x = self.zero + loss * self._per_unit
        return math.isfinite(loss) and not self.start - _ROUNDING <= x <= self.end + _ROUNDING

    @property
    def _per_unit(self) -> float:
        return min((self.zero - self.start) / -self.axis.low, (self.end - self.zero) / self.axis.high)

    def floor(self, top: float, height: float) -> QRectF:
        return QRectF(self.left, top, CEILING, height)

    def ends(self, top: float, height: float) -> list[QRectF]:
        """The columns in which bars without end end."""
        left = [self.floor(top, height)] if self.has_floor else []
        return left + ([self.ceiling(top, height)] if self.has_ceiling else [])


def paint_saving(
    painter: QPainter, scale: SavingScale, cell: QRectF, saved: float, chosen: bool, theme: Theme
) -> None:
    """A finite difference: solid where B saves, hatched where A is better."""
    zero, end = scale.zero, scale.x(saved)
    rect = QRectF(min(zero, end), cell.center().y() - HEIGHT / 2, abs(end - zero), HEIGHT)
    if saved >= 0:
        paint_loss(painter, rect, chosen, theme, radius=0)
    elif rect.width() >= 1:
        _paint_hatched(painter, rect, chosen, theme)


def _paint_hatched(painter: QPainter, rect: QRectF, chosen: bool, theme: Theme) -> None:
    ink = theme.color("loss") if chosen else edge_color(theme)
    round_bar(painter, rect, 0, theme.color("panel"))
    width = 2.0 if chosen else 1.2
    paint_hatch(painter, rect, ink, theme, 6, width, edge=ink)


def paint_endless(
    painter: QPainter,
    scale: SavingScale,
    cell: QRectF,
    to_b: bool,
    chosen: bool,
    ground: QColor,
    theme: Theme,
) -> None:
    """A difference without end, broken off on its way into the column at that end."""
    top, zero = cell.center().y() - HEIGHT / 2, scale.zero
    ceiling = scale.ceiling(top, HEIGHT) if to_b else scale.floor(top, HEIGHT)
    if to_b:
        rect = QRectF(zero, top, scale.right - zero, HEIGHT)
        painter.fillRect(rect, theme.color("loss" if chosen else "lossSoft"))
    else:
        rect = QRectF(scale.left, top, zero - scale.left, HEIGHT)
        _paint_hatched(painter, rect, chosen, theme)
        painter.fillRect(ceiling.adjusted(4, 1, -4, -1), theme.color("panel"))
    paint_break(painter, ceiling.left() if to_b else ceiling.right(), rect, ground)
    ink = theme.color("inverse" if chosen and to_b else "ink")
    font = theme.font("className")
    paint_number(painter, ceiling, Qt.AlignmentFlag.AlignCenter, INFINITY, font, ink)
