"""The numbers of a whole state: what is left out, what is weighted, what is counted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from sklearn.metrics import log_loss

from ceviz.core import losses
from ceviz.core.document import InputKind, Reduction, Task, Unit
from ceviz.core.evaluation import evaluate
from tests.core.states import state_of, states

INF = math.inf
TARGETS = [[1, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]
PREDICTIONS = [[0.4, 0.3, 0.3], [0.1, 0.7, 0.2], [0.05, 0.15, 0.8], [0.25, 0.25, 0.5]]
# -ln 0.4, -ln 0.7, -ln 0.05, -ln 0.5
LOSSES = [0.916290731874155, 0.35667494393873245, 2.995732273553991, 0.6931471805599453]


def result_of(*arguments, task=Task.MULTICLASS, **options):
    return evaluate(state_of(*arguments, **options), task).models[0]


def test_losses_sum_and_mean():
    result = result_of(TARGETS, PREDICTIONS)
    np.testing.assert_allclose(result.losses, LOSSES, rtol=1e-15)
    assert result.sum == pytest.approx(4.961845129926823, rel=1e-15)
    assert result.mean == pytest.approx(1.2404612824817058, rel=1e-15)
    assert (result.infinite, result.finite_count) == (0, 4)
    assert result.finite_mean == result.mean


@pytest.mark.parametrize(
    ("reduction", "loss"),
    [(Reduction.NONE, None), (Reduction.SUM, 4.961845129926823), (Reduction.MEAN, 1.2404612824817058)],
)
def test_reduction(reduction, loss):
    result = result_of(TARGETS, PREDICTIONS, reduction=reduction)
    assert result.loss == (None if loss is None else pytest.approx(loss, rel=1e-15))


def test_weights_are_those_of_scikit_learn():
    weights = [1.0, 3.0, 0.5, 2.0]
    result = result_of(TARGETS, PREDICTIONS, weights=weights)
    expected = log_loss([0, 1, 0, 2], PREDICTIONS, labels=[0, 1, 2], sample_weight=weights)
    assert result.mean == pytest.approx(expected, rel=1e-15)
    assert result.sum == pytest.approx(expected * 6.5, rel=1e-15)
    np.testing.assert_allclose(result.losses, LOSSES, rtol=1e-15)


def test_ignored_samples_are_computed_but_not_counted():
    result = result_of(TARGETS, PREDICTIONS, ignored={2})
    np.testing.assert_allclose(result.losses, LOSSES, rtol=1e-15)
    assert result.sum == pytest.approx(1.9661128563728327, rel=1e-15)
    assert result.mean == pytest.approx(1.9661128563728327 / 3, rel=1e-15)
    assert result.finite_count == 3


def test_a_weight_of_0_silences_an_infinite_loss():
    result = result_of(TARGETS[:2], [[0, 0.5, 0.5], PREDICTIONS[1]], weights=[0.0, 2.0])
    assert result.mean == pytest.approx(LOSSES[1], rel=1e-15)
    assert result.infinite == 0


def test_one_infinite_loss_makes_the_mean_infinite():
    result = result_of(TARGETS, [[0, 0.5, 0.5], *PREDICTIONS[1:]], weights=[1, 1, 1, 3])
    assert (result.sum, result.mean, result.infinite, result.finite_count) == (INF, INF, 1, 3)
    # (0.3567 + 2.9957 + 3 * 0.6931) / 5
    assert result.finite_mean == pytest.approx(1.0863697518345118, rel=1e-15)


def test_rows_with_an_issue_are_left_out():
    evaluation = evaluate(state_of(TARGETS, [[0.25, 0.53, 0.15], *PREDICTIONS[1:]]), Task.MULTICLASS)
    result = evaluation.models[0]
    assert result.valid.tolist() == [False, True, True, True]
    for values in (result.terms, result.losses, result.kl, result.gradients):
        assert np.isnan(values[0]).all()
        assert np.isfinite(values[1:]).all()
    assert result.mean == pytest.approx((4.961845129926823 - LOSSES[0]) / 3, rel=1e-15)
    assert result.probabilities[0].tolist() == [0.25, 0.53, 0.15]
    assert not result.correct[0]
    assert [issue.code for issue in evaluation.issues_of(0, 0)] == ["sum"]
    assert evaluation.issues_of(1, 0) == ()


def test_an_issue_of_the_target_is_one_of_every_model():
    state = state_of([[0.7, 0.2, 0.0], [0.5, 0.5, 0]], PREDICTIONS[:2], [[0.9, 0.9, 0.9], PREDICTIONS[1]])
    evaluation = evaluate(state, Task.SOFT)
    assert [model.valid.tolist() for model in evaluation.models] == [[False, True], [False, True]]
    assert [issue.code for issue in evaluation.issues_of(0, 0)] == ["target_sum"]
    assert [issue.code for issue in evaluation.issues_of(0, 1)] == ["target_sum", "sum"]
    assert np.isnan(evaluation.entropy).tolist() == [True, False]


def test_weights_may_be_as_large_as_floats_are():
    result = result_of(TARGETS[:2], PREDICTIONS[:2], weights=[1e308, 1e308])
    # (0.9163 + 0.3567) / 2, whatever the sum of the weights
    assert result.mean == pytest.approx(0.6364828379064437, rel=1e-15)
    # 1e308 * 1.2729...
    assert result.sum == pytest.approx(1.2729656758128875e308, rel=1e-15)


def test_weights_may_be_as_small_as_floats_are():
    # 5e-324 is the smallest: twice 0.9163, rounded to a multiple of it
    result = result_of(TARGETS[:1] * 2, PREDICTIONS[:1] * 2, weights=[5e-324, 5e-324])
    assert (result.sum, result.mean) == (1e-323, pytest.approx(LOSSES[0], rel=1e-15))
    lost = result_of(
        [[1.0, 0.0]] * 3,
        [[0.0, z] for z in (-2000.0, 1e-10, 1e300)],
        kind=InputKind.LOGITS,
        weights=[1.0, 1.0, 1e-300],
        task=Task.MULTICLASS,
    )
    # ln(1 + 1e-869), ln 2 (to 5e-11) and 1e300 * 1e-300
    assert lost.sum == pytest.approx(1.6931471806099453, rel=1e-14)


@pytest.mark.parametrize("weights", [[-1.0, 1.0], [INF, -INF]])
@pytest.mark.parametrize("first", [[0.4, 0.6], [0.0, 1.0]])
def test_weights_that_cancel_have_no_mean(weights, first):
    result = result_of([[1, 0], [1, 0]], [first, first], weights=weights)
    assert math.isnan(result.mean)
    assert result.sum == 0 if math.isfinite(result.losses[0] * weights[0]) else math.isnan(result.sum)


def test_nothing_counted():
    result = result_of(TARGETS[:1], PREDICTIONS[:1], ignored={0})
    assert result.sum == 0.0
    assert math.isnan(result.mean)
    assert math.isnan(result.finite_mean)
    assert result.finite_count == 0


def test_bits():
    nats, bits = (
        evaluate(state_of([[0.5, 0.25, 0.25]], [[0.25, 0.25, 0.5]], unit=unit), Task.SOFT) for unit in Unit
    )
    # 0.5 * 2 + 0.25 * 2 + 0.25 * 1, and the entropy of halves and quarters
    assert bits.models[0].losses.tolist() == [1.75]
    assert bits.entropy.tolist() == [1.5]
    assert bits.models[0].kl.tolist() == [pytest.approx(0.25, rel=1e-15)]
    for name in ("terms", "losses", "kl", "gradients", "sum", "mean", "loss", "finite_mean"):
        ratio = getattr(nats.models[0], name) / getattr(bits.models[0], name)
        np.testing.assert_allclose(ratio, 0.6931471805599453, rtol=1e-15)


@pytest.mark.parametrize("task", [Task.BINARY, Task.MULTILABEL])
def test_temperature_counts_for_single_labels_too(task):
    result = result_of([[1.0]], [[3.0]], kind=InputKind.LOGITS, temperature=2.0, task=task)
    # ln(1 + exp(-1.5)), and (1 / (1 + exp(-1.5)) - 1) / 2
    assert result.mean == pytest.approx(0.20141327798275246, rel=1e-14)
    assert result.gradients.tolist() == [[pytest.approx(-0.09121276190317817, rel=1e-14)]]


def test_entropy_and_divergence_have_no_meaning_without_competition():
    for task, target in ((Task.BINARY, [[1.0]]), (Task.MULTILABEL, [[1.0, 1.0]])):
        evaluation = evaluate(state_of(target, [[0.4] * len(target[0])]), task)
        assert evaluation.entropy is None
        assert evaluation.models[0].kl is None


@pytest.mark.parametrize(
    ("task", "target", "prediction", "correct"),
    [
        (Task.MULTICLASS, [0, 1, 0], [0.3, 0.4, 0.3], True),
        (Task.MULTICLASS, [0, 1, 0], [0.5, 0.4, 0.1], False),
        (Task.MULTICLASS, [0, 1, 0], [0.4, 0.4, 0.2], False),
        (Task.SOFT, [0.2, 0.5, 0.3], [0.1, 0.8, 0.1], True),
        (Task.BINARY, [1.0], [0.6], True),
        (Task.BINARY, [1.0], [0.5], False),
        (Task.BINARY, [0.0], [0.5], True),
        (Task.MULTILABEL, [1, 0, 1], [0.6, 0.4, 0.9], True),
        (Task.MULTILABEL, [1, 0, 1], [0.6, 0.6, 0.9], False),
    ],
)
def test_correct(task, target, prediction, correct):
    assert result_of([target], [prediction], task=task).correct.tolist() == [correct]


def test_a_sum_beyond_the_largest_number_is_infinite():
    result = result_of([[1.0, 0.0]] * 2, [[0.0, 1.7e308]] * 2, kind=InputKind.LOGITS)
    assert result.losses.tolist() == [1.7e308, 1.7e308]
    assert (result.sum, result.mean) == (INF, 1.7e308)


@pytest.mark.parametrize(
    ("task", "code"),
    [(Task.MULTICLASS, "target"), (Task.SOFT, "target_range"), (Task.MULTILABEL, "target")],
)
def test_rows_whose_sum_is_beyond_the_largest_number_are_issues(task, code):
    evaluation = evaluate(state_of([[1, 0], [1e308, 1e308]], [[1e308, 1e308], [0.5, 0.5]]), task)
    assert [(issue.code, issue.sample) for issue in evaluation.issues] == [("range", 0), (code, 1)]
    assert np.isnan(evaluation.models[0].losses).all()


def test_label_losses_whose_sum_is_beyond_the_largest_number_are_infinite():
    result = result_of([[0, 0]], [[1.7e308, 1.7e308]], kind=InputKind.LOGITS, task=Task.MULTILABEL)
    assert result.terms.tolist() == [[1.7e308, 1.7e308]]
    assert (result.losses.tolist(), result.mean, result.infinite) == ([INF], INF, 1)


def test_a_weighted_loss_beyond_the_largest_number_is_infinite():
    result = result_of([[1, 0]], [[1e-10, 1 - 1e-10]], weights=[1e308])
    # -ln 1e-10 = 10 ln 10
    assert (result.sum, result.mean) == (INF, pytest.approx(23.025850929940457, rel=1e-15))


@pytest.mark.parametrize("task", [Task.SOFT, Task.MULTILABEL])
@pytest.mark.parametrize("kind", InputKind)
def test_many_samples_cost_what_each_costs(task, kind):
    random = np.random.default_rng(7)
    t, p = random.dirichlet(np.ones(40), size=(2, 3000))
    t[::3] = np.eye(40)[0]
    predictions = p if kind is InputKind.PROBABILITIES else np.log(p)
    many = result_of(t, predictions, kind=kind, task=task)
    for sample in (0, 1249, 1250, 2999):
        one = result_of(t[[sample]], predictions[[sample]], kind=kind, task=task)
        for name in (
            "probabilities",
            "terms",
            "gradients",
            "losses",
            *(["kl"] if one.kl is not None else []),
        ):
            np.testing.assert_allclose(getattr(many, name)[sample], getattr(one, name)[0], rtol=1e-15)


def test_the_state_is_not_written_to():
    state = state_of(TARGETS, [[0.25, 0.53, 0.15], *PREDICTIONS[1:]], unit=Unit.BITS)
    evaluate(state, Task.MULTICLASS)
    assert state == state_of(TARGETS, [[0.25, 0.53, 0.15], *PREDICTIONS[1:]], unit=Unit.BITS)


@given(states())
def test_probabilities_and_logits_of_any_state(drawn):
    task, state = drawn
    for result in evaluate(state, task).models:
        assert result.valid.all()
        assert (result.terms >= 0).all()
        assert not np.signbit(result.terms).any()
        np.testing.assert_array_equal(result.terms.sum(axis=1), result.losses)
        assert result.infinite + result.finite_count == state.sample_count


@given(states(tasks=(Task.SOFT,)))
def test_the_loss_is_the_floor_and_the_excess(drawn):
    task, state = drawn
    evaluation = evaluate(state, task)
    for result in evaluation.models:
        np.testing.assert_allclose(result.losses, evaluation.entropy + result.kl, rtol=1e-12, atol=1e-14)


@given(states(tasks=(Task.MULTICLASS,)))
def test_all_of_a_one_hot_loss_is_excess(drawn):
    task, state = drawn
    evaluation = evaluate(state, task)
    assert evaluation.entropy.tolist() == [0.0] * state.sample_count
    for result, model in zip(evaluation.models, state.models, strict=True):
        if model.input is InputKind.PROBABILITIES:
            kl = losses.kl_divergence(state.targets, model.predictions)
        else:
            kl = losses.kl_divergence_from_logits(state.targets, model.predictions)
        np.testing.assert_allclose(result.kl, kl, rtol=1e-13)
