"""Where the parts of the worked line stand: slots as wide as their widest form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtGui import QFont

from ceviz.drawing import painting
from ceviz.drawing.formula_painter import Box, layout_formula
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula, Text
from ceviz.explain.headline import Headline, Term

NAME_GAP = 6.0
_TERM_GAP = 22.0
_JOINER_GAP = 13.0
_LONGEST_NAME, _SHORT_NAME = 112.0, 56.0
"""How wide a name under a term may be in px: in a wide line, and where it makes the line too wide."""


class Slot(NamedTuple):
    """A part of the line from `x` on: a term, or a formula that belongs to none.

    A slot has room for the widest form of its term: a digit more or less moves nothing else. The laid out
    formula stands in its middle.
    """

    x: float
    width: float
    formula: Formula
    box: Box
    term: Term | None = None
    name: str = ""
    """The term's name as it is written: elided in the middle where it is long."""
    caption: float = 0.0
    """The width of the name and the value under the term."""

    @property
    def value_text(self) -> str:
        """The value under the term."""
        return self.term.value_text if self.term else ""


def slot_of(
    formula: Formula, term: Term | None, px: float, theme: Theme, longest_name: float, x: float = 0.0
) -> Slot:
    """A formula, or a term with its name no longer than `longest_name` px, in a slot of its own width."""
    box = layout_formula(formula, px)
    if term is None:
        return Slot(x, box.width, formula, box)
    name = painting.elided(term.name, name_font(theme), longest_name) if term.kind == "class" else term.name
    caption = painting.text_width(name, name_font(theme))
    if term.value_text:
        caption += NAME_GAP + painting.number_width(term.value_text, value_font(theme))
    return Slot(x, max(box.width, caption), formula, box, term, name, caption)


@dataclass(frozen=True, slots=True)
class Line:
    """The worked line as it is painted at the text size `px`."""

    slots: tuple[Slot, ...]
    px: float
    width: float

    @property
    def places(self) -> tuple[object, ...]:
        """Where everything stands, whatever it says."""
        return self.px, *((slot.x, slot.width) for slot in self.slots)

    def moved(self, dx: float) -> Line:
        return replace(self, slots=tuple(slot._replace(x=slot.x + dx) for slot in self.slots))


class _Form(NamedTuple):
    """How much of the line is shown."""

    definition: bool
    folded: bool
    summary: bool
    scale: float
    longest_name: float = _LONGEST_NAME
    left_out: int = 0
    """How many of the last terms are only mentioned."""


# A little smaller is still the same line. Then the definition goes first, then long names are shortened,
# then zero terms fold into one.
_FORMS = (
    _Form(True, False, True, 1.0),
    _Form(True, False, True, 0.925),
    _Form(False, False, True, 1.0),
    _Form(False, False, True, 0.925),
    _Form(False, False, True, 0.925, _SHORT_NAME),
    _Form(False, True, True, 1.0, _SHORT_NAME),
    _Form(False, True, True, 0.85, _SHORT_NAME),
    _Form(False, True, True, 0.7, _SHORT_NAME),
    _Form(False, True, False, 0.7, _SHORT_NAME),
    _Form(False, True, False, 0.55, _SHORT_NAME),
)


def _form(index: int) -> _Form:
    """The forms from full to narrow; after the last one each leaves out one more term."""
    last = len(_FORMS) - 1
    return _FORMS[index] if index <= last else _FORMS[last]._replace(left_out=index - last)


class Slots:
    """Arranges the worked line; in a drag no slot shrinks and nothing that went comes back."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._widths: dict[tuple[str, int | None, float], float] = {}
        self._form = 0

    def arrange(self, headline: Headline, room: float, held: bool) -> Line:
        """The fullest line that fits into `room`."""
        if not held:
            self._widths.clear()
            self._form = 0
        while True:
            form = _form(self._form)
            line = self._line(headline, form)
            if line.width <= room or form.left_out >= len(headline.terms) - 1:
                return line
            self._form += 1

    def _line(self, headline: Headline, form: _Form) -> Line:
        px = self._theme.size("formula") * form.scale
        slots: list[Slot] = []
        end = 0.0
        for formula, term in _parts(headline, form):
            if slots:
                both_terms = term is not None and slots[-1].term is not None
                end += _TERM_GAP if both_terms else _JOINER_GAP
            slots.append(self._slot(formula, term, px, form.longest_name, end))
            end += slots[-1].width
        return Line(tuple(slots), px, end)

    def _slot(self, formula: Formula, term: Term | None, px: float, longest_name: float, x: float) -> Slot:
        slot = slot_of(formula, term, px, self._theme, longest_name, x)
        if term is None:
            return slot
        key = (term.kind, term.class_index, px)
        width = max(slot.width, layout_formula(term.widest, px).width, self._widths.get(key, 0.0))
        self._widths[key] = width
        return slot if width == slot.width else slot._replace(width=width)


def _parts(headline: Headline, form: _Form) -> Iterator[tuple[Formula, Term | None]]:
    """The formulas from left to right; those without a term are operators and the definition."""
    if form.definition or not headline.terms:
        yield Text("="), None
        yield headline.definition, None
    if not headline.terms:
        return
    yield Text("="), None
    terms = folded(headline.terms) if form.folded else headline.terms
    for term in shortened(terms, form.left_out):
        yield term.formula, term
    if form.summary:
        for joiner, term in zip(headline.summary_joiners, headline.summary, strict=True):
            yield Text(joiner), None
            yield term.formula, term


def folded(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The terms with all that are zero for want of a target replaced by one "+ 0" at the end."""
    zeros = [term for term in terms if term.zero and not term.has_target]
    if len(zeros) < 2:
        return terms
    count = sum(term.class_count for term in zeros)
    formula = Text("+ 0")
    rest = Term(None, formula, formula, f"for {count} classes", "", True, "others", count)
    return (*(term for term in terms if term not in zeros), rest)


def shortened(terms: tuple[Term, ...], left_out: int) -> tuple[Term, ...]:
    """The terms with the last ones only mentioned: their number, not their value."""
    if left_out == 0 or len(terms) < 2:
        return terms
    kept = max(1, len(terms) - left_out)
    count = sum(term.class_count for term in terms[kept:])
    formula = Text("+ …")
    return (*terms[:kept], Term(None, formula, formula, f"{count} more", "", False, "others", count))


def name_font(theme: Theme) -> QFont:
    """The font of the names under the terms."""
    return theme.font("label", 400)


def value_font(theme: Theme) -> QFont:
    """The font of the values under the terms."""
    return theme.font("value")
