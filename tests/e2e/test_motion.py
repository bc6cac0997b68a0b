"""What was set glides to its new place; the document, the pointer and the keys never wait for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.gui.cross_fade import CrossFade
from ceviz.gui.motion import Passage
from ceviz.gui.plots.pill_editor import PillEditor
from ceviz.settings import Settings
from tests.gui.desk import move_mouse
from tests.windows import opened_window

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(window):
    """A window whose glides wait where they set out, however slow the machine is."""
    window.set_moving(True)
    passage = window.page.passage
    passage.stateChanged.connect(lambda now, _: now is Passage.State.Running and passage.pause())
    return window


def go(window, ms):
    """Let the glide be where it is after so many ms."""
    window.page.passage.setCurrentTime(ms)


def number(window):
    return window.page.headline.findChild(QWidget, "number").text()


def row(window):
    """The prediction of the first sample in the document, and the one in sight."""
    table = window.page.sample_panel.table
    return window.session.state(Task.MULTICLASS).models[0].predictions[0].tolist(), [
        one.given for one in table.model_.rows
    ]


def test_a_number_that_is_set_glides_while_the_document_has_it_already(window):
    window.edits.set_probability(0, 0.9)
    assert window.session.state(Task.MULTICLASS).models[0].predictions[0].tolist() == [0.9, 0.05, 0.05]
    assert window.page.headline.findChild(QWidget, "number").accessibleName() == "loss 0.105 nats"
    go(window, 80)
    # Half of the time is 1 - (1/2)**3 of the way from 0.4 to 0.9, 0.84 in hundredths; -ln 0.84 = 0.174.
    assert number(window) == "0.174"
    assert row(window)[1] == [0.84, 0.08, 0.08]
    batch = window.page.batch_panel.table.model_
    assert "0.174" in [batch.index(0, column).data() for column in range(batch.columnCount())]
    go(window, 160)
    assert number(window) == "0.105"
    assert row(window)[1] == [0.9, 0.05, 0.05]


@pytest.mark.parametrize("compare", [False, True])
def test_it_ends_in_the_very_picture_that_there_is_without_motion(window, compare):
    window.edits.compare(compare)
    window.set_moving(False)
    window.edits.set_probability(0, 0.9)
    still = window.grab().toImage()
    window.session.undo_stack.undo()
    window.set_moving(True)
    window.session.undo_stack.redo()
    go(window, 40)
    assert window.grab().toImage() != still
    go(window, 160)
    assert window.grab().toImage() == still


def test_undo_and_redo_set_out_from_what_is_in_sight(window):
    window.edits.set_probability(0, 0.9)
    go(window, 80)
    window.session.undo_stack.undo()
    go(window, 80)
    # 7/8 of the way back from 0.84 to 0.4.
    assert row(window) == ([0.4, 0.3, 0.3], [0.46, 0.27, 0.27])
    window.session.undo_stack.redo()
    go(window, 160)
    assert row(window)[1] == [0.9, 0.05, 0.05]


def test_a_press_a_key_and_what_hides_the_page_end_it(window, qtbot):
    table = window.page.sample_panel.table
    for end in (
        lambda: qtbot.mouseClick(window.page.headline, LEFT),
        lambda: qtbot.keyClick(table, Qt.Key.Key_Down),
        lambda: window.session.activate(Task.SOFT),
        lambda: window.set_theme("light"),
        lambda: window.edits.start_drag(),
    ):
        page = window.page
        window.edits.set_probability(0, 0.9)
        go(window, 40)
        assert page.passage.under_way
        end()
        assert not page.passage.under_way
        assert [one.given for one in table.model_.rows] == [0.9, 0.05, 0.05]
        window.edits.finish_drag(False)
        window.session.activate(Task.MULTICLASS)
        window.set_moving(False)
        window.session.undo_stack.undo()
        window.set_moving(True)


def test_a_number_typed_over_a_pill_and_a_temperature_glide(window, qtbot):
    plot = window.page.curve_panel.plot
    pill = next(pill for pill in plot._layout.backdrop.pills if pill.axis == "x")
    plot.pill_opened.emit("x", pill.rect)
    editor = window.page.curve_panel.findChild(PillEditor)
    qtbot.keyClicks(editor, "0.9")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert window.page.passage.under_way
    go(window, 80)
    assert row(window)[1] == [0.84, 0.08, 0.08]
    window.page.passage.arrive()
    window.edits.choose_input("logits", models=(0,))
    field = window.page.sample_panel.temperature.field
    field.selectAll()
    qtbot.keyClicks(field, "3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    go(window, 80)
    # 7/8 of the way from 1 to 3.
    assert field.text() == "2.75"
    window.session.undo_stack.undo()
    go(window, 80)
    assert field.text() == "1.22"


def test_a_drag_and_a_held_key_do_not_glide(window, qtbot):
    window.edits.start_drag()
    window.edits.drag_probability(0, 0, 0.6, False, False)
    assert row(window)[1][0] == 0.6
    window.edits.finish_drag(False)
    plot = window.page.curve_panel.plot
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert row(window)[1][0] == pytest.approx(0.61)
    assert not window.page.passage.under_way


def test_what_is_no_distribution_is_shown_at_once(window):
    state = window.session.state(Task.MULTICLASS)
    window.edits.edit(edits.set_prediction(state, 0, 0, 0, 0.9), "Type")
    assert not window.page.passage.under_way
    assert row(window)[1] == [0.9, 0.3, 0.3]


def test_a_lens_fades_away_over_the_next_one(window):
    lens = window.page.lens_panel
    before = lens.grab().toImage()
    lens._choice.chosen.emit("terms")
    fade = lens.findChild(CrossFade)
    fade.passage.pause()
    fade.passage.setCurrentTime(60)
    half = lens.grab().toImage()
    fade.passage.setCurrentTime(200)
    after = lens.grab().toImage()
    assert not fade.isVisible()
    place = next(
        (x, y)
        for y in range(60, lens.height(), 7)
        for x in range(5, lens.width(), 7)
        if abs(before.pixelColor(x, y).green() - after.pixelColor(x, y).green()) > 60
    )
    ends = sorted(image.pixelColor(*place).green() for image in (before, after))
    assert ends[0] < half.pixelColor(*place).green() < ends[1]


def test_a_batch_that_leaps_back_fades_in_and_a_dragged_one_follows_at_once(window):
    edge, fade = window.page._edges.above_batch, window.page._edges._fade
    still = window.page.grab().toImage()
    edge.taken.emit()
    edge.moved.emit(500)
    assert window.page.batch_panel.height() == window.page.batch_panel.foot_height
    assert not fade.isVisible()
    edge.restored.emit()
    assert fade.isVisible()
    fade.passage.pause()
    fade.passage.setCurrentTime(200)
    QApplication.processEvents()
    assert window.page.grab().toImage() == still


def test_the_other_classes_fade_in_all_views_at_once_and_come_back(window):
    window.session.activate(Task.SOFT)
    page = window.page
    table, curves = page.sample_panel.table, page.curve_panel.plot
    colors = [window._theme.class_colors(k).line.name() for k in range(3)]

    def strength():
        """How strongly the curves of the three classes are drawn."""
        drawn = {item.opts["pen"].color().name(): item.opacity() for item, _ in curves._drawn}
        return [round(drawn[color], 3) for color in colors]

    def after(ms):
        page.fading.pause()
        page.fading.setCurrentTime(ms)
        return strength()

    move_mouse(table.viewport(), table.cell_rect(table.model_.index(1, 0)).center())
    # Half of the 80 ms is 7/8 of the way from 1 to 0.35.
    assert after(40) == [0.431, 1.0, 0.431]
    assert table.opacity(0) == pytest.approx(0.43125)
    assert page.batch_panel.table.opacity(0) == pytest.approx(0.43125)
    assert after(80) == [0.35, 1.0, 0.35]
    move_mouse(table.viewport(), table.cell_rect(table.model_.index(2, 0)).center())
    assert after(40) == [0.35, 0.431, 0.919]
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    assert after(80) == [1.0, 1.0, 1.0]
    window.set_moving(False)
    move_mouse(table.viewport(), table.cell_rect(table.model_.index(0, 0)).center())
    assert strength() == [1.0, 0.35, 0.35]


def test_reduced_motion_is_a_choice_that_is_remembered(window):
    action = window._actions["reduce_motion"]
    assert not action.isChecked()
    try:
        action.trigger()
        assert Settings().reduce_motion
        window.edits.set_probability(0, 0.9)
        assert number(window) == "0.105"
        assert not window.page.passage.under_way
    finally:
        Settings().reduce_motion = False


def test_nothing_moves_where_nobody_watches(qapp):
    assert QApplication.platformName() == "offscreen"
    with opened_window() as window:
        assert not window._theme.moving
