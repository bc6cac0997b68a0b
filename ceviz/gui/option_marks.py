"""Radio buttons and check boxes in the design's looks: a ring with a dot, a filled box with a tick."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from ceviz.drawing import painting
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.theme import Theme
from ceviz.gui.controls import KeyboardFocus

_SIDE, _TEXT_LEFT, _SECOND_ROW = 16.0, 28.0, 19
_RING, _DOT = 1.5, 4.0


class RadioOption(QRadioButton):
    """One of several, with a second line below its text where there is more to say."""

    def __init__(self, text: str, theme: Theme, remark: str = "") -> None:
        super().__init__(text)
        self._theme, self._remark, self._focus = theme, remark, KeyboardFocus(self)
        self.setAccessibleDescription(remark)

    def sizeHint(self) -> QSize:
        return _size_of(self, self._theme, _SECOND_ROW if self._remark else 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, center = QPainter(self), self._theme, QPointF(_SIDE / 2 + 1, _row(self._theme) / 2)
        _paint_words(painter, self, theme, self._focus.shown)
        color = theme.color("ink" if self.isChecked() else "border")
        painter.setPen(QPen(color, _RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, (_SIDE - _RING) / 2, (_SIDE - _RING) / 2)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(center, _DOT, _DOT)
        if self._remark:
            font = theme.font("label", weight=400)
            painter.setFont(font)
            painter.setPen(theme.color("ink2"))
            painter.drawText(QPointF(_TEXT_LEFT, baseline_in(_row(theme) + 4, font)), self._remark)


class CheckOption(QCheckBox):
    """Something that is there or not."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text)
        self._theme, self._focus = theme, KeyboardFocus(self)

    def sizeHint(self) -> QSize:
        return _size_of(self, self._theme, 0)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        _paint_words(painter, self, theme, self._focus.shown)
        box = QRectF(1, (_row(theme) - _SIDE) / 2, _SIDE, _SIDE)
        if not self.isChecked():
            painting.round_bar(painter, box, 3, theme.color("panel"), theme.color("border"), _RING)
            return
        painting.round_bar(painter, box, 3, theme.color("ink"))
        painting.paint_icon(painter, box.adjusted(1, 1, -1, -1), "check", theme.color("inverse"))


def _row(theme: Theme) -> int:
    return 26 if theme.compact else 30


def _size_of(button: QAbstractButton, theme: Theme, more: int) -> QSize:
    width = painting.text_width(button.text(), theme.font("title", weight=500))
    return QSize(round(_TEXT_LEFT + width) + 6, _row(theme) + more)


def _paint_words(painter: QPainter, button: QAbstractButton, theme: Theme, focused: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font, ink = theme.font("title", weight=500), QColor(theme.color("ink"))
    painter.setOpacity(1.0 if button.isEnabled() else theme.opacity["disabled"])
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QPointF(_TEXT_LEFT, baseline_in(_row(theme) / 2, font)), button.text())
    if focused:
        width = painting.text_width(button.text(), font)
        ring = QRectF(_TEXT_LEFT - 3, 4, width + 6, _row(theme) - 8)
        painting.paint_focus_ring(painter, ring.adjusted(3, 3, -3, -3), theme.radius["track"], theme)
