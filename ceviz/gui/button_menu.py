"""The menu that a button opens."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget


def give_menu(button: QToolButton | QPushButton, menu: QMenu) -> None:
    """Let a button open a menu, and look at rest again once that is closed."""
    button.setMenu(menu)
    if isinstance(button, QToolButton):
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    # Qt takes the mouse to be still on a button from which it went into the menu and not back.
    menu.aboutToHide.connect(partial(_look_for_mouse, button))


def _look_for_mouse(button: QWidget) -> None:
    above = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, above)
    button.update()
