"""The sample panel of a comparison: two lines per class, typed into and dragged, names, losses, layout."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ceviz.core import edits
from ceviz.core.document import InputKind, Task, TaskState
from ceviz.drawing.theme import Theme
from ceviz.gui.compare_sample_panel import CompareSamplePanel
from ceviz.gui.tables.compare_model import CompareModel
from ceviz.gui.tables.sample_model import SampleModel
from tests.explain.compare_examples import pictured, show_pair
from tests.gui.compare_desk import PICTURE, STATES, CompareDesk, desk_of
from tests.gui.desk import move_mouse, point

CLASS, TARGET, PREDICTION, TERM = range(4)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> CompareDesk:
    return desk_of(qtbot, theme)


def drags_of(panel: CompareSamplePanel) -> list[tuple[Any, ...]]:
    told: list[tuple[Any, ...]] = []
    panel.drag_started.connect(lambda: told.append(("start",)))
    panel.probability_dragged.connect(lambda *a: told.append(("p", *a)))
    panel.target_dragged.connect(lambda *a: told.append(("t", *a)))
    panel.logit_dragged.connect(lambda *a: told.append(("z", *a)))
    panel.drag_finished.connect(lambda cancelled: told.append(("end", cancelled)))
    return told


def on_track(desk: CompareDesk, row: int, share: float) -> QPoint:
    view = desk.table
    track = view.track(view.cell_rect(view.model().index(row, PREDICTION)))
    return point(QPointF(track.left() + share * track.width(), track.center().y()))


def drag(desk: CompareDesk, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(desk.table.viewport(), LEFT, NONE, start)
    move_mouse(desk.table.viewport(), QPointF(end), LEFT, modifier)


def in_logits(*models: int) -> TaskState:
    state = PICTURE
    for model in models:
        state = edits.set_input(state, Task.MULTICLASS, model, InputKind.LOGITS)
    return state


def segments(desk: CompareDesk) -> dict[str, bool]:
    return {button.text(): button.isChecked() for button in desk.panel.findChildren(QRadioButton)}


# What is shown


@pytest.mark.parametrize("task", list(Task))
def test_model_is_sound(task: Task, qtmodeltester: ModelTester, theme: Theme) -> None:
    model = CompareModel()
    model.display(show_pair(STATES[task], task))
    qtmodeltester.check(model)


def test_every_class_has_a_line_of_a_and_one_of_b(theme: Theme) -> None:
    model = CompareModel()
    model.display(pictured())
    texts = [[str(model.index(row, column).data()) for column in range(4)] for row in range(6)]
    # −ln 0.4 = 0.916, −ln 0.7 = 0.357
    assert texts == [
        ["dog", "1", "0.400", "0.916"],
        ["dog", "1", "0.700", "0.357"],
        ["cat", "0", "0.300", "0"],
        ["cat", "0", "0.200", "0"],
        ["panda", "0", "0.300", "0"],
        ["panda", "0", "0.100", "0"],
    ]
    spoken = model.index(1, PREDICTION).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "B prediction dog 0.700"


@pytest.mark.parametrize("task", list(Task))
def test_a_line_says_what_the_table_of_its_model_alone_says(task: Task, theme: Theme) -> None:
    together, alone = CompareModel(), SampleModel()
    shown = show_pair(STATES[task], task)
    together.display(shown)
    columns = (CLASS, TARGET, PREDICTION, TERM)
    for model in (0, 1):
        alone.display(replace(shown, model=model, compare=False))
        lines = range(model, together.rowCount(), 2)
        said = [[together.index(line, column).data() for column in columns] for line in lines]
        assert said == [[alone.index(row, c).data() for c in columns] for row in range(alone.rowCount())]


def test_one_model_in_logits(theme: Theme) -> None:
    model = CompareModel()
    model.display(show_pair(in_logits(0), Task.MULTICLASS))
    rows = [[str(model.index(row, column).data()) for column in range(2, 5)] for row in range(2)]
    # ln 0.4 = −0.916
    assert rows == [["−0.92", "0.400", "0.916"], ["0.700", "0.700", "0.357"]]
    assert model.headerData(PREDICTION, Qt.Orientation.Horizontal) == "prediction"
    model.display(show_pair(in_logits(0, 1), Task.MULTICLASS))
    assert model.headerData(PREDICTION, Qt.Orientation.Horizontal) == "logit z"


def test_the_words_of_the_picture(desk: CompareDesk) -> None:
    panel = desk.panel
    takeaway = panel.findChild(QLabel, "takeaway")
    assert takeaway.accessibleName() == (
        "B gives dog 0.7 where A gave 0.4, so it saves ln(0.7 / 0.4) ≈ 0.560 on this sample. "
        "Only on sample 3 is A the better model."
    )
    assert panel.losses.accessibleName() == "loss of sample 1: A 0.9163, B 0.3567"
    assert [name.accessibleName() for name in panel.names.models] == [
        "model A: small network",
        "model B: larger network",
    ]
    assert isinstance(panel.findChild(QTableView, "sampleTable"), QTableView)


def test_the_kind_of_input_is_that_of_both(desk: CompareDesk) -> None:
    told: list[str] = []
    desk.panel.input_chosen.connect(told.append)
    assert segments(desk) == {"Probabilities": True, "Logits": False}
    desk.state = in_logits(1)
    desk.show()
    QApplication.sendPostedEvents(None, 52)  # the replaced segments go
    assert segments(desk) == {"Probabilities": False, "Logits": False}
    desk.state = in_logits(0, 1)
    desk.show()
    assert segments(desk) == {"Probabilities": False, "Logits": True}
    assert told == []
    button = next(b for b in desk.panel.findChildren(QRadioButton) if b.text() == "Probabilities")
    QTest.mouseClick(button, LEFT)
    assert told == ["probabilities"]


@pytest.mark.parametrize("task", list(Task))
def test_displaying_tells_nothing(qtbot: QtBot, theme: Theme, task: Task) -> None:
    desk = desk_of(qtbot, theme, STATES[task], task)
    told = drags_of(desk.panel)
    for signal in (desk.panel.edited, desk.panel.input_chosen, desk.panel.class_hovered):
        signal.connect(lambda *a: told.append(a))
    desk.show()
    desk.show(dragging=True)
    assert told == []


# Typing


def test_numbers_are_typed_in_the_lines_of_their_models(desk: CompareDesk) -> None:
    desk.go(0, PREDICTION)
    desk.type("0.5")
    desk.press(Qt.Key.Key_Return)
    assert (desk.of(0), desk.of(1)) == ([0.5, 0.3, 0.3], [0.7, 0.2, 0.1])
    assert desk.at() == (1, PREDICTION)
    desk.type("0.6")
    desk.press(Qt.Key.Key_Tab)
    assert (desk.of(0), desk.of(1)) == ([0.5, 0.3, 0.3], [0.6, 0.2, 0.1])
    assert desk.at() == (2, TARGET)


def test_arrows_step_the_line_of_one_model(desk: CompareDesk) -> None:
    desk.go(1, PREDICTION)
    desk.press(Qt.Key.Key_Down, SHIFT)
    desk.press(Qt.Key.Key_Down)
    # First 0.301 as 0.201 and 0.1, then 0.311 in the same proportions: 0.311 · 201 / 301 = 0.2077.
    assert desk.of(1) == pytest.approx([0.689, 0.208, 0.103], abs=1e-12)
    assert desk.of(0) == [0.4, 0.3, 0.3]
    assert desk.edits[0][2] == desk.edits[1][2]


def test_target_and_name_are_shared(desk: CompareDesk) -> None:
    desk.go(0, TARGET)
    desk.press(Qt.Key.Key_Return)
    assert desk.at() == (2, TARGET)
    desk.press(Qt.Key.Key_Space)
    assert desk.targets[0] == [0, 1, 0]
    desk.go(3, CLASS)
    desk.show()
    assert desk.at() == (2, CLASS)
    desk.press(Qt.Key.Key_F2)
    desk.type("fox")
    desk.press(Qt.Key.Key_Return)
    assert desk.state.classes == ("dog", "fox", "panda")


def test_a_click_on_the_lower_half_of_a_target_counts(desk: CompareDesk) -> None:
    cell = desk.table.visualRect(desk.table.model().index(4, TARGET))
    QTest.mouseClick(desk.table.viewport(), LEFT, NONE, cell.center() + QPoint(0, 9))
    assert desk.targets[0] == [0, 0, 1]


def test_an_editor_stays_open_until_its_text_makes_sense(desk: CompareDesk) -> None:
    desk.go(1, PREDICTION)
    desk.type("1.2.3")
    assert not desk.panel.finish_editing()
    assert desk.reason()
    desk.press(Qt.Key.Key_Escape)
    assert desk.panel.finish_editing()
    assert desk.edits == []


def test_a_vector_is_pasted_into_one_model(desk: CompareDesk) -> None:
    QApplication.clipboard().setText("0.6\n0.3\n0.1")
    desk.go(1, PREDICTION)
    QTest.keyClick(desk.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (desk.of(0), desk.of(1)) == ([0.4, 0.3, 0.3], [0.6, 0.3, 0.1])


# Dragging


@pytest.mark.parametrize(("row", "model", "share"), [(0, 0, 0.4), (1, 1, 0.7)])
def test_both_bars_can_be_dragged(desk: CompareDesk, row: int, model: int, share: float) -> None:
    told = drags_of(desk.panel)
    drag(desk, on_track(desk, row, share), on_track(desk, row, 0.9))
    QTest.mouseRelease(desk.table.viewport(), LEFT, NONE, on_track(desk, row, 0.9))
    assert told[0] == ("start",)
    kind, of, class_index, value, alone, fine = told[1]
    assert (kind, of, class_index, alone, fine) == ("p", model, 0, False, False)
    assert value == pytest.approx(0.9, abs=0.011)
    assert told[-1] == ("end", False)


def test_a_drag_tells_the_models_of_the_pair(qtbot: QtBot, theme: Theme) -> None:
    desk = desk_of(qtbot, theme)
    desk.panel.display(replace(pictured(), model=1, other=0))
    told = drags_of(desk.panel)
    drag(desk, on_track(desk, 0, 0.7), on_track(desk, 0, 0.5), SHIFT | ALT)
    assert told[-1][:3] == ("p", 1, 0)
    assert told[-1][4:] == (True, True)


def test_escape_cancels_a_drag(desk: CompareDesk) -> None:
    told = drags_of(desk.panel)
    drag(desk, on_track(desk, 3, 0.2), on_track(desk, 3, 0.8))
    desk.press(Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.table.viewport(), LEFT, NONE, on_track(desk, 3, 0.8))
    assert told[-1] == ("end", True)


def test_the_logits_of_one_model_are_dragged_beside_the_probabilities_of_the_other(
    qtbot: QtBot, theme: Theme
) -> None:
    desk = desk_of(qtbot, theme, in_logits(0))
    told = drags_of(desk.panel)
    drag(desk, on_track(desk, 2, 0.9), on_track(desk, 2, 0.75))
    QTest.mouseRelease(desk.table.viewport(), LEFT, NONE, on_track(desk, 2, 0.75))
    # From −4 to 4: three quarters of the track are 2.
    assert told[-2][:3] == ("z", 0, 1)
    assert told[-2][3] == pytest.approx(2, abs=0.11)
    drag(desk, on_track(desk, 3, 0.2), on_track(desk, 3, 0.5))
    assert told[-1][:3] == ("p", 1, 1)


def test_the_answers_that_follow_cannot_be_dragged(qtbot: QtBot, theme: Theme) -> None:
    desk = desk_of(qtbot, theme, STATES[Task.BINARY], Task.BINARY)
    told = drags_of(desk.panel)
    for row in (2, 3):
        drag(desk, on_track(desk, row, 0.3), on_track(desk, row, 0.8))
    assert told == []


def test_a_class_is_carried_with_both_its_lines(desk: CompareDesk) -> None:
    viewport = desk.table.viewport()
    start = desk.table.visualRect(desk.table.model().index(0, CLASS)).center()
    end = desk.table.visualRect(desk.table.model().index(4, CLASS)).center()
    QTest.mousePress(viewport, LEFT, NONE, start)
    move_mouse(viewport, QPointF(end), LEFT)
    QTest.mouseRelease(viewport, LEFT, NONE, end)
    assert desk.state.classes == ("cat", "dog", "panda")
    assert desk.of(1) == [0.2, 0.7, 0.1]


def test_hovering_either_line_tells_the_class(desk: CompareDesk) -> None:
    told: list[int] = []
    desk.panel.class_hovered.connect(told.append)
    for row in (0, 1, 4, 5):
        place = desk.table.visualRect(desk.table.model().index(row, PREDICTION)).center()
        move_mouse(desk.table.viewport(), QPointF(place))
    assert told == [0, 2]
