"""From a curve chart to px: where its texts, pills and drop lines go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QRectF, QSizeF
from PySide6.QtGui import QColor

from ceviz.core.document import Task
from ceviz.explain.charts import Curve, CurveChart
from ceviz.gui.painting import class_ink
from ceviz.gui.plots import fixed_notes, moving_notes
from ceviz.gui.plots.axes_item import Backdrop, Pill
from ceviz.gui.plots.frame import SMALL, WIDE, Frame, frame
from ceviz.gui.plots.notes import FormulaNote, Note
from ceviz.gui.plots.room import Room
from ceviz.gui.plots.sketch import Sketch, curve_in_px
from ceviz.gui.theme import Theme

_CURVES_TO_AVOID = 8
"""Among more curves than these no text finds a place off all of them."""
_MARK_RADIUS = 5.5


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
    sketch = Sketch(chart, place, theme, task, _room(chart, place, size))
    texts = () if small else fixed_notes.axis_texts(sketch)
    legend: tuple[tuple[QLineF, QColor, int], ...] = fixed_notes.write_legend(sketch)
    for curve in chart.curves:
        fixed_notes.write_formula(sketch, curve, small)
    if small:
        fixed_notes.write_heading(sketch)
    numbers = moving_notes.mark_notes(replace(sketch, room=sketch.room.copy()))
    single = len(chart.live) == 1
    pills = moving_notes.pills(sketch) if single and chart.pills else ()
    if not small:
        _write_moving(sketch, pills, numbers)
    backdrop = Backdrop(
        frame=place,
        active=active,
        drops=moving_notes.drops(sketch) if single else (),
        pills=pills,
        texts=texts,
        legend=legend,
    )
    return Layout(place, backdrop, tuple(sketch.notes))


def _write_moving(sketch: Sketch, pills: tuple[Pill, ...], numbers: list[Note]) -> None:
    """What follows the live point, then those of the marks' numbers that it leaves in sight."""
    fixed = len(sketch.notes)
    points = [
        *((sketch.frame.point(live.x, live.y), sketch.theme.point["live"]) for live in sketch.chart.live),
        *((sketch.frame.point(g.x, g.y), sketch.theme.point["batch"]) for g in sketch.chart.ghosts),
    ]
    covers = [sketch.room.add_point(center, radius) for center, radius in points]
    for pill in pills:
        sketch.room.add_text(pill.rect)
    moving_notes.write_live_texts(sketch)
    moving_notes.write_ghost_texts(sketch)
    covers += [note.rect for note in sketch.notes[fixed:]]
    sketch.notes += moving_notes.uncovered(numbers, covers)


def _room(chart: CurveChart, place: Frame, size: QSizeF) -> Room:
    """Between the axes: left of them and below are ticks and pills."""
    curves = chart.curves if len(chart.curves) <= _CURVES_TO_AVOID else ()
    left = place.area.left() + 2
    bounds = QRectF(left, 2, size.width() - 2 - left, place.area.bottom() - 2)
    room = Room(bounds, [curve_in_px(curve, place) for curve in curves])
    for mark in chart.marks:
        room.add_point(place.point(mark.x, mark.y), _MARK_RADIUS)
    return room
