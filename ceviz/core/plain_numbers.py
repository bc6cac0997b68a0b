"""The bare definition for every row of a model: terms, gradients and divergences, issues or not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ceviz.core import losses
from ceviz.core.activations import Sigmoid, Softmax
from ceviz.core.document import InputKind, Model, Task, TaskState, Vectors

BLOCK = 50_000
"""How many numbers are computed at a time: new memory for large arrays takes longer than the arithmetic."""


class PlainNumbers(NamedTuple):
    """Terms, gradients and, for soft targets, KL of some rows, in nats, issues or not.

    `probabilities`: of logits alone.
    """

    probabilities: Vectors | None
    terms: Vectors
    gradients: Vectors
    kl: Vectors | None = None


def plain_numbers(state: TaskState, task: Task, model: Model) -> PlainNumbers:
    """All rows, block by block."""
    row_numbers = _of_logits if model.input is InputKind.LOGITS else _of_probabilities
    shape = state.targets.shape
    whole = PlainNumbers(
        np.empty(shape) if model.input is InputKind.LOGITS else None,
        np.empty(shape),
        np.empty(shape),
        np.empty(shape[0]) if task is Task.SOFT else None,
    )
    step = max(1, BLOCK // state.class_count)
    for first in range(0, state.sample_count, step):
        rows = slice(first, first + step)
        block = row_numbers(state.targets[rows], model.predictions[rows], task, state.options.temperature)
        for array, part in zip(whole, block, strict=True):
            if array is not None and part is not None:
                array[rows] = part
    return whole


def _of_probabilities(targets: Vectors, p: Vectors, task: Task, _: float) -> PlainNumbers:
    if not task.competing:
        terms = losses.binary_cross_entropy_terms(targets, p)
        return PlainNumbers(None, terms, losses.binary_cross_entropy_gradient(targets, p))
    kl = losses.kl_divergence(targets, p) if task is Task.SOFT else None
    return PlainNumbers(
        None, losses.cross_entropy_terms(targets, p), losses.cross_entropy_gradient(targets, p), kl
    )


def _of_logits(targets: Vectors, logits: Vectors, task: Task, temperature: float) -> PlainNumbers:
    if not task.competing:
        sigmoid = Sigmoid(logits, temperature)
        return PlainNumbers(sigmoid.probabilities(), sigmoid.terms(targets), sigmoid.minus(targets))
    softmax = Softmax(logits, temperature)
    logarithms = softmax.log_probabilities()
    terms = losses.cross_entropy_terms_from_log_probabilities(targets, logarithms)
    kl = None
    if task is Task.SOFT:
        kl = losses.kl_divergence_terms_from_log_probabilities(targets, logarithms).sum(axis=1)
    return PlainNumbers(softmax.probabilities(), terms, softmax.minus(targets), kl)
