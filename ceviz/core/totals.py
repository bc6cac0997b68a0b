"""Weighted sums and means of losses, to all digits."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ceviz.core.document import Vectors


class Totals(NamedTuple):
    """Sum and mean of a batch, and the number that the mean divides by."""

    sum: float
    mean: float
    divisor: float


def weighted_totals(losses: Vectors, weights: Vectors) -> Totals:
    """Weighted sum and weighted mean; of no loss 0 and NaN."""
    total, total_exponent = _exact_sum(weights, losses)
    weight, weight_exponent = _exact_sum(weights, np.ones(len(weights)))
    mean = _power_of_2_times(total / weight, total_exponent - weight_exponent) if weight else math.nan
    return Totals(_power_of_2_times(total, total_exponent), mean, _power_of_2_times(weight, weight_exponent))


def _exact_sum(weights: Vectors, numbers: Vectors) -> tuple[float, int]:
    """The sum of weights * numbers as (m, e), m * 2**e, so that nothing overflows on the way to a mean."""
    (fractions, exponents), (others, more) = np.frexp(weights), np.frexp(numbers)
    products, exponents = fractions * others, exponents + more
    top = int(exponents[products != 0.0].max(initial=-5000))  # below the product of the smallest doubles
    try:
        return math.fsum(np.ldexp(products, exponents - top).tolist()), top
    except ValueError:  # infinity minus infinity
        return math.nan, top


def _power_of_2_times(number: float, exponent: int) -> float:
    return float(np.ldexp(number, exponent))
