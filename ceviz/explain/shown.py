"""What is shown of one task: the one value that every chart, formula and sentence is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from ceviz.core.document import InputKind, Model, Task, TaskState
from ceviz.core.evaluation import Evaluation, ModelEvaluation

_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Shown:
    """A task's state, its evaluation, and what of it a person looks at. Indices count from 0.

    `y_top` is the top of the loss axis in the shown unit; it stays the same while a drag lasts.
    `dragging` shortens numbers that follow the mouse to two decimals, `fine` to three.
    """

    task: Task
    state: TaskState
    evaluation: Evaluation
    sample: int
    y_top: float
    model: int = 0
    overlay: bool = False
    fresh: bool = False
    """Whether loss axes mark what a model costs that has learnt nothing yet."""
    dragging: bool = False
    fine: bool = False
    compare: bool = False
    other: int = 1
    """The model B that stands beside `model`, A, where two models are compared."""
    footprints: tuple[tuple[float, ...], ...] = ()
    """The sample's probabilities before each of the last steps along the gradient, oldest first."""
    told: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `told_once` found out already."""

    @property
    def shown_model(self) -> Model:
        """The model whose numbers are shown."""
        return self.state.models[self.model]

    @property
    def result(self) -> ModelEvaluation:
        """The evaluation of the shown model."""
        return self.evaluation.models[self.model]

    @property
    def in_logits(self) -> bool:
        """Whether the shown model gives logits."""
        return self.shown_model.input is InputKind.LOGITS


def told_once(tell: Callable[[Shown], _Told]) -> Callable[[Shown], _Told]:
    """Works something out once of each value that is shown, however many views ask for it."""

    @wraps(tell)
    def told(shown: Shown) -> _Told:
        if tell not in shown.told:
            shown.told[tell] = tell(shown)
        found: _Told = shown.told[tell]
        return found

    return told
