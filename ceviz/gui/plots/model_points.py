"""The points of two models: A's are hollow, B's are filled; on one common curve they are lettered discs."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from ceviz.drawing.points import paint_haloed_disc, paint_live_point
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.gui.plots.live_point import LivePointItem


class ModelPointItem(LivePointItem):
    """A disc with the model's letter, or the marker of a class, hollow or filled."""

    def __init__(self) -> None:
        super().__init__()
        self.model = 0
        self._lettered = False

    def display_model(self, model: int, lettered: bool, on_top: bool) -> None:
        self.setZValue(11 if on_top else 10)
        if (model, lettered) != (self.model, self._lettered):
            self.model, self._lettered = model, lettered
            self.update()

    def _outer_radius(self, theme: Theme) -> float:
        return self.radius if self._lettered else super()._outer_radius(theme)

    def _paint_body(self, painter: QPainter, radius: float, colors: ClassColors, theme: Theme) -> None:
        if self._lettered:
            paint_haloed_disc(painter, QPointF(), self.model, radius, theme)
        else:
            paint_live_point(painter, QPointF(), radius, colors, theme, filled=bool(self.model))
