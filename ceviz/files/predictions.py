"""Opening files: a document, or a table of predictions as the task of a new document."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ceviz.core.document import Document, Task, TaskState
from ceviz.files.document_file import default_document, read_bytes, read_document, read_limited
from ceviz.files.figure_file import document_in, is_figure
from ceviz.files.predictions_summary import predictions_summary
from ceviz.files.tables.array_table import table_of_arrays, table_of_predictions
from ceviz.files.tables.arrays import NPY_MARK, ZIP_MARK, read_npy, read_npz
from ceviz.files.tables.choice import Numbers
from ceviz.files.tables.draft import counting_remark
from ceviz.files.tables.proposal import OPTIONS, Proposal, propose
from ceviz.files.tables.reading import read_task
from ceviz.files.tables.table import PredictionsError, Table
from ceviz.files.tables.text import decoded, guess_form, read_table

__all__ = [
    "OpenQuestionError",
    "Opened",
    "PredictionsError",
    "PredictionsFile",
    "Source",
    "new_document",
    "open_content",
    "open_path",
    "read_content",
    "read_predictions",
    "source_of",
    "summary_of",
]

Choices = tuple[tuple[str, str], ...]
"""Other ways to read a file that can be read in several: a key, and what it means in words."""

_FROM_FIGURE = "This is the document that the figure was made from. Saving asks for a file of its own."
_MODEL_NAME = "A"
"""The model whose predictions come from standard input, which has no name."""


class OpenQuestionError(PredictionsError):
    """What a file leaves open and only a person can answer."""


@dataclass(frozen=True, slots=True)
class PredictionsFile:
    """One task made from a table; `choices` are the other readings where the table does not settle it."""

    state: TaskState
    task: Task
    summary: str
    choices: Choices


@dataclass(frozen=True, slots=True)
class Opened:
    """A file made into a document. `summary` is empty where the file was a document.

    `complete`: the document with all its tasks was in the file, as it is in a figure too.
    """

    document: Document
    summary: str
    choices: Choices
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Predictions that are not understood yet: the text of a table, or the arrays of a NumPy file."""

    name: str
    """What the model is called, unless a person says otherwise."""
    content: str | Table
    path: Path | None = None
    """The file that they are from, if any."""


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
    if is_figure(content):
        return Opened(read_document(document_in(content)), _FROM_FIGURE, (), complete=True)
    source = source_of(content, path)
    if source is None:
        return Opened(read_document(content), "", (), complete=True)
    read = _read_source(source, choice)
    return Opened(new_document(read.state, read.task), read.summary, read.choices)


def source_of(content: bytes, path: str | os.PathLike[str]) -> Source | None:
    """The predictions in a file; None where it is to be read as a document."""
    path = Path(path)
    if not _is_table(path, content):
        return None
    name = _MODEL_NAME if str(path) == "-" else path.stem
    if content.startswith(NPY_MARK) or path.suffix.lower() == ".npy":
        return Source(name, table_of_predictions(read_npy(content, ""), name), path)
    if content.startswith(ZIP_MARK) or path.suffix.lower() == ".npz":
        return Source(name, table_of_arrays(read_npz(content)), path)
    return Source(name, decoded(content), path)


def new_document(state: TaskState, task: Task) -> Document:
    """A document that shows the task, its other tasks being the default ones."""
    document = default_document().with_state(task, state).with_view(task, sample=0)
    return Document(task, document.tasks, document.views)


def _standard_input() -> bytes:
    # Python has no standard input object where the stream is closed.
    return b"" if sys.stdin is None else read_limited(sys.stdin.buffer)


def _is_table(path: Path, content: bytes) -> bool:
    suffix, start = path.suffix.lower(), content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in (".ceviz", ".json") or start.startswith(b"{"):
        # Also a document that was saved under the name of a table.
        return False
    return suffix in (".csv", ".tsv", ".npy", ".npz") or not start.startswith(b"[")


def _read_source(source: Source, choice: str | None) -> PredictionsFile:
    if isinstance(source.content, str):
        return read_predictions(source.content, source.name, choice)
    proposal = propose(source.content)
    if proposal.questions and not proposal.problem:
        raise _open_question(proposal.questions[0].sentence)
    return _read(source.content, source.name, choice)


def _open_question(sentence: str) -> OpenQuestionError:
    return OpenQuestionError("", f"{sentence} Import the file in the window to answer")


def read_predictions(text: str, name: str, choice: str | None = None) -> PredictionsFile:
    """The predictions of the model `name` in a table; `choice` is the key of one of the readings on offer."""
    guessed = guess_form(text)
    table = read_table(text, guessed.form)
    if not guessed.form.header or "header" in guessed.questions:
        raise PredictionsError("line 1", "expected a row of column names, got numbers")
    if asked := guessed.questions.get("decimal"):
        raise _open_question(asked)
    return _read(table, name, choice)


def _read(table: Table, name: str, choice: str | None) -> PredictionsFile:
    first = propose(table)
    percent = next((q for q in first.questions if Numbers.PERCENTAGES in q.values), None)
    if percent is not None and choice is None:
        raise _open_question(percent.sentence)
    answers = {question.key: choice for question in first.questions if choice in question.values}
    if choice is not None and not answers:
        raise PredictionsError("line 1", f"these predictions cannot be read as {choice}")
    proposal = propose(table, answers=answers)
    if proposal.problem:
        raise PredictionsError("line 1" if table.named else "", proposal.problem)
    state = read_task(table, proposal.choice, name)
    summary = summary_of(table, proposal, state)
    return PredictionsFile(state, proposal.choice.task, summary, _choices(proposal))


def summary_of(table: Table, proposal: Proposal, state: TaskState) -> str:
    """How a table was understood, what is unusual in it and what was left out."""
    remark = counting_remark(proposal)
    summary = predictions_summary(state, proposal.choice.task, remark)
    return ". ".join([summary, *(note.removesuffix(".") for note in table.notes)])


def _choices(proposal: Proposal) -> Choices:
    """The other answers to the open questions."""
    current: Mapping[str, str] = {
        "task": proposal.choice.task,
        "labels": proposal.choice.labels,
        "numbers": proposal.choice.numbers,
    }
    return tuple(
        (value, OPTIONS[question.key][value])
        for question in proposal.questions
        for value in question.values
        if value != current[question.key]
    )
