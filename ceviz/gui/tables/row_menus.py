"""The context menus of rows: what can be done to a class, and to a sample."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from ceviz.core import edits
from ceviz.core.document import Task, TaskState
from ceviz.core.names import as_word
from ceviz.explain.shown import Shown
from ceviz.gui.plain_text import entry
from ceviz.gui.tables.copying import copy_with_headers
from ceviz.gui.tables.grid_model import Change
from ceviz.gui.tables.grid_view import GridView
from ceviz.gui.tables.mending import fixable_issues, normalised
from ceviz.gui.tables.weight_menu import WeightMenu

_MOST_CLASSES = 40
"""A menu of more classes than this would not fit on the screen."""


def menu_place(view: GridView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """The cell that a menu is asked for, and where to open it; a key speaks of the current cell."""
    pos = event.pos()
    if event.reason() is QContextMenuEvent.Reason.Keyboard:
        # Qt tells its place with the header above.
        view.scrollTo(view.currentIndex())
        pos = view.visualRect(view.currentIndex()).center()
    return view.indexAt(pos), view.viewport().mapToGlobal(pos)


class RowMenu(QMenu):
    """A menu at a cell; an edit that is refused says why beside it."""

    def __init__(self, view: GridView, index: QModelIndex) -> None:
        super().__init__(view)
        self._view = view
        self._index = index
        shown = view.grid_model().shown
        assert shown is not None
        self.shown: Shown = shown

    def act(
        self, text: str, edit: Callable[[], TaskState], enabled: bool = True, menu: QMenu | None = None
    ) -> None:
        """An entry that makes an edit; `text` is also its name in the undo menu."""
        action = (menu or self).addAction(entry(text))
        action.setEnabled(enabled)
        action.triggered.connect(lambda: self._do(text, edit))

    def rename(self, text: str, at: QModelIndex) -> None:
        self.addAction(entry(text)).triggered.connect(lambda: self._view.open_editor(at))

    def take(self, text: str, edit: Callable[[float], TaskState], number: float) -> None:
        """Make an edit with a number that was typed; ValueError where it cannot be meant."""
        self._view.emit_change(Change(edit(number), text))

    def _do(self, text: str, edit: Callable[[], TaskState]) -> None:
        try:
            change = Change(edit(), text)
        except ValueError as error:
            self._view.refuse(self._index, str(error))
            return
        self._view.emit_change(change)


def class_menu(view: GridView, index: QModelIndex, class_index: int, name_cell: QModelIndex) -> RowMenu:
    """Add, duplicate, rename, move and remove a class."""
    menu = RowMenu(view, index)
    state, task = menu.shown.state, menu.shown.task
    name, last = as_word(state.classes[class_index]), state.class_count - 1
    several = task is not Task.BINARY
    menu.act("Add class", partial(edits.add_class, state, task), several)
    menu.act(f"Duplicate {name}", partial(edits.duplicate_class, state, task, class_index), several)
    menu.rename(f"Rename {name}", name_cell)
    menu.addSeparator()
    for words, to in (("up", class_index - 1), ("down", class_index + 1)):
        edit = partial(edits.move_class, state, class_index, to)
        menu.act(f"Move {name} {words}", edit, several and 0 <= to <= last)
    menu.addSeparator()
    menu.addAction("Copy with headers").triggered.connect(lambda: copy_with_headers(view))
    menu.act(f"Remove {name}", partial(edits.remove_class, state, task, class_index), several and last > 0)
    return menu


def sample_menu(
    view: GridView, index: QModelIndex, name_cell: QModelIndex, add: Callable[[int], None]
) -> RowMenu:
    """Add, duplicate, rename, move, weigh, mend and remove a sample, and choose its target."""
    menu = RowMenu(view, index)
    shown, sample = menu.shown, index.row()
    state, which = shown.state, f"sample {index.row() + 1}"
    menu.addAction("Add sample below").triggered.connect(lambda: add(sample))
    menu.act(f"Duplicate {which}", partial(edits.duplicate_sample, state, sample))
    menu.rename(f"Rename {which}", name_cell)
    _add_targets(menu, sample)
    menu.addSeparator()
    for words, to in (("up", sample - 1), ("down", sample + 1)):
        edit = partial(edits.move_sample, state, sample, to)
        menu.act(f"Move {which} {words}", edit, 0 <= to < state.sample_count)
    menu.addSeparator()
    _add_weight(menu, sample)
    menu.addSeparator()
    fixable = bool(fixable_issues(shown, sample))
    menu.act(f"Normalise {which}", lambda: normalised(shown, sample).state, fixable)
    menu.addAction("Copy with headers").triggered.connect(lambda: copy_with_headers(view))
    menu.act(f"Remove {which}", partial(edits.remove_samples, state, shown.task, [sample]))
    return menu


def _add_weight(menu: RowMenu, sample: int) -> None:
    """How much the sample counts, and whether it does."""
    state, which = menu.shown.state, f"sample {sample + 1}"
    kept, weight = not state.samples[sample].ignored, state.samples[sample].weight
    take = partial(menu.take, f"Weight of {which}", partial(edits.set_weight, state, sample))
    menu.addMenu(WeightMenu(weight, take, menu))
    menu.act(f"{'Ignore' if kept else 'Count'} {which}", partial(edits.set_ignored, state, sample, kept))


def _add_targets(menu: RowMenu, sample: int) -> None:
    state, task = menu.shown.state, menu.shown.task
    if task is Task.SOFT or state.class_count > _MOST_CLASSES:
        return
    targets = menu.addMenu("Labels" if task is Task.MULTILABEL else "True class")
    for text, edit in _targets(state, task, sample):
        menu.act(text, edit, menu=targets)


def _targets(state: TaskState, task: Task, sample: int) -> list[tuple[str, Callable[[], TaskState]]]:
    if task is Task.BINARY:
        answers = ((state.classes[0], 1.0), (f"not {state.classes[0]}", 0.0))
        return [(name, partial(edits.set_target, state, sample, 0, value)) for name, value in answers]
    if task is Task.MULTICLASS:
        return [
            (name, partial(edits.choose_true_class, state, sample, k)) for k, name in enumerate(state.classes)
        ]
    return [
        (
            f"{as_word(name)}: turn {'off' if state.targets[sample, k] == 1 else 'on'}",
            partial(edits.toggle_label, state, sample, k),
        )
        for k, name in enumerate(state.classes)
    ]
