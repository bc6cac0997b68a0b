"""The title of a panel that may be too narrow for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ceviz.gui.plain_text import tip


class PanelTitle(QLabel):
    """Elided where the panel is narrow, and then told whole by its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note = ""
        """What the tooltip says besides."""

    def paintEvent(self, event: QPaintEvent) -> None:
        line = " ".join(self.text().splitlines())
        text = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            self.setToolTip(tip("\n".join(filter(None, ("" if whole else self.text(), self.note)))))
        return super().event(event)
