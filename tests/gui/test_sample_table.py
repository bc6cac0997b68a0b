"""The class table: its model on all tasks, keys, clicks and menus."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task, vectors
from ceviz.drawing.theme import Theme
from ceviz.gui.sample_panel import SamplePanel
from ceviz.gui.tables.row_menus import RowMenu, class_menu
from ceviz.gui.tables.sample_model import SampleModel
from tests.gui.desk import (
    BINARY,
    LABELS,
    SOFT,
    STATES,
    WORKED,
    Desk,
    logits,
    move_mouse,
    predicting,
    shown_of,
)

CLASS, TARGET, PREDICTION, TERM = range(4)


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot, _panel(theme), WORKED)


def _panel(theme: Theme) -> SamplePanel:
    panel = SamplePanel(theme)
    panel.resize(476, 504)
    return panel


def _texts(model: SampleModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("task", list(Task))
def test_model_is_sound(task: Task, qtmodeltester: ModelTester, theme: Theme) -> None:
    model = SampleModel()
    model.display(shown_of(STATES[task], task))
    qtmodeltester.check(model)


def test_cells_of_the_worked_example(theme: Theme) -> None:
    model = SampleModel()
    model.display(shown_of(WORKED))
    # -ln 0.4 = 0.916 29...
    assert _texts(model) == [
        ["dog", "1", "0.400", "0.916"],
        ["cat", "0", "0.300", "0"],
        ["panda", "0", "0.300", "0"],
    ]
    spoken = model.index(0, PREDICTION).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "prediction dog 0.400"
    assert model.index(0, PREDICTION).data(Qt.ItemDataRole.EditRole) == 0.4


def test_binary_shows_both_answers_and_only_one_can_be_typed(theme: Theme) -> None:
    model = SampleModel()
    model.display(shown_of(BINARY, Task.BINARY))
    # -ln 0.7 = 0.356 67...
    assert _texts(model) == [["dog", "1", "0.700", "0.357"], ["not dog", "0", "0.300", "0"]]
    editable = [bool(model.index(row, PREDICTION).flags() & Qt.ItemFlag.ItemIsEditable) for row in range(2)]
    assert editable == [True, False]


def test_a_soft_binary_target_has_two_terms(theme: Theme) -> None:
    model = SampleModel()
    model.display(shown_of(replace(BINARY, targets=vectors([[0.25], [0]])), Task.BINARY))
    # -0.25 ln 0.7 = 0.089 17, -0.75 ln 0.3 = 0.902 98
    assert [row[TERM] for row in _texts(model)] == ["0.089", "0.903"]


def test_logits_show_p_read_only(theme: Theme) -> None:
    model = SampleModel()
    model.display(shown_of(logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]])))
    # softmax(2, 1, 0.1) = 0.659 00, 0.242 43, 0.098 57; -ln 0.659 = 0.417 03
    assert _texts(model)[0] == ["dog", "1", "2.00", "0.659", "0.417"]
    assert not model.index(0, 3).flags() & Qt.ItemFlag.ItemIsEditable


def test_terms_of_an_invalid_row_are_empty(theme: Theme) -> None:
    model = SampleModel()
    model.display(shown_of(predicting([[0.4, 1.3, 0.3], [0.1, 0.8, 0.1], [0, 0, 1]])))
    assert [row[TERM] for row in _texts(model)] == ["", "", ""]
    assert [row.reason for row in model.rows] == ["", "p lies between 0 and 1", ""]


def test_tab_goes_through_what_can_be_changed(desk: Desk) -> None:
    desk.go(0, TARGET)
    seen = []
    for _ in range(4):
        desk.press(Qt.Key.Key_Tab)
        seen.append(desk.at())
    assert seen == [(0, PREDICTION), (1, TARGET), (1, PREDICTION), (2, TARGET)]
    desk.press(Qt.Key.Key_Backtab)
    assert desk.at() == (1, PREDICTION)


def test_tab_commits(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.type("0.2")
    desk.press(Qt.Key.Key_Tab)
    assert desk.predictions[0][0] == 0.2
    assert desk.at() == (1, TARGET)


def test_arrows_step_a_prediction_like_a_small_drag(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.press(Qt.Key.Key_Up)
    # The others keep their proportions: (1 - 0.41) / 2 each.
    assert desk.predictions[0] == pytest.approx([0.41, 0.295, 0.295], abs=1e-12)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert desk.predictions[0][0] == pytest.approx(0.409, abs=1e-12)
    assert sum(desk.predictions[0]) == pytest.approx(1, abs=1e-12)
    assert desk.at() == (0, PREDICTION)
    keys = [key for _, _, key in desk.edits]
    assert keys[0] is not None
    assert keys[0] == keys[1]


def test_home_and_end_are_0_and_1(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.press(Qt.Key.Key_End)
    assert desk.predictions[0] == [1, 0, 0]
    desk.press(Qt.Key.Key_Home)
    assert desk.predictions[0] == [0, 0.5, 0.5]


def test_arrows_elsewhere_move(desk: Desk) -> None:
    desk.go(0, TARGET)
    desk.press(Qt.Key.Key_Down)
    assert desk.at() == (1, TARGET)
    assert desk.edits == []


def test_a_logit_steps_alone(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]))
    desk.go(0, PREDICTION)
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert desk.predictions[0] == pytest.approx([2.09, 1, 0.1], abs=1e-12)


def test_an_infinite_logit_can_be_typed(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]))
    desk.go(1, PREDICTION)
    desk.type("-inf")
    desk.press(Qt.Key.Key_Return)
    assert desk.predictions[0][1] == -math.inf


def test_delete_clears_to_0(desk: Desk) -> None:
    desk.go(1, PREDICTION)
    desk.press(Qt.Key.Key_Delete)
    assert desk.predictions[0] == [0.4, 0, 0.3]


def test_space_makes_a_class_true(desk: Desk) -> None:
    desk.go(1, TARGET)
    desk.press(Qt.Key.Key_Space)
    assert desk.targets[0] == [0, 1, 0]


def test_typing_1_makes_a_class_true_and_0_changes_nothing(desk: Desk) -> None:
    desk.go(2, TARGET)
    desk.type("0")
    assert desk.edits == []
    desk.type("1")
    assert desk.targets[0] == [0, 0, 1]


def test_clicks_toggle_labels(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), LABELS, Task.MULTILABEL)
    for row in (0, 1):
        place = desk.table.visualRect(desk.table.model().index(row, TARGET)).center()
        QTest.mouseClick(
            desk.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert desk.targets[0] == [0, 1, 1]


def test_a_click_on_the_other_answer_changes_a_binary_target(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), BINARY, Task.BINARY)
    place = desk.table.visualRect(desk.table.model().index(1, TARGET)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.targets == [[0], [0]]


def test_soft_targets_are_typed(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), SOFT, Task.SOFT)
    desk.go(0, TARGET)
    desk.type("0.6")
    desk.press(Qt.Key.Key_Return)
    assert desk.targets[0] == [0.6, 0.2, 0.1]
    assert desk.edits[-1][1] == "Set target dog of sample 1"


def test_arrows_step_a_soft_target_like_a_small_drag(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), SOFT, Task.SOFT)
    desk.go(0, TARGET)
    desk.press(Qt.Key.Key_Up)
    # The others keep their proportions of 2 to 1: 0.29 * 2 / 3, in steps of 0.001.
    assert desk.targets[0] == pytest.approx([0.71, 0.193, 0.097], abs=1e-3)
    assert sum(desk.targets[0]) == pytest.approx(1, abs=1e-12)
    desk.press(Qt.Key.Key_End)
    assert desk.targets[0] == [1, 0, 0]
    assert desk.edits[-1][1] == "Set target dog of sample 1"


def test_the_current_cell_survives_another_number_of_columns(desk: Desk) -> None:
    desk.go(1, PREDICTION)
    desk.state = logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]])
    desk.show()
    assert desk.at() == (1, PREDICTION)


def test_the_menu_of_a_class_duplicates_moves_and_removes(desk: Desk) -> None:
    _choose(desk, 2, "Move panda up")
    assert desk.state.classes == ("dog", "panda", "cat")
    _choose(desk, 1, "Remove panda")
    assert desk.state.classes == ("dog", "cat")
    assert desk.panel.table.model().rowCount() == 2
    _choose(desk, 0, "Add class")
    assert desk.state.class_count == 3


def test_what_cannot_be_done_to_a_class_says_why(desk: Desk) -> None:
    # Panda is the true class of the third sample, yet it goes: only the last class stays.
    _choose(desk, 2, "Remove panda")
    _choose(desk, 1, "Remove cat")
    actions = {action.text(): action.isEnabled() for action in _menu(desk, 0).actions()}
    assert not actions["Remove dog"]


def test_the_pill_of_the_first_rows_handle_stands_over_the_heads_until_it_is_let_go(desk: Desk) -> None:
    table, header = desk.table, desk.table.header.viewport()
    track = table.track(table.cell_rect(table.model_.index(0, table.model_.kinds.index("prediction"))))
    handle = QPointF(track.left() + 0.4 * track.width(), track.center().y()).toPoint()
    # Beside the number on it and above the line below the heads.
    place = QPoint(handle.x() - 18, header.height() - 5)
    colors = []
    for act in (QTest.mousePress, QTest.mouseRelease):
        act(table.viewport(), Qt.MouseButton.LeftButton, pos=handle)
        colors.append(header.grab().toImage().pixelColor(place))
    assert colors == [table.theme.class_colors(0).fill, table.theme.color("panel")]


def _menu(desk: Desk, row: int) -> RowMenu:
    model = desk.table.model()
    return class_menu(desk.table, model.index(row, CLASS), row, model.index(row, CLASS))


def _choose(desk: Desk, row: int, text: str) -> None:
    menu = _menu(desk, row)
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_cells_meet_where_the_scale_is_150_percent(desk: Desk, theme: Theme) -> None:
    table = desk.table
    first = table.cell_rect(table.model_.index(0, CLASS))
    move_mouse(table.viewport(), first.center())
    picture = QImage(table.viewport().size() * 1.5, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(1.5)
    table.viewport().render(picture)
    y = round(1.5 * (first.top() + 4))
    assert {picture.pixel(x, y) for x in range(picture.width())} == {theme.color("hover").rgb()}
