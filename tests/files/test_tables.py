"""Tables and arrays of predictions: what is understood, and what is asked."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from ceviz.core.document import InputKind, Task
from ceviz.files.predictions import PredictionsError, open_content, source_of
from ceviz.files.tables.array_table import with_labels
from ceviz.files.tables.arrays import read_npy, read_npz
from ceviz.files.tables.choice import Labels, Numbers
from ceviz.files.tables.proposal import propose
from ceviz.files.tables.reading import read_task
from ceviz.files.tables.table import Role
from ceviz.files.tables.text import TextForm, guess_form, number, read_table
from tests.files.making import LABELS, PROBABILITIES, npy, npz
from tests.fuzz import examples


def opened(content, path="a.npz"):
    result = open_content(content, path)
    return result, result.document.tasks[result.document.active_task]


# Arrays that need no question


@pytest.mark.parametrize(
    ("arrays", "task", "kind", "classes", "targets"),
    [
        (
            {"y_true": LABELS, "probs": PROBABILITIES},
            Task.MULTICLASS,
            InputKind.PROBABILITIES,
            ("class 0", "class 1", "class 2"),
            np.eye(3),
        ),
        (
            {"labels": LABELS + 1, "logits": np.log(PROBABILITIES).astype("f2")},
            Task.MULTICLASS,
            InputKind.LOGITS,
            ("class 1", "class 2", "class 3"),
            np.eye(3),
        ),
        (
            {
                "y": np.array(["cat", "dog", "cow"]),
                "p": PROBABILITIES,
                "classes": np.array(["dog", "cow", "cat"]),
            },
            Task.MULTICLASS,
            InputKind.PROBABILITIES,
            ("dog", "cow", "cat"),
            np.eye(3)[[2, 0, 1]],
        ),
        (
            {"y": np.array([True, False, True]), "proba": PROBABILITIES[:, 0], "classes": ["bad", "good"]},
            Task.BINARY,
            InputKind.PROBABILITIES,
            ("good",),
            [[1], [0], [1]],
        ),
        (
            {
                "target": np.array([[1, 1], [0, 1], [0, 0]], ">u2"),
                "pred": np.asfortranarray(PROBABILITIES[:, :2]),
            },
            Task.MULTILABEL,
            InputKind.PROBABILITIES,
            ("class 0", "class 1"),
            [[1, 1], [0, 1], [0, 0]],
        ),
        (
            {"target": PROBABILITIES, "logit": -PROBABILITIES},
            Task.SOFT,
            InputKind.LOGITS,
            ("class 0", "class 1", "class 2"),
            PROBABILITIES,
        ),
        (
            {"first": LABELS, "second": PROBABILITIES},
            Task.MULTICLASS,
            InputKind.PROBABILITIES,
            ("class 0", "class 1", "class 2"),
            np.eye(3),
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_arrays_that_say_what_they_are(arrays, task, kind, classes, targets):
    result, state = opened(npz(**arrays))
    assert (result.document.active_task, result.choices) == (task, ())
    assert (state.models[0].input, state.classes) == (kind, classes)
    assert np.array_equal(state.targets, targets)
    given = next(array for name, array in arrays.items() if name[0] in "pls" and name != "labels")
    assert np.array_equal(state.models[0].predictions, np.asarray(given, np.float64).reshape(3, -1))


def test_names_and_labels_of_nineteen_digits_are_kept_to_the_last():
    ids = np.array([1212345678901234567, 1212345678901234568, 1212345678901234569])
    _, state = opened(npz(ids=ids, classes=ids, y_true=ids[[2, 0, 1]], probs=PROBABILITIES))
    assert [sample.name for sample in state.samples] == [str(number) for number in ids]
    assert state.targets.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_names_of_samples_and_arrays_that_are_something_else():
    names = np.array(["a.png", "b.png", "c.png"])
    result, state = opened(npz(files=names, images=np.zeros((3, 8, 8)), y=LABELS, p=PROBABILITIES))
    assert [sample.name for sample in state.samples] == ["a.png", "b.png", "c.png"]
    assert "Left out: “images”: an array of 3 dimensions, 3 x 8 x 8" in result.summary


def test_a_single_array_with_its_labels_in_the_first_or_the_last_column():
    for columns in ((LABELS, PROBABILITIES), (PROBABILITIES, LABELS)):
        result, state = opened(npy(np.column_stack(columns)), "a.npy")
        assert np.array_equal(state.targets, np.eye(3))
        assert "taken as labels" in result.summary


def test_labels_from_another_file():
    table = with_labels(source_of(npy(PROBABILITIES), "a.npy").content, LABELS)
    assert np.array_equal(read_task(table, propose(table).choice, "A").targets, np.eye(3))
    with pytest.raises(PredictionsError, match="labels: 2 rows, but there are predictions for 3 samples"):
        with_labels(table, LABELS[:2])


# Text


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("label,dog\n1,0.5", TextForm(",", ".", True)),
        ("label;dog\n1;0,5", TextForm(";", ",", True)),
        ("label\tdog\n1\t0.5", TextForm("\t", ".", True)),
        ('label,dog\n1,"0,5"', TextForm(",", ",", True)),
        ('label,dog\n1,"1,234.5"', TextForm(",", ".", True)),
        ("1,0.5\n0,0.25", TextForm(",", ".", False)),
        ("label;dog\n1;0,125", TextForm(";", ",", True)),
    ],
)
def test_the_form_of_a_text(content, form):
    guessed = guess_form(content)
    assert (guessed.form, guessed.questions) == (form, {})


def test_a_first_row_that_counts_is_asked_about():
    assert (
        "names of the columns, or numbers of a sample?"
        in guess_form("0,1,2\n0.5,0.25,0.25").questions["header"]
    )


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("40%", ".", 0.4),
        ("12,5 %", ",", 0.125),
        ("−0.5", ".", -0.5),
        ("1,234", ",", 1.234),
        ("1,234", ".", 1234),
        ("1,234,567.5", ".", 1234567.5),
        ("0.5", ",", np.nan),
        ("1,23", ".", np.nan),
        ("1_0", ".", np.nan),
        ("inf", ".", np.inf),
    ],
)
def test_a_cell_is_one_number_or_none(cell, decimal, value):
    assert number(cell, decimal) == pytest.approx(value, rel=0, nan_ok=True)


def test_columns_that_name_or_count_the_samples():
    text = ",label,image,dog,cat\n0,dog,a.png,0.4,0.6\n1,cat,b.png,0.2,0.8"
    table = read_table(text, guess_form(text).form)
    proposal = propose(table)
    assert proposal.choice.roles == (Role.IGNORED, Role.LABEL, Role.NAME, Role.CLASS, Role.CLASS)
    assert "The first column counts the rows: left out." in proposal.reasons["roles"]
    assert [s.name for s in read_task(table, proposal.choice, "A").samples] == ["a.png", "b.png"]


def test_a_binary_label_in_words():
    _, state = opened(b"label,benign\nbenign,0.9\nmalignant,0.2\nbenign,0.6", "a.csv")
    assert state.targets.tolist() == [[1], [0], [1]]
    sentence = "line 4: column “label”: a label is “benign” or “malignant”, got “x”"
    table = read_table("label,benign\nbenign,0.9\nmalignant,0.2\nx,0.6", TextForm(",", ".", True))
    choice = propose(table, answers={"labels": Labels.NAMES}).choice
    with pytest.raises(PredictionsError, match=sentence) as caught:
        read_task(table, choice.__class__(choice.roles, choice.task, Labels.NAMES, choice.numbers), "A")
    assert (caught.value.row, caught.value.column) == (2, 0)


def test_an_answer_settles_what_was_asked():
    table = read_table("label,dog,cat\ndog,40,60\ncat,25,75", TextForm(",", ".", True))
    proposal = propose(table, answers={"numbers": Numbers.PERCENTAGES})
    assert read_task(table, proposal.choice, "A").models[0].predictions.tolist() == [[0.4, 0.6], [0.25, 0.75]]
    infinite = read_table("label,dog,cat\ndog,0.5,inf", TextForm(",", ".", True))
    with pytest.raises(PredictionsError, match="line 2: column “cat”: a probability is finite"):
        read_task(infinite, propose(infinite, answers={"numbers": Numbers.PROBABILITIES}).choice, "A")


# Independent judges, and anything at all


NUMBERS = arrays(
    st.sampled_from(["f8", ">f4", "f2", "i4", "u1", "?"]).map(np.dtype),
    array_shapes(min_dims=1, max_dims=2, max_side=5),
)


@examples(60)
@given(NUMBERS, st.booleans())
def test_arrays_are_those_that_numpy_reads(array, fortran):
    content = npy(np.asfortranarray(array) if fortran else array)
    assert np.array_equal(
        read_npy(content, "a"), np.load(io.BytesIO(content)), equal_nan=array.dtype.kind == "f"
    )
    found = read_npz(npz(a=array, b=array))
    assert np.array_equal(found["b"], array, equal_nan=array.dtype.kind == "f")


CELLS = st.lists(
    st.lists(
        st.floats(allow_nan=False).map(repr) | st.sampled_from(["a,b", 'q"q', "x;y"]),
        min_size=2,
        max_size=4,
    ),
    min_size=1,
    max_size=4,
).filter(lambda rows: len({len(row) for row in rows}) == 1)


@examples(60)
@given(CELLS, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))
def test_tables_are_those_that_the_csv_module_writes(rows, separator, end):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator=end)
    writer.writerows([[f"c{n}" for n in range(len(rows[0]))], *rows])
    table = read_table(file.getvalue(), TextForm(separator, ".", True))
    assert [[table.cell(r, c) for c in range(table.column_count)] for r in range(table.row_count)] == rows
    for row, cells in zip(table.values, rows, strict=True):
        numbers = [float(cell) if cell not in ("a,b", 'q"q', "x;y") else np.nan for cell in cells]
        assert np.array_equal(row, numbers, equal_nan=True)
