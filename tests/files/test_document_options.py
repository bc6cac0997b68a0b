"""Options of a document: read, written, and refused at their place."""

import json

import pytest

from ceviz.core.document import Convention, LossOptions, Precision, Task
from ceviz.files.document_file import DocumentError, read_document, write_document


def document_of(options, task="multiclass", kind="probabilities"):
    classes = ["positive"] if task == "binary" else ["dog", "cat", "panda"]
    row = [1, 0, 0][: len(classes)]
    state = {
        "classes": classes,
        "samples": [{"name": "a", "target": row}],
        "models": [{"name": "A", "input": kind, "predictions": [row]}],
        "options": options,
    }
    return json.dumps({"format": "ceviz", "version": 1, "active_task": task, "tasks": {task: state}})


def test_all_options_are_read_and_written():
    given = {
        "convention": "keras",
        "call": "CategoricalFocalCrossentropy",
        "precision": "float32",
        "label_smoothing": 0.1,
        "class_weights": [1, 2, 0.5],
        "focal_gamma": 2,
        "focal_alpha": [0.1, 0.2, 0.7],
    }
    document = read_document(document_of(given))
    assert document.tasks[Task.MULTICLASS].options == LossOptions(
        convention=Convention.KERAS,
        call="CategoricalFocalCrossentropy",
        precision=Precision.FLOAT32,
        label_smoothing=0.1,
        class_weights=(1.0, 2.0, 0.5),
        focal_gamma=2.0,
        focal_alpha=(0.1, 0.2, 0.7),
    )
    assert read_document(write_document(document)) == document


def test_what_is_off_is_not_written():
    text = write_document(read_document(document_of({"focal_alpha": 0.25}))).decode()
    assert '"options": {"unit": "nats", "reduction": "mean", "temperature": 1, "focal_alpha": 0.25}' in text
    assert text.count("focal_gamma") == text.count("convention") == 0


PYTORCH = {"convention": "pytorch"}
WRONG = [
    ({"convention": "jax"}, 'convention: expected one of exact, pytorch, keras, sklearn, optax, got "jax"'),
    ({"precision": "float16"}, 'precision: expected one of float64, float32, got "float16"'),
    ({"label_smoothing": 1.5}, "label_smoothing: expected a number from 0 to 1, got 1.5"),
    ({"class_weights": [1, 2]}, "class_weights: expected 3 numbers, got 2"),
    ({"class_weights": [1, -2, 1]}, "class_weights[1]: expected a number of at least 0, got -2"),
    ({"class_weights": 2}, "class_weights: expected a list or null, got a number"),
    ({"pos_weight": [1, 1, 1]}, "pos_weight: is for binary and multilabel, not for multiclass"),
    ({"focal_gamma": -1}, "focal_gamma: expected a number of at least 0, got -1"),
    ({"focal_alpha": 2}, "focal_alpha: expected a number from 0 to 1, got 2"),
    ({"focal_alpha": [1, 2]}, "focal_alpha: expected 3 numbers, got 2"),
    ({"focal_alpha": "x"}, "focal_alpha: expected a number or a list or null, got a string"),
    ({"call": "nll_loss"}, "call: the exact convention has no calls, expected null"),
    (
        {**PYTORCH, "call": "kl"},
        "call: pytorch has no such call, expected one of cross_entropy, cross_entropy_probabilities, "
        "nll_loss, kl_div, binary_cross_entropy_with_logits, binary_cross_entropy",
    ),
    (
        {**PYTORCH, "call": "binary_cross_entropy"},
        "call: binary_cross_entropy is for binary and multilabel, not for multiclass",
    ),
    ({**PYTORCH, "call": "cross_entropy"}, "call: cross_entropy takes logits, not probabilities"),
]


@pytest.mark.parametrize(("options", "message"), WRONG, ids=[message[:50] for _, message in WRONG])
def test_an_option_that_cannot_be_meant_is_refused_with_its_place(options, message):
    with pytest.raises(DocumentError) as caught:
        read_document(document_of(options))
    assert str(caught.value) == f"tasks.multiclass.options.{message}"


def test_per_label_options_of_other_tasks():
    with pytest.raises(DocumentError, match=r"^tasks.binary.options.class_weights: expected 1 number, got 3"):
        read_document(document_of({"class_weights": [1, 1, 1]}, "binary"))
    with pytest.raises(DocumentError, match="focal_alpha: expected a number or null for multilabel"):
        read_document(document_of({"focal_alpha": [0.1, 0.2, 0.7]}, "multilabel"))
    state = read_document(document_of({"pos_weight": [1, 2, 3]}, "multilabel")).tasks[Task.MULTILABEL]
    assert state.options.pos_weight == (1.0, 2.0, 3.0)
