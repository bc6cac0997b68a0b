"""The least loss that is left where an activation is applied twice: what no model can beat."""

from __future__ import annotations

import math

import numpy as np

from ceviz.core.document import Vectors

_HALVINGS = 60


def softmax_twice_floor(target: Vectors) -> float:
    """The smallest cross-entropy of a target and softmax(p), over all distributions p, in nats.

    target: (K,), a distribution. A softmax of probabilities is never sharp: of a one-hot target
    ln(e + K - 1) - 1 is left. In general p is the solution of the conditions of Karush, Kuhn and Tucker:
    with e_k = exp(p_k) and a = sum e_k, e_k = max(1, a t_k + b), where a and b make sum ln e_k = 1.
    Boyd & Vandenberghe, Convex Optimization, section 5.5.3.

    >>> import numpy as np
    >>> round(softmax_twice_floor(np.array([1.0, 0.0, 0.0])), 3), round(math.log(math.e + 2) - 1, 3)
    (0.551, 0.551)
    """
    falling = -np.sort(-target)
    low, high = float(len(target)), len(target) - 1 + math.e
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if np.log(_exponentials(falling, middle)).sum() < 1.0:
            low = middle
        else:
            high = middle
    best = np.log(_exponentials(falling, high))
    return float(np.log(np.exp(best).sum()) - (falling * best).sum())


def _exponentials(falling: Vectors, total: float) -> Vectors:
    """max(1, a t + b) for the b with which they sum to a = `total`; the targets fall."""
    count = len(falling)
    above = np.arange(1, count + 1)
    shifts = (total - (count - above) - total * falling.cumsum()) / above
    # So many of the targets lie above 1 as lie there with the shift that fits their number.
    fits = total * falling + shifts >= 1.0
    shift = shifts[max(0, int(fits.sum()) - 1)]
    exponentials: Vectors = np.maximum(1.0, total * falling + shift)
    return exponentials


def sigmoid_twice_floor(targets: Vectors) -> float:
    """The smallest sum of binary cross-entropies of targets and sigmoid(p), over all p from 0 to 1, in nats.

    targets: (K,), from 0 to 1. sigmoid(p) reaches from 0.5 to 0.731: a label that is on costs at least
    ln(1 + 1/e) = 0.313, one that is off ln 2.

    >>> import numpy as np
    >>> round(sigmoid_twice_floor(np.array([1.0])), 3), round(sigmoid_twice_floor(np.array([0.0])), 3)
    (0.313, 0.693)
    """
    with np.errstate(divide="ignore"):
        best = np.clip(np.log(targets) - np.log1p(-targets), 0.0, 1.0)
    return float((targets * np.logaddexp(0.0, -best) + (1.0 - targets) * np.logaddexp(0.0, best)).sum())
