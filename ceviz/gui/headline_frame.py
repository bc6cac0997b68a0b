"""What every headline has: the large number with its unit at the left, unit and convention at the right."""

from __future__ import annotations

import html
import math
from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Unit
from ceviz.drawing import painting
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.reading_aids import NO_AIDS
from ceviz.gui.choice_button import ChoiceButton, ValueButton

SIDE = 200
_SIDE_INSET = 10
"""From the separator to the choices of unit and convention, in px."""
LINE_GAP = 28
_UNIT_GAP = 9
_SEPARATOR_INSET = 28
_VALUE_AT = 65
_FIGURES = frozenset("0123456789.")
_BETWEEN_AIDS = " · "
_BUTTON_STEP = 34
"""From the middle of one button at the right to that of the next."""
_SHORT_NAMES = {"scikit-learn": "sklearn"}
"""Where the whole name has no room."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand from the top; `line` is where the equation starts if it has room."""

    caption: float
    number: float
    hint: float
    line: float


_STANDARD = Places(28.5, 88.5, 113.0, 278.0)
_COMPACT = Places(23.0, 73.5, 95.0, 253.0)


class NumberView(QWidget):
    """The loss in large figures, each as wide as any other so that they stand still while they change."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("number")
        self._text = ""
        self._stale = False
        self._meaning: tuple[str, ...] = ()
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def display(self, text: str, accessible: str, stale: bool, meaning: tuple[str, ...] = ()) -> None:
        """Show a number and, where it is pointed at, its `meaning` in sentences; a stale one fades."""
        if (text, stale) != (self._text, self._stale):
            only_figures = stale == self._stale and _FIGURES.issuperset(text + self._text)
            self.update(self._changed_figures(text) if only_figures else self.rect())
            self._text, self._stale = text, stale
        self.setAccessibleName(accessible)
        if meaning != self._meaning:
            self._meaning = meaning
            self.setAccessibleDescription(" ".join(meaning))
            self.setToolTip("<br>".join(map(html.escape, meaning)))

    def text(self) -> str:
        return self._text

    def figures(self) -> QRect:
        """Where figures stand; other signs may be higher or lower."""
        metrics = QFontMetricsF(self._theme.font("number"))
        top = metrics.ascent() - metrics.capHeight()
        return QRect(0, int(top) - 2, self.width(), math.ceil(metrics.capHeight()) + 5)

    def _changed_figures(self, text: str) -> QRect:
        """Where the figures stand from the first one that is another one in `text`."""
        same = takewhile(lambda pair: pair[0] == pair[1], zip(text, self._text, strict=False))
        left = sum(self._advance(figure) for figure, _ in same)
        return self.figures().adjusted(int(left), 0, 0, 0)

    def number_width(self) -> float:
        return sum(map(self._advance, self._text))

    def _advance(self, character: str) -> float:
        return painting.number_width("0" if character.isdecimal() else character, self._theme.font("number"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._theme.opacity["disabled"] if self._stale else 1.0)
        font, color = self._theme.font("number"), self._theme.color("loss")
        place = QPointF(0, QFontMetricsF(font).ascent())
        for character in self._text:
            cell = self._advance(character)
            if place.x() + cell > event.rect().left():
                lead = (cell - painting.number_width(character, font)) / 2
                painting.paint_number_at(painter, place + QPointF(lead, 0), character, font, color)
            place.setX(place.x() + cell)


class HeadlineFrame(QWidget):
    """Number, unit and the choice of the unit; subclasses paint the caption and what the number equals."""

    unit_chosen = Signal(str)
    options_asked = Signal()
    """The button that says how the loss is computed was pressed."""
    class_hovered = Signal(int)

    def __init__(self, theme: Theme, line: QWidget) -> None:
        """`line` is what the number equals; Tab reaches it before the choice of the unit."""
        super().__init__()
        # It fills itself: nothing below it is painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = theme
        self._number_slot = 0.0
        self._aids = NO_AIDS
        self._with_aids = False
        self._number = NumberView(theme)
        self._unit = ChoiceButton("Unit", [(unit.value, unit.value) for unit in Unit], theme, _VALUE_AT)
        self.computed_as = ValueButton("Computed as", theme)
        self.computed_as.setObjectName("computedAs")
        for child in (self._number, line, self._unit, self.computed_as):
            child.setParent(self)
        self._unit.chosen.connect(self.unit_chosen)
        self.computed_as.clicked.connect(lambda: self.options_asked.emit())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._places = _COMPACT if theme.compact else _STANDARD
        for child in (self._number, self._unit, self.computed_as):
            child.set_theme(theme)
        self.setFixedHeight(theme.metrics["headline"])
        for button in (self._unit, self.computed_as):
            button.resize(SIDE - theme.metrics["padXOuter"] - _SIDE_INSET + 8, button.sizeHint().height())
        self._number_slot = 0.0
        self.update()

    def highlight(self, lit: Lit) -> None:
        """Fade what belongs to all other classes."""
        raise NotImplementedError

    def show_aids(self, on: bool) -> None:
        """Whether the number's other readings stand below it; pointed at, the number tells them anyway."""
        if on != self._with_aids:
            self._with_aids = on
            self.update()

    def place_number(self, held: bool) -> None:
        """Fit the number and the choice of the unit; the number's slot never shrinks while `held`."""
        left = float(self._theme.metrics["padXOuter"])
        width = self._number.number_width()
        self._number_slot = max(width, self._number_slot) if held else width
        metrics = QFontMetricsF(self._theme.font("number"))
        top = round(self._places.number - metrics.ascent())
        self._number.setGeometry(round(left), top, round(self._number_slot) + 2, round(metrics.height()))
        for button, away in ((self._unit, -_BUTTON_STEP), (self.computed_as, _BUTTON_STEP)):
            button.move(self.width() - SIDE + _SIDE_INSET, (self.height() - button.height() + away) // 2)

    def display_computed(self, name: str, call: str) -> None:
        """Show whose rules the loss follows, and by which call."""
        self.computed_as.show_value(_SHORT_NAMES.get(name, name), f"{name}, {call}" if call else name)
        if call != self.computed_as.toolTip():
            self.computed_as.setToolTip(call)

    def unit_right(self, unit: str, exact: str = "") -> float:
        """Where the unit behind the number ends, and what the definition gives behind it."""
        right = self._unit_left() + painting.text_width(unit, self._theme.font("numberUnit"))
        return right + (_UNIT_GAP + painting.number_width(exact, self._theme.font("label")) if exact else 0.0)

    def _unit_left(self) -> float:
        return float(self._theme.metrics["padXOuter"]) + self._number_slot + _UNIT_GAP

    def paint_ground(self, painter: QPainter) -> None:
        """The ground, the line under it, and the one in front of the choice of the unit.

        With sharp edges: at a scale of 125 % soft ones let through what stood there before.
        """
        height, hairline = self.height(), self._theme.color("hairline")
        painter.fillRect(self.rect(), self._theme.color("canvas"))
        painter.fillRect(0, height - 1, self.width(), 1, hairline)
        self.paint_separator(painter, self.width() - SIDE)

    def paint_separator(self, painter: QPainter, x: int) -> None:
        """An upright hairline."""
        inset = _SEPARATOR_INSET if not self._theme.compact else _SEPARATOR_INSET - 10
        painter.fillRect(x, inset, 1, self.height() - 2 * inset, self._theme.color("hairline"))

    def paint_unit(self, painter: QPainter, unit: str, stale: bool = False, exact: str = "") -> None:
        """The unit behind the number, and behind it what the definition gives."""
        painter.setOpacity(self._theme.opacity["disabled"] if stale else 1.0)
        painter.setFont(self._theme.font("numberUnit"))
        painter.setPen(self._theme.color("ink2"))
        painter.drawText(QPointF(self._unit_left(), self._places.number), unit)
        place = QPointF(self.unit_right(unit) + _UNIT_GAP, self._places.number)
        painting.paint_number_at(painter, place, exact, self._theme.font("label"), self._theme.color("ink2"))
        painter.setOpacity(1.0)

    def paint_aids(self, painter: QPainter, end: float) -> None:
        """As many of the number's other readings as fit below it, left of `end`."""
        if not self._with_aids:
            return
        font, left = self._theme.font("tick"), float(self._theme.metrics["padXOuter"])
        painter.setFont(font)
        painter.setPen(self._theme.color("ink2"))
        pieces = self._aids.pieces
        lines = (_BETWEEN_AIDS.join(pieces[:count]) for count in range(len(pieces), 0, -1))
        fitting = (line for line in lines if left + painting.text_width(line, font) <= end)
        painter.drawText(QPointF(left, self._places.hint), next(fitting, ""))
