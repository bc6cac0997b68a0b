"""What the lenses share that are painted at once: a class under the mouse is told, other classes fade."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme


class LensPainter(Protocol):
    """Paints a picture and knows what of it belongs to which class."""

    def paint(self, painter: QPainter) -> None: ...

    def class_at(self, place: QPointF) -> int:
        """The class of what is at a place in px, or -1."""
        ...


class PaintedLens(QWidget):
    """Shows what its painter paints."""

    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lit = ALIKE
        self._said = -1
        self.setMouseTracking(True)

    def _painter(self) -> LensPainter | None:
        """None as long as nothing is shown."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes fade."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._painter()
        if shown is not None:
            shown.paint(painter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shown = self._painter()
        self._say_class(shown.class_at(event.position()) if shown else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._say_class(-1)

    def _say_class(self, class_index: int) -> None:
        if class_index != self._said:
            self._said = class_index
            self.class_hovered.emit(class_index)
