"""Between two values every number on the way is as true as those at the ends."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core.document import Task, Unit
from ceviz.explain.glides import glide
from tests.explain.examples import show, state_of
from tests.fuzz import examples

THREE, WHERE = ["dog", "cat", "panda"], [[1, 0, 0], [0, 1, 0]]


def multiclass(*predictions, targets=WHERE, **options):
    return show(state_of(THREE, targets, predictions, **options), Task.MULTICLASS)


def halfway(before, after):
    passing = glide(before, after).at(0.5)
    return passing.state.models[0].predictions[0].tolist()


def test_half_way_is_half_way_in_hundredths_that_sum_to_1():
    before, after = multiclass([0.4, 0.3, 0.3], [0, 1, 0]), multiclass([0.9, 0.05, 0.05], [0, 1, 0])
    passing = glide(before, after).at(0.5)
    # 0.65, 0.175, 0.175: of two equal remainders the first gets the hundredth.
    assert passing.state.models[0].predictions.tolist() == [[0.65, 0.18, 0.17], [0, 1, 0]]
    assert passing.result.losses[0] == pytest.approx(-math.log(0.65), rel=1e-15)
    assert passing.dragging
    assert passing.y_top == after.y_top


def test_labels_and_logits_go_each_its_own_way():
    labels = [
        show(state_of(THREE, [[1, 0, 1]], [row]), Task.MULTILABEL) for row in ([0.4, 0.3, 1], [0.9, 0.3, 0])
    ]
    assert halfway(*labels) == [0.65, 0.3, 0.5]
    logits = [
        multiclass([1, 0, -2], [0, 0, 0], input="logits"),
        multiclass([4, 0, 2], [0, 0, 0], input="logits"),
    ]
    assert halfway(*logits) == [2.5, 0, 0]


def test_a_temperature_glides_too():
    rows = [1, 0, -2], [0, 0, 0]
    cold, warm = (multiclass(*rows, input="logits", temperature=t) for t in (1.0, 4.0))
    assert glide(cold, warm).at(0.5).state.options.temperature == 2.5
    assert glide(warm, cold).at(0.9).state.options.temperature == 1.3
    assert glide(warm, warm) is None


def test_a_soft_target_glides_but_between_two_answers_there_is_nothing():
    soft = [
        show(state_of(THREE, [row], [[0.4, 0.3, 0.3]]), Task.SOFT) for row in ([0.8, 0.2, 0], [0.2, 0.8, 0])
    ]
    assert glide(*soft).at(0.5).state.targets.tolist() == [[0.5, 0.5, 0]]
    same = [0.4, 0.3, 0.3], [0.1, 0.8, 0.1]
    assert glide(multiclass(*same), multiclass(*same, targets=[[0, 1, 0], [0, 1, 0]])) is None


@pytest.mark.parametrize(
    "other",
    [
        multiclass([0.9, 0.3, 0.3], [0.1, 0.8, 0.1]),
        replace(multiclass([0.9, 0.05, 0.05], [0.1, 0.8, 0.1]), sample=1),
        multiclass([0.9, 0.05, 0.05], [0.1, 0.8, 0.1], unit=Unit.BITS),
        multiclass([3, math.inf, 0], [0, 0, 0], input="logits"),
        multiclass([0.9, 0.05, 0.05], targets=WHERE[:1]),
    ],
    ids=["invalid", "another sample", "another unit", "logits", "fewer samples"],
)
def test_where_there_is_no_way_there_is_no_glide(other):
    start = multiclass([0.4, 0.3, 0.3], [0.1, 0.8, 0.1])
    assert glide(start, other) is None
    assert glide(other, start) is None


def test_a_row_that_is_invalid_at_one_end_is_at_once_what_it_will_be():
    before = multiclass([0.4, 0.3, 0.3], [0.5, 0.8, 0.1])
    after = multiclass([0.9, 0.05, 0.05], [0.1, 0.8, 0.1])
    assert glide(before, after).at(0.25).state.models[0].predictions[1].tolist() == [0.1, 0.8, 0.1]


rows = st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(sum).map(lambda row: np.array(row) / sum(row))


@examples(50)
@given(rows, rows, st.floats(0.01, 0.99))
def test_all_along_the_row_is_valid_between_its_ends_and_nowhere_certain_of_what_no_end_is(a, b, share):
    way = glide(multiclass(a, [0, 1, 0]), multiclass(b, [0, 1, 0]))
    if way is None:
        assert (a == b).all()
        return
    passing = way.at(share)
    row = passing.state.models[0].predictions[0]
    assert passing.result.valid[0]
    assert row.sum() == pytest.approx(1, abs=1e-9)
    assert (row >= np.minimum(a, b) - 0.01).all()
    assert (row <= np.maximum(a, b) + 0.01).all()
    assert ((row > 0) == ((a > 0) | (b > 0))).all()
