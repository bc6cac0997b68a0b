"""The batch table: one row per sample, with target, predictions and loss."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from ceviz.core import edits
from ceviz.core.document import InputKind, Task, TaskState
from ceviz.core.names import as_word
from ceviz.drawing.number_text import UNDEFINED, probability_text
from ceviz.explain import numbers
from ceviz.explain.batch_table import batch_axis, sample_name, sample_note
from ceviz.explain.charts import Axis
from ceviz.explain.numbers import parse_number
from ceviz.explain.shown import Shown
from ceviz.gui.plain_text import tip
from ceviz.gui.tables.batch_columns import BatchColumn, batch_columns
from ceviz.gui.tables.batch_copy import batch_with_heads
from ceviz.gui.tables.changes import changed_samples, names_stay
from ceviz.gui.tables.grid_model import NO_INDEX, Block, Change, GridModel, Index
from ceviz.gui.tables.sample_model import target_text

_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_AFTER_NAME = 2
"""The first column that an edit of predictions alone can change."""
_HEADS = {
    "number": "sample",
    "true": "p",
    "top": "predicted",
    "bar": "prediction",
    "loss_bar": "loss bar",
}


class BatchModel(GridModel):
    def __init__(self) -> None:
        super().__init__()
        self.columns: tuple[BatchColumn, ...] = ()
        self.axis = Axis(0.0, 1.0, (), "")

    def display(self, shown: Shown) -> None:
        """Show another value; resets only where the number of rows or the columns change."""
        columns = self.columns_of(shown)
        before = self.shown
        resets = before is None or (before.task, before.state.sample_count, self.columns) != (
            shown.task,
            shown.state.sample_count,
            columns,
        )
        if resets:
            self.beginResetModel()
        self.shown, self.columns = shown, columns
        # An axis never rescales while a drag lasts.
        self.measure(shown, new_axis=resets or not shown.dragging)
        if before is None or resets:
            self.endResetModel()
            return
        self._tell_changes(before, shown)
        if before.state.classes != shown.state.classes:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def columns_of(self, shown: Shown) -> tuple[BatchColumn, ...]:
        return batch_columns(shown.task, shown.state.class_count)

    def measure(self, shown: Shown, new_axis: bool) -> None:
        """Take what all rows have in common from a new value."""
        if new_axis:
            self.axis = batch_axis(shown)

    def _tell_changes(self, before: Shown, shown: Shown) -> None:
        rows, last = changed_samples(before, shown), len(self.columns) - 1
        if len(rows) == 1:
            # A cell at a time: of a whole row Qt paints the next one, too.
            first = _AFTER_NAME if names_stay(before, shown) else 0
            for column in range(first, last + 1):
                cell = self.createIndex(rows[0], column)
                self.dataChanged.emit(cell, cell)
        elif rows:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], last))

    # What the views ask

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self.shown is None else self.shown.state.sample_count

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        named = self.column(index).kind in ("number", "name")
        return _FLAGS | Qt.ItemFlag.ItemIsEditable if named or self.takes_numbers(index) else _FLAGS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self.shown is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return self._head(self.columns[section]) if 0 <= section < len(self.columns) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.shown is None or not 0 <= index.row() < self.rowCount():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index)
        if role == Qt.ItemDataRole.EditRole:
            return self._edit_value(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._tip(index))
        return None

    def column(self, index: Index) -> BatchColumn:
        return self.columns[index.column()]

    def text(self, index: Index) -> str:
        """What a cell shows, bars in words."""
        shown, row, column = self._at(index)
        kind = column.kind
        if kind == "number":
            return str(row + 1)
        if kind == "name":
            return sample_name(shown, row)
        if kind == "target":
            targets = shown.state.targets[row].tolist()
            return ", ".join(target_text(shown.task, value) for value in targets)
        if kind == "p":
            return probability_text(float(shown.result.probabilities[row, column.class_index]))
        if kind in ("true", "top"):
            return self._summary(row, kind)
        if kind == "bar":
            return ", ".join(probability_text(p) for p in shown.result.probabilities[row].tolist())
        return self.loss_text(row)

    def loss_text(self, row: int) -> str:
        assert self.shown is not None
        loss = float(self.shown.result.losses[row])
        return "" if math.isnan(loss) else numbers.loss(loss)

    def is_valid(self, row: int) -> bool:
        """Whether nothing is wrong with a row."""
        assert self.shown is not None
        return bool(self.shown.result.valid[row])

    def summed_up(self, index: Index) -> int:
        """The class that a cell of a summary is about."""
        row = index.row()
        return self.top_class(row) if self.column(index).kind == "top" else self.true_class(row)

    def true_class(self, row: int) -> int:
        """The class with the largest target."""
        assert self.shown is not None
        return int(self.shown.state.targets[row].argmax())

    def top_class(self, row: int) -> int:
        """The class that a summary names: the top prediction; of several labels the one that costs most."""
        assert self.shown is not None
        result = self.shown.result
        if self.shown.task is Task.MULTILABEL and result.valid[row]:
            return int(result.terms[row].argmax())
        return int(result.probabilities[row].argmax())

    def note(self, row: int) -> str:
        """The weight of a sample, where it is not 1, or that it is ignored."""
        assert self.shown is not None
        return sample_note(self.shown, row)

    def reason(self, row: int) -> str:
        """What is wrong with a row, in a sentence; nothing for a valid one."""
        assert self.shown is not None
        if self.shown.result.valid[row]:
            return ""
        issue = self.shown.evaluation.issues_of(row, self.shown.model)[0]
        # A message about one number starts with a class name or the letter p: those stay as they are.
        refused = issue.code == "refused"  # its first word is the name of a function
        kept = refused or issue.class_index is not None
        first = issue.message[:1] if kept else issue.message[:1].upper()
        rest = "" if refused else " Left out until fixed."
        return f"{first}{issue.message[1:]}.{rest}"

    def _head(self, column: BatchColumn) -> str:
        assert self.shown is not None
        state, task = self.shown.state, self.shown.task
        if column.kind == "p":
            return "p" if task is Task.BINARY else state.classes[column.class_index]
        if task is Task.MULTILABEL and column.kind in ("true", "top"):
            return "labels on" if column.kind == "true" else "costs most"
        if column.kind == "name":
            return "name" if task in (Task.SOFT, Task.MULTILABEL) else "true class"
        return _HEADS.get(column.kind, column.kind)

    def _summary(self, row: int, kind: str) -> str:
        assert self.shown is not None
        state, p = self.shown.state, self.shown.result.probabilities[row]
        if kind == "top":
            top = self.top_class(row)
            return f"{state.classes[top]} {probability_text(float(p[top]))}"
        if self.shown.task is Task.MULTILABEL:
            return f"{int((state.targets[row] == 1).sum())} of {state.class_count}"
        return probability_text(float(p[self.true_class(row)]))

    def _edit_value(self, index: Index) -> Any:
        shown, row, column = self._at(index)
        if column.kind in ("number", "name"):
            return shown.state.samples[row].name
        if column.kind == "p":
            return float(shown.result.probabilities[row, column.class_index])
        if column.kind == "target" and shown.task is Task.BINARY:
            return float(shown.state.targets[row, 0])
        return float(shown.result.losses[row]) if column.kind.startswith("loss") else self.text(index)

    def _spoken(self, index: Index) -> str:
        shown, row, column = self._at(index)
        sample, text = f"sample {row + 1}", self.text(index).replace(UNDEFINED, "undefined")
        if column.kind == "number":
            return f"{sample} {shown.state.samples[row].name}"
        if column.kind == "p":
            target = shown.state.targets[row, column.class_index]
            on = ", true" if target == 1 else ""
            return f"{sample} prediction {as_word(shown.state.classes[column.class_index])} {text}{on}"
        if column.kind == "loss_bar" and self.reason(row):
            return f"{sample} {self.reason(row)}"
        if column.kind == "top":
            name, _, p = text.rpartition(" ")
            text = f"{as_word(name)} {p}"
        note = f" {self.note(row)}" if column.kind == "name" and self.note(row) else ""
        return f"{sample} {self._head(column)} {text}{note}"

    def _tip(self, index: Index) -> str:
        shown, row, column = self._at(index)
        if column.kind in ("number", "name"):
            return shown.state.samples[row].name
        return self.reason(row) if column.kind == "loss_bar" else ""

    # What a person did

    def typed(self, index: Index, text: str) -> Change:
        shown, row, column = self._at(index)
        state = shown.state
        if column.kind in ("number", "name"):
            return Change(edits.rename_sample(state, row, text.strip()), f"Rename sample {row + 1}")
        return self._with_number(index, parse_number(text))

    def takes_numbers(self, index: Index) -> bool:
        shown, _, column = self._at(index)
        return column.kind == "p" and shown.shown_model.input is InputKind.PROBABILITIES

    def is_stop(self, index: Index) -> bool:
        shown, _, column = self._at(index)
        return self.takes_numbers(index) or (column.kind == "target" and shown.task is Task.BINARY)

    def toggled(self, index: Index, on: bool | None = None) -> Change | None:
        shown, row, column = self._at(index)
        state, text = shown.state, f"Set target of sample {row + 1}"
        if shown.task is Task.MULTILABEL and column.kind == "p" and on is None:
            return Change(edits.toggle_label(state, row, column.class_index), text)
        if shown.task is Task.BINARY and column.kind in ("name", "target"):
            want = state.targets[row, 0] != 1 if on is None else on
            return Change(edits.set_target(state, row, 0, float(want)), text)
        if shown.task is Task.MULTICLASS and column.kind == "p" and on is None:
            return Change(edits.choose_true_class(state, row, column.class_index), text)
        if shown.task is Task.MULTICLASS and column.kind == "name" and on is None:
            following = (self.true_class(row) + 1) % state.class_count
            return Change(edits.choose_true_class(state, row, following), text)
        return None

    def cleared(self, indexes: Sequence[Index]) -> Change | None:
        cells = [
            (index.row(), self.column(index).class_index) for index in indexes if self.takes_numbers(index)
        ]
        if not cells or self.shown is None:
            return None
        return Change(_with_zeros(self.shown, cells), "Clear numbers")

    def removed(self, rows: Sequence[int]) -> Change:
        """The samples taken out."""
        assert self.shown is not None
        words = f"Remove sample {rows[0] + 1}" if len(rows) == 1 else f"Remove {len(rows)} samples"
        return Change(edits.remove_samples(self.shown.state, self.shown.task, rows), words)

    def block(self, indexes: Sequence[Index]) -> Block:
        rows: dict[int, list[Index]] = {}
        for index in indexes:
            rows.setdefault(index.row(), []).append(index)
        found = [self._copied(row, sorted(rows[row], key=lambda at: at.column())) for row in sorted(rows)]
        return [numbers_of for numbers_of in found if numbers_of]

    def headed(self, rows: Sequence[int]) -> str:
        assert self.shown is not None
        return batch_with_heads(self.shown, rows)

    def pasted(self, index: Index, rows: Block) -> Change:
        """A block from `index` on: predictions, on a target targets; rows beyond the end add samples."""
        shown, row, column = self._at(index)
        text = f"Paste {len(rows)} rows" if len(rows) > 1 else f"Paste into sample {row + 1}"
        if column.kind == "target":
            return Change(edits.set_targets_block(shown.state, shown.task, row, 0, rows), text)
        if shown.in_logits:
            raise ValueError("the predictions are given as logits: paste them in the sample's table")
        first = column.class_index if column.kind == "p" else 0
        state = edits.set_predictions_block(shown.state, shown.task, shown.model, row, first, rows)
        return Change(state, text)

    def _with_number(self, index: Index, value: float) -> Change:
        shown, row, column = self._at(index)
        name = shown.state.classes[column.class_index]
        state = edits.set_prediction(shown.state, shown.model, row, column.class_index, value)
        return Change(state, f"Set {as_word(name)} of sample {row + 1}")

    def _copied(self, row: int, cells: Sequence[Index]) -> list[float]:
        """The numbers of a row's cells; of a row without a number among them all its predictions."""
        assert self.shown is not None
        p = self.shown.result.probabilities[row]
        kinds = [self.column(cell) for cell in cells]
        if any(column.kind == "p" for column in kinds):
            return [float(p[column.class_index]) for column in kinds if column.kind == "p"]
        if all(column.kind == "target" for column in kinds):
            return [float(t) for t in self.shown.state.targets[row]]
        if all(column.kind == "loss" for column in kinds):
            return [float(self.shown.result.losses[row])]
        return [float(number) for number in p]

    def _at(self, index: Index) -> tuple[Shown, int, BatchColumn]:
        assert self.shown is not None
        return self.shown, index.row(), self.columns[index.column()]


def _with_zeros(shown: Shown, cells: Sequence[tuple[int, int]]) -> TaskState:
    """Many predictions set to 0 at once: one new array, however many cells."""
    rows = shown.shown_model.predictions.copy()
    for row, class_index in cells:
        rows[row, class_index] = 0.0
    return edits.set_predictions_block(shown.state, shown.task, shown.model, 0, 0, rows)
