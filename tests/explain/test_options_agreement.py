"""Under any convention and options every number that is shown agrees with the evaluation."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given

from ceviz.core.document import Convention, Precision, Task, Unit
from ceviz.explain.compare_batch import compare_batch
from ceviz.explain.curve_charts import curve_charts
from ceviz.explain.formulas import to_latex, to_text
from ceviz.explain.headline import headline, worked_line
from ceviz.explain.lenses import lens_value, lenses
from ceviz.explain.loss_options import loss_choices
from ceviz.explain.sentences import batch_remarks, plain_text, takeaway
from ceviz.explain.simplex_chart import simplex_chart
from ceviz.explain.stack_charts import stack_chart
from tests.explain.compare_examples import show_pair
from tests.explain.examples import random_shown, show, state_of
from tests.explain.reading import formula_value, mp, number_value, rounds_alike
from tests.fuzz import examples

MANY = examples(30)


def agrees(exact, text):
    if math.isinf(float(exact)):
        return text == "∞"
    return text != "∞" and rounds_alike(exact, text.replace("−", "-", 1))


@MANY
@given(random_shown(optioned=True))
def test_every_term_gives_the_value_under_it(shown):
    assume(shown.result.valid[shown.sample])
    base = 2 if shown.evaluation.unit is Unit.BITS else mp.e
    for term in headline(shown).terms:
        if term.kind == "class":
            text = to_text(term.formula)
            if "/" in text and abs(number_value(term.value_text)) < 1e-6:
                continue  # t ln(t / p) of a p that is t but for rounding: there is nothing to agree to
            if re.search(r"\)[⁰¹²³⁴⁵⁶⁷⁸⁹^]", text) and abs(number_value(term.value_text)) < 1e-20:
                continue  # a focal factor of what a framework's rounding leaves of 1 - p: likewise
            assert agrees(formula_value(text, base), term.value_text), text


@MANY
@given(random_shown(optioned=True))
def test_everything_can_be_shown_and_says_the_same_loss(shown):
    line, sentence = headline(shown), plain_text(takeaway(shown))
    charts = curve_charts(shown)
    texts = [sentence, to_text(worked_line(line)), to_latex(worked_line(line)), line.caption, line.exact]
    for text in texts:
        assert not re.search(r"\bnan\b|None|\binf\b|  ", text), text
    for key, _ in lenses(shown.task, shown.state.class_count):
        lens_value(shown, key)
    loss_choices(shown)
    if not shown.result.valid[shown.sample]:
        return
    assert agrees(float(shown.result.losses[shown.sample]), line.number_text)
    if shown.task in (Task.MULTICLASS, Task.BINARY):
        assert charts[0].live[0].y_text == line.number_text
    assert stack_chart(shown).total_text.endswith(line.number_text)
    for chart in charts:
        for curve in chart.curves:
            assert np.isfinite(curve.ys).all()
            assert ((curve.ys >= 0) & (curve.ys <= chart.y_axis.high)).all()


RULED_OUT = ([[1, 0, 0]], [[0.0, 0.7, 0.3]])


@pytest.mark.parametrize(
    ("options", "number", "exact"),
    [
        ({"convention": Convention.KERAS}, "16.118", "exact ∞"),
        ({"convention": Convention.SKLEARN}, "36.044", "exact ∞"),
        ({"convention": Convention.SKLEARN, "precision": Precision.FLOAT32}, "15.942", "exact ∞"),
        ({"convention": Convention.PYTORCH}, "∞", ""),
        ({}, "∞", ""),
    ],
)
def test_a_class_that_was_ruled_out(options, number, exact):
    # The numbers are those of the golden cases for p = 0.
    shown = show(state_of(["dog", "cat", "panda"], *RULED_OUT, **options), Task.MULTICLASS)
    line = headline(shown)
    assert (line.number_text, line.exact) == (number, exact)
    assert line.accessible == f"loss {number} nats"
    assert [term.clipped for term in line.terms] == [bool(exact), False, False]
    if exact:
        assert f"gives {number}; exactly the loss is ∞. Clipped at" in plain_text(takeaway(shown))


def test_pytorch_clamps_at_100():
    state = state_of(["dog"], [[1]], [[0.0]], convention=Convention.PYTORCH)
    line = headline(show(state, Task.BINARY))
    assert (line.caption, line.number_text, line.exact) == (
        "Loss of sample 1 by nn.BCELoss",
        "100.000",
        "exact ∞",
    )
    assert to_text(line.terms[0].formula) == "−1·max(ln 0, −100)"
    in_bits = show(replace(state, options=replace(state.options, unit=Unit.BITS)), Task.BINARY)
    assert to_text(headline(in_bits).terms[0].formula) == "−1·max(log₂ 0, −144.2695)"  # -100 / ln 2
    assert plain_text(takeaway(in_bits)).endswith("The logarithm is clamped at −100 nats.")


def test_pytorch_clamps_the_logarithm_of_one_answer_and_leaves_the_other():
    state = state_of(["dog"], [[0.3], [0.0]], [[4.36e-119]] * 2, convention=Convention.PYTORCH)
    yes, no = headline(show(state, Task.BINARY)).terms
    # ln 4.36e-119 = -272.5; 0.3 * 100 = 30, and 0.7 * 4.36e-119 = 3.052e-119
    assert (to_text(yes.formula), yes.value_text) == ("−0.3·max(ln (4.36 × 10⁻¹¹⁹), −100)", "30.000")
    assert (to_text(no.formula), no.value_text) == ("−0.7·ln (1 − 4.36 × 10⁻¹¹⁹)", "3.05 × 10⁻¹¹⁹")
    assert (yes.clipped, no.clipped) == (True, False)
    # What counts nothing is not clamped either: its p is the one that was given.
    yes, _ = headline(show(state, Task.BINARY, 1)).terms
    assert (to_text(yes.formula), yes.value_text) == ("−0·ln (4.36 × 10⁻¹¹⁹)", "0")


def test_smoothing_puts_a_floor_under_the_loss():
    state = state_of(["dog", "cat", "panda"], [[1, 0, 0]], [[0.4, 0.3, 0.3]], label_smoothing=0.1)
    shown = show(state, Task.MULTICLASS)
    # 0.9333 (-ln 0.4) + 2 * 0.0333 (-ln 0.3) = 0.8552 + 0.0803; the floor is 0.0644 + 2 * 0.1134.
    assert headline(shown).number_text == "0.935"
    assert plain_text(takeaway(shown)) == (
        "Label smoothing 0.1 puts a floor of 0.291 under the loss: even a perfect prediction pays it. "
        "This one pays 0.644 more."
    )
    (chart,) = curve_charts(shown)
    assert chart.curves[0].ys.min() == pytest.approx(0.2911, abs=2e-3), "the rest is split evenly here"


def test_a_focal_weighted_term():
    options = {"focal_gamma": 2.0, "class_weights": (2.0, 1.0, 1.0)}
    state = state_of(["dog", "cat", "panda"], [[1, 0, 0]], [[0.4, 0.3, 0.3]], **options)
    line = headline(show(state, Task.MULTICLASS))
    assert to_text(line.terms[0].formula) == "−2·(1 − 0.4)²·1·ln 0.4"
    assert line.number_text == "0.660"  # 2 * 0.36 * 0.91629
    assert to_text(line.definition) == "−∑ᵢ wᵢ (1 − pᵢ)² tᵢ ln pᵢ"


def test_the_foot_says_what_a_weighted_mean_divides_by():
    rows = np.log([[0.4, 0.3, 0.3], [0.1, 0.8, 0.1]])
    weights = {"convention": Convention.PYTORCH, "class_weights": (2.0, 0.5, 1.0)}
    state = state_of(["dog", "cat", "panda"], [[1, 0, 0], [0, 1, 0]], rows, input="logits", **weights)
    shown = show(state, Task.MULTICLASS)
    assert batch_remarks(shown) == (
        "divided by the sum of the weights of the true classes, 2.5",
        "divided by the classes’ weights, 2.5",
        "divided by 2.5",
    )
    pair = replace(state, models=(*state.models, replace(state.models[0], name="B")))
    assert compare_batch(show_pair(pair, Task.MULTICLASS)).divisions == batch_remarks(shown)
    # (2 * 0.91629 + 0.5 * 0.22314) / 2.5
    assert shown.result.mean == pytest.approx(0.777661, abs=1e-6)


def test_the_mean_of_the_finite_says_that_it_is_weighted():
    rows = [[0.5, 0.5], [0.25, 0.75], [0.0, 1.0]]
    state = state_of(["a", "b"], [[1, 0]] * 3, rows)
    heavier = replace(state.samples[1], weight=3.0)
    shown = show(replace(state, samples=(state.samples[0], heavier, state.samples[2])), Task.MULTICLASS)
    # (ln 2 + 3 ln 4) / 4 = 1.213
    assert batch_remarks(shown)[0] == (
        "one infinite sample is enough. Without it: 1.213 over 2 weighted samples"
    )


def test_keras_in_float32_names_the_p_that_was_given_and_why_it_is_not_16():
    options = {"convention": Convention.KERAS, "precision": Precision.FLOAT32}
    shown = show(state_of(["yes"], [[0]], [[1.0]], **options), Task.BINARY)
    point = curve_charts(shown)[0].live[0]
    assert (point.x_text, point.label) == ("1.000", "sample 1: clipped at 10⁻⁷")
    # -ln(1 - 0.99999988) = 15.942
    assert plain_text(takeaway(shown)) == (
        "keras.losses.BinaryCrossentropy gives 15.942; exactly the loss is ∞."
        " Clipped at 1e-7; in float32 1 − 1e-7 is 0.99999988."
    )


def test_the_definition_in_float32_is_compared_with_itself_in_float64():
    shown = show(state_of(["dog", "cat"], [[1, 0]], [[0.0, 1.0]], precision=Precision.FLOAT32), Task.SOFT)
    assert plain_text(takeaway(shown)) == "The definition in float32 gives ∞, as in float64."


def test_a_mean_over_labels_is_told_at_the_sample():
    options = {"convention": Convention.PYTORCH}
    shown = show(state_of(["a", "b", "c"], [[1, 0, 0]], [[0.4, 0.3, 0.3]], **options), Task.MULTILABEL)
    # 0.916 + 2 * 0.357 = 1.630 = 3 * 0.543
    assert plain_text(takeaway(shown)) == (
        "nn.BCELoss gives 1.630, as the definition does."
        " Its mean also divides by K = 3: of this sample alone it is 0.543."
    )


def test_what_a_framework_refuses_is_said_as_its_refusal():
    state = state_of(["a", "b", "c"], [[1, 0, 0]], [[1.2, 0.1, 0.1]], convention=Convention.SKLEARN)
    assert plain_text(takeaway(show(state, Task.MULTICLASS))) == (
        "There is no loss yet: log_loss refuses the batch: 1.2 is greater than 1 (sample 1)."
        " Correct that number; no button can guess it."
    )


def test_the_simplex_has_the_levels_of_the_smoothed_loss():
    smoothed = state_of(["a", "b", "c"], [[1, 0, 0]], [[0.4, 0.3, 0.3]], label_smoothing=0.3)
    chart = simplex_chart(show(smoothed, Task.MULTICLASS))
    assert chart.target is not None, "rings around the smoothed target"
    assert (chart.target.x, chart.target.y) == pytest.approx((0.5, 0.8 * math.sqrt(3) / 2))
