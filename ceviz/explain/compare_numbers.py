"""Numbers that stand in one comparison: what is read off them agrees with what is said of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ceviz.core.document import Unit
from ceviz.explain import numbers
from ceviz.explain.parts import Part, in_unit, p_text
from ceviz.explain.shown import Shown

_PLAIN = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−", "-+0123456789-")
_POWER = re.compile("(?:([0-9.]+) × )?10([⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LN10 = math.log(10)
_MOST_DECIMALS = 6
_MOST_DIGITS = 15
_LARGEST_LOGARITHM = 690.0
_HARDLY = 1e-6


@dataclass(frozen=True, slots=True)
class Subtraction:
    """Two numbers and their difference as text; `exact` where a reader who subtracts gets what is written."""

    minuend: str
    subtrahend: str
    difference: str
    exact: bool

    @property
    def about(self) -> str:
        """What stands in front of the difference: "≈ " where it is not exact."""
        return "" if self.exact else "≈ "


@lru_cache(maxsize=4096)
def subtraction(minuend: float, subtrahend: float, difference: float, brief: bool = False) -> Subtraction:
    """The texts of a difference of losses: with more decimals where three would contradict it.

    `brief`, as in a drag: always three, so that nothing changes its width, and never said to be exact.

    >>> subtraction(0.9162907, 0.3566749, 0.5596158)
    Subtraction(minuend='0.9163', subtrahend='0.3567', difference='0.560', exact=True)
    """
    text = numbers.term(difference)
    if numbers.INFINITY in text:
        return Subtraction(numbers.loss(minuend), numbers.loss(subtrahend), text, True)
    for digits in () if brief and difference else range(3, _MOST_DECIMALS + 1):
        first, second = _with_digits(minuend, digits), _with_digits(subtrahend, digits)
        if _agree(first, second, text):
            return Subtraction(first, second, text, True)
    return Subtraction(numbers.loss(minuend), numbers.loss(subtrahend), text, False)


def _with_digits(x: float, digits: int) -> str:
    text = numbers.loss(x)
    if digits == 3 or text == numbers.INFINITY:
        return text
    return numbers.power(x, digits) if "×" in text else numbers.fixed(x, digits)


def _agree(first: str, second: str, difference: str) -> bool:
    off = abs(_read(first)[0] - _read(second)[0] - _read(difference)[0])
    # Half a last digit either way; an exact 0 has none.
    return off == 0 or off < _read(difference)[1] / 2


def _read(text: str) -> tuple[Decimal, Decimal]:
    """A number as it is read, and the value of one step of its last digit."""
    mantissa, _, exponent = text.translate(_PLAIN).partition(" × 10")
    number = Decimal(mantissa)
    ten = Decimal(10) ** int(exponent or 0)
    step = Decimal(10) ** -len(mantissa.partition(".")[2]) if text != "0" else Decimal(0)
    return number * ten, step * ten


def logarithm_texts(
    over: tuple[Shown, Part], under: tuple[Shown, Part], wanted: str
) -> tuple[str, str] | None:
    """Two probabilities as text such that the logarithm of their quotient reads `wanted`; None if none do."""
    unit = over[0].evaluation.unit
    for texts in _probability_texts(over, under):
        nats = _surprise(texts[1]) - _surprise(texts[0])
        if numbers.term(in_unit(nats, unit)) == wanted:
            return texts
    return None


def _probability_texts(over: tuple[Shown, Part], under: tuple[Shown, Part]) -> Iterator[tuple[str, str]]:
    yield p_text(*over), p_text(*under)
    for digits in range(3, _MOST_DIGITS + 1):
        yield _p_with_digits(*over, digits), _p_with_digits(*under, digits)


def _p_with_digits(shown: Shown, part: Part, digits: int) -> str:
    unit = shown.evaluation.unit
    return numbers.factors_for_term(1.0, part.probability, unit, part.surprise, digits)[1]


def _surprise(text: str) -> float:
    """−ln p in nats that a reader gets from the text of a p."""
    if text.startswith("exp(−"):
        return numbers.parse_number(text[5:-1])
    if text.startswith("(1 − "):
        return -math.log1p(-math.exp(-_surprise(text[5:-1])))
    if power := _POWER.fullmatch(text):
        return -math.log(float(power[1] or 1)) - int(power[2].translate(_PLAIN)) * _LN10
    return numbers.surprise_of(float(text))


def times_text(nats: float) -> str | None:
    """e to the power of `nats` ≥ 0, as in "1.29 times"; None where it is hardly more than 1."""
    if nats > _LARGEST_LOGARITHM:
        return "more than 10²⁹⁹"
    more = math.expm1(nats)
    if more < _HARDLY:
        return None
    if more < 0.01:
        return numbers.fixed(1 + more, 1 - math.floor(math.log10(more)))
    if more < 1e6:
        return numbers.fixed(1 + more, max(0, 2 - math.floor(math.log10(1 + more))))
    return numbers.power(1 + more)


def nats_of(value: float, unit: Unit) -> float:
    """A loss in the unit, in nats."""
    return value * numbers.LN2 if unit is Unit.BITS else value
