"""The golden cases of the exact definition: values computed elsewhere, with 50 digits."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from ceviz.core import losses
from ceviz.core.document import InputKind, Reduction, Task, Unit
from ceviz.core.evaluation import evaluate
from tests.core.states import state_of

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "golden_public.json").read_text(encoding="utf-8"))
EXACT = [case for case in GOLDEN["cases"] if case["convention"] == "exact"]

OF_OTHER_LAYERS = {
    # convention: (cases, error cases): how a framework computes the loss, with its own clipping and means
    "pytorch": (48, 5),
    "keras": (34, 0),
    "sklearn": (11, 3),
    "scipy": (10, 0),
    "optax": (17, 0),
}


def numbers(values):
    """Nested lists with "inf", "-inf" and "nan" as an array."""
    return np.array(values, dtype=object).astype(float)


def targets_of(case, shape):
    target = case["inputs"]["target"]
    if case["inputs"]["target_kind"] == "index":
        return np.eye(shape[-1])[target]
    return numbers(target).reshape(shape)


def inputs_of(case):
    """Targets and predictions, (N, K); binary is (N, 1)."""
    prediction = numbers(case["inputs"]["prediction"])
    if prediction.ndim == 1:
        prediction = prediction[:, None]
    return targets_of(case, prediction.shape), prediction, case["inputs"].get("temperature", 1.0)


def assert_close(actual, expected, rtol, atol):
    expected = numbers(expected)
    np.testing.assert_allclose(np.reshape(actual, expected.shape), expected, rtol=rtol, atol=atol)


def by_definition(case):
    """Terms and gradients by the plain functions, with the task's arguments."""
    t, x, temperature = inputs_of(case)
    logits = case["inputs"]["input_kind"] == "logits"
    if case["quantity"] == "cross_entropy":
        if logits:
            return (
                losses.cross_entropy_terms_from_logits(t, x, temperature),
                losses.cross_entropy_gradient_from_logits(t, x, temperature),
            )
        return losses.cross_entropy_terms(t, x), losses.cross_entropy_gradient(t, x)
    if logits:
        return (
            losses.binary_cross_entropy_terms_from_logits(t, x, temperature),
            losses.binary_cross_entropy_gradient_from_logits(t, x, temperature),
        )
    return losses.binary_cross_entropy_terms(t, x), losses.binary_cross_entropy_gradient(t, x)


def test_every_case_of_the_file_is_of_this_layer_or_listed():
    cases = Counter(case["convention"] for case in GOLDEN["cases"])
    errors = Counter(case["convention"] for case in GOLDEN["error_cases"])
    assert {name: (cases[name], errors[name]) for name in cases if name != "exact"} == OF_OTHER_LAYERS
    assert len(EXACT) == 38


@pytest.mark.parametrize("case", EXACT, ids=lambda case: case["id"])
def test_functions(case):
    terms, gradients = by_definition(case)
    rtol, atol = case["rtol"], case["atol"]
    assert_close(terms, case["expected_per_class"], rtol, atol)
    assert not np.signbit(terms[terms == 0]).any()
    per_sample = terms.sum(axis=-1)
    reduced = {"none": per_sample, "sum": [per_sample.sum()], "mean": [per_sample.mean()]}[case["reduction"]]
    assert_close(reduced, case["expected"], rtol, atol)
    share = 1 / len(terms) if case["reduction"] == "mean" else 1.0
    assert_close(gradients * share, case["expected_gradient"], case["gradient_rtol"], case["gradient_atol"])


@pytest.mark.parametrize("case", [c for c in EXACT if "expected_kl" in c], ids=lambda case: case["id"])
def test_entropy_and_divergence(case):
    t, x, temperature = inputs_of(case)
    assert_close(losses.entropy(t), case["expected_entropy"], case["rtol"], case["atol"])
    if case["inputs"]["input_kind"] == "logits":
        kl = losses.kl_divergence_from_logits(t, x, temperature)
    else:
        kl = losses.kl_divergence(t, x)
    assert_close(kl, case["expected_kl"], case["kl_rtol"], case["kl_atol"])


def test_tiny_divergence_keeps_its_digits():
    case = next(case for case in EXACT if case["id"] == "p-exact-soft-near")
    t, p, _ = inputs_of(case)
    # Relative to the value itself, which the case's own absolute tolerance would not see.
    assert_close(losses.kl_divergence(t, p), case["expected_kl"], 1e-7, 0)


@pytest.mark.parametrize(
    "case", [c for c in EXACT if "expected_log_probabilities" in c], ids=lambda case: case["id"]
)
def test_log_probabilities(case):
    _, z, temperature = inputs_of(case)
    assert_close(losses.log_softmax(z, temperature), case["expected_log_probabilities"], case["rtol"], 0)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize(
    "case", [c for c in EXACT if "unnormalised" not in c["tags"]], ids=lambda case: case["id"]
)
def test_evaluation(case, unit):
    t, x, temperature = inputs_of(case)
    state = state_of(
        t,
        x,
        kind=InputKind(case["inputs"]["input_kind"]),
        unit=unit,
        reduction=Reduction(case["reduction"]),
        temperature=temperature,
    )
    evaluation = evaluate(state, Task(case["task"]))
    result = evaluation.models[0]
    nats = 1.0 if unit is Unit.NATS else 0.6931471805599453
    reduced = result.losses if case["reduction"] == "none" else [result.loss]
    assert evaluation.issues == ()
    assert_close(np.multiply(reduced, nats), case["expected"], case["rtol"], case["atol"])
    assert_close(result.terms * nats, case["expected_per_class"], case["rtol"], case["atol"])
    share = 1 / len(t) if case["reduction"] == "mean" else 1.0
    tolerances = case["gradient_rtol"], case["gradient_atol"]
    assert_close(result.gradients * nats * share, case["expected_gradient"], *tolerances)
    if "expected_kl" in case:
        assert_close(result.kl * nats, case["expected_kl"], case["kl_rtol"], case["kl_atol"])
        assert_close(evaluation.entropy * nats, case["expected_entropy"], case["rtol"], case["atol"])


def test_evaluation_leaves_out_what_is_no_distribution():
    case = next(case for case in EXACT if "unnormalised" in case["tags"])
    t, p, _ = inputs_of(case)
    evaluation = evaluate(state_of(t, p), Task.MULTICLASS)
    assert [issue.code for issue in evaluation.issues] == ["sum", "range"]
    assert np.isnan(evaluation.models[0].losses).all()
