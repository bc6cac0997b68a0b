"""One table of everything that can be done from the menu or by a key: id, text, shortcut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QUndoStack
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain.convention_table import CONVENTION_NAMES
from ceviz.files import resources
from ceviz.files.code_calls import Framework
from ceviz.settings import Settings

TASK_NAMES = {
    Task.MULTICLASS: "Multi-class",
    Task.SOFT: "Soft targets",
    Task.BINARY: "Binary",
    Task.MULTILABEL: "Multi-label",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An action; `shortcuts` in Qt's portable notation, the first one is shown."""

    id: str
    text: str
    shortcuts: tuple[str, ...] = ()
    menu: str = ""
    """The menu that it stands in, "Edit/Copy as code" within another; empty: in none, it is elsewhere."""
    checkable: bool = False


PANEL_STEPS = {
    "Wider sample": ("sample", 40),
    "Narrower sample": ("sample", -40),
    "Wider lens": ("lens", 40),
    "Narrower lens": ("lens", -40),
    "More rows of the batch": ("batch", 1),
    "Fewer rows of the batch": ("batch", -1),
    "Panels as at first": ("", 0),
}
"""What is else dragged at the panels' edges: which panel gets how much more, in px or rows."""
SUBJECTS = ("sample", "batch")
"""What a report or a program is about."""
REPORT_FORMATS = ("Markdown", "LaTeX")

ENTRIES = (
    Entry("new", "New", ("Ctrl+Shift+N",), "File"),
    Entry("open", "Open…", ("Ctrl+O",), "File"),
    Entry("import", "Import predictions…", ("Ctrl+I",), "File"),
    Entry("import_clipboard", "Import from clipboard…", (), "File"),
    Entry("add_model", "Add model from file…", (), "File"),
    Entry("save", "Save", ("Ctrl+S",), "File"),
    Entry("save_as", "Save as…", ("Ctrl+Shift+S",), "File"),
    Entry("export_figure", "Export figure…", ("Ctrl+E",), "File"),
    Entry("export_batch", "Export batch…", (), "File"),
    Entry("export_sample_report", "Export report of the sample…", (), "File"),
    Entry("export_batch_report", "Export report of the batch…", (), "File"),
    Entry("close", "Close", ("Ctrl+Q", "Ctrl+W"), "File"),
    Entry("undo", "Undo", ("Ctrl+Z",), "Edit"),
    Entry("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit"),
    Entry("add_sample", "Add sample", ("Ctrl+N",), "Edit"),
    Entry("duplicate_sample", "Duplicate sample", ("Ctrl+Shift+D",), "Edit"),
    Entry("remove_sample", "Remove sample", (), "Edit"),
    Entry("row_menu", "Menu at the keyboard’s place", ("Shift+F10",), "Edit"),
    Entry("normalise", "Normalise all rows", (), "Edit"),
    Entry("add_class", "Add class", (), "Edit"),
    *(
        Entry(f"copy_{subject}_{name}", f"{subject.capitalize()} as {name}", (), f"Edit/Copy as {kind}")
        for kind, names in (("report", REPORT_FORMATS), ("code", tuple(Framework)))
        for subject in SUBJECTS
        for name in names
    ),
    Entry("compare", "Compare two models", ("Ctrl+D",), "View", checkable=True),
    Entry("simplex", "Simplex of three classes", (), "View"),
    Entry("frameworks", "What frameworks compute", (), "View"),
    Entry("traps", "Traps", (), "View"),
    Entry("nats", "Loss in nats", (), "View", checkable=True),
    Entry("bits", "Loss in bits", (), "View", checkable=True),
    Entry("loss_options", "How the loss is computed…", ("Ctrl+L",), "View"),
    *(
        Entry(f"as_{convention}", f"Compute as {name}", (), "View/Compute as", checkable=True)
        for convention, name in CONVENTION_NAMES.items()
    ),
    *(Entry(text, text, (), "View/Panels") for text in PANEL_STEPS),
    Entry("reduce_motion", "Reduce motion", (), "View", checkable=True),
    Entry("fresh", "Fresh model’s loss", (), "View", checkable=True),
    Entry("reading_aids", "Reading aids", (), "View", checkable=True),
    Entry("light", "Light", (), "Theme", checkable=True),
    Entry("dark", "Dark", (), "Theme", checkable=True),
    Entry("system", "Follow the system", (), "Theme", checkable=True),
    Entry("previous_sample", "Previous sample", ("Ctrl+PgUp",), "View"),
    Entry("next_sample", "Next sample", ("Ctrl+PgDown",), "View"),
    Entry("next_infinite", "Next sample with infinite loss", (), "View"),
    Entry("highest_loss", "Sample with the highest loss", (), "View"),
    Entry("palette", "Command palette…", ("Ctrl+K",), "Help"),
    Entry("keys", "Keys", ("F1",), "Help"),
    *(
        Entry(task.value, name, (f"Ctrl+{number}",))
        for number, (task, name) in enumerate(TASK_NAMES.items(), 1)
    ),
)

_GROUP_STARTS = frozenset(
    {
        "import",
        "save",
        "export_figure",
        "close",
        "add_sample",
        "add_class",
        f"copy_sample_{REPORT_FORMATS[0]}",
        "simplex",
        "nats",
        "reduce_motion",
        "previous_sample",
    }
)
"""What a line in a menu stands above."""

CONVENTIONS = {f"as_{convention}": convention for convention in Convention}
UNITS = {"nats": Unit.NATS, "bits": Unit.BITS}


def create_actions(
    window: QWidget, undo_stack: QUndoStack, slots: Mapping[str, Callable[[], None]]
) -> dict[str, QAction]:
    """The actions of the table, added to `window` so that their keys work; each calls its slot.

    Undo and redo come from the stack, which keeps their text and whether they are possible.
    """
    actions = {
        "undo": undo_stack.createUndoAction(window, "Undo"),
        "redo": undo_stack.createRedoAction(window, "Redo"),
    }
    for entry in ENTRIES:
        if entry.id not in actions:
            actions[entry.id] = QAction(entry.text, window)
            actions[entry.id].setCheckable(entry.checkable)
            actions[entry.id].triggered.connect(slots[entry.id])
        # Beside one or two of them an icon would only push the words of all others aside.
        actions[entry.id].setIconVisibleInMenu(False)
        actions[entry.id].setShortcuts([QKeySequence(shortcut) for shortcut in entry.shortcuts])
        window.addAction(actions[entry.id])
    return actions


def open_row_menu() -> None:
    """Open the context menu of what has the keyboard, as the menu key does that not every keyboard has."""
    widget = QApplication.focusWidget()
    if widget is not None:
        pos = widget.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(widget, QContextMenuEvent(reason, pos, widget.mapToGlobal(pos)))


def examples_menu(window: QWidget, open_example: Callable[[Path], None]) -> QMenu:
    """The shipped examples by their names."""
    menu = QMenu("Examples", window)
    for path in resources.examples().values():
        menu.addAction(resources.example_title(path), partial(open_example, path))
    return menu


def recent_menu(window: QWidget, open_file: Callable[[Path], None]) -> QMenu:
    """The files worked on last, as they are when it opens."""
    menu = QMenu("Open recent", window)
    menu.aboutToShow.connect(partial(_list_recent, menu, open_file))
    return menu


def _list_recent(menu: QMenu, open_file: Callable[[Path], None]) -> None:
    menu.clear()
    for path in Settings().recent:
        # A single & would mark a key.
        menu.addAction(str(path).replace("&", "&&"), partial(open_file, path))
    if menu.isEmpty():
        menu.addAction("Nothing yet").setEnabled(False)


def key_text(action: QAction) -> str:
    """The key of an action, its parts with spaces between them; empty where it has none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")


def fill_menu(menu: QMenu, actions: Mapping[str, QAction], recent: QMenu, examples: QMenu) -> None:
    """Put the table's menus into `menu`; recent files and examples follow on the files."""
    menus: dict[str, QMenu] = {}
    for entry in ENTRIES:
        if not entry.menu:
            continue
        outer, _, title = entry.menu.rpartition("/")
        if entry.id in _GROUP_STARTS:
            menus[outer or entry.menu].addSeparator()
        if entry.menu not in menus:
            menus[entry.menu] = (menus[outer] if outer else menu).addMenu(title)
            if title == "File":
                menu.addMenu(recent)
                menu.addMenu(examples)
        menus[entry.menu].addAction(actions[entry.id])
