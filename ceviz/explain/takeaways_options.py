"""Takeaways where options or a framework had a hand in the loss: what they did, and what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ceviz.core.conventions import Divisor
from ceviz.core.document import Convention, Precision, Reduction, Task
from ceviz.core.losses import entropy
from ceviz.explain import numbers
from ceviz.explain.convention_reasons import Compared, reason
from ceviz.explain.formulas import Script, Text, to_text
from ceviz.explain.option_parts import divergence, focal_gamma
from ceviz.explain.parts import floor_and_excess, in_unit, parts, shown_loss, true_class
from ceviz.explain.shown import Shown
from ceviz.explain.spans import Span, loss_span, say


def options_takeaway(shown: Shown) -> tuple[Span, ...]:
    """What the shown sample teaches about how its loss was computed."""
    sentences = list(_sentences(shown))
    if shown.evaluation.exact is None and not any(span.role == "loss" for one in sentences for span in one):
        sentences.insert(0, say("With these options the loss is ", _loss(shown), "."))
    spaced = [span for one in sentences for span in (Span(" "), *one)]
    return tuple(spaced[1:])


def _sentences(shown: Shown) -> Iterator[tuple[Span, ...]]:
    options = shown.state.options
    if shown.evaluation.exact is not None:
        yield _by_call(shown)
    if shown.result.divides_by is Divisor.NUMBERS and _is_plain_mean(shown):
        yield _alone(shown)
    if options.label_smoothing:
        yield _smoothing(shown)
    if options.class_weights is not None and not _weight_is_told(shown):
        yield say(_class_weights(shown))
    if options.pos_weight is not None:
        yield say("Positive weights multiply what a label costs that is on.")
    if focal_gamma(shown):
        yield say(_focal(shown))
    if options.focal_alpha is not None:
        yield say("Alpha is a further weight.")


def _loss(shown: Shown) -> Span:
    return loss_span(numbers.loss(shown_loss(shown)))


def _by_call(shown: Shown) -> tuple[Span, ...]:
    """What the call gives, and why that is not what the definition gives."""
    who, exact = _who(shown), shown.evaluation.exact
    assert exact is not None
    gives = say(f"{who} gives ", _loss(shown))
    why = reason(_compared(shown), shown.sample)
    by_definition = shown.result.call is None
    if not why:
        return gives + say(", as in float64." if by_definition else ", as the definition does.")
    loss = float(exact.models[shown.model].losses[shown.sample])
    text = numbers.loss(loss)
    if loss != loss:
        return gives + say(f". {why}")
    if text == numbers.loss(shown_loss(shown)):
        like = "as in float64" if by_definition else "like the definition"
        return gives + say(f", {like} but for digits that are not shown. {why}")
    return gives + say(f"; exactly the loss is {text}. {why}")


def _is_plain_mean(shown: Shown) -> bool:
    """Whether a mean is taken in which the shown sample weighs what any does."""
    return shown.state.options.reduction is Reduction.MEAN and shown.state.samples[shown.sample].weight == 1


def _alone(shown: Shown) -> tuple[Span, ...]:
    """What a mean over N K makes of a batch of this sample alone."""
    count = shown.state.class_count
    mean = loss_span(numbers.loss(shown_loss(shown) / count))
    return say(f"Its mean also divides by K = {numbers.count(count)}: of this sample alone it is ", mean, ".")


def _who(shown: Shown) -> str:
    call = shown.result.call
    if call is not None:
        return call.title.partition(" ")[0]
    single = shown.state.options.precision is Precision.FLOAT32
    return "The definition in float32" if single else "The definition"


def _compared(shown: Shown) -> Compared:
    """The shown model alone, by the call and by the definition."""
    exact, evaluation = shown.evaluation.exact, shown.evaluation
    assert exact is not None
    alone = replace(evaluation, models=(shown.result,), exact_state=None)
    return Compared(shown.state, shown.task, alone, replace(exact, models=(exact.models[shown.model],)))


def _smoothing(shown: Shown) -> tuple[Span, ...]:
    start = f"Label smoothing {numbers.typed(shown.state.options.label_smoothing)} "
    if _is_weighed(shown) or divergence(shown.result.call):
        return say(f"{start}moves a share of the target to the other {_classes(shown)}.")
    if shown.task.competing:
        floor, excess = floor_and_excess(shown)
        puts = say(f"{start}puts a ", Span("floor", "strong"), f" of {numbers.term(floor)} under the loss: ")
        if excess <= 0:
            return puts + say("this prediction pays no more than that.")
        paid = loss_span(numbers.term(excess))
        return puts + say("even a perfect prediction pays it. This one pays ", paid, " more.")
    return say(f"{start}puts a ", Span("floor", "strong"), f" of {_label_floor(shown)} under the loss.")


def _classes(shown: Shown) -> str:
    return "classes" if shown.task.competing else "answer"


def _is_weighed(shown: Shown) -> bool:
    """Whether terms are multiplied by more than one number common to all of them."""
    options = shown.state.options
    some = (options.class_weights, options.pos_weight, options.focal_alpha)
    return any(option is not None for option in some) or bool(focal_gamma(shown))


def _label_floor(shown: Shown) -> str:
    """The least that any prediction costs: the entropies of the labels' targets."""
    working = shown.result.working
    assert working is not None
    targets = working.targets[shown.sample].tolist()
    share = 1.0 if working.factors is None else float(working.factors[shown.sample][0])
    nats = share * sum(float(entropy([t, 1.0 - t])) for t in targets)
    return numbers.term(in_unit(nats, shown.evaluation.unit))


def _weight_is_told(shown: Shown) -> bool:
    """Whether why the numbers differ already says what Keras does with the weights."""
    keras = shown.state.options.convention is Convention.KERAS
    return keras and bool(reason(_compared(shown), shown.sample))


def _class_weights(shown: Shown) -> str:
    if shown.state.options.convention is Convention.KERAS:
        return "The loss is multiplied by the weight of the target’s class."
    if shown.task is Task.BINARY:
        return "The class weight multiplies the terms of both answers."
    what = "label" if shown.task is Task.MULTILABEL else "class"
    return f"Class weights multiply the term of each {what}."


def _focal(shown: Shown) -> str:
    exponent = numbers.typed(focal_gamma(shown))
    power = to_text(Script(Text("(1 − p)"), sup=Text(exponent)))
    name = "The focal factor 1 − p" if exponent == "1" else f"The focal factor {power}"
    start = f"{name} makes what is easy count less"
    if shown.task is not Task.MULTICLASS or shown.state.options.label_smoothing:
        return f"{start}."
    true = parts(shown)[true_class(shown)]
    used = true.probability if true.used is None else true.used
    factor = (1.0 - used) ** true.gamma
    return f"{start}: here it is {numbers.short(factor, 3)}."
