"""The other samples of the batch as marks on the curve of the shown one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.explain.charts import Mark
from ceviz.explain.shown import Shown

MOST_MARKS = 200
POINT_SHARE = 0.03
"""How much of the axis half a point covers: one that is closer to the top would reach into the strip."""
Indices = npt.NDArray[np.intp]


def has_some_marks(shown: Shown) -> bool:
    """Whether more samples lie on the curve than have a mark."""
    single = shown.task in (Task.MULTICLASS, Task.BINARY)
    return single and shown.state.sample_count > MOST_MARKS and len(_others(shown)) > MOST_MARKS


def marks_note(shown: Shown) -> str:
    """What the marks of the curve leave out; empty where each other sample has one."""
    if not has_some_marks(shown):
        return ""
    marked, others = MOST_MARKS, numbers.count(len(_others(shown)))
    return f"Marked: {marked} of {others} other samples, infinite losses first, then the nearest rows."


def _others(shown: Shown) -> Indices:
    """The other samples on the same curve; invalid ones and targets between 0 and 1 are not on it."""
    result, targets = shown.result, shown.state.targets
    on_curve = result.valid & ((targets == 0) | (targets == 1)).all(axis=1)
    on_curve[shown.sample] = False
    on_curve &= ((result.probabilities >= 0) & (result.probabilities <= 1)).all(axis=1)
    return np.flatnonzero(on_curve)


def _marked(shown: Shown) -> Indices:
    """Of many other samples the infinite ones, and as many of the nearest as there is room for."""
    others = _others(shown)
    if len(others) <= MOST_MARKS:
        return others
    far = np.isfinite(shown.result.losses[others]) * shown.state.sample_count
    order = np.argsort(abs(others - shown.sample) + far, kind="stable")
    return np.sort(others[order[:MOST_MARKS]])


def curve_marks(shown: Shown) -> tuple[Mark, ...]:
    """The other samples on the curve of a task that has one for all; of very many, some."""
    result, targets, nearest = shown.result, shown.state.targets, _marked(shown)
    if shown.task is Task.BINARY:
        classes = (1 - targets[nearest, 0]).astype(int)
        ps = result.probabilities[nearest, 0]
    else:
        classes = targets[nearest].argmax(axis=1)
        ps = result.probabilities[nearest, classes]
    rows = (classes.tolist(), ps.tolist(), result.losses[nearest].tolist(), nearest.tolist())
    return tuple(_mark(shown, *row) for row in zip(*rows, strict=True))


def _mark(shown: Shown, class_index: int, p: float, value: float, sample: int) -> Mark:
    label = str(sample + 1)
    if value > (1 - POINT_SHARE) * shown.y_top:
        return Mark(class_index, p, None, sample, label, numbers.loss(value))
    # Two models number the same samples twice over: only in the strip a mark needs its text.
    return Mark(class_index, p, max(value, 0.0), sample, "" if shown.compare else label, "")
