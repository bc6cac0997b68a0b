"""Starting the program: fonts, palette, the window, and what happens when something unforeseen goes wrong."""

from __future__ import annotations

import os
import sys
import traceback
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ceviz.drawing import theme
from ceviz.files.document_file import default_document
from ceviz.files.recovery import Recovered
from ceviz.gui import accessible_roles, messages
from ceviz.gui.autosave import Autosave, left_behind, recovery_folder
from ceviz.gui.main_window import MainWindow
from ceviz.session import Session
from ceviz.settings import Settings


def create_application(arguments: list[str]) -> QApplication:
    """The QApplication, with the shipped fonts."""
    # Numbers are read and written by our own rules; no part of Qt may group or swap their signs.
    QLocale.setDefault(QLocale.c())
    # Qt shares even a short word's pixels out to threads: to wake them costs a tenth of a drag's frame.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
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
    accessible_roles.install()
    window = MainWindow(Session(default_document()), theme_choice)
    if path is not None:
        window.open(Path(path))
    return window


def main(path: str | None = None) -> int:
    """Show the window until it is closed; the exit status."""
    app = create_application(sys.argv[:1])
    window = create_window(path, Settings().theme)
    window.show_reading_aids(Settings().reading_aids)
    autosave = keep_safe(window)
    sys.excepthook = partial(_report, autosave)
    _show(window)
    return app.exec()


def _show(window: MainWindow) -> None:
    """On a screen that the window would not fit into, as large as the screen."""
    room = window.screen().availableSize()
    fits = window.width() < room.width() and window.height() < room.height()
    window.show() if fits else window.showMaximized()


def keep_safe(window: MainWindow) -> Autosave | None:
    """Keep the window's unsaved work aside from now on, and offer what a crash left behind.

    None where there is no place to keep it; the window says so.
    """
    try:
        folder = recovery_folder()
    except OSError as problem:
        reason = problem.strerror or str(problem)
        window.message_bar.show_message(f"Unsaved work cannot be kept safe from a crash: {reason}.")
        return None
    autosave = Autosave(window.session, window.files, folder)
    autosave.failed.connect(window.message_bar.show_message)
    window.closed.connect(autosave.end)
    _offer(window, autosave, list(left_behind(folder)))
    return autosave


def _offer(window: MainWindow, autosave: Autosave, works: list[tuple[Path, Recovered]]) -> None:
    if not works:
        return
    (file, work), rest = works[0], works[1:]

    def restore() -> None:
        if window.files.restore(work) and autosave.keep():
            # Only now that it is safe in this window's own file.
            discard()

    def discard() -> None:
        file.unlink(missing_ok=True)
        _offer(window, autosave, rest)

    window.message_bar.show_lasting(
        f"“{work.name}” had changes that were not saved when ceviz ended.",
        [("Restore", restore), ("Discard", discard)],
    )


def _report(
    autosave: Autosave | None, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """The last resort: the work is kept aside, a person sees a sentence, the terminal the details.

    The program goes on.
    """
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    details = "".join(traceback.format_exception(kind, error, trace))
    if sys.stderr is not None:  # as on Windows, without a console
        sys.stderr.write(details)
    if autosave is not None:
        autosave.keep()
    messages.tell_unexpected(QApplication.activeWindow(), details)
