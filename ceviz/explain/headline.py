"""The headline: the loss of the shown sample as one worked equation."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ceviz.core.document import Task, Unit
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.formulas import Formula, Row, Script, Sum, Text, Variable, logarithm, row, sub
from ceviz.explain.loss_options import computed_as
from ceviz.explain.option_parts import is_smoothed
from ceviz.explain.option_terms import option_definition, option_term
from ceviz.explain.parts import (
    Part,
    elided,
    floor_and_excess,
    is_valid,
    line_texts,
    off_text,
    parts,
    shown_loss,
    splits,
    true_class,
)
from ceviz.explain.reading_aids import NO_AIDS, ReadingAids, reading_aids
from ceviz.explain.shown import Shown

_NO_NUMBER = "–"
TermKind = Literal["class", "shortcut", "floor", "excess", "others"]


@dataclass(frozen=True, slots=True)
class Term:
    """A part of the worked line: a formula over its name and value.

    `widest` is the widest form that `formula` takes while its numbers are dragged: the width of its slot.
    `class_index` None draws in the loss colour (shortcut, floor, excess) or slate (others).
    """

    class_index: int | None
    formula: Formula
    widest: Formula
    name: str
    value_text: str
    zero: bool
    kind: TermKind
    class_count: int = 1
    """How many classes the term stands for: more than one only for kind `others`."""
    clipped: bool = False
    """Whether a logarithm in it was kept finite."""
    has_target: bool = False
    """Whether its class has a target above 0: then it does not fold, also where it is 0."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The large number, and the line that works it out."""

    caption: str
    glyph_class: int | None
    number_text: str
    unit: str
    accessible: str
    stale: bool
    """Whether the number is the last valid one, because the shown row is invalid now."""
    hint: str
    definition: Formula
    terms: tuple[Term, ...]
    summary: tuple[Term, ...]
    """The same number in fewer parts: the shortcut, or floor and excess, or nothing."""
    summary_joiners: tuple[str, ...]
    """The operator in front of each part of the summary."""
    exact: str = ""
    """What the definition gives, where the convention changes the number: "exact ∞"."""
    aids: ReadingAids = NO_AIDS
    """Other ways to read the number; none while it is stale."""


def headline(shown: Shown, last_valid: Shown | None = None, max_terms: int = 8) -> Headline:
    """The equation of the shown sample, with at most `max_terms` terms.

    An invalid row shows the equation of `last_valid`, if that is the same sample, as stale.
    """
    if is_valid(shown):
        return _equation(shown, max_terms)
    blank = _caption(shown)
    refused = shown.result.refusal is not None
    hint = "refused, see below" if refused else f"fix sample {shown.sample + 1}"
    accessible = f"no loss: {hint}"
    if last_valid is None or not is_valid(last_valid) or _place(last_valid) != _place(shown):
        return replace(blank, number_text=_NO_NUMBER, stale=True, hint=hint, accessible=accessible)
    shown_last = _equation(last_valid, max_terms)
    caption = f"Last valid loss{shown_last.caption.removeprefix('Loss')}"
    return replace(shown_last, caption=caption, stale=True, hint=hint, accessible=accessible, aids=NO_AIDS)


def worked_line(headline: Headline) -> Formula:
    """The whole equation in one line: L = definition = terms = summary ≈ number; the definition if stale."""
    return _beside(worked_steps(headline))


def worked_steps(headline: Headline, terms_per_step: int | None = None) -> list[Formula]:
    """The equation as the lines of a calculation; the terms in several where only so many stand in one."""
    steps: list[Formula] = [row(Variable("L"), " = ", headline.definition)]
    if headline.stale:
        return steps
    first, *rest = headline.terms
    terms = [first.formula, *(_continued(term) for term in rest)]
    count = terms_per_step or len(terms)
    for start in range(0, len(terms), count):
        steps.append(_beside([*([] if start else [Text("=")]), *terms[start : start + count]]))
    if headline.summary:
        signed = zip(headline.summary_joiners, headline.summary, strict=True)
        steps.append(_beside([part for sign, term in signed for part in (Text(sign), term.formula)]))
    exact = headline.number_text in ("0.000", numbers.INFINITY)
    number = row(f"{'=' if exact else '≈'} {headline.number_text}")
    return [*steps, Row((number, Text(f" {headline.unit}")))]


def _beside(parts: list[Formula]) -> Formula:
    spaced = [piece for part in parts for piece in (Text(" "), part)]
    return Row(tuple(spaced[1:]))


def _continued(term: Term) -> Formula:
    """A term behind others: its sign becomes the operator between the two."""
    head, *tail = term.formula.parts if isinstance(term.formula, Row) else (term.formula,)
    if isinstance(head, Text) and head.text[0] in "−+":
        pieces: list[Formula] = [Text(f"{head.text[0]} "), Text(head.text[1:].lstrip()), *tail]
    else:
        pieces = [Text("+ "), term.formula]
    return Row((*pieces, *([Text(f" {term.name}")] if term.kind == "others" else [])))


def _place(shown: Shown) -> tuple[Task, int, int, int]:
    return shown.task, shown.sample, shown.model, shown.state.class_count


def _caption(shown: Shown) -> Headline:
    glyph = None if shown.task is Task.MULTILABEL else true_class(shown)
    return Headline(
        caption=_caption_text(shown),
        glyph_class=glyph,
        number_text="",
        unit=shown.evaluation.unit.value,
        accessible="",
        stale=False,
        hint="",
        definition=_definition(shown),
        terms=(),
        summary=(),
        summary_joiners=(),
    )


def _caption_text(shown: Shown) -> str:
    call = computed_as(shown.state.options, shown.task, shown.shown_model.input)
    return f"Loss of sample {shown.sample + 1}{f' by {call}' if call else ''}"


def exact_text(shown: Shown) -> str:
    """The shown loss by the definition, where it reads differently."""
    exact = shown.evaluation.exact
    if exact is None:
        return ""
    loss = float(exact.models[shown.model].losses[shown.sample])
    if math.isnan(loss):
        return "exactly none"
    return "" if numbers.loss(loss) == numbers.loss(shown_loss(shown)) else f"exact {numbers.loss(loss)}"


def _equation(shown: Shown, max_terms: int) -> Headline:
    number_text = numbers.loss(shown_loss(shown))
    summary = _summary(shown)
    return replace(
        _caption(shown),
        number_text=number_text,
        accessible=f"loss {number_text} {shown.evaluation.unit.value}",
        terms=_terms(shown, max_terms),
        exact=exact_text(shown),
        summary=summary,
        summary_joiners=("=", "+")[: len(summary)],
        aids=reading_aids(shown),
    )


@cache
def definition(task: Task, unit: Unit) -> Formula:
    """The loss of a task as it stands in a textbook."""
    log = logarithm(unit)
    if task is Task.BINARY:
        t, p = Variable("t"), Variable("p")
        return row("−", t, " ", log, " ", p, " − (1 − ", t, ") ", log, " (1 − ", p, ")")
    if task is Task.MULTILABEL:
        return row(Sum(Variable("k")), " BCE(", sub("t", "k"), ", ", sub("p", "k"), ")")
    return row("−", Sum(Variable("i")), " ", sub("t", "i"), " ", log, " ", sub("p", "i"))


def _definition(shown: Shown) -> Formula:
    plain = shown.result.working is None
    return definition(shown.task, shown.evaluation.unit) if plain else option_definition(shown)


def _terms(shown: Shown, max_terms: int) -> tuple[Term, ...]:
    """The terms by class; those that do not fit, the zero ones without a target first, as one."""
    every = parts(shown)
    if len(every) <= max_terms:
        return _class_terms(shown, every)
    counting = [part for part in every if part.value != 0 or part.target > 0]
    counting.sort(key=lambda part: (part.value == math.inf, part.target > 0, part.value), reverse=True)
    first = max(max_terms - 1, 1)
    kept = {part.class_index for part in counting[:first]}
    folded = math.fsum(part.value for part in counting[first:])
    terms = _class_terms(shown, [part for part in every if part.class_index in kept])
    return (*terms, _others(shown, len(every) - len(kept), folded))


def _others(shown: Shown, class_count: int, value: float) -> Term:
    singular, plural = ("label", "labels") if shown.task is Task.MULTILABEL else ("class", "classes")
    name = f"for {numbers.count(class_count)} {singular if class_count == 1 else plural}"
    text = numbers.term(value)
    widest = row(f"+ {max(text, '8.888', key=len)}")
    return Term(None, row(f"+ {text}"), widest, name, "", value == 0, "others", class_count)


def _class_terms(shown: Shown, every: Sequence[Part]) -> tuple[Term, ...]:
    if shown.result.working is not None:
        return tuple(_option_term(shown, part) for part in every)
    texts = line_texts(shown, every)
    return tuple(_class_term(shown, part, *pair) for part, pair in zip(every, texts, strict=True))


def _class_term(shown: Shown, part: Part, target: str, p: str) -> Term:
    write = _pattern(shown, part)
    if shown.task is Task.MULTILABEL and part.target == 0:
        p = off_text(p)
    unit = shown.evaluation.unit
    formula, widest = (_with_logarithm(write(*texts), unit) for texts in ((target, p), _widest(target, p)))
    return _named_term(part, formula, widest)


def _option_term(shown: Shown, part: Part) -> Term:
    formula = option_term(shown, part)
    return _named_term(part, formula, formula)


def _named_term(part: Part, formula: Formula, widest: Formula) -> Term:
    return Term(
        part.class_index,
        formula,
        widest,
        as_word(part.name),
        part.value_text,
        part.value == 0,
        "class",
        clipped=bool(part.clipped),
        has_target=part.target > 0,
    )


def _pattern(shown: Shown, part: Part) -> Callable[[str, str], str]:
    """How a term is written with its t and p, "log" standing for the unit's logarithm."""
    if shown.task is not Task.MULTILABEL:
        return lambda t, p: f"−{t}·log {numbers.argument(p)}"
    if part.target in (0, 1):
        return lambda _, p: f"−log {numbers.argument(p)}"
    return lambda t, p: f"BCE({t}, {p})"


def _widest(target: str, p: str) -> tuple[str, str]:
    """The numbers that take most room in a drag: two decimals, or what they have now."""
    soft = target not in ("0", "1")
    return (_wide(target) if soft else target), _wide(p)


def _wide(text: str) -> str:
    if text.startswith("(1 − "):
        return f"(1 − {_wide(text[5:-1])})"
    return max(text, "0.88", key=len)


def _with_logarithm(text: str, unit: Unit) -> Row:
    before, log, after = text.partition("log")
    return row(before, logarithm(unit), after) if log else row(text)


def _summary(shown: Shown) -> tuple[Term, ...]:
    if not splits(shown):
        return ()
    smoothed = is_smoothed(shown)
    if shown.task is Task.MULTICLASS and not smoothed:
        name = Text(elided(shown.state.classes[true_class(shown)]))
        formula = row("−", logarithm(shown.evaluation.unit), " ", sub("p", name))
        return (_summary_term(formula, "shortcut", shown_loss(shown), "shortcut"),)
    floor, excess = floor_and_excess(shown)
    t: Formula = Script(Variable("t"), sup=Text("′")) if smoothed else Variable("t")
    return (
        _summary_term(row(Variable("H"), "(", t, ")"), "floor", floor, "floor"),
        _summary_term(row("KL(", t, " ‖ ", Variable("p"), ")"), "excess", excess, "excess"),
    )


def _summary_term(formula: Formula, name: str, value: float, kind: TermKind) -> Term:
    return Term(None, formula, formula, name, numbers.term(value), value == 0, kind)
