"""Stacked columns on one loss axis: terms, floor and excess, or the sum of labels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.axes import Backdrop, paint_dotted
from ceviz.drawing.painting import hatch_brush, pixel_ratio
from ceviz.drawing.stack_layout import StackLayout, is_infinite, lay_out_stack, segment_colors
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis, Segment, StackChart
from ceviz.gui.plots.axes_item import AxesItem
from ceviz.gui.plots.notes_item import NotesItem
from ceviz.gui.plots.plain_plot import PlainPlot
from ceviz.gui.plots.px_item import PxItem

_EMPTY = StackChart(Axis(0, 1, (), ""), (), None, "", "")
_TOOTH = 5.0
_HATCH_INK = 0.5


class _Details(PxItem):
    """What bars cannot show: hatches, breaks below infinity, leader lines and the dotted total."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=10)
        self._theme = theme
        self._layout: StackLayout | None = None

    def display(self, layout: StackLayout, bounds: QRectF, theme: Theme) -> None:
        self._span(bounds)
        self._layout, self._theme = layout, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        layout = self._layout
        if layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, segment in layout.bars:
            if segment.style == "floor":
                self._paint_hatch(painter, rect)
            if rect.top() < layout.frame.area.top():
                self._paint_break(painter, rect, layout.frame.area.top())
        for line, color in layout.leaders:
            painter.setPen(QPen(color, 1.5))
            painter.drawLine(line)
        if layout.total_y is not None:
            area, y = layout.frame.area, layout.total_y
            paint_dotted(
                painter, QLineF(area.left(), y, area.right(), y), self._theme.color("loss"), self._theme
            )

    def _paint_hatch(self, painter: QPainter, rect: QRectF) -> None:
        ink = QColor(self._theme.color("loss"))
        ink.setAlphaF(_HATCH_INK)
        painter.fillRect(rect.adjusted(1, 1, -1, 0), hatch_brush(ink, pixel_ratio(painter)))

    def _paint_break(self, painter: QPainter, rect: QRectF, y: float) -> None:
        """A gap in the shape of teeth: from here on the bar goes on without end."""
        count = max(2, round(rect.width() / (2 * _TOOTH)) * 2)
        step = rect.width() / count
        teeth = [QPointF(rect.left() + i * step, y + (_TOOTH if i % 2 else 0)) for i in range(count + 1)]
        painter.setPen(QPen(self._theme.color("panel"), 3.0))
        painter.drawPolyline(QPolygonF(teeth))


class StackPlot(PlainPlot):
    """Draws a `StackChart`: one column per unit of x."""

    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._task = Task.MULTICLASS
        self._chart = _EMPTY
        self._layout: StackLayout | None = None
        self._lit = -1
        self._said = -1
        self._axes, self._notes, self._details = AxesItem(theme), NotesItem(theme), _Details(theme)
        self._bars = pg.BarGraphItem(x0=[], x1=[], y0=[], y1=[])
        self._add(self._bars)
        for item in (self._axes, self._details, self._notes):
            self.scene().addItem(item)
        self._ready = True

    def display(self, chart: StackChart, task: Task) -> None:
        """Show a chart; the items stay, their values change."""
        self._chart, self._task = chart, task
        parts = [f"{s.label} {s.value_text}" for column in chart.columns for s in column.segments]
        self.setAccessibleName(chart.total_text)
        self.setAccessibleDescription(", ".join(parts))
        self._redraw()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        if class_index != self._lit:
            self._lit = self._notes.lit = class_index
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

    def _say_class(self, class_index: int) -> None:
        if class_index != self._said:
            self._said = class_index
            self.class_hovered.emit(class_index)

    def _redraw(self) -> None:
        bounds = self._bounds()
        if self._chart is _EMPTY or bounds.isEmpty():
            return
        layout = self._layout = self._lay_out(bounds.size())
        self._set_range(layout.frame)
        infinite = is_infinite(self._chart)
        backdrop = Backdrop(layout.frame, infinite, (), (), (), ceiling=infinite)
        self._axes.display(backdrop, bounds, self._theme)
        self._details.display(layout, bounds, self._theme)
        self._notes.display(tuple(layout.notes), bounds, self._theme, self._task)
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
        colors = segment_colors(segment, self._theme, self._task)
        if colors is None:
            return QBrush(self._theme.color("lossTint" if segment.style == "floor" else "loss"))
        return QBrush(self._faded(colors.fill, segment))

    def _edge(self, segment: Segment) -> QPen:
        colors = segment_colors(segment, self._theme, self._task)
        pen = QPen(self._theme.color("loss") if colors is None else self._faded(colors.line, segment), 1.0)
        pen.setCosmetic(True)
        return pen

    def _faded(self, color: QColor, segment: Segment) -> QColor:
        result = QColor(color)
        if self._lit not in (-1, segment.class_index):
            result.setAlphaF(self._theme.opacity["unlinked"])
        return result
