"""Another model put onto the targets that a task has already: matched, checked, and said how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ceviz.core.document import Model, Task, TaskState, Vectors, vectors
from ceviz.files.document_file import check_limits
from ceviz.files.tables.choice import Choice, class_names
from ceviz.files.tables.reading import read_predictions_of, read_targets, sample_names
from ceviz.files.tables.table import PredictionsError, Role, Table, counted, shortened


@dataclass(frozen=True, slots=True)
class Matched:
    """A task with one more model, and in sentences how its columns and rows were matched."""

    state: TaskState
    remarks: tuple[str, ...]


def add_model_of(state: TaskState, task: Task, table: Table, choice: Choice, name: str) -> Matched:
    """The state with the predictions of a table as its last model.

    Classes are matched by their names where the file has names, samples by theirs where both have them, else
    by order; labels of the file must be the targets that are there. PredictionsError where something differs.
    """
    predictions = read_predictions_of(table, choice)
    if problem := check_limits(state.class_count, state.sample_count, len(state.models) + 1):
        raise PredictionsError("", problem[1])
    columns, classes_remark = _class_order(state, table, choice, predictions.shape[1])
    rows, rows_remark = _row_order(state, table, choice)
    remarks = [classes_remark, rows_remark]
    if choice.columns(Role.LABEL):
        targets = read_targets(table, choice, class_names(table, choice))
        _check_targets(state, table, targets[:, columns] if targets.shape[1] > 1 else targets, rows)
        remarks.append("Its labels are the targets that are there.")
    else:
        remarks.append("It has no labels: compared with the targets that are there.")
    model = Model(_free_name(state, name), choice.numbers.input, vectors(predictions[np.ix_(rows, columns)]))
    return Matched(replace(state, models=(*state.models, model)), tuple(remarks))


def _class_order(state: TaskState, table: Table, choice: Choice, count: int) -> tuple[list[int], str]:
    """For each class of the state the column of its prediction, and how that was found."""
    if count != state.class_count:
        there = counted(state.class_count, "class", "classes")
        raise PredictionsError(
            "", f"{counted(count, 'class', 'classes')} in the file, {there} in the document"
        )
    if not table.named and table.classes is None:
        return list(range(count)), "The file names no classes: taken in the order of the document."
    names = class_names(table, choice)
    if names == state.classes:
        return list(range(count)), "The classes have the same names in the same order."
    if missing := [name for name in names if name not in state.classes]:
        known = ", ".join(shortened(name) for name in state.classes[:5])
        raise PredictionsError(
            "", f"the file has a class “{shortened(missing[0])}”; the document has {known}"
        )
    return [
        names.index(name) for name in state.classes
    ], "The classes stand in another order: matched by name."


def _row_order(state: TaskState, table: Table, choice: Choice) -> tuple[list[int], str]:
    """For each sample of the state the row of its prediction, and how that was found."""
    if table.row_count != state.sample_count:
        there = counted(state.sample_count, "sample")
        raise PredictionsError("", f"{counted(table.row_count, 'row')} in the file, {there} in the document")
    in_order = list(range(table.row_count))
    if not choice.columns(Role.NAME):
        return in_order, "The file names no samples: its rows are taken in order."
    names, there_names = sample_names(table, choice), [sample.name for sample in state.samples]
    if names == there_names:
        return in_order, "The samples have the same names in the same order."
    if not set(names) & set(there_names):
        return in_order, "The samples have other names in the document: rows are taken in order."
    return _order_by_name(
        table, choice, names, there_names
    ), "The samples stand in another order: matched by name."


def _order_by_name(table: Table, choice: Choice, names: list[str], there: Sequence[str]) -> list[int]:
    column = choice.columns(Role.NAME)[0]
    rows = {name: row for row, name in enumerate(names)}
    if len(rows) < len(names):
        row = next(row for row, name in enumerate(names) if rows[name] != row)
        raise table.fault(row, column, f"the sample “{shortened(names[row])}” appears twice")
    unknown = set(names) - set(there)
    if unknown or len(set(there)) < len(there):
        row = next((row for row, name in enumerate(names) if name in unknown), 0)
        raise table.fault(row, column, f"the document has no sample “{shortened(names[row])}” of its own")
    return [rows[name] for name in there]


def _check_targets(state: TaskState, table: Table, targets: Vectors, rows: list[int]) -> None:
    differing = np.flatnonzero((targets[rows] != state.targets).any(axis=1))
    if not len(differing):
        return
    sample = int(differing[0])
    row = rows[sample]
    others = f"; so it is for {counted(len(differing) - 1, 'more row')}" if len(differing) > 1 else ""
    what = f"its label is {_label(state, targets[row])}, that of sample {sample + 1} in the document"
    found = f"{what} {_label(state, state.targets[sample])}{others}"
    raise PredictionsError(table.where[row], found, row)


def _label(state: TaskState, target: Vectors) -> str:
    """A target in words."""
    on = [name for name, value in zip(state.classes, target, strict=True) if value == 1]
    if len(on) == 1 and target.sum() == 1:
        return f"“{shortened(on[0])}”" if len(target) > 1 else "1"
    return "(" + ", ".join(f"{value:g}" for value in target[:8]) + (", ...)" if len(target) > 8 else ")")


def _free_name(state: TaskState, name: str) -> str:
    """The name, with a number behind it where another model has it already."""
    taken = {model.name for model in state.models}
    wanted, n = name, 2
    while wanted in taken:
        wanted, n = f"{name} {n}", n + 1
    return wanted
