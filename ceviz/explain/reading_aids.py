"""Other ways to read a loss: perplexity, odds, the other unit. True of the definition, to the last digit."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ceviz.core.checks import Flags
from ceviz.core.document import Task, Unit
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.compare import Means, Pair
from ceviz.explain.compare_numbers import nats_of
from ceviz.explain.parts import Part, elided, is_valid, parts, shown_loss, shown_target, true_class
from ceviz.explain.shown import Shown

_LARGEST_DENOMINATOR = 20
"""Odds in whole numbers are easy to read as long as these are small."""
_LARGEST = math.log(1e6)
"""In nats; from here on e to their power is written with a power of ten."""
_EXACT = 1e-9
_SAME_LOSS = 1e-6
_NO_CHOICE = {
    "1": ": no doubt at all",
    "≈ 1": ": hardly any doubt",
    numbers.INFINITY: ": what is true was ruled out",
}
"""Perplexities that are no number of things to choose among, and what they say."""


@dataclass(frozen=True, slots=True)
class ReadingAids:
    """`pieces` of one line, the most telling first; `sentences` say all of it."""

    pieces: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


NO_AIDS = ReadingAids()


def reading_aids(shown: Shown) -> ReadingAids:
    """What the loss of the shown sample means, in other words; nothing for a row without a loss."""
    if not is_valid(shown):
        return NO_AIDS
    loss = shown_loss(shown)
    other, in_other = _other_unit(loss, shown.evaluation.unit)
    if not _is_cross_entropy(shown, shown.sample):
        return ReadingAids((other,), (in_other,))
    nats = max(nats_of(loss, shown.evaluation.unit), 0.0)
    pieces, sentences = [_unsure(shown, nats)], [_perplexity(shown, nats)]
    if odds := _odds(shown):
        pieces.append(odds[0])
        sentences.append(odds[1])
    return ReadingAids((*pieces, other), (*sentences, in_other))


def compare_aids(pair: Pair, means: Means) -> ReadingAids:
    """What the means of two models mean, in other words."""
    unit = pair.a.evaluation.unit
    other, in_other = _other_unit(abs(means.saved), unit)
    if not all(_is_cross_entropy(side, means.samples) for side in pair.sides):
        return ReadingAids((other,), (in_other,))
    labels = pair.a.state.class_count if pair.a.task is Task.MULTILABEL else 1
    nats = [nats_of(mean, unit) / labels for mean in (means.a, means.b)]
    a, b = map(_about, nats)
    p_a, p_b = (numbers.probability(math.exp(-x)) for x in nats)
    each = " a label" if labels > 1 else ""
    sentences = (
        f"Perplexity of the mean{each}: A {a}, B {b}.",
        f"The same as a probability, the geometric mean: A {p_a}, B {p_b}.",
        in_other,
    )
    return ReadingAids((f"perplexity{each} A {a}, B {b}", other), sentences)


def _other_unit(loss: float, unit: Unit) -> tuple[str, str]:
    """The loss in the unit that is not shown: for the line, and as a sentence."""
    if unit is Unit.BITS:
        name, text = "nats", numbers.loss(loss * numbers.LN2)
    else:
        name, text = "bits", numbers.loss(loss / numbers.LN2)
    return f"{text} {name}", f"In {name}: {text}."


def _is_cross_entropy(shown: Shown, of: Flags | int) -> bool:
    """Whether losses are what the definition says: no weight or focal factor in them, nothing clipped."""
    options, exact = shown.state.options, shown.evaluation.exact
    weights = (options.class_weights, options.pos_weight, options.focal_gamma, options.focal_alpha)
    if any(weight is not None for weight in weights):
        return False
    if exact is None:
        return True
    defined = exact.models[shown.model].losses
    return np.allclose(shown.result.losses[of], defined[of], rtol=_SAME_LOSS, atol=_SAME_LOSS)


def _choices(shown: Shown) -> str:
    if shown.task.competing:
        return "equal classes"
    return "equal answers" if shown.state.class_count == 1 else "equal label sets"


def _unsure(shown: Shown, nats: float) -> str:
    text = _about(nats)
    return f"perplexity {text}" if text in _NO_CHOICE else f"as unsure as {text} {_choices(shown)}"


def _perplexity(shown: Shown, nats: float) -> str:
    text, what = _about(nats), _choices(shown)
    if text in _NO_CHOICE:
        return f"Perplexity {text}{_NO_CHOICE[text]}."
    start = f"Perplexity {text}: as unsure as choosing among {text} {what}"
    if shown.task is Task.MULTILABEL and shown.state.class_count > 1:
        return f"{start}, {_about(nats / shown.state.class_count)} a label."
    entropy = shown.evaluation.entropy
    floor = 0.0 if entropy is None else nats_of(float(entropy[shown.sample]), shown.evaluation.unit)
    if floor > 0:
        return f"{start}; the target itself has {_about(floor)}, and no prediction has less."
    return f"{start}."


def _about(nats: float) -> str:
    """e to the power of `nats`: 2.5, or ≈ 2.57 where that is not all of it; also what no float can hold."""
    if nats > _LARGEST:
        return numbers.INFINITY if nats == math.inf else f"≈ {numbers.exponential(nats)}"
    ratio = math.exp(nats)
    read = round(ratio, 2 if ratio < 100 else 0)
    text = numbers.short(read, 2) if read < 1000 else numbers.count(round(read))
    return text if abs(math.log(read) - nats) <= _EXACT * nats else f"≈ {text}"


def _odds(shown: Shown) -> tuple[str, str] | None:
    """The odds of the truth, for the line and as a sentence; soft targets and labels have none."""
    if shown.task in (Task.SOFT, Task.MULTILABEL):
        return None
    part = parts(shown)[true_class(shown)]
    what = "the true answer" if shown.task is Task.BINARY else "the true class"
    if shown.task is Task.BINARY and shown_target(shown)[0] not in (0, 1):
        part = parts(shown)[0]
        what = as_word(elided(part.name))
    if part.surprise in (0, math.inf):
        said = f"{what} is {'certain' if part.surprise == 0 else 'ruled out'}"
        return said, f"{said[0].upper()}{said[1:]}."
    text = _odds_text(part)
    return f"odds {text}", f"The odds of {what}: {text}."


def _odds_text(part: Part) -> str:
    """p against 1 − p: 3 to 2 against, 7 to 3 on, 1 to 1."""
    # ln((1 − p) / p), of a p that may be as close to 0 or to 1 as logits can bring it.
    against = part.surprise + math.log(-math.expm1(-part.surprise))
    if abs(against) < _EXACT:
        return "1 to 1"
    side = "against" if against > 0 else "on"
    return f"{_whole(part.probability) or f'{_about(abs(against))} to 1'} {side}"


def _whole(p: float) -> str:
    """The odds in small whole numbers, the larger first; empty where there are none."""
    for whole in range(2, _LARGEST_DENOMINATOR + 1):
        part = round(p * whole)
        if abs(part / whole - p) <= 1e-12 and 0 < part < whole:
            return f"{max(part, whole - part)} to {min(part, whole - part)}"
    return ""
