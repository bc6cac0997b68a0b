"""From a curve chart to px: where its texts, pills and drop lines go."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSizeF
from PySide6.QtGui import QColor

from ceviz.core.document import Task
from ceviz.explain.charts import Curve, CurveChart
from ceviz.gui.painting import class_ink
from ceviz.gui.plots import fixed_notes, moving_notes
from ceviz.gui.plots.axes_item import Backdrop
from ceviz.gui.plots.frame import SMALL, WIDE, Frame, frame
from ceviz.gui.plots.notes import FormulaNote, Note
from ceviz.gui.plots.room import Room
from ceviz.gui.plots.sketch import Sketch, curve_in_px
from ceviz.gui.theme import Theme

_CURVES_TO_AVOID = 8
"""Among more curves than these no text finds a place off all of them."""


@dataclass(frozen=True, slots=True)
class Layout:
    frame: Frame
    backdrop: Backdrop
    notes: tuple[Note | FormulaNote, ...]


def line_color(curve: Curve, theme: Theme, task: Task) -> QColor:
    if curve.class_index is not None:
        return class_ink(theme, task, curve.class_index).line
    return theme.color("ink3") if curve.dashed else theme.color("loss")


def lay_out(chart: CurveChart, size: QSizeF, theme: Theme, task: Task, small: bool) -> Layout:
    """First what stands still, then what follows the live point, then numbers in the room that is left."""
    active = any(point.y is None for point in chart.live)
    place = frame(size.width(), size.height(), SMALL if small else WIDE, chart.x_axis, chart.y_axis, active)
    sketch = Sketch(chart, place, theme, task, _room(chart, place, size, theme))
    texts = () if small else fixed_notes.axis_texts(sketch)
    legend: tuple[tuple[QLineF, QColor, int], ...] = fixed_notes.write_legend(sketch)
    for curve in chart.curves:
        fixed_notes.write_formula(sketch, curve, small)
    if small:
        fixed_notes.write_heading(sketch)
    else:
        moving_notes.write_live_texts(sketch)
        moving_notes.write_ghost_texts(sketch)
        moving_notes.write_mark_texts(sketch)
    single = len(chart.live) == 1
    backdrop = Backdrop(
        frame=place,
        active=active,
        drops=moving_notes.drops(sketch) if single else (),
        pills=moving_notes.pills(sketch) if single and chart.pills else (),
        texts=texts,
        legend=legend,
    )
    return Layout(place, backdrop, tuple(sketch.notes))


def _room(chart: CurveChart, place: Frame, size: QSizeF, theme: Theme) -> Room:
    curves = chart.curves if len(chart.curves) <= _CURVES_TO_AVOID else ()
    bounds = QRectF(0, 0, size.width(), size.height())
    room = Room(bounds, [curve_in_px(curve, place) for curve in curves])
    for live in chart.live:
        room.add_point(place.point(live.x, live.y), theme.point["live"])
    for mark in chart.marks:
        room.add_point(place.point(mark.x, mark.y), theme.point["batch"])
    for ghost in chart.ghosts:
        room.add_point(place.point(ghost.x, ghost.y), theme.point["batch"])
    return room
