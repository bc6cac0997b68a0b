"""Stacked columns: what the loss of the shown sample is made of."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.axes import nice_axis
from ceviz.explain.charts import Axis, Column, Segment, StackChart
from ceviz.explain.fresh_model import axis_top, marked
from ceviz.explain.option_parts import is_smoothed
from ceviz.explain.parts import (
    Part,
    by_options,
    elided,
    floor_and_excess,
    is_valid,
    parts,
    shown_loss,
    splits,
)
from ceviz.explain.shown import Shown

MOST_SEGMENTS = 40
_MOST_ZEROS = 8
"""With more classes than this, those that add nothing are left out."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment before it has a place."""

    label: str
    value: float
    class_index: int | None
    style: str


def stack_chart(shown: Shown, axis: Axis | None = None) -> StackChart:
    """The parts of the loss on one axis; `axis` keeps an earlier one, as while a drag lasts.

    What does not fit on a kept axis is cut off at its top. An infinite part fills the rest of the axis.
    """
    label = f"loss ({shown.evaluation.unit.value})"
    if not is_valid(shown):
        return StackChart(axis or marked(nice_axis(axis_top(shown, 0.0), label), shown), (), None, "", "")
    loss = shown_loss(shown)
    stacks = _stacks(shown)
    top = loss if loss < math.inf else 2 * max(0.5, _finite(stacks))
    y_axis = axis or marked(nice_axis(axis_top(shown, top), label), shown)
    return StackChart(
        y_axis,
        tuple(Column(name, _stacked(pieces, y_axis.high)) for name, pieces in stacks),
        total=loss if loss <= y_axis.high else None,
        total_text=_total_name(shown) + numbers.loss(loss),
        reading=_reading(shown, loss),
    )


def _total_name(shown: Shown) -> str:
    if shown.task is Task.SOFT and splits(shown):
        return f"H({'t′' if is_smoothed(shown) else 't'}, p) = "
    return "sum " if shown.task is Task.MULTILABEL else "loss "


def _stacks(shown: Shown) -> list[tuple[str, list[_Piece]]]:
    every = parts(shown)
    if any(part.value < 0 for part in every):
        # Of a divergence the terms may be negative: only their sum is a height.
        return [("", [_Piece("loss", shown_loss(shown), None, "excess")])]
    by_class = _by_class(every)
    if shown.task is not Task.SOFT or not splits(shown):
        return [("", by_class)]
    floor, excess = floor_and_excess(shown)
    split = [_Piece("floor", floor, None, "floor"), _Piece("excess", excess, None, "excess")]
    return [("floor + excess", split), ("by class", by_class)]


def _by_class(every: tuple[Part, ...]) -> list[_Piece]:
    drawn = every if len(every) <= _MOST_ZEROS else [part for part in every if part.value != 0]
    kept, rest = drawn, list[Part]()
    if len(drawn) > MOST_SEGMENTS:
        largest = sorted(drawn, key=lambda part: -part.value)
        kept, rest = largest[: MOST_SEGMENTS - 1], largest[MOST_SEGMENTS - 1 :]
        kept.sort(key=lambda part: part.class_index)
    pieces = [_Piece(as_word(elided(part.name)), part.value, part.class_index, "class") for part in kept]
    if rest:
        others = math.fsum(part.value for part in rest)
        pieces.append(_Piece(f"{numbers.count(len(rest))} others", others, None, "others"))
    return pieces


def _finite(stacks: list[tuple[str, list[_Piece]]]) -> float:
    """The largest height of what is finite."""
    return max(math.fsum(piece.value for piece in pieces if piece.value < math.inf) for _, pieces in stacks)


def _stacked(pieces: list[_Piece], top: float) -> tuple[Segment, ...]:
    endless = sum(piece.value == math.inf for piece in pieces)
    finite = math.fsum(piece.value for piece in pieces if piece.value < math.inf)
    share = max(top - finite, 0.0) / max(endless, 1)
    segments, low = [], 0.0
    for piece in pieces:
        infinite = piece.value == math.inf
        # Within the tolerance for sums, a KL divergence may be a hair below 0.
        high = low + (share if infinite else max(piece.value, 0.0))
        place, text = (min(low, top), min(high, top)), numbers.term(piece.value)
        segments.append(Segment(*place, piece.label, text, piece.class_index, piece.style, infinite))
        low = high
    return tuple(segments)


def _reading(shown: Shown, loss: float) -> str:
    count = shown.state.class_count
    if any(part.value < 0 for part in parts(shown)):
        return "A class can lower a divergence, so only the whole of it is drawn."
    if by_options(shown) and not (shown.task is Task.SOFT and splits(shown)):
        return (
            f"What each {'label' if shown.task is Task.MULTILABEL else 'class'} adds, as it is computed now."
        )
    if shown.task is Task.SOFT:
        whose = "entropy of t′" if is_smoothed(shown) else "target’s own entropy"
        return f"The floor is the {whose}: no prediction pays less. Only the excess can be trained away."
    if shown.task is Task.BINARY:
        if shown.state.targets[shown.sample, 0] in (0, 1):
            return "The target picks one of the two terms: the other is multiplied by 0."
        return "The target is between 0 and 1, so both terms count."
    if count == 1:
        return "One class, one term." if shown.task is Task.MULTICLASS else "One label, one term."
    if shown.task is Task.MULTICLASS:
        rest = "the other is" if count == 2 else f"the other {numbers.count(count - 1)} are"
        return f"Only the true class has a term: {rest} multiplied by 0."
    mean = numbers.loss(loss / count)
    return f"Sum over labels {numbers.loss(loss)}, mean per label {mean}. Frameworks often report the mean."
