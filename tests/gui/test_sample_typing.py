"""Typing into the class table, also where numbers are odd and keys unusual: what is shown and ringed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.painting import number_width
from ceviz.drawing.theme import Theme
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.sample_panel import SamplePanel
from ceviz.gui.tables.batch_model import BatchModel
from ceviz.gui.tables.sample_model import SampleModel
from tests.gui.desk import SOFT, WORKED, Desk, logits, predicting, shown_of

CLASS, TARGET, PREDICTION, P = range(4)
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot, _panel(theme), WORKED)


def _panel(theme: Theme) -> SamplePanel:
    panel = SamplePanel(theme)
    panel.resize(476, 504)
    return panel


class PaintWatch(QObject):
    """Notes which parts of a widget are painted."""

    def __init__(self, widget: QWidget, painted: list[QRegion]) -> None:
        super().__init__()
        self._painted = painted
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self._painted.append(event.region())
        return False


def _first_row(model: SampleModel) -> list[str]:
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def test_digits_start_typing_and_enter_moves_down(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.type("0.5")
    desk.press(Qt.Key.Key_Return)
    # Only the cell that was typed into: 0.5 + 0.3 + 0.3 is no distribution, and stays.
    assert desk.predictions[0] == [0.5, 0.3, 0.3]
    assert desk.edits[-1][1] == "Set dog of sample 1"
    assert desk.at() == (1, PREDICTION)
    assert desk.editor() is None


@pytest.mark.parametrize(("typed", "value"), [("40%", 0.4), ("2/5", 0.4), ("0,25", 0.25), (".5", 0.5)])
def test_numbers_as_people_type_them(desk: Desk, typed: str, value: float) -> None:
    desk.go(1, PREDICTION)
    desk.type(typed)
    desk.press(Qt.Key.Key_Return)
    assert desk.predictions[0][1] == value


def test_text_that_is_no_number_keeps_the_editor_open_with_the_reason(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.type("1.2.3")
    desk.press(Qt.Key.Key_Return)
    assert desk.editor() is not None
    assert desk.table.reason.isVisible()
    assert desk.table.reason.text()
    assert desk.edits == []
    assert not desk.panel.finish_editing()
    desk.press(Qt.Key.Key_Escape)
    assert desk.editor() is None
    assert not desk.table.reason.isVisible()
    assert desk.predictions == WORKED.models[0].predictions.tolist()


def test_escape_restores(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.type("0.9")
    desk.press(Qt.Key.Key_Escape)
    assert desk.edits == []
    assert desk.table.model().index(0, PREDICTION).data() == "0.400"


def test_an_open_editor_outlives_a_refresh(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.type("0.7")
    desk.show()
    editor = desk.editor()
    assert editor is not None
    assert editor.property("text") == "0.7"
    assert desk.panel.finish_editing()
    assert desk.predictions[0][0] == 0.7


def test_a_class_is_renamed_in_place(desk: Desk) -> None:
    desk.go(0, CLASS)
    desk.press(Qt.Key.Key_F2)
    desk.type("fox")
    desk.press(Qt.Key.Key_Return)
    assert desk.state.classes == ("fox", "cat", "panda")


def test_a_name_that_is_taken_is_refused_beside_the_editor(desk: Desk) -> None:
    desk.go(0, CLASS)
    desk.press(Qt.Key.Key_F2)
    desk.type("cat")
    desk.press(Qt.Key.Key_Return)
    assert desk.editor() is not None
    assert "cat" in desk.table.reason.text()


def test_a_sum_beyond_all_numbers_is_a_dash(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), predicting([[1e308, 1e308, 0.3], [0.1, 0.8, 0.1], [0, 0, 1]]))
    assert "sum of p undefined" in desk.panel.sum_row.accessibleName()


def test_what_softmax_leaves_undefined_is_a_dash_that_is_spoken(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), logits([[math.inf, math.inf, 0], [0, 0, 0], [0, 0, 0]]))
    model = desk.table.model()
    assert _first_row(model) == ["dog", "1", "∞", "–", ""]
    assert model.index(0, P).data(Qt.ItemDataRole.AccessibleTextRole) == "p dog undefined"
    assert "nan" not in desk.panel.sum_row.accessibleName()


def test_a_number_far_too_large_has_a_power_of_ten_and_keeps_to_its_column(
    qtbot: QtBot, theme: Theme
) -> None:
    desk = Desk(qtbot, _panel(theme), predicting([[1e200, 0.5, 0.5], [0.1, 0.8, 0.1], [0, 0, 1]]))
    assert _first_row(desk.table.model())[PREDICTION] == "10²⁰⁰"
    assert "sum of p 10²⁰⁰" in desk.panel.sum_row.accessibleName()


def test_logits_beyond_every_track_are_dragged_without_overflow(qtbot: QtBot, theme: Theme) -> None:
    desk = Desk(qtbot, _panel(theme), logits([[1e308, -1e308, 0], [0, 0, 0], [0, 0, 0]]))
    told: list[float] = []
    desk.panel.logit_dragged.connect(lambda class_index, value, fine: told.append(value))
    track = desk.table.track(desk.table.cell_rect(desk.table.model().index(2, PREDICTION)))
    QTest.mousePress(
        desk.table.viewport(),
        Qt.MouseButton.LeftButton,
        NONE,
        QPoint(round(track.left()), round(track.center().y())),
    )
    assert all(math.isfinite(value) for value in told)
    assert len(told) == 1


def test_letters_say_what_can_be_typed(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.type("x")
    assert desk.editor() is None
    assert desk.reason() == "Type a number, for example 0.4"
    assert desk.edits == []


def test_backspace_opens_an_empty_editor(desk: Desk) -> None:
    desk.go(0, PREDICTION)
    desk.press(Qt.Key.Key_Backspace)
    editor = desk.editor()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == ""
    desk.type("0.5")
    desk.press(Qt.Key.Key_Return)
    assert desk.predictions[0] == [0.5, 0.3, 0.3]


def test_digits_elsewhere_finish_an_open_editor_or_leave_it_open(desk: Desk, qtlog: Any) -> None:
    desk.go(0, PREDICTION)
    desk.type("0.6")
    QTest.keyClicks(desk.table, "7")
    assert desk.predictions[0][0] == 0.6
    desk.type("x")
    QTest.keyClicks(desk.table, "8")
    editor = desk.editor()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "7x"
    assert not [record for record in qtlog.records if "editing failed" in record.message]


def test_a_click_on_a_number_rings_it_alone_and_keys_ring_the_bar_too(desk: Desk) -> None:
    index = desk.table.model().index(0, PREDICTION)
    cell = desk.table.cell_rect(index)
    track, ring = desk.table.track(cell), desk.table.itemDelegateForIndex(index).ring_rect
    place = QPoint(round(cell.left() + desk.table.columns.number_right - 12), round(cell.center().y()))
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert desk.table.has_ring(index)
    assert ring(cell, desk.table.row(index)).right() < track.left()
    assert ring(cell, desk.table.row(index)).contains(QPointF(place))
    desk.press(Qt.Key.Key_Up)
    around = ring(cell, desk.table.row(index))
    assert around.contains(track)
    assert around.contains(QPointF(place))
    desk.go(0, TARGET)
    assert not desk.table.has_ring(index)


def test_what_softmax_leaves_undefined_is_a_dash_in_the_batch_too(theme: Theme) -> None:
    model = BatchModel()
    model.display(shown_of(logits([[math.inf, math.inf, 0], [0, 0, 0], [0, 0, 0]])))
    assert "–" in [model.index(0, column).data() for column in range(model.columnCount())]
    assert "nan" not in "".join(
        str(model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole))
        for column in range(model.columnCount())
    )


def test_the_ring_in_the_batch_stands_around_the_number(qtbot: QtBot, theme: Theme) -> None:
    panel = BatchPanel(theme)
    panel.resize(1024, 200)
    desk = Desk(qtbot, panel, WORKED)
    index = desk.table.model().index(1, 3)
    QTest.mouseClick(
        desk.table.viewport(), Qt.MouseButton.LeftButton, NONE, desk.table.visualRect(index).center()
    )
    assert desk.table.has_ring(index)
    cell = desk.table.cell_rect(index)
    ring = desk.table.itemDelegateForIndex(index).ring_rect(cell, index)
    # The number ends where the cell does.
    width = number_width("0.800", theme.font("body", weight=600))
    assert ring.right() >= cell.right() + 4
    assert ring.left() <= cell.right() - width - 4


def test_the_ring_is_whole_where_it_reaches_into_the_next_cell_and_leaves_no_trail(
    qtbot: QtBot, theme: Theme
) -> None:
    desk = Desk(qtbot, _panel(theme), SOFT, Task.SOFT)
    desk.go(0, TARGET)
    desk.press(Qt.Key.Key_Down)
    index, viewport = desk.table.currentIndex(), desk.table.viewport()
    cell = desk.table.cell_rect(index)
    ring = desk.table.itemDelegateForIndex(index).ring_rect(cell, desk.table.row(index))
    picture, width = viewport.grab().toImage(), float(theme.stroke["focus"])
    for x in (ring.left() - 1.5 * width, ring.right() + 1.5 * width - 0.5):
        assert picture.pixelColor(int(x), round(ring.center().y())) == theme.color("ink")
    painted: list[QRegion] = []
    watch = PaintWatch(viewport, painted)
    QTest.keyClick(desk.table, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: bool(painted))
    viewport.removeEventFilter(watch)
    assert painted[0].boundingRect() == viewport.rect()
