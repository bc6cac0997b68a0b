"""What is dragged leaves nothing behind: after every move the window shows what a full repaint shows."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget

from ceviz.core import edits
from ceviz.core.document import Convention, Task
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.gui.main_window import MainWindow
from ceviz.gui.tables.sample_model import PREDICTION
from tests.gui.desk import move_mouse
from tests.gui.repaints import assert_up_to_date, settle

LEFT = Qt.MouseButton.LeftButton
TASKS = (Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL)


def drag_bar(window: MainWindow, row: int, shares: tuple[float, ...], check: bool = True) -> None:
    table = window.page.sample_panel.table
    track = table.track(table.cell_rect(table.model_.index(row, 2)))
    y = track.center().y()
    start = QPointF(table.handle_x(track, table.model_.rows[row]), y)
    QTest.mousePress(table.viewport(), LEFT, pos=start.toPoint())
    assert_up_to_date(window)
    for share in shares:
        move_mouse(table.viewport(), QPointF(track.left() + share * track.width(), y), LEFT)
        assert_up_to_date(window)
    QTest.mouseRelease(table.viewport(), LEFT, pos=QPoint(round(track.left()), round(y)))
    assert_up_to_date(window)


@pytest.mark.parametrize("task", TASKS)
def test_a_dragged_bar_leaves_nothing_behind(window: MainWindow, task: Task) -> None:
    window.session.activate(task)
    # −ln 0.5 and −ln 0.52 are equally wide, other losses are not.
    drag_bar(window, 0, (0.5, 0.52, 0.9, 1.0, 0.02, 0.0, 0.3))


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.SOFT, Task.MULTILABEL])
def test_a_dragged_bar_in_another_row_leaves_no_part_of_its_pill(window: MainWindow, task: Task) -> None:
    window.session.activate(task)
    drag_bar(window, 2, (0.5, 0.95, 0.0))


@pytest.mark.parametrize("task", TASKS)
def test_dragged_logits_leave_nothing_behind(window: MainWindow, task: Task) -> None:
    window.session.activate(task)
    window.page.sample_panel.input_chosen.emit("logits")
    drag_bar(window, 0, (0.9, 0.1, 0.5))


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.SOFT])
def test_a_bar_dragged_beside_another_models_leaves_nothing_behind(window: MainWindow, task: Task) -> None:
    window.session.activate(task)
    window.findChild(QToolButton, "compare").click()
    assert window.page.comparing
    for row in (0, 3):
        drag_bar(window, row, (0.9, 0.31))


def test_another_theme_in_the_middle_of_a_drag(window: MainWindow) -> None:
    table = window.page.sample_panel.table
    track = table.track(table.cell_rect(table.model_.index(0, 2)))
    handle = QPointF(table.handle_x(track, table.model_.rows[0]), track.center().y())
    QTest.mousePress(table.viewport(), LEFT, pos=handle.toPoint())
    move_mouse(table.viewport(), handle + QPointF(20, 0), LEFT)
    window._choose_theme("dark")
    assert_up_to_date(window)
    move_mouse(table.viewport(), handle - QPointF(20, 0), LEFT)
    assert_up_to_date(window)
    window._choose_theme("light")
    QTest.mouseRelease(table.viewport(), LEFT, pos=handle.toPoint())
    assert_up_to_date(window)


def drag_point(window: MainWindow, view: QWidget, start: QPointF, places: list[QPointF]) -> None:
    QTest.mousePress(view, LEFT, pos=start.toPoint())
    for place in places:
        move_mouse(view, place, LEFT)
        assert_up_to_date(window)
    QTest.mouseRelease(view, LEFT, pos=places[-1].toPoint())
    assert_up_to_date(window)


def test_dragged_points_leave_nothing_behind(window: MainWindow) -> None:
    window.session.show(Task.MULTICLASS, overlay=True)
    plot, triangle = window.page.curve_panel.plot, window.page.lens_panel.simplex_plot
    live, frame = plot.chart.live[0], plot.frame_in_px
    places = [frame.point(p, live.y) for p in (0.42, 0.99, 0.21, 0.0)]
    drag_point(window, plot.viewport(), frame.point(live.x, live.y), places)
    for lit in (Lit(1), ALIKE):
        window.page.curve_panel.highlight(lit)
        assert_up_to_date(window)
    start = triangle._px(triangle._points[0])
    places = [start + QPointF(*way) for way in ((4, 3), (60, 50), (300, 300), (0, -300))]
    drag_point(window, triangle.viewport(), start, places)


def test_a_point_of_two_models_dragged_over_soft_targets_leaves_nothing_behind(window: MainWindow) -> None:
    window.session.activate(Task.SOFT)
    window.findChild(QToolButton, "compare").click()
    settle()
    plot = window.page.curve_panel.plot
    live, frame = plot.chart.live[0], plot.frame_in_px
    drag_point(window, plot.viewport(), frame.point(live.x, live.y), [frame.point(0.7, live.y)])


def test_a_loss_that_becomes_infinite_in_a_drag(window: MainWindow) -> None:
    drag_bar(window, 0, (0.2, 0.0, 0.01, 0.0, 0.7))
    assert math.isfinite(window.session.evaluation(Task.MULTICLASS).models[0].mean)


def handle_of(window: MainWindow, row: int) -> QPoint:
    """Where the handle of a row is, whose prediction becomes the current cell."""
    table = window.page.sample_panel.table
    cell = table.model_.index(row, PREDICTION)
    table.go_to(cell)
    track = table.track(table.cell_rect(cell))
    return QPoint(round(table.handle_x(track, table.model_.rows[row])), round(track.center().y()))


def test_a_pressed_handle_has_all_of_its_pill(window: MainWindow) -> None:
    window.session.activate(Task.BINARY)
    window.resize(1366, 768)
    handle = handle_of(window, 0)
    assert_up_to_date(window)
    QTest.mousePress(window.page.sample_panel.table.viewport(), LEFT, pos=handle)
    assert_up_to_date(window)
    QTest.mouseRelease(window.page.sample_panel.table.viewport(), LEFT, pos=handle)


def test_an_undo_in_the_middle_of_a_drag_leaves_no_pill(window: MainWindow) -> None:
    viewport, handle = window.page.sample_panel.table.viewport(), handle_of(window, 1)
    QTest.mousePress(viewport, LEFT, pos=handle)
    move_mouse(viewport, QPointF(handle) + QPointF(20, 0), LEFT)
    window.session.undo_stack.undo()
    move_mouse(viewport, QPointF(handle) + QPointF(30, 0), LEFT)
    assert_up_to_date(window)
    QTest.mouseRelease(viewport, LEFT, pos=handle)
    assert_up_to_date(window)


@pytest.mark.parametrize(
    ("task", "call"), [(Task.MULTICLASS, "SparseCategoricalCrossentropy"), (Task.MULTILABEL, None)]
)
def test_the_exact_number_and_a_calls_long_name_follow(
    window: MainWindow, task: Task, call: str | None
) -> None:
    session = window.session
    session.activate(task)
    session.edit(task, edits.set_convention(session.state(task), task, Convention.KERAS, call), "Keras")
    drag_bar(window, 2, (0.5, 0.52, 0.53))


def test_a_dragged_temperature_leaves_nothing_behind(window: MainWindow) -> None:
    window.session.activate(Task.BINARY)
    window.page.sample_panel.input_chosen.emit("logits")
    slider = window.page.sample_panel.temperature.slider
    middle = slider.rect().center()
    QTest.mousePress(slider, LEFT, pos=middle)
    # Near the end the loss has a power of ten, in smaller letters beside the sum of p.
    for x in (40, 13, 11):
        move_mouse(slider, QPointF(x, middle.y()), LEFT)
        assert_up_to_date(window)
    QTest.mouseRelease(slider, LEFT, pos=QPoint(0, middle.y()))


def test_the_digits_of_one_models_term_follow_the_others_loss(window: MainWindow) -> None:
    session, task = window.session, Task.MULTICLASS
    window.findChild(QToolButton, "compare").click()
    window.setFocus()
    # -ln 0.79 = 0.23572 and -ln 0.7901 = 0.23560 differ in the fourth decimal first.
    for model, p in ((0, 0.79), (1, 0.5), (1, 0.7901), (1, 0.5)):
        row = [p, 0.9 - p, 0.1]
        state = edits.set_predictions_block(session.state(task), task, model, 0, 0, [row])
        session.edit(task, state, "Edit")
        assert_up_to_date(window)


def test_low_lines_keep_the_mark_of_the_second_model_whole(window: MainWindow) -> None:
    session, task = window.session, Task.SOFT
    session.activate(task)
    window.findChild(QToolButton, "compare").click()
    for _ in range(2):
        session.edit(task, edits.add_class(session.state(task), task), "Add")
    window.resize(1024, 680)
    drag_bar(window, 2, (0.1, 0.9))
