"""The numbers of the frameworks as rows: what the call is called and why it differs, and its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import number_width, paint_number, text_width
from ceviz.drawing.text import draw_text, wrapped
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import FrameworkRow, FrameworksChart

HEAD = 26.0
"""The height of the line over the numbers."""
_EDGE_BAR = 4.0
_PAD, _GAP, _BETWEEN = 20.0, 14.0, 12.0
_NARROWEST = 44.0
_ABOVE, _BELOW = 8.0, 8.0
_NAME, _LINE = 18.0, 18.0
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PIECES, _SMALLER_PIECES = re.compile(r"[^.( ]*[.( ]?"), re.compile(r"[^_A-Z]*_?|[A-Z][^_A-Z]*_?")
"""Where the name of a call may be broken: behind a point, a bracket or a space, at worst within a word."""


@dataclass(frozen=True, slots=True)
class RowLines:
    """The lines of a row's text, and how high that makes it."""

    title: tuple[str, ...]
    reason: tuple[str, ...]
    height: float


class FrameworksPainter:
    """Lays the rows of a chart out in a width in px, and paints them one by one or all."""

    def __init__(self, chart: FrameworksChart, width: float, theme: Theme) -> None:
        self.chart, self.width, self.theme = chart, width, theme

    @cached_property
    def number_width(self) -> float:
        """What a column of numbers takes."""
        texts = [
            *((text, self._number_font(True)) for row in self.chart.rows for text in row.numbers),
            *((text, self.theme.font("tick")) for row in self.chart.rows for text in row.differences),
        ]
        return max([_NARROWEST, *(number_width(text, font) for text, font in texts)])

    @cached_property
    def rows(self) -> tuple[RowLines, ...]:
        """The lines of all rows."""
        return tuple(self._lines(row) for row in self.chart.rows)

    @property
    def height(self) -> float:
        """What all rows and the heads take."""
        return HEAD + sum(row.height for row in self.rows)

    def _lines(self, row: FrameworkRow) -> RowLines:
        columns = len(self.chart.heads)
        room = self.width - 2 * _PAD - _GAP - columns * self.number_width - (columns - 1) * _BETWEEN
        measure = partial(text_width, font=self._title_font(row))
        title = tuple(wrapped(_pieces(row.title, room, measure), room, measure, joint=""))
        measure = partial(text_width, font=self.theme.font("tick"))
        reason = tuple(wrapped(row.reason.split(), room, measure))
        name = _NAME if row.framework else 0.0
        numbers = 2 if any(row.differences) else 1
        text = name + _LINE * max(len(title) + len(reason), numbers)
        return RowLines(title, reason, _ABOVE + text + _BELOW)

    def _title_font(self, row: FrameworkRow) -> QFont:
        return self.theme.font("label", weight=600 if row.differs else 400)

    def _number_font(self, strong: bool) -> QFont:
        return self.theme.font("body", weight=600 if strong else 400)

    def paint(self, painter: QPainter) -> None:
        """Heads and rows from the top down."""
        self.paint_heads(painter)
        top = HEAD
        for index, row in enumerate(self.rows):
            self.paint_row(painter, index, QRectF(0, top, self.width, row.height))
            top += row.height

    def paint_heads(self, painter: QPainter, height: float = HEAD) -> None:
        """What stands over the columns of numbers, in a line so high."""
        theme, rights = self.theme, self._rights(self.width)
        for head, right in zip(self.chart.heads, rights, strict=True):
            rect = QRectF(0, 0, right, height)
            paint_number(painter, rect, _RIGHT, head, theme.font("tableHead"), theme.color("ink3"))

    def _rights(self, right: float) -> list[float]:
        """Where the columns of numbers end."""
        step, columns = self.number_width + _BETWEEN, len(self.chart.heads)
        return [right - _PAD - (columns - 1 - column) * step for column in range(columns)]

    def paint_row(self, painter: QPainter, index: int, rect: QRectF) -> None:
        """A row in its place; the chosen one is marked."""
        theme, row, lines = self.theme, self.chart.rows[index], self.rows[index]
        if row.chosen:
            painter.fillRect(rect, theme.color("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), _EDGE_BAR, rect.height()), theme.color("ink"))
        elif index:
            line = QRectF(rect.left() + _PAD, rect.top(), rect.width() - 2 * _PAD, 1)
            painter.fillRect(line, theme.color("hairline"))
        y = rect.top() + _ABOVE + _LINE / 2
        if row.framework:
            self._text(painter, rect.left(), y, row.framework, theme.font("tableHead"), "ink3")
            y += _NAME
        self._paint_numbers(painter, row, rect, y)
        for line_text in lines.title:
            self._text(
                painter, rect.left(), y, line_text, self._title_font(row), "ink" if row.differs else "ink2"
            )
            y += _LINE
        for line_text in lines.reason:
            self._text(painter, rect.left(), y, line_text, theme.font("tick"), "ink2")
            y += _LINE

    def _text(self, painter: QPainter, left: float, y: float, text: str, font: QFont, ink: str) -> None:
        painter.setFont(font)
        painter.setPen(self.theme.color(ink))
        draw_text(painter, QPointF(left + _PAD, baseline_in(y, font)), text)

    def _paint_numbers(self, painter: QPainter, row: FrameworkRow, rect: QRectF, y: float) -> None:
        theme = self.theme
        first, second = (QRectF(0, center - _LINE / 2, 0, _LINE) for center in (y, y + _LINE))
        rights = self._rights(rect.right())
        columns = zip(rights, row.numbers, row.differences, row.differing, strict=True)
        for right, number, difference, differs in columns:
            strong = differs or row.call is None
            ink = theme.color("loss" if strong else "ink2")
            first.setRight(right)
            paint_number(painter, first, _RIGHT, number, self._number_font(strong), ink)
            second.setRight(right)
            paint_number(painter, second, _RIGHT, difference, theme.font("tick"), theme.color("ink2"))


def _pieces(title: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECES.findall(title):
        yield from _SMALLER_PIECES.findall(piece) if measure(piece) > room else (piece,)
