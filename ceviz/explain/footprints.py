"""Steps along the gradient leave footprints: where the sample was before each of them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

from ceviz.core.document import Task, TaskState
from ceviz.explain.charts import Footprint
from ceviz.explain.shown import Shown
from ceviz.explain.what_if import what_if

MOST_FOOTPRINTS = 20
_FAINTEST = 0.2


@dataclass(slots=True)
class Trail:
    """The steps of one sample: what its rows were at the start and after every step."""

    _rows: list[Hashable] = field(default_factory=list)
    _probabilities: list[tuple[float, ...]] = field(default_factory=list)
    """Before each step."""

    def step(self, shown: Shown, state: TaskState) -> None:
        """The shown sample steps on to `state`; steps that were undone are forgotten."""
        walked = len(self.footprints(shown))
        here = _rows_of(shown, shown.state)
        self._rows[walked:] = [here, _rows_of(shown, state)]
        self._probabilities[walked:] = [tuple(shown.result.probabilities[shown.sample].tolist())]

    def footprints(self, shown: Shown) -> tuple[tuple[float, ...], ...]:
        """Those that led to what is shown; where the sample's rows changed otherwise, the trail ends."""
        rows = _rows_of(shown, shown.state)
        if rows not in self._rows:
            self._rows, self._probabilities = [], []
            return ()
        return tuple(self._probabilities[: self._rows.index(rows)])


def _rows_of(shown: Shown, state: TaskState) -> Hashable:
    """What a step reads and changes: one target, one prediction, and how it is meant."""
    model, sample = state.models[shown.model], shown.sample
    rows = (state.targets[sample].tobytes(), model.predictions[sample].tobytes())
    return (sample, shown.model, model.input, state.options.temperature, *rows)


def footprints(shown: Shown, class_index: int) -> tuple[Footprint, ...]:
    """Those of one class on its curve; of the true class that is the curve of the whole loss."""
    walked = shown.footprints[-MOST_FOOTPRINTS:]
    if not walked:
        return ()
    probabilities = np.array(walked)
    costs = what_if(shown, probabilities)
    whole = shown.task in (Task.MULTICLASS, Task.BINARY)
    heights = costs.losses if whole else costs.terms[:, class_index]
    column = class_index if probabilities.shape[1] > 1 else 0
    ages = range(len(walked) - 1, -1, -1)
    rows = zip(probabilities[:, column].tolist(), heights.tolist(), ages, strict=True)
    return tuple(
        Footprint(class_index, p, height if height <= shown.y_top else None, _strength(age))
        for p, height, age in rows
    )


def _strength(age: int) -> float:
    return 1 - (1 - _FAINTEST) * age / (MOST_FOOTPRINTS - 1)
