"""What leaves the program as text: the batch as a table, reports, and programs that print a shown number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Convention
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import BATCH_KEY
from ceviz.files.atomic import write_atomically
from ceviz.files.code_calls import Framework
from ceviz.gui import messages
from ceviz.gui.actions import REPORT_FORMATS, SUBJECTS
from ceviz.gui.document_files import DocumentFiles
from ceviz.gui.message_bar import MessageBar
from ceviz.session import Session

_TABLE = {".csv": "Table"}
_REPORTS = {".md": "Markdown", ".tex": "LaTeX"}


class Exports(QObject):
    """Writes and copies what the window shows of the active task.

    What writes is imported when first asked for: what the first frame does not show must not delay it.
    """

    def __init__(
        self,
        session: Session,
        files: DocumentFiles,
        message_bar: MessageBar,
        window: QWidget,
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._session, self._files, self._message_bar, self._window = session, files, message_bar, window
        self._theme = theme

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the actions of this name do."""
        slots: dict[str, Callable[[], None]] = {
            "export_figure": self._export_figure,
            "export_batch": self._export_batch,
        }
        for subject in SUBJECTS:
            slots[f"export_{subject}_report"] = partial(self._export_report, subject)
            for name in REPORT_FORMATS:
                slots[f"copy_{subject}_{name}"] = partial(self._copy, partial(self._report, subject, name))
            for framework in Framework:
                slots[f"copy_{subject}_{framework}"] = partial(
                    self._copy, partial(self._code, subject, framework)
                )
        return slots

    def _export_figure(self) -> None:
        from ceviz.gui.export_dialog import ExportDialog

        name = Path(self._files.name).stem
        dialog = ExportDialog(self._session.document, name, self._folder(), self._theme(), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(self._say_written)
        dialog.open()

    def _folder(self) -> Path:
        return self._session.path.parent if self._session.path else Path.home()

    def _say_written(self, path: Path) -> None:
        self._message_bar.show_message(f"{path.name} was written.", passing=True)

    def _export_batch(self) -> None:
        from ceviz.files.report import evaluation_csv

        document = self._session.document
        self._export("losses", _TABLE, lambda _: evaluation_csv(document, document.active_task))

    def _export_report(self, subject: str) -> None:
        self._export(f"{subject} report", _REPORTS, lambda kind: self._report(subject, kind))

    def _report(self, subject: str, name: str) -> str:
        from ceviz.files import markup
        from ceviz.files.worked_report import batch_report, sample_report

        write = {"Markdown": markup.markdown, "LaTeX": markup.latex}[name]
        document = self._session.document
        task, view = document.active_task, document.views[document.active_task]
        if subject == "batch":
            return write(batch_report(document, task))
        return write(sample_report(document, task, view.sample, self._models()))

    def _code(self, subject: str, framework: Framework) -> str:
        from ceviz.files.code_text import batch_code, sample_code

        document = self._session.document
        task, sample = document.active_task, document.views[document.active_task].sample
        if subject == "batch":
            return "\n".join(batch_code(document, task, framework, model) for model in self._models())
        return "\n".join(sample_code(document, task, framework, sample, model) for model in self._models())

    def copy_call_code(self, convention: Convention, call: str | None) -> None:
        """Copy a program that prints the number of a row of the lens, of the sample or of the batch."""
        from ceviz.files.code_text import call_code

        document = self._session.document
        task, view = document.active_task, document.views[document.active_task]
        sample = None if view.lens == BATCH_KEY else view.sample
        self._copy(
            lambda: "\n".join(
                call_code(document, task, convention, call, sample, model) for model in self._models()
            )
        )

    def _models(self) -> tuple[int, ...]:
        """The shown models."""
        document = self._session.document
        return (0, 1) if document.views[document.active_task].compare else (0,)

    def _copy(self, write: Callable[[], str]) -> None:
        try:
            QGuiApplication.clipboard().setText(write())
        except ValueError as reason:
            text = str(reason)
            self._message_bar.show_message(f"{text[:1].upper()}{text[1:]}.", passing=True)
            return
        self._message_bar.show_message("Copied.", passing=True)

    def _export(self, what: str, kinds: dict[str, str], write: Callable[[str], str]) -> None:
        """Ask for a file with one of the endings `kinds`, and write what its kind calls for."""
        suggestion = self._folder() / f"{Path(self._files.name).stem} {what}{next(iter(kinds))}"
        chosen = messages.choose_file_to_export(self._window, suggestion, kinds)
        if chosen is None:
            return
        path, kind = chosen
        try:
            write_atomically(write(kind).encode(), path)
        except OSError as problem:
            self._message_bar.show_message(f"{path} was not written: {problem.strerror or problem}.")
            return
        self._say_written(path)
