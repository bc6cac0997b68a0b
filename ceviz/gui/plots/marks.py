"""The other samples' marks and the hollow points: pyqtgraph scatter items in the shapes of the classes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPainterPath, QPen, QTransform

from ceviz.core.document import Task
from ceviz.explain.charts import Ghost, Mark
from ceviz.gui.painting import INFINITY, class_ink, marker_path
from ceviz.gui.plots.frame import Frame
from ceviz.gui.theme import Theme

_HALO = 2.0


@cache
def _symbol(marker: str) -> QPainterPath:
    # pyqtgraph scales a symbol of the size 1; made large, its round corners stay in proportion.
    return QTransform.fromScale(0.05, 0.05).map(marker_path(marker, 10.0))


class Marks:
    """Marks on their curves: each twice, below in the panel's colour, to stand clear of its curve."""

    def __init__(self) -> None:
        self.halos = pg.ScatterPlotItem(pxMode=True, antialias=True)
        self.points = pg.ScatterPlotItem(pxMode=True, antialias=True)
        self._shown: object = None
        self.halos.setZValue(4)
        self.points.setZValue(5)

    def display(self, marks: Sequence[Mark], frame: Frame, theme: Theme, task: Task, lit: int) -> None:
        """Hollow where a finite loss lies beyond the axis; other classes than `lit` fade."""
        key = (tuple(marks), frame.strip.center().y() if any(mark.y is None for mark in marks) else 0.0)
        if (key, theme, lit) == self._shown:
            return
        self._shown = (key, theme, lit)
        spots = [self._mark(mark, frame, theme, task, lit) for mark in marks]
        panel = theme.color("panel")
        halo = QPen(panel, 2 * _HALO)
        halo.setCosmetic(True)
        self.halos.setData([{**spot, "pen": halo, "brush": panel} for spot in spots])
        self.points.setData(spots)

    @staticmethod
    def _mark(mark: Mark, frame: Frame, theme: Theme, task: Task, lit: int) -> dict[str, object]:
        colors = class_ink(theme, task, mark.class_index)
        fill, line = QColor(colors.fill), QColor(colors.line)
        if lit not in (-1, mark.class_index):
            fill.setAlphaF(theme.opacity["unlinked"])
            line.setAlphaF(theme.opacity["unlinked"])
        y = frame.loss_at(frame.strip.center().y()) if mark.y is None else mark.y
        beyond = mark.y is None and mark.value_text != INFINITY
        edge = QPen(line, 1.5 if beyond else 1.0)
        edge.setCosmetic(True)
        return {
            "pos": (mark.x, y),
            "size": 2 * theme.point["batch"],
            "symbol": _symbol(colors.marker),
            "pen": edge,
            "brush": theme.color("panel") if beyond else fill,
            "data": mark.sample,
        }


class Ghosts:
    """Hollow points: what the loss would be elsewhere."""

    def __init__(self) -> None:
        self.points = pg.ScatterPlotItem(pxMode=True, antialias=True, symbol="o")
        self.points.setZValue(6)

    def display(self, ghosts: Sequence[Ghost], theme: Theme, task: Task) -> None:
        self.points.setData([self._ghost(ghost, theme, task) for ghost in ghosts])

    @staticmethod
    def _ghost(ghost: Ghost, theme: Theme, task: Task) -> dict[str, object]:
        index = ghost.class_index
        color = theme.color("ink3") if index is None else class_ink(theme, task, index).text
        edge = QPen(color, float(theme.stroke["pointEdge"]))
        edge.setCosmetic(True)
        return {
            "pos": (ghost.x, ghost.y),
            "size": 2 * theme.point["batch"],
            "pen": edge,
            "brush": theme.color("panel"),
        }
