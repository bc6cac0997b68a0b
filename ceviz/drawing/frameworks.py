"""The numbers of the frameworks as rows: what the call is called and why it differs, and its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from ceviz.drawing.painting import text_width
from ceviz.drawing.rows import ABOVE, BELOW, LINE, PAD, RowsPainter, widest
from ceviz.drawing.text import wrapped
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import FrameworkRow, FrameworksChart

_PIECES, _SMALLER_PIECES = re.compile(r"[^.( ]*[.( ]?"), re.compile(r"[^_A-Z]*_?|[A-Z][^_A-Z]*_?")
"""Where the name of a call may be broken: behind a point, a bracket or a space, at worst within a word."""


class _Lines(NamedTuple):
    title: tuple[str, ...]
    reason: tuple[str, ...]


class FrameworksPainter(RowsPainter):
    """The framework's name, its call and the reason at the left, numbers and differences at the right."""

    def __init__(self, chart: FrameworksChart, width: float, theme: Theme) -> None:
        super().__init__(chart.rows, chart.heads, width, theme)
        self._chart = chart
        self._lines = [self._lines_of(row) for row in chart.rows]
        self.heights = tuple(map(_height, chart.rows, self._lines))

    @cached_property
    def number_width(self) -> float:
        """What a column of numbers takes."""
        rows, difference = self._chart.rows, self.theme.font("tick")
        return widest(
            [
                *((text, self.number_font(True)) for row in rows for text in row.numbers),
                *((text, difference) for row in rows for text in row.differences),
            ]
        )

    def _lines_of(self, row: FrameworkRow) -> _Lines:
        measure = partial(text_width, font=self._title_font(row))
        title = tuple(wrapped(_pieces(row.title, self.room, measure), self.room, measure, joint=""))
        measure = partial(text_width, font=self.theme.font("tick"))
        return _Lines(title, tuple(wrapped(row.reason.split(), self.room, measure)))

    def _title_font(self, row: FrameworkRow) -> QFont:
        return self.theme.font("label", weight=600 if row.differs else 400)

    def paint_row(self, painter: QPainter, index: int, rect: QRectF) -> None:
        """A row in its place; the chosen one is marked."""
        theme, row, lines = self.theme, self._chart.rows[index], self._lines[index]
        self.paint_ground(painter, index, rect, row.chosen)
        left, y = rect.left() + PAD, rect.top() + ABOVE + LINE / 2
        if row.framework:
            self.paint_line(painter, left, y, row.framework, theme.font("tableHead"), "ink3")
            y += LINE
        self._paint_numbers(painter, row, rect.right(), y)
        title_font, ink = self._title_font(row), "ink" if row.differs else "ink2"
        written = [(text, title_font, ink) for text in lines.title]
        written += [(text, theme.font("tick"), "ink2") for text in lines.reason]
        for place, (text, font, color) in enumerate(written):
            self.paint_line(painter, left, y + place * LINE, text, font, color)

    def _paint_numbers(self, painter: QPainter, row: FrameworkRow, right: float, y: float) -> None:
        columns = zip(self.rights(right), row.numbers, row.differences, row.differing, strict=True)
        for end, number, difference, differs in columns:
            strong = differs or row.call is None
            # A word is no loss.
            ink = "ink" if number.isalpha() else "loss"
            self.paint_figure(painter, end, y, number, self.number_font(strong), ink if strong else "ink2")
            self.paint_figure(painter, end, y + LINE, difference, self.theme.font("tick"), "ink2")


def _height(row: FrameworkRow, lines: _Lines) -> float:
    numbers = 2 if any(row.differences) else 1
    count = bool(row.framework) + max(len(lines.title) + len(lines.reason), numbers)
    return ABOVE + LINE * count + BELOW


def _pieces(title: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECES.findall(title):
        yield from _SMALLER_PIECES.findall(piece) if measure(piece) > room else (piece,)
