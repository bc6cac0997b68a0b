"""Takeaways of soft targets: the floor that everybody pays, and what this prediction pays on top."""

from __future__ import annotations

import math

from ceviz.explain import numbers
from ceviz.explain.formulas import log_name
from ceviz.explain.parts import floor_and_excess, shown_loss, shown_probabilities, shown_target
from ceviz.explain.shown import Shown
from ceviz.explain.spans import Span, loss_span, say


def soft_takeaway(shown: Shown) -> tuple[Span, ...]:
    """What the shown sample teaches, of a target that is a distribution."""
    floor, excess = floor_and_excess(shown)
    floor_text = numbers.term(floor)
    the_floor = Span("floor", "strong")
    if excess == math.inf:
        return _ruled_out(shown)
    if excess == 0:
        return say("The prediction equals the target, so it pays only the ", the_floor, f", {floor_text}.")
    if excess < 0:
        less = loss_span(numbers.loss(-excess))
        return say(
            "A little more than 1 was given away, so this pays ", less, " less than the ", the_floor, "."
        )
    where = _where(shown)
    if floor == 0:
        loss = loss_span(numbers.loss(shown_loss(shown)))
        return say("A target that is sure has no ", the_floor, ": all of ", loss, f" is excess{where}.")
    return say(
        "Even a perfect prediction pays the ",
        the_floor,
        f", {floor_text}. This one pays ",
        loss_span(numbers.term(excess)),
        f" more{where}.",
    )


def _where(shown: Shown) -> str:
    """Which class got most too little, which most too much."""
    lacking = shown_target(shown) - shown_probabilities(shown)
    names = shown.state.classes
    found = []
    if lacking.max() > 0:
        found.append(f"too little on {names[int(lacking.argmax())]}")
    if lacking.min() < 0:
        found.append(f"too much on {names[int(lacking.argmin())]}")
    return ": " + ", ".join(found) if found else ""


def _ruled_out(shown: Shown) -> tuple[Span, ...]:
    infinite = shown.result.terms[shown.sample] == math.inf
    index = int(infinite.argmax())
    share = numbers.probability_short(float(shown_target(shown)[index]))
    return say(
        "The model ruled ",
        Span(shown.state.classes[index], "class", index),
        f" out completely, but its target is {share}: {log_name(shown.evaluation.unit)} 0 is −∞.",
    )
