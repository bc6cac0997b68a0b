"""Numbers that are rounded one by one need not add up to their rounded sum: where they do not, it is said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.explain.parts import is_valid, parts, shown_loss, shown_target
from ceviz.explain.shown import Shown

_FULL_DIGITS = 12
_HALF_A_STEP = Decimal("0.0005")


def sum_remarks(shown: Shown) -> tuple[str, str]:
    """Of the shown row: what is wrong with the sums of probabilities and targets, and with that of the terms.

    Each a sentence with the sum in full, empty where what is shown adds up or the row has no loss.
    """
    if not is_valid(shown):
        return "", ""
    every = parts(shown)
    remarks = [_distribution("probabilities", [part.probability for part in every])]
    if shown.task is Task.SOFT:
        remarks.append(_distribution("targets", shown_target(shown).tolist()))
    terms = [part.value_text for part in every]
    loss = shown_loss(shown)
    of_terms = _remark("terms", terms, numbers.loss(loss), loss) if math.isfinite(loss) else ""
    return " ".join(filter(None, remarks)), of_terms


def batch_sum_remark(shown: Shown) -> str:
    """The same of the losses of a batch in which every sample counts once."""
    result = shown.result
    plain = all(sample.weight == 1 and not sample.ignored for sample in shown.state.samples)
    if not (plain and result.valid.all() and math.isfinite(result.sum)):
        return ""
    losses = map(numbers.loss, result.losses.tolist())
    return _remark("losses", losses, numbers.loss(result.sum), result.sum)


def _distribution(what: str, values: Sequence[float]) -> str:
    total = math.fsum(values)
    return _remark(what, map(numbers.probability, values), numbers.probability_sum(total), total)


def _remark(what: str, texts: Iterable[str], sum_text: str, total: float) -> str:
    low = high = Decimal(0)
    for text in texts:
        least, most = _read(text)
        low, high = low + least, high + most
    read, _ = _read(sum_text)
    if low - _HALF_A_STEP < read < high + _HALF_A_STEP:
        return ""
    full = numbers.short(total, _FULL_DIGITS)
    if low == high:
        added = numbers.short(float(low), 6)
        return f"The {what} are rounded: as shown they add up to {added}, in full to {full}."
    return f"The {what} are rounded: as shown they do not add up to {full}, in full they do."


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[Decimal, Decimal]:
    """The least and the most that a reader may take a text for: "<0.001" is something from 0 to there."""
    if text.startswith("<"):
        return Decimal(0), Decimal(text[1:])
    if text.startswith(">"):
        return Decimal(text[1:]), Decimal(1)
    number = Decimal(repr(numbers.parse_number(text)))
    return number, number
