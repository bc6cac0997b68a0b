"""What a model costs that has learnt nothing yet: ln K, which training should start at and get below."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from ceviz.core.conventions import is_plain
from ceviz.core.document import InputKind, LossOptions, Model, Sample, Task, TaskState, Unit, vectors
from ceviz.core.evaluation import evaluate
from ceviz.explain import numbers
from ceviz.explain.charts import Axis, AxisMark
from ceviz.explain.formulas import log_name
from ceviz.explain.parts import in_unit
from ceviz.explain.shown import Shown

_SAME = 1e-6


def fresh_loss(shown: Shown) -> float | None:
    """The loss of a model that gives every class, or both answers, the same probability, in the shown unit.

    ln K; ln 2 for binary; K ln 2 for K labels. By options or a framework what it computes there; None where
    that depends on the target, as with class weights.
    """
    state = shown.state
    return _fresh_loss(shown.task, state.class_count, state.options, shown.shown_model.input)


@lru_cache(maxsize=64)
def _fresh_loss(task: Task, class_count: int, options: LossOptions, kind: InputKind) -> float | None:
    if is_plain(options):
        return _defined(task, class_count, options.unit)
    targets = _targets(task, class_count)
    share = 0.0 if kind is InputKind.LOGITS else 1.0 / class_count if task.competing else 0.5
    model = Model("", kind, vectors(np.full(targets.shape, share)))
    names = tuple(map(str, range(class_count)))
    samples = (Sample(""),) * len(targets)
    losses = evaluate(TaskState(names, samples, vectors(targets), (model,), options), task).models[0].losses
    return float(losses[0]) if np.allclose(losses, losses[0], rtol=_SAME, atol=_SAME) else None


def _defined(task: Task, class_count: int, unit: Unit) -> float:
    if task.competing:
        return in_unit(float(np.log(class_count)), unit)
    return in_unit(class_count * numbers.LN2, unit)


def _targets(task: Task, class_count: int) -> np.ndarray:
    """Targets that are as different as they can be."""
    one_hot = np.eye(class_count)
    if task is Task.MULTICLASS:
        return one_hot
    if task is Task.SOFT:
        return np.vstack((one_hot, np.full(class_count, 1.0 / class_count)))
    return np.vstack((np.zeros(class_count), np.ones(class_count), one_hot))


def axis_top(shown: Shown, top: float) -> float:
    """How far an axis of whole losses has to reach that ends at `top` otherwise."""
    mark = _mark(shown)
    return top if mark is None else max(top, mark.value)


def marked(axis: Axis, shown: Shown, per_label: bool = False) -> Axis:
    """The axis of whole losses with the fresh model's as a mark, where that is wanted and lies on it.

    `per_label`: it is the axis of one label's loss.
    """
    mark = _mark(shown, per_label)
    return axis if mark is None or mark.value > axis.high else replace(axis, mark=mark)


def _mark(shown: Shown, per_label: bool = False) -> AxisMark | None:
    value = fresh_loss(shown) if shown.fresh else None
    if not value or not np.isfinite(value):
        return None
    count = shown.state.class_count
    if per_label:
        value /= count
    labels = 1 if per_label or shown.task.competing else count
    log = f"{log_name(shown.evaluation.unit)} {count if shown.task.competing else 2}"
    formula = f"{labels} {log}" if labels > 1 else log
    defined = _defined(shown.task, count, shown.evaluation.unit) / (count if per_label else 1)
    text = _text(value)
    if np.isclose(value, defined, rtol=_SAME, atol=0.0):
        text = f"{formula} {'=' if text.isdecimal() else '≈'} {text}"
    return AxisMark(value, f"fresh model: {text}", text)


def _text(value: float) -> str:
    """A whole number where it is one, as log₂ 4 is."""
    return str(round(value)) if abs(value - round(value)) < 1e-12 else numbers.loss(value)
