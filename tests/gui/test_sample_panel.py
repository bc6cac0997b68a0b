"""The sample panel: dragging bars and marks, the sum row, temperature, words and layout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task, TaskState
from ceviz.drawing.theme import Theme
from ceviz.gui.sample_panel import SamplePanel
from ceviz.gui.tables.sample_layout import sample_layout
from tests.gui.desk import BINARY, SOFT, STATES, WORKED, Desk, logits, move_mouse, point, predicting, shown_of

PREDICTION = 2
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


class Drags:
    """What a panel told of drags."""

    def __init__(self, panel: SamplePanel) -> None:
        self.told: list[tuple[Any, ...]] = []
        panel.drag_started.connect(lambda: self.told.append(("start",)))
        panel.probability_dragged.connect(lambda *a: self.told.append(("p", *a)))
        panel.target_dragged.connect(lambda *a: self.told.append(("t", *a)))
        panel.logit_dragged.connect(lambda *a: self.told.append(("z", *a)))
        panel.drag_finished.connect(lambda cancelled: self.told.append(("end", cancelled)))


def _desk(
    qtbot: QtBot, theme: Theme, state: TaskState = WORKED, task: Task = Task.MULTICLASS
) -> tuple[Desk, Drags]:
    panel = SamplePanel(theme)
    panel.resize(476, 504)
    return Desk(qtbot, panel, state, task), Drags(panel)


def _on_track(desk: Desk, row: int, share: float, below: float = 0) -> QPoint:
    """The point at a share of a row's track."""
    view = desk.table
    track = view.track(view.cell_rect(view.model().index(row, PREDICTION)))
    return point(QPointF(track.left() + share * track.width(), track.center().y() + below))


def _drag(desk: Desk, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    viewport = desk.table.viewport()
    QTest.mousePress(viewport, LEFT, NONE, start)
    _move(desk, end, modifier)


def _move(desk: Desk, to: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    move_mouse(desk.table.viewport(), QPointF(to), LEFT, modifier)


def test_dragging_the_handle_tells_the_value_on_a_grid(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme)
    _drag(desk, _on_track(desk, 0, 0.4), _on_track(desk, 0, 0.753))
    QTest.mouseRelease(desk.table.viewport(), LEFT, NONE, _on_track(desk, 0, 0.753))
    assert drags.told[0] == ("start",)
    name, class_index, value, alone, fine = drags.told[1]
    assert (name, class_index, alone, fine) == ("p", 0, False, False)
    assert value == pytest.approx(0.75, abs=0.011)
    assert value == round(value, 2)
    assert drags.told[-1] == ("end", False)
    assert desk.edits == []


def test_shift_is_fine_and_alt_is_alone(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme)
    _drag(desk, _on_track(desk, 1, 0.3), _on_track(desk, 1, 0.5), SHIFT | ALT)
    assert drags.told[-1][3:] == (True, True)
    assert drags.told[-1][2] == round(drags.told[-1][2], 3)


@pytest.mark.parametrize(
    ("state", "task", "below", "start", "whole"),
    [
        (WORKED, Task.MULTICLASS, 0, 0.4, 1.0),
        (SOFT, Task.SOFT, -14, 0.7, 1.0),
        # A logit of 2 of -4..4 stands at three quarters.
        (logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]), Task.MULTICLASS, 0, 0.75, 8.0),
    ],
)
def test_a_tenth_of_the_way_counts_while_shift_is_held(
    qtbot: QtBot, theme: Theme, state: TaskState, task: Task, below: float, start: float, whole: float
) -> None:
    desk, drags = _desk(qtbot, theme, state, task)
    track = desk.table.track(desk.table.cell_rect(desk.table.model().index(0, PREDICTION)))
    place = QPointF(_on_track(desk, 0, start, below))
    per_px = whole / track.width()
    _drag(desk, point(place), point(place))
    first = drags.told[-1][2]
    moves = ((0, SHIFT), (-20, SHIFT), (-20, NONE), (-30, NONE))
    for dx, modifier in moves:
        _move(desk, point(place + QPointF(dx, 0)), modifier)
    values = [told[2] for told in drags.told[-4:]]
    grid = [0.0006, 0.0006, 0.0051 * whole, 0.0551 if whole > 1 else 0.0051]
    wanted = [first, first - 2 * per_px, first - 2 * per_px, first - 12 * per_px]
    for value, want, within in zip(values, wanted, grid, strict=True):
        assert value == pytest.approx(want, abs=within)


def test_pressing_the_handle_beside_its_middle_moves_nothing(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme)
    start = _on_track(desk, 0, 0.4) + QPoint(3, 0)
    _drag(desk, start, start)
    assert drags.told[1:] == [("p", 0, 0.4, False, False)]


def test_pressing_the_empty_track_moves_the_handle_there(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme)
    QTest.mousePress(desk.table.viewport(), LEFT, NONE, _on_track(desk, 2, 0.9))
    assert drags.told[0] == ("start",)
    assert drags.told[1][2] == pytest.approx(0.9, abs=0.011)


@pytest.mark.parametrize(("x", "value"), [(-5000, 0.0), (5000, 1.0)])
def test_a_drag_beyond_the_window_stays_between_0_and_1(
    qtbot: QtBot, theme: Theme, x: int, value: float
) -> None:
    desk, drags = _desk(qtbot, theme)
    _drag(desk, _on_track(desk, 0, 0.4), QPoint(x, -300))
    assert drags.told[-1][2] == value


def test_escape_cancels_a_drag(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme)
    _drag(desk, _on_track(desk, 0, 0.4), _on_track(desk, 0, 0.8))
    desk.press(Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.table.viewport(), LEFT, NONE, _on_track(desk, 0, 0.8))
    assert drags.told[-1] == ("end", True)
    assert drags.told.count(("end", True)) == 1


def test_the_answer_that_follows_cannot_be_dragged(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme, BINARY, Task.BINARY)
    _drag(desk, _on_track(desk, 1, 0.3), _on_track(desk, 1, 0.8))
    assert drags.told == []


def test_the_target_mark_is_dragged_where_it_stands_out(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme, SOFT, Task.SOFT)
    _drag(desk, _on_track(desk, 0, 0.7, below=-14), _on_track(desk, 0, 0.5, below=-14))
    assert drags.told[-1][:2] == ("t", 0)
    assert drags.told[-1][2] == pytest.approx(0.5, abs=0.011)


def test_a_logit_is_dragged_on_its_track_from_minus_4_to_4(qtbot: QtBot, theme: Theme) -> None:
    desk, drags = _desk(qtbot, theme, logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]))
    _drag(desk, _on_track(desk, 0, 0.75), _on_track(desk, 0, 0.25))
    assert drags.told[-1][:2] == ("z", 0)
    assert drags.told[-1][2] == pytest.approx(-2, abs=0.11)


def test_logit_tracks_grow_in_steps_of_4_but_not_during_a_drag(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme, logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]))
    assert desk.table.logit_reach == 4
    desk.state = logits([[-7, 1, 0.1], [0, 0, 0], [0, 0, 0]])
    desk.show(dragging=True)
    assert desk.table.logit_reach == 4
    desk.show()
    assert desk.table.logit_reach == 8


def test_normalise_mends_prediction_and_target(qtbot: QtBot, theme: Theme) -> None:
    rows = [[0.2, 0.2, 0.1], [0.1, 0.8, 0.1], [0, 0, 1]]
    desk, _ = _desk(qtbot, theme, predicting(rows, SOFT), Task.SOFT)
    button = desk.panel.sum_row.button
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    assert desk.predictions[0] == pytest.approx([0.4, 0.4, 0.2])
    assert not button.isVisible()


def test_what_no_button_can_mend_has_none(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme, predicting([[0.9, -0.1, 0.2], [0, 1, 0], [0, 0, 1]]))
    assert not desk.panel.sum_row.button.isVisible()
    assert "cat is negative" in desk.panel.sum_row.accessibleName()


def test_the_switch_answers_a_binary_question(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme, BINARY, Task.BINARY)
    no = next(b for b in desk.panel._switch.children() if getattr(b, "text", str)() == "No, t = 0")
    QTest.mouseClick(no, LEFT)
    assert desk.targets == [[0], [0]]


def test_the_segmented_control_asks_for_logits(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme)
    other = next(b for b in desk.panel._input.children() if getattr(b, "text", str)() == "Logits")
    with qtbot.waitSignal(desk.panel.input_chosen) as chosen:
        QTest.mouseClick(other, LEFT)
    assert chosen.args == ["logits"]


def test_the_takeaway_is_rich_text_that_can_be_read_aloud(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme)
    takeaway = desk.panel.findChild(QLabel, "takeaway")
    assert "0.916" in takeaway.accessibleName()
    assert theme.class_colors(0).text.name() in takeaway.text()


def test_a_class_name_with_markup_is_text(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme, replace(WORKED, classes=("<b>dog</b>", "cat", "panda")))
    assert "&lt;b&gt;dog" in desk.panel.findChild(QLabel, "takeaway").text()


def test_hovering_tells_the_class(qtbot: QtBot, theme: Theme) -> None:
    desk, _ = _desk(qtbot, theme)
    hovered: list[int] = []
    desk.panel.class_hovered.connect(hovered.append)
    place = desk.table.visualRect(desk.table.model().index(2, 0)).center()
    move_mouse(desk.table.viewport(), QPointF(place))
    assert hovered[-1] == 2


@pytest.mark.parametrize("task", list(Task))
def test_displaying_tells_nothing(qtbot: QtBot, theme: Theme, task: Task) -> None:
    desk, drags = _desk(qtbot, theme, STATES[task], task)
    told: list[object] = []
    for signal in (desk.panel.edited, desk.panel.input_chosen, desk.panel.class_hovered):
        signal.connect(lambda *a: told.append(a))
    for sample in (1, 0):
        desk.panel.display(shown_of(STATES[task], task, sample))
    assert told == []
    assert drags.told == []


def test_layout_of_the_pictures(theme: Theme) -> None:
    # Measured in the pictures of the design: rows of 60 with three classes, 76 with two, 49 with five labels.
    three = sample_layout(504, 3, Task.MULTICLASS, False, 72, theme)
    two = sample_layout(504, 2, Task.BINARY, False, 72, theme)
    five = sample_layout(504, 5, Task.MULTILABEL, False, 72, theme)
    assert (three.row_height, two.row_height, five.row_height) == (60, 76, 49)
    assert three.takeaway_top == 432
    assert three.table_top + 28 == 160


def test_five_labels_with_logits_come_closer_rather_than_scroll(theme: Theme) -> None:
    # The panel of the smallest window, 1024x680.
    five = sample_layout(382, 5, Task.MULTILABEL, True, 58, Theme(theme.name, compact=True))
    assert (five.picture_height, five.table_height) == (0, 28 + 5 * five.row_height)
    assert 33 <= five.row_height < 40


def test_many_classes_scroll_and_the_sum_row_stays(theme: Theme) -> None:
    many = sample_layout(504, 30, Task.MULTICLASS, False, 72, theme)
    assert many.picture_height == 0
    assert many.row_height == 40
    assert many.table_top + many.table_height + many.sum_height <= many.takeaway_top
