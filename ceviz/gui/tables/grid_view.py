"""What both tables do with keys, the clipboard and the mouse; the model says what it means."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QLineEdit, QTableView, QWidget

from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.files.vector_text import format_block, parse_block
from ceviz.gui.controls import MODIFIERS
from ceviz.gui.tables.cell_editing import EditingDelegate, ReasonLabel
from ceviz.gui.tables.copying import COPY_WITH_HEADERS, copy_with_headers
from ceviz.gui.tables.grid_model import Block, Change, GridModel, Index
from ceviz.gui.tables.grid_painting import Place, paint_cells, places_in
from ceviz.gui.tables.grid_stops import next_stop

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_NUMBER_STARTS = frozenset("0123456789.,-+\N{MINUS SIGN}\N{INFINITY}")
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_KEYS = QKeySequence.StandardKey
_OWN_SEQUENCES = (_KEYS.Copy, _KEYS.Cut, _KEYS.Paste)
_OWN_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space)
"""By the key: the standard's other sequence for Delete, Ctrl D, is the window's."""


class GridView(QTableView):
    """A table without frame and grid whose cells are typed into like those of a spreadsheet."""

    class_hovered = Signal(int)

    def __init__(self, model: GridModel, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.lit = ALIKE
        self.keyboard = False
        """Whether the focus was last moved by a key."""
        self._model = model
        self._hovered_class = -1
        self._several = False
        """Whether several cells are selected."""
        self.painted = QRegion()
        """What of the viewport is being painted."""
        self._editor: QLineEdit | None = None
        self._edited = QPersistentModelIndex()
        self.reason = ReasonLabel(self, theme)
        self.setModel(model)
        # Tab moves the ring without a key press, and it reaches into the next cell.
        self.selectionModel().currentChanged.connect(self.viewport().update)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        palette = self.palette()
        # The delegates paint the ground; the style would paint the current cell over it.
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def grid_model(self) -> GridModel:
        return self._model

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.reason.set_theme(theme)
        self.viewport().update()

    def highlight(self, lit: Lit) -> None:
        """Let one class stand out."""
        if lit != self.lit:
            self.lit = lit
            self.viewport().update()

    def hover_class(self, class_index: int) -> None:
        """The mouse is over a class, or over none (-1)."""
        if class_index != self._hovered_class:
            self._hovered_class = class_index
            self.class_hovered.emit(class_index)

    def opacity(self, class_index: int) -> float:
        """How strongly a class is drawn while another one may be highlighted."""
        return self.lit.opacity(class_index, self.theme)

    def has_ring(self, index: Index) -> bool:
        """Whether a cell shows that it has the focus; after a click only where keys are typed into it."""
        told = self.keyboard or self._model.takes_numbers(index)
        return told and self.hasFocus() and index == self.currentIndex()

    def is_marked(self, index: Index) -> bool:
        """Whether a cell is one of several that are selected."""
        return self._several and self.selectionModel().isSelected(_plain(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._model.shown is None:
            return
        self._several = not _single(self.selectionModel())
        painter, self.painted = QPainter(self.viewport()), event.region()
        self.paint_under(painter)
        paint_cells(self, painter, self.painted)
        self.paint_over(painter)
        painter.end()

    def cells_in(self, region: QRegion) -> set[Place]:
        """The cells to be painted where a region of the viewport is painted anew."""
        return places_in(self, region)

    def paint_under(self, painter: QPainter) -> None:
        """What lies under the cells."""

    def paint_over(self, painter: QPainter) -> None:
        """What lies over and between the cells."""

    # Editing

    def editor_opened(self, editor: QLineEdit, index: Index) -> None:
        self._editor = editor
        self._edited = QPersistentModelIndex(_plain(index))
        editor.destroyed.connect(lambda: self._editor_gone(editor))

    def edited_index(self) -> QModelIndex:
        """The cell whose editor is open; invalid where there is none."""
        return self._model.index(self._edited.row(), self._edited.column())

    def open_editor(self, index: QModelIndex) -> bool:
        """Open the editor of a cell; False where it has none, or where another one has to stay open."""
        row, column = index.row(), index.column()
        if not self.finish_editing():
            return False
        # What was finished may have changed the table.
        index = self._model.index(row, column)
        if not self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self.edit(index)
        return True

    def finish_editing(self) -> bool:
        """Commit an open editor; False where its text makes no sense and it stays open."""
        editor, index = self._editor, self.edited_index()
        if editor is None or not index.isValid():
            return True
        delegate = self.itemDelegateForIndex(index)
        return not isinstance(delegate, EditingDelegate) or delegate.finish(editor)

    def give_up_editing(self) -> None:
        """Close an open editor and keep the old value."""
        if self._editor is not None:
            self.closeEditor(self._editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self._edited = QPersistentModelIndex()
        self._editor = None
        self.reason.hide()

    def _editor_gone(self, editor: QLineEdit) -> None:
        if self._editor is editor:
            self._editor = None
            self._edited = QPersistentModelIndex()

    def show_reason(self, near: QRect, reason: str, passing: bool = False) -> None:
        self.reason.show_at(near, self.viewport(), reason, passing)

    def refuse(self, index: Index, reason: str) -> None:
        """Say beside a cell why nothing was changed."""
        self.show_reason(self.visualRect(_plain(index)), reason, passing=True)

    def emit_change(self, change: Change | None) -> bool:
        if change is not None:
            self._model.emit_change(change)
        return change is not None

    # Moving

    def step(self, where: str) -> bool:
        """Move to the cell below, or to the next or previous cell that can be changed."""
        index = self._below() if where == "down" else next_stop(self, where == "next")
        if index is None:
            return False
        self.keyboard = True
        self.go_to(index)
        return True

    def go_to(self, index: QModelIndex) -> None:
        """Make a cell the current one and the only one selected, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, _SELECT)

    def _below(self) -> QModelIndex | None:
        current = self.currentIndex()
        below = current.siblingAtRow(current.row() + 1)
        return below if below.isValid() else None

    def focusNextPrevChild(self, next: bool) -> bool:
        return self.step("next" if next else "previous") or super().focusNextPrevChild(next)

    def _leave(self, event: QKeyEvent) -> bool:
        """Ctrl Tab goes on to the next view, however many cells there are."""
        tab, control = Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier
        leaves = event.key() in (tab, Qt.Key.Key_Backtab) and bool(event.modifiers() & control)
        return leaves and super().focusNextPrevChild(event.key() == tab)

    # Keys

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._leave(event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = any(event.matches(key) for key in _OWN_SEQUENCES) or event.key() in _OWN_KEYS
            if own or event.text() in _NUMBER_STARTS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyboard |= event.key() not in MODIFIERS
        self.reason.hide()
        index = self.currentIndex()
        if not (index.isValid() and (self._clipboard_key(event) or self.cell_key(event, index))):
            super().keyPressEvent(event)
        self.viewport().update()

    def cell_key(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """A key pressed on a cell; True where it meant something."""
        key, numeric = event.key(), self._model.takes_numbers(index)
        if key == Qt.Key.Key_Space:
            return self.emit_change(self._model.toggled(index))
        if key == Qt.Key.Key_Backspace and numeric:
            return self._type(index, "")
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self.delete()
        typed = event.text()
        if not typed or event.modifiers() & _COMMANDS:
            return False
        if typed in _NUMBER_STARTS:
            return self._type(index, typed) if numeric else self._switch(index, typed)
        if numeric and typed.isprintable():
            self.refuse(index, f"type a number, for example {self._model.example()}")
            return True
        return False

    def _type(self, index: QModelIndex, typed: str) -> bool:
        if self.open_editor(index) and self._editor is not None:
            self._editor.clear()
            self._editor.insert(typed)
            self._editor.setModified(True)
        return True

    def _switch(self, index: QModelIndex, typed: str) -> bool:
        if typed in "01":
            self.emit_change(self._model.toggled(index, typed == "1"))
        # Otherwise the view would look for a cell that starts with the digit.
        return True

    def delete(self) -> bool:
        """Set the selected numbers to 0."""
        return self.emit_change(self._model.cleared(self.selected()))

    def selected(self) -> list[QModelIndex]:
        return [i for i in self.selectionModel().selectedIndexes() if not self.isColumnHidden(i.column())]

    def _clipboard_key(self, event: QKeyEvent) -> bool:
        if event.matches(_KEYS.Copy):
            self.copy()
        elif event.keyCombination() == COPY_WITH_HEADERS:
            copy_with_headers(self)
        elif event.matches(_KEYS.Cut):
            self.copy()
            self.delete()
        elif event.matches(_KEYS.Paste):
            self.paste()
        else:
            return False
        return True

    def copy(self) -> None:
        """The selected numbers as text, one line per row."""
        rows = self._model.block(self.selected())
        if rows:
            QGuiApplication.clipboard().setText(format_block(rows))

    def paste(self) -> None:
        """Numbers from the clipboard, from the current cell on; all of them, or none and a reason."""
        index = self.currentIndex()
        try:
            self._model.emit_change(self._model.pasted(index, self._pasted_rows()))
        except ValueError as error:
            self.refuse(index, str(error))

    def _pasted_rows(self) -> Block:
        shown = self._model.shown
        logits = shown is not None and shown.in_logits
        return parse_block(QGuiApplication.clipboard().text(), allow_infinite=logits)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard = False
        self.reason.hide()
        super().mousePressEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self.hover_class(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        tabbed = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in tabbed:
            self.keyboard = True
            if not self.currentIndex().isValid():
                self.go_to(self._model.index(0, 0))
        super().focusInEvent(event)

    def cell_rect(self, index: Index) -> QRectF:
        return QRectF(self.visualRect(_plain(index)))


def _plain(index: Index) -> QModelIndex:
    return index if isinstance(index, QModelIndex) else index.model().index(index.row(), index.column())


def _single(selection: QItemSelectionModel) -> bool:
    ranges = selection.selection()
    return ranges.count() == 1 and ranges.first().width() == 1 and ranges.first().height() == 1
