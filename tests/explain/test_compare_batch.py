"""What is wrong with a row of a comparison. The other words and bars are tested with the picture."""

from __future__ import annotations

import pytest

from ceviz.core.document import Task
from ceviz.explain.compare_batch import compare_batch
from tests.explain.compare_examples import pair_state, pictured, show_pair

DOG = [[1.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("a", "b", "targets", "problem"),
    [
        ([[0.25, 0.53, 0.15]], [[0.5, 0.3, 0.2]], DOG, "A sums to 0.93, not 1"),
        ([[0.5, 0.3, 0.2]], [[0.5, -0.5, 1]], DOG, "B: cat is negative"),
        ([[0.5, 0.3, 0.3]], [[0.5, 1.5, 0]], DOG, "A sums to 1.1, not 1; B: p lies between 0 and 1"),
        # Said once: both models share it.
        ([[0.5, 0.3, 0.2]], [[0.5, 0.5, 0]], [[0.5, 0.5, 0.5]], "Target sums to 1.5, not 1"),
        ([[0.5, 0.3, 0.2]], [[0.5, 0.5, 0]], [[0.6, 0.5, -0.1]], "The target of panda is negative"),
        ([[0.5, 0.3, 0.2]], [[0.5, 0.5, 0]], [[1.5, 0, 0]], "t lies between 0 and 1"),
    ],
)
def test_an_invalid_row_says_which_model_is_at_fault(a, b, targets, problem):
    task = Task.MULTICLASS if targets is DOG else Task.SOFT
    assert compare_batch(show_pair(pair_state(targets, a, b), task)).row(0).problem == problem


def test_a_valid_row_has_no_problem():
    assert compare_batch(pictured()).row(0).problem == ""


def test_what_is_left_out_is_said_in_short_too():
    # Sample 1 is infinite for A, sample 2 for B, so both means are; sample 3 is invalid.
    a = [[0, 1, 0], [0.5, 0.5, 0], [0.5, 0.4, 0.2], [0.5, 0.5, 0]]
    b = [[0.5, 0.5, 0], [0, 1, 0], [0.5, 0.5, 0], [0.6, 0.4, 0]]
    batch = compare_batch(show_pair(pair_state(DOG * 4, a, b), Task.MULTICLASS))
    assert batch.short_remark == "1 invalid, 2 infinite left out"
    assert compare_batch(show_pair(pair_state(DOG * 2, a[2:], b[2:]), Task.MULTICLASS)).short_remark == (
        "1 invalid left out"
    )
    assert compare_batch(pictured()).short_remark == ""
