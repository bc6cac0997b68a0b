"""The simplex of three classes: every prediction there is, and what it would cost.

Coordinates are those of an equilateral triangle of side 1 with the first class at the top, the second at the
lower left and the third at the lower right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ceviz.core.document import Unit, Vectors
from ceviz.explain import numbers
from ceviz.explain.level_rings import rings
from ceviz.explain.parts import (
    floor_and_excess,
    is_valid,
    shown_loss,
    shown_probabilities,
    shown_target,
)
from ceviz.explain.shown import Shown

LEVELS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Edges between the bands, in the shown unit: band k lies between level k − 1 and level k."""
_EDGE_LABELS = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0)
_RING_LABELS = (0.1, 0.25, 0.5)
_HEIGHT = math.sqrt(3) / 2
CORNERS = np.array([[0.5, _HEIGHT], [0.0, 0.0], [1.0, 0.0]])
_CENTRE = np.full(3, 1 / 3)
_ENDS = ((2, 1), (2, 0), (0, 1))
"""Of a level line around each corner: towards which corner its label stands, and towards which its value."""

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Corner:
    """Where one class is certain."""

    class_index: int
    name: str
    x: float
    y: float


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
class SimplexPoint:
    """The prediction or the target. `class_index` is the true class of a one-hot target."""

    x: float
    y: float
    class_index: int | None
    title: str
    value_text: str
    accessible: str


@dataclass(frozen=True, slots=True)
class SimplexChart:
    """The triangle of all predictions of three classes, with the loss of each as its ground."""

    corners: tuple[Corner, ...]
    bands: tuple[Band, ...]
    level_labels: tuple[LevelLabel, ...]
    prediction: SimplexPoint | None
    target: SimplexPoint | None
    """None for a one-hot target, which is a corner."""
    level_line: tuple[Place, Place] | None
    """Through the prediction, for a one-hot target; the pill with the loss stands at its first end."""
    infinite_edges: tuple[tuple[Place, Place], ...]
    """Where the loss is as infinite as it is at the prediction."""
    reading: str
    short_reading: str


def simplex_chart(shown: Shown) -> SimplexChart:
    """The simplex around the shown sample; only corners where its row is invalid."""
    if shown.state.class_count != 3 or not shown.task.competing:
        raise ValueError("the simplex needs three classes that compete")
    corners = tuple(
        Corner(index, name, *_at(np.eye(3)[index])) for index, name in enumerate(shown.state.classes)
    )
    if not is_valid(shown):
        return SimplexChart(corners, (), (), None, None, None, (), "", "")
    if shown_target(shown).max() == 1:
        return _one_hot(shown, corners)
    return _soft(shown, corners)


def simplex_probabilities(x: float, y: float) -> Vectors:
    """The prediction at a place, (3,); outside the triangle the nearest one inside."""
    top = y / _HEIGHT
    right = x - top / 2
    raw = np.array([top, 1 - top - right, right])
    # Projection onto the simplex: the triangle has equal angles, so nearest in p is nearest in the plane.
    descending = np.sort(raw)[::-1]
    excess = (np.cumsum(descending) - 1) / np.arange(1, 4)
    clamped: Vectors = np.maximum(raw - excess[np.count_nonzero(descending > excess) - 1], 0.0)
    clamped /= clamped.sum()
    return clamped


def _at(p: Vectors) -> Place:
    x, y = (p / p.sum()) @ CORNERS
    return float(x), float(y)


def _between(first: int, second: int, p_first: float) -> Place:
    p = np.zeros(3)
    p[first], p[second] = p_first, 1 - p_first
    return _at(p)


def _one_hot(shown: Shown, corners: tuple[Corner, ...]) -> SimplexChart:
    """Straight bands across the corner of the true class."""
    true = int(shown_target(shown).argmax())
    label_end, value_end = _ENDS[true]
    loss, p = shown_loss(shown), shown_probabilities(shown)
    share = float(p[true] / p.sum())
    line = _between(true, value_end, share), _between(true, label_end, share)
    text = numbers.loss(loss)
    point = SimplexPoint(*_at(p), true, f"sample {shown.sample + 1}", text, _accessible(shown, text))
    reading = (
        "Every corner is certainty. The loss stays the same along a level line: "
        "how the rest is split does not matter."
    )
    infinite = loss == math.inf
    return SimplexChart(
        corners=corners,
        bands=_straight_bands(true, shown.evaluation.unit),
        level_labels=_edge_labels(true, label_end, shown.evaluation.unit),
        prediction=point,
        target=None,
        level_line=None if infinite else line,
        infinite_edges=_infinite_edges(shown),
        reading=_infinite_reading(shown) if infinite else reading,
        short_reading="The loss is the same along a level line.",
    )


def _share_at(level: float, unit: Unit) -> float:
    """The p of the true class at a level of the loss."""
    return math.exp(-level * (numbers.LN2 if unit is Unit.BITS else 1.0))


@lru_cache(maxsize=16)
def _straight_bands(true: int, unit: Unit) -> tuple[Band, ...]:
    left, right = (k for k in range(3) if k != true)
    edges = [1.0, *(_share_at(level, unit) for level in LEVELS), 0.0]
    bands = []
    for index, (near, far) in enumerate(pairwise(edges)):
        sides = [_between(true, left, near), _between(true, left, far), _between(true, right, far)]
        bands.append(Band(index, tuple(sides if near == 1 else [*sides, _between(true, right, near)])))
    return tuple(bands)


@lru_cache(maxsize=16)
def _edge_labels(true: int, label_end: int, unit: Unit) -> tuple[LevelLabel, ...]:
    """At the ends of the level lines, outside the triangle."""
    opposite = CORNERS[3 - true - label_end]
    middle = (CORNERS[true] + CORNERS[label_end]) / 2
    dx, dy = (middle - opposite) / _HEIGHT
    places = [(level, _between(true, label_end, _share_at(level, unit))) for level in _EDGE_LABELS]
    return tuple(LevelLabel(*place, f"{level:g}", float(dx), float(dy)) for level, place in places)


def _soft(shown: Shown, corners: tuple[Corner, ...]) -> SimplexChart:
    """Closed rings of excess around the target."""
    target = shown_target(shown) / shown_target(shown).sum()
    floor, excess = floor_and_excess(shown)
    excess_text = numbers.gradient(excess)
    prediction = SimplexPoint(
        *_at(shown_probabilities(shown)),
        None,
        "prediction",
        excess_text,
        _accessible(shown, numbers.loss(shown_loss(shown))),
    )
    floor_text = f"floor {numbers.term(floor)}"
    aim = SimplexPoint(*_at(target), None, "target", floor_text, f"target, {floor_text}")
    infinite = excess == math.inf
    reading = (
        "The lowest place is no longer a corner: it is the target itself. "
        "Each ring is a level of excess, KL(t‖p)."
    )
    return SimplexChart(
        corners=corners,
        bands=_ring_bands(target, shown.evaluation.unit),
        level_labels=_ring_labels(target, shown.evaluation.unit),
        prediction=prediction,
        target=aim,
        level_line=None,
        infinite_edges=_infinite_edges(shown),
        reading=_infinite_reading(shown) if infinite else reading,
        short_reading="Each ring is a level of excess, KL(t‖p).",
    )


def _nats(unit: Unit) -> tuple[float, ...]:
    return tuple(level * (numbers.LN2 if unit is Unit.BITS else 1.0) for level in LEVELS)


def _ring_bands(target: Vectors, unit: Unit) -> tuple[Band, ...]:
    """The whole triangle in the last colour, and inside it ring after ring."""
    found = rings(tuple(target.tolist()), _nats(unit))
    whole = Band(len(LEVELS), tuple(_at(corner) for corner in np.eye(3)))
    inner = [
        Band(index, tuple((x, y) for x, y in (ring @ CORNERS).tolist()))
        for index, ring in reversed(list(enumerate(found)))
    ]
    return (whole, *inner)


def _ring_labels(target: Vectors, unit: Unit) -> tuple[LevelLabel, ...]:
    """On the innermost rings, below the target or towards the middle of the triangle."""
    found = rings(tuple(target.tolist()), _nats(unit))
    labels = []
    for level in _RING_LABELS:
        ring = found[LEVELS.index(level)]
        away = ring @ CORNERS - target @ CORNERS
        inwards = _CENTRE @ CORNERS - target @ CORNERS
        way = inwards if np.linalg.norm(inwards) > 0.05 else np.array([0.0, -1.0])
        lengths = np.maximum(np.linalg.norm(away, axis=1), 1e-12)
        x, y = (ring @ CORNERS)[int((away @ way / lengths).argmax())]
        labels.append(LevelLabel(float(x), float(y), f"{level:g}", 0.0, 0.0))
    return tuple(labels)


def _accessible(shown: Shown, loss_text: str) -> str:
    named = zip(shown.state.classes, shown_probabilities(shown).tolist(), strict=True)
    listed = ", ".join(f"{name} {numbers.probability(p)}" for name, p in named)
    return f"prediction {listed}, loss {loss_text} {shown.evaluation.unit.value}"


def _ruled_out(shown: Shown) -> list[int]:
    """The classes that make the loss infinite."""
    return np.flatnonzero((shown_target(shown) > 0) & (shown_probabilities(shown) == 0)).tolist()


def _infinite_edges(shown: Shown) -> tuple[tuple[Place, Place], ...]:
    others = [[k for k in range(3) if k != gone] for gone in _ruled_out(shown)]
    return tuple((_between(first, second, 1.0), _between(first, second, 0.0)) for first, second in others)


def _infinite_reading(shown: Shown) -> str:
    names, gone = shown.state.classes, _ruled_out(shown)
    if len(gone) == 1:
        first, second = (names[k] for k in range(3) if k != gone[0])
        where = f"The whole {first}–{second} edge is infinite: there, {names[gone[0]]} gets nothing."
    else:
        both = " and ".join(names[k] for k in gone)
        where = f"Both edges at this corner are infinite: here, {both} get nothing."
    return f"{where} One step inside, the loss is finite again."
