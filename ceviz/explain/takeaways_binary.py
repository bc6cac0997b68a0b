"""Takeaways of yes/no questions: one of them, or one per label."""

from __future__ import annotations

import math

from ceviz.core.document import Unit
from ceviz.core.losses import entropy
from ceviz.explain import numbers
from ceviz.explain.formulas import log_name
from ceviz.explain.parts import Part, in_unit, label_texts, p_text, parts, shown_loss
from ceviz.explain.shown import Shown
from ceviz.explain.spans import PICTURED, Span, loss_span, say

_CONFIDENT = 0.1
"""A label this close to its target is confident and right; it costs at most 0.105 nats."""


def binary_takeaway(shown: Shown) -> tuple[Span, ...]:
    """What the shown sample teaches, of one yes or no."""
    yes, no = parts(shown)
    if yes.target not in (0.0, 1.0):
        return _between(shown, yes)
    true, other = (yes, no) if yes.target == 1 else (no, yes)
    if true.value == math.inf:
        return _ruled_out(shown, true, yes)
    if shown.in_logits:
        return _pulled(shown, true, yes)
    start, had_it_been = _answer(yes)
    return say(
        f"{start}, so the term for “{other.name}” is multiplied by 0. What is left is ",
        *_loss(shown, true),
        f". {had_it_been}{_otherwise(shown, other)}.",
    )


def _answer(yes: Part) -> tuple[str, str]:
    """How the answer is said, and how the other one would be."""
    if yes.name in PICTURED:
        if yes.target == 1:
            return f"It is a {yes.name}", "Had it not been one"
        return f"It is not a {yes.name}", "Had it been one"
    answers = f"“{yes.name}”", f"“not {yes.name}”"
    true, other = answers if yes.target == 1 else answers[::-1]
    return f"The answer is {true}", f"Had it been {other}"


def _loss(shown: Shown, true: Part) -> tuple[str, Span]:
    sign = "=" if true.value == 0 else "≈"
    log = log_name(shown.evaluation.unit)
    return f"−{log} {numbers.argument(p_text(shown, true))} {sign} ", loss_span(true.value_text)


def _otherwise(shown: Shown, other: Part) -> str:
    """What the loss would be for the other target, as it goes on behind "Had it been one"."""
    if other.surprise == math.inf:
        return ", the loss would be infinite"
    unit = shown.evaluation.unit
    text, value = other_loss(shown, other)
    sign = "=" if value == 0 else "≈"
    return f": −{log_name(unit)} {numbers.argument(text)} {sign} {numbers.term(value)}"


def other_loss(shown: Shown, other: Part) -> tuple[str, float]:
    """The p of the answer that was not true, as text, and the loss had it been."""
    unit = shown.evaluation.unit
    asked = Part(
        other.class_index,
        other.name,
        1.0,
        other.probability,
        other.surprise,
        None,
        in_unit(other.surprise, unit),
    )
    return p_text(shown, asked), asked.value


def _ruled_out(shown: Shown, true: Part, yes: Part) -> tuple[Span, ...]:
    if yes.name not in PICTURED:
        what = "that was the answer"
    else:
        what = f"it was a {yes.name}" if true is yes else f"it was not a {yes.name}"
    log = log_name(shown.evaluation.unit)
    ruled = say(f"The model ruled “{true.name}” out completely, and {what}: {log} 0 is −∞.")
    if shown.in_logits:
        return ruled
    unit = " nats" if shown.evaluation.unit is Unit.BITS else ""
    if true is yes:
        return ruled + say(" Keras would clip p at 10⁻⁷ and report ", loss_span("16.118"), f"{unit}.")
    # 1 - 1e-7 is 0.99999988 in float32, Keras's usual precision: -ln(1 - p) = 15.942, not 16.118.
    return ruled + say(" Keras, in float32, would clip p and report ", loss_span("15.942"), f"{unit}.")


def _pulled(shown: Shown, true: Part, yes: Part) -> tuple[Span, ...]:
    start = say("Sigmoid turns z into p; the loss is ", *_loss(shown, true), ". ")
    text = p_text(shown, true)
    way = "up" if true is yes else "down"
    if text == "1" or text.startswith("("):
        return start + say(f"Almost nothing is left for training to pull z {way} by.")
    if not text.replace(".", "").isdigit():
        return start + say(f"Training pulls z {way} almost as hard as it can.")
    exactly = shown.state.options.temperature == 1 and shown.evaluation.unit is Unit.NATS
    how = "by exactly" if exactly else "in proportion to"
    lacks = numbers.fixed(1 - float(text), len(text.partition(".")[2]))
    return start + say(f"Training pulls z {way} {how} what “{true.name}” still lacks: 1 − {text} = {lacks}.")


def _between(shown: Shown, yes: Part) -> tuple[Span, ...]:
    target = numbers.probability_short(yes.target)
    loss = shown_loss(shown)
    if loss == math.inf:
        log = log_name(shown.evaluation.unit)
        return say(f"The target is {target}, so neither answer may be ruled out: {log} 0 is −∞.")
    start = say(
        f"The target is {target}, so both terms count: together ", loss_span(numbers.loss(loss)), ". "
    )
    if yes.probability == yes.target:
        return start + say("No prediction costs less: p equals t.")
    least = in_unit(float(entropy([yes.target, 1 - yes.target])), shown.evaluation.unit)
    return start + say(f"The least that any prediction costs is {numbers.loss(least)}, at p = {target}.")


def multilabel_takeaway(shown: Shown) -> tuple[Span, ...]:
    """What the shown sample teaches, of several labels."""
    every = parts(shown)
    most = max(every, key=lambda part: part.value)
    if most.value == 0:
        return say("Every label is exactly right: the loss is ", loss_span("0"), ".")
    first = _costs_most(shown, most, len(every))
    if len(every) == 1 or most.value == math.inf:
        return say(first)
    least = min(every, key=lambda part: part.value)
    if least.value == most.value:
        return say(f"Every label costs the same, {most.value_text}.")
    return say(f"{first} {_costs_least(least)}")


def _costs_most(shown: Shown, part: Part, count: int) -> str:
    named = part.name in PICTURED
    who = f"The {part.name}" if named else f"“{part.name}”"
    costs = "is the only label" if count == 1 else "costs most"
    if part.value == math.inf:
        log = log_name(shown.evaluation.unit)
        said = (
            "it is there"
            if part.target == 1
            else "it is not there"
            if part.target == 0
            else "it may be there"
        )
        p = "0" if part.target == 1 or part.probability == 0 else "1"
        return f"{who} costs infinitely much: {said}, but the model gave it {p}, and {log} 0 is −∞."
    return f"{who} {costs}: {_given(shown, part)}."


def _given(shown: Shown, part: Part) -> str:
    target, p = label_texts(shown, part)
    if p.startswith("("):
        p = f"all but {p.removeprefix('(1 − ').removesuffix(')')}"
    missing = abs(part.probability - part.target)
    if part.target == 1:
        return (
            f"it is there, and the model gave it {p}, not 1"
            if missing <= _CONFIDENT
            else (f"it is there, but the model gave it only {p}")
        )
    if part.target == 0:
        return (
            f"it is not there, and the model gave it {p}, not 0"
            if missing <= _CONFIDENT
            else (f"it is not there, but the model gave it {p}")
        )
    return f"its target is {target}, and the model gave it {p}"


def _costs_least(part: Part) -> str:
    missing = abs(part.probability - part.target)
    if part.target in (0.0, 1.0) and missing <= _CONFIDENT:
        said = part.name if part.target == 1 else f"no {part.name}"
        amount = "nothing" if part.value == 0 else "almost nothing"
        return f"A confident, right “{said}” costs {amount}."
    return f"The cheapest label, “{part.name}”, costs {part.value_text}."
