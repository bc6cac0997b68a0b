"""How the loss is computed, as it is offered for choosing: call, precision, reduction and options."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ceviz.core.calls import Call, call_fault, calls_of, meant_call
from ceviz.core.conventions import Divisor
from ceviz.core.document import Convention, InputKind, LossOptions, Precision, Reduction, Task
from ceviz.core.evaluation import ModelEvaluation
from ceviz.explain import numbers
from ceviz.explain.convention_table import CONVENTION_NAMES, call_title
from ceviz.explain.shown import Shown

TITLES = {
    "label_smoothing": "Label smoothing",
    "class_weights": "Class weights",
    "pos_weight": "Positive weights",
    "focal_gamma": "Focal gamma",
    "focal_alpha": "Focal alpha",
}
MOST_NUMBERS = 40
"""Of an option with a number per class so many are offered for typing."""
_MOST_COUNTED = 1e9
"""From here on a divisor is a sum of large weights, and is read with a power of ten."""
_DEFINITION = {
    True: "By the definition: nothing is clipped, renormalised or refused.",
    False: "By the definition, a yes/no question per class: nothing is clipped or refused.",
}


_BRIEFLY = {
    Divisor.NUMBERS: "N K = ",
    Divisor.SAMPLE_WEIGHTS: "the weights, ",
    Divisor.CLASS_WEIGHTS: "the classes’ weights, ",
}


@dataclass(frozen=True, slots=True)
class CallChoice:
    """A function of the framework; `fault` says why it cannot be chosen."""

    name: str
    title: str
    fault: str


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """An option that is set: its numbers, one per class where there is more than one.

    `remark`: that the call does not take it; or what else there is to know.
    """

    key: str
    title: str
    numbers: tuple[float, ...]
    names: tuple[str, ...]
    remark: str
    taken: bool


@dataclass(frozen=True, slots=True)
class LossChoices:
    """Everything that can be chosen, and what is. `how` stands for the calls where there are none."""

    convention: Convention
    calls: tuple[CallChoice, ...]
    call: str | None
    how: str
    refusal: str
    precision: Precision
    reduction: Reduction
    mean: str
    options: tuple[OptionChoice, ...]
    offered: tuple[tuple[str, str], ...]
    """Key and title of the options that are off."""


def loss_choices(shown: Shown) -> LossChoices:
    """What can be chosen for the shown task and model."""
    options, kind = shown.state.options, shown.shown_model.input
    call = meant_call(options, shown.task, kind)
    taken = _taken(call, shown.task)
    chosen = tuple(_chosen(shown, taken, call))
    kept = {option.key for option in chosen}
    return LossChoices(
        convention=options.convention,
        calls=tuple(_calls(shown)),
        call=None if call is None else call.name,
        how=_DEFINITION[shown.task.competing] if options.convention is Convention.EXACT else "",
        refusal=shown.result.refusal or "",
        precision=options.precision,
        reduction=options.reduction,
        mean=mean_divides(shown.result),
        options=chosen,
        offered=tuple((key, title) for key, title in TITLES.items() if key in taken and key not in kept),
    )


def computed_as(options: LossOptions, task: Task, kind: InputKind) -> str:
    """The very call that is meant, as a program writes it; "" for the definition."""
    call = meant_call(options, task, kind)
    return "" if call is None else call_title(call, kind, task)


def computed_by(options: LossOptions, task: Task, kind: InputKind) -> str:
    """Call, precision and options in full, as a sentence."""
    call = computed_as(options, task, kind) or "the definition"
    worth = ((title.lower(), getattr(options, key)) for key, title in TITLES.items())
    said = [f"{title} {_worth(value)}" for title, value in worth if value not in (None, 0.0)]
    return f"Computed by {call} in {options.precision}{', with ' if said else ''}{'; '.join(said)}."


def _worth(value: float | tuple[float, ...]) -> str:
    several = value if isinstance(value, tuple) else (value,)
    more = ", …" if len(several) > MOST_NUMBERS else ""
    return ", ".join(map(numbers.typed, several[:MOST_NUMBERS])) + more


def convention_name(options: LossOptions) -> str:
    """The convention in the language of its users."""
    return CONVENTION_NAMES[options.convention]


def mean_divides(result: ModelEvaluation) -> str:
    """What the mean divides by, as a sentence; "" where there is none."""
    if result.refusal is not None or math.isnan(result.divisor):
        return ""
    return f"The mean divides by {result.divides_by.value}, {_divisor_text(result.divisor)}."


def _divisor_text(divisor: float) -> str:
    if math.isinf(divisor):
        return numbers.INFINITY
    if divisor >= _MOST_COUNTED:
        return numbers.power(divisor, 6, strip=True)
    return numbers.count(int(divisor)) if divisor.is_integer() else numbers.short(divisor, 6)


def divides_oddly(result: ModelEvaluation) -> bool:
    """Whether the mean does not divide by the plain number of samples."""
    return result.refusal is None and result.divides_by is not Divisor.SAMPLES


def divisions(result: ModelEvaluation) -> tuple[str, ...]:
    """What the mean divides by, where it is not the number of samples, from long to short."""
    if not divides_oddly(result):
        return ()
    number = _divisor_text(result.divisor)
    brief = _BRIEFLY[result.divides_by]
    return f"divided by {result.divides_by}, {number}", f"divided by {brief}{number}", f"divided by {number}"


def _calls(shown: Shown) -> Iterator[CallChoice]:
    options = shown.state.options
    kinds = {model.input for model in shown.state.models}
    kind = shown.shown_model.input
    for call in calls_of(options.convention):
        if shown.task in call.tasks:
            named = LossOptions(convention=options.convention, call=call.name)
            fault = call_fault(named, shown.task, kinds)
            title = call.title if fault else call_title(call, kind, shown.task)
            yield CallChoice(call.name, title, fault.removeprefix(f"{call.name} ") if fault else "")


def _taken(call: Call | None, task: Task) -> frozenset[str]:
    """The options that a call takes; the definition takes all that have a meaning."""
    if call is not None:
        return call.options
    return frozenset(key for key in TITLES if key != "pos_weight" or not task.competing)


def _chosen(shown: Shown, taken: frozenset[str], call: Call | None) -> Iterator[OptionChoice]:
    for key, title in TITLES.items():
        value = getattr(shown.state.options, key)
        if value is None or (key == "label_smoothing" and value == 0.0):
            continue
        several = isinstance(value, tuple)
        worth = value if several else (value,)
        names = shown.state.classes if several else ()
        remark = _remark(call, title) if key not in taken else _more(len(worth))
        yield OptionChoice(key, title, worth[:MOST_NUMBERS], names[:MOST_NUMBERS], remark, key in taken)


def _remark(call: Call | None, title: str) -> str:
    who = "The definition" if call is None else call.title.partition(" ")[0]
    return f"{who} takes no {title[0].lower()}{title[1:]}."


def _more(count: int) -> str:
    if count <= MOST_NUMBERS:
        return ""
    return f"The other {numbers.count(count - MOST_NUMBERS)} classes keep theirs."
