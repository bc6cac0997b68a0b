"""Typing into a cell: the editor stays open, with the reason beside it, until its text makes sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QLabel, QLineEdit, QStyledItemDelegate, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.tables.grid_model import GridModel, Index

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ceviz.gui.tables.grid_view import GridView

_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint
_REVERT = QAbstractItemDelegate.EndEditHint.RevertModelCache
_STEPS = {
    Qt.Key.Key_Return: "down",
    Qt.Key.Key_Enter: "down",
    Qt.Key.Key_Tab: "next",
    Qt.Key.Key_Backtab: "previous",
}
_MOST_ROUND = 16
"""What a reason's frame and its distance from the edge of the window take on a side."""
_READING_MS = 8_000


class ReasonLabel(QLabel):
    """A plain sentence that stands under a cell and says why something cannot be done there."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("reason")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self.setFont(theme.font("label"))
        danger, ground = theme.color("danger").name(), theme.color("dangerTint").name()
        self.setStyleSheet(
            f"color: {danger}; background: {ground}; border: 1px solid {danger};"
            f" border-radius: {theme.radius['control']}px; padding: 4px 8px;"
        )

    def show_at(self, near: QRect, view: QWidget, reason: str, passing: bool) -> None:
        """Stand under `near` (of `view`), or above it for want of room; a `passing` one goes by itself."""
        window = view.window()
        self.setParent(window)
        text, room = reason[:1].upper() + reason[1:], window.width() - 2 * _MOST_ROUND
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))
        self.setAccessibleName(reason)
        self.adjustSize()
        below = view.mapTo(window, near.bottomLeft() + QPoint(0, 3))
        above = view.mapTo(window, near.topLeft() - QPoint(0, self.height() + 3))
        place = below if below.y() + self.height() <= window.height() else above
        place.setX(max(4, min(place.x(), window.width() - self.width() - 4)))
        self.move(place)
        self.show()
        self.raise_()
        if passing:
            self._timer.start(_READING_MS)
        else:
            self._timer.stop()


class EditingDelegate(QStyledItemDelegate):
    """A delegate whose editor is one line of text; subclasses paint, and say where the editor stands."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self.view = view

    @property
    def theme(self) -> Theme:
        return self.view.theme

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        """Where the editor of a cell stands."""
        return cell

    def editor_alignment(self, index: Index) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignRight

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        numeric = self.view.grid_model().takes_numbers(index)
        editor.setFont(self.theme.font("value" if numeric else "className"))
        editor.setAlignment(self.editor_alignment(index) | Qt.AlignmentFlag.AlignVCenter)
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        ink, panel = self.theme.color("ink").name(), self.theme.color("panel").name()
        editor.setStyleSheet(
            f"background: {panel}; color: {ink}; border: {self.theme.stroke['focus']}px solid {ink};"
            f" border-radius: {self.theme.radius['control']}px; padding: 0 4px;"
            f" selection-background-color: {self.theme.color('selected').name()}; selection-color: {ink};"
        )
        editor.textEdited.connect(self.view.reason.hide)
        self.view.editor_opened(editor, index)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # What is being typed outlives a refresh of the table.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(_model(index).edit_text(index))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            _model(index).setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place = self.editor_rect(QRectF(option.rect), index).toAlignedRect()
        height = min(int(self.theme.controls["tableEditor"]), place.height())
        editor.setGeometry(place.x(), place.center().y() - height // 2 + 1, place.width(), height)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if not isinstance(editor, QLineEdit):
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(editor, event)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            return self._focus_lost(editor, event)
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.view.reason.hide()
        return False

    def finish(self, editor: QLineEdit) -> bool:
        """Commit and close, or stay open and say why."""
        index = self.view.edited_index()
        if not index.isValid():
            self.closeEditor.emit(editor, _REVERT)
            return True
        reason = _model(index).refusal(index, editor.text()) if editor.isModified() else ""
        if reason:
            self.view.show_reason(editor.geometry(), reason)
            return False
        # The commit may redraw everything, so the editor goes only afterwards.
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _NO_HINT)
        return True

    def _key(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.view.reason.hide()
            self.closeEditor.emit(editor, _REVERT)
            self.view.setFocus()
            return True
        if key in _STEPS:
            if self.finish(editor):
                self.view.setFocus()
                self.view.step(_STEPS[key])
            return True
        return False

    def _focus_lost(self, editor: QLineEdit, event: QFocusEvent) -> bool:
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing and editor.isVisible():
            self.finish(editor)
        return False


def _model(index: Index) -> GridModel:
    model = index.model()
    assert isinstance(model, GridModel)
    return model
