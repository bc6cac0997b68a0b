"""The other samples' marks in the shapes of their classes, and hollow points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.frame import Frame
from ceviz.drawing.painting import INFINITY, class_ink, paint_marker
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart, Footprint, Ghost, Mark
from ceviz.gui.plots.px_item import PxItem

_BEYOND_EDGE = 1.5
_STEP = 0.73
"""The size of a footprint, of that of a mark."""


class MarksItem(PxItem):
    """Marks on their curves. They stand still during a drag, so they are kept as a picture."""

    def __init__(self) -> None:
        super().__init__(z=4, kept=True)
        self._shown: tuple[Sequence[Mark], Frame, Theme, Task, int] | None = None

    def display(
        self, marks: Sequence[Mark], frame: Frame, bounds: QRectF, theme: Theme, task: Task, lit: int
    ) -> None:
        """Hollow where a finite loss lies beyond the axis; other classes than `lit` fade."""
        self._span(bounds)
        shown = (marks, frame, theme, task, lit)
        if shown != self._shown:
            self._shown = shown
            self.setVisible(bool(marks))
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._shown is None:
            return
        marks, frame, theme, task, lit = self._shown
        panel, radius = theme.color("panel"), theme.point["batch"]
        # First every mark's border, so that none covers its neighbour.
        for mark in marks:
            marker = class_ink(theme, task, mark.class_index).marker
            paint_marker(painter, frame.point(mark.x, mark.y), radius, marker, panel, None, panel)
        for mark in marks:
            faded = lit not in (-1, mark.class_index)
            painter.setOpacity(theme.opacity["unlinked"] if faded else 1.0)
            self._paint_mark(painter, mark, frame, theme, task)

    @staticmethod
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


@dataclass(frozen=True, slots=True)
class _Point:
    center: QPointF
    color: QColor
    radius: float
    strength: float = 1.0


class GhostsItem(PxItem):
    """Hollow points: what the loss would be elsewhere, and, small, where it was before each step."""

    def __init__(self) -> None:
        super().__init__(z=6)
        self._points: list[_Point] = []
        self._theme: Theme | None = None

    def display(self, chart: CurveChart, frame: Frame, bounds: QRectF, theme: Theme, task: Task) -> None:
        self._span(bounds)
        self._theme = theme
        large = theme.point["batch"]
        steps = [
            _Point(frame.point(step.x, step.y), _ink(step, theme, task), _STEP * large, step.strength)
            for step in chart.footprints
        ]
        ghosts = [
            _Point(frame.point(ghost.x, ghost.y), _ink(ghost, theme, task), large) for ghost in chart.ghosts
        ]
        self._points = steps + ghosts
        self.setVisible(bool(self._points))
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._theme is None:
            return
        painter.setBrush(self._theme.color("panel"))
        for point in self._points:
            painter.setOpacity(point.strength)
            painter.setPen(QPen(point.color, float(self._theme.stroke["pointEdge"])))
            painter.drawEllipse(point.center, point.radius, point.radius)


def _ink(ghost: Ghost | Footprint, theme: Theme, task: Task) -> QColor:
    index = ghost.class_index
    return theme.color("ink3") if index is None else class_ink(theme, task, index).text
