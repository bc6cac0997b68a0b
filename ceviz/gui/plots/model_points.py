"""The points of two models: A's are hollow, B's are filled; on one common curve they are lettered discs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.frame import Frame
from ceviz.drawing.painting import class_ink, paint_marker
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.charts import Mark
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_curve import ModelMark
from ceviz.gui.plots.live_point import LivePointItem
from ceviz.gui.plots.px_item import PxItem

_HOLLOW_EDGE = 1.75
_DISC_HALO = 2.75


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


class ModelPointItem(LivePointItem):
    """A disc with the model's letter, or the marker of a class, hollow or filled."""

    def __init__(self) -> None:
        super().__init__()
        self.model = 0
        self._lettered = False

    def display_model(self, model: int, lettered: bool, on_top: bool) -> None:
        self.setZValue(11 if on_top else 10)
        if (model, lettered) != (self.model, self._lettered):
            self.model, self._lettered = model, lettered
            self.update()

    def _outer_radius(self, theme: Theme) -> float:
        return self.radius if self._lettered else super()._outer_radius(theme)

    def _paint_body(self, painter: QPainter, radius: float, colors: ClassColors, theme: Theme) -> None:
        if self._lettered:
            paint_haloed_disc(painter, QPointF(), self.model, radius, theme)
        elif self.model:
            super()._paint_body(painter, radius, colors, theme)
        else:
            edge, halo = float(theme.stroke["pointEdge"]), float(theme.stroke["pointHalo"])
            panel = theme.color("panel")
            paint_marker(painter, QPointF(), radius, colors.marker, panel, colors.line, panel, edge, halo)


class ModelMarksItem(PxItem):
    """The other samples as both models see them. They stand still during a drag: kept as a picture."""

    def __init__(self) -> None:
        super().__init__(z=4, kept=True)
        self._shown: tuple[Sequence[ModelMark], Frame, Theme, Task, int] | None = None

    def display(
        self, marks: Sequence[ModelMark], frame: Frame, bounds: QRectF, theme: Theme, task: Task, lit: int
    ) -> None:
        """Other classes than `lit` fade; -1: none."""
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
        for one in marks:
            marker = class_ink(theme, task, one.mark.class_index).marker
            paint_marker(painter, _place(one.mark, frame), radius, marker, panel, None, panel)
        for one in marks:
            faded = lit not in (-1, one.mark.class_index)
            painter.setOpacity(theme.opacity["unlinked"] if faded else 1.0)
            self._paint_mark(painter, one, frame, theme, task)

    @staticmethod
    def _paint_mark(painter: QPainter, one: ModelMark, frame: Frame, theme: Theme, task: Task) -> None:
        colors, at, radius = (
            class_ink(theme, task, one.mark.class_index),
            _place(one.mark, frame),
            theme.point,
        )
        if LETTERS.index(one.letter):
            paint_marker(painter, at, radius["batch"], colors.marker, colors.fill, colors.line)
        else:
            panel = theme.color("panel")
            paint_marker(
                painter, at, radius["batch"], colors.marker, panel, colors.line, edge_width=_HOLLOW_EDGE
            )


def _place(mark: Mark, frame: Frame) -> QPointF:
    return frame.point(mark.x, mark.y)
