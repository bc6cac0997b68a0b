"""The batch as a table to read: what stands in each row, and what under them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.explain.axes import loss_axis
from ceviz.explain.charts import Axis
from ceviz.explain.fresh_model import axis_top, marked
from ceviz.explain.option_parts import clip_text
from ceviz.explain.parts import issue_text, splits
from ceviz.explain.sentences import batch_remarks
from ceviz.explain.shown import Shown

_LONG_WEIGHT = 1e5
"""From here on a weight is written with a power of ten: more figures find no room beside a name."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One sample. `class_index` is its true class, None for soft targets and labels.

    `loss` is NaN where the row is no distribution; `problem` then says why. `floor`: of a soft target.
    """

    sample: int
    name: str
    class_index: int | None
    targets: tuple[float, ...]
    probabilities: tuple[float, ...]
    terms: tuple[float, ...]
    loss: float
    loss_text: str
    floor: float | None
    problem: str
    clipped: str
    """How a logarithm was kept finite; empty where none was."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchTable:
    """The rows are made when they are asked for: of ten thousand a few are in sight."""

    shown: Shown
    axis: Axis
    sum_text: str
    mean: float | None
    """Where the mean line stands; None where the mean is infinite or undefined."""
    mean_text: str
    remarks: tuple[str, ...]
    """What sum and mean leave unsaid, from long to short."""

    @property
    def sample_count(self) -> int:
        """N."""
        return self.shown.state.sample_count

    @property
    def has_infinite(self) -> bool:
        return bool(np.isinf(self.shown.result.losses).any())

    def row(self, sample: int) -> BatchRow:
        """What stands in one row."""
        shown, result = self.shown, self.shown.result
        loss, entropy = float(result.losses[sample]), shown.evaluation.entropy
        issues = shown.evaluation.issues_of(sample, shown.model)
        floor = None
        if shown.task is Task.SOFT and entropy is not None and splits(shown, sample):
            floor = float(entropy[sample])
        return BatchRow(
            sample=sample,
            name=sample_name(shown, sample),
            class_index=true_class_of(shown, sample),
            targets=tuple(shown.state.targets[sample].tolist()),
            probabilities=tuple(result.probabilities[sample].tolist()),
            terms=tuple(result.terms[sample].tolist()),
            loss=loss,
            loss_text="" if math.isnan(loss) else numbers.loss(loss),
            floor=floor,
            problem=issue_text(shown, issues[0]) if issues else "",
            clipped=clip_note(shown, sample),
        )


def batch_table(shown: Shown) -> BatchTable:
    """All samples of the shown model."""
    result = shown.result
    return BatchTable(
        shown=shown,
        axis=batch_axis(shown),
        sum_text=_total(result.sum),
        mean=result.mean if math.isfinite(result.mean) else None,
        mean_text=_total(result.mean),
        remarks=batch_remarks(shown),
    )


def batch_axis(shown: Shown) -> Axis:
    """The axis of all losses of the shown model."""
    return marked(loss_axis(shown.result.losses, shown.state.options.unit, least=axis_top(shown, 0.0)), shown)


def sample_name(shown: Shown, sample: int) -> str:
    """What a sample is called in the batch: its true class where it has one, else its own name."""
    state, index = shown.state, true_class_of(shown, sample)
    if index is None:
        return state.samples[sample].name
    if shown.task is Task.BINARY:
        return f"not {state.classes[0]}" if index else state.classes[0]
    return state.classes[index]


def sample_note(shown: Shown, sample: int) -> str:
    """How a sample counts, where it does not count like any other."""
    described = shown.state.samples[sample]
    if described.ignored:
        return "ignored"
    if described.weight == 1:
        return ""
    if described.weight >= _LONG_WEIGHT:
        return f"× {numbers.power(described.weight, 3, strip=True)}"
    return f"× {numbers.short(described.weight, 3)}"


def clip_note(shown: Shown, sample: int) -> str:
    """How a logarithm of a sample was kept finite; empty where none was."""
    working = shown.result.working
    if working is None or working.clipped is None:
        return ""
    counts = working.targets[sample] != 0 if shown.task.competing else True
    return clip_text(shown) if bool((working.clipped[sample] & counts).any()) else ""


def true_class_of(shown: Shown, sample: int) -> int | None:
    target = shown.state.targets[sample]
    if shown.task is Task.MULTICLASS:
        return int(target.argmax())
    if shown.task is Task.BINARY:
        return 0 if target[0] >= 0.5 else 1
    return None


def _total(value: float) -> str:
    return "" if math.isnan(value) else numbers.loss(value)
