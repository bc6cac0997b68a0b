"""The batch of two models: one row per sample, with what each model gives and pays, and what B saves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ceviz.core import edits
from ceviz.core.document import Vectors
from ceviz.core.names import as_word
from ceviz.drawing.number_text import probability_text
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_batch import HEADS, CompareBatch, CompareBatchRow, ModelLoss, compare_batch
from ceviz.explain.shown import Shown
from ceviz.gui.tables.batch_columns import MOST_CLASSES, BatchColumn
from ceviz.gui.tables.batch_model import BatchModel
from ceviz.gui.tables.compare_batch_columns import compare_columns
from ceviz.gui.tables.grid_model import Block, Change, Index

_HEADS = {("bar", 0): HEADS[0], ("loss", 0): HEADS[1], ("bar", 1): HEADS[2], ("loss", 1): HEADS[3]}
_SAVED = HEADS[6]


class CompareBatchModel(BatchModel):
    def __init__(self) -> None:
        super().__init__()
        self._batch: CompareBatch | None = None
        self._rows: dict[int, CompareBatchRow] = {}

    def columns_of(self, shown: Shown) -> tuple[BatchColumn, ...]:
        return compare_columns(shown.task)

    def measure(self, shown: Shown, new_axis: bool) -> None:
        self._batch = compare_batch(shown, None if new_axis else self.axis)
        self._rows = {}
        self.axis = self._batch.axis

    # What the views ask

    @property
    def batch(self) -> CompareBatch:
        assert self._batch is not None
        return self._batch

    def row(self, row: int) -> CompareBatchRow:
        """What a row says; made when it is first asked for."""
        if row not in self._rows:
            self._rows[row] = self.batch.row(row)
        return self._rows[row]

    def side(self, index: Index) -> Shown:
        """The model that a cell is about; A where it is about both."""
        return self.batch.pair.sides[self.column(index).side]

    def model_loss(self, index: Index) -> ModelLoss:
        """One model's part of a row."""
        row = self.row(index.row())
        return row.b if self.column(index).side else row.a

    def probabilities(self, index: Index) -> Vectors:
        """What the model of a cell gives the classes."""
        p: Vectors = self.side(index).result.probabilities[index.row()]
        return p

    def is_valid(self, row: int) -> bool:
        return bool(self.batch.pair.comparable[row])

    def reason(self, row: int) -> str:
        return self.row(row).problem

    def text(self, index: Index) -> str:
        kind = self.column(index).kind
        if kind == "bar":
            return ", ".join(probability_text(p) for p in self.probabilities(index).tolist())
        if kind == "loss":
            return self.model_loss(index).loss_text
        if kind in ("loss_bar", "saved"):
            return self.row(index.row()).saves_text
        return super().text(index)

    def _head(self, column: BatchColumn) -> str:
        if column.kind in ("loss_bar", "saved"):
            return _SAVED
        head = _HEADS.get((column.kind, column.side))
        return super()._head(column) if head is None else head

    def _edit_value(self, index: Index) -> Any:
        kind = self.column(index).kind
        if kind == "loss":
            return float(self.side(index).result.losses[index.row()])
        if kind in ("loss_bar", "saved"):
            return float(self.batch.pair.saved[index.row()])
        return super()._edit_value(index)

    def _spoken(self, index: Index) -> str:
        column, sample = self.column(index), f"sample {index.row() + 1}"
        if column.kind == "bar":
            return f"{sample} prediction of {LETTERS[column.side]} {self._prediction(index)}"
        if column.kind == "loss":
            loss = self.model_loss(index)
            said = ", ".join(filter(None, (loss.loss_text, loss.right_text, loss.problem)))
            return f"{sample} {self._head(column)} {said}"
        return super()._spoken(index)

    def _tip(self, index: Index) -> str:
        kind = self.column(index).kind
        if kind == "bar":
            return f"{self.side(index).shown_model.name}: {self._prediction(index)}"
        if kind == "loss":
            loss = self.model_loss(index)
            return loss.problem or loss.right_text
        return super()._tip(index) or ""

    def _prediction(self, index: Index) -> str:
        """Every class with its probability; of many the largest."""
        names, p = self.batch.pair.a.state.classes, self.probabilities(index).tolist()
        if any(math.isnan(one) for one in p):
            return "undefined"
        largest = sorted(range(len(p)), key=lambda k: -p[k])[:MOST_CLASSES]
        shown = range(len(p)) if len(p) <= MOST_CLASSES else sorted(largest)
        return ", ".join(f"{as_word(names[k])} {probability_text(p[k])}" for k in shown)

    # What a person did

    def copied(self, indexes: Sequence[Index]) -> str:
        """The cells as text, one line per row, every digit kept."""
        rows: dict[int, list[Index]] = {}
        for index in sorted(indexes, key=lambda at: (at.row(), at.column())):
            # A bar of what B saves says nothing that the number beside it does not say.
            if self.column(index).kind != "loss_bar" or len(indexes) == 1:
                rows.setdefault(index.row(), []).append(index)
        return "\n".join("\t".join(self._copied_cell(index) for index in cells) for cells in rows.values())

    def _copied_cell(self, index: Index) -> str:
        kind = self.column(index).kind
        if kind == "bar":
            return "\t".join("" if p != p else repr(p) for p in self.probabilities(index).tolist())
        if kind == "target":
            return "\t".join(repr(t) for t in self.batch.pair.a.state.targets[index.row()].tolist())
        if kind in ("loss", "loss_bar", "saved"):
            value = self._edit_value(index)
            return "" if value != value else repr(value)
        return self.text(index)

    def pasted(self, index: Index, rows: Block) -> Change:
        kind = self.column(index).kind
        if kind == "target":
            return super().pasted(index, rows)
        if kind != "bar":
            raise ValueError("paste probabilities into a prediction of A or of B")
        side = self.side(index)
        if side.in_logits:
            raise ValueError("the predictions are given as logits: paste them in the sample's table")
        text = f"Paste {len(rows)} rows" if len(rows) > 1 else f"Paste into sample {index.row() + 1}"
        state = edits.set_predictions_block(side.state, side.task, side.model, index.row(), 0, rows)
        return Change(state, text)
