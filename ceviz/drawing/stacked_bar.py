"""Stacked bars of probabilities, in the batch's rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from ceviz.core.checks import SUM_TOLERANCE
from ceviz.core.document import Task
from ceviz.drawing.hatch import paint_area_number, paint_class_area, paint_dashed_edge, paint_hatch
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.painting import class_ink, round_bar, text_width
from ceviz.drawing.theme import SLATE, ClassColors, Theme
from ceviz.explain import numbers

HEIGHT = 18.0
_NARROWEST_TEXT = 30.0
_NARROWEST, _NARROWEST_SLATE = 0.4, 5.0
"""Narrower parts, in px, are drawn together at the end; more of those that share one colour."""


class Part(NamedTuple):
    """A class's share; one that is not `filled` is in its tint."""

    share: float
    class_index: int
    colors: ClassColors
    filled: bool = True


def parts_of(theme: Theme, task: Task, shares: Sequence[float]) -> list[Part]:
    """A part per class, in its colours."""
    return [
        Part(share, index, class_ink(theme, task, index)) for index, share in enumerate(shares) if share > 0
    ]


def binary_parts(theme: Theme, p: float, target: float) -> list[Part]:
    """p and 1 - p: the true side filled, the other one in its tint."""
    yes, no = (class_ink(theme, Task.BINARY, index) for index in (0, 1))
    return [Part(p, 0, yes, target >= 0.5), Part(1 - p, 1, no, target < 0.5)]


def part_at(rect: QRectF, shares: Sequence[float], x: float) -> int:
    """The class whose part of a stacked bar lies at x, or -1."""
    place = (x - rect.left()) / max(1.0, rect.width()) * max(1.0, sum(shares))
    for index, share in enumerate(shares):
        if 0 <= place < share:
            return index
        place -= share
    return -1


def paint_stack(
    painter: QPainter, rect: QRectF, parts: Sequence[Part], theme: Theme, lit: Lit = ALIKE
) -> None:
    """The parts side by side; what is missing from 1 is hatched in danger, what is too much is squeezed."""
    total = sum(part.share for part in parts)
    scale = rect.width() / max(1.0, total)
    x, rest = rect.left(), 0.0
    for part in parts:
        width = part.share * scale
        if width < (_NARROWEST if part.class_index < SLATE else _NARROWEST_SLATE):
            rest += width
            continue
        painter.setOpacity(lit.opacity(part.class_index, theme))
        _paint_part(painter, QRectF(x, rect.top(), width, rect.height()), part, theme)
        x += width
    painter.setOpacity(1.0)
    if rest >= 1:
        round_bar(painter, QRectF(x, rect.top(), rest, rect.height()), 0, theme.class_colors(SLATE).fill)
    elif total < 1 - SUM_TOLERANCE:
        _paint_missing(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), theme)


def _paint_part(painter: QPainter, place: QRectF, part: Part, theme: Theme) -> None:
    colors, radius = part.colors, theme.radius["bar"]
    edge = colors.line if place.width() > 2 else None
    if part.filled:
        paint_class_area(painter, place, radius, colors, edge)
    else:
        round_bar(painter, place, radius, colors.tint, edge)
    text, font = numbers.probability_short(part.share), theme.font("label", weight=600, size=13)
    if place.width() >= max(_NARROWEST_TEXT, text_width(text, font) + 1.5):
        paint_area_number(painter, place, text, font, colors, part.filled)


def _paint_missing(painter: QPainter, place: QRectF, theme: Theme) -> None:
    danger, radius = theme.color("danger"), theme.radius["bar"]
    faint = QColor(danger)
    faint.setAlphaF(0.6)
    paint_hatch(painter, place, faint, theme, width=1.2, radius=radius)
    paint_dashed_edge(painter, place, radius, faint)
