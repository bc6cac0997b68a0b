"""The batch table: its model on all tasks, its columns, typing, the clipboard and rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, vectors
from ceviz.drawing.theme import Theme
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.tables.batch_model import BatchModel
from ceviz.gui.tables.row_menus import RowMenu, sample_menu
from tests.gui.desk import (
    BINARY,
    LABELS,
    STATES,
    WORKED,
    Desk,
    logits,
    move_mouse,
    predicting,
    shown_of,
)

NUMBER, NAME, DOG, CAT, PANDA = range(5)
LEFT, NONE, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return _desk(qtbot, theme, WORKED)


def _desk(qtbot: QtBot, theme: Theme, state: TaskState, task: Task = Task.MULTICLASS) -> Desk:
    panel = BatchPanel(theme)
    panel.resize(1440, 216)
    return Desk(qtbot, panel, state, task)


def _large(samples: int, classes: int) -> TaskState:
    rows = np.random.default_rng(0).dirichlet(np.ones(classes), samples)
    targets = np.eye(classes)[np.arange(samples) % classes]
    return TaskState(
        tuple(f"c{k}" for k in range(classes)),
        tuple(Sample(f"s{n}") for n in range(samples)),
        vectors(targets),
        (Model("A", InputKind.PROBABILITIES, vectors(rows)),),
    )


@pytest.mark.parametrize("task", list(Task))
def test_model_is_sound(task: Task, qtmodeltester: ModelTester, theme: Theme) -> None:
    model = BatchModel()
    model.display(shown_of(STATES[task], task))
    qtmodeltester.check(model)


def test_model_of_many_classes_is_sound(qtmodeltester: ModelTester, theme: Theme) -> None:
    model = BatchModel()
    model.display(shown_of(_large(20, 12)))
    qtmodeltester.check(model)


def test_cells_of_the_worked_example(theme: Theme) -> None:
    model = BatchModel()
    model.display(shown_of(WORKED))
    loss = next(c for c in range(model.columnCount()) if model.columns[c].kind == "loss")
    # -ln 0.4, -ln 0.8, -ln 0.9
    assert [model.index(row, loss).data() for row in range(3)] == ["0.916", "0.223", "0.105"]
    assert [model.index(0, column).data() for column in range(5)] == ["1", "dog", "0.400", "0.300", "0.300"]
    heads = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(5)]
    assert heads == ["sample", "true class", "dog", "cat", "panda"]
    spoken = model.index(1, CAT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "sample 2 prediction cat 0.800, true"


def test_an_invalid_row_has_a_reason_instead_of_a_loss(theme: Theme) -> None:
    model = BatchModel()
    model.display(shown_of(predicting([[0.25, 0.53, 0.15], [0, 1, 0], [0, 0, 1]])))
    loss = next(c for c in range(model.columnCount()) if model.columns[c].kind == "loss")
    assert model.index(0, loss).data() == ""
    # 0.25 + 0.53 + 0.15 = 0.93
    assert model.reason(0) == "Sums to 0.93, not 1. Left out until fixed."


def test_an_infinite_loss_is_shown_as_such(theme: Theme) -> None:
    model = BatchModel()
    model.display(shown_of(predicting([[0, 0.5, 0.5], [0, 1, 0], [0, 0, 1]])))
    loss = next(c for c in range(model.columnCount()) if model.columns[c].kind == "loss")
    assert model.index(0, loss).data() == "\N{INFINITY}"


def test_more_than_8_classes_are_summed_up(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, _large(450, 10))
    model = desk.table.model()
    shown = [model.columns[c].kind for c in range(model.columnCount()) if not desk.table.isColumnHidden(c)]
    assert shown == ["number", "name", "true", "top", "bar", "loss", "loss_bar"]
    row = desk.state.models[0].predictions[3]
    assert model.index(3, shown.index("top")).data() == f"c{row.argmax()} {row.max():.3f}"


def test_typing_changes_only_the_cell_and_moves_down(desk: Desk) -> None:
    desk.go(0, CAT)
    desk.type("0.5")
    desk.press(Qt.Key.Key_Return)
    assert desk.predictions == [[0.4, 0.5, 0.3], [0.1, 0.8, 0.1], [0.05, 0.05, 0.9]]
    assert desk.at() == (1, CAT)
    assert desk.chosen == [1]


def test_enter_edits_and_tab_moves_right(desk: Desk) -> None:
    desk.go(1, DOG)
    desk.press(Qt.Key.Key_Return)
    assert desk.editor() is not None
    desk.press(Qt.Key.Key_Tab)
    assert desk.edits == []
    assert desk.at() == (1, CAT)


def test_up_and_down_choose_samples(desk: Desk) -> None:
    desk.go(0, CAT)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Up)
    assert desk.chosen == [1, 2, 1]
    assert desk.at() == (1, CAT)


def test_a_click_chooses_the_sample(desk: Desk) -> None:
    place = desk.table.visualRect(desk.table.model().index(2, NAME)).center()
    QTest.mouseClick(desk.table.viewport(), LEFT, NONE, place)
    assert desk.chosen == [2]


def test_displaying_another_sample_tells_nothing_and_keeps_the_column(desk: Desk) -> None:
    desk.go(0, CAT)
    desk.sample = 2
    desk.show()
    assert desk.at() == (2, CAT)
    assert desk.chosen == []


def test_a_pasted_block_adds_samples(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("0.1\t0.2\t0.7\n0.3\t0.3\t0.4\n0.5\t0.25\t0.25")
    desk.go(2, DOG)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.state.sample_count == 5
    assert desk.predictions[2:] == [[0.1, 0.2, 0.7], [0.3, 0.3, 0.4], [0.5, 0.25, 0.25]]
    assert len(desk.edits) == 1


@pytest.mark.parametrize(("text", "column"), [("0.1\t0.2\t0.7", CAT), ("0.1\tx", DOG), ("", DOG)])
def test_a_block_that_does_not_fit_changes_nothing(desk: Desk, text: str, column: int) -> None:
    QGuiApplication.clipboard().setText(text)
    desk.go(0, column)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.edits == []
    assert desk.reason()


def test_logits_are_not_pasted_over(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]))
    QGuiApplication.clipboard().setText("0.1\t0.2\t0.7")
    desk.go(0, DOG)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.edits == []
    assert "logits" in desk.reason()
    desk.type("0")
    assert desk.editor() is None


def test_a_copied_row_can_be_pasted_elsewhere(desk: Desk) -> None:
    desk.table.selectRow(1)
    desk.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "0.1\t0.8\t0.1"
    desk.go(2, DOG)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.predictions[2] == [0.1, 0.8, 0.1]


def test_delete_clears_a_number(desk: Desk) -> None:
    desk.go(1, CAT)
    desk.press(Qt.Key.Key_Delete)
    assert desk.predictions[1] == [0.1, 0, 0.1]
    assert desk.state.sample_count == 3


def test_delete_on_a_selected_row_removes_the_sample(desk: Desk) -> None:
    place = desk.table.visualRect(desk.table.model().index(1, NUMBER)).center()
    QTest.mouseClick(desk.table.viewport(), LEFT, NONE, place)
    desk.press(Qt.Key.Key_Delete)
    assert [sample.name for sample in desk.state.samples] == ["An image 0", "An image 2"]


def test_ctrl_n_adds_a_sample_below_and_chooses_it(desk: Desk) -> None:
    desk.go(1, DOG)
    desk.press(Qt.Key.Key_N, CTRL)
    assert desk.state.sample_count == 4
    assert [sample.name for sample in desk.state.samples][0::3] == ["An image 0", "An image 2"]
    assert desk.chosen[-1] == 2


def _double_click(desk: Desk, row: int, column: int) -> None:
    place = desk.table.visualRect(desk.table.model().index(row, column)).center()
    QTest.mouseClick(desk.table.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(desk.table.viewport(), LEFT, NONE, place)


def test_a_sample_is_renamed_by_a_double_click_on_its_name(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, LABELS, Task.MULTILABEL)
    _double_click(desk, 0, NAME)
    desk.type("Rex")
    desk.press(Qt.Key.Key_Return)
    assert desk.state.samples[0].name == "Rex"


@pytest.mark.parametrize(("task", "state"), [(Task.MULTICLASS, WORKED), (Task.BINARY, BINARY)])
def test_a_double_click_on_the_true_class_renames_nothing_but_f2_does(
    qtbot: QtBot, theme: Theme, task: Task, state: TaskState
) -> None:
    desk = _desk(qtbot, theme, state, task)
    _double_click(desk, 1, NAME)
    assert desk.editor() is None
    assert desk.at()[0] == 1
    desk.press(Qt.Key.Key_F2)
    desk.type("Rex")
    desk.press(Qt.Key.Key_Return)
    assert desk.state.samples[1].name == "Rex"


def test_enter_on_a_cell_without_an_editor_does_nothing(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    desk.go(0, desk.table.model().columnCount() - 1)
    desk.press(Qt.Key.Key_Return)
    assert desk.editor() is None
    assert "edit" not in capfd.readouterr().err


def test_space_switches_targets(desk: Desk) -> None:
    desk.go(0, PANDA)
    desk.press(Qt.Key.Key_Space)
    assert desk.targets[0] == [0, 0, 1]


def test_space_toggles_a_label(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, LABELS, Task.MULTILABEL)
    desk.go(1, DOG)
    desk.press(Qt.Key.Key_Space)
    assert desk.targets[1] == [1, 0, 0]


def test_0_and_1_set_a_binary_target(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, BINARY, Task.BINARY)
    desk.go(0, 2)
    desk.type("0")
    assert desk.targets == [[0], [0]]


def test_a_row_is_carried_to_another_place(desk: Desk) -> None:
    viewport = desk.table.viewport()
    start = desk.table.visualRect(desk.table.model().index(0, NUMBER)).center()
    end = desk.table.visualRect(desk.table.model().index(2, NUMBER)).bottomLeft()
    QTest.mousePress(viewport, LEFT, NONE, start)
    move_mouse(viewport, QPointF(end), LEFT)
    QTest.mouseRelease(viewport, LEFT, NONE, end)
    assert [sample.name[-1] for sample in desk.state.samples] == ["1", "2", "0"]


def test_ten_thousand_rows_are_shown_at_once(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, _large(10_000, 20))
    desk.sample = 9_999
    desk.show()
    assert desk.at()[0] == 9_999
    assert desk.table.rowViewportPosition(9_999) < desk.table.viewport().height()


def test_selecting_many_cells_outlives_a_refresh(desk: Desk) -> None:
    desk.table.selectAll()
    count = len(desk.table.selectionModel().selectedIndexes())
    desk.state = replace(desk.state, classes=("fox", "cat", "panda"))
    desk.show()
    assert len(desk.table.selectionModel().selectedIndexes()) == count


def test_the_menu_of_a_row_moves_mends_and_removes(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, predicting([[0.5, 0.25, 0.5], [0, 1, 0], [0, 0, 1]]))
    _choose(desk, 0, "Normalise sample 1")
    assert desk.predictions[0] == [0.4, 0.2, 0.4]
    _choose(desk, 0, "Move sample 1 down")
    assert [sample.name[-1] for sample in desk.state.samples] == ["1", "0", "2"]
    _choose(desk, 2, "Remove sample 3")
    assert [sample.name[-1] for sample in desk.state.samples] == ["1", "0"]


def test_the_menu_of_a_row_offers_only_what_can_be_done(desk: Desk) -> None:
    enabled = {action.text(): action.isEnabled() for action in _menu(desk, 0).actions()}
    assert not enabled["Move sample 1 up"]
    assert enabled["Move sample 1 down"]
    assert not enabled["Normalise sample 1"]


def _menu(desk: Desk, row: int) -> RowMenu:
    model = desk.table.model()
    return sample_menu(desk.table, model.index(row, 0), model.index(row, 1), lambda sample: None)


def _choose(desk: Desk, row: int, text: str) -> None:
    menu = _menu(desk, row)
    next(action for action in menu.actions() if action.text() == text).trigger()
