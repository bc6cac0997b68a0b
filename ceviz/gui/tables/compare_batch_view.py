"""The view of the batch of two models: diverging bars on one axis over all rows, the line of the mean."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QModelIndex, QPointF, QRectF
from PySide6.QtGui import QGuiApplication, QPainter

from ceviz.core.document import Task
from ceviz.drawing.label_bar import label_at
from ceviz.drawing.loss_bar import paint_ceiling
from ceviz.drawing.painting import text_width
from ceviz.drawing.saving_bar import SavingScale
from ceviz.drawing.stacked_bar import part_at
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.batch_cells import BatchDelegate, NameCell, NumberCell, TargetCell, bar_rect
from ceviz.gui.tables.batch_columns import BatchColumn, BatchWidths
from ceviz.gui.tables.batch_view import BatchView
from ceviz.gui.tables.compare_batch_cells import ModelLossCell, PredictionCell, SavedCell, SavingCell
from ceviz.gui.tables.compare_batch_columns import bar_gap, compare_widths
from ceviz.gui.tables.compare_batch_header import CompareBatchHeader
from ceviz.gui.tables.compare_batch_model import CompareBatchModel
from ceviz.gui.tables.grid_model import Index

_BESIDE_NAME = 51.0
"""The glyph in front of a name and the gaps about them."""


class CompareBatchView(BatchView):
    model_: CompareBatchModel

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, CompareBatchModel())
        self.setAccessibleName("Samples of the batch as two models see them")

    def make_cells(self) -> dict[str, BatchDelegate]:
        return {
            "number": NumberCell(self),
            "name": NameCell(self),
            "target": TargetCell(self),
            "bar": PredictionCell(self),
            "loss": ModelLossCell(self),
            "loss_bar": SavingCell(self),
            "saved": SavedCell(self),
        }

    def make_header(self) -> CompareBatchHeader:
        return CompareBatchHeader(self)

    # What the cells ask

    def scale(self) -> SavingScale:
        scale = super().scale()
        assert isinstance(scale, SavingScale)
        return scale

    def make_scale(self, left: int, right: int) -> SavingScale:
        saved = self.model_.batch.pair.saved
        to_b, to_a = bool(np.isposinf(saved).any()), bool(np.isneginf(saved).any())
        return SavingScale(self.model_.axis, left, right, to_b, to_a)

    def column_widths(self, columns: tuple[BatchColumn, ...]) -> BatchWidths:
        shown = self.shown()
        counts = shown.state.sample_count, columns, self.viewport().width()
        return compare_widths(shown.task, self._name_width(), *counts)

    def _name_width(self) -> float:
        """What the names of classes need; those of samples take what they get."""
        state, task = self.shown().state, self.shown().task
        if task in (Task.SOFT, Task.MULTILABEL):
            return math.inf
        names = [*state.classes, f"not {state.classes[0]}"] if task is Task.BINARY else state.classes
        font = self.theme.font("tab")
        return _BESIDE_NAME + max(text_width(name, font) for name in names)

    def bar_place(self, index: Index) -> QRectF:
        """Where the bar of a prediction stands."""
        return bar_rect(self.cell_rect(index), bar_gap(self.model_.column(index), self.shown().task))

    def span_of(self, side: int) -> tuple[float, float]:
        """Where the bars of a model start and its losses end."""
        columns, widths = self.model_.columns, self.layout_.widths
        bar = columns.index(BatchColumn("bar", side=side))
        left = sum(widths[:bar])
        return left + bar_gap(columns[bar], self.shown().task), sum(widths[: bar + 2])

    def class_at(self, index: QModelIndex, pos: QPointF) -> int:
        if not index.isValid() or self.model_.column(index).kind != "bar":
            return super().class_at(index, pos)
        shares, bar, task = (
            self.model_.probabilities(index).tolist(),
            self.bar_place(index),
            self.shown().task,
        )
        if task is Task.MULTILABEL:
            return label_at(bar, len(shares), pos.x())
        return part_at(bar, [*shares, 1 - shares[0]] if task is Task.BINARY else shares, pos.x())

    # What a person did

    def copy(self) -> None:
        """The selected cells as text."""
        cells = self.selected()
        if cells:
            QGuiApplication.clipboard().setText(self.model_.copied(cells))

    # Painting under and over the cells

    def paint_grid(self, painter: QPainter, top: float, bottom: float) -> None:
        """The columns of what has no end, and the line of zero."""
        for end in self.scale().ends(top, bottom - top):
            paint_ceiling(painter, end, self.theme, self.theme.color("canvas"))
        self.paint_zero(painter, top, bottom)

    def paint_zero(self, painter: QPainter, top: float, bottom: float) -> None:
        """The line at which both models' losses are equal."""
        x = math.floor(self.scale().zero)
        painter.fillRect(QRectF(x, top, 1, bottom - top), self.theme.color("border"))

    def mean_x(self) -> float | None:
        mean, scale = self.model_.batch.mean, self.scale()
        return None if mean is None or scale.is_beyond(mean) else scale.x(mean)
