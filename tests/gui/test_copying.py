"""Copying from the tables, rows with their headers too, and pasting into the table of classes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ceviz.core.document import Sample, Task
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.sample_panel import SamplePanel
from tests.gui.compare_desk import desk_of
from tests.gui.desk import SOFT, WORKED, Desk

TARGET, PREDICTION = 1, 2
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_samples_are_copied_with_targets_predictions_and_losses(qtbot, theme):
    state = replace(WORKED, samples=(Sample("a\tb\nc"), *WORKED.samples[1:]))
    desk = Desk(qtbot, BatchPanel(theme), state)
    desk.go(0, 0)
    desk.press(Qt.Key.Key_Down, SHIFT)
    desk.press(Qt.Key.Key_C, BOTH)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "sample\tname\ttarget dog\ttarget cat\ttarget panda\tdog\tcat\tpanda\tloss",
        "1\ta b c\t1.0\t0.0\t0.0\t0.4\t0.3\t0.3\t0.916290731874155",
        "2\tAn image 1\t0.0\t1.0\t0.0\t0.1\t0.8\t0.1\t0.2231435513142097",
    ]


def test_classes_are_copied_with_their_columns(qtbot, theme):
    desk = Desk(qtbot, SamplePanel(theme), WORKED, Task.MULTICLASS)
    desk.go(0, 1)
    desk.press(Qt.Key.Key_C, BOTH)
    head, row = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t")[0] == "class"
    assert row.split("\t")[:3] == ["dog", "1.0", "0.4"]
    assert "0.916290731874155" in row


def test_rows_of_two_models_are_copied_with_the_model(qtbot, theme):
    desk = desk_of(qtbot, theme)
    desk.go(1, 2)
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.press(Qt.Key.Key_C, BOTH)
    head, *rows = [line.split("\t")[:2] for line in QGuiApplication.clipboard().text().split("\n")]
    assert head == ["model", "class"]
    models = [model.name for model in desk.state.models]
    assert rows == [[model, name] for name in desk.state.classes for model in models]


def test_the_selected_samples_are_removed_together(qtbot, theme):
    desk = Desk(qtbot, BatchPanel(theme), WORKED)
    desk.go(0, 0)
    desk.press(Qt.Key.Key_Down, SHIFT)
    desk.press(Qt.Key.Key_Delete)
    assert [sample.name for sample in desk.state.samples] == ["An image 2"]


@pytest.fixture
def desk(qtbot, theme) -> Desk:
    return Desk(qtbot, SamplePanel(theme), WORKED)


@pytest.mark.parametrize("text", ["0.2\t0.3\t0.5", "0.2\n0.3\n0.5", "[0.2, 0.3, 0.5]"])
def test_a_pasted_vector_goes_down_the_column(desk: Desk, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.go(0, PREDICTION)
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.predictions[0] == [0.2, 0.3, 0.5]
    assert desk.predictions[1:] == WORKED.models[0].predictions.tolist()[1:]


def test_targets_and_predictions_are_pasted_together(qtbot, theme) -> None:
    desk = Desk(qtbot, SamplePanel(theme), SOFT, Task.SOFT)
    QGuiApplication.clipboard().setText("0.1\t0.2\n0.9\t0.8")
    desk.go(1, TARGET)
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.targets[0] == [0.7, 0.1, 0.9]
    assert desk.predictions[0] == [0.4, 0.2, 0.8]


@pytest.mark.parametrize(
    ("text", "said"), [("1 2 3 4", "room for 3"), ("0.1\t0.2\n0.3\t0.4", "2 columns"), ("0.1 x", "column 2")]
)
def test_a_block_that_does_not_fit_changes_nothing(desk: Desk, text: str, said: str) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.go(0, PREDICTION)
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.edits == []
    assert said in desk.reason()


def test_copy_and_cut(desk: Desk) -> None:
    for row in range(2):
        index = desk.table.model().index(row, PREDICTION)
        desk.table.selectionModel().select(index, desk.table.selectionModel().SelectionFlag.Select)
    desk.table.selectionModel().setCurrentIndex(
        desk.table.model().index(0, PREDICTION), desk.table.selectionModel().SelectionFlag.NoUpdate
    )
    desk.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "0.4\n0.3"
    desk.press(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert desk.predictions[0] == [0, 0, 0.3]
