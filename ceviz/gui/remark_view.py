"""A remark of a few lines with coloured words; what does not fit is elided and stands in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
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
from ceviz.gui.rich_spans import span_ink

_MOST_LINES = 3
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class RemarkView(QWidget):
    """Up to three lines, in the middle of its height."""

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

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._lay_out()

    def display(self, spans: tuple[Span, ...], task: Task) -> None:
        if (spans, task) != (self._spans, self._task):
            self._spans, self._task = spans, task
            self.setAccessibleName(plain_text(spans))
            self._lay_out()

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
        return _break(self._laid(spans, plain_text(spans)), width, 0.0) <= _MOST_LINES

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    # Breaking lines

    def _font(self) -> QFont:
        return self._theme.font("body")

    def _line_height(self) -> float:
        return 20.0 if self._theme.compact else 24.0

    def _laid(self, spans: tuple[Span, ...], text: str) -> QTextLayout:
        layout = QTextLayout(text, self._font())
        formats = []
        start = 0
        for span in spans:
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = start, len(span.text), self._format(span)
            formats.append(part)
            start += len(span.text)
        layout.setFormats(formats)
        return layout

    def _format(self, span: Span) -> QTextCharFormat:
        result = QTextCharFormat()
        result.setForeground(QBrush(self._ink(span)))
        if span.role != "plain":
            result.setFont(self._theme.font("body", 600))
        return result

    def _ink(self, span: Span) -> QColor:
        ink = QColor(span_ink(span, self._task, self._theme))
        if span.class_index is not None and self._highlighted not in (-1, span.class_index):
            ink.setAlphaF(self._theme.opacity["unlinked"])
        return ink

    def _lay_out(self) -> None:
        text = plain_text(self._spans)
        layout, height = self._laid(self._spans, text), self._line_height()
        cut = _break(layout, self.width(), height) > _MOST_LINES
        if cut:
            layout = self._elided(text)
        self._layout = layout
        self.setToolTip(text if cut else "")
        self.update()

    def _elided(self, text: str) -> QTextLayout:
        """As many words as there is room for: half of a number would be another number."""
        ends = [place for place, character in enumerate(text) if character == " "]
        fewest, most = 0, len(ends)
        layout = self._laid((), _ELLIPSIS)
        while fewest < most:
            middle = (fewest + most) // 2
            tried = self._laid(self._spans, text[: ends[middle]].rstrip(",") + _ELLIPSIS)
            if _break(tried, self.width(), self._line_height()) <= _MOST_LINES:
                layout, fewest = tried, middle + 1
            else:
                most = middle
        return layout

    def _top(self) -> float:
        return (self.height() - self._layout.lineCount() * self._line_height()) / 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.color("ink"))
        self._layout.draw(painter, QPointF(0, self._top()))

    # The mouse

    def _class_at(self, place: QPointF) -> int:
        number = int((place.y() - self._top()) // self._line_height())
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
