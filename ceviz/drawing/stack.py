"""Stacked columns on paper and on the screen: bars, hatches, breaks, leader lines and the dotted total."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ceviz.core.document import Task
from ceviz.drawing.axes import Backdrop, paint_backdrop, paint_dotted
from ceviz.drawing.hatch import paint_class_area, paint_hatch
from ceviz.drawing.notes import paint_note
from ceviz.drawing.stack_layout import StackLayout, is_infinite, segment_colors
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Segment, StackChart

_TOOTH = 5.0
_HATCH_INK = 0.5


def stack_backdrop(chart: StackChart, layout: StackLayout) -> Backdrop:
    """The axis of the columns; the ceiling strip only where one of them is infinite."""
    infinite = is_infinite(chart)
    return Backdrop(layout.frame, infinite, (), (), (), ceiling=infinite)


def paint_stack_layout(
    painter: QPainter, chart: StackChart, layout: StackLayout, theme: Theme, task: Task
) -> None:
    """All of a chart of columns."""
    paint_backdrop(painter, stack_backdrop(chart, layout), theme)
    for rect, segment in layout.bars:
        fill, edge = bar_colors(segment, theme, task)
        colors = segment_colors(segment, theme, task)
        if colors is not None and colors.pattern is not None:
            paint_class_area(painter, rect, 0, colors, edge)
            continue
        painter.fillRect(rect, edge)
        if min(rect.width(), rect.height()) > 2:
            painter.fillRect(rect.adjusted(1, 1, -1, -1), fill)
    paint_details(painter, layout, theme)
    for note in layout.notes:
        paint_note(painter, note, theme, task)


def bar_colors(segment: Segment, theme: Theme, task: Task) -> tuple[QColor, QColor]:
    """Fill and edge of a segment: of its class, or of the loss."""
    colors = segment_colors(segment, theme, task)
    if colors is None:
        return theme.color("lossTint" if segment.style == "floor" else "loss"), theme.color("loss")
    return colors.fill, colors.line


def paint_details(painter: QPainter, layout: StackLayout, theme: Theme) -> None:
    """What is painted over the bars."""
    for rect, segment in layout.bars:
        if segment.style == "floor":
            _paint_hatch(painter, rect, theme)
        if rect.top() < layout.frame.area.top():
            _paint_break(painter, rect, layout.frame.area.top(), theme)
    for line, color in layout.leaders:
        painter.setPen(QPen(color, 1.5))
        painter.drawLine(line)
    if layout.total_y is not None:
        area, y = layout.frame.area, layout.total_y
        paint_dotted(painter, QLineF(area.left(), y, area.right(), y), theme.color("loss"), theme)


def _paint_hatch(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    ink = QColor(theme.color("loss"))
    ink.setAlphaF(_HATCH_INK)
    paint_hatch(painter, rect.adjusted(1, 1, -1, 0), ink, theme)


def _paint_break(painter: QPainter, rect: QRectF, y: float, theme: Theme) -> None:
    """A gap in the shape of teeth: from here on the bar goes on without end."""
    count = max(2, round(rect.width() / (2 * _TOOTH)) * 2)
    step = rect.width() / count
    teeth = [QPointF(rect.left() + i * step, y + (_TOOTH if i % 2 else 0)) for i in range(count + 1)]
    painter.setPen(QPen(theme.color("panel"), 3.0))
    painter.drawPolyline(QPolygonF(teeth))
