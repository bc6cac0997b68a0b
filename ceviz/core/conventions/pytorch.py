"""The losses of torch.nn.functional, as version 2.13 computes them on a CPU."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ceviz.core.conventions.parts import (
    Batch,
    Numbers,
    RefusedError,
    Working,
    at_zero,
    log_sigmoid,
    log_softmax,
    one_hot,
    smoothed,
    through_log_softmax,
    through_sigmoid,
)

LOGARITHM_FLOOR = -100.0
_GRADIENT_FLOOR = float(np.float32(1e-12))
"""PyTorch keeps this constant in single precision, also for doubles."""


def cross_entropy(batch: Batch) -> Working:
    """Of class indices: (1 - s) w_y (-ln p_y) + s / K sum_k w_k (-ln p_k); 0 for an ignored sample."""
    return _of_indices(batch, log_softmax(batch.predictions))


def cross_entropy_probabilities(batch: Batch) -> Working:
    """Of class probabilities: -w t ln p, also where they are none. 0 times an infinite logarithm is NaN."""
    targets = smoothed(batch)
    logarithms = log_softmax(batch.predictions)
    terms = -(_weighted(batch, targets) * logarithms)
    return _from_terms(batch, targets, logarithms, terms)


def nll_loss(batch: Batch) -> Working:
    """-w_y ln p_y of the logarithms of probabilities, or of the log-softmax of logits."""
    return _of_indices(batch, _logarithms(batch))


def kl_div(batch: Batch) -> Working:
    """t ln t - t ln p. 0 times an infinite logarithm is NaN."""
    targets, logarithms = batch.targets, _logarithms(batch)
    terms = at_zero(targets, np.log(targets)) - targets * logarithms
    return _from_terms(batch, targets, logarithms, terms)


def _logarithms(batch: Batch) -> Numbers:
    result: Numbers = log_softmax(batch.predictions) if batch.logits else np.log(batch.predictions)
    return result


def _weighted(batch: Batch, numbers: Numbers) -> Numbers:
    return numbers if batch.class_weights is None else numbers * batch.class_weights


def _of_indices(batch: Batch, logarithms: Numbers) -> Working:
    """An index picks a logarithm: no product with 0, so that those not picked may be infinite."""
    named = (one_hot(batch.targets) & batch.counted)[:, None]
    zero = batch.targets.dtype.type(0.0)
    costs = -_weighted(batch, logarithms)
    terms = np.where(named & (batch.targets == 1.0), (1.0 - batch.smoothing) * costs, zero)
    if batch.smoothing:
        terms = np.where(named, terms + batch.smoothing / batch.class_count * costs, zero)
    return _from_terms(batch, np.where(named, smoothed(batch), zero), logarithms, terms)


def _from_terms(batch: Batch, targets: Numbers, logarithms: Numbers, terms: Numbers) -> Working:
    slopes = -_weighted(batch, targets)
    if batch.logits:
        probabilities = np.exp(logarithms)
        gradients = through_log_softmax(slopes, probabilities) / batch.temperature
    else:
        probabilities = batch.predictions
        gradients = slopes / probabilities
    factors = None
    if batch.class_weights is not None:
        factors = np.broadcast_to(batch.class_weights, targets.shape)
    return Working(targets, probabilities, terms + 0.0, gradients, factors)


def _sigmoid(logits: Numbers) -> Numbers:
    """1 / (1 + exp(-z)): below -88 the exponential of a single overflows, and the sigmoid is 0."""
    result: Numbers = 1.0 / (1.0 + np.exp(-logits))
    return result


def binary_cross_entropy(batch: Batch) -> Working:
    """-t max(ln p, -100) - (1 - t) max(ln(1 - p), -100), refused outside 0 to 1."""
    targets = batch.targets
    p = _sigmoid(batch.predictions) if batch.logits else batch.predictions
    for name, numbers in (("input", p), ("target", targets)):
        outside = np.argwhere(batch.counted[:, None] & ~((numbers >= 0.0) & (numbers <= 1.0)))
        if len(outside):
            sentence = f"all elements of {name} should be between 0 and 1"
            raise RefusedError(f"nn.BCELoss refuses the batch: {sentence}", int(outside[0, 0]))
    on, off = np.log(p), np.log1p(-p)
    terms = (targets - 1.0) * np.maximum(off, LOGARITHM_FLOOR) - targets * np.maximum(on, LOGARITHM_FLOOR)
    gradients = (p - targets) / np.maximum(p * (1.0 - p), _GRADIENT_FLOOR)
    clipped = ((on < LOGARITHM_FLOOR) & (targets != 0.0)) | ((off < LOGARITHM_FLOOR) & (targets != 1.0))
    if batch.logits:
        gradients = through_sigmoid(gradients, p) / batch.temperature
    return _element_weighted(batch, Working(targets, p, terms, gradients, clipped=clipped))


def binary_cross_entropy_with_logits(batch: Batch) -> Working:
    """(1 - t) z - (1 + (pos_weight - 1) t) ln sigmoid(z), of any target."""
    targets, z = batch.targets, batch.predictions
    p = _sigmoid(z)
    if batch.pos_weight is None:
        terms = (1.0 - targets) * z - log_sigmoid(z)
        return _element_weighted(batch, Working(targets, p, terms, (p - targets) / batch.temperature))
    positive = batch.pos_weight * targets
    either = 1.0 + (batch.pos_weight - 1.0) * targets
    terms = (1.0 - targets) * z - either * log_sigmoid(z)
    gradients = ((positive + 1.0 - targets) * p - positive) / batch.temperature
    return _element_weighted(batch, Working(targets, p, terms, gradients, positive + 1.0 - targets))


def _element_weighted(batch: Batch, working: Working) -> Working:
    weights = batch.class_weights
    if weights is None:
        return replace(working, terms=working.terms + 0.0)
    factors = np.ones_like(working.terms) if working.factors is None else working.factors
    return replace(
        working,
        terms=working.terms * weights + 0.0,
        gradients=working.gradients * weights,
        factors=factors * weights,
    )
