"""The loss curve on paper: one chart, or a grid of small ones with one per label."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from ceviz.core.document import Task
from ceviz.drawing.axes import Backdrop, paint_backdrop, paint_drop, paint_pill
from ceviz.drawing.compare_layout import CompareLayout, lay_out_compare
from ceviz.drawing.differences import paint_difference
from ceviz.drawing.frame import Frame
from ceviz.drawing.loss_layout import curve_pen, lay_out
from ceviz.drawing.notes import paint_note
from ceviz.drawing.painting import class_ink, paint_number, text_width
from ceviz.drawing.points import (
    hollow_points,
    outer_radius,
    paint_haloed_disc,
    paint_hollow_points,
    paint_live_point,
    paint_marks,
    paint_model_dot,
    paint_model_marks,
)
from ceviz.drawing.sketch import curve_in_px
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart, LivePoint
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_curve import CompareCurve, curve_chart_of, points_of
from ceviz.explain.figures import Curves

_COLUMNS = 3
_GAP = 22.0
_FOOT = 24.0
_COVERED, _RING = 5.0, 7.0
_DOT_TO_TEXT, _PITCH = 11.0, 33.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def paint_curves(painter: QPainter, size: QSizeF, value: Curves, theme: Theme, task: Task) -> None:
    """All charts of a figure in a picture of `size` px."""
    if task is not Task.MULTILABEL:
        _paint_chart(painter, size, value.charts[0], theme, task, small=False)
        return
    columns = grid_columns(len(value.charts))
    rows = math.ceil(len(value.charts) / columns)
    cell = QSizeF((size.width() + _GAP) / columns - _GAP, (size.height() - _FOOT) / rows)
    for place, chart in enumerate(value.charts):
        row, column = divmod(place, columns)
        painter.save()
        painter.translate(column * (cell.width() + _GAP), row * cell.height())
        _paint_chart(painter, cell, chart, theme, task, small=True)
        painter.restore()
    _paint_foot(painter, QRectF(0, size.height() - _FOOT, size.width(), _FOOT), value, theme)


def grid_columns(count: int) -> int:
    """Three columns as in the window; of many labels as many as rows, or more."""
    return min(count, max(_COLUMNS, math.ceil(math.sqrt(count))))


def _paint_foot(painter: QPainter, rect: QRectF, value: Curves, theme: Theme) -> None:
    """What the small axes have no room for: the name of x, and how the models' points look."""
    font, text = theme.font("label", weight=400), value.charts[0].x_axis.label
    paint_number(painter, rect.adjusted(28, 0, 0, 0), _LEFT, text, font, theme.color("ink2"))
    if not isinstance(value.charts[0], CompareCurve):
        return
    dot = QPointF(rect.left() + 28 + text_width(text, font) + _PITCH, rect.center().y())
    for model, letter in enumerate(LETTERS):
        paint_model_dot(painter, dot, model, theme)
        beside = QRectF(dot.x() + _DOT_TO_TEXT, rect.top(), _PITCH, rect.height())
        paint_number(painter, beside, _LEFT, letter, font, theme.color("ink3"))
        dot += QPointF(_PITCH, 0)


def _paint_chart(
    painter: QPainter, size: QSizeF, chart: CurveChart | CompareCurve, theme: Theme, task: Task, small: bool
) -> None:
    if isinstance(chart, CompareCurve):
        common = curve_chart_of(chart)
        compared = lay_out_compare(chart, common, size, theme, task, small, None)
        layout = compared.layout
        _paint_ground(painter, common, layout.backdrop, theme, task)
        _paint_models(painter, chart, compared, theme, task, small)
    else:
        layout = lay_out(chart, size, theme, task, small)
        _paint_ground(painter, chart, layout.backdrop, theme, task)
        paint_marks(painter, chart.marks, layout.frame, theme, task)
        paint_hollow_points(painter, hollow_points(chart, layout.frame, theme, task), theme)
        _paint_pills(painter, layout.backdrop, theme)
        for live in reversed(chart.live):
            single = len(chart.live) == 1 and not small
            _paint_live(painter, live, layout.frame, theme.point["live" if single else "small"], theme, task)
    for note in layout.notes:
        paint_note(painter, note, theme, task)


def _paint_ground(painter: QPainter, chart: CurveChart, backdrop: Backdrop, theme: Theme, task: Task) -> None:
    """Axes, drop lines and curves; the first curve lies on top."""
    paint_backdrop(painter, backdrop, theme)
    for drop in backdrop.drops:
        paint_drop(painter, drop, theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for curve in reversed(chart.curves):
        painter.setPen(curve_pen(curve, chart, theme, task))
        points = [QPointF(x, y) for x, y in curve_in_px(curve, backdrop.frame).tolist()]
        painter.drawPolyline(QPolygonF(points))


def _paint_pills(painter: QPainter, backdrop: Backdrop, theme: Theme) -> None:
    for pill in backdrop.pills:
        paint_pill(painter, pill, theme)


def _paint_live(
    painter: QPainter,
    live: LivePoint,
    frame: Frame,
    radius: float,
    theme: Theme,
    task: Task,
    filled: bool = True,
) -> None:
    colors = class_ink(theme, task, live.class_index)
    center = frame.point(live.x, live.y)
    paint_live_point(painter, center, outer_radius(radius, theme), colors, theme, filled)


def _paint_models(
    painter: QPainter, chart: CompareCurve, layout: CompareLayout, theme: Theme, task: Task, small: bool
) -> None:
    frame = layout.layout.frame
    paint_difference(painter, layout, theme)
    paint_model_marks(painter, chart.marks, frame, theme, task)
    paint_hollow_points(painter, hollow_points(curve_chart_of(chart), frame, theme, task), theme)
    _paint_pills(painter, layout.layout.backdrop, theme)
    # The first point lies on top, as while nothing else has been touched.
    points = points_of(chart)
    order = [*points[1:], *points[:1]]
    centers = [frame.point(one.point.x, one.point.y) for one in order]
    for place, one in enumerate(order):
        above = centers[place + 1 :]
        covered = any((center - centers[place]).manhattanLength() < _COVERED for center in above)
        model, ring = LETTERS.index(one.letter), _RING if covered else 0.0
        if chart.discs:
            paint_haloed_disc(painter, centers[place], model, theme.point["model"] + ring, theme)
        else:
            radius = theme.point["small"] + ring
            _paint_live(painter, one.point, frame, radius, theme, task, filled=bool(model))
