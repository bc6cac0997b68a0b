"""Frozen values: what a document holds. Nothing here computes a loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ceviz.core.corners import moved_lens

Vectors = NDArray[np.float64]
"""Float64 array, one row per sample (N, K); read-only once it is part of a document."""

MAX_CLASSES = 1_000
MAX_SAMPLES = 10_000
MAX_MODELS = 8
MAX_NUMBERS = 1_000_000


class Task(StrEnum):
    """The four kinds of classification; the value is the name in files and on the command line."""

    MULTICLASS = "multiclass"
    SOFT = "soft"
    BINARY = "binary"
    MULTILABEL = "multilabel"

    @property
    def competing(self) -> bool:
        """Whether the classes share one probability of 1 (softmax), not one each (sigmoid)."""
        return self in (Task.MULTICLASS, Task.SOFT)


class InputKind(StrEnum):
    """What a model gives: probabilities, or logits that a softmax or sigmoid turns into them."""

    PROBABILITIES = "probabilities"
    LOGITS = "logits"


class Unit(StrEnum):
    """Natural logarithms (nats) or logarithms to base 2 (bits)."""

    NATS = "nats"
    BITS = "bits"


class Reduction(StrEnum):
    """What becomes of the losses of a batch."""

    NONE = "none"
    SUM = "sum"
    MEAN = "mean"


class Convention(StrEnum):
    """Whose rules the loss follows: the definition, or what a framework computes."""

    EXACT = "exact"
    PYTORCH = "pytorch"
    KERAS = "keras"
    SKLEARN = "sklearn"
    OPTAX = "optax"


class Precision(StrEnum):
    """The floating point numbers that are computed with."""

    FLOAT64 = "float64"
    FLOAT32 = "float32"


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample's description. Its target is row n of `TaskState.targets`."""

    name: str
    weight: float = 1.0
    ignored: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A model's predictions, (N, K): row n belongs to sample n."""

    name: str
    input: InputKind
    predictions: Vectors

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Model):
            return NotImplemented
        return (
            self.name == other.name
            and self.input == other.input
            and same_vectors(self.predictions, other.predictions)
        )

    __hash__ = None  # type: ignore[assignment]  # compared by the numbers in an array: not hashable


@dataclass(frozen=True, slots=True)
class LossOptions:
    """How the loss is computed and reported.

    `call` names the function of a framework (`core.calls`), None being the usual one. `class_weights` and
    `pos_weight` hold one number per class; so may `focal_alpha`, where the classes compete. None is off.
    """

    unit: Unit = Unit.NATS
    reduction: Reduction = Reduction.MEAN
    temperature: float = 1.0
    convention: Convention = Convention.EXACT
    call: str | None = None
    precision: Precision = Precision.FLOAT64
    label_smoothing: float = 0.0
    class_weights: tuple[float, ...] | None = None
    pos_weight: tuple[float, ...] | None = None
    focal_gamma: float | None = None
    focal_alpha: float | tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TaskState:
    """Everything that a loss depends on, for one task.

    `targets` is (N, K): one-hot or soft rows, for binary (N, 1) with the positive class alone.
    """

    classes: tuple[str, ...]
    samples: tuple[Sample, ...]
    targets: Vectors
    models: tuple[Model, ...]
    options: LossOptions = field(default_factory=LossOptions)

    @property
    def class_count(self) -> int:
        """K; 1 for binary."""
        return len(self.classes)

    @property
    def sample_count(self) -> int:
        """N."""
        return len(self.samples)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TaskState):
            return NotImplemented
        return (
            self.classes == other.classes
            and self.samples == other.samples
            and self.options == other.options
            and same_vectors(self.targets, other.targets)
            and self.models == other.models
        )

    __hash__ = None  # type: ignore[assignment]  # compared by the numbers in an array: not hashable


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of one task. Not part of undo: looking at something is not a change."""

    sample: int = 0
    lens: str | None = None
    overlay: bool = False
    compare: bool = False
    """Whether the first two models stand side by side, as A and B."""
    fresh: bool = False
    """Whether loss axes mark what a model costs that has learnt nothing yet."""


@dataclass(frozen=True, slots=True)
class Document:
    """All tasks and what is shown of them."""

    active_task: Task
    tasks: Mapping[Task, TaskState]
    views: Mapping[Task, View]

    def with_state(self, task: Task, state: TaskState) -> Document:
        """This document with another state of one task; what is shown stays within what there is."""
        view = self.views[task]
        compare = view.compare and len(state.models) > 1
        lens = moved_lens(view.lens, self.tasks[task].classes, state.classes)
        view = replace(view, sample=min(view.sample, state.sample_count - 1), lens=lens, compare=compare)
        return replace(self, tasks={**self.tasks, task: state}, views={**self.views, task: view})

    def with_view(self, task: Task, **changes: Any) -> Document:
        """This document with some of the view of one task changed."""
        return replace(self, views={**self.views, task: replace(self.views[task], **changes)})


def same_vectors(a: Vectors, b: Vectors) -> bool:
    """Whether two arrays hold the same numbers in the same shape, NaN counting as equal to NaN."""
    if a.shape != b.shape:
        return False
    return a is b or bool(((a == b) | ((a != a) & (b != b))).all())


def vectors(rows: Any) -> Vectors:
    """A read-only float64 copy of `rows`, for a document."""
    array = np.array(rows, dtype=np.float64)
    array.flags.writeable = False
    return array
