"""The batch of two models on paper: both losses of every sample, and what B saves as a bar."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from ceviz.drawing.discs import paint_disc
from ceviz.drawing.loss_bar import paint_ceiling
from ceviz.drawing.painting import number_width, paint_icon, paint_number
from ceviz.drawing.saving_bar import SavingScale, paint_endless, paint_saving
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_batch import CompareBatch, ModelLoss
from ceviz.figures.batch import (
    FOOT,
    HEAD,
    LEFT,
    NOTE,
    RIGHT,
    ROW,
    has_true_class,
    number_column,
    paint_lines,
    paint_mean,
    paint_note_under,
    paint_sample,
    rows_shown,
    write,
)
from ceviz.figures.equation import LETTER_DISC

_NAME, _LONG_NAME = 116.0, 176.0
_LOSS, _AXIS_GAP, _MARGIN = 96.0, 24.0, 18.0
_TICK = 16.0


def paint_compare_batch(painter: QPainter, size: QSizeF, batch: CompareBatch, theme: Theme) -> None:
    """The first rows that fit into a picture of `size` px, and under them the means of all."""
    count = rows_shown(batch.sample_count, size.height())
    bottom, scale = HEAD + count * ROW, _scale(batch, size.width())
    for model, letter in enumerate(LETTERS):
        right = _loss(batch, model).right()
        paint_disc(painter, QPointF(right - LETTER_DISC, HEAD / 2), model, theme, LETTER_DISC)
        place = QRectF(0, 0, right - 2 * LETTER_DISC - 6, HEAD)
        paint_number(painter, place, RIGHT, f"loss of {letter}", theme.font("tableHead"), theme.color("ink3"))
    paint_lines(painter, scale, batch.axis.ticks, size.width(), bottom, theme)
    for end in scale.ends(HEAD, bottom - HEAD):
        paint_ceiling(painter, end, theme, theme.color("canvas"))
    for sample in range(count):
        painter.save()
        painter.translate(0, HEAD + sample * ROW)
        _paint_row(painter, batch, sample, scale, theme)
        painter.restore()
    painter.fillRect(QRectF(theme.line_at(scale.zero), HEAD, 1, bottom - HEAD), theme.color("border"))
    for model in range(len(LETTERS)):
        _paint_model_mean(painter, batch, model, bottom, theme)
    paint_mean(painter, scale, batch.mean, batch.mean_text, bottom, theme)
    paint_note_under(painter, QRectF(0, bottom + FOOT, size.width(), NOTE), count, batch.sample_count, theme)


def _scale(batch: CompareBatch, width: float) -> SavingScale:
    saved = batch.pair.saved
    to_b, to_a = bool((saved == math.inf).any()), bool((saved == -math.inf).any())
    return SavingScale(batch.axis, _loss(batch, 1).right() + _AXIS_GAP, width - _MARGIN, to_b, to_a)


def _name(batch: CompareBatch) -> QRectF:
    name = _NAME if has_true_class(batch.pair.a.task) else _LONG_NAME
    return QRectF(number_column(batch.sample_count), 0, name, ROW)


def _loss(batch: CompareBatch, model: int) -> QRectF:
    return QRectF(_name(batch).right() + model * _LOSS, 0, _LOSS, ROW)


def _paint_row(painter: QPainter, batch: CompareBatch, sample: int, scale: SavingScale, theme: Theme) -> None:
    row, shown = batch.row(sample), batch.pair.a
    name = _name(batch)
    paint_sample(painter, shown, sample, name, theme)
    for model, loss in enumerate((row.a, row.b)):
        _paint_loss(painter, _loss(batch, model), loss, theme)
    cell, saved = QRectF(0, 0, scale.right, ROW), float(batch.pair.saved[sample])
    if row.problem:
        place = QRectF(scale.left, 0, scale.right - scale.left, ROW)
        write(painter, place, LEFT, row.problem, theme.font("label", weight=400), theme.color("danger"))
    elif math.isinf(saved):
        paint_endless(painter, scale, cell, saved > 0, False, theme.color("panel"), theme)
    elif not math.isnan(saved):
        paint_saving(painter, scale, cell, saved, False, theme)


def _paint_loss(painter: QPainter, place: QRectF, loss: ModelLoss, theme: Theme) -> None:
    if loss.right is not None:
        tick = QRectF(place.left() + 8, (ROW - _TICK) / 2, _TICK, _TICK)
        paint_icon(painter, tick, "check" if loss.right else "x", theme.color("ink2"))
    font = theme.font("className")
    paint_number(painter, place, RIGHT, loss.loss_text, font, theme.color("loss"))


def _paint_model_mean(painter: QPainter, batch: CompareBatch, model: int, top: float, theme: Theme) -> None:
    foot, right = (batch.a, batch.b)[model], _loss(batch, model).right()
    value = theme.font("className")
    place = QRectF(_loss(batch, model).left(), top, _LOSS, FOOT)
    paint_number(painter, place, RIGHT, foot.mean_text, value, theme.color("loss"))
    if foot.mean_text and model == 0:
        words = QRectF(0, top, right - number_width(foot.mean_text, value) - 8, FOOT)
        paint_number(painter, words, RIGHT, foot.mean_label, theme.font("body"), theme.color("ink2"))
