"""What a screen reader is told without being asked."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

REST = 250
"""Milliseconds without another change after which something is told: a held key would flood the listener."""


def tell(view: QWidget, words: str) -> None:
    """Let a screen reader say these words, on behalf of a view."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, words))


class Announcer(QTimer):
    """Tells what changed in a view once it rests. Without a screen reader it does nothing."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, singleShot=True, interval=REST)
        self._view = view
        self._words = self._told = ""
        self.timeout.connect(self._tell)

    def say(self, words: str) -> None:
        """Tell these words soon, unless they were told last, or others come before."""
        self._words = words
        if QAccessible.isActive() and words != self._told:
            self.start()
        else:
            self.stop()

    def _tell(self) -> None:
        if self._view.isVisible():
            self._told = self._words
            tell(self._view, self._told)
