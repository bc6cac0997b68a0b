"""Three ways to write the loss of a yes/no question, with the same number."""

from __future__ import annotations

from dataclasses import dataclass

from ceviz.explain import numbers
from ceviz.explain.formulas import Coloured, Formula, Text, Variable, logarithm, row, sub
from ceviz.explain.parts import Part, factor_texts, is_valid, parts, shown_loss
from ceviz.explain.shown import Shown


@dataclass(frozen=True, slots=True)
class PairChip:
    """One number of a pair; `filled` in its class's colour unless it is 0."""

    class_index: int
    text: str
    filled: bool


@dataclass(frozen=True, slots=True)
class WrittenLoss:
    """One way to write the loss: in symbols, with the numbers, and what it comes to."""

    title: str
    symbols: Formula
    numbers: Formula
    value_text: str


@dataclass(frozen=True, slots=True)
class ThreeFormulas:
    """One binary loss written in two or three ways, over the pairs that they all use."""

    prediction_title: str
    prediction: tuple[PairChip, ...]
    target_title: str
    target: tuple[PairChip, ...]
    formulas: tuple[WrittenLoss, ...]
    reading: str


_READING = "Three ways to write it, one number: a binary question is a categorical one with two classes."
_READING_CHANGED = (
    "With weights, a focal factor or a clipped logarithm the loss is none of the three formulas: "
    "the equation at the top is how it is computed."
)
_READING_BETWEEN = "Two ways to write it, one number. The shortcut needs a target of 0 or 1."


def three_formulas(shown: Shown) -> ThreeFormulas:
    """The conversion of p and t to pairs, and the formulas; an invalid row has neither."""
    if not is_valid(shown):
        return ThreeFormulas("prediction [p, 1 − p]", (), "target [t, 1 − t]", (), (), "")
    answers = parts(shown)
    if any(part.weight != 1 or part.gamma or part.clipped for part in answers):
        return ThreeFormulas("", (), "", (), (), _READING_CHANGED)
    sure = answers[0].target in (0.0, 1.0)
    written = [_binary(shown, answers), _categorical(shown, answers)]
    if sure:
        written.append(_shortcut(shown, answers[0] if answers[0].target == 1 else answers[1]))
    texts = [factor_texts(shown, part) for part in answers]
    return ThreeFormulas(
        "prediction [p, 1 − p]",
        tuple(
            PairChip(part.class_index, _brief(p, part.probability), part.probability > 0)
            for part, (_, p) in zip(answers, texts, strict=True)
        ),
        "target [t, 1 − t]",
        tuple(
            PairChip(part.class_index, _brief(t, part.target), part.target > 0)
            for part, (t, _) in zip(answers, texts, strict=True)
        ),
        tuple(written),
        _READING if sure else _READING_BETWEEN,
    )


def _brief(text: str, share: float) -> str:
    """A number for a chip, which has no room for powers of ten; 1 is certain."""
    rounded = text == "1" and share != 1
    return numbers.probability(share) if rounded or "×" in text else text


def _product(shown: Shown, part: Part, sign: str = "") -> Formula:
    """1·ln 0.7 in the colour of its answer."""
    t, p = factor_texts(shown, part)
    log = logarithm(shown.evaluation.unit)
    return Coloured(row(f"{sign}{t}·", log, f" {numbers.argument(p)}"), part.class_index)


def _binary(shown: Shown, answers: tuple[Part, ...]) -> WrittenLoss:
    log, t, p = logarithm(shown.evaluation.unit), Variable("t"), Variable("p")
    yes = Coloured(row(t, " ", log, " ", p), 0)
    no = Coloured(row("(1 − ", t, ") ", log, " (1 − ", p, ")"), 1)
    first, second = (_product(shown, part) for part in answers)
    return WrittenLoss(
        "Binary formula",
        row("−[", yes, " + ", no, "]"),
        row("= −[", first, " + ", second, "]"),
        numbers.loss(shown_loss(shown)),
    )


def _categorical(shown: Shown, answers: tuple[Part, ...]) -> WrittenLoss:
    log = logarithm(shown.evaluation.unit)
    yes, no = (
        Coloured(row(sign, sub("t", Text(k)), " ", log, " ", sub("p", Text(k))), index)
        for index, (sign, k) in enumerate((("−", "1"), ("", "2")))
    )
    return WrittenLoss(
        "Categorical formula on the two pairs",
        row(yes, " − ", no),
        row("= ", _product(shown, answers[0], "−"), " − ", _product(shown, answers[1])),
        numbers.loss(shown_loss(shown)),
    )


def _shortcut(shown: Shown, true: Part) -> WrittenLoss:
    log, p = logarithm(shown.evaluation.unit), factor_texts(shown, true)[1]
    return WrittenLoss(
        "Shortcut: only the true answer counts",
        Coloured(row("−", log, " ", sub("p", Text("true"))), true.class_index),
        row("= ", Coloured(row("−", log, f" {numbers.argument(p)}"), true.class_index)),
        numbers.loss(shown_loss(shown)),
    )
