"""The losses of optax, as version 0.2.8 computes them: unreduced, nothing is clipped."""

from __future__ import annotations

import numpy as np

from ceviz.core.conventions.parts import (
    Batch,
    Numbers,
    Working,
    at_zero,
    log_sigmoid,
    log_softmax,
    one_hot,
    sigmoid,
    smoothed,
    through_log_softmax,
)

DEFAULT_GAMMA = 2.0


def softmax_cross_entropy(batch: Batch) -> Working:
    """-t ln p. 0 times an infinite logarithm is NaN."""
    targets, logarithms = smoothed(batch), log_softmax(batch.predictions)
    return _of_logits(batch, targets, logarithms, 0.0 - targets * logarithms)


def safe_softmax_cross_entropy(batch: Batch) -> Working:
    """-t ln p, with 0 where t is 0."""
    targets, logarithms = smoothed(batch), log_softmax(batch.predictions)
    return _of_logits(batch, targets, logarithms, 0.0 - at_zero(targets, logarithms))


def softmax_cross_entropy_with_integer_labels(batch: Batch) -> Working:
    """ln sum exp z - z_y."""
    z = batch.predictions
    named = one_hot(batch.targets)
    targets = np.where(named[:, None], batch.targets, z.dtype.type(0.0))
    highest = z.max(axis=1, keepdims=True)
    highest = np.where(np.isfinite(highest), highest, z.dtype.type(0.0))
    total = np.log(np.exp(z - highest).sum(axis=1, keepdims=True)) + highest
    return _of_logits(batch, targets, z - total, at_zero(targets, total - z))


def _of_logits(batch: Batch, targets: Numbers, logarithms: Numbers, terms: Numbers) -> Working:
    p = np.exp(logarithms)
    return Working(targets, p, terms, through_log_softmax(-targets, p) / batch.temperature)


def sigmoid_binary_cross_entropy(batch: Batch) -> Working:
    """-t ln sigmoid(z) - (1 - t) ln sigmoid(-z)."""
    targets, z = smoothed(batch), batch.predictions
    terms, slopes = _binary(targets, z)
    return Working(targets, sigmoid(z), terms, slopes / batch.temperature)


def _binary(targets: Numbers, z: Numbers) -> tuple[Numbers, Numbers]:
    terms = 0.0 - targets * log_sigmoid(z) - (1.0 - targets) * log_sigmoid(-z)
    return terms, (1.0 - targets) * sigmoid(z) - targets * sigmoid(-z)


def sigmoid_focal_loss(batch: Batch) -> Working:
    """(1 - p_t)^gamma times the binary loss, the power in logarithms."""
    gamma = DEFAULT_GAMMA if batch.gamma is None else batch.gamma
    targets, z = smoothed(batch), batch.predictions
    losses, slopes = _binary(targets, z)
    on, off = log_sigmoid(z), log_sigmoid(-z)
    highest = np.maximum(on, off)
    wrong = np.log((1.0 - targets) * np.exp(on - highest) + targets * np.exp(off - highest)) + highest
    factors = np.exp(gamma * wrong)
    leaning = gamma * (1.0 - 2.0 * targets) * np.exp(on + off - wrong)
    gradients = factors * (slopes + losses * leaning) / batch.temperature
    if batch.alpha is not None:
        balance = batch.alpha * targets + (1.0 - batch.alpha) * (1.0 - targets)
        factors, gradients = factors * balance, gradients * balance
    return Working(targets, sigmoid(z), losses * factors, gradients, factors)


def kl_divergence(batch: Batch) -> Working:
    """t (ln t - ln p). 0 times an infinite logarithm is NaN."""
    targets, logarithms = smoothed(batch), _logarithms(batch)
    terms = targets * (np.where(targets == 0.0, 0.0, np.log(targets)).astype(targets.dtype) - logarithms)
    return _of_logarithms(batch, targets, logarithms, terms, -targets)


def generalized_kl_divergence(batch: Batch) -> Working:
    """t (ln t - ln p) + p - t."""
    plain = kl_divergence(batch)
    targets, logarithms = plain.targets, _logarithms(batch)
    p = np.exp(logarithms)
    return _of_logarithms(batch, targets, logarithms, plain.terms + (p - targets), p - targets)


def _logarithms(batch: Batch) -> Numbers:
    result: Numbers = log_softmax(batch.predictions) if batch.logits else np.log(batch.predictions)
    return result


def _of_logarithms(
    batch: Batch, targets: Numbers, logarithms: Numbers, terms: Numbers, slopes: Numbers
) -> Working:
    if not batch.logits:
        return Working(targets, batch.predictions, terms, slopes / batch.predictions)
    p = np.exp(logarithms)
    return Working(targets, p, terms, through_log_softmax(slopes, p) / batch.temperature)
