"""The simplex of three classes: a point that can be dragged anywhere in a triangle of losses."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from ceviz.core.document import Task, Vectors
from ceviz.core.edits import whole_steps
from ceviz.drawing.painting import class_ink
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.simplex_chart import SimplexChart, SimplexPoint, simplex_probabilities
from ceviz.gui.plots.live_point import LivePointItem
from ceviz.gui.plots.plain_plot import PlainPlot
from ceviz.gui.plots.simplex_view import (
    COMPACT,
    STANDARD,
    GroundItem,
    LevelItem,
    PointTextsItem,
    simplex_frame,
    to_px,
)

STEP, FINE_STEP = 0.01, 0.001
CORNER_SNAP = 6.0
_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_KEYS = {
    Qt.Key.Key_Up: (1.0, -0.5, -0.5),
    Qt.Key.Key_Down: (-1.0, 0.5, 0.5),
    Qt.Key.Key_Left: (0.0, 1.0, -1.0),
    Qt.Key.Key_Right: (0.0, -1.0, 1.0),
}
"""Towards and away from the top corner; between the two others."""


class SimplexPlot(PlainPlot):
    """Draws a `SimplexChart`. It changes nothing: it says which probabilities were meant."""

    drag_started = Signal()
    prediction_moved = Signal(object, bool)
    """Three probabilities that sum to 1, and whether in fine steps (Shift)."""
    target_moved = Signal(object, bool)
    """The same for a soft target, dragged with Alt."""
    drag_finished = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.chart: SimplexChart | None = None
        self._draggable = False
        self._moves_target = False
        self._dragging = False
        self._hovered = False
        self._ring = False
        self._grip = QPointF()
        self._parts = (GroundItem(theme), LevelItem(theme), PointTextsItem(theme))
        self._frame = simplex_frame(self._size(), STANDARD)
        for item in self._parts:
            self.scene().addItem(item)
        self._point = LivePointItem()
        self.scene().addItem(self._point)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ready = True

    def display(self, chart: SimplexChart, draggable: bool) -> None:
        """Show a chart; a prediction given as logits is not `draggable`."""
        self.chart, self._draggable = chart, draggable and chart.prediction is not None
        value = chart.prediction.accessible if chart.prediction else "no prediction"
        self.setAccessibleName(f"simplex, {value}")
        self.setAccessibleDescription(chart.target.accessible if chart.target else "")
        self._redraw()

    def highlight(self, class_index: int) -> None:
        """The corners belong to the classes, the rest to all of them: nothing fades."""

    def _redraw(self) -> None:
        bounds = self._bounds()
        if self.chart is None or bounds.isEmpty():
            return
        self._frame = simplex_frame(bounds.size(), COMPACT if self._theme.compact else STANDARD)
        self._set_range(self._frame)
        for item in self._parts:
            item.display(self.chart, self._frame, bounds, self._theme)
        self._draw_point(self.chart.prediction)

    def _draw_point(self, point: SimplexPoint | None) -> None:
        self._point.setVisible(point is not None)
        if point is not None:
            state = "drag" if self._dragging else "hover" if self._hovered else "focus" if self._ring else ""
            at, radius = to_px(self._frame, (point.x, point.y)), self._theme.point["live"]
            self._point.display(at, radius, self._colors(point), self._theme, state)

    def _colors(self, point: SimplexPoint) -> ClassColors:
        """Of the true class; between classes, as with a soft target, in ink."""
        if point.class_index is not None:
            return class_ink(self._theme, Task.MULTICLASS, point.class_index)
        ink, panel = self._theme.color("ink"), self._theme.color("panel")
        return ClassColors(ink, ink, ink, panel, panel, "circle")

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        point = self._held(alt)
        if event.button() != Qt.MouseButton.LeftButton or point is None:
            return
        at = to_px(self._frame, (point.x, point.y))
        if _length(event.position() - at) > self._theme.point["hit"] / 2:
            return
        self._moves_target, self._dragging, self._ring = alt, True, False
        self._grip = event.position() - at
        self.drag_started.emit()
        self._redraw()

    def _held(self, alt: bool) -> SimplexPoint | None:
        """What a drag would move: the prediction, or with Alt the soft target."""
        if self.chart is None:
            return None
        if alt and self.chart.target is not None:
            return self.chart.target
        return self.chart.prediction if self._draggable else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say(self._probabilities_at(event.position() - self._grip, fine), fine)
            return
        point = self._held(alt=False)
        hovered = point is not None and (
            _length(event.position() - to_px(self._frame, (point.x, point.y))) <= self._theme.point["hit"] / 2
        )
        if hovered != self._hovered:
            self._hovered = hovered
            self._redraw()
        shape = Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go(cancelled=False)

    def leaveEvent(self, event: QEvent) -> None:
        if self._hovered and not self._dragging:
            self._hovered = False
            self._redraw()

    def _probabilities_at(self, px: QPointF, fine: bool) -> Vectors:
        """The prediction at a place; a corner draws what comes close."""
        assert self.chart is not None
        for place, corner in enumerate(self.chart.corners):
            if _length(px - to_px(self._frame, (corner.x, corner.y))) <= CORNER_SNAP:
                return np.array([float(k == place) for k in range(3)])
        p = simplex_probabilities(self._frame.value_at(px.x()), self._frame.loss_at(px.y()))
        return _on_grid(p, 1000 if fine else 100)

    def _say(self, p: Vectors, fine: bool) -> None:
        (self.target_moved if self._moves_target else self.prediction_moved).emit(p, fine)

    def _let_go(self, cancelled: bool) -> None:
        if self._dragging:
            self._dragging = False
            self.drag_finished.emit(cancelled)
            self._redraw()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._let_go(cancelled=True)
        elif key in _KEYS and not self._dragging and self._draggable:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._step(np.array(_KEYS[key]) * (FINE_STEP if fine else STEP), fine)
        else:
            event.ignore()

    def _step(self, change: Vectors, fine: bool) -> None:
        assert self.chart is not None
        point = self.chart.prediction
        assert point is not None
        moved = simplex_probabilities(point.x, point.y) + change
        x, y = moved @ np.array([(corner.x, corner.y) for corner in self.chart.corners])
        self._ring, self._moves_target = True, False
        self.drag_started.emit()
        self._say(_on_grid(simplex_probabilities(x, y), 1000 if fine else 200), fine)
        self.drag_finished.emit(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = event.reason() in _KEYBOARD
        self._redraw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self._redraw()


def _on_grid(p: Vectors, steps: int) -> Vectors:
    """Probabilities in whole steps that still sum to 1."""
    return whole_steps(p, steps) / steps


def _length(offset: QPointF) -> float:
    return math.hypot(offset.x(), offset.y())
