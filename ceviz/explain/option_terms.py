"""Definition and terms of a loss that options or a framework's rules had a hand in, with their numbers.

The digits of a term are as many as it takes: what a reader works out from it is the value under it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from ceviz.core.document import Task, Unit
from ceviz.explain import numbers
from ceviz.explain.formulas import Formula, Script, Sum, Text, Variable, logarithm, row, sub
from ceviz.explain.option_parts import divergence, focal_gamma, is_smoothed
from ceviz.explain.part import Part, in_unit
from ceviz.explain.shown import Shown

_MOST_DIGITS = 16
_CLAMPED = "clamped"


class _Texts(NamedTuple):
    """The numbers of a term as they are written, and what a reader makes of them, in nats."""

    weight: str
    target: str
    p: str
    off_weight: str
    worth: float


def option_term(shown: Shown, part: Part) -> Formula:
    """A term with the numbers that stand in it."""
    texts = worked_texts(shown, part)
    unit = shown.evaluation.unit
    if shown.task is Task.MULTILABEL:
        return _label_term(part, texts, unit)
    if part.divergence:
        return _divergence_term(part, texts, unit)
    if part.target == 0:
        return row("−0·", *_logarithm(part, texts.p, unit))
    return row(
        "−", *_front(part, texts.weight, texts.p), f"{texts.target}·", *_logarithm(part, texts.p, unit)
    )


def worked_texts(shown: Shown, part: Part) -> _Texts:
    """The fewest digits with which a term gives the value under it."""
    first = 2 if shown.dragging and not shown.fine else 3
    found = _Texts("1", "0", numbers.probability_short(part.probability), "1", 0.0)
    for digits in range(first, _MOST_DIGITS):
        for found in _readings(part, digits):
            if numbers.term(in_unit(found.worth, shown.evaluation.unit)) == part.value_text:
                return found
    return found


def _readings(part: Part, digits: int) -> Iterator[_Texts]:
    target, weight = numbers.short(part.target, digits), numbers.short(part.weight, max(digits, 3))
    off_weight = numbers.short(part.off_weight, max(digits, 3))
    for p, on, off in _probabilities(part, digits):
        t, w, off_w = (numbers.parse_number(text) for text in (target, weight, off_weight))
        yield _Texts(weight, target, p, off_weight, _worth(part, t, (w, off_w), (on, off)))


def _probabilities(part: Part, digits: int) -> Iterator[tuple[str, float, float]]:
    """p as text, and the −ln p and −ln(1 − p) that a reader gets from it."""
    clamped, lacking = part.clipped.startswith(_CLAMPED), part.off_surprise
    by_lack = lacking is not None and 0 < lacking < math.inf
    if clamped or (part.surprise in (0, math.inf) and not by_lack):
        used = part.probability if part.used is None else part.used
        on = part.surprise
        off = part.off_surprise if part.off_surprise is not None else _rest(on)
        yield numbers.short(used, digits), on, off
        return
    if 0 < part.surprise < math.inf:
        for text, on in numbers.readings(part.surprise, digits):
            yield text, on, _rest(on)
    if lacking is not None and by_lack:
        # A p that is close to 1 is told by what it lacks.
        for text, read in numbers.readings(lacking, digits):
            yield f"(1 − {text})", _rest(read), read


def _rest(surprise: float) -> float:
    """−ln(1 − p) from −ln p, in nats."""
    if surprise > numbers.LN2:
        return -math.log1p(-math.exp(-surprise))
    return -math.log(-math.expm1(-surprise)) if surprise > 0 else math.inf


def _worth(part: Part, t: float, weights: tuple[float, float], surprises: tuple[float, float]) -> float:
    """What a reader works out, in nats; weights and surprises of p and 1 − p."""
    (weight, off_weight), (on, off) = weights, surprises
    rest, p = -math.expm1(-on), math.exp(-on)
    if part.off_surprise is not None:
        yes = _product(weight * t * (rest**part.gamma if part.gamma else 1.0), on)
        return yes + _product(off_weight * (1.0 - t) * (p**part.gamma if part.gamma else 1.0), off)
    if part.divergence:
        own = t * math.log(t) if t > 0 else 0.0
        return own + _product(t, on) + (p - t if part.divergence == "generalised" else 0.0)
    return _product(weight * t * (rest**part.gamma if part.gamma else 1.0), on)


def _product(weight: float, surprise: float) -> float:
    return weight * surprise if weight else 0.0


def _front(part: Part, weight: str, p: str, off: bool = False) -> list[Formula | str]:
    """What stands in front of a target: 2·(1 − 0.4)²·"""
    pieces: list[Formula | str] = [] if weight == "1" else [f"{weight}·"]
    if part.gamma:
        pieces += [_power(row(_bracketed(p if off else _less(p))), numbers.typed(part.gamma)), "·"]
    return pieces


def _bracketed(text: str) -> str:
    """A number that can be raised to a power."""
    return f"({text})" if "10" in text and not text.startswith("(") else text


def _power(base: Formula, exponent: str) -> Formula:
    return base if exponent == "1" else Script(base, sup=Text(exponent))


def _less(p: str) -> str:
    """1 − p: (1 − 0.4), and what is missing of (1 − 10⁻⁹)."""
    if p.startswith("(1 − "):
        return p[5:-1]
    return f"(1 − {p})"


def _logarithm(part: Part, p: str, unit: Unit) -> list[Formula | str]:
    log: list[Formula | str] = [logarithm(unit), f" {numbers.argument(p)}"]
    if part.clipped.startswith(_CLAMPED):
        limit = "−100" if unit is Unit.NATS else "−144.2695"
        return ["max(", *log, f", {limit})"]
    return log


def _label_term(part: Part, texts: _Texts, unit: Unit) -> Formula:
    """Of a label that is on −ln p, of one that is off −ln(1 − p), and of one between both of them."""
    if part.target == 1:
        return row("−", *_front(part, texts.weight, texts.p), *_logarithm(part, texts.p, unit))
    if part.target == 0:
        if not part.off_weight:
            return row("0")
        front = _front(part, texts.off_weight, texts.p, off=True)
        return row("−", *front, *_logarithm(part, _less(texts.p), unit))
    if texts.weight == texts.off_weight and not part.clipped.startswith(_CLAMPED):
        front_text = "" if texts.weight == "1" else f"{texts.weight}·"
        return row(f"{front_text}BCE({texts.target}, {texts.p})")
    yes = ["−", *_front(part, texts.weight, texts.p), f"{texts.target}·", *_logarithm(part, texts.p, unit)]
    front = _front(part, texts.off_weight, texts.p, off=True)
    no = [" − ", *front, f"(1 − {texts.target})·", *_logarithm(part, _less(texts.p), unit)]
    return row(*yes, *no)


def _divergence_term(part: Part, texts: _Texts, unit: Unit) -> Formula:
    t, p = texts.target, numbers.argument(texts.p)
    quotient = row("0") if part.target == 0 else row(f"{t}·", logarithm(unit), f" ({t} / {p})")
    return row(quotient, f" + {p} − {t}") if part.divergence == "generalised" else quotient


# In symbols


def option_definition(shown: Shown) -> Formula:
    """The loss as it is computed, in symbols: t′ after smoothing, w a weight, α and γ of the focal factor."""
    log, index = logarithm(shown.evaluation.unit), "i" if shown.task.competing else "k"
    letters = "" if shown.task is Task.BINARY else index
    t, p = target_letter(shown, letters), letter("p", letters)
    front = _factors(shown, letters)
    if divergence(shown.result.call):
        return row(Sum(Variable("i")), " ", t, " ", log, " (", t, " / ", p, ")")
    if shown.task.competing:
        power = _focal(shown, row("(1 − ", p, ")"))
        return row("−", Sum(Variable("i")), " ", *front, *power, t, " ", log, " ", p)
    mean = "1/K " if shown.task is Task.MULTILABEL and averages(shown) else ""
    if shown.task is Task.MULTILABEL:
        return row(mean, Sum(Variable("k")), " ", *front, _binary_name(shown, t, p))
    yes, no = _focal(shown, row("(1 − ", p, ")")), _focal(shown, p)
    return row(
        "−", *front, *yes, t, " ", log, " ", p, " − ", *front, *no, "(1 − ", t, ") ", log, " (1 − ", p, ")"
    )


def curve_label(shown: Shown, part: Part) -> Formula:
    """The curve that a part lies on: −2 (1 − p)² ln p, or L(p) where it is no single logarithm."""
    p, log = Variable("p"), logarithm(shown.evaluation.unit)
    single = shown.task.competing and not part.divergence
    if not single or (shown.task is Task.MULTICLASS and part.target != 1):
        return row(Variable("L"), "(", p, ")")
    if part.target == 0:
        return Text("0")
    front = part.weight * part.target
    number = "" if front == 1 else f"{numbers.short(front, 3)} "
    power = [_power(row("(1 − ", p, ")"), numbers.typed(part.gamma)), " "] if part.gamma else []
    return row(f"−{number}", *power, log, " ", p)


def letter(name: str, index: str) -> Formula:
    """A letter, with an index if it has one."""
    return sub(name, index) if index else Variable(name)


def target_letter(shown: Shown, index: str) -> Formula:
    """t, or t′ after smoothing."""
    if not is_smoothed(shown):
        return letter("t", index)
    return Script(Variable("t"), sub=Variable(index) if index else None, sup=Text("′"))


def _factors(shown: Shown, index: str) -> list[Formula | str]:
    options = shown.state.options
    weighted = options.class_weights is not None or options.pos_weight is not None
    pieces: list[Formula | str] = [letter("w", index), " "] if weighted else []
    call = shown.result.call
    keras_alpha = call is not None and call.name == "CategoricalFocalCrossentropy"
    if options.focal_alpha is not None or keras_alpha:
        pieces += [letter("α", index if isinstance(options.focal_alpha, tuple) else ""), " "]
    return pieces


def _focal(shown: Shown, base: Formula) -> list[Formula | str]:
    gamma = focal_gamma(shown)
    return [_power(base, numbers.typed(gamma)), " "] if gamma else []


def _binary_name(shown: Shown, t: Formula, p: Formula) -> Formula:
    name = "focal" if focal_gamma(shown) else "BCE"
    return row(f"{name}(", t, ", ", p, ")")


def averages(shown: Shown) -> bool:
    """Whether a sample's loss is the mean over its labels, as Keras' is."""
    call = shown.result.call
    return call is not None and call.name.startswith("Binary")
