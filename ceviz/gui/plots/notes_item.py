"""Texts and formulas in the area of a plot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from ceviz.core.document import Task
from ceviz.drawing.lit import ALIKE
from ceviz.drawing.notes import FormulaNote, Note, paint_note
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.parts_item import PartsItem

_REACH = 20.0
"""How far letters and their border can reach beyond the box of a note."""


class NotesItem(PartsItem[Note | FormulaNote]):
    """Paints notes in px of the widget, above everything else."""

    def __init__(self) -> None:
        super().__init__(20, paint_note, _area_of)
        self.lit = ALIKE

    def display(self, parts: Sequence[Note | FormulaNote], theme: Theme, task: Task) -> None:
        """Other classes than the lit one fade."""
        super().display(parts, theme, task)
        for item, note in zip(self._items, parts, strict=False):
            index = note.class_index
            item.setOpacity(1.0 if index is None else self.lit.opacity(index, theme))


def _area_of(note: Note | FormulaNote, theme: Theme) -> QRectF:
    return note.rect.adjusted(-_REACH, -_REACH, _REACH, _REACH)
