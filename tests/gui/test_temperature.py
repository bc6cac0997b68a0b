"""The temperature under the class table: typed, refused, and on the slider."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ceviz.drawing.theme import Theme
from ceviz.gui.sample_panel import SamplePanel
from tests.gui.desk import WORKED, Desk, logits, move_mouse, shown_of

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _desk(qtbot: QtBot, theme: Theme) -> Desk:
    panel = SamplePanel(theme)
    panel.resize(476, 504)
    return Desk(qtbot, panel, logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]]))


def test_temperature_is_typed(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme)
    field = desk.panel.temperature.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2,5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.state.options.temperature == 2.5


def test_the_slider_is_logarithmic_and_snaps_at_1(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme)
    slider = desk.panel.temperature.slider
    middle, quarter = slider.width() / 2, slider._left() + slider._length() / 4
    QTest.mousePress(slider, LEFT, NONE, QPoint(round(quarter), 10))
    # A quarter of the way from 0.1 to 10 in powers of ten: 10 ** -0.5.
    assert desk.state.options.temperature == pytest.approx(0.316, rel=0.05)
    first = desk.edits[-1][2]
    move_mouse(slider, QPointF(middle + 2, 10), LEFT)
    assert desk.state.options.temperature == 1
    assert desk.edits[-1][2] == first
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(round(middle), 10))


def test_nothing_moves_while_the_slider_is_held(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme)
    panel = desk.panel
    # So low that the rows have to make way for a longer sentence.
    panel.resize(476, 400)
    row, foot = panel.temperature, panel.foot
    takeaway = panel.findChild(QLabel, "takeaway")
    slider, least = row.slider, takeaway.height_at(takeaway.width())
    places, heights = set(), {}
    QTest.mousePress(slider, LEFT, NONE, slider.rect().center())
    for x in range(slider.width(), 0, -3):
        move_mouse(slider, QPointF(x, 10), LEFT)
        places.add((row.y(), foot.y(), panel.table.height()))
        heights[takeaway.height_at(takeaway.width())] = x
        assert takeaway.heightForWidth(takeaway.width()) <= takeaway.height()
    assert len(places) == 1
    assert heights.keys() == {least, least + 22}
    # Let go where there is a third line.
    move_mouse(slider, QPointF(heights[least + 22], 10), LEFT)
    before = row.y()
    QTest.mouseRelease(slider, LEFT, NONE, QPoint(heights[least + 22], 10))
    fresh = SamplePanel(theme)
    qtbot.addWidget(fresh)
    fresh.resize(476, 400)
    fresh.display(shown_of(desk.state))
    assert (row.y(), foot.y()) == (fresh.temperature.y(), fresh.foot.y())
    assert row.y() < before


@pytest.mark.parametrize("text", ["0", "-1", "-0,5"])
def test_a_temperature_that_is_not_above_0_is_refused_and_stays_as_typed(
    qtbot: QtBot, theme: Theme, text: str
) -> None:
    desk = _desk(qtbot, theme)
    row = desk.panel.temperature
    _type_temperature(row.field, text)
    assert desk.edits == []
    assert (row.reason.isVisible(), row.reason.text()) == (True, "The temperature is a number above 0.")
    desk.table.setFocus()
    desk.show()
    assert row.field.text() == text
    QTest.mouseClick(row.slider, LEFT, NONE, QPoint(row.slider.width() // 2, 10))
    assert (row.field.text(), row.reason.isVisible()) == ("1.00", False)


def test_a_refused_temperature_goes_with_its_row(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme)
    _type_temperature(desk.panel.temperature.field, "0")
    desk.panel.display(shown_of(WORKED))
    assert not desk.panel.temperature.reason.isVisible()
    desk.show()
    assert desk.panel.temperature.field.text() == "1.00"


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [("0.01", 0.01, -100), ("0.125", 0.125, -90), ("1/3", 1 / 3, -48), ("40", 40, 100)],
)
def test_any_temperature_above_0_is_taken_as_typed(
    qtbot: QtBot, theme: Theme, text: str, value: float, place: int
) -> None:
    desk = _desk(qtbot, theme)
    row = desk.panel.temperature
    _type_temperature(row.field, text)
    assert desk.state.options.temperature == value
    # The number in full, with room for it; the slider ends at 0.1 and 10.
    assert float(row.field.text()) == value
    assert row.field.fontMetrics().horizontalAdvance(row.field.text()) < row.field.width()
    assert row.slider.value() == place
    assert row.slider.width() >= 40


def _type_temperature(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
