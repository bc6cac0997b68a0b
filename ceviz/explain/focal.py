"""The cost (1 − p)^γ (−ln p) of one class, −ln p itself where γ is 0, and where several of them are lowest.

It falls and is convex in p from 0 to 1 for every γ ≥ 0; so is every sum of such costs with weights.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from ceviz.core.document import Vectors

_MOST_STEPS = 100
_HALVINGS = 60
_CLOSE = 1e-9
_CLOSE_TO_0 = 1e-15
_BISECTIONS = 80


@np.errstate(divide="ignore", invalid="ignore")
def cost(p: ArrayLike, gamma: float) -> Vectors:
    """(1 − p)^γ (−ln p) in nats, of any shape; ∞ at 0."""
    shares = np.asarray(p, np.float64)
    surprises: Vectors = 0.0 - np.log(shares)
    return (1.0 - shares) ** gamma * surprises if gamma else surprises


@np.errstate(divide="ignore", invalid="ignore")
def pull(surprise: ArrayLike, gamma: float) -> Vectors:
    """(1 − p)^γ − γ p (1 − p)^(γ − 1) ln p from −ln p: −p times the slope of the cost; 1 where γ is 0."""
    s = np.asarray(surprise, np.float64)
    if not gamma:
        return np.ones(s.shape)
    rest = 0.0 - np.expm1(-s)
    leaning = gamma * np.exp(-s) * rest**gamma * (s / rest)
    return rest**gamma + np.where((s == 0.0) | (s == np.inf), 0.0, leaning)


def bend(p: Vectors, gamma: float) -> Vectors:
    """The second derivative of the cost, above 0 inside of 0 to 1."""
    rest = 1.0 - p
    value: Vectors = (
        rest**gamma / p**2
        + 2.0 * gamma * rest ** (gamma - 1.0) / p
        - gamma * (gamma - 1.0) * rest ** (gamma - 2.0) * np.log(p)
    )
    return value


def place_of_cost(height: float, gamma: float, start: float = 1.0) -> float:
    """The p at which the cost is higher than at `start` by so many nats, as a share of `start`."""
    if not gamma:
        return float(np.exp(-height))
    wanted = height + float(cost(start, gamma))
    # In −ln p, in which the cost rises and does not lose digits where p is next to 0.
    low = high = -np.log(start)
    while cost(np.exp(-high), gamma) < wanted:
        high = 2.0 * high + 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        above = cost(np.exp(-middle), gamma) > wanted
        low, high = (low, middle) if above else (middle, high)
    return float(np.exp(-low) / start)


@lru_cache(maxsize=32)
def lowest(weights: tuple[float, ...], gamma: float, together: float = 1.0) -> tuple[float, ...]:
    """Which probabilities that sum to `together` make Σ weight · cost smallest; some weight is above 0.

    Without a focal factor they are as the weights are; else Newton's method finds them, with the sum kept.
    """
    w = np.array(weights)
    p = together * w / w.sum()
    counts = w > 0
    # Close to 0 all factors are 1, as without a focal one.
    if gamma and counts.sum() > 1 and together > _CLOSE_TO_0:
        # From halfway to equal shares: none of them is 0 or 1, also by rounding.
        p[counts] = _newton(w[counts], gamma, (p[counts] + together / counts.sum()) / 2)
    return tuple(p.tolist())


def _newton(w: Vectors, gamma: float, p: Vectors) -> Vectors:
    for _ in range(_MOST_STEPS):
        slope = -w * pull(-np.log(p), gamma) / p
        curvature = w * bend(p, gamma)
        step = ((slope / curvature).sum() / (1.0 / curvature).sum() - slope) / curvature
        before, size = (w * cost(p, gamma)).sum(), 1.0
        for _ in range(_HALVINGS):
            moved = p + size * step
            if (moved > 0).all() and (moved < 1).all() and (w * cost(moved, gamma)).sum() <= before:
                break
            size /= 2
        else:
            return p
        p = moved
        if (np.abs(step) <= _CLOSE * p).all():
            break
    return p
