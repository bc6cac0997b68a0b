import math
from dataclasses import replace

import numpy as np
import pytest

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain.charts import Ghost
from ceviz.explain.curve_charts import MOST_CURVES, curve_charts, y_top_for
from ceviz.explain.curve_marks import MOST_MARKS, marks_note
from ceviz.explain.formulas import to_text
from tests.explain.examples import show, shown, state_of

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL


def tick_texts(axis):
    return [text for _, text in axis.ticks]


def curve_texts(chart):
    return [(to_text(curve.label), curve.note, curve.class_index, curve.dashed) for curve in chart.curves]


def points(live):
    return [(point.class_index, point.x, point.x_text, point.y_text, point.label) for point in live]


def test_multiclass_as_in_the_picture():
    (chart,) = curve_charts(shown(MULTI, overlay=True))
    assert chart.title == "Loss against the true class’s probability"
    assert (chart.x_axis.label, chart.y_axis.label) == ("p of the true class", "loss (nats)")
    assert tick_texts(chart.x_axis) == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert tick_texts(chart.y_axis) == ["0", "1", "2", "3", "4"]
    assert chart.y_axis.high == 4.6
    assert curve_texts(chart) == [("−ln p", "", None, False), ("(p − t)²", "at most 1", None, True)]
    assert points(chart.live) == [(0, 0.4, "0.400", "0.916", "sample 1")]
    assert chart.live[0].y == pytest.approx(0.916290731874155)
    assert chart.ghosts == (Ghost(None, 0.4, pytest.approx(0.36), "0.360"),)
    assert [(mark.label, mark.class_index, mark.x) for mark in chart.marks] == [
        ("2", 1, 0.8),
        ("3", 2, 0.9),
        ("4", 0, 0.25),
        ("5", 2, 0.2),
    ]
    assert [mark.y for mark in chart.marks] == pytest.approx([0.22314, 0.10536, 1.38629, 1.60944], abs=1e-5)
    assert chart.pills


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("task", [SOFT, LABELS])
@pytest.mark.parametrize("target", [1e-320, 5e-324, 1e-16, 1 - 1e-16])
def test_curves_of_targets_next_to_0_and_1(task, unit, target):
    state = state_of(["dog", "cat"], [[target, 1 - target]], [[0.4, 0.6]], unit=unit)
    for chart in curve_charts(show(state, task)):
        for curve in chart.curves:
            assert np.isfinite(curve.xs).all()
            assert np.isfinite(curve.ys).all()
            assert (curve.xs.min(), curve.xs.max()) == pytest.approx((0, 1), abs=0.11)


def test_soft_as_in_the_picture():
    (chart,) = curve_charts(shown(SOFT, overlay=True))
    assert (chart.x_axis.label, chart.y_axis.label) == ("p of that class", "loss term (nats)")
    assert tick_texts(chart.y_axis) == ["0", "0.5", "1", "1.5", "2"]
    assert [(index, name, to_text(formula)) for index, name, formula in chart.legend] == [
        (0, "dog", "−0.7 ln p"),
        (1, "cat", "−0.2 ln p"),
        (2, "panda", "−0.1 ln p"),
    ]
    assert points(chart.live) == [
        (0, 0.3, "0.300", "0.843", "0.843"),
        (1, 0.5, "0.500", "0.139", "0.139"),
        (2, 0.2, "0.200", "0.161", "0.161"),
    ]
    assert [(ghost.class_index, ghost.x, ghost.text) for ghost in chart.ghosts] == [
        (0, 0.7, "best possible: p = t"),
        (1, 0.2, ""),
        (2, 0.1, ""),
    ]
    # -0.7 ln 0.7, -0.2 ln 0.2, -0.1 ln 0.1
    assert [ghost.y for ghost in chart.ghosts] == pytest.approx([0.24967, 0.32189, 0.23026], abs=1e-5)
    assert not chart.pills
    assert chart.marks == ()


def test_binary_as_in_the_picture():
    (chart,) = curve_charts(shown(BINARY))
    assert chart.x_axis.label == "p, the probability of “dog”"
    assert curve_texts(chart) == [
        ("−ln p", "if it is a dog (t = 1)", 0, False),
        ("−ln (1 − p)", "if it is not (t = 0)", 1, False),
    ]
    assert points(chart.live) == [(0, 0.7, "0.700", "0.357", "sample 1")]
    assert chart.ghosts == (Ghost(1, 0.7, pytest.approx(1.20397, abs=1e-5), "1.204 had t been 0"),)
    assert [(mark.label, mark.class_index, mark.x) for mark in chart.marks] == [
        ("2", 1, 0.2),
        ("3", 0, 0.95),
        ("4", 1, 0.6),
        ("5", 0, 0.35),
    ]
    (overlay,) = curve_charts(shown(BINARY, overlay=True))
    assert overlay.curves[-1].dashed
    assert overlay.ghosts[-1].text == "0.090"


def test_multilabel_as_in_the_picture():
    charts = curve_charts(shown(LABELS))
    assert [(chart.name, chart.value_text) for chart in charts] == [
        ("dog", "0.105"),
        ("cat", "0.357"),
        ("panda", "0.051"),
        ("ball", "0.511"),
        ("person", "0.223"),
    ]
    assert [to_text(chart.curves[0].label) for chart in charts] == [
        "−ln p",
        "−ln (1 − p)",
        "−ln (1 − p)",
        "−ln p",
        "−ln p",
    ]
    assert charts[0].x_axis.label == "p of the label"
    assert tick_texts(charts[0].x_axis) == ["0", "0.5", "1"]
    assert tick_texts(charts[0].y_axis) == ["0", "1", "2"]
    assert [chart.live[0].x for chart in charts] == [0.9, 0.3, 0.05, 0.6, 0.8]


def test_infinite_loss_as_in_the_picture():
    (chart,) = curve_charts(shown(MULTI, 4, prediction=[0.3, 0.7, 0]))
    (live,) = chart.live
    assert (live.y, live.x_text, live.y_text) == (None, "0.000", "∞")
    assert live.label == "sample 5: off the top, at p = 0"


def test_a_finite_loss_beyond_the_axis_says_how_much():
    (chart,) = curve_charts(shown(MULTI, prediction=[1e-5, 0.5, 0.49999]))
    (live,) = chart.live
    assert (live.y, live.x_text, live.y_text) == (None, "<0.001", "11.513")
    assert live.label == "sample 1: off the top, at p = 10⁻⁵"
    beyond = shown(MULTI, 1, prediction=[1, 0, 0])
    (mark,) = [mark for mark in curve_charts(replace(beyond, sample=0))[0].marks if mark.label == "2"]
    assert (mark.y, mark.value_text) == (None, "∞")


def test_a_loss_at_the_very_top_of_the_axis_is_told_as_one_beyond_it():
    # The terms −w t′ ln p, added up by NumPy.
    smoothed = replace(shown(MULTI).state.options, label_smoothing=0.1, class_weights=(2.0, 0.5, 3.0))
    state = replace(shown(MULTI).state, options=smoothed)
    p, t = state.models[0].predictions[4], 0.9 * state.targets[4] + 0.1 / 3
    loss = -float(np.sum(np.array([2.0, 0.5, 3.0]) * t * np.log(p)))
    assert 4.59 < loss < 4.6
    (chart,) = curve_charts(show(state, MULTI))
    assert chart.y_axis.high == 4.6
    assert [(mark.y, mark.value_text) for mark in chart.marks if mark.label == "5"] == [(None, f"{loss:.3f}")]
    # Chosen, it has an axis with room for its point.
    assert y_top_for(show(state, MULTI, 4)) == 9.2


@pytest.mark.parametrize(
    ("convention", "end"),
    # -0.95 ln 1 - 0.05 ln 0 is infinite; Keras clips 1 - p to 1e-7.
    [(Convention.EXACT, 4.6), (Convention.KERAS, pytest.approx(0.05 * 16.118 + 0.95e-7, abs=1e-4))],
)
def test_a_smoothed_loss_goes_on_to_the_top_where_it_is_infinite(convention, end):
    options = replace(shown(BINARY).state.options, label_smoothing=0.1, convention=convention)
    (chart,) = curve_charts(show(replace(shown(BINARY).state, options=options), BINARY))
    there, not_there = chart.curves
    assert (there.xs[-1], there.ys[-1]) == (pytest.approx(1, abs=1e-4), end)
    assert (not_there.xs[0], not_there.ys[0]) == (pytest.approx(0, abs=1e-4), end)
    # On their steep sides both pass the top where -0.95 ln p - 0.05 ln(1 - p) is 4.6.
    assert (there.xs[0], there.ys[0]) == (pytest.approx(0.00789, abs=2e-4), 4.6)
    assert (not_there.xs[-1], not_there.ys[-1]) == (pytest.approx(1 - 0.00789, abs=2e-4), 4.6)


def test_logits_are_shown_at_the_probabilities_they_give():
    (chart,) = curve_charts(shown(MULTI, logits=[2, 1, 0.1]))
    assert points(chart.live) == [(0, pytest.approx(0.65900, abs=1e-5), "0.659", "0.417", "sample 1")]


@pytest.mark.parametrize(
    ("shown_sample", "top"),
    [
        (shown(MULTI), 4.6),
        (shown(MULTI, prediction=[0.005, 0.5, 0.495]), 9.2),
        (shown(MULTI, prediction=[0, 0.5, 0.5]), 4.6),
        (shown(MULTI, prediction=[1e-9, 0.5, 0.5 - 1e-9]), 9.2),
        (shown(SOFT), 2.4),
        (shown(SOFT, prediction=[0.01, 0.5, 0.49]), 4.6),  # -0.7 ln 0.01 = 3.2
        (shown(LABELS), 2.4),
        (shown(LABELS, unit=Unit.BITS), 3.5),
        (shown(MULTI, unit=Unit.BITS), 7.0),
        (shown(MULTI, prediction=[0.3, 0.3, 0.3]), 4.6),
    ],
)
def test_the_axis_holds_the_shown_sample(shown_sample, top):
    assert y_top_for(shown_sample) == top


def test_curves_are_right_where_they_are_drawn():
    (chart,) = curve_charts(shown(BINARY, unit=Unit.BITS))
    falling, rising = chart.curves
    assert falling.ys == pytest.approx(-np.log2(falling.xs))
    assert rising.ys == pytest.approx(-np.log2(1 - rising.xs), abs=1e-9)
    assert falling.ys.max() == rising.ys.max() == 7.0
    (soft,) = curve_charts(shown(SOFT))
    assert soft.curves[1].ys == pytest.approx(-0.2 * np.log(soft.curves[1].xs), abs=1e-9)


def test_a_target_between_0_and_1_has_its_own_curve():
    (chart,) = curve_charts(shown(BINARY, target=[0.3]))
    valley = chart.curves[-1]
    assert to_text(valley.label) == "BCE(0.3, p)"
    lowest = int(valley.ys.argmin())
    assert (valley.xs[lowest], valley.ys[lowest]) == (0.3, pytest.approx(0.61086, abs=1e-5))
    assert valley.ys.max() <= chart.y_axis.high
    label = curve_charts(shown(LABELS, target=[0.3, 0, 0, 1, 1]))[0]
    assert [to_text(curve.label) for curve in label.curves] == ["BCE(0.3, p)"]


def test_a_class_with_target_0_is_flat():
    (chart,) = curve_charts(shown(SOFT, 1))
    assert to_text(chart.legend[2][2]) == "0"
    assert chart.curves[2].ys.tolist() == [0, 0]
    assert (chart.live[2].x, chart.live[2].y, chart.live[2].y_text) == (0.1, 0, "0")


def test_an_invalid_row_has_curves_and_marks_but_no_point():
    (chart,) = curve_charts(shown(MULTI, prediction=[0.4, 0.3, 0.2]))
    assert (chart.live, chart.ghosts) == ((), ())
    assert len(chart.curves) == 1
    assert [mark.label for mark in chart.marks] == ["2", "3", "4", "5"]
    (small, *_) = curve_charts(shown(LABELS, prediction=[1.3, 0, 0, 0, 0]))
    assert (small.live, small.value_text, small.name, small.class_index) == ((), "", "dog", 0)


def test_invalid_samples_have_no_mark():
    invalid = shown(MULTI, 3, prediction=[0.25, 0.53, 0.15])
    (chart,) = curve_charts(replace(invalid, sample=0))
    assert [mark.label for mark in chart.marks] == ["2", "3", "5"]


def test_many_samples_and_classes_show_the_nearest_and_the_largest():
    state = state_of(["a", "b"], [[1, 0]] * 1000, [[0.5, 0.5]] * 1000)
    (chart,) = curve_charts(show(state, MULTI, 500))
    assert len(chart.marks) == MOST_MARKS
    assert {mark.sample for mark in chart.marks} == {*range(400, 601)} - {500}
    assert marks_note(show(state, MULTI, 500)).startswith("Marked: 200 of 999 other samples")
    target = np.arange(20) / 190
    soft = show(state_of([f"c{k}" for k in range(20)], [target], [[0.05] * 20]), SOFT)
    (chart,) = curve_charts(soft)
    assert [curve.class_index for curve in chart.curves] == list(range(20 - MOST_CURVES, 20))


@pytest.mark.parametrize("sample", [0, 500, 999])
def test_infinite_samples_are_marked_whichever_of_many_is_shown(sample):
    rows = [[0.0, 1.0] if n in (3, 700) else [0.5, 0.5] for n in range(1000)]
    (chart,) = curve_charts(show(state_of(["a", "b"], [[1, 0]] * 1000, rows), MULTI, sample))
    assert len(chart.marks) == MOST_MARKS
    assert [mark.sample for mark in chart.marks if mark.y is None] == [3, 700]


def test_pills_follow_a_drag_at_two_decimals():
    (chart,) = curve_charts(shown(MULTI, prediction=[0.41, 0.3, 0.29], dragging=True))
    assert chart.live[0].x_text == "0.41"


def test_a_curve_that_is_infinite_everywhere_is_not_drawn():
    # Smoothing gives the dog a target, and the infinite logit of the cat leaves it nothing.
    endless = state_of(
        ["owl", "dog", "cat"], [[1, 0, 0]], [[0, 0, math.inf]], input="logits", label_smoothing=0.1
    )
    (chart,) = curve_charts(show(endless, Task.MULTICLASS))
    assert chart.curves == ()
    assert chart.live[0].y_text == "∞"
