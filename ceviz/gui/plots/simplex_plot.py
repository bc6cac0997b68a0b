"""The simplex of three classes: a point that can be dragged anywhere in a triangle of losses."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ceviz.core.document import Vectors
from ceviz.drawing.simplex_layout import point_colors
from ceviz.drawing.theme import Theme
from ceviz.explain.simplex_chart import SimplexChart
from ceviz.gui.plots.live_point import LivePointItem
from ceviz.gui.plots.simplex_view import CornersItem, GroundItem, LevelItem, PointTextsItem
from ceviz.gui.plots.triangle_plot import TrianglePlot


class SimplexPlot(TrianglePlot):
    """Draws a `SimplexChart`."""

    shares_dragged = Signal(object, object, bool)
    """The three classes, their shares, which sum to 1, and whether in fine steps (Shift)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, (GroundItem(), CornersItem(), LevelItem(), PointTextsItem()))
        self._item = LivePointItem()
        self.scene().addItem(self._item)
        self._ready = True

    def display(self, chart: SimplexChart) -> None:
        """Show a chart."""
        value = chart.prediction.accessible if chart.prediction else "no prediction"
        self.setAccessibleName(f"simplex, {value}")
        self.setAccessibleDescription(chart.marked)
        self._show(chart, (chart.prediction,))

    def _draw_points(self) -> None:
        point = self._points[0]
        self._item.setVisible(point is not None)
        if point is not None:
            radius = self._theme.point["live"]
            colors = point_colors(point, self._theme)
            self._item.display(self._px(point), radius, colors, self._theme, self._state(0))

    def _say(self, point: int, classes: tuple[int, ...], shares: Vectors, fine: bool) -> None:
        self.shares_dragged.emit(classes, shares, fine)
