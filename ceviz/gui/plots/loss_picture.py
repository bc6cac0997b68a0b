"""The plot of the loss against a probability: its items, and how they follow a chart."""

from __future__ import annotations

from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.axes import Backdrop
from ceviz.drawing.frame import Frame
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.loss_layout import Layout, Still, curve_pen, lay_out, main_class, same_curves, same_points
from ceviz.drawing.painting import class_ink, faded
from ceviz.drawing.points import paint_marks
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis, Curve, CurveChart
from ceviz.gui.plots.axes_item import AxesItem, DropsItem, PillsItem
from ceviz.gui.plots.held_plot import HeldPlot
from ceviz.gui.plots.live_point import LivePointItem
from ceviz.gui.plots.marks import GhostsItem, MarksItem
from ceviz.gui.plots.notes_item import NotesItem

_EMPTY = CurveChart("", Axis(0, 1, (), ""), Axis(0, 1, (), ""), (), (), (), (), pills=False)


class LossPicture(HeldPlot):
    """Draws a `CurveChart`."""

    def __init__(self, theme: Theme, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._small = small
        self._task = Task.MULTICLASS
        self.chart = _EMPTY
        self._layout: Layout | None = None
        self._drawn: list[tuple[pg.PlotCurveItem, Curve]] = []
        self._live: list[LivePointItem] = []
        self._marks, self._ghosts = MarksItem(paint_marks), GhostsItem()
        self._axes, self._drops, self._pills = AxesItem(theme), DropsItem(), PillsItem()
        self._notes = NotesItem()
        self._lit = ALIKE
        self._looks: object = None
        """All that the curves depend on."""
        for part in (self._axes, self._drops, self._pills, self._marks, self._ghosts, self._notes):
            self.scene().addItem(part)
        self._ready = True

    @property
    def frame_in_px(self) -> Frame:
        """Where the axes lie; there is one as soon as a chart has been shown."""
        assert self._layout is not None
        return self._layout.frame

    def show_chart(self, chart: CurveChart, task: Task) -> None:
        """Show a chart; the items stay, their values change."""
        if task is self._task and _look_alike(chart, self.chart):
            return
        self.chart, self._task = chart, task
        self._current = min(self._current, max(0, len(chart.live) - 1))
        self._redraw()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes fade."""
        if lit != self._lit:
            self._lit = lit
            self._redraw()

    def _redraw(self) -> None:
        bounds = self._bounds()
        if self.chart is _EMPTY or bounds.isEmpty():
            return
        layout = self._layout = self._lay_out(bounds.size())
        self._set_range(layout.frame, bounds)
        backdrop = layout.backdrop
        self._axes.display(self._lit_legend(backdrop), bounds, self._theme)
        self._drops.display(backdrop.drops, self._theme)
        self._pills.display(backdrop.pills, self._theme)
        self._notes.display(layout.notes, self._theme, self._task, self._lit)
        self._draw_curves(layout.still)
        self._draw_marks(layout.frame, bounds)
        self._ghosts.display(self.chart, layout.frame, self._theme, self._task, self._lit)
        self._draw_live()
        self._follow_points()

    def _lit_legend(self, backdrop: Backdrop) -> Backdrop:
        lines = (
            (line, faded(color, self._lit.opacity(index, self._theme)), index)
            for line, color, index in backdrop.legend
        )
        return replace(backdrop, legend=tuple(lines)) if backdrop.legend else backdrop

    def _lay_out(self, size: QSizeF) -> Layout:
        return lay_out(self.chart, size, self._theme, self._task, self._small, self._layout)

    def _draw_marks(self, frame: Frame, bounds: QRectF) -> None:
        self._marks.display(self.chart.marks, frame, bounds, self._theme, self._task, self._lit)

    def _draw_curves(self, still: Still) -> None:
        looks = (still, self._lit, main_class(self.chart), self.devicePixelRatioF())
        if looks == self._looks:
            return
        self._looks = looks
        while len(self._drawn) > len(self.chart.curves):
            self.view_box.removeItem(self._drawn.pop()[0])
        for place, curve in enumerate(self.chart.curves):
            if place == len(self._drawn):
                item = pg.PlotCurveItem(antialias=True)
                item.setSegmentedLineMode("off")
                item.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
                item.setZValue(-place)
                self._add(item)
                self._drawn.append((item, curve))
                item.setData(curve.xs, curve.ys)
            item, before = self._drawn[place]
            if before is not curve and not same_points(before, curve):
                item.setData(curve.xs, curve.ys)
            self._drawn[place] = (item, curve)
            self._draw_pen(item, curve)

    def _draw_pen(self, item: pg.PlotCurveItem, curve: Curve) -> None:
        pen = self._pen(curve)
        if item.opts["pen"] != pen:
            item.setPen(pen)
        item.setOpacity(self._share(curve.class_index))

    def _pen(self, curve: Curve) -> QPen:
        pen = curve_pen(curve, self.chart, self._theme, self._task)
        # A cosmetic pen, which the axes' scales do not distort, is as many pixels of the screen wide.
        pen.setWidthF(pen.widthF() * self.devicePixelRatioF())
        pen.setCosmetic(True)
        return pen

    def _share(self, class_index: int | None) -> float:
        """The opacity of something that belongs to a class."""
        return 1.0 if class_index is None else self._lit.opacity(class_index, self._theme)

    def _draw_live(self) -> None:
        while len(self._live) > len(self.chart.live):
            self.scene().removeItem(self._live.pop())
        while len(self._live) < len(self.chart.live):
            self._live.append(self._new_point())
            self.scene().addItem(self._live[-1])
        for place, (item, live) in enumerate(zip(self._live, self.chart.live, strict=True)):
            colors = class_ink(self._theme, self._task, live.class_index)
            item.display(
                self.frame_in_px.point(live.x, live.y),
                self._radius(place),
                colors,
                self._theme,
                self._state(place),
            )
            item.setOpacity(self._share(live.class_index))

    def _has_point(self) -> bool:
        return bool(self.chart.live)

    def _new_point(self) -> LivePointItem:
        return LivePointItem()

    def _radius(self, place: int) -> float:
        """Of several points the one that the keyboard moves is the largest."""
        small = self._small or (len(self.chart.live) > 1 and place != self._current)
        return self._theme.point["small" if small else "live"]


def _look_alike(a: CurveChart, b: CurveChart) -> bool:
    """Whether two charts need no other picture: of many small plots, a drag changes one."""
    return (
        (a.live, a.value_text, a.name, a.class_index) == (b.live, b.value_text, b.name, b.class_index)
        and (a.x_axis, a.y_axis, a.pills, a.legend) == (b.x_axis, b.y_axis, b.pills, b.legend)
        and (a.marks, a.ghosts, a.footprints) == (b.marks, b.ghosts, b.footprints)
        and same_curves(a, b)
    )
