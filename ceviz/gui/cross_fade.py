"""What was there fades away over what is there now."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ceviz.gui.motion import Passage


class CrossFade(QWidget):
    """A picture of a part of its parent, taken before the parent changes. Raise it once that has changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.passage = Passage(self)
        self.passage.valueChanged.connect(self.update)
        self.passage.arrived.connect(self.hide)
        self._picture = QPixmap()

    def cover(self, part: QRect, duration: int) -> None:
        """Keep what is seen in a part of the parent, and let it go within `duration` ms."""
        parent = self.parentWidget()
        if duration and parent is not None and parent.isVisible():
            self.passage.arrive()
            self._picture = parent.grab(part)
            self.setGeometry(part)
            self.show()
            self.passage.set_out(duration)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(1.0 - self.passage.currentValue())
        painter.drawPixmap(0, 0, self._picture)
