"""A shown loss as code: a short program that prints the same number with NumPy, SciPy or a framework."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ceviz.core.conventions import exact_options
from ceviz.core.document import (
    Convention,
    Document,
    InputKind,
    LossOptions,
    Reduction,
    Task,
    TaskState,
    Unit,
)
from ceviz.core.evaluation import Evaluation, ModelEvaluation, evaluate
from ceviz.explain import numbers
from ceviz.explain.convention_table import call_title
from ceviz.files.code_calls import Case, Framework, Program, program
from ceviz.files.framework_calls import call_program, definition_program
from ceviz.files.report import samples_text

__all__ = ["Framework", "batch_code", "call_code", "sample_code"]

_MOST_NUMBERS = 20_000
"""More numbers than this make no program that a person reads."""
_MOST_LISTED = 20


def sample_code(document: Document, task: Task, framework: Framework, sample: int, model: int = 0) -> str:
    """A program that prints the loss of one sample, counted from 0.

    ValueError, with a plain reason, where it has none, and where the framework cannot compute it.
    """
    state, other = _by_definition(document.tasks[task])
    evaluation = evaluate(state, task)
    result = evaluation.models[model]
    if not result.valid[sample]:
        issue = evaluation.issues_of(sample, model)[0]
        raise ValueError(f"sample {sample + 1} has no loss: {issue.because}")
    name = state.samples[sample].name
    what = f"the loss of sample {sample + 1}{f', {_quoted(name)}' if name else ''}{_of_model(state, model)}"
    case = _case(state, evaluation, model, np.array([sample]), weights=np.ones(1), mean=True)
    return _text(framework, state, case, [what], float(result.losses[sample]), other)


def batch_code(document: Document, task: Task, framework: Framework, model: int = 0) -> str:
    """A program that prints the mean of the batch, or the sum where the document asks for the sum.

    Samples that do not count are left out. ValueError, with a plain reason, where none counts, where the
    batch is too large for a program, and where the framework cannot compute it.
    """
    state, other = _by_definition(document.tasks[task])
    evaluation = evaluate(state, task)
    result = evaluation.models[model]
    weights = np.array([0.0 if sample.ignored else sample.weight for sample in state.samples])
    counted = result.valid & (weights != 0)
    if not counted.any():
        raise ValueError("the batch has no loss: no sample counts")
    mean = state.options.reduction is not Reduction.SUM
    rows = np.flatnonzero(counted)
    case = _case(state, evaluation, model, rows, weights[rows], mean)
    which = "weighted " if case.weighted else ""
    of = f"the losses of {samples_text(len(rows))}{_of_model(state, model)}"
    what = f"the {which}{'mean' if mean else 'sum'} of {of}"
    left_out = [str(n + 1) for n in np.flatnonzero(~counted).tolist()]
    missing = [f"Left out, as in ceviz: sample {_listed(left_out)}."] if left_out else []
    return _text(framework, state, case, [what, *missing], result.mean if mean else result.sum, other)


def call_code(
    document: Document,
    task: Task,
    convention: Convention,
    call: str | None,
    sample: int | None = None,
    model: int = 0,
) -> str:
    """A program that prints what a call of a framework makes of a sample or the batch, with all options.

    `call` None: the usual one, or the definition. ValueError, with a plain reason, where there is no number.
    """
    state, evaluation = _by_call(document.tasks[task], task, convention, call, model)
    result, options = evaluation.models[model], state.options
    if result.refusal is not None:
        raise ValueError(result.refusal.removesuffix("."))
    rows = _rows_of(state, result, sample)
    mean = sample is None and options.reduction is not Reduction.SUM
    weights = np.ones(1) if sample is not None else np.array([state.samples[n].weight for n in rows])
    case = _case(state, evaluation, model, rows, weights, mean)
    if sample is not None:
        what, value = f"the loss of sample {sample + 1}", float(result.losses[sample])
    else:
        of = f"the losses of {samples_text(len(rows))}"
        what, value = (f"the mean of {of}", result.mean) if mean else (f"the sum of {of}", result.sum)
    meant = result.call
    written = definition_program(case, options) if meant is None else call_program(meant, case, options)
    name = "The definition" if meant is None else call_title(meant, state.models[model].input, task)
    return _program_text(
        f"{name}: {what}{_of_model(state, model)}", "ceviz shows", state, case, value, written
    )


def _by_call(
    state: TaskState, task: Task, convention: Convention, call: str | None, model: int
) -> tuple[TaskState, Evaluation]:
    state = replace(state, options=replace(state.options, convention=convention, call=call))
    if convention is Convention.EXACT:
        state = replace(state, options=exact_options(state.options))
    return state, evaluate(state, task)


def _rows_of(state: TaskState, result: ModelEvaluation, sample: int | None) -> NDArray[np.intp]:
    """The samples that a program is about."""
    computed = result.valid if result.computed is None else result.computed
    if sample is not None:
        if not computed[sample]:
            raise ValueError(f"sample {sample + 1} has no loss")
        return np.array([sample])
    rows = np.flatnonzero(computed & np.array([not other.ignored for other in state.samples]))
    if result.call is None:
        rows = rows[[state.samples[n].weight != 0.0 for n in rows]]
    if not len(rows):
        raise ValueError("the batch has no loss: no sample counts")
    return rows


def _by_definition(state: TaskState) -> tuple[TaskState, str]:
    """The state with the bare definition as its loss; and which options that leaves out, if any."""
    options = state.options
    plain = LossOptions(options.unit, options.reduction, options.temperature)
    changed = [name for name in LossOptions.__slots__ if getattr(options, name) != getattr(plain, name)]
    told = ", ".join(f"{name.replace('_', ' ')} {getattr(options, name)}" for name in changed)
    return replace(state, options=plain), told


def _case(
    state: TaskState,
    evaluation: Evaluation,
    model: int,
    rows: NDArray[np.intp],
    weights: NDArray[np.float64],
    mean: bool,
) -> Case:
    if len(rows) * state.class_count > _MOST_NUMBERS:
        raise ValueError(
            f"{len(rows) * state.class_count:,} numbers are too many for a program, at most "
            f"{_MOST_NUMBERS:,} fit; export the batch instead"
        )
    shown_model = state.models[model]
    return Case(
        task=evaluation.task,
        targets=state.targets[rows],
        predictions=shown_model.predictions[rows],
        probabilities=evaluation.models[model].probabilities[rows],
        weights=weights,
        logits=shown_model.input is InputKind.LOGITS,
        temperature=state.options.temperature,
        mean=mean,
    )


def _text(
    framework: Framework, state: TaskState, case: Case, head: list[str], value: float, left_out: str
) -> str:
    """`left_out`: the options of the document that the program does without."""
    shows = "By the bare definition it is" if left_out else "ceviz shows"
    more = [f"The document has {left_out}, with which ceviz shows its own number."] if left_out else []
    more += head[1:]
    return _program_text(f"{framework}: {head[0]}", shows, state, case, value, program(framework, case), more)


def _program_text(
    title: str,
    shows: str,
    state: TaskState,
    case: Case,
    value: float,
    written: Program,
    more: Sequence[str] = (),
) -> str:
    unit = state.options.unit
    in_bits = unit is Unit.BITS
    classes = "Labels" if case.task is Task.MULTILABEL else "Classes"
    comments = [
        f"{title}. {shows} {numbers.loss(value)} {unit} ({value!r}).",
        *more,
        f"{classes}: {_listed([_quoted(name) for name in state.classes])}.",
        *written.notes,
    ]
    imports = [*(["import math"] if in_bits else []), *written.imports]
    end = ["loss = loss / math.log(2)  # from nats to bits"] if in_bits else []
    lines = [*(f"# {comment}" for comment in comments), *imports, "", *written.lines, *end]
    return "\n".join([*lines, "print(float(loss))"]) + "\n"


def _quoted(name: str) -> str:
    """A name that stays on its line."""
    return repr(name if len(name) <= 60 else f"{name[:60]}…")


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more:,} more" if more > 0 else "")


def _of_model(state: TaskState, model: int) -> str:
    return f", model {_quoted(state.models[model].name)}" if len(state.models) > 1 else ""
