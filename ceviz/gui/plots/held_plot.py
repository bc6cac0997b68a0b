"""What plots share whose points can be moved: one is held by the mouse or by a key, from press to release."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from ceviz.drawing.painting import paint_focus_ring
from ceviz.drawing.theme import Theme
from ceviz.gui.controls import is_by_key
from ceviz.gui.plots.plain_plot import PlainPlot

_INSET = 5.0


class HeldPlot(PlainPlot):
    """Knows which of its points is held, hovered, and moved by keys. Points count from 0."""

    drag_started = Signal()
    drag_finished = Signal(bool)
    """Whether it was cancelled."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._current = 0
        """The point that the keys move."""
        self._dragged: int | None = None
        self._hovered: int | None = None
        self._held_key: int | None = None
        self._ring = self._had_ring = False
        """Whether the current point shows the keyboard's focus, and did when the focus left."""
        self._ringed_all = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _has_point(self) -> bool:
        """Whether there is a point at all: where there is none, the whole plot shows the focus."""
        raise NotImplementedError

    def _follow_points(self) -> None:
        """The last point may have gone from under the ring, or one may have come."""
        if self._rings_all() != self._ringed_all:
            self._ringed_all = self._rings_all()
            self.viewport().update()

    def _rings_all(self) -> bool:
        return self._ring and not self._has_point()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if self._rings_all():
            painter.resetTransform()
            inner = QRectF(self.viewport().rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
            paint_focus_ring(painter, inner, self._theme.radius["control"], self._theme)

    def _state(self, place: int) -> str:
        """How a point is drawn."""
        if place == self._dragged:
            return "drag"
        if place == self._hovered:
            return "hover"
        return "focus" if self._ring and place == self._current else ""

    def _set_hovered(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            self._redraw()

    def _is_left_over(self, event: QKeyEvent) -> bool:
        """Whether a key only goes on repeating itself after its drag was cancelled."""
        return event.isAutoRepeat() and self._held_key is None

    def _hold_key(self, key: int) -> bool:
        """The current point is held by a key; False where the mouse already holds one."""
        if self._dragged is not None and self._held_key is None:
            return False
        if self._held_key is None:
            self._held_key, self._dragged = key, self._current
            self.drag_started.emit()
        self._ring = True
        return True

    def _let_go(self, cancelled: bool) -> None:
        if self._dragged is None:
            return
        self._dragged = self._held_key = None
        self.drag_finished.emit(cancelled)
        self._redraw()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._held_key is None:
            self._let_go(cancelled=False)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == self._held_key and not event.isAutoRepeat():
            self._let_go(cancelled=False)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = is_by_key(event.reason(), self._had_ring)
        self._redraw()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._had_ring, self._ring = self._ring, False
        if self._held_key is not None:
            self._let_go(cancelled=False)
        self._redraw()
        self.viewport().update()
