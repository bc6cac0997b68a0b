"""Every change a person can make to a task, as a pure function from state to state. Import them from here.

None changes the state it is given; arrays of the new one are read-only. What cannot be done raises ValueError
with a sentence for the person. Indices count from 0, people from 1. Nothing is normalised, clipped or rounded
unasked.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from ceviz.core import losses
from ceviz.core.checks import check, row_faults
from ceviz.core.conventions import is_plain
from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, Unit, Vectors
from ceviz.core.dragging import (
    drag_probability,
    drag_shares,
    drag_target,
    drag_target_shares,
    whole_steps,
)
from ceviz.core.evaluation import evaluate
from ceviz.core.options import (
    set_class_weights,
    set_convention,
    set_focal,
    set_label_smoothing,
    set_option_number,
    set_pos_weight,
    set_precision,
    set_reduction,
    set_temperature,
    set_unit,
    switch_off,
    switch_on,
    with_fitting_call,
)
from ceviz.core.parts import (
    near_one,
    require,
    require_prediction,
    require_target,
    with_model,
    with_number,
    with_predictions,
    with_row,
    with_samples,
    with_targets,
)
from ceviz.core.structure import (
    add_class,
    add_model,
    add_sample,
    append_blank_samples,
    copy_model,
    duplicate_class,
    duplicate_sample,
    move_class,
    move_sample,
    remove_class,
    remove_model,
    remove_samples,
    rename_class,
    rename_model,
    rename_sample,
    set_ignored,
    set_weight,
    swap_models,
)

__all__ = [
    "add_class",
    "add_model",
    "add_sample",
    "choose_true_class",
    "copy_model",
    "drag_probability",
    "drag_shares",
    "drag_target",
    "drag_target_shares",
    "duplicate_class",
    "duplicate_sample",
    "move_class",
    "move_sample",
    "normalise_all",
    "normalise_prediction",
    "normalise_target",
    "remove_class",
    "remove_model",
    "remove_samples",
    "rename_class",
    "rename_model",
    "rename_sample",
    "set_class_weights",
    "set_convention",
    "set_focal",
    "set_ignored",
    "set_input",
    "set_label_smoothing",
    "set_option_number",
    "set_pos_weight",
    "set_precision",
    "set_prediction",
    "set_predictions_block",
    "set_reduction",
    "set_target",
    "set_targets_block",
    "set_temperature",
    "set_unit",
    "set_weight",
    "step_along_gradient",
    "swap_models",
    "switch_off",
    "switch_on",
    "toggle_label",
    "whole_steps",
]


def set_prediction(state: TaskState, model: int, sample: int, class_index: int, value: float) -> TaskState:
    """One predicted number, kept as typed: a probability outside 0 to 1 is kept too, and becomes an issue."""
    require_prediction(state, model, sample, class_index)
    predictor = state.models[model]
    _require_numbers(np.array(value), predictor.input)
    return with_predictions(state, model, with_number(predictor.predictions, sample, class_index, value))


def set_target(state: TaskState, sample: int, class_index: int, value: float) -> TaskState:
    """One number of a target, kept as typed."""
    require_target(state, sample, class_index)
    _require_numbers(np.array(value), InputKind.PROBABILITIES)
    return with_targets(state, with_number(state.targets, sample, class_index, value))


def choose_true_class(state: TaskState, sample: int, class_index: int) -> TaskState:
    """The target 1 for one class, 0 for the rest; of a single class, class 1 stands for its absence."""
    require(sample, state.sample_count, "sample")
    require(class_index, max(state.class_count, 2), "class")
    row = np.arange(state.class_count) == class_index
    return with_targets(state, with_row(state.targets, sample, row))


def toggle_label(state: TaskState, sample: int, class_index: int) -> TaskState:
    """A label turned on where it is not fully on, off where it is."""
    require_target(state, sample, class_index)
    on = state.targets[sample, class_index] == 1.0
    return with_targets(state, with_number(state.targets, sample, class_index, 0.0 if on else 1.0))


def normalise_prediction(state: TaskState, model: int, sample: int) -> TaskState:
    """The probabilities of a row divided by their sum."""
    require_prediction(state, model, sample, 0)
    predictor = state.models[model]
    if predictor.input is InputKind.LOGITS:
        raise ValueError("Logits need not sum to 1.")
    row = _normalised(predictor.predictions[sample])
    return with_predictions(state, model, with_row(predictor.predictions, sample, row))


def normalise_target(state: TaskState, sample: int) -> TaskState:
    """The numbers of a target divided by their sum."""
    require_target(state, sample, 0)
    return with_targets(state, with_row(state.targets, sample, _normalised(state.targets[sample])))


def normalise_all(state: TaskState, model: int) -> TaskState:
    """Every row of competing probabilities whose only fault is its sum, divided by it; the others stay."""
    require(model, len(state.models), "model")
    predictor = state.models[model]
    if predictor.input is InputKind.LOGITS:
        raise ValueError("Logits need not sum to 1.")
    rows = predictor.predictions.copy()
    _, off_sum = row_faults(rows)
    mended = off_sum & rows.any(axis=1)
    rows[mended] /= rows[mended].sum(axis=1, keepdims=True)
    return with_predictions(state, model, rows)


def _normalised(row: Vectors) -> Vectors:
    if (row < 0.0).any():
        raise ValueError("A row with a negative number cannot be normalised.")
    if not row.any():
        raise ValueError("All numbers are 0: there is nothing to divide by.")
    row = near_one(row)
    normalised: Vectors = row / row.sum()
    return normalised


def set_predictions_block(
    state: TaskState, task: Task, model: int, sample: int, class_index: int, rows: ArrayLike
) -> TaskState:
    """A block of predicted numbers, its top left at a cell; rows beyond the end add samples."""
    require(model, len(state.models), "model")
    block = _block(state, sample, class_index, rows, state.models[model].input)
    state = _with_room_for(state, task, sample + len(block))
    predictions = _pasted(state.models[model].predictions, sample, class_index, block)
    return with_predictions(state, model, predictions)


def set_targets_block(
    state: TaskState, task: Task, sample: int, class_index: int, rows: ArrayLike
) -> TaskState:
    """A block of target numbers, its top left at a cell; rows beyond the end add samples."""
    block = _block(state, sample, class_index, rows, InputKind.PROBABILITIES)
    state = _with_room_for(state, task, sample + len(block))
    return with_targets(state, _pasted(state.targets, sample, class_index, block))


def _block(state: TaskState, sample: int, class_index: int, rows: ArrayLike, kind: InputKind) -> Vectors:
    require(sample, state.sample_count + 1, "sample")
    require(class_index, state.class_count, "class")
    block = np.array(rows, dtype=np.float64, ndmin=2)
    if class_index + block.shape[1] > state.class_count:
        room = state.class_count - class_index
        raise ValueError(f"{block.shape[1]} columns do not fit: there is room for {room} from here.")
    _require_numbers(block, kind)
    return block


def _with_room_for(state: TaskState, task: Task, count: int) -> TaskState:
    first = state.sample_count
    return append_blank_samples(state, task, [f"Sample {n + 1}" for n in range(first, count)])


def _pasted(rows: Vectors, sample: int, class_index: int, block: Vectors) -> Vectors:
    copy = rows.copy()
    copy[sample : sample + block.shape[0], class_index : class_index + block.shape[1]] = block
    return copy


def set_input(state: TaskState, task: Task, model: int, kind: InputKind) -> TaskState:
    """A model's predictions as logits or as probabilities, converted so that its losses stay.

    Logits are T ln p, and T (ln p - ln(1 - p)) where the classes do not compete. Losses stay within rounding;
    but of logits far apart, small probabilities may round to 0, and a row of competing probabilities that
    sums to s, not exactly 1, becomes p / s, which moves its loss by ln s: by 9e-6 where s is 1.000009. A row
    with an issue has no loss to keep: ValueError. A call that does not take the new kind gives way to the
    usual one.
    """
    require(model, len(state.models), "model")
    predictor = state.models[model]
    if predictor.input is kind:
        return state
    _require_no_issue(replace(state, models=(predictor,)), task)
    convert = _logits_of if kind is InputKind.LOGITS else _probabilities_of
    converted = convert(predictor.predictions, task, state.options.temperature)
    changed = with_predictions(with_model(state, model, replace(predictor, input=kind)), model, converted)
    return with_fitting_call(changed, task)


@np.errstate(all="ignore")
def _logits_of(probabilities: Vectors, task: Task, temperature: float) -> Vectors:
    logits = np.log(probabilities)
    if not task.competing:
        logits -= np.log1p(-probabilities)
    return logits * temperature


def _probabilities_of(logits: Vectors, task: Task, temperature: float) -> Vectors:
    return (losses.softmax if task.competing else losses.sigmoid)(logits, temperature)


@np.errstate(over="ignore")
def step_along_gradient(state: TaskState, task: Task, model: int, sample: int, rate: float) -> TaskState:
    """A row moved by one step of training: z - rate dL/dz, the loss in nats.

    Probabilities move as the logits behind them do, and stay probabilities; one that is 0 stays 0.
    ValueError for a row with an issue.
    """
    require_prediction(state, model, sample, 0)
    predictor = state.models[model]
    _require_no_issue(with_samples(replace(state, models=(predictor,)), [sample]), task, sample)
    if not math.isfinite(rate):
        raise ValueError("The size of a step is a finite number.")
    row, target = predictor.predictions[sample], state.targets[sample]
    temperature = state.options.temperature if predictor.input is InputKind.LOGITS else 1.0
    logits = row if predictor.input is InputKind.LOGITS else _logits_of(row, task, temperature)
    if is_plain(state.options):
        slope = _slope(target, logits, task, temperature)
    else:
        slope = _slope_by_options(state, task, target, logits)
    stepped = logits - rate * slope
    if predictor.input is InputKind.PROBABILITIES:
        stepped = _probabilities_of(stepped, task, temperature)
    return with_predictions(state, model, with_row(predictor.predictions, sample, stepped))


def _slope(target: Vectors, logits: Vectors, task: Task, temperature: float) -> Vectors:
    if task.competing:
        return losses.cross_entropy_gradient_from_logits(target, logits, temperature)
    return losses.binary_cross_entropy_gradient_from_logits(target, logits, temperature)


def _slope_by_options(state: TaskState, task: Task, target: Vectors, logits: Vectors) -> Vectors:
    """The gradient with respect to the logits of the loss as the options compute it."""
    model = Model("", InputKind.LOGITS, logits[None, :])
    alone = replace(state, samples=(Sample(""),), targets=target[None, :], models=(model,))
    slope: Vectors = evaluate(set_unit(alone, Unit.NATS), task).models[0].gradients[0]
    if np.isnan(slope).any():
        raise ValueError("The loss has no slope here.")
    return slope


def _require_no_issue(state: TaskState, task: Task, first: int = 0) -> None:
    """Raise ValueError for the first issue of the predictions; `first`: the number of the first sample."""
    for issue in check(state, task):
        if issue.model is not None:
            raise ValueError(f"Sample {first + issue.sample + 1}: {issue.message}.")


def _require_numbers(numbers: Vectors, kind: InputKind) -> None:
    if np.isnan(numbers).any():
        raise ValueError("That is not a number.")
    if kind is InputKind.PROBABILITIES and np.isinf(numbers).any():
        raise ValueError("Only a logit can be infinite.")
