"""Lines of equal KL divergence on the simplex of three classes, around any target.

The KL divergence is convex in p and 0 at p = t, so every level set is star-shaped about t: on each ray from t
it is crossed once, where bisection finds it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ceviz.core.document import Vectors

_DIRECTIONS = 180
_STEPS = 36
_PLANE = np.array([[1.0, -1.0, 0.0], [1.0, 1.0, -2.0]]) / np.sqrt([[2.0], [6.0]])
"""Two directions at right angles in which probabilities keep their sum."""


@lru_cache(maxsize=16)
def rings(target: tuple[float, ...], levels: tuple[float, ...]) -> Vectors:
    """Where KL(t‖p) has each level (in nats), as closed lines around t: (levels, points, 3).

    Where the border of the simplex comes before the level, the line runs along the border.
    """
    t = np.array(target)
    directions = _directions(t)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_border = np.where(directions < 0, -t / directions, np.inf).min(axis=1)
    low = np.zeros((len(levels), len(directions)))
    high = np.broadcast_to(to_border, low.shape)
    heights = np.array(levels)[:, None]
    for _ in range(_STEPS):
        middle = (low + high) / 2
        above = _divergence(t, t + middle[..., None] * directions) > heights
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    lines: Vectors = np.maximum(t + low[..., None] * directions, 0.0)
    lines /= lines.sum(axis=-1, keepdims=True)
    lines.flags.writeable = False
    return lines


def _directions(target: Vectors) -> Vectors:
    """All around, and to each corner, in the order of their angles."""
    to_corners = (np.eye(3) - target) @ _PLANE.T
    angles = np.linspace(-np.pi, np.pi, _DIRECTIONS, endpoint=False)
    angles = np.sort(np.append(angles, np.arctan2(to_corners[:, 1], to_corners[:, 0])))
    directions: Vectors = np.column_stack((np.cos(angles), np.sin(angles))) @ _PLANE
    # Along an edge the third probability stays what it is: without this, rounding would end the ray at once.
    directions[np.abs(directions) < 1e-12] = 0.0
    return directions


def _divergence(target: Vectors, p: Vectors) -> Vectors:
    counts = target > 0
    with np.errstate(divide="ignore"):
        terms = target[counts] * (np.log(target[counts]) - np.log(np.maximum(p[..., counts], 0.0)))
    divergence: Vectors = terms.sum(axis=-1)
    return divergence
