"""What each framework and call makes of the loss: a list to read, and to choose how the loss is computed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ceviz.drawing.frameworks import FrameworksPainter
from ceviz.drawing.painting import paint_focus_ring
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import BATCH_KEY, SAMPLE_KEY, FrameworksChart
from ceviz.gui.controls import KeyboardFocus, SegmentedControl

_SCOPES = ((SAMPLE_KEY, "Sample"), (BATCH_KEY, "Batch"))
_RING = 5.0
_STRIP = 36
_NOTHING = FrameworksChart(False, ("",), (), "")
_Index = QModelIndex | QPersistentModelIndex


class _RowsModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.chart = _NOTHING

    def show(self, chart: FrameworksChart) -> None:
        """Rows of the same calls stay where they are, and so does what is current."""
        same = [row.title for row in chart.rows] == [row.title for row in self.chart.rows]
        if same:
            self.chart = chart
            if chart.rows:
                self.dataChanged.emit(self.index(0), self.index(len(chart.rows) - 1))
            return
        self.beginResetModel()
        self.chart = chart
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.chart.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.chart.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, view: _Rows) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        painter = self._view.painter
        return QSize(round(painter.width), round(painter.rows[index.row()].height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        parts, rect, theme = self._view.painter, QRectF(option.rect), self._view.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        parts.paint_row(painter, index.row(), rect)
        if self._view.focus_shown and index.row() == self._view.currentIndex().row():
            ring = rect.adjusted(_RING, _RING, -_RING, -_RING)
            paint_focus_ring(painter, ring, theme.radius["track"], theme)


class _Rows(QListView):
    """The rows; Enter takes the current one, Ctrl C copies its code."""

    taken = Signal(int)
    copy_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._focus = KeyboardFocus(self)
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
        self._lay_out()

    @property
    def focus_shown(self) -> bool:
        return self._focus.shown and self.hasFocus()

    def display(self, chart: FrameworksChart) -> None:
        before = self._heights()
        self._model.show(chart)
        self._lay_out()
        if self._heights() != before:
            self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def lay_out(self, theme: Theme) -> None:
        """Again, in another theme."""
        self.theme = theme
        self._lay_out()
        self.scheduleDelayedItemsLayout()

    def _lay_out(self) -> None:
        self.painter = FrameworksPainter(self._model.chart, self.viewport().width(), self.theme)

    def _heights(self) -> list[float]:
        return [row.height for row in self.painter.rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit(row)
        elif row >= 0 and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit(row)
        else:
            super().keyPressEvent(event)


class _Heads(QWidget):
    """What stands over the numbers, beside the choice of sample or batch."""

    def __init__(self, rows: _Rows) -> None:
        super().__init__()
        self._rows = rows
        self.setFixedHeight(_STRIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._rows.painter.paint_heads(QPainter(self), _STRIP)


class FrameworksView(QWidget):
    """Sample or batch, and a row for every call."""

    scope_chosen = Signal(str)
    """The key of the lens that shows it."""
    call_chosen = Signal(object, object)
    """A convention, and the name of its call, None for the definition."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._chart = _NOTHING
        self.scope = SegmentedControl(_SCOPES, theme)
        self.rows = _Rows(theme)
        self._heads = _Heads(self.rows)
        head = QHBoxLayout(self._heads)
        head.setContentsMargins(theme.metrics["padX"] - 1, 0, 0, 0)
        head.addWidget(self.scope)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heads)
        layout.addWidget(self.rows, 1)
        self.scope.chosen.connect(self.scope_chosen)
        self.rows.taken.connect(self._take)

    def display(self, chart: FrameworksChart) -> None:
        """Show the rows."""
        self._chart = chart
        self.scope.display(BATCH_KEY if chart.batch else SAMPLE_KEY)
        self.rows.display(chart)
        self.rows.setAccessibleName(f"How frameworks compute the {'batch' if chart.batch else 'sample'}")
        self.rows.setAccessibleDescription("; ".join(row.spoken for row in chart.rows if row.chosen))
        self._heads.update()

    def set_theme(self, theme: Theme) -> None:
        self.scope.set_theme(theme)
        self.rows.lay_out(theme)
        self._heads.update()

    def highlight(self, class_index: int) -> None:
        """No row is of one class."""

    def _take(self, row: int) -> None:
        taken = self._chart.rows[row]
        self.call_chosen.emit(taken.convention, taken.call)
