"""The window: header, one page per task, menus, title, files. Wiring only."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.files import resources
from ceviz.files.document_file import DocumentError, default_document, save_document
from ceviz.files.predictions import PredictionsError, open_path
from ceviz.gui import messages, theme
from ceviz.gui.actions import TASK_NAMES, UNITS, create_actions, fill_menu
from ceviz.gui.header import Header
from ceviz.gui.message_bar import MessageBar
from ceviz.gui.task_page import TaskPage
from ceviz.gui.theme import Theme
from ceviz.session import Session

_TASKS = tuple(TASK_NAMES)
_STANDARD_SIZE = (1440, 900)
_SMALLEST_SIZE = (1024, 680)
_COMPACT_BELOW = (1440, 860)


class MainWindow(QMainWindow):
    """The window of one document. A page is built when its tab is first shown."""

    def __init__(self, session: Session, theme_name: str = "light") -> None:
        super().__init__()
        self.session = session
        self._theme = Theme(theme_name)
        self._pages: dict[Task, TaskPage] = {}
        self._actions = create_actions(self, self._slots())
        self._examples_menu = self._build_examples_menu()
        self._more_menu = QMenu(self)
        fill_menu(self._more_menu, self._actions, self._examples_menu)
        self._header = Header(self._actions, self._examples_menu, self._more_menu, self._theme)
        self._stack = QStackedWidget()
        self._lay_out()
        self._message_bar = MessageBar(self, self._theme)
        self._apply_theme()
        self.setAcceptDrops(True)
        self.resize(*_STANDARD_SIZE)
        session.changed.connect(self._refresh)
        session.undo_stack.cleanChanged.connect(self._refresh_title)
        self._header.tabs.tabBarClicked.connect(self._activate_tab)
        self._header.tabs.currentChanged.connect(self._activate_tab)
        self._refresh()

    # Files

    def open(self, path: Path, choice: str | None = None) -> None:
        """Work on another file, asking first about unsaved changes.

        Raises DocumentError, PredictionsError or OSError; the present document then stays.
        """
        opened = open_path(path, choice)
        if not self._may_leave():
            return
        is_document = path.suffix.lower() == ".ceviz"
        self.session.load(opened.document, path if is_document else None)
        self._document_name = path.name
        self._refresh_title()
        choices = [(text, partial(self._open_safely, path, key)) for key, text in opened.choices]
        if opened.summary or choices:
            self._message_bar.show_message(opened.summary, choices)

    def save(self) -> bool:
        """Save where the document came from; ask where that is unknown. Whether it was saved."""
        return self._save_to(self.session.path) if self.session.path else self.save_as()

    def save_as(self) -> bool:
        suggestion = self.session.path or Path.home() / Path(self._document_name).with_suffix(".ceviz").name
        path = messages.choose_file_to_save(self, suggestion)
        return path is not None and self._save_to(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._may_leave())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._open_safely(Path(event.mimeData().urls()[0].toLocalFile()))

    def _open_chosen(self) -> None:
        folder = self.session.path.parent if self.session.path else Path.home()
        path = messages.choose_file_to_open(self, folder)
        if path is not None:
            self._open_safely(path)

    def _open_safely(self, path: Path, choice: str | None = None) -> None:
        try:
            self.open(path, choice)
        except (DocumentError, PredictionsError) as problem:
            self._message_bar.show_message(f"{path.name} was not opened: {problem}")
        except OSError as problem:
            self._message_bar.show_message(f"{path} was not opened: {problem.strerror or problem}")

    def _open_example(self, path: Path) -> None:
        """Open a shipped example: as a document of its own that has no file yet."""
        self._open_safely(path)
        self.session.path = None

    def _new(self) -> None:
        if self._may_leave():
            self.session.load(default_document(), None)
            self._document_name = "untitled"
            self._refresh_title()

    def _save_to(self, path: Path) -> bool:
        self._commit_editor()
        try:
            save_document(self.session.document, path)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            self._message_bar.show_message(
                f"{path} was not saved: {reason}. Your work is still here.", [("Save as…", self._save_as)]
            )
            return False
        self.session.saved(path)
        self._document_name = path.name
        self._refresh_title()
        return True

    def _save_as(self) -> None:
        self.save_as()

    def _may_leave(self) -> bool:
        self._commit_editor()
        if not self.session.modified:
            return True
        answer = messages.ask_about_unsaved(self, self._document_name)
        return self.save() if answer is messages.Unsaved.SAVE else answer is messages.Unsaved.DISCARD

    def _commit_editor(self) -> None:
        """Take over what is typed in an open editor: losing the focus commits it."""
        self._header.tabs.setFocus()

    # What is shown

    @property
    def page(self) -> TaskPage:
        """The page of the active task."""
        return self._page(self.session.document.active_task)

    def set_theme(self, name: str) -> None:
        """Show everything in the theme "light" or "dark"."""
        self._theme = Theme(name, self._theme.compact)
        self._apply_theme()
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        compact = self.width() < _COMPACT_BELOW[0] or self.height() < _COMPACT_BELOW[1]
        if compact != self._theme.compact:
            self._theme = Theme(self._theme.name, compact)
            self._apply_theme()
            self._refresh()
        super().resizeEvent(event)

    def _page(self, task: Task) -> TaskPage:
        if task not in self._pages:
            page = TaskPage(task, self.session, self._theme)
            self._pages[task] = page
            self._stack.addWidget(page)
        return self._pages[task]

    def _refresh(self, _changed: Task | None = None) -> None:
        task = self.session.document.active_task
        page = self._page(task)
        page.refresh()
        self._stack.setCurrentWidget(page)
        self._header.tabs.show_index(_TASKS.index(task))
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        stack, state = self.session.undo_stack, self.session.state(self.session.document.active_task)
        for name, possible, text in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            self._actions[name].setEnabled(possible)
            self._actions[name].setText(f"{name.capitalize()} {text[:1].lower()}{text[1:]}".strip())
        for name, unit in UNITS.items():
            self._actions[name].setChecked(state.options.unit is unit)
        for name in ("light", "dark"):
            self._actions[name].setChecked(self._theme.name == name)

    def _refresh_title(self) -> None:
        self.setWindowTitle(f"{self._document_name}[*]")
        self.setWindowModified(self.session.modified)

    def _apply_theme(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self._theme)
        self._header.set_theme(self._theme)
        self._message_bar.set_theme(self._theme)
        for page in self._pages.values():
            page.set_theme(self._theme)

    def _activate_tab(self, index: int) -> None:
        self._commit_editor()
        self.session.activate(_TASKS[index])

    # Building

    def _lay_out(self) -> None:
        self._document_name = self.session.path.name if self.session.path else "untitled"
        self._refresh_title()
        self.setWindowIcon(QIcon(str(resources.icon_path("ceviz"))))
        self.setMinimumSize(*_SMALLEST_SIZE)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(body)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _build_examples_menu(self) -> QMenu:
        menu = QMenu("Examples", self)
        for path in resources.examples().values():
            text = path.stem.replace("-", " ").capitalize()
            menu.addAction(text, partial(self._open_example, path))
        return menu

    def _slots(self) -> dict[str, Callable[[], None]]:
        return {
            "new": self._new,
            "open": self._open_chosen,
            "save": lambda: self._ignore(self.save()),
            "save_as": self._save_as,
            "close": lambda: self._ignore(self.close()),
            "undo": lambda: self.session.undo_stack.undo(),
            "redo": lambda: self.session.undo_stack.redo(),
            "add_sample": lambda: self.page.add_sample(),
            "duplicate_sample": lambda: self.page.duplicate_sample(),
            "remove_sample": lambda: self.page.remove_sample(),
            "normalise": lambda: self.page.normalise_all(),
            "add_class": lambda: self.page.add_class(),
            "nats": lambda: self.page.choose_unit("nats"),
            "bits": lambda: self.page.choose_unit("bits"),
            "light": partial(self.set_theme, "light"),
            "dark": partial(self.set_theme, "dark"),
            "previous_sample": lambda: self.page.step_sample(-1),
            "next_sample": lambda: self.page.step_sample(1),
            **{task.value: partial(self.session.activate, task) for task in _TASKS},
        }

    @staticmethod
    def _ignore(_result: object) -> None:
        """A slot's result says nothing to an action."""
