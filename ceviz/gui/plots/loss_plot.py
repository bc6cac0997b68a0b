"""The live plot: its points follow the mouse and the keyboard."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.drawing.sketch import curve_in_px
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart
from ceviz.gui.plots.loss_picture import LossPicture

STEP = 0.01
FINE_STEP = 0.001
_NEAR_CURVE = 8.0
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_OTHERS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LossPlot(LossPicture):
    """A `CurveChart` whose live points can be dragged along x. It changes nothing: it says what was meant."""

    probability_dragged = Signal(int, float, bool, bool)
    """Class, p, whether it alone changes (Alt), whether in fine steps (Shift)."""
    sample_chosen = Signal(int)
    sample_stepped = Signal(int)
    pill_opened = Signal(str, QRectF)
    """The number in the pill of an axis, "x" or "y", is to be typed over; with the pill's place."""

    def __init__(self, theme: Theme, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, small, parent)
        self._grip = 0.0
        self._held: tuple[int, ...] = ()
        """What is being moved; its point may go meanwhile: moved alone, it makes no distribution."""
        self._reached = 0.0
        """The p that a held key has brought it to."""

    def display(self, chart: CurveChart, task: Task, classes: tuple[str, ...], unit: str) -> None:
        """Show a chart; its points are named after `classes`, their losses are in `unit`."""
        self.show_chart(chart, task)
        self.setAccessibleName(self.point_description(self._current, classes, unit))
        words = (chart.title or chart.name, chart.y_axis.mark_text)
        self.setAccessibleDescription("; ".join(filter(None, words)))

    def point_description(self, place: int, classes: tuple[str, ...], unit: str) -> str:
        """A live point in words, for assistive technology."""
        if not self.chart.live:
            return "no prediction"
        live = self.chart.live[place]
        name = as_word(classes[self.class_of(place)])
        return f"prediction {name} {live.x_text}, loss {live.y_text} {unit}"

    def class_of(self, place: int) -> int:
        # Binary has one number: on either curve, p is that of the positive class.
        return 0 if self._task is Task.BINARY else self.chart.live[place].class_index

    def _meaning(self, place: int) -> tuple[int, ...]:
        """What a live point stands for, as `probability_dragged` tells it first."""
        return (self.class_of(place),)

    def _state(self, place: int) -> str:
        # Where the held point is gone, another one has its place.
        is_other = place == self._dragged and self._meaning(place) != self._held
        return "" if is_other else super()._state(place)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._layout is None:
            return
        self._ring = False
        place = self._live_at(event.position())
        if place is not None:
            self._take(place, event.position())
            return
        sample = self._sample_at(event.position())
        if sample is not None:
            self.sample_chosen.emit(sample)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._layout is None:
            return
        if self._dragged is not None and self._held_key is None:
            self._drag_to(event.position().x() - self._grip, event.modifiers())
        else:
            self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        for pill in self._layout.backdrop.pills if self._layout else ():
            if pill.rect.contains(event.position()):
                self.pill_opened.emit(pill.axis, pill.rect)
                return
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._dragged is None:
            self._set_hovered(None)
            self._say_class(-1)

    def _take(self, place: int, at: QPointF) -> None:
        self._dragged = self._current = place
        self._held = self._meaning(place)
        self._grip = at.x() - self._center(place).x()
        self.drag_started.emit()
        self._redraw()

    def _drag_to(self, px: float, keys: Qt.KeyboardModifier) -> None:
        fine = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        alone = bool(keys & Qt.KeyboardModifier.AltModifier)
        self._move_to(self.frame_in_px.value_at(px), alone, fine)

    def _move_to(self, value: float, alone: bool, fine: bool) -> None:
        self.probability_dragged.emit(*self._held, snapped(value, fine), alone, fine)

    def _center(self, place: int) -> QPointF:
        live = self.chart.live[place]
        return self.frame_in_px.point(live.x, live.y)

    def _live_at(self, at: QPointF) -> int | None:
        """The nearest live point that can be taken hold of at `at`; in one place the current one."""
        reach = self._theme.point["hit"] / 2
        near = [
            (_distance(at, self._center(place)), place != self._current, place)
            for place in range(len(self.chart.live))
        ]
        distance, _, place = min(near, default=(math.inf, False, 0))
        return place if distance <= reach else None

    def _sample_at(self, at: QPointF) -> int | None:
        reach, frame = self._theme.point["hit"] / 2, self.frame_in_px
        near = [(_distance(at, frame.point(mark.x, mark.y)), mark.sample) for mark in self.chart.marks]
        distance, sample = min(near, default=(math.inf, 0))
        return sample if distance <= reach else None

    def _hover(self, at: QPointF) -> None:
        place = self._live_at(at)
        self._set_hovered(place)
        sample = self._sample_at(at)
        self._say_class(self._class_at(at, place, sample))
        pointed = place is not None or sample is not None
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if pointed else Qt.CursorShape.ArrowCursor
        )

    def _class_at(self, at: QPointF, place: int | None, sample: int | None) -> int:
        """The class of the live point, mark or curve under the mouse, or of a small plot; -1 for none."""
        if place is not None:
            return self.chart.live[place].class_index
        if sample is not None:
            return next(mark.class_index for mark in self.chart.marks if mark.sample == sample)
        best, found = _NEAR_CURVE, -1 if self.chart.class_index is None else self.chart.class_index
        for curve in self.chart.curves:
            if curve.class_index is not None:
                path = curve_in_px(curve, self.frame_in_px)
                distance = float(np.hypot(path[:, 0] - at.x(), path[:, 1] - at.y()).min())
                if distance < best:
                    best, found = distance, curve.class_index
        return found

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragged is not None:
            self._let_go(cancelled=True)
        elif key in _ARROWS and (self.chart.live or self._held_key is not None):
            if not self._is_left_over(event):
                self._step(key, _ARROWS[key], event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._open_pill("y" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "x")
        elif key in _PAGES:
            self.sample_stepped.emit(_PAGES[key])
        elif key in _OTHERS and len(self.chart.live) > 1:
            self._set_current((self._current + _OTHERS[key]) % len(self.chart.live))
        else:
            event.ignore()

    def _open_pill(self, axis: str) -> None:
        for pill in self._layout.backdrop.pills if self._layout else ():
            if pill.axis == axis:
                self.pill_opened.emit(axis, pill.rect)

    def _step(self, key: Qt.Key, direction: int, event: QKeyEvent) -> None:
        """One step along x; from the press of a key to its release it is one drag."""
        if self._held_key is None and self._dragged is None:
            self._held, self._reached = self._meaning(self._current), self.chart.live[self._current].x
        if not self._hold_key(key):
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alone = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._reached = snapped(self._reached + direction * (FINE_STEP if fine else STEP), fine)
        self._move_to(self._reached, alone, fine)

    def _set_current(self, place: int) -> None:
        self._current, self._ring = place, True
        self._redraw()


def snapped(value: float, fine: bool) -> float:
    """A probability on the grid of a drag: hundredths, or thousandths; clamped to 0..1."""
    return min(1.0, max(0.0, round(value, 3 if fine else 2)))


def _distance(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
