"""A view of pyqtgraph with one ViewBox and nothing else.

Its plot widget also builds menus, forms and four axes, which take longer than all the rest of a plot.
"""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QAccessible, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QWidget

from ceviz.drawing.frame import Frame
from ceviz.drawing.theme import Theme


class PlainPlot(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph ships no type information
    """A view that spans the whole widget, so that its data coordinates hold up to the edges."""

    accessible_role = QAccessible.Role.Chart

    class_hovered = Signal(int)
    """The class under the mouse, -1: none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._theme = theme
        self._ready = False
        self._ranged: tuple[Frame, QRectF] | None = None
        self._said = -1
        super().__init__(parent=parent, background=theme.color("panel"))
        self.view_box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self.view_box.disableAutoRange()
        self.view_box.setZValue(0)
        self.setCentralItem(self.view_box)
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A dozen items, most of which move: looking them up takes longer than looking at each.
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setBackground(theme.color("panel"))
        self._redraw()

    def close(self) -> bool:
        # pyqtgraph's own empties the scene under items that are still referred to, which crashes later on.
        return QWidget.close(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Qt and pyqtgraph resize the widget while it is being built.
        if self._ready:
            self._redraw()

    def _say_class(self, class_index: int) -> None:
        if class_index != self._said:
            self._said = class_index
            self.class_hovered.emit(class_index)

    def _add(self, item: QGraphicsItem) -> None:
        """Add an item in data coordinates."""
        self.view_box.addItem(item, ignoreBounds=True)

    def _size(self) -> QSizeF:
        return QSizeF(self.viewport().size())

    def _bounds(self) -> QRectF:
        return QRectF(QPointF(), self._size())

    def _set_range(self, frame: Frame, bounds: QRectF) -> None:
        """Have the data coordinates fit a frame in px."""
        if self._ranged == (frame, bounds):
            return
        self._ranged = (frame, bounds)
        xs = (frame.value_at(0), frame.value_at(bounds.width()))
        ys = (frame.loss_at(bounds.height()), frame.loss_at(0))
        self.view_box.setRange(xRange=xs, yRange=ys, padding=0, disableAutoRange=True)

    def _redraw(self) -> None:
        """Lay out and update all items."""
        raise NotImplementedError
