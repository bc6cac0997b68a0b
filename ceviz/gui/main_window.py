"""The window: header, one page per task, menus, title, files. Wiring only."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QIcon, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from ceviz.core.document import Convention, Task
from ceviz.drawing.theme import Theme
from ceviz.files import resources
from ceviz.gui import motion, style
from ceviz.gui.actions import (
    CONVENTIONS,
    PANEL_STEPS,
    TASK_NAMES,
    UNITS,
    create_actions,
    examples_menu,
    fill_menu,
    open_row_menu,
    recent_menu,
)
from ceviz.gui.document_files import DocumentFiles
from ceviz.gui.exports import Exports
from ceviz.gui.header import Header
from ceviz.gui.message_bar import MessageBar
from ceviz.gui.page import Page
from ceviz.gui.task_edits import TaskEdits
from ceviz.gui.task_page import TaskPage
from ceviz.session import Session
from ceviz.settings import THEMES, Settings

if TYPE_CHECKING:
    from ceviz.gui.importing import Importing

_TASKS = tuple(TASK_NAMES)
_STANDARD_SIZE = (1440, 900)
_SMALLEST_SIZE = (1024, 680)
_COMPACT_BELOW = (1440, 860)


class MainWindow(QMainWindow):
    """The window of one document. A page is built when its tab is first shown."""

    closed = Signal()

    def __init__(self, session: Session, theme_choice: str = "light") -> None:
        super().__init__()
        self.session = session
        self._theme_choice = theme_choice
        self._theme = Theme(style.theme_name(theme_choice), moving=motion.is_wanted())
        style.apply(self._theme)  # before there are widgets, each of which would be polished anew
        self._pages: dict[tuple[Task, bool], Page] = {}
        self._ticked_for: object = None
        self.message_bar = MessageBar(self, self._theme)
        self.files = DocumentFiles(session, self.message_bar, self)
        self._exports = Exports(session, self.files, self.message_bar, self, lambda: self._theme)
        self.files.import_wanted.connect(lambda source: self._importing.show(source))
        self._actions = create_actions(
            self,
            session.undo_stack,
            {name: self._after_editing(act) for name, act in self._slots().items()},
        )
        self._actions["reduce_motion"].setChecked(Settings().reduce_motion)
        self._examples_menu = examples_menu(self, self.files.open_example)
        self._recent_menu = recent_menu(self, self.files.open_safely)
        self._more_menu = QMenu(self)
        fill_menu(self._more_menu, self._actions, self._recent_menu, self._examples_menu)
        self._header = Header(self._actions, self._examples_menu, self._more_menu, self._theme)
        self._stack = QStackedWidget()
        self._lay_out()
        self.setAcceptDrops(True)
        self.resize(*_STANDARD_SIZE)
        session.changed.connect(self._refresh)
        self.files.leaving.connect(self._leave_editing)
        self.files.renamed.connect(self._refresh_title)
        self.message_bar.room_changed.connect(lambda: self.page.lend(self.message_bar.room))
        session.undo_stack.cleanChanged.connect(self._show_clean)
        self._header.tabs.currentChanged.connect(self._activate_tab)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._refresh()

    def open(self, path: Path) -> None:
        """Work on another file; DocumentError, PredictionsError or OSError where that is not possible."""
        self.files.open(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self.files.may_leave())
        if event.isAccepted():
            self.files.let_go()
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.files.notice_changes_outside()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        # A program that ended meanwhile no longer tells what was dropped.
        if urls := event.mimeData().urls():
            # Later: a question asked now would hold up the program that the file was dragged from.
            QTimer.singleShot(0, self, partial(self._open_dropped, Path(urls[0].toLocalFile())))

    def _open_dropped(self, path: Path) -> None:
        self.activateWindow()
        self.files.open_safely(path)

    def _finish_editing(self) -> None:
        """Take over what is being typed; an editor whose text makes no sense stays open."""
        self.page.finish_editing()

    def _leave_editing(self) -> None:
        """Take over what is being typed; what makes no sense is given up with the document."""
        self.page.finish_editing(give_up=True)

    def _after_editing(self, act: Callable[[], object]) -> Callable[[], None]:
        """A slot that takes over what is being typed; a tick goes back where the act changed nothing."""

        def slot() -> None:
            self._finish_editing()
            act()
            self._refresh_actions()

        return slot

    @cached_property
    def _importing(self) -> Importing:
        # Imported when first asked for: what the first frame does not show must not delay it.
        from ceviz.gui.importing import Importing

        return Importing(self.session, self.files, self.message_bar, self, lambda: self._theme)

    def _compute_as(self, convention: Convention) -> None:
        self.edits.choose_convention(convention)

    def _step_edge(self, panel: str, by: int) -> None:
        self.page.step_edge(panel, by)

    # What is shown

    @property
    def page(self) -> Page:
        """The page of the active task."""
        document = self.session.document
        return self._page(document.active_task, document.views[document.active_task].compare)

    @property
    def edits(self) -> TaskEdits:
        """What can be done to the active task."""
        return self.page.task_edits

    def set_theme(self, choice: str) -> None:
        """Show everything in the theme "light" or "dark", or as the desktop has it ("system")."""
        self._theme_choice = choice
        self._use_theme(Theme(style.theme_name(choice), self._theme.compact, moving=self._theme.moving))

    def set_moving(self, moving: bool) -> None:
        """Whether what changes glides to its new place, or is there at once."""
        self._use_theme(Theme(self._theme.name, self._theme.compact, moving=moving))

    def _use_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._apply_theme()
        self._refresh()

    def _choose_theme(self, choice: str) -> None:
        Settings().theme = choice
        self.set_theme(choice)

    def _choose_motion(self) -> None:
        Settings().reduce_motion = self._actions["reduce_motion"].isChecked()
        self.set_moving(motion.is_wanted())

    def show_reading_aids(self, on: bool) -> None:
        """Whether losses stand in other words below their numbers."""
        self._actions["reading_aids"].setChecked(on)
        self.page.headline.show_aids(on)

    def _choose_reading_aids(self) -> None:
        on = Settings().reading_aids = self._actions["reading_aids"].isChecked()
        self.show_reading_aids(on)

    def _follow_system(self) -> None:
        if self._theme_choice == "system" and self._theme.name != style.theme_name("system"):
            self.set_theme("system")

    def _offer_commands(self) -> None:
        from ceviz.gui.command_palette import CommandPalette
        from ceviz.gui.commands import commands

        task = self.session.document.active_task
        offered = commands(
            self._actions,
            self.session.state(task),
            self.session.evaluation(task).issues,
            resources.examples().values(),
            self.page.lens_panel.lenses,
            self.page.model_acts(),
            edits=self.edits,
            open_example=self.files.open_example,
        )
        CommandPalette(self, self._theme, offered).open()

    def _show_keys(self) -> None:
        from ceviz.gui.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self._actions, self._theme, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        compact = self.width() < _COMPACT_BELOW[0] or self.height() < _COMPACT_BELOW[1]
        if compact != self._theme.compact:
            self._use_theme(Theme(self._theme.name, compact, moving=self._theme.moving))
        super().resizeEvent(event)

    def _page(self, task: Task, compare: bool) -> Page:
        key = (task, compare)
        if key not in self._pages:
            page = self._new_page(task, compare)
            page.task_edits.refused.connect(partial(self.message_bar.show_message, passing=True))
            page.lens_panel.code_asked.connect(self._exports.copy_call_code)
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages[key]

    def _new_page(self, task: Task, compare: bool) -> Page:
        if not compare:
            return TaskPage(task, self.session, self._theme)
        # Imported when first asked for: what the first frame does not show must not delay it.
        from ceviz.gui.compare_page import ComparePage

        return ComparePage(task, self.session, self._theme)

    def _refresh(self, _changed: Task | None = None) -> None:
        task, page = self.session.document.active_task, self.page
        if page.theme is not self._theme:
            # Only now that it is seen: a change of theme need not restyle every page at once.
            page.set_theme(self._theme)
        page.headline.show_aids(self._actions["reading_aids"].isChecked())
        page.lend(self.message_bar.room)
        page.refresh()
        self._stack.setCurrentWidget(page)
        with QSignalBlocker(self._header.tabs):
            self._header.tabs.setCurrentIndex(_TASKS.index(task))
        state, view = self.session.state(task), self.session.document.views[task]
        found = self.edits.has_infinite, self.edits.has_losses
        ticked_for = (task, view, state.options, state.class_count, self._theme_choice, found)
        if ticked_for != self._ticked_for:
            self._ticked_for = ticked_for
            self._refresh_actions()

    def _refresh_actions(self) -> None:
        document = self.session.document
        state, view = document.tasks[document.active_task], document.views[document.active_task]
        self._actions["compare"].setChecked(view.compare)
        self._actions["fresh"].setChecked(view.fresh)
        self._actions["next_infinite"].setEnabled(self.edits.has_infinite)
        self._actions["highest_loss"].setEnabled(self.edits.has_losses)
        self._actions["simplex"].setEnabled(document.active_task.competing and state.class_count >= 3)
        for name, unit in UNITS.items():
            self._actions[name].setChecked(state.options.unit is unit)
        for name, convention in CONVENTIONS.items():
            self._actions[name].setChecked(state.options.convention is convention)
        for name in THEMES:
            self._actions[name].setChecked(self._theme_choice == name)

    def _refresh_title(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*] — ceviz")
        self._show_clean(not self.session.modified)

    def _show_clean(self, clean: bool) -> None:
        # Takes what the signal says: the stack also tells of its own end, when it cannot be asked any more.
        self.setWindowModified(not clean)

    def _apply_theme(self) -> None:
        style.apply(self._theme)
        self._header.set_theme(self._theme)
        self.message_bar.set_theme(self._theme)

    def _activate_tab(self, index: int) -> None:
        self._finish_editing()
        self.session.activate(_TASKS[index])

    # Building

    def _lay_out(self) -> None:
        self._refresh_title()
        self.setWindowIcon(QIcon(str(resources.icon_path("ceviz"))))
        self.setMinimumSize(*_SMALLEST_SIZE)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.message_bar)
        self.setCentralWidget(body)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "new": self.files.new,
            "open": self.files.open_chosen,
            "import": lambda: self._importing.choose_file(),
            "import_clipboard": lambda: self._importing.from_clipboard(),
            "add_model": lambda: self._importing.choose_file(add=True),
            "save": self.files.save,
            "save_as": self.files.save_as,
            "close": self.close,
            "add_sample": lambda: self.edits.add_sample(),
            "duplicate_sample": lambda: self.edits.duplicate_sample(),
            "remove_sample": lambda: self.edits.remove_sample(),
            "normalise": lambda: self.edits.normalise_all(),
            "add_class": lambda: self.edits.add_class(),
            "simplex": lambda: self.edits.show_simplex(),
            "frameworks": lambda: self.edits.choose_lens("frameworks"),
            "traps": lambda: self.edits.choose_lens("traps"),
            "nats": lambda: self.edits.choose_unit("nats"),
            "bits": lambda: self.edits.choose_unit("bits"),
            "loss_options": lambda: self.page.toggle_options(),
            **{name: partial(self._compute_as, convention) for name, convention in CONVENTIONS.items()},
            **{name: partial(self._step_edge, *step) for name, step in PANEL_STEPS.items()},
            "compare": lambda: self.edits.compare(self._actions["compare"].isChecked()),
            **self._exports.slots(),
            "row_menu": open_row_menu,
            "reduce_motion": self._choose_motion,
            "fresh": lambda: self.edits.show_fresh_loss(self._actions["fresh"].isChecked()),
            "reading_aids": self._choose_reading_aids,
            **{name: partial(self._choose_theme, name) for name in THEMES},
            "palette": self._offer_commands,
            "keys": self._show_keys,
            "previous_sample": lambda: self.edits.step_sample(-1),
            "next_infinite": lambda: self.edits.show_next_infinite(),
            "highest_loss": lambda: self.edits.show_highest_loss(),
            "next_sample": lambda: self.edits.step_sample(1),
            **{task.value: partial(self.session.activate, task) for task in _TASKS},
        }
