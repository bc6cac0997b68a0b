"""Lines of equal excess on the simplex of three classes, around its lowest place.

The excess, without options the KL divergence from a target, is convex in p and 0 at its lowest place. So
every level set is star-shaped about that: on each ray from it, it is crossed once, where bisection finds it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ceviz.core.document import Vectors
from ceviz.explain import focal

_DIRECTIONS = 180
_STEPS = 36
_PLANE = np.array([[1.0, -1.0, 0.0], [1.0, 1.0, -2.0]]) / np.sqrt([[2.0], [6.0]])
"""Two directions at right angles in which probabilities keep their sum."""


@lru_cache(maxsize=16)
def rings(
    weights: tuple[float, ...], levels: tuple[float, ...], gamma: float = 0.0, together: float = 1.0
) -> Vectors:
    """Where the excess has each level (in nats), as closed lines of shares: (levels, points, 3).

    `weights` of the three costs sum to 1: without a focal factor they are the lowest place t, and the excess
    is KL(t‖p). `together`: what the shares are shares of. Where the border of the simplex comes before the
    level, the line runs along the border.
    """
    lowest = np.array(focal.lowest(weights, gamma, together)) / together
    directions = _directions(lowest)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_border = np.where(directions < 0, -lowest / directions, np.inf).min(axis=1)
    low = np.zeros((len(levels), len(directions)))
    high = np.broadcast_to(to_border, low.shape)
    heights = np.array(levels)[:, None]
    for _ in range(_STEPS):
        middle = (low + high) / 2
        places = np.maximum(lowest + middle[..., None] * directions, 0.0) * together
        above = _excess(weights, places, lowest * together, gamma) > heights
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    lines: Vectors = np.maximum(lowest + low[..., None] * directions, 0.0)
    lines /= lines.sum(axis=-1, keepdims=True)
    lines.flags.writeable = False
    return lines


def _directions(start: Vectors) -> Vectors:
    """All around, and to each corner, in the order of their angles."""
    to_corners = (np.eye(3) - start) @ _PLANE.T
    angles = np.linspace(-np.pi, np.pi, _DIRECTIONS, endpoint=False)
    angles = np.sort(np.append(angles, np.arctan2(to_corners[:, 1], to_corners[:, 0])))
    directions: Vectors = np.column_stack((np.cos(angles), np.sin(angles))) @ _PLANE
    # Along an edge the third probability stays what it is: without this, rounding would end the ray at once.
    directions[np.abs(directions) < 1e-12] = 0.0
    return directions


def _excess(weights: tuple[float, ...], p: Vectors, lowest: Vectors, gamma: float) -> Vectors:
    counts = np.array(weights) > 0
    costs = focal.cost(p[..., counts], gamma) - focal.cost(lowest[counts], gamma)
    excess: Vectors = costs @ np.array(weights)[counts]
    return excess
