"""The texts of a plot that stand still while its point is dragged: axis names, legend, formulas, heading."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor

from ceviz.drawing.axes import AxisText
from ceviz.drawing.formula_painter import measure_formula
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import elided, number_width, text_width
from ceviz.drawing.sketch import Sketch, curve_in_px, rises
from ceviz.explain.charts import Curve, CurveChart

_AXIS_NAME_DROP = 44.0
_LEGEND_TOP, _LEGEND_DOWN_TO = 47.0, 0.7
_FULL_LEGEND_TOP, _FULL_LEGEND_DOWN_TO = 36.0, 0.8
_LEGEND_ROW, _LOW_LEGEND_ROW = 27.0, 20.0
_LEGEND_INSET = 24.0
_NUMBERS_FROM = 4
"""From so many classes on their numbers stand in the legend: beside close points is no room for them."""
_LEGEND_LINE = 27.0
_HEADING_HEIGHT = 20.0
_HEADING_LEFT = 4.0
_LABEL_HEIGHTS = (0.59, 0.42, 0.75, 0.3)
"""At which share of the loss axis a curve's formula stands beside it; the first that is free."""
_SMALL_LABEL_HEIGHTS = (0.68, 0.5)
_NOTE_DROP = 23.5
_SMALL_FORMULA = 0.76
_SIDE_FORMULA = 0.9


def axis_texts(sketch: Sketch) -> tuple[AxisText, ...]:
    """The names of both axes: p centred below, the loss under the ceiling strip at the right."""
    theme, area = sketch.theme, sketch.frame.area
    x_font, y_font = theme.font("title", weight=400), theme.font("label", weight=400)
    below = sketch.text_size(sketch.chart.x_axis.label, x_font)
    name = QRectF(QPointF(area.center().x() - below.width() / 2, area.bottom() + _AXIS_NAME_DROP), below)
    size = sketch.text_size(sketch.chart.y_axis.label, y_font)
    # Where a rising curve ends at the top right, the text steps aside.
    corners = [
        QRectF(QPointF(area.right() - size.width() - step, area.top() + 13.5), size) for step in (0, 36, 72)
    ]
    corner = min((rect.translated(0, -size.height() / 2) for rect in corners), key=sketch.room.cost)
    sketch.room.add_text(corner)
    return (
        AxisText(
            name.translated(0, -below.height() / 2), sketch.chart.x_axis.label, x_font, theme.color("ink2")
        ),
        AxisText(corner, sketch.chart.y_axis.label, y_font, theme.color("ink3")),
    )


def write_heading(sketch: Sketch) -> None:
    """A small plot's label at the left and its loss at the right, above the plot."""
    color = sketch.text_color(sketch.chart.class_index)
    name_font, value_font = sketch.theme.font("className"), sketch.theme.font("value")
    value_width = number_width(sketch.chart.value_text, value_font)
    left = sketch.frame.area.right() - value_width
    room = left - _HEADING_LEFT - 8
    name = elided(sketch.chart.name, name_font, room)
    index = sketch.chart.class_index
    sketch.write(Note(QRectF(_HEADING_LEFT, 1, room, _HEADING_HEIGHT), name, name_font, color, index))
    value = QRectF(left, 1, value_width, _HEADING_HEIGHT)
    sketch.write(Note(value, sketch.chart.value_text, value_font, color, index))


def write_legend(sketch: Sketch) -> tuple[tuple[QLineF, QColor, int], ...]:
    """Line, name and formula of each class at the top right, as many as fit; returns the lines."""
    theme, area = sketch.theme, sketch.frame.area
    rows = sketch.chart.legend
    if not rows:
        return ()
    top, room = _legend_room(area.height(), len(rows))
    pitch = min(_LEGEND_ROW, max(_LOW_LEGEND_ROW, room / len(rows)))
    rows = rows[: max(1, int(room / pitch + 1e-9))]
    font, px = theme.font("title"), theme.size("formulaInPlot") * _SIDE_FORMULA
    right = legend_numbers(sketch) - 14 if has_numbers(sketch.chart) else area.right() - _LEGEND_INSET
    formula_x = right - max(measure_formula(formula, px)[0] for _, _, formula in rows)
    name_x = formula_x - 15 - max(text_width(name, font) for _, name, _ in rows)
    lines = []
    for row, (index, name, formula) in enumerate(rows):
        y = area.top() + top + row * pitch
        color = sketch.ink(index).text
        line = QLineF(name_x - 10 - _LEGEND_LINE, y, name_x - 10, y)
        lines.append((line, sketch.ink(index).line, index))
        sketch.room.add_text(QRectF(line.x1(), y - 4, _LEGEND_LINE, 8))
        sketch.write_at(QPointF(name_x, y), name, font, color, index)
        sketch.write_formula(QPointF(formula_x, y), formula, px, color, index)
    return tuple(lines)


def _legend_room(height: float, rows: int) -> tuple[float, float]:
    """Where the first row stands below the top of the area, and how far the last one may be below that."""
    room = height * _LEGEND_DOWN_TO - _LEGEND_TOP
    if room >= rows * _LOW_LEGEND_ROW:
        return _LEGEND_TOP, room
    return _FULL_LEGEND_TOP, height * _FULL_LEGEND_DOWN_TO - _FULL_LEGEND_TOP


def has_numbers(chart: CurveChart) -> bool:
    """Whether the numbers of the live points stand in the legend: one in each of its rows."""
    rows = [index for index, _, _ in chart.legend]
    return len(rows) >= _NUMBERS_FROM and rows == [live.class_index for live in chart.live]


def legend_numbers(sketch: Sketch) -> float:
    """Where the numbers in the legend start; the longest end right of the area."""
    return sketch.frame.area.right() - _LEGEND_INSET - number_width("0.000", sketch.theme.font("title"))


def write_formula(sketch: Sketch, curve: Curve, small: bool) -> None:
    """A curve's formula beside it, where the legend does not have it."""
    if any(index == curve.class_index for index, _, _ in sketch.chart.legend):
        return
    if curve.dashed:
        _write_overlay_formula(sketch, curve)
    else:
        _write_curve_formula(sketch, curve, small)


def _write_overlay_formula(sketch: Sketch, curve: Curve) -> None:
    """Formula and note where the fewest curves pass; the formula alone where both find no room."""
    theme = sketch.theme
    px = theme.size("formulaInPlot") * _SIDE_FORMULA
    width, font = measure_formula(curve.label, px)[0], theme.font("tick")
    whole = width + 9 + text_width(curve.note, font)
    places = [(start, room) for room in (whole, width) for start in _overlay_starts(sketch, curve, room)]
    costs = [sketch.room.cost(QRectF(start.x(), start.y() - 9, room, 18)) for start, room in places]
    (left, room), free = places[costs.index(min(costs))], min(costs) == 0
    # A drop line that comes by while the point is dragged stops short of both.
    sketch.write_formula(left, curve.label, px, theme.color("ink2"), None, free)
    if room == whole:
        note = left + QPointF(width + 9, 0)
        sketch.write_at(note, curve.note, font, theme.color("ink3"), None, free)


def _overlay_starts(sketch: Sketch, curve: Curve, width: float) -> list[QPointF]:
    """Below the overlay where it is high, above its middle or its high end."""
    area, rising = sketch.frame.area, rises(curve)
    far = 0.42
    end, middle = (
        sketch.frame.y(float(curve.ys[np.abs(curve.xs - (1 - p if rising else p)).argmin()]))
        for p in (0, far)
    )
    insets = [(17.0, area.bottom() - 22), (10.0, area.bottom() - 12)]
    insets += [(far * area.width(), middle - 10), (17.0, end - 7)]
    return [QPointF(area.right() - x - width if rising else area.left() + x, y) for x, y in insets]


def _write_curve_formula(sketch: Sketch, curve: Curve, small: bool) -> None:
    theme, y_axis, area = sketch.theme, sketch.frame.y_axis, sketch.frame.area
    px = theme.size("formulaInPlot") * (_SMALL_FORMULA if small else 1.0)
    color = theme.color("loss") if curve.class_index is None else sketch.ink(curve.class_index).text
    font = theme.font("label")
    widths = (measure_formula(curve.label, px)[0], text_width(curve.note, font) if curve.note else 0.0)
    height = px + (_NOTE_DROP if curve.note else 0.0)

    def start(share: float, width: float) -> QPointF:
        y = sketch.frame.y(y_axis.low + share * (y_axis.high - y_axis.low))
        edge = _clear_edge(sketch, curve, y - px / 2, y - px / 2 + height)
        # Two points mean the discs of two models, which are large.
        gap = 13.0 if small else 8.0 if len(sketch.chart.live) < 2 else 18.0
        return QPointF(edge - gap - width if rises(curve) else edge + gap, y)

    def cost(share: float) -> int:
        left = start(share, max(widths))
        return sketch.room.cost(QRectF(left.x(), left.y() - px / 2, max(widths), height))

    share = min(_SMALL_LABEL_HEIGHTS if small else _LABEL_HEIGHTS, key=cost)
    if start(share, 0.0).x() > area.right():
        return  # none of the curve is below the ceiling
    sketch.write_formula(start(share, widths[0]), curve.label, px, color, curve.class_index)
    if curve.note:
        left = start(share, widths[1]) + QPointF(0, _NOTE_DROP)
        sketch.write_at(left, curve.note, font, color, curve.class_index)


def _clear_edge(sketch: Sketch, curve: Curve, top: float, bottom: float) -> float:
    """The x in px beside which a text between two heights clears the curve, inside of a valley."""
    path = curve_in_px(curve, sketch.frame)
    beyond = path[:, 0] - path[np.argmax(path[:, 1]), 0]
    path = path[beyond >= 0 if rises(curve) else beyond <= 0]
    path = path[np.argsort(path[:, 1])]
    ends = np.interp([top, bottom], path[:, 1], path[:, 0])
    return float(ends.min() if rises(curve) else ends.max())
