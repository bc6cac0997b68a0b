"""The simplex of three classes: every prediction there is, and what it would cost.

Of more than three classes it shows three: the point is how these share what they have together, and what the
others have stays as it is. By the chain rule the loss is then a constant and the loss of the shares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ceviz.core.corners import ALL, Corners
from ceviz.core.document import Vectors
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.parts import (
    effective_target,
    floor_and_excess,
    in_unit,
    is_valid,
    shown_loss,
    splits,
)
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
    OTHER_LEVELS,
    infinite_reading,
    one_hot_reading,
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


def simplex_chart(shown: Shown, classes: Corners = ALL, split_only: bool = False) -> SimplexChart:
    """The simplex of three classes around the shown sample; only corners where its row is invalid.

    `split_only`: levels of what the shares alone cost, which are the same whatever the other classes have.
    """
    if shown.state.class_count < 3 or not shown.task.competing:
        raise ValueError("the simplex needs three classes that compete")
    corners = tuple(
        Corner(index, shown.state.classes[index], *CORNERS[place].tolist())
        for place, index in enumerate(classes)
    )
    if not is_valid(shown):
        return SimplexChart(corners, (), (), None, None, None, (), "", "")
    three = Three(shown, classes)
    if not splits(shown):
        return _without_levels(three, corners)
    base = 0.0 if split_only else round(three.base, 12)
    if three.together == 0 or three.target_together == 0 or base == math.inf:
        return _still(three, corners, split_only)
    if three.targets.max() == 1:
        return _one_hot(three, corners, base)
    return _soft(three, corners, base, split_only)


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


def _without_levels(three: Three, corners: tuple[Corner, ...]) -> SimplexChart:
    """The triangle of a loss whose levels are no lines of it."""
    loss = numbers.loss(shown_loss(three.shown))
    point = None if three.together == 0 else _prediction(three, None, "prediction", loss)
    return SimplexChart(corners, (), (), point, None, None, (), OTHER_LEVELS, "No levels with these options.")


def _still(three: Three, corners: tuple[Corner, ...], split_only: bool) -> SimplexChart:
    """A triangle in which no place costs more than another."""
    shown = three.shown
    soft = effective_target(shown).max() < 1
    value = floor_and_excess(shown)[1] if soft else shown_loss(shown)
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


def _one_hot(three: Three, corners: tuple[Corner, ...], base: float) -> SimplexChart:
    """Straight bands across the corner of the true class."""
    shown, true = three.shown, int(three.targets.argmax())
    label_end, value_end = _ENDS[true]
    loss = shown_loss(shown)
    share = float(three.probabilities[true] / three.together)
    line = between(true, value_end, share), between(true, label_end, share)
    infinite = loss == math.inf
    ground = Ground(tuple(three.targets.tolist()), shown.evaluation.unit, base)
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


def _soft(three: Three, corners: tuple[Corner, ...], base: float, split_only: bool) -> SimplexChart:
    """Closed rings of excess around the target."""
    shown, target = three.shown, three.targets / three.target_together
    excess = floor_and_excess(shown)[1]
    scale = 1.0 if three.all else three.target_together
    ground = Ground(tuple(target.tolist()), shown.evaluation.unit, base, scale)
    infinite = excess == math.inf
    point = _prediction(three, None, "prediction", numbers.gradient(excess))
    below = "" if split_only and not three.all else _lowest(three)
    return SimplexChart(
        corners=corners,
        bands=ring_bands(ground),
        level_labels=ring_labels(ground),
        prediction=point,
        target=SimplexPoint(*place_of(target), None, "target", below, f"target, {below}".removesuffix(", ")),
        level_line=None,
        infinite_edges=_infinite_edges(three) if infinite else (),
        reading=infinite_reading(three) if infinite else soft_reading(three),
        short_reading="Each ring is a level of excess, KL(t‖p).",
    )


def _lowest(three: Three) -> str:
    """What the loss, or of some classes the excess, cannot fall below in this triangle."""
    if three.all:
        return f"floor {numbers.term(floor_and_excess(three.shown)[0])}"
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
