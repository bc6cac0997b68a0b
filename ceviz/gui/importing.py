"""Importing predictions from a file or the clipboard, into a new document or as one more model."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ceviz.drawing.theme import Theme
from ceviz.files.document_file import DocumentError, read_bytes
from ceviz.files.predictions import PredictionsError, Source, source_of
from ceviz.files.tables.draft import Outcome
from ceviz.files.tables.label_file import read_labels
from ceviz.gui import messages
from ceviz.gui.document_files import DocumentFiles
from ceviz.gui.import_dialog import ImportDialog
from ceviz.gui.message_bar import MessageBar
from ceviz.session import Session


class Importing(QObject):
    """Opens the dialog on what is to be imported, and does what was decided there."""

    def __init__(
        self,
        session: Session,
        files: DocumentFiles,
        message_bar: MessageBar,
        window: QWidget,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._files = files
        self._message_bar = message_bar
        self._window = window
        self._theme = theme

    def choose_file(self, add: bool = False) -> None:
        """Ask for a file of predictions and how to read it; `add`: as one more model of this task."""
        folder = self._session.path.parent if self._session.path else Path.home()
        path = messages.choose_predictions(self._window, folder)
        if path is None:
            return
        try:
            source = source_of(read_bytes(path), path)
        except (DocumentError, PredictionsError) as problem:
            self._message_bar.show_message(f"{path.name} was not imported: {problem}")
        except OSError as problem:
            self._message_bar.show_message(f"{path} was not imported: {problem.strerror or problem}")
        else:
            if source is None:
                self._message_bar.show_message(f"{path.name} is a document: open it instead.")
            else:
                self.show(source, add)

    def from_clipboard(self) -> None:
        """Import the table that is on the clipboard as text."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._message_bar.show_message("There is no text on the clipboard.", passing=True)
            return
        self.show(Source("clipboard", text))

    def show(self, source: Source, add: bool = False) -> None:
        """Ask how to read a source."""
        task = self._session.document.active_task
        there = (self._session.state(task), task)
        dialog = ImportDialog(source, there, add, self._theme(), self._window)
        dialog.imported.connect(partial(self._take, source))
        dialog.labels_wanted.connect(partial(self._choose_labels, dialog))
        dialog.open()

    def _take(self, source: Source, outcome: Outcome, add: bool) -> None:
        if outcome.state is None:
            return
        if not add:
            self._files.take_import(outcome.state, outcome.task, source, outcome.summary)
            return
        model = outcome.state.models[-1].name
        self._session.edit(outcome.task, outcome.state, f"Add model {model}")
        self._session.show(outcome.task, compare=True)
        self._message_bar.show_message(f"Model {model} added. {outcome.summary}", passing=True)

    def _choose_labels(self, dialog: ImportDialog) -> None:
        path = messages.choose_predictions(dialog, Path.home(), "Labels")
        if path is None:
            return
        try:
            dialog.take_labels(read_labels(read_bytes(path), path))
        except (DocumentError, PredictionsError) as problem:
            dialog.show_problem(f"{path.name}: {problem}")
        except OSError as problem:
            dialog.show_problem(f"{path}: {problem.strerror or problem}")
