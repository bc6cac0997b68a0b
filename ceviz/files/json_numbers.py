"""The numbers of a document as JSON: the shortest text that reads back as the same float64."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from ceviz.core.document import Vectors

_MOST_WHOLE = 1e15


def vector_text(vector: Vectors) -> str:
    """A list; as a rule it holds no whole numbers or nothing else, and is then written at once."""
    whole = vector == np.trunc(vector)
    if not whole.any():
        return msgspec.json.encode(vector.tolist()).decode().replace(",", ", ")
    if whole.all() and not np.signbit(vector).any() and vector.max() < _MOST_WHOLE:
        return str(vector.astype(np.int64).tolist())
    return f"[{', '.join(map(number_text, vector.tolist()))}]"


def number_text(number: float) -> str:
    """A whole number without a decimal sign; infinite logits are strings."""
    if math.isinf(number):
        return '"inf"' if number > 0 else '"-inf"'
    whole = number.is_integer() and abs(number) < _MOST_WHOLE and math.copysign(1, number) == 1
    return str(int(number)) if whole else msgspec.json.encode(number).decode()
