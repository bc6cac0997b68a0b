"""A desk for panels under test: it shows them a task, and does with their edits what the window would do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, vectors
from ceviz.core.evaluation import evaluate
from ceviz.explain.shown import Shown

WORKED = TaskState(
    ("dog", "cat", "panda"),
    tuple(Sample(f"An image {n}") for n in range(3)),
    vectors([[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (Model("A", InputKind.PROBABILITIES, vectors([[0.4, 0.3, 0.3], [0.1, 0.8, 0.1], [0.05, 0.05, 0.9]])),),
)
SOFT = replace(WORKED, targets=vectors([[0.7, 0.2, 0.1], [0.5, 0.5, 0], [0, 0, 1]]))
LABELS = replace(WORKED, targets=vectors([[1, 0, 1], [0, 0, 0], [1, 1, 1]]))
BINARY = TaskState(
    ("dog",),
    (Sample("one"), Sample("two")),
    vectors([[1], [0]]),
    (Model("A", InputKind.PROBABILITIES, vectors([[0.7], [0.2]])),),
)
STATES = {Task.MULTICLASS: WORKED, Task.SOFT: SOFT, Task.BINARY: BINARY, Task.MULTILABEL: LABELS}


def logits(rows: Any, state: TaskState = WORKED) -> TaskState:
    """The state with logits as predictions."""
    return replace(state, models=(Model("A", InputKind.LOGITS, vectors(rows)),))


def predicting(rows: Any, state: TaskState = WORKED) -> TaskState:
    """The state with other probabilities."""
    return replace(state, models=(Model("A", InputKind.PROBABILITIES, vectors(rows)),))


def shown_of(state: TaskState, task: Task = Task.MULTICLASS, sample: int = 0, **more: Any) -> Shown:
    return Shown(task, state, evaluate(state, task), sample, 4.6, **more)


class Desk:
    """Keeps the state that a panel shows, and every edit and choice that the panel told."""

    def __init__(self, qtbot: QtBot, panel: Any, state: TaskState, task: Task = Task.MULTICLASS) -> None:
        self.panel: Any = panel
        self.state, self.task, self.sample = state, task, 0
        self.edits: list[tuple[TaskState, str, object]] = []
        self.chosen: list[int] = []
        qtbot.addWidget(panel)
        panel.edited.connect(self._edited)
        if hasattr(panel, "sample_chosen"):
            panel.sample_chosen.connect(self._chosen)
        self.show()
        panel.show()
        panel.activateWindow()
        self.table.setFocus()
        qtbot.waitUntil(self.table.hasFocus)

    @property
    def table(self) -> Any:
        return self.panel.table

    @property
    def predictions(self) -> list[list[float]]:
        rows: list[list[float]] = self.state.models[0].predictions.tolist()
        return rows

    @property
    def targets(self) -> list[list[float]]:
        rows: list[list[float]] = self.state.targets.tolist()
        return rows

    def show(self, **more: Any) -> None:
        self.panel.display(shown_of(self.state, self.task, self.sample, **more))

    def go(self, row: int, column: int) -> None:
        self.table.go_to(self.table.model().index(row, column))

    def at(self) -> tuple[int, int]:
        index = self.table.currentIndex()
        return index.row(), index.column()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor() or self.table, key, modifier)

    def type(self, text: str) -> None:
        """Keys as they come: the first one may open an editor, which gets the rest."""
        for letter in text:
            QTest.keyClicks(self.editor() or self.table, letter)

    def reason(self) -> str:
        """What is said near a cell; nothing where nothing is."""
        label: Any = self.table.reason
        return str(label.text()) if label.isVisible() else ""

    def editor(self) -> QWidget | None:
        return open_editor(self.table)

    def _edited(self, state: TaskState, text: str, merge_key: object) -> None:
        self.edits.append((state, text, merge_key))
        self.state = state
        self.sample = min(self.sample, state.sample_count - 1)
        self.show()

    def _chosen(self, sample: int) -> None:
        self.chosen.append(sample)
        self.sample = sample
        self.show()


def open_editor(table: QTableView) -> QWidget | None:
    editors = [w for w in table.viewport().findChildren(QWidget) if w.inherits("QLineEdit") and w.isVisible()]
    return editors[0] if editors else None


def point(place: QPointF) -> QPoint:
    return QPoint(round(place.x()), round(place.y()))


def move_mouse(
    widget: QWidget,
    to: QPointF,
    held: Qt.MouseButton = Qt.MouseButton.NoButton,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A mouse move with a button held and keys down, which QTest cannot send."""
    where = widget.mapToGlobal(to)
    event = QMouseEvent(QEvent.Type.MouseMove, to, where, Qt.MouseButton.NoButton, held, modifier)
    QApplication.sendEvent(widget, event)
