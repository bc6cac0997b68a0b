"""The parts of a loss that options or a framework's rules had a hand in, from how the evaluation worked them.

What the numbers say is taken from the terms themselves: −ln p is the term over what stands in front of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ceviz.core.activations import log_sigmoid
from ceviz.core.calls import Call
from ceviz.core.conventions import Working
from ceviz.core.document import Convention, InputKind, Precision, Task, Unit
from ceviz.explain import numbers
from ceviz.explain.part import Part, in_unit
from ceviz.explain.shown import Shown

_DEFAULT_GAMMA = 2.0
_CLAMP = 100.0
_CLAMPED = "clamped at −100"
_EPSILONS = {
    Precision.FLOAT64: float(np.finfo(np.float64).eps),
    Precision.FLOAT32: float(np.finfo(np.float32).eps),
}


def focal_gamma(shown: Shown) -> float:
    """The exponent of the focal factor; 0 without one."""
    gamma, call = shown.state.options.focal_gamma, shown.result.call
    if call is not None and "focal_gamma" in call.options:
        return _DEFAULT_GAMMA if gamma is None else gamma
    return gamma or 0.0


def is_smoothed(shown: Shown) -> bool:
    """Whether the loss is of a smoothed target, t′."""
    return shown.state.options.label_smoothing != 0


def divergence(call: Call | None) -> str:
    """Whether a call computes a divergence instead of a cross-entropy, and which."""
    if call is None or "kl" not in call.name.lower():
        return ""
    return "generalised" if call.name.startswith("generalized") else "plain"


def clip_text(shown: Shown) -> str:
    """How the shown call keeps logarithms finite."""
    call = shown.result.call
    if call is None or call.convention is Convention.OPTAX:
        return ""
    if call.convention is Convention.PYTORCH:
        return f"{_CLAMPED} nats" if shown.evaluation.unit is Unit.BITS else _CLAMPED
    epsilon = 1e-7 if call.convention is Convention.KERAS else _EPSILONS[shown.state.options.precision]
    return f"clipped at {numbers.power(epsilon, 3, strip=True)}"


def option_parts(shown: Shown, names: Sequence[str]) -> list[Part]:
    """The parts of a valid row; `names` of the classes, for binary of the two answers."""
    working = shown.result.working
    assert working is not None
    rows = _rows(shown, working)
    if shown.task.competing:
        return [_class_part(shown, k, *row) for k, row in enumerate(zip(names, rows, strict=True))]
    labels = [_label_part(shown, k, *row) for k, row in enumerate(zip(names, rows, strict=False))]
    return _answers(labels[0], names, shown.evaluation.unit) if shown.task is Task.BINARY else labels


class _Numbers(NamedTuple):
    """Of one class: effective target, p in the logarithm, p predicted, term in nats and shown, factor."""

    target: float
    used: float
    given: float
    nats: float
    value: float
    factor: float
    clipped: bool


def _rows(shown: Shown, working: Working) -> list[_Numbers]:
    sample, values = shown.sample, shown.result.terms[shown.sample]
    unit = numbers.LN2 if shown.evaluation.unit is Unit.BITS else 1.0
    ones = np.ones(len(values))
    columns = (
        working.targets[sample],
        working.probabilities[sample],
        shown.result.probabilities[sample],
        values * unit,
        values,
        ones if working.factors is None else working.factors[sample],
        ones == 0.0 if working.clipped is None else working.clipped[sample],
    )
    return [_Numbers(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _class_part(shown: Shown, index: int, name: str, row: _Numbers) -> Part:
    call, gamma = shown.result.call, focal_gamma(shown)
    weight = _without_power(row.factor, 1.0 - row.used, gamma)
    added = divergence(call)
    # In a divergence the term's rounding can exceed -t ln p of a small t; there p tells it while it is not 0.
    surprise = _surprise(row.used)
    if row.factor * row.target and not (added and row.used > 0):
        own = _own_entropy(added, row)
        surprise = max((row.nats / row.factor + own) / row.target, 0.0)
    return Part(
        index,
        name,
        row.target,
        row.given,
        surprise,
        None,
        row.value,
        weight=weight,
        gamma=gamma,
        clipped=clip_text(shown) if row.clipped and row.target else "",
        used=row.used,
        divergence=added,
    )


def _own_entropy(added: str, row: _Numbers) -> float:
    """What a divergence takes away from −t ln p."""
    if not added:
        return 0.0
    own = -row.target * math.log(row.target)
    return own - (row.used - row.target) if added == "generalised" else own


def _without_power(factor: float, rest: float, gamma: float) -> float:
    """What is left of a factor without its (1 − p)^gamma."""
    power = rest**gamma if gamma else 1.0
    return factor / power if power else 1.0


def _surprise(p: float) -> float:
    return math.inf if p <= 0 else -math.log(p) if p != 1 else 0.0


def _label_part(shown: Shown, index: int, name: str, row: _Numbers) -> Part:
    on, off = _surprises(shown, index, row)
    gamma = focal_gamma(shown)
    sure = row.target in (0.0, 1.0)
    if row.clipped and gamma:
        # Keras takes the power of p as given, but the logarithm of p clipped: the power stays a number.
        weight = off_weight = row.factor
    elif sure:
        rest = 1.0 - row.given if row.target == 1 else row.given
        weight = off_weight = _without_power(row.factor, rest, gamma)
    else:
        weight, off_weight = _weights(shown, index, row, gamma)
    if row.factor and row.target == 1:
        on = row.nats / row.factor
    elif row.factor and row.target == 0 and _counts_off(shown):
        off = row.nats / row.factor
    return Part(
        index,
        name,
        row.target,
        row.given,
        on,
        off,
        row.value,
        weight=weight,
        off_weight=off_weight if _counts_off(shown) else 0.0,
        gamma=gamma if sure and not row.clipped else 0.0,
        clipped=clip_text(shown) if row.clipped else "",
        used=row.used,
    )


def _counts_off(shown: Shown) -> bool:
    """Whether an answer "no" costs anything: scikit-learn counts only the labels that are on."""
    call = shown.result.call
    sklearn = call is not None and call.convention is Convention.SKLEARN
    return not (sklearn and shown.state.class_count > 1)


def _surprises(shown: Shown, index: int, row: _Numbers) -> tuple[float, float]:
    """−ln p and −ln(1 − p) in nats, clamped where the call clamps them."""
    call = shown.result.call
    reads_logits = call is None or call.inputs == frozenset({InputKind.LOGITS})
    keras = call is not None and call.convention is Convention.KERAS
    if shown.in_logits and (reads_logits or keras):
        logit = shown.shown_model.predictions[shown.sample][index : index + 1]
        temperature = shown.state.options.temperature
        on, off = (-float(log_sigmoid(sign * logit, temperature)[0]) for sign in (1.0, -1.0))
    else:
        on, off = _surprise(row.used), _surprise(1.0 - row.used) if row.used > 0.5 else -math.log1p(-row.used)
    if call is not None and call.convention is Convention.PYTORCH and not reads_logits:
        # A logarithm that is multiplied by 0 is left as it is: it tells what p was.
        on, off = min(on, _CLAMP) if row.target else on, min(off, _CLAMP) if row.target != 1 else off
    return on, off


def _weights(shown: Shown, index: int, row: _Numbers, gamma: float) -> tuple[float, float]:
    """What stands in front of the answers yes and no of a target between 0 and 1."""
    options, call = shown.state.options, shown.result.call
    if call is not None and options.pos_weight is None:
        return row.factor, row.factor
    weight = 1.0 if options.class_weights is None else options.class_weights[index]
    on = weight * (1.0 if options.pos_weight is None else options.pos_weight[index])
    if call is not None:
        return on, weight
    alpha = options.focal_alpha
    shares = (1.0, 1.0) if not isinstance(alpha, float) else (alpha, 1.0 - alpha)
    return on * shares[0] * (1.0 - row.given) ** gamma, weight * shares[1] * row.given**gamma


def _answers(label: Part, names: Sequence[str], unit: Unit) -> list[Part]:
    """A label as two answers, yes and no."""
    no = replace(
        label,
        class_index=1,
        target=1.0 - label.target,
        probability=1.0 - label.probability,
        surprise=math.inf if label.off_surprise is None else label.off_surprise,
        weight=label.off_weight,
        used=None if label.used is None else 1.0 - label.used,
    )
    return [_answer(part, name, label.value, unit) for part, name in zip((label, no), names, strict=True)]


def _answer(part: Part, name: str, loss: float, unit: Unit) -> Part:
    """For a target of 0 or 1 the loss itself, so that the two numbers agree to the last digit."""
    share = part.weight * part.target
    value = loss if part.target == 1 else in_unit(share * part.surprise, unit) if share else 0.0
    # PyTorch clamps the logarithm of the one answer and leaves that of the other as it is.
    left = part.clipped.startswith(_CLAMPED) and part.surprise != _CLAMP
    clipped = part.clipped if value and not left else ""
    return replace(part, name=name, value=value, off_surprise=None, clipped=clipped)
