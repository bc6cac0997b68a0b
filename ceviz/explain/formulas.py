"""Formulas as data: a small tree that is painted as mathematics, read aloud as text and written as LaTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from ceviz.core.document import Unit


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
    """One formula over another."""

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
    """Formulas side by side."""

    parts: tuple[Formula, ...]


Formula = Text | Variable | Script | Sum | Fraction | Bar | Coloured | Row

_SUPERSCRIPTS = "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_SCRIPTS = "−+0123456789"
_TO_SUPERSCRIPTS = str.maketrans(_PLAIN_SCRIPTS + "′", _SUPERSCRIPTS + "′")
_FROM_SUPERSCRIPTS = str.maketrans(_SUPERSCRIPTS, _PLAIN_SCRIPTS)
_TO_SUBSCRIPTS = str.maketrans("0123456789ijk", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖ")
_POWER_OF_TEN = re.compile(f"10([{_SUPERSCRIPTS}]+)")
_NAMED = re.compile(r"\b(ln|log|exp|max|KL|BCE)\b")
_MATHEMATICS = re.compile(r"(?:\b(?:ln|log|exp|max|KL|BCE)\b|[0-9.,+−=()\[\]·×∞‖≈∂′/ ])*")
_LATEX = {"−": "-", "·": r"\cdot ", "×": r"\times ", "∞": r"\infty ", "‖": r"\parallel ", "≈": r"\approx "}
_LATEX |= {"∂": r"\partial ", "′": r"\prime ", "α": r"{\alpha}", "φ": r"{\varphi}"}
_LATEX_SPECIAL = {c: "\\" + c for c in "#$%&_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def row(*parts: Formula | str) -> Row:
    """Parts side by side; text that meets text becomes one piece, 10⁻⁷ a real power."""
    pieces: list[Formula] = []
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_text:
            pieces.extend(_typeset("".join(map(str, run))))
        else:
            pieces.extend(part for part in run if not isinstance(part, str))
    return Row(tuple(pieces))


def _typeset(text: str) -> list[Formula]:
    pieces: list[Formula] = []
    for index, piece in enumerate(_POWER_OF_TEN.split(text)):
        if index % 2:
            pieces.append(Script(Text("10"), sup=Text(piece.translate(_FROM_SUPERSCRIPTS))))
        elif piece:
            pieces.append(Text(piece))
    return pieces


def sub(letter: str, index: Formula | str) -> Script:
    """A letter with a subscript: a single small letter is an index, anything else a name."""
    if isinstance(index, str):
        index = Variable(index) if index in ("i", "j", "k") else Text(index)
    return Script(Variable(letter), sub=index)


def logarithm(unit: Unit) -> Formula | str:
    """ln, or the logarithm to base 2 that counts bits."""
    return "ln" if unit is Unit.NATS else Script(Text("log"), sub=Text("2"))


def log_name(unit: Unit) -> str:
    """The logarithm of a unit, in a sentence."""
    return "ln" if unit is Unit.NATS else "log₂"


def to_text(formula: Formula) -> str:
    """The formula in one line of plain text, for sentences, screen readers and the clipboard."""
    match formula:
        case Text(text):
            return text
        case Variable(letter):
            return letter
        case Script(base, below, above):
            return to_text(base) + _small(below, _TO_SUBSCRIPTS, "_") + _small(above, _TO_SUPERSCRIPTS, "^")
        case Sum(index):
            return "∑" + _small(index, _TO_SUBSCRIPTS, "_")
        case Fraction(over, under):
            return f"{_operand(over)}/{_operand(under)}"
        case Bar(base):
            return to_text(base) + "\u0304"
        case Coloured(body, _):
            return to_text(body)
        case Row(parts):
            return "".join(map(to_text, parts))


def _operand(formula: Formula) -> str:
    text = to_text(formula)
    return f"({text})" if " " in text else text


def _small(script: Formula | None, alphabet: dict[int, int], sign: str) -> str:
    if script is None:
        return ""
    text = to_text(script)
    return text.translate(alphabet) if all(ord(c) in alphabet for c in text) else sign + text


def to_latex(formula: Formula) -> str:
    """The formula as LaTeX for math mode, without colours."""
    match formula:
        case Text(text):
            return _latex_text(text)
        case Variable(letter):
            return _LATEX.get(letter, letter)
        case Script(base, below, above):
            return _latex_base(base) + _latex_script("_", below) + _latex_script("^", above)
        case Sum(index):
            return r"\sum" + _latex_script("_", index)
        case Fraction(over, under):
            return rf"\frac{{{to_latex(over)}}}{{{to_latex(under)}}}"
        case Bar(base):
            return rf"\bar{{{to_latex(base)}}}"
        case Coloured(body, _):
            return to_latex(body)
        case Row(parts):
            return "".join(map(to_latex, parts))


def _latex_base(base: Formula) -> str:
    text = to_latex(base)
    return text if isinstance(base, Text | Variable) else f"{{{text}}}"


def _latex_script(sign: str, script: Formula | None) -> str:
    return "" if script is None else f"{sign}{{{to_latex(script)}}}"


def _latex_text(text: str) -> str:
    if not _MATHEMATICS.fullmatch(text):
        return rf"\text{{{''.join(_LATEX_SPECIAL.get(c, c) for c in text)}}}"
    named = _NAMED.sub(_latex_function, text)
    return re.sub(" +", " ", "".join(_LATEX.get(c, c) for c in named))


def _latex_function(match: re.Match[str]) -> str:
    name = match[0]
    return rf"\{name}" if name in ("ln", "log", "exp", "max") else rf"\operatorname{{{name}}}"
