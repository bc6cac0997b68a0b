"""Axes: where the ticks are, and how far an axis reaches."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from ceviz.core.document import Unit, Vectors
from ceviz.explain import numbers
from ceviz.explain.charts import Axis

_NICE = (1.0, 2.5, 5.0, 10.0)
_HEADROOM = 1.05
"""The axis reaches this much beyond the largest loss, so that a bar never fills it."""


_SHORT_AXIS, _LONG_AXIS = 1e-3, 1e6
_TALLEST = 1.5e308
"""The last round number that a tick can stand at."""
_SHORTEST = 1e-300
"""Shorter axes have no round numbers: the digits of a float64 run out."""


def nice_ticks(top: float, most: int = 6) -> tuple[tuple[float, str], ...]:
    """Ticks from 0 to the first one not below `top`: at most `most` steps of 1, 2.5 or 5 tenths."""
    top = max(top, _SHORTEST)
    magnitude = 10.0 ** math.floor(math.log10(top / most))
    step = next(nice * magnitude for nice in _NICE if top <= most * nice * magnitude * (1 + 1e-12))
    count = math.ceil(top / step * (1 - 1e-12))
    return _ticks(step, count)


def _ticks(step: float, count: int) -> tuple[tuple[float, str], ...]:
    return tuple((step * n, tick_text(step * n, step * count)) for n in range(count + 1))


def tick_text(value: float, top: float) -> str:
    """A tick of an axis that ends at `top`: one very long or very short axis has powers of ten all along."""
    if value == 0 or _SHORT_AXIS <= top < _LONG_AXIS:
        return f"{value:.6g}"
    return numbers.power(value)


def nice_axis(top: float, label: str, most: int = 6) -> Axis:
    """An axis from 0 to the last of its ticks, with room above `top`."""
    ticks = nice_ticks(min(top * _HEADROOM, _TALLEST) if top > 0 else 1.0, most)
    return Axis(0.0, ticks[-1][0], ticks, label)


def loss_axis(losses: Vectors, unit: Unit, least: float = 0.0) -> Axis:
    """The common axis of the batch's loss bars: up to the largest finite loss, and at least up to `least`."""
    finite = losses[np.isfinite(losses)]
    top = max(float(finite.max()) if finite.size else 0.0, least)
    # Powers of ten take more room.
    most = 5 if _SHORT_AXIS <= top < _LONG_AXIS else 3
    return nice_axis(top, f"loss ({unit.value})", most)


@lru_cache(maxsize=16)
def curve_axis(top: float, label: str, small: bool = False) -> Axis:
    """The loss axis of a curve: it ends at `top`, a little above its last tick."""
    step = 0.25
    while top / step >= (3 if small else 5):
        step *= 2
    return Axis(0.0, top, _ticks(step, int(top / step)), label)


@lru_cache(maxsize=16)
def probability_axis(label: str, small: bool = False) -> Axis:
    """From 0 to 1 in fifths; a small one in halves."""
    return Axis(0.0, 1.0, _ticks(0.5, 2) if small else _ticks(0.2, 5), label)
