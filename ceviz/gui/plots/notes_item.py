"""Texts and formulas in the area of a plot."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.notes import FormulaNote, Note, paint_note
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.parts_item import PartsItem

_REACH = 10.0
"""How far letters and their border can reach beyond the box of a note."""


class NotesItem(PartsItem[Note | FormulaNote]):
    """Paints notes in px of the widget, above everything else; other classes than the lit one fade."""

    def __init__(self) -> None:
        super().__init__(20, _paint, _area_of)


def _paint(painter: QPainter, note: Note | FormulaNote, theme: Theme, task: Task, lit: Lit) -> None:
    if note.class_index is not None:
        painter.setOpacity(lit.opacity(note.class_index, theme))
    paint_note(painter, note, theme, task)


def _area_of(note: Note | FormulaNote, theme: Theme) -> QRectF:
    return note.rect.adjusted(-_REACH, -_REACH, _REACH, _REACH)
