"""A dialog as a card over the dimmed window: a title, a cross, and a body."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ceviz.drawing import pictures
from ceviz.drawing.theme import Theme
from ceviz.gui.controls import KeyboardFocus

_TITLE = 50
_DIM = {"light": QColor(33, 29, 24, 102), "dark": QColor(0, 0, 0, 166)}
_MARGIN = 24
"""What stays free of the window around the card."""


class CardDialog(QDialog):
    """A dialog of the given size, or less in a small window; Esc and the cross close it."""

    def __init__(self, title: str, size: QSize, theme: Theme, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(title)
        self.theme = theme
        self._window = window
        self._under = QPixmap()
        self._scrim = _Scrim(window, _DIM[theme.name])
        room = QSize(window.width() - 2 * _MARGIN, window.height() - 2 * _MARGIN)
        self.setFixedSize(size.boundedTo(room))
        height, focus = theme.controls["button"], theme.stroke["focus"]
        self.setStyleSheet(
            f"QPushButton {{ min-height: {height - 2}px; }}"
            f"QPushButton:focus {{ min-height: {height - 2 * focus}px; }}"
        )
        self.body = QHBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addLayout(self._title_row(title))
        layout.addWidget(line(QFrame.Shape.HLine, theme))
        layout.addLayout(self.body, 1)

    def _title_row(self, title: str) -> QHBoxLayout:
        label = QLabel(title)
        label.setFont(self.theme.font("value"))
        label.setFixedHeight(_TITLE)
        cross = QToolButton()
        cross.setAccessibleName("Close")
        cross.setIcon(pictures.icon("x", self.theme.color("ink2"), 18))
        cross.setIconSize(QSize(18, 18))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 0, _MARGIN - 8, 0)
        row.addWidget(label, 1)
        row.addWidget(cross)
        return row

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._under)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.theme.color("hairline"))
        painter.setBrush(self.theme.color("panel"))
        radius = self.theme.radius["dialog"]
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def showEvent(self, event: QShowEvent) -> None:
        middle = self._window.mapToGlobal(QPoint(self._window.width() // 2, self._window.height() // 2))
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self._scrim.setGeometry(self._window.rect())
        self._scrim.show()
        self._scrim.raise_()
        # Shines through at the corners; a window that is transparent there would need a compositor.
        self._under = self._window.grab(QRect(self._window.mapFromGlobal(self.pos()), self.size()))
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._scrim.hide()
        self._scrim.deleteLater()
        super().hideEvent(event)


class _Scrim(QWidget):
    """Dims the window under a dialog."""

    def __init__(self, window: QWidget, color: QColor) -> None:
        super().__init__(window)
        self._color = color
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._color)


def line(shape: QFrame.Shape, theme: Theme) -> QFrame:
    """A hairline between two parts of a dialog."""
    frame = QFrame()
    horizontal = shape is QFrame.Shape.HLine
    frame.setFixedSize(16777215 if horizontal else 1, 1 if horizontal else 16777215)
    frame.setMinimumSize(1, 1)
    frame.setStyleSheet(f"background: {theme.color('hairline').name()};")
    return frame


def scrolled(content: QWidget) -> QScrollArea:
    """A column of a dialog, to be scrolled where the window is too low for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


class _PrimaryButton(QPushButton):
    """The ring of the keyboard's focus lies within, as the button is as dark as the ring."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self._theme = theme
        self._focus = KeyboardFocus(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._focus.shown:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("inverse"), float(self._theme.stroke["focus"])))
            radius = self._theme.radius["track"]
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), radius, radius)


def primary_button(text: str, theme: Theme) -> QPushButton:
    """The button that does what a dialog is for."""
    button = _PrimaryButton(text, theme)
    button.setDefault(True)
    ink, inverse, rest, off = (theme.color(name).name() for name in ("ink", "inverse", "hairline", "ink3"))
    button.setStyleSheet(
        f"QPushButton {{ background: {ink}; color: {inverse}; border-color: {ink}; }}"
        f"QPushButton:disabled {{ background: {rest}; color: {off}; border-color: {rest}; }}"
    )
    return button
