"""The words around the table of two models: the shown sample's heading, what it costs each, the takeaway."""

from __future__ import annotations

from dataclasses import dataclass

from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS, pair_of
from ceviz.explain.compare_losses import compared_losses
from ceviz.explain.compare_takeaways import compare_takeaway
from ceviz.explain.sentences import sample_heading, sum_check
from ceviz.explain.shown import Shown
from ceviz.explain.spans import Span


@dataclass(frozen=True, slots=True)
class ModelLine:
    """A model of the comparison: its letter and name, and the shown sample's loss and check of the sum."""

    letter: str
    name: str
    loss_text: str
    sum_check: tuple[str, bool, bool]


@dataclass(frozen=True, slots=True)
class CompareSample:
    """The shown sample with both models side by side."""

    title: str
    models: tuple[ModelLine, ModelLine]
    loss_label: str
    takeaway: tuple[Span, ...]


def compare_sample(shown: Shown) -> CompareSample:
    """The shown sample as both models see it."""
    pair = pair_of(shown)
    losses = compared_losses(pair, shown.sample)
    lines = [_line(*of) for of in zip(LETTERS, pair.sides, (losses.a, losses.b), strict=True)]
    return CompareSample(
        title=_title(shown),
        models=(lines[0], lines[1]),
        loss_label=f"loss of sample {numbers.count(shown.sample + 1)}",
        takeaway=compare_takeaway(pair),
    )


def _title(shown: Shown) -> str:
    title = sample_heading(shown)[0]
    return f"{title} Two models" if title.endswith("?") else f"{title}, two models"


def _line(letter: str, side: Shown, loss: str) -> ModelLine:
    return ModelLine(letter, side.shown_model.name, loss, sum_check(side))
