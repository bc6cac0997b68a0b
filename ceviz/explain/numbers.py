"""Numbers as text, and text as numbers: every figure on the screen and on paper is written here.

A number is right to its last digit, and numbers that stand in one formula agree: the digits of p are chosen
so that the logarithm of the p that is read gives the loss that is read.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from ceviz.core.document import Unit

INFINITY = "∞"
LN2 = math.log(2)
_LN10 = math.log(10)
_SMALLEST = 0.0005
"""What is not 0 and would read 0.000 is written with a power of ten instead."""
_LARGEST = 1e6
_ENDLESS = 1e15
SURPRISE_OF_TINY = -math.log(_SMALLEST)
"""−ln p in nats above which p is written with a power of ten."""
_MOST_DIGITS = 15
_SUPERSCRIPTS = str.maketrans("-+0123456789", "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_FROM_SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_POWER = re.compile(r"([+-]?)(?:([0-9.,]+) ?[×x*·] ?)?10([⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)")


class NumberProblem(ValueError):  # noqa: N818 - it is what is said to a person, not a failure
    """Why a text is not a number; the message is shown beside it."""


def parse_number(text: str, allow_infinite: bool = False) -> float:
    """The number that a person typed.

    A point and a comma are both decimal signs, also in 40%, 2/5, 1e-7 and 4.2 × 10⁻⁵. What could mean two
    things is refused with the reason.

    >>> [parse_number(text) for text in (".4", "0,4", "40%", "2/5", "1e-7", "−0.3")]
    [0.4, 0.4, 0.4, 0.4, 1e-07, -0.3]
    """
    plain = _unadorned(text)
    if not plain:
        raise NumberProblem("type a number")
    if plain.lstrip("+-").lower() in (INFINITY, "inf", "infinity"):
        return _infinite(plain, allow_infinite)
    if plain.endswith("%"):
        return _decimal(plain[:-1].rstrip()) / 100
    if "/" in plain:
        return _quotient(plain)
    return _decimal(plain)


def _unadorned(text: str) -> str:
    return text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ").strip()


def _infinite(plain: str, allowed: bool) -> float:
    if not allowed:
        raise NumberProblem("has to be finite")
    return -math.inf if plain.startswith("-") else math.inf


def _quotient(plain: str) -> float:
    over, _, under = plain.partition("/")
    divisor = _decimal(under.strip())
    if divisor == 0:
        raise NumberProblem("cannot divide by 0")
    return _finite(_decimal(over.strip()) / divisor)


@lru_cache(maxsize=1024)
def exact(text: str) -> Fraction:
    """What a decimal is worth that is written here, not rounded to a floating-point number.

    >>> exact("6.25 × 10⁻¹") == Fraction(5, 8)
    True
    """
    return Fraction(_with_e(_unadorned(text)))


def _with_e(plain: str) -> str:
    """A power of ten as in 4.2e-5."""
    power = _POWER.fullmatch(plain)
    if power is None:
        return plain
    sign, mantissa, exponent = power.groups()
    return f"{sign}{mantissa or 1}e{exponent.translate(_FROM_SUPERSCRIPTS)}"


def _decimal(plain: str) -> float:
    plain = _with_e(plain)
    if not _DECIMAL.fullmatch(plain):
        raise NumberProblem(_reason(plain))
    number = _finite(float(plain.replace(",", ".")))
    if number == 0 and re.search("[1-9]", re.split("e", plain, flags=re.IGNORECASE)[0]):
        raise NumberProblem("too small to keep; write 0 if 0 is meant")
    return number


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise NumberProblem("too large")
    return number


def _reason(plain: str) -> str:
    digits = re.fullmatch(r"[+-]?[0-9.,]+", plain)
    if digits and "," in plain and "." in plain:
        return "use one decimal sign and no thousands separator"
    if digits and plain.count(",") + plain.count(".") > 1:
        return "one decimal sign is enough"
    if re.fullmatch(r"[0-9.,+ -]+", plain) and " " in plain:
        return "one number at a time"
    return "not a number"


def typed(x: float) -> str:
    """The shortest text that `parse_number` turns back into exactly x: what an editor starts from."""
    if math.isinf(x):
        return _signed(INFINITY, x)
    text = repr(float(x)).removesuffix(".0")
    return text.replace("e-0", "e-").replace("e+", "e").replace("-", "−", 1 if x < 0 else 0)


def fixed(x: float, decimals: int) -> str:
    """x with so many decimals and a true minus sign; never a negative zero."""
    text = f"{x:.{decimals}f}"
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0.") else "−" + text[1:]
    return text


def _signed(text: str, x: float) -> str:
    return "−" + text if x < 0 else text


def _power(mantissa: float, exponent: int, digits: int, strip: bool) -> str:
    """mantissa × 10^exponent, `digits` significant digits; stripped of zeros, a mantissa of 1 is left out."""
    text = f"{mantissa:.{digits - 1}f}"
    if float(text) >= 10:
        text, exponent = f"{mantissa / 10:.{digits - 1}f}", exponent + 1
    if strip:
        text = _stripped(text)
    ten = "10" + str(exponent).translate(_SUPERSCRIPTS)
    return ten if strip and text == "1" else f"{text} × {ten}"


def power(x: float, digits: int = 3, strip: bool = False) -> str:
    """x ≠ 0 with a power of ten: 4.20 × 10⁻⁵."""
    mantissa, _, exponent = f"{abs(x):.17e}".partition("e")
    return _signed(_power(float(mantissa), int(exponent), digits, strip), x)


def exponential(nats: float, digits: int = 3) -> str:
    """e to the power of `nats` with a power of ten, also one larger than any floating-point number.

    >>> exponential(1000.0)
    '1.97 × 10⁴³⁴'
    """
    if nats >= _LARGEST:
        return f"exp({power(nats, digits)})"
    exponent = math.floor(nats / _LN10)
    return _power(math.exp(nats - exponent * _LN10), exponent, digits, strip=False)


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def probability(x: float) -> str:
    """p in a table, three decimals; what is neither 0 nor 1 never reads as 0.000 or 1.000."""
    if 0 < x < _SMALLEST:
        return "<0.001"
    if 1 - _SMALLEST < x < 1:
        return ">0.999"
    return fixed(x, 3)


def probability_sum(x: float) -> str:
    """A sum of probabilities: more than three decimals only where three would hide that it is not 1."""
    for decimals in range(3, 6):
        text = fixed(x, decimals)
        if float(text.replace("−", "-")) != 1:
            return text
    return fixed(x, 3)


def probability_short(x: float) -> str:
    """p in a formula or a bar: as typed, at most three decimals, no trailing zeros; tiny ones as a power."""
    return short(x, 3)


def short(x: float, digits: int) -> str:
    """x with at most so many decimals and no trailing zeros; a tiny one with so many significant digits.

    From 10¹⁵ on all its digits are given with a power of ten.
    """
    if _ENDLESS <= abs(x) < math.inf:
        return power(x, _MOST_DIGITS, strip=True)
    if x != 0 and abs(x) < _SMALLEST:
        return power(x, digits, strip=True)
    return _stripped(fixed(x, digits))


def probability_dragging(x: float, fine: bool) -> str:
    """p while it follows the mouse: always as wide."""
    return fixed(x, 3 if fine else 2)


def factors_for_term(
    target: float, p: float, unit: Unit = Unit.NATS, surprise: float | None = None, first: int = 3
) -> tuple[str, str]:
    """(target, p) as text, such that the product −t ln p of what is read rounds to the term that is read.

    `surprise` is −ln p in nats where it is known better than p itself, as it is from logits.

    >>> factors_for_term(1.0, 1 / 3), factors_for_term(0.7, 1e-7)
    (('1', '0.3333'), ('0.7', '10⁻⁷'))
    """
    if target == 0:
        return "0", probability_short(p)
    exact = surprise_of(p) if surprise is None else surprise
    if math.isnan(exact):
        # Of a p below 0, which some frameworks take: it has no logarithm.
        return short(target, first), short(p, first)
    if exact in (0, math.inf):
        return short(target, first), "1" if exact == 0 else "0"
    wanted = term(_in_unit(target * exact, unit))
    texts = ("", "")
    for digits in range(first, _MOST_DIGITS + 1):
        for p_text, read in readings(exact, digits):
            texts = short(target, digits), p_text
            if term(_in_unit(parse_number(texts[0]) * read, unit)) == wanted:
                return texts
    return texts


def argument(p_text: str) -> str:
    """p as the argument of a logarithm: in brackets where it is a product."""
    return f"({p_text})" if "×" in p_text and not p_text.startswith(("(", "exp")) else p_text


def surprise_of(p: float) -> float:
    """−ln p in nats, ∞ at 0."""
    return math.inf if p <= 0 else -math.log(p) if p != 1 else 0.0


def _in_unit(nats: float, unit: Unit) -> float:
    return nats / LN2 if unit is Unit.BITS else nats


def readings(surprise: float, digits: int) -> Iterator[tuple[str, float]]:
    """Ways to write p = e^−surprise, 0 < surprise < ∞, in so many digits, and the −ln p that is read."""
    if surprise > SURPRISE_OF_TINY:
        yield tiny(surprise, digits)
    else:
        p = math.exp(-surprise)
        text = short(p, digits)
        if digits <= 6 or p < 0.99:
            yield text, surprise_of(parse_number(text))
        if digits > 6 and p >= 0.99:
            missing = power(-math.expm1(-surprise), digits - 4, strip=True)
            yield f"(1 − {missing})", -math.log1p(-parse_number(missing))


def tiny(surprise: float, digits: int) -> tuple[str, float]:
    """A p below 0.0005, also one smaller than any floating-point number, and the −ln p that a reader gets."""
    if surprise >= _LARGEST:
        return f"exp(−{power(surprise, digits)})", surprise
    exponent = math.floor(-surprise / _LN10)
    mantissa = math.exp(-surprise - exponent * _LN10)
    text = _power(mantissa, exponent, digits, strip=True)
    shown, _, ten = text.rpartition("10")
    shown_mantissa = float(shown.split()[0]) if shown else 1.0
    return text, -(math.log(shown_mantissa) + int(ten.translate(_FROM_SUPERSCRIPTS)) * _LN10)


def loss(x: float) -> str:
    """A loss: 0.916, 4.20 × 10⁻⁵, ∞; also one a hair below 0."""
    if math.isinf(x):
        return _signed(INFINITY, x)
    if x != 0 and (abs(x) < _SMALLEST or abs(x) >= _LARGEST):
        return power(x)
    return fixed(x, 3)


def term(x: float) -> str:
    """A part of a loss: a plain 0 where it is exactly 0."""
    return "0" if x == 0 else loss(x)


def logit(x: float) -> str:
    """A logit: two decimals and at most six figures, else a power of ten; ∞."""
    if math.isinf(x):
        return _signed(INFINITY, x)
    return power(x) if abs(x) >= _LARGEST else fixed(x, 2)


def gradient(x: float) -> str:
    """A gradient: three decimals and always a sign, but for 0."""
    text = term(abs(x))
    return text if x == 0 else ("+" if x > 0 else "−") + text


def count(n: int) -> str:
    """A whole number with commas between thousands."""
    return f"{n:,}"
