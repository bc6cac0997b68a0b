"""What both losses of a sample read, so that what B saves is their difference to a reader, too."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ceviz.explain import numbers
from ceviz.explain.compare import Pair
from ceviz.explain.compare_numbers import subtraction


@dataclass(frozen=True, slots=True)
class ComparedLosses:
    """The losses of A and B, empty for a row without one, and "≈ " where a reader who subtracts gets another
    last digit than their difference has.
    """

    a: str
    b: str
    about: str = ""


def compared_losses(pair: Pair, sample: int) -> ComparedLosses:
    """A sample's losses: in three decimals, or more where three would contradict their difference.

    While the shown sample is dragged there are always three, and the difference is said to be rounded.
    """
    a, b = (float(side.result.losses[sample]) for side in pair.sides)
    saved = float(pair.saved[sample])
    if not pair.comparable[sample] or not math.isfinite(saved) or saved == 0:
        return ComparedLosses(*("" if math.isnan(loss) else numbers.loss(loss) for loss in (a, b)))
    texts = subtraction(max(a, b), min(a, b), abs(saved), brief=pair.a.dragging and sample == pair.a.sample)
    of_a, of_b = (texts.minuend, texts.subtrahend) if saved > 0 else (texts.subtrahend, texts.minuend)
    return ComparedLosses(of_a, of_b, texts.about)
