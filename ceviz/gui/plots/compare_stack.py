"""Two columns on one loss axis: what A pays and what B pays."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import number_width
from ceviz.drawing.stack_layout import PAIR, StackLayout, column_span, lay_out_stack
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis, Column, StackChart
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_lenses import CompareStack
from ceviz.gui.plots.px_item import PxItem
from ceviz.gui.plots.stack_plot import StackPlot

_DISC_DROP = 20.0
_TOTAL_RISE = 12.0
_TOTAL_GAP = 9.0
_EMPTY = CompareStack(Axis(0, 1, (), ""), (Column("", ()), Column("", ())), (None, None), ("", ""), "")


class _Discs(PxItem):
    """The models' discs below their columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=10)
        self._theme = theme
        self._centers: list[QPointF] = []

    def display(self, centers: list[QPointF], bounds: QRectF, theme: Theme) -> None:
        self._span(bounds)
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
        # Without a label: a disc stands in its place.
        columns = tuple(Column("", column.segments) for column in value.columns)
        self.display(StackChart(value.y_axis, columns, None, "", value.reading), task)
        totals = zip(LETTERS, value.total_texts, strict=True)
        self.setAccessibleName(", ".join(f"{letter} {text or 'no loss'}" for letter, text in totals))
        self.setAccessibleDescription("; ".join(map(_in_words, value.columns)))

    def _lay_out(self, size: QSizeF) -> StackLayout:
        layout = lay_out_stack(self._chart, size, self._theme, self._task, PAIR)
        for number in range(len(LETTERS)):
            self._add_total(layout, number)
        return layout

    def _add_total(self, layout: StackLayout, number: int) -> None:
        """Above the column; beside it where it has no end."""
        total, text = self._value.totals[number], self._value.total_texts[number]
        if not text:
            return
        left, width = column_span(layout, number)
        font, area = self._theme.font("value", size=15), layout.frame.area
        size = QSizeF(number_width(text, font), QFontMetricsF(font).capHeight() + 4)
        if total is None:
            x, y = left + width + _TOTAL_GAP, area.top() + _TOTAL_RISE
        else:
            x, y = left + (width - size.width()) / 2, layout.frame.y(total) - _TOTAL_RISE
        layout.notes.append(
            Note(QRectF(QPointF(x, y - size.height() / 2), size), text, font, self._theme.color("loss"))
        )

    def _redraw(self) -> None:
        super()._redraw()
        if self._layout is not None:
            self._discs.display(self._disc_centers(self._layout), self._bounds(), self._theme)

    @staticmethod
    def _disc_centers(layout: StackLayout) -> list[QPointF]:
        y = layout.frame.area.bottom() + _DISC_DROP
        spans = [column_span(layout, number) for number in range(len(LETTERS))]
        return [QPointF(left + width / 2, y) for left, width in spans]


def _in_words(column: Column) -> str:
    parts = ", ".join(f"{segment.label} {segment.value_text}" for segment in column.segments)
    return f"{column.label}: {parts or 'no loss'}"
