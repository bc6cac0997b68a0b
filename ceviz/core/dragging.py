"""Edits that follow the mouse. Import them from `ceviz.core.edits`.

Each starts from the state at the press, not from the last step, so that nothing drifts and a drag to the end
and back restores every share.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ceviz.core.document import InputKind, Task, TaskState, Vectors
from ceviz.core.parts import (
    near_one,
    require_prediction,
    require_target,
    with_number,
    with_predictions,
    with_row,
    with_targets,
)

GRID = 1000
"""Steps between 0 and 1 on which a dragged distribution lies, so that its numbers as shown sum to 1."""


def drag_probability(
    state: TaskState,
    task: Task,
    model: int,
    sample: int,
    class_index: int,
    value: float,
    alone: bool = False,
) -> TaskState:
    """A probability dragged to `value`, held between 0 and 1.

    Where the classes compete, the others keep their proportions and the row sums to 1, in thousandths where
    that leaves every share above 0. `alone`, and binary and multi-label: no other number changes. Of a model
    that gives logits, one logit moves so that the probability becomes `value`; where infinite logits forbid
    that, nothing does.

    >>> from ceviz.core.document import Model, Sample, vectors
    >>> model = Model("A", InputKind.PROBABILITIES, vectors([[0.4, 0.3, 0.3]]))
    >>> state = TaskState(("dog", "cat", "panda"), (Sample("1"),), vectors([[1, 0, 0]]), (model,))
    >>> drag_probability(state, Task.MULTICLASS, 0, 0, 0, 0.55).models[0].predictions.tolist()
    [[0.55, 0.225, 0.225]]
    """
    require_prediction(state, model, sample, class_index)
    predictions, value = state.models[model].predictions, _held(value)
    if state.models[model].input is InputKind.LOGITS:
        logit = _logit(predictions[sample], class_index, value, task, state.options.temperature)
        changed = with_number(predictions, sample, class_index, logit)
    elif task.competing and not alone:
        changed = with_row(predictions, sample, _redistributed(predictions[sample], class_index, value))
    else:
        changed = with_number(predictions, sample, class_index, value)
    return with_predictions(state, model, changed)


def drag_target(
    state: TaskState, sample: int, class_index: int, value: float, alone: bool = False
) -> TaskState:
    """A target dragged to `value`, held between 0 and 1.

    The others keep their proportions, as probabilities do. `alone`, or a single class: only that number.
    """
    require_target(state, sample, class_index)
    value = _held(value)
    if alone or state.class_count == 1:
        return with_targets(state, with_number(state.targets, sample, class_index, value))
    row = _redistributed(state.targets[sample], class_index, value)
    return with_targets(state, with_row(state.targets, sample, row))


def drag_shares(
    state: TaskState, model: int, sample: int, classes: Sequence[int], shares: Vectors
) -> TaskState:
    """What competing classes have between them, dealt out anew as `shares`, which sum to 1; the others stay.

    Probabilities then sum to 1. Of a model that gives logits, no other logit moves: T ln p is shifted so that
    the classes have as much together as before; a share of 0 is a logit of -inf. Classes whose logits are all
    -inf have nothing to deal out.

    >>> from ceviz.core.document import Model, Sample, vectors
    >>> model = Model("A", InputKind.PROBABILITIES, vectors([[0.4, 0.3, 0.2, 0.1]]))
    >>> state = TaskState(("dog", "cat", "panda", "fox"), (Sample("1"),), vectors([[1, 0, 0, 0]]), (model,))
    >>> drag_shares(state, 0, 0, [0, 1, 3], np.array([0.5, 0.25, 0.25])).models[0].predictions.tolist()
    [[0.4, 0.2, 0.2, 0.2]]
    """
    require_prediction(state, model, sample, max(classes))
    predictor = state.models[model]
    row = predictor.predictions[sample]
    if predictor.input is InputKind.LOGITS:
        row = _logits_dealt(row, classes, shares, state.options.temperature)
    else:
        row = _dealt(row, classes, shares)
    return with_predictions(state, model, with_row(predictor.predictions, sample, row))


def drag_target_shares(state: TaskState, sample: int, classes: Sequence[int], shares: Vectors) -> TaskState:
    """The same for a target: what some classes have of it is dealt out anew among them.

    With label smoothing `shares` are those of the smoothed target, as far as it can have them.
    """
    require_target(state, sample, max(classes))
    row = state.targets[sample]
    if state.options.label_smoothing:
        shares = _before_smoothing(shares, row, classes, state.options.label_smoothing)
    return with_targets(state, with_row(state.targets, sample, _dealt(row, classes, shares)))


def _before_smoothing(shares: Vectors, row: Vectors, classes: Sequence[int], smoothing: float) -> Vectors:
    """The shares of a target that are these ones after smoothing, which adds the same to each class."""
    chosen, added = list(classes), smoothing / len(row)
    together = (1.0 - smoothing) * float(row[chosen].sum()) + len(chosen) * added
    sharp = np.maximum(shares * together - added, 0.0)
    if not sharp.sum() > 0.0:
        sharp = row[chosen]
    return whole_steps(sharp, GRID) / GRID if sharp.sum() > 0.0 else shares


def _dealt(row: Vectors, classes: Sequence[int], shares: Vectors) -> Vectors:
    dealt, chosen = row.copy(), list(classes)
    exact = shares * max(0.0, 1.0 - float(np.delete(row, chosen).sum()))
    # What is a rounding error away from whole thousandths is those thousandths.
    thousandths = np.rint(exact * GRID) / GRID
    dealt[chosen] = thousandths if np.allclose(exact, thousandths, rtol=0, atol=1e-12) else exact
    return dealt


@np.errstate(all="ignore")
def _logits_dealt(row: Vectors, classes: Sequence[int], shares: Vectors, temperature: float) -> Vectors:
    chosen = list(classes)
    together = float(np.logaddexp.reduce(row[chosen] / temperature))
    if together == -math.inf:
        return row
    dealt = row.copy()
    if together == math.inf:
        # An infinite logit left the other classes nothing, and they keep that.
        together, dealt[:] = 0.0, -math.inf
    dealt[chosen] = temperature * (together + np.log(shares))
    return dealt


def _held(value: float) -> float:
    if math.isnan(value):
        raise ValueError("That is not a number.")
    return min(max(value, 0.0), 1.0)


def _redistributed(row: Vectors, class_index: int, value: float) -> Vectors:
    """The row with `value` at one class and the rest of 1 among the others, in their proportions."""
    if len(row) == 1:
        return np.ones(1)
    others = np.maximum(row, 0.0)
    others[class_index] = 0.0
    if not others.any():
        others = np.ones(len(row))
        others[class_index] = 0.0
    others = near_one(others)
    exact = others * ((1.0 - value) / others.sum())
    exact[class_index] = value
    first = round(value * GRID)
    steps = whole_steps(others, GRID - first)
    steps[class_index] = first
    return exact if ((steps == 0) & (exact > 0.0)).any() else steps / GRID


def whole_steps(shares: Vectors, count: int) -> Vectors:
    """`count` steps dealt out in the proportions of `shares` (K,), by largest remainder, the first of equals.

    >>> whole_steps(np.array([0.5, 0.25, 0.25]), 10).tolist()
    [5.0, 3.0, 2.0]
    """
    exact = shares * (count / shares.sum())
    # A share a rounding error below a whole step is that step.
    steps: Vectors = np.floor(exact + 1e-9)
    missing = int(count - steps.sum())
    steps[np.argsort(steps - exact, kind="stable")[:missing]] += 1.0
    return steps


@np.errstate(all="ignore")
def _logit(row: Vectors, class_index: int, value: float, task: Task, temperature: float) -> float:
    """The logit that gives a class the probability `value` while the other logits stay."""
    wanted = temperature * float(np.log(value) - np.log1p(-value))
    if not task.competing:
        return wanted
    others = temperature * float(np.logaddexp.reduce(np.delete(row, class_index) / temperature))
    return wanted + others if math.isfinite(others) else float(row[class_index])
