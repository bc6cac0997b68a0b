"""The batch on paper: a row per sample, its loss as a bar on one axis, and what they sum to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from ceviz.core.document import Task
from ceviz.drawing import loss_bar, stacked_bar
from ceviz.drawing.hatch import paint_class_area
from ceviz.drawing.label_bar import paint_labels
from ceviz.drawing.painting import class_ink, elided, number_width, paint_glyph, paint_number, text_width
from ceviz.drawing.theme import SLATE, Theme
from ceviz.explain import numbers
from ceviz.explain.batch_table import BatchRow, BatchTable, sample_name, sample_note, true_class_of
from ceviz.explain.shown import Shown

HEAD, ROW, FOOT, NOTE = 34.0, 28.0, 34.0, 22.0
_SWATCH, _LONGEST_NAME = 12.0, 110.0
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
_NAME, _LONG_NAME = 116.0, 164.0
_DIGIT, _NUMBER_GAP = 10.0, 4.0
_LEAST_DIGITS = 3
_LOSS, _GAP, _AXIS_GAP = 84.0, 18.0, 20.0
_BAR_SHARE = 0.46
_GLYPH = 20.0


def write(
    painter: QPainter, rect: QRectF, flags: Qt.AlignmentFlag, text: str, font: QFont, color: QColor
) -> None:
    """One line that is elided where it is longer than its place."""
    if number_width(text, font) > rect.width():
        text = elided(text, font, rect.width())
    paint_number(painter, rect, flags, text, font, color)


def rows_shown(sample_count: int, height: float) -> int:
    """How many rows a picture of this height has; all of them if it can."""
    if batch_height(sample_count) <= height + 1e-6:
        return sample_count
    return max(1, int((height - batch_height(0) - NOTE) / ROW))


def batch_height(sample_count: int) -> float:
    """The height that has room for all rows."""
    return HEAD + sample_count * ROW + FOOT + NOTE


def note_text(shown: int, sample_count: int) -> str:
    """Which rows a figure shows, where it cannot show all; empty where it does."""
    if shown >= sample_count:
        return ""
    rows = "Sample 1" if shown == 1 else f"Samples 1 to {numbers.count(shown)}"
    return f"{rows} of {numbers.count(sample_count)}; sum and mean are those of all."


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns lie."""

    name: QRectF
    target: QRectF
    bar: QRectF
    loss: QRectF
    scale: loss_bar.LossScale


def number_column(sample_count: int) -> float:
    """The width in px of a column that holds the number of every sample."""
    return _DIGIT * max(_LEAST_DIGITS, len(str(sample_count))) + _NUMBER_GAP


def _columns(table: BatchTable, width: float) -> _Columns:
    soft = table.shown.task is Task.SOFT
    name = _NAME if has_true_class(table.shown.task) else _LONG_NAME
    number = number_column(table.sample_count)
    bars = width - number - name - _LOSS - _AXIS_GAP - _GAP * (2 if soft else 1)
    bar = bars * _BAR_SHARE * (0.7 if soft else 1)
    left = number + name
    target = QRectF(left, 0, bar if soft else 0, ROW)
    start = target.right() + (_GAP if soft else 0)
    loss = QRectF(start + bar, 0, _LOSS, ROW)
    axis_left = loss.right() + _AXIS_GAP
    scale = loss_bar.LossScale(table.axis, axis_left, width - _GAP, table.has_infinite)
    return _Columns(QRectF(number, 0, name, ROW), target, QRectF(start, 0, bar, ROW), loss, scale)


def has_true_class(task: Task) -> bool:
    """Whether a sample goes by the name of its true class."""
    return task in (Task.MULTICLASS, Task.BINARY)


def paint_batch(painter: QPainter, size: QSizeF, table: BatchTable, theme: Theme) -> None:
    """The first rows that fit into a picture of `size` px, and under them sum and mean of all."""
    columns = _columns(table, size.width())
    count = rows_shown(table.sample_count, size.height())
    bottom = HEAD + count * ROW
    _paint_head(painter, table, columns, theme)
    paint_lines(painter, columns.scale, table.axis.ticks, size.width(), bottom, theme)
    if table.has_infinite:
        ceiling = columns.scale.ceiling(HEAD, bottom - HEAD)
        loss_bar.paint_ceiling(painter, ceiling, theme, theme.color("canvas"))
    for sample in range(count):
        painter.save()
        painter.translate(0, HEAD + sample * ROW)
        _paint_row(painter, table.row(sample), table, columns, theme)
        painter.restore()
    _paint_foot(painter, table, columns, bottom, theme)
    _paint_legend(painter, table, QRectF(0, bottom + FOOT, size.width(), NOTE), theme)
    under = QRectF(0, bottom + FOOT + NOTE, size.width(), NOTE)
    paint_note_under(painter, under, count, table.sample_count, theme)


def _paint_legend(painter: QPainter, table: BatchTable, place: QRectF, theme: Theme) -> None:
    """The classes with their colours, as many as have room; those that share a colour as one."""
    task, font, x = table.shown.task, theme.font("label", weight=400), place.left()
    for index, name in _named_classes(table):
        text = elided(name, font, _LONGEST_NAME)
        end = x + _SWATCH + 6 + text_width(text, font)
        if end > place.right():
            return
        swatch = QRectF(x, place.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
        colors = class_ink(theme, task, index)
        paint_class_area(painter, swatch, theme.radius["bar"], colors, colors.line)
        words = QRectF(x + _SWATCH + 6, place.top(), end - x, place.height())
        paint_number(painter, words, LEFT, text, font, theme.color("ink2"))
        x = end + 18


def _named_classes(table: BatchTable) -> list[tuple[int, str]]:
    classes = table.shown.state.classes
    if table.shown.task is Task.BINARY:
        return [(0, classes[0]), (1, f"not {classes[0]}")]
    named = list(enumerate(classes[:SLATE]))
    if len(classes) > SLATE:
        named.append((SLATE, classes[SLATE] if len(classes) == SLATE + 1 else "other classes"))
    return named


def paint_lines(
    painter: QPainter,
    scale: loss_bar.LossScale,
    ticks: tuple[tuple[float, str], ...],
    width: float,
    bottom: float,
    theme: Theme,
) -> None:
    """The ticks of the axis with their lines, and the lines above and below all rows."""
    font, ink, border = theme.font("tick"), theme.color("ink3"), theme.color("border")
    for value, text in _thinned(ticks, scale, font):
        x = scale.x(value)
        painter.fillRect(QRectF(theme.line_at(x), HEAD, 1, bottom - HEAD), theme.color("hairline"))
        paint_number(painter, QRectF(x - 30, 0, 60, HEAD), CENTER, text, font, ink)
    for y in (HEAD, bottom):
        painter.fillRect(QRectF(0, theme.line_at(y), width, 1), border)


def _thinned(
    ticks: tuple[tuple[float, str], ...], scale: loss_bar.LossScale, font: QFont
) -> list[tuple[float, str]]:
    """Every tick, or every second or third from 0 on, so that their texts stand apart."""
    widest = max((number_width(text, font) for _, text in ticks), default=0.0)
    zero = next((place for place, (value, _) in enumerate(ticks) if value == 0), 0)
    for step in range(1, len(ticks)):
        kept = [tick for place, tick in enumerate(ticks) if (place - zero) % step == 0]
        places = [scale.x(value) for value, _ in kept]
        if all(right - left >= widest + 6 for left, right in pairwise(places)):
            return kept
    return [ticks[zero]]


def _paint_head(painter: QPainter, table: BatchTable, columns: _Columns, theme: Theme) -> None:
    font, ink = theme.font("tableHead"), theme.color("ink3")
    named = not has_true_class(table.shown.task)
    heads = [
        (QRectF(0, 0, columns.name.right() - 8, HEAD), LEFT, "sample" if named else "sample, true class"),
        (columns.target, LEFT, "target"),
        (columns.bar, LEFT, "prediction"),
        (columns.loss, RIGHT, "loss"),
    ]
    for rect, flags, text in heads:
        if rect.width() > 0:
            place = QRectF(rect.left(), 0, rect.width(), HEAD)
            write(painter, place, flags, text, font, ink)
    if table.has_infinite:
        paint_number(painter, columns.scale.ceiling(0, HEAD), CENTER, numbers.INFINITY, font, ink)


def _paint_row(painter: QPainter, row: BatchRow, table: BatchTable, columns: _Columns, theme: Theme) -> None:
    shown = table.shown
    paint_sample(painter, shown, row.sample, columns.name, theme)
    if shown.task is Task.SOFT:
        parts = stacked_bar.parts_of(theme, shown.task, row.targets)
        stacked_bar.paint_stack(painter, _bar(columns.target), parts, theme)
    _paint_prediction(painter, row, shown.task, _bar(columns.bar), theme)
    font, ink = theme.font("className"), theme.color("loss")
    paint_number(painter, columns.loss, RIGHT, row.loss_text, font, ink)
    if row.problem:
        place = QRectF(columns.scale.left, 0, columns.scale.right - columns.scale.left, ROW)
        write(painter, place, LEFT, row.problem, theme.font("label", weight=400), theme.color("danger"))
    else:
        _paint_loss(painter, row, shown.task, columns, theme)


def paint_sample(painter: QPainter, shown: Shown, sample: int, place: QRectF, theme: Theme) -> None:
    """Number, picture of the true class, and name of a sample; its weight, or that it is ignored."""
    number = QRectF(0, 0, place.left(), ROW)
    paint_number(painter, number, LEFT, str(sample + 1), theme.font("body"), theme.color("ink2"))
    left, right = place.left(), place.right() - 8
    name, class_index = sample_name(shown, sample), true_class_of(shown, sample)
    if class_index is not None:
        glyph = QRectF(left, (ROW - _GLYPH) / 2, _GLYPH, _GLYPH)
        paint_glyph(painter, glyph, name, class_index, theme)
        left += _GLYPH + 8
    note = sample_note(shown, sample)
    if note:
        font = theme.font("label", weight=400)
        paint_number(painter, QRectF(left, 0, right - left, ROW), RIGHT, note, font, theme.color("ink2"))
        right -= number_width(note, font) + 6
    write(painter, QRectF(left, 0, right - left, ROW), LEFT, name, theme.font("tab"), theme.color("ink"))


def _bar(cell: QRectF) -> QRectF:
    return QRectF(cell.left(), (ROW - stacked_bar.HEIGHT) / 2, cell.width(), stacked_bar.HEIGHT)


def _paint_prediction(painter: QPainter, row: BatchRow, task: Task, rect: QRectF, theme: Theme) -> None:
    if any(math.isnan(p) for p in row.probabilities):
        return
    if task is Task.MULTILABEL:
        paint_labels(painter, rect, row.probabilities, row.targets, theme)
        return
    if task is Task.BINARY:
        parts = stacked_bar.binary_parts(theme, row.probabilities[0], row.targets[0])
    else:
        parts = stacked_bar.parts_of(theme, task, row.probabilities)
    stacked_bar.paint_stack(painter, rect, parts, theme)


def _paint_loss(painter: QPainter, row: BatchRow, task: Task, columns: _Columns, theme: Theme) -> None:
    scale, cell = columns.scale, QRectF(0, 0, columns.scale.right, ROW)
    if math.isinf(row.loss):
        loss_bar.paint_infinite(painter, scale, cell, False, theme.color("panel"), theme)
    elif row.clipped:
        rect = loss_bar.bar_rect(scale, 0.0, row.loss, cell)
        loss_bar.paint_clipped(painter, rect, False, row.clipped, theme)
    elif row.floor is not None:
        loss_bar.paint_floor_and_excess(painter, scale, cell, row.floor, row.loss, theme)
    elif task is Task.MULTILABEL:
        colors = [class_ink(theme, task, index) for index in range(len(row.terms))]
        loss_bar.paint_terms(painter, scale, cell, row.terms, colors, [1.0] * len(colors))
    else:
        loss_bar.paint_loss(painter, loss_bar.bar_rect(scale, 0.0, row.loss, cell), False, theme)


def _paint_foot(painter: QPainter, table: BatchTable, columns: _Columns, top: float, theme: Theme) -> None:
    body, value, small = theme.font("body"), theme.font("value"), theme.font("label", weight=400)
    ink, right = theme.color("ink2"), columns.loss.right()
    if table.sum_text:
        foot = QRectF(0, top, right, FOOT)
        paint_number(painter, foot, RIGHT, table.sum_text, value, theme.color("loss"))
        right -= number_width(table.sum_text, value) + 8
        paint_number(painter, QRectF(0, top, right, FOOT), RIGHT, "sum", body, ink)
        right -= number_width("sum", body) + 12
    fitting = (remark for remark in table.remarks if number_width(remark, small) <= right)
    remark = next(fitting, table.remarks[-1] if table.remarks else "")
    write(painter, QRectF(0, top, right, FOOT), LEFT, remark, small, ink)
    taken = paint_mean(painter, columns.scale, table.mean, table.mean_text, top, theme)
    _paint_mark(painter, columns.scale, taken, top, theme)


def _paint_mark(
    painter: QPainter, scale: loss_bar.LossScale, taken: tuple[float, float], top: float, theme: Theme
) -> None:
    """The dashed line of the axis's mark, and in the foot what it is, clear of the mean."""
    mark, font = scale.axis.mark, theme.font("label", weight=400)
    if mark is None:
        return
    loss_bar.paint_mark(painter, scale, HEAD, top + 4, theme)
    for text in (mark.text, mark.short):
        left = loss_bar.mark_left(scale, number_width(text, font), [taken], scale.right + _GAP)
        if left is not None:
            place = QRectF(left, top, number_width(text, font) + 2, FOOT)
            paint_number(painter, place, LEFT, text, font, theme.color("ink2"))
            return


def paint_mean(
    painter: QPainter, scale: loss_bar.LossScale, mean: float | None, text: str, top: float, theme: Theme
) -> tuple[float, float]:
    """The mean as a line through all rows that ends in the foot, and beside it its value.

    Returns where what stands in the foot starts and ends.
    """
    if not text:
        return scale.left, scale.left
    body, value = theme.font("body"), theme.font("value")
    width = number_width("mean", body) + 8 + number_width(text, value)
    left = scale.left
    if mean is not None:
        x, wide, reach = scale.x(mean), float(theme.stroke["meanLine"]), FOOT - 8
        if x + 10 + width <= scale.right + _GAP:
            left = x + 10
        elif x - 10 - width >= scale.left:
            left = x - 10 - width
        else:
            reach = 0.0
        painter.fillRect(QRectF(x - wide / 2, HEAD, wide, top - HEAD + reach), theme.color("ink"))
    place = QRectF(left, top, width + 2, FOOT)
    paint_number(painter, place, LEFT, "mean", body, theme.color("ink2"))
    start = QPointF(left + number_width("mean", body) + 8, top)
    rest = QRectF(start, QSizeF(number_width(text, value) + 2, FOOT))
    paint_number(painter, rest, LEFT, text, value, theme.color("loss"))
    return left, left + width


def paint_note_under(painter: QPainter, rect: QRectF, count: int, sample_count: int, theme: Theme) -> None:
    """Which rows are shown, where not all are."""
    text = note_text(count, sample_count)
    if text:
        write(painter, rect, LEFT, text, theme.font("label", weight=400), theme.color("ink2"))
