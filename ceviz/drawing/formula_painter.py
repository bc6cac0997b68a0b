"""Typeset formulas: the formula tree laid out as boxes and painted as text in STIX Two Math.

Spacing follows TeX's classes of symbols (The TeXbook, chapter 18), with the sizes of the design.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ceviz.core.document import Task
from ceviz.drawing.painting import class_ink
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme, math_font
from ceviz.explain.formulas import Bar, Coloured, Formula, Fraction, Row, Script, Sum, Text, Variable

Ink = int | Literal["base", "loss"]
Kind = Literal["ord", "op", "binary", "relation", "open", "close", "comma", "space"]

# In em of the size of the formula.
_SCRIPT = 0.7
_SUB_DROP = 0.2
_SUP_RAISE = 0.36
_AXIS = 0.27
_RULE = 0.05
_SUM = 1.25
_SUM_DROP = 0.07
_INDEX_DROP = 1.05
_THIN = 0.17
_SPACE = 0.235
_BINARY_SPACE = {"·": 0.125, "×": 0.17, "⋅": 0.125}
_RELATION_SPACE = {"∥": 0.13, "‖": 0.17, "|": 0.17}
_PREFIX_SPACE = 0.07

OVERHANG = 2.0
"""How far in px a letter may reach beyond its own width."""

_FUNCTIONS = ("ln", "log", "exp", "max", "min", "softmax", "KL", "BCE")
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<op>\b(?:" + "|".join(_FUNCTIONS) + r")\b)|(?P<binary>[+\-−·×⋅])"
    r"|(?P<relation>[=≈≠<>≤≥∥‖|→⇒])|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>[,;])|(?P<ord>[^\s+\-−·×⋅=≈≠<>≤≥∥‖|→⇒(\[{)\]},;]+)"
)


class Run(NamedTuple):
    """A piece of text of one size, `width` wide, its baseline starting at (x, y)."""

    x: float
    y: float
    text: str
    px: float
    ink: Ink
    italic: bool = False
    width: float = 0.0

    @property
    def font(self) -> QFont:
        return math_font(self.px, self.italic)


class Rule(NamedTuple):
    """A fraction's line or a bar above a letter."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Box:
    """A laid out formula; the baseline starts at (0, 0), y grows downwards."""

    width: float
    ascent: float
    descent: float
    runs: tuple[Run, ...] = ()
    rules: tuple[Rule, ...] = ()


class _Atom(NamedTuple):
    kind: Kind
    box: Box
    symbol: str = ""


def measure_formula(formula: Formula, px: float) -> tuple[float, float, float]:
    """Width, ascent and descent of a formula at the text size `px`."""
    box = layout_formula(formula, px)
    return box.width, box.ascent, box.descent


def fitting_px(formula: Formula, px: float, room: float) -> float:
    """The size, or a smaller one in which the formula is no wider than the room."""
    width = measure_formula(formula, px)[0]
    return px * min(1.0, max(room, 1.0) / max(width, 1.0))


def paint_formula(
    painter: QPainter,
    baseline_left: QPointF,
    formula: Formula,
    px: float,
    color: QColor,
    theme: Theme,
    task: Task,
) -> None:
    """Paint a formula in `color`; the parts that belong to a class or to the loss keep their own colour."""
    paint_box(painter, baseline_left, layout_formula(formula, px), color, theme, task)


def paint_box(
    painter: QPainter,
    baseline_left: QPointF,
    box: Box,
    color: QColor,
    theme: Theme,
    task: Task,
    left: float = -math.inf,
    right: float = math.inf,
) -> None:
    """The same of a formula that is laid out; text wholly outside `left` and `right` is left out."""
    x, y = baseline_left.x(), baseline_left.y()
    for run in box.runs:
        if x + run.x > right + OVERHANG or x + run.x + run.width < left - OVERHANG:
            continue
        painter.setFont(run.font)
        painter.setPen(_color(run.ink, color, theme, task))
        draw_text(painter, QPointF(x + run.x, y + run.y), run.text)
    for rule in box.rules:
        ink = _color(rule.ink, color, theme, task)
        painter.fillRect(QRectF(x + rule.x, y + rule.y, rule.width, rule.height), ink)


def changed_span(before: Box, after: Box) -> tuple[float, float]:
    """From where to where two formulas of equal width that start at the same place look different."""
    if before.rules != after.rules:
        return 0.0, after.width
    runs = set(before.runs).symmetric_difference(after.runs)
    return (
        min((run.x for run in runs), default=0.0) - OVERHANG,
        max((run.x + run.width for run in runs), default=0.0) + OVERHANG,
    )


def _color(ink: Ink, base: QColor, theme: Theme, task: Task) -> QColor:
    if ink == "base":
        return base
    if ink == "loss":
        return theme.color("loss")
    return class_ink(theme, task, ink).text


@lru_cache(maxsize=4096)
def layout_formula(formula: Formula, px: float) -> Box:
    """The boxes of a formula, cached: a dragged number lays out the pieces that changed, nothing else."""
    return _join(list(_atoms(formula, px, "base")), px)


def _atoms(formula: Formula, px: float, ink: Ink) -> Iterator[_Atom]:
    match formula:
        case Row(parts):
            for part in parts:
                yield from _atoms(part, px, ink)
        case Coloured(body, class_index):
            yield from _atoms(body, px, "loss" if class_index is None else class_index)
        case Text(text):
            yield from _tokens(text, px, ink)
        case Script(base, sub, sup):
            yield _script(base, sub, sup, px, ink)
        case _:
            yield _Atom("op" if isinstance(formula, Sum) else "ord", _symbol(formula, px, ink))


def _tokens(text: str, px: float, ink: Ink) -> Iterator[_Atom]:
    for token in _TOKEN.finditer(text):
        kind: Kind = token.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        box = Box(0, 0, 0) if kind == "space" else _letters(token[0].replace("-", "−"), px, ink)
        yield _Atom(kind, box, token[0])


def _symbol(formula: Variable | Sum | Fraction | Bar, px: float, ink: Ink) -> Box:
    match formula:
        case Variable(letter):
            return _letters(letter, px, ink, is_italic(letter))
        case Sum(index):
            return _sum(_inner(index, px * _SCRIPT, ink), px, ink)
        case Fraction(over, under):
            return _fraction(_inner(over, px, ink), _inner(under, px, ink), px, ink)
        case Bar(base):
            return _bar(_inner(base, px, ink), px, ink)


def _inner(formula: Formula, px: float, ink: Ink) -> Box:
    return _join(list(_atoms(formula, px, ink)), px)


def is_italic(letter: str) -> bool:
    """Whether a variable is set in the mathematical italic: Latin and small Greek letters are."""
    return any(first <= letter <= last for first, last in ("az", "AZ", "αω"))


@lru_cache(maxsize=4096)
def _advance(text: str, px: float, italic: bool) -> float:
    return QFontMetricsF(math_font(px, italic)).horizontalAdvance(text)


def _letters(text: str, px: float, ink: Ink, italic: bool = False) -> Box:
    # The font's own ascent and descent leave room for the tallest integral: figures and letters need less.
    width = _advance(text, px, italic)
    return Box(width, 0.75 * px, 0.24 * px, (Run(0, 0, text, px, ink, italic, width),))


def _script(base: Formula, sub: Formula | None, sup: Formula | None, px: float, ink: Ink) -> _Atom:
    atoms = list(_atoms(base, px, ink))
    pieces = [_join(atoms, px)]
    if sub is not None:
        pieces.append(_moved(_inner(sub, px * _SCRIPT, ink), pieces[0].width, _SUB_DROP * px))
    if sup is not None:
        pieces.append(_moved(_inner(sup, px * _SCRIPT, ink), pieces[0].width, -_SUP_RAISE * px))
    return _Atom(atoms[-1].kind if len(atoms) == 1 else "ord", _union(pieces))


def _sum(index: Box, px: float, ink: Ink) -> Box:
    sign = _letters("∑", px * _SUM, ink)
    width = max(sign.width, index.width)
    sign = replace(sign, ascent=0.96 * px, descent=0.42 * px)
    return _union(
        [
            _moved(sign, (width - sign.width) / 2, _SUM_DROP * px),
            _moved(index, (width - index.width) / 2, _INDEX_DROP * px),
        ]
    )


def _fraction(over: Box, under: Box, px: float, ink: Ink) -> Box:
    width = max(over.width, under.width) + 2 * _RULE * px
    rule = max(1.0, _RULE * px)
    gap = 0.12 * px
    line = Box(width, _AXIS * px, 0, (), (Rule(0, -_AXIS * px - rule / 2, width, rule, ink),))
    return _union(
        [
            _moved(over, (width - over.width) / 2, -_AXIS * px - gap - over.descent),
            line,
            _moved(under, (width - under.width) / 2, -_AXIS * px + gap + under.ascent),
        ]
    )


def _bar(base: Box, px: float, ink: Ink) -> Box:
    rule = max(1.0, _RULE * px)
    line = Rule(0.04 * px, -base.ascent - rule, base.width - 0.04 * px, rule, ink)
    return replace(base, ascent=base.ascent + 2 * rule, rules=(*base.rules, line))


def _moved(box: Box, dx: float, dy: float) -> Box:
    return Box(
        box.width + dx,
        box.ascent - dy,
        box.descent + dy,
        tuple(run._replace(x=run.x + dx, y=run.y + dy) for run in box.runs),
        tuple(rule._replace(x=rule.x + dx, y=rule.y + dy) for rule in box.rules),
    )


def _union(boxes: Iterable[Box]) -> Box:
    boxes = list(boxes)
    return Box(
        max((box.width for box in boxes), default=0.0),
        max((box.ascent for box in boxes), default=0.0),
        max((box.descent for box in boxes), default=0.0),
        tuple(run for box in boxes for run in box.runs),
        tuple(rule for box in boxes for rule in box.rules),
    )


def _join(atoms: list[_Atom], px: float) -> Box:
    """Set atoms beside each other with the space that their kinds ask for."""
    x, placed = 0.0, []
    previous: _Atom | None = None
    spaced = False
    for atom in map(_resolved, atoms, _before(atoms)):
        if atom.kind == "space":
            spaced = previous is not None
            continue
        if previous is not None:
            x += _gap(previous, atom, spaced) * px
        placed.append(_moved(atom.box, x, 0))
        x += atom.box.width
        previous, spaced = atom, False
    return replace(_union(placed), width=x + (_SPACE * px if spaced else 0))


def _before(atoms: list[_Atom]) -> list[_Atom | None]:
    """For each atom the last one before it that is no space."""
    last: _Atom | None = None
    result = []
    for atom in atoms:
        result.append(last)
        last = last if atom.kind == "space" else atom
    return result


def _resolved(atom: _Atom, before: _Atom | None) -> _Atom:
    # A sign without an operand on its left is a prefix: it binds without space.
    prefix = before is None or before.kind in ("binary", "relation", "open", "comma", "op")
    return atom._replace(kind="ord", symbol="prefix") if atom.kind == "binary" and prefix else atom


def _gap(left: _Atom, right: _Atom, spaced: bool) -> float:
    """The space between two neighbours in em; a typed space counts only where no operator sets its own."""
    for atom in (left, right):
        if atom.kind == "relation":
            return _RELATION_SPACE.get(atom.symbol, 0.28)
    for atom in (left, right):
        if atom.kind == "binary":
            return _BINARY_SPACE.get(atom.symbol, 0.22)
    if left.symbol == "prefix":
        return _PREFIX_SPACE
    if spaced:
        return _SPACE
    if left.kind == "comma" or (left.kind == "op" and right.kind != "open"):
        return _THIN
    return _THIN if right.kind == "op" and left.kind in ("ord", "close") else 0.0
