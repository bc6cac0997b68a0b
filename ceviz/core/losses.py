"""Cross-entropies, entropy and KL divergence of arrays, in nats. The one place to import the maths from.

Everything is float64 and broadcasts over the leading axes; no function emits a NumPy warning.
Softmax and sigmoid stand in `activations`, gradients in `gradients`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ceviz.core.activations import Sigmoid, log_sigmoid, log_softmax, sigmoid, softmax
from ceviz.core.document import Vectors
from ceviz.core.gradients import (
    binary_cross_entropy_gradient,
    binary_cross_entropy_gradient_from_logits,
    cross_entropy_gradient,
    cross_entropy_gradient_from_logits,
)
from ceviz.core.weighting import filled, product

__all__ = [
    "binary_cross_entropy_gradient",
    "binary_cross_entropy_gradient_from_logits",
    "binary_cross_entropy_terms",
    "binary_cross_entropy_terms_from_logits",
    "categorical_cross_entropy",
    "categorical_cross_entropy_from_logits",
    "cross_entropy",
    "cross_entropy_from_logits",
    "cross_entropy_gradient",
    "cross_entropy_gradient_from_logits",
    "cross_entropy_terms",
    "cross_entropy_terms_from_log_probabilities",
    "cross_entropy_terms_from_logits",
    "entropy",
    "kl_divergence",
    "kl_divergence_from_logits",
    "kl_divergence_terms",
    "kl_divergence_terms_from_log_probabilities",
    "log_sigmoid",
    "log_softmax",
    "multilabel_cross_entropy",
    "multilabel_cross_entropy_from_logits",
    "sigmoid",
    "softmax",
    "square_error_terms",
]


def _array(values: ArrayLike) -> Vectors:
    return np.asarray(values, dtype=np.float64)


@np.errstate(all="ignore")
def cross_entropy_terms(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Terms -t_k ln p_k of the cross-entropy, in nats.

    targets, probabilities: (..., K), t_k >= 0, 0 <= p_k <= 1. Returns (..., K); the last axis sums to the
    loss. 0 ln 0 counts as 0 (t_k = 0 gives exactly 0); t_k > 0 with p_k = 0 gives inf; p_k = 1 gives 0. NaN
    passes through. The numbers are taken as given: nothing is normalised or clipped, p_k above 1 gives a
    negative term, below 0 NaN. Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.3.

    >>> cross_entropy_terms([1.0, 0.0, 0.0], [0.4, 0.3, 0.3]).tolist()
    [0.916290731874155, 0.0, 0.0]
    >>> cross_entropy_terms([1.0, 0.0], [0.0, 0.0]).tolist()
    [inf, 0.0]
    """
    t, p = _array(targets), _array(probabilities)
    logarithms = filled(p, t)
    return _minus(np.multiply(t, np.log(logarithms, out=logarithms), out=logarithms))


@np.errstate(all="ignore")
def cross_entropy_terms_from_log_probabilities(targets: ArrayLike, log_probabilities: ArrayLike) -> Vectors:
    """Terms -t_k ln p_k of the cross-entropy, in nats, from ln p_k.

    targets, log_probabilities: (..., K), t_k >= 0, ln p_k <= 0. Returns (..., K).
    t_k = 0 gives exactly 0, also at ln p_k = -inf; t_k > 0 there gives inf. NaN passes through.
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.3.

    >>> cross_entropy_terms_from_log_probabilities([1.0, 0.0], [-2000.0, 0.0]).tolist()
    [2000.0, 0.0]
    """
    return _minus(product(_array(targets), _array(log_probabilities)))


def cross_entropy_terms_from_logits(
    targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0
) -> Vectors:
    """Terms -t_k ln p_k of the cross-entropy, in nats, with p = softmax(z / T).

    targets, logits: (..., K), t_k >= 0, logits from -inf to inf. Returns (..., K); the last axis sums to the
    loss. Exact also where p rounds to 1 or 0. A row without a softmax (several +inf, nothing but -inf, NaN)
    is NaN. ValueError for a temperature that is not positive and finite. Goodfellow, Bengio, Courville, Deep
    Learning, section 6.2.2.3.

    >>> cross_entropy_terms_from_logits([1.0, 0.0], [-1000.0, 1000.0]).tolist()
    [2000.0, 0.0]
    """
    return cross_entropy_terms_from_log_probabilities(targets, log_softmax(logits, temperature))


def cross_entropy(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Cross-entropy -sum_k t_k ln p_k of each row, in nats.

    targets, probabilities: (..., K), as for `cross_entropy_terms`, whose sum it is. Returns (...).
    inf where a class with t_k > 0 has p_k = 0, 0 where a one-hot target has p = 1. NaN passes through.
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.3.

    >>> float(cross_entropy([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]))
    0.886941378500559
    """
    return _sum(cross_entropy_terms(targets, probabilities))


def cross_entropy_from_logits(targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0) -> Vectors:
    """Cross-entropy -sum_k t_k ln p_k of each row, in nats, with p = softmax(z / T).

    targets, logits: (..., K), as for `cross_entropy_terms_from_logits`, whose sum it is. Returns (...).
    inf where t_k > 0 and z_k = -inf; NaN for a row without a softmax.
    ValueError for a temperature that is not positive and finite.
    Goodfellow, Bengio, Courville, Deep Learning, section 6.2.2.3.

    >>> round(float(cross_entropy_from_logits([1.0, 0.0, 0.0], [2.0, 1.0, 0.1])), 12)
    0.417030016278
    """
    return _sum(cross_entropy_terms_from_logits(targets, logits, temperature))


@np.errstate(all="ignore")
def categorical_cross_entropy(true_class: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Loss -ln p_c of the true class c, in nats: what the cross-entropy is for a one-hot target.

    true_class: (...), whole numbers 0 to K - 1; probabilities: (..., K), 0 <= p_k <= 1. Returns (...).
    inf at p_c = 0, 0 at p_c = 1. NaN passes through. ValueError for a class that is not there.
    Goodfellow, Bengio, Courville, Deep Learning, section 5.5.

    >>> float(categorical_cross_entropy(0, [0.4, 0.3, 0.3]))
    0.916290731874155
    """
    return _of_class(true_class, np.subtract(0.0, np.log(_array(probabilities))))


def categorical_cross_entropy_from_logits(
    true_class: ArrayLike, logits: ArrayLike, temperature: float = 1.0
) -> Vectors:
    """Loss -ln p_c of the true class c, in nats, with p = softmax(z / T).

    true_class: (...), whole numbers 0 to K - 1; logits: (..., K). Returns (...). inf at z_c = -inf; NaN for a
    row without a softmax. ValueError for a class that is not there, or a temperature that is not positive and
    finite. Goodfellow, Bengio, Courville, Deep Learning, section 6.2.2.3.

    >>> float(categorical_cross_entropy_from_logits(0, [40.0, 0.0]))
    4.248354255291589e-18
    """
    return _of_class(true_class, 0.0 - log_softmax(logits, temperature))


def _of_class(true_class: ArrayLike, losses: Vectors) -> Vectors:
    classes: NDArray[np.intp] = np.asarray(true_class)
    if classes.dtype.kind not in "iu" or (classes < 0).any() or (classes >= losses.shape[-1]).any():
        raise ValueError(f"The true class is a whole number from 0 to {losses.shape[-1] - 1}.")
    lead = np.broadcast_shapes(classes.shape, losses.shape[:-1])
    losses = np.broadcast_to(losses, (*lead, losses.shape[-1]))
    return np.take_along_axis(losses, np.broadcast_to(classes, lead)[..., None], axis=-1)[..., 0]


@np.errstate(all="ignore")
def binary_cross_entropy_terms(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Losses -t ln p - (1 - t) ln(1 - p), in nats, element by element.

    targets, probabilities: any shape, 0 <= t <= 1, 0 <= p <= 1. Returns their shape. 0 ln 0 counts as 0: t =
    1 at p = 1 and t = 0 at p = 0 cost exactly 0, t = 1 at p = 0 and t = 0 at p = 1 cost inf. NaN passes
    through, p outside 0 to 1 gives NaN where its logarithm is needed. Bishop, Pattern Recognition and Machine
    Learning, equation 4.90.

    >>> binary_cross_entropy_terms([1.0, 0.0, 0.0], [0.4, 0.6, 1e-20]).tolist()
    [0.916290731874155, 0.916290731874155, 1e-20]
    """
    t, p = _array(targets), _array(probabilities)
    # ln(1 - p) as log1p(-p): 1 - 1e-20 rounds to 1.
    off: Vectors = np.asarray(-p * (t != 1.0))
    np.log1p(off, out=off)
    off *= 1.0 - t
    off -= cross_entropy_terms(t, p)
    return _minus(off)


def binary_cross_entropy_terms_from_logits(
    targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0
) -> Vectors:
    """Losses t ln(1 + exp(-z)) + (1 - t) ln(1 + exp(z)), in nats, element by element, with z / T for z.

    targets, logits: any shape, 0 <= t <= 1, logits from -inf to inf. Returns their shape. Exact also where
    the sigmoid rounds to 1 or 0. t = 1 at z = inf and t = 0 at z = -inf cost 0, the other way inf. NaN passes
    through. ValueError for a temperature that is not positive and finite. Goodfellow, Bengio, Courville, Deep
    Learning, section 6.2.2.2.

    >>> binary_cross_entropy_terms_from_logits([1.0, 0.0], [40.0, 1000.0]).tolist()
    [4.248354255291589e-18, 1000.0]
    """
    return Sigmoid(logits, temperature).terms(_array(targets))


def multilabel_cross_entropy(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Sum over the labels of -t_k ln p_k - (1 - t_k) ln(1 - p_k), in nats.

    targets, probabilities: (..., K), 0 <= t_k <= 1, 0 <= p_k <= 1; rows need not sum to 1. Returns (...).
    Edges as for `binary_cross_entropy_terms`, whose sum it is.
    Bishop, Pattern Recognition and Machine Learning, section 5.2.

    >>> round(float(multilabel_cross_entropy([1, 0, 1, 0], [0.6, 0.7, 0.2, 0.1])), 12)
    3.429596856184
    """
    return _sum(binary_cross_entropy_terms(targets, probabilities))


def multilabel_cross_entropy_from_logits(
    targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0
) -> Vectors:
    """Sum over the labels of the binary cross-entropies, in nats, with p_k = sigmoid(z_k / T).

    targets, logits: (..., K), 0 <= t_k <= 1, logits from -inf to inf. Returns (...).
    Edges and errors as for `binary_cross_entropy_terms_from_logits`, whose sum it is.
    Bishop, Pattern Recognition and Machine Learning, section 5.2.

    >>> round(float(multilabel_cross_entropy_from_logits([1, 0], [0.4, 0.8])), 12)
    1.684115918348
    """
    return _sum(binary_cross_entropy_terms_from_logits(targets, logits, temperature))


def entropy(targets: ArrayLike) -> Vectors:
    """Entropy -sum_k t_k ln t_k of each row, in nats: the smallest cross-entropy any prediction can have.

    targets: (..., K), 0 <= t_k <= 1. Returns (...). 0 ln 0 counts as 0, so a one-hot row has entropy 0, never
    -0.0. NaN passes through, and a negative t_k gives NaN. Cover & Thomas, Elements of Information Theory,
    2nd ed., section 2.1.

    >>> float(entropy([0.5, 0.25, 0.25])) / float(entropy([0.5, 0.5]))
    1.5
    """
    return cross_entropy(targets, targets)


@np.errstate(all="ignore")
def kl_divergence_terms(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Terms -t_k ln(p_k / t_k) of the KL divergence from prediction to target, in nats.

    targets, probabilities: (..., K), t_k >= 0, 0 <= p_k <= 1. Returns (..., K); single terms may be negative.
    t_k = 0 gives 0, t_k > 0 at p_k = 0 gives inf, p_k = t_k gives exactly 0. NaN passes through.
    ln(p / t) is computed from |p - t| over the smaller of the two, by log1p, which keeps the digits that
    cross-entropy minus entropy loses.
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.3.

    >>> kl_divergence_terms([0.5, 0.5, 0.0], [0.5, 0.25, 0.25]).tolist()
    [0.0, 0.34657359027997264, 0.0]
    """
    t, p = np.broadcast_arrays(_array(targets), _array(probabilities))
    change = p - t
    logarithms = filled(np.minimum(p, t), t)
    np.divide(change, logarithms, out=logarithms)
    np.log1p(np.abs(logarithms, out=logarithms), out=logarithms)
    # Beyond the range of a double only the difference of logarithms is left.
    beyond = logarithms == np.inf
    np.copysign(logarithms, change, out=logarithms)
    if beyond.any():
        logarithms[beyond] = np.log(p[beyond]) - np.log(t[beyond])
    return _minus(np.multiply(t, logarithms, out=logarithms))


@np.errstate(all="ignore")
def kl_divergence_terms_from_log_probabilities(targets: ArrayLike, log_probabilities: ArrayLike) -> Vectors:
    """Terms -t_k (ln p_k - ln t_k) of the KL divergence, in nats, from ln p_k.

    targets, log_probabilities: (..., K), t_k >= 0, ln p_k <= 0. Returns (..., K).
    t_k = 0 gives 0, t_k > 0 at ln p_k = -inf gives inf. NaN passes through.
    Cover & Thomas, Elements of Information Theory, 2nd ed., section 2.3.

    >>> kl_divergence_terms_from_log_probabilities([1.0, 0.0], [-2000.0, 0.0]).tolist()
    [2000.0, 0.0]
    """
    t, logarithms = _array(targets), _array(log_probabilities)
    differences = filled(t, t)
    np.log(differences, out=differences)
    return _minus(product(t, logarithms - differences))


def kl_divergence(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """KL divergence -sum_k t_k ln(p_k / t_k) of each row, in nats: the cross-entropy less the entropy.

    targets, probabilities: (..., K), as for `kl_divergence_terms`, whose sum it is. Returns (...).
    0 where p = t, inf where t_k > 0 has p_k = 0. NaN passes through.
    Kullback & Leibler, On information and sufficiency, Ann. Math. Statist. 22 (1951).

    >>> round(float(kl_divergence([0.7, 0.2, 0.1], [0.5, 0.3, 0.2])), 12)
    0.085122825957
    """
    return _sum(kl_divergence_terms(targets, probabilities))


def kl_divergence_from_logits(targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0) -> Vectors:
    """KL divergence -sum_k t_k ln(p_k / t_k) of each row, in nats, with p = softmax(z / T).

    targets, logits: (..., K), t_k >= 0, logits from -inf to inf. Returns (...).
    inf where t_k > 0 and z_k = -inf; NaN for a row without a softmax.
    ValueError for a temperature that is not positive and finite.
    Kullback & Leibler, On information and sufficiency, Ann. Math. Statist. 22 (1951).

    >>> float(kl_divergence_from_logits([1.0, 0.0], [0.0, 1000.0]))
    1000.0
    """
    return _sum(kl_divergence_terms_from_log_probabilities(targets, log_softmax(logits, temperature)))


@np.errstate(all="ignore")
def square_error_terms(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Square errors (p_k - t_k)^2, element by element, without a unit.

    targets, probabilities: any shape. Returns their shape. At most 1 for numbers from 0 to 1, where the
    cross-entropy has no bound. NaN and infinities pass through.
    Brier, Verification of forecasts expressed in terms of probability, Mon. Weather Rev. 78 (1950).

    >>> square_error_terms([1.0, 0.0], [0.5, 0.25]).tolist()
    [0.25, 0.0625]
    """
    return np.square(_array(probabilities) - _array(targets))


@np.errstate(all="ignore")
def _sum(terms: Vectors) -> Vectors:
    total: Vectors = terms.sum(axis=-1)
    return total


def _minus(terms: Vectors) -> Vectors:
    """-terms, in place; from 0, so that 0 does not become -0.0."""
    return np.subtract(0.0, terms, out=terms)
