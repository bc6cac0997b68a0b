"""The one writer of the document: every change passes here, can be undone, and is announced by one signal."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from ceviz.core.document import Document, Task, TaskState
from ceviz.core.evaluation import Evaluation, evaluate

_UNDO_BYTES = 256 * 2**20
"""What the undo stack may hold; its limit in steps follows from the size of the document."""
_FEWEST_STEPS, _MOST_STEPS = 20, 500


class Session(QObject):
    """Holds the document that the window shows. Indices count from 0."""

    changed = Signal(object)
    """The task whose state or view is another one now; also the active task where that changed."""

    def __init__(self, document: Document, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._document = document
        self._evaluations: dict[Task, tuple[TaskState, Evaluation]] = {}
        self.path = path
        self.load(document, path)

    @property
    def document(self) -> Document:
        return self._document

    @property
    def modified(self) -> bool:
        """Whether there are changes that are not saved; looking at something else is none."""
        return not self.undo_stack.isClean()

    def state(self, task: Task) -> TaskState:
        return self._document.tasks[task]

    def evaluation(self, task: Task) -> Evaluation:
        """The evaluation of the task's present state, computed once per state."""
        state = self.state(task)
        known = self._evaluations.get(task)
        if known is None or known[0] is not state:
            known = (state, evaluate(state, task))
            self._evaluations[task] = known
        return known[1]

    def edit(
        self,
        task: Task,
        state: TaskState,
        text: str,
        merge_key: Hashable | None = None,
        sample: int | None = None,
    ) -> None:
        """Replace the state of one task as one undo step, and show `sample` if it is given.

        Steps with the same `merge_key` that follow each other become one: a drag from press to release.
        A state equal to the present one changes nothing.
        """
        before = self._document
        after = before.with_state(task, state)
        if sample is not None:
            after = after.with_view(task, sample=sample)
        if state == before.tasks[task]:
            self._see(after, task)
            return
        self.undo_stack.push(_Edit(self, task, before, after, text, merge_key))

    def show(self, task: Task, **changes: Any) -> None:
        """Change what is shown of a task (sample, lens, overlay). This is no step of undo."""
        self._see(self._document.with_view(task, **changes), task)

    def activate(self, task: Task) -> None:
        """Show another task."""
        self._see(replace(self._document, active_task=task), task)

    def load(self, document: Document, path: Path | None) -> None:
        """Work on another document; the steps of the old one are forgotten."""
        self.undo_stack.clear()
        self.undo_stack.setUndoLimit(_undo_limit(document))
        self.path = path
        self._set(document, document.active_task)

    def saved(self, path: Path) -> None:
        """The document as it is now stands in the file at `path`."""
        self.path = path
        self.undo_stack.setClean()

    def _see(self, document: Document, task: Task) -> None:
        if document != self._document:
            self._set(document, task)

    def _set(self, document: Document, task: Task) -> None:
        self._document = document
        self.changed.emit(task)


class _Edit(QUndoCommand):
    """One step: the state and the shown sample of one task, before and after."""

    def __init__(
        self,
        session: Session,
        task: Task,
        before: Document,
        after: Document,
        text: str,
        merge_key: Hashable | None,
    ) -> None:
        super().__init__(text)
        self._session = session
        self._task = task
        self._before = (before.tasks[task], before.views[task].sample)
        self._after = (after.tasks[task], after.views[task].sample)
        self._merge_key = merge_key

    def id(self) -> int:
        return -1 if self._merge_key is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._merge_key != self._merge_key or other._task != self._task:
            return False
        self._after = other._after
        # PySide never lets go of a command that was merged; the arrays of every frame of a drag would stay.
        del other._before, other._after
        self.setObsolete(self._after[0] == self._before[0])
        return True

    def redo(self) -> None:
        self._show(*self._after)

    def undo(self) -> None:
        self._show(*self._before)

    def _show(self, state: TaskState, sample: int) -> None:
        document = self._session._document.with_state(self._task, state).with_view(self._task, sample=sample)
        self._session._set(replace(document, active_task=self._task), self._task)


def _undo_limit(document: Document) -> int:
    numbers = sum(
        state.targets.size + sum(model.predictions.size for model in state.models)
        for state in document.tasks.values()
    )
    return max(_FEWEST_STEPS, min(_MOST_STEPS, _UNDO_BYTES // (8 * max(1, numbers))))
