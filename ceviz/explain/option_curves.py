"""The curves of a loss that options or a framework's rules had a hand in: evaluated, not written down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ceviz.core.document import Unit, Vectors
from ceviz.explain import numbers
from ceviz.explain.charts import Curve
from ceviz.explain.formulas import Formula
from ceviz.explain.option_terms import curve_label
from ceviz.explain.part import Part
from ceviz.explain.shown import Shown
from ceviz.explain.what_if import what_if, with_class_at

_POINTS = 61


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


def term_curves(shown: Shown, every: Sequence[Part]) -> tuple[Curve, ...]:
    """The term of each class while it goes from 0 to 1."""
    ps = _places(shown.y_top, shown.evaluation.unit)
    if shown.task.competing:
        rows = [with_class_at(shown, part.class_index, ps) for part in every]
        terms = what_if(shown, np.concatenate(rows)).terms.reshape(len(every), len(ps), -1)
    else:
        # Labels do not compete: all of them can go at once.
        alike = np.repeat(ps[:, None], shown.state.class_count, axis=1)
        terms = np.broadcast_to(what_if(shown, alike).terms, (len(every), *alike.shape))
    return tuple(
        _within(shown, ps, of_class[:, part.class_index], part.class_index, curve_label(shown, part))
        for part, of_class in zip(every, terms, strict=True)
    )


def _within(shown: Shown, ps: Vectors, values: Vectors, colour: int | None, label: Formula) -> Curve:
    """What lies between 0 and the top of the axis, and the points where the curve passes the top."""
    kept = (values >= 0.0) & (values <= shown.y_top)
    above = values > shown.y_top
    rises, falls = np.flatnonzero(kept[:-1] & above[1:]), np.flatnonzero(above[:-1] & kept[1:])
    inside, outside = np.concatenate((rises, falls + 1)), np.concatenate((rises + 1, falls))
    # Where the loss becomes infinite, it passes the top beside the last finite one.
    share = (shown.y_top - values[inside]) / (values[outside] - values[inside])
    xs, ys = ps.copy(), values.copy()
    xs[outside] = ps[inside] + share * (ps[outside] - ps[inside])
    ys[outside], kept[outside] = shown.y_top, True
    return Curve(xs[kept], ys[kept], colour, label)
