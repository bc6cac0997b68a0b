"""Edits of how the loss is computed, and what is wrong with options. Import edits from `ceviz.core.edits`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ceviz.core.activations import require_temperature
from ceviz.core.calls import call_fault
from ceviz.core.document import Convention, LossOptions, Precision, Reduction, Task, TaskState, Unit


def options_fault(state: TaskState, task: Task) -> tuple[str, str] | None:
    """The first option that cannot be meant: its place, as in a document, and what is wrong with it."""
    return next(_faults(state, task), None)


def _faults(state: TaskState, task: Task) -> Iterator[tuple[str, str]]:
    options, count = state.options, state.class_count
    if fault := call_fault(options, task, {model.input for model in state.models}):
        yield "call", fault
    if not 0.0 <= options.label_smoothing <= 1.0:
        yield "label_smoothing", f"expected a number from 0 to 1, got {options.label_smoothing:g}"
    yield from _weight_faults("class_weights", options.class_weights, count)
    if options.pos_weight is not None and task.competing:
        yield "pos_weight", f"is for binary and multilabel, not for {task}"
    yield from _weight_faults("pos_weight", options.pos_weight, count)
    if options.focal_gamma is not None and not 0.0 <= options.focal_gamma < math.inf:
        yield "focal_gamma", f"expected a number of at least 0, got {options.focal_gamma:g}"
    yield from _alpha_faults(options.focal_alpha, task, count)


def _weight_faults(name: str, weights: Sequence[float] | None, count: int) -> Iterator[tuple[str, str]]:
    if weights is None:
        return
    if len(weights) != count:
        yield name, f"expected {count} {'number' if count == 1 else 'numbers'}, got {len(weights)}"
    for k, weight in enumerate(weights):
        if not 0.0 <= weight < math.inf:
            yield f"{name}[{k}]", f"expected a number of at least 0, got {weight:g}"


def _alpha_faults(
    alpha: float | tuple[float, ...] | None, task: Task, count: int
) -> Iterator[tuple[str, str]]:
    if isinstance(alpha, tuple):
        if not task.competing:
            yield "focal_alpha", f"expected a number or null for {task}, got a list"
        yield from _weight_faults("focal_alpha", alpha, count)
    elif alpha is not None and not 0.0 <= alpha <= 1.0:
        yield "focal_alpha", f"expected a number from 0 to 1, got {alpha:g}"


def _with_options(state: TaskState, task: Task, **changes: Any) -> TaskState:
    changed = replace(state, options=replace(state.options, **changes))
    if fault := options_fault(changed, task):
        place, what = fault
        name = place.partition("[")[0].replace("_", " ")
        raise ValueError(f"{name.capitalize()}: {what}.")
    return changed


def set_unit(state: TaskState, unit: Unit) -> TaskState:
    """Losses in nats or bits."""
    return replace(state, options=replace(state.options, unit=unit))


def set_reduction(state: TaskState, reduction: Reduction) -> TaskState:
    """What becomes of the losses of the batch."""
    return replace(state, options=replace(state.options, reduction=reduction))


def set_temperature(state: TaskState, value: float) -> TaskState:
    """The number that logits are divided by."""
    require_temperature(value)
    return replace(state, options=replace(state.options, temperature=float(value)))


def set_convention(
    state: TaskState, task: Task, convention: Convention, call: str | None = None
) -> TaskState:
    """Whose rules the loss follows, by which of its functions; None is the usual one."""
    return _with_options(state, task, convention=convention, call=call)


def set_precision(state: TaskState, precision: Precision) -> TaskState:
    """Which floating point numbers are computed with."""
    return replace(state, options=replace(state.options, precision=precision))


def set_label_smoothing(state: TaskState, task: Task, value: float) -> TaskState:
    """How much of the target is spread evenly, from 0 (off) to 1."""
    return _with_options(state, task, label_smoothing=float(value))


def set_class_weights(state: TaskState, task: Task, weights: Sequence[float] | None) -> TaskState:
    """One weight per class; None turns them off."""
    return _with_options(state, task, class_weights=_numbers(weights))


def set_pos_weight(state: TaskState, task: Task, weights: Sequence[float] | None) -> TaskState:
    """One weight per label for its being on; None turns them off."""
    return _with_options(state, task, pos_weight=_numbers(weights))


def set_focal(
    state: TaskState, task: Task, gamma: float | None, alpha: float | Sequence[float] | None = None
) -> TaskState:
    """The focal loss: its gamma, and its alpha, one per class if need be; None is off."""
    single = alpha is None or isinstance(alpha, int | float)
    return _with_options(
        state,
        task,
        focal_gamma=None if gamma is None else float(gamma),
        focal_alpha=alpha if single else _numbers(alpha),  # type: ignore[arg-type]  # told apart by `single`
    )


def _numbers(weights: Sequence[float] | None) -> tuple[float, ...] | None:
    return None if weights is None else tuple(float(weight) for weight in weights)


FIRST_VALUES = {"label_smoothing": 0.1, "focal_gamma": 2.0, "focal_alpha": 0.25}
"""What an option is when it is switched on; weights are 1."""


def switch_on(state: TaskState, task: Task, option: str) -> TaskState:
    """An option with a value to begin with."""
    first = FIRST_VALUES.get(option)
    return _with_options(state, task, **{option: (1.0,) * state.class_count if first is None else first})


def switch_off(state: TaskState, task: Task, option: str) -> TaskState:
    """The state without an option."""
    return _with_options(state, task, **{option: 0.0 if option == "label_smoothing" else None})


def set_option_number(state: TaskState, task: Task, option: str, place: int, number: float) -> TaskState:
    """One number of an option that is on; `place` is a class where it has one per class."""
    value = getattr(state.options, option)
    if isinstance(value, tuple):
        changed = (*value[:place], float(number), *value[place + 1 :])
        return _with_options(state, task, **{option: changed})
    return _with_options(state, task, **{option: float(number)})


def with_fitting_call(state: TaskState, task: Task) -> TaskState:
    """The state with the usual call, where the one it names does not take what its models give."""
    if call_fault(state.options, task, {model.input for model in state.models}):
        return replace(state, options=replace(state.options, call=None))
    return state


def options_of_classes(options: LossOptions, order: Sequence[int]) -> LossOptions:
    """The options with what they hold per class in another order; -1 stands for a new class."""

    def ordered(numbers: tuple[float, ...] | None, blank: float) -> tuple[float, ...] | None:
        return None if numbers is None else tuple(blank if k < 0 else numbers[k] for k in order)

    alpha = options.focal_alpha
    return replace(
        options,
        class_weights=ordered(options.class_weights, 1.0),
        pos_weight=ordered(options.pos_weight, 1.0),
        focal_alpha=ordered(alpha, 1.0) if isinstance(alpha, tuple) else alpha,
    )
