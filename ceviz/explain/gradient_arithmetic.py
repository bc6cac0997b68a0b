"""The gradient of one input worked out: "2·(0.659 − 1) / 3", with the digits that it takes.

The digits of the numbers are as many as it takes for the result that is read to be right.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ceviz.core.document import Unit
from ceviz.explain import numbers
from ceviz.explain.gradient_formula import divisor_text
from ceviz.explain.gradient_slopes import Factor, Shape, Slope, divisors
from ceviz.explain.shown import Shown

_MOST_DIGITS = 17
_DIGITS_OF_TARGET = 15
_MOST_DIGITS_ALIKE = 6
_TIE = 1e-14
_NEARLY_1 = 1e-7
"""A p that lacks less than this is written as 1 less what it lacks."""
_UNDEFINED = "−0 / p"
_PLAIN, _ONE = Factor(), Fraction(1)
_FLOOR = "10⁻¹²"
_CLOSED = (Shape.DIFFERENCE, Shape.LIFTED)
"""With a factor these are single products: 2·(0.4 − 1) / 3 needs no more brackets."""


@dataclass(frozen=True, slots=True)
class _P:
    """p and 1 − p as they are written, and the numbers that a reader gets from them."""

    text: str
    rest_text: str
    value: Fraction
    rest: Fraction


@dataclass(frozen=True, slots=True)
class _Given:
    """The numbers besides p as they are written; "" for a factor of 1."""

    t: str
    m: str
    n: str


@dataclass(frozen=True, slots=True)
class _Working:
    """The numbers of a line, and how many digits they have."""

    digits: int
    given: _Given
    p: _P


def arithmetic(shown: Shown, chosen: Sequence[tuple[Slope, float]]) -> list[str]:
    """How gradients come about, as text; "" where the formula does not give what is shown.

    Factors have as many digits in one line as in another.
    """
    found = [_working(shown, slope, gradient) for slope, gradient in chosen]
    digits = {working.digits for working in found if working}
    if (
        len(digits) > 1
        and max(digits) <= _MOST_DIGITS_ALIKE
        and any(slope.m != _PLAIN for slope, _ in chosen)
    ):
        found = [_working(shown, slope, gradient, max(digits)) for slope, gradient in chosen]
    return [_text(shown, slope, working) for (slope, _), working in zip(chosen, found, strict=True)]


def _text(shown: Shown, slope: Slope, working: _Working | None) -> str:
    if working is None:
        return ""
    text = _written(slope.shape, working.given, working.p)
    closed = slope.shape in _CLOSED and working.given.m != ""
    return _divided(text if closed else f"({text})", text, divisor_text(shown))


def _working(shown: Shown, slope: Slope, gradient: float, least: int = 0) -> _Working | None:
    """The fewest digits with which the formula gives what is shown, of factors at least so many."""
    if not all(map(math.isfinite, (*slope.m, *slope.n))):
        return None
    wanted, units = numbers.gradient(gradient), _unit(shown)
    for working in _candidates(shown, slope, gradient, least):
        if _reads(_worth(slope.shape, working.given, working.p, units), wanted):
            return working
    return None


def _unit(shown: Shown) -> float:
    return math.prod(divisors(shown), start=numbers.LN2 if shown.evaluation.unit is Unit.BITS else 1.0)


def _reads(worth: float, value_text: str) -> bool:
    """Whether a number is written so; one just between two may be rounded either way."""
    return any(numbers.gradient(worth * nudge) == value_text for nudge in (1.0, 1 - _TIE, 1 + _TIE))


def _candidates(shown: Shown, slope: Slope, gradient: float, least: int) -> Iterator[_Working]:
    """The numbers with more and more digits."""
    for digits in range(3, _MOST_DIGITS + 1):
        given = _given(slope, numbers.short(slope.target, digits), max(digits, least))
        yield _Working(digits, given, _p_of(slope, digits))
    if slope.shape is not Shape.DIFFERENCE:
        return
    target = numbers.short(slope.target, _DIGITS_OF_TARGET)
    factor = _worth_of(_factor(slope.m, _MOST_DIGITS))
    difference = gradient * _unit(shown) / float(factor) if factor else 0.0
    for digits in range(3, _MOST_DIGITS + 1) if difference else ():
        given = _given(slope, target, max(digits, least))
        yield _Working(digits, given, _from_difference(target, difference, digits))


def _given(slope: Slope, target: str, digits: int) -> _Given:
    return _Given(target, _factor(slope.m, digits), _factor(slope.n, digits))


def _factor(factor: Factor, digits: int) -> str:
    """2·0.719, without numbers that are 1."""
    texts = (numbers.short(number, digits) for number in factor if number != 1)
    return "·".join(text for text in texts if text != "1")


def _worth_of(product: str) -> Fraction:
    if not product:
        return _ONE
    return math.prod(map(numbers.exact, product.split("·")), start=_ONE)


def _from_difference(target: str, difference: float, digits: int) -> _P:
    """p by how far it is from t, where that is lost in rounding: (0.25 − 6.25 × 10⁻¹⁴) − 0.25."""
    far, way = numbers.power(abs(difference), digits), 1 if difference > 0 else -1
    p = numbers.exact(target) + way * numbers.exact(far)
    text = f"({target} {'+' if way > 0 else '−'} {far})"
    return _P(text, f"(1 − {text})", p, 1 - p)


def _p_of(slope: Slope, digits: int) -> _P:
    lacking = -math.expm1(-slope.surprise)
    if 0 < lacking < _NEARLY_1:
        rest_text = numbers.power(lacking, digits, strip=True)
        read = numbers.exact(rest_text)
        return _P(f"(1 − {rest_text})", rest_text, 1 - read, read)
    p = slope.probability
    text = numbers.fixed(p, 3) if digits == 3 else numbers.short(p, digits)
    read = numbers.exact(text)
    return _P(text, f"(1 − {text})", read, 1 - read)


def _written(shape: Shape, given: _Given, p: _P) -> str:
    t, m, n = given.t, given.m, given.n
    below, rest_below = numbers.argument(p.text), numbers.argument(p.rest_text)
    share, other = _product(m, t), _product(n, f"(1 − {t})")
    match shape:
        case Shape.DIFFERENCE:
            return _bracketed(m, f"{p.text} − {t}")
        case Shape.SPREAD:
            return f"{_product(p.text, n)} − {share}"
        case Shape.QUOTIENT:
            return _UNDEFINED if share == "0" and p.value == 0 else f"−{share} / {below}"
        case Shape.OFF_QUOTIENT:
            return f"{m or 1} / {rest_below}"
        case Shape.LIFTED:
            return _bracketed(m, f"{n or 1} − {t}{'' if t == '0' else f' / {below}'}")
        case Shape.SPREAD_LIFTED:
            return f"{n or 1} − {share}{'' if share == '0' else f' / {below}'}"
        case Shape.ANSWERS:
            return f"{_product(other, p.text)} − {_product(share, p.rest_text)}"
        case Shape.LABEL_QUOTIENT:
            over = _product(m, f"({p.text} − {t})")
            return _UNDEFINED if over == "0" else f"{over} / ({below} {rest_below})"
        case Shape.FLOORED:
            return f"{_product(m, f'({p.text} − {t})')} / {_FLOOR}"
        case Shape.ANSWER_QUOTIENTS:
            return f"{other} / {rest_below} − {share} / {below}"


def _product(factor: str, other: str) -> str:
    """2·0.7, leaving out what is 1; 0 times anything is 0."""
    if "0" in (factor, other):
        return "0"
    return "·".join(text for text in (factor, other) if text not in ("", "1")) or "1"


def _bracketed(factor: str, difference: str) -> str:
    return f"{factor}·({difference})" if factor else difference


def _divided(bracketed: str, text: str, divisor: str) -> str:
    if not divisor:
        return text
    several = "·" in divisor or divisor.count(" ") > 1
    return f"{bracketed} / ({divisor})" if several else f"{bracketed} / {divisor}"


def _worth(shape: Shape, given: _Given, p: _P, units: float) -> float:
    """The gradient that a reader works out, in the shown unit."""
    t, m, n = numbers.exact(given.t), _worth_of(given.m), _worth_of(given.n)
    value, rest = p.value, p.rest
    match shape:
        case Shape.DIFFERENCE:
            return float(m * (value - t)) / units
        case Shape.SPREAD:
            return float(value * n - m * t) / units
        case Shape.QUOTIENT:
            return -_quotient(m * t, value) / units
        case Shape.OFF_QUOTIENT:
            return _quotient(m, rest) / units
        case Shape.LIFTED:
            return _less_quotient(m * n, m * t, value) / units
        case Shape.SPREAD_LIFTED:
            return _less_quotient(n, m * t, value) / units
        case Shape.ANSWERS:
            return float(n * (1 - t) * value - m * t * rest) / units
        case Shape.LABEL_QUOTIENT:
            return _quotient(m * (value - t), value * rest) / units
        case Shape.FLOORED:
            return float(m * (value - t) / numbers.exact(_FLOOR)) / units
        case Shape.ANSWER_QUOTIENTS:
            return _quotient(n * (1 - t) * value - m * t * rest, value * rest) / units


def _less_quotient(first: Fraction, over: Fraction, under: Fraction) -> float:
    return _quotient(first * under - over, under) if over else float(first)


def _quotient(over: Fraction, under: Fraction) -> float:
    try:
        return float(over / under) if over else 0.0
    except (ZeroDivisionError, OverflowError):
        return math.inf if over > 0 else -math.inf
