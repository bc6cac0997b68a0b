from dataclasses import replace

import pytest

from ceviz.core.document import Sample, Task, Unit
from ceviz.explain.sentences import (
    Span,
    plain_text,
    sample_heading,
    takeaway,
)
from tests.explain.examples import show, shown, state_of

INF = float("inf")
MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL


@pytest.mark.parametrize(
    ("shown_sample", "sentence"),
    [
        (
            shown(MULTI),
            "Only the true class counts. The model gave dog 0.4, so the loss is −ln 0.4 ≈ 0.916. "
            "Had it given 1, the loss would be 0.",
        ),
        (
            shown(SOFT),
            "Even a perfect prediction pays the floor, 0.802. This one pays 0.341 more: "
            "too little on dog, too much on cat.",
        ),
        (
            shown(BINARY),
            "It is a dog, so the term for “not dog” is multiplied by 0. What is left is −ln 0.7 ≈ 0.357. "
            "Had it not been one: −ln 0.3 ≈ 1.204.",
        ),
        (
            shown(LABELS),
            "The ball costs most: it is there, but the model gave it only 0.6. "
            "A confident, right “no panda” costs almost nothing.",
        ),
        (
            shown(MULTI, logits=[2, 1, 0.1]),
            "Softmax turns z into p; the loss is −ln 0.659 ≈ 0.417. "
            "Training pulls dog up by exactly what it still lacks: 1 − 0.659 = 0.341.",
        ),
        (
            shown(MULTI, 4, prediction=[0.3, 0.7, 0]),
            "The model ruled panda out completely, and it was a panda: ln 0 is −∞. "
            "Keras would clip p at 10⁻⁷ and report 16.118.",
        ),
    ],
)
def test_takeaways_of_the_pictures(shown_sample, sentence):
    assert plain_text(takeaway(shown_sample)) == sentence


def test_takeaway_colours_class_and_loss():
    assert takeaway(shown(MULTI)) == (
        Span("Only the true class counts. The model gave "),
        Span("dog", "class", 0),
        Span(" 0.4, so the loss is "),
        Span("−ln 0.4 ≈ "),
        Span("0.916", "loss"),
        Span(". Had it given 1, the loss would be 0."),
    )
    assert [span.text for span in takeaway(shown(SOFT)) if span.role != "plain"] == ["floor", "0.341"]


@pytest.mark.parametrize(
    ("prediction", "sentence"),
    [
        (
            [0.9, 0.05, 0.05],
            "The model was sure of dog, at 0.9, and right: the loss is −ln 0.9 ≈ 0.105. "
            "How the rest is split does not matter.",
        ),
        (
            [0.25, 0.6, 0.15],
            "The model preferred cat, at 0.6, but only the true class counts: "
            "dog got 0.25, so the loss is −ln 0.25 ≈ 1.386.",
        ),
        (
            [0.01, 0.98, 0.01],
            "The model was sure of cat, at 0.98, and wrong: dog got 0.01, so the loss is −ln 0.01 ≈ 4.605. "
            "Each further halving adds ln 2 ≈ 0.693.",
        ),
        (
            [1e-7, 1 - 1e-7, 0],
            "The model was sure of cat, at almost 1, and wrong: dog got 10⁻⁷, "
            "so the loss is −ln 10⁻⁷ ≈ 16.118. Each further halving adds ln 2 ≈ 0.693.",
        ),
        ([1, 0, 0], "The model gave dog 1: the loss is 0, the smallest there is."),
        (
            [1 / 3] * 3,
            "All 3 classes got the same, so this is a blind guess: the loss is ln 3 ≈ 1.099.",
        ),
        (
            [0.25, 0.53, 0.15],
            "There is no loss yet: the prediction sums to 0.93, not 1. Normalise it, or correct a number.",
        ),
        ([0, 0, 0], "There is no loss yet: the prediction sums to 0, not 1. Correct a number."),
        (
            [0.4, -0.1, 0.7],
            "There is no loss yet: cat is negative. Correct that number; no button can guess it.",
        ),
    ],
)
def test_multiclass_takeaways(prediction, sentence):
    assert plain_text(takeaway(shown(MULTI, prediction=prediction))) == sentence


@pytest.mark.parametrize(
    ("logits", "options", "end"),
    [
        (
            [2, 1, 0.1],
            {"unit": Unit.BITS},
            "the loss is −log₂ 0.659 ≈ 0.602. Training pulls dog up in proportion to what it still lacks: "
            "1 − 0.659 = 0.341.",
        ),
        ([4, 2, 0.2], {"temperature": 2.0}, "up in proportion to what it still lacks: 1 − 0.659 = 0.341."),
        ([0, 100, 0], {}, "−ln (3.72 × 10⁻⁴⁴) ≈ 100.000. Training pulls dog up almost as hard as it can."),
        ([INF, 0, 0], {}, "−ln 1 = 0. Almost nothing is left for training to pull up dog by."),
        ([-INF, 0, 0], {}, "The model ruled dog out completely, and it was a dog: ln 0 is −∞."),
        ([INF, INF, 0], {}, "softmax is undefined: more than one logit is ∞. Type a finite logit."),
    ],
)
def test_logit_takeaways(logits, options, end):
    assert plain_text(takeaway(shown(MULTI, logits=logits, **options))).endswith(end)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"prediction": [0.7, 0.2, 0.1]},
            "The prediction equals the target, so it pays only the floor, 0.802.",
        ),
        (
            {"prediction": [0.5, 0.5, 0]},
            "The model ruled panda out completely, but its target is 0.1: ln 0 is −∞.",
        ),
        (
            {"target": [1, 0, 0]},
            "A target that is sure has no floor: all of 1.204 is excess: too little on dog, too much on cat.",
        ),
        (
            # Within the tolerance for sums: ln(1.000006) = 6e-6 is gained.
            {"prediction": [0.7000042, 0.2000012, 0.1000006]},
            "A little more than 1 was given away, so this pays 6.00 × 10⁻⁶ less than the floor.",
        ),
        (
            {"target": [0.5, 0.2, 0]},
            "There is no loss yet: the target sums to 0.7, not 1. Normalise it, or correct a number.",
        ),
    ],
)
def test_soft_takeaways(changes, sentence):
    assert plain_text(takeaway(shown(SOFT, **changes))) == sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"target": [0], "prediction": [0.2]},
            "It is not a dog, so the term for “dog” is multiplied by 0. What is left is −ln 0.8 ≈ 0.223. "
            "Had it been one: −ln 0.2 ≈ 1.609.",
        ),
        (
            {"prediction": [1]},
            "It is a dog, so the term for “not dog” is multiplied by 0. What is left is −ln 1 = 0. "
            "Had it not been one, the loss would be infinite.",
        ),
        (
            {"prediction": [0]},
            "The model ruled “dog” out completely, and it was a dog: ln 0 is −∞. "
            "Keras would clip p at 10⁻⁷ and report 16.118.",
        ),
        (
            {"target": [0], "prediction": [1]},
            "The model ruled “not dog” out completely, and it was not a dog: ln 0 is −∞. "
            "Keras, in float32, would clip p and report 15.942.",
        ),
        (
            {"logits": [1]},
            "Sigmoid turns z into p; the loss is −ln 0.731 ≈ 0.313. "
            "Training pulls z up by exactly what “dog” still lacks: 1 − 0.731 = 0.269.",
        ),
        (
            {"target": [0], "logits": [40]},
            "Sigmoid turns z into p; the loss is −ln (4.25 × 10⁻¹⁸) ≈ 40.000. "
            "Training pulls z down almost as hard as it can.",
        ),
        (
            {"target": [0.3], "prediction": [0.6]},
            # -0.3 ln 0.6 - 0.7 ln 0.4 = 0.79465; H(0.3, 0.7) = 0.61086
            "The target is 0.3, so both terms count: together 0.795. "
            "The least that any prediction costs is 0.611, at p = 0.3.",
        ),
        (
            {"target": [0.3], "prediction": [0.3]},
            "The target is 0.3, so both terms count: together 0.611. No prediction costs less: p equals t.",
        ),
        (
            {"target": [0.3], "prediction": [0]},
            "The target is 0.3, so neither answer may be ruled out: ln 0 is −∞.",
        ),
    ],
)
def test_binary_takeaways(changes, sentence):
    assert plain_text(takeaway(shown(BINARY, **changes))) == sentence


def test_a_name_that_may_be_no_noun_is_quoted():
    state = state_of(["malignant"], [[1], [0]], [[0.7], [0.2]])
    assert plain_text(takeaway(show(state, BINARY))).startswith("The answer is “malignant”, so the term for ")
    assert "Had it been “malignant”: −ln 0.2 ≈ 1.609." in plain_text(takeaway(show(state, BINARY, 1)))
    assert sample_heading(show(state, BINARY))[0] == "Is it “malignant”?"


@pytest.mark.parametrize(
    ("target", "prediction", "sentence"),
    [
        (
            [0] * 5,
            [0.1, 0.2, 0.3, 0.4, 0.05],
            "The ball costs most: it is not there, but the model gave it 0.4. "
            "A confident, right “no person” costs almost nothing.",
        ),
        ([0, 1, 0, 0, 0], [0, 1, 0, 0, 0], "Every label is exactly right: the loss is 0."),
        (
            [0, 1, 0, 0, 0],
            [0, 0, 0, 0, 0],
            "The cat costs infinitely much: it is there, but the model gave it 0, and ln 0 is −∞.",
        ),
        ([0, 1, 0, 0, 0], [0.5] * 5, "Every label costs the same, 0.693."),
        (
            [1] * 5,
            [0.95, 0.95, 0.95, 0.95, 0.92],
            "The person costs most: it is there, and the model gave it 0.92, not 1. "
            "A confident, right “dog” costs almost nothing.",
        ),
        (
            [0.3, 1, 1, 1, 1],
            [0.9, 0.5, 0.5, 0.5, 0.5],
            "The dog costs most: its target is 0.3, and the model gave it 0.9. "
            "The cheapest label, “cat”, costs 0.693.",
        ),
    ],
)
def test_multilabel_takeaways(target, prediction, sentence):
    assert plain_text(takeaway(shown(LABELS, target=target, prediction=prediction))) == sentence


def test_a_single_class_and_a_single_label():
    one_class = show(state_of(["dog"], [[1]], [[1]]), MULTI)
    assert plain_text(takeaway(one_class)).startswith("With a single class there is nothing to get wrong")
    one_label = show(state_of(["dog"], [[1]], [[0.6]]), LABELS)
    assert plain_text(takeaway(one_label)) == (
        "The dog is the only label: it is there, but the model gave it only 0.6."
    )
    assert sample_heading(one_label)[1] == "one yes/no question"


LONG = "golden retriever that carries a newspaper through the garden"  # 60 letters


@pytest.mark.parametrize(
    ("task", "target", "prediction"),
    [
        (MULTI, [1, 0], [0.4, 0.6]),
        (MULTI, [1, 0], [0, 1]),
        (MULTI, [1, 0], [-0.5, 1]),
        (SOFT, [0.5, 0.5], [0.9, 0.1]),
        (LABELS, [1, 0], [0.4, 0.1]),
    ],
)
def test_a_long_name_of_a_class_is_elided(task, target, prediction):
    sentence = plain_text(takeaway(show(state_of([LONG, LONG[::-1]], [target], [prediction]), task)))
    assert "golden retri…the garden" in sentence
    assert "newspaper" not in sentence
    assert "repapswen" not in sentence


def test_a_long_name_of_an_answer_is_elided():
    sentence = plain_text(takeaway(show(state_of([LONG], [[1]], [[0.4]]), BINARY)))
    assert sentence.startswith("The answer is “golden retri…the garden”, so the term for “not golden retri…")
    assert "newspaper" not in sentence


def test_an_ignored_sample():
    state = shown(MULTI).state
    samples = (Sample("An image of a dog", ignored=True), *state.samples[1:])
    ignored = show(replace(state, samples=samples), MULTI)
    assert plain_text(takeaway(ignored)) == (
        "This sample is ignored: its loss, 0.916, counts in neither sum nor mean."
    )


@pytest.mark.parametrize(
    ("task", "classes", "target", "prediction"),
    [
        (MULTI, ["a", "b"], [1, 0], [0.5, 0.5]),
        (SOFT, ["a", "b"], [0.5, 0.5], [0.5, 0.5]),
        (LABELS, ["a", "b"], [0, 0], [0.5, 0.5]),
    ],
)
def test_a_blank_sample_invites(task, classes, target, prediction):
    blank = show(state_of(classes, [target], [prediction]), task)
    assert plain_text(takeaway(blank)) == "Drag a bar, or choose an example."
