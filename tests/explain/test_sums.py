"""Sums that the shown decimals do not add up to."""

from __future__ import annotations

from hypothesis import given

from ceviz.core.document import Task
from ceviz.explain.sums import batch_sum_remark, sum_remarks
from tests.explain.examples import random_shown, show, shown, state_of
from tests.fuzz import examples


def test_what_adds_up_needs_no_words():
    for task in (Task.MULTICLASS, Task.BINARY, Task.MULTILABEL):
        assert sum_remarks(shown(task)) == ("", "")


def test_thirds_add_up_to_less_than_1():
    of_p, of_terms = sum_remarks(shown(Task.MULTICLASS, prediction=[1 / 3] * 3))
    # 0.333 three times
    assert of_p == "The probabilities are rounded: as shown they add up to 0.999, in full to 1."
    assert of_terms == ""


def test_softmax_can_add_up_to_more():
    # 1/6, 1/6 and 2/3 are 0.167, 0.167 and 0.667.
    of_p, _ = sum_remarks(shown(Task.MULTICLASS, logits=[0, 0, 1.3862943611198906]))
    assert of_p == "The probabilities are rounded: as shown they add up to 1.001, in full to 1."


def test_terms_are_rounded_too():
    # The example of the soft targets: 0.641 + 0.322 + 0.180 beside 1.142.
    of_p, of_terms = sum_remarks(shown(Task.SOFT))
    assert of_p == ""
    assert of_terms.startswith("The terms are rounded: as shown they add up to 1.143, in full to 1.142")


def test_an_unnormalised_sum_within_the_tolerance_is_given_in_full():
    of_p, _ = sum_remarks(shown(Task.MULTICLASS, prediction=[0.333, 0.333, 0.333998]))
    assert of_p == ""
    of_p, _ = sum_remarks(shown(Task.MULTICLASS, prediction=[0.333496, 0.333496, 0.333]))
    # 0.333 three times; the sum 0.999992 lies within 0.00001 of 1
    assert of_p == "The probabilities are rounded: as shown they add up to 0.999, in full to 0.999992."


def test_what_is_too_small_to_be_shown_may_be_what_is_missing():
    # 0.600, 0.400, <0.001: with 0.0004 of it the numbers shown do add up.
    assert sum_remarks(shown(Task.MULTICLASS, prediction=[0.6, 0.3996, 0.0004])) == ("", "")
    of_p, _ = sum_remarks(shown(Task.MULTICLASS, prediction=[0.4996, 0.50036, 0.00004]))
    assert of_p == ""


def test_losses_of_a_batch():
    state = state_of(["a", "b"], [[1, 0]] * 3, [[0.6, 0.4]] * 3)
    # −ln 0.6 = 0.51083: 0.511 three times beside 1.532
    assert batch_sum_remark(show(state, Task.MULTICLASS)) == (
        "The losses are rounded: as shown they add up to 1.533, in full to 1.532476871298."
    )
    assert batch_sum_remark(shown(Task.MULTICLASS, prediction=[0, 0.5, 0.5])) == ""


@examples(60)
@given(random_shown())
def test_any_row_can_be_added_up(random):
    for remark in (*sum_remarks(random), batch_sum_remark(random)):
        assert remark == "" or remark.endswith(".")
