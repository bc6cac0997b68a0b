"""From a stack chart to px: columns, and the texts beside their segments."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont

from ceviz.core.document import Task
from ceviz.drawing.frame import Frame, Margins, frame
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import cap_height, class_ink, elided, number_width, text_width
from ceviz.drawing.spread import fitting, spread
from ceviz.drawing.theme import SLATE, ClassColors, Theme
from ceviz.explain.charts import Axis, Column, Segment, StackChart

_LINE = 19.0
_TWO_LINES = 36.0
_TALL = 46.0
"""From this height on a segment's name stands above its value, else where both are too wide for one line."""
_COLUMN_NAME_DROP = 17.0
_TOTAL_RISE = 12.0
_TOTAL_ROOM = 24.0
_MARK_RISE, _MARK_GAP = 11.0, 6.0
_BETWEEN = 8.0
_NAME_GAP = 4.0
_BEYOND = 10.0
"""Texts may reach so far beyond the right end of the grid."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How columns stand: one wide column with leader lines to its texts, or several with texts close by."""

    margins: Margins
    inset: float
    share: float
    most: float
    text_gap: float


_ONE = Columns(Margins(left=56, top=34, right=19, bottom=29, strip=16), 21, 0.43, 117, 33)
_SEVERAL = Columns(Margins(left=56, top=34, right=19, bottom=49, strip=16), 13, 0.43, 63, 9)

PAIR = Columns(Margins(left=56, top=34, right=19, bottom=49, strip=16), 13, 0.27, 44, 8)
"""Narrow, so that the texts of the first have room before the second."""


@dataclass(slots=True)
class StackLayout:
    frame: Frame
    columns: Columns
    total_y: float | None
    bars: list[tuple[QRectF, Segment]] = field(default_factory=list)
    """Segments in px, from the bottom of the first column on."""
    leaders: list[tuple[QLineF, QColor]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def segment_colors(segment: Segment, theme: Theme, task: Task) -> ClassColors | None:
    """The class's colours; None for floor and excess, which are in the loss colour."""
    if segment.class_index is not None:
        return class_ink(theme, task, segment.class_index)
    return theme.class_colors(SLATE) if segment.style == "others" else None


def is_infinite(chart: StackChart) -> bool:
    return any(segment.infinite for column in chart.columns for segment in column.segments)


def lay_out_stack(chart: StackChart, size: QSizeF, theme: Theme, task: Task) -> StackLayout:
    columns = _ONE if len(chart.columns) == 1 else _SEVERAL
    layout = lay_out_columns(chart, size, theme, task, columns)
    _add_total(layout, chart, theme)
    add_mark(layout, theme)
    return layout


def lay_out_columns(
    chart: StackChart, size: QSizeF, theme: Theme, task: Task, columns: Columns
) -> StackLayout:
    """Axis and columns with their texts, as yet without totals and mark."""
    across = Axis(0, max(1, len(chart.columns)), (), "")
    place = frame(size.width(), size.height(), columns.margins, across, chart.y_axis, is_infinite(chart))
    layout = StackLayout(place, columns, None if chart.total is None else place.y(chart.total))
    for number, column in enumerate(chart.columns):
        _add_column(layout, number, column, theme, task)
    return layout


def add_mark(layout: StackLayout, theme: Theme) -> None:
    """What the dashed line across the axis is: where it covers nothing, or not at all."""
    area, mark, font = layout.frame.area, layout.frame.y_axis.mark, theme.font("tick")
    if mark is None:
        return
    taken = [note.rect for note in layout.notes] + [rect for rect, _ in layout.bars]
    if layout.total_y is not None:
        taken.append(QRectF(area.left(), layout.total_y - 1, area.width(), 2))
    y, height = layout.frame.y(mark.value), cap_height(font) + 4
    for text in (mark.text, mark.short):
        width = number_width(text, font)
        for left in (area.right() - width, *(rect.right() + _MARK_GAP for rect, _ in layout.bars)):
            for middle in (y - _MARK_RISE, y + _MARK_RISE):
                place = QRectF(left, middle - height / 2, width, height)
                if area.contains(place) and not any(map(place.intersects, taken)):
                    layout.notes.append(Note(place, text, font, theme.color("ink2")))
                    return


def column_span(layout: StackLayout, number: int) -> tuple[float, float]:
    """Left edge and width of a column."""
    pitch = _pitch(layout)
    left = layout.frame.area.left() + number * pitch + layout.columns.inset
    return left, min(layout.columns.most, layout.columns.share * pitch)


def _pitch(layout: StackLayout) -> float:
    return (layout.frame.area.width() - 2 * layout.columns.inset) / layout.frame.x_axis.high


def _add_column(layout: StackLayout, number: int, column: Column, theme: Theme, task: Task) -> None:
    left, width = column_span(layout, number)
    rects = [_bar(layout.frame, segment, left, width) for segment in column.segments]
    layout.bars += zip(rects, column.segments, strict=True)
    _add_texts(layout, rects, column.segments, theme, task)
    if layout.columns is not _ONE and column.label:
        x = left + width / 2 - text_width(column.label, theme.font("tick")) / 2
        y = layout.frame.area.bottom() + _COLUMN_NAME_DROP
        _write(layout, QPointF(x, y), column.label, theme.font("tick"), theme.color("ink2"))


def _bar(place: Frame, segment: Segment, left: float, width: float) -> QRectF:
    bottom = place.y(segment.low)
    endless = segment.infinite and segment.high >= place.y_axis.high
    top = place.strip.top() if endless else place.y(segment.high)
    return QRectF(left, top, width, bottom - top)


def _add_texts(
    layout: StackLayout, rects: list[QRectF], segments: tuple[Segment, ...], theme: Theme, task: Task
) -> None:
    """Texts beside a column, moved apart; where not all fit, those of the smallest segments are left out."""
    downwards = range(len(segments) - 1, -1, -1)
    wide = [_is_wide(layout, rect, segment, theme) for rect, segment in zip(rects, segments, strict=True)]
    heights = [_text_height(layout, rects[i], wide[i]) for i in downwards]
    top, bottom = _text_room(layout, sum(heights))
    if sum(heights) > bottom - top:
        heights = [_text_height(layout, rects[i], wide=False) for i in downwards]
        top, bottom = _text_room(layout, sum(heights))
    chosen = fitting([rects[i].height() for i in downwards], heights, bottom - top)
    kept = [downwards[place] for place in chosen]
    middles = spread([rects[i].center().y() for i in kept], [heights[place] for place in chosen], top, bottom)
    names = max((text_width(segments[i].label, _name_font(layout, theme)) for i in kept), default=0.0)
    for i, place, middle in zip(kept, chosen, middles, strict=True):
        _add_text(layout, rects[i], segments[i], middle, heights[place], names, theme, task)


def _text_room(layout: StackLayout, needed: float) -> tuple[float, float]:
    """Where texts may stand: below the total line, or above its text where there is more room for them."""
    area = layout.frame.area
    if layout.total_y is None:
        return area.top() + _TOTAL_ROOM, area.bottom() + 2
    below = area.bottom() + 2 - layout.total_y
    above = layout.total_y - _TOTAL_ROOM - area.top()
    if needed <= below or below >= above:
        return layout.total_y, area.bottom() + 2
    return area.top(), layout.total_y - _TOTAL_ROOM


def _text_height(layout: StackLayout, rect: QRectF, wide: bool) -> float:
    two_lines = layout.columns is not _ONE and (wide or rect.height() >= _TALL)
    return _TWO_LINES if two_lines else _LINE


def _is_wide(layout: StackLayout, rect: QRectF, segment: Segment, theme: Theme) -> bool:
    """Whether name and value need more than the room beside their column."""
    name, value = text_width(segment.label, _name_font(layout, theme)), _value_width(segment, theme)
    return rect.right() + layout.columns.text_gap + name + _NAME_GAP + value > _text_end(layout, rect)


def _name_font(layout: StackLayout, theme: Theme) -> QFont:
    return theme.font("title", weight=400) if layout.columns is _ONE else theme.font("tick")


def _value_width(segment: Segment, theme: Theme) -> float:
    return number_width(segment.value_text, theme.font("value", size=15))


def _add_text(
    layout: StackLayout,
    rect: QRectF,
    segment: Segment,
    middle: float,
    height: float,
    names: float,
    theme: Theme,
    task: Task,
) -> None:
    colors = segment_colors(segment, theme, task)
    name_ink = theme.color("ink2") if colors is None else colors.text
    value_ink = theme.color("loss") if colors is None else colors.text
    left = rect.right() + layout.columns.text_gap
    _add_leader(layout, rect, left, middle, name_ink if colors is None else colors.line)
    index, value_font = segment.class_index, theme.font("value", size=15)
    name_font = _name_font(layout, theme)
    end = _text_end(layout, rect)
    if height == _TWO_LINES:
        name = elided(segment.label, name_font, end - left)
        _write(layout, QPointF(left, middle - 8), name, name_font, name_ink, index)
        _write(layout, QPointF(left, middle + 9), segment.value_text, value_font, value_ink, index)
        return
    gap = 12 if layout.columns is _ONE else 5
    value_x = min(left + names + gap, end - _value_width(segment, theme))
    name = elided(segment.label, name_font, value_x - _NAME_GAP - left)
    _write(layout, QPointF(left, middle), name, name_font, name_ink, index)
    _write(layout, QPointF(value_x, middle), segment.value_text, value_font, value_ink, index)


def _text_end(layout: StackLayout, rect: QRectF) -> float:
    """How far right the texts of a column may reach: close to the next one, or beyond the grid."""
    next_left, right = rect.left() + _pitch(layout), layout.frame.area.right()
    is_last = next_left > right - layout.columns.inset - 1
    return right + _BEYOND if is_last else next_left - _BETWEEN


def _add_leader(layout: StackLayout, rect: QRectF, left: float, middle: float, color: QColor) -> None:
    """A line from a segment to its text: always beside one column, else where the text had to move."""
    start = min(max(rect.center().y(), layout.frame.strip.top()), layout.frame.area.bottom())
    if layout.columns is _ONE:
        layout.leaders.append((QLineF(rect.right() + 2, start, left - 7, middle), color))
    elif abs(middle - start) > _LINE / 2:
        layout.leaders.append((QLineF(rect.right() + 1, start, left - 2, middle), color))


def _add_total(layout: StackLayout, chart: StackChart, theme: Theme) -> None:
    font, right = theme.font("value", size=15), layout.frame.area.right()
    y = layout.frame.area.top() + _TOTAL_RISE if layout.total_y is None else layout.total_y - _TOTAL_RISE
    left = QPointF(right - number_width(chart.total_text, font), y)
    _write(layout, left, chart.total_text, font, theme.color("loss"))


def _write(
    layout: StackLayout, left: QPointF, text: str, font: QFont, color: QColor, index: int | None = None
) -> None:
    """A text whose left edge, at half its height, is `left`."""
    height = cap_height(font) + 4
    rect = QRectF(left.x(), left.y() - height / 2, number_width(text, font), height)
    layout.notes.append(Note(rect, text, font, color, index))
