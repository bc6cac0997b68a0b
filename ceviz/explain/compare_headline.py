"""The headline of a comparison: which model is better on average, by how much, and what accuracy says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ceviz.core.checks import Flags
from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.explain.compare import (
    LETTERS,
    Means,
    Pair,
    infinite_samples,
    left_out_text,
    mean_over,
    means_of,
    named_samples,
    pair_of,
    weighs,
)
from ceviz.explain.compare_costly import costly
from ceviz.explain.compare_numbers import nats_of, subtraction, times_text
from ceviz.explain.formulas import Bar, Formula, Row, Script, Text, Variable, row
from ceviz.explain.parts import by_options
from ceviz.explain.reading_aids import NO_AIDS, ReadingAids, compare_aids
from ceviz.explain.shown import Shown
from ceviz.explain.spans import Span, loss_span, say

_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class MeanTerm:
    """A model's mean loss: L̄ with the model's letter over "mean 0.942"."""

    letter: str
    formula: Formula
    name: str
    value_text: str


@dataclass(frozen=True, slots=True)
class CompareHeadline:
    """`letter` is the better model's, None for a tie. Without a number there is nothing to compare yet.

    The terms are the worse model's mean and the better one's: the number is the first less the second.
    `joiner` is the sign in front of them: "≈" where the means as written would give another last digit.
    """

    caption: str
    letter: str | None
    number_text: str
    unit: str
    accessible: str
    joiner: str
    terms: tuple[MeanTerm, ...]
    remark: tuple[Span, ...]
    short_remark: tuple[Span, ...]
    """The first part of the remark, whole sentences, for where not all of it is in sight."""
    note: str
    """Which samples are left out of both means; empty where none is."""
    aids: ReadingAids = NO_AIDS
    """Other ways to read the means."""


def compare_headline(shown: Shown) -> CompareHeadline:
    """The mean difference of the shown pair of models."""
    pair = pair_of(shown)
    means = means_of(pair)
    if means is None:
        return _without_means(pair)
    order = (1, 0) if means.better == 0 else (0, 1)
    ends = means.a, means.b
    texts = subtraction(ends[order[0]], ends[order[1]], abs(means.saved), brief=shown.dragging)
    caption = _caption(pair, means)
    unit = shown.evaluation.unit.value
    name = mean_name(pair, means)
    start, rest = _remark(pair, means)
    return CompareHeadline(
        caption=caption,
        letter=None if means.better is None else LETTERS[means.better],
        number_text=texts.difference,
        unit=unit,
        accessible=caption if means.better is None else f"{caption} {texts.difference} {unit}",
        joiner="=" if texts.exact else "≈",
        terms=tuple(
            MeanTerm(LETTERS[index], mean_symbol(LETTERS[index]), name, text)
            for index, text in zip(order, (texts.minuend, texts.subtrahend), strict=True)
        ),
        remark=(*start, *rest),
        short_remark=start,
        note=left_out_text(pair),
        aids=compare_aids(pair, means),
    )


def compared_line(headline: CompareHeadline) -> Formula:
    """The whole equation in one line; as far as there are numbers."""
    first, second = headline.terms
    difference = (first.formula, Text(f" {_MINUS} "), second.formula)
    if not headline.number_text:
        return Row(difference)
    if first.value_text == second.value_text == numbers.INFINITY:
        # ∞ − ∞ has no value.
        return Row((first.formula, Text(" = "), second.formula, Text(f" = ∞ {headline.unit}")))
    means = row(
        f" ≈ {first.value_text} {_MINUS} {second.value_text} {headline.joiner} {headline.number_text}"
    )
    return Row((*difference, means, Text(f" {headline.unit}")))


def mean_symbol(letter: str) -> Formula:
    """L̄ with the letter of a model."""
    return Script(Bar(Variable("L")), sub=Text(letter))


def mean_texts(pair: Pair, means: Means) -> tuple[str, str, str]:
    """The means of A and B as the headline writes them, and the sign of what B saves on average."""
    swapped = means.better == 0
    larger, smaller = (means.b, means.a) if swapped else (means.a, means.b)
    texts = subtraction(larger, smaller, abs(means.saved), brief=pair.a.dragging)
    if swapped:
        return texts.subtrahend, texts.minuend, texts.about
    return texts.minuend, texts.subtrahend, texts.about


def mean_name(pair: Pair, means: Means) -> str:
    """ "mean", with the number of samples where some are left out."""
    count = int(means.samples.sum())
    return "mean" if count == pair.a.state.sample_count else f"mean of {numbers.count(count)}"


def _caption(pair: Pair, means: Means) -> str:
    if means.finite_only:
        rest = "A and B are equal" if means.better is None else f"{LETTERS[means.better]} is better by"
        return f"Without infinite samples, {rest}"
    if means.better is None:
        return "A and B are equal"
    average = "weighted average" if pair.weighted else "average"
    how = "" if means.samples.sum() == 1 else f", on {average}"
    return f"{LETTERS[means.better]} is better{how} by"


def _without_means(pair: Pair) -> CompareHeadline:
    endless = bool(pair.counted.any())
    caption = "A and B are both infinite" if endless else "A and B cannot be compared yet"
    if endless:
        start = say(Span("Both means are infinite.", "strong"))
        rest = say(" On no sample do both models have a finite loss, so neither is better.")
    else:
        start, rest = say("No sample that counts has a loss for both models."), ()
    return CompareHeadline(
        caption=caption,
        letter=None,
        number_text=numbers.INFINITY if endless else "",
        unit=pair.a.evaluation.unit.value,
        accessible=caption,
        joiner="=",
        terms=tuple(
            MeanTerm(letter, mean_symbol(letter), "mean", numbers.INFINITY if endless else "")
            for letter in LETTERS
        ),
        remark=(*start, *rest),
        short_remark=start,
        note=left_out_text(pair),
    )


_Remark = tuple[tuple[Span, ...], tuple[Span, ...]]
"""What is said where there is little room, and what follows it where there is more."""


def _remark(pair: Pair, means: Means) -> _Remark:
    if means.finite_only:
        return _both_infinite(pair, means)
    if not np.isfinite(means.saved):
        return _one_infinite(pair, means)
    changed = any(map(by_options, pair.sides))
    if pair.a.task is Task.SOFT:
        return _paid(pair, means) if changed else _excess(pair, means)
    start, rest = _accuracy(pair, means)
    # A mean of other losses than −ln p says nothing about probabilities.
    return (start, say(f" {_PAID}")) if changed else (start, rest)


_PAID = "Both losses are as they are computed now, with their options."


def _paid(pair: Pair, means: Means) -> _Remark:
    a, b, _ = mean_texts(pair, means)
    start = say("A pays ", loss_span(a), " on average, B ", loss_span(b), ".")
    return start, say(f" {_PAID}")


def _both_infinite(pair: Pair, means: Means) -> _Remark:
    by_a, by_b = (named_samples(infinite_samples(pair, side)) for side in pair.sides)
    same = infinite_samples(pair, pair.a) == infinite_samples(pair, pair.b)
    who = (
        f"both ruled out {_truth(pair)} on {by_a}"
        if same
        else f"A ruled out {_truth(pair)} on {by_a}, B on {by_b}"
    )
    count = int(means.samples.sum())
    rest = "the one sample" if count == 1 else f"the {numbers.count(count)} samples"
    compared = f" Compared here: {rest} on which both losses are finite."
    return say(Span("Both means are infinite:", "strong"), f" {who}."), say(compared)


def _one_infinite(pair: Pair, means: Means) -> _Remark:
    worse = 0 if means.saved > 0 else 1
    gone = infinite_samples(pair, pair.sides[worse])
    right, _, _ = right_counts(pair)
    if pair.a.task is not Task.SOFT and right[worse] > right[1 - worse]:
        start = costly(pair, means, worse, _counted(pair, worse))
    else:
        enough = "one such sample is enough" if len(gone) == 1 else "one would be enough"
        start = say(
            Span(f"{LETTERS[worse]} ruled out {_truth(pair)} on {named_samples(gone)}:", "strong"),
            f" {enough} for an infinite mean.",
        )
    rest = means.samples.copy()
    rest[gone] = False
    if not weighs(pair, rest):
        return start, ()
    texts = [numbers.loss(mean_over(pair, side.result.losses, rest)) for side in pair.sides]
    without = "it" if len(gone) == 1 else "them"
    return start, say(f" Without {without}, A has ", loss_span(texts[0]), " and B ", loss_span(texts[1]), ".")


def _truth(pair: Pair) -> str:
    """What a model with an infinite loss ruled out."""
    return {
        Task.MULTICLASS: "the true class",
        Task.SOFT: "a class of the target",
        Task.BINARY: "the true answer" if _sure(pair) else "an answer of the target",
        Task.MULTILABEL: "the truth of a label",
    }[pair.a.task]


def _sure(pair: Pair) -> bool:
    """Whether every target that counts is 0 or 1."""
    targets = pair.a.state.targets[pair.counted]
    return bool(((targets == 0) | (targets == 1)).all())


def _excess(pair: Pair, means: Means) -> _Remark:
    """Soft targets have a floor instead of a right class."""
    entropy = pair.a.evaluation.entropy
    if entropy is None:
        raise ValueError("soft targets have a floor and an excess")
    results = [side.result for side in pair.sides]
    excesses = [result.losses - entropy if result.kl is None else result.kl for result in results]
    floor = numbers.term(mean_over(pair, entropy, means.samples))
    start = say(Span(f"Both models pay the same floor, {floor}.", "strong"), " On top of it ")
    a, b = (mean_over(pair, excess, means.samples) for excess in excesses)
    if means.better is None:
        paid = say("both pay ", loss_span(numbers.term(a)), " on average")
        return (*start, *paid, Span(".")), say(f" {_ratio_of_a_tie(pair)}")
    larger, smaller = (b, a) if means.better == 0 else (a, b)
    texts = subtraction(larger, smaller, abs(means.saved))
    worse = LETTERS[1 - means.better]
    better = LETTERS[means.better]
    paid = say(
        f"{worse} pays ",
        loss_span(texts.minuend),
        f" on average, {better} ",
        loss_span(texts.subtrahend),
        ".",
    )
    return start + paid, (Span(" "), *_ratio(pair, means))


def _accuracy(pair: Pair, means: Means) -> _Remark:
    right, total, what = right_counts(pair)
    said = f"{numbers.count(total)}{what}"
    if right[0] == right[1]:
        counts = f"Both models are right on {numbers.count(right[0])} of {said}."
        verdict = " Accuracy cannot tell them apart; cross-entropy can."
        tie = " Cross-entropy cannot tell them apart either."
    else:
        more = 0 if right[0] > right[1] else 1
        if means.better == 1 - more:
            return costly(pair, means, more, _counted(pair, more)), (Span(" "), *_ratio(pair, means))
        counts = (
            f"{LETTERS[more]} is right on {numbers.count(right[more])} of {said}, "
            f"{LETTERS[1 - more]} on {numbers.count(right[1 - more])}."
        )
        verdict = " Cross-entropy agrees."
        tie = " Cross-entropy cannot tell them apart."
    start = say(Span(counts, "strong"), tie if means.better is None else verdict)
    rest = say(_ratio_of_a_tie(pair)) if means.better is None else _ratio(pair, means)
    return start, (Span(" "), *rest)


def _counted(pair: Pair, model: int) -> str:
    """How often a model is right, and how often the other: 4 of 5 against 3."""
    right, total, what = right_counts(pair)
    of = f"{numbers.count(right[model])} of {numbers.count(total)}{what}"
    return f"{of} against {numbers.count(right[1 - model])}"


def right_counts(pair: Pair) -> tuple[tuple[int, int], int, str]:
    """How often A and B are right on what counts, of how many, and of what: samples, or labels."""
    samples = pair.counted
    if pair.a.task is not Task.MULTILABEL:
        right = [int((side.result.correct & samples).sum()) for side in pair.sides]
        return (right[0], right[1]), int(samples.sum()), ""
    right = [int(labels_right(side, samples).sum()) for side in pair.sides]
    total = int(samples.sum()) * pair.a.state.class_count
    return (right[0], right[1]), total, " label" if total == 1 else " labels"


def labels_right(side: Shown, of: Flags | int) -> Flags:
    """Which labels of some samples, or of one, are on the side of 0.5 that the target is on."""
    right: Flags = (side.result.probabilities[of] > 0.5) == (side.state.targets[of] > 0.5)
    return right


def _object(pair: Pair) -> str:
    """What a model gives probability to, and over what its geometric mean is taken."""
    average = ", on weighted geometric average" if pair.weighted else ", on geometric average"
    task = pair.a.task
    if task is Task.MULTICLASS:
        return f"the true class{average}"
    if task is not Task.SOFT and _sure(pair):
        return f"the {'true answer' if task is Task.BINARY else 'truth of a label'}{average}"
    return f"{'the classes' if task is Task.SOFT else 'the answers'}{average} weighted by the target"


def _ratio(pair: Pair, means: Means) -> tuple[Span, ...]:
    """The mean difference of logarithms as a quotient of probabilities."""
    better, worse = (LETTERS[1], LETTERS[0]) if means.saved > 0 else LETTERS
    nats = nats_of(abs(means.saved), pair.a.evaluation.unit)
    labels = pair.a.state.class_count if pair.a.task is Task.MULTILABEL else 1
    times = times_text(nats / labels)
    if times is None:
        return say(f"{better} gives {_object(pair)}, hardly more than {worse}.")
    return say(f"{better} gives {_object(pair)}, ", loss_span(f"{times} times"), f" {worse}’s probability.")


def _ratio_of_a_tie(pair: Pair) -> str:
    return f"Both give {_object(pair)}, the same probability."
