"""The class table: class, target, prediction and loss term of the shown sample."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count, groupby
from typing import Any, Literal

from PySide6.QtCore import Qt

from ceviz.core import edits
from ceviz.core.document import Task, TaskState
from ceviz.core.names import as_word
from ceviz.drawing.number_text import UNDEFINED, probability_text
from ceviz.explain import numbers
from ceviz.explain.numbers import parse_number
from ceviz.explain.shown import Shown
from ceviz.files.vector_text import format_table
from ceviz.gui.plain_text import tip
from ceviz.gui.tables.grid_model import NO_INDEX, Block, Change, GridModel, Index
from ceviz.gui.tables.sample_rows import SampleRow, sample_rows

Kind = Literal["class", "target", "prediction", "p", "term"]

_PROBABILITIES: tuple[Kind, ...] = ("class", "target", "prediction", "term")
_LOGITS: tuple[Kind, ...] = ("class", "target", "prediction", "p", "term")
PREDICTION = _PROBABILITIES.index("prediction")
_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_FEW_ROWS = 10
"""So many are told of one by one."""
_steps = count()


class SampleModel(GridModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[SampleRow, ...] = ()
        self.kinds: tuple[Kind, ...] = _PROBABILITIES
        self._stepped: tuple[object, ...] = ()

    def display(self, shown: Shown) -> None:
        """Show another value; resets only where the number of rows or columns changes."""
        rows = self.rows_of(shown)
        kinds = _LOGITS if self.has_logits(shown) else _PROBABILITIES
        same_shape = len(rows) == len(self.rows) and kinds == self.kinds and self.shown is not None
        same_task = self.shown is not None and self.shown.task is shown.task
        if not (same_shape and same_task):
            self.beginResetModel()
        before = self.rows
        self.shown, self.rows, self.kinds = shown, rows, kinds
        if not (same_shape and same_task):
            self.endResetModel()
            return
        changed = [n for n, (old, new) in enumerate(zip(before, rows, strict=True)) if old != new]
        last = len(kinds) - 1
        if any(_start(before[n]) != _start(rows[n]) for n in changed):
            self._tell_changes(changed, 0, last)
        else:
            # A drag changes no class and no target, and few of the terms.
            self._tell_changes(changed, PREDICTION, last - 1)
            self._tell_changes([n for n in changed if before[n].term != rows[n].term], last, last)

    def _tell_changes(self, rows: list[int], first: int, last: int) -> None:
        # Of several cells at once Qt paints the next column, too.
        runs = [(row, row) for row in rows] if len(rows) <= _FEW_ROWS else list(_runs(rows))
        for column in range(first, last + 1):
            for top, bottom in runs:
                self.dataChanged.emit(self.createIndex(top, column), self.createIndex(bottom, column))

    # What a table with other rows replaces

    def rows_of(self, shown: Shown) -> tuple[SampleRow, ...]:
        return sample_rows(shown)

    def has_logits(self, shown: Shown) -> bool:
        """Whether any prediction is a logit, so that p has a column of its own."""
        return shown.in_logits

    def side(self, row: SampleRow) -> Shown:
        """What is shown of the model that a row belongs to."""
        assert self.shown is not None
        return self.shown

    def spoken(self, row: SampleRow, kind: Kind) -> str:
        """What a cell is called when it is read aloud."""
        if kind == "class":
            return row.name
        text = self.text(row, kind)
        return f"{_SPOKEN[kind]} {as_word(row.name)} {'undefined' if text in ('', UNDEFINED) else text}"

    # What the views ask

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self.shown is None else len(self.kinds)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS | Qt.ItemFlag.ItemIsEditable if self._can_type(index) else _FLAGS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or self.shown is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.rows[section].name if 0 <= section < len(self.rows) else None
        return self.head(self.kinds[section]) if 0 <= section < len(self.kinds) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row, kind = self.rows[index.row()], self.kinds[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, kind)
        if role == Qt.ItemDataRole.EditRole:
            return row.name if kind == "class" else _number(row, kind)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(row, kind)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._tip(row, kind))
        return None

    def text(self, row: SampleRow, kind: Kind) -> str:
        """What a cell shows."""
        assert self.shown is not None
        value = _number(row, kind)
        if kind == "class":
            return row.name
        if math.isnan(value):
            return UNDEFINED if kind == "p" else ""
        if kind == "target":
            return target_text(self.shown.task, value)
        if kind == "term":
            return numbers.term(value)
        if kind == "prediction" and self.side(row).in_logits:
            return numbers.logit(value)
        return probability_text(value)

    def kind(self, index: Index) -> Kind:
        return self.kinds[index.column()]

    def head(self, kind: Kind) -> str:
        """What stands over a column."""
        assert self.shown is not None
        task = self.shown.task
        if kind == "class":
            return {Task.BINARY: "answer", Task.MULTILABEL: "label"}.get(task, "class")
        if kind == "prediction" and self.shown.in_logits:
            return "logit z"
        return "loss term" if kind == "term" else kind

    def _tip(self, row: SampleRow, kind: Kind) -> str:
        return {"class": row.name, "target": row.target_reason, "prediction": row.reason}.get(kind, "")

    # What a person did

    def typed(self, index: Index, text: str) -> Change:
        shown, row, kind = self._at(index)
        if kind == "class":
            name = text.strip()
            return Change(
                edits.rename_class(shown.state, row.class_index, name),
                f"Rename {as_word(row.name)} to {as_word(name)}",
            )
        value = parse_number(text, allow_infinite=kind == "prediction" and shown.in_logits)
        return Change(self._with_number(row, kind, value), f"Set {_of(shown, row, kind)}")

    def takes_numbers(self, index: Index) -> bool:
        return self.kind(index) in ("target", "prediction") and self._can_type(index)

    def is_stop(self, index: Index) -> bool:
        return self.kind(index) == "target" or self.takes_numbers(index)

    def toggled(self, index: Index, on: bool | None = None) -> Change | None:
        shown, row, kind = self._at(index)
        if kind != "target" or shown.task is Task.SOFT:
            return None
        want = row.target != 1 if on is None else on
        if shown.task is Task.MULTILABEL:
            state = edits.set_target(shown.state, shown.sample, row.class_index, float(want))
        elif shown.task is Task.BINARY:
            yes = row.class_index == 0
            want = yes if on is None else on == yes
            state = edits.set_target(shown.state, shown.sample, 0, float(want))
        elif on is False:
            return None
        else:
            state = edits.choose_true_class(shown.state, shown.sample, row.class_index)
        return Change(state, f"Set target of sample {shown.sample + 1}")

    def cleared(self, indexes: Sequence[Index]) -> Change | None:
        state: TaskState | None = None
        for index in indexes:
            shown, row, kind = self._at(index)
            if self.takes_numbers(index) or (kind == "target" and shown.task is Task.MULTILABEL):
                state = self._with_number(row, kind, 0.0, state)
        if state is None:
            return None
        shown = self._at(indexes[0])[0]
        return Change(state, f"Clear numbers of sample {shown.sample + 1}")

    def stepped(self, index: Index, step: float | None, to: float | None, alone: bool) -> Change | None:
        """A number moved by a key, like a small drag: to `to`, or by `step`. Presses in a row merge."""
        if not self.takes_steps(index):
            return None
        shown, row, kind = self._at(index)
        before = row.target if kind == "target" else row.given
        value = round(to if to is not None else before + (step or 0.0), 9)
        state, sample, k = shown.state, shown.sample, row.class_index
        if kind == "target":
            state = edits.drag_target(state, sample, k, value, alone)
        elif shown.in_logits:
            state = edits.set_prediction(state, shown.model, sample, k, value)
        else:
            state = edits.drag_probability(state, shown.task, shown.model, sample, k, value, alone=alone)
        return Change(state, f"Set {_of(shown, row, kind)}", self._step_key(shown, row, kind))

    def takes_steps(self, index: Index) -> bool:
        """Whether keys move the number of a cell: a prediction, or a soft target."""
        shown, row, kind = self._at(index)
        return (kind == "prediction" and not row.read_only) or (kind == "target" and shown.task is Task.SOFT)

    def end_steps(self) -> None:
        """The next key press is a step of its own in undo."""
        self._stepped = ()

    def block(self, indexes: Sequence[Index]) -> Block:
        found: dict[int, list[float]] = {}
        for index in sorted(indexes, key=lambda at: (at.row(), at.column())):
            _, row, kind = self._at(index)
            if kind != "class":
                found.setdefault(index.row(), []).append(_number(row, kind))
        return list(found.values())

    def headed(self, rows: Sequence[int]) -> str:
        kinds = [kind for kind in self.kinds if kind != "class"]
        heads = [*self.names(self.rows[0]), *map(self.head, kinds)]
        cells: list[list[str | float]] = [
            [*self.names(self.rows[n]).values(), *(_number(self.rows[n], kind) for kind in kinds)]
            for n in rows
        ]
        return format_table(heads, cells)

    def names(self, row: SampleRow) -> dict[str, str]:
        """What a row goes by where it is copied, by the head of the column."""
        return {"class": row.name}

    def pasted(self, index: Index, rows: Block) -> Change:
        """Numbers from `index` on: a vector, however it is laid out, or targets and predictions."""
        shown, row, kind = self._at(index)
        if len(rows) == 1:
            rows = [[value] for value in rows[0]]
        kinds = _PASTED.get(kind, ())
        width, room = len(rows[0]), shown.state.class_count - row.class_index
        if width > len(kinds):
            what = f"{width} columns" if width > 1 else "numbers"
            raise ValueError(f"{what} do not fit here: paste onto a target or a prediction")
        if len(rows) > room:
            raise ValueError(f"{len(rows)} numbers do not fit here: there is room for {room}")
        state = shown.state
        for into, column in zip(kinds, zip(*rows, strict=True), strict=False):
            state = _with_column(shown, state, into, row.class_index, column)
        return Change(state, f"Paste into sample {shown.sample + 1}")

    def _at(self, index: Index) -> tuple[Shown, SampleRow, Kind]:
        row = self.rows[index.row()]
        return self.side(row), row, self.kinds[index.column()]

    def _can_type(self, index: Index) -> bool:
        shown, row, kind = self._at(index)
        if row.read_only:
            return False
        return kind in ("class", "prediction") or (kind == "target" and shown.task is Task.SOFT)

    def _with_number(
        self, row: SampleRow, kind: Kind, value: float, state: TaskState | None = None
    ) -> TaskState:
        shown = self.side(row)
        state = state or shown.state
        if kind == "target":
            return edits.set_target(state, shown.sample, row.class_index, value)
        return edits.set_prediction(state, shown.model, shown.sample, row.class_index, value)

    def _step_key(self, shown: Shown, row: SampleRow, kind: Kind) -> object:
        place = (shown.task, shown.sample, shown.model, row.class_index, kind)
        if self._stepped[:1] != (place,):
            self._stepped = (place, next(_steps))
        return self._stepped


_PASTED: dict[Kind, tuple[Kind, ...]] = {"target": ("target", "prediction"), "prediction": ("prediction",)}
_FIELDS: dict[Kind, str] = {"target": "target", "prediction": "given", "p": "probability", "term": "term"}
_SPOKEN: dict[Kind, str] = {"target": "target", "prediction": "prediction", "p": "p", "term": "loss term"}


def target_text(task: Task, value: float) -> str:
    """A target: plain 1 or 0 where the task asks for that, else a number."""
    return f"{value:.0f}" if task is not Task.SOFT and value in (0.0, 1.0) else probability_text(value)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of rows that follow each other."""
    for _, numbered in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in numbered]
        yield run[0], run[-1]


def _start(row: SampleRow) -> tuple[object, ...]:
    """What the columns in front of the prediction show."""
    return row.class_index, row.name, row.target, row.target_reason


def _number(row: SampleRow, kind: Kind) -> float:
    field = _FIELDS.get(kind)
    return math.nan if field is None else float(getattr(row, field))


def _of(shown: Shown, row: SampleRow, kind: Kind) -> str:
    name = as_word(row.name)
    what = f"target {name}" if kind == "target" else name
    return f"{what} of sample {shown.sample + 1}"


def _with_column(
    shown: Shown, state: TaskState, kind: Kind, class_index: int, column: Sequence[float]
) -> TaskState:
    if kind == "target":
        return edits.set_targets_block(state, shown.task, shown.sample, class_index, [column])
    return edits.set_predictions_block(state, shown.task, shown.model, shown.sample, class_index, [column])
