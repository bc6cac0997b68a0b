"""A table and a choice made into a task. What does not fit is told with its row and column."""

from __future__ import annotations

import numpy as np

from ceviz.core.checks import Flags
from ceviz.core.document import Model, Sample, Task, TaskState, Vectors, vectors
from ceviz.files.document_file import check_limits
from ceviz.files.tables.choice import Choice, Labels, Numbers, class_names, label_names, pairs
from ceviz.files.tables.table import PredictionsError, Role, Table, shortened


def read_task(table: Table, choice: Choice, name: str) -> TaskState:
    """The task that a table holds, with one model. PredictionsError where the choice does not fit it."""
    _check_columns(table, choice)
    classes, predictions = class_names(table, choice), read_predictions_of(table, choice)
    return TaskState(
        classes=classes,
        samples=tuple(Sample(name) for name in sample_names(table, choice)),
        targets=vectors(read_targets(table, choice, classes)),
        models=(Model(name, choice.numbers.input, vectors(predictions)),),
    )


def _check_columns(table: Table, choice: Choice) -> None:
    labels, predictions = len(choice.columns(Role.LABEL)), len(choice.columns(Role.CLASS))
    top = "line 1" if table.named else ""
    if not labels and not table.named:
        raise PredictionsError("", "there are no labels: which class is true is not in the file")
    if not labels:
        raise PredictionsError(top, "it is not clear which column holds the true class; name it “label”")
    if not predictions:
        raise PredictionsError(top, "there is no column of predictions")
    if labels not in (1, predictions):
        what = f"{labels} columns of labels for {predictions} of predictions; one is needed, or as many"
        raise PredictionsError(top, what)


def read_predictions_of(table: Table, choice: Choice) -> Vectors:
    """The predictions (N, K), percentages as probabilities."""
    _, columns = pairs(table, choice)
    if not columns:
        raise PredictionsError("", "there is no column of predictions")
    if problem := check_limits(len(columns), table.row_count, 1):
        raise PredictionsError("line 1" if table.named else "", problem[1])
    numbers = table.numbers(columns)
    if choice.numbers is not Numbers.LOGITS and np.isinf(numbers).any():
        row, k = np.argwhere(np.isinf(numbers))[0].tolist()
        raise table.fault(row, columns[k], "a probability is finite; only logits may be infinite")
    return numbers / 100 if choice.numbers is Numbers.PERCENTAGES else numbers


def sample_names(table: Table, choice: Choice) -> list[str]:
    """What the samples are called; "row 1" and so on where no column says it."""
    columns = choice.columns(Role.NAME)
    if not columns:
        return [f"row {n + 1}" for n in range(table.row_count)]
    return [cell or f"row {n + 1}" for n, cell in enumerate(table.column(columns[0]))]


def read_targets(table: Table, choice: Choice, classes: tuple[str, ...]) -> Vectors:
    """The targets (N, K) that the columns of labels give."""
    columns, _ = pairs(table, choice)
    if len(columns) > 1:
        return _columns_of_targets(table, columns, choice.task)
    if choice.task is Task.BINARY:
        return _binary_targets(table, columns[0], choice, classes[0])
    indices = _indices(table, columns[0], choice, len(classes))
    targets = np.zeros((table.row_count, len(classes)))
    targets[np.arange(table.row_count), indices] = 1
    return targets


def _columns_of_targets(table: Table, columns: list[int], task: Task) -> Vectors:
    targets = table.numbers(columns)
    if task is not Task.SOFT:
        _require(table, columns, np.isin(targets, (0, 1)), "a label is 0 or 1")
    else:
        _require(table, columns, (targets >= 0) & (targets <= 1), "a target is from 0 to 1")
    if task is Task.MULTICLASS and not (targets.sum(axis=1) == 1).all():
        row = int(np.argmax(targets.sum(axis=1) != 1))
        on = int(targets[row].sum())
        raise PredictionsError(table.where[row], f"{on} classes are true, one is needed", row, columns[0])
    return targets


def _require(table: Table, columns: list[int], fits: Flags, what: str) -> None:
    wrong = np.argwhere(~fits)
    if len(wrong):
        row, column = int(wrong[0][0]), columns[int(wrong[0][1])]
        raise table.fault(row, column, f"{what}, got “{shortened(table.cell(row, column))}”")


def _binary_targets(table: Table, column: int, choice: Choice, positive: str) -> Vectors:
    if choice.labels is not Labels.NAMES:
        return _columns_of_targets(table, [column], Task.BINARY)
    cells = table.column(column)
    on = np.array([cell == positive for cell in cells])
    other = next((cell for cell in cells if cell != positive), None)
    for row, cell in enumerate(cells):
        if cell not in (positive, other):
            what = f"a label is “{shortened(positive)}” or “{shortened(str(other))}”, got “{shortened(cell)}”"
            raise table.fault(row, column, what)
    return on.astype(np.float64)[:, None]


def _indices(table: Table, column: int, choice: Choice, class_count: int) -> list[int]:
    """The class of each row. PredictionsError for the first label that is none."""
    if choice.labels is Labels.NAMES:
        names = label_names(table, choice)
        found = [names.get(cell, -1) for cell in table.column(column)]
    else:
        indices = table.values[:, column] - (choice.labels is Labels.FROM_1)
        fits = (indices >= 0) & (indices < class_count) & (indices == np.floor(indices))
        found = np.where(fits, indices, -1).astype(np.int64).tolist()
    if -1 in found:
        row = found.index(-1)
        what = f"label “{shortened(table.cell(row, column))}” is none of the {class_count:,} classes"
        raise PredictionsError(table.where[row], what, row, column)
    return found
