"""The strip under the header: the loss of the shown sample as a large number and as a worked equation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task, Unit
from ceviz.explain.headline import Headline
from ceviz.gui import painting
from ceviz.gui.controls import ChoiceButton
from ceviz.gui.headline_line import WorkedLine
from ceviz.gui.theme import Theme

_GLYPH = QSizeF(18, 18)
_GLYPH_GAP = 7
_UNIT_GAP = 9
_SIDE = 200
_SEPARATOR_INSET = 28
_VALUE_AT = 65
_LINE_GAP = 28


@dataclass(frozen=True, slots=True)
class _Places:
    """Where things stand from the top; `line` is where the equation starts if it has room."""

    caption: float
    number: float
    hint: float
    line: float


_STANDARD = _Places(28.5, 88.5, 113.0, 278.0)
_COMPACT = _Places(23.0, 73.5, 95.0, 253.0)


class NumberView(QWidget):
    """The loss in large figures, each as wide as any other so that they stand still while they change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("number")
        self._text = ""
        self._stale = False
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def display(self, text: str, accessible: str, stale: bool) -> None:
        """Show a number; a stale one is the last valid one and fades."""
        if (text, stale) != (self._text, self._stale):
            self._text, self._stale = text, stale
            self.update()
        self.setAccessibleName(accessible)

    def text(self) -> str:
        return self._text

    def number_width(self) -> float:
        return sum(self._advance(character) for character in self._text)

    def _advance(self, character: str) -> float:
        return painting.number_width("0" if character.isdecimal() else character, self._theme.font("number"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._theme.opacity["disabled"] if self._stale else 1.0)
        font, color = self._theme.font("number"), self._theme.color("loss")
        place = QPointF(0, QFontMetricsF(font).ascent())
        for character in self._text:
            cell = self._advance(character)
            lead = (cell - painting.number_width(character, font)) / 2
            painting.paint_number_at(painter, place + QPointF(lead, 0), character, font, color)
            place.setX(place.x() + cell)


class HeadlineView(QWidget):
    """Number, unit, definition, terms and shortcut. Class indices are those of charts; -1 stands for none."""

    unit_chosen = Signal(str)
    term_clicked = Signal(int)
    class_hovered = Signal(int)
    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    drag_finished = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # It fills itself: nothing below it is painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._headline: Headline | None = None
        self._task = Task.MULTICLASS
        self._held = False
        self._number_slot = 0.0
        self._number = NumberView(theme)
        self._line = WorkedLine(theme)
        self._unit = ChoiceButton("Unit", [(unit.value, unit.value) for unit in Unit], theme, _VALUE_AT)
        for child in (self._number, self._line, self._unit):
            child.setParent(self)
        self._unit.chosen.connect(self.unit_chosen)
        self._line.term_clicked.connect(self.term_clicked)
        self._line.class_hovered.connect(self.class_hovered)
        self._line.drag_started.connect(self.drag_started)
        self._line.probability_dragged.connect(self.probability_dragged)
        self._line.drag_finished.connect(self.drag_finished)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._places = _COMPACT if theme.compact else _STANDARD
        for child in (self._number, self._line, self._unit):
            child.set_theme(theme)
        self.setFixedHeight(theme.metrics["headline"])
        self._unit.resize(_SIDE - theme.metrics["padXOuter"] - 14 + 4, self._unit.sizeHint().height())
        self._number_slot = 0.0
        self._arrange()
        self.update()

    def display(
        self,
        headline: Headline,
        task: Task,
        unit: Unit,
        probabilities: Sequence[float] = (),
        dragging: bool = False,
    ) -> None:
        """Show a headline. `probabilities` of the shown sample let its terms be dragged.

        While `dragging` (wherever the drag goes on) slots grow but never shrink.
        """
        before, self._headline = self._headline, headline
        self._task, self._held = task, dragging
        self._number.display(headline.number_text, headline.accessible, headline.stale)
        self._unit.display(unit.value)
        self._line.display(headline, task, probabilities)
        slot = self._number_slot
        self._arrange()
        if before is None or _beside(before) != _beside(headline) or slot != self._number_slot:
            self.update()

    def highlight(self, class_index: int) -> None:
        """Fade the terms of all other classes."""
        self._line.highlight(class_index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        theme, left = self._theme, float(self._theme.metrics["padXOuter"])
        held = self._held or self._line.dragging
        width = self._number.number_width()
        self._number_slot = max(width, self._number_slot) if held else width
        metrics = QFontMetricsF(theme.font("number"))
        top = round(self._places.number - metrics.ascent())
        self._number.setGeometry(round(left), top, round(self._number_slot) + 2, round(metrics.height()))
        self._line.setGeometry(0, 0, self.width() - _SIDE, self.height() - 1)
        self._line.lower()
        self._line.arrange(self._places.line, self._unit_right() + _LINE_GAP, self.width() - _SIDE - 16, held)
        self._unit.move(self.width() - _SIDE + 14, (self.height() - self._unit.height()) // 2)

    def _unit_left(self) -> float:
        return float(self._theme.metrics["padXOuter"]) + self._number_slot + _UNIT_GAP

    def _unit_right(self) -> float:
        unit = self._headline.unit if self._headline else ""
        return self._unit_left() + painting.text_width(unit, self._theme.font("numberUnit"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, height = self._theme, self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("canvas"))
        painter.fillRect(0, height - 1, self.width(), 1, theme.color("hairline"))
        inset = _SEPARATOR_INSET if not theme.compact else _SEPARATOR_INSET - 10
        painter.fillRect(self.width() - _SIDE, inset, 1, height - 2 * inset, theme.color("hairline"))
        if self._headline is not None and event.rect().left() < self._unit_right():
            self._paint_caption(painter, self._headline)
            self._paint_unit(painter, self._headline)
            self._paint_hint(painter, self._headline)

    def _paint_caption(self, painter: QPainter, headline: Headline) -> None:
        theme, x = self._theme, float(self._theme.metrics["padXOuter"])
        baseline = self._places.caption
        name = next((term.name for term in headline.terms if term.class_index == headline.glyph_class), None)
        if headline.glyph_class is not None and name is not None:
            rect = QRectF(QPointF(x, baseline - 4.5 - _GLYPH.height() / 2), _GLYPH)
            painting.paint_glyph(painter, rect, name, headline.glyph_class, theme)
            x += _GLYPH.width() + _GLYPH_GAP
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QPointF(x, baseline), headline.caption)

    def _paint_unit(self, painter: QPainter, headline: Headline) -> None:
        theme = self._theme
        painter.setOpacity(theme.opacity["disabled"] if headline.stale else 1.0)
        painter.setFont(theme.font("numberUnit"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QPointF(self._unit_left(), self._places.number), headline.unit)
        painter.setOpacity(1.0)

    def _paint_hint(self, painter: QPainter, headline: Headline) -> None:
        if headline.hint:
            painter.setFont(self._theme.font("label", 600))
            painter.setPen(self._theme.color("danger"))
            place = QPointF(float(self._theme.metrics["padXOuter"]), self._places.hint)
            painter.drawText(place, headline.hint)


def _beside(headline: Headline) -> tuple[object, ...]:
    """What stands around the number."""
    names = [term.name for term in headline.terms if term.class_index == headline.glyph_class]
    return headline.caption, headline.glyph_class, names, headline.unit, headline.stale, headline.hint
