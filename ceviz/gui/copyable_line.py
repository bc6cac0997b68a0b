"""An equation of the headline that can be copied: as text, as LaTeX, as an image."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula, to_latex, to_text
from ceviz.gui.controls import KeyboardFocus

_COPY_LATEX = QKeySequence("Ctrl+Shift+C")


class CopyableLine(QWidget):
    """Reached by Tab; its keys and its context menu copy what subclasses say that it equals."""

    accessible_role = QAccessible.Role.Equation

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("formula")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._focus = KeyboardFocus(self)
        self._theme = theme

    def copied(self) -> Formula | None:
        """The equation; None as long as none is shown."""
        raise NotImplementedError

    def picture(self) -> QImage:
        """The equation as it is painted."""
        raise NotImplementedError

    def copy_text(self) -> None:
        """Put the equation on the clipboard as plain text."""
        formula = self.copied()
        if formula is not None:
            QGuiApplication.clipboard().setText(to_text(formula))

    def copy_latex(self) -> None:
        """Put the equation on the clipboard as LaTeX."""
        formula = self.copied()
        if formula is not None:
            QGuiApplication.clipboard().setText(to_latex(formula))

    def copy_image(self) -> None:
        """Put the equation on the clipboard as a picture."""
        if self.copied() is not None:
            QGuiApplication.clipboard().setImage(self.picture())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_text()
        elif QKeySequence(event.keyCombination()) == _COPY_LATEX:
            self.copy_latex()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Copy as text", self.copy_text).setShortcut(QKeySequence.StandardKey.Copy)
        menu.addAction("Copy as LaTeX", self.copy_latex).setShortcut(_COPY_LATEX)
        menu.addAction("Copy as image", self.copy_image)
        menu.popup(event.globalPos())
