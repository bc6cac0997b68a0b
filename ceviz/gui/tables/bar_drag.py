"""Dragging bars and marks within a table: an event filter that tells the common drag signals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from ceviz.gui.mouse_travel import MouseTravel

Grip = Literal["probability", "target", "logit"]


@dataclass(frozen=True, slots=True)
class Held:
    """What a press took hold of: a number of one class on a track from `left` (`low`) to `right` (`high`).

    `at` is where the handle is; pressing beside it (`jump`) moves it there at once.
    """

    grip: Grip
    class_index: int
    left: float
    right: float
    low: float
    high: float
    at: float
    jump: bool
    line: int = 0
    """Of the class's lines, which one."""

    def value(self, x: float, fine: bool) -> float:
        """The number at `x`, clamped to the track and snapped to its grid."""
        share = (x - self.left) / (self.right - self.left)
        value = self.low + min(1.0, max(0.0, share)) * (self.high - self.low)
        steps = 1000 if fine else 10 if self.grip == "logit" else 100
        return round(value * steps) / steps


class BarDrag(QObject):
    """Watches the viewport of `view`; `take` says what lies under the mouse."""

    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    target_dragged = Signal(int, float, bool, bool)
    logit_dragged = Signal(int, float, bool)
    drag_finished = Signal(bool)

    def __init__(self, view: QAbstractItemView, take: Callable[[QPointF], Held | None]) -> None:
        super().__init__(view)
        self._view = view
        self._take = take
        self._travel = MouseTravel(0.0)
        self._start = 0.0
        self.held: Held | None = None
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._mouse(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if self.held is None or event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._finish(cancelled=True)
        return True

    def _mouse(self, event: QMouseEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            return self._press(event)
        if event.type() == QEvent.Type.MouseMove and self.held is not None:
            self._drag(event)
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and self.held is not None:
            self._finish(cancelled=False)
            return True
        return False

    def _press(self, event: QMouseEvent) -> bool:
        held = self._take(event.position())
        if held is None:
            return False
        self.held = held
        x = event.position().x()
        self._start, self._travel = x if held.jump else held.at, MouseTravel(x)
        self.drag_started.emit()
        if held.jump:
            self._drag(event)
        return True

    def _drag(self, event: QMouseEvent) -> None:
        held = self.held
        assert held is not None
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alone = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        value = held.value(self._start + self._travel.to(event.position().x(), fine), fine)
        if held.grip == "logit":
            self.logit_dragged.emit(held.class_index, value, fine)
        elif held.grip == "target":
            self.target_dragged.emit(held.class_index, value, alone, fine)
        else:
            self.probability_dragged.emit(held.class_index, value, alone, fine)

    def _finish(self, cancelled: bool) -> None:
        self.held = None
        self.drag_finished.emit(cancelled)
