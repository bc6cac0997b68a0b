"""Another model onto the targets that are there: what is matched by name, what by order, what is refused."""

import numpy as np
import pytest

from ceviz.core.document import MAX_MODELS, InputKind, Task
from ceviz.files.predictions import PredictionsError, read_predictions
from ceviz.files.tables.array_table import table_of_predictions
from ceviz.files.tables.matching import add_model_of
from ceviz.files.tables.proposal import propose
from ceviz.files.tables.text import guess_form, read_table

THERE = read_predictions("name,label,dog,cat\na,dog,0.4,0.6\nb,cat,0.2,0.8\nc,cat,0.1,0.9", "first").state
BARE = read_predictions("label,dog,cat\ndog,0.4,0.6\ncat,0.2,0.8\ncat,0.1,0.9", "first").state


def matched(*lines, state=THERE):
    text = "\n".join(lines)
    table = read_table(text, guess_form(text).form)
    return add_model_of(state, Task.MULTICLASS, table, propose(table).choice, "first")


def refused(*lines, state=THERE):
    with pytest.raises(PredictionsError) as caught:
        matched(*lines, state=state)
    return str(caught.value)


def test_classes_and_samples_in_another_order_are_matched_by_name():
    result = matched("name,label,cat,dog", "c,cat,-1,1", "a,dog,-2,2", "b,cat,-3,3")
    model = result.state.models[1]
    assert model.predictions.tolist() == [[2, -2], [3, -3], [1, -1]]
    assert (model.name, model.input) == ("first 2", InputKind.LOGITS)
    assert result.state.targets is THERE.targets
    assert result.remarks == (
        "The classes stand in another order: matched by name.",
        "The samples stand in another order: matched by name.",
        "Its labels are the targets that are there.",
    )


def test_an_array_without_names_and_labels_is_taken_in_order():
    rows = np.array([[0.3, 0.7], [0.5, 0.5], [0.9, 0.1]])
    table = table_of_predictions(rows, "second")
    result = add_model_of(THERE, Task.MULTICLASS, table, propose(table).choice, "second")
    assert np.array_equal(result.state.models[1].predictions, rows)
    assert result.remarks[0] == "The file names no classes: taken in the order of the document."
    assert result.remarks[1] == "The file names no samples: its rows are taken in order."
    assert "It has no labels" in result.remarks[2]


def test_names_that_the_document_does_not_use_are_told():
    result = matched("name,label,dog,cat", "x,dog,0.4,0.6", "y,cat,0.2,0.8", "z,cat,0.1,0.9", state=BARE)
    assert result.remarks[1] == "The samples have other names in the document: rows are taken in order."


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["label,dog,cat", "dog,0.4,0.6"], "1 row in the file, 3 samples in the document"),
        (["label,dog", *["1,0.4"] * 3], "1 class in the file, 2 classes in the document"),
        (
            ["label,dog,cow", *["dog,0.4,0.6"] * 3],
            "the file has a class “cow”; the document has dog, cat",
        ),
        (
            ["label,dog,cat", "dog,0.4,0.6", "dog,0.4,0.6", "dog,0.4,0.6"],
            "line 3: its label is “dog”, that of sample 2 in the document “cat”; so it is for 1 more row",
        ),
        (
            ["name,label,dog,cat", "a,dog,0.4,0.6", "b,cat,0.4,0.6", "x,cat,0.4,0.6"],
            "line 4: column “name”: the document has no sample “x” of its own",
        ),
        (
            ["name,label,dog,cat", "a,dog,0.4,0.6", "b,cat,0.4,0.6", "b,cat,0.4,0.6"],
            "line 3: column “name”: the sample “b” appears twice",
        ),
        (["label,dog,cat", "dog,0.4,x", "cat,0.4,0.6", "cat,1,0"], "line 2: column “cat”: expected a number"),
    ],
)
def test_what_differs_is_refused_with_its_place(lines, sentence):
    assert refused(*lines).startswith(sentence)


def test_no_more_models_than_fit():
    lines = ("label,dog,cat", "dog,0.4,0.6", "cat,0.2,0.8", "cat,0.1,0.9")
    state = BARE
    for _ in range(MAX_MODELS - 1):
        state = matched(*lines, state=state).state
    assert [model.name for model in state.models[:3]] == ["first", "first 2", "first 3"]
    assert "9 models, at most 8 fit here" in refused(*lines, state=state)
