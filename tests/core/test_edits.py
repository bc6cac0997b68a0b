"""Edits of numbers, and what all edits have in common."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core import edits
from ceviz.core.checks import check
from ceviz.core.document import InputKind, Task, Unit
from ceviz.core.evaluation import evaluate
from tests.core.states import state_of, states

INF = math.inf
LOGITS = InputKind.LOGITS
PROBABILITIES = InputKind.PROBABILITIES


@pytest.fixture
def state():
    return state_of(
        [[1, 0, 0], [0, 1, 0]], [[0.4, 0.3, 0.3], [0.1, 0.7, 0.2]], [[0.5, 0.2, 0.3], [0.2, 0.6, 0.2]]
    )


def rows(state, model=0):
    return state.models[model].predictions.tolist()


def names(state):
    return [sample.name for sample in state.samples]


class TestNumbers:
    def test_set_prediction_changes_one_number(self, state):
        after = edits.set_prediction(state, 1, 0, 2, 0.9)
        assert rows(after, 1) == [[0.5, 0.2, 0.9], [0.2, 0.6, 0.2]]
        assert rows(after, 0) == rows(state, 0)

    def test_what_was_typed_is_kept(self, state):
        assert rows(edits.set_prediction(state, 0, 0, 0, -0.25))[0][0] == -0.25
        assert edits.set_target(state, 0, 0, 1.5).targets[0].tolist() == [1.5, 0, 0]

    def test_only_a_logit_is_infinite(self, state):
        with pytest.raises(ValueError, match="Only a logit can be infinite"):
            edits.set_prediction(state, 0, 0, 0, INF)
        with pytest.raises(ValueError, match="Only a logit can be infinite"):
            edits.set_target(state, 0, 0, INF)
        logits = state_of([[1, 0]], [[2.0, 1.0]], kind=LOGITS)
        assert rows(edits.set_prediction(logits, 0, 0, 1, -INF)) == [[2.0, -INF]]

    def test_nan_is_refused(self, state):
        with pytest.raises(ValueError, match="not a number"):
            edits.set_prediction(state, 0, 0, 0, math.nan)

    @pytest.mark.parametrize("cell", [(2, 0, 0), (0, 2, 0), (0, 0, 3), (-1, 0, 0), (0, -1, 0), (0, 0, -1)])
    def test_cells_that_are_not_there(self, state, cell):
        with pytest.raises(ValueError, match="There is no"):
            edits.set_prediction(state, *cell, 0.5)

    def test_choose_true_class(self, state):
        assert edits.choose_true_class(state, 0, 2).targets.tolist() == [[0, 0, 1], [0, 1, 0]]

    def test_of_binary_the_second_class_is_the_absence_of_the_first(self):
        binary = state_of([[1.0]], [[0.4]])
        off = edits.choose_true_class(binary, 0, 1)
        assert off.targets.tolist() == [[0.0]]
        assert edits.choose_true_class(off, 0, 0) == binary
        with pytest.raises(ValueError, match="There is no class"):
            edits.choose_true_class(binary, 0, 2)

    def test_toggle_label(self, state):
        on = edits.toggle_label(state, 0, 2)
        assert on.targets[0].tolist() == [1, 0, 1]
        assert edits.toggle_label(on, 0, 2) == state

    def test_unit_and_temperature(self, state):
        assert edits.set_unit(state, Unit.BITS).options.unit is Unit.BITS
        assert edits.set_temperature(state, 2).options.temperature == 2.0
        for value in (0, -1, INF, math.nan):
            with pytest.raises(ValueError, match="above 0"):
                edits.set_temperature(state, value)


class TestNormalising:
    def test_prediction_and_target(self):
        state = state_of([[2, 1, 1]], [[0.2, 0.1, 0.1]])
        assert rows(edits.normalise_prediction(state, 0, 0)) == [[0.5, 0.25, 0.25]]
        assert edits.normalise_target(state, 0).targets.tolist() == [[0.5, 0.25, 0.25]]

    def test_all_rows_whose_only_fault_is_the_sum(self):
        wrong = [[0.2, 0.1, 0.1], [0.4, 0.3, 0.3], [0.5, -0.1, 0.2], [0, 0, 0], [1.5, 0, 0]]
        after = edits.normalise_all(state_of([[1, 0, 0]] * 5, wrong), 0)
        assert rows(after) == [[0.5, 0.25, 0.25], *wrong[1:]]
        assert [i.sample for i in check(after, Task.MULTICLASS)] == [2, 3, 4]

    @pytest.mark.parametrize(("row", "why"), [([0, 0, 0], "All numbers are 0"), ([0.5, -0.1, 0], "negative")])
    def test_rows_that_cannot_be(self, row, why):
        with pytest.raises(ValueError, match=why):
            edits.normalise_prediction(state_of([[1, 0, 0]], [row]), 0, 0)

    def test_rows_whose_sum_is_beyond_the_largest_number_stay(self):
        state = state_of([[1, 0]] * 2, [[1e308, 1e308], [0.25, 0.25]])
        assert rows(edits.normalise_all(state, 0)) == [[1e308, 1e308], [0.5, 0.5]]

    @pytest.mark.parametrize("share", [1e308, 5e-324])
    def test_shares_too_large_or_too_small_to_add_up(self, share):
        state = state_of([[1, 0, 0]], [[share, share, 0]])
        assert rows(edits.normalise_prediction(state, 0, 0)) == [[0.5, 0.5, 0]]
        dragged = edits.drag_probability(state, Task.MULTICLASS, 0, 0, 2, 0.5)
        assert rows(dragged) == [[0.25, 0.25, 0.5]]

    def test_logits_are_not_normalised(self):
        state = state_of([[1, 0]], [[2.0, 1.0]], kind=LOGITS)
        with pytest.raises(ValueError, match="Logits need not sum to 1"):
            edits.normalise_prediction(state, 0, 0)
        with pytest.raises(ValueError, match="Logits need not sum to 1"):
            edits.normalise_all(state, 0)

    @given(st.lists(st.floats(0, 1), min_size=3, max_size=3).filter(lambda row: sum(row) > 1e-3))
    def test_every_fixable_row_is_mended(self, row):
        state = state_of([[1, 0, 0]], [row])
        found = check(state, Task.MULTICLASS)
        assert all(issue.fixable for issue in found)
        assert check(edits.normalise_all(state, 0), Task.MULTICLASS) == ()


class TestBlocks:
    def test_within_the_table(self, state):
        after = edits.set_predictions_block(state, Task.MULTICLASS, 0, 0, 1, [[0.5, 0.1], [0.8, 0.1]])
        assert rows(after) == [[0.4, 0.5, 0.1], [0.1, 0.8, 0.1]]
        targets = edits.set_targets_block(state, Task.MULTICLASS, 1, 0, [[1, 0, 0]]).targets
        assert targets.tolist() == [[1, 0, 0], [1, 0, 0]]

    def test_rows_beyond_the_end_add_samples(self, state):
        after = edits.set_predictions_block(
            state, Task.MULTICLASS, 0, 1, 0, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        )
        assert rows(after) == [[0.4, 0.3, 0.3], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
        assert rows(after, 1)[2:] == [[1 / 3] * 3] * 2
        assert after.targets.tolist()[2:] == [[1, 0, 0]] * 2
        assert names(after) == ["Sample 1", "Sample 2", "Sample 3", "Sample 4"]

    def test_right_below_the_end(self, state):
        after = edits.set_targets_block(state, Task.MULTICLASS, 2, 0, [[0, 0, 1]])
        assert after.targets.tolist()[2] == [0, 0, 1]

    def test_too_wide(self, state):
        with pytest.raises(ValueError, match="3 columns do not fit: there is room for 2"):
            edits.set_predictions_block(state, Task.MULTICLASS, 0, 0, 1, [[0.5, 0.1, 0.2]])

    def test_too_many_samples(self, state):
        with pytest.raises(ValueError, match="at most 10,000 samples"):
            edits.set_targets_block(state, Task.MULTICLASS, 0, 0, np.zeros((10_001, 3)))


class TestInput:
    @given(states())
    def test_losses_stay(self, drawn):
        task, state = drawn
        kind = LOGITS if state.models[0].input is PROBABILITIES else PROBABILITIES
        after = edits.set_input(state, task, 0, kind)
        assert after.models[0].input is kind
        # At a logit of 30 a double leaves 1 - p = 9e-14 three digits, and so -ln(1 - p) = 30 five.
        before, now = (evaluate(s, task).models[0].losses for s in (state, after))
        tolerance = 1e-12 if kind is LOGITS else 1e-4
        np.testing.assert_allclose(now, before, rtol=tolerance, atol=1e-12)

    def test_numbers(self):
        state = state_of([[1, 0]], [[0.75, 0.25]], temperature=2.0)
        # 2 ln 0.75, 2 ln 0.25
        after = edits.set_input(state, Task.MULTICLASS, 0, LOGITS)
        assert rows(after) == [[pytest.approx(-0.5753641449035618), pytest.approx(-2.772588722239781)]]
        assert edits.set_input(after, Task.MULTICLASS, 0, LOGITS) is after

    def test_logits_of_a_row_that_sums_nearly_to_1_give_its_shares(self):
        state = state_of([[1, 0]], [[0.5, 0.500009]])
        before, after = (
            evaluate(s, Task.MULTICLASS).models[0].mean
            for s in (state, edits.set_input(state, Task.MULTICLASS, 0, LOGITS))
        )
        # ln 1.000009
        assert after - before == pytest.approx(8.99996e-6, rel=1e-5)

    def test_certainty_is_an_infinite_logit(self):
        state = state_of([[1, 0]], [[1.0, 0.0]])
        assert rows(edits.set_input(state, Task.MULTICLASS, 0, LOGITS)) == [[0.0, -INF]]
        assert rows(edits.set_input(state, Task.MULTILABEL, 0, LOGITS)) == [[INF, -INF]]

    def test_a_row_with_an_issue_has_no_loss_to_keep(self):
        state = state_of([[1, 0]] * 2, [[0.5, 0.5], [0.5, 0.43]])
        with pytest.raises(ValueError, match=r"Sample 2: sums to 0\.93, not 1\."):
            edits.set_input(state, Task.MULTICLASS, 0, LOGITS)


class TestStep:
    def test_on_logits(self):
        state = state_of([[1, 0]], [[0.0, 0.0]], kind=LOGITS)
        assert rows(edits.step_along_gradient(state, Task.MULTICLASS, 0, 0, 0.5)) == [[0.25, -0.25]]

    def test_with_temperature(self):
        state = state_of([[1, 0]], [[0.0, 0.0]], kind=LOGITS, temperature=2.0)
        assert rows(edits.step_along_gradient(state, Task.MULTICLASS, 0, 0, 1.0)) == [[0.25, -0.25]]

    def test_on_probabilities_through_their_logits(self):
        state = state_of([[1, 0]], [[0.5, 0.5]])
        # softmax(0.5, -0.5)
        expected = [pytest.approx(0.7310585786300049), pytest.approx(0.2689414213699951)]
        assert rows(edits.step_along_gradient(state, Task.MULTICLASS, 0, 0, 1.0)) == [expected]

    @given(states(), st.floats(0.01, 0.5))
    def test_a_small_step_never_raises_the_loss(self, drawn, rate):
        task, state = drawn
        after = edits.step_along_gradient(state, task, 0, 0, rate)
        before, now = (evaluate(s, task).models[0].losses[0] for s in (state, after))
        assert now <= before + 1e-12

    def test_what_was_ruled_out_stays_so(self):
        state = state_of([[1, 0]], [[0.0, 1.0]])
        assert edits.step_along_gradient(state, Task.MULTICLASS, 0, 0, 1.0) == state

    def test_refusals(self):
        state = state_of([[1, 0]] * 2, [[0.5, 0.5], [0.5, 0.43]])
        with pytest.raises(ValueError, match=r"Sample 2: sums to 0\.93"):
            edits.step_along_gradient(state, Task.MULTICLASS, 0, 1, 1.0)
        with pytest.raises(ValueError, match="finite"):
            edits.step_along_gradient(state, Task.MULTICLASS, 0, 0, INF)


EDITS = {
    "set_prediction": lambda s, task: edits.set_prediction(s, 0, 0, 0, 0.125),
    "set_target": lambda s, task: edits.set_target(s, 0, 0, 0.125),
    "choose_true_class": lambda s, task: edits.choose_true_class(s, 0, s.class_count - 1),
    "toggle_label": lambda s, task: edits.toggle_label(s, 0, 0),
    "normalise_target": lambda s, task: edits.normalise_target(edits.set_target(s, 0, 0, 0.5), 0),
    "drag_probability": lambda s, task: edits.drag_probability(s, task, 0, 0, 0, 0.25),
    "drag_target": lambda s, task: edits.drag_target(s, 0, 0, 0.25),
    "set_predictions_block": lambda s, task: edits.set_predictions_block(
        s, task, 0, 0, 0, np.full((s.sample_count + 1, s.class_count), 0.5)
    ),
    "set_targets_block": lambda s, task: edits.set_targets_block(
        s, task, 0, 0, np.full((s.sample_count + 1, s.class_count), 0.5)
    ),
    "set_unit": lambda s, task: edits.set_unit(s, Unit.BITS),
    "set_temperature": lambda s, task: edits.set_temperature(s, 2.0),
    "set_input to logits": lambda s, task: edits.set_input(s, task, 0, LOGITS),
    "set_input to probabilities": lambda s, task: edits.set_input(s, task, 0, PROBABILITIES),
    "step_along_gradient": lambda s, task: edits.step_along_gradient(s, task, 0, 0, 0.1),
    "add_sample": lambda s, task: edits.add_sample(s, task, 0),
    "remove_samples": lambda s, task: edits.remove_samples(s, task, range(s.sample_count)),
    "duplicate_sample": lambda s, task: edits.duplicate_sample(s, 0),
    "rename_sample": lambda s, task: edits.rename_sample(s, 0, "Renamed"),
    "move_sample": lambda s, task: edits.move_sample(s, 0, s.sample_count - 1),
    "rename_class": lambda s, task: edits.rename_class(s, 0, "renamed"),
    "move_class": lambda s, task: edits.move_class(s, 0, s.class_count - 1),
    "add_model": lambda s, task: edits.add_model(s),
    "rename_model": lambda s, task: edits.rename_model(s, 0, "Renamed"),
}
CLASS_EDITS = {
    "add_class": lambda s, task: edits.add_class(s, task),
    "remove_class": lambda s, task: edits.remove_class(s, task, 0),
    "duplicate_class": lambda s, task: edits.duplicate_class(s, task, 0),
}


def copy_of(state):
    """The same values in memory of their own."""
    models = tuple(replace(model, predictions=model.predictions.copy()) for model in state.models)
    return replace(state, targets=state.targets.copy(), models=models)


@given(states())
def test_edits_leave_the_old_state_alone_and_give_a_closed_one(drawn):
    """Every edit of the same states: to draw one takes longer than to edit it."""
    task, state = drawn
    before = copy_of(state)
    for name, edit in (EDITS if task is Task.BINARY else EDITS | CLASS_EDITS).items():
        after = edit(state, task)
        assert state == before, name
        for array in (after.targets, *(model.predictions for model in after.models)):
            assert not array.flags.writeable, name
            assert array.shape == (after.sample_count, after.class_count), name
            assert array.dtype == np.float64, name
        assert len(set(after.classes)) == after.class_count, name


@given(states(), st.floats(-5, 5))
def test_setting_the_old_value_again_gives_an_equal_state(drawn, value):
    _, state = drawn
    old = state.models[0].predictions[0, 0]
    assert edits.set_prediction(edits.set_prediction(state, 0, 0, 0, value), 0, 0, 0, old) == state
    target = state.targets[0, 0]
    assert edits.set_target(edits.set_target(state, 0, 0, value), 0, 0, target) == state


@given(states())
def test_what_was_added_can_be_removed(drawn):
    task, state = drawn
    assert edits.remove_samples(edits.add_sample(state, task, 0), task, [1]) == state
    assert edits.remove_model(edits.add_model(state), len(state.models)) == state
    if task is not Task.BINARY:
        assert edits.remove_class(edits.add_class(state, task), task, state.class_count) == state


def test_a_step_follows_the_loss_as_the_options_compute_it():
    row = np.array([1.0, 0.0, -0.5])
    state = state_of([[1, 0, 0]], [row], kind=InputKind.LOGITS)
    focal = edits.switch_on(state, Task.MULTICLASS, "focal_gamma")
    stepped = edits.step_along_gradient(focal, Task.MULTICLASS, 0, 0, 1.0).models[0].predictions[0]

    def loss(logits):
        p = np.exp(logits[0]) / np.exp(logits).sum()
        return -((1 - p) ** 2) * np.log(p)

    nudges = 1e-6 * np.eye(3)
    slope = [(loss(row + nudge) - loss(row - nudge)) / 2e-6 for nudge in nudges]
    assert stepped == pytest.approx(row - slope, abs=1e-8)
