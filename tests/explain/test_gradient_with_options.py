"""The gradient with options: formula and numbers give what is shown, and so do differences of losses."""

from __future__ import annotations

import math

import mpmath
import pytest
from hypothesis import assume, given

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain import focal
from ceviz.explain.formulas import to_text
from ceviz.explain.gradient_chart import gradient_chart
from tests.explain.examples import random_shown, show, state_of
from tests.explain.reading import rounds_alike
from tests.explain.test_lens_charts import worked, worth
from tests.fuzz import examples

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL
PHI = "φ(p) = (1 − p)² − 2 p (1 − p) ln p"
Z = [1.0, 0.7, 0.6]
HALF = mpmath.mpf(10) ** -20
mp = mpmath.MPContext()
mp.dps = 60


def chart_of(task, target, numbers, given_as="logits", **options):
    names = ["dog", "cat", "panda", "ball"][: len(target)]
    shown = show(state_of(names, [target], [numbers], input=given_as, **options), task)
    return shown, gradient_chart(shown)


def loss_by_hand(task, target, numbers, given_as="logits", **options):
    """w α (1 − p)^γ (−t ln p), and for labels both answers, written down with 60 digits."""
    z = [x / mp.mpf(options.get("temperature", 1)) for x in numbers]
    count, s = len(target), mp.mpf(options.get("label_smoothing", 0))
    ones = (1,) * count
    weights = options.get("class_weights", ones)
    alpha, gamma = options.get("focal_alpha"), mp.mpf(options.get("focal_gamma", 0))

    def cost(p):
        return (1 - p) ** gamma * -mp.log(p)

    if task in (MULTI, SOFT):
        if options.get("convention") is Convention.KERAS:
            p = [x / sum(numbers) for x in numbers]
        elif given_as == "logits":
            p = [mp.exp(x) / sum(map(mp.exp, z)) for x in z]
        else:
            p = numbers
        t = [x * (1 - s) + s / count for x in map(mp.mpf, target)]
        total = sum(w * tk * cost(pk) for w, tk, pk in zip(weights, t, p, strict=True) if tk)
        total *= 1 if alpha is None else mp.mpf(alpha)
    else:
        p = [1 / (1 + mp.exp(-x)) for x in z] if given_as == "logits" else numbers
        t = [x * (1 - s) + s / 2 for x in map(mp.mpf, target)]
        on, off = (1, 1) if alpha is None else (mp.mpf(alpha), 1 - mp.mpf(alpha))
        pos = options.get("pos_weight", ones)
        rows = zip(weights, pos, t, p, strict=True)
        total = sum(w * (on * c * x * cost(q) + off * (1 - x) * cost(1 - q)) for w, c, x, q in rows)
        total /= count if options.get("convention") is Convention.KERAS else 1
    return total / (mp.log(2) if options.get("unit") is Unit.BITS else 1)


def central_difference(k, task, target, numbers, *rest, **options):
    def at(way):
        moved = [mp.mpf(x) + (way * HALF if j == k else 0) for j, x in enumerate(numbers)]
        return loss_by_hand(task, target, moved, *rest, **options)

    return (at(1) - at(-1)) / (2 * HALF)


CASES = [
    (
        (MULTI, [1, 0, 0], Z, "logits"),
        {"class_weights": (2.0, 1.0, 1.0)},
        "w_true (pᵢ − tᵢ)",
        "2·(0.4147 − 1) =",
    ),
    (
        (MULTI, [1, 0, 0], Z, "logits"),
        {"class_weights": (2.0, 1.0, 1.0), "focal_gamma": 2.0, "focal_alpha": 0.25},
        "w_true α φ(p_true) (pᵢ − tᵢ)",
        None,
    ),
    ((MULTI, [1, 0, 0], Z, "logits"), {"label_smoothing": 0.1}, "pᵢ − tᵢ′", None),
    (
        (SOFT, [0.7, 0.2, 0.1], Z, "logits"),
        {"class_weights": (2.0, 1.0, 3.0), "temperature": 2.0, "unit": Unit.BITS},
        "(pᵢ ∑ⱼ wⱼ tⱼ − wᵢ tᵢ)/(2 ln 2)",
        "(0.3732·1.9 − 2·0.7) / (2 ln 2) =",
    ),
    (
        (SOFT, [0.7, 0.2, 0.1], Z, "logits"),
        {"class_weights": (2.0, 1.0, 3.0), "focal_gamma": 2.0},
        "pᵢ ∑ⱼ wⱼ φ(pⱼ) tⱼ − wᵢ φ(pᵢ) tᵢ",
        None,
    ),
    (
        (SOFT, [0.7, 0.2, 0.1], [0.5, 0.3, 0.2], "probabilities"),
        {"class_weights": (2.0, 1.0, 3.0), "focal_gamma": 1.5},
        "−(wᵢ φ(pᵢ) tᵢ)/pᵢ",
        None,
    ),
    (
        (SOFT, [0.7, 0.2, 0.1], [0.5, 0.3, 0.2], "probabilities"),
        {"convention": Convention.KERAS},
        "1 − tᵢ/pᵢ",
        "1 − 0.7 / 0.500 =",
    ),
    ((BINARY, [1], [0.4], "logits"), {"pos_weight": (3.0,)}, "w⁺ (p − t)", "3·(0.5987 − 1) ="),
    (
        (BINARY, [0], [0.4], "logits"),
        {"focal_gamma": 2.0, "focal_alpha": 0.25},
        "(1 − α) φ(1 − p) (p − t)",
        None,
    ),
    (
        (BINARY, [0.3], [0.4], "logits"),
        {"pos_weight": (3.0,), "class_weights": (2.0,)},
        "w [(1 − t) p − w⁺ t (1 − p)]",
        "2·(1 − 0.3)·0.5987 − 6·0.3·(1 − 0.5987) =",
    ),
    (
        (LABELS, [1, 0, 0.5], [0.4, 0.3, 0.9], "probabilities"),
        {"pos_weight": (3.0, 2.0, 2.0), "class_weights": (2.0, 1.0, 1.0)},
        "wₖ [(1 − tₖ)/(1 − pₖ) − (wₖ⁺ tₖ)/pₖ]",
        "−6 / 0.400 =",
    ),
    (
        (LABELS, [1, 0, 1], [0.4, 0.3, 0.9], "probabilities"),
        {"convention": Convention.KERAS},
        "(pₖ − tₖ)/(3 pₖ (1 − pₖ))",
        "(−1 / 0.400) / 3 =",
    ),
    (
        (LABELS, [1, 0, 1], [0.4, -0.3, 1.2], "logits"),
        {"focal_gamma": 2.0},
        "φ(1 − pₖ) (1 − tₖ) pₖ − φ(pₖ) tₖ (1 − pₖ)",
        None,
    ),
]


@pytest.mark.parametrize(("case", "options", "formula", "first"), CASES)
def test_the_formula_its_numbers_and_differences_of_the_loss_agree(case, options, formula, first):
    shown, chart = chart_of(*case, **options)
    assert to_text(chart.formula).partition(" = ")[2] == formula
    for k, line in enumerate(chart.arithmetic):
        slope = central_difference(k, *case, **options)
        assert float(slope) == pytest.approx(shown.result.gradients[0, k], rel=1e-12, abs=1e-15)
        sign = -1 if line.value_text.startswith("−") else 1
        assert rounds_alike(sign * slope, line.value_text.lstrip("+−"))
        assert rounds_alike(sign * worth(line.text), line.value_text.lstrip("+−")), line
    if first:
        assert chart.arithmetic[0].text == first


def test_the_focal_factor_is_written_out_and_has_the_same_digits_everywhere():
    _, chart = chart_of(MULTI, [1, 0, 0], Z, focal_gamma=2.0)
    assert to_text(chart.where) == PHI
    p = math.exp(1) / (math.exp(1) + math.exp(0.7) + math.exp(0.6))
    phi = (1 - p) ** 2 - 2 * p * (1 - p) * math.log(p)
    factors = {line.text.partition("·")[0] for line in chart.arithmetic}
    assert len(factors) == 1
    assert float(factors.pop()) == pytest.approx(phi, abs=5e-5)
    assert phi == pytest.approx(0.77, abs=5e-4)
    assert chart.reading.endswith("all arrows are 0.77 times as long as without.")


def test_half_a_gamma_and_none_have_their_own_lines():
    assert to_text(chart_of(MULTI, [1, 0, 0], Z, focal_gamma=1.0)[1].where) == "φ(p) = (1 − p) − p ln p"
    assert to_text(chart_of(MULTI, [1, 0, 0], Z, focal_gamma=1.1)[1].where) == (
        "φ(p) = (1 − p)^1.1 − 1.1 p (1 − p)^0.1 ln p"
    )
    assert chart_of(MULTI, [1, 0, 0], Z, class_weights=(2.0, 1.0, 1.0))[1].where is None


def test_where_keras_clips_nothing_pulls():
    _, chart = chart_of(MULTI, [1, 0, 0], [0.0, 0.5, 0.5], "probabilities", convention=Convention.KERAS)
    assert worked(chart)[0] == ("dog", "p is clipped:", "0")
    assert to_text(chart.formula) == "∂L/∂pᵢ", "no formula that does not hold here"
    assert chart.reading.endswith("Where p is clipped its gradient is 0: nothing pulls.")


def test_pytorch_divides_by_no_less_than_a_billionth_of_a_thousandth():
    _, chart = chart_of(BINARY, [0], [1.0], "probabilities", convention=Convention.PYTORCH)
    assert to_text(chart.formula) == "∂L/∂p = (p − t)/(max(p (1 − p), 10⁻¹²))"
    assert worked(chart) == [("dog", "(1.000 − 0) / 10⁻¹² =", "+1.00 × 10¹²")]


def test_a_call_that_leans_on_both_answers_at_once_has_no_formula():
    # Keras' factor is of p t + (1 - p)(1 - t): of a target in between it is no sum of two answers.
    options = {"convention": Convention.KERAS, "call": "BinaryFocalCrossentropy"}
    _, chart = chart_of(BINARY, [0.3], [0.4], **options)
    assert to_text(chart.formula) == "∂L/∂z"
    assert chart.arithmetic[0].text == "="


@examples(60)
@given(random_shown(optioned=True))
def test_what_is_worked_out_is_right_under_all_options(random):
    assume(random.result.valid[random.sample])
    for line in gradient_chart(random).arithmetic:
        text = line.text.removesuffix(" =")
        if "=" in text or "clipped" in text or "−0 / p" in text or "∞" in line.value_text or not text:
            continue
        sign = -1 if line.value_text.startswith("−") else 1
        assert rounds_alike(sign * worth(line.text), line.value_text.lstrip("+−")), line


@pytest.mark.parametrize("surprise", [5e-324, 1e-310, 1e-17, 0.3, 740.0])
@pytest.mark.parametrize("gamma", [0.001, 2.0])
def test_a_focal_factors_pull_close_to_0_and_1(surprise, gamma):
    s, g = mp.mpf(surprise), mp.mpf(gamma)
    rest = -mp.expm1(-s)
    by_hand = rest**g + g * mp.exp(-s) * rest ** (g - 1) * s
    assert float(focal.pull(surprise, gamma)) == pytest.approx(float(by_hand), rel=1e-12)
