"""Sentences in which the words for classes and losses are coloured."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QWidget

from ceviz.core.document import Task
from ceviz.drawing.painting import class_ink
from ceviz.drawing.theme import Theme
from ceviz.explain.spans import Span, plain_text

_WITHIN_A_NUMBER = re.compile(r" × |(?<=\d) − (?=\d)|\b(?:ln|log₂) |≈ ")
_LEFT_TO_RIGHT = QTextOption()
_LEFT_TO_RIGHT.setTextDirection(Qt.LayoutDirection.LeftToRight)


def span_ink(span: Span, task: Task, theme: Theme) -> QColor:
    """The colour of a span's words."""
    if span.role == "class" and span.class_index is not None:
        return class_ink(theme, task, span.class_index).text
    return theme.color(span.role if span.role in ("loss", "danger") else "ink")


def rich_text(spans: Sequence[Span], task: Task, theme: Theme, line_height: int) -> str:
    """Spans as a paragraph of rich text."""
    words = "".join(_rich(span, task, theme) for span in spans)
    # The sentence runs from left to right, whatever script a name in it begins with.
    return f'<p dir="ltr" style="margin: 0; line-height: {line_height}px;">{words}</p>'


def _rich(span: Span, task: Task, theme: Theme) -> str:
    text = html.escape(_unbroken(span.text))
    if span.role == "plain":
        return text
    color = span_ink(span, task, theme).name()
    return f'<span style="color: {color}; font-weight: 600;">{text}</span>'


def _unbroken(text: str) -> str:
    """Powers of ten, differences, and a logarithm or ≈ with its number stay on one line."""
    return _WITHIN_A_NUMBER.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


class SentenceLines:
    """Spans in lines as a label's rich text has them, laid out once to be measured and painted."""

    def __init__(self, spans: Sequence[Span], task: Task, theme: Theme, font: QFont) -> None:
        self._layout = QTextLayout(_unbroken("".join(span.text for span in spans)), font)
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(_LEFT_TO_RIGHT)
        self._layout.setFormats(_formats(spans, task, theme))
        self._width = self._height = 0.0

    def height_at(self, width: float, line_height: float) -> float:
        """How high the lines are together, each at least `line_height`, at a width."""
        if width != self._width:
            self._width, self._height = width, 0.0
            self._layout.beginLayout()
            while (line := self._layout.createLine()).isValid():
                line.setLeadingIncluded(True)
                line.setLineWidth(width)
                self._height += max(line_height, line.height())
                line.setPosition(QPointF(0, self._height - line.height()))
            self._layout.endLayout()
        return self._height

    def paint(self, painter: QPainter, ink: QColor) -> None:
        painter.setPen(ink)
        self._layout.draw(painter, QPointF())


def _formats(spans: Sequence[Span], task: Task, theme: Theme) -> list[QTextLayout.FormatRange]:
    ranges, start = [], 0
    for span in spans:
        # Qt counts in UTF-16: a picture letter is two.
        length = len(span.text.encode("utf-16-le")) // 2
        if span.role != "plain":
            letters = QTextLayout.FormatRange()
            letters.start, letters.length = start, length
            letters.format = _emphasis(span_ink(span, task, theme).rgb())
            ranges.append(letters)
        start += length
    return ranges


@lru_cache(maxsize=64)
def _emphasis(rgb: int) -> QTextCharFormat:
    letters = QTextCharFormat()
    letters.setForeground(QColor(rgb))
    letters.setFontWeight(QFont.Weight.DemiBold)
    return letters


class Takeaway(QLabel):
    """The sentence at the foot of a panel."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._lines: SentenceLines | None = None
        """Of what is shown; None where rich text would close up the spaces in it."""
        self.setObjectName("takeaway")
        # It fills itself: the panel below is not painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFont(theme.font("title", weight=400))
        self.setStyleSheet(f"color: {theme.color('ink').name()};")

    def display(self, spans: tuple[Span, ...], task: Task) -> None:
        text = rich_text(spans, task, self._theme, self._line_height)
        if text == self.text():
            return
        self.setText(text)
        sentence = plain_text(spans)
        self.setAccessibleName(sentence)
        single_spaced = sentence == " ".join(sentence.split())
        self._lines = SentenceLines(spans, task, self._theme, self.font()) if single_spaced else None

    @property
    def _line_height(self) -> int:
        return 20 if self._theme.compact else 22

    @property
    def border(self) -> int:
        """The room above and below the lines together."""
        return 20 if self._theme.compact else 28

    def lead_in(self, width: int, height: int) -> int:
        """The room above the first line, of a height that may be too little for the whole border."""
        border = height - (self.height_at(width) - self.border)
        return min(border, self.border) // 2 - 2

    def height_at(self, width: int) -> int:
        """The height of at least two lines and the room around them, at a width."""
        lines = max(2, round(self._text_height(width) / self._line_height))
        return self.border + lines * self._line_height

    def _text_height(self, width: int) -> float:
        if self._lines is not None:
            return self._lines.height_at(width, self._line_height)
        # Asked every time: a label that has not been laid out before is painted twice.
        return self.heightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        if self._lines is None or self.hasSelectedText():
            painter.end()
            super().paintEvent(event)
            return
        self._text_height(self.width())
        self._lines.paint(painter, self._theme.color("ink"))
