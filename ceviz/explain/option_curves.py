"""The curves of a loss that options or a framework's rules had a hand in: evaluated, not written down."""

from __future__ import annotations

import numpy as np

from ceviz.core.document import Unit, Vectors
from ceviz.explain import numbers
from ceviz.explain.charts import Curve
from ceviz.explain.formulas import Formula
from ceviz.explain.shown import Shown
from ceviz.explain.what_if import what_if, with_class_at

_POINTS = 97


def _places(top: float, unit: Unit) -> Vectors:
    """p from 0 to 1, close to each other where a logarithm is steep."""
    heights = np.linspace(0.0, 1.5 * top * (numbers.LN2 if unit is Unit.BITS else 1.0) + 6.0, _POINTS)
    near = np.exp(-heights)
    inside = np.concatenate((near, -np.expm1(-heights), np.linspace(0.0, 1.0, _POINTS)))
    return np.unique(np.clip(inside, 0.0, 1.0))


def whole_curve(
    shown: Shown, class_index: int, colour: int | None, label: Formula, target: Vectors | None = None
) -> Curve:
    """The loss of the whole sample while one class goes from 0 to 1; the others keep their proportions."""
    ps = _places(shown.y_top, shown.evaluation.unit)
    result = what_if(shown, with_class_at(shown, class_index, ps), target)
    return _within(shown, ps, result.losses, colour, label)


def term_curve(shown: Shown, class_index: int, label: Formula) -> Curve:
    """The term of one class while it goes from 0 to 1."""
    ps = _places(shown.y_top, shown.evaluation.unit)
    result = what_if(shown, with_class_at(shown, class_index, ps))
    return _within(shown, ps, result.terms[:, class_index], class_index, label)


def _within(shown: Shown, ps: Vectors, values: Vectors, colour: int | None, label: Formula) -> Curve:
    """What lies between 0 and the top of the axis."""
    kept = np.isfinite(values) & (values <= shown.y_top) & (values >= 0.0)
    return Curve(ps[kept], values[kept], colour, label)
