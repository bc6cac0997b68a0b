"""All of a tab on paper, without its controls: equation, curve, lens and batch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import measure_formula, paint_formula
from ceviz.drawing.headline_painter import drops, paint_slots
from ceviz.drawing.headline_slots import Slots
from ceviz.drawing.painting import number_width, paint_number
from ceviz.drawing.theme import Theme
from ceviz.explain.batch_table import BatchTable
from ceviz.explain.compare_headline import CompareHeadline, compared_line
from ceviz.explain.figures import WholeView
from ceviz.explain.headline import Headline
from ceviz.figures.batch import LEFT, batch_height, paint_batch
from ceviz.figures.compare_batch import paint_compare_batch
from ceviz.figures.curves import paint_curves
from ceviz.figures.lenses import paint_lens

_WIDTH, _CHARTS = 1000.0, 340.0
_HEAD, _GAP, _EQUATION = 34.0, 20.0, 120.0
_LENS_SHARE = 0.4
_MOST_ROWS = 8


def least_view(view: WholeView) -> QSizeF:
    """Room for all parts without one of them shrinking."""
    return QSizeF(_WIDTH, _HEAD + _EQUATION + _CHARTS + 2 * _GAP + _batch_height(view))


def _batch_height(view: WholeView) -> float:
    return batch_height(min(view.batch.sample_count, _MOST_ROWS))


def paint_whole_view(painter: QPainter, size: QSizeF, view: WholeView, theme: Theme, task: Task) -> None:
    """Title and equation above, curve and lens beside each other, the batch below."""
    _paint_title(painter, size.width(), view, theme)
    _paint_equation(painter, size.width(), view.equation, theme, task)
    top, batch = _HEAD + _EQUATION, _batch_height(view)
    charts = QSizeF(size.width() - _GAP, size.height() - top - batch - 2 * _GAP)
    lens = QSizeF(charts.width() * _LENS_SHARE, charts.height())
    curve = QSizeF(charts.width() - lens.width(), charts.height())
    painter.save()
    painter.translate(0, top)
    paint_curves(painter, curve, view.curves, theme, task)
    painter.translate(curve.width() + _GAP, 0)
    paint_lens(painter, lens, view.lens, theme, task)
    painter.restore()
    painter.save()
    painter.translate(0, size.height() - batch)
    if isinstance(view.batch, BatchTable):
        paint_batch(painter, QSizeF(size.width(), batch), view.batch, theme)
    else:
        paint_compare_batch(painter, QSizeF(size.width(), batch), view.batch, theme)
    painter.restore()


def _paint_title(painter: QPainter, width: float, view: WholeView, theme: Theme) -> None:
    font, title = theme.font("className"), QRectF(0, 0, width, _HEAD)
    paint_number(painter, title, LEFT, view.title, font, theme.color("ink"))
    beside = title.adjusted(number_width(view.title, font) + 12, 0, 0, 0)
    paint_number(painter, beside, LEFT, view.subtitle, theme.font("title", weight=400), theme.color("ink2"))


def _paint_equation(
    painter: QPainter, width: float, value: Headline | CompareHeadline, theme: Theme, task: Task
) -> None:
    """The large number, and in one line what it equals, as far as it fits."""
    number, unit = theme.font("number"), theme.font("numberUnit")
    end = number_width(value.number_text, number)
    paint_number(painter, QRectF(0, _HEAD, end, 72), LEFT, value.number_text, number, theme.color("loss"))
    place = QRectF(end + 9, _HEAD + 18, 80, 44)
    paint_number(painter, place, LEFT, value.unit, unit, theme.color("ink2"))
    start = end + 9 + number_width(value.unit, unit) + 28
    painter.save()
    if isinstance(value, Headline):
        line = Slots(theme).arrange(value, width - start, held=False).moved(start)
        painter.translate(0, _HEAD + 60 - drops(theme).baseline)
        paint_slots(painter, line.slots, theme, task)
    else:
        formula, px = compared_line(value), theme.size("formula")
        px *= min(1.0, (width - start) / measure_formula(formula, px)[0])
        paint_formula(painter, QPointF(start, _HEAD + 60), formula, px, theme.color("loss"), theme, task)
    painter.restore()
