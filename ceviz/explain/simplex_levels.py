"""What lies behind the points of a simplex: the triangle, and its bands between levels of the loss.

Coordinates are those of an equilateral triangle of side 1 with the first corner at the top, the second at the
lower left and the third at the lower right.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ceviz.core.document import Unit, Vectors
from ceviz.explain import focal, numbers
from ceviz.explain.level_rings import rings

LEVELS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Edges between the bands, in the shown unit: band k lies between level k − 1 and level k."""
_EDGE_LABELS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
_RING_LABELS = (0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
_MOST_RING_LABELS = 3
_LABEL_GAP = 0.045
_MARK_LEFT, _MARK_RIGHT = 0.25, 0.09
"""How far the mark of a target and its name reach, with half a label."""
_NEAR_CORNER, _NEAR_EDGE = 0.96, 0.03
"""Level lines closer to their corner, or to the edge across from it, are not labelled."""
_LABEL_ROOM = 0.065
"""How far level lines have to be apart for a label each."""
HEIGHT = math.sqrt(3) / 2
CORNERS = np.array([[0.5, HEIGHT], [0.0, 0.0], [1.0, 0.0]])
_CENTRE = np.full(3, 1 / 3)
_PAST_THE_MIDDLE = math.radians(24)

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """An area between two levels, in the colour of `index` (0 to 9). Later bands are painted over earlier."""

    index: int
    points: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class LevelLabel:
    """A level's text; (dx, dy) points from the level line to the text, (0, 0) for one that stands on it."""

    x: float
    y: float
    text: str
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What each place costs, in nats: `base` at the lowest one, plus `scale` times the excess over that.

    `weights`: of the three costs, with sum 1. Without a focal factor, `gamma`, they are the lowest place, and
    the excess is the KL divergence from it. `together`: what the three classes share.
    """

    weights: tuple[float, ...]
    unit: Unit
    base: float = 0.0
    scale: float = 1.0
    gamma: float = 0.0
    together: float = 1.0

    @property
    def heights(self) -> tuple[float, ...]:
        """The excess at each of `LEVELS`; not above 0 for one that lies below `base`."""
        nats = numbers.LN2 if self.unit is Unit.BITS else 1.0
        return tuple((level * nats - self.base) / self.scale for level in LEVELS)

    @property
    def corner(self) -> int:
        """The one class whose cost counts."""
        return self.weights.index(1.0)

    @property
    def lowest(self) -> Vectors:
        """Shares, (3,)."""
        return np.array(focal.lowest(self.weights, self.gamma, self.together)) / self.together

    def share(self, height: float) -> float:
        """The share of the one class that counts, at a height."""
        return focal.place_of_cost(height, self.gamma, self.together)

    def rings(self, heights: tuple[float, ...]) -> Vectors:
        """Closed lines at heights above 0, (heights, points, 3)."""
        return rings(self.weights, heights, self.gamma, self.together) if heights else np.empty((0, 0, 3))


def place_of(p: Vectors) -> Place:
    """Where shares (3,) lie."""
    x, y = (p / p.sum()) @ CORNERS
    return float(x), float(y)


def between(first: int, second: int, p_first: float) -> Place:
    """A place on the edge between two corners."""
    p = np.zeros(3)
    p[first], p[second] = p_first, 1 - p_first
    return place_of(p)


def flat(value: float) -> tuple[Band, ...]:
    """The whole triangle at one level."""
    return (Band(bisect_right(LEVELS, value), _WHOLE),)


_WHOLE = tuple(place_of(corner) for corner in np.eye(3))


@lru_cache(maxsize=16)
def straight_bands(ground: Ground) -> tuple[Band, ...]:
    """Across the corner of the one class whose cost counts."""
    corner = ground.corner
    left, right = (k for k in range(3) if k != corner)
    above = [height for height in ground.heights if height > 0]
    edges = [1.0, *map(ground.share, above), 0.0]
    bands = []
    for index, (near, far) in enumerate(pairwise(edges), len(LEVELS) - len(above)):
        sides = [between(corner, left, near), between(corner, left, far), between(corner, right, far)]
        bands.append(Band(index, tuple(sides if near == 1 else [*sides, between(corner, right, near)])))
    return tuple(bands)


@lru_cache(maxsize=16)
def edge_labels(ground: Ground, label_end: int) -> tuple[LevelLabel, ...]:
    """At the ends of straight level lines, outside the triangle, on the edge towards `label_end`."""
    corner = ground.corner
    opposite = CORNERS[3 - corner - label_end]
    middle = (CORNERS[corner] + CORNERS[label_end]) / 2
    dx, dy = (middle - opposite) / HEIGHT
    return tuple(
        LevelLabel(*between(corner, label_end, share), f"{level:g}", float(dx), float(dy))
        for level, share in _labelled(ground)
    )


def _labelled(ground: Ground) -> Iterator[tuple[float, float]]:
    """Levels whose lines leave room for a label each, and the shares there."""
    last = _NEAR_CORNER
    for level, height in zip(LEVELS, ground.heights, strict=True):
        share = ground.share(height) if level in _EDGE_LABELS and height > 0 else 1.0
        if _NEAR_EDGE < share < last:
            yield level, share
            last = share - _LABEL_ROOM


@lru_cache(maxsize=16)
def ring_bands(ground: Ground) -> tuple[Band, ...]:
    """The whole triangle in the last colour, and inside it ring after ring around the lowest place."""
    heights = tuple(height for height in ground.heights if height > 0)
    found = ground.rings(heights)
    inner = [
        Band(index, tuple((x, y) for x, y in (ring @ CORNERS).tolist()))
        for index, ring in enumerate(found, len(LEVELS) - len(heights))
    ]
    return (Band(len(LEVELS), _WHOLE), *reversed(inner))


@lru_cache(maxsize=16)
def ring_labels(ground: Ground, target: Place | None) -> tuple[LevelLabel, ...]:
    """On the innermost rings, below the lowest place or past the middle of the triangle.

    They are clear of each other, and of a target that is marked besides the lowest place. A prediction
    that is too flat lies between the lowest place and the middle, and would cover them there.
    """
    heights = {level: height for level, height in zip(LEVELS, ground.heights, strict=True) if height > 0}
    lines = dict(zip(heights, ground.rings(tuple(heights.values())), strict=True))
    lowest = ground.lowest
    inwards = (_CENTRE - lowest) @ CORNERS
    way = _turned_down(inwards if np.linalg.norm(inwards) > 0.05 else np.array([0.0, -1.0]))
    labels: list[LevelLabel] = []
    for level in _RING_LABELS:
        if level not in lines or len(labels) == _MOST_RING_LABELS:
            continue
        away = (lines[level] - lowest) @ CORNERS
        lengths = np.maximum(np.linalg.norm(away, axis=1), 1e-12)
        x, y = (lines[level] @ CORNERS)[int((away @ way / lengths).argmax())].tolist()
        if _is_clear((x, y), target, labels):
            labels.append(LevelLabel(x, y, f"{level:g}", 0.0, 0.0))
    return tuple(labels)


def _is_clear(at: Place, target: Place | None, labels: list[LevelLabel]) -> bool:
    """Whether a label stands beside the target's mark, whose name is at its left, and beside other labels."""
    if any(math.dist(at, (label.x, label.y)) < _LABEL_GAP for label in labels):
        return False
    if target is None:
        return True
    right, up = at[0] - target[0], at[1] - target[1]
    return not (-_MARK_LEFT < right < _MARK_RIGHT and abs(up) < _MARK_RIGHT)


def _turned_down(way: Vectors) -> Vectors:
    """A way (2,) past the middle, and not up to where the target has its name."""
    right_and_up = bool((way > 0).all())
    sine, cosine = math.sin(_PAST_THE_MIDDLE), math.cos(_PAST_THE_MIDDLE)
    sine = -sine if right_and_up else sine
    return np.array([[cosine, -sine], [sine, cosine]]) @ way
