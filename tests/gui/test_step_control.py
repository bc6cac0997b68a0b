"""Steps along the gradient: pressed, held, and with a rate that a person types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ceviz.drawing.theme import Theme
from ceviz.gui.step_control import StepControl

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def control(qtbot: QtBot, theme: Theme) -> StepControl:
    control = StepControl(theme)
    qtbot.addWidget(control)
    control.resize(391, 34)
    control.show()
    control.activateWindow()
    return control


def rates(control: StepControl) -> list[float]:
    said: list[float] = []
    control.step_asked.connect(lambda rate, hold: said.append(rate))
    return said


def press(qtbot: QtBot, control: StepControl) -> None:
    qtbot.mouseClick(control.findChild(QPushButton), LEFT)


def type_rate(qtbot: QtBot, control: StepControl, text: str) -> QLineEdit:
    field = control.findChild(QLineEdit)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    return field


def reason(control: StepControl) -> str:
    return " ".join(label.text() for label in control.findChildren(QLabel) if label.text() != "rate")


def test_a_press_asks_for_one_step_of_rate_1(qtbot: QtBot, control: StepControl) -> None:
    said = rates(control)
    press(qtbot, control)
    assert said == [1.0]


def test_a_button_that_is_held_goes_on(qtbot: QtBot, control: StepControl) -> None:
    said = rates(control)
    button = control.findChild(QPushButton)
    qtbot.mousePress(button, LEFT)
    qtbot.waitUntil(lambda: len(said) >= 3, timeout=3000)
    qtbot.mouseRelease(button, LEFT)


@pytest.mark.parametrize(
    ("text", "rate"), [("0,5", 0.5), ("50%", 0.5), ("1/4", 0.25), ("1e-3", 0.001), ("100", 100.0)]
)
def test_the_rate_is_any_number_that_can_be_typed(
    qtbot: QtBot, control: StepControl, text: str, rate: float
) -> None:
    said = rates(control)
    type_rate(qtbot, control, text)
    press(qtbot, control)
    assert said == [pytest.approx(rate)]
    assert reason(control) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0", "above 0"),
        ("-1", "above 0"),
        ("101", "at most 100"),
        ("fast", "not a number"),
        ("inf", "finite"),
        ("1.2.3", ""),
    ],
)
def test_a_rate_that_cannot_be_meant_says_why_and_the_old_one_holds(
    qtbot: QtBot, control: StepControl, text: str, why: str
) -> None:
    said = rates(control)
    field = type_rate(qtbot, control, "2")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    type_rate(qtbot, control, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == text
    assert why in reason(control)
    press(qtbot, control)
    assert said == [2.0]
    assert field.text() == "2"
    # It can still be read why.
    assert reason(control) != ""


def test_escape_gives_the_old_rate_back(qtbot: QtBot, control: StepControl) -> None:
    field = type_rate(qtbot, control, "7")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "1"


def test_the_keyboard_steps_too(qtbot: QtBot, control: StepControl) -> None:
    said = rates(control)
    button = control.findChild(QPushButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert said == [1.0]


def test_steps_of_one_press_belong_together(qtbot: QtBot, control: StepControl) -> None:
    said: list[object] = []
    control.step_asked.connect(lambda rate, hold: said.append(hold))
    button = control.findChild(QPushButton)
    assert button is not None
    button.setAutoRepeatDelay(1)
    button.setAutoRepeatInterval(1)
    qtbot.mousePress(button, LEFT)
    qtbot.waitUntil(lambda: len(said) >= 2)
    qtbot.mouseRelease(button, LEFT)
    assert len(said) >= 3
    assert len(set(map(id, said))) == 1
    # Each click is a press of its own; so is what a screen reader does, which clicks without one.
    first = len(said)
    qtbot.mouseClick(button, LEFT)
    button.click()
    button.click()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert len(set(map(id, said[first - 1 :]))) == 5
