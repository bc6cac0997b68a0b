"""Carrying a row to another place with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QTableView

from ceviz.drawing.theme import Theme


class RowDrag(QObject):
    """Watches presses in one column of `view`; `moved` tells which row was put where."""

    moved = Signal(int, int)

    def __init__(self, view: QTableView, column: int, lines: int = 1) -> None:
        """`lines` rows of the view are carried together, and are counted as one row by `moved`."""
        super().__init__(view)
        self._view = view
        self._column = column
        self._lines = lines
        self._source = -1
        self._press = QPointF()
        self.gap = -1
        """The row in front of which the carried row would be put; -1 while none is carried."""
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self.gap >= 0 and event.key() == Qt.Key.Key_Escape:
            event.accept()
            self._end()
            return True
        if not isinstance(event, QMouseEvent) or watched is not self._view.viewport():
            return False
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._take(event.position())
        elif event.type() == QEvent.Type.MouseMove and self._source >= 0:
            return self._carry(event.position())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._source >= 0:
            return self._drop()
        return False

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """The line between the rows where the carried one would go."""
        if self.gap < 0:
            return
        last = self._view.model().rowCount() - 1
        y = self._view.rowViewportPosition(min(self.gap, last))
        if self.gap > last:
            y += self._view.rowHeight(last)
        painter.setPen(QPen(theme.color("ink"), 2))
        painter.drawLine(QPointF(0, max(1, y)), QPointF(self._view.viewport().width(), max(1, y)))

    def _take(self, pos: QPointF) -> None:
        index = self._view.indexAt(pos.toPoint())
        self._source = index.row() if index.column() == self._column else -1
        self._press = pos

    def _carry(self, pos: QPointF) -> bool:
        if self.gap < 0 and abs(pos.y() - self._press.y()) < QApplication.startDragDistance():
            return False
        height = self._view.rowHeight(self._source) * self._lines
        first = self._view.rowViewportPosition(0)
        gap = round((pos.y() - first) / max(1, height)) * self._lines
        self.gap = max(0, min(self._view.model().rowCount(), gap))
        self._view.viewport().update()
        return True

    def _drop(self) -> bool:
        source, gap = self._source // self._lines, self.gap // self._lines
        self._end()
        if gap < 0:
            return False
        destination = gap - (gap > source)
        if destination != source:
            self.moved.emit(source, destination)
        return True

    def _end(self) -> None:
        self._source, self.gap = -1, -1
        self._view.viewport().update()
