"""Stacked columns on one loss axis: terms, floor and excess, or the sum of labels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, QSizeF
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.stack import bar_colors, paint_details, stack_backdrop
from ceviz.drawing.stack_layout import StackLayout, lay_out_stack
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis, Segment, StackChart
from ceviz.gui.plots.axes_item import AxesItem
from ceviz.gui.plots.notes_item import NotesItem
from ceviz.gui.plots.plain_plot import PlainPlot
from ceviz.gui.plots.px_item import PxItem

_EMPTY = StackChart(Axis(0, 1, (), ""), (), None, "", "")


class _Details(PxItem):
    """What bars cannot show: hatches, breaks below infinity, leader lines and the dotted total."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=10)
        self._theme = theme
        self._layout: StackLayout | None = None

    def display(self, layout: StackLayout, bounds: QRectF, theme: Theme) -> None:
        self.setRect(bounds)
        self._layout, self._theme = layout, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._layout is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_details(painter, self._layout, self._theme)


class StackPlot(PlainPlot):
    """Draws a `StackChart`: one column per unit of x."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._task = Task.MULTICLASS
        self._chart = _EMPTY
        self._layout: StackLayout | None = None
        self._lit = ALIKE
        self._axes, self._notes, self._details = AxesItem(theme), NotesItem(), _Details(theme)
        self._bars = pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[])
        self._add(self._bars)
        for item in (self._axes, self._details, self._notes):
            self.scene().addItem(item)
        # Nearly all of it changes at once.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self._ready = True

    def display(self, chart: StackChart, task: Task) -> None:
        """Show a chart; the items stay, their values change."""
        self._chart, self._task = chart, task
        parts = [f"{s.label} {s.value_text}" for column in chart.columns for s in column.segments]
        self.setAccessibleName(chart.total_text)
        self.setAccessibleDescription(", ".join(filter(None, (*parts, chart.y_axis.mark_text))))
        self._redraw()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes fade."""
        if lit != self._lit:
            self._lit = lit
            self._redraw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bars = self._layout.bars if self._layout else []
        under = [s.class_index for rect, s in bars if rect.contains(event.position())]
        self._say_class(next((index for index in under if index is not None), -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self._say_class(-1)

    def _redraw(self) -> None:
        bounds = self._bounds()
        if self._chart is _EMPTY or bounds.isEmpty():
            return
        layout = self._layout = self._lay_out(bounds.size())
        self._set_range(layout.frame, bounds)
        self._axes.display(stack_backdrop(self._chart, layout), bounds, self._theme)
        self._details.display(layout, bounds, self._theme)
        self._notes.display(layout.notes, self._theme, self._task, self._lit)
        self._draw_bars(layout)

    def _lay_out(self, size: QSizeF) -> StackLayout:
        return lay_out_stack(self._chart, size, self._theme, self._task)

    def _draw_bars(self, layout: StackLayout) -> None:
        place, bars = layout.frame, layout.bars
        self._bars.setVisible(bool(bars))
        if not bars:  # pyqtgraph cannot draw no bars with a list of pens
            return
        self._bars.setOpts(
            x0=[place.value_at(rect.left()) for rect, _ in bars],
            x1=[place.value_at(rect.right()) for rect, _ in bars],
            y0=[place.loss_at(rect.bottom()) for rect, _ in bars],
            y1=[place.loss_at(rect.top()) for rect, _ in bars],
            brushes=[self._fill(segment) for _, segment in bars],
            pens=[self._edge(segment) for _, segment in bars],
        )

    def _fill(self, segment: Segment) -> QBrush:
        return QBrush(self._faded(bar_colors(segment, self._theme, self._task)[0], segment))

    def _edge(self, segment: Segment) -> QPen:
        pen = QPen(self._faded(bar_colors(segment, self._theme, self._task)[1], segment), 1.0)
        pen.setCosmetic(True)
        return pen

    def _faded(self, color: QColor, segment: Segment) -> QColor:
        result = QColor(color)
        index = -1 if segment.style == "others" else segment.class_index
        if index is not None:
            result.setAlphaF(self._lit.opacity(index, self._theme))
        return result
