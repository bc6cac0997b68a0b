"""How a table is likely to be meant: a choice, its reasons, and the questions that are left open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ceviz.core.checks import SUM_TOLERANCE
from ceviz.core.document import Task, Vectors
from ceviz.files.tables.choice import Choice, Labels, Numbers, label_names, pairs, whole
from ceviz.files.tables.roles import find_roles
from ceviz.files.tables.table import PredictionsError, Role, Table

_ROUNDED = 0.02
"""How far rounding to two digits, or to 16 bits, may bring a sum from 1."""

OPTIONS: dict[str, dict[str, str]] = {
    "task": {
        Task.MULTICLASS: "Read as multi-class",
        Task.SOFT: "Read as soft targets",
        Task.BINARY: "Read as binary",
        Task.MULTILABEL: "Read as multi-label",
    },
    "labels": {
        Labels.NAMES: "Labels by name",
        Labels.FROM_0: "Count labels from 0",
        Labels.FROM_1: "Count labels from 1",
    },
    "numbers": {
        Numbers.PROBABILITIES: "Read as probabilities",
        Numbers.PERCENTAGES: "Read as percentages",
        Numbers.LOGITS: "Read as logits",
    },
}
"""What can be answered to the questions: by key, then by value, in words."""

_LARGE = 20
"""Logits above are rare: such a one gives a probability of 0.999999998."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """What was found and why; `asked` is the question where it is not certain, `others` its other answers."""

    value: str
    reason: str = ""
    asked: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the table does not settle; the first of `values` is the likely one."""

    key: str
    sentence: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A choice with its reasons, by key of the question that they would answer ("roles" for the columns)."""

    choice: Choice
    reasons: Mapping[str, str]
    questions: tuple[Question, ...] = ()
    problem: str = ""
    possible: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What can be answered at all, by key; keys without a choice are left out."""


def propose(
    table: Table,
    roles: tuple[Role, ...] | None = None,
    answers: Mapping[str, str] | None = None,
    task: Task | None = None,
) -> Proposal:
    """The likely choice.

    `roles` and `answers`, by key of the question, are what a person has settled; `task` where it is known.
    """
    return _Proposing(table, roles, answers or {}).proposal(task)


class _Proposing:
    """Settles one part of the choice after the other; each may depend on those before it."""

    def __init__(self, table: Table, roles: tuple[Role, ...] | None, answers: Mapping[str, str]) -> None:
        self._table = table
        self._answers = answers
        self._reasons: dict[str, str] = {}
        self._questions: list[Question] = []
        self._possible: dict[str, tuple[str, ...]] = {}
        self._problem = ""
        if roles is None:
            found = find_roles(table)
            roles, self._problem = found.roles, found.problem
            self._reasons["roles"] = found.reason
        self._choice = Choice(roles, Task.MULTICLASS, Labels.FROM_0, Numbers.PROBABILITIES)
        self._labels, predictions = pairs(table, self._choice)
        self._predictions = table.values[:, predictions]

    def proposal(self, known: Task | None) -> Proposal:
        task = known or Task.MULTICLASS
        labels, numbers = Labels.NAMES, Numbers.PROBABILITIES
        if self._predictions.shape[1]:
            task = known or Task(self._settle("task", self._task(), self._possible_tasks()))
            labels = Labels(self._settle("labels", self._label_form(task), self._possible_labels(task)))
            numbers = Numbers(self._settle("numbers", self._numbers(task), tuple(Numbers)))
        choice = Choice(self._choice.roles, task, labels, numbers)
        return Proposal(choice, self._reasons, tuple(self._questions), self._problem, self._possible)

    def _settle(self, key: str, found: _Settled, possible: tuple[str, ...]) -> str:
        if len(possible) > 1:
            self._possible[key] = possible
        if found.asked:
            self._questions.append(Question(key, found.asked, (found.value, *found.others)))
        self._reasons[key] = found.reason
        answer = self._answers.get(key)
        return answer if answer in possible else found.value

    # Task

    def _possible_tasks(self) -> tuple[str, ...]:
        if len(self._labels) > 1:
            return Task.MULTICLASS, Task.SOFT, Task.MULTILABEL
        return (self._task().value,)

    def _task(self) -> _Settled:
        classes = self._predictions.shape[1]
        if len(self._labels) > 1:
            return self._task_of_columns()
        if classes == 1:
            return _Settled(Task.BINARY, "One column of predictions: one class against its absence.")
        return _Settled(Task.MULTICLASS, f"One label a row, {classes:,} classes.")

    def _task_of_columns(self) -> _Settled:
        targets = self._table.values[:, self._labels]
        if not np.isin(targets, (0, 1)).all():
            if _distributions(targets):
                return _Settled(Task.SOFT, "The targets of every row sum to 1 and are not only 0 and 1.")
            return _Settled(Task.MULTILABEL)
        if not (targets.sum(axis=1) == 1).all():
            return _Settled(Task.MULTILABEL, "Not every row has exactly one label on.")
        # One label on in every row: one of K, or labels that happen to be so.
        asked = "Every row has exactly one label on: one class of several, or labels that could all be on?"
        if _distributions(self._predictions):
            return _Settled(Task.MULTICLASS, "", asked, (Task.MULTILABEL,))
        return _Settled(Task.MULTILABEL, "", asked, (Task.MULTICLASS,))

    # Labels

    def _possible_labels(self, task: Task) -> tuple[str, ...]:
        single = len(self._labels) == 1 and task is not Task.BINARY
        return tuple(Labels) if single else (self._label_form(task).value,)

    def _label_form(self, task: Task) -> _Settled:
        if len(self._labels) != 1:
            return _Settled(Labels.NAMES)
        column = self._labels[0]
        try:
            names = label_names(self._table, self._choice)
        except PredictionsError:
            names = {}  # told when the choice is applied
        found = set(self._table.column(column))
        if task is Task.BINARY:
            words = bool(found & set(names)) and len(found) <= 2
            return _Settled(Labels.NAMES if words else Labels.FROM_0)
        if found <= set(names):
            return _Settled(Labels.NAMES, "Every label is the name of a class.")
        if found & set(names):
            return _Settled(Labels.NAMES)
        return self._counting(self._table.values[:, column])

    def _counting(self, indices: Vectors) -> _Settled:
        classes = self._predictions.shape[1]
        if np.isnan(indices).all():
            return _Settled(Labels.NAMES)
        if not whole(indices) or indices.max() > classes:
            return _Settled(Labels.FROM_0)
        if (indices == 0).any():
            return _Settled(
                Labels.FROM_0, "The labels are whole numbers, and 0 is one of them: counted from 0."
            )
        if (indices == classes).any():
            return _Settled(Labels.FROM_1, f"The label {classes} is there and 0 is not: counted from 1.")
        low, high = int(indices.min()), int(indices.max())
        asked = f"The labels are {low} to {high} of {classes:,} classes: counted from 0 or from 1?"
        return _Settled(Labels.FROM_0, "", asked, (Labels.FROM_1,))

    # Predictions

    def _numbers(self, task: Task) -> _Settled:
        rows = self._predictions
        if np.isnan(rows).any():
            return _Settled(Numbers.PROBABILITIES)
        return _competing(rows) if task.competing else _separate(rows)


def _competing(rows: Vectors) -> _Settled:
    if _distributions(rows):
        return _Settled(Numbers.PROBABILITIES, "All numbers are from 0 to 1, and every row sums to 1.")
    with np.errstate(over="ignore", invalid="ignore"):
        sums = rows.sum(axis=1)
    if ((rows >= 0) & (rows <= 1)).all():
        return _off_sums(sums)
    if (rows >= 0).all() and (np.abs(sums - 100) <= 100 * _ROUNDED).all():
        asked = "Every row sums to about 100: percentages or logits?"
        return _Settled(Numbers.LOGITS, "", asked, (Numbers.PERCENTAGES,))
    if (np.abs(sums - 1) <= SUM_TOLERANCE).all():
        asked = f"Every row sums to 1, but {_outside(rows)} is no probability: probabilities or logits?"
        return _Settled(Numbers.LOGITS, "", asked, (Numbers.PROBABILITIES,))
    return _Settled(Numbers.LOGITS, f"{_outside(rows)} is no probability.")


def _off_sums(sums: Vectors) -> _Settled:
    """Of numbers from 0 to 1 that do not all sum to 1."""
    if (np.abs(sums - 1) <= _ROUNDED).any():
        return _Settled(Numbers.PROBABILITIES, "All numbers are from 0 to 1, but not every row sums to 1.")
    asked = "All numbers are from 0 to 1, but no row sums to 1: probabilities or logits?"
    return _Settled(Numbers.PROBABILITIES, "", asked, (Numbers.LOGITS,))


def _separate(rows: Vectors) -> _Settled:
    if ((rows >= 0) & (rows <= 1)).all():
        return _Settled(Numbers.PROBABILITIES, "All numbers are from 0 to 1.")
    if (rows >= 0).all() and _LARGE < rows.max() <= 100:
        asked = f"All numbers are from 0 to 100, {rows.max():.6g} being one: logits or percentages?"
        return _Settled(Numbers.LOGITS, "", asked, (Numbers.PERCENTAGES,))
    return _Settled(Numbers.LOGITS, f"{_outside(rows)} is no probability.")


def _outside(rows: Vectors) -> str:
    """The first number that no probability is."""
    outside = rows[(rows < 0) | (rows > 1)]
    return f"{outside[0]:.6g}".replace("-", "\N{MINUS SIGN}")


def _distributions(rows: Vectors) -> bool:
    """Whether every row is one of probabilities that sum to 1, even allowing for rounding."""
    if not ((rows >= -SUM_TOLERANCE) & (rows <= 1 + SUM_TOLERANCE)).all():
        return False
    return bool((np.abs(rows.sum(axis=1) - 1) <= SUM_TOLERANCE).all())
