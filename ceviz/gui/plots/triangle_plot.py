"""A triangle of three classes whose points can be moved: by mouse anywhere in it, by keys in steps."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ceviz.core.document import Vectors
from ceviz.core.edits import whole_steps
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.simplex import SimplexPainter
from ceviz.drawing.simplex_layout import COMPACT, STANDARD, simplex_frame, to_px
from ceviz.drawing.theme import Theme
from ceviz.explain.simplex_chart import SimplexChart, SimplexPoint, simplex_probabilities
from ceviz.gui.plots.held_plot import HeldPlot
from ceviz.gui.plots.simplex_view import SimplexItem

STEP, FINE_STEP = 0.01, 0.001
CORNER_SNAP = 6.0
_TARGET = -1
"""Stands for the target among the numbers of the points."""
_KEYS = {
    Qt.Key.Key_Up: (1.0, -0.5, -0.5),
    Qt.Key.Key_Down: (-1.0, 0.5, 0.5),
    Qt.Key.Key_Left: (0.0, 1.0, -1.0),
    Qt.Key.Key_Right: (0.0, -1.0, 1.0),
}
"""Towards and away from the top corner; between the two others."""


class TrianglePlot(HeldPlot):
    """Shows a chart and moves its points. It changes nothing: it says which shares were meant."""

    target_shares_dragged = Signal(object, object, bool)
    """Of a soft target, dragged with Alt: the three classes, their shares, whether in fine steps (Shift)."""

    def __init__(self, theme: Theme, parts: Sequence[SimplexItem]) -> None:
        """`parts`: what is drawn of the chart besides the points."""
        super().__init__(theme)
        self.chart: SimplexChart | None = None
        self._points: tuple[SimplexPoint | None, ...] = ()
        self._grip = QPointF()
        self._lit = ALIKE
        self._parts = parts
        self._frame = simplex_frame(self._size(), STANDARD)
        for item in self._parts:
            self.scene().addItem(item)

    def _show(self, chart: SimplexChart, points: tuple[SimplexPoint | None, ...]) -> None:
        self.chart, self._points = chart, points
        if self._points[self._current] is None:
            self._current = next((k for k, point in enumerate(points) if point is not None), 0)
        self._redraw()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes' corners fade; all else belongs to all three."""
        if lit != self._lit:
            self._lit = lit
            self._redraw()

    def _redraw(self) -> None:
        bounds = self._bounds()
        if self.chart is None or bounds.isEmpty():
            return
        self._frame = simplex_frame(bounds.size(), COMPACT if self._theme.compact else STANDARD)
        self._set_range(self._frame, bounds)
        shown = SimplexPainter(self.chart, self._frame, self._theme, bounds.width(), self._lit)
        for item in self._parts:
            item.display(shown, bounds)
        self._draw_points()
        self._follow_points()

    def _draw_points(self) -> None:
        raise NotImplementedError

    def _say(self, point: int, classes: tuple[int, ...], shares: Vectors, fine: bool) -> None:
        """Tell which shares a point was moved to."""
        raise NotImplementedError

    def _has_point(self) -> bool:
        return any(self._points)

    def _px(self, point: SimplexPoint) -> QPointF:
        return to_px(self._frame, (point.x, point.y))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._dragged is not None:
            return
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        place = self._point_at(event.position(), alt)
        point = self._point(place)
        if place is None or point is None:
            return
        self._dragged, self._ring = place, False
        self._current = max(place, self._current) if place == _TARGET else place
        self._grip = event.position() - self._px(point)
        self.drag_started.emit()
        self._redraw()

    def _point(self, place: int | None) -> SimplexPoint | None:
        if self.chart is None or place is None:
            return None
        return self.chart.target if place == _TARGET else self._points[place]

    def _point_at(self, at: QPointF, alt: bool) -> int | None:
        """What can be taken hold of at `at`: with Alt a soft target, else the nearest, or current, point."""
        target = alt and self.chart is not None and self.chart.target is not None
        places = [_TARGET] if target else range(len(self._points))
        found = [(place, self._point(place)) for place in places]
        near = [
            (_length(at - self._px(point)), place != self._current, place)
            for place, point in found
            if point is not None
        ]
        distance, _, nearest = min(near, default=(math.inf, False, 0))
        return nearest if distance <= self._theme.point["hit"] / 2 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None and self._held_key is None:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_to(self._shares_at(event.position() - self._grip, fine), fine)
            return
        self._set_hovered(self._point_at(event.position(), alt=False))
        self._say_class(self._class_at(event.position()))
        pointed = self._hovered is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if pointed else Qt.CursorShape.ArrowCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        if self._dragged is None:
            self._set_hovered(None)
            self._say_class(-1)

    def _class_at(self, at: QPointF) -> int:
        """The class whose corner is at a place, or -1."""
        if self.chart is None:
            return -1
        return SimplexPainter(self.chart, self._frame, self._theme, self._size().width()).class_at(at)

    def _shares_at(self, px: QPointF, fine: bool) -> Vectors:
        """The shares at a place; a corner draws what comes close."""
        assert self.chart is not None
        for place, corner in enumerate(self.chart.corners):
            if _length(px - to_px(self._frame, (corner.x, corner.y))) <= CORNER_SNAP:
                return np.array([float(k == place) for k in range(3)])
        p = simplex_probabilities(self._frame.value_at(px.x()), self._frame.loss_at(px.y()))
        return _on_grid(p, 1000 if fine else 100)

    def _move_to(self, shares: Vectors, fine: bool) -> None:
        if self.chart is None or self._dragged is None:
            return
        classes = tuple(corner.class_index for corner in self.chart.corners)
        if self._dragged == _TARGET:
            self.target_shares_dragged.emit(classes, shares, fine)
        else:
            self._say(self._dragged, classes, shares, fine)

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragged is not None:
            self._let_go(cancelled=True)
        elif key in _KEYS and self._point(self._current) is not None:
            if not self._is_left_over(event):
                self._step(key, event.modifiers())
        else:
            event.ignore()

    def _step(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """One step, with Alt of a soft target; from the press of a key to its release it is one drag."""
        begins = self._held_key is None
        if not self._hold_key(key):
            return
        if begins and modifiers & Qt.KeyboardModifier.AltModifier and self._point(_TARGET) is not None:
            self._dragged = _TARGET
        point, fine = self._point(self._dragged), bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if self.chart is None or point is None:
            return
        moved = simplex_probabilities(point.x, point.y) + np.array(_KEYS[key]) * (FINE_STEP if fine else STEP)
        x, y = moved @ np.array([(corner.x, corner.y) for corner in self.chart.corners])
        self._move_to(_on_grid(simplex_probabilities(x, y), 2000 if fine else 200), fine)


def _on_grid(p: Vectors, steps: int) -> Vectors:
    """Probabilities in whole steps that still sum to 1."""
    return whole_steps(p, steps) / steps


def _length(offset: QPointF) -> float:
    return math.hypot(offset.x(), offset.y())
