"""The loss against p: the curve of the task, the shown sample on it, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ceviz.core.document import Task, Unit
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.axes import curve_axis, probability_axis
from ceviz.explain.charts import Curve, CurveChart, Ghost, LivePoint
from ceviz.explain.curve_marks import POINT_SHARE, curve_marks
from ceviz.explain.curves import falling, mixture, rising, scaled, square_error
from ceviz.explain.footprints import footprints
from ceviz.explain.fresh_model import axis_top, marked
from ceviz.explain.option_curves import term_curves, whole_curve
from ceviz.explain.option_terms import curve_label
from ceviz.explain.parts import (
    Part,
    by_options,
    elided,
    factor_texts,
    in_unit,
    is_valid,
    label_texts,
    parts,
    shown_loss,
    shown_target,
    true_class,
)
from ceviz.explain.sentences import curve_title
from ceviz.explain.shown import Shown
from ceviz.explain.spans import PICTURED
from ceviz.explain.what_if import what_if

_LADDERS = {Unit.NATS: (1.2, 2.4, 4.6, 9.2), Unit.BITS: (1.8, 3.5, 7.0, 14.0)}
MOST_CURVES = 8


def y_top_for(shown: Shown) -> float:
    """The top of the loss axis: the usual one, or the next that has room for the sample's finite losses."""
    ladder = _LADDERS[shown.evaluation.unit]
    single = shown.task in (Task.MULTICLASS, Task.BINARY)
    usual = ladder[2 if single else 1]
    row = shown.result.losses[[shown.sample]] if single else shown.result.terms[shown.sample]
    finite = row[np.isfinite(row)]
    highest = (1 + POINT_SHARE) * float(finite.max()) if finite.size else 0.0
    highest = axis_top(shown, highest) if single else highest
    return next((top for top in ladder if top >= max(usual, highest)), ladder[-1])


def curve_charts(shown: Shown) -> tuple[CurveChart, ...]:
    """One chart; for multi-label one small chart per label. A curve that lies off the axes is left out."""
    return tuple(
        replace(chart, curves=tuple(curve for curve in chart.curves if curve.xs.size))
        for chart in _whole_charts(shown)
    )


def _whole_charts(shown: Shown) -> tuple[CurveChart, ...]:
    if shown.task is Task.MULTICLASS:
        return (_multiclass(shown),)
    if shown.task is Task.SOFT:
        return (_soft(shown),)
    if shown.task is Task.BINARY:
        return (_binary(shown),)
    return _labels(shown)


def _chart(shown: Shown, x_label: str, y_label: str = "loss", small: bool = False) -> CurveChart:
    """An empty chart with the task's title and axes."""
    y_axis = curve_axis(shown.y_top, f"{y_label} ({shown.evaluation.unit.value})", small)
    # With soft targets each class has a curve of its own, and the axis is that of terms.
    return CurveChart(
        title=curve_title(shown.task),
        x_axis=probability_axis(x_label, small),
        y_axis=y_axis if shown.task is Task.SOFT else marked(y_axis, shown, per_label=small),
        curves=(),
        live=(),
        marks=(),
        ghosts=(),
        pills=False,
    )


def _multiclass(shown: Shown) -> CurveChart:
    valid = is_valid(shown)
    ghosts: tuple[Ghost, ...] = ()
    curves = [falling(shown.y_top, shown.evaluation.unit, None)]
    live: tuple[LivePoint, ...] = ()
    if shown.overlay:
        curves.append(square_error(1.0))
    if valid:
        true = parts(shown)[true_class(shown)]
        if by_options(shown):
            curves[0] = whole_curve(shown, true.class_index, None, curve_label(shown, true))
        live = (_single(shown, true, true.place, shown_loss(shown)),)
        ghosts = _square_error_ghost(1.0, true.probability) if shown.overlay else ()
    chart = _chart(shown, "p of the true class")
    return _with_sample(shown, chart, tuple(curves), live, ghosts)


def _with_sample(
    shown: Shown,
    chart: CurveChart,
    curves: tuple[Curve, ...],
    live: tuple[LivePoint, ...],
    ghosts: tuple[Ghost, ...],
) -> CurveChart:
    """A chart of one curve for all samples: the shown one with its pills, the others as marks."""
    steps = footprints(shown, true_class(shown)) if live else ()
    return replace(
        chart,
        curves=curves,
        live=live,
        marks=curve_marks(shown),
        ghosts=ghosts,
        pills=True,
        footprints=steps,
    )


def _square_error_ghost(target: float, p: float) -> tuple[Ghost, ...]:
    error = (p - target) ** 2
    return (Ghost(None, p, error, numbers.loss(error)),)


def _binary(shown: Shown) -> CurveChart:
    unit, name = shown.evaluation.unit, shown.state.classes[0]
    pictured = name in PICTURED
    curves = [
        falling(shown.y_top, unit, 0, f"if it is a {name} (t = 1)" if pictured else "if t = 1"),
        rising(shown.y_top, unit, 1, "if it is not (t = 0)" if pictured else "if t = 0"),
    ]
    target = float(shown_target(shown)[0])
    live: tuple[LivePoint, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    if is_valid(shown):
        yes, no = parts(shown)
        clipped = replace(yes, clipped=yes.clipped or no.clipped)
        live = (_single(shown, clipped, clipped.place, shown_loss(shown)),)
        if by_options(shown):
            curves = _binary_option_curves(shown, curves, target, yes)
        elif 0 < target < 1:
            curves.append(mixture(shown.y_top, unit, None, target))
        if target in (0, 1):
            ghosts = _other_target(shown, no if target == 1 else yes, yes.probability)
        if shown.overlay:
            curves.append(square_error(target))
            ghosts += _square_error_ghost(target, yes.probability)
    chart = _chart(shown, f"p, the probability of “{elided(name)}”")
    return _with_sample(shown, chart, tuple(curves), live, ghosts)


def _binary_option_curves(shown: Shown, plain: list[Curve], target: float, yes: Part) -> list[Curve]:
    """The curves of both answers, and that of a target between them, as they are computed."""
    label = curve_label(shown, yes)
    curves = [
        replace(whole_curve(shown, 0, index, label, np.array([1.0 - index])), note=plain[index].note)
        for index in (0, 1)
    ]
    return curves if target in (0, 1) else [*curves, whole_curve(shown, 0, None, label)]


def _other_target(shown: Shown, other: Part, p: float) -> tuple[Ghost, ...]:
    """Where the loss would be had the target been the other one, if that is on the axis."""
    value = in_unit(other.surprise, shown.evaluation.unit)
    if by_options(shown):
        answer = np.array([1.0 - other.class_index])
        value = float(what_if(shown, np.array([[p]]), answer).losses[0])
    if not 0 <= value <= shown.y_top:
        return ()
    text = f"{numbers.term(value)} had t been {1 - other.class_index}"
    return (Ghost(other.class_index, p, value, text),)


def _single(shown: Shown, part: Part, p: float, value: float) -> LivePoint:
    """The shown sample on a single curve, with pills on both axes."""
    name = f"sample {shown.sample + 1}"
    on_axis = value <= shown.y_top
    where = part.clipped or f"off the top, at p = {numbers.probability_short(p)}"
    return LivePoint(
        class_index=true_class(shown),
        x=p,
        y=max(value, 0.0) if on_axis else None,
        x_text=_pill_text(shown, part),
        y_text=numbers.loss(value),
        label=name if on_axis and not part.clipped else f"{name}: {where}",
    )


def _pill_text(shown: Shown, part: Part) -> str:
    return factor_texts(shown, part)[1] if shown.dragging else numbers.probability(part.place)


def _soft(shown: Shown) -> CurveChart:
    """The curves of the largest targets; a target of 0 has a flat one."""
    unit, target = shown.evaluation.unit, shown_target(shown)
    largest = (-target).argsort(kind="stable")[:MOST_CURVES]
    drawn = [k for k in sorted(largest.tolist()) if 0 <= target[k] <= 1]
    curves = tuple(scaled(shown.y_top, unit, k, float(target[k])) for k in drawn)
    live: tuple[LivePoint, ...] = ()
    ghosts: tuple[Ghost, ...] = ()
    if is_valid(shown):
        every = parts(shown)
        if by_options(shown):
            curves = term_curves(shown, [every[k] for k in drawn])
        live = tuple(_of_class(shown, every[k]) for k in drawn)
        ghosts = _best_possible(shown, [every[k] for k in drawn]) if shown.overlay else ()
    names = [elided(shown.state.classes[k]) for k in drawn]
    legend = tuple(zip(drawn, names, (curve.label for curve in curves), strict=True))
    chart = _chart(shown, "p of that class", "loss term")
    steps = tuple(step for k in drawn for step in footprints(shown, k)) if live else ()
    return replace(chart, curves=curves, live=live, ghosts=ghosts, legend=legend, footprints=steps)


def _of_class(shown: Shown, part: Part) -> LivePoint:
    on_axis = part.value <= shown.y_top
    return LivePoint(
        class_index=part.class_index,
        x=part.place,
        y=max(part.value, 0.0) if on_axis else None,
        x_text=_pill_text(shown, part),
        y_text=part.value_text,
        label=part.value_text if on_axis else f"{as_word(elided(part.name))}: {part.value_text}",
    )


def _best_possible(shown: Shown, drawn: list[Part]) -> tuple[Ghost, ...]:
    """Where p = t lies on each curve; the remark stands once, at the largest target."""
    if any(part.divergence or part.weight != 1 or part.gamma for part in drawn):
        return ()  # weights move the best p away from t
    counting = [part for part in drawn if part.target > 0]
    if not counting:
        return ()
    best = "best possible: p = t′" if shown.state.options.label_smoothing else "best possible: p = t"
    largest = max(counting, key=lambda part: part.target)
    return tuple(
        Ghost(
            part.class_index,
            part.target,
            in_unit(part.target * numbers.surprise_of(part.target), shown.evaluation.unit),
            best if part is largest else "",
        )
        for part in counting
    )


def _labels(shown: Shown) -> tuple[CurveChart, ...]:
    chart = _chart(shown, "p of the label", small=True)
    count = shown.state.class_count
    if not is_valid(shown):
        return tuple(_label(shown, chart, index, None, _plain_curves(shown, index)) for index in range(count))
    every = parts(shown)
    curves = [_plain_curves(shown, index) for index in range(count)]
    if by_options(shown):
        curves = [(curve,) for curve in term_curves(shown, every)]
    return tuple(
        _label(shown, chart, index, part, its)
        for index, (part, its) in enumerate(zip(every, curves, strict=True))
    )


def _plain_curves(shown: Shown, index: int) -> tuple[Curve, ...]:
    top, unit = shown.y_top, shown.evaluation.unit
    target = float(shown_target(shown)[index])
    if 0 < target < 1:
        return (mixture(top, unit, index, target),)
    return tuple(curve(top, unit, index) for t, curve in ((1, falling), (0, rising)) if target == t)


def _label(
    shown: Shown, chart: CurveChart, index: int, part: Part | None, curves: tuple[Curve, ...]
) -> CurveChart:
    return replace(
        chart,
        curves=curves,
        live=() if part is None else (_of_label(shown, part),),
        name=shown.state.classes[index],
        value_text="" if part is None else part.value_text,
        class_index=index,
        footprints=() if part is None else footprints(shown, index),
    )


def _of_label(shown: Shown, part: Part) -> LivePoint:
    return LivePoint(
        class_index=part.class_index,
        x=part.place,
        y=part.value if part.value <= shown.y_top else None,
        x_text=label_texts(shown, part)[1] if shown.dragging else numbers.probability(part.place),
        y_text=part.value_text,
        label="",
    )
