"""The sample panel of a comparison: the models' names, their losses and sums, and where things stand."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.compare_columns import compare_layout
from tests.explain.compare_examples import pair_state
from tests.gui.compare_desk import NOT_1, CompareDesk, desk_of

CLASS, TARGET, PREDICTION, TERM = range(4)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> CompareDesk:
    return desk_of(qtbot, theme)


def choose(menu: QMenu, text: str) -> None:
    """Choose an entry with the keys."""
    menu.popup(QPoint(0, 0))
    entries: list[QAction] = [action for action in menu.actions() if not action.isSeparator()]
    for _ in range([entry.text() for entry in entries].index(text) + 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_disc_swaps_and_copies(desk: CompareDesk) -> None:
    names = desk.panel.names
    choose(names.menu(0), "Swap A and B")
    assert [model.name for model in desk.state.models] == ["larger network", "small network"]
    assert desk.edits[-1][1:] == ("Swap A and B", None)
    choose(names.menu(1), "Copy A to B")
    assert desk.of(1) == [0.7, 0.2, 0.1]
    assert desk.state.models[1].name == "small network"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_click_on_a_disc_opens_its_menu(desk: CompareDesk) -> None:
    QTest.mouseClick(desk.panel.names.models[1].disc, LEFT)
    menu = desk.panel.names.findChild(QMenu)
    assert menu.isVisible()
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Swap A and B",
        "Rename B…",
        "Copy A to B",
        "Copy B to A",
    ]
    menu.close()


def rename(desk: CompareDesk, model: int, text: str) -> QWidget:
    """A double click on a name, and what is typed there; the editor."""
    name = desk.panel.names.models[model]
    QTest.mouseDClick(name, LEFT, NONE, QPoint(40, name.height() // 2))
    QTest.keyClicks(name.editor, text)
    editor: QWidget = name.editor
    return editor


def test_a_double_click_renames_a_model_in_place(desk: CompareDesk) -> None:
    editor = rename(desk, 1, "tree")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert desk.state.models[1].name == "tree"
    assert desk.edits[-1][1] == "Rename model B to tree"
    assert len(desk.edits) == 1
    assert not editor.isVisible()


def test_a_name_that_is_taken_is_refused_beside_the_editor(desk: CompareDesk) -> None:
    editor = rename(desk, 1, "small network")
    assert not desk.panel.finish_editing()
    assert editor.isVisible()
    assert desk.panel.names.models[1].reason.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert not desk.panel.names.models[1].reason.isVisible()
    assert desk.panel.finish_editing()
    assert desk.edits == []


def test_f2_on_a_disc_renames_and_the_panel_can_finish_it(desk: CompareDesk) -> None:
    model = desk.panel.names.models[0]
    QTest.keyClick(model.disc, Qt.Key.Key_F2)
    QTest.keyClicks(model.editor, "stump")
    assert desk.panel.finish_editing()
    assert desk.state.models[0].name == "stump"


# Sums


def test_each_model_is_normalised_on_its_own(qtbot: QtBot, theme: Theme) -> None:
    desk = desk_of(qtbot, theme, NOT_1)
    losses = desk.panel.losses
    assert [button.isVisible() for button in losses.buttons] == [True, True]
    assert losses.accessibleName() == "loss of sample 1: A not 1, B not 1"
    QTest.mouseClick(losses.buttons[1], LEFT)
    assert desk.of(0) == [0.4, 0.2, 0.2]
    assert desk.of(1) == pytest.approx([5 / 9, 2 / 9, 2 / 9], abs=1e-12)
    assert [button.isVisible() for button in losses.buttons] == [True, False]
    QTest.mouseClick(losses.buttons[0], LEFT)
    assert desk.of(0) == pytest.approx([0.5, 0.25, 0.25], abs=1e-12)


@pytest.mark.parametrize("compact", [False, True])
def test_the_buttons_of_the_losses_stay_apart(qtbot: QtBot, compact: bool, theme: Theme) -> None:
    desk = desk_of(qtbot, Theme("light", compact), NOT_1)
    first, second = (button.geometry() for button in desk.panel.losses.buttons)
    assert first.right() + 30 < second.left()
    assert second.right() <= desk.panel.losses.width()


# Layout


def test_layout_of_the_picture(desk: CompareDesk, theme: Theme) -> None:
    # Measured in the picture of the design, from the panel's top: rows of 66, the head at 132.
    layout = compare_layout(504, 3, False, 42, 72, theme)
    assert (layout.row_height, layout.table_top, layout.takeaway_top) == (33, 132, 432)
    view = desk.table
    track = view.track(view.cell_rect(view.model().index(0, PREDICTION)))
    left = view.x() + track.left()
    assert (left, left + track.width()) == (pytest.approx(273, abs=2), pytest.approx(377, abs=2))


def test_five_classes_in_logits_fit_the_smallest_window(theme: Theme) -> None:
    compact = Theme("light", compact=True)
    # 384 px less title 42, head 28, takeaway 80 are 234: losses and temperature of 32 leave 170, 34 for each.
    layout = compare_layout(384, 5, True, 42, 80, compact)
    assert (layout.row_height, layout.table_height) == (17, 28 + 5 * 34)
    assert (layout.sum_height, layout.temperature_height, layout.takeaway_top) == (32, 32, 304)
    # Six would not fit so either: they are scrolled, and nothing else comes closer.
    layout = compare_layout(384, 6, True, 42, 80, compact)
    assert (layout.row_height, layout.sum_height, layout.temperature_height) == (18, 42, 42)


def test_many_classes_scroll_and_the_losses_stay(qtbot: QtBot, theme: Theme) -> None:
    many = np.full((1, 30), 1 / 30)
    names = [f"a class with a long name {k}" for k in range(30)]
    desk = desk_of(qtbot, theme, pair_state(np.eye(30)[:1], many, many, names))
    assert desk.table.verticalScrollBar().maximum() > 0
    assert desk.panel.losses.geometry().top() == desk.table.geometry().bottom() + 1
    assert desk.panel.losses.isVisible()
    assert desk.table.model().index(0, CLASS).data(Qt.ItemDataRole.ToolTipRole) == names[0]


@pytest.mark.parametrize("height", [372, 420])
def test_the_names_of_the_models_never_go(qtbot: QtBot, theme: Theme, height: int) -> None:
    desk = desk_of(qtbot, Theme("light", compact=True))
    desk.panel.resize(desk.panel.width(), height)
    names, table = desk.panel.names, desk.table
    assert names.isVisible()
    assert names.geometry().bottom() < table.geometry().top()
    assert table.geometry().bottom() < desk.panel.losses.geometry().bottom() < height - 40


def test_five_labels_of_two_models_fit_into_a_small_window(qtbot: QtBot, theme: Theme) -> None:
    compact = Theme("light", compact=True)
    state = pair_state([[1, 0, 1, 0, 0]], [[0.4] * 5], [[0.6] * 5], ["dog", "cat", "panda", "ball", "person"])
    desk = desk_of(qtbot, compact, state, Task.MULTILABEL)
    # A window of 1024 x 680 leaves the panel 378 px.
    desk.panel.resize(desk.panel.width(), 378)
    assert not desk.table.verticalScrollBar().isVisible()
    names, title = desk.panel.names, desk.panel._title
    assert names.y() + names.height() / 2 == pytest.approx(title.height() / 2, abs=1)
    # The editor of a name has room there, too, and gives it back.
    width = names.width()
    names.models[1].rename()
    editor = names.models[1].editor
    assert names.rect().contains(editor.rect().translated(editor.mapTo(names, QPoint())))
    assert editor.width() >= 150
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert names.width() == width
