"""A remark of a few lines with coloured words; all of it stands in the tooltip where not all is in sight."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing import painting
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.spans import Span, plain_text
from ceviz.gui.controls import KeyboardFocus
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
    """Three lines or four, in the middle of its height.

    The samples that it names are chosen by a click, or reached by Tab and the arrows and chosen by Enter.
    """

    accessible_role = QAccessible.Role.StaticText

    class_hovered = Signal(int)
    sample_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("remark")
        self.setMouseTracking(True)
        self._theme = theme
        self._spans: tuple[Span, ...] = ()
        self._task = Task.MULTICLASS
        self._lit = ALIKE
        self._hovered = -1
        self._layout = QTextLayout()
        self._type = _STANDARD[0]
        self._whole = ""
        self._current = 0
        """Which of the named samples the keys are at."""
        self._focus = KeyboardFocus(self)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._lay_out()

    def display(self, spans: tuple[Span, ...], task: Task, whole: tuple[Span, ...]) -> None:
        """Show `spans`, which may be less than the `whole` remark."""
        self._whole = plain_text(whole)
        self.setAccessibleName(self._whole)
        if (spans, task) != (self._spans, self._task):
            self._spans, self._task, self._current = spans, task, 0
            named = bool(self._named())
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if named else Qt.FocusPolicy.NoFocus)
            self._lay_out()
        self._explain()

    def highlight(self, lit: Lit) -> None:
        """Fade the words for all other classes."""
        if lit != self._lit:
            self._lit = lit
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
        result.setFontUnderline(span.sample is not None)
        return result

    def _ink(self, span: Span) -> QColor:
        ink = QColor(span_ink(span, self._task, self._theme))
        if span.class_index is not None:
            ink.setAlphaF(self._lit.opacity(span.class_index, self._theme))
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
        if self._focus.shown and self._named():
            area = self._area(self._current)
            painting.paint_focus_ring(painter, area, self._theme.radius["bar"], self._theme)

    # The samples that are named

    def _named(self) -> list[tuple[int, Span]]:
        """Where the names of samples start, and what they are."""
        places, start = [], 0
        for span in self._spans:
            if span.sample is not None:
                places.append((start, span))
            start += len(span.text)
        return places

    def _area(self, number: int) -> QRectF:
        """Where one of the named samples stands; of two lines the first. Empty where it is out of sight."""
        start, span = self._named()[number]
        line = self._layout.lineForTextPosition(start)
        if not line.isValid():
            return QRectF()
        left, right = (_first(line.cursorToX(place)) for place in (start, start + len(span.text)))
        return QRectF(left, self._top() + line.y(), right - left, line.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        named = self._named()
        if step is not None and named:
            self._current = max(0, min(len(named) - 1, self._current + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and named:
            self.sample_chosen.emit(named[self._current][1].sample)
        else:
            super().keyPressEvent(event)

    # The mouse

    def _span_at(self, place: QPointF) -> Span | None:
        number = int((place.y() - self._top()) // self._type.line)
        if not 0 <= number < self._layout.lineCount():
            return None
        line = self._layout.lineAt(number)
        if not 0 <= place.x() <= line.naturalTextWidth():
            return None
        at = int(_first(line.xToCursor(place.x())))
        for span in self._spans:
            if at <= len(span.text):
                return span
            at -= len(span.text)
        return None

    def _hover(self, class_index: int) -> None:
        if class_index != self._hovered:
            self._hovered = class_index
            self.class_hovered.emit(class_index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        span = self._span_at(event.position())
        self._hover(-1 if span is None or span.class_index is None else span.class_index)
        named = span is not None and span.sample is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if named else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        span = self._span_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and span is not None and span.sample is not None:
            self.sample_chosen.emit(span.sample)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)


def _first(found: object) -> float:
    """What QTextLine says, which PySide gives as a pair."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]  # a number


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
