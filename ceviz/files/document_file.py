"""Documents as JSON files: reading, writing, and the document a person starts with."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, BinaryIO, TypeVar

from ceviz.core.document import (
    MAX_CLASSES,
    MAX_MODELS,
    MAX_NUMBERS,
    MAX_SAMPLES,
    Convention,
    Document,
    InputKind,
    LossOptions,
    Model,
    Precision,
    Reduction,
    Sample,
    Task,
    TaskState,
    Unit,
    Vectors,
    View,
    vectors,
)
from ceviz.core.options import options_fault
from ceviz.files.atomic import write_atomically
from ceviz.files.document_json import (
    VERSION,
    DocumentError,
    DocumentJson,
    ModelJson,
    OptionsJson,
    TaskJson,
    TaskViewJson,
    decode,
    quoted,
)
from ceviz.files.json_numbers import number_text, vector_text
from ceviz.files.resources import examples

__all__ = [
    "MAX_BYTES",
    "DocumentError",
    "check_limits",
    "default_document",
    "load_document",
    "read_bytes",
    "read_document",
    "read_limited",
    "save_document",
    "write_document",
]

MAX_BYTES = len(Task) * 2 * MAX_NUMBERS * 24
"""Targets and predictions of every task at its limit, with all their digits."""
TOO_LARGE = f"larger than the {MAX_BYTES // 10**6} MB that are read"

DEFAULT_EXAMPLES = {
    Task.MULTICLASS: "dog-cat-panda.ceviz",
    Task.SOFT: "soft-labels.ceviz",
    Task.BINARY: "yes-or-no.ceviz",
    Task.MULTILABEL: "what-is-in-the-picture.ceviz",
}

_PLAIN_OPTIONS = LossOptions()

_Choice = TypeVar("_Choice", bound=StrEnum)


def read_document(text: str | bytes) -> Document:
    """The document in a JSON text. DocumentError, naming the place, where it is none."""
    content = decode(text)
    active_task = _choice(Task, content.active_task, "active_task")
    tasks = {task: _task(content, task) for task in Task}
    views = {task: _view(content, task, tasks[task]) for task in Task}
    return Document(active_task, tasks, views)


def load_document(path: str | os.PathLike[str]) -> Document:
    """The document in a file. DocumentError for its content, OSError where it cannot be read."""
    return read_document(read_bytes(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The content of a file, refused by its size before it is read."""
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise DocumentError("document", TOO_LARGE)
        return read_limited(file)


def read_limited(file: BinaryIO) -> bytes:
    """All that is left of a file, which may be a pipe or a device without a size."""
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise DocumentError("document", TOO_LARGE)
    return content


@cache
def default_document() -> Document:
    """The document a person starts with: the worked example of every task."""
    contents = {task: decode(examples()[name].read_bytes()) for task, name in DEFAULT_EXAMPLES.items()}
    states = {task: _given_task(contents[task], task) for task in Task}
    tasks = {task: state for task, state in states.items() if state is not None}
    views = {task: _given_view(contents[task], task, tasks[task]) or View() for task in Task}
    return Document(Task.MULTICLASS, tasks, views)


# Reading


def _task(content: DocumentJson, task: Task) -> TaskState:
    return _given_task(content, task) or default_document().tasks[task]


def _given_task(content: DocumentJson, task: Task) -> TaskState | None:
    given: TaskJson | None = getattr(content.tasks, task)
    return None if given is None else _state(given, task, f"tasks.{task}")


def _view(content: DocumentJson, task: Task, state: TaskState) -> View:
    if view := _given_view(content, task, state):
        return view
    return View() if getattr(content.tasks, task) else default_document().views[task]


def _given_view(content: DocumentJson, task: Task, state: TaskState) -> View | None:
    given: TaskViewJson | None = getattr(content.view, task)
    if given is None:
        return None
    if not 1 <= given.sample <= state.sample_count:
        raise DocumentError(f"view.{task}.sample", f"there is no sample {given.sample}")
    if given.compare and len(state.models) == 1:
        raise DocumentError(f"view.{task}.compare", "two models are needed, there is one")
    return View(given.sample - 1, given.lens, given.overlay, given.compare, given.fresh)


def _state(given: TaskJson, task: Task, where: str) -> TaskState:
    _check_counts(given, task, where)
    width = len(given.classes)
    _check_widths((sample.target for sample in given.samples), width, f"{where}.samples[{{}}].target")
    for n, sample in enumerate(given.samples):
        if sample.weight < 0:
            raise DocumentError(
                f"{where}.samples[{n}].weight", f"at least 0 is needed, not {sample.weight:g}"
            )
    state = TaskState(
        classes=tuple(given.classes),
        samples=tuple(Sample(sample.name, sample.weight, sample.ignored) for sample in given.samples),
        targets=vectors([sample.target for sample in given.samples]),
        models=tuple(_model(model, given, f"{where}.models[{n}]") for n, model in enumerate(given.models)),
        options=_options(given.options, f"{where}.options"),
    )
    if fault := options_fault(state, task):
        place, what = fault
        raise DocumentError(f"{where}.options.{place}", what)
    return state


def _check_counts(given: TaskJson, task: Task, where: str) -> None:
    classes, samples, models = len(given.classes), len(given.samples), len(given.models)
    for key, count in (("classes", classes), ("samples", samples), ("models", models)):
        if count == 0:
            raise DocumentError(f"{where}.{key}", "at least one is needed")
    if problem := check_limits(classes, samples, models):
        key, what = problem
        raise DocumentError(f"{where}.{key}" if key else where, what)
    if task is Task.BINARY and classes > 1:
        raise DocumentError(f"{where}.classes", f"expected 1 class, the positive one, got {classes}")


def check_limits(classes: int, samples: int, models: int) -> tuple[str, str] | None:
    """What is too large for a task, and the sentence that says so; None where all fits."""
    limits = (
        ("classes", classes, MAX_CLASSES),
        ("samples", samples, MAX_SAMPLES),
        ("models", models, MAX_MODELS),
        ("numbers", classes * samples * models, MAX_NUMBERS),
    )
    for name, count, most in limits:
        if count > most:
            key = "" if name == "numbers" else name
            return key, f"{count:,} {name}, at most {most:,} fit here; the Dataset view is for larger sets"
    return None


def _check_widths(rows: Iterable[Sequence[object]], width: int, where: str) -> None:
    for n, row in enumerate(rows):
        if len(row) != width:
            numbers = "number" if width == 1 else "numbers"
            raise DocumentError(where.format(n), f"expected {width} {numbers}, got {len(row)}")


def _model(given: ModelJson, task: TaskJson, where: str) -> Model:
    kind = _choice(InputKind, given.input, f"{where}.input")
    rows = given.predictions
    if len(rows) != len(task.samples):
        raise DocumentError(
            f"{where}.predictions", f"expected as many rows as samples, {len(task.samples)}, got {len(rows)}"
        )
    _check_widths(rows, len(task.classes), f"{where}.predictions[{{}}]")
    if kind is InputKind.PROBABILITIES:
        _check_no_text(rows, where)
    # NumPy reads the two strings that a logit may be, "inf" and "-inf".
    return Model(given.name, kind, vectors([[float(number) for number in row] for row in rows]))


def _check_no_text(rows: Sequence[Sequence[float | str]], where: str) -> None:
    for n, row in enumerate(rows):
        for k, number in enumerate(row):
            if isinstance(number, str):
                raise DocumentError(
                    f"{where}.predictions[{n}][{k}]",
                    f"expected a number, got {quoted(number)}; only logits may be infinite",
                )


def _options(given: OptionsJson, where: str) -> LossOptions:
    if not (math.isfinite(given.temperature) and given.temperature > 0):
        raise DocumentError(f"{where}.temperature", f"expected a number above 0, got {given.temperature:g}")
    return LossOptions(
        _choice(Unit, given.unit, f"{where}.unit"),
        _choice(Reduction, given.reduction, f"{where}.reduction"),
        given.temperature,
        _choice(Convention, given.convention, f"{where}.convention"),
        given.call,
        _choice(Precision, given.precision, f"{where}.precision"),
        given.label_smoothing,
        _tuple(given.class_weights),
        _tuple(given.pos_weight),
        given.focal_gamma,
        _tuple(given.focal_alpha) if isinstance(given.focal_alpha, list) else given.focal_alpha,
    )


def _tuple(numbers: list[float] | None) -> tuple[float, ...] | None:
    return None if numbers is None else tuple(numbers)


def _choice(kind: type[_Choice], value: str, where: str) -> _Choice:
    try:
        return kind(value)
    except ValueError:
        names = ", ".join(str(member) for member in kind)
        raise DocumentError(where, f"expected one of {names}, got {quoted(value)}") from None


# Writing


def write_document(document: Document) -> bytes:
    """The document as JSON in UTF-8: the same bytes for equal documents, one vector to a line."""
    parts = [
        '{\n  "format": "ceviz",\n',
        f'  "version": {VERSION},\n',
        f'  "active_task": {_json(document.active_task)},\n',
        '  "tasks": {\n',
        ",\n".join(_task_text(task, document.tasks[task]) for task in Task if task in document.tasks),
        '\n  },\n  "view": {\n',
        ",\n".join(_view_text(task, document.views[task]) for task in Task if task in document.views),
        "\n  }\n}\n",
    ]
    return "".join(parts).encode()


def _task_text(task: Task, state: TaskState) -> str:
    samples = (
        _sample_text(sample, target) for sample, target in zip(state.samples, state.targets, strict=True)
    )
    models = (_model_text(model) for model in state.models)
    return (
        f"    {_json(task)}: {{\n"
        f'      "classes": {_json(state.classes)},\n'
        f'      "samples": [\n{_lines(samples, 8)}\n      ],\n'
        f'      "models": [\n{_lines(models, 8)}\n      ],\n'
        f'      "options": {_options_text(state.options)}\n'
        "    }"
    )


def _options_text(options: LossOptions) -> str:
    """The three that everybody sees, and of the others those that are not as they are when left out."""
    written = ["unit", "reduction", "temperature"]
    written += [
        name
        for name in LossOptions.__slots__[len(written) :]
        if getattr(options, name) != getattr(_PLAIN_OPTIONS, name)
    ]
    pairs = (f"{_json(name)}: {_option_text(getattr(options, name))}" for name in written)
    return f"{{{', '.join(pairs)}}}"


def _option_text(value: str | float | tuple[float, ...]) -> str:
    if isinstance(value, str):
        return _json(value)
    return f"[{', '.join(map(number_text, value))}]" if isinstance(value, tuple) else number_text(value)


def _sample_text(sample: Sample, target: Vectors) -> str:
    weight = "" if sample.weight == 1 else f', "weight": {number_text(sample.weight)}'
    ignored = ', "ignored": true' if sample.ignored else ""
    return f'{{"name": {_json(sample.name)}, "target": {vector_text(target)}{weight}{ignored}}}'


def _model_text(model: Model) -> str:
    rows = _lines((vector_text(row) for row in model.predictions), 10)
    return (
        f'{{"name": {_json(model.name)}, "input": {_json(model.input)}, "predictions": [\n{rows}\n        ]}}'
    )


def _view_text(task: Task, view: View) -> str:
    lens = "" if view.lens is None else f', "lens": {_json(view.lens)}'
    overlay = "true" if view.overlay else "false"
    compare = ', "compare": true' if view.compare else ""
    fresh = ', "fresh": true' if view.fresh else ""
    return f'    {_json(task)}: {{"sample": {view.sample + 1}{lens}, "overlay": {overlay}{compare}{fresh}}}'


def _lines(items: Iterable[str], indent: int) -> str:
    return ",\n".join(" " * indent + item for item in items)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def save_document(document: Document, path: str | os.PathLike[str]) -> None:
    """Write the document to a file as a whole or not at all. OSError where that is impossible."""
    write_atomically(write_document(document), path)
