"""Two columns on one loss axis, A's and B's: each with its total above and its model's disc below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ceviz.core.document import Task
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import cap_height, number_width
from ceviz.drawing.stack_layout import PAIR, StackLayout, add_mark, column_span, lay_out_columns
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Column, StackChart
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_lenses import CompareStack

_DISC_DROP = 20.0
_TOTAL_RISE = 12.0
_TOTAL_GAP = 9.0


def stack_chart_of(value: CompareStack) -> StackChart:
    """The columns without labels: a disc stands in the place of each."""
    columns = tuple(Column("", column.segments) for column in value.columns)
    return StackChart(value.y_axis, columns, None, "", value.reading)


def lay_out_compare_stack(value: CompareStack, size: QSizeF, theme: Theme, task: Task) -> StackLayout:
    layout = lay_out_columns(stack_chart_of(value), size, theme, task, PAIR)
    for number in range(len(LETTERS)):
        _add_total(layout, value, number, theme)
    add_mark(layout, theme)
    return layout


def _add_total(layout: StackLayout, value: CompareStack, number: int, theme: Theme) -> None:
    """Above the column; beside it where it has no end."""
    total, text = value.totals[number], value.total_texts[number]
    if not text:
        return
    left, width = column_span(layout, number)
    font, area = theme.font("value", size=15), layout.frame.area
    size = QSizeF(number_width(text, font), cap_height(font) + 4)
    if total is None:
        x, y = left + width + _TOTAL_GAP, area.top() + _TOTAL_RISE
    else:
        x, y = left + (width - size.width()) / 2, layout.frame.y(total) - _TOTAL_RISE
    rect = QRectF(QPointF(x, y - size.height() / 2), size)
    layout.notes.append(Note(rect, text, font, theme.color("loss")))


def disc_centers(layout: StackLayout) -> list[QPointF]:
    """Where the models' discs stand."""
    y = layout.frame.area.bottom() + _DISC_DROP
    spans = [column_span(layout, number) for number in range(len(LETTERS))]
    return [QPointF(left + width / 2, y) for left, width in spans]
