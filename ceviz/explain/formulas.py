"""Formulas as data: a small tree that is painted as mathematics, read aloud as text and written as LaTeX."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Upright characters: numbers, function names, class names, operators, spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """One italic letter."""

    letter: str


@dataclass(frozen=True, slots=True)
class Script:
    """`base` with a subscript and/or a superscript."""

    base: Formula
    sub: Formula | None = None
    sup: Formula | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A large summation sign over an index."""

    index: Formula


@dataclass(frozen=True, slots=True)
class Fraction:
    over: Formula
    under: Formula


@dataclass(frozen=True, slots=True)
class Bar:
    """A letter with a bar above: a mean."""

    base: Formula


@dataclass(frozen=True, slots=True)
class Coloured:
    """A part in the text colour of a class, `class_index` None being the loss colour."""

    body: Formula
    class_index: int | None


@dataclass(frozen=True, slots=True)
class Row:
    parts: tuple[Formula, ...]


Formula = Text | Variable | Script | Sum | Fraction | Bar | Coloured | Row
