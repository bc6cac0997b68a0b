"""The strip at the top: name, tabs, examples, undo and redo, and the menu of everything else."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ceviz.drawing import pictures
from ceviz.drawing.painting import text_width
from ceviz.drawing.theme import Theme
from ceviz.gui.actions import TASK_NAMES
from ceviz.gui.button_menu import give_menu
from ceviz.gui.controls import TaskTabBar, press_by_enter

_LOGO = 26
"""With the room that the picture keeps around itself."""
_INSET, _CHEVRON, _CHEVRON_GAP = 8, 16, 6


class Header(QWidget):
    """Shows the active task as the current tab; the buttons are faces of actions."""

    def __init__(self, actions: Mapping[str, QAction], examples: QMenu, more: QMenu, theme: Theme) -> None:
        super().__init__()
        self.tabs = TaskTabBar(list(TASK_NAMES.values()), theme)
        self._title = _Title(theme)
        self._examples = _WordButton("Examples", examples)
        self._compare = _action_button("compare", actions["compare"])
        self._compare.setAccessibleName("Compare")
        actions["compare"].setIconText(" Compare")  # the space keeps the icon off the word
        self._compare.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._undo = _action_button("undo", actions["undo"])
        self._redo = _action_button("redo", actions["redo"])
        self._export = _action_button("export", actions["export_figure"])
        self._export.setAccessibleName("Export figure")
        self._more = QToolButton()
        self._more.setObjectName("more")
        self._more.setAccessibleName("Menu")
        give_menu(self._more, more)
        self._layout = layout = QHBoxLayout(self)
        layout.setSpacing(2)
        layout.addWidget(self._title)
        layout.addSpacing(18)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        layout.addWidget(self._examples)
        layout.addSpacing(2)
        layout.addWidget(self._compare)
        layout.addSpacing(28)
        layout.addWidget(self._undo)
        layout.addWidget(self._redo)
        layout.addSpacing(28)
        layout.addWidget(self._export)
        layout.addWidget(self._more)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedHeight(theme.metrics["header"])
        self._layout.setContentsMargins(theme.metrics["padXOuter"] - 5, 0, theme.metrics["padXOuter"] - 8, 0)
        self.tabs.set_theme(theme)
        self._title.set_theme(theme)
        for button in (self._undo, self._redo, self._export, self._more):
            side = theme.controls["iconButton"]
            button.setFixedSize(side, side)
            button.setIconSize(QSize(20, 20))
        self._more.setIcon(pictures.icon("more", theme.color("ink2"), 20))
        self._compare.defaultAction().setIcon(pictures.icon("compare", theme.color("ink2"), 18))
        self._compare.setIconSize(QSize(18, 18))
        self._compare.setFont(theme.font("tab"))
        # Qt keeps room for two spaces behind the word, which would stand off the middle.
        width = self._compare.sizeHint().width() - 2 * text_width(" ", self._compare.font())
        self._compare.setFixedSize(round(width), theme.controls["iconButton"])
        for name, button in (("undo", self._undo), ("redo", self._redo), ("export", self._export)):
            # On the action: the button copies its action's icon whenever the action changes.
            button.defaultAction().setIcon(
                pictures.icon(name, theme.color("ink2"), 20, theme.opacity["disabled"])
            )
        self._examples.set_theme(theme)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(event):
            super().keyPressEvent(event)

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
        painter.drawText(self.rect().adjusted(_LOGO + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "ceviz")


def _action_button(name: str, action: QAction) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    return button


class _WordButton(QToolButton):
    """A word and a chevron behind it, which open a menu."""

    def __init__(self, text: str, menu: QMenu) -> None:
        super().__init__()
        self.setText(text)
        give_menu(self, menu)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFont(theme.font("tab"))
        width = text_width(self.text(), self.font())
        self.setFixedSize(
            round(_INSET + width + _CHEVRON_GAP + _CHEVRON + _INSET), theme.controls["iconButton"]
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.setFont(self.font())
        painter.setPen(self._theme.color("ink2"))
        words = self.rect().adjusted(_INSET, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        chevron = QRectF(self.width() - _INSET - _CHEVRON, (self.height() - _CHEVRON) / 2, _CHEVRON, _CHEVRON)
        pictures.paint_icon(painter, chevron, "chev", self._theme.color("ink2"))
