"""Captions: plain sentences whose numbers are those that the figure shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ceviz.core.document import Convention, Document, InputKind, LossOptions, Model, Task, Unit, vectors
from ceviz.core.evaluation import evaluate
from ceviz.explain.captions import caption
from ceviz.explain.figures import Include, figure_value, lens_of, shown_in
from ceviz.files.document_file import default_document


def caption_of(name: str, task: Task, document: Document | None = None, **view) -> str:
    document = (document or default_document()).with_view(task, **{"overlay": False, **view})
    include = Include()
    shown = shown_in(document, task, evaluate(document.tasks[task], task), include)
    lens, _ = lens_of(document, task)
    return caption(shown, lens, figure_value(shown, name, lens, include))


def predicting(rows: list[list[float]]) -> Document:
    state = default_document().tasks[Task.MULTICLASS]
    model = Model("A", InputKind.PROBABILITIES, vectors(rows))
    return default_document().with_state(Task.MULTICLASS, replace(state, models=(model,)))


# By hand: −ln 0.4 = 0.9163, −ln 0.7 = 0.3567; the sums are those of the worked examples.
@pytest.mark.parametrize(
    ("name", "task", "expected"),
    [
        (
            "curve",
            Task.MULTICLASS,
            "Cross-entropy of one sample, −ln p, with the true class at p = 0.4 (loss 0.916 nats). "
            "Numbered marks: other samples of the batch.",
        ),
        (
            "curve",
            Task.BINARY,
            "Binary cross-entropy: −ln p where the target is 1, −ln (1 − p) where it is 0. "
            "Sample 1: t = 1, p = 0.7, loss 0.357 nats. Numbered marks: other samples of the batch.",
        ),
        (
            "curve",
            Task.SOFT,
            "Cross-entropy with a soft target: −t ln p for each class. "
            "Over all classes sample 1 costs 1.142 nats.",
        ),
        (
            "lens",
            Task.MULTICLASS,
            "Every prediction for three classes; the darker, the larger the loss. "
            "Marked: sample 1, loss 0.916 nats.",
        ),
        ("lens", Task.MULTILABEL, "The loss of sample 1, 1.247 nats, as the sum over its labels."),
        ("equation", Task.SOFT, "The loss of sample 1, worked out."),
        ("batch", Task.MULTICLASS, "The losses of 5 samples, in nats; the line is the mean."),
        ("view", Task.BINARY, "The loss of sample 1, and the batch of 5 samples."),
    ],
)
def test_a_caption_says_what_the_figure_shows(name: str, task: Task, expected: str) -> None:
    assert caption_of(name, task) == expected


def test_bits_have_their_logarithm() -> None:
    state = default_document().tasks[Task.MULTICLASS]
    bits = replace(state, options=replace(state.options, unit=Unit.BITS))
    said = caption_of("curve", Task.MULTICLASS, default_document().with_state(Task.MULTICLASS, bits))
    assert "−log₂ p, with the true class at p = 0.4 (loss 1.322 bits)" in said


# By hand: 2·0.9163 = 1.8326; the losses of the labels, 1.247 in all, are 5 and Keras takes their mean.
@pytest.mark.parametrize(
    ("name", "task", "options", "expected"),
    [
        (
            "curve",
            Task.MULTICLASS,
            LossOptions(class_weights=(2.0, 2.0, 2.0)),
            "The loss of sample 1, 1.833 nats, with class weights. "
            "Numbered marks: other samples of the batch.",
        ),
        (
            "lens",
            Task.MULTILABEL,
            LossOptions(convention=Convention.KERAS),
            "The loss of sample 1, 0.249 nats, by keras.losses.BinaryCrossentropy(from_logits=False).",
        ),
    ],
)
def test_what_is_not_the_bare_definition_is_not_called_so(
    name: str, task: Task, options: LossOptions, expected: str
) -> None:
    document = default_document()
    changed = document.with_state(task, replace(document.tasks[task], options=options))
    assert caption_of(name, task, changed) == expected


def test_an_infinite_loss_has_no_mean_line() -> None:
    rows = [[0, 0.5, 0.5], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.25, 0.6, 0.15], [0.3, 0.5, 0.2]]
    document = predicting(rows)
    assert "p = 0 (loss ∞ nats)" in caption_of("curve", Task.MULTICLASS, document)
    assert caption_of("batch", Task.MULTICLASS, document) == "The losses of 5 samples, in nats."


@pytest.mark.parametrize("name", ["curve", "lens", "equation"])
def test_a_row_that_is_no_distribution_is_said_to_have_no_loss(name: str) -> None:
    document = predicting([[0.5, 0.5, 0.5], *[[0.2, 0.5, 0.3]] * 4])
    said = caption_of(name, Task.MULTICLASS, document)
    assert "Sample 1 has no loss: the prediction sums to 1.5, not 1." in said
    assert "worked out" not in said


def test_two_models_are_told_by_their_losses() -> None:
    state = default_document().tasks[Task.MULTICLASS]
    better = Model("B", InputKind.PROBABILITIES, vectors([[0.7, 0.2, 0.1]] * 5))
    document = default_document().with_state(
        Task.MULTICLASS, replace(state, models=(state.models[0], better))
    )
    said = caption_of("curve", Task.MULTICLASS, document, compare=True)
    assert said == (
        "Two models on sample 1: A pays 0.916 nats, B pays 0.357 nats. "
        "Small marks: other samples of the batch."
    )


@pytest.mark.parametrize(
    ("samples", "which"), [(201, "other samples of the batch"), (202, "some of the other samples")]
)
def test_a_curve_with_some_of_the_marks_says_so(samples: int, which: str) -> None:
    few = default_document().tasks[Task.MULTICLASS]
    repeated = np.arange(samples) % 5
    state = replace(
        few,
        samples=tuple(few.samples[n] for n in repeated),
        targets=vectors(few.targets[repeated]),
        models=(replace(few.models[0], predictions=vectors(few.models[0].predictions[repeated])),),
    )
    document = default_document().with_state(Task.MULTICLASS, state)
    assert caption_of("curve", Task.MULTICLASS, document).endswith(f"Small marks: {which}.")
