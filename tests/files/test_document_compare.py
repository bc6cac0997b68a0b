"""Two models in a document, and whether they are shown side by side."""

import json

import pytest

from ceviz.core.document import Task
from ceviz.core.evaluation import evaluate
from ceviz.core.structure import remove_model
from ceviz.files.document_file import (
    DocumentError,
    default_document,
    load_document,
    read_document,
    write_document,
)
from ceviz.files.resources import examples


def text(compare, model_count=2):
    """A document of one sample whose multi-class view says `compare`."""
    models = [
        {"name": name, "input": "probabilities", "predictions": [[0.4, 0.6]]} for name in "AB"[:model_count]
    ]
    task = {"classes": ["dog", "cat"], "samples": [{"name": "a", "target": [1, 0]}], "models": models}
    view = {"multiclass": {"compare": compare}}
    head = {"format": "ceviz", "version": 1, "active_task": "multiclass"}
    return json.dumps({**head, "tasks": {"multiclass": task}, "view": view})


def test_a_comparison_is_read_and_written():
    document = read_document(text(True))
    assert document.views[Task.MULTICLASS].compare
    assert not document.views[Task.SOFT].compare
    assert b'"overlay": false, "compare": true}' in write_document(document)
    assert read_document(write_document(document)) == document


def test_where_nothing_is_compared_nothing_is_written():
    assert b"compare" not in write_document(default_document())
    assert b"compare" not in write_document(read_document(text(False)))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (text(True, 1), "view.multiclass.compare: two models are needed, there is one"),
        (text(1), "view.multiclass.compare: expected true or false, got a number"),
    ],
)
def test_what_cannot_be_compared_is_refused(value, message):
    with pytest.raises(DocumentError) as caught:
        read_document(value)
    assert str(caught.value) == message


def test_no_comparison_outlives_the_second_model():
    document = read_document(text(True))
    state = document.tasks[Task.MULTICLASS]
    assert document.with_state(Task.MULTICLASS, state).views[Task.MULTICLASS].compare
    alone = document.with_state(Task.MULTICLASS, remove_model(state, 1))
    assert not alone.views[Task.MULTICLASS].compare


def test_the_example_has_the_numbers_of_the_picture():
    document = load_document(examples()["two-models.ceviz"])
    state = document.tasks[Task.MULTICLASS]
    a, b = evaluate(state, Task.MULTICLASS).models
    assert [model.name for model in state.models] == ["small network", "larger network"]
    assert document.views[Task.MULTICLASS].compare
    assert (round(a.mean, 3), round(b.mean, 3), round(a.mean - b.mean, 3)) == (0.942, 0.686, 0.256)
    assert (a.correct.sum(), b.correct.sum()) == (3, 3)


def test_whether_a_fresh_model_is_marked_is_kept_and_written_only_then():
    assert b"fresh" not in write_document(default_document())
    document = default_document().with_view(Task.SOFT, fresh=True)
    assert write_document(document).count(b', "fresh": true}') == 1
    assert read_document(write_document(document)) == document
