"""The probabilities of several labels, each in a slot of its own: they need not sum to 1."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ceviz.core.document import Task
from ceviz.drawing.hatch import paint_area_number, paint_class_area
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.painting import class_ink, paint_number, round_bar, text_width
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain import numbers

_GAP = 2.0
_NARROWEST = 10.0
"""Narrower slots, in px, fill from below: their length would say nothing."""
_FAINT = 0.45


def paint_labels(
    painter: QPainter,
    rect: QRectF,
    probabilities: Sequence[float],
    targets: Sequence[float],
    theme: Theme,
    lit: Lit = ALIKE,
) -> None:
    """A slot per label, filled as far as p; labels that are off are in their tint."""
    width = rect.width() / len(probabilities)
    gap = _GAP if width > 2 * _GAP else 0.0
    for index, (p, target) in enumerate(zip(probabilities, targets, strict=True)):
        painter.setOpacity(lit.opacity(index, theme))
        slot = QRectF(rect.left() + index * width, rect.top(), width - gap, rect.height())
        _paint_slot(painter, slot, index, min(max(p, 0.0), 1.0), target >= 0.5, theme)
    painter.setOpacity(1.0)


def _paint_slot(painter: QPainter, slot: QRectF, index: int, p: float, on: bool, theme: Theme) -> None:
    colors = class_ink(theme, Task.MULTILABEL, index)
    round_bar(painter, slot, theme.radius["bar"], theme.color("sunken"))
    filled = QRectF(slot)
    if slot.width() >= _NARROWEST:
        filled.setWidth(slot.width() * p)
    else:
        filled.setTop(slot.bottom() - slot.height() * p)
    if min(filled.width(), filled.height()) >= 1:
        _paint_filled(painter, filled, colors, on, theme)
    text, font = numbers.probability_short(p), theme.font("label", weight=600, size=13)
    needed = text_width(text, font) + 6
    behind = QRectF(filled.right(), slot.top(), slot.right() - filled.right(), slot.height())
    if filled.width() >= needed and filled.width() >= behind.width():
        paint_area_number(painter, filled, text, font, colors, on)
    elif behind.width() >= needed:
        paint_number(painter, behind, Qt.AlignmentFlag.AlignCenter, text, font, theme.color("ink2"))


def _paint_filled(painter: QPainter, filled: QRectF, colors: ClassColors, on: bool, theme: Theme) -> None:
    if filled.width() > 2:
        if on:
            paint_class_area(painter, filled, theme.radius["bar"], colors, colors.line)
        else:
            round_bar(painter, filled, theme.radius["bar"], colors.tint, colors.line)
        return
    # A tint alone, without its edge, could not be seen.
    faint = QColor(colors.line)
    faint.setAlphaF(_FAINT)
    painter.fillRect(filled, colors.fill if on else faint)


def label_at(rect: QRectF, count: int, x: float) -> int:
    """The label whose slot lies at x, or -1."""
    place = int((x - rect.left()) // (rect.width() / count)) if rect.width() > 0 else -1
    return place if 0 <= place < count else -1
