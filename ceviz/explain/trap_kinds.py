"""The usual mistakes one by one: what the shown sample would cost by each, by the bare definition."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from ceviz.core import losses
from ceviz.core.document import Convention, InputKind, Task, Unit, Vectors
from ceviz.core.traps import sigmoid_twice_floor, softmax_twice_floor
from ceviz.explain import numbers
from ceviz.explain.parts import class_name, in_unit
from ceviz.explain.trap_case import Case, Trap, TrapBar

_MOST_BARS = 6
_LN10 = math.log(10)
_EXAMPLE_WEIGHT = 3.0
_KERAS_EPSILON = 1e-7


# What all traps share


def _difference(value: float, right: float) -> str:
    if value == right or math.isnan(value - right):
        return "" if math.isnan(value - right) else "0"
    return numbers.gradient(value - right)


def _trap(
    case: Case,
    key: str,
    title: str,
    value: float,
    sentence: str,
    *lines: tuple[str, float],
    bars: Sequence[TrapBar] = (),
    right: float | None = None,
) -> Trap:
    """`right`: what it would be without the mistake, where that is not what the sample costs."""
    texts = tuple((what, numbers.term(number)) for what, number in lines)
    off = _difference(value, case.now if right is None else right)
    return Trap(key, title, _text(value), off, sentence, texts, tuple(bars))


def _text(value: float) -> str:
    return "NaN" if math.isnan(value) else numbers.term(value)


def _bars(case: Case, before: Vectors, after: Vectors) -> list[TrapBar]:
    """Of the classes that matter most, in their order."""
    largest = np.argsort(-np.maximum(case.target, before), kind="stable")[:_MOST_BARS]
    return [
        TrapBar(
            class_index=int(k),
            name=class_name(case.shown, int(k)),
            before=float(before[k]),
            after=float(after[k]),
            before_text=numbers.probability(float(before[k])),
            after_text=numbers.probability(float(after[k])),
        )
        for k in sorted(largest)
    ]


# One of K


def _of_one_class(case: Case) -> Iterator[Trap]:
    yield _softmax_twice(case)
    yield _target_as_logits(case)
    yield _questions(case)
    if case.shown.in_logits:
        yield _predicted(case)
        yield _logits_as_probabilities(case)
    yield _base(case)
    yield _weight(case)


def _softmax_twice(case: Case) -> Trap:
    given = case.probabilities
    floor = in_unit(softmax_twice_floor(case.target), case.unit)
    value = case.cost(InputKind.LOGITS, given)
    return _trap(
        case,
        "twice",
        "Softmax applied twice",
        value,
        "The same as probabilities given as logits. No class can get more than e ≈ 2.72 times what another "
        f"gets, so no model comes below {numbers.loss(floor)} here.",
        ("softmax once", case.now),
        ("softmax twice", value),
        ("the floor that no model can beat", floor),
        bars=_bars(case, given, losses.softmax(given)),
    )


def _target_as_logits(case: Case) -> Trap:
    right = case.cost(InputKind.PROBABILITIES, case.target)
    value = case.cost(InputKind.LOGITS, case.target)
    what = "A perfect one-hot" if case.shown.task is Task.MULTICLASS else "The target itself"
    return _trap(
        case,
        "perfect",
        f"{what} given as logits",
        value,
        f"It costs {numbers.loss(value)}, not {numbers.term(right)}: logits of 0 and 1 are far from certain.",
        ("given as probabilities", right),
        ("given as logits", value),
        bars=_bars(case, case.target, losses.softmax(case.target)),
        right=right,
    )


def _questions(case: Case) -> Trap:
    logits = case.shown.in_logits
    given = case.state.models[0].predictions[0]
    if logits:
        given = given / case.state.options.temperature
    kind = InputKind.LOGITS if logits else InputKind.PROBABILITIES
    value = case.cost(kind, given, Task.MULTILABEL)
    return _trap(
        case,
        "questions",
        "Sigmoid where softmax is meant" if logits else "Binary cross-entropy for one of many",
        value,
        "Every class becomes a yes/no question of its own, also those that are not true; the mean over N K "
        f"then divides by {case.count} as well.",
        (f"one choice among {case.count}", case.now),
        (f"sum of {case.count} yes/no losses", value),
        ("their mean, divided by N K", value / case.count),
        bars=_bars(case, case.probabilities, losses.sigmoid(given)) if logits else (),
    )


# Yes or no


def _of_one_question(case: Case) -> Iterator[Trap]:
    yield _sigmoid_twice(case)
    if case.shown.in_logits:
        yield _predicted(case)
        yield _logits_as_probabilities(case)
    yield _base(case)
    yield _weight(case)


def _of_labels(case: Case) -> Iterator[Trap]:
    yield _sigmoid_twice(case)
    yield _mean_of_labels(case)
    if case.shown.in_logits:
        yield _predicted(case)
        yield _logits_as_probabilities(case)
    yield _base(case)
    yield _weight(case)


def _sigmoid_twice(case: Case) -> Trap:
    given = case.probabilities
    floor = in_unit(sigmoid_twice_floor(case.target), case.unit)
    value = case.cost(InputKind.LOGITS, given)
    return _trap(
        case,
        "twice",
        "Sigmoid applied twice",
        value,
        "The same as probabilities given as logits. A sigmoid of a probability lies between 0.5 and 0.731, "
        f"so no model comes below {numbers.loss(floor)} here.",
        ("sigmoid once", case.now),
        ("sigmoid twice", value),
        ("the floor that no model can beat", floor),
        bars=_bars(case, given, losses.sigmoid(given)),
    )


def _mean_of_labels(case: Case) -> Trap:
    value = case.now / case.count
    return _trap(
        case,
        "mean",
        "The mean over N K",
        value,
        f"PyTorch’s mean and Keras divide by the number of labels too, here by {case.count}: with more "
        "labels the same mistakes look smaller.",
        (f"sum of {case.count} labels", case.now),
        (f"divided by K = {case.count}", value),
    )


# Everywhere


def _by_keras(case: Case, probabilities: Vectors) -> float:
    value = case.cost(InputKind.PROBABILITIES, probabilities, convention=Convention.KERAS)
    # Keras' own mean over the labels is another trap.
    return value if case.shown.task.competing else value * case.count


def _predicted(case: Case) -> Trap:
    value = _by_keras(case, case.probabilities)
    if math.isclose(value, case.now, rel_tol=1e-9):
        value = case.now  # but for rounding
    most = numbers.loss(in_unit(-math.log(_KERAS_EPSILON), case.unit))
    what = "no label" if case.shown.task is Task.MULTILABEL else "none"
    return _trap(
        case,
        "predict",
        "Loss of what predict() gave",
        value,
        "Keras’s evaluate() can work from the logits, which clips nothing. A loss of what predict() gave "
        f"clips the probabilities at 1e-7: {what} costs more than {most}.",
        ("from the logits", case.now),
        ("from clipped probabilities", value),
    )


def _logits_as_probabilities(case: Case) -> Trap:
    competing = case.shown.task.competing
    how = "divides them by their sum, clips them" if competing else "clips them to 1e-7 and 1 − 1e-7"
    who = "scikit-learn refuses" if competing else "PyTorch and scikit-learn refuse"
    value = _by_keras(case, case.state.models[0].predictions[0])
    return _trap(
        case,
        "logits",
        "Logits given as probabilities",
        value,
        f"Keras {how} and prints a number; {who} what lies outside [0, 1].",
        ("given as logits", case.now),
        ("taken for probabilities by Keras", value),
    )


def _base(case: Case) -> Trap:
    bits = case.unit is Unit.BITS
    nats = case.now * numbers.LN2 if bits else case.now
    other = nats if bits else nats / numbers.LN2
    return _trap(
        case,
        "base",
        f"Another base: {'nats' if bits else 'bits'}",
        other,
        "The same loss with another logarithm. Losses can be compared in one base alone.",
        ("nats, ln", nats),
        ("bits, log₂", nats / numbers.LN2),
        ("log₁₀", nats / _LN10),
    )


def _weight(case: Case) -> Trap:
    weight = case.state.samples[0].weight
    if weight in (0.0, 1.0):
        weight = _EXAMPLE_WEIGHT
    text = numbers.short(weight, 3)
    return _trap(
        case,
        "weight",
        "A weight on one sample",
        case.now,
        "A weighted mean divides by the sum of the weights: alone in its batch a sample costs the same with "
        "any weight.",
        (f"weighted by {text}", weight * case.now),
        (f"divided by the sum of the weights, {text}", case.now),
    )


TRAPS = {
    Task.MULTICLASS: _of_one_class,
    Task.SOFT: _of_one_class,
    Task.BINARY: _of_one_question,
    Task.MULTILABEL: _of_labels,
}
"""The traps of each task, made from a case."""
