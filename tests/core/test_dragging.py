"""Drags: the sum stays, the shares stay, and nothing else changes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ceviz.core.document import InputKind, Task
from ceviz.core.edits import (
    drag_probability,
    drag_shares,
    drag_target,
    drag_target_shares,
    whole_steps,
)
from ceviz.core.losses import softmax
from tests.core.states import state_of, states

DOG = [1.0, 0.0, 0.0]


def dragged(row, class_index, value, task=Task.MULTICLASS, **options):
    kind = options.pop("kind", InputKind.PROBABILITIES)
    state = state_of([DOG[: len(row)]], [row], kind=kind, temperature=options.pop("temperature", 1.0))
    return (
        drag_probability(state, task, 0, 0, class_index, value, **options).models[0].predictions[0].tolist()
    )


@pytest.mark.parametrize(
    ("row", "value", "expected"),
    [
        ([0.4, 0.3, 0.3], 0.55, [0.55, 0.225, 0.225]),
        ([0.4, 0.3, 0.3], 1.0, [1.0, 0.0, 0.0]),
        ([0.4, 0.3, 0.3], 0.0, [0.0, 0.5, 0.5]),
        ([0.4, 0.3, 0.3], 7.0, [1.0, 0.0, 0.0]),
        ([0.4, 0.3, 0.3], -7.0, [0.0, 0.5, 0.5]),
        # 0.495 and 0.495 of a remainder of 0.99; thirds of 1: the first of equal remainders gets the step
        ([0.0, 0.5, 0.5], 0.01, [0.01, 0.495, 0.495]),
        ([0.1, 0.6, 0.3], 0.5, [0.5, 0.333, 0.167]),
        # others all 0: equal shares
        ([1.0, 0.0, 0.0], 0.4, [0.4, 0.3, 0.3]),
        # a class that was ruled out stays so
        ([0.5, 0.5, 0.0], 0.2, [0.2, 0.8, 0.0]),
        # a row that did not sum to 1 does after the drag; a negative number counts as 0
        ([0.25, 0.53, 0.15], 0.32, [0.32, 0.53, 0.15]),
        ([0.5, -0.1, 0.6], 0.4, [0.4, 0.0, 0.6]),
    ],
)
def test_the_others_keep_their_proportions(row, value, expected):
    assert dragged(row, 0, value) == expected


@pytest.mark.parametrize(
    ("shares", "count", "steps"),
    [
        ([1 / 3, 1 / 3, 1 / 3], 100, [34, 33, 33]),
        ([0.005, 0.005, 0.99], 100, [1, 0, 99]),
        ([0.123456, 0.4, 0.476544], 1000, [123, 400, 477]),
        # proportions, whatever they sum to; 0.29 * 100 is a hair below 29
        ([3.0, 1.0, 0.0], 10, [8, 2, 0]),
        ([0.29, 0.71], 100, [29, 71]),
        ([0.4, 0.6], 0, [0, 0]),
    ],
)
def test_the_largest_remainders_are_rounded_up(shares, count, steps):
    assert whole_steps(np.array(shares), count).tolist() == steps


def test_a_small_share_is_not_rounded_away():
    row = dragged([0.4, 0.5996, 0.0004], 0, 0.5)
    assert row == pytest.approx([0.5, 0.5 * 0.5996 / 0.6, 0.5 * 0.0004 / 0.6], rel=1e-14)
    assert dragged([0.4, 0.3, 0.3], 0, 0.0004)[0] == 0.0004
    assert dragged([0.4, 0.3, 0.3], 0, 0.9996) == pytest.approx([0.9996, 0.0002, 0.0002], rel=1e-12)


@given(states(tasks=(Task.MULTICLASS, Task.SOFT), kinds=(InputKind.PROBABILITIES,)), st.data())
def test_the_sum_stays(drawn, data):
    task, state = drawn
    class_index = data.draw(st.integers(0, state.class_count - 1))
    value = data.draw(st.integers(0, 1000)) / 1000
    after = drag_probability(state, task, 0, 0, class_index, value)
    before, row = state.models[0].predictions[0], after.models[0].predictions[0]
    assert row[class_index] == value
    assert row.sum() == pytest.approx(1.0, abs=1e-12)
    if (row * 1000 == np.round(row * 1000)).all():
        assert sum(round(number * 1000) for number in row) == 1000
    if value < 1:
        others = np.delete(before, class_index)
        assume(others.any())
        assert ((np.delete(row, class_index) > 0) == (others > 0)).all()
        # On the grid no number is further than one step from its exact share.
        exact = others / others.sum() * (1 - value)
        assert np.abs(np.delete(row, class_index) - exact).max() <= 1e-3 + 1e-12


@given(states(tasks=(Task.MULTICLASS, Task.SOFT), kinds=(InputKind.PROBABILITIES,)), st.floats(0, 1))
def test_shown_numbers_sum_to_1_or_are_exact_shares(drawn, value):
    task, state = drawn
    row = drag_probability(state, task, 0, 0, 0, value).models[0].predictions[0]
    assert row.sum() == pytest.approx(1.0, abs=1e-12)
    assert row.min() >= 0
    assert abs(row[0] - value) <= 0.0005 + 1e-12


def test_the_same_press_gives_the_same_row_wherever_the_drag_went():
    state = state_of([DOG], [[0.4, 0.36, 0.24]])
    assert drag_probability(state, Task.MULTICLASS, 0, 0, 0, 0.4) == state


@pytest.mark.parametrize("options", [{"alone": True}, {"task": Task.MULTILABEL}])
def test_alone(options):
    assert dragged([0.4, 0.3, 0.3], 0, 0.55, **options) == [0.55, 0.3, 0.3]


def test_binary_has_nothing_else_to_change():
    assert dragged([0.4], 0, 0.55, task=Task.BINARY) == [0.55]


def test_a_single_competing_class_is_certain():
    assert dragged([1.0], 0, 0.3) == [1.0]


@given(
    st.lists(st.floats(-20, 20), min_size=2, max_size=5),
    st.integers(1, 999),
    st.sampled_from([0.5, 1.0, 2.0]),
)
def test_one_logit_moves_so_that_the_probability_is_met(row, thousandths, temperature):
    options = {"kind": InputKind.LOGITS, "temperature": temperature}
    target = [1.0] + [0.0] * (len(row) - 1)
    state = state_of([target], [row], kind=InputKind.LOGITS, temperature=temperature)
    after = drag_probability(state, Task.MULTICLASS, 0, 0, 0, thousandths / 1000).models[0].predictions[0]
    assert after[1:].tolist() == row[1:]
    assert softmax(after, options["temperature"])[0] == pytest.approx(thousandths / 1000, rel=1e-12)


def test_one_label_logit_moves():
    # ln(0.8 / 0.2)
    assert dragged([0.0, 2.0], 0, 0.8, Task.MULTILABEL, kind=InputKind.LOGITS) == [
        pytest.approx(1.3862943611198906, rel=1e-14),
        2.0,
    ]


def test_a_logit_at_the_ends_is_infinite():
    assert dragged([1.0, 2.0, 3.0], 0, 1.0, kind=InputKind.LOGITS) == [math.inf, 2, 3]
    assert dragged([1.0, 2.0, 3.0], 0, 0.0, kind=InputKind.LOGITS) == [-math.inf, 2, 3]


@pytest.mark.parametrize("others", [[math.inf, 0.0], [-math.inf, -math.inf]])
def test_infinite_logits_of_the_others_forbid_a_drag(others):
    assert dragged([1.0, *others], 0, 0.5, kind=InputKind.LOGITS) == [1.0, *others]


def test_targets():
    state = state_of([[0.7, 0.2, 0.1]], [[0.4, 0.3, 0.3]])
    assert drag_target(state, 0, 0, 0.4).targets.tolist() == [[0.4, 0.4, 0.2]]
    assert drag_target(state, 0, 0, 0.4, alone=True).targets.tolist() == [[0.4, 0.2, 0.1]]
    assert drag_target(state_of([[1.0]], [[0.4]]), 0, 0, 0.25).targets.tolist() == [[0.25]]


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        dragged([0.4, 0.3, 0.3], 0, math.nan)


# Shares of some classes


def dealt(row, classes, shares, **options):
    state = state_of([[1.0] + [0.0] * (len(row) - 1)], [row], **options)
    return drag_shares(state, 0, 0, classes, np.array(shares)).models[0].predictions[0]


@pytest.mark.parametrize(
    ("row", "classes", "shares", "expected"),
    [
        ([0.4, 0.3, 0.3], [0, 1, 2], [0.29, 0.7, 0.01], [0.29, 0.7, 0.01]),
        # the order is that of the classes named; 0.2 stays where it was
        ([0.4, 0.3, 0.2, 0.1], [3, 0, 1], [0.5, 0.25, 0.25], [0.2, 0.2, 0.2, 0.4]),
        # no thousandths: exactly a third of 0.5
        ([0.5, 0.2, 0.2, 0.1], [1, 2, 3], [1 / 3, 1 / 3, 1 / 3], [0.5, 1 / 6, 1 / 6, 1 / 6]),
        # 0.0005 would be lost in thousandths
        ([0.5, 0.5, 0.0, 0.0], [1, 2, 3], [0.998, 0.001, 0.001], [0.5, 0.499, 0.0005, 0.0005]),
    ],
)
def test_some_classes_share_what_they_had(row, classes, shares, expected):
    assert dealt(row, classes, shares).tolist() == expected


def test_a_target_is_shared_like_a_prediction():
    state = state_of([[0.4, 0.3, 0.2, 0.1]], [[0.25] * 4])
    shared = drag_target_shares(state, 0, [3, 0, 1], np.array([0.5, 0.25, 0.25]))
    assert shared.targets[0].tolist() == [0.2, 0.2, 0.2, 0.4]


def test_a_target_is_shared_as_it_is_after_smoothing():
    state = state_of([[0.4, 0.3, 0.2, 0.1]], [[0.25] * 4])
    state = replace(state, options=replace(state.options, label_smoothing=0.2))
    # Three classes have 0.9 together, 0.8 0.9 + 3 0.05 = 0.87 after smoothing, which is 0.8 t + 0.05.
    shared = drag_target_shares(state, 0, [0, 1, 2], np.array([0.05, 0.595, 0.225]) / 0.87)
    np.testing.assert_allclose(shared.targets[0], [0.0, 0.681, 0.219, 0.1], atol=6e-4)
    np.testing.assert_allclose(0.8 * shared.targets[0] + 0.05, [0.05, 0.595, 0.225, 0.13], atol=6e-4)
    # A corner, where no smoothed target lies, is as near as it can be.
    corner = drag_target_shares(state, 0, [0, 1, 2], np.array([1.0, 0.0, 0.0]))
    assert corner.targets[0].tolist() == [0.9, 0.0, 0.0, 0.1]


@pytest.mark.parametrize("temperature", [1.0, 0.5, 3.0])
def test_logits_share_without_moving_any_other(temperature):
    row = [2.0, -1.0, 0.5, 1.5]
    moved = dealt(row, [0, 1, 3], [0.5, 0.3, 0.2], kind=InputKind.LOGITS, temperature=temperature)
    before, after = (softmax(np.array(z), temperature) for z in (row, moved))
    together = before[[0, 1, 3]].sum()
    np.testing.assert_allclose(after[[0, 1, 3]], together * np.array([0.5, 0.3, 0.2]), rtol=1e-13)
    assert moved[2] == 0.5
    # Back where it was, a drag has changed nothing.
    again = dealt(
        moved, [0, 1, 3], before[[0, 1, 3]] / together, kind=InputKind.LOGITS, temperature=temperature
    )
    np.testing.assert_allclose(again, row, rtol=1e-13)


@pytest.mark.parametrize(
    ("row", "shares", "expected"),
    [
        # ln(e^0 + e^0 + e^0) = ln 3 is what a corner keeps
        ([0.0, 0.0, 0.0], [1, 0, 0], [math.log(3), -math.inf, -math.inf]),
        ([math.inf, 1.0, 2.0], [0.5, 0.5, 0], [math.log(0.5), math.log(0.5), -math.inf]),
        ([-math.inf] * 3, [0.5, 0.5, 0], [-math.inf] * 3),
    ],
)
def test_shares_of_nothing_are_infinite_logits(row, shares, expected):
    assert dealt(row, [0, 1, 2], shares, kind=InputKind.LOGITS) == pytest.approx(expected)


def test_a_logit_that_left_the_others_nothing_goes_on_doing_so():
    row = [math.inf, 1.0, 2.0, 3.0]
    moved = dealt(row, [0, 1, 2], [0.5, 0.25, 0.25], kind=InputKind.LOGITS)
    assert softmax(moved).tolist() == pytest.approx([0.5, 0.25, 0.25, 0.0])
