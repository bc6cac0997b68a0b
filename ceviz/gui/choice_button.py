"""A label and the value that holds, as a button that opens a menu, or a card of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from ceviz.drawing import painting
from ceviz.drawing.theme import Theme
from ceviz.gui.button_menu import give_menu
from ceviz.gui.controls import KeyboardFocus, paint_focus, paint_text

_CHEVRON = 16
_INSET = 8


class ValueButton(QPushButton):
    """A label, a value in bold, and a chevron."""

    def __init__(self, label: str, theme: Theme, value_at: int = 0) -> None:
        """`value_at` is where the value starts, so that buttons below each other line up."""
        super().__init__()
        self._label = label
        self._text = ""
        self._value_at = value_at
        self._theme = theme
        self._focus = KeyboardFocus(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_value(self, text: str, spoken: str) -> None:
        """Show the value that holds, which is `spoken` in full."""
        if text != self._text:
            self._text = text
            self.update()
        self.setAccessibleName(f"{self._label}: {spoken}")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def focus_reason(self) -> Qt.FocusReason:
        """Why what the button opens has the focus: by a key, unless the button was clicked."""
        clicked = self.hasFocus() and not self._focus.shown
        return Qt.FocusReason.PopupFocusReason if clicked else Qt.FocusReason.TabFocusReason

    def texts(self) -> Sequence[str]:
        """The values that there has to be room for."""
        return [self._text]

    def _value_left(self) -> float:
        return max(self._value_at, painting.text_width(self._label, self._theme.font("label", 400)) + _INSET)

    def sizeHint(self) -> QSize:
        font = self._theme.font("label", 600)
        widest = max(painting.text_width(text, font) for text in self.texts())
        width = self._value_left() + widest + 12 + _CHEVRON + 2 * _INSET
        return QSize(round(width), self._theme.controls["select"])

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()), theme.radius["control"]
        if self.underMouse() or self.isDown():
            painting.round_bar(painter, rect, radius, theme.color("hover"))
        if self._focus.shown:
            paint_focus(painter, rect, radius, theme)
        inner = rect.adjusted(_INSET, 0, -_INSET, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        paint_text(painter, inner, middle, self._label, theme.font("label", 400), theme.color("ink2"))
        room = inner.width() - _CHEVRON + 2 - painting.text_width(self._text, theme.font("label", 600))
        value = inner.adjusted(min(self._value_left(), room), 0, 0, 0)
        paint_text(painter, value, middle, self._text, theme.font("label", 600), theme.color("ink"))
        top = inner.center().y() - _CHEVRON / 2
        place = QRectF(inner.right() - _CHEVRON, top, _CHEVRON, _CHEVRON)
        painting.paint_icon(painter, place, "chev", theme.color("ink3"))


class ChoiceButton(ValueButton):
    """The chosen one of (key, text) options, which stand in a menu."""

    chosen = Signal(str)

    def __init__(
        self, label: str, options: Sequence[tuple[str, str]], theme: Theme, value_at: int = 0
    ) -> None:
        super().__init__(label, theme, value_at)
        self._texts = dict(options)
        self._value = ""
        give_menu(self, self._build_menu())

    def texts(self) -> Sequence[str]:
        return list(self._texts.values())

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for key, text in self._texts.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setData(key)
            group.addAction(action)
        menu.triggered.connect(lambda action: self._choose(action.data()))
        return menu

    def _choose(self, key: str) -> None:
        # The tick stays where it is until the page shows the new value.
        self.display(self._value)
        if key != self._value:
            self.chosen.emit(key)

    def display(self, key: str) -> None:
        """Show the chosen value."""
        if key != self._value:
            self._value = key
            self.show_value(self._texts[key], self._texts[key])
        for action in self.menu().actions():
            action.setChecked(action.data() == key)
