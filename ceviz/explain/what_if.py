"""What the shown sample would cost with other predictions, by the very rules that compute its loss."""

from __future__ import annotations

import numpy as np

from ceviz.core.document import Model, Sample, TaskState, Vectors
from ceviz.core.evaluation import ModelEvaluation, evaluate
from ceviz.explain.parts import shown_probabilities, shown_target
from ceviz.explain.shown import Shown


def what_if(shown: Shown, probabilities: Vectors, target: Vectors | None = None) -> ModelEvaluation:
    """The evaluation of samples with the shown target, or another one, and these probabilities (N, K)."""
    count = len(probabilities)
    row = shown_target(shown) if target is None else target
    predictions = _as_given(shown, probabilities)
    state = TaskState(
        shown.state.classes,
        (Sample(""),) * count,
        np.broadcast_to(row, (count, len(row))),
        (Model("", shown.shown_model.input, predictions),),
        shown.state.options,
    )
    return evaluate(state, shown.task).models[0]


def _as_given(shown: Shown, probabilities: Vectors) -> Vectors:
    """Probabilities, or the logits that stand for them."""
    if not shown.in_logits:
        return probabilities
    with np.errstate(divide="ignore"):
        logits = np.log(probabilities)
        if not shown.task.competing:
            logits = logits - np.log1p(-probabilities)
    return np.asarray(logits * shown.state.options.temperature)


def with_class_at(shown: Shown, class_index: int, ps: Vectors) -> Vectors:
    """(N, K) The shown prediction with one class at each p; the others keep their proportions."""
    row = shown_probabilities(shown)
    if not shown.task.competing:
        rows = np.repeat(row[None, :], len(ps), axis=0)
    else:
        others = np.delete(row, class_index)
        total = others.sum()
        shares = others / total if total > 0 else np.full(len(others), 1.0 / max(len(others), 1))
        rows = np.insert(np.outer(1.0 - ps, shares), class_index, ps, axis=1)
    rows[:, class_index] = ps
    return rows
