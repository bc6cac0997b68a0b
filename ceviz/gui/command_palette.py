"""Every action, sample and example by its name: Ctrl K, type, Enter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QKeyCombination,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ceviz.drawing.pictures import icon
from ceviz.drawing.theme import Theme

_WIDTH = 440
_ROW = 36
_MOST_ROWS = 9
_TOP = 96
"""Distance from the window's upper edge."""

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_PageDown: _MOST_ROWS,
    Qt.Key.Key_PageUp: -_MOST_ROWS,
}
_TOGGLE = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_K)

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do, what kind of thing it is, and its key."""

    text: str
    kind: str
    shortcut: str
    run: Callable[[], None]
    enabled: bool = True
    """Whether it can be done just now; if not, it is found all the same, last and faint."""

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word typed, as `folded` has it, begins or stands in this command's text or kind."""
        text = folded(f"{self.text} {self.kind}")
        return all(word in text for word in words)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text without what people leave out when they search: capitals, accents, dots of Turkish letters."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i"))
    return "".join(part for part in parts if not unicodedata.combining(part))


class CommandPalette(QFrame):
    """A list of commands narrowed by typing. The order given is kept: fixes and verbs come first.

    It lives from `open` until something is chosen or the focus goes elsewhere.
    """

    def __init__(self, window: QWidget, theme: Theme, commands: Sequence[Command]) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self._window = window
        self.setAccessibleName("Commands")
        self._commands = commands
        self._field = _Field(self)
        self._model = _CommandModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setAccessibleName("Matching commands")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 7)
        layout.setSpacing(6)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._nothing = QLabel("Nothing is called that.", self)
        self._nothing.setContentsMargins(12, 4, 12, 8)
        layout.addWidget(self._nothing)
        self._before = QApplication.focusWidget()
        self._field.textEdited.connect(self._narrow)
        self._list.clicked.connect(self._run)
        self._field.installEventFilter(self)
        self._style(theme)

    def _style(self, theme: Theme) -> None:
        self.setStyleSheet(
            f"#palette {{ background: {theme.color('panel').name()};"
            f" border: 1px solid {theme.color('border').name()}; border-radius: {theme.radius['popup']}px; }}"
            f"QLineEdit {{ border: none; border-bottom: 1px solid {theme.color('hairline').name()};"
            f" background: transparent; padding: 0 4px; }}"
            f"QListView {{ border: none; background: transparent; margin: 0 6px; }}"
        )
        self._field.setFont(theme.font("body"))
        place = QLineEdit.ActionPosition.LeadingPosition
        self._field.addAction(icon("search", theme.color("ink2"), 16), place).setText("Search")
        self._list.setItemDelegate(_CommandDelegate(theme, self._list))

    def open(self) -> None:
        """Show all commands and take the keyboard."""
        self._narrow("")
        self.setFixedWidth(_WIDTH)
        self.move((self._window.width() - _WIDTH) // 2, _TOP)
        self.show()
        self.raise_()
        self._field.setFocus()

    def _narrow(self, text: str) -> None:
        typed = folded(text).strip()
        words = typed.split()
        found = [command for command in self._commands if command.matches(words)]
        # What begins with what was typed comes first, what cannot be done last; otherwise the order stays.
        found.sort(key=lambda command: (not command.enabled, not folded(command.text).startswith(typed)))
        self._model.show(found)
        self._nothing.setVisible(not found)
        self._list.setVisible(bool(found))
        self._list.setFixedHeight(_ROW * max(1, min(_MOST_ROWS, len(found))))
        self._list.setCurrentIndex(self._model.index(0, 0))
        self.adjustSize()

    def _run(self, index: QModelIndex) -> None:
        command = self._model.command(index)
        if command is not None and command.enabled:
            self._close()
            command.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.keyCombination() == _TOGGLE:
            event.accept()  # so that it does not open another one
            if event.type() == QEvent.Type.KeyPress:
                self._close()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._close()
        return super().eventFilter(watched, event)

    def _close(self) -> None:
        # An editor that had the focus may have closed meanwhile.
        if self._field.hasFocus() and self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.hide()
        self.deleteLater()

    def _key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentIndex())
        elif key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        self._list.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1)), 0))


class _Field(QLineEdit):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText("What do you want to do?")
        self.setAccessibleName("Search commands")
        self.setMinimumHeight(44)


class _CommandModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._found: Sequence[Command] = ()

    def show(self, commands: Sequence[Command]) -> None:
        self.beginResetModel()
        self._found = commands
        self.endResetModel()

    def command(self, index: _Index) -> Command | None:
        return self._found[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.command(index)
        if command is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return command.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{command.text}, {command.kind}{'' if command.enabled else ', not possible now'}"
        return command if role == Qt.ItemDataRole.UserRole else None


class _CommandDelegate(QStyledItemDelegate):
    """Text, then its kind in a lighter ink; the key at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(_WIDTH - 32, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        command: Command = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selected"))
            radius = self._theme.radius["control"]
            painter.drawRoundedRect(rect, radius, radius)
        inner = rect.adjusted(12, 0, -12, 0)
        painter.setOpacity(1.0 if command.enabled else self._theme.opacity["disabled"])
        painter.setFont(self._theme.font("body", 500))
        painter.setPen(self._theme.color("ink"))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(command.text, Qt.TextElideMode.ElideMiddle, inner.width() - 120)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(text) + 10)
        painter.setFont(self._theme.font("label"))
        painter.setPen(self._theme.color("ink3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, command.kind)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, command.shortcut)
