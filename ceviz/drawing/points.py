"""Points on curves: the live one, the other samples' marks in the shapes of their classes, hollow ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ceviz.core.document import Task
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.frame import Frame
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.painting import INFINITY, class_ink, paint_marker
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.charts import CurveChart, Footprint, Ghost, Mark
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_curve import ModelMark

_BEYOND_EDGE = 1.5
_STEP = 0.73
"""The size of a footprint, of that of a mark."""
_HOLLOW_EDGE = 1.75
_DISC_HALO = 2.75


def paint_live_point(
    painter: QPainter, center: QPointF, radius: float, colors: ClassColors, theme: Theme, filled: bool = True
) -> None:
    """The point of the shown sample; that of model A is not `filled`."""
    edge, halo = float(theme.stroke["pointEdge"]), float(theme.stroke["pointHalo"])
    panel = theme.color("panel")
    fill, ink = (colors.fill, colors.text) if filled else (panel, colors.line)
    paint_marker(painter, center, radius, colors.marker, fill, ink, panel, edge, halo)


def outer_radius(radius: float, theme: Theme) -> float:
    """How far a live point reaches: its edge straddles the radius."""
    return radius + float(theme.stroke["pointEdge"]) / 2


def paint_marks(
    painter: QPainter, marks: Sequence[Mark], frame: Frame, theme: Theme, task: Task, lit: Lit = ALIKE
) -> None:
    """Hollow where a finite loss lies beyond the axis; other classes than the lit one fade."""
    _paint_borders(painter, marks, frame, theme, task)
    for mark in marks:
        _fade(painter, mark, theme, lit)
        _paint_mark(painter, mark, frame, theme, task)
    painter.setOpacity(1.0)


def _paint_borders(painter: QPainter, marks: Sequence[Mark], frame: Frame, theme: Theme, task: Task) -> None:
    """First every mark's border, so that none covers its neighbour."""
    panel, radius = theme.color("panel"), theme.point["batch"]
    for mark in marks:
        marker = class_ink(theme, task, mark.class_index).marker
        paint_marker(painter, frame.point(mark.x, mark.y), radius, marker, panel, None, panel)


def _fade(painter: QPainter, mark: Mark, theme: Theme, lit: Lit) -> None:
    painter.setOpacity(lit.opacity(mark.class_index, theme))


def _paint_mark(painter: QPainter, mark: Mark, frame: Frame, theme: Theme, task: Task) -> None:
    colors = class_ink(theme, task, mark.class_index)
    beyond = mark.y is None and mark.value_text != INFINITY
    paint_marker(
        painter,
        frame.point(mark.x, mark.y),
        theme.point["batch"],
        colors.marker,
        theme.color("panel") if beyond else colors.fill,
        colors.line,
        edge_width=_BEYOND_EDGE if beyond else 1.0,
    )


# Hollow points


@dataclass(frozen=True, slots=True)
class HollowPoint:
    center: QPointF
    color: QColor
    radius: float
    strength: float = 1.0


def hollow_points(
    chart: CurveChart, frame: Frame, theme: Theme, task: Task, lit: Lit = ALIKE
) -> list[HollowPoint]:
    """What the loss would be elsewhere, and, small, where it was before each step."""
    large = theme.point["batch"]
    every: list[tuple[Ghost | Footprint, float, float]] = [
        *((step, _STEP * large, step.strength) for step in chart.footprints),
        *((ghost, large, 1.0) for ghost in chart.ghosts),
    ]
    return [
        HollowPoint(
            frame.point(one.x, one.y),
            _ink(one, theme, task),
            radius,
            strength * (1.0 if one.class_index is None else lit.opacity(one.class_index, theme)),
        )
        for one, radius, strength in every
    ]


def _ink(ghost: Ghost | Footprint, theme: Theme, task: Task) -> QColor:
    index = ghost.class_index
    return theme.color("ink3") if index is None else class_ink(theme, task, index).text


def area_of(point: HollowPoint, theme: Theme) -> QRectF:
    """What a hollow point covers, with its edge."""
    reach = point.radius + float(theme.stroke["pointEdge"])
    return QRectF(point.center.x() - reach, point.center.y() - reach, 2 * reach, 2 * reach)


def paint_hollow_points(painter: QPainter, points: Sequence[HollowPoint], theme: Theme) -> None:
    painter.setBrush(theme.color("panel"))
    for point in points:
        painter.setOpacity(point.strength)
        painter.setPen(QPen(point.color, float(theme.stroke["pointEdge"])))
        painter.drawEllipse(point.center, point.radius, point.radius)
    painter.setOpacity(1.0)


# Two models


def paint_model_dot(painter: QPainter, center: QPointF, model: int, theme: Theme) -> None:
    """A mark of no class: what a legend says that A's and B's marks look like."""
    ink = theme.color("ink2")
    fill = ink if model else theme.color("panel")
    paint_marker(painter, center, theme.point["batch"], "circle", fill, ink, edge_width=_HOLLOW_EDGE)


def paint_haloed_disc(painter: QPainter, center: QPointF, model: int, radius: float, theme: Theme) -> None:
    """The disc of a model, kept clear of what lies below it."""
    panel = theme.color("panel")
    paint_marker(painter, center, radius + _DISC_HALO, "circle", panel, None)
    paint_disc(painter, center, model, theme, radius)


def paint_model_marks(
    painter: QPainter, marks: Sequence[ModelMark], frame: Frame, theme: Theme, task: Task, lit: Lit = ALIKE
) -> None:
    """The other samples as both models see them; other classes than the lit one fade."""
    _paint_borders(painter, [one.mark for one in marks], frame, theme, task)
    for one in marks:
        _fade(painter, one.mark, theme, lit)
        _paint_model_mark(painter, one, frame, theme, task)
    painter.setOpacity(1.0)


def _paint_model_mark(painter: QPainter, one: ModelMark, frame: Frame, theme: Theme, task: Task) -> None:
    colors, at = class_ink(theme, task, one.mark.class_index), frame.point(one.mark.x, one.mark.y)
    filled = bool(LETTERS.index(one.letter))
    fill, width = (colors.fill, 1.0) if filled else (theme.color("panel"), _HOLLOW_EDGE)
    paint_marker(painter, at, theme.point["batch"], colors.marker, fill, colors.line, edge_width=width)
