"""The takeaway: one or two sentences about the shown sample, true for the numbers that are shown."""

from __future__ import annotations

import math

from ceviz.core.document import Task, Unit
from ceviz.explain import numbers
from ceviz.explain.formulas import log_name
from ceviz.explain.parts import (
    Part,
    because_text,
    is_valid,
    p_text,
    parts,
    shown_loss,
    shown_target,
    true_class,
    with_short_names,
)
from ceviz.explain.shown import Shown
from ceviz.explain.spans import PICTURED, Span, loss_span, say
from ceviz.explain.takeaways_binary import binary_takeaway, multilabel_takeaway
from ceviz.explain.takeaways_options import options_takeaway
from ceviz.explain.takeaways_soft import soft_takeaway

SURE = 0.8
"""A model that gives one class this much is called sure of it."""
_REMEDIES = {
    "sum": "Normalise it, or correct a number.",
    "target_sum": "Normalise it, or correct a number.",
    "range": "Correct that number; no button can guess it.",
    "target_range": "Correct that number; no button can guess it.",
    "undefined": "Type a finite logit.",
    "target": "Correct the target.",
    "refused": "Choose another way to compute it.",
    "nan": "Choose another way to compute it.",
}


def takeaway(shown: Shown) -> tuple[Span, ...]:
    """What there is to learn from the shown sample."""
    if not is_valid(shown):
        return _invalid(shown)
    if _is_blank(shown):
        return say("Drag a bar, or choose an example.")
    if shown.state.samples[shown.sample].ignored:
        loss = loss_span(numbers.loss(shown_loss(shown)))
        return say("This sample is ignored: its loss, ", loss, ", counts in neither sum nor mean.")
    if shown.result.working is not None:
        return options_takeaway(with_short_names(shown))
    return _TAKEAWAYS[shown.task](with_short_names(shown))


def _invalid(shown: Shown) -> tuple[Span, ...]:
    issues = shown.evaluation.issues_of(shown.sample, shown.model)
    issue = next((issue for issue in issues if issue.code == "refused"), issues[0])
    at_fault = issues[0] if "range" in issues[0].code else issue
    remedy = _REMEDIES[at_fault.code]
    if issue.code in ("sum", "target_sum") and not issue.fixable:
        remedy = "Correct a number."
    return say("There is no loss yet: ", Span(because_text(shown, issue), "danger"), f". {remedy}")


def _is_blank(shown: Shown) -> bool:
    """Whether this is the sample that follows the deletion of the last one: a guess about nothing."""
    if shown.state.sample_count > 1:
        return False
    guess = 1 / shown.state.class_count if shown.task.competing else 0.5
    target = shown_target(shown).tolist()
    blank = {
        Task.MULTICLASS: [1.0] + [0.0] * (len(target) - 1),
        Task.SOFT: [1 / len(target)] * len(target),
    }.get(shown.task, [0.0] * len(target))
    p = shown.result.probabilities[shown.sample]
    return target == blank and shown.state.class_count > 1 and bool((abs(p - guess) < 1e-9).all())


def _multiclass(shown: Shown) -> tuple[Span, ...]:
    every = list(parts(shown))
    true = every.pop(true_class(shown))
    if not every:
        return say(
            "With a single class there is nothing to get wrong: its probability has to be 1, the loss 0."
        )
    if true.value == math.inf:
        return _ruled_out(shown, true)
    if shown.in_logits:
        return _pulled(shown, true)
    if true.value == 0:
        return say(
            "The model gave ", _class(true), " 1: the loss is ", loss_span("0"), ", the smallest there is."
        )
    if all(abs(part.probability - true.probability) < 1e-12 for part in every):
        return _guessed(shown)
    preferred = max(every, key=lambda part: part.probability)
    if _reads_higher(shown, preferred, true):
        return _wrong(shown, true, preferred)
    return _right(shown, true)


def _class(part: Part) -> Span:
    return Span(part.name, "class", part.class_index)


def _reads_higher(shown: Shown, other: Part, true: Part) -> bool:
    """Whether a reader of both numbers, too, sees that the other class got more."""
    if other.probability <= true.probability:
        return False
    return p_text(shown, other) != numbers.probability_short(true.probability)


def _logarithm_of(shown: Shown, part: Part) -> str:
    """−ln 0.4"""
    return f"−{log_name(shown.evaluation.unit)} {numbers.argument(p_text(shown, part))}"


def _ruled_out(shown: Shown, true: Part) -> tuple[Span, ...]:
    what = f"a {true.name}" if true.name in PICTURED else "the true class"
    log = log_name(shown.evaluation.unit)
    ruled = say("The model ruled ", _class(true), f" out completely, and it was {what}: {log} 0 is −∞.")
    if shown.in_logits:
        return ruled
    unit = " nats" if shown.evaluation.unit is Unit.BITS else ""
    return ruled + say(" Keras would clip p at 10⁻⁷ and report ", loss_span("16.118"), f"{unit}.")


def _pulled(shown: Shown, true: Part) -> tuple[Span, ...]:
    sign = "=" if true.value == 0 else "≈"
    start = say(
        f"Softmax turns z into p; the loss is {_logarithm_of(shown, true)} {sign} ",
        loss_span(true.value_text),
        ". ",
    )
    text = p_text(shown, true)
    if text == "1" or text.startswith("("):
        return start + say("Almost nothing is left for training to pull up ", _class(true), " by.")
    if not text.replace(".", "").isdigit():
        return start + say("Training pulls ", _class(true), " up almost as hard as it can.")
    decimals = len(text.partition(".")[2])
    lacks = f"1 − {text} = {numbers.fixed(1 - float(text), decimals)}"
    exactly = shown.state.options.temperature == 1 and shown.evaluation.unit is Unit.NATS
    how = "by exactly" if exactly else "in proportion to"
    return start + say("Training pulls ", _class(true), f" up {how} what it still lacks: {lacks}.")


def _guessed(shown: Shown) -> tuple[Span, ...]:
    count = shown.state.class_count
    log = log_name(shown.evaluation.unit)
    return say(
        f"All {numbers.count(count)} classes got the same, so this is a blind guess: ",
        f"the loss is {log} {count} ≈ ",
        loss_span(numbers.loss(shown_loss(shown))),
        ".",
    )


def _wrong(shown: Shown, true: Part, preferred: Part) -> tuple[Span, ...]:
    given = p_text(shown, preferred)
    if given == "1" and preferred.probability < 1:
        given = "almost 1"
    if preferred.probability < SURE:
        start = say(
            "The model preferred ", _class(preferred), f", at {given}, but only the true class counts: "
        )
    else:
        start = say("The model was sure of ", _class(preferred), f", at {given}, and wrong: ")
    loss = say(
        _class(true),
        f" got {p_text(shown, true)}, so the loss is {_logarithm_of(shown, true)} ≈ ",
        loss_span(true.value_text),
        ".",
    )
    if preferred.probability < SURE:
        return start + loss
    halving = "1 bit" if shown.evaluation.unit is Unit.BITS else "ln 2 ≈ 0.693"
    return start + loss + say(f" Each further halving adds {halving}.")


def _right(shown: Shown, true: Part) -> tuple[Span, ...]:
    given = p_text(shown, true)
    loss = (_logarithm_of(shown, true) + " ≈ ", loss_span(true.value_text))
    if true.probability < SURE:
        return say(
            "Only the true class counts. The model gave ",
            _class(true),
            f" {given}, so the loss is ",
            *loss,
            ". Had it given 1, the loss would be 0.",
        )
    return say(
        "The model was sure of ",
        _class(true),
        f", at {given}, and right: the loss is ",
        *loss,
        ". How the rest is split does not matter.",
    )


_TAKEAWAYS = {
    Task.MULTICLASS: _multiclass,
    Task.SOFT: soft_takeaway,
    Task.BINARY: binary_takeaway,
    Task.MULTILABEL: multilabel_takeaway,
}
