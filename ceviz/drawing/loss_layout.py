"""From a curve chart to px: where its texts, pills and drop lines go."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPen

from ceviz.core.document import Task
from ceviz.drawing import fixed_notes, moving_notes
from ceviz.drawing.axes import AxisText, Backdrop, Pill, class_dash
from ceviz.drawing.frame import SMALL, WIDE, Frame, Margins, frame
from ceviz.drawing.notes import FormulaNote, Note
from ceviz.drawing.painting import class_ink
from ceviz.drawing.points import outer_radius
from ceviz.drawing.room import Room
from ceviz.drawing.sketch import Sketch, apart, curve_in_px
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Curve, CurveChart

_CURVES_TO_AVOID = 8
"""Among more curves than these no text finds a place off all of them."""
_MARK_RADIUS = 5.5


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """What stands still while the point is dragged; it is laid out once per drag."""

    sketch: Sketch
    size: QSizeF
    small: bool
    texts: tuple[AxisText, ...]
    legend: tuple[tuple[QLineF, QColor, int], ...]
    numbers: list[Note]
    """Of the marks; some may lie under the live point."""

    def sketch_of(self, chart: CurveChart) -> Sketch:
        """A copy for what moves."""
        known = self.sketch
        return replace(known, chart=chart, room=known.room.copy(), notes=list(known.notes))

    def fits(self, chart: CurveChart, size: QSizeF, theme: Theme, task: Task, small: bool) -> bool:
        """Whether another chart differs in what moves at most."""
        known = self.sketch
        return (
            (size, theme, task, small) == (self.size, known.theme, known.task, self.small)
            and is_active(chart) == is_active(known.chart)
            and _still_parts(chart, small) == _still_parts(known.chart, small)
            and same_curves(chart, known.chart)
        )


@dataclass(frozen=True, slots=True)
class Layout:
    frame: Frame
    backdrop: Backdrop
    notes: tuple[Note | FormulaNote, ...]
    still: Still


def is_active(chart: CurveChart) -> bool:
    """Whether a live point lies in the ceiling strip."""
    return any(point.y is None for point in chart.live)


def _still_parts(chart: CurveChart, small: bool) -> tuple[object, ...]:
    heading = (chart.name, chart.value_text, chart.class_index) if small else ()
    return (chart.x_axis, chart.y_axis, chart.legend, chart.marks, len(chart.live), heading)


def same_curves(a: CurveChart, b: CurveChart) -> bool:
    return len(a.curves) == len(b.curves) and all(map(_same_curve, a.curves, b.curves))


def _same_curve(a: Curve, b: Curve) -> bool:
    if a is b:
        return True
    texts = (a.class_index, a.label, a.note, a.dashed) == (b.class_index, b.label, b.note, b.dashed)
    return texts and same_points(a, b)


def same_points(a: Curve, b: Curve) -> bool:
    return all(one is other or np.array_equal(one, other) for one, other in ((a.xs, b.xs), (a.ys, b.ys)))


def main_class(chart: CurveChart) -> int | None:
    """The class whose curve the shown sample lies on, where that is one alone."""
    return chart.live[0].class_index if chart.pills and chart.live else None


def curve_pen(curve: Curve, chart: CurveChart, theme: Theme, task: Task) -> QPen:
    """How a curve is drawn: the one of the shown sample is a little wider than those of other classes."""
    stroke = theme.stroke
    main = curve.class_index in (None, main_class(chart))
    width = float(stroke["overlay" if curve.dashed else "curve" if main else "classCurve"])
    cap = Qt.PenCapStyle.FlatCap if curve.dashed else Qt.PenCapStyle.RoundCap
    pen = QPen(_line_color(curve, theme, task), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)
    if curve.dashed:
        pen.setDashPattern([length / width for length in stroke["overlayDash"]])
    elif theme.printed and curve.class_index is not None and len(chart.curves) > 1:
        pen.setDashPattern([length / width for length in class_dash(curve.class_index)])
    return pen


def _line_color(curve: Curve, theme: Theme, task: Task) -> QColor:
    if curve.class_index is not None:
        return class_ink(theme, task, curve.class_index).line
    return theme.color("ink3") if curve.dashed else theme.color("loss")


def lay_out(
    chart: CurveChart, size: QSizeF, theme: Theme, task: Task, small: bool, known: Layout | None = None
) -> Layout:
    """First what stands still, then what follows the live point, then numbers in the room that is left.

    What still holds of a `known` layout is taken over.
    """
    still = keep_still(chart, size, theme, task, small, known)
    sketch = still.sketch_of(chart)
    single = len(chart.live) == 1
    pills = moving_notes.pills(sketch) if single and chart.pills else ()
    drops = moving_notes.drops(sketch) if single else ()
    moving_notes.add_drops(sketch, drops)
    if not small:
        _write_moving(sketch, pills, still)
    moving_notes.write_mark(sketch, small)
    backdrop = Backdrop(
        frame=sketch.frame,
        active=is_active(chart),
        drops=drops,
        pills=pills,
        texts=still.texts,
        legend=still.legend,
        in_strip=strip_points(sketch, "live"),
    )
    return Layout(sketch.frame, backdrop, tuple(sketch.notes), still)


def strip_points(sketch: Sketch, size: str) -> tuple[QRectF, ...]:
    """The places of the live points in the ceiling strip; `size` is that of a point's token."""
    if not is_active(sketch.chart):
        return ()
    reach = outer_radius(sketch.theme.point[size], sketch.theme) + float(sketch.theme.stroke["pointHalo"])
    border = QMarginsF(reach, reach, reach, reach)
    centers = (sketch.frame.point(live.x, None) for live in sketch.chart.live if live.y is None)
    return tuple(QRectF(center, center).marginsAdded(border) for center in centers)


def keep_still(
    chart: CurveChart,
    size: QSizeF,
    theme: Theme,
    task: Task,
    small: bool,
    known: Layout | None,
    wide: Margins = WIDE,
) -> Still:
    """What stands still of a chart, taken over from a `known` layout where it still holds."""
    if known is not None and known.still.fits(chart, size, theme, task, small):
        return known.still
    return _lay_out_still(chart, size, theme, task, small, SMALL if small else wide)


def _lay_out_still(
    chart: CurveChart, size: QSizeF, theme: Theme, task: Task, small: bool, margins: Margins
) -> Still:
    place = frame(size.width(), size.height(), margins, chart.x_axis, chart.y_axis, is_active(chart))
    sketch = Sketch(chart, place, theme, task, _room(chart, place, size))
    texts = () if small else fixed_notes.axis_texts(sketch)
    legend = fixed_notes.write_legend(sketch)
    for curve in chart.curves:
        fixed_notes.write_formula(sketch, curve, small)
    if small:
        fixed_notes.write_heading(sketch)
    _keep_mark_clear(sketch)
    numbers = moving_notes.mark_notes(replace(sketch, room=sketch.room.copy()))
    return Still(sketch, size, small, texts, legend, numbers)


def _write_moving(sketch: Sketch, pills: tuple[Pill, ...], still: Still) -> None:
    """What follows the live point, then those of the marks' numbers that it leaves in sight."""
    fixed = len(sketch.notes)
    points = [
        *((sketch.frame.point(live.x, live.y), sketch.theme.point["live"]) for live in sketch.chart.live),
        *((sketch.frame.point(g.x, g.y), sketch.theme.point["batch"]) for g in sketch.chart.ghosts),
    ]
    covers = [sketch.room.add_point(center, radius) for center, radius in points]
    for pill in pills:
        sketch.room.add_text(pill.rect)
    if fixed_notes.has_numbers(sketch.chart):
        moving_notes.write_in_legend(sketch, still.legend)
    else:
        moving_notes.write_live_texts(sketch)
    moving_notes.write_ghost_texts(sketch)
    covers += [apart(note.rect) for note in sketch.notes[fixed:]]
    write_uncovered(sketch, still.numbers, covers)


def write_uncovered(sketch: Sketch, notes: list[Note], covers: list[QRectF]) -> None:
    """The notes that nothing covers."""
    for note in moving_notes.uncovered(notes, covers):
        sketch.write(note)


def _keep_mark_clear(sketch: Sketch) -> None:
    """No text lies on the dashed line of the axis's mark."""
    mark, area = sketch.frame.y_axis.mark, sketch.frame.area
    if mark is not None:
        y = sketch.frame.y(mark.value)
        sketch.room.add_text(QRectF(area.left(), y - 1, area.width(), 2))


def _room(chart: CurveChart, place: Frame, size: QSizeF) -> Room:
    """Between the axes: left of them and below are ticks and pills."""
    curves = chart.curves if len(chart.curves) <= _CURVES_TO_AVOID else ()
    left = place.area.left() + 2
    bounds = QRectF(left, 2, size.width() - 2 - left, place.area.bottom() - 2)
    marks = [place.point(mark.x, mark.y) for mark in chart.marks]
    return Room(bounds, [curve_in_px(curve, place) for curve in curves], marks, _MARK_RADIUS)
