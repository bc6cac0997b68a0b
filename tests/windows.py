"""A window as a person has it before them, for as long as a test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ceviz.files.document_file import default_document
from ceviz.gui.application import create_window
from ceviz.gui.main_window import MainWindow


@contextmanager
def opened_window() -> Iterator[MainWindow]:
    """The window of a first start, in front of all others."""
    window = create_window()
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    yield window
    # Nothing is left to save, and no step outlives its stack: Python would crash when it collects it.
    window.session.undo_stack.clear()
    window.close()
    # Gone before the next one: a change of theme would be applied to all of them.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def begin_again(window: MainWindow) -> None:
    """The document of a first start in a window that is shared: to build another one takes most of a test."""
    window.page.finish_editing(give_up=True)
    window.resize(1440, 900)
    window.session.load(default_document(), None)
    window.activateWindow()
    QApplication.processEvents()
