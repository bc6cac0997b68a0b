"""A sentence over the lower edge of the window, with what can be done about it; it never blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ceviz.drawing.theme import Theme

Choice = tuple[str, Callable[[], object]]
"""A button's text and what it does."""

_MARGIN = 24
_PASSING = 8000
"""Milliseconds that a message stays which asks for nothing."""
_LIFT = 48
"""Distance from the lower edge: the batch foot's sum and mean stay readable."""


class MessageBar(QFrame):
    """Shows one message at a time; the newest one wins, a person closes it."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName("message")
        self._window = window
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(16, 10, 10, 10)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._label, 1)
        self._buttons: list[QPushButton] = []
        self._lasting: tuple[str, Sequence[Choice]] | None = None
        """Comes back after other messages, until one of its own buttons is pressed."""
        self._passing = QTimer(self, singleShot=True, interval=_PASSING)
        self._passing.timeout.connect(self.hide)
        self.set_theme(theme)
        window.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or nothing."""
        return "" if self.isHidden() else self._label.text()

    def set_theme(self, theme: Theme) -> None:
        ink, inverse = theme.color("ink").name(), theme.color("inverse").name()
        self.setStyleSheet(
            f"#message {{ background: {ink}; border-radius: {theme.radius['card']}px; }}"
            f"#message QPushButton {{ background: transparent; color: {inverse}; border-color: {inverse}; }}"
        )
        palette = self._label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("inverse"))
        self._label.setPalette(palette)
        self._label.setFont(theme.font("body"))

    def show_lasting(self, text: str, choices: Sequence[Choice]) -> None:
        """Show a message that has to be answered, after the one that is there; others may come before it."""
        self._lasting = text, choices
        if self.isHidden():
            self.show_message(text, choices)

    def show_message(self, text: str, choices: Sequence[Choice] = (), passing: bool = False) -> None:
        """Show a sentence with buttons for `choices`, each closing it; a `passing` one goes by itself."""
        self._label.setText(text)
        self.setAccessibleName(text)
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(title, act) for title, act in choices]
        self._buttons.append(self._button("Close", None))
        self._place()
        self.show()
        self.raise_()
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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Not when the whole window is hidden; and later, as another message may be on its way.
        if self.isHidden() and self._lasting is not None:
            QTimer.singleShot(0, self, self._bring_back)

    def _bring_back(self) -> None:
        if self.isHidden() and self._lasting is not None:
            self.show_message(*self._lasting)

    def _place(self) -> None:
        window = self._window
        width = min(window.width() - 2 * _MARGIN, 760)
        self.setFixedWidth(width)
        self.setFixedHeight(max(52, self._layout.heightForWidth(width)))
        self.move((window.width() - width) // 2, window.height() - self.height() - _LIFT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
