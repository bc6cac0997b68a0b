"""The other samples' marks in the shapes of their classes, and hollow points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.frame import Frame
from ceviz.drawing.lit import Lit
from ceviz.drawing.points import HollowPoint, area_of, hollow_points, paint_hollow_points
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart, Mark
from ceviz.explain.compare_curve import ModelMark
from ceviz.gui.plots.px_item import PxItem, united

_AMark = TypeVar("_AMark", Mark, ModelMark)
_PaintMarks = Callable[[QPainter, Sequence[_AMark], Frame, Theme, Task, Lit], None]


class MarksItem(PxItem, Generic[_AMark]):
    """Marks on their curves. They stand still during a drag, so they are kept as a picture."""

    def __init__(self, paint_marks: _PaintMarks[_AMark]) -> None:
        super().__init__(z=4, kept=True)
        self._paint_marks: _PaintMarks[_AMark] = paint_marks
        self._shown: tuple[Sequence[_AMark], Frame, Theme, Task, Lit] | None = None

    def display(
        self, marks: Sequence[_AMark], frame: Frame, bounds: QRectF, theme: Theme, task: Task, lit: Lit
    ) -> None:
        """Other classes than the lit one fade."""
        self.setRect(bounds)
        shown = (marks, frame, theme, task, lit)
        if shown != self._shown:
            self._shown = shown
            self.setVisible(bool(marks))
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._shown is not None:
            self._paint_marks(painter, *self._shown)


class GhostsItem(PxItem):
    """Hollow points: what the loss would be elsewhere, and, small, where it was before each step."""

    def __init__(self) -> None:
        super().__init__(z=6)
        self._points: list[HollowPoint] | None = None
        self._theme: Theme | None = None

    def display(self, chart: CurveChart, frame: Frame, theme: Theme, task: Task, lit: Lit) -> None:
        """Other classes than the lit one fade."""
        points = hollow_points(chart, frame, theme, task, lit)
        if (points, theme) != (self._points, self._theme):
            self._points, self._theme = points, theme
            self.setRect(united(area_of(point, theme) for point in points))
            self.setVisible(bool(points))
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._points and self._theme is not None:
            paint_hollow_points(painter, self._points, self._theme)
