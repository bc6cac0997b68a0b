"""Sentences in which the words for classes and losses are coloured."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from ceviz.core.document import Task
from ceviz.drawing.painting import class_ink
from ceviz.drawing.theme import Theme
from ceviz.explain.spans import Span, plain_text


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
    text = html.escape(span.text)
    if span.role == "plain":
        return text
    color = span_ink(span, task, theme).name()
    return f'<span style="color: {color}; font-weight: 600;">{text}</span>'


class Takeaway(QLabel):
    """The sentence at the foot of a panel."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("takeaway")
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
        self.setText(rich_text(spans, task, self._theme, self._line_height))
        self.setAccessibleName(plain_text(spans))

    @property
    def _line_height(self) -> int:
        return 20 if self._theme.compact else 22

    @property
    def lead(self) -> int:
        """The room above the first line."""
        return 11 if self._theme.compact else 15

    def height_at(self, width: int) -> int:
        """The height of at least two lines and the room around them, at a width."""
        # Asked every time: a label that has not been laid out before is painted twice.
        lines = max(2, round(self.heightForWidth(width) / self._line_height))
        return (20 if self._theme.compact else 28) + lines * self._line_height
