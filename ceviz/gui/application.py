"""Starting the program: fonts, palette, the window, and what happens when something unforeseen goes wrong."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ceviz.files.document_file import default_document
from ceviz.gui import messages, theme
from ceviz.gui.main_window import MainWindow
from ceviz.session import Session
from ceviz.settings import Settings


def create_application(arguments: list[str]) -> QApplication:
    """The QApplication, with the shipped fonts."""
    # Numbers are read and written by our own rules; no part of Qt may group or swap their signs.
    QLocale.setDefault(QLocale.c())
    app = QApplication(arguments)
    app.setApplicationName("ceviz")
    app.setApplicationDisplayName("ceviz")
    theme.load_fonts()
    return app


def create_window(path: str | Path | None = None, theme_choice: str = "light") -> MainWindow:
    """The main window on a document or a file of predictions (None: the first-run example), not shown yet.

    Needs a QApplication. Raises DocumentError, PredictionsError or OSError where the file cannot be opened.
    """
    theme.load_fonts()
    window = MainWindow(Session(default_document()), theme_choice)
    if path is not None:
        window.open(Path(path))
    return window


def main(path: str | None = None) -> int:
    """Show the window until it is closed; the exit status."""
    app = create_application(sys.argv[:1])
    window = create_window(path, Settings().theme)
    sys.excepthook = _report
    window.show()
    return app.exec()


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last resort: a person sees a sentence, the terminal the details, the program goes on."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    details = "".join(traceback.format_exception(kind, error, trace))
    sys.stderr.write(details)
    messages.tell_unexpected(QApplication.activeWindow(), details)
