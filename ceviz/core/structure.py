"""Edits of which samples, classes and models there are. Import them from `ceviz.core.edits`."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import count as count_from
from string import ascii_uppercase
from typing import Any

import numpy as np

from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, Vectors
from ceviz.core.names import as_word
from ceviz.core.options import options_of_classes
from ceviz.core.parts import (
    blank_prediction,
    blank_target,
    read_only,
    require,
    require_room,
    with_classes,
    with_model,
    with_samples,
)


def append_blank_samples(state: TaskState, task: Task, names: Sequence[str]) -> TaskState:
    """New samples at the end, with the target and predictions of `blank_target` and `blank_prediction`."""
    count = len(names)
    require_room(state.sample_count + count, state.class_count, len(state.models))

    def extended(rows: Vectors, row: Vectors) -> Vectors:
        return read_only(np.vstack([rows, np.tile(row, (count, 1))]))

    return replace(
        state,
        samples=(*state.samples, *(Sample(name) for name in names)),
        targets=extended(state.targets, blank_target(task, state.class_count)),
        models=tuple(
            replace(
                model,
                predictions=extended(
                    model.predictions, blank_prediction(task, state.class_count, model.input)
                ),
            )
            for model in state.models
        ),
    )


def add_sample(state: TaskState, task: Task, after: int, name: str | None = None) -> TaskState:
    """A blank sample after the sample `after` (-1: in front of all)."""
    require(after + 1, state.sample_count + 1, "sample")
    count = state.sample_count
    if name is None:
        name = _first_free((f"Sample {n}" for n in count_from(count + 1)), _sample_names(state))
    larger = append_blank_samples(state, task, [_required_name(name, "sample")])
    return with_samples(larger, [*range(after + 1), count, *range(after + 1, count)])


def remove_samples(state: TaskState, task: Task, samples: Collection[int]) -> TaskState:
    """The state without these samples; where none is left, one blank sample takes their place."""
    for sample in samples:
        require(sample, state.sample_count, "sample")
    kept = [index for index in range(state.sample_count) if index not in set(samples)]
    if kept:
        return with_samples(state, kept)
    return with_samples(append_blank_samples(state, task, ["Sample 1"]), [state.sample_count])


def duplicate_sample(state: TaskState, sample: int) -> TaskState:
    """A copy of a sample right after it, named after it."""
    require(sample, state.sample_count, "sample")
    require_room(state.sample_count + 1, state.class_count, len(state.models))
    name = _first_free(_copies_of(state.samples[sample].name), _sample_names(state))
    larger = with_samples(state, [*range(sample + 1), *range(sample, state.sample_count)])
    return rename_sample(larger, sample + 1, name)


def rename_sample(state: TaskState, sample: int, name: str) -> TaskState:
    """Another name for a sample; two samples may share one."""
    return _with_sample(state, sample, name=_required_name(name, "sample"))


def set_weight(state: TaskState, sample: int, weight: float) -> TaskState:
    """How much a sample counts in sum and mean, 0 or more."""
    if not 0.0 <= weight < math.inf:
        raise ValueError("A weight is a number of at least 0.")
    return _with_sample(state, sample, weight=float(weight))


def set_ignored(state: TaskState, sample: int, ignored: bool) -> TaskState:
    """Whether a sample is left out of sum and mean."""
    return _with_sample(state, sample, ignored=ignored)


def _with_sample(state: TaskState, sample: int, **changes: Any) -> TaskState:
    require(sample, state.sample_count, "sample")
    changed = replace(state.samples[sample], **changes)
    return replace(state, samples=(*state.samples[:sample], changed, *state.samples[sample + 1 :]))


def move_sample(state: TaskState, source: int, destination: int) -> TaskState:
    """The sample `source` moved so that it becomes the sample `destination`."""
    return with_samples(state, _moved(state.sample_count, source, destination, "sample"))


def add_class(state: TaskState, task: Task, name: str | None = None) -> TaskState:
    """A class at the end: target 0, logit 0, probability 0 (0.5 where classes do not compete), weight 1."""
    _require_several(task)
    if name is None:
        name = _first_free((f"class {n}" for n in count_from(state.class_count + 1)), state.classes)
    name = _required_name(name, "class")
    _require_new(name, state.classes, "class")
    require_room(state.sample_count, state.class_count + 1, len(state.models))
    return replace(
        state,
        classes=(*state.classes, name),
        targets=_with_column(state.targets, 0.0),
        models=tuple(
            replace(model, predictions=_with_column(model.predictions, _blank_number(task, model)))
            for model in state.models
        ),
        options=options_of_classes(state.options, [*range(state.class_count), -1]),
    )


def _blank_number(task: Task, model: Model) -> float:
    return 0.5 if model.input is InputKind.PROBABILITIES and not task.competing else 0.0


def _with_column(rows: Vectors, value: float) -> Vectors:
    return read_only(np.column_stack([rows, np.full(len(rows), value)]))


def remove_class(state: TaskState, task: Task, class_index: int) -> TaskState:
    """The state without a class. The other numbers stay: rows that no longer sum to 1 become issues."""
    _require_several(task)
    require(class_index, state.class_count, "class")
    if state.class_count == 1:
        raise ValueError("The last class stays.")
    return with_classes(state, [index for index in range(state.class_count) if index != class_index])


def duplicate_class(state: TaskState, task: Task, class_index: int) -> TaskState:
    """A copy of a class right after it.

    Where the classes compete, the two share the probability, and a soft target, in equal parts, so that sums
    stay; a one-hot target stays with the original. Logits, and labels that do not compete, are copied.
    """
    _require_several(task)
    require(class_index, state.class_count, "class")
    require_room(state.sample_count, state.class_count + 1, len(state.models))
    pair = [class_index, class_index + 1]
    larger = with_classes(state, [*range(class_index + 1), *range(class_index, state.class_count)])
    name = _first_free(_copies_of(state.classes[class_index]), state.classes)
    classes = (*larger.classes[: class_index + 1], name, *larger.classes[class_index + 2 :])
    targets = larger.targets.copy()
    if task is Task.MULTICLASS:
        targets[:, class_index + 1] = 0.0
    elif task is Task.SOFT:
        targets[:, pair] /= 2.0
    models = tuple(_shared(model, pair) if task.competing else model for model in larger.models)
    return replace(larger, classes=classes, targets=read_only(targets), models=models)


def _shared(model: Model, pair: list[int]) -> Model:
    if model.input is InputKind.LOGITS:
        return model
    predictions = model.predictions.copy()
    predictions[:, pair] /= 2.0
    return replace(model, predictions=read_only(predictions))


def rename_class(state: TaskState, class_index: int, name: str) -> TaskState:
    """Another name for a class; no two classes share one."""
    require(class_index, state.class_count, "class")
    name = _required_name(name, "class")
    others = (*state.classes[:class_index], *state.classes[class_index + 1 :])
    _require_new(name, others, "class")
    return replace(state, classes=(*state.classes[:class_index], name, *state.classes[class_index + 1 :]))


def move_class(state: TaskState, source: int, destination: int) -> TaskState:
    """The class `source` moved so that it becomes the class `destination`."""
    return with_classes(state, _moved(state.class_count, source, destination, "class"))


def add_model(state: TaskState, name: str | None = None) -> TaskState:
    """Another model with the predictions of the last one."""
    require_room(state.sample_count, state.class_count, len(state.models) + 1)
    names = [model.name for model in state.models]
    if name is None:
        name = _first_free(ascii_uppercase, names)
    name = _required_name(name, "model")
    _require_new(name, names, "model")
    return replace(state, models=(*state.models, replace(state.models[-1], name=name)))


def remove_model(state: TaskState, model: int) -> TaskState:
    """The state without a model; the last one stays."""
    require(model, len(state.models), "model")
    if len(state.models) == 1:
        raise ValueError("The last model stays.")
    return replace(state, models=(*state.models[:model], *state.models[model + 1 :]))


def rename_model(state: TaskState, model: int, name: str) -> TaskState:
    """Another name for a model; no two models share one."""
    require(model, len(state.models), "model")
    name = _required_name(name, "model")
    _require_new(name, [other.name for n, other in enumerate(state.models) if n != model], "model")
    return with_model(state, model, replace(state.models[model], name=name))


def swap_models(state: TaskState) -> TaskState:
    """The first two models, A and B, in each other's place, names and all; A and B name the places."""
    require(1, len(state.models), "model")
    first, second, *rest = state.models
    if {first.name, second.name} == {"A", "B"}:
        first, second = replace(first, name=second.name), replace(second, name=first.name)
    return replace(state, models=(second, first, *rest))


def copy_model(state: TaskState, source: int, destination: int) -> TaskState:
    """The predictions of one model, and whether they are logits, given to another, which keeps its name."""
    require(source, len(state.models), "model")
    require(destination, len(state.models), "model")
    copied = replace(state.models[source], name=state.models[destination].name)
    return with_model(state, destination, copied)


def _moved(count: int, source: int, destination: int, what: str) -> list[int]:
    require(source, count, what)
    require(destination, count, what)
    order = list(range(count))
    order.insert(destination, order.pop(source))
    return order


def _require_several(task: Task) -> None:
    if task is Task.BINARY:
        raise ValueError("Binary has one class, the positive one.")


def _required_name(name: str, what: str) -> str:
    if not name.strip():
        raise ValueError(f"A {what} needs a name.")
    if any("\ud800" <= character <= "\udfff" for character in name):
        raise ValueError(f"A {what} name with half a character in it cannot be saved.")
    return name.strip()


def _require_new(name: str, others: Collection[str], what: str) -> None:
    if name in others:
        raise ValueError(f"There is already a {what} named {as_word(name)}.")


def _sample_names(state: TaskState) -> set[str]:
    return {sample.name for sample in state.samples}


def _copies_of(name: str) -> Iterable[str]:
    yield f"{name} copy"
    yield from (f"{name} copy {n}" for n in count_from(2))


def _first_free(candidates: Iterable[str], taken: Collection[str]) -> str:
    return next(name for name in candidates if name not in taken)
