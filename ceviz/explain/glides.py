"""The way from what was shown to what is shown now: states between them, each as true as any other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ceviz.core.checks import Flags
from ceviz.core.document import InputKind, Task, TaskState, Vectors
from ceviz.core.edits import whole_steps
from ceviz.core.evaluation import evaluate
from ceviz.explain.shown import Shown

_GRID = 100
"""Steps between 0 and 1: the numbers on the way are written as briefly as those of a drag."""
_MOST_ROWS = 100
_COLDEST = 0.01
"""Rounded, a temperature on the way stays above 0."""


class _Rows(NamedTuple):
    """Rows that change, (n, K), and where they stand among the samples."""

    places: NDArray[np.intp]
    before: Vectors
    after: Vectors


@dataclass(frozen=True, slots=True, eq=False)
class Glide:
    """From one value to another in which some numbers are different ones."""

    after: Shown
    targets: _Rows
    predictions: tuple[_Rows, ...]
    """Of each model."""
    temperature: float
    """What it was before."""

    def at(self, share: float) -> Shown:
        """What is shown at a share of the way, from 0 to 1, in the manner of a drag."""
        state, competing = self.after.state, self.after.task.competing
        models = tuple(
            replace(model, predictions=_between(model.predictions, rows, share, model.input, competing))
            for model, rows in zip(state.models, self.predictions, strict=True)
        )
        targets = _between(state.targets, self.targets, share, InputKind.PROBABILITIES, competing)
        options = state.options
        if self.temperature != options.temperature:
            warmth = self.temperature + share * (options.temperature - self.temperature)
            options = replace(options, temperature=max(_COLDEST, round(warmth, 2)))
        passing = replace(state, targets=targets, models=models, options=options)
        return replace(
            self.after,
            state=passing,
            evaluation=evaluate(passing, self.after.task),
            dragging=True,
            fine=False,
        )


def glide(before: Shown, after: Shown) -> Glide | None:
    """The way between two values of one sample; None without one that is valid all along and short enough.

    Rows that have an issue or an infinity at either end are at once what they will be, as are targets that
    answer a question: what lies between two answers is none.
    """
    if before.sample != after.sample or not _alike(before.state, after.state):
        return None
    pairs = zip(before.state.models, after.state.models, strict=True)
    valid = [
        a.valid & b.valid for a, b in zip(before.evaluation.models, after.evaluation.models, strict=True)
    ]
    if not all(flags[after.sample] for flags in (valid if after.compare else valid[:1])):
        return None
    predictions = tuple(
        _changed(a.predictions, b.predictions, flags) for (a, b), flags in zip(pairs, valid, strict=True)
    )
    hard = np.full(after.state.sample_count, after.task is Task.SOFT)
    targets = _changed(before.state.targets, after.state.targets, np.logical_and.reduce([*valid, hard]))
    changed, temperature = (targets, *predictions), before.state.options.temperature
    count = sum(len(rows.places) for rows in changed)
    if temperature != after.state.options.temperature:
        count = max(count, after.state.sample_count)
    return Glide(after, targets, predictions, temperature) if 0 < count <= _MOST_ROWS else None


def _alike(before: TaskState, after: TaskState) -> bool:
    """Whether two states differ only in their samples' names, weights, targets, predictions, temperature."""
    return (
        before.classes == after.classes
        and before.targets.shape == after.targets.shape
        and before.options == replace(after.options, temperature=before.options.temperature)
        and [model.input for model in before.models] == [model.input for model in after.models]
    )


def _changed(before: Vectors, after: Vectors, valid: Flags) -> _Rows:
    finite = np.isfinite(before).all(axis=1) & np.isfinite(after).all(axis=1)
    places = np.flatnonzero((before != after).any(axis=1) & valid & finite)
    return _Rows(places, before[places], after[places])


def _between(after: Vectors, rows: _Rows, share: float, kind: InputKind, competing: bool) -> Vectors:
    """All rows, those that change at a share of their way."""
    if not len(rows.places):
        return after
    passing = rows.before + share * (rows.after - rows.before)
    if kind is InputKind.LOGITS:
        passing = passing.round(2)
    elif competing:
        passing = np.array([_distribution(row) for row in passing])
    else:
        passing = _probabilities(passing)
    whole = after.copy()
    whole[rows.places] = passing
    whole.flags.writeable = False
    return whole


def _distribution(row: Vectors) -> Vectors:
    """The row on the grid, unless a share would vanish there."""
    steps = whole_steps(row, _GRID)
    return row if ((steps == 0) & (row > 0.0)).any() else steps / _GRID


def _probabilities(rows: Vectors) -> Vectors:
    """Each number on the grid, unless it would become certain there."""
    rounded = (rows * _GRID).round() / _GRID
    certain = (rounded == 0.0) | (rounded == 1.0)
    return np.where(certain, rows, rounded)
