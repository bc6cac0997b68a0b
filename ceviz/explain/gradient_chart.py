"""The gradient of the shown sample's loss: where a training step would move each input, and by how much."""

from __future__ import annotations

import fractions
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ceviz.core.conventions import is_plain
from ceviz.core.document import Task, Unit
from ceviz.explain import numbers
from ceviz.explain.formulas import Formula, Fraction, Text, Variable, row, sub
from ceviz.explain.parts import Part, is_valid, parts
from ceviz.explain.shown import Shown

MOST_ARROWS = 8
_TOPS = (0.1, 0.25, 0.5, 1.0)
_HEADROOM = 1.1
_LARGEST = 1e308
"""Above it there is no round number."""
_MOST_DIGITS = 17
_TIE = 1e-14
_NEARLY_1 = 1e-7
"""A p that lacks less than this is written as 1 less what it lacks."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way a step moves one input: `height` is the negative gradient, cut off at the chart's top."""

    class_index: int
    name: str
    height: float
    value_text: str
    infinite: bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The gradient of one input worked out: "0.659 − 1 =" and "−0.341"."""

    class_index: int
    name: str
    text: str
    value_text: str


@dataclass(frozen=True, slots=True)
class GradientChart:
    """Arrows up and down from a common line, from −top to top in the shown unit."""

    formula: Formula
    top: float
    arrows: tuple[Arrow, ...]
    arithmetic: tuple[Arithmetic, ...]
    up_text: str
    down_text: str
    reading: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """p and 1 − p as they are written, and the numbers that a reader gets from them."""

    p_text: str
    rest_text: str
    p: fractions.Fraction
    rest: fractions.Fraction


def gradient_chart(
    shown: Shown, top: float | None = None, kept: Sequence[int] | None = None
) -> GradientChart:
    """The gradient with respect to the inputs as given; `top` keeps an earlier range, as while a drag lasts.

    Of many classes, those in `kept` are shown, or those with the largest gradients.
    """
    variable = "z" if shown.in_logits else "p"
    gradients = shown_gradients(shown)
    if kept is None:
        kept = sorted(sorted(range(len(gradients)), key=lambda k: -abs(gradients[k]))[:MOST_ARROWS])
    if top is None:
        top = top_of(gradients)
    every = parts(shown) if gradients else []
    chosen = [(every[k], gradients[k]) for k in kept] if gradients else []
    return GradientChart(
        formula=_formula(shown),
        top=top,
        arrows=tuple(_arrow(part, gradient, top) for part, gradient in chosen),
        arithmetic=tuple(_arithmetic(shown, part, gradient) for part, gradient in chosen),
        up_text=f"raise {variable} ↑",
        down_text=f"lower {variable} ↓",
        reading=_reading(shown) if gradients else "",
    )


def shown_gradients(shown: Shown) -> list[float]:
    """The gradients of the shown row; none where it has no loss, or one of them is not a number."""
    gradients: list[float] = shown.result.gradients[shown.sample].tolist() if is_valid(shown) else []
    return [] if any(map(math.isnan, gradients)) else gradients


def top_of(gradients: Sequence[float]) -> float:
    """A round number above every finite gradient."""
    largest = max((abs(g) for g in gradients if math.isfinite(g)), default=0.0) * _HEADROOM
    if largest == 0:
        return 1.0
    if largest > _LARGEST:
        return sys.float_info.max
    scale = 10.0 ** max(math.ceil(math.log10(largest)), 0)
    return next(top * scale for top in _TOPS if top * scale >= largest)


def _arrow(part: Part, gradient: float, top: float) -> Arrow:
    height = min(max(-gradient, -top), top) + 0.0  # never a negative zero
    infinite = math.isinf(gradient)
    return Arrow(part.class_index, part.name, height, numbers.gradient(-gradient), infinite)


def _formula(shown: Shown) -> Formula:
    """∂L/∂z = p − t or what it is for the inputs as given, with the divisors that T and bits bring in.

    By the rules of a framework, or with options, it is another; the name alone then stands there.
    """
    t, p, z = _symbols(shown)
    name = Fraction(row("∂", Variable("L")), row("∂", z))
    if not is_plain(shown.state.options):
        return name
    divisor = _divisor(shown)
    over: Formula = row(p, " − ", t)
    if shown.in_logits:
        slope = Fraction(over, Text(divisor)) if divisor else over
    elif shown.task.competing:
        slope = row("−", Fraction(t, row(p, f" {divisor}") if divisor else p))
    else:
        slope = Fraction(over, row(p, " (1 − ", p, f") {divisor}".rstrip()))
    return row(name, " = ", slope)


def _symbols(shown: Shown) -> tuple[Formula, Formula, Formula]:
    letters = ("t", "p", "z" if shown.in_logits else "p")
    if shown.task is Task.BINARY:
        t, p, z = map(Variable, letters)
        return t, p, z
    index = "k" if shown.task is Task.MULTILABEL else "i"
    return sub(letters[0], index), sub(letters[1], index), sub(letters[2], index)


def _divisor(shown: Shown) -> str:
    """What the gradient is divided by besides: the temperature, and ln 2 for bits."""
    temperature = shown.state.options.temperature
    factors = [numbers.typed(temperature)] if shown.in_logits and temperature != 1 else []
    return " ".join(factors + (["ln 2"] if shown.evaluation.unit is Unit.BITS else []))


def _arithmetic(shown: Shown, part: Part, gradient: float) -> Arithmetic:
    """The digits of p and t are as many as it takes for the result that is read to be right.

    Only the gradient of the bare definition is worked out.
    """
    value_text = numbers.gradient(gradient)
    if not is_plain(shown.state.options):
        return Arithmetic(part.class_index, part.name, "=", value_text)
    agreeing = (text for text, worth in _workings(shown, part, gradient) if _reads(worth, value_text))
    text = next(agreeing, "") or _written(shown, numbers.typed(part.target), _reading_of(part, _MOST_DIGITS))
    divisor = _divisor(shown)
    if divisor:
        text = f"({text}) / ({divisor})" if divisor.count(" ") > 1 else f"({text}) / {divisor}"
    return Arithmetic(part.class_index, part.name, f"{text} =", value_text)


def _reads(worth: float, value_text: str) -> bool:
    """Whether a number is written so; one just between two may be rounded either way."""
    return any(numbers.gradient(worth * nudge) == value_text for nudge in (1.0, 1 - _TIE, 1 + _TIE))


def _workings(shown: Shown, part: Part, gradient: float) -> Iterator[tuple[str, float]]:
    """The gradient as it is worked out with more and more digits, and what a reader gets from it."""
    for digits in range(3, _MOST_DIGITS + 1):
        target_text = numbers.short(part.target, digits)
        reading = _reading_of(part, digits)
        yield _written(shown, target_text, reading), _worth(shown, numbers.exact(target_text), reading)
    target_text = numbers.typed(part.target)
    for reading in _from_difference(shown, part, gradient):
        yield _written(shown, target_text, reading), _worth(shown, numbers.exact(target_text), reading)


def _from_difference(shown: Shown, part: Part, gradient: float) -> Iterator[_Reading]:
    """p by how far it is from t, where that is lost in rounding: (0.25 − 6.25 × 10⁻¹⁴) − 0.25."""
    target, difference = numbers.typed(part.target), part.probability - part.target
    if shown.in_logits:
        nats = numbers.LN2 if shown.evaluation.unit is Unit.BITS else 1.0
        difference = gradient * nats * shown.state.options.temperature
    for digits in range(3, _MOST_DIGITS + 1) if difference else ():
        far, way = numbers.power(abs(difference), digits), 1 if difference > 0 else -1
        p, text = (
            numbers.exact(target) + way * numbers.exact(far),
            f"({target} {'+' if way > 0 else '−'} {far})",
        )
        yield _Reading(text, f"(1 − {text})", p, 1 - p)


def _reading_of(part: Part, digits: int) -> _Reading:
    rest = -math.expm1(-part.surprise)
    if 0 < rest < _NEARLY_1:
        rest_text = numbers.power(rest, digits, strip=True)
        read = numbers.exact(rest_text)
        return _Reading(f"(1 − {rest_text})", rest_text, 1 - read, read)
    p = part.probability
    text = numbers.fixed(p, 3) if digits == 3 else numbers.short(p, digits)
    read = numbers.exact(text)
    return _Reading(text, f"(1 − {text})", read, 1 - read)


def _written(shown: Shown, t: str, reading: _Reading) -> str:
    p = reading.p_text
    if shown.in_logits:
        return f"{p} − {t}"
    if t == "0" and reading.p == 0 and shown.task.competing:
        return "−0 / p"
    if shown.task.competing or t == "1":
        return f"−{t} / {numbers.argument(p)}"
    if t == "0":
        return f"1 / {numbers.argument(reading.rest_text)}"
    return f"({p} − {t}) / ({numbers.argument(p)} {numbers.argument(reading.rest_text)})"


def _worth(shown: Shown, target: fractions.Fraction, reading: _Reading) -> float:
    """The gradient that a reader works out, in the shown unit."""
    nats = numbers.LN2 if shown.evaluation.unit is Unit.BITS else 1.0
    p, rest = reading.p, reading.rest
    if shown.in_logits:
        return float(p - target) / (shown.state.options.temperature * nats)
    if shown.task.competing or target == 1:
        return -_quotient(target, p) / nats
    if target == 0:
        return _quotient(fractions.Fraction(1), rest) / nats
    return _quotient(p - target, p * rest) / nats


def _quotient(over: fractions.Fraction, under: fractions.Fraction) -> float:
    try:
        return float(over / under) if over else 0.0
    except (ZeroDivisionError, OverflowError):
        return math.inf if over > 0 else -math.inf


def _reading(shown: Shown) -> str:
    if not is_plain(shown.state.options):
        what = "logit" if shown.in_logits else "probability"
        return f"One training step moves each {what} along its arrow, against the gradient."
    if not shown.in_logits:
        return _PROBABILITY_READINGS[shown.task]
    if shown.task is Task.MULTILABEL:
        return (
            "One training step moves each logit along its arrow, against the gradient. "
            "Labels do not compete: their arrows need not sum to 0."
        )
    if shown.task is Task.BINARY:
        return "One training step moves the logit along its arrow, against the gradient."
    count = shown.state.class_count
    arrows = "The arrows" if count <= MOST_ARROWS else f"All {numbers.count(count)} arrows"
    return f"One training step moves each logit along its arrow, against the gradient. {arrows} sum to 0."


_PROBABILITY_READINGS = {
    Task.MULTICLASS: (
        "Only the true class has an arrow: the others are multiplied by t = 0. "
        "The smaller its p, the larger the gradient."
    ),
    Task.SOFT: "Each gradient is −t / p: the smaller p is beside t, the larger the gradient.",
    Task.BINARY: "The further p is from t, the larger the gradient, without bound.",
    Task.MULTILABEL: "One arrow per label: the further p is from t, the longer, without bound.",
}
