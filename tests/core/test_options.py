"""Edits of the options, and what keeps them in step with classes and inputs."""

import math
from dataclasses import replace

import pytest

from ceviz.core import edits
from ceviz.core.document import Convention, InputKind, LossOptions, Precision, Reduction, Task
from tests.core.states import state_of


@pytest.fixture
def state():
    return state_of([[1, 0, 0]], [[0.4, 0.3, 0.3]])


def test_each_option_is_set(state):
    state = edits.set_convention(state, Task.MULTICLASS, Convention.PYTORCH, "nll_loss")
    state = edits.set_precision(state, Precision.FLOAT32)
    state = edits.set_reduction(state, Reduction.SUM)
    state = edits.set_label_smoothing(state, Task.MULTICLASS, 0.1)
    state = edits.set_class_weights(state, Task.MULTICLASS, [1, 2, 3])
    state = edits.set_focal(state, Task.MULTICLASS, 2, [0.1, 0.2, 0.7])
    assert state.options == LossOptions(
        reduction=Reduction.SUM,
        convention=Convention.PYTORCH,
        call="nll_loss",
        precision=Precision.FLOAT32,
        label_smoothing=0.1,
        class_weights=(1.0, 2.0, 3.0),
        focal_gamma=2.0,
        focal_alpha=(0.1, 0.2, 0.7),
    )
    assert edits.set_convention(state, Task.MULTICLASS, Convention.KERAS).options.call is None
    plain = state_of([[1, 0, 0]], [[0.4, 0.3, 0.3]])
    assert edits.set_pos_weight(plain, Task.MULTILABEL, [1, 2, 3]).options.pos_weight == (1.0, 2.0, 3.0)
    off = edits.set_focal(edits.set_class_weights(state, Task.MULTICLASS, None), Task.MULTICLASS, None)
    assert (off.options.class_weights, off.options.focal_gamma, off.options.focal_alpha) == (None, None, None)


def test_an_option_is_switched_on_set_and_off(state):
    on = edits.switch_on(state, Task.MULTICLASS, "class_weights")
    assert on.options.class_weights == (1.0, 1.0, 1.0)
    assert edits.set_option_number(on, Task.MULTICLASS, "class_weights", 2, 3).options.class_weights == (
        1,
        1,
        3,
    )
    gamma = edits.switch_on(on, Task.MULTICLASS, "focal_gamma")
    assert edits.set_option_number(gamma, Task.MULTICLASS, "focal_gamma", 0, 5).options.focal_gamma == 5
    for option in ("class_weights", "focal_gamma"):
        gamma = edits.switch_off(gamma, Task.MULTICLASS, option)
    smoothed = edits.switch_on(gamma, Task.MULTICLASS, "label_smoothing")
    assert smoothed.options == LossOptions(label_smoothing=0.1)
    assert edits.switch_off(smoothed, Task.MULTICLASS, "label_smoothing").options == LossOptions()


def test_a_sample_is_weighed_and_ignored(state):
    weighed = edits.set_ignored(edits.set_weight(state, 0, 2.5), 0, True)
    assert (weighed.samples[0].weight, weighed.samples[0].ignored) == (2.5, True)
    for weight in (-1, math.inf, math.nan):
        with pytest.raises(ValueError, match=r"^A weight is a number"):
            edits.set_weight(state, 0, weight)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda s: edits.set_label_smoothing(s, Task.SOFT, math.nan), "Label smoothing: expected a number"),
        (lambda s: edits.set_class_weights(s, Task.SOFT, [1, 2]), "Class weights: expected 3 numbers, got 2"),
        (lambda s: edits.set_class_weights(s, Task.SOFT, [1, math.inf, 1]), "Class weights: expected a num"),
        (lambda s: edits.set_pos_weight(s, Task.SOFT, [1, 1, 1]), "Pos weight: is for binary"),
        (lambda s: edits.set_focal(s, Task.SOFT, math.inf), "Focal gamma: expected"),
        (lambda s: edits.set_focal(s, Task.SOFT, 2, -0.5), "Focal alpha: expected"),
        (lambda s: edits.set_convention(s, Task.SOFT, Convention.OPTAX, "log_loss"), "Call: optax has no"),
    ],
)
def test_what_cannot_be_meant_is_refused(state, edit, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        edit(state)


def test_numbers_per_class_follow_their_classes(state):
    options = LossOptions(
        class_weights=(1.0, 2.0, 3.0), pos_weight=(4.0, 5.0, 6.0), focal_alpha=(0.1, 0.2, 0.3)
    )
    state = replace(state, options=options)
    moved = edits.move_class(state, 0, 2).options
    assert (moved.class_weights, moved.pos_weight) == ((2.0, 3.0, 1.0), (5.0, 6.0, 4.0))
    assert moved.focal_alpha == (0.2, 0.3, 0.1)
    assert edits.remove_class(state, Task.MULTILABEL, 1).options.class_weights == (1.0, 3.0)
    assert edits.duplicate_class(state, Task.MULTILABEL, 1).options.pos_weight == (4.0, 5.0, 5.0, 6.0)
    assert edits.add_class(state, Task.MULTILABEL).options.class_weights == (1.0, 2.0, 3.0, 1.0)
    assert edits.add_class(replace(state, options=LossOptions()), Task.SOFT).options == LossOptions()


def test_a_call_that_does_not_take_the_new_input_gives_way_to_the_usual_one():
    state = state_of([[1, 0]], [[2.0, 1.0]], kind=InputKind.LOGITS)
    state = edits.set_convention(state, Task.MULTICLASS, Convention.PYTORCH, "cross_entropy")
    assert edits.set_input(state, Task.MULTICLASS, 0, InputKind.PROBABILITIES).options.call is None
    named = edits.set_convention(state, Task.MULTICLASS, Convention.PYTORCH, "nll_loss")
    assert edits.set_input(named, Task.MULTICLASS, 0, InputKind.PROBABILITIES).options.call == "nll_loss"
