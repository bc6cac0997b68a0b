"""Rows of text with a number at their right: what the lists of the lenses have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import number_width, paint_number
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme

HEAD = 26.0
"""The height of the line over the numbers."""
PAD, GAP, BETWEEN = 20.0, 14.0, 12.0
ABOVE, BELOW, LINE = 8.0, 8.0, 18.0
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_EDGE_BAR = 4.0
_NARROWEST = 44.0


class Row(Protocol):
    """What a list tells of a row."""

    @property
    def title(self) -> str: ...
    @property
    def spoken(self) -> str: ...


class RowsPainter:
    """Lays rows out in a width in px, and paints them one by one or all."""

    heights: tuple[float, ...]
    """Of the rows, in px."""

    def __init__(self, rows: Sequence[Row], heads: Sequence[str], width: float, theme: Theme) -> None:
        """`heads` stand over the columns of numbers."""
        self.rows, self.heads, self.width, self.theme = rows, heads, width, theme

    @property
    def height(self) -> float:
        """What all rows and the heads take."""
        return HEAD + sum(self.heights)

    def paint(self, painter: QPainter) -> None:
        """Heads and rows from the top down."""
        self.paint_heads(painter)
        top = HEAD
        for index, height in enumerate(self.heights):
            self.paint_row(painter, index, QRectF(0, top, self.width, height))
            top += height

    def paint_row(self, painter: QPainter, index: int, rect: QRectF) -> None:
        """A row in its place."""
        raise NotImplementedError

    def paint_heads(self, painter: QPainter, height: float = HEAD) -> None:
        """What stands over the columns of numbers, in a line so high."""
        theme = self.theme
        for head, right in zip(self.heads, self.rights(self.width), strict=True):
            rect = QRectF(0, 0, right, height)
            paint_number(painter, rect, RIGHT, head, theme.font("tableHead"), theme.color("ink3"))

    @property
    def number_width(self) -> float:
        """What a column of numbers takes."""
        raise NotImplementedError

    @property
    def room(self) -> float:
        """What the columns of numbers leave for text."""
        columns = len(self.heads)
        return self.width - 2 * PAD - GAP - columns * self.number_width - (columns - 1) * BETWEEN

    def rights(self, right: float) -> list[float]:
        """Where the columns of numbers end."""
        step, columns = self.number_width + BETWEEN, len(self.heads)
        return [right - PAD - (columns - 1 - column) * step for column in range(columns)]

    def number_font(self, strong: bool) -> QFont:
        return self.theme.font("body", weight=600 if strong else 400)

    def paint_ground(self, painter: QPainter, index: int, rect: QRectF, marked: bool) -> None:
        """The ground of a marked row, or the line that parts a row from the one above."""
        theme = self.theme
        if marked:
            painter.fillRect(rect, theme.color("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), _EDGE_BAR, rect.height()), theme.color("ink"))
        elif index:
            line = QRectF(rect.left() + PAD, rect.top(), rect.width() - 2 * PAD, 1)
            painter.fillRect(line, theme.color("hairline"))

    def paint_line(self, painter: QPainter, left: float, y: float, text: str, font: QFont, ink: str) -> None:
        """A line of text whose figures are centred at `y`."""
        painter.setFont(font)
        painter.setPen(self.theme.color(ink))
        draw_text(painter, QPointF(left, baseline_in(y, font)), text)

    def paint_figure(
        self, painter: QPainter, right: float, y: float, text: str, font: QFont, ink: str
    ) -> None:
        """A number that ends at `right`."""
        rect = QRectF(right, y - LINE / 2, 0, LINE)
        paint_number(painter, rect, RIGHT, text, font, self.theme.color(ink))


def widest(texts: Sequence[tuple[str, QFont]]) -> float:
    """The width of a column of numbers, each with its font."""
    return max([_NARROWEST, *(number_width(text, font) for text, font in texts)])
