"""Texts and formulas in the area of a plot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.explain.formulas import Formula
from ceviz.gui.formula_view import measure_formula, paint_formula
from ceviz.gui.plots.halo_text import baseline_in, paint_formula_halo, paint_halo_text
from ceviz.gui.plots.px_item import PxItem
from ceviz.gui.theme import Theme

_CLEARED = 4.0


@dataclass(frozen=True, slots=True)
class Note:
    """One line of text in its box; `cleared` blanks the box (over a hatch) instead of a border alone."""

    rect: QRectF
    text: str
    font: QFont
    color: QColor
    class_index: int | None = None
    cleared: bool = False


@dataclass(frozen=True, slots=True)
class FormulaNote:
    """A formula whose box is `rect`."""

    rect: QRectF
    formula: Formula
    px: float
    color: QColor
    class_index: int | None = None


class NotesItem(PxItem):
    """Paints notes in px of the widget, above everything else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=20)
        self._theme = theme
        self._task = Task.MULTICLASS
        self.notes: tuple[Note | FormulaNote, ...] = ()
        self.lit = -1

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
            faded = self.lit >= 0 and note.class_index not in (None, self.lit)
            painter.setOpacity(self._theme.opacity["unlinked"] if faded else 1.0)
            if isinstance(note, Note):
                self._paint_text(painter, note)
            else:
                self._paint_formula(painter, note)

    def _paint_text(self, painter: QPainter, note: Note) -> None:
        panel = self._theme.color("panel")
        if note.cleared:
            painter.fillRect(note.rect.adjusted(-_CLEARED, 0, _CLEARED, 0), panel)
        left = QPointF(note.rect.left(), baseline_in(note.rect.center().y(), note.font))
        paint_halo_text(painter, left, note.text, note.font, note.color, panel)

    def _paint_formula(self, painter: QPainter, note: FormulaNote) -> None:
        _, ascent, _ = measure_formula(note.formula, note.px)
        left = QPointF(note.rect.left(), note.rect.top() + ascent)
        paint_formula_halo(painter, left, note.formula, note.px, self._theme.color("panel"))
        paint_formula(painter, left, note.formula, note.px, note.color, self._theme, self._task)
