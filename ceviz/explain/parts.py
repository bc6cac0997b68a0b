"""The parts of the shown sample's loss: what each class, answer or label adds, and its numbers as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from unicodedata import bidirectional, east_asian_width

import numpy as np

from ceviz.core.activations import log_sigmoid, log_softmax
from ceviz.core.checks import Issue
from ceviz.core.document import Task, Unit, Vectors
from ceviz.core.names import as_word, reads_as_number
from ceviz.explain import numbers
from ceviz.explain.option_parts import divergence, option_parts
from ceviz.explain.option_terms import worked_texts
from ceviz.explain.part import Part as Part
from ceviz.explain.part import in_unit as in_unit
from ceviz.explain.shown import Shown, told_once

_LONGEST_NAME = 16
_LONGEST_IN_SENTENCE = 24
_MOST_DIGITS_ALIKE = 10
_SURPRISE_OF_ALL = 16.0
"""−ln(1 − p) in nats from which p is written as 1 less a power of ten."""


def by_options(shown: Shown) -> bool:
    """Whether options or a framework's rules had a hand in the loss."""
    return shown.result.working is not None


def is_valid(shown: Shown) -> bool:
    """Whether the shown row has a loss."""
    return bool(shown.result.valid[shown.sample])


def shown_loss(shown: Shown) -> float:
    """The loss of the shown sample, NaN for an invalid row."""
    return float(shown.result.losses[shown.sample])


def floor_and_excess(shown: Shown) -> tuple[float, float]:
    """Entropy of the target and KL divergence, which the loss is the sum of; NaN for an invalid row.

    Where the loss is not that sum, weighted or as a framework computes it, the excess is the rest of it.
    """
    entropy, kl = shown.evaluation.entropy, shown.result.kl
    if entropy is None:
        raise ValueError(f"{shown.task} has no floor")
    floor = float(entropy[shown.sample])
    return floor, shown_loss(shown) - floor if kl is None else float(kl[shown.sample])


def splits(shown: Shown, sample: int | None = None) -> bool:
    """Whether the loss of competing classes, of the shown sample or another, is entropy plus a divergence."""
    working, call = shown.result.working, shown.result.call
    if not shown.task.competing or (call is not None and divergence(call)):
        return False
    if working is None or working.factors is None:
        return True
    return bool((working.factors[shown.sample if sample is None else sample] == 1.0).all())


def shown_target(shown: Shown) -> Vectors:
    """(K,) The target of the shown sample."""
    row: Vectors = shown.state.targets[shown.sample]
    return row


def shown_probabilities(shown: Shown) -> Vectors:
    """(K,) What the shown model predicts of the shown sample, as probabilities."""
    row: Vectors = shown.result.probabilities[shown.sample]
    return row


def effective_target(shown: Shown) -> Vectors:
    """(K,) The target of the shown sample after smoothing."""
    working = shown.result.working
    return shown_target(shown) if working is None else working.targets[shown.sample].astype(np.float64)


def true_class(shown: Shown) -> int:
    """The class with the largest target; for binary 0, or 1 for "not NAME"."""
    target = shown_target(shown)
    if shown.task is Task.BINARY:
        return 0 if target[0] >= 0.5 else 1
    return int(target.argmax())


def class_name(shown: Shown, class_index: int) -> str:
    """The name of a class; of binary's second answer "not NAME"."""
    if shown.task is Task.BINARY and class_index == 1:
        return f"not {shown.state.classes[0]}"
    return shown.state.classes[class_index]


def elided(name: str, length: int = _LONGEST_NAME) -> str:
    """A name short enough for a formula or a chart: its middle is left out."""
    if _width(name) <= length:
        return name
    tail = (length - 1) // 2
    end = _start(name[::-1], tail)[::-1]
    return f"{_start(name, length - 1 - tail).rstrip()}…{end.lstrip()}"


def _width(name: str) -> int:
    """In letters; those of Chinese, Japanese and Korean are twice as wide as others."""
    return len(name) + (0 if name.isascii() else sum(east_asian_width(letter) in "WF" for letter in name))


def _start(name: str, width: int) -> str:
    """As much of the beginning as is so wide."""
    count = sum(total <= width for total in accumulate(map(_width, name)))
    return name[:count]


def with_short_names(shown: Shown) -> Shown:
    """What is shown with class names that fit into a sentence: short, and in their own direction.

    Of classes that compete, those that would read as numbers are quoted; sentences of others always quote.
    """
    classes = shown.state.classes
    fitting = _fitting(classes, shown.task.competing)
    return shown if fitting == classes else replace(shown, state=replace(shown.state, classes=fitting))


@lru_cache(maxsize=8)
def _fitting(classes: tuple[str, ...], quoted: bool) -> tuple[str, ...]:
    short = (elided(name, _LONGEST_IN_SENTENCE) for name in classes)
    return tuple(as_word(name) if quoted and reads_as_number(name) else _isolated(name) for name in short)


def _isolated(name: str) -> str:
    """A name from right to left must not reorder the numbers beside it."""
    if name.isascii() or not any(bidirectional(letter) in ("R", "AL") for letter in name):
        return name
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


def issue_text(shown: Shown, issue: Issue) -> str:
    """What is wrong with a row, with a short name of the class at fault."""
    return _with_short_name(shown, issue, issue.message)


def because_text(shown: Shown, issue: Issue) -> str:
    """Why a row has no loss, with a short name of the class at fault."""
    return _with_short_name(shown, issue, issue.because)


def _with_short_name(shown: Shown, issue: Issue, text: str) -> str:
    if issue.class_index is None:
        return text
    name = shown.state.classes[issue.class_index]
    return text.replace(name, elided(name, _LONGEST_IN_SENTENCE), 1)


@told_once
def parts(shown: Shown) -> tuple[Part, ...]:
    """The parts of a valid row's loss, in the order of the classes; binary has two, one per answer."""
    if by_options(shown):
        count = 2 if shown.task is Task.BINARY else shown.state.class_count
        return tuple(option_parts(shown, [class_name(shown, k) for k in range(count)]))
    if shown.task is Task.BINARY:
        return tuple(_answers(shown))
    values = shown.result.terms[shown.sample].tolist()
    on = surprises(shown, 1.0).tolist()
    off = [None] * len(on) if shown.task.competing else surprises(shown, -1.0).tolist()
    rows = (shown_target(shown).tolist(), shown_probabilities(shown).tolist(), on, off, values)
    return tuple(
        Part(index, shown.state.classes[index], *row) for index, row in enumerate(zip(*rows, strict=True))
    )


def _answers(shown: Shown) -> Iterator[Part]:
    target, p = float(shown_target(shown)[0]), float(shown_probabilities(shown)[0])
    loss = shown_loss(shown)
    answers = ((target, p, 1.0), (1.0 - target, 1.0 - p, -1.0))
    for index, (t, q, sign) in enumerate(answers):
        surprise = float(surprises(shown, sign)[0])
        # For a target of 0 or 1 the loss itself, so that the two numbers agree to the last digit.
        value = loss if t == 1 else 0.0 if t == 0 else in_unit(t * surprise, shown.evaluation.unit)
        yield Part(index, class_name(shown, index), t, q, surprise, None, value)


def surprises(shown: Shown, sign: float) -> Vectors:
    """−ln p of each class in nats, from the logits where there are logits; −ln(1 − p) for a sign of −1."""
    if shown.in_logits:
        logits = shown.shown_model.predictions[shown.sample]
        temperature = shown.state.options.temperature
        if shown.task.competing:
            return -log_softmax(logits, temperature)
        return -log_sigmoid(sign * logits, temperature)
    p = shown_probabilities(shown)
    # Some frameworks compute rows with numbers that are no probabilities, too.
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.log(p) if sign > 0 else -np.log1p(-p)


def factor_texts(shown: Shown, part: Part, digits: int = 3) -> tuple[str, str]:
    """(t, p) of a part as −t·ln p shows them: they give the shown value, short in a drag.

    `digits`: with at least how many they are tried, where the drag does not say.
    """
    if by_options(shown):
        worked = worked_texts(shown, part)
        return worked.target, worked.p
    unit = shown.evaluation.unit
    if shown.dragging and digits == 3:
        for fine_target, fine in ((shown.fine, shown.fine), (shown.fine, True), (True, True)):
            p = numbers.probability_dragging(part.probability, fine)
            texts = _dragging_target(part.target, fine_target), p
            if part.target == 0 or _product(texts, unit) == part.value_text:
                return texts
    return numbers.factors_for_term(part.target, part.probability, unit, part.surprise, digits)


def _dragging_target(target: float, fine: bool) -> str:
    whole = target in (0.0, 1.0)
    return numbers.probability_short(target) if whole else numbers.probability_dragging(target, fine)


def _product(texts: tuple[str, str], unit: Unit) -> str:
    target, p = map(float, texts)
    return numbers.term(in_unit(target * numbers.surprise_of(p), unit))


def p_text(shown: Shown, part: Part) -> str:
    """The p whose −ln is the shown loss of a true class or answer."""
    return factor_texts(shown, part)[1]


def label_texts(shown: Shown, part: Part, digits: int = 3) -> tuple[str, str]:
    """(t, p) of a label as text, such that −t ln p − (1 − t) ln(1 − p) gives the shown value.

    A p that is within rounding of 1 is written (1 − 4.25 × 10⁻¹⁸). `digits`: as for `factor_texts`.
    """
    if part.target == 1 or by_options(shown):
        return factor_texts(shown, part, digits)
    target = p = ""
    coarse = shown.dragging and not shown.fine and digits == 3
    for tried in range(2 if coarse else digits, 16):
        p, on, off = _label_reading(shown, part, tried)
        target = numbers.short(part.target, max(tried, 3))
        weight = numbers.parse_number(target)
        nats = (weight * on if weight else 0.0) + ((1 - weight) * off if weight != 1 else 0.0)
        if numbers.term(in_unit(nats, shown.evaluation.unit)) == part.value_text:
            break
    return target, p


def line_texts(shown: Shown, every: Sequence[Part]) -> list[tuple[str, str]]:
    """(t, p) of parts that stand in one line: the same p has the same digits in all of them."""
    write = factor_texts if shown.task is not Task.MULTILABEL else label_texts
    texts = [write(shown, part) for part in every]
    for alike in _by_probability(every):
        counting = [k for k in alike if every[k].value != 0]
        for digits in range(4, _MOST_DIGITS_ALIKE):
            if len({texts[k][1] for k in counting}) <= 1:
                break
            longer = {k: write(shown, every[k], digits) for k in counting}
            if len({p for _, p in longer.values()}) == 1:
                texts = [longer.get(k, pair) for k, pair in enumerate(texts)]
        longest = max((texts[k][1] for k in counting), key=len, default="")
        for k in set(alike).difference(counting):
            texts[k] = texts[k][0], longest or texts[k][1]
    return texts


def _by_probability(every: Sequence[Part]) -> list[list[int]]:
    """The places of the parts, those with the same probability, which may differ by rounding, together."""
    found: list[list[int]] = []
    for k, part in enumerate(every):
        same = (g for g in found if math.isclose(every[g[0]].probability, part.probability, rel_tol=1e-12))
        group = next(same, None)
        if group is None:
            found.append([k])
        else:
            group.append(k)
    return found


def off_text(p: str) -> str:
    """1 − p of a label whose target is 0, from its p, as the logarithm shows it: (1 − 0.3)."""
    return p.removeprefix("(1 − ").removesuffix(")") if p.startswith("(") else f"(1 − {p})"


def _label_reading(shown: Shown, part: Part, digits: int) -> tuple[str, float, float]:
    """p with so many digits, and the −ln p and −ln(1 − p) in nats that a reader gets from it."""
    off_surprise = math.inf if part.off_surprise is None else part.off_surprise
    if shown.dragging and digits <= 3:
        text = numbers.fixed(part.probability, digits)
    elif numbers.SURPRISE_OF_TINY < part.surprise < math.inf:
        text, on = numbers.tiny(part.surprise, digits)
        return text, on, _of_the_rest(on)
    elif _SURPRISE_OF_ALL < off_surprise < math.inf:
        rest, off = numbers.tiny(off_surprise, digits)
        return f"(1 − {rest})", _of_the_rest(off), off
    else:
        text = numbers.short(part.probability, digits)
    p = numbers.parse_number(text)
    return text, numbers.surprise_of(p), math.inf if p >= 1 else -math.log1p(-p)


def _of_the_rest(surprise: float) -> float:
    """−ln(1 − p) from −ln p, in nats."""
    return -math.log1p(-math.exp(-surprise))
