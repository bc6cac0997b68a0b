"""Softmax and sigmoid: what turns logits into probabilities, without losing digits at either end."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ceviz.core.document import Vectors
from ceviz.core.weighting import product


class Softmax:
    """The softmax of rows of logits, its logarithm and its distance from a target, from one exponential.

    The largest logit is kept apart: 1 - p of that class is the share of the others, and ln p = -ln(1 +
    others) keeps all its digits when p is within rounding of 1.
    """

    @np.errstate(all="ignore")
    def __init__(self, logits: ArrayLike, temperature: float = 1.0) -> None:
        array = np.asarray(logits, dtype=np.float64)
        require_temperature(temperature)
        self.shape = array.shape
        rows = array.reshape(-1, array.shape[-1])
        self._rows = np.arange(len(rows))
        self._peak = rows.argmax(axis=1)
        highest = rows[self._rows, self._peak]
        # Differences first, then T: z/T rounded would cost digits where two large logits lie close together.
        self._shifted = rows - highest[:, None]
        if temperature != 1.0:
            self._shifted /= temperature
        if temperature > 1.0:
            far = np.isinf(self._shifted)  # also where only the difference overflows, not the quotients
            self._shifted[far] = (rows / temperature - (highest / temperature)[:, None])[far]
        # Infinity minus infinity: 0 for one infinite logit. Rows of -inf alone, or with NaN, have no softmax.
        at_peak = np.where(highest > -np.inf, 0.0, np.nan)
        self._shifted[self._rows, self._peak] = at_peak
        self._exponentials = np.exp(self._shifted)
        self._exponentials[self._rows, self._peak] = 0.0
        self._others = self._exponentials.sum(axis=1)
        self._exponentials[self._rows, self._peak] = at_peak + 1.0
        self._temperature = temperature

    @np.errstate(all="ignore")
    def probabilities(self) -> Vectors:
        """The softmax, in the shape of the logits."""
        probabilities: Vectors = self._exponentials / (1.0 + self._others)[:, None]
        return probabilities.reshape(self.shape)

    @np.errstate(all="ignore")
    def log_probabilities(self) -> Vectors:
        """The logarithm of the softmax, in nats, in the shape of the logits."""
        logarithms: Vectors = self._shifted - np.log1p(self._others)[:, None]
        return logarithms.reshape(self.shape)

    @np.errstate(all="ignore")
    def minus(self, targets: Vectors) -> Vectors:
        """(sum_j t_j p_k - t_k) / T: the gradient of -sum t ln p with respect to the logits."""
        targets = np.broadcast_to(targets, self.shape).reshape(-1, self.shape[-1])
        total = targets.sum(axis=1)
        others = total * (self._others / (1.0 + self._others))
        gradient: Vectors = self._exponentials * (total / (1.0 + self._others))[:, None]
        gradient -= targets
        # Where one class has more than half, p - t is taken from 1 - p, which is known to all its digits.
        near = np.flatnonzero(self._others < 1.0)
        peak = self._peak[near]
        gradient[near, peak] = total[near] - targets[near, peak] - others[near]
        if self._temperature != 1.0:
            gradient /= self._temperature
        return gradient.reshape(self.shape)


class Sigmoid:
    """The sigmoid of logits, and the loss and slope of targets under it, from one exponential.

    Of p and 1 - p the smaller is known to all its digits: exp(-|z|) / (1 + exp(-|z|)).
    """

    @np.errstate(all="ignore")
    def __init__(self, logits: ArrayLike, temperature: float = 1.0) -> None:
        require_temperature(temperature)
        z = np.asarray(logits, dtype=np.float64)
        self._logits = z if temperature == 1.0 else z / temperature
        self._positive = ~np.signbit(self._logits)
        small = np.abs(self._logits, out=np.empty(z.shape))
        self._exponentials = np.exp(np.negative(small, out=small), out=small)
        self._total = 1.0 + small
        self._temperature = temperature

    @np.errstate(all="ignore")
    def probabilities(self) -> Vectors:
        """The sigmoid, in the shape of the logits."""
        probabilities: Vectors = np.maximum(self._exponentials, self._positive)
        probabilities /= self._total
        return probabilities

    @np.errstate(all="ignore")
    def log_probabilities(self) -> Vectors:
        """The logarithm of the sigmoid, in nats, in the shape of the logits."""
        logarithms: Vectors = np.minimum(self._logits, 0.0) - np.log1p(self._exponentials)
        return logarithms

    @np.errstate(all="ignore")
    def terms(self, targets: Vectors) -> Vectors:
        """-t ln p - (1 - t) ln(1 - p), in nats."""
        # ln(1 + exp(z)) = z + ln(1 + exp(-z)): both halves of the loss share the logarithm.
        wrong = np.asarray(targets - self._positive)
        terms = product(np.abs(wrong, out=wrong), np.abs(self._logits))
        terms += np.log1p(self._exponentials)
        return terms

    @np.errstate(all="ignore")
    def minus(self, targets: Vectors) -> Vectors:
        """(p - t) / T: the gradient of the terms with respect to the logits."""
        smaller = np.asarray(self._exponentials / self._total)
        # smaller - t for negative logits, (1 - t) - smaller for the others.
        gradient: Vectors = self._positive - targets
        gradient -= np.copysign(smaller, self._logits, out=smaller)
        if self._temperature != 1.0:
            gradient /= self._temperature
        return gradient


def require_temperature(temperature: float) -> None:
    """Raise ValueError unless the temperature is positive and finite."""
    if not 0.0 < temperature < np.inf:
        raise ValueError("The temperature is a number above 0.")


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Vectors:
    """Probabilities exp(z_k / T) / sum_j exp(z_j / T).

    logits: (..., K), from -inf to inf. Returns (..., K), each row summing to 1. One logit of +inf gives 1 to
    its class; -inf gives 0. Several +inf, nothing but -inf, or NaN: a row of NaN. ValueError for a
    temperature that is not positive and finite. Goodfellow, Bengio, Courville, Deep Learning, section 4.1;
    Blanchard, Higham, Higham, IMA J. Numer. Anal. 41 (2021).

    >>> softmax([1000.0, 1000.0, -1000.0]).tolist()
    [0.5, 0.5, 0.0]
    >>> softmax([float("inf"), 3.0]).tolist()
    [1.0, 0.0]
    """
    return Softmax(logits, temperature).probabilities()


def log_softmax(logits: ArrayLike, temperature: float = 1.0) -> Vectors:
    """Logarithms of the softmax in nats, (z_k - z_max) / T - ln(1 + sum_(j other) exp((z_j - z_max) / T)).

    logits: (..., K), from -inf to inf. Returns (..., K), each at most 0, exact to a few units in the last
    place also where the probability rounds to 1 or underflows to 0. One logit of +inf: 0 for it, -inf for the
    others. Several +inf, nothing but -inf, or NaN: a row of NaN. ValueError for a temperature that is not
    positive and finite. Blanchard, Higham, Higham, Accurately computing the log-sum-exp and softmax
    functions, section 4.

    >>> log_softmax([40.0, 0.0]).tolist()
    [-4.248354255291589e-18, -40.0]
    """
    return Softmax(logits, temperature).log_probabilities()


def sigmoid(logits: ArrayLike, temperature: float = 1.0) -> Vectors:
    """Probabilities 1 / (1 + exp(-z / T)), element by element.

    logits: any shape, from -inf (gives 0) to inf (gives 1); NaN passes through. Returns the same shape.
    ValueError for a temperature that is not positive and finite.
    Goodfellow, Bengio, Courville, Deep Learning, section 3.10.

    >>> sigmoid([-1000.0, 0.0, 1000.0]).tolist()
    [0.0, 0.5, 1.0]
    """
    return Sigmoid(logits, temperature).probabilities()


def log_sigmoid(logits: ArrayLike, temperature: float = 1.0) -> Vectors:
    """Logarithms of the sigmoid in nats, min(z, 0) - ln(1 + exp(-|z|)) with z / T for z.

    logits: any shape, from -inf (gives -inf) to inf (gives 0); NaN passes through. Returns the same shape.
    ln(1 - p) is `log_sigmoid(-logits)`. ValueError for a temperature that is not positive and finite.
    Maechler, Accurately computing log(1 - exp(-|a|)), 2012.

    >>> log_sigmoid([-1000.0, 40.0]).tolist()
    [-1000.0, -4.248354255291589e-18]
    """
    return Sigmoid(logits, temperature).log_probabilities()
