"""The table of conventions as text: every framework and call, for the batch and for each sample."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from typing import Any

from ceviz.core.document import Document, Task, TaskState
from ceviz.explain import numbers
from ceviz.explain.convention_table import CONVENTION_NAMES, ConventionRow, ConventionTable
from ceviz.files import markup, report

_WORDS = ("of", "computed by", "call", "why")


def conventions_json(document: Document, task: Task) -> str:
    """The evaluation as `report.evaluation_json` has it, and the table under the key "conventions"."""
    state = document.tasks[task]
    rows = [_row_json(state.models[model].name, row) for model, row in _rows(state, task)]
    return report.json_text({**report.evaluation_content(state, task), "conventions": rows})


def _row_json(model: str, row: ConventionRow) -> dict[str, Any]:
    refused = math.isnan(row.value) and row.differs
    return {
        "model": model,
        "sample": None if row.sample is None else row.sample + 1,
        "convention": row.convention.value,
        "call": row.call,
        "title": row.title,
        "value": None if refused else report.json_number(row.value),
        "exact": report.json_number(row.exact),
        "difference": None if refused else report.json_number(row.difference),
        "reason": row.reason or None,
    }


def _rows(state: TaskState, task: Task) -> Iterator[tuple[int, ConventionRow]]:
    """Of each model the batch, and then each sample."""
    for model in range(len(state.models)):
        table = ConventionTable(state, task, model)
        for sample in (None, *range(state.sample_count)):
            for row in table.rows(sample):
                yield model, row


def conventions_csv(document: Document, task: Task) -> str:
    """One line per model, sample and call, in full precision; the batch has no sample number."""
    state, text = document.tasks[task], io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["model", "sample", "convention", "call", "value", "exact", "difference", "reason"])
    for model, row in _rows(state, task):
        sample = "" if row.sample is None else row.sample + 1
        values = ("" if math.isnan(x) else repr(x) for x in (row.value, row.exact, row.difference))
        writer.writerow([state.models[model].name, sample, row.convention, row.title, *values, row.reason])
    return text.getvalue()


def conventions_markdown(document: Document, task: Task) -> str:
    """The table for reading, as Markdown."""
    return markup.markdown([_table(document.tasks[task], task)])


def conventions_latex(document: Document, task: Task) -> str:
    """The table for reading, as a LaTeX document."""
    return markup.latex([_table(document.tasks[task], task)])


def _table(state: TaskState, task: Task) -> markup.Table:
    header = ("of", "computed by", "call", f"loss ({state.options.unit})", "exact", "difference", "why")
    rows = [_readable(state, model, row) for model, row in _rows(state, task)]
    return markup.Table(header, rows, words=_WORDS)


def _readable(state: TaskState, model: int, row: ConventionRow) -> list[str]:
    of = str(state.options.reduction) if row.sample is None else state.samples[row.sample].name
    if len(state.models) > 1:
        of = f"{state.models[model].name}: {of}"
    difference = "0" if not row.differs else _text(row.difference)
    values = (_text(row.value), _text(row.exact), difference)
    return [of, CONVENTION_NAMES[row.convention], row.title, *values, row.reason]


def _text(value: float) -> str:
    return "none" if math.isnan(value) else numbers.loss(value)
