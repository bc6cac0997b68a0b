"""The simplex of three classes: every prediction there is, and what it would cost.

Of more than three classes it shows three: the point is how these share what they have together, and what the
others have stays as it is. By the chain rule the loss is then a constant and the loss of the shares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ceviz.core.corners import ALL, Corners
from ceviz.core.document import Vectors
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.lowest import class_counts, excess_of, floor_of
from ceviz.explain.option_parts import focal_gamma, is_smoothed
from ceviz.explain.parts import in_unit, is_valid, shown_loss
from ceviz.explain.shown import Shown
from ceviz.explain.simplex_levels import (
    CORNERS,
    HEIGHT,
    LEVELS,
    Band,
    Ground,
    LevelLabel,
    Place,
    between,
    edge_labels,
    flat,
    place_of,
    ring_bands,
    ring_labels,
    straight_bands,
)
from ceviz.explain.simplex_readings import (
    NO_COMMON_LEVELS,
    infinite_reading,
    one_hot_reading,
    ring_words,
    soft_reading,
    still_reading,
)
from ceviz.explain.simplex_three import Three

__all__ = [
    "CORNERS",
    "LEVELS",
    "Band",
    "Corner",
    "LevelLabel",
    "Place",
    "SimplexChart",
    "SimplexPoint",
    "simplex_chart",
    "simplex_probabilities",
]

_ENDS = ((2, 1), (2, 0), (0, 1))
"""Of a level line around each corner: towards which corner its label stands, and towards which its value."""
_SAME_PLACE = 1e-6


@dataclass(frozen=True, slots=True)
class Corner:
    """Where one class is certain."""

    class_index: int
    name: str
    x: float
    y: float


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
    lowest: SimplexPoint | None = None
    """Where the loss is lowest, if that is not the target."""

    @property
    def marked(self) -> str:
        """The places that are marked besides the prediction, in words."""
        return "; ".join(place.accessible for place in (self.target, self.lowest) if place)


def simplex_chart(shown: Shown, classes: Corners = ALL, split_only: bool = False) -> SimplexChart:
    """The simplex of three classes around the shown sample; only corners where its row is invalid.

    `split_only`: levels of what the shares alone cost, which are the same whatever the other classes have.
    """
    if shown.state.class_count < 3 or not shown.task.competing:
        raise ValueError("the simplex needs three classes that compete")
    corners = _corners(classes, tuple(shown.state.classes[index] for index in classes))
    if not is_valid(shown):
        return SimplexChart(corners, (), (), None, None, None, (), "", "")
    three = Three(shown, classes)
    if split_only and not three.all and focal_gamma(shown):
        return _without_levels(three, corners)
    if three.together == 0 or three.counted_together == 0:
        return _still(three, corners, split_only)
    base = 0.0 if split_only else round(three.base, 12)
    if base == math.inf:
        return _still(three, corners, split_only)
    gamma = focal_gamma(shown)
    ground = Ground(
        tuple((three.counts / three.counted_together).tolist()),
        shown.evaluation.unit,
        base,
        _steady(three.counted_together),
        gamma,
        _steady(three.together) if gamma and not three.all else 1.0,
    )
    if three.only is not None:
        return _one_hot(three, corners, ground)
    return _soft(three, corners, ground, split_only)


@lru_cache(maxsize=16)
def _corners(classes: Corners, names: tuple[str, ...]) -> tuple[Corner, ...]:
    places = CORNERS.tolist()
    return tuple(Corner(k, name, x, y) for k, name, (x, y) in zip(classes, names, places, strict=True))


def simplex_probabilities(x: float, y: float) -> Vectors:
    """The prediction at a place, (3,); outside the triangle the nearest one inside."""
    top = y / HEIGHT
    right = x - top / 2
    raw = np.array([top, 1 - top - right, right])
    # Projection onto the simplex: the triangle has equal angles, so nearest in p is nearest in the plane.
    descending = np.sort(raw)[::-1]
    excess = (np.cumsum(descending) - 1) / np.arange(1, 4)
    clamped: Vectors = np.maximum(raw - excess[np.count_nonzero(descending > excess) - 1], 0.0)
    clamped /= clamped.sum()
    return clamped


def _steady(sum_of_three: float) -> float:
    """Without the last digits, in which a sum differs while the three share it otherwise."""
    return float(f"{sum_of_three:.12g}")


def _without_levels(three: Three, corners: tuple[Corner, ...]) -> SimplexChart:
    """The triangle of a loss that has other levels for each of two models."""
    loss = numbers.loss(shown_loss(three.shown))
    point = None if three.together == 0 else _prediction(three, None, "prediction", loss)
    return SimplexChart(corners, (), (), point, None, None, (), NO_COMMON_LEVELS, "No common levels.")


def _still(three: Three, corners: tuple[Corner, ...], split_only: bool) -> SimplexChart:
    """A triangle in which no place costs more than another."""
    shown = three.shown
    soft = np.count_nonzero(class_counts(shown)) > 1
    value = excess_of(shown) if soft else shown_loss(shown)
    text = numbers.gradient(value) if soft else numbers.loss(value)
    point = None if three.together == 0 else _prediction(three, None, "prediction", text)
    return SimplexChart(
        corners=corners,
        bands=flat(0.0 if split_only else value),
        level_labels=(),
        prediction=point,
        target=None,
        level_line=None,
        infinite_edges=(),
        reading=still_reading(three),
        short_reading="Nothing in this triangle changes the loss.",
    )


def _one_hot(three: Three, corners: tuple[Corner, ...], ground: Ground) -> SimplexChart:
    """Straight bands across the corner of the one class that counts."""
    shown, true = three.shown, ground.corner
    label_end, value_end = _ENDS[true]
    loss = shown_loss(shown)
    share = float(three.probabilities[true] / three.together)
    line = between(true, value_end, share), between(true, label_end, share)
    infinite = loss == math.inf
    return SimplexChart(
        corners=corners,
        bands=straight_bands(ground),
        level_labels=edge_labels(ground, label_end),
        prediction=_prediction(three, three.classes[true], f"sample {shown.sample + 1}", numbers.loss(loss)),
        target=None,
        level_line=None if infinite or share == 0 else line,
        infinite_edges=_infinite_edges(three) if infinite else (),
        reading=infinite_reading(three) if infinite else one_hot_reading(three),
        short_reading="The loss is the same along a level line.",
    )


def _soft(three: Three, corners: tuple[Corner, ...], ground: Ground, split_only: bool) -> SimplexChart:
    """Closed rings of excess around the lowest place, which without options is the target."""
    excess = excess_of(three.shown)
    infinite = excess == math.inf
    below = "" if split_only and not three.all else _least(three)
    target, lowest = three.target_place, ground.lowest
    moved = bool(np.abs(target - lowest).max() > _SAME_PLACE)
    return SimplexChart(
        corners=corners,
        bands=ring_bands(ground),
        level_labels=ring_labels(ground, place_of(target) if moved else None),
        prediction=_prediction(three, None, "prediction", numbers.gradient(excess)),
        target=_mark(target, "target t′" if is_smoothed(three.shown) else "target", "" if moved else below),
        level_line=None,
        infinite_edges=_infinite_edges(three) if infinite else (),
        reading=infinite_reading(three) if infinite else soft_reading(three, moved),
        short_reading=ring_words(three.shown),
        lowest=_mark(lowest, "lowest place", below) if moved else None,
    )


def _mark(shares: Vectors, title: str, value: str) -> SimplexPoint:
    return SimplexPoint(*place_of(shares), None, title, value, f"{title}, {value}".removesuffix(", "))


def _least(three: Three) -> str:
    """What the loss, or of some classes the excess, cannot fall below in this triangle."""
    if three.all:
        return f"floor {numbers.term(floor_of(three.shown))}"
    return f"least {numbers.gradient(in_unit(three.base, three.shown.evaluation.unit))}"


def _prediction(three: Three, true: int | None, title: str, text: str) -> SimplexPoint:
    shown = three.shown
    named = zip((shown.state.classes[k] for k in three.classes), three.probabilities.tolist(), strict=True)
    listed = [f"{as_word(name)} {numbers.probability(p)}" for name, p in named]
    if not three.all:
        listed.append(f"others {numbers.probability(three.rest)}")
    loss = f"loss {numbers.loss(shown_loss(shown))} {shown.evaluation.unit.value}"
    accessible = f"prediction {', '.join(listed)}, {loss}"
    return SimplexPoint(*place_of(three.probabilities), true, title, text, accessible)


def _infinite_edges(three: Three) -> tuple[tuple[Place, Place], ...]:
    others = [[k for k in range(3) if k != gone] for gone in three.ruled_out]
    return tuple((between(first, second, 1.0), between(first, second, 0.0)) for first, second in others)
