"""What the gradient of each input is worked out from, besides p: the shape of its formula and its numbers.

A focal factor changes the gradient as a weight would: by φ(p) = (1 − p)^γ − γ p (1 − p)^(γ − 1) ln p.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

import numpy as np

from ceviz.core.document import Convention, Task, Vectors
from ceviz.explain import focal
from ceviz.explain.lowest import class_counts, class_factors
from ceviz.explain.option_parts import focal_gamma
from ceviz.explain.option_terms import averages
from ceviz.explain.parts import class_name, effective_target, shown_probabilities, surprises
from ceviz.explain.shown import Shown

_GENERALISED = "generalized_kl_divergence"
_PYTORCH_FLOOR = 1e-12


class Shape(Enum):
    """Of the formula, without its divisor. m and n stand for factors, S for the sum of all m t."""

    DIFFERENCE = auto()
    """m (p − t)"""
    SPREAD = auto()
    """p S − m t"""
    QUOTIENT = auto()
    """−m t / p"""
    LIFTED = auto()
    """m (n − t / p)"""
    SPREAD_LIFTED = auto()
    """S − m t / p"""
    ANSWERS = auto()
    """n (1 − t) p − m t (1 − p)"""
    OFF_QUOTIENT = auto()
    """m / (1 − p)"""
    LABEL_QUOTIENT = auto()
    """m (p − t) / (p (1 − p))"""
    FLOORED = auto()
    """m (p − t) / 10⁻¹²"""
    ANSWER_QUOTIENTS = auto()
    """n (1 − t) / (1 − p) − m t / p"""


class Factor(NamedTuple):
    """A number given by options, and φ(p)."""

    weight: float = 1.0
    pull: float = 1.0


@dataclass(frozen=True, slots=True)
class Slope:
    """The gradient of one input; `surprise` is −ln p, `n` also stands for S."""

    class_index: int
    name: str
    target: float
    probability: float
    surprise: float
    shape: Shape
    m: Factor
    n: Factor


def slopes(shown: Shown) -> list[Slope]:
    """Of every input of a valid row."""
    shaped = _of_classes(shown) if shown.task.competing else _of_labels(shown)
    numbers = (effective_target(shown), shown_probabilities(shown), surprises(shown, 1.0))
    rows = zip(*(column.tolist() for column in numbers), shaped, strict=True)
    return [
        Slope(k, class_name(shown, k), target, p, surprise, *shape)
        for k, (target, p, surprise, shape) in enumerate(rows)
    ]


def divisors(shown: Shown) -> list[float]:
    """What every gradient is divided by, besides the ln 2 of bits: a temperature, the labels of a mean."""
    temperature, count = shown.state.options.temperature, shown.state.class_count
    found = [temperature] if shown.in_logits and temperature != 1 else []
    return [*found, float(count)] if count > 1 and averages(shown) else found


def lifted(shown: Shown) -> bool:
    """Whether the gradient of a probability has a part that is the same for all classes.

    Keras divides p by its sum, a generalised divergence adds it.
    """
    call = shown.result.call
    if call is None or not shown.task.competing or shown.in_logits:
        return False
    return call.name == _GENERALISED or (call.convention is Convention.KERAS and "KL" not in call.name)


def alike(shown: Shown) -> bool:
    """Whether all classes have the same factor."""
    return bool(not focal_gamma(shown) and np.ptp(class_factors(shown)) == 0)


def as_one(shown: Shown) -> bool:
    """Whether one factor stands before all gradients: that of all classes, or that of the true one."""
    return alike(shown) or bool(effective_target(shown).max() == 1)


def sum_of_p(shown: Shown) -> float:
    """What Keras divides probabilities by."""
    working = shown.result.working
    off = working is not None and working.renormalised is not None and working.renormalised[shown.sample]
    return float(shown_probabilities(shown).sum()) if off else 1.0


def _of_classes(shown: Shown) -> list[tuple[Shape, Factor, Factor]]:
    weights = class_factors(shown)
    gamma = focal_gamma(shown)
    pulls = focal.pull(surprises(shown, 1.0), gamma) if gamma else np.ones(len(weights))
    factors = [Factor(*pair) for pair in zip(weights.tolist(), pulls.tolist(), strict=True)]
    raised, total = lifted(shown), sum_of_p(shown)
    if as_one(shown):
        factors = [factors[int(effective_target(shown).argmax())]] * len(factors)
        if shown.in_logits or raised:
            shape = Shape.LIFTED if raised else Shape.DIFFERENCE
            return [(shape, factor, Factor(1.0 / total)) for factor in factors]
    whole = Factor(float((class_counts(shown) * pulls).sum()) / total)
    shape = Shape.SPREAD if shown.in_logits else Shape.SPREAD_LIFTED if raised else Shape.QUOTIENT
    return [(shape, factor, whole) for factor in factors]


def _of_labels(shown: Shown) -> list[tuple[Shape, Factor, Factor]]:
    yes, no = answer_factors(shown)
    gamma = focal_gamma(shown)
    on, off = (focal.pull(surprises(shown, sign), gamma) for sign in (1.0, -1.0))
    columns = (effective_target(shown), yes, on, no, off)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    shaped = [_of_label(shown.in_logits, t, Factor(a, b), Factor(c, d)) for t, a, b, c, d in rows]
    return [
        (Shape.FLOORED, m, n) if low else (shape, m, n)
        for (shape, m, n), low in zip(shaped, floored(shown), strict=True)
    ]


def floored(shown: Shown) -> list[bool]:
    """Whether PyTorch's BCELoss divides by 10⁻¹² in place of a smaller p (1 − p)."""
    call, p = shown.result.call, shown_probabilities(shown)
    if call is None or call.name != "binary_cross_entropy" or shown.in_logits:
        return [False] * len(p)
    low: list[bool] = (p * (1.0 - p) < _PYTORCH_FLOOR).tolist()
    return low


def _of_label(in_logits: bool, t: float, yes: Factor, no: Factor) -> tuple[Shape, Factor, Factor]:
    """A certain answer has one factor, and of probabilities one quotient."""
    if t in (0.0, 1.0):
        quotient = Shape.QUOTIENT if t else Shape.OFF_QUOTIENT
        return Shape.DIFFERENCE if in_logits else quotient, yes if t else no, no
    if yes == no:
        return Shape.DIFFERENCE if in_logits else Shape.LABEL_QUOTIENT, yes, no
    return Shape.ANSWERS if in_logits else Shape.ANSWER_QUOTIENTS, yes, no


def answer_factors(shown: Shown) -> tuple[Vectors, Vectors]:
    """(K,) What stands in front of a label's answers yes and no, besides a focal factor."""
    options, call, ones = shown.state.options, shown.result.call, np.ones(shown.state.class_count)
    weights = ones if options.class_weights is None else np.array(options.class_weights)
    yes, no = weights if options.pos_weight is None else weights * options.pos_weight, weights
    if isinstance(options.focal_alpha, float):
        yes, no = yes * options.focal_alpha, no * (1.0 - options.focal_alpha)
    if call is not None and call.convention is Convention.SKLEARN and shown.task is Task.MULTILABEL:
        # It counts only the labels that are on; a single one becomes two columns.
        no = no * float(len(ones) == 1)
    return yes, no
