"""Two models on one curve: the shown sample twice, as A and as B, and what lies between them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from ceviz.core.document import Task, Unit
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.charts import Axis, Curve, CurveChart, Ghost, LivePoint, Mark
from ceviz.explain.compare import LETTERS, Pair, pair_of
from ceviz.explain.compare_losses import compared_losses
from ceviz.explain.compare_numbers import subtraction
from ceviz.explain.curve_charts import curve_charts
from ceviz.explain.curve_marks import POINT_SHARE
from ceviz.explain.formulas import Formula
from ceviz.explain.fresh_model import axis_top
from ceviz.explain.parts import Part, elided, is_valid, p_text, parts, shown_target
from ceviz.explain.shown import Shown

_LADDERS = {Unit.NATS: (2.4, 4.6, 9.2), Unit.BITS: (3.5, 7.0, 14.0)}
"""Lower than a single model's: the closer look is at the difference."""
_ARROW_AT = 0.1
_TITLES = {
    Task.MULTICLASS: "Two models on one curve",
    Task.SOFT: "Two models on one curve per class",
    Task.BINARY: "Two models on two mirrored curves",
    Task.MULTILABEL: "Two models, one small loss per label",
}
LEGEND = (("A", "A, hollow"), ("B", "B, filled"))


@dataclass(frozen=True, slots=True)
class ModelPoint:
    """The shown sample on a curve as one model sees it: A hollow or a light disc, B filled or a dark one."""

    letter: str
    point: LivePoint


class ModelMark(NamedTuple):
    """Another sample as one model sees it."""

    letter: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class DifferenceArrow:
    """From the loss of A to the loss of B at one x; None where an end lies in the ceiling strip."""

    x: float
    start: float | None
    end: float | None
    text: str


@dataclass(frozen=True, slots=True)
class CompareCurve:
    """One chart; for multi-label one of a grid, with a `name`.

    `discs`: A and B as lettered discs with drop lines and pills, where one curve holds the whole loss.
    `points`: A and B for each class or label, where each has a curve of its own.
    `difference_text`: what B's loss is more than A's, or words where there is no difference to tell.
    """

    title: str
    x_axis: Axis
    y_axis: Axis
    curves: tuple[Curve, ...]
    discs: tuple[ModelPoint, ...]
    points: tuple[ModelPoint, ...]
    marks: tuple[ModelMark, ...]
    ghosts: tuple[Ghost, ...]
    arrow: DifferenceArrow | None
    difference_text: str
    class_legend: tuple[tuple[int, str, Formula], ...] = ()
    name: str = ""
    class_index: int | None = None


def compare_y_top(shown: Shown) -> float:
    """The top of the loss axis: the first with room for the shown sample's losses of both."""
    pair, highest = pair_of(shown), 0.0
    for side in pair.sides:
        single = shown.task in (Task.MULTICLASS, Task.BINARY)
        row = side.result.losses[[side.sample]] if single else side.result.terms[side.sample]
        highest = max(
            [highest, *((1 + POINT_SHARE) * value for value in row.tolist() if math.isfinite(value))]
        )
    if shown.task in (Task.MULTICLASS, Task.BINARY):
        highest = axis_top(shown, highest)
    ladder = _LADDERS[shown.evaluation.unit]
    return next((top for top in ladder if top >= highest), ladder[-1])


def compare_curve(shown: Shown) -> tuple[CompareCurve, ...]:
    """One chart; for multi-label one small chart per label. The loss axis ends at `shown.y_top`."""
    pair = pair_of(shown)
    if shown.task is Task.MULTILABEL:
        charts = zip(*map(curve_charts, pair.sides), strict=True)
        return tuple(_label(pair, a, b) for a, b in charts)
    (a,), (b,) = map(curve_charts, pair.sides)
    if shown.task is Task.SOFT:
        return (replace(_common(pair, a, b), points=_points(a, b), difference_text=_difference_text(pair)),)
    discs = _discs(pair, a, b)
    text = _difference_text(pair)
    arrow = _arrow(discs, pair.sample_saved, text)
    return (replace(_common(pair, a, b), discs=discs, arrow=arrow, difference_text=text),)


def _common(pair: Pair, a: CurveChart, b: CurveChart) -> CompareCurve:
    """What both models share: axes, curves, the marks of both, and for soft targets the best possible p."""
    chart = a if is_valid(pair.a) else b
    marks = [
        ModelMark(letter, mark) for letter, one in zip(LETTERS, (a, b), strict=True) for mark in one.marks
    ]
    return CompareCurve(
        title=_TITLES[pair.a.task],
        x_axis=chart.x_axis,
        y_axis=chart.y_axis,
        curves=chart.curves,
        discs=(),
        points=(),
        marks=tuple(marks),
        ghosts=chart.ghosts if pair.a.task is Task.SOFT else (),
        arrow=None,
        difference_text="",
        class_legend=chart.legend,
    )


def _points(a: CurveChart, b: CurveChart) -> tuple[ModelPoint, ...]:
    charts = zip(LETTERS, (a, b), strict=True)
    return tuple(ModelPoint(letter, point) for letter, chart in charts for point in chart.live)


def _discs(pair: Pair, a: CurveChart, b: CurveChart) -> tuple[ModelPoint, ...]:
    sides, losses = dict(zip(LETTERS, pair.sides, strict=True)), compared_losses(pair, pair.a.sample)
    texts = {"A": losses.a, "B": losses.b}
    return tuple(
        replace(
            disc,
            point=replace(
                disc.point, label=_disc_label(sides[disc.letter], disc.point), y_text=texts[disc.letter]
            ),
        )
        for disc in _points(a, b)
    )


def _disc_label(side: Shown, point: LivePoint) -> str:
    """ "dog 0.4": what the model gives the true class."""
    if side.task is Task.BINARY and shown_target(side)[0] not in (0, 1):
        return f"p = {numbers.probability_short(point.x)}"
    true = parts(side)[point.class_index]
    return f"{as_word(elided(true.name))} {p_text(side, true)}"


def _difference_text(pair: Pair) -> str:
    if not pair.sample_comparable:
        return ""
    if math.isnan(pair.sample_saved):
        return "both infinite"
    if pair.sample_saved == 0:
        return "equal"
    return compared_losses(pair, pair.a.sample).about + numbers.gradient(-pair.sample_saved)


def _arrow(discs: tuple[ModelPoint, ...], saved: float, text: str) -> DifferenceArrow | None:
    """Left of both points, so that it crosses only their drop lines; none where both lie in the strip."""
    if len(discs) < 2 or saved == 0 or math.isnan(saved):
        return None
    a, b = (disc.point for disc in discs)
    if a.y is None and b.y is None:
        return None
    return DifferenceArrow(min(_ARROW_AT, a.x / 2, b.x / 2), a.y, b.y, text)


def _label(pair: Pair, a: CurveChart, b: CurveChart) -> CompareCurve:
    index = a.class_index or 0
    chart = replace(_common(pair, a, b), points=_points(a, b), name=a.name, class_index=index)
    if not pair.sample_comparable:
        return chart
    on_a, on_b = (parts(side)[index] for side in pair.sides)
    return replace(chart, difference_text=_term_difference(on_a, on_b, pair.a.dragging))


def _term_difference(a: Part, b: Part, dragging: bool) -> str:
    if math.isinf(a.value) and math.isinf(b.value):
        return "both infinite"
    if a.value_text == b.value_text:
        return "equal"
    higher, lower = max(a.value, b.value), min(a.value, b.value)
    texts = subtraction(higher, lower, higher - lower, dragging)
    # The terms stand in the table with three decimals.
    agrees = (texts.minuend, texts.subtrahend) == (numbers.term(higher), numbers.term(lower))
    return ("" if texts.exact and agrees else "≈ ") + numbers.gradient(b.value - a.value)


def points_of(comparison: CompareCurve) -> tuple[ModelPoint, ...]:
    return comparison.discs + comparison.points


def curve_chart_of(comparison: CompareCurve) -> CurveChart:
    """The same as a chart of one model, with all points that can be moved."""
    return CurveChart(
        title=comparison.title,
        x_axis=comparison.x_axis,
        y_axis=comparison.y_axis,
        curves=comparison.curves,
        live=tuple(one.point for one in points_of(comparison)),
        marks=tuple(one.mark for one in comparison.marks),
        ghosts=comparison.ghosts,
        pills=bool(comparison.discs),
        legend=comparison.class_legend,
        name=comparison.name,
        value_text=comparison.difference_text,
        class_index=comparison.class_index,
    )
