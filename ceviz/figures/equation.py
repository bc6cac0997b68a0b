"""The worked equation on paper: definition, terms, summary and number, one below the other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.formula_painter import measure_formula, paint_formula
from ceviz.drawing.headline_painter import drops, paint_slots
from ceviz.drawing.headline_slots import Slot, slot_of, value_font
from ceviz.drawing.painting import number_width, paint_number
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_headline import CompareHeadline, compared_line
from ceviz.explain.formulas import Formula, Text, Variable, row
from ceviz.explain.headline import Headline, Term

_TERM_GAP, _JOINER_GAP = 22.0, 13.0
_ABOVE, _BELOW = 30.0, 20.0
"""Room over and under the baseline of a line of formulas."""
_UNDER_SUM = 38.0
_UNDER_TERMS = 56.0
_BETWEEN = 16.0
_LONGEST_NAME = 200.0
LETTER_DISC = 11.6
"""The radius of a disc whose letter is no smaller than other text."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Parts side by side, behind the sign that they start with."""

    sign: str
    slots: tuple[Slot, ...]
    below: float
    width: float


@dataclass(frozen=True, slots=True)
class Equation:
    """Lines below one another; their signs stand in one column, `left` of everything else."""

    lines: tuple[_Line, ...]
    left: float
    px: float

    @property
    def width(self) -> float:
        return self.left + max(line.width for line in self.lines)

    @property
    def height(self) -> float:
        return sum(_ABOVE + line.below for line in self.lines) + _BETWEEN * (len(self.lines) - 1)


def lay_out_equation(value: Headline | CompareHeadline, width: float, theme: Theme) -> Equation:
    """The equation in lines at most `width` px wide, as far as its parts allow."""
    px = theme.size("formula")
    left = measure_formula(row(Variable("L"), " = "), px)[0] + _JOINER_GAP
    if isinstance(value, CompareHeadline):
        return Equation((_line("", [(compared_line(value), None)], px, theme, _BELOW),), 0.0, px)
    lines = [_line("=", [(value.definition, None)], px, theme, _UNDER_SUM)]
    if not value.stale:
        lines += _wrapped(value, width - left, px, theme)
        lines.append(_number(value, px, theme))
    return Equation(tuple(lines), left, px)


def _wrapped(value: Headline, room: float, px: float, theme: Theme) -> list[_Line]:
    """The terms in as many lines as they need, then what they come to in fewer parts."""
    groups: list[list[tuple[Formula, Term | None]]] = [[]]
    for term in value.terms:
        wider = [*groups[-1], (term.formula, term)]
        if groups[-1] and _line("", wider, px, theme, 0).width > room:
            groups.append([(term.formula, term)])
        else:
            groups[-1] = wider
    lines = [
        _line("" if place else "=", group, px, theme, _UNDER_TERMS) for place, group in enumerate(groups)
    ]
    if value.summary:
        parts: list[tuple[Formula, Term | None]] = []
        for joiner, term in zip(value.summary_joiners, value.summary, strict=True):
            parts += [(Text(joiner), None), (term.formula, term)] if parts else [(term.formula, term)]
        lines.append(_line("=", parts, px, theme, _UNDER_TERMS))
    return lines


def _number(value: Headline, px: float, theme: Theme) -> _Line:
    exact = value.number_text in ("0.000", "∞")
    number = row(f"{value.number_text} {value.unit}")
    return _line("=" if exact else "≈", [(number, None)], px, theme, _BELOW)


def _line(
    sign: str, parts: list[tuple[Formula, Term | None]], px: float, theme: Theme, below: float
) -> _Line:
    slots: list[Slot] = []
    end = 0.0
    for formula, term in parts:
        slot = slot_of(formula, term, px, theme, _LONGEST_NAME)
        if slots:
            end += _TERM_GAP if term is not None and slots[-1].term is not None else _JOINER_GAP
        slots.append(slot._replace(x=end))
        end += slot.width
    return _Line(sign, tuple(slots), below, end)


def paint_equation(
    painter: QPainter, size: QSizeF, value: Headline | CompareHeadline, theme: Theme, task: Task
) -> None:
    """The equation in the middle of a picture of `size` px; of two models also their means."""
    equation = lay_out_equation(value, size.width(), theme)
    left = max(0.0, (size.width() - equation.width) / 2)
    baseline = max(0.0, (size.height() - equation.height) / 2) + _ABOVE
    if not isinstance(value, CompareHeadline):
        place = QPointF(left, baseline)
        paint_formula(painter, place, Variable("L"), equation.px, theme.color("ink"), theme, task)
    for line in equation.lines:
        _paint_line(painter, line, QPointF(left + equation.left, baseline), equation, theme, task)
        baseline += line.below + _BETWEEN + _ABOVE
    if isinstance(value, CompareHeadline):
        _paint_means(painter, value, QPointF(left, baseline), theme)


def _paint_line(
    painter: QPainter, line: _Line, start: QPointF, equation: Equation, theme: Theme, task: Task
) -> None:
    if line.sign:
        width = measure_formula(Text(line.sign), equation.px)[0]
        place = start - QPointF(width + _JOINER_GAP, 0)
        paint_formula(painter, place, Text(line.sign), equation.px, theme.color("ink"), theme, task)
    painter.save()
    painter.translate(start.x(), start.y() - drops(theme).baseline)
    paint_slots(painter, line.slots, theme, task)
    painter.restore()


def _paint_means(painter: QPainter, value: CompareHeadline, start: QPointF, theme: Theme) -> None:
    """Each mean behind the disc of its model."""
    font, x, y = value_font(theme), start.x(), start.y() - _ABOVE
    for term in value.terms:
        model = LETTERS.index(term.letter)
        paint_disc(painter, QPointF(x + LETTER_DISC, y), model, theme, LETTER_DISC)
        text = f"{term.name} {term.value_text}"
        rect = QRectF(x + 2 * LETTER_DISC + 6, y - 12, number_width(text, font) + 2, 24)
        paint_number(painter, rect, Qt.AlignmentFlag.AlignVCenter, text, font, theme.color("loss"))
        x = rect.right() + _TERM_GAP
