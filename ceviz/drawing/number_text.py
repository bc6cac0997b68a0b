"""What a cell shows of a number that is not as it should be: undefined, or far too large."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtGui import QFont

from ceviz.drawing.painting import number_width
from ceviz.explain import numbers

UNDEFINED = "–"
_LARGE = 1000.0


def probability_text(x: float) -> str:
    """A probability or a target; what is thousands is neither and has a power of ten."""
    if math.isnan(x):
        return UNDEFINED
    return _large(x) or numbers.probability(x)


def sum_text(values: Iterable[float], whole: bool = False) -> str:
    """A sum of probabilities, `whole` without decimals where it has none; a dash beyond all numbers."""
    try:
        total = math.fsum(values)
    except (OverflowError, ValueError):
        return UNDEFINED
    if math.isnan(total):
        return UNDEFINED
    plain = f"{total:.0f}" if whole and total.is_integer() else numbers.probability_sum(total)
    return _large(total) or plain


def _large(x: float) -> str:
    return numbers.power(x, strip=True) if _LARGE <= abs(x) < math.inf else ""


def fitted(font: QFont, text: str, width: float) -> QFont:
    """The font, smaller where a number in it would be wider than `width`."""
    wide = number_width(text, font)
    if wide <= width:
        return font
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * width / wide)
    return smaller
