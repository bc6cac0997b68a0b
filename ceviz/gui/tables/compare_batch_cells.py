"""Delegates of the batch of two models: predictions, losses with their ticks, and what B saves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from ceviz.core.document import Task
from ceviz.drawing import stacked_bar
from ceviz.drawing.label_bar import paint_labels
from ceviz.drawing.loss_bar import paint_ceiling, paint_going_on
from ceviz.drawing.painting import number_width, paint_number
from ceviz.drawing.pictures import paint_icon
from ceviz.drawing.saving_bar import paint_endless, paint_saving
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.batch_cells import BatchDelegate, LossBarCell
from ceviz.gui.tables.compare_batch_columns import SAVED_RIGHT
from ceviz.gui.tables.grid_model import Index

if TYPE_CHECKING:
    from ceviz.gui.tables.compare_batch_view import CompareBatchView

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TICK_CENTER, _TICK = 16.0, 13.0
_TICK_END = 26.0
"""Where the room of a loss starts."""
_SMALLEST_TEXT = 12.0
_LEFT_OUT = "left out"


class CompareDelegate(BatchDelegate):
    view: CompareBatchView


class PredictionCell(CompareDelegate):
    """What one model gives the classes: as a stacked bar, or a slot per label."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        task, p = self.view.shown().task, self.view.model_.probabilities(index).tolist()
        if any(math.isnan(value) for value in p):
            return
        bar, lit = self.view.bar_place(index), self.view.lit
        targets = self.view.shown().state.targets[index.row()].tolist()
        if task is Task.MULTILABEL:
            paint_labels(painter, bar, p, targets, self.theme, lit)
            return
        binary = task is Task.BINARY
        parts = (
            stacked_bar.binary_parts(self.theme, p[0], targets[0])
            if binary
            else stacked_bar.parts_of(self.theme, task, p)
        )
        stacked_bar.paint_stack(painter, bar, parts, self.theme, lit)


class ModelLossCell(CompareDelegate):
    """One model's loss, and whether it is right."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        loss = self.view.model_.model_loss(index)
        if loss.right is not None:
            tick = QRectF(0, 0, _TICK, _TICK)
            tick.moveCenter(cell.center())
            tick.moveLeft(cell.left() + _TICK_CENTER - _TICK / 2)
            paint_icon(painter, tick, "check" if loss.right else "x", self.theme.color("ink2"))
        place = cell.adjusted(_TICK_END if loss.right is not None else 0, 0, 0, 0)
        font = fitting_font(self.theme, loss.loss_text, place.width())
        paint_number(painter, place, _RIGHT, loss.loss_text, font, self.theme.color("loss"))


class SavingCell(LossBarCell):
    """What B saves as a bar, or which model's row is invalid and the button that mends it."""

    view: CompareBatchView

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        row, scale = index.row(), self.view.scale()
        reason = self.view.model_.reason(row)
        if reason:
            self._paint_reason(painter, cell, row, reason)
            return
        ground = None if self.view.ground(row) is not None else self.theme.color("canvas")
        for end in scale.ends(cell.top(), cell.height()):
            paint_ceiling(painter, end, self.theme, ground)
        saved = float(self.view.model_.batch.pair.saved[row])
        chosen = row == self.view.shown().sample
        under = self.view.ground(row) or self.theme.color("panel")
        if math.isinf(saved):
            paint_endless(painter, scale, cell, saved > 0, chosen, under, self.theme)
        elif not math.isnan(saved):
            paint_saving(painter, scale, cell, saved, chosen, self.theme)
            paint_going_on(painter, scale, saved, cell, under, self.theme)
        self.view.paint_zero(painter, cell.top(), cell.bottom())


class SavedCell(CompareDelegate):
    """What B saves as a number, or why there is none."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        place = cell.adjusted(0, 0, -SAVED_RIGHT, 0)
        text, theme = self.view.model_.text(index), self.theme
        if not self.view.model_.is_valid(index.row()):
            font = theme.font("label")
            fits = number_width(text, font) <= place.width()
            paint_number(painter, place, _RIGHT, text if fits else _LEFT_OUT, font, theme.color("danger"))
        elif math.isnan(self.view.model_.batch.pair.saved[index.row()]):
            paint_number(painter, place, _RIGHT, text, theme.font("label"), theme.color("ink2"))
        else:
            font = fitting_font(theme, text, place.width())
            paint_number(painter, place, _RIGHT, text, font, theme.color("loss"))


def fitting_font(theme: Theme, text: str, room: float) -> QFont:
    """The font of losses, smaller for a number with a power that would not fit."""
    font = theme.font("className")
    share = room / max(1.0, number_width(text, font))
    if share >= 1:
        return font
    return theme.font("className", size=max(_SMALLEST_TEXT, math.floor(theme.size("className") * share)))
