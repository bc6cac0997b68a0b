"""Behind the curves: ceiling strip, grid, ticks, axis texts and drop lines; in front of them the pills."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.axes import (
    Backdrop,
    Drop,
    Pill,
    covered,
    drop_area,
    paint_backdrop,
    paint_drop,
    paint_pill,
    pill_area,
    still_parts,
    tick_areas,
)
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.parts_item import PartsItem
from ceviz.gui.plots.px_item import PxItem, united


class AxesItem(PxItem):
    """Paints what stands still of a `Backdrop`, in px of the widget, and keeps it as a picture.

    pyqtgraph's own grid takes three times as long.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(z=-10, kept=True)
        self._theme = theme
        self._ticks: list[QRectF] = []
        self._covered: list[bool] = []
        self.backdrop: Backdrop | None = None

    def display(self, backdrop: Backdrop, bounds: QRectF, theme: Theme) -> None:
        self.setRect(bounds)
        known, self.backdrop = self.backdrop, backdrop
        if known is None or theme != self._theme or still_parts(backdrop) != still_parts(known):
            self._theme, self._ticks = theme, tick_areas(backdrop, theme)
            self._covered = covered(self._ticks, backdrop)
            self.update()
        else:
            self._cover(covered(self._ticks, backdrop))

    def _cover(self, now: list[bool]) -> None:
        """Paint the ticks anew that a pill covers now, or no longer."""
        if now != self._covered:
            before, self._covered = self._covered, now
            compared = zip(self._ticks, before, now, strict=True)
            changed = united(tick for tick, was, is_ in compared if was != is_)
            self.update(changed.adjusted(-2, -2, 2, 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        backdrop = self.backdrop
        if backdrop is None:
            return
        paint_backdrop(painter, backdrop, self._theme)


class DropsItem(PartsItem[Drop]):
    """Paints the drop lines of a `Backdrop`."""

    def __init__(self) -> None:
        super().__init__(-9, paint_drop, drop_area)


class PillsItem(PartsItem[Pill]):
    """Paints the pills of a `Backdrop` above the marks, which would hide their numbers."""

    def __init__(self) -> None:
        super().__init__(7, paint_pill, pill_area)
