"""The headline: the loss of the shown sample as one worked equation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ceviz.explain.formulas import Formula

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


@dataclass(frozen=True, slots=True)
class Headline:
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
