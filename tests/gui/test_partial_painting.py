"""Views paint only what changed: what they show then is what a full repaint shows, pixel for pixel."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ceviz.core import edits
from ceviz.core.document import Task, Unit
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.gui.main_window import MainWindow
from tests.gui.desk import move_mouse
from tests.gui.repaints import assert_up_to_date, on_screen, settle

LEFT = Qt.MouseButton.LeftButton
TASKS = (Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL)


def views(window: MainWindow) -> tuple[QWidget, ...]:
    page = window.page
    return page.headline, page.sample_panel, page.curve_panel, page.lens_panel, page.batch_panel


# First, while the window has but one page to polish.


def test_another_theme_and_back(window: MainWindow) -> None:
    for _ in range(2):
        for name in ("dark", "light"):
            window._choose_theme(name)
            assert_up_to_date(window)


def test_a_smaller_window_and_back(window: MainWindow) -> None:
    for size in ((1366, 768), (1440, 900)):
        window.resize(*size)
        assert_up_to_date(window)


def test_a_target_set_by_a_click_leaves_nothing_behind(window: MainWindow) -> None:
    table = window.page.sample_panel.table
    for row in (1, 2, 0):
        place = table.cell_rect(table.model_.index(row, 1)).center().toPoint()
        QTest.mouseClick(table.viewport(), LEFT, pos=place)
        assert_up_to_date(window)


@pytest.mark.parametrize("row", [[0.9, 0.3, 0.3], [-0.2, 0.9, 0.3], [0, 1, 0], [1e-9, 0.5, 0.5], [0, 0, 1.5]])
def test_invalid_rows_and_infinite_losses_come_and_go(window: MainWindow, row: list[float]) -> None:
    session, before = window.session, window.session.state(Task.MULTICLASS)
    session.show(Task.MULTICLASS, fresh=True)
    for sample in (0, 3):
        state = edits.set_predictions_block(before, Task.MULTICLASS, 0, sample, 0, [row])
        session.edit(Task.MULTICLASS, state, "Edit")
        assert_up_to_date(window)
        session.edit(Task.MULTICLASS, edits.rename_class(state, 0, "hound"), "Rename")
        assert_up_to_date(window)
        session.undo_stack.undo()
        session.undo_stack.undo()
        assert_up_to_date(window)


@pytest.mark.parametrize("task", TASKS)
def test_another_sample_is_shown(window: MainWindow, task: Task) -> None:
    window.session.activate(task)
    assert_up_to_date(window)
    for sample in (2, 1, 0):
        window.session.show(task, sample=sample)
        assert_up_to_date(window)


def test_hovered_rows_cells_and_terms(window: MainWindow) -> None:
    sample, batch, line = (
        window.page.sample_panel.table,
        window.page.batch_panel.table,
        window.page.headline.findChild(QWidget, "formula"),
    )
    for table in (sample, batch):
        for row, column in ((0, 0), (1, 1), (2, 2), (1, 3)):
            move_mouse(table.viewport(), table.cell_rect(table.model_.index(row, column)).center())
            assert_up_to_date(window)
    for slot in line.terms():
        move_mouse(line, line.area(slot).center())
        assert_up_to_date(window)
    for part in views(window):
        part.highlight(Lit(1))
        assert_up_to_date(window)
        part.highlight(ALIKE)
        assert_up_to_date(window)


def leave_rows(window: MainWindow) -> QImage:
    """The window after the mouse has gone from the batch's rows, into their header for one."""
    QApplication.sendEvent(window.page.batch_panel.table.viewport(), QEvent(QEvent.Type.Leave))
    settle()
    return on_screen(window)


def test_a_row_is_at_rest_once_the_mouse_has_left_its_number(window: MainWindow) -> None:
    table = window.page.batch_panel.table
    at_rest = leave_rows(window)
    move_mouse(table.viewport(), table.cell_rect(table.model_.index(2, 0)).center())
    settle()
    assert on_screen(window) != at_rest
    assert leave_rows(window) == at_rest


def test_selected_cells_and_the_keyboards_ring(window: MainWindow) -> None:
    for table in (window.page.sample_panel.table, window.page.batch_panel.table):
        table.setFocus(Qt.FocusReason.TabFocusReason)
        for key, modifier in (
            (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier),
            (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier),
            (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
        ):
            QTest.keyClick(table, key, modifier)
            assert_up_to_date(window)


def test_keys_that_step_a_prediction(window: MainWindow) -> None:
    table = window.page.sample_panel.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.go_to(table.model_.index(1, 2))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(table, key)
        assert_up_to_date(window)


def test_a_click_on_the_cell_that_the_keys_are_at_rings_its_number_alone(window: MainWindow) -> None:
    table = window.page.sample_panel.table
    cell = table.model_.index(1, 2)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.go_to(cell)
    QTest.keyClick(table, Qt.Key.Key_Up)
    settle()
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(cell).topLeft() + QPoint(30, 20))
    assert_up_to_date(window)


def test_the_ring_goes_around_a_plot_whose_point_goes(window: MainWindow) -> None:
    session, task, before = window.session, Task.MULTICLASS, window.session.state(Task.MULTICLASS)
    window.page.curve_panel.plot.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    session.edit(task, edits.set_predictions_block(before, task, 0, 0, 0, [[0.9, 0.3, 0.3]]), "Edit")
    assert_up_to_date(window)
    session.undo_stack.undo()
    assert_up_to_date(window)


def test_another_unit_name_and_shape(window: MainWindow) -> None:
    session, task = window.session, Task.MULTICLASS
    changes = (
        lambda state: edits.set_unit(state, Unit.BITS),
        lambda state: edits.rename_class(state, 1, "wildcat"),
        lambda state: edits.choose_true_class(state, 2, 1),
        lambda state: edits.add_sample(state, task, 1),
        lambda state: edits.add_class(state, task),
        lambda state: edits.remove_samples(state, task, [0]),
        lambda state: replace(state, samples=tuple(reversed(state.samples))),
    )
    for change in changes:
        session.edit(task, change(session.state(task)), "Change")
        assert_up_to_date(window)


def test_dashes_and_hatches_of_a_batch_that_is_scrolled(window: MainWindow) -> None:
    session, task = window.session, Task.MULTICLASS
    state = session.state(task)
    for sample in range(12):
        state = edits.duplicate_sample(state, sample)
    state = edits.set_predictions_block(state, task, 0, 1, 0, [[0, 0.5, 0.5], [1.5, 0, 0]])
    session.edit(task, state, "Many samples")
    session.show(task, fresh=True)
    assert_up_to_date(window)
    for place in (3, 20):
        window.page.batch_panel.table.verticalScrollBar().setValue(place)
        assert_up_to_date(window)


def test_heads_of_traps_make_way_for_a_scroll_bar(window: MainWindow) -> None:
    window.resize(1600, 1000)
    window.session.activate(Task.SOFT)
    window.session.show(Task.SOFT, lens="traps")
    for kind in ("logits", "probabilities"):
        assert_up_to_date(window)
        window.page.sample_panel.input_chosen.emit(kind)
    assert_up_to_date(window)


def pixel_at_lower_edge(view: QWidget, before: str) -> str:
    """The colour of a pixel that half of is below a view, painted where another colour stood before."""
    ratio = 1 + 30.5 / view.height()
    image = QImage(math.ceil(ratio * view.width()), view.height() + 31, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(before))
    view.render(image, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return image.pixelColor(40, image.height() - 1).name()


def test_what_fills_itself_has_sharp_edges_at_every_scale(window: MainWindow) -> None:
    page = window.page
    for view in (page.headline, page.sample_panel, page.sample_panel.foot, page.batch_panel.foot):
        after = [pixel_at_lower_edge(view, before) for before in ("#000000", "#ffffff")]
        assert after == ["#000000", "#ffffff"] or after[0] == after[1], type(view).__name__
