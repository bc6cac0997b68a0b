"""The gradient of the shown sample's loss: where a training step would move each input, and by how much."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from ceviz.core.conventions import is_plain
from ceviz.core.document import Convention, Task
from ceviz.explain import numbers
from ceviz.explain.formulas import Formula
from ceviz.explain.gradient_arithmetic import arithmetic
from ceviz.explain.gradient_formula import focal_formula, gradient_formula, gradient_name
from ceviz.explain.gradient_slopes import Slope, as_one, slopes
from ceviz.explain.parts import is_valid
from ceviz.explain.shown import Shown

MOST_ARROWS = 8
_TOPS = (0.1, 0.25, 0.5, 1.0, 2.5)
"""Of a power of ten that lies close above the largest gradient, or by rounding close below it."""
_HEADROOM = 1.1
_LARGEST = 1e308
"""Above it there is no round number."""
_CLIPPED = "p is clipped:"


@dataclass(frozen=True, slots=True)
class Arrow:
    """Which way a step moves one input: `height` is the negative gradient, cut off at the chart's top."""

    class_index: int
    name: str
    height: float
    value_text: str
    infinite: bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The gradient of one input worked out: "0.659 − 1 =" and "−0.341"."""

    class_index: int
    name: str
    text: str
    value_text: str


@dataclass(frozen=True, slots=True)
class GradientChart:
    """Arrows up and down from a common line, from −top to top in the shown unit."""

    formula: Formula
    top: float
    arrows: tuple[Arrow, ...]
    arithmetic: tuple[Arithmetic, ...]
    up_text: str
    down_text: str
    reading: str
    where: Formula | None = None
    """What a function in the formula is."""


def gradient_chart(
    shown: Shown, top: float | None = None, kept: Sequence[int] | None = None
) -> GradientChart:
    """The gradient with respect to the inputs as given; `top` keeps an earlier range, as while a drag lasts.

    Of many classes, those in `kept` are shown, or those with the largest gradients.
    """
    variable = "z" if shown.in_logits else "p"
    gradients = shown_gradients(shown)
    if kept is None:
        kept = sorted(sorted(range(len(gradients)), key=lambda k: -abs(gradients[k]))[:MOST_ARROWS])
    if top is None:
        top = top_of(gradients)
    every = slopes(shown) if gradients else []
    chosen = [(every[k], gradients[k]) for k in kept] if gradients else []
    texts = zip(chosen, arithmetic(shown, chosen), strict=True)
    worked = tuple(_arithmetic(shown, *pair, text) for pair, text in texts)
    holds = is_plain(shown.state.options) or (bool(worked) and _holds(shown, worked))
    return GradientChart(
        formula=gradient_formula(shown) if holds else gradient_name(shown),
        top=top,
        arrows=tuple(_arrow(slope, gradient, top) for slope, gradient in chosen),
        arithmetic=worked,
        up_text=f"raise {variable} ↑",
        down_text=f"lower {variable} ↓",
        reading=_reading(shown, every) if gradients else "",
        where=focal_formula(shown) if holds else None,
    )


def _arithmetic(shown: Shown, slope: Slope, gradient: float, text: str) -> Arithmetic:
    """Where a framework clips p or rounds otherwise, the value alone."""
    text = _CLIPPED if _is_clipped(shown, slope) else f"{text} =".lstrip()
    return Arithmetic(slope.class_index, slope.name, text, numbers.gradient(gradient))


def _is_clipped(shown: Shown, slope: Slope) -> bool:
    """Whether the gradient of a p that was moved is not that of the formula; PyTorch clamps logarithms."""
    working, convention = shown.result.working, shown.state.options.convention
    if working is None or working.clipped is None or convention is Convention.PYTORCH:
        return False
    return bool(working.clipped[shown.sample, slope.class_index])


def _holds(shown: Shown, worked: Sequence[Arithmetic]) -> bool:
    """Whether the values come about by the formula: always by the definition, not by every call."""
    return shown.result.call is None or all(entry.text != "=" for entry in worked)


def shown_gradients(shown: Shown) -> list[float]:
    """The gradients of the shown row; none where it has no loss, or one of them is not a number."""
    gradients: list[float] = shown.result.gradients[shown.sample].tolist() if is_valid(shown) else []
    return [] if any(map(math.isnan, gradients)) else gradients


def top_of(gradients: Sequence[float]) -> float:
    """A round number above every finite gradient."""
    largest = max((abs(g) for g in gradients if math.isfinite(g)), default=0.0) * _HEADROOM
    if largest == 0:
        return 1.0
    if largest > _LARGEST:
        return sys.float_info.max
    scale = 10.0 ** max(math.ceil(math.log10(largest)), 0)
    return next(top * scale for top in _TOPS if top * scale >= largest)


def _arrow(slope: Slope, gradient: float, top: float) -> Arrow:
    height = min(max(-gradient, -top), top) + 0.0  # never a negative zero
    infinite = math.isinf(gradient)
    return Arrow(slope.class_index, slope.name, height, numbers.gradient(-gradient), infinite)


def _reading(shown: Shown, every: Sequence[Slope]) -> str:
    if not is_plain(shown.state.options):
        return f"{_step(shown)} {_option_reading(shown, every)}".rstrip()
    if not shown.in_logits:
        return _PROBABILITY_READINGS[shown.task]
    if shown.task is Task.MULTILABEL:
        return f"{_step(shown)} Labels do not compete: their arrows need not sum to 0."
    if shown.task is Task.BINARY:
        return _step(shown)
    count = shown.state.class_count
    arrows = "The arrows" if count <= MOST_ARROWS else f"All {numbers.count(count)} arrows"
    return f"{_step(shown)} {arrows} sum to 0."


def _step(shown: Shown) -> str:
    """What the arrows show, and what a step does: it moves logits, also behind probabilities."""
    if shown.in_logits:
        which = "the" if shown.task is Task.BINARY else "each"
        return f"Step moves {which} logit along its arrow, against the gradient below."
    step = _CLASSES_STEP if shown.task.competing else "Step moves the logit behind p."
    return f"{_MINUS} {step}"


def _option_reading(shown: Shown, every: Sequence[Slope]) -> str:
    """What the options make of the arrows, where one sentence can say it."""
    if any(_is_clipped(shown, slope) and _gradient_of(shown, slope) == 0 for slope in every):
        return "Where p is clipped its gradient is 0: nothing pulls."
    if not (shown.in_logits and shown.task.competing and as_one(shown)):
        return ""
    times = numbers.short(every[0].m.weight * every[0].m.pull, 3)
    if shown.state.options.label_smoothing:
        return "No arrow is left where p is the smoothed target t′."
    return "" if times == "1" else f"With these options all arrows are {times} times as long as without."


def _gradient_of(shown: Shown, slope: Slope) -> float:
    return float(shown.result.gradients[shown.sample, slope.class_index])


_MINUS = "An arrow is minus the gradient below."
_CLASSES_STEP = "Step moves the logits: what one class gains, others lose."
_PROBABILITY_READINGS = {
    Task.MULTICLASS: (
        "Only the true class has an arrow, against its gradient. "
        "Step moves the logits: what it gains, others lose."
    ),
    Task.SOFT: f"{_MINUS} {_CLASSES_STEP}",
    Task.BINARY: (
        "The arrow points against the gradient, from p towards t. Step moves the logit behind p that way."
    ),
    Task.MULTILABEL: (
        "Each arrow points against its gradient, from p towards t. Step moves the logits behind p that way."
    ),
}
