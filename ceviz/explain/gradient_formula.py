"""The formula of the gradient in symbols, as it holds for the inputs as given and the options that are on."""

from __future__ import annotations

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain import numbers
from ceviz.explain.formulas import Formula, Fraction, Script, Sum, Text, Variable, row
from ceviz.explain.gradient_slopes import Shape, alike, as_one, divisors, floored, lifted, slopes, sum_of_p
from ceviz.explain.option_parts import focal_gamma
from ceviz.explain.option_terms import letter, target_letter
from ceviz.explain.parts import effective_target
from ceviz.explain.shown import Shown

Pieces = list[Formula | str]


def gradient_name(shown: Shown) -> Formula:
    """∂L/∂z, or ∂L/∂p."""
    return Fraction(row("∂", Variable("L")), row("∂", letter("z" if shown.in_logits else "p", _index(shown))))


def gradient_formula(shown: Shown) -> Formula:
    """∂L/∂z = p − t, or what it is; of a row with a loss."""
    body = _of_classes(shown) if shown.task.competing else _of_labels(shown)
    return row(gradient_name(shown), " = ", body)


def focal_formula(shown: Shown) -> Formula | None:
    """φ(p) of the focal factor, None without one."""
    gamma = focal_gamma(shown)
    if not gamma:
        return None
    p, rest = Variable("p"), row("(1 − ", Variable("p"), ")")
    front = "" if gamma == 1 else f"{numbers.typed(gamma)} "
    less = float(f"{gamma - 1:.12g}")
    lower: Pieces = [] if less == 0 else [_power(rest, less), " "]
    return row(Variable("φ"), "(", p, ") = ", _power(rest, gamma), " − ", front, p, " ", *lower, "ln ", p)


def divisor_text(shown: Shown) -> str:
    """What the gradient is divided by besides: temperature, labels of a mean, ln 2 for bits."""
    return " ".join(filter(None, _divisor(shown)))


def _divisor(shown: Shown) -> tuple[str, str]:
    """The numbers, and the logarithm."""
    product = "·".join(map(numbers.typed, divisors(shown)))
    return product, "ln 2" if shown.evaluation.unit is Unit.BITS else ""


def _index(shown: Shown) -> str:
    return {Task.BINARY: "", Task.MULTILABEL: "k"}.get(shown.task, "i")


def _power(base: Formula, exponent: float) -> Formula:
    return base if exponent == 1 else Script(base, sup=Text(numbers.typed(exponent)))


def _over(over: Formula, under: Pieces, shown: Shown) -> Formula:
    """A fraction with the divisor in its lower part; none where there is nothing below."""
    number, log = _divisor(shown)
    if not under:
        return Fraction(over, Text(divisor_text(shown))) if number or log else over
    return Fraction(over, row(f"{number} " if number else "", *under, f" {log}" if log else ""))


def _ended(pieces: Pieces) -> Pieces:
    """Without the space before what would come next."""
    return [*pieces[:-1], str(pieces[-1]).rstrip()] if pieces else ["1"]


def _times(front: Pieces, body: Formula) -> Formula:
    return row(*front, "(", body, ")") if front else body


# Of classes that compete


def _of_classes(shown: Shown) -> Formula:
    t, p = target_letter(shown, "i"), letter("p", "i")
    one = as_one(shown)
    own, of_all = _front(shown, "i"), _front(shown, "" if alike(shown) else "true")
    if shown.in_logits:
        body = _times(of_all, row(p, " − ", t)) if one else row(p, " ", *_whole(shown), " − ", *own, t)
        return _over(body, [], shown)
    if not lifted(shown):
        return row("−", _over(row(*own, t), [p], shown))
    total: Formula = Text("1") if one else row(*_whole(shown))
    if sum_of_p(shown) != 1:
        total = Fraction(total, row(Sum(Variable("j")), " ", letter("p", "j")))
    less = row(total, " − ", Fraction(t if one else row(*own, t), p))
    return _over(_times(of_all, less) if one else less, [], shown)


def _whole(shown: Shown) -> Pieces:
    """The sum of what all classes count."""
    return [Sum(Variable("j")), " ", *_front(shown, "j"), target_letter(shown, "j")]


def _front(shown: Shown, index: str) -> Pieces:
    """w α φ(p) of a class, or those of them that are on."""
    options, call = shown.state.options, shown.result.call
    pieces: Pieces = []
    if options.class_weights is not None:
        of_sample = alike(shown) or (call is not None and call.convention is Convention.KERAS)
        pieces += [letter("w", "" if of_sample else index), " "]
    if options.focal_alpha is not None or (call is not None and call.name == "CategoricalFocalCrossentropy"):
        pieces += [letter("α", index if isinstance(options.focal_alpha, tuple) else ""), " "]
    return pieces + _pull(shown, letter("p", index))


def _pull(shown: Shown, p: Formula) -> Pieces:
    return [Variable("φ"), "(", p, ") "] if focal_gamma(shown) else []


# Of labels


def _of_labels(shown: Shown) -> Formula:
    index = _index(shown)
    t, p = target_letter(shown, index), letter("p", index)
    weight: Pieces = [] if shown.state.options.class_weights is None else [letter("w", index), " "]
    yes, no = _yes(shown, index), _no(shown, index)
    if yes == no:
        body = _times(weight, row(p, " − ", t))
        under: Pieces = (
            ["max(", p, " (1 − ", p, "), 10⁻¹²)"] if any(floored(shown)) else [p, " (1 − ", p, ")"]
        )
        return _over(body, [] if shown.in_logits else under, shown)
    shape = slopes(shown)[0].shape
    if shown.task is Task.BINARY and shape is Shape.DIFFERENCE:
        side = yes if effective_target(shown)[0] else no
        return _over(_times([*weight, *(side or [])], row(p, " − ", t)), [], shown)
    if shown.task is Task.BINARY and shape is Shape.QUOTIENT:
        return row("−", _over(row(*_ended([*weight, *yes])), [p], shown))
    if shown.task is Task.BINARY and shape is Shape.OFF_QUOTIENT:
        return _over(
            row(*_ended([*weight, *(no or [])])),
            ["(1 − ", p, ")"] if divisor_text(shown) else ["1 − ", p],
            shown,
        )
    return _over(_both(shown, index, yes, no, weight), [], shown)


def _both(shown: Shown, index: str, yes: Pieces, no: Pieces | None, weight: Pieces) -> Formula:
    """The pulls of both answers."""
    t, p = target_letter(shown, index), letter("p", index)
    on: Formula = row(*yes, t, " (1 − ", p, ")")
    off: Formula = row(*(no or []), "(1 − ", t, ") ", p)
    if not shown.in_logits:
        off_share = row(*no, "(1 − ", t, ")") if no else row("1 − ", t)
        on, off = Fraction(row(*yes, t), p), Fraction(off_share, row("1 − ", p))
    if no is None:
        return row("−", *weight, on)
    body = row(off, " − ", on)
    return row(*weight, "[", body, "]") if weight else body


def _yes(shown: Shown, index: str) -> Pieces:
    """In front of the answer yes, besides a weight of both."""
    options = shown.state.options
    pieces: Pieces = []
    if options.pos_weight is not None:
        sub = Variable(index) if index else None
        pieces += [Script(Variable("w"), sub=sub, sup=Text("+")), " "]
    if isinstance(options.focal_alpha, float):
        pieces += [Variable("α"), " "]
    return pieces + _pull(shown, letter("p", index))


def _no(shown: Shown, index: str) -> Pieces | None:
    """In front of the answer no; None where it costs nothing."""
    call = shown.result.call
    sklearn = call is not None and call.convention is Convention.SKLEARN
    if sklearn and shown.state.class_count > 1:
        return None
    pieces: Pieces = (
        ["(1 − ", Variable("α"), ") "] if isinstance(shown.state.options.focal_alpha, float) else []
    )
    return pieces + _pull(shown, row("1 − ", letter("p", index)))
