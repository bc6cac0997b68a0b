"""Predictions of a model from a table: which columns hold labels, which predictions, and for which task."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ceviz.core.checks import SUM_TOLERANCE
from ceviz.core.document import (
    MAX_CLASSES,
    Document,
    InputKind,
    Model,
    Sample,
    Task,
    TaskState,
    Vectors,
    vectors,
)
from ceviz.files.document_file import check_limits, default_document, read_bytes, read_document, read_limited
from ceviz.files.predictions_summary import predictions_summary
from ceviz.files.table_text import PredictionsError, Table, is_number, read_table, shortened

__all__ = [
    "Opened",
    "PredictionsError",
    "PredictionsFile",
    "open_content",
    "open_path",
    "read_content",
    "read_predictions",
]

Choices = tuple[tuple[str, str], ...]
"""Other ways to read a file that can be read in several: a key, and what it means in words."""

LABEL_NAMES = frozenset({"label", "target", "true", "class", "y"})
AFFIXES = ("p", "prob", "proba", "pred", "score", "logit")
_MODEL_NAME = "A"
"""The model whose predictions come from standard input, which has no name."""
FROM_0, FROM_1 = "labels-from-0", "labels-from-1"


@dataclass(frozen=True, slots=True)
class PredictionsFile:
    """One task made from a table; `choices` are the other readings where the table does not settle it."""

    state: TaskState
    task: Task
    summary: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class Opened:
    """A file made into a document. `summary` is empty where the file was a document."""

    document: Document
    summary: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which columns hold what: one label column, or one of zeros and ones for each prediction column."""

    labels: list[int]
    predictions: list[int]


@dataclass(frozen=True, slots=True)
class _Reading:
    task: Task
    targets: Vectors
    choices: Choices = ()
    remark: str = ""


def open_path(path: str | os.PathLike[str], choice: str | None = None) -> Opened:
    """A document, or a table of predictions as the document's task; "-" is standard input.

    Raises DocumentError or PredictionsError for the content, OSError where the file cannot be read.
    """
    return open_content(read_content(path), path, choice)


def read_content(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file; of standard input, which can be read only once, for "-"."""
    return _standard_input() if os.fspath(path) == "-" else read_bytes(path)


def open_content(content: bytes, path: str | os.PathLike[str], choice: str | None = None) -> Opened:
    """What `open_path` makes of the content of the file at `path`."""
    path = Path(path)
    if not _is_table(path, content):
        return Opened(read_document(content), "", ())
    read = read_predictions(_decoded(content), _MODEL_NAME if str(path) == "-" else path.stem, choice)
    document = default_document().with_state(read.task, read.state).with_view(read.task, sample=0)
    return Opened(Document(read.task, document.tasks, document.views), read.summary, read.choices)


def _standard_input() -> bytes:
    # Python has no standard input object where the stream is closed.
    return b"" if sys.stdin is None else read_limited(sys.stdin.buffer)


def _is_table(path: Path, content: bytes) -> bool:
    suffix = path.suffix.lower()
    if suffix in (".ceviz", ".json"):
        return False
    return suffix in (".csv", ".tsv") or not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(
        (b"{", b"[")
    )


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PredictionsError(content.count(b"\n", 0, error.start) + 1, "not UTF-8 text") from None


def read_predictions(text: str, name: str, choice: str | None = None) -> PredictionsFile:
    """The predictions of the model `name` in a table; `choice` is the key of one of the readings on offer."""
    table = read_table(text)
    layout = _layout(table)
    predictions = table.numbers(layout.predictions)
    sample_count, class_count = predictions.shape
    if problem := check_limits(class_count, sample_count, 1):
        raise PredictionsError(1, problem[1])
    classes = _classes(table, layout)
    reading = _reading(table, layout, classes, predictions, choice)
    kind = _input_kind(predictions, reading.task)
    state = TaskState(
        classes=classes,
        samples=tuple(Sample(f"row {n + 1}") for n in range(sample_count)),
        targets=vectors(reading.targets),
        models=(Model(name, kind, vectors(predictions)),),
    )
    summary = predictions_summary(state, reading.task, reading.remark)
    return PredictionsFile(state, reading.task, summary, reading.choices)


# Columns


def _layout(table: Table) -> _Layout:
    _check_header(table.header)
    named = [i for i, name in enumerate(table.header) if name.casefold() in LABEL_NAMES]
    if len(named) > 1:
        names = " and ".join(f"“{table.header[i]}”" for i in named)
        raise PredictionsError(1, f"the columns {names} could all hold the true class; leave one")
    found = _single(table, named[0]) if named else _named_pairs(table) or _halves(table) or _by_content(table)
    if not found:
        raise PredictionsError(1, "it is not clear which column holds the true class; name it “label”")
    if not found.predictions:
        raise PredictionsError(1, "there is no column of predictions")
    return found


def _check_header(header: tuple[str, ...]) -> None:
    if "" in header:
        raise PredictionsError(1, f"column {header.index('') + 1} has no name")
    if all(is_number(name) for name in header):
        raise PredictionsError(1, "expected a row of column names, got numbers")
    if twice := next((name for i, name in enumerate(header) if name in header[:i]), None):
        raise PredictionsError(1, f"the column “{shortened(twice)}” appears twice")


def _single(table: Table, label: int) -> _Layout:
    return _Layout([label], [i for i in range(len(table.header)) if i != label])


def _named_pairs(table: Table) -> _Layout | None:
    """Columns such as dog, cat, dog_p, cat_p."""
    index = {name: i for i, name in enumerate(table.header)}
    pairs = [
        (index[_bare(name)], i)
        for i, name in enumerate(table.header)
        if _bare(name) != name and _bare(name) in index
    ]
    if not pairs or len({i for pair in pairs for i in pair}) != len(table.header):
        return None
    return _Layout([label for label, _ in pairs], [prediction for _, prediction in pairs])


def _halves(table: Table) -> _Layout | None:
    """As many columns of zeros and ones as of other numbers, one half after the other."""
    width = len(table.header)
    first, second = list(range(width // 2)), list(range(width // 2, width))
    labels_first, labels_second = (
        bool(np.isin(table.values[:, half], (0, 1)).all()) for half in (first, second)
    )
    if width % 2 or width < 4 or labels_first == labels_second:
        return None
    return _Layout(first, second) if labels_first else _Layout(second, first)


def _by_content(table: Table) -> _Layout | None:
    """The only column of text, or the only column of whole numbers at one end."""
    words = np.flatnonzero(np.isnan(table.values).all(axis=0))
    if len(words):
        return _single(table, int(words[0])) if len(words) == 1 else None
    indices = np.arange(MAX_CLASSES + 1)
    first, last = (bool(np.isin(table.values[:, end], indices).all()) for end in (0, -1))
    if first == last:
        return None
    return _single(table, 0 if first else len(table.header) - 1)


def _bare(name: str) -> str:
    """A column's name without what marks it as a prediction: dog for dog_p and p_dog."""
    for affix in AFFIXES:
        bare = name.removesuffix(f"_{affix}").removeprefix(f"{affix}_")
        if bare and bare != name:
            return bare
    return name


def _classes(table: Table, layout: _Layout) -> tuple[str, ...]:
    named_by = layout.labels if len(layout.labels) > 1 else layout.predictions
    names = [table.header[i] for i in named_by]
    marked = all(_bare(name) != name for name in names)
    classes = tuple(_bare(name) if marked else name for name in names)
    for index, name in enumerate(classes):
        if name in classes[:index]:
            first, second = shortened(names[classes.index(name)]), shortened(names[index])
            raise PredictionsError(1, f"the columns “{first}” and “{second}” are both of “{shortened(name)}”")
    return classes


# Labels


def _reading(
    table: Table, layout: _Layout, classes: tuple[str, ...], predictions: Vectors, choice: str | None
) -> _Reading:
    if len(layout.labels) > 1:
        reading = _label_columns(table, layout, predictions, choice)
    elif len(classes) == 1:
        reading = _Reading(Task.BINARY, _zeros_and_ones(table, layout.labels))
    else:
        reading = _label_column(table, layout.labels[0], classes, choice)
    if choice is not None and not reading.choices:
        raise PredictionsError(1, f"these predictions cannot be read as {choice}")
    return reading


def _label_columns(table: Table, layout: _Layout, predictions: Vectors, choice: str | None) -> _Reading:
    targets = _zeros_and_ones(table, layout.labels)
    if not (targets.sum(axis=1) == 1).all():
        return _Reading(Task.MULTILABEL, targets)
    # One label on in every row: one of K, or labels that happen to be so.
    likely = Task.MULTICLASS if _all_sum_to_one(predictions) else Task.MULTILABEL
    if _settled(choice, (Task.MULTICLASS, Task.MULTILABEL), likely) == Task.MULTICLASS:
        return _Reading(Task.MULTICLASS, targets, ((Task.MULTILABEL, "Read as multi-label"),))
    return _Reading(Task.MULTILABEL, targets, ((Task.MULTICLASS, "Read as multi-class"),))


def _zeros_and_ones(table: Table, columns: list[int]) -> Vectors:
    targets = table.numbers(columns)
    wrong = np.argwhere(~np.isin(targets, (0, 1)))
    if len(wrong):
        n, k = wrong[0]
        name, cell = shortened(table.header[columns[k]]), shortened(table.rows[n][columns[k]])
        raise PredictionsError(table.lines[n], f"column “{name}”: a label is 0 or 1, got “{cell}”")
    return targets


def _label_column(table: Table, column: int, classes: tuple[str, ...], choice: str | None) -> _Reading:
    labels = [row[column] for row in table.rows]
    headers = [name for i, name in enumerate(table.header) if i != column]
    for names in (headers, list(classes)):
        if set(labels) <= set(names) and len(set(names)) == len(names):
            index = {name: k for k, name in enumerate(names)}
            return _Reading(
                Task.MULTICLASS, _one_hot(np.array([index[label] for label in labels]), len(names))
            )
    return _label_indices(table, column, len(classes), choice)


def _label_indices(table: Table, column: int, class_count: int, choice: str | None) -> _Reading:
    indices = table.values[:, column]
    fits = (indices >= 0) & (indices <= class_count) & (indices == np.floor(indices))
    # A file that has the label 0 counts from 0, so the label K is then one too many.
    if (indices == 0).any():
        fits &= indices < class_count
    if not fits.all():
        raise _unknown_label(table, column, fits, class_count)
    settled = 0 if (indices == 0).any() else 1 if (indices == class_count).any() else None
    if settled is not None:
        return _Reading(Task.MULTICLASS, _one_hot(indices - settled, class_count))
    if _settled(choice, (FROM_0, FROM_1), FROM_0) == FROM_0:
        targets = _one_hot(indices, class_count)
        return _Reading(Task.MULTICLASS, targets, ((FROM_1, "Count labels from 1"),), "labels counted from 0")
    targets = _one_hot(indices - 1, class_count)
    return _Reading(Task.MULTICLASS, targets, ((FROM_0, "Count labels from 0"),), "labels counted from 1")


def _unknown_label(table: Table, column: int, fits: NDArray[np.bool_], class_count: int) -> PredictionsError:
    """Names the first label that is neither the name nor the index of a class."""
    named = np.array([row[column] in table.header for row in table.rows])
    wrong = ~fits & ~named
    n = int(np.argmax(wrong if wrong.any() else ~fits))
    what = f"label “{shortened(table.rows[n][column])}” is none of the {class_count:,} classes"
    return PredictionsError(table.lines[n], what)


def _settled(choice: str | None, keys: tuple[str, ...], likely: str) -> str:
    if choice is not None and choice not in keys:
        raise PredictionsError(1, f"these predictions cannot be read as {choice}")
    return choice or likely


def _one_hot(indices: NDArray[np.float64] | NDArray[np.int64], class_count: int) -> Vectors:
    targets = np.zeros((len(indices), class_count))
    targets[np.arange(len(indices)), indices.astype(np.int64)] = 1
    return targets


# Predictions


def _input_kind(predictions: Vectors, task: Task) -> InputKind:
    """Logits where a number cannot be a probability, even allowing for rounding."""
    if task.competing and _all_sum_to_one(predictions):
        return InputKind.PROBABILITIES
    outside = (predictions < 0) | (predictions > 1)
    return InputKind.LOGITS if outside.any() else InputKind.PROBABILITIES


def _all_sum_to_one(predictions: Vectors) -> bool:
    if not ((predictions >= -SUM_TOLERANCE) & (predictions <= 1 + SUM_TOLERANCE)).all():
        return False
    return bool((np.abs(predictions.sum(axis=1) - 1) <= SUM_TOLERANCE).all())
