"""Gradients of the cross-entropies, with respect to probabilities and to logits."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ceviz.core.activations import Sigmoid, Softmax
from ceviz.core.document import Vectors
from ceviz.core.weighting import filled


@np.errstate(all="ignore")
def cross_entropy_gradient(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Gradient -t_k / p_k of the cross-entropy with respect to the probabilities, each taken by itself.

    targets, probabilities: (..., K), t_k >= 0, 0 <= p_k <= 1. Returns (..., K), in nats per unit of
    probability. t_k = 0 gives -0.0, also at p_k = 0; t_k > 0 at p_k = 0 gives -inf; at p_k = 1 it is -t_k.
    NaN passes through. Goodfellow, Bengio, Courville, Deep Learning, section 6.2.

    >>> cross_entropy_gradient([1.0, 0.0, 0.0], [0.4, 0.3, 0.3]).tolist()
    [-2.5, -0.0, -0.0]
    """
    t, p = np.asarray(targets, dtype=np.float64), np.asarray(probabilities, dtype=np.float64)
    gradient = filled(p, t)
    return np.negative(np.divide(t, gradient, out=gradient), out=gradient)


def cross_entropy_gradient_from_logits(
    targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0
) -> Vectors:
    """Gradient (p_k sum_j t_j - t_k) / T of the cross-entropy with respect to the logits, p = softmax(z / T).

    targets, logits: (..., K). Returns (..., K), in nats per unit of logit; where the targets sum to 1, rows
    sum to 0. p - 1 keeps its digits where p rounds to 1. A row without a softmax (several +inf, nothing but
    -inf, NaN) is NaN. ValueError for a temperature that is not positive and finite. Bishop, Pattern
    Recognition and Machine Learning, equation 4.109.

    >>> cross_entropy_gradient_from_logits([1.0, 0.0], [40.0, 0.0]).tolist()
    [-4.248354255291589e-18, 4.248354255291589e-18]
    """
    t, z = np.broadcast_arrays(np.asarray(targets, np.float64), np.asarray(logits, np.float64))
    return Softmax(z, temperature).minus(t)


@np.errstate(all="ignore")
def binary_cross_entropy_gradient(targets: ArrayLike, probabilities: ArrayLike) -> Vectors:
    """Gradient (p - t) / (p (1 - p)) of the binary cross-entropy with respect to the probability, by element.

    targets, probabilities: any shape, 0 <= t <= 1, 0 <= p <= 1. Returns their shape, in nats per unit of
    probability. t = 1 gives -1 / p (-1 at p = 1, -inf at 0), t = 0 gives 1 / (1 - p) (1 at p = 0, inf at 1).
    NaN passes through. Goodfellow, Bengio, Courville, Deep Learning, section 6.2.

    >>> binary_cross_entropy_gradient([1.0, 0.0, 1.0], [0.4, 0.6, 1.0]).tolist()
    [-2.5, 2.5, -1.0]
    """
    t, p = np.asarray(targets, dtype=np.float64), np.asarray(probabilities, dtype=np.float64)
    off, on = t == 0.0, t == 1.0
    # A certain target leaves one factor only: (p - t) / (p (1 - p)) is -1 / p or 1 / (1 - p).
    difference = np.clip(p - t, 2.0 * off - 1.0, 1.0 - 2.0 * on)
    gradient: Vectors = difference / (np.maximum(p, off) * np.maximum(1.0 - p, on))
    return gradient


def binary_cross_entropy_gradient_from_logits(
    targets: ArrayLike, logits: ArrayLike, temperature: float = 1.0
) -> Vectors:
    """Gradient (p - t) / T of the binary cross-entropy with respect to the logit, p = sigmoid(z / T).

    targets, logits: any shape, 0 <= t <= 1. Returns their shape, in nats per unit of logit. p - 1 keeps its
    digits where p rounds to 1; z of -inf and inf give (0 - t) / T and (1 - t) / T. NaN passes through.
    ValueError for a temperature that is not positive and finite. Bishop, Pattern Recognition and Machine
    Learning, equation 4.91.

    >>> binary_cross_entropy_gradient_from_logits([1.0, 0.0], [40.0, -40.0]).tolist()
    [-4.248354255291589e-18, 4.248354255291589e-18]
    """
    return Sigmoid(logits, temperature).minus(np.asarray(targets, dtype=np.float64))
