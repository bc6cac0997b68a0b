"""The evaluation of one task as text: JSON and CSV in full precision, Markdown and LaTeX for reading."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ceviz.core.document import Document, Task, TaskState, Vectors
from ceviz.core.evaluation import Evaluation, ModelEvaluation, evaluate
from ceviz.explain import numbers
from ceviz.files import markup


def evaluation_json(document: Document, task: Task) -> str:
    """Every number of the evaluation as one JSON object; what is not finite is "inf", "-inf" or "nan"."""
    return json_text(evaluation_content(document.tasks[task], task))


def json_text(content: dict[str, Any]) -> str:
    """A JSON object on one line."""
    return msgspec.json.format(msgspec.json.encode(content), indent=0).decode() + "\n"


def evaluation_content(state: TaskState, task: Task) -> dict[str, Any]:
    """Every number of the evaluation, ready for JSON."""
    evaluation = evaluate(state, task)
    return {
        "task": task.value,
        "unit": evaluation.unit.value,
        "convention": state.options.convention.value,
        "reduction": state.options.reduction.value,
        "samples": _samples_json(state, evaluation),
        "models": [
            _model_json(model.name, result)
            for model, result in zip(state.models, evaluation.models, strict=True)
        ],
        "issues": _issues_json(state, evaluation),
    }


def _samples_json(state: TaskState, evaluation: Evaluation) -> list[dict[str, Any]]:
    # A target with an issue has no entropy.
    entropies = [None] * state.sample_count if evaluation.entropy is None else evaluation.entropy.tolist()
    return [
        {"name": sample.name, "entropy": None if entropy is None or math.isnan(entropy) else entropy}
        for sample, entropy in zip(state.samples, entropies, strict=True)
    ]


def _model_json(name: str, result: ModelEvaluation) -> dict[str, Any]:
    computed = result.valid if result.computed is None else result.computed
    return {
        "name": name,
        "loss": None if result.loss is None else json_number(result.loss),
        "sum": json_number(result.sum),
        "mean": json_number(result.mean),
        "losses": _rows(result.losses, computed),
        "terms": _rows(result.terms, computed),
        "kl": None if result.kl is None else _rows(result.kl, computed),
        "probabilities": _rows(result.probabilities, None),
        "gradients": _rows(result.gradients, computed),
    }


def _rows(values: Vectors, valid: NDArray[np.bool_] | None) -> list[Any]:
    """Numbers of all samples, with null for those that have an issue."""
    rows: list[Any] = values.tolist()
    for n in np.flatnonzero(~np.isfinite(values.reshape(len(values), -1)).all(axis=1)).tolist():
        rows[n] = [json_number(number) for number in rows[n]] if values.ndim > 1 else json_number(rows[n])
    if valid is not None:
        for n in np.flatnonzero(~valid).tolist():
            rows[n] = None
    return rows


def json_number(number: float) -> float | str:
    return number if math.isfinite(number) else str(number)


def _issues_json(state: TaskState, evaluation: Evaluation) -> list[dict[str, Any]]:
    return [
        {
            "model": None if issue.model is None else state.models[issue.model].name,
            "sample": issue.sample + 1,
            "class": None if issue.class_index is None else state.classes[issue.class_index],
            "code": issue.code,
            "message": issue.message,
        }
        for issue in evaluation.issues
    ]


# Tables

Column = tuple[str, list[str]]

_MOST_NAMED = 20
"""How many rows that are left out a sentence names; the table has the reasons of all."""


def evaluation_csv(document: Document, task: Task) -> str:
    """One row per sample: its loss and terms by model, in full precision, and weights where there are any.

    A row that has an issue has no loss: its cells are empty, and a last column says what the issue is.
    """
    state = document.tasks[task]
    evaluation = evaluate(state, task)
    columns, prefixes = _sample_columns(state), [_prefix(state, m, " ") for m in range(len(state.models))]
    for prefix, result in zip(prefixes, evaluation.models, strict=True):
        columns += _number_columns(state, result, prefix)
    columns += _weight_columns(state)
    for m, prefix in enumerate(prefixes):
        reasons = _reasons(evaluation, m)
        if reasons:
            columns.append((f"{prefix}issue", [reasons.get(n, "") for n in range(state.sample_count)]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([name for name, _ in columns])
    writer.writerows(zip(*(cells for _, cells in columns), strict=True))
    return text.getvalue()


def _prefix(state: TaskState, model: int, end: str) -> str:
    """What tells a model from the others, where there are others."""
    return f"{state.models[model].name}{end}" if len(state.models) > 1 else ""


def _lost(evaluation: Evaluation, model: int) -> dict[int, str]:
    """Why samples have no loss of a model; by a framework's rules a row with an issue may have one."""
    valid = evaluation.models[model].valid
    return {n: reason for n, reason in _reasons(evaluation, model).items() if not valid[n]}


def _reasons(evaluation: Evaluation, model: int) -> dict[int, str]:
    """What is wrong with the samples of a model."""
    found: dict[int, str] = {}
    for issue in evaluation.issues:
        if issue.model in (None, model):
            found.setdefault(issue.sample, issue.message)
    return found


def _sample_columns(state: TaskState) -> list[Column]:
    names = [sample.name for sample in state.samples]
    return [("sample", [str(n + 1) for n in range(state.sample_count)]), ("name", names)]


def _number_columns(state: TaskState, result: ModelEvaluation, prefix: str) -> list[Column]:
    terms = [
        (f"{prefix}term {name}", _cells(term))
        for name, term in zip(state.classes, result.terms.T, strict=True)
    ]
    return [(f"{prefix}loss", _cells(result.losses)), *terms]


def _cells(values: Vectors) -> list[str]:
    return ["" if math.isnan(value) else repr(value) for value in values.tolist()]


def _weight_columns(state: TaskState) -> list[Column]:
    columns = []
    if any(sample.weight != 1 for sample in state.samples):
        columns.append(("weight", [f"{sample.weight:.17g}" for sample in state.samples]))
    if any(sample.ignored for sample in state.samples):
        columns.append(("ignored", ["yes" if sample.ignored else "" for sample in state.samples]))
    return columns


def markdown(document: Document, task: Task) -> str:
    """The batch as a Markdown table with sum and mean, and under it what the mean is of."""
    state = document.tasks[task]
    return markup.markdown(batch_blocks(state, evaluate(state, task)))


def latex(document: Document, task: Task) -> str:
    """The batch as a LaTeX document: one table with sum and mean, and under it what the mean is of."""
    state = document.tasks[task]
    return markup.latex(batch_blocks(state, evaluate(state, task)))


def batch_blocks(state: TaskState, evaluation: Evaluation) -> list[markup.Block]:
    """The table of the batch, with sum and mean, and sentences about the mean."""
    columns, totals = _batch_table(state, evaluation)
    rows = list(zip(*(cells for _, cells in columns), strict=True))
    table = markup.Table(tuple(name for name, _ in columns), rows, totals)
    return [table, *(markup.Sentence(note) for note in _notes(state, evaluation))]


def _batch_table(state: TaskState, evaluation: Evaluation) -> tuple[list[Column], list[list[str]]]:
    """The columns of the batch as text for reading, and the two rows of totals beneath them."""
    columns = _sample_columns(state)
    for m, model in enumerate(state.models):
        name = f"loss of {model.name}" if len(state.models) > 1 else "loss"
        columns.append((f"{name} ({evaluation.unit})", _readable_losses(evaluation, m)))
    columns += _weight_columns(state)
    totals = [["", "sum", *(_loss(result.sum) for result in evaluation.models)]]
    totals.append(["", "mean", *(_loss(result.mean) for result in evaluation.models)])
    return columns, [row + [""] * (len(columns) - len(row)) for row in totals]


def _readable_losses(evaluation: Evaluation, model: int) -> list[str]:
    """The losses of a model; where a row has an issue, what is wrong with it."""
    reasons, losses = _lost(evaluation, model), evaluation.models[model].losses.tolist()
    return [reasons.get(n) or _loss(loss) for n, loss in enumerate(losses)]


def _notes(state: TaskState, evaluation: Evaluation) -> list[str]:
    """Sentences about each model's mean: over what, what makes it infinite, and what is left out of it."""
    notes: list[str] = []
    for m, result in enumerate(evaluation.models):
        sentences = [_mean_note(state, result)]
        if result.infinite:
            sentences.append(_infinite_note(result))
        if reasons := _lost(evaluation, m):
            sentences.append(_left_out_note(reasons))
        notes += [_prefix(state, m, ": ") + sentence for sentence in sentences]
    return notes


def _mean_note(state: TaskState, result: ModelEvaluation) -> str:
    count = result.finite_count + result.infinite
    weighted = any(sample.weight != 1 for sample in state.samples)
    ignored = sum(sample.ignored for sample in state.samples)
    if count == 0:
        return "There is no mean: no sample counts."
    ending = f"; {ignored:,} ignored" if ignored else ""
    if result.call is not None:
        by = f"{result.divides_by}, {result.divisor:.6g}"
        return f"Mean over {samples_text(count)}{ending}; the sum is divided by {by}."
    return f"{'Weighted mean' if weighted else 'Mean'} over {samples_text(count)}{ending}."


def _infinite_note(result: ModelEvaluation) -> str:
    one = result.infinite == 1
    start = f"{samples_text(result.infinite)} {'has' if one else 'have'} infinite loss"
    if result.finite_count == 0:
        return f"{start}; no other counts."
    without = f"Without {'it' if one else 'them'} the mean is {_loss(result.finite_mean)}"
    return f"{start}. {without} over {samples_text(result.finite_count)}."


def _left_out_note(reasons: dict[int, str]) -> str:
    named = [f"sample {n + 1} ({reason})" for n, reason in list(reasons.items())[:_MOST_NAMED]]
    more = len(reasons) - len(named)
    tail = [f"{more:,} more"] if more else []
    return f"Left out: {', '.join(named + tail)}."


def samples_text(count: int) -> str:
    """1 sample, 2 samples."""
    return "1 sample" if count == 1 else f"{count:,} samples"


def _loss(loss: float) -> str:
    # There is no mean of no sample.
    return "undefined" if math.isnan(loss) else numbers.loss(loss)
