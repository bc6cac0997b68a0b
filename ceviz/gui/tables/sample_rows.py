"""The rows of the class table as plain values: one per class, two for a binary task."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ceviz.core.document import Task
from ceviz.explain.parts import parts
from ceviz.explain.shown import Shown


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One class of the shown sample.

    `given` is the prediction as typed, a probability or a logit; `pull` is -dL/dgiven, where training would
    move it. NaN stands for what is not defined. A read-only row follows from the others.
    """

    class_index: int
    name: str
    target: float
    given: float
    probability: float
    term: float
    pull: float
    reason: str = ""
    target_reason: str = ""
    read_only: bool = False
    line: int = 0
    """Where every class has two lines, one per model: which of them."""


def sample_rows(shown: Shown) -> tuple[SampleRow, ...]:
    """The rows of the shown sample, in the order of the classes."""
    if shown.task is Task.BINARY:
        return _binary_rows(shown)
    sample, result = shown.sample, shown.result
    reasons, target_reasons = _reasons(shown)
    numbers = (
        shown.state.targets[sample].tolist(),
        shown.shown_model.predictions[sample].tolist(),
        result.probabilities[sample].tolist(),
        result.terms[sample].tolist(),
        (-result.gradients[sample]).tolist(),
    )
    return tuple(
        SampleRow(k, name, t, given, p, term, pull, reasons.get(k, ""), target_reasons.get(k, ""))
        for k, (name, t, given, p, term, pull) in enumerate(zip(shown.state.classes, *numbers, strict=True))
    )


def _binary_rows(shown: Shown) -> tuple[SampleRow, ...]:
    sample, name = shown.sample, shown.state.classes[0]
    given = float(shown.shown_model.predictions[sample, 0])
    target = float(shown.state.targets[sample, 0])
    probability = float(shown.result.probabilities[sample, 0])
    positive, negative = _binary_terms(shown)
    reasons, target_reasons = _reasons(shown)
    pull = -float(shown.result.gradients[sample, 0])
    other = math.nan if shown.in_logits else 1 - given
    return (
        SampleRow(
            0, name, target, given, probability, positive, pull, reasons.get(0, ""), target_reasons.get(0, "")
        ),
        SampleRow(1, f"not {name}", 1 - target, other, 1 - probability, negative, math.nan, read_only=True),
    )


def _binary_terms(shown: Shown) -> tuple[float, float]:
    """What each answer adds to the loss."""
    if not shown.result.valid[shown.sample]:
        return math.nan, math.nan
    yes, no = parts(shown)
    return yes.value, no.value


def _reasons(shown: Shown) -> tuple[dict[int, str], dict[int, str]]:
    """What is wrong with single numbers, by class: of the prediction, and of the target."""
    reasons: dict[int, str] = {}
    target_reasons: dict[int, str] = {}
    for issue in shown.evaluation.issues_of(shown.sample, shown.model):
        if issue.class_index is not None:
            (target_reasons if issue.model is None else reasons)[issue.class_index] = issue.message
    return reasons, target_reasons
