import numpy as np
import pytest

from ceviz.core.document import InputKind, Task
from ceviz.core.evaluation import evaluate
from ceviz.files.document_file import DocumentError, write_document
from ceviz.files.predictions import PredictionsError, open_path, read_predictions
from ceviz.files.resources import examples


def read(*lines, choice=None):
    return read_predictions("\n".join(lines), "A", choice)


def failure(*lines, choice=None):
    with pytest.raises(PredictionsError) as caught:
        read(*lines, choice=choice)
    return str(caught.value)


def targets(file):
    return file.state.targets.tolist()


# The shipped files. The means come from scikit-learn's log_loss on the unclipped probabilities.


@pytest.mark.parametrize(
    ("name", "task", "samples", "classes", "mean", "infinite"),
    [
        ("digits-forest.csv", Task.MULTICLASS, 450, 10, np.inf, 2),
        ("digits-logistic.csv", Task.MULTICLASS, 450, 10, 0.2092477843707, 0),
        ("tumours-logistic.csv", Task.BINARY, 143, 1, 0.1319521307472, 0),
    ],
)
def test_shipped_predictions(name, task, samples, classes, mean, infinite):
    opened = open_path(examples()[name])
    state = opened.document.tasks[task]
    result = evaluate(state, task).models[0]
    assert opened.document.active_task is task
    assert opened.choices == ()
    assert (state.sample_count, state.class_count) == (samples, classes)
    assert state.models[0].name == name.removesuffix(".csv")
    assert state.models[0].input is InputKind.PROBABILITIES
    assert result.mean == pytest.approx(mean, rel=1e-12)
    assert result.infinite == infinite


# Separators and numbers


@pytest.mark.parametrize(
    "lines",
    [
        ("label,dog,cat", "cat,0.25,0.75"),
        ("label;dog;cat", "cat;0,25;0,75"),
        ("label\tdog\tcat", "cat\t0.25\t0.75"),
        ("label\tdog\tcat", "cat\t,25\t7,5e-1"),
        ("\ufefflabel,dog,cat\r", "cat,0.25,0.75\r"),
        ('"label","dog","cat"', '"cat","0.25","0.75"'),
        ("label, dog, cat", "", "cat , 0.25, 0.75", ""),
        ("dog,cat,Label", "0.25,0.75,cat"),
        ("dog,animal,cat", "0.25,cat,0.75"),
        ("true,p_dog,p_cat", "cat,0.25,0.75"),
        ("y,dog_prob,cat_prob", "cat,0.25,0.75"),
    ],
)
def test_tables_as_programs_write_them(lines):
    file = read(*lines)
    assert file.task is Task.MULTICLASS
    assert file.state.classes == ("dog", "cat")
    assert targets(file) == [[0, 1]]
    assert file.state.models[0].predictions.tolist() == [[0.25, 0.75]]


def test_a_quoted_name_may_hold_the_separator():
    assert read('label,"dog, brown",cat', "cat,0.25,0.75").state.classes == ("dog, brown", "cat")


# Tasks


def test_one_prediction_and_a_label_of_0_or_1_is_binary():
    file = read("label,benign", "1,0.9", "0,0.2")
    assert (file.task, file.state.classes, targets(file)) == (Task.BINARY, ("benign",), [[1], [0]])


@pytest.mark.parametrize(
    ("header", "order"),
    [
        ("dog,cat,dog_p,cat_p", [0, 1, 2, 3]),
        ("dog,dog_p,cat,cat_p", [0, 2, 1, 3]),
        ("p_dog,p_cat,dog,cat", [2, 3, 0, 1]),
        ("dog,cat,first,second", [0, 1, 2, 3]),
    ],
)
def test_as_many_label_columns_as_predictions_are_multi_label(header, order):
    rows = [["1", "1", "0.9", "0.4"], ["0", "0", "0.2", "0.3"]]
    placed = [["" for _ in row] for row in rows]
    for row, cells in zip(placed, rows, strict=True):
        for place, cell in zip(order, cells, strict=True):
            row[place] = cell
    file = read(header, *(",".join(row) for row in placed))
    assert (file.task, file.choices) == (Task.MULTILABEL, ())
    assert file.state.classes == ("dog", "cat")
    assert targets(file) == [[1, 1], [0, 0]]
    assert file.state.models[0].predictions.tolist() == [[0.9, 0.4], [0.2, 0.3]]


def test_one_label_on_in_every_row_offers_both_tasks():
    lines = ("dog,cat,dog_p,cat_p", "1,0,0.9,0.1", "0,1,0.2,0.8")
    likely, other = read(*lines), read(*lines, choice="multilabel")
    assert (likely.task, [key for key, _ in likely.choices]) == (Task.MULTICLASS, ["multilabel"])
    assert (other.task, [key for key, _ in other.choices]) == (Task.MULTILABEL, ["multiclass"])
    assert targets(likely) == targets(other) == [[1, 0], [0, 1]]
    assert read("dog,cat,dog_p,cat_p", "1,0,0.9,0.3").task is Task.MULTILABEL


# Labels


@pytest.mark.parametrize(
    ("labels", "expected"),
    [("012", [0, 1, 2]), ("123", [0, 1, 2]), ("0221", [0, 2, 2, 1]), ("3", [2])],
)
def test_labels_that_settle_where_counting_begins(labels, expected):
    file = read("label,dog,cat,panda", *(f"{label},0.5,0.25,0.25" for label in labels))
    assert file.choices == ()
    assert np.argmax(file.state.targets, axis=1).tolist() == expected


def test_labels_that_do_not_settle_where_counting_begins():
    lines = ("label,dog,cat,panda", "1,0.5,0.25,0.25", "2,0.5,0.25,0.25")
    from_0, from_1 = read(*lines), read(*lines, choice="labels-from-1")
    assert targets(from_0) == [[0, 1, 0], [0, 0, 1]]
    assert targets(from_1) == [[1, 0, 0], [0, 1, 0]]
    assert [key for key, _ in from_0.choices] == ["labels-from-1"]
    assert [key for key, _ in from_1.choices] == ["labels-from-0"]
    assert "counted from 0" in from_0.summary


def test_a_label_that_is_a_column_name_is_no_index():
    assert targets(read("label,2,1,0", "2,0.5,0.25,0.25")) == [[1, 0, 0]]


# Probabilities or logits


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (["dog,0.4,0.6"], InputKind.PROBABILITIES),
        (["dog,0.33333,0.66666"], InputKind.PROBABILITIES),
        (["dog,1.000001,-0.000001"], InputKind.PROBABILITIES),
        (["dog,0.4,0.3"], InputKind.PROBABILITIES),
        (["dog,0.4,0.6", "dog,1.5,-0.5"], InputKind.LOGITS),
        (["dog,-1,2"], InputKind.LOGITS),
        (["dog,-inf,2"], InputKind.LOGITS),
        (["dog,1e308,1e308"], InputKind.LOGITS),
    ],
)
def test_a_number_that_is_no_probability_makes_logits(rows, kind):
    assert read("label,dog,cat", *rows).state.models[0].input is kind


# The sentence that says how a table was understood


@pytest.mark.parametrize(
    ("lines", "summary"),
    [
        (
            ["label,dog,cat", "dog,0.4,0.6", "cat,0.2,0.8"],
            "Multi-class predictions: 2 samples, 2 classes, probabilities",
        ),
        (
            ["label,dog,cat", "dog,0,1", "dog,0,1", "cat,0.2,0.7"],
            "Multi-class predictions: 3 samples, 2 classes, probabilities."
            " 2 samples have infinite loss, 1 row does not sum to 1",
        ),
        (
            ["label,dog,cat", "1,0.5,0.4", "1,0.5,0.4"],
            "Multi-class predictions: 2 samples, 2 classes, probabilities, labels counted from 0."
            " 2 rows do not sum to 1",
        ),
        (
            ["label,dog,cat", "dog,inf,inf", "dog,1,2"],
            "Multi-class predictions: 2 samples, 2 classes, logits. 1 row has no softmax",
        ),
        (
            ["label,dog,cat", "dog,1.000001,-0.000001", "dog,0.5,0.5"],
            "Multi-class predictions: 2 samples, 2 classes, probabilities."
            " 1 row has a number below 0 or above 1",
        ),
        (
            ["label,dog", "1,0"],
            "Binary predictions: 1 sample, positive class dog, probabilities. 1 sample has infinite loss",
        ),
        (
            ["dog,cat,dog_p,cat_p", "1,1,0.9,0.4"],
            "Multi-label predictions: 1 sample, 2 labels, probabilities",
        ),
    ],
)
def test_the_summary_says_what_was_understood_and_what_is_unusual(lines, summary):
    assert read(*lines).summary == summary


# What is wrong, and in which line

BAD = [
    (["label,dog,cat", "dog,0.4,0.6", "cat,0.4"], "line 3: expected 3 cells, as in the first row, got 2"),
    (["label,dog,cat", "", "dog,0.4,x"], "line 3: column “cat”: expected a number, got “x”"),
    (["label,dog,cat", "dog,,0.6"], "line 2: column “dog”: expected a number, got an empty cell"),
    (["label,dog,cat", "dog,nan,0.6"], "line 2: column “dog”: expected a number, got “nan”"),
    (["label,dog,cat", "dog,1_0,0.6"], "line 2: column “dog”: expected a number, got “1_0”"),
    (["label;dog;cat", "dog;1.000,5;0,6"], "line 2: column “dog”: expected a number, got “1.000,5”"),
    (["label,dog,cat", "dog,0.4,0.6", "cow,0.4,0.6"], "line 3: label “cow” is none of the 2 classes"),
    (["label,dog,cat", "0,0.4,0.6", "2,0.4,0.6"], "line 3: label “2” is none of the 2 classes"),
    (["label,dog,cat", "0,0.4,0.6", "-1,0.4,0.6"], "line 3: label “-1” is none of the 2 classes"),
    (["label,dog,cat", "0.5,0.4,0.6"], "line 2: label “0.5” is none of the 2 classes"),
    (["label,dog,cat", "inf,0.4,0.6"], "line 2: label “inf” is none of the 2 classes"),
    (["label,dog", "1,0.4", "2,0.4"], "line 3: column “label”: a label is 0 or 1, got “2”"),
    (["dog,cat,dog_p,cat_p", "1,0.5,0.4,0.6"], "line 2: column “cat”: a label is 0 or 1, got “0.5”"),
    (["label,true,dog", "1,1,0.4"], "line 1: the columns “label” and “true” could all hold the true class"),
    (["dog,cat", "0.4,0.6"], "line 1: it is not clear which column holds the true class"),
    (["1,0.4,0.6", "0,0.4,0.6"], "line 1: expected a row of column names, got numbers"),
    ([",label,dog", "7,1,0.4"], "line 1: column 1 has no name"),
    (["label", "1"], "line 1: there is no column of predictions"),
    (["label,dog,cat", 'dog,"0.4,0.6'], "line 2: not a table: unexpected end of data"),
    (["label,dog,dog", "dog,0.4,0.6"], "line 1: the column “dog” appears twice"),
    (["label,dog,cat,label", "dog,0.4,0.6,dog"], "line 1: the column “label” appears twice"),
    (["label,p_dog,dog_p", "0,0.4,0.6"], "line 1: the columns “p_dog” and “dog_p” are both of “dog”"),
    (["label,dog,cat"], "line 2: there are no rows under the header"),
    ([], "line 1: a row of column names and at least one row of numbers are needed"),
]


@pytest.mark.parametrize(("lines", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_line_is_named(lines, message):
    assert failure(*lines).startswith(message)


def test_a_line_is_counted_where_it_begins():
    assert failure('label,"dog', 'brown",cat', "dog,0.4").startswith("line 3: ")


def test_a_choice_that_the_file_does_not_offer_is_refused():
    assert "cannot be read as multilabel" in failure("label,dog,cat", "dog,0.4,0.6", choice="multilabel")
    assert "cannot be read as multilabel" in failure("label,dog,cat", "1,0.4,0.6", choice="multilabel")


# Size


def test_a_million_numbers():
    numbers = np.random.default_rng(0).random(100)
    row = ",".join(repr(number) for number in numbers.tolist())
    header = ",".join(f"c{k}" for k in range(100))
    file = read(f"label,{header}", *(f"{n % 100},{row}" for n in range(10_000)))
    assert np.array_equal(file.state.models[0].predictions, np.tile(numbers, (10_000, 1)))


def test_what_is_too_large_names_the_dataset_view():
    assert "line 10002: more than 10,000 samples" in failure("label,p", *["1,0.5"] * 10_001)
    wide = failure("label," + ",".join(f"c{k}" for k in range(1001)), "0" + ",0.5" * 1001)
    assert wide == "line 1: 1,001 classes, at most 1,000 fit here; the Dataset view is for larger sets"
    many = failure("label," + ",".join(f"c{k}" for k in range(101)), *["0" + ",0.5" * 101] * 10_000)
    assert "1,010,000 numbers, at most 1,000,000 fit here; the Dataset view" in many


# Files


def test_a_file_is_known_by_its_ending_or_its_content(tmp_path):
    opened = open_path(examples()["dog-cat-panda.ceviz"])
    document, table = write_document(opened.document), b"label,p\n1,0.5\n"
    for name in ("a.ceviz", "a.json", "a.txt", "a", "a.csv", "a.npz"):
        (tmp_path / name).write_bytes(document)
        assert open_path(tmp_path / name) == opened
    for name in ("a.csv", "a.tsv", "a.txt", "a"):
        (tmp_path / name).write_bytes(table)
        assert open_path(tmp_path / name).document.active_task is Task.BINARY
    (tmp_path / "a.json").write_bytes(table)
    with pytest.raises(DocumentError):
        open_path(tmp_path / "a.json")


def test_a_table_in_another_encoding_is_refused_with_the_line(tmp_path):
    (tmp_path / "a.csv").write_bytes("label,p\n1,0.5\nä,0.5\n".encode("latin-1"))
    with pytest.raises(PredictionsError, match="line 3: not UTF-8 text"):
        open_path(tmp_path / "a.csv")
