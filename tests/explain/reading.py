"""How a person reads the numbers and formulas that are shown: by rules that are not the program's own."""

from __future__ import annotations

import re

import mpmath

mp = mpmath.MPContext()
mp.dps = 1000  # 1 − 10⁻⁷⁸² has 782 nines


def value_of(text):
    """The number that a text stands for, read by rules of this test's own."""
    if text.startswith("(1 − "):
        return 1 - value_of(text[5:-1])
    mantissa, ten, exponent = text.rpartition("10")
    superscripts = dict(zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True))
    if not ten or not exponent or not set(exponent) <= set(superscripts):
        return mp.mpf(text)
    power = mp.mpf(10) ** int("".join(superscripts[c] for c in exponent))
    return power * mp.mpf(mantissa.split(" ")[0] or 1)


def rounds_alike(exact, text):
    """Whether `exact` rounds to the number that is shown (a last digit has a half on either side)."""
    if "10" in text and "×" in text:
        exponent = value_of(text[text.index("10") :])
        return abs(exact - value_of(text)) <= exponent * mp.mpf("0.00500001")
    return abs(exact - value_of(text)) <= mp.mpf("0.00050000001")


def formula_value(text, bce_base=mp.e):
    """The value of a term as it is written: −0.7·ln 0.3, −log₂ (1 − 0.3), BCE(0.3, 0.9)."""
    base = 2 if "log₂" in text else mp.e
    if text.startswith("BCE"):
        target, p = (value_of(number) for number in text[4:-1].split(", ", 1))
        return _bce(target, p, bce_base)
    factor, argument = re.fullmatch(r"−(?:(.+)·)?(?:ln|log₂) (.+)", text).groups()
    weight = value_of(factor) if factor else 1
    return minus_log(weight, _argument(argument), base)


def _argument(text):
    if text.startswith("exp("):
        return mp.exp(-value_of(text[5:-1]))
    return value_of(text[1:-1]) if text.startswith("(") and "1 − " not in text else value_of(text)


def minus_log(weight, p, base):
    if weight == 0:
        return mp.mpf(0)
    return mp.inf if p == 0 else -weight * mp.log(p, base)


def _bce(target, p, base):
    return minus_log(target, p, base) + minus_log(1 - target, 1 - p, base)


def number_value(text):
    return mp.inf if text == "∞" else value_of(text)
