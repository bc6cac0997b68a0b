"""A list of rows that are painted, chosen by mouse or keys, and read out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ceviz.drawing.painting import paint_focus_ring
from ceviz.drawing.rows import Row, RowsPainter
from ceviz.drawing.theme import Theme
from ceviz.gui.controls import KeyboardFocus

_RING = 5.0
_STRIP = 36
_Index = QModelIndex | QPersistentModelIndex


class _NoRows(RowsPainter):
    heights = ()

    def __init__(self, width: float, theme: Theme) -> None:
        super().__init__((), (), width, theme)


class _RowsModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Rows of the same titles stay where they are, and so does what is current."""
        if rows and [row.title for row in rows] == [row.title for row in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        parts = self._view.painter
        return QSize(round(parts.width), round(parts.heights[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        parts, rect, theme = self._view.painter, QRectF(option.rect), self._view.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        parts.paint_row(painter, index.row(), rect)
        if self._view.focus_shown and index.row() == self._view.currentIndex().row():
            ring = rect.adjusted(_RING, _RING, -_RING, -_RING)
            paint_focus_ring(painter, ring, theme.radius["track"], theme)


class RowList(QListView):
    """Rows that a painter lays out; a click or Enter takes one, Ctrl C asks to copy the current one."""

    taken = Signal(int)
    copy_asked = Signal(int)
    laid_out = Signal()
    """There is another painter."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._make: Callable[[float, Theme], RowsPainter] = _NoRows
        self.painter: RowsPainter = _NoRows(0.0, theme)
        self._focus = KeyboardFocus(self)
        self._in_sight = -1
        self._model = _RowsModel()
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(lambda index: self.taken.emit(index.row()))

    @property
    def focus_shown(self) -> bool:
        """Whether the keyboard is here, and came by a key."""
        return self._focus.shown and self.hasFocus()

    def display(self, make: Callable[[float, Theme], RowsPainter]) -> None:
        """Show the rows of the painter that is made for a width and a theme."""
        before = self.painter.heights
        self._make = make
        self._lay_out()
        self._model.show(self.painter.rows)
        if self.painter.heights != before:
            self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keep_in_sight(self, row: int) -> None:
        """Scroll to a row, and again where the size of the list changes."""
        self._in_sight = row
        self.scrollTo(self._model.index(row, 0))

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._lay_out()
        self.scheduleDelayedItemsLayout()

    def _lay_out(self) -> None:
        self.painter = self._make(self.viewport().width(), self.theme)
        self.laid_out.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.keep_in_sight(self._in_sight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit(row)
        elif row >= 0 and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit(row)
        else:
            super().keyPressEvent(event)


class RowHeads(QWidget):
    """What stands over the numbers; there is room for more at the left."""

    def __init__(self, rows: RowList) -> None:
        super().__init__()
        self._rows = rows
        self.setFixedHeight(_STRIP)
        rows.laid_out.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._rows.painter.paint_heads(QPainter(self), _STRIP)
