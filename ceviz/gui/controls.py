"""The few controls of the window: segmented choice, chip and tabs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QTabBar,
    QWidget,
)

from ceviz.drawing import painting
from ceviz.drawing.theme import Theme

_SEGMENT_PADDING = 11
_CHIP_PADDING = 11
_SIGN_WIDTH = {"dash": 18, "ring": 12}
_SIGN_GAP = 7
_TAB_PADDING = 14
_UNDERLINE = 3
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
MODIFIERS = (
    *(Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Control, Qt.Key.Key_Meta),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock),
)
"""Keys that alone do nothing to what has the focus."""

Sign = Literal["dash", "ring"]


def is_by_key(reason: Qt.FocusReason, before: bool) -> bool:
    """Whether a focus came by a key; one that comes back, as when a menu closes, is what it was `before`."""
    return reason in _KEYBOARD or (before and reason is not Qt.FocusReason.MouseFocusReason)


class KeyboardFocus(QObject):
    """Knows whether its widget is used by keys: only then a ring is drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.shown = self._by_key = False
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.gotFocus():
                self._by_key = is_by_key(event.reason(), self._by_key)
            self.shown = event.gotFocus() and self._by_key
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.shown:
            command = event.key() in MODIFIERS or event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.shown = self._by_key = self._widget.hasFocus() and not command
            self._widget.update()
        return False


def press_by_enter(event: QKeyEvent) -> bool:
    """Let Enter press the button that has the keyboard, as Space does; False for other keys and elsewhere."""
    button, enter = QApplication.focusWidget(), (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not isinstance(button, QAbstractButton) or event.key() not in enter or event.isAutoRepeat():
        return False
    button.click()
    return True


def order_tabs(whole: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab reach the parts, which may be made late, in the place of the whole, which takes no focus."""
    # Qt puts nothing behind a widget that takes no focus.
    whole.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for before, after in pairwise((whole, *parts)):
        QWidget.setTabOrder(before, after)
    whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def paint_text(
    painter: QPainter, rect: QRectF, flags: Qt.AlignmentFlag, text: str, font: QFont, ink: QColor
) -> None:
    """One line of text."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), text)


def paint_focus(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """The ring of the keyboard's focus."""
    # Within the control: what lies outside of a widget is clipped.
    half = float(theme.stroke["focus"]) / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("ink"), 2 * half))
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


class _Segment(QRadioButton):
    """One option of a segmented control."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self._theme = theme
        self._focus = KeyboardFocus(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = painting.text_width(self.text(), self._theme.font("label", 600))
        return QSize(round(width) + 2 * _SEGMENT_PADDING, self._theme.controls["segment"] - 2)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect, on = self._theme, QRectF(self.rect()), self.isChecked()
        radius = theme.radius["control"]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else theme.opacity["disabled"])
        if on:
            painting.round_bar(painter, rect, radius, theme.color("panel"), theme.color("hairline"))
        if self._focus.shown:
            paint_focus(painter, rect, radius, theme)
        ink = theme.color("ink" if on or self.underMouse() else "ink2")
        font = theme.font("label", 600 if on else None)
        paint_text(painter, rect, Qt.AlignmentFlag.AlignCenter, self.text(), font, ink)


class RingedButton(QPushButton):
    """A button with the ring of the keyboard's focus within."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self.theme = theme
        self._focus = KeyboardFocus(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._focus.shown:
            inner = QRectF(self.rect()).adjusted(4, 4, -4, -4)
            painting.paint_focus_ring(QPainter(self), inner, self.theme.radius["control"] - 4, self.theme)


def segments_width(options: Sequence[tuple[str, str]], theme: Theme) -> int:
    """The width in px of a segmented control with these options."""
    widths = (painting.text_width(text, theme.font("label", 600)) for _, text in options)
    return sum(round(width) + 2 * _SEGMENT_PADDING for width in widths) + 2


class SegmentedControl(QWidget):
    """One of a few options, all in sight. Options are (key, text); keys are what `chosen` tells."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other options; none is chosen until the next `display`."""
        for segment in self._segments.values():
            segment.setParent(None)
            segment.deleteLater()
        self._segments = {key: self._segment(key, text) for key, text in options}
        order_tabs(self, list(self._segments.values()))

    def _segment(self, key: str, text: str) -> _Segment:
        segment = _Segment(text, self._theme)
        segment.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(segment)
        self._row.addWidget(segment)
        return segment

    def display(self, key: str) -> None:
        """Show which option is chosen."""
        self._segments[key].setChecked(True)
        for name, segment in self._segments.items():
            tabbed = Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(tabbed)

    def segments(self) -> list[QRadioButton]:
        """The options from left to right."""
        return list(self._segments.values())

    def take_focus(self, reason: Qt.FocusReason) -> None:
        """Give the keyboard to the chosen option."""
        for segment in self._segments.values():
            if segment.isChecked():
                segment.setFocus(reason)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for segment in self._segments.values():
            segment.set_theme(theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self._theme.radius["control"] + 1
        painting.round_bar(painter, QRectF(self.rect()), radius, self._theme.color("sunken"))


class Chip(QCheckBox):
    """A view that can be laid over another one; its sign shows how it will be drawn there."""

    clicked_on = Signal(bool)

    def __init__(self, text: str, theme: Theme, sign: Sign = "dash") -> None:
        super().__init__(text)
        self._sign = sign
        self._theme = theme
        self._focus = KeyboardFocus(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.clicked_on)

    def display(self, on: bool) -> None:
        self.setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = painting.text_width(self.text(), self._theme.font("label"))
        width = round(width) + _SIGN_WIDTH[self._sign] + _SIGN_GAP + 2 * _CHIP_PADDING
        return QSize(width, self._theme.controls["chip"])

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, rect, on = self._theme, QRectF(self.rect()), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.color("selected" if on else "hover" if self.underMouse() else "panel")
        painting.round_bar(
            painter, rect, theme.radius["chip"], ground, None if on else theme.color("hairline")
        )
        if self._focus.shown:
            paint_focus(painter, rect, theme.radius["chip"], theme)
        self._paint_sign(painter, rect, theme.color("ink2"))
        text = rect.adjusted(_CHIP_PADDING + _SIGN_WIDTH[self._sign] + _SIGN_GAP, 0, 0, 0)
        ink = theme.color("ink" if on else "ink2")
        paint_text(painter, text, Qt.AlignmentFlag.AlignVCenter, self.text(), theme.font("label"), ink)

    def _paint_sign(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        pen = QPen(ink, float(self._theme.stroke["overlay"]))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left, middle = rect.left() + _CHIP_PADDING, rect.center().y()
        if self._sign == "dash":
            pen.setDashPattern([2.5, 1.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(left, middle), QPointF(left + _SIGN_WIDTH["dash"], middle))
        else:
            painter.setPen(pen)
            painter.drawEllipse(QPointF(left + _SIGN_WIDTH["ring"] / 2, middle), 5, 5)


class TaskTabBar(QTabBar):
    """The kinds of task as tabs; the current one stands in bold over a line in ink."""

    def __init__(self, names: Sequence[str], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("tabs")
        self.setAccessibleName("Kind of task")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self._theme = theme
        self._focus = KeyboardFocus(self)
        for name in names:
            self.addTab(name)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        # Qt keeps the sizes of tabs until one of them changes.
        for index in range(self.count()):
            self.setTabText(index, self.tabText(index))
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        width = painting.text_width(self.tabText(index), self._theme.font("tab", 600))
        return QSize(round(width) + 2 * _TAB_PADDING, self._theme.metrics["header"])

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # who scrolls past does not ask for another task

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index, QRectF(self.tabRect(index)))

    def _paint_tab(self, painter: QPainter, index: int, rect: QRectF) -> None:
        theme, current = self._theme, index == self.currentIndex()
        font = theme.font("tab", 600 if current else None)
        ink = theme.color("ink" if current else "ink2")
        paint_text(painter, rect, Qt.AlignmentFlag.AlignCenter, self.tabText(index), font, ink)
        if current:
            self._paint_underline(painter, rect.adjusted(_TAB_PADDING, 0, -_TAB_PADDING, 0))
            if self._focus.shown:
                paint_focus(painter, rect.adjusted(4, 8, -4, -8), theme.radius["control"], theme)

    def _paint_underline(self, painter: QPainter, rect: QRectF) -> None:
        line = QPainterPath()
        line.addRoundedRect(rect.left(), rect.bottom() - _UNDERLINE, rect.width(), 2 * _UNDERLINE, 2, 2)
        painter.fillPath(line, self._theme.color("ink"))
