"""The whole window, used as a person uses it: real keys and a real mouse, one look at every view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QTabBar, QTableView, QToolButton, QWidget

from ceviz.core import edits
from ceviz.core.document import Task, Unit
from ceviz.files.document_file import load_document, save_document
from ceviz.settings import Settings
from tests.e2e.person import (
    PREDICTION,
    click,
    formula,
    number,
    prediction,
    press,
    sample_table,
    shown,
    texts,
    type_number,
)

TASKS = (Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL)


def test_the_first_run_shows_the_worked_example(window):
    assert number(window) == "loss 0.916 nats"
    assert "0.4" in formula(window)
    assert texts(sample_table(window), 0)[-1] == "0.916"
    batch = shown(window, QTableView, "batchTable")
    assert batch.model().rowCount() == 5


def test_typing_changes_number_formula_table_and_batch_at_once(window, qtbot):
    type_number(qtbot, window, 0, "0.9")
    assert prediction(window) == [0.9, 0.3, 0.3]
    # 0.9 + 0.3 + 0.3 is no distribution: kept as typed, marked, left out.
    evaluation = window.session.evaluation(Task.MULTICLASS)
    assert [issue.code for issue in evaluation.issues] == ["sum"]
    assert evaluation.models[0].sum == pytest.approx(4.241 - 0.916, abs=1e-3)
    type_number(qtbot, window, 1, "0.05")
    type_number(qtbot, window, 2, "0.05")
    assert number(window) == "loss 0.105 nats"
    assert "0.9" in formula(window)
    assert texts(sample_table(window), 0)[-1] == "0.105"
    batch = texts(shown(window, QTableView, "batchTable"), 0)
    assert "0.900" in batch
    assert "0.105" in batch


def test_undo_returns_every_digit_and_goes_no_further_than_the_start(window, qtbot):
    before = window.session.document
    type_number(qtbot, window, 0, "1/3")
    assert prediction(window)[0] == 1 / 3
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_Z)
    assert window.session.document.tasks == before.tasks
    assert number(window) == "loss 0.916 nats"
    press(
        qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert prediction(window)[0] == 1 / 3


def test_numbers_are_read_as_people_write_them(window, qtbot):
    for typed, value in (("0,5", 0.5), ("1e-7", 1e-7), ("50%", 0.5), ("2/5", 0.4), (".5", 0.5)):
        type_number(qtbot, window, 0, typed)
        assert prediction(window)[0] == value, typed


def test_garbage_changes_nothing_and_keeps_the_editor_open(window, qtbot):
    table = sample_table(window)
    click(qtbot, table, 0, PREDICTION)
    for typed in ("1.234,5", "x", "1 2", "--3"):
        qtbot.keyClick(table, Qt.Key.Key_F2)
        editor = QApplication.focusWidget()
        editor.selectAll()
        qtbot.keyClicks(editor, typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert prediction(window) == [0.4, 0.3, 0.3], typed
        assert editor.isVisible(), typed
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
        assert prediction(window) == [0.4, 0.3, 0.3], typed


def test_dragging_a_bar_keeps_the_sum_at_one_and_is_one_step(window, qtbot):
    table = sample_table(window)
    rect = table.visualRect(table.model().index(0, PREDICTION))
    handle = QPoint(300, rect.center().y())
    # Find the handle where the bar ends: at the value 0.4 of the track.
    drag(table.viewport(), handle, [QPoint(x, handle.y()) for x in (310, 330, 350, 340)])
    row = prediction(window)
    assert row != [0.4, 0.3, 0.3]
    assert [1000 * p for p in row] == pytest.approx([round(1000 * p) for p in row], abs=1e-9)
    assert sum(round(1000 * p) for p in row) == 1000
    assert row[1] == pytest.approx(row[2], abs=0.0011)
    assert window.session.undo_stack.count() == 1
    press(qtbot, window, Qt.Key.Key_Z)
    assert prediction(window) == [0.4, 0.3, 0.3]


def drag(widget, start, path):
    def send(kind, at, buttons):
        button = Qt.MouseButton.LeftButton if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        position = QPointF(at)
        event = QMouseEvent(
            kind,
            position,
            QPointF(widget.mapToGlobal(at)),
            button,
            buttons,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)

    send(QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)
    for at in path:
        send(QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)
    send(QEvent.Type.MouseButtonRelease, path[-1], Qt.MouseButton.NoButton)
    QApplication.processEvents()


def test_a_zero_at_the_true_class_is_infinite_everywhere(window, qtbot):
    for row, text in enumerate(("0", "0.5", "0.5")):
        type_number(qtbot, window, row, text)
    assert number(window) == "loss \N{INFINITY} nats"
    assert texts(sample_table(window), 0)[-1] == "\N{INFINITY}"
    assert window.session.evaluation(Task.MULTICLASS).models[0].infinite == 1


def test_every_tab_is_reached_by_mouse_and_keys_and_shows_its_own_number(window, qtbot):
    tabs = window.findChild(QTabBar, "tabs")
    losses = ("0.916", "1.142", "0.357", "1.247")
    for n in (1, 2, 3, 0):
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(n).center())
        assert window.session.document.active_task is TASKS[n]
        assert number(window) == f"loss {losses[n]} nats"
    for key, task in zip("2341", (*TASKS[1:], TASKS[0]), strict=True):
        press(qtbot, window, key)
        assert window.session.document.active_task is task


def test_the_buttons_undo_and_redo_follow_the_stack(window, qtbot):
    undo, redo = (window.findChild(QToolButton, name) for name in ("undo", "redo"))
    assert not undo.isEnabled()
    type_number(qtbot, window, 0, "0.2")
    assert undo.isEnabled()
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert prediction(window) == [0.4, 0.3, 0.3]
    qtbot.mouseClick(redo, Qt.MouseButton.LeftButton)
    assert prediction(window) == [0.2, 0.3, 0.3]


def test_a_pasted_block_adds_samples(window, qtbot):
    QGuiApplication.clipboard().setText("0,2\t0,3\t0,5\n0.1\t0.1\t0.8\n")
    batch = shown(window, QTableView, "batchTable")
    first = next(
        column
        for column in range(batch.model().columnCount())
        if batch.model().index(4, column).data() == "0.300"
    )
    click(qtbot, batch, 4, first)
    qtbot.keyClick(batch, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    state = window.session.state(Task.MULTICLASS)
    assert state.sample_count == 6
    assert state.models[0].predictions[4:].tolist() == [[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]]
    press(qtbot, window, Qt.Key.Key_Z)
    assert window.session.state(Task.MULTICLASS).sample_count == 5


def test_pasted_garbage_changes_nothing(window, qtbot):
    before = window.session.document.tasks
    for garbage in ("hello world", "0.1\t0.2\t0.3\t0.4\t0.5", "", "0.1\t\N{PILE OF POO}\t0.2"):
        QGuiApplication.clipboard().setText(garbage)
        batch = shown(window, QTableView, "batchTable")
        click(qtbot, batch, 0, 2)
        qtbot.keyClick(batch, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert window.session.document.tasks == before


def test_removing_every_sample_leaves_a_blank_one(window, qtbot):
    for _ in range(5):
        window.edits.remove_sample()
    state = window.session.state(Task.MULTICLASS)
    assert state.sample_count == 1
    assert state.models[0].predictions[0].tolist() == pytest.approx([1 / 3] * 3)
    assert number(window) == "loss 1.099 nats"


def test_a_picture_tells_the_whole_name_of_the_class_under_the_mouse(window):
    name = "a dog & a name <i>of</i> which no picture shows all"
    state = edits.rename_class(window.session.state(Task.MULTICLASS), 0, name)
    window.session.edit(Task.MULTICLASS, state, "Rename")
    page = window.page
    page.curve_panel.class_hovered.emit(0)
    # As it was typed, not as markup.
    assert "&lt;i&gt;of&lt;/i&gt;" in page.lens_panel.toolTip()
    page.curve_panel.class_hovered.emit(1)
    assert page.lens_panel.toolTip() == ""


def test_bits_are_nats_over_ln_2(window):
    window.edits.choose_unit("bits")
    assert number(window) == "loss 1.322 bits"
    assert window.session.state(Task.MULTICLASS).options.unit is Unit.BITS


def test_logits_keep_the_loss_and_come_back(window, qtbot):
    sample_panel = window.page.sample_panel
    sample_panel.input_chosen.emit("logits")
    assert number(window) == "loss 0.916 nats"
    assert window.session.state(Task.MULTICLASS).models[0].input == "logits"
    press(qtbot, window, Qt.Key.Key_Z)
    assert prediction(window) == [0.4, 0.3, 0.3]


def test_the_window_goes_dark_and_back(window):
    window.set_theme("dark")
    dark = window.grab().toImage().pixelColor(700, 300).lightness()
    window.set_theme("light")
    light = window.grab().toImage().pixelColor(700, 300).lightness()
    assert dark < 60
    assert light > 200


def test_comparing_begins_with_a_copy_and_says_a_tie(window, qtbot):
    compare = window.findChild(QToolButton, "compare")
    qtbot.mouseClick(compare, Qt.MouseButton.LeftButton)
    assert len(window.session.state(Task.MULTICLASS).models) == 2
    assert compare.isChecked()
    assert "equal" in number(window)
    press(qtbot, window, Qt.Key.Key_D)
    assert not compare.isChecked()
    assert number(window) == "loss 0.916 nats"
    press(qtbot, window, Qt.Key.Key_Z)
    assert len(window.session.state(Task.MULTICLASS).models) == 1


@pytest.mark.parametrize("task", TASKS)
def test_every_tab_compares_two_models(window, qtbot, task):
    window.session.activate(task)
    press(qtbot, window, Qt.Key.Key_D)
    edits = window.edits
    edits.start_drag()
    edits.drag_probability(1, 0, 0.97, False, False)
    edits.finish_drag(False)
    evaluation = window.session.evaluation(task)
    better = "B" if evaluation.models[1].mean < evaluation.models[0].mean else "A"
    assert f"{better} is better" in number(window)
    for lens in ("simplex", "terms", "floor", "labels", "gradient", "formulas"):
        window.session.show(task, lens=lens)
    for _ in range(3):
        press(qtbot, window, Qt.Key.Key_Z)
    assert len(window.session.state(task).models) == 1
    assert not window.session.document.views[task].compare


def test_a_click_on_a_term_goes_to_its_class(window, qtbot):
    line = shown(window, QWidget, "formula")
    for x in range(480, 900, 6):  # over the terms of dog, cat and panda
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(x, 105))
        if sample_table(window).currentIndex().row() == 2:
            break
    assert sample_table(window).currentIndex().row() == 2
    assert sample_table(window).currentIndex().column() == PREDICTION


def test_ctrl_d_compares_while_a_table_has_the_focus(window, qtbot):
    table = sample_table(window)
    click(qtbot, table, 0, PREDICTION)
    qtbot.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.session.document.views[Task.MULTICLASS].compare
    assert prediction(window) == [0.4, 0.3, 0.3]


def test_reading_aids_are_a_choice_that_is_remembered(window):
    headline = window.page.headline
    plain = headline.grab().toImage()
    try:
        window._actions["reading_aids"].trigger()
        assert Settings().reading_aids
        assert headline.grab().toImage() != plain
        window._actions["reading_aids"].trigger()
        assert not Settings().reading_aids
        assert headline.grab().toImage() == plain
    finally:
        Settings().reading_aids = False


def test_a_fresh_models_loss_is_marked_where_it_is_wanted_and_kept_with_the_document(window, tmp_path):
    action, curve = window._actions["fresh"], shown(window, QWidget, "curvePlot")
    assert "fresh" not in curve.accessibleDescription()
    action.trigger()
    assert curve.accessibleDescription().endswith("fresh model: ln 3 ≈ 1.099")
    window.session.activate(Task.BINARY)
    assert not action.isChecked()
    window.session.activate(Task.MULTICLASS)
    assert action.isChecked()
    save_document(window.session.document, tmp_path / "kept.ceviz")
    assert load_document(tmp_path / "kept.ceviz").views[Task.MULTICLASS].fresh
    action.trigger()
    assert "fresh" not in curve.accessibleDescription()


def test_what_is_chosen_keeps_its_tick_when_it_is_chosen_again(window):
    window.set_theme("dark")
    for chosen in ("dark", "nats", "as_exact"):
        action = window._actions[chosen]
        for _ in range(2):
            action.trigger()
            assert action.isChecked(), chosen
