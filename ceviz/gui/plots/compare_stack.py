"""Two columns on one loss axis: what A pays and what B pays."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.compare_stack import disc_centers, lay_out_compare_stack, stack_chart_of
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.stack_layout import StackLayout
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis, Column
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_lenses import CompareStack
from ceviz.gui.plots.px_item import PxItem
from ceviz.gui.plots.stack_plot import StackPlot

_EMPTY = CompareStack(Axis(0, 1, (), ""), (Column("", ()), Column("", ())), ("", ""), "")


class _Discs(PxItem):
    """The models' discs below their columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=10)
        self._theme = theme
        self._centers: list[QPointF] = []

    def display(self, centers: list[QPointF], bounds: QRectF, theme: Theme) -> None:
        self.setRect(bounds)
        self._centers, self._theme = centers, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        for model, center in enumerate(self._centers):
            paint_disc(painter, center, model, self._theme)


class CompareStackPlot(StackPlot):
    """Draws a `CompareStack`: each column's total above it, its model's disc below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._value = _EMPTY
        self._discs = _Discs(theme)
        self.scene().addItem(self._discs)

    def compare(self, value: CompareStack, task: Task) -> None:
        """Show both columns."""
        self._value = value
        self.display(stack_chart_of(value), task)
        totals = zip(LETTERS, value.total_texts, strict=True)
        self.setAccessibleName(", ".join(f"{letter} {text or 'no loss'}" for letter, text in totals))
        words = (*map(_in_words, value.columns), value.y_axis.mark_text)
        self.setAccessibleDescription("; ".join(filter(None, words)))

    def _lay_out(self, size: QSizeF) -> StackLayout:
        return lay_out_compare_stack(self._value, size, self._theme, self._task)

    def _redraw(self) -> None:
        super()._redraw()
        if self._layout is not None:
            self._discs.display(disc_centers(self._layout), self._bounds(), self._theme)


def _in_words(column: Column) -> str:
    parts = ", ".join(f"{segment.label} {segment.value_text}" for segment in column.segments)
    return f"{column.label}: {parts or 'no loss'}"
