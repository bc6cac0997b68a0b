"""Replace one part of a state, sharing the rest: what edits are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ceviz.core.document import (
    MAX_CLASSES,
    MAX_MODELS,
    MAX_NUMBERS,
    MAX_SAMPLES,
    InputKind,
    Model,
    Task,
    TaskState,
    Vectors,
)
from ceviz.core.options import options_of_classes


def read_only(array: Vectors) -> Vectors:
    """A freshly made array, closed to further writing."""
    array.flags.writeable = False
    return array


def with_targets(state: TaskState, targets: Vectors) -> TaskState:
    """The state with other targets, a freshly made (N, K)."""
    return replace(state, targets=read_only(targets))


def with_model(state: TaskState, index: int, model: Model) -> TaskState:
    """The state with another model at `index`."""
    return replace(state, models=(*state.models[:index], model, *state.models[index + 1 :]))


def with_predictions(state: TaskState, model: int, predictions: Vectors) -> TaskState:
    """The state with other predictions of one model, a freshly made (N, K)."""
    return with_model(state, model, replace(state.models[model], predictions=read_only(predictions)))


def with_row(rows: Vectors, sample: int, row: ArrayLike) -> Vectors:
    """A copy of `rows` with one row replaced."""
    copy = rows.copy()
    copy[sample] = row
    return copy


def with_number(rows: Vectors, sample: int, class_index: int, value: float) -> Vectors:
    """A copy of `rows` with one number replaced."""
    copy = rows.copy()
    copy[sample, class_index] = value
    return copy


def near_one(numbers: Vectors) -> Vectors:
    """The numbers times the power of 2 that brings the largest near 1, so that they can be added up."""
    scaled: Vectors = np.ldexp(numbers, -np.frexp(numbers.max())[1])
    return scaled


def _with_each_array(state: TaskState, change: Callable[[Vectors], Vectors]) -> TaskState:
    """The targets and every model's predictions, each replaced by `change` of it."""
    return replace(
        state,
        targets=read_only(change(state.targets)),
        models=tuple(
            replace(model, predictions=read_only(change(model.predictions))) for model in state.models
        ),
    )


def with_samples(state: TaskState, order: Sequence[int]) -> TaskState:
    """The samples of `order`, in that order; a sample may be named twice, or not at all."""
    rows = list(order)
    samples = tuple(state.samples[index] for index in rows)
    return replace(_with_each_array(state, lambda array: array[rows]), samples=samples)


def with_classes(state: TaskState, order: Sequence[int]) -> TaskState:
    """The classes of `order`, in that order; a class may be named twice, or not at all."""
    columns = list(order)
    classes = tuple(state.classes[index] for index in columns)
    options = options_of_classes(state.options, columns)
    return replace(_with_each_array(state, lambda array: array[:, columns]), classes=classes, options=options)


def blank_target(task: Task, class_count: int) -> Vectors:
    """The target of a new sample: the first class, equal shares, or no label at all."""
    if task is Task.SOFT:
        return np.full(class_count, 1.0 / class_count)
    target = np.zeros(class_count)
    target[0] = 1.0 if task is Task.MULTICLASS else 0.0
    return target


def blank_prediction(task: Task, class_count: int, kind: InputKind) -> Vectors:
    """The prediction of a new sample: equal probabilities, 0.5 for each label, or logits of 0."""
    if kind is InputKind.LOGITS:
        return np.zeros(class_count)
    return np.full(class_count, 1.0 / class_count if task.competing else 0.5)


def require(index: int, count: int, what: str) -> None:
    """Raise ValueError where `index`, from 0, is not one of `count`."""
    if not 0 <= index < count:
        raise ValueError(f"There is no {what} {index + 1}.")


def require_target(state: TaskState, sample: int, class_index: int) -> None:
    """Raise ValueError where a state has no such number of a target."""
    require(sample, state.sample_count, "sample")
    require(class_index, state.class_count, "class")


def require_prediction(state: TaskState, model: int, sample: int, class_index: int) -> None:
    """Raise ValueError where a state has no such number of a prediction."""
    require(model, len(state.models), "model")
    require_target(state, sample, class_index)


def require_room(samples: int, classes: int, models: int) -> None:
    """Raise ValueError where a state of this size is more than a document holds."""
    for count, most, what in (
        (samples, MAX_SAMPLES, "samples"),
        (classes, MAX_CLASSES, "classes"),
        (models, MAX_MODELS, "models"),
        (samples * classes * models, MAX_NUMBERS, "predicted numbers"),
    ):
        if count > most:
            raise ValueError(f"A task holds at most {most:,} {what}.")
