"""Texts and formulas in the area of a plot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import measure_formula, paint_formula
from ceviz.drawing.halo_text import baseline_in, paint_formula_halo, paint_halo_text
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula

_CLEARED = 4.0


@dataclass(frozen=True, slots=True)
class Note:
    """One line of text in its box; `cleared` blanks the box, not a border alone (over hatch or drop line)."""

    rect: QRectF
    text: str
    font: QFont
    color: QColor
    class_index: int | None = None
    cleared: bool = False


@dataclass(frozen=True, slots=True)
class FormulaNote:
    """A formula whose box is `rect`; `cleared` as for a note."""

    rect: QRectF
    formula: Formula
    px: float
    color: QColor
    class_index: int | None = None
    cleared: bool = False


def paint_note(painter: QPainter, note: Note | FormulaNote, theme: Theme, task: Task) -> None:
    """A text or a formula, with a thin border in the panel's colour."""
    panel = theme.color("panel")
    if note.cleared:
        painter.fillRect(note.rect.adjusted(-_CLEARED, 0, _CLEARED, 0), panel)
    if isinstance(note, FormulaNote):
        _, ascent, _ = measure_formula(note.formula, note.px)
        left = QPointF(note.rect.left(), note.rect.top() + ascent)
        paint_formula_halo(painter, left, note.formula, note.px, panel)
        paint_formula(painter, left, note.formula, note.px, note.color, theme, task)
        return
    left = QPointF(note.rect.left(), baseline_in(note.rect.center().y(), note.font))
    paint_halo_text(painter, left, note.text, note.font, note.color, panel)
