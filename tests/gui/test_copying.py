"""Copying rows of the tables with their headers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ceviz.core.document import Sample, Task
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.sample_panel import SamplePanel
from tests.gui.compare_desk import desk_of
from tests.gui.desk import WORKED, Desk

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
