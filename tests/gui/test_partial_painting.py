"""Views paint only what changed: what they show then is what a full repaint shows, pixel for pixel."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from ceviz.core import edits
from ceviz.core.document import Convention, Task, Unit
from ceviz.drawing import theme as themes
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.gui.main_window import MainWindow
from ceviz.gui.tables.sample_model import PREDICTION
from tests.gui.desk import move_mouse
from tests.windows import begin_again, opened_window

LEFT = Qt.MouseButton.LeftButton
TASKS = (Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL)


@pytest.fixture(scope="module")
def shared(theme: themes.Theme) -> Iterator[MainWindow]:
    with opened_window() as window:
        yield window


@pytest.fixture
def window(shared: MainWindow) -> MainWindow:
    begin_again(shared)
    return shared


def views(window: MainWindow) -> tuple[QWidget, ...]:
    page = window.page
    return page.headline, page.sample_panel, page.curve_panel, page.lens_panel, page.batch_panel


def on_screen(window: MainWindow) -> QImage:
    """What stands in the window's backing store, as it was painted bit by bit."""
    whole = window.screen().grabWindow(window.winId()).toImage()
    return whole.convertToFormat(QImage.Format.Format_RGB32)


def settle() -> None:
    """Let delayed layouts and what they paint come to an end."""
    for _ in range(4):
        QApplication.processEvents()


def assert_up_to_date(window: MainWindow) -> None:
    settle()
    painted = on_screen(window)
    for widget in window.page.findChildren(QWidget):
        widget.update()
    window.update()
    settle()
    fresh = on_screen(window)
    assert painted == fresh, differing(window, painted, fresh)


def differing(window: MainWindow, painted: QImage, fresh: QImage) -> str:
    """Where a stale pixel is, for the message."""
    stale = [
        QPoint(x, y)
        for y in range(painted.height())
        for x in range(painted.width())
        if painted.pixel(x, y) != fresh.pixel(x, y)
    ]
    view = window.childAt(stale[0])
    return f"{len(stale)} stale pixels from {stale[0]} in a {type(view).__name__} to {stale[-1]}"


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
        drag_bar(window, row, (0.9,))


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


def test_a_loss_that_becomes_infinite_in_a_drag(window: MainWindow) -> None:
    drag_bar(window, 0, (0.2, 0.0, 0.01, 0.0, 0.7))
    assert math.isfinite(window.session.evaluation(Task.MULTICLASS).models[0].mean)


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
