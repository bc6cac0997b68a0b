"""Behind the curves: ceiling strip, grid, ticks and axis texts; on them drop lines and pills."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.axes import Backdrop, covered_ticks, paint_backdrop, paint_drops
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.px_item import PxItem


class AxesItem(PxItem):
    """Paints what stands still of a `Backdrop`, in px of the widget, and keeps it as a picture.

    pyqtgraph's own grid takes three times as long.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=-10, kept=True)
        self._theme = theme
        self._covered: tuple[bool, ...] = ()
        self.backdrop: Backdrop | None = None

    def display(self, backdrop: Backdrop, bounds: QRectF, theme: Theme) -> None:
        covered = covered_ticks(backdrop, theme)
        known = self.backdrop
        same = (
            known is not None
            and (theme, covered) == (self._theme, self._covered)
            and replace(backdrop, drops=(), pills=()) == replace(known, drops=(), pills=())
        )
        self._span(bounds)
        self.backdrop, self._theme, self._covered = backdrop, theme, covered
        if not same:
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        backdrop = self.backdrop
        if backdrop is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_backdrop(painter, backdrop, self._theme)


class DropsItem(PxItem):
    """Paints the drop lines and pills of a `Backdrop`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=-9)
        self._theme = theme
        self._backdrop: Backdrop | None = None

    def display(self, backdrop: Backdrop, bounds: QRectF, theme: Theme) -> None:
        self._span(bounds)
        self._backdrop, self._theme = backdrop, theme
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._backdrop is not None:
            paint_drops(painter, self._backdrop, self._theme)
