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
    """The value of a term as it is written: −0.7·ln 0.3, 2·BCE(0.3, 0.9), −(1 − 0.4)²·1·log₂ 0.4."""
    base = 2 if "log₂" in text else mp.e
    if text == "0":
        return mp.mpf(0)
    if text.startswith("0 + "):
        return _argument(text[4:].removesuffix(" − 0")) / mp.log(bce_base)
    if "BCE" in text:
        factor, inside = re.fullmatch(r"(?:(.+)·)?BCE\((.+)\)", text).groups()
        target, p = (value_of(number) for number in inside.split(", ", 1))
        weight = _product(factor)
        return (
            weight * _bce(target, p, bce_base) if weight else weight
        )  # a class that does not count, even at ∞
    if quotient := re.fullmatch(r"(.+)·(?:ln|log₂) \((.+) / (.+)\)(?: \+ (.+) − (.+))?", text):
        t, _, p, *added = quotient.groups()
        t, p = value_of(t), _argument(p)
        rest = _argument(added[0]) - value_of(added[1]) if added[0] else 0
        return t * mp.log(t, base) + minus_log(t, p, base) + rest / mp.log(base)
    if " − " in text and text.count("ln") + text.count("log₂") == 2:
        yes, no = _halves(text)
        return formula_value(yes) + formula_value(f"−{no}")
    if clamped := re.fullmatch(r"−(?:(.+)·)?max\((?:ln|log₂) (.+), (−.+)\)", text):
        factor, argument, limit = clamped.groups()
        return _product(factor) * min(minus_log(1, _argument(argument), base), value_of(limit[1:]))
    factor, argument = re.fullmatch(r"−(?:(.+)·)?(?:ln|log₂) (.+)", text).groups()
    return minus_log(_product(factor), _argument(argument), base)


def _halves(text):
    """Both answers of a label: what stands before and behind the minus between its logarithms."""
    starts = [text[: found.start()] for found in re.finditer(" − ", text)]
    outside = [start for start in starts if start.count("(") == start.count(")")]
    place = len(next(start for start in outside if "ln" in start or "log₂" in start))
    return text[:place], text[place + 3 :]


def _product(factors):
    """2·0.7, (1 − 0.4)²·1, (1 − 0.4)^1.5"""
    value = mp.mpf(1)
    for factor in factors.split("·") if factors else ():
        base, exponent = factor, "1"
        if "^" in factor:
            base, _, exponent = factor.partition("^")
        elif power := re.fullmatch(r"(\(.*\)|[0-9.]+)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", factor):
            base, exponent = power[1], power[2].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
        value *= _argument(base) ** mp.mpf(exponent)
    return value


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
    return mp.inf if text == "∞" else value_of(text.replace("−", "-", 1))
