"""A figure as it will be on paper, with its size and its smallest text below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import text_width
from ceviz.drawing.theme import Theme
from ceviz.figures.figure import Figure
from ceviz.figures.text_sizes import smallest_text

_INSET, _FOOT = 24.0, 26.0
_SMALLEST = 6.0
"""Smaller text, in points, can hardly be read on paper."""


class FigurePreview(QWidget):
    """Fills its left side of the dialog."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._figure: Figure | None = None
        self._size_text = self._text_size = ""
        self._small = False

    def display(self, figure: Figure) -> None:
        points = smallest_text(figure)
        self._figure, self._small = figure, points < _SMALLEST
        self._size_text = f"Preview of {figure.width:.0f} × {figure.height:.0f} mm"
        self._text_size = f"smallest text {points:.1f} pt"
        self.setAccessibleName(f"{self._size_text}, {self._text_size}")
        self.setAccessibleDescription(figure.title)
        self.update()

    def paper(self) -> QRectF:
        """Where the paper lies, as large as there is room for."""
        assert self._figure is not None
        room = QSizeF(self.width() - 2 * _INSET, self.height() - 2 * _INSET - _FOOT)
        size = QSizeF(self._figure.width, self._figure.height).scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio
        )
        top = (self.height() - size.height() - _FOOT) / 2
        return QRectF(QPointF((self.width() - size.width()) / 2, top), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._ground(), theme.color("sunken"))
        if self._figure is None:
            return
        paper = self.paper()
        painter.fillRect(paper.adjusted(-1, -1, 1, 1), theme.color("hairline"))
        painter.save()
        painter.translate(paper.topLeft())
        scale = paper.width() / self._figure.page.width()
        painter.scale(scale, scale)
        self._figure.paint(painter)
        painter.restore()
        self._paint_foot(painter, paper)

    def _ground(self) -> QPainterPath:
        """All of it but the corner that is round on the dialog."""
        rect, radius = QRectF(self.rect()), self._theme.radius["dialog"] - 1
        ground = QPainterPath()
        ground.setFillRule(Qt.FillRule.WindingFill)
        ground.addRoundedRect(rect, radius, radius)
        ground.addRect(rect.adjusted(0, 0, 0, -radius))
        ground.addRect(rect.adjusted(radius, 0, 0, 0))
        return ground

    def _paint_foot(self, painter: QPainter, paper: QRectF) -> None:
        font = self._theme.font("label", weight=400)
        y = baseline_in(paper.bottom() + _FOOT, font)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink2"))
        painter.drawText(QPointF(paper.left(), y), self._size_text)
        painter.setPen(self._theme.color("danger" if self._small else "ink2"))
        left = max(paper.right(), _INSET + 420) - text_width(self._text_size, font)
        painter.drawText(QPointF(left, y), self._text_size)
