"""The definition with smoothing, weights and the focal factor, to all digits of a double.

In single precision the inputs are rounded to it, and so are the results; between them nothing is.
"""

from __future__ import annotations

import numpy as np

from ceviz.core import losses
from ceviz.core.activations import Sigmoid, Softmax
from ceviz.core.conventions.parts import Batch, Numbers, Working, smoothed
from ceviz.core.document import Vectors
from ceviz.core.weighting import product


def definition(batch: Batch, competing: bool) -> Working:
    """The loss of multi-class and soft targets, or of yes/no questions, with all options."""
    return _one_of_k(batch) if competing else _yes_or_no(batch)


def smoothed_targets(batch: Batch, competing: bool) -> Vectors:
    """t (1 - s) + s / K; where the classes do not compete, s / 2."""
    return smoothed(batch, None if competing else 2).astype(np.float64)


def _double(numbers: Numbers) -> Vectors:
    return numbers.astype(np.float64)


def _one_of_k(batch: Batch) -> Working:
    """w alpha (1 - p)^gamma (-t ln p) of each class."""
    t, given = smoothed_targets(batch, True), _double(batch.predictions)
    weights = _class_factors(batch) * np.ones(t.shape)
    if batch.logits:
        softmax = Softmax(given)
        p, logarithms = softmax.probabilities(), softmax.log_probabilities()
        terms = losses.cross_entropy_terms_from_log_probabilities(t, logarithms)
    else:
        p = given
        logarithms = np.log(p)
        terms = losses.cross_entropy_terms(t, p)
    share = weights * t
    if batch.gamma:
        rest = -np.expm1(logarithms) if batch.logits else 1.0 - p
        power, slope = _power(rest, batch.gamma)
        # In ln p where logits are given, in p where probabilities are.
        slopes = product(share, product(slope, logarithms) * (p if batch.logits else 1.0))
        slopes -= share * power if batch.logits else product(share, power / p)
        factors = weights * power
        if batch.logits:
            gradients = (slopes - p * slopes.sum(axis=1, keepdims=True)) / batch.temperature
        else:
            gradients = slopes
    else:
        factors = weights
        if batch.logits:
            gradients = softmax.minus(share) / batch.temperature
        else:
            gradients = losses.cross_entropy_gradient(share, p)
    return _rounded(batch, Working(t, p, product(factors, terms), gradients, factors))


def _class_factors(batch: Batch) -> Vectors:
    ones = np.ones(batch.class_count)
    weights = ones if batch.class_weights is None else _double(batch.class_weights)
    alpha = 1.0 if batch.alpha is None else np.asarray(batch.alpha, np.float64)
    result: Vectors = weights * alpha
    return result


def _power(base: Vectors, gamma: float) -> tuple[Vectors, Vectors]:
    return base**gamma, gamma * base ** (gamma - 1.0)


def _yes_or_no(batch: Batch) -> Working:
    """w (-t a (1 - p)^gamma ln p - (1 - t) b p^gamma ln(1 - p)) of each label.

    a is alpha times the positive weight, b is 1 - alpha.
    """
    t, given = smoothed_targets(batch, False), _double(batch.predictions)
    if batch.logits:
        on, off = Sigmoid(given), Sigmoid(-given)
        p, q = on.probabilities(), off.probabilities()
        ln_p, ln_q = on.log_probabilities(), off.log_probabilities()
    else:
        p, q = given, 1.0 - given
        ln_p, ln_q = np.log(p), np.log1p(-p)
    weights = np.ones(batch.class_count) if batch.class_weights is None else _double(batch.class_weights)
    positive = 1.0 if batch.pos_weight is None else _double(batch.pos_weight)
    alpha = batch.alpha
    on_side = weights * positive * (1.0 if alpha is None else alpha) * np.ones(t.shape)
    off_side = weights * (1.0 if alpha is None else 1.0 - alpha) * np.ones(t.shape)
    on_slope, on_power = _side(on_side * t, p, q, ln_p, batch)
    off_slope, off_power = _side(off_side * (1.0 - t), q, p, ln_q, batch)
    terms = product(on_side * t * on_power, -ln_p) + product(off_side * (1.0 - t) * off_power, -ln_q)
    factors = t * on_side * on_power + (1.0 - t) * off_side * off_power
    return _rounded(batch, Working(t, p, terms + 0.0, (on_slope - off_slope) / batch.temperature, factors))


def _side(share: Vectors, p: Vectors, q: Vectors, ln_p: Vectors, batch: Batch) -> tuple[Vectors, Vectors]:
    """Of share q^gamma (-ln p), q = 1 - p: its slope in z or p, and q^gamma."""
    gamma = batch.gamma or 0.0
    power = q**gamma if gamma else np.ones(q.shape)
    if batch.logits:
        slope = gamma * product(power * p, ln_p) - power * q if gamma else -q
    else:
        slope = -power / p
        if gamma:
            slope = slope + gamma * product(q ** (gamma - 1.0), ln_p)
    return product(share, slope), power


def _rounded(batch: Batch, working: Working) -> Working:
    kind = batch.targets.dtype
    if kind == np.float64:
        return working
    assert working.factors is not None
    return Working(
        working.targets.astype(kind),
        working.probabilities.astype(kind),
        working.terms.astype(kind),
        working.gradients.astype(kind),
        working.factors.astype(kind),
    )
