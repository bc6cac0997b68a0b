"""Pairs of models for tests of panels that compare them, and the desk that shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, vectors
from ceviz.drawing.theme import Theme
from ceviz.files.document_file import load_document
from ceviz.files.resources import examples
from ceviz.gui.compare_batch_panel import CompareBatchPanel
from ceviz.gui.tables.compare_batch_model import CompareBatchModel
from tests.gui.desk import BINARY, LABELS, SOFT, Desk, point, shown_of

LEFT, NONE, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)
PICTURED = load_document(examples()["two-models.ceviz"]).tasks[Task.MULTICLASS]
NUMBER, NAME, BAR_A, LOSS_A, BAR_B, LOSS_B, SAVING, SAVED = range(8)


def models(state: TaskState, a: Any, b: Any) -> TaskState:
    pair = (
        Model("small", InputKind.PROBABILITIES, vectors(a)),
        Model("large", InputKind.PROBABILITIES, vectors(b)),
    )
    return replace(state, models=pair)


def changed(rows: dict[int, list[float]], model: int) -> list[list[float]]:
    """The pictured predictions of a model, with other rows."""
    kept: list[list[float]] = PICTURED.models[model].predictions.tolist()
    return [rows.get(n, row) for n, row in enumerate(kept)]


def both(state: TaskState) -> TaskState:
    """The state with a second model: the first one's predictions in reverse order of samples."""
    rows = state.models[0].predictions.tolist()
    return models(state, rows, rows[::-1])


STATES = {
    Task.MULTICLASS: PICTURED,
    Task.SOFT: both(SOFT),
    Task.BINARY: both(BINARY),
    Task.MULTILABEL: both(LABELS),
}
INVALID = models(PICTURED, changed({3: [0.25, 0.53, 0.15]}, 0), changed({1: [0.5, 1.0, 0.5]}, 1))
INFINITE = models(PICTURED, changed({0: [0, 0.5, 0.5]}, 0), changed({2: [0.5, 0.5, 0]}, 1))


class CompareDesk(Desk):
    def show(self, **more: Any) -> None:
        super().show(compare=True, **more)

    def rows_of(self, model: int) -> list[list[float]]:
        rows: list[list[float]] = self.state.models[model].predictions.tolist()
        return rows

    def place(self, row: int, column: int) -> QPoint:
        return self.table.visualRect(self.table.model().index(row, column)).center()

    def click(self, row: int, column: int) -> None:
        QTest.mouseClick(self.table.viewport(), LEFT, NONE, self.place(row, column))


def compare_desk(
    qtbot: QtBot, theme: Theme, state: TaskState = PICTURED, task: Task = Task.MULTICLASS, width: int = 1440
) -> CompareDesk:
    panel = CompareBatchPanel(theme)
    panel.resize(width, panel.height_of(5))
    return CompareDesk(qtbot, panel, state, task)


def displayed(state: TaskState, task: Task = Task.MULTICLASS) -> CompareBatchModel:
    model = CompareBatchModel()
    model.display(shown_of(state, task, compare=True))
    return model


def texts(model: CompareBatchModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def large_pair(samples: int, classes: int) -> TaskState:
    pick = np.random.default_rng(0)
    rows = [vectors(pick.dirichlet(np.ones(classes), samples)) for _ in "AB"]
    return TaskState(
        tuple(f"c{k}" for k in range(classes)),
        tuple(Sample(f"s{n}") for n in range(samples)),
        vectors(np.eye(classes)[np.arange(samples) % classes]),
        tuple(Model(name, InputKind.PROBABILITIES, p) for name, p in zip("AB", rows, strict=True)),
    )


def color_at(desk: CompareDesk, x: float, row: int) -> QColor:
    picture = desk.table.viewport().grab().toImage()
    y = desk.table.rowViewportPosition(row) + desk.table.rowHeight(row) // 2
    return picture.pixelColor(point(QPointF(x, y)))
