"""Charts with known numbers for the tests of the plots, written down rather than computed by the program."""

from __future__ import annotations

import math

import numpy as np

from ceviz.explain.charts import Axis, Column, Curve, CurveChart, Ghost, LivePoint, Mark, Segment, StackChart
from ceviz.explain.formulas import Row, Text, Variable

CLASSES = ("dog", "cat", "panda", "fox", "owl")
MINUS_LN_P = Row((Text("−ln "), Variable("p")))
P_AXIS = Axis(0, 1, ((0, "0"), (0.5, "0.5"), (1, "1")), "p of the true class")
LOSS_AXIS = Axis(0, 4.6, ((0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")), "loss (nats)")


def falling(scale: float = 1.0, class_index: int | None = None) -> Curve:
    ys = np.linspace(4.6, 0, 80)
    return Curve(np.exp(-ys / scale), ys, class_index, MINUS_LN_P)


def rising(class_index: int) -> Curve:
    ys = np.linspace(0, 4.6, 80)
    return Curve(1 - np.exp(-ys), ys, class_index, MINUS_LN_P)


def live(p: float, class_index: int = 0, label: str = "sample 1") -> LivePoint:
    loss = -math.log(p) if p > 0 else math.inf
    on_axis = loss <= 4.6
    text = f"{loss:.3f}" if p > 0 else "∞"
    return LivePoint(class_index, p, loss if on_axis else None, f"{p:.3f}", text, label)


def one_point(p: float = 0.4) -> CurveChart:
    """One curve; samples 2 (p 0.8) and 4 (p 0.25) as marks."""
    marks = (Mark(1, 0.8, 0.2231, 1, "2", "0.223"), Mark(0, 0.25, 1.3863, 3, "4", "1.386"))
    ghosts = (Ghost(None, p, (1 - p) ** 2, "0.360"),)
    point = live(p)
    return CurveChart("Loss", P_AXIS, LOSS_AXIS, (falling(),), (point,), marks, ghosts, pills=True)


def three_points() -> CurveChart:
    """One curve per class with targets 0.7, 0.2, 0.1 and p = 0.3, 0.5, 0.2."""
    return soft_points((0.7, 0.2, 0.1), (0.3, 0.5, 0.2))


def soft_points(targets: tuple[float, ...], ps: tuple[float, ...]) -> CurveChart:
    """One curve per class."""
    curves, points = [], []
    for k, (t, p) in enumerate(zip(targets, ps, strict=True)):
        curves.append(falling(t, k))
        loss = abs(t * math.log(p)) if p else math.inf
        text = f"{loss:.3f}" if p else "∞"
        label = text if p else f"{CLASSES[k]}: ∞"
        points.append(LivePoint(k, p, loss if p else None, f"{p:.3f}", text, label))
    legend = tuple((k, CLASSES[k], MINUS_LN_P) for k in range(len(ps)))
    return CurveChart("Soft", P_AXIS, LOSS_AXIS, tuple(curves), tuple(points), (), (), False, legend)


def small(index: int, p: float = 0.4) -> CurveChart:
    point = live(p, index, label="")
    return CurveChart(
        "",
        P_AXIS,
        LOSS_AXIS,
        (falling(class_index=index),),
        (point,),
        (),
        (),
        False,
        (),
        f"label {index}",
        "0.916",
        index,
    )


def stack(*heights: float, total_text: str = "sum") -> StackChart:
    """One column of class segments."""
    axis = Axis(0, 2, ((0, "0"), (1, "1"), (2, "2")), "loss (nats)")
    segments, low = [], 0.0
    for k, height in enumerate(heights):
        infinite = math.isinf(height)
        high = 2.0 if infinite else low + height
        text = "∞" if infinite else f"{height:.3f}"
        segments.append(Segment(low, high, f"class {k}", text, k, "class", infinite))
        low = high
    total = None if any(map(math.isinf, heights)) else low
    return StackChart(axis, (Column("", tuple(segments)),), total, total_text, "How to read it.")
