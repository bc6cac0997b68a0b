"""What the frameworks' rules share: their inputs, their results, and the usual formulas in their precision.

Arrays are float64 or float32 throughout, and so is all arithmetic on them. The formulas are the frameworks'
own, not the most accurate ones: a PyTorch loss below 1e-16 is 0, because PyTorch's is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceviz.core.document import InputKind, LossOptions, Model, Precision, TaskState

Numbers = NDArray[Any]
"""A float64 or float32 array, (N, K) unless said."""
Flags = NDArray[np.bool_]


class RefusedError(Exception):
    """What a framework answers instead of a loss: a sentence, naming the sample where one is at fault."""

    def __init__(self, sentence: str, sample: int | None = None) -> None:
        place = "" if sample is None else f" (sample {sample + 1})"
        super().__init__(f"{sentence}{place}.")


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What a call is given, in its precision.

    `predictions`: probabilities, or logits divided by the temperature. `counted` (N,): the samples that are
    not ignored. Weights per class are (K,). `targets` are as they stand, before any smoothing.
    """

    targets: Numbers
    predictions: Numbers
    logits: bool
    counted: Flags
    smoothing: float
    class_weights: Numbers | None
    pos_weight: Numbers | None
    gamma: float | None
    alpha: float | Numbers | None
    temperature: float

    @property
    def class_count(self) -> int:
        """K."""
        return len(self.targets.T)


@dataclass(frozen=True, slots=True, eq=False)
class Working:
    """How a loss came about, number by number; (N, K).

    `targets`: after smoothing. `probabilities`: those whose logarithm was taken, renormalised, clipped and
    rounded as the call does it. `factors`: what the term -t ln p (binary: -t ln p - (1 - t) ln(1 - p)) was
    multiplied by, None for 1 everywhere; of a binary target between 0 and 1 the mixture of both sides.
    `clipped`: where a number was moved to keep its logarithm finite. `renormalised` (N,): the rows that were
    divided by a sum other than 1. `terms` sum to the losses; `gradients` are of their sum with respect to the
    inputs as given.
    """

    targets: Numbers
    probabilities: Numbers
    terms: Numbers
    gradients: Numbers
    factors: Numbers | None = None
    clipped: Flags | None = None
    renormalised: Flags | None = None


def batch_of(state: TaskState, model: Model, counted: Flags) -> Batch:
    """The inputs of a model's loss, cast to the precision that the options name."""
    options = state.options
    kind = np.float32 if options.precision is Precision.FLOAT32 else np.float64

    def cast(numbers: Sequence[float] | None) -> Numbers | None:
        return None if numbers is None else np.asarray(numbers, kind)

    logits = model.input is InputKind.LOGITS
    predictions: Numbers = model.predictions.astype(kind)
    if logits and options.temperature != 1.0:
        predictions = predictions / kind(options.temperature)
    return Batch(
        targets=state.targets.astype(kind),
        predictions=predictions,
        logits=logits,
        counted=counted,
        smoothing=options.label_smoothing,
        class_weights=cast(options.class_weights),
        pos_weight=cast(options.pos_weight),
        gamma=options.focal_gamma,
        alpha=_alpha(options, kind),
        temperature=options.temperature if logits else 1.0,
    )


def _alpha(options: LossOptions, kind: type[np.floating[Any]]) -> float | Numbers | None:
    alpha = options.focal_alpha
    return np.asarray(alpha, kind) if isinstance(alpha, tuple) else alpha


def smoothed(batch: Batch, classes: int | None = None) -> Numbers:
    """t (1 - s) + s / K; K is the number of classes unless another is given."""
    if batch.smoothing == 0.0:
        return batch.targets
    share = batch.smoothing / (classes or batch.class_count)
    result: Numbers = batch.targets * (1.0 - batch.smoothing) + share
    return result


def log_softmax(logits: Numbers) -> Numbers:
    """z - max - ln sum exp(z - max), which loses what is below the rounding of 1."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Numbers = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def softmax(logits: Numbers) -> Numbers:
    """exp(z - max) / sum."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Numbers = exponentials / exponentials.sum(axis=1, keepdims=True)
    return result


def sigmoid(logits: Numbers) -> Numbers:
    """1 / (1 + exp(-z)), without overflow."""
    small = np.exp(-np.abs(logits))
    result: Numbers = np.where(logits >= 0.0, 1.0, small).astype(logits.dtype) / (1.0 + small)
    return result


def log_sigmoid(logits: Numbers) -> Numbers:
    """min(z, 0) - ln(1 + exp(-|z|))."""
    result: Numbers = np.minimum(logits, 0.0) - np.log1p(np.exp(-np.abs(logits)))
    return result


def probabilities_of(batch: Batch, competing: bool) -> Numbers:
    """The predictions, or the softmax or sigmoid that stands between logits and a call for probabilities."""
    if not batch.logits:
        return batch.predictions
    return (softmax if competing else sigmoid)(batch.predictions)


def through_softmax(gradients: Numbers, probabilities: Numbers) -> Numbers:
    """Gradients with respect to the logits from those with respect to the softmax of them."""
    shares = (gradients * probabilities).sum(axis=1, keepdims=True)
    result: Numbers = probabilities * (gradients - shares)
    return result


def through_log_softmax(gradients: Numbers, probabilities: Numbers) -> Numbers:
    """Gradients with respect to the logits from those with respect to the log-softmax of them."""
    result: Numbers = gradients - probabilities * gradients.sum(axis=1, keepdims=True)
    return result


def through_sigmoid(gradients: Numbers, probabilities: Numbers) -> Numbers:
    """Gradients with respect to the logits from those with respect to the sigmoid of them."""
    result: Numbers = gradients * (probabilities * (1.0 - probabilities))
    return result


def through_sum(gradients: Numbers, shares: Numbers, total: Numbers) -> Numbers:
    """Gradients with respect to p from those with respect to the shares p / sum p."""
    result: Numbers = (gradients - (gradients * shares).sum(axis=1, keepdims=True)) / total
    return result


def one_hot(targets: Numbers) -> Flags:
    """Of rows (N, K): which name one class, (N,)."""
    flags: Flags = ((targets == 0.0) | (targets == 1.0)).all(axis=1) & (targets.sum(axis=1) == 1.0)
    return flags


def at_zero(weights: Numbers, values: Numbers) -> Numbers:
    """weights * values, with 0 where the weight is 0, whatever the value."""
    result: Numbers = np.where(weights == 0.0, weights.dtype.type(0.0), weights * values)
    return result
