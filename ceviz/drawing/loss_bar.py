"""The loss of a sample as a bar on the batch's common axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ceviz.drawing.axes import paint_mark_line
from ceviz.drawing.hatch import paint_class_area, paint_dashed_edge, paint_hatch
from ceviz.drawing.painting import paint_number, round_bar, text_width
from ceviz.drawing.stacked_bar import HEIGHT
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.charts import Axis

CEILING = 34.0
_CEILING_GAP = 6.0
_MARK_GAP, _TEXT_GAP = 8.0, 20.0
_EDGE = 0.6
"""Opacity of the edge of a resting bar."""


@dataclass(frozen=True, slots=True)
class LossScale:
    """Loss to x, in the coordinates of the view; `ceiling` is the column of what is infinite, or empty."""

    axis: Axis
    left: float
    right: float
    has_ceiling: bool

    @property
    def end(self) -> float:
        return self.right - CEILING - _CEILING_GAP if self.has_ceiling else self.right

    def x(self, loss: float) -> float:
        share = (loss - self.axis.low) / (self.axis.high - self.axis.low)
        return self.left + max(0.0, min(1.0, share)) * (self.end - self.left)

    def is_beyond(self, loss: float) -> bool:
        """Whether a finite loss lies past the end of an axis that is kept, as while a drag lasts."""
        return self.axis.high < loss < math.inf

    def ceiling(self, top: float, height: float) -> QRectF:
        return QRectF(self.right - CEILING, top, CEILING, height)


def paint_mark(painter: QPainter, scale: LossScale, top: float, bottom: float, theme: Theme) -> None:
    """The dashed line of the axis’s mark."""
    if scale.axis.mark is not None:
        x = scale.x(scale.axis.mark.value)
        paint_mark_line(painter, QLineF(x, top, x, bottom), theme)


def paint_mean(painter: QPainter, x: float, top: float, bottom: float, theme: Theme) -> None:
    """The line of the mean."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = float(theme.stroke["meanLine"])
    painter.fillRect(QRectF(x - width / 2, top, width, bottom - top), theme.color("ink"))


def mark_left(scale: LossScale, width: float, taken: list[tuple[float, float]], right: float) -> float | None:
    """Where a text of the mark starts, so wide, in the row under the bars: as close to its line as can be.

    `taken`: the left and right ends of the row's other texts. None where there is no room up to `right`.
    """
    assert scale.axis.mark is not None
    x = scale.x(scale.axis.mark.value)
    beside = [x + _MARK_GAP, x - _MARK_GAP - width]
    beside += [place for start, end in taken for place in (end + _TEXT_GAP, start - _TEXT_GAP - width)]
    free = [
        left
        for left in beside
        if left >= scale.left
        and not left < x < left + width
        and left + width <= right
        and all(left + width <= start - _MARK_GAP or left >= end + _MARK_GAP for start, end in taken)
    ]
    return min(free, key=lambda left: abs(left + width / 2 - x), default=None)


def bar_rect(scale: LossScale, low: float, high: float, cell: QRectF) -> QRectF:
    left, right = scale.x(low), scale.x(high)
    return QRectF(left, cell.center().y() - HEIGHT / 2, right - left, HEIGHT)


def edge_color(theme: Theme) -> QColor:
    edge = QColor(theme.color("loss"))
    edge.setAlphaF(_EDGE)
    return edge


def paint_loss(
    painter: QPainter, rect: QRectF, chosen: bool, theme: Theme, radius: float | None = None
) -> None:
    if rect.width() < 1:
        return
    loss, soft = theme.color("loss"), theme.color("lossSoft")
    edge = loss if chosen else _resting_edge(theme)
    radius = theme.radius["bar"] if radius is None else radius
    round_bar(painter, rect, radius, loss if chosen else soft, edge)


def paint_clipped(painter: QPainter, rect: QRectF, chosen: bool, note: str, theme: Theme) -> None:
    """A loss that the chosen library kept finite: a dashed edge, and how, where there is room to say it."""
    loss, radius = theme.color("loss"), theme.radius["bar"]
    round_bar(painter, rect, radius, theme.color("lossSoft"))
    paint_dashed_edge(painter, rect, radius, loss)
    font = theme.font("tableHead", 600)
    if text_width(note, font) + 16 <= rect.width():
        inside = rect.adjusted(8, 0, -8, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        paint_number(painter, inside, flags, note, font, theme.color("ink"))
    if chosen:
        painter.fillRect(QRectF(rect.left(), rect.top(), 4.0, rect.height()), loss)


@lru_cache(maxsize=4)
def _resting_edge(theme: Theme) -> QColor:
    # Opaque: an edge that lets the fill through takes many times as long.
    over, under = theme.color("loss"), theme.color("lossSoft")
    return QColor.fromRgbF(
        _EDGE * over.redF() + (1 - _EDGE) * under.redF(),
        _EDGE * over.greenF() + (1 - _EDGE) * under.greenF(),
        _EDGE * over.blueF() + (1 - _EDGE) * under.blueF(),
    )


def paint_floor(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """The part that no prediction can avoid: hatched."""
    if rect.width() < 1:
        return
    round_bar(painter, rect, 0, theme.color("lossTint"))
    paint_hatch(painter, rect, edge_color(theme), theme, 6, 1.2, edge=edge_color(theme))


def paint_floor_and_excess(
    painter: QPainter, scale: LossScale, cell: QRectF, floor: float, loss: float, theme: Theme
) -> None:
    paint_floor(painter, bar_rect(scale, 0.0, min(floor, loss), cell), theme)
    excess = bar_rect(scale, floor, loss, cell)
    if excess.width() > 0.3:
        painter.fillRect(excess, theme.color("loss"))


def paint_terms(
    painter: QPainter,
    scale: LossScale,
    cell: QRectF,
    terms: Sequence[float],
    colors: Sequence[ClassColors],
    opacities: Sequence[float],
) -> None:
    """The terms of the labels, end to end."""
    low = 0.0
    for term, color, opacity in zip(terms, colors, opacities, strict=True):
        rect = bar_rect(scale, low, low + term, cell)
        low += term
        if rect.width() < 0.3:
            continue
        painter.setOpacity(opacity)
        # A gap of 1 px keeps neighbours apart that look alike.
        paint_class_area(painter, rect.adjusted(0, 0, -1 if rect.width() > 2 else 0, 0), 0, color, None)
    painter.setOpacity(1.0)


def term_at(scale: LossScale, terms: Sequence[float], x: float) -> int:
    """The label whose term lies at x, or -1; an infinite loss has no parts."""
    low = 0.0
    for index, term in enumerate(terms if math.isfinite(sum(terms)) else ()):
        if scale.x(low) <= x < scale.x(low + term):
            return index
        low += term
    return -1


def paint_going_on(
    painter: QPainter, scale: LossScale, loss: float, cell: QRectF, ground: QColor, theme: Theme
) -> None:
    """The head of an arrow that ends the bar of a loss beyond the axis."""
    if not scale.is_beyond(loss):
        return
    half, tip = HEIGHT / 2, QPointF(scale.x(loss), cell.center().y())
    back = math.copysign(half, loss)
    sides = [tip + QPointF(-back, y) for y in (-half, half)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ground, 1))
    painter.setBrush(ground)
    for side in sides:
        painter.drawPolygon(QPolygonF([side, QPointF(tip.x(), side.y()), tip]))
    painter.setPen(QPen(theme.color("loss"), 2, c=Qt.PenCapStyle.FlatCap, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawPolyline([sides[0], tip, sides[1]])
    painter.restore()


def paint_infinite(
    painter: QPainter, scale: LossScale, cell: QRectF, chosen: bool, ground: QColor, theme: Theme
) -> None:
    """A bar that breaks through into the ceiling column."""
    rect = QRectF(scale.left, cell.center().y() - HEIGHT / 2, scale.right - scale.left, HEIGHT)
    painter.fillRect(rect, theme.color("loss" if chosen else "lossSoft"))
    paint_break(painter, scale.right - CEILING, rect, ground)
    ink = theme.color("inverse" if chosen else "ink")
    inside = scale.ceiling(rect.top(), HEIGHT)
    paint_number(painter, inside, Qt.AlignmentFlag.AlignCenter, "\N{INFINITY}", theme.font("className"), ink)


def paint_break(painter: QPainter, x: float, bar: QRectF, ground: QColor) -> None:
    """The zigzag at which a bar without end is broken off."""
    heights = [bar.top() - 1 + step * (bar.height() + 2) / 4 for step in range(5)]
    zigzag = QPolygonF([QPointF(x + (2.5 if step % 2 else -2.5), y) for step, y in enumerate(heights)])
    painter.setPen(QPen(ground, 4, c=Qt.PenCapStyle.FlatCap, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawPolyline(zigzag)


def paint_ceiling(painter: QPainter, rect: QRectF, theme: Theme, ground: QColor | None) -> None:
    """The column that infinite losses end in."""
    if ground is not None:
        painter.fillRect(rect, ground)
    paint_hatch(painter, rect, theme.color("lossSoft"), theme, 6, 1.2)
