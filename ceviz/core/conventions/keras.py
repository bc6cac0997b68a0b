"""The losses of keras.losses, as version 3.15 computes them with the TensorFlow backend."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ceviz.core.conventions.parts import (
    Batch,
    Flags,
    Numbers,
    Working,
    at_zero,
    one_hot,
    probabilities_of,
    sigmoid,
    smoothed,
    softmax,
    through_sigmoid,
    through_softmax,
    through_sum,
)

EPSILON = 1e-7
DEFAULT_ALPHA, DEFAULT_GAMMA = 0.25, 2.0


def _clipped(p: Numbers, highest: float = 1.0 - EPSILON) -> tuple[Numbers, Flags]:
    """The numbers brought between 1e-7 and the highest, and which of them were moved."""
    low, high = p.dtype.type(EPSILON), p.dtype.type(highest)
    return np.clip(p, low, high), (p < low) | (p > high)


def _stable(batch: Batch, targets: Numbers) -> Working:
    """Of logits: t (ln sum exp - z). The gradient p - t takes for granted that the targets sum to 1."""
    z = batch.predictions
    shifted = z - z.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    total = exponentials.sum(axis=1, keepdims=True)
    p = exponentials / total
    return Working(targets, p, at_zero(targets, np.log(total) - shifted), (p - targets) / batch.temperature)


def categorical(batch: Batch) -> Working:
    """-t ln q of q = p / sum p, clipped."""
    targets = smoothed(batch)
    if batch.logits:
        return _stable(batch, targets)
    shares, total = _shares(batch.predictions)
    q, moved = _clipped(shares)
    slopes = np.where(moved, q.dtype.type(0.0), -targets / q)
    gradients = through_sum(slopes, shares, total)
    return Working(
        targets, q, 0.0 - targets * np.log(q), gradients, clipped=moved, renormalised=_off_one(total)
    )


def _shares(p: Numbers) -> tuple[Numbers, Numbers]:
    total = p.sum(axis=1, keepdims=True)
    return p / total, total


def _off_one(total: Numbers) -> Flags:
    flags: Flags = np.abs(total[:, 0] - 1.0) > 4.0 * np.finfo(total.dtype).eps
    return flags


def sparse_categorical(batch: Batch) -> Working:
    """Of class indices: clip, logarithm, and then a softmax over the logarithms; 0 for an ignored sample."""
    named = one_hot(batch.targets) & batch.counted
    targets = np.where(named[:, None], batch.targets, batch.targets.dtype.type(0.0))
    if batch.logits:
        working = _stable(batch, targets)
        gradients = np.where(named[:, None], working.gradients, targets.dtype.type(0.0))
        return replace(working, gradients=gradients)
    p, moved = _clipped(batch.predictions)
    shares, total = _shares(p)
    logarithms = np.log(p)
    shifted = logarithms - logarithms.max(axis=1, keepdims=True)
    terms = at_zero(targets, np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted)
    slopes = np.where(named[:, None] & ~moved, (shares - targets) / p, p.dtype.type(0.0))
    return Working(targets, shares, terms, slopes, clipped=moved, renormalised=_off_one(total))


def binary(batch: Batch) -> Working:
    """-t ln p - (1 - t) ln(1 - p) of clipped p; a sample's loss is the mean over its labels."""
    targets = smoothed(batch, 2)
    if batch.logits:
        terms, slopes, p = _with_logits(targets, batch.predictions)
        return _averaged(batch, Working(targets, p, terms, slopes / batch.temperature))
    p, moved = _clipped(batch.predictions)
    terms, slopes = _losses(targets, p)
    slopes = np.where(moved, p.dtype.type(0.0), slopes)
    return _averaged(batch, Working(targets, p, terms, slopes, clipped=moved))


def _losses(targets: Numbers, p: Numbers) -> tuple[Numbers, Numbers]:
    """-t ln p - (1 - t) ln(1 - p), and its slope in p."""
    terms = 0.0 - (targets * np.log(p) + (1.0 - targets) * np.log(1.0 - p))
    return terms, (1.0 - targets) / (1.0 - p) - targets / p


def _with_logits(targets: Numbers, z: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    small = np.exp(-np.abs(z))
    terms = np.maximum(z, 0.0) - z * targets + np.log1p(small)
    p = sigmoid(z)
    return terms, p - targets, p


def _averaged(batch: Batch, working: Working) -> Working:
    """The terms as shares of a mean over the labels."""
    count = batch.class_count
    factors = working.factors
    if count > 1:
        ones = np.ones_like(working.terms) if factors is None else factors
        factors = ones / count
    return replace(working, terms=working.terms / count, gradients=working.gradients / count, factors=factors)


def class_weighted(batch: Batch, working: Working) -> Working:
    """Each sample times the weight of its class, of the largest target: the class_weight of `Model.fit`."""
    assert batch.class_weights is not None
    weights = batch.class_weights[batch.targets.argmax(axis=1)][:, None]
    factors = np.ones_like(working.terms) if working.factors is None else working.factors
    return replace(
        working,
        terms=working.terms * weights,
        gradients=working.gradients * weights,
        factors=factors * weights,
    )


def _power(base: Numbers, gamma: float) -> tuple[Numbers, Numbers]:
    """base ** gamma, and its slope."""
    if gamma == 0.0:
        return np.ones_like(base), np.zeros_like(base)
    return base**gamma, gamma * base ** (gamma - 1.0)


def categorical_focal(batch: Batch) -> Working:
    """alpha (1 - q)^gamma (-t ln q) of q = p / sum p, clipped."""
    gamma = DEFAULT_GAMMA if batch.gamma is None else batch.gamma
    alpha = DEFAULT_ALPHA if batch.alpha is None else batch.alpha
    targets, p = smoothed(batch), probabilities_of(batch, competing=True)
    shares, total = _shares(p)
    q, moved = _clipped(shares)
    power, slope = _power(1.0 - q, gamma)
    factors = power * alpha
    terms = 0.0 - factors * (targets * np.log(q))
    slopes = alpha * targets * (slope * np.log(q) - power / q)
    gradients = through_sum(np.where(moved, q.dtype.type(0.0), slopes), shares, total)
    if batch.logits:
        gradients = through_softmax(gradients, p) / batch.temperature
    renormalised = None if batch.logits else _off_one(total)
    return Working(targets, q, terms, gradients, factors, moved, renormalised)


def binary_focal(batch: Batch) -> Working:
    """(1 - p_t)^gamma times the binary loss, of p_t as given and p clipped; alpha t + (1 - alpha)(1 - t).

    From logits the binary loss is the stable one: the sigmoid remembers them.
    """
    gamma = DEFAULT_GAMMA if batch.gamma is None else batch.gamma
    targets, given = smoothed(batch, 2), probabilities_of(batch, competing=False)
    if batch.logits:
        terms, _, _ = _with_logits(targets, batch.predictions)
        p, moved = given, np.zeros(given.shape, np.bool_)
    else:
        p, moved = _clipped(given)
        terms, slopes = _losses(targets, p)
        slopes = np.where(moved, p.dtype.type(0.0), slopes)
    wrong = 1.0 - (targets * given + (1.0 - targets) * (1.0 - given))
    power, slope = _power(wrong, gamma)
    leaning = slope * (1.0 - 2.0 * targets) * terms
    if batch.logits:
        gradients = through_sigmoid(leaning, given) + power * (given - targets)
        gradients /= batch.temperature
    else:
        gradients = leaning + power * slopes
    factors = power
    if batch.alpha is not None:
        balance = targets * batch.alpha + (1.0 - targets) * (1.0 - batch.alpha)
        factors, gradients = power * balance, gradients * balance
    return _averaged(batch, Working(targets, p, factors * terms, gradients, factors, moved))


def kl_divergence(batch: Batch) -> Working:
    """t ln(t / p) of t and p both brought between 1e-7 and 1, and not renormalised."""
    targets, _ = _clipped(batch.targets, 1.0)
    given = probabilities_of(batch, competing=True)
    p, moved = _clipped(given, 1.0)
    slopes = np.where(moved, p.dtype.type(0.0), -targets / p)
    if batch.logits:
        slopes = through_softmax(slopes, softmax(batch.predictions)) / batch.temperature
    return Working(targets, p, targets * np.log(targets / p), slopes, clipped=moved)
