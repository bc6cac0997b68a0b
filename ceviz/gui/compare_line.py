"""The equation of a comparison: the worse model's mean loss less the better one's."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPaintEvent

from ceviz.core.document import Task
from ceviz.drawing import painting
from ceviz.drawing.discs import DISC_RADIUS, paint_disc
from ceviz.drawing.formula_painter import measure_formula, paint_formula
from ceviz.drawing.headline_painter import drops, line_picture
from ceviz.drawing.headline_slots import NAME_GAP, name_font, value_font
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_headline import CompareHeadline, MeanTerm, compared_line
from ceviz.explain.formulas import Formula, Text, to_text
from ceviz.gui.copyable_line import CopyableLine

_MINUS = "\N{MINUS SIGN}"
_BAR = 5.0
_JOINER_GAP = 14.0
_RING_GAP = 6.0
_DISC_ROOM = 2 * DISC_RADIUS + 5


class _Slot(NamedTuple):
    """A part of the line: a mean, or a sign (without a term)."""

    x: float
    width: float
    formula: Formula
    term: MeanTerm | None


class CompareLine(CopyableLine):
    """Each mean stands over a bar in the colour of the loss, with disc, name and value under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._headline: CompareHeadline | None = None
        self._slots: tuple[_Slot, ...] = ()
        self._named = True
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._slots = ()
        self.update()

    def display(self, headline: CompareHeadline) -> None:
        if headline != self._headline:
            self._headline = headline
            self.update()
        signed = [to_text(term.formula) for term in headline.terms]
        means = [f"{term.letter} {term.name} {term.value_text}".rstrip() for term in headline.terms]
        number = f"{headline.number_text} {headline.unit} " if headline.number_text else ""
        equation = f" {_MINUS} ".join(signed)
        self.setAccessibleName(f"{number}{headline.joiner} {equation}: {', '.join(means)}")

    def arrange(self, start: float, least: float, end: float, held: bool) -> float:
        """Lay the line out between `least` and `end`, from `start` on where it fits. Returns where it ends.

        In a drag (`held`) no slot shrinks. For want of room the names give way: the discs say enough.
        """
        if self._headline is None:
            return start
        before, named = self._slots, self._named
        widths = [slot.width for slot in before] if held and before else []
        self._named = True
        slots = self._lay_out(self._headline, widths)
        if _end(slots) > end - least or (widths and not named):
            self._named = False
            slots = self._lay_out(self._headline, [] if named else widths)
        left = max(least, min(start, end - _end(slots)))
        self._slots = tuple(slot._replace(x=slot.x + left) for slot in slots)
        if (self._slots, self._named) != (before, named):
            self.update()
        return left + _end(slots)

    def captions_left(self) -> float:
        """Where the captions under the terms begin; what stands left of it may go below."""
        return min((slot.x for slot in self._slots if slot.term is not None), default=float(self.width()))

    def _lay_out(self, headline: CompareHeadline, widths: list[float]) -> tuple[_Slot, ...]:
        slots: list[_Slot] = []
        x = 0.0
        for number, (formula, term) in enumerate(_parts(headline)):
            width = measure_formula(formula, self._px())[0]
            if term is not None:
                width = max(width, self._caption_width(term))
            if widths:
                width = max(width, widths[number])
            slots.append(_Slot(x, width, formula, term))
            x += width + _JOINER_GAP
        return tuple(slots)

    def _px(self) -> float:
        return self._theme.size("formula")

    def _caption_width(self, term: MeanTerm) -> float:
        width = _DISC_ROOM + painting.number_width(term.value_text, value_font(self._theme))
        return width + self._name_width(term)

    def _name_width(self, term: MeanTerm) -> float:
        if not self._named:
            return 0.0
        return painting.text_width(term.name, name_font(self._theme)) + NAME_GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_slots(painter)
        if self._focus.shown and self._slots:
            painting.paint_focus_ring(painter, self._area(), self._theme.radius["control"], self._theme)

    def _paint_slots(self, painter: QPainter) -> None:
        for slot in self._slots:
            self._paint_slot(painter, slot)

    def _area(self) -> QRectF:
        """What the equation covers, from its letters to the captions."""
        top = drops(self._theme).baseline - self._px() - _RING_GAP
        bottom = drops(self._theme).baseline + drops(self._theme).caption + _RING_GAP
        start = self._slots[0].x
        return QRectF(start - _RING_GAP, top, _end(self._slots) - start + 2 * _RING_GAP, bottom - top)

    def copied(self) -> Formula | None:
        return compared_line(self._headline) if self._headline is not None else None

    def picture(self) -> QImage:
        start = self._slots[0].x if self._slots else 0.0
        width = _end(self._slots) - start if self._slots else 0.0
        return line_picture(self._paint_slots, start, width, self._px(), self._theme)

    def _paint_slot(self, painter: QPainter, slot: _Slot) -> None:
        theme, baseline = self._theme, drops(self._theme).baseline
        width = measure_formula(slot.formula, self._px())[0]
        place = QPointF(slot.x + (slot.width - width) / 2, baseline)
        ink = theme.color("ink" if slot.term is None else "loss")
        # Nothing in it has the colour of a class, so that any task will do.
        paint_formula(painter, place, slot.formula, self._px(), ink, theme, Task.MULTICLASS)
        if slot.term is not None:
            bar = QRectF(slot.x, baseline + drops(theme).bar, slot.width, _BAR)
            painting.round_bar(painter, bar, theme.radius["bar"], theme.color("loss"))
            self._paint_caption(painter, slot, slot.term)

    def _paint_caption(self, painter: QPainter, slot: _Slot, term: MeanTerm) -> None:
        theme = self._theme
        x = slot.x + (slot.width - self._caption_width(term)) / 2
        baseline = drops(theme).baseline + drops(theme).caption
        paint_disc(painter, QPointF(x + DISC_RADIUS, baseline - 4.5), LETTERS.index(term.letter), theme)
        x += _DISC_ROOM
        if self._named:
            painter.setFont(name_font(theme))
            painter.setPen(theme.color("ink2"))
            painter.drawText(QPointF(x, baseline), term.name)
        place = QPointF(x + self._name_width(term), baseline)
        painting.paint_number_at(painter, place, term.value_text, value_font(theme), theme.color("loss"))


def _end(slots: tuple[_Slot, ...]) -> float:
    return slots[-1].x + slots[-1].width


def _parts(headline: CompareHeadline) -> list[tuple[Formula, MeanTerm | None]]:
    signs = (headline.joiner, *[_MINUS] * (len(headline.terms) - 1))
    parts: list[tuple[Formula, MeanTerm | None]] = []
    for sign, term in zip(signs, headline.terms, strict=True):
        parts += [(Text(sign), None), (term.formula, term)]
    return parts
