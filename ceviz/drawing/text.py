"""Lines of text, as letters or, where letters could get lost, as outlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath
from PySide6.QtSvg import QSvgGenerator


def draw_text(painter: QPainter, baseline_left: QPointF, text: str) -> None:
    """One line in the painter's font and pen; in SVG as outlines, as its viewers may lack the fonts."""
    if not isinstance(painter.device(), QSvgGenerator):
        painter.drawText(baseline_left, text)
        return
    letters = QPainterPath()
    letters.setFillRule(Qt.FillRule.WindingFill)
    letters.addText(baseline_left, painter.font(), text)
    painter.fillPath(letters, painter.pen().color())


def draw_letter(painter: QPainter, rect: QRectF, letter: str, font: QFont, color: QColor) -> None:
    """A single letter in the middle of a tile or a disc."""
    metrics = QFontMetricsF(font)
    left = rect.center().x() - metrics.horizontalAdvance(letter) / 2
    baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.setFont(font)
    painter.setPen(color)
    draw_text(painter, QPointF(left, baseline), letter)


def wrapped(
    words: Iterable[str], room: float, measure: Callable[[str], float], joint: str = " "
) -> Iterator[str]:
    """Words, joined to lines of at most this length; a longer word has a line of its own."""
    line = ""
    for word in words:
        longer = f"{line}{joint}{word}" if line else word
        if line and measure(longer) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line
