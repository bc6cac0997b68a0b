"""The gradients of two models side by side: where training would move each, and which it would move more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS, Pair, pair_of
from ceviz.explain.compare_lenses import incomparable
from ceviz.explain.formulas import Formula
from ceviz.explain.gradient_chart import GradientChart, gradient_chart, shown_gradients, top_of
from ceviz.explain.shown import Shown

_MOST_CLASSES = 6


@dataclass(frozen=True, slots=True)
class CompareGradient:
    """The charts of A and B, of the same classes and with the same top; no arrows where a row is invalid.

    `formulas`: of both, one each where one model gives logits and the other probabilities. `one_way`: no
    arrow can point down, as with probabilities of classes that compete.
    """

    formulas: tuple[Formula, ...]
    one_way: bool
    a: GradientChart
    b: GradientChart
    reading: str

    @property
    def sides(self) -> tuple[GradientChart, GradientChart]:
        return self.a, self.b


def compare_gradient(shown: Shown, top: float | None = None) -> CompareGradient:
    """Both gradients; `top` keeps an earlier range, as while a drag lasts. Of many classes, the largest."""
    pair = pair_of(shown)
    gradients = [shown_gradients(side) for side in pair.sides]
    if top is None:
        top = max(top_of(one) for one in gradients)
    kept = _largest([one for one in gradients if one])
    a, b = (gradient_chart(side, top, kept) for side in pair.sides)
    formulas = (a.formula,) if a.formula == b.formula else (a.formula, b.formula)
    one_way = shown.task.competing and not (pair.a.in_logits or pair.b.in_logits)
    return CompareGradient(formulas, one_way, a, b, _reading(pair, gradients))


def _largest(gradients: list[list[float]]) -> list[int]:
    """The classes on which either model has the largest gradients."""
    if not gradients:
        return []
    sizes = np.abs(gradients).max(axis=0)
    return sorted(np.argsort(-sizes, kind="stable")[:_MOST_CLASSES].tolist())


def _reading(pair: Pair, gradients: Sequence[list[float]]) -> str:
    if not pair.sample_comparable:
        return incomparable(pair)
    if not all(gradients):
        return "One of these gradients is not a number: 0 times ∞, or ∞ − ∞."
    if pair.a.in_logits != pair.b.in_logits:
        kinds = [side.shown_model.input.value for side in pair.sides]
        return f"A gives {kinds[0]}, B {kinds[1]}: these arrows move different things and do not compare."
    longest = [max(map(abs, one)) for one in gradients]
    texts = [numbers.gradient(length).removeprefix("+") for length in longest]
    if texts[0] == texts[1] == "0":
        return "Both gradients are 0: on this sample nothing pulls at A or B."
    # Training moves logits: how steep the loss is in p says nothing of how far.
    in_logits = pair.a.in_logits
    if texts[0] == texts[1]:
        both = (
            "training pulls A and B equally hard here" if in_logits else "both losses are as steep in p here"
        )
        return f"The longest arrow of both is {texts[0]}: {both}."
    more = LETTERS[0] if longest[0] > longest[1] else LETTERS[1]
    verdict = f"training would pull {more} harder" if in_logits else f"the loss of {more} is steeper in p"
    return f"The longest arrow of A is {texts[0]}, of B {texts[1]}: on this sample {verdict}."
