"""What is wrong with a state: where, what, and whether one button can mend it. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ceviz.core.document import InputKind, Task, TaskState, Vectors
from ceviz.core.names import as_word

Flags = NDArray[np.bool_]

SUM_TOLERANCE = 1e-5
"""How far from 1 a row may sum and still count as a distribution."""

_RANGE = "{} lies between 0 and 1"
_ONE_TARGET = "the target is 1 for one class and 0 for the rest"
_WHOSE = {"sum": "the prediction ", "target_sum": "the "}
_MUST = {
    **{_RANGE.format(symbol): f"{symbol} must lie between 0 and 1" for symbol in "pt"},
    _ONE_TARGET: "the target must be 1 for one class and 0 for the rest",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """Why a row has no loss. `model` is None where the target is at fault, `class_index` for a whole row.

    code: `sum`, `range`, `undefined` (predictions); `target_sum`, `target_range`, `target` (targets);
    `refused` (a framework computes nothing of this batch), `nan` (it computes NaN).
    message: a clause that can follow "sample 4: ". `fixable`: dividing the row by its sum mends it.
    """

    code: str
    message: str
    sample: int
    model: int | None
    class_index: int | None
    fixable: bool

    @property
    def because(self) -> str:
        """The message behind "there is no loss: ": whose sum it is, and a broken rule as what must be."""
        return _WHOSE.get(self.code, "") + _MUST.get(self.message, self.message)


@np.errstate(over="ignore")
def check(state: TaskState, task: Task) -> tuple[Issue, ...]:
    """All issues of a state: by sample, the target's first, then by model.

    One per row at most: of several numbers out of range the first is named.

    >>> from ceviz.core.document import InputKind, Model, Sample, TaskState, vectors
    >>> model = Model("A", InputKind.PROBABILITIES, vectors([[0.25, 0.53, 0.15]]))
    >>> state = TaskState(("dog", "cat", "panda"), (Sample("1"),), vectors([[1, 0, 0]]), (model,))
    >>> [(issue.code, issue.message) for issue in check(state, Task.MULTICLASS)]
    [('sum', 'sums to 0.93, not 1')]
    """
    issues = list(_target_issues(state, task))
    for index, model in enumerate(state.models):
        if model.input is InputKind.LOGITS:
            if task.competing:
                issues.extend(_undefined(model.predictions, index))
        else:
            issues.extend(_vector_issues(model.predictions, state.classes, task.competing, index))
    return tuple(sorted(issues, key=row_of))


def row_of(issue: Issue) -> tuple[int, int]:
    """The order of issues: by sample, the target's first, then by model."""
    return issue.sample, -1 if issue.model is None else issue.model


@np.errstate(over="ignore")
def row_faults(rows: Vectors) -> tuple[Flags, Flags]:
    """Of rows (N, K): which hold a number that is not from 0 to 1; which of the others do not sum to 1."""
    # Written so that NaN counts as out of range.
    out_of_range: Flags = ~((rows.min(axis=1) >= 0.0) & (rows.max(axis=1) <= 1.0))
    off_sum: Flags = ~out_of_range & (np.abs(rows.sum(axis=1) - 1.0) > SUM_TOLERANCE)
    return out_of_range, off_sum


def _vector_issues(
    rows: Vectors, classes: tuple[str, ...], competing: bool, model: int | None
) -> Iterator[Issue]:
    prefix = "target_" if model is None else ""
    out_of_range, off_sum = row_faults(rows)
    for sample in np.flatnonzero(out_of_range).tolist():
        message, class_index = _range_fault(rows[sample], classes, "t" if model is None else "p")
        yield Issue(f"{prefix}range", message, sample, model, class_index, fixable=False)
    if competing:
        for sample in np.flatnonzero(off_sum).tolist():
            total = float(rows[sample].sum())
            message = f"{'target ' if model is None else ''}sums to {total:.6g}, not 1"
            yield Issue(f"{prefix}sum", message, sample, model, None, fixable=total > 0.0)


def _range_fault(row: Vectors, classes: tuple[str, ...], symbol: str) -> tuple[str, int]:
    class_index = int(np.flatnonzero(~((row >= 0.0) & (row <= 1.0)))[0])
    if row[class_index] < 0.0:
        whose = "the target of " if symbol == "t" else ""
        return f"{whose}{as_word(classes[class_index])} is negative", class_index
    return _RANGE.format(symbol), class_index


def _undefined(logits: Vectors, model: int) -> Iterator[Issue]:
    highest = logits.max(axis=1)
    infinite = np.flatnonzero(np.isinf(highest))
    for sample in infinite[(logits[infinite] == np.inf).sum(axis=1) != 1].tolist():
        why = "every logit is −∞" if highest[sample] < 0.0 else "more than one logit is ∞"
        yield Issue("undefined", f"softmax is undefined: {why}", sample, model, None, fixable=False)


def _target_issues(state: TaskState, task: Task) -> Iterator[Issue]:
    targets = state.targets
    if task is Task.MULTICLASS:
        one_hot = ((targets == 0.0) | (targets == 1.0)).all(axis=1) & (targets.sum(axis=1) == 1.0)
        for sample in np.flatnonzero(~one_hot).tolist():
            yield Issue("target", _ONE_TARGET, sample, None, None, fixable=False)
    elif task is Task.SOFT:
        yield from _vector_issues(targets, state.classes, True, None)
    else:
        for issue in _vector_issues(targets, state.classes, False, None):
            yield Issue("target", issue.message, issue.sample, None, issue.class_index, fixable=False)
