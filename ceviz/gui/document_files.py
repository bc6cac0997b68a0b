"""Opening, saving and leaving a document: what is asked, and what is said when it does not work."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ceviz.files.document_file import DocumentError, default_document, save_document
from ceviz.files.predictions import PredictionsError, open_path
from ceviz.gui import messages
from ceviz.gui.message_bar import MessageBar
from ceviz.session import Session

UNTITLED = "untitled"


class DocumentFiles(QObject):
    """The session's document and its file."""

    renamed = Signal()

    def __init__(self, session: Session, message_bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._message_bar = message_bar
        self._window = window
        self.name = session.path.name if session.path else UNTITLED

    def open(self, path: Path, choice: str | None = None) -> None:
        """Work on another file, asking first about unsaved changes.

        Raises DocumentError, PredictionsError or OSError; the present document then stays.
        """
        opened = open_path(path, choice)
        if not self.may_leave():
            return
        # Predictions from a CSV become a document that has no file yet: saving never overwrites the CSV.
        is_document = path.suffix.lower() == ".ceviz"
        self._session.load(opened.document, path if is_document else None)
        self._rename(path.name)
        choices = [(text, partial(self.open_safely, path, key)) for key, text in opened.choices]
        if opened.summary:
            self._message_bar.show_message(opened.summary, choices)

    def open_safely(self, path: Path, choice: str | None = None) -> None:
        """Open, or say why that is not possible."""
        try:
            self.open(path, choice)
        except (DocumentError, PredictionsError) as problem:
            self._message_bar.show_message(f"{path.name} was not opened: {problem}")
        except OSError as problem:
            self._message_bar.show_message(f"{path} was not opened: {problem.strerror or problem}")

    def open_chosen(self) -> None:
        folder = self._session.path.parent if self._session.path else Path.home()
        path = messages.choose_file_to_open(self._window, folder)
        if path is not None:
            self.open_safely(path)

    def open_example(self, path: Path) -> None:
        """Open a shipped example as a document of its own that has no file yet."""
        self.open_safely(path)
        self._session.path = None

    def new(self) -> None:
        if self.may_leave():
            self._session.load(default_document(), None)
            self._rename(UNTITLED)

    def save(self) -> bool:
        """Save where the document came from; ask where that is unknown. Whether it was saved."""
        return self._save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        suggestion = self._session.path or (Path.home() / self.name).with_suffix(".ceviz")
        path = messages.choose_file_to_save(self._window, suggestion)
        return path is not None and self._save_to(path)

    def may_leave(self) -> bool:
        """Whether the document may go: it is saved, or a person gave it up."""
        if not self._session.modified:
            return True
        answer = messages.ask_about_unsaved(self._window, self.name)
        return self.save() if answer is messages.Unsaved.SAVE else answer is messages.Unsaved.DISCARD

    def _save_to(self, path: Path) -> bool:
        try:
            save_document(self._session.document, path)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            self._message_bar.show_message(
                f"{path} was not saved: {reason}. Your work is still here.",
                [("Save as…", self.save_as)],
            )
            return False
        self._session.saved(path)
        self._rename(path.name)
        return True

    def _rename(self, name: str) -> None:
        self.name = name
        self.renamed.emit()
