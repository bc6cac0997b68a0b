"""Texts and formulas in the area of a plot."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.lit import ALIKE
from ceviz.drawing.notes import FormulaNote, Note, paint_note
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.px_item import PxItem


class NotesItem(PxItem):
    """Paints notes in px of the widget, above everything else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=20)
        self._theme = theme
        self._task = Task.MULTICLASS
        self.notes: tuple[Note | FormulaNote, ...] = ()
        self.lit = ALIKE

    def display(
        self, notes: tuple[Note | FormulaNote, ...], bounds: QRectF, theme: Theme, task: Task
    ) -> None:
        self._span(bounds)
        self.notes, self._theme, self._task = notes, theme, task
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for note in self.notes:
            index = note.class_index
            painter.setOpacity(1.0 if index is None else self.lit.opacity(index, self._theme))
            paint_note(painter, note, self._theme, self._task)
