"""Curves of the loss against p, sampled in the loss so that they stay smooth where they are steep."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ceviz.core.document import Unit, Vectors
from ceviz.explain import numbers
from ceviz.explain.charts import Curve
from ceviz.explain.formulas import Formula, Row, Script, Text, Variable, logarithm, row

_POINTS = 121
_P = Variable("p")


@lru_cache(maxsize=8)
def _heights(top: float) -> Vectors:
    return _frozen(np.linspace(0.0, top, _POINTS))


@lru_cache(maxsize=16)
def _falling_xs(top: float, unit: Unit) -> Vectors:
    """The p at which −log p has each of the heights."""
    return _frozen(np.exp(-_heights(top) * _nats(unit)))


@lru_cache(maxsize=16)
def _rising_xs(top: float, unit: Unit) -> Vectors:
    return _frozen(-np.expm1(-_heights(top) * _nats(unit)))


def _frozen(array: Vectors) -> Vectors:
    array.flags.writeable = False
    return array


def _nats(unit: Unit) -> float:
    return numbers.LN2 if unit is Unit.BITS else 1.0


@lru_cache(maxsize=16)
def falling(top: float, unit: Unit, class_index: int | None, note: str = "") -> Curve:
    """−ln p."""
    return Curve(_falling_xs(top, unit), _heights(top), class_index, row("−", logarithm(unit), " ", _P), note)


@lru_cache(maxsize=16)
def rising(top: float, unit: Unit, class_index: int | None, note: str = "") -> Curve:
    """−ln (1 − p)."""
    label = row("−", logarithm(unit), " (1 − ", _P, ")")
    return Curve(_rising_xs(top, unit), _heights(top), class_index, label, note)


def scaled(top: float, unit: Unit, class_index: int, target: float) -> Curve:
    """−t ln p; flat where the target is 0."""
    if target == 0:
        return Curve(np.array([0.0, 1.0]), np.zeros(2), class_index, scaled_formula(unit, target))
    return Curve(_weighted_xs(top, unit, target), _heights(top), class_index, scaled_formula(unit, target))


@np.errstate(over="ignore")
def _weighted_xs(top: float, unit: Unit, weight: float) -> Vectors:
    """The p at which −weight log p has each of the heights; of a tiny weight 0 for all but the first."""
    return np.asarray(np.exp(-_heights(top) * _nats(unit) / weight))


def scaled_formula(unit: Unit, target: float) -> Formula:
    """−t ln p with the target as it is shown; 0 where that is 0."""
    if target == 0:
        return Text("0")
    weight = "" if target == 1 else f"{numbers.probability_short(target)} "
    return row(f"−{weight}", logarithm(unit), " ", _P)


def mixture(top: float, unit: Unit, class_index: int | None, target: float) -> Curve:
    """−t ln p − (1 − t) ln(1 − p) for a target between 0 and 1: a valley whose floor is at p = t."""
    nats = _nats(unit)
    falling_xs, rising_xs = _weighted_xs(top, unit, target), 1 - _weighted_xs(top, unit, 1 - target)
    xs = np.unique(np.concatenate((falling_xs, rising_xs, [target])))
    xs = xs[(xs > 0) & (xs < 1)]
    ys = -(target * np.log(xs) + (1 - target) * np.log1p(-xs)) / nats
    label = row(f"BCE({numbers.probability_short(target)}, ", _P, ")")
    return Curve(xs[ys <= top], ys[ys <= top], class_index, label)


@lru_cache(maxsize=16)
def square_error(target: float) -> Curve:
    """(p − t)², the overlay."""
    xs = np.linspace(0.0, 1.0, _POINTS)
    return Curve(_frozen(xs), _frozen((xs - target) ** 2), None, _SQUARE, "at most 1", dashed=True)


_SQUARE = Script(Row((Text("("), _P, Text(" − "), Variable("t"), Text(")"))), sup=Text("2"))
