"""A remark of a few lines with coloured words; all of it stands in the tooltip where not all is in sight."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.spans import Span, plain_text
from ceviz.gui.plain_text import tip
from ceviz.gui.rich_spans import span_ink


class _Type(NamedTuple):
    """How a remark is set: the size of its letters, the height of a line, and how many there may be."""

    size: str
    line: float
    lines: int


_STANDARD = (_Type("body", 24.0, 3),)
_COMPACT = (_Type("body", 20.0, 3), _Type("label", 18.0, 4))
"""The first in which a remark fits; a small window has one more, of more and smaller lines."""
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class RemarkView(QWidget):
    """Three lines or four, in the middle of its height."""

    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("remark")
        self.setMouseTracking(True)
        self._theme = theme
        self._spans: tuple[Span, ...] = ()
        self._task = Task.MULTICLASS
        self._highlighted = self._hovered = -1
        self._layout = QTextLayout()
        self._type = _STANDARD[0]
        self._whole = ""

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._lay_out()

    def display(self, spans: tuple[Span, ...], task: Task, whole: tuple[Span, ...]) -> None:
        """Show `spans`, which may be less than the `whole` remark."""
        self._whole = plain_text(whole)
        self.setAccessibleName(self._whole)
        if (spans, task) != (self._spans, self._task):
            self._spans, self._task = spans, task
            self._lay_out()
        self._explain()

    def highlight(self, class_index: int) -> None:
        """Fade the words for all other classes."""
        if class_index != self._highlighted:
            self._highlighted = class_index
            self._lay_out()

    def shown_text(self) -> str:
        """What of the remark is in sight."""
        return self._layout.text()

    def fits(self, spans: tuple[Span, ...], width: float) -> bool:
        """Whether a remark is in sight as a whole at a width."""
        return any(self._fits(spans, width, kind) for kind in self._types())

    def _fits(self, spans: tuple[Span, ...], width: float, kind: _Type) -> bool:
        return _break(self._laid(spans, plain_text(spans), kind), width, 0.0) <= kind.lines

    def _types(self) -> tuple[_Type, ...]:
        return _COMPACT if self._theme.compact else _STANDARD

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    # Breaking lines

    def _laid(self, spans: tuple[Span, ...], text: str, kind: _Type) -> QTextLayout:
        layout = QTextLayout(text, self._theme.font(kind.size, 400))
        formats = []
        start = 0
        for span in spans:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, len(span.text), self._format(span, kind)
            formats.append(part)
            start += len(span.text)
        layout.setFormats(formats)
        return layout

    def _format(self, span: Span, kind: _Type) -> QTextCharFormat:
        result = QTextCharFormat()
        result.setForeground(QBrush(self._ink(span)))
        if span.role != "plain":
            result.setFont(self._theme.font(kind.size, 600))
        return result

    def _ink(self, span: Span) -> QColor:
        ink = QColor(span_ink(span, self._task, self._theme))
        if span.class_index is not None and self._highlighted not in (-1, span.class_index):
            ink.setAlphaF(self._theme.opacity["unlinked"])
        return ink

    def _lay_out(self) -> None:
        kinds = self._types()
        fitting = (kind for kind in kinds if self._fits(self._spans, self.width(), kind))
        self._type = next(fitting, kinds[-1])
        text = plain_text(self._spans)
        layout = self._laid(self._spans, text, self._type)
        cut = _break(layout, self.width(), self._type.line) > self._type.lines
        self._layout = self._elided(text) if cut else layout
        self._explain()
        self.update()

    def _explain(self) -> None:
        """The tooltip says what is not in sight."""
        self.setToolTip(tip(self._whole) if self.shown_text() != self._whole else "")

    def _elided(self, text: str) -> QTextLayout:
        """As many words as there is room for: half of a number would be another number."""
        ends = [place for place, character in enumerate(text) if character == " "]
        fewest, most = 0, len(ends)
        layout = self._laid((), _ELLIPSIS, self._type)
        while fewest < most:
            middle = (fewest + most) // 2
            tried = self._laid(self._spans, text[: ends[middle]].rstrip(",") + _ELLIPSIS, self._type)
            if _break(tried, self.width(), self._type.line) <= self._type.lines:
                layout, fewest = tried, middle + 1
            else:
                most = middle
        return layout

    def _top(self) -> float:
        return (self.height() - self._layout.lineCount() * self._type.line) / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("ink"))
        self._layout.draw(painter, QPointF(0, self._top()))

    # The mouse

    def _class_at(self, place: QPointF) -> int:
        number = int((place.y() - self._top()) // self._type.line)
        if not 0 <= number < self._layout.lineCount():
            return -1
        line = self._layout.lineAt(number)
        if not 0 <= place.x() <= line.naturalTextWidth():
            return -1
        found = line.xToCursor(place.x())
        at = int(found[0] if isinstance(found, tuple) else found)
        for span in self._spans:
            if at <= len(span.text):
                return -1 if span.class_index is None else span.class_index
            at -= len(span.text)
        return -1

    def _hover(self, class_index: int) -> None:
        if class_index != self._hovered:
            self._hovered = class_index
            self.class_hovered.emit(class_index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._class_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)


def _break(layout: QTextLayout, width: float, line_height: float) -> int:
    """Break a text into lines of a width; how many there are."""
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, count * line_height + (line_height - line.height()) / 2))
        count += 1
    layout.endLayout()
    return count
