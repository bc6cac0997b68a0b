"""The second view of a comparison: A and B on the simplex, and their losses as two columns."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ceviz.core.corners import ALL, Corners
from ceviz.core.document import Task, Vectors
from ceviz.explain import numbers
from ceviz.explain.charts import Axis, Column, StackChart
from ceviz.explain.compare import LETTERS, Pair, pair_of
from ceviz.explain.compare_losses import compared_losses
from ceviz.explain.compare_numbers import subtraction
from ceviz.explain.lowest import class_counts
from ceviz.explain.option_parts import focal_gamma
from ceviz.explain.parts import (
    floor_and_excess,
    in_unit,
    is_valid,
    shown_loss,
    shown_probabilities,
    splits,
    true_class,
    with_short_names,
)
from ceviz.explain.shown import Shown
from ceviz.explain.simplex_chart import (
    LEVELS,
    Band,
    Corner,
    LevelLabel,
    Place,
    SimplexPoint,
    simplex_chart,
)
from ceviz.explain.simplex_readings import NO_COMMON_LEVELS
from ceviz.explain.simplex_three import Three
from ceviz.explain.stack_charts import stack_chart


@dataclass(frozen=True, slots=True)
class CompareSimplex:
    """Two predictions in one triangle; a point is None where its row is invalid.

    `arrow` goes from A to B; None where they are in the same place or one is missing.
    """

    corners: tuple[Corner, ...]
    bands: tuple[Band, ...]
    level_labels: tuple[LevelLabel, ...]
    a: SimplexPoint | None
    b: SimplexPoint | None
    arrow: tuple[Place, Place] | None
    target: SimplexPoint | None
    lowest: SimplexPoint | None
    infinite_edges: tuple[tuple[Place, Place], ...]
    reading: str


@dataclass(frozen=True, slots=True)
class CompareStack:
    """Two columns, A and B, on one axis, with their losses; where its row is invalid, one has no segments."""

    y_axis: Axis
    columns: tuple[Column, Column]
    total_texts: tuple[str, str]
    reading: str


def compare_simplex(shown: Shown, classes: Corners = ALL) -> CompareSimplex:
    """The triangle of three classes that compete. ValueError for fewer classes.

    Of more classes its levels are of what the shares of the three cost, the same for both models.
    """
    pair = pair_of(shown)
    a, b = (simplex_chart(side, classes, split_only=True) for side in pair.sides)
    chart = a if is_valid(pair.a) else b
    edges = dict.fromkeys((*a.infinite_edges, *b.infinite_edges))
    return CompareSimplex(
        corners=chart.corners,
        bands=chart.bands,
        level_labels=chart.level_labels,
        a=a.prediction,
        b=b.prediction,
        arrow=_arrow(a.prediction, b.prediction),
        target=chart.target,
        lowest=chart.lowest,
        infinite_edges=tuple(edges),
        reading=_simplex_reading(pair) if shown.state.class_count == 3 else _split_reading(pair, classes),
    )


def _arrow(a: SimplexPoint | None, b: SimplexPoint | None) -> tuple[Place, Place] | None:
    if a is None or b is None:
        return None
    start, end = (a.x, a.y), (b.x, b.y)
    return None if math.dist(start, end) < 1e-9 else (start, end)


def _simplex_reading(pair: Pair) -> str:
    if not pair.sample_comparable:
        return incomparable(pair)
    if unequal := _infinite_reading(pair):
        return unequal
    soft = np.count_nonzero(class_counts(pair.a)) > 1
    if pair.sample_saved == 0:
        if _same(*map(shown_probabilities, pair.sides)):
            return "A and B stand in the same place: they predict the same."
        ring = "ring" if soft else "level line"
        return f"A and B stand on the same {ring}: they differ, but not in their loss."
    saved = pair.sample_saved > 0
    if soft:
        where, what = ("inside", "saved") if saved else ("outside", "added")
        return f"B stands {where} the ring of A: that much excess is {what}, {_amount(pair)}."
    name = f"“{with_short_names(pair.a).state.classes[true_class(pair.a)].strip('“”')}”"
    way, what = ("towards", "saved") if saved else ("away from", "added")
    if _lines_between(pair):
        return f"Going from A to B crosses the level lines {way} {name}: every line crossed is loss {what}."
    return f"Going from A to B leads {way} {name}, within one band: {_amount(pair)} of loss is {what}."


def _split_reading(pair: Pair, classes: Corners) -> str:
    """Of three of more classes."""
    if not pair.sample_comparable:
        return incomparable(pair)
    if focal_gamma(pair.a):
        return NO_COMMON_LEVELS
    sides = [Three(side, classes) for side in pair.sides]
    if sides[0].counted_together == 0:
        return "The target gives these three nothing: nothing in this triangle changes either loss."
    a, b = (numbers.term(in_unit(side.base, pair.a.evaluation.unit)) for side in sides)
    return (
        f"The levels are of what the split among these three costs; the other classes add {a} to A, {b} to B."
    )


def _amount(pair: Pair) -> str:
    return numbers.loss(abs(pair.sample_saved))


def _lines_between(pair: Pair) -> bool:
    """Whether a level line that is drawn lies between the two losses."""
    low, high = sorted(shown_loss(side) for side in pair.sides)
    return any(low < level < high for level in LEVELS)


def _same(a: Vectors, b: Vectors) -> bool:
    return bool((abs(a - b) < 1e-12).all())


def incomparable(pair: Pair) -> str:
    """Which models have no loss on the shown sample."""
    invalid = [letter for letter, side in zip(LETTERS, pair.sides, strict=True) if not is_valid(side)]
    return f"{' and '.join(invalid)} {'has' if len(invalid) == 1 else 'have'} no loss until fixed."


def _infinite_reading(pair: Pair) -> str:
    endless = [math.isinf(shown_loss(side)) for side in pair.sides]
    if all(endless):
        return "The losses of A and B are both infinite: neither is better."
    if any(endless):
        worse = 0 if endless[0] else 1
        finite = numbers.loss(shown_loss(pair.sides[1 - worse]))
        return f"The loss of {LETTERS[worse]} is infinite, the loss of {LETTERS[1 - worse]} is {finite}."
    return ""


def compare_stack(shown: Shown, axis: Axis | None = None) -> CompareStack:
    """The parts of both losses side by side, for soft targets floor and excess.

    `axis` keeps an earlier one, as while a drag lasts.
    """
    pair = pair_of(shown)
    y_axis = axis or max((stack_chart(side).y_axis for side in pair.sides), key=lambda one: one.high)
    charts = [stack_chart(side, y_axis) for side in pair.sides]
    columns = [_column(*row) for row in zip(LETTERS, charts, strict=True)]
    losses = compared_losses(pair, shown.sample)
    return CompareStack(
        y_axis,
        (columns[0], columns[1]),
        (losses.a, losses.b),
        _stack_reading(pair),
    )


def _column(letter: str, chart: StackChart) -> Column:
    return Column(letter, chart.columns[0].segments if chart.columns else ())


def _stack_reading(pair: Pair) -> str:
    if not pair.sample_comparable:
        return incomparable(pair)
    if unequal := _infinite_reading(pair):
        return unequal
    if pair.a.task is Task.SOFT and all(map(splits, pair.sides)):
        return _excess_reading(pair)
    if pair.sample_saved == 0:
        return "Both columns are equally high."
    lower, higher = LETTERS[::-1] if pair.sample_saved > 0 else LETTERS
    more, less, lower_by = _difference(pair, shown_loss(pair.a), shown_loss(pair.b))
    return f"{higher} pays {more}, {lower} {less}: the column of {lower} is {lower_by} lower."


def _excess_reading(pair: Pair) -> str:
    (floor, a), (_, b) = (floor_and_excess(side) for side in pair.sides)
    start = f"Both stand on the same floor, {numbers.term(floor)}"
    if pair.sample_saved == 0:
        return f"{start}, and both have the same excess."
    lower, higher = LETTERS[::-1] if pair.sample_saved > 0 else LETTERS
    more, less, lower_by = _difference(pair, a, b)
    return f"{start}: only the excess differs. {higher} has {more}, {lower} {less}, which is {lower_by} less."


def _difference(pair: Pair, a: float, b: float) -> tuple[str, str, str]:
    """The larger, the smaller, and by how much."""
    texts = subtraction(max(a, b), min(a, b), abs(pair.sample_saved), pair.a.dragging)
    return texts.minuend, texts.subtrahend, texts.difference if texts.exact else f"about {texts.difference}"
