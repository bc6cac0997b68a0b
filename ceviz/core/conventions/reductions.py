"""From the losses of the samples to the sum and the mean, and what a mean divides by."""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np

from ceviz.core.calls import Call
from ceviz.core.conventions.parts import Batch, Flags, Numbers
from ceviz.core.document import Convention
from ceviz.core.totals import Totals


class Divisor(StrEnum):
    """What a mean divides by; the value says it in words."""

    SAMPLES = "the number of samples"
    NUMBERS = "samples times outputs"
    SAMPLE_WEIGHTS = "the sum of the sample weights"
    CLASS_WEIGHTS = "the sum of the weights of the true classes"


_PER_NUMBER = {"kl_div", "binary_cross_entropy", "binary_cross_entropy_with_logits"}


def divisor_of(call: Call, batch: Batch, weighted: bool) -> Divisor:
    """What the mean of a call divides by. `weighted`: whether the samples have weights other than 1."""
    if call.name in _PER_NUMBER:
        return Divisor.NUMBERS if batch.class_count > 1 else Divisor.SAMPLES
    if call.convention is Convention.PYTORCH and call.by_index and batch.class_weights is not None:
        return Divisor.CLASS_WEIGHTS
    if call.convention is Convention.SKLEARN and weighted:
        return Divisor.SAMPLE_WEIGHTS
    return Divisor.SAMPLES


def reduced(
    losses: Numbers, weights: Numbers, rows: Flags, call: Call, batch: Batch, divisor: Divisor
) -> Totals:
    """Sum and mean of the losses (N,) of some rows, times their weights (N,), in their precision."""
    kind = losses.dtype.type
    total = (losses[rows] * weights[rows].astype(kind)).sum()
    by = kind(_divisor(divisor, weights.astype(kind), rows, batch))
    if by == 0.0:
        return Totals(float(total), 0.0 if call.convention is Convention.KERAS else math.nan, 0.0)
    return Totals(float(total), float(total / by), float(by))


def _divisor(divisor: Divisor, weights: Numbers, rows: Flags, batch: Batch) -> float:
    count = int(rows.sum())
    if divisor is Divisor.NUMBERS:
        return count * batch.class_count
    if divisor is Divisor.SAMPLE_WEIGHTS:
        return float(weights[rows].sum())
    if divisor is Divisor.CLASS_WEIGHTS:
        assert batch.class_weights is not None
        return float(np.take(batch.class_weights, batch.targets[rows].argmax(axis=1)).sum())
    return count
