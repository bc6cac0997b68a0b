"""The place of the lens: a column of its own, or in a narrow window a rail that opens it over the curve."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import paint_focus_ring
from ceviz.drawing.pictures import paint_icon
from ceviz.drawing.theme import Theme
from ceviz.gui.controls import KeyboardFocus
from ceviz.gui.cross_fade import CrossFade

WIDTH = 36
_CHEVRON = 16.0
_HAIRLINE = 1
_FOCUS_INSET = 5.0


class LensRail(QAbstractButton):
    """The lens's title, turned, below a chevron; checked while the lens is open."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._focus = KeyboardFocus(self)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("hover" if self.underMouse() else "panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), theme.color("hairline"))
        if self._focus.shown:
            inset = _FOCUS_INSET
            inner = QRectF(self.rect()).adjusted(inset + _HAIRLINE, inset, -inset, -inset)
            paint_focus_ring(painter, inner, theme.radius["control"], theme)
        head, middle = theme.metrics["panelTitle"], (self.width() + _HAIRLINE) / 2
        chevron = QRectF(middle - _CHEVRON / 2, (head - _CHEVRON) / 2, _CHEVRON, _CHEVRON)
        paint_icon(painter, chevron, "right" if self.isChecked() else "left", theme.color("ink2"))
        font = theme.font("title")
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.translate(middle, head)
        painter.rotate(90)
        painter.drawText(QPointF(0, baseline_in(0, font)), self.text())


class LensDock(QWidget):
    """Keeps the lens's column free in the page's layout and places the lens there, or over the curve."""

    def __init__(self, panel: QWidget, theme: Theme) -> None:
        super().__init__()
        self._panel = panel
        self.collapsed = False
        self.rail = LensRail(theme, self)
        self._fade = CrossFade(self)
        self.rail.toggled.connect(self._toggled)
        self.set_theme(theme)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            # The panel may lie over the curve, so it is the page's child and not the dock's. Tab reaches it
            # after the rail because it comes to the page after the dock.
            self._panel.setParent(self.parentWidget())
            self._fade.setParent(self.parentWidget())
        return super().event(event)

    def set_theme(self, theme: Theme) -> None:
        self.rail.theme = theme
        self.rail.update()
        self.fit()

    def display(self, title: str) -> None:
        """The title of the lens."""
        if title != self.rail.text():
            self.rail.setText(title)
            self.rail.setAccessibleName(f"Lens: {title}")

    def set_collapsed(self, collapsed: bool) -> None:
        """Whether there is room for no more than the rail."""
        if collapsed != self.collapsed:
            self.collapsed = collapsed
            self.rail.setChecked(False)
            self.fit()

    def open(self) -> None:
        """Let the lens be seen, also where there is room for no more than the rail."""
        self.rail.setChecked(self.collapsed)

    def close_lens(self) -> bool:
        """Leave only the rail; False where the lens does not lie over the curve."""
        closes = self.rail.isChecked()
        self.rail.setChecked(False)
        return closes

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        self._place()

    def fit(self) -> None:
        """Be as wide as the panel, or as the rail."""
        self.setFixedWidth(WIDTH if self.collapsed else self._panel.width())
        self.rail.setVisible(self.collapsed)
        self._place()

    def _toggled(self, opened: bool) -> None:
        if not opened and self._panel.isAncestorOf(self._panel.window().focusWidget() or self):
            self.rail.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fade.cover(self._panel.geometry(), self.rail.theme.duration("panel"))
        self._place()
        self._fade.raise_()

    def _place(self) -> None:
        if self._panel.parentWidget() is None:
            return  # it would open as a window of its own
        width = self._panel.width()
        left = self.x() - width if self.collapsed else self.x()
        self.rail.setGeometry(0, 0, WIDTH, self.height())
        self._panel.setGeometry(left, self.y(), width, self.height())
        self._panel.setVisible(not self.collapsed or self.rail.isChecked())
        self._panel.raise_()
