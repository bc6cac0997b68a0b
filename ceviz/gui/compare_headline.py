"""The headline of a comparison: which model is better on average, by how much, and what accuracy says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent

from ceviz.core.document import Task, Unit
from ceviz.drawing.discs import DISC_RADIUS, paint_disc
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_headline import CompareHeadline
from ceviz.explain.spans import Span, plain_text
from ceviz.gui.compare_line import CompareLine
from ceviz.gui.headline_frame import LINE_GAP, SIDE, HeadlineFrame
from ceviz.gui.plain_text import tip
from ceviz.gui.remark_view import RemarkView

_DISC_ROOM = 25
_REMARK_WIDTH, _SHORTEST_REMARK, _STEP = 410, 120, 20
"""How wide the remark wants to be, is at least, and grows in search of three lines."""


class CompareHeadlineView(HeadlineFrame):
    """Mean difference and unit, the two means it comes from, a remark in words, the choice of the unit."""

    sample_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._line = CompareLine(theme)
        super().__init__(theme, self._line)
        self._headline: CompareHeadline | None = None
        self._task = Task.MULTICLASS
        self._held = False
        self._separator = -1
        self._remark = RemarkView(theme)
        self._remark.setParent(self)
        self._remark.class_hovered.connect(self.class_hovered)
        self._remark.sample_chosen.connect(self.sample_chosen)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._line.set_theme(theme)
        self._remark.set_theme(theme)
        self._arrange()

    def display(self, value: CompareHeadline, task: Task, unit: Unit, dragging: bool = False) -> None:
        """Show a headline. While `dragging` nothing shrinks, so that nothing moves back and forth."""
        self._headline, self._task, self._held = value, task, dragging
        self._aids = value.aids
        self._number.display(value.number_text, value.accessible, stale=False, meaning=value.aids.sentences)
        self._unit.display(unit.value)
        self._line.display(value)
        self._arrange()
        self.update()

    def highlight(self, lit: Lit) -> None:
        self._remark.highlight(lit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        if self._headline is None:
            return
        self.place_number(self._held)
        self._line.setGeometry(0, 0, self.width() - SIDE, self.height() - 1)
        self._line.lower()
        least = self.unit_right(self._unit_text()) + LINE_GAP
        end = self._line.arrange(self._places.line, least, self.width() - SIDE - 16, self._held)
        self._place_remark(self._headline, round(end))

    def _place_remark(self, headline: CompareHeadline, end: int) -> None:
        """Right of a hairline behind the equation; without room for it, it is the equation's tooltip."""
        gap, lead = (24, 16) if self._theme.compact else (46, 24)
        left = end + gap + lead
        room = self.width() - SIDE - lead - left
        fits = room >= _SHORTEST_REMARK
        self._separator = end + gap if fits else -1
        self._remark.setVisible(fits)
        self._line.setToolTip("" if fits else tip(plain_text(_whole(headline))))
        spans = self._spans(headline, room)
        self._remark.display(spans, self._task, _whole(headline))
        self._remark.setGeometry(left, 0, self._remark_width(spans, max(room, 1)), self.height() - 1)

    def _spans(self, headline: CompareHeadline, room: int) -> tuple[Span, ...]:
        """The remark, shorter where not all of it is in sight; then what is left out of it is said first."""
        note = _note(headline)
        choices = (_whole(headline), (*headline.short_remark, *note))
        first = (*note[1:], *note[:1], *headline.short_remark)
        return next((spans for spans in choices if self._remark.fits(spans, room)), first)

    def _remark_width(self, spans: tuple[Span, ...], room: int) -> int:
        """As narrow as three lines allow."""
        widths = range(_REMARK_WIDTH, room, _STEP)
        return next((width for width in widths if self._remark.fits(spans, width)), room)

    def _unit_text(self) -> str:
        """The unit; nothing where there is no number."""
        headline = self._headline
        return headline.unit if headline is not None and headline.number_text else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._separator >= 0:
            self.paint_separator(painter, self._separator)
        if self._headline is not None:
            self._paint_caption(painter, self._headline)
            self.paint_unit(painter, self._unit_text())
            self.paint_aids(painter, self._line.captions_left() - LINE_GAP / 2)

    def _paint_caption(self, painter: QPainter, headline: CompareHeadline) -> None:
        theme, x = self._theme, float(self._theme.metrics["padXOuter"])
        baseline = self._places.caption
        if headline.letter is not None:
            center = QPointF(x + DISC_RADIUS, baseline - 4.5)
            paint_disc(painter, center, LETTERS.index(headline.letter), theme)
            x += _DISC_ROOM
        font = theme.font("label")
        painter.setFont(font)
        painter.setPen(theme.color("ink2"))
        room = self.width() - SIDE - 16 - x
        caption = QFontMetricsF(font).elidedText(headline.caption, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(x, baseline), caption)


def _note(headline: CompareHeadline) -> tuple[Span, ...]:
    """What is left out, behind a remark."""
    return (Span(" "), Span(headline.note, "danger")) if headline.note else ()


def _whole(headline: CompareHeadline) -> tuple[Span, ...]:
    return (*headline.remark, *_note(headline))
