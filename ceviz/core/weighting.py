"""0 ln 0 = 0: what has no weight counts as 0, even where the value is infinite.

Written for large arrays: few new ones, and no choice between single numbers, which costs more than a
logarithm.
"""

from __future__ import annotations

import numpy as np

from ceviz.core.document import Vectors


def filled(values: Vectors, weights: Vectors) -> Vectors:
    """A copy with 1 added where the weight is 0: quotients and logarithms of it are finite there."""
    return np.asarray(values + (weights == 0.0))


def product(weights: Vectors, values: Vectors) -> Vectors:
    """weights * values, where a weight of 0 gives 0 whatever the value (but NaN)."""
    result: Vectors = np.asarray(weights * values)
    undefined = np.isnan(result)
    if undefined.any():
        result[undefined & (weights == 0.0) & ~np.isnan(values)] = 0.0
    return result
