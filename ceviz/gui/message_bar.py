"""A sentence at the lower edge of the window, with what can be done about it; it never blocks."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.controls import press_by_enter

Choice = tuple[str, Callable[[], object]]
"""A button's text and what it does."""

_PASSING = 8000
"""Milliseconds that a message stays which asks for nothing."""
_ROWS = 2
"""So many rows of the batch it is high at least, whose room it takes."""


class MessageBar(QFrame):
    """Shows one message at a time, in a room of its own; the newest one wins, a person closes it."""

    room_changed = Signal()

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName("message")
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(24, 10, 24, 10)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._label, 1)
        self._buttons: list[QPushButton] = []
        self._lasting: tuple[str, Sequence[Choice]] | None = None
        """Comes back after other messages, until one of its own buttons is pressed."""
        self._choices: Sequence[Choice] = ()
        self._covered: tuple[str, Sequence[Choice]] | None = None
        """Comes back after the passing message that is shown in its place."""
        self._passing = QTimer(self, singleShot=True, interval=_PASSING)
        self._passing.timeout.connect(self.hide)
        self.set_theme(theme)
        self.hide()

    @property
    def room(self) -> int:
        """How many px in height it takes."""
        return 0 if self.isHidden() else self.height()

    @property
    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._label.text()

    def set_theme(self, theme: Theme) -> None:
        self._row = int(theme.metrics["batchRow"])
        ink, inverse = theme.color("ink").name(), theme.color("inverse").name()
        self.setStyleSheet(
            f"#message {{ background: {ink}; }}"
            f"#message QPushButton {{ background: transparent; color: {inverse}; border-color: {inverse}; }}"
        )
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("inverse"))
        self._label.setPalette(palette)
        self._label.setFont(theme.font("body"))
        if not self.isHidden():
            self._take_room()

    def show_lasting(self, text: str, choices: Sequence[Choice]) -> None:
        """Show a message that has to be answered, after the one that is there; others may come before it."""
        self._lasting = text, choices
        if self.isHidden():
            self.show_message(text, choices)

    def show_message(self, text: str, choices: Sequence[Choice] = (), passing: bool = False) -> None:
        """Show a sentence with buttons for `choices`, each closing it; a `passing` one goes by itself."""
        if not passing:
            self._covered = None
        elif not (self.isHidden() or self._passing.isActive()):
            self._covered = self.text, self._choices
        self._choices = choices
        self._label.setText(text)
        self.setAccessibleName(text)
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(title, act) for title, act in choices]
        self._buttons.append(self._button("Close", None))
        self.show()
        self._take_room()
        if passing:
            self._passing.start()
        else:
            self._passing.stop()

    def _button(self, title: str, act: Callable[[], object] | None) -> QPushButton:
        button = QPushButton(title, self)
        button.clicked.connect(self._close)
        if act is not None:
            button.clicked.connect(act)
        self._layout.addWidget(button)
        return button

    def _close(self) -> None:
        if self._lasting is not None and self._lasting[0] == self._label.text():
            self._lasting = None
        self.hide()

    def withdraw(self) -> None:
        """Hide a message that no longer holds, and the one that it covers."""
        self._covered = None
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self.isHidden():
            return  # the whole window is hidden
        self._passing.stop()
        self.room_changed.emit()
        # Later, as another message may be on its way.
        QTimer.singleShot(0, self, self._bring_back)

    def _bring_back(self) -> None:
        before = self._covered or self._lasting
        if self.isHidden() and before is not None:
            self.show_message(*before)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._take_room()

    def _take_room(self) -> None:
        """As many rows of the batch as the sentence needs, at the width of the window."""
        parent = self.parentWidget()
        assert parent is not None
        rows = math.ceil(self._layout.heightForWidth(parent.width()) / self._row)
        self.setFixedHeight(max(_ROWS, rows) * self._row)
        self.room_changed.emit()
