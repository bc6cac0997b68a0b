"""The batch of two models: mouse, keys, the clipboard, mending, and many samples."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task, vectors
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.row_menus import RowMenu
from tests.gui.compare_batch_desk import (
    BAR_A,
    BAR_B,
    CTRL,
    INVALID,
    LEFT,
    LOSS_A,
    LOSS_B,
    NAME,
    NONE,
    NUMBER,
    PICTURED,
    SAVED,
    SAVING,
    STATES,
    CompareDesk,
    changed,
    color_at,
    compare_desk,
    large_pair,
    models,
)
from tests.gui.desk import SOFT, move_mouse, point, shown_of


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> CompareDesk:
    return compare_desk(qtbot, theme)


@pytest.mark.parametrize("column", [NUMBER, NAME, BAR_A, LOSS_B, SAVING, SAVED])
def test_a_click_anywhere_chooses_the_sample(desk: CompareDesk, column: int) -> None:
    desk.click(2, column)
    assert desk.chosen == [2]
    assert desk.edits == []


def test_up_and_down_choose_samples_and_stop_at_the_ends(desk: CompareDesk) -> None:
    desk.go(0, SAVED)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        desk.press(key)
    assert desk.chosen == [1, 2, 1]


def test_a_row_is_copied_as_text(desk: CompareDesk) -> None:
    desk.click(2, NUMBER)
    desk.press(Qt.Key.Key_C, CTRL)
    cells = QGuiApplication.clipboard().text().split("\t")
    assert cells[:5] == ["3", "panda", "0.1", "0.15", "0.75"]
    assert cells[6:9] == ["0.2", "0.25", "0.55"]
    # -ln 0.75, -ln 0.55, and their difference
    assert [float(cells[n]) for n in (5, 9, 10)] == pytest.approx([0.28768207, 0.59783700, -0.31015493])


def test_a_copied_prediction_can_be_pasted_into_the_other_model(desk: CompareDesk) -> None:
    desk.click(0, BAR_A)
    desk.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "0.4\t0.3\t0.3"
    desk.click(1, BAR_B)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.rows_of(1)[1] == [0.4, 0.3, 0.3]
    assert desk.rows_of(0) == PICTURED.models[0].predictions.tolist()


def test_a_loss_is_not_pasted_over(desk: CompareDesk) -> None:
    QGuiApplication.clipboard().setText("0.1\t0.2\t0.7")
    desk.click(0, LOSS_A)
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.edits == []
    assert "prediction of A or of B" in desk.reason()


def test_a_sample_is_renamed_in_its_row(desk: CompareDesk) -> None:
    desk.click(1, NAME)
    desk.press(Qt.Key.Key_F2)
    desk.type("Tom")
    desk.press(Qt.Key.Key_Return)
    assert desk.state.samples[1].name == "Tom"


def test_unfinished_typing_is_taken_over(desk: CompareDesk) -> None:
    desk.click(1, NAME)
    desk.press(Qt.Key.Key_F2)
    desk.type("Tom")
    assert desk.panel.finish_editing()
    assert desk.state.samples[1].name == "Tom"


def test_delete_removes_the_sample_whose_number_is_selected(desk: CompareDesk) -> None:
    desk.click(0, NUMBER)
    desk.press(Qt.Key.Key_Delete)
    assert desk.state.sample_count == 4
    assert desk.rows_of(1)[0] == [0.1, 0.8, 0.1]


def test_the_foot_adds_a_sample_at_the_end_and_chooses_it(desk: CompareDesk) -> None:
    QTest.mouseClick(desk.panel.foot.button, LEFT)
    assert (desk.state.sample_count, desk.chosen) == (6, [5])


@pytest.mark.parametrize(("row", "model"), [(3, 0), (1, 1)])
def test_normalise_in_the_row_mends_the_model_at_fault(
    qtbot: QtBot, theme: Theme, row: int, model: int
) -> None:
    desk = compare_desk(qtbot, theme, INVALID)
    index = desk.table.model().index(row, SAVING)
    button = desk.table.itemDelegateForIndex(index).button_rect(desk.table.cell_rect(index), row)
    QTest.mouseClick(desk.table.viewport(), LEFT, NONE, point(button.center()))
    # 0.25, 0.53, 0.15 divided by 0.93, and 0.5, 1, 0.5 by 2
    mended = {0: [0.26881720, 0.56989247, 0.16129032], 1: [0.25, 0.5, 0.25]}
    assert desk.rows_of(model)[row] == pytest.approx(mended[model])
    assert desk.rows_of(1 - model) == INVALID.models[1 - model].predictions.tolist()
    assert desk.edits[-1][1] == f"Normalise sample {row + 1}"


def test_one_button_mends_both_models_and_the_target(qtbot: QtBot, theme: Theme) -> None:
    rows = [[0.5, 0.25, 0.5], [0.5, 0.5, 1.0]]
    state = models(SOFT, *([row, *SOFT.models[0].predictions.tolist()[1:]] for row in rows))
    state = replace(state, targets=vectors([[0.2, 0.2, 0.4], *SOFT.targets.tolist()[1:]]))
    desk = compare_desk(qtbot, theme, state, Task.SOFT)
    column = desk.table.model().columnCount() - 2
    index = desk.table.model().index(0, column)
    button = desk.table.itemDelegateForIndex(index).button_rect(desk.table.cell_rect(index), 0)
    QTest.mouseClick(desk.table.viewport(), LEFT, NONE, point(button.center()))
    assert desk.targets[0] == pytest.approx([0.25, 0.25, 0.5])
    assert desk.rows_of(0)[0] == pytest.approx([0.4, 0.2, 0.4])
    assert desk.rows_of(1)[0] == pytest.approx([0.25, 0.25, 0.5])
    assert len(desk.edits) == 1


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_row_mends_model_b(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme, INVALID)
    place = desk.place(1, LOSS_B)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, desk.table.viewport().mapToGlobal(place))
    QApplication.sendEvent(desk.table.viewport(), event)
    menu = desk.table.findChild(RowMenu)
    actions = {action.text(): action for action in menu.actions()}
    actions["Normalise sample 2"].trigger()
    menu.close()
    assert desk.rows_of(1)[1] == [0.25, 0.5, 0.25]


@pytest.mark.parametrize(
    ("task", "column", "at", "hovered"),
    [
        # B gives dog 0.7, cat 0.2, panda 0.1.
        (Task.MULTICLASS, BAR_B, 0.8, 1),
        # p 0.2, the rest is not dog.
        (Task.BINARY, 5, 0.5, 1),
        # Three labels of equal width, whatever their p.
        (Task.MULTILABEL, BAR_B, 0.9, 2),
    ],
)
def test_hovering_a_part_of_a_prediction_tells_its_class(
    qtbot: QtBot, theme: Theme, task: Task, column: int, at: float, hovered: int
) -> None:
    desk = compare_desk(qtbot, theme, STATES[task], task)
    told: list[int] = []
    desk.panel.class_hovered.connect(told.append)
    bar = desk.table.bar_place(desk.table.model().index(0, column))
    move_mouse(desk.table.viewport(), QPointF(bar.left() + at * bar.width(), bar.center().y()))
    assert told == [hovered]


def test_a_highlighted_class_leaves_the_others_pale(desk: CompareDesk) -> None:
    bar = desk.table.bar_place(desk.table.model().index(0, BAR_A))
    places = [bar.left() + 6, bar.right() - 6]
    before = [color_at(desk, x, 0) for x in places]
    desk.panel.highlight(Lit(0))
    after = [color_at(desk, x, 0) for x in places]
    assert after[0] == before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("task", list(Task))
def test_displaying_tells_nothing(qtbot: QtBot, theme: Theme, task: Task) -> None:
    desk = compare_desk(qtbot, theme, STATES[task], task)
    told: list[object] = []
    for signal in (desk.panel.edited, desk.panel.sample_chosen, desk.panel.class_hovered):
        signal.connect(lambda *a: told.append(a))
    for sample in (1, 0):
        desk.panel.display(shown_of(STATES[task], task, sample, compare=True))
    assert told == []
    assert desk.at()[0] == 0


def test_an_edit_of_b_alone_is_painted(desk: CompareDesk, theme: Theme) -> None:
    desk.show(dragging=True)
    assert color_at(desk, desk.table.scale().x(0.1), 3) == theme.color("lossSoft")
    # Sample 4: B gives the true class 0.25, as A does.
    desk.state = models(PICTURED, changed({}, 0), changed({3: [0.25, 0.55, 0.2]}, 1))
    told: list[tuple[int, int]] = []
    desk.table.model_.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    desk.show(dragging=True)
    assert set(told) == {(3, 3)}
    assert desk.table.model_.index(3, SAVED).data() == "0"
    assert color_at(desk, desk.table.scale().x(0.1), 3) == theme.color("panel")


def test_ten_thousand_rows_make_only_those_in_sight(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme, large_pair(10_000, 20))
    desk.sample = 9_999
    desk.show()
    desk.table.viewport().grab()
    assert desk.at()[0] == 9_999
    assert desk.table.rowViewportPosition(9_999) < desk.table.viewport().height()
    assert len(desk.table.model_._rows) < 20


def test_the_last_column_is_reached_without_shifting_the_others(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme, large_pair(50, 3))
    for _ in range(10):
        desk.press(Qt.Key.Key_Right)
    assert desk.at()[1] == SAVED
    assert desk.table.horizontalOffset() == 0


def test_themes_change_sizes_and_colours(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme)
    compact = Theme("dark", compact=True)
    desk.panel.set_theme(compact)
    # 36 head, five rows of 26, 32 foot
    assert (desk.panel.height_of(5), desk.panel.foot_height) == (36 + 5 * 26 + 32, 32)
    assert color_at(desk, desk.table.scale().x(0.1), 0) == compact.color("loss")
