"""Opening, saving and leaving a document: what is asked, and what is said when it does not work."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Document, Task, TaskState
from ceviz.files.document_file import DocumentError, default_document, save_document
from ceviz.files.recovery import Recovered
from ceviz.files.tables.table import PredictionsError, Table
from ceviz.gui import messages
from ceviz.gui.file_guard import FileGuard, Fingerprint, fingerprint_of
from ceviz.gui.message_bar import MessageBar
from ceviz.session import Session
from ceviz.settings import Settings

if TYPE_CHECKING:
    from ceviz.files.predictions import Source

UNTITLED = "untitled"


class DocumentFiles(QObject):
    """The session's document and its file.

    What reads files is imported when first asked for: what the first frame does not show must not delay it.
    """

    renamed = Signal()
    import_wanted = Signal(object)
    """A file leaves open how to read it; the argument is its `Source`."""
    leaving = Signal()
    """Told before the document is saved or may go: what is being typed belongs to it."""

    def __init__(self, session: Session, message_bar: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._message_bar = message_bar
        self._window = window
        self.name = session.path.name if session.path else UNTITLED
        self._said_changed = False
        self._guard = FileGuard()
        self._guard.guard(session.path, fingerprint_of(session.path))

    def open(self, path: Path, choice: str | None = None, ask: bool = False) -> None:
        """Work on another file, asking first about unsaved changes.

        A table that can be read in several ways is read in the likely one, unless a person can be asked.

        Raises DocumentError, PredictionsError or OSError; the present document then stays.
        """
        from ceviz.files.predictions import open_path

        if path.exists() and not (path.is_file() or path.is_dir()):
            # Reading a pipe that nobody writes to would never end.
            raise OSError("it is a pipe or a device, not a file")
        mark = fingerprint_of(path)
        opened = open_path(path, choice)
        if ask and opened.choices and choice is None:
            self._ask_how(path)
            return
        if not self.may_leave():
            return
        if fingerprint_of(path) != mark:
            # What was saved a moment ago may be this very file.
            mark = fingerprint_of(path)
            opened = open_path(path, choice)
        # Predictions become a document that has no file yet: saving never overwrites the table.
        self._take(opened.document, None if opened.summary else path, path.name, mark)
        Settings().add_recent(path)
        if opened.summary:
            choices = [(text, partial(self.open_safely, path, key)) for key, text in opened.choices]
            if not opened.complete:
                choices.append(("Change how it was read…", partial(self._ask_how, path)))
            self._message_bar.show_message(opened.summary, choices, passing=not opened.choices)
        elif self._guard.shared:
            self._message_bar.show_message(
                f"{path.name} is open in another window too. Saving here asks first."
            )

    def open_safely(self, path: Path, choice: str | None = None) -> None:
        """Open, or say why that is not possible."""
        try:
            self.open(path, choice, ask=True)
        except PredictionsError as problem:
            self._explain(path, problem)
        except DocumentError as problem:
            self._message_bar.show_message(f"{path.name} was not opened: {problem}")
        except OSError as problem:
            self._message_bar.show_message(f"{path} was not opened: {problem.strerror or problem}")

    def _explain(self, path: Path, problem: PredictionsError) -> None:
        """Ask what a file of predictions leaves open, or say what is wrong with it."""
        from ceviz.files.predictions import OpenQuestionError

        source = self._source(path)
        if source is not None and (
            isinstance(problem, OpenQuestionError) or isinstance(source.content, Table)
        ):
            self.import_wanted.emit(source)
            return
        look = [("Look at it…", partial(self._ask_how, path))] if source is not None else []
        self._message_bar.show_message(f"{path.name} was not opened: {problem}", look)

    def _ask_how(self, path: Path) -> None:
        if source := self._source(path):
            self.import_wanted.emit(source)

    def _source(self, path: Path) -> Source | None:
        """The predictions in a file, where there are any at all."""
        from ceviz.files.predictions import read_content, source_of

        try:
            return source_of(read_content(path), path)
        except (DocumentError, PredictionsError, OSError):
            return None

    def take_import(self, state: TaskState, task: Task, source: Source, summary: str) -> None:
        """Work on imported predictions as a document that has no file yet, asking first about changes."""
        from ceviz.files.predictions import new_document

        if self.may_leave():
            self._take(new_document(state, task), None, source.name)
            if source.path is not None:
                Settings().add_recent(source.path)
            self._message_bar.show_message(summary, passing=True)

    def open_chosen(self) -> None:
        folder = self._session.path.parent if self._session.path else Path.home()
        path = messages.choose_file_to_open(self._window, folder)
        if path is not None:
            self.open_safely(path)

    def open_example(self, path: Path) -> None:
        """Open a shipped example as a document of its own that has no file yet."""
        from ceviz.files.predictions import open_path

        if self.may_leave():
            self._take(open_path(path).document, None, path.name)

    def new(self) -> None:
        if self.may_leave():
            self._take(default_document(), None, UNTITLED)

    def restore(self, work: Recovered) -> bool:
        """Go on with work that a crash left behind: it is not saved yet. Whether that was done."""
        if not self.may_leave():
            return False
        self._take(work.document, work.path, work.name, work.fingerprint)
        self._session.undo_stack.resetClean()
        return True

    @property
    def fingerprint(self) -> Fingerprint:
        """The document's file as it was when it was read or written here."""
        return self._guard.fingerprint

    def notice_changes_outside(self) -> None:
        """Say it once when another program has written the file."""
        path = self._session.path
        if path is None or self._said_changed or not self._guard.changed_outside():
            return
        self._said_changed = True
        if self._guard.gone():
            # What no file holds is not saved.
            self._session.undo_stack.resetClean()
            self._message_bar.show_message(
                f"{path.name} was removed or renamed by another program. Your work is still here.",
                [("Save as…", self.save_as)],
            )
            return
        self._message_bar.show_message(
            f"{path.name} was changed by another program.",
            [("Load it again", partial(self.open_safely, path)), ("Keep mine", self._keep_mine)],
        )

    def _keep_mine(self) -> None:
        self._guard.accept()
        self._said_changed = False

    def let_go(self) -> None:
        """The window closes: others may have the file."""
        self._guard.release()

    def save(self) -> bool:
        """Save where the document came from; ask where that is unknown. Whether it was saved."""
        return self._save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        suggestion = self._session.path or (Path.home() / self.name).with_suffix(".ceviz")
        path = messages.choose_file_to_save(self._window, suggestion)
        return path is not None and self._save_to(path)

    def may_leave(self) -> bool:
        """Whether the document may go: it is saved, or a person gave it up."""
        self.leaving.emit()
        if not self._session.modified:
            return True
        answer = messages.ask_about_unsaved(self._window, self.name)
        return self.save() if answer is messages.Unsaved.SAVE else answer is messages.Unsaved.DISCARD

    def _save_to(self, path: Path, overwrite: bool = False) -> bool:
        self.leaving.emit()
        reason = None if overwrite or path != self._session.path else self._in_the_way()
        if reason is not None:
            self._message_bar.show_message(
                f"{path.name} {reason}, so it was not saved.",
                [("Overwrite", partial(self._save_to, path, True)), ("Save as…", self.save_as)],
            )
            return False
        try:
            save_document(self._session.document, path)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            self._message_bar.show_message(
                f"{path} was not saved: {reason}. Your work is still here.", [("Save as…", self.save_as)]
            )
            return False
        self._session.saved(path)
        self._message_bar.withdraw()
        self._guard.guard(path, fingerprint_of(path))
        self._rename(path.name)
        Settings().add_recent(path)
        return True

    def _in_the_way(self) -> str | None:
        """Why saving would overwrite somebody else's work."""
        if self._guard.still_shared():
            return "is open in another window"
        # Where the file is gone there is nothing to overwrite.
        changed = self._guard.changed_outside() and not self._guard.gone()
        return "was changed by another program" if changed else None

    def _take(
        self, document: Document, path: Path | None, name: str, fingerprint: Fingerprint = None
    ) -> None:
        self._message_bar.withdraw()
        self._session.load(document, path)
        self._guard.guard(path, fingerprint)
        self._rename(name)

    def _rename(self, name: str) -> None:
        self.name = name
        self._said_changed = False
        self.renamed.emit()
