"""Tables and arrays of predictions: what is understood, what is asked, and why a bad one is refused."""

import csv
import io
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
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

PROBABILITIES = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]])
LABELS = np.array([0, 1, 2])


def npy(array, allow_pickle=False):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=allow_pickle)
    return file.getvalue()


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def zipped(packing=zipfile.ZIP_DEFLATED, /, **members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()


def header(text):
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()


def opened(content, path="a.npz"):
    result = open_content(content, path)
    return result, result.document.tasks[result.document.active_task]


def failure(content, path):
    with pytest.raises(PredictionsError) as caught:
        open_content(content, path)
    return str(caught.value)


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


# What is wrong with a file


HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 3), }\n"
OBJECTS = np.array([{}, None, 1], dtype=object)
BAD_FILES = [
    (npy(OBJECTS, True), "npy", "holds Python objects; reading them would run whatever the file says"),
    (npy(np.zeros(3, "i4,f8")), "npy", "is a structured array"),
    (npy(np.zeros(3, "c16")), "npy", "holds complex numbers"),
    (npy(np.zeros(3, "M8[s]")), "npy", "holds dates"),
    (npy(np.zeros(3, np.longdouble)), "npy", "numbers longer than 64 bits would be rounded"),
    (npy(np.float64(1)), "npy", "a single number; one row for each sample is needed"),
    (npy(np.zeros((2, 3, 4))), "npy", "an array of 3 dimensions, 2 x 3 x 4; one row for each"),
    (npy(np.zeros((0, 3))), "npy", "an empty array, 0 x 3"),
    (npy(PROBABILITIES)[:-3], "npy", "cut off: 72 bytes of numbers are announced, 69 are there"),
    (npy(PROBABILITIES) + npy(LABELS), "npy", "more bytes follow after the array"),
    (header(HUGE), "npy", "1,000,000,000,000 rows, at most 10,000 fit here; the Dataset view"),
    (header(HUGE.replace("1000000000000", "-5")), "npy", "an empty array, -5 x 3"),
    (header("(" * 9000 + "\n"), "npy", "not a .npy file of NumPy, or its header is damaged"),
    (header("-" * 9999 + "1\n"), "npy", "not a .npy file of NumPy, or its header is damaged"),
    (header(HUGE.replace("<f8", "<U99999999").replace("1000000000000", "3")), "npy", "3 x 3 does not fit"),
    (b"label,dog\n1,0.5\n", "npy", "not a .npy file of NumPy"),
    (npy(PROBABILITIES), "npy", "there are no labels: which class is true is not in the file"),
    (npy(LABELS), "npy", "these are labels; the predictions are missing"),
    (npz(y=LABELS[:2], probs=PROBABILITIES), "npz", "“y” has 2 rows and “probs” 3: they do not belong"),
    (npz(y=LABELS, a=PROBABILITIES, b=PROBABILITIES), "npz", "“a” and “b” could each hold the predictions"),
    (
        npz(y=LABELS, p=PROBABILITIES * [1, np.nan, 1]),
        "npz",
        "row 1: column “p[1]”: expected a number, got “nan”",
    ),
    (npz(y=[0, 1, 3], p=PROBABILITIES), "npz", "row 3: label “3” is none of the 3 classes"),
    (npz(y=[0, 1, -1], p=PROBABILITIES), "npz", "row 3: label “-1” is none of the 3 classes"),
    (
        npz(y=[1, 2, 1], p=PROBABILITIES),
        "npz",
        "The labels are 1 to 2 of 3 classes: counted from 0 or from 1?",
    ),
    (npz(y=LABELS, p=PROBABILITIES * 100), "npz", "Every row sums to about 100: percentages or logits?"),
    (npz(y=LABELS, p=PROBABILITIES / 2), "npz", "but no row sums to 1: probabilities or logits?"),
    (
        npz(y=LABELS, p=PROBABILITIES * 3 - [1, 1, 0]),
        "npz",
        "Every row sums to 1, but −0.25 is no probability",
    ),
    (npz(y=np.eye(3), p=PROBABILITIES), "npz", "one class of several, or labels that could all be on?"),
    (zipped(probs__npy=npy(np.zeros(9_000_000))), "npz", "“probs”: unpacks to 72 MB, more than fits here"),
    (
        zipped(**{f"a{n}__npy": npy(np.zeros(7_500_000)) for n in range(3)}),
        "npz",
        "unpacks to more than the 134 MB",
    ),
    (zipped(**{f"a{n}__npy": b"" for n in range(65)}), "npz", "at most 64 arrays is read, this lists more"),
    (zipped(readme__txt=b"hello"), "npz", "a zip archive with “readme.txt” in it, not a .npz file"),
    (zipped(), "npz", "the .npz file holds no arrays"),
    (zipped(zipfile.ZIP_BZIP2, p__npy=npy(PROBABILITIES)), "npz", "packed in a way that NumPy does not use"),
    (npy(np.array(["", ""])).replace(b"<U1", b"<U0"), "npy", "holds texts without a single character"),
    (npy(np.array(["d"]))[:-4] + b"\xff\xff\xff\xff", "npy", "an array of text holds what is no text"),
    (
        npy(np.full((1, 2), 0.5)).replace(b"(1, 2), }   ", b"(True, 2), }"),
        "npy",
        "there are no labels: which class",
    ),
    (npz(y=LABELS, p=PROBABILITIES)[:300], "npz", "not a .npz file of NumPy, or it is cut off"),
    (npz(y=["{}", "a", "b"], p=PROBABILITIES), "npz", "row 1: label “{}” is none of the 3 classes"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "csv", "not a table: it holds bytes that no text has"),
    (b"\xff\xfel\0a\0", "csv", "there are no rows under the header"),
    (b"\xff\xfel\0a", "csv", "the mark of UTF-16 text, but no such text: truncated data"),
    (
        b"label;dog;cat\ndog;1,234;2,345",
        "csv",
        "“1,234” is 1.234 with a decimal comma, and 1234 with a comma",
    ),
    (
        b"label,dog,cat\ndog,0,4,0,6",
        "csv",
        "line 2: expected 3 cells, as in the first row, got 5; is the comma",
    ),
    (
        b"label;dog;cat\ndog;0.4;0,6",
        "csv",
        "line 2: column “dog”: expected a number, got “0.4”, which has another",
    ),
    (b"1," * 2_200 + b"1\n", "csv", "line 1: 2,201 columns are more than fit here"),
    (b"label,dog,cat\ndog,40,60", "csv", "Every row sums to about 100: percentages or logits?"),
    (b"label,dog\n1,40\n0,6", "csv", "All numbers are from 0 to 100, 40 being one: logits or percentages?"),
]


@pytest.mark.parametrize(("content", "ending", "sentence"), BAD_FILES, ids=[bad[2][:40] for bad in BAD_FILES])
def test_a_file_that_is_not_what_it_seems_is_explained(content, ending, sentence):
    assert sentence in failure(content, f"a.{ending}")


def test_an_archive_that_unpacks_to_more_than_it_announces_fills_no_memory():
    content = bytearray(zipped(p__npy=bytes(20_000_000)))
    announced = content.rfind(b"PK\x01\x02") + 24
    content[announced : announced + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    try:
        assert "not a .npz file of NumPy, or it is damaged" in failure(bytes(content), "a.npz")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_nothing_is_ever_unpickled(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "trap"), "w"))

    trap = npy(np.array([Trap()], dtype=object), True)
    for content, path in ((trap, "a.npy"), (zipped(p__npy=trap), "a.npz")):
        assert "Python objects" in failure(content, path)
    assert list(tmp_path.iterdir()) == []


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


@settings(max_examples=60)
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


@settings(max_examples=60)
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


SEEDS = [
    npy(PROBABILITIES),
    npy(np.array(["dog", "cat"])),
    npz(y_true=LABELS, probs=PROBABILITIES, classes=np.array(["a", "b", "c"])),
    b"label,dog,cat\ndog,0.4,0.6\ncat,0.2,0.8\n",
    'name;label;p_dog;p_cat\r\n"a";dog;0,4;60%\r\n'.encode("utf-16"),
]


@st.composite
def damaged(draw):
    """A good file with some bytes changed, removed or put in."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 3))] = draw(
            st.binary(max_size=3) | st.sampled_from([b"9", b"-", b","])
        )
    return bytes(content)


@settings(max_examples=250, deadline=None)
@given(damaged() | st.binary(max_size=60), st.sampled_from(["a.npy", "a.npz", "a.csv", "a"]))
def test_nothing_but_a_table_or_the_products_own_error_comes_out(content, path):
    try:
        source = source_of(content, path)
        if source is None:
            return
        table = source.content
        if isinstance(table, str):
            table = read_table(table, guess_form(table).form)
        read_task(table, propose(table).choice, "A")
    except PredictionsError as problem:
        assert str(problem).strip()  # noqa: PT017 - that it has words is a bonus
