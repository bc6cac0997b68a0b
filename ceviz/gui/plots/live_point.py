"""The live point: the one thing in a plot that a person can take hold of."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.points import outer_radius, paint_live_point
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.gui.plots.px_item import PxItem

DRAG_GROWTH = 2.0
HOVER_GROWTH = 7.5
_MARGINS = {"": 5.0, "drag": 7.0, "hover": 16.0, "focus": 16.0}
"""How far a point may reach beyond its radius, by its state."""


class LivePointItem(PxItem):
    """A class marker of fixed size, in px of the widget."""

    def __init__(self) -> None:
        super().__init__(z=10)
        self.radius = 0.0
        self._colors: ClassColors | None = None
        self._theme: Theme | None = None
        self._state = ""

    def display(self, at: QPointF, radius: float, colors: ClassColors, theme: Theme, state: str) -> None:
        """`state` is "", "hover", "drag" or "focus"."""
        self.setPos(at)
        if (radius, colors, theme, state) == (self.radius, self._colors, self._theme, self._state):
            return
        self.radius, self._colors, self._theme, self._state = radius, colors, theme, state
        reach = radius * 1.3 + _MARGINS[state]
        self.setRect(-reach, -reach, 2 * reach, 2 * reach)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._colors is None or self._theme is None:
            return
        colors, theme, state = self._colors, self._theme, self._state
        radius = self._outer_radius(theme) + (DRAG_GROWTH if state == "drag" else 0.0)
        if state == "hover":
            self._paint_glow(painter, radius + HOVER_GROWTH, colors.fill, theme)
        self._paint_body(painter, radius, colors, theme)
        if state == "focus":
            self._paint_ring(painter, radius, theme)

    def _outer_radius(self, theme: Theme) -> float:
        return outer_radius(self.radius, theme)

    def _paint_body(self, painter: QPainter, radius: float, colors: ClassColors, theme: Theme) -> None:
        paint_live_point(painter, QPointF(), radius, colors, theme)

    @staticmethod
    def _paint_glow(painter: QPainter, radius: float, color: QColor, theme: Theme) -> None:
        glow = QColor(color)
        glow.setAlphaF(theme.opacity["hoverHalo"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(), radius, radius)

    @staticmethod
    def _paint_ring(painter: QPainter, radius: float, theme: Theme) -> None:
        width = float(theme.stroke["focus"])
        reach = 1.15 * radius + 1.5 * width + 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("ink"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(), reach, reach)
