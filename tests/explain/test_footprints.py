"""Footprints: which steps led to what is shown, and where they lie on the curves."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ceviz.core import edits
from ceviz.core.document import Task, Unit
from ceviz.core.evaluation import evaluate
from ceviz.explain.charts import CurveChart
from ceviz.explain.curve_charts import curve_charts
from ceviz.explain.footprints import Trail
from ceviz.explain.shown import Shown
from tests.explain.examples import shown

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL


def at(view: Shown, state) -> Shown:
    return replace(view, state=state, evaluation=evaluate(state, view.task))


def stepped(view: Shown, trail: Trail) -> Shown:
    state = edits.step_along_gradient(view.state, view.task, 0, view.sample, 1.0)
    trail.step(view, state)
    return at(view, state)


def places(chart: CurveChart) -> list[tuple]:
    return [(step.class_index, step.x, step.y) for step in chart.footprints]


def test_undo_takes_a_footprint_back_and_redo_brings_it_again():
    trail = Trail()
    start = shown(MULTI)
    one = stepped(start, trail)
    two = stepped(one, trail)
    before_second = tuple(one.result.probabilities[0].tolist())
    assert trail.footprints(two) == ((0.4, 0.3, 0.3), before_second)
    assert trail.footprints(one) == ((0.4, 0.3, 0.3),)
    assert trail.footprints(start) == ()
    assert trail.footprints(two) == ((0.4, 0.3, 0.3), before_second)
    # A step after an undo goes another way on.
    assert trail.footprints(one) == ((0.4, 0.3, 0.3),)
    assert len(trail.footprints(stepped(one, trail))) == 2


@pytest.mark.parametrize(
    "changed",
    [
        lambda view: at(view, edits.set_prediction(view.state, 0, 0, 0, 0.5)),
        lambda view: at(view, edits.choose_true_class(view.state, 0, 1)),
        lambda view: replace(view, sample=1),
    ],
)
def test_another_sample_target_or_prediction_ends_the_trail(changed):
    trail = Trail()
    one = stepped(shown(MULTI), trail)
    assert trail.footprints(changed(one)) == ()
    assert trail.footprints(one) == ()


def test_other_samples_and_the_unit_leave_the_trail():
    trail = Trail()
    one = stepped(shown(MULTI), trail)
    other = at(one, edits.set_unit(edits.set_prediction(one.state, 0, 3, 0, 0.5), Unit.BITS))
    assert len(trail.footprints(other)) == 1


@pytest.mark.parametrize(
    ("view", "walked", "expected"),
    [
        (shown(MULTI), (0.25, 0.5, 0.25), [(0, 0.25, math.log(4))]),
        (shown(MULTI, unit=Unit.BITS), (0.25, 0.5, 0.25), [(0, 0.25, 2.0)]),
        # 4.6 is the top of the axis, exp(−4.6) is 0.01.
        (shown(MULTI), (0.005, 0.5, 0.495), [(0, 0.005, None)]),
        (shown(MULTI), (0.0, 0.5, 0.5), [(0, 0.0, None)]),
        (
            shown(SOFT),
            (0.5, 0.25, 0.25),
            [(0, 0.5, 0.7 * math.log(2)), (1, 0.25, 0.2 * math.log(4)), (2, 0.25, 0.1 * math.log(4))],
        ),
        (shown(BINARY), (0.25,), [(0, 0.25, math.log(4))]),
        (shown(BINARY, target=[0]), (0.25,), [(1, 0.25, math.log(4 / 3))]),
    ],
)
def test_footprints_lie_on_the_curve_of_their_class(view, walked, expected):
    (chart,) = curve_charts(replace(view, footprints=(walked,)))
    assert places(chart) == [(k, x, y if y is None else pytest.approx(y)) for k, x, y in expected]


def test_each_label_has_its_own():
    charts = curve_charts(replace(shown(LABELS), footprints=((0.5, 0.25, 0.5, 0.5, 0.5),)))
    # Targets 1 0 0 1 1: the label that is not there pays −ln (1 − p).
    assert places(charts[0]) == [(0, 0.5, pytest.approx(math.log(2)))]
    assert places(charts[1]) == [(1, 0.25, pytest.approx(math.log(4 / 3)))]


def test_of_many_the_last_20_are_shown_and_the_newest_is_strongest():
    walked = tuple((p / 100, 1 - p / 100, 0.0) for p in range(2, 52))
    (chart,) = curve_charts(replace(shown(MULTI), footprints=walked))
    assert [step.x for step in chart.footprints] == [p / 100 for p in range(32, 52)]
    strengths = [step.strength for step in chart.footprints]
    assert strengths == sorted(strengths)
    assert strengths[-1] == 1
    assert strengths[0] > 0


def test_without_steps_there_are_none():
    assert all(chart.footprints == () for task in Task for chart in curve_charts(shown(task)))
