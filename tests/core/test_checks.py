"""What is reported, about which row, in which words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given

from ceviz.core.checks import SUM_TOLERANCE, check
from ceviz.core.document import InputKind, Task
from tests.core.states import state_of, states

INF = math.inf
DOG = [1.0, 0.0, 0.0]


def issues_of(targets, predictions, task, kind=InputKind.PROBABILITIES):
    found = check(state_of(targets, predictions, kind=kind), task)
    return [(i.code, i.message, i.sample, i.model, i.class_index, i.fixable) for i in found]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([0.25, 0.53, 0.15], ("sum", "sums to 0.93, not 1", 0, 0, None, True)),
        ([0.5, 0.5, 0.00002], ("sum", "sums to 1.00002, not 1", 0, 0, None, True)),
        ([0.0, 0.0, 0.0], ("sum", "sums to 0, not 1", 0, 0, None, False)),
        ([1.2, 0.0, 0.0], ("range", "p lies between 0 and 1", 0, 0, 0, False)),
        ([0.5, -0.1, 0.6], ("range", "cat is negative", 0, 0, 1, False)),
        ([2.0, -3.0, 5.0], ("range", "p lies between 0 and 1", 0, 0, 0, False)),
        ([1e308, 1e308, 0.0], ("range", "p lies between 0 and 1", 0, 0, 0, False)),
        ([0.5, math.nan, 0.5], ("range", "p lies between 0 and 1", 0, 0, 1, False)),
    ],
)
def test_competing_probabilities(row, expected):
    assert issues_of([DOG], [row], Task.MULTICLASS) == [expected]


def test_a_sum_counts_as_one_within_the_tolerance():
    assert SUM_TOLERANCE == 1e-5
    assert issues_of([DOG], [[0.4, 0.3, 0.300009]], Task.MULTICLASS) == []
    assert issues_of([DOG], [[0.4, 0.3, 0.300011]], Task.MULTICLASS) != []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([INF, INF, 0], "softmax is undefined: more than one logit is ∞"),
        ([-INF, -INF, -INF], "softmax is undefined: every logit is −∞"),
    ],
)
def test_logits_without_a_softmax(row, message):
    expected = [("undefined", message, 0, 0, None, False)]
    assert issues_of([DOG], [row], Task.SOFT, InputKind.LOGITS) == expected
    assert issues_of([DOG], [row], Task.MULTILABEL, InputKind.LOGITS) == []


@pytest.mark.parametrize("row", [[INF, 0, -INF], [0, 0, 0], [5e3, -5e3, 0]])
def test_logits_with_a_softmax(row):
    assert issues_of([DOG], [row], Task.MULTICLASS, InputKind.LOGITS) == []


@pytest.mark.parametrize("target", [[0, 0, 0], [1, 1, 0], [0.5, 0.5, 0], [2, -1, 0], [0.999999, 0, 0]])
def test_targets_that_are_not_one_hot(target):
    message = "the target is 1 for one class and 0 for the rest"
    found = issues_of([target], [[0.4, 0.3, 0.3]], Task.MULTICLASS)
    assert found == [("target", message, 0, None, None, False)]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ([0.7, 0.2, 0.0], ("target_sum", "target sums to 0.9, not 1", 0, None, None, True)),
        ([0.5, 0.7, -0.2], ("target_range", "the target of panda is negative", 0, None, 2, False)),
        ([1.5, 0.0, 0.0], ("target_range", "t lies between 0 and 1", 0, None, 0, False)),
    ],
)
def test_soft_targets(target, expected):
    assert issues_of([target], [[0.4, 0.3, 0.3]], Task.SOFT) == [expected]


def test_labels_need_no_sum_but_lie_between_0_and_1():
    assert issues_of([[1, 1, 0]], [[0.9, 0.9, 0.9]], Task.MULTILABEL) == []
    assert issues_of([[0.3]], [[0.9]], Task.BINARY) == []
    found = issues_of([[1, 2, 0]], [[0.9, 0.9, 1.1]], Task.MULTILABEL)
    assert found == [
        ("target", "t lies between 0 and 1", 0, None, 1, False),
        ("range", "p lies between 0 and 1", 0, 0, 2, False),
    ]


def test_order_is_by_sample_with_the_target_first():
    bad, good = [0.5, 0.5, 0.5], [0.4, 0.3, 0.3]
    state = state_of([DOG, [0, 0, 0]], [bad, bad], [good, bad])
    found = [(issue.sample, issue.model) for issue in check(state, Task.MULTICLASS)]
    assert found == [(0, 0), (1, None), (1, 0), (1, 1)]


@given(states())
def test_valid_states_have_no_issue(drawn):
    task, state = drawn
    assert check(state, task) == ()


def test_a_million_wrong_numbers_are_one_issue_a_row():
    state = state_of(np.eye(100)[np.arange(10_000) % 100], np.full((10_000, 100), 50.0))
    found = check(state, Task.MULTICLASS)
    assert [issue.sample for issue in found] == list(range(10_000))
    assert {(issue.code, issue.class_index) for issue in found} == {("range", 0)}
