"""The second views on paper: simplex, columns, gradient, three formulas."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.compare_gradient import CompareGradientPainter
from ceviz.drawing.compare_stack import disc_centers, lay_out_compare_stack, stack_chart_of
from ceviz.drawing.differences import paint_arrow_between
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.frameworks import FrameworksPainter
from ceviz.drawing.gradient import GradientPainter
from ceviz.drawing.painting import paint_number
from ceviz.drawing.points import outer_radius, paint_haloed_disc, paint_live_point
from ceviz.drawing.simplex import SimplexPainter, ground_of
from ceviz.drawing.simplex_layout import STANDARD, point_colors, simplex_frame, to_px
from ceviz.drawing.stack import paint_stack_layout
from ceviz.drawing.stack_layout import StackLayout, lay_out_stack
from ceviz.drawing.theme import Theme
from ceviz.drawing.three_formulas import FormulasPainter
from ceviz.drawing.traps import TrapsPainter
from ceviz.explain.charts import StackChart
from ceviz.explain.compare_gradient import CompareGradient
from ceviz.explain.compare_lenses import CompareSimplex, CompareStack
from ceviz.explain.figures import Lens
from ceviz.explain.frameworks import FrameworksChart
from ceviz.explain.gradient_chart import GradientChart
from ceviz.explain.simplex_chart import SimplexChart
from ceviz.explain.three_formulas import ThreeFormulas
from ceviz.explain.traps import TrapsChart
from ceviz.figures.equation import LETTER_DISC

_COVERED, _RING = 5.0, 7.0


def paint_lens(painter: QPainter, size: QSizeF, value: Lens, theme: Theme, task: Task) -> None:
    """A lens in a picture of `size` px."""
    match value:
        case SimplexChart():
            _paint_simplex(painter, size, value, theme)
        case CompareSimplex():
            _paint_compared_simplex(painter, size, value, theme)
        case StackChart():
            _paint_stack(painter, value, lay_out_stack(value, size, theme, task), theme, task)
        case CompareStack():
            layout = lay_out_compare_stack(value, size, theme, task)
            _paint_stack(painter, stack_chart_of(value), layout, theme, task)
            for model, center in enumerate(disc_centers(layout)):
                paint_disc(painter, center, model, theme, LETTER_DISC)
        case CompareGradient():
            chart = value.a if value.a.arrows else value.b
            CompareGradientPainter(chart, size, theme, task, value=value).paint(painter)
        case GradientChart():
            GradientPainter(value, size, theme, task).paint(painter)
        case ThreeFormulas():
            FormulasPainter(value, size, theme).paint(painter)
        case TrapsChart():
            TrapsPainter(value, task, size.width(), theme).paint(painter)
        case FrameworksChart():
            FrameworksPainter(value, size.width(), theme).paint(painter)


def _paint_simplex(painter: QPainter, size: QSizeF, chart: SimplexChart, theme: Theme) -> None:
    frame = simplex_frame(size, STANDARD)
    parts = SimplexPainter(chart, frame, theme, size.width())
    parts.paint_ground(painter)
    parts.paint_corners(painter)
    parts.paint_level(painter)
    if chart.prediction is not None:
        place, radius = (chart.prediction.x, chart.prediction.y), outer_radius(theme.point["live"], theme)
        colors = point_colors(chart.prediction, theme)
        paint_live_point(painter, to_px(frame, place), radius, colors, theme)
    parts.paint_texts(painter)


def _paint_compared_simplex(painter: QPainter, size: QSizeF, value: CompareSimplex, theme: Theme) -> None:
    chart, frame = ground_of(value), simplex_frame(size, STANDARD)
    parts = SimplexPainter(chart, frame, theme, size.width())
    parts.paint_ground(painter)
    parts.paint_corners(painter)
    parts.paint_level(painter)
    parts.paint_target(painter)
    places = [to_px(frame, (point.x, point.y)) if point else None for point in (value.a, value.b)]
    a, b = places
    line = QLineF(a, b) if a is not None and b is not None else QLineF()
    paint_arrow_between(painter, line, theme)
    covered = a is not None and b is not None and line.length() < _COVERED
    for model, place in reversed(list(enumerate(places))):
        if place is not None:
            # Where both are in one place B is drawn larger, as a ring around A.
            radius = theme.point["model"] + (_RING if covered and model else 0.0)
            paint_haloed_disc(painter, place, model, radius, theme)


def _paint_stack(painter: QPainter, chart: StackChart, layout: StackLayout, theme: Theme, task: Task) -> None:
    paint_stack_layout(painter, chart, layout, theme, task)
    # The window has the axis' name in its title.
    rect = QRectF(layout.frame.area.left(), 0, layout.frame.area.width(), 12)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    font = theme.font("label", weight=400)
    paint_number(painter, rect, flags, chart.y_axis.label, font, theme.color("ink3"))
