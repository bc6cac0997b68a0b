"""The table of the shown sample with two lines per class: what A and what B gives it, and what that costs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS, Pair, pair_of
from ceviz.explain.compare_takeaways import compare_takeaway
from ceviz.explain.parts import class_name, is_valid, parts, shown_loss, shown_probabilities, shown_target
from ceviz.explain.sentences import sample_heading, sum_check
from ceviz.explain.shown import Shown
from ceviz.explain.spans import Span


@dataclass(frozen=True, slots=True)
class ModelCell:
    """What one model gives a class. Texts are empty where there is nothing: an invalid row has no terms.

    `probability` None: softmax is undefined. `logit_text` is empty where probabilities are given.
    """

    probability: float | None
    probability_text: str
    logit_text: str
    term_text: str
    zero: bool
    """Whether the term is exactly 0, which is written without colour."""


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One class: its target and what each model gives it."""

    class_index: int
    name: str
    target: float
    target_text: str
    a: ModelCell
    b: ModelCell


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
    rows: tuple[CompareRow, ...]
    """One per class; for binary one per answer."""
    loss_label: str
    takeaway: tuple[Span, ...]


def compare_rows(shown: Shown) -> CompareSample:
    """The shown sample as both models see it."""
    pair = pair_of(shown)
    lines = [_line(letter, side) for letter, side in zip(LETTERS, pair.sides, strict=True)]
    return CompareSample(
        title=_title(shown),
        models=(lines[0], lines[1]),
        rows=_rows(pair),
        loss_label=f"loss of sample {numbers.count(shown.sample + 1)}",
        takeaway=compare_takeaway(pair),
    )


def _title(shown: Shown) -> str:
    title = sample_heading(shown)[0]
    return f"{title} Two models" if title.endswith("?") else f"{title}, two models"


def _line(letter: str, side: Shown) -> ModelLine:
    loss = numbers.loss(shown_loss(side)) if is_valid(side) else ""
    return ModelLine(letter, side.shown_model.name, loss, sum_check(side))


def _rows(pair: Pair) -> tuple[CompareRow, ...]:
    targets = shown_target(pair.a).tolist()
    if pair.a.task is Task.BINARY:
        targets = [targets[0], 1.0 - targets[0]]
    cells = [_cells(side) for side in pair.sides]
    return tuple(
        CompareRow(k, class_name(pair.a, k), t, _target_text(pair.a.task, t), a, b)
        for k, (t, a, b) in enumerate(zip(targets, *cells, strict=True))
    )


def _target_text(task: Task, target: float) -> str:
    whole = task is not Task.SOFT and target in (0.0, 1.0)
    return numbers.fixed(target, 0) if whole else numbers.probability(target)


def _cells(side: Shown) -> list[ModelCell]:
    probabilities = shown_probabilities(side).tolist()
    logits = side.shown_model.predictions[side.sample].tolist() if side.in_logits else []
    if side.task is Task.BINARY:
        probabilities.append(1.0 - probabilities[0])
    logit_texts = [numbers.logit(logit) for logit in logits]
    logit_texts += [""] * (len(probabilities) - len(logit_texts))
    terms = [part.value for part in parts(side)] if is_valid(side) else [None] * len(probabilities)
    return [_cell(*row) for row in zip(probabilities, logit_texts, terms, strict=True)]


def _cell(probability: float, logit_text: str, term: float | None) -> ModelCell:
    undefined = math.isnan(probability)
    return ModelCell(
        probability=None if undefined else probability,
        probability_text="" if undefined else numbers.probability(probability),
        logit_text=logit_text,
        term_text="" if term is None else numbers.term(term),
        zero=term == 0,
    )
