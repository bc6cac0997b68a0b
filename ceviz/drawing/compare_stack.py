"""Two columns on one loss axis, A's and B's: below each its model's disc and the total."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

from ceviz.core.document import Task
from ceviz.drawing.discs import DISC_RADIUS
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import cap_height, number_width
from ceviz.drawing.stack_layout import PAIR, StackLayout, add_mark, column_span, lay_out_columns
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Column, StackChart
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_lenses import CompareStack

_DISC_DROP = 20.0
_TOTAL_GAP = 5.0


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
    """Beside the disc: around a column are the texts of its segments."""
    text, font = value.total_texts[number], theme.font("value", size=15)
    if not text:
        return
    disc = disc_centers(layout)[number]
    size = QSizeF(number_width(text, font), cap_height(font) + 4)
    rect = QRectF(disc + QPointF(DISC_RADIUS + _TOTAL_GAP, -size.height() / 2), size)
    layout.notes.append(Note(rect, text, font, theme.color("loss")))


def disc_centers(layout: StackLayout) -> list[QPointF]:
    """Where the models' discs stand."""
    y = layout.frame.area.bottom() + _DISC_DROP
    spans = [column_span(layout, number) for number in range(len(LETTERS))]
    return [QPointF(left + width / 2, y) for left, width in spans]
