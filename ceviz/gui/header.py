"""The strip at the top: name, tabs, examples, undo and redo, and the menu of everything else."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ceviz.drawing import pictures
from ceviz.drawing.theme import Theme
from ceviz.gui.actions import TASK_NAMES
from ceviz.gui.controls import TaskTabBar

_LOGO = 22


class Header(QWidget):
    """Shows the active task as the current tab; the buttons are faces of actions."""

    def __init__(self, actions: Mapping[str, QAction], examples: QMenu, more: QMenu, theme: Theme) -> None:
        super().__init__()
        self.tabs = TaskTabBar(list(TASK_NAMES.values()), theme)
        self._title = _Title(theme)
        self._examples = _menu_button("Examples", "Examples", examples)
        self._compare = _action_button("compare", actions["compare"])
        actions["compare"].setIconText(" Compare")  # the space keeps the icon off the word
        self._compare.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._undo = _action_button("undo", actions["undo"])
        self._redo = _action_button("redo", actions["redo"])
        self._more = _menu_button("", "Menu", more)
        self._more.setObjectName("more")
        self._layout = layout = QHBoxLayout(self)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addSpacing(16)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        layout.addWidget(self._examples)
        layout.addSpacing(8)
        layout.addWidget(self._compare)
        layout.addSpacing(24)
        layout.addWidget(self._undo)
        layout.addWidget(self._redo)
        layout.addSpacing(24)
        layout.addWidget(self._more)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedHeight(theme.metrics["header"])
        self._layout.setContentsMargins(theme.metrics["padXOuter"] - 4, 0, theme.metrics["padXOuter"] - 8, 1)
        self.tabs.set_theme(theme)
        self._title.set_theme(theme)
        for button in (self._undo, self._redo, self._more):
            side = theme.controls["iconButton"]
            button.setFixedSize(side, side)
            button.setIconSize(QSize(20, 20))
        self._more.setIcon(pictures.icon("more", theme.color("ink2"), 20))
        self._compare.defaultAction().setIcon(pictures.icon("compare", theme.color("ink2"), 18))
        self._compare.setIconSize(QSize(18, 18))
        self._compare.setFont(theme.font("tab"))
        self._compare.setFixedHeight(theme.controls["iconButton"])
        for name, button in (("undo", self._undo), ("redo", self._redo)):
            # On the action: the button copies its action's icon whenever the action changes.
            button.defaultAction().setIcon(
                pictures.icon(name, theme.color("ink2"), 20, theme.color("border"))
            )
        self._examples.setFont(theme.font("tab"))
        self._examples.setIcon(pictures.icon("chev", theme.color("ink2"), 16))
        self._examples.setIconSize(QSize(16, 16))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("hairline"))


class _Title(QWidget):
    """The program's mark and name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("ceviz")
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(82, theme.metrics["header"] - 2)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _LOGO) / 2
        pictures.paint_icon(painter, QRectF(0, top, _LOGO, _LOGO), "ceviz", self._theme.color("loss"))
        painter.setFont(self._theme.font("title", 600, 17))
        painter.setPen(self._theme.color("ink"))
        painter.drawText(self.rect().adjusted(_LOGO + 10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "ceviz")


def _action_button(name: str, action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    return button


def _menu_button(text: str, name: str, menu: QMenu) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(name)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    if text:
        # The chevron belongs behind the word: the button alone reads from right to left.
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button
