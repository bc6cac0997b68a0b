"""The golden cases: the exact definition computed with 50 digits, and what each framework answered."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ceviz.core import losses
from ceviz.core.document import Convention, InputKind, LossOptions, Precision, Reduction, Task, Unit
from ceviz.core.evaluation import evaluate
from ceviz.core.options import options_fault
from tests.core.states import state_of

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "golden_public.json").read_text(encoding="utf-8"))
EXACT = [case for case in GOLDEN["cases"] if case["convention"] == "exact"]

OF_FRAMEWORKS = [
    case for case in GOLDEN["cases"] if case["convention"] in ("pytorch", "keras", "sklearn", "optax")
]

NOT_EXPRESSED = {
    "p-pytorch-ce-softmax-twice": "a document has one softmax, not two",
    "p-pytorch-ce-empty-mean": "a document has at least one sample",
    "p-pytorch-bce-weight": "weights are per sample or per class, not per number",
    "p-pytorch-sigmoid-bce-f32": "given are the logits before a sigmoid: see test_sigmoid_first",
    "p-keras-cce-softmax-attached": "TensorFlow sees the softmax behind the numbers",
    "p-keras-bce-softmax-attached": "TensorFlow sees the softmax behind the numbers",
    "p-keras-scce-unnormalised-torch": "Keras is the one with the TensorFlow backend",
    "p-keras-bce-logits-numpy": "Keras is the one with the TensorFlow backend",
    "p-sklearn-hot-zero-float16": "half precision is not offered",
    "p-optax-poly": "the poly loss is not a cross-entropy",
}
"""Cases that no document can ask for, and why. Those of SciPy are of functions, not of losses."""

ERRORS_NOT_EXPRESSED = {
    "p-pytorch-error-p-nan": "a document holds no NaN",
    "p-pytorch-error-index-range": "a target of a document names a class that is there",
    "p-pytorch-error-ignore-soft": "an ignored sample is left out where the call itself cannot ignore one",
    "p-sklearn-error-nan": "a document holds no NaN",
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


def test_every_case_of_the_file_is_tested_or_listed():
    assert (len(EXACT), len(OF_FRAMEWORKS)) == (38, 110)
    assert len([case for case in GOLDEN["cases"] if case["convention"] == "scipy"]) == 10
    assert NOT_EXPRESSED.keys() < {case["id"] for case in OF_FRAMEWORKS}
    assert ERRORS_NOT_EXPRESSED.keys() < {case["id"] for case in GOLDEN["error_cases"]}


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


def call_of(case):
    name = case["function"].rpartition(".")[2]
    soft = case["inputs"]["target_kind"] == "distribution"
    return "cross_entropy_probabilities" if name == "cross_entropy" and soft else name


def per_class(value, count):
    """One number per class as a tuple, or None."""
    return None if value is None else tuple(np.broadcast_to(value, count).tolist())


def asked_for(case):
    """The state that asks for a case."""
    inputs = case["inputs"]
    prediction = numbers(inputs["prediction"])
    x = prediction[:, None] if prediction.ndim == 1 else prediction
    count = x.shape[1]
    ignored = ()
    if inputs["target_kind"] == "index":
        ignored = tuple(n for n, y in enumerate(inputs["target"]) if y == inputs.get("ignore_index"))
        t = np.array([[float(k == y) for k in range(count)] for y in inputs["target"]])
    else:
        t = numbers(inputs["target"]).reshape(x.shape)
    alpha = inputs.get("focal_alpha")
    options = LossOptions(
        reduction=Reduction(case["reduction"]),
        temperature=inputs.get("temperature", 1.0),
        convention=Convention(case["convention"]),
        call=call_of(case),
        precision=Precision(case["dtype"]),
        label_smoothing=inputs.get("label_smoothing", 0.0),
        class_weights=per_class(inputs.get("class_weights"), count),
        pos_weight=per_class(inputs.get("pos_weight"), count),
        focal_gamma=inputs.get("focal_gamma"),
        focal_alpha=tuple(alpha) if isinstance(alpha, list) else alpha,
    )
    kind, weights = InputKind(inputs["input_kind"]), inputs.get("sample_weight")
    state = replace(state_of(t, x, kind=kind, weights=weights, ignored=ignored), options=options)
    assert options_fault(state, Task(case["task"])) is None
    return state


@pytest.mark.parametrize(
    "case", [c for c in OF_FRAMEWORKS if c["id"] not in NOT_EXPRESSED], ids=lambda case: case["id"]
)
def test_what_a_framework_answered(case):
    evaluation = evaluate(asked_for(case), Task(case["task"]))
    result = evaluation.models[0]
    assert result.refusal is None
    rtol, atol = case["rtol"], case["atol"]
    assert_close(
        result.losses if case["reduction"] == "none" else [result.loss], case["expected"], rtol, atol
    )
    if "expected_per_class" in case:
        assert_close(result.terms, case["expected_per_class"], rtol, atol)
    if "expected_gradient" in case:
        # Gradients are of the sum of the losses; a mean's are those over what it divides by.
        divisor = result.divisor if case["reduction"] == "mean" else 1.0
        gradients = result.gradients / divisor if divisor else result.gradients
        if case["inputs"].get("sample_weight"):
            gradients = gradients * np.array(case["inputs"]["sample_weight"])[:, None]
        assert_close(gradients, case["expected_gradient"], case["gradient_rtol"], case["gradient_atol"])


@pytest.mark.parametrize(
    "case",
    [c for c in GOLDEN["error_cases"] if c["id"] not in ERRORS_NOT_EXPRESSED],
    ids=lambda case: case["id"],
)
def test_what_a_framework_refused(case):
    evaluation = evaluate(asked_for(case), Task(case["task"]))
    result = evaluation.models[0]
    assert " refuses the batch: " in result.refusal
    assert np.isnan(result.losses).all()
    assert not result.valid.any()
    assert result.loss is None
    refused = [issue for issue in evaluation.issues if issue.code == "refused"]
    assert [issue.sample for issue in refused] == list(range(len(result.losses)))


def test_sigmoid_first():
    case = next(c for c in OF_FRAMEWORKS if c["id"] == "p-pytorch-sigmoid-bce-f32")
    result = evaluate(asked_for(case), Task.BINARY).models[0]
    assert_close(result.losses, case["expected"], case["rtol"], case["atol"])
    assert_close(result.gradients, case["expected_gradient"], case["gradient_rtol"], case["gradient_atol"])
