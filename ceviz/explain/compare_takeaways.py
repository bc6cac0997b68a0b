"""What there is to learn from the shown sample of a comparison, true for the numbers that are shown."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS, Pair, better_of, issues_of, named_samples
from ceviz.explain.compare_numbers import logarithm_texts, subtraction
from ceviz.explain.formulas import log_name
from ceviz.explain.numbers import argument
from ceviz.explain.parts import (
    Part,
    by_options,
    floor_and_excess,
    label_texts,
    p_text,
    parts,
    shown_loss,
    shown_target,
    true_class,
    with_short_names,
)
from ceviz.explain.shown import Shown
from ceviz.explain.spans import Span, loss_span, say

_MOST_NAMED = 3


def compare_takeaway(pair: Pair) -> tuple[Span, ...]:
    """Who gains what on this sample and why; then on which samples it is the other way round."""
    pair = replace(pair, a=with_short_names(pair.a), b=with_short_names(pair.b))
    if not pair.sample_comparable:
        return _invalid(pair)
    if pair.a.state.samples[pair.a.sample].ignored:
        return _this_sample(pair) + say(" It is ignored: it counts in neither mean.")
    elsewhere = _elsewhere(pair)
    return _this_sample(pair) + (say(f" {elsewhere}") if elsewhere else ())


def _invalid(pair: Pair) -> tuple[Span, ...]:
    target = [issue for issue in issues_of(pair.a) if issue.model is None]
    if target:
        start = say("There is no loss yet: ", Span(target[0].because, "danger"), ". ")
    else:
        start = ()
        for letter, side in zip(LETTERS, pair.sides, strict=True):
            for issue in issues_of(side)[:1]:
                start += say(f"{letter} has no loss yet: ", Span(issue.because, "danger"), ". ")
    return start + say("Until that is fixed, this sample is left out of both means.")


def _this_sample(pair: Pair) -> tuple[Span, ...]:
    if not all(math.isfinite(shown_loss(side)) for side in pair.sides):
        return _infinite(pair)
    if by_options(pair.a) or by_options(pair.b):
        return _paid(pair) + say(", as the loss is computed now.")
    if pair.a.task is Task.SOFT:
        return _above_the_floor(pair)
    if pair.a.task is Task.MULTILABEL:
        return _labels(pair)
    if pair.a.task is Task.BINARY and shown_target(pair.a)[0] not in (0, 1):
        return _paid(pair) + say(".")
    return _true_class(pair)


def _infinite(pair: Pair) -> tuple[Span, ...]:
    ruled = [_ruled_out(side) if shown_loss(side) == math.inf else None for side in pair.sides]
    if ruled[0] is not None and ruled[1] is not None:
        end = ": both losses are infinite, and neither model is better here."
        if ruled[0] == ruled[1]:
            return say("Both models ruled ", ruled[0], f" out completely{end}")
        return say("A ruled ", ruled[0], " out completely, B ", ruled[1], end)
    worse = 0 if ruled[0] is not None else 1
    paid = numbers.term(shown_loss(pair.sides[1 - worse]))
    return say(
        f"{LETTERS[worse]} ruled ",
        ruled[worse] or "",
        f" out completely, so its loss is infinite on this sample; {LETTERS[1 - worse]} pays ",
        loss_span(paid),
        ".",
    )


def _ruled_out(side: Shown) -> Span:
    """What a model with an infinite loss gave no probability to, though the target did."""
    part = next(part for part in parts(side) if part.value == math.inf)
    if side.task is Task.MULTILABEL and (part.target == 0 or part.surprise == 0):
        return Span(f"“no {part.name}”", "class", part.class_index)
    return _named(side, part)


def _named(side: Shown, part: Part) -> Span:
    """A class, a label or an answer in a sentence."""
    quoted = side.task is Task.BINARY and part.class_index == 1
    return Span(f"“{part.name}”" if quoted else as_word(part.name), "class", part.class_index)


def _true_class(pair: Pair) -> tuple[Span, ...]:
    true = true_class(pair.a)
    a, b = (parts(side)[true] for side in pair.sides)
    given = _named(pair.a, a), _named(pair.b, b)
    if pair.sample_saved == 0:
        rest = ": how the rest is split does not matter" if pair.a.state.class_count > 2 else ""
        paid = loss_span(a.value_text)
        return say(
            "Both models give ",
            given[0],
            f" {p_text(pair.a, a)}, so both pay ",
            paid,
            f" on this sample{rest}.",
        )
    over, under = ((pair.b, b), (pair.a, a))
    if pair.sample_saved < 0:
        over, under = under, over
    wanted = numbers.term(abs(pair.sample_saved))
    texts = logarithm_texts(over, under, wanted)
    quotient = ""
    if texts is None:
        texts = p_text(*over), p_text(*under)
    else:
        log = log_name(pair.a.evaluation.unit)
        quotient = f"{log}({argument(texts[0])} / {argument(texts[1])}) ≈ "
    of_b, of_a = texts if pair.sample_saved > 0 else texts[::-1]
    verb, more = ("saves", "") if pair.sample_saved > 0 else ("pays", " more")
    start = say("B gives ", given[1], f" {of_b} where A gave {of_a}, so it {verb} {quotient}")
    return start + say(loss_span(wanted), f"{more} on this sample.")


def _paid(pair: Pair) -> tuple[Span, ...]:
    """B pays 0.6 where A pays 0.8, so it saves 0.2 on this sample"""
    return _difference(shown_loss(pair.a), shown_loss(pair.b), pair.sample_saved, pair.a.dragging)


def _difference(a: float, b: float, saved: float, brief: bool) -> tuple[Span, ...]:
    if saved == 0:
        return say("Both models pay ", loss_span(numbers.term(a)), " on this sample")
    texts = subtraction(max(a, b), min(a, b), abs(saved), brief)
    of_a, of_b = (texts.minuend, texts.subtrahend) if saved > 0 else (texts.subtrahend, texts.minuend)
    verb, more = ("saves", "") if saved > 0 else ("pays", " more")
    return say(
        "B pays ",
        loss_span(of_b),
        " where A pays ",
        loss_span(of_a),
        f", so it {verb} {texts.about}",
        loss_span(texts.difference),
        f"{more} on this sample",
    )


def _above_the_floor(pair: Pair) -> tuple[Span, ...]:
    floor, excess_a = floor_and_excess(pair.a)
    excess_b = floor_and_excess(pair.b)[1]
    if floor == 0 or min(excess_a, excess_b) < 0:
        return _paid(pair) + say(".")
    the_floor = say("Above the ", Span("floor", "strong"), f", {numbers.term(floor)}, ")
    first, *rest = _difference(excess_a, excess_b, pair.sample_saved, pair.a.dragging)
    return the_floor + say(first.text.replace("Both", "both"), *rest, ".")


def _labels(pair: Pair) -> tuple[Span, ...]:
    start = _paid(pair)
    way = better_of(pair.sample_saved)
    if way is None or pair.a.state.class_count == 1:
        return start + say(".")
    sides = [parts(side) for side in pair.sides]
    gains = [(a.value - b.value) * (1 if way == 1 else -1) for a, b in zip(*sides, strict=True)]
    most = max(range(len(gains)), key=gains.__getitem__)
    a, b = (label_texts(side, every[most])[1] for side, every in zip(pair.sides, sides, strict=True))
    where = Span(as_word(sides[0][most].name), "class", most)
    return start + say(", most of all on ", where, f": B gives it {b}, A gave it {a}.")


def _elsewhere(pair: Pair) -> str:
    """On which samples that have both losses either model is better."""
    total = int(pair.comparable.sum())
    if total < 2:
        return ""
    wins = [np.flatnonzero(better).tolist() for better in (pair.saved < 0, pair.saved > 0)]
    fewer = 0 if len(wins[0]) <= len(wins[1]) else 1
    lesser, greater = LETTERS[fewer], LETTERS[1 - fewer]
    few, many = len(wins[fewer]), len(wins[1 - fewer])
    of_all = f"of {numbers.count(total)} {_samples(pair, total)}"
    if many == total:
        every = "both" if total == 2 else f"all {numbers.count(total)}"
        return f"{greater} is the better model on {every} {_samples(pair, total)}."
    if many == 0:
        return "On no sample is either the better model."
    if few == 0:
        return f"On no sample is {lesser} the better model."
    if few == many:
        return f"Each is the better model on {numbers.count(few)} {of_all}."
    if few <= _MOST_NAMED:
        where = "this sample" if wins[fewer] == [pair.a.sample] else named_samples(wins[fewer], _MOST_NAMED)
        return f"Only on {where} is {lesser} the better model."
    return (
        f"{greater} is the better model on {numbers.count(many)} {of_all}, {lesser} on {numbers.count(few)}."
    )


def _samples(pair: Pair, total: int) -> str:
    return "samples" if total == pair.a.state.sample_count else "samples with two losses"
