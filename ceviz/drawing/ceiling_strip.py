"""The ceiling strip: the hatched band above every loss axis in which an infinite loss lies."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from ceviz.drawing.hatch import paint_hatch
from ceviz.drawing.painting import INFINITY, number_width, paint_number
from ceviz.drawing.theme import Theme

TICK_GAP = 10.5
_HATCH_WIDTH = 1.2
"""Thinner than in bars: the strip is ground, no quantity."""
_ACTIVE_HATCH = 0.4
_LOW, _SMALL = 16.0, 0.77


def paint_ceiling_strip(painter: QPainter, strip: QRectF, theme: Theme, active: bool = False) -> None:
    """The band, in the loss colour while a point lies in it."""
    line = theme.color("loss") if active else theme.color("hairline")
    hatch = QColor(line)
    hatch.setAlphaF(_ACTIVE_HATCH if active else 1.0)
    paint_hatch(painter, strip, hatch, theme, width=_HATCH_WIDTH)
    painter.fillRect(QRectF(strip.left(), theme.line_at(strip.top()), strip.width(), 1), line)


def infinity_tick_rect(strip: QRectF, theme: Theme) -> QRectF:
    """Where the tick "∞" stands, left of the band."""
    width = number_width(INFINITY, _tick_font(strip, theme))
    height = theme.size("tick")
    return QRectF(strip.left() - TICK_GAP - width, strip.center().y() - height / 2, width, height)


def paint_infinity_tick(painter: QPainter, strip: QRectF, theme: Theme) -> None:
    rect = infinity_tick_rect(strip, theme)
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    paint_number(painter, rect, flags, INFINITY, _tick_font(strip, theme), theme.color("ink3"))


def _tick_font(strip: QRectF, theme: Theme) -> QFont:
    """Smaller above a small plot, where the sign would begin left of the plot's heading."""
    share = _SMALL if strip.height() < _LOW else 1.0
    return theme.font("tick", weight=500, size=share * theme.size("tick"))
