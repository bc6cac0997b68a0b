"""Delegates of the batch table: number, name, target, predictions, loss and its bar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ceviz.core.document import Task
from ceviz.drawing import loss_bar, stacked_bar
from ceviz.drawing.number_text import fitted
from ceviz.drawing.painting import (
    class_ink,
    elided,
    number_width,
    paint_focus_ring,
    paint_number,
    round_bar,
    text_width,
)
from ceviz.drawing.pictures import paint_glyph, paint_icon
from ceviz.explain.batch_table import clip_note
from ceviz.explain.parts import splits
from ceviz.gui.tables.batch_columns import BAR_GAP, CHIP_REACH
from ceviz.gui.tables.cell_editing import EditingDelegate
from ceviz.gui.tables.grid_model import Index
from ceviz.gui.tables.grid_painting import fill_cell

if TYPE_CHECKING:
    from ceviz.gui.tables.batch_view import BatchView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_EDGE_BAR = 4.0
_GLYPH = 22.0
_RING_REACH = 6.0
_NORMALISE = "Normalise"
_LEAST_NAME = 90
"""Of a name's column, what a note beside it leaves."""
_LOSS_GAP = 8


class BatchDelegate(EditingDelegate):
    """Paints the ground of a cell and leaves the rest to `paint_cell`."""

    view: BatchView

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, cell, row = self.view, QRectF(option.rect), index.row()
        ground = self.theme.color("selected") if view.is_marked(index) else view.ground(row)
        if ground is not None:
            fill_cell(painter, cell, ground)
        self.paint_cell(painter, cell, index)
        if view.shown().state.samples[row].ignored:
            veil = QColor(ground or self.theme.color("panel"))
            veil.setAlphaF(1.0 - self.theme.opacity["disabled"])
            fill_cell(painter, cell, veil)
        self.paint_over(painter, cell, index)

    def ring_rect(self, cell: QRectF, index: Index) -> QRectF:
        """Where the ring of the focus stands, which may reach into the next cell."""
        return cell.adjusted(4, 4, -4, -4)

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        raise NotImplementedError

    def paint_over(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        """What does not fade in the row of an ignored sample."""

    def name_font(self) -> QFont:
        return self.theme.font("tab")

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return cell.adjusted(2, 0, 6, 0)


class NumberCell(BatchDelegate):
    """The sample's number, and the bar that marks the shown or an invalid row."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        mark = self.view.edge_mark(index.row())
        if mark is not None:
            painter.fillRect(QRectF(cell.left(), cell.top(), _EDGE_BAR, cell.height()), mark)
        place = cell.adjusted(self.theme.metrics["padXOuter"], 0, 0, 0)
        painter.setFont(self.theme.font("body"))
        painter.setPen(self.theme.color("ink2"))
        painter.drawText(place, int(_LEFT), self.view.model_.text(index))

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return QRectF(cell.right(), cell.top(), 180, cell.height())

    def editor_alignment(self, index: Index) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft


class NameCell(BatchDelegate):
    """Glyph and name of the true class, or the sample's name."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        left = cell.left() + 8
        glyph = self.view.glyph(index.row())
        if glyph is not None:
            class_index, name = glyph
            painter.setOpacity(self.view.opacity(class_index))
            place = QRectF(cell.left() + 8, cell.center().y() - _GLYPH / 2, _GLYPH, _GLYPH)
            paint_glyph(painter, place, name, class_index, self.theme)
            left = cell.left() + 39
        painter.setFont(self.name_font())
        painter.setPen(self.theme.color("ink"))
        room = cell.right() - left - 10 - self._note_width(index)
        place = QRectF(left, cell.top(), room, cell.height())
        name = elided(self.view.model_.text(index), self.name_font(), place.width())
        painter.drawText(place, int(_LEFT), name)
        painter.setOpacity(1.0)

    def _note_width(self, index: Index) -> float:
        """What a note takes; 0 where it would leave the name no room."""
        note = self.view.model_.note(index.row())
        width = text_width(note, self.theme.font("label", weight=400)) + 8 if note else 0.0
        return width if self.view.columnWidth(index.column()) - width >= _LEAST_NAME else 0.0

    def paint_over(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        note = self.view.model_.note(index.row())
        if self._note_width(index):
            font, ink = self.theme.font("label", weight=400), self.theme.color("ink2")
            paint_number(painter, cell.adjusted(0, 0, -10, 0), _RIGHT, note, font, ink)

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return cell.adjusted(2, 0, -2, 0)

    def editor_alignment(self, index: Index) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft


class TargetCell(BatchDelegate):
    """A binary target as 1 or 0, a soft one as a stacked bar."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        shown = self.view.shown()
        if shown.task is Task.BINARY:
            place = cell.adjusted(0, 0, 0, 0)
            font = self.theme.font("className")
            paint_number(painter, place, _CENTER, self.view.model_.text(index), font, self.theme.color("ink"))
            return
        shares = shown.state.targets[index.row()].tolist()
        parts = stacked_bar.parts_of(self.theme, shown.task, shares)
        stacked_bar.paint_stack(painter, bar_rect(cell), parts, self.theme, self.view.lit)


class ProbabilityCell(BatchDelegate):
    """p of a class: the true class bold in its colour, a label that is on as a filled chip."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        shown, column = self.view.shown(), self.view.model_.column(index)
        colors = class_ink(self.theme, shown.task, column.class_index)
        painter.setOpacity(self.view.opacity(column.class_index))
        on = shown.state.targets[index.row(), column.class_index] == 1
        font, ink = self._number_font(400), self.theme.color("ink2")
        if shown.task is Task.BINARY:
            font, ink = self._number_font(600), self.theme.color("ink")
        elif on:
            font, ink = self._number_font(600), colors.text
        text = self.view.model_.text(index)
        if shown.task is Task.MULTILABEL:
            cell = cell.adjusted(0, 0, -CHIP_REACH, 0)
        at_fault = self.view.is_at_fault(index.row(), column.class_index)
        if on and shown.task is Task.MULTILABEL:
            ink, fill, edge = colors.on_fill, colors.fill, colors.line
            if at_fault:
                fill, edge = self.theme.color("panel"), self.theme.color("danger")
            width = text_width(text, font) + 2 * CHIP_REACH
            chip = QRectF(cell.right() + CHIP_REACH - width, cell.center().y() - 10.5, width, 21)
            round_bar(painter, chip, self.theme.radius["pill"], fill, edge)
        if at_fault:
            font, ink = self._number_font(600), self.theme.color("danger")
        paint_number(painter, cell, _RIGHT, text, fitted(font, text, cell.width()), ink)
        painter.setOpacity(1.0)

    def _number_font(self, weight: int) -> QFont:
        """Smaller on chips, which have more of them side by side."""
        return self.theme.font("title" if self.view.shown().task is Task.MULTILABEL else "body", weight)

    def ring_rect(self, cell: QRectF, index: Index) -> QRectF:
        reach = CHIP_REACH if self.view.shown().task is Task.MULTILABEL else 0
        font = self._number_font(600)
        width = min(number_width(self.view.model_.text(index), font), cell.width()) + 2 * _RING_REACH
        right = cell.right() - reach + _RING_REACH
        return QRectF(right - width, cell.center().y() - 10.5, width, 21)


class SummaryCell(BatchDelegate):
    """p of the true class, or the top prediction, where there is no room for every class."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        shown = self.view.shown()
        model, is_top = self.view.model_, self.view.model_.column(index).kind == "top"
        class_index = model.summed_up(index)
        painter.setOpacity(self.view.opacity(class_index))
        colors = class_ink(self.theme, shown.task, class_index)
        font, ink = self.theme.font("body", weight=600), colors.text
        if not is_top:
            if shown.task is Task.MULTILABEL:
                font, ink = self.theme.font("body"), self.theme.color("ink2")
            paint_number(painter, cell, _RIGHT, self.view.model_.text(index), font, ink)
        else:
            self._paint_top(painter, cell, self.view.model_.text(index), class_index)
        painter.setOpacity(1.0)

    def _paint_top(self, painter: QPainter, cell: QRectF, text: str, class_index: int) -> None:
        name, _, p = text.rpartition(" ")
        glyph = QRectF(cell.left() + 28, cell.center().y() - _GLYPH / 2, _GLYPH, _GLYPH)
        paint_glyph(painter, glyph, name, class_index, self.theme)
        font = self.theme.font("body")
        paint_number(painter, cell, _RIGHT, p, font, self.theme.color("ink2"))
        painter.setFont(self.name_font())
        painter.setPen(self.theme.color("ink"))
        place = QRectF(glyph.right() + 8, cell.top(), cell.right() - 52 - glyph.right() - 8, cell.height())
        painter.drawText(place, int(_LEFT), elided(name, self.name_font(), place.width()))


class BarCell(BatchDelegate):
    """The prediction as a stacked bar."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        shown, row = self.view.shown(), index.row()
        p = shown.result.probabilities[row].tolist()
        if any(math.isnan(value) for value in p):
            return
        if shown.task is Task.BINARY:
            parts = stacked_bar.binary_parts(self.theme, p[0], float(shown.state.targets[row, 0]))
        else:
            parts = stacked_bar.parts_of(self.theme, shown.task, p)
        stacked_bar.paint_stack(painter, bar_rect(cell), parts, self.theme, self.view.lit)


class LossCell(BatchDelegate):
    """The loss; nothing for an invalid row."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        text, ink = self.view.model_.text(index), self.theme.color("loss")
        font = fitted(self.theme.font("className"), text, cell.width() - _LOSS_GAP)
        paint_number(painter, cell, _RIGHT, text, font, ink)


class LossBarCell(BatchDelegate):
    """The loss as a bar on the common axis, or the reason why there is none and the button that mends it."""

    def paint_cell(self, painter: QPainter, cell: QRectF, index: Index) -> None:
        row, scale = index.row(), self.view.scale()
        if scale.has_ceiling:
            ground = None if self.view.ground(row) is not None else self.theme.color("canvas")
            loss_bar.paint_ceiling(painter, scale.ceiling(cell.top(), cell.height()), self.theme, ground)
        reason = self.view.model_.reason(row)
        if reason:
            self._paint_reason(painter, cell, row, reason)
        else:
            self._paint_bar(painter, cell, row)

    def _paint_bar(self, painter: QPainter, cell: QRectF, row: int) -> None:
        shown, scale, theme = self.view.shown(), self.view.scale(), self.theme
        loss, chosen = float(shown.result.losses[row]), row == shown.sample
        note, ground = clip_note(shown, row), self.view.ground(row) or theme.color("panel")
        if note and math.isfinite(loss):
            rect = loss_bar.bar_rect(scale, 0.0, loss, cell)
            loss_bar.paint_clipped(painter, rect, chosen, note, theme)
        elif math.isinf(loss):
            loss_bar.paint_infinite(painter, scale, cell, chosen, ground, theme)
        elif shown.task is Task.SOFT and shown.evaluation.entropy is not None and splits(shown, row):
            floor = float(shown.evaluation.entropy[row])
            loss_bar.paint_floor_and_excess(painter, scale, cell, floor, loss, theme)
        elif shown.task is Task.MULTILABEL:
            classes = range(shown.state.class_count)
            colors = [class_ink(theme, shown.task, k) for k in classes]
            opacities = [self.view.opacity(k) for k in classes]
            loss_bar.paint_terms(painter, scale, cell, shown.result.terms[row].tolist(), colors, opacities)
        else:
            rect = loss_bar.bar_rect(scale, 0.0, loss, cell)
            # Where nothing but the line of the mean has moved it may stand clear of the bar.
            if self.view.painted.intersects(rect.toAlignedRect()):
                loss_bar.paint_loss(painter, rect, chosen, theme)
        loss_bar.paint_going_on(painter, scale, loss, cell, ground, theme)

    def _paint_reason(self, painter: QPainter, cell: QRectF, row: int, reason: str) -> None:
        danger = self.theme.color("danger")
        text = self.reason_rect(cell, row)
        icon = QRectF(text.left() - 26, cell.center().y() - 8, 16, 16)
        paint_icon(painter, icon, "warn", danger)
        painter.setFont(self.theme.font("tab"))
        painter.setPen(danger)
        cut = painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, int(text.width()) + 1)
        painter.drawText(text, int(_LEFT), cut)
        button = self.button_rect(cell, row)
        if not button.isEmpty():
            self._paint_button(painter, button, danger, self.view.hovered_button == row)

    def _paint_button(self, painter: QPainter, rect: QRectF, danger: QColor, hovered: bool) -> None:
        ground = self.theme.color("dangerTint" if hovered else "panel")
        round_bar(painter, rect, self.theme.radius["control"], ground, danger)
        paint_number(painter, rect, _CENTER, _NORMALISE, self.theme.font("label", weight=600), danger)

    def reason_rect(self, cell: QRectF, row: int) -> QRectF:
        """Where the sentence of an invalid row stands: as wide as it needs, if there is room."""
        left = self.view.scale().left + 27
        button = self._button_width() + 14 if self.view.is_fixable(row) else 0
        wanted = text_width(self.view.model_.reason(row), self.theme.font("tab")) + 1
        return QRectF(
            left, cell.top(), max(0.0, min(wanted, cell.right() - 12 - button - left)), cell.height()
        )

    def button_rect(self, cell: QRectF, row: int) -> QRectF:
        """Where the button stands that mends a row; empty where none can."""
        if not self.view.is_fixable(row):
            return QRectF()
        left = self.reason_rect(cell, row).right() + 14
        return QRectF(left, cell.center().y() - 11, self._button_width(), 22)

    def _button_width(self) -> float:
        return text_width(_NORMALISE, self.theme.font("label", weight=600)) + 22


def paint_ring(painter: QPainter, view: BatchView) -> None:
    """The ring around the cell that has the focus, over all cells."""
    index = view.currentIndex()
    delegate = view.itemDelegateForIndex(index)
    if view.has_ring(index) and isinstance(delegate, BatchDelegate):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = delegate.ring_rect(view.cell_rect(index), index)
        paint_focus_ring(painter, rect, view.theme.radius["track"], view.theme)


def bar_rect(cell: QRectF, gap: float = BAR_GAP) -> QRectF:
    """The stacked bar within its cell."""
    top = cell.center().y() - stacked_bar.HEIGHT / 2
    return QRectF(cell.left() + gap, top, cell.width() - gap, stacked_bar.HEIGHT)
