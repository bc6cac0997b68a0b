"""What stands in the window, as it was painted bit by bit, and whether a full repaint shows the same."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from ceviz.gui.main_window import MainWindow


def on_screen(window: MainWindow) -> QImage:
    """What stands in the window's backing store, as it was painted bit by bit."""
    whole = window.screen().grabWindow(window.winId()).toImage()
    return whole.convertToFormat(QImage.Format.Format_RGB32)


def settle() -> None:
    """Let delayed layouts and what they paint come to an end."""
    for _ in range(4):
        QApplication.processEvents()


def assert_up_to_date(window: MainWindow) -> None:
    settle()
    painted = on_screen(window)
    for widget in window.page.findChildren(QWidget):
        widget.update()
    window.update()
    settle()
    fresh = on_screen(window)
    assert painted == fresh, differing(window, painted, fresh)


def differing(window: MainWindow, painted: QImage, fresh: QImage) -> str:
    """Where a stale pixel is, for the message."""
    stale = [
        QPoint(x, y)
        for y in range(painted.height())
        for x in range(painted.width())
        if painted.pixel(x, y) != fresh.pixel(x, y)
    ]
    view = window.childAt(stale[0])
    return f"{len(stale)} stale pixels from {stale[0]} in a {type(view).__name__} to {stale[-1]}"
