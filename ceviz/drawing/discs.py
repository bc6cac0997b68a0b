"""The lettered discs that stand for two models: A is a hollow ring, B is filled."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from ceviz.drawing.text import draw_letter
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS

DISC_RADIUS = 8.75
_LETTER_SIZE = 9.5 / DISC_RADIUS
_EDGE = 1.5 / DISC_RADIUS


def paint_disc(
    painter: QPainter, center: QPointF, model: int, theme: Theme, radius: float = DISC_RADIUS
) -> None:
    """The disc of model A (0) or B (1)."""
    edge = _EDGE * radius
    ink, ground = theme.color("ink"), theme.color("panel")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, edge))
    painter.setBrush(ink if model else ground)
    painter.drawEllipse(center, radius - edge / 2, radius - edge / 2)
    box = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
    font = theme.font("label", 700, _LETTER_SIZE * radius)
    draw_letter(painter, box, LETTERS[model], font, ground if model else ink)
    painter.restore()
