from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QRadioButton, QToolButton

from ceviz.drawing.theme import Theme
from ceviz.gui.button_menu import give_menu
from ceviz.gui.choice_button import ChoiceButton
from ceviz.gui.controls import Chip, SegmentedControl, TaskTabBar

TASKS = ["Multi-class", "Soft targets", "Binary", "Multi-label"]


def shown(qtbot, widget):
    qtbot.addWidget(widget)
    widget.show()
    return widget


def told(signal) -> list:
    values: list = []
    signal.connect(values.append)
    return values


def segments(theme: Theme, qtbot) -> SegmentedControl:
    control = SegmentedControl([("simplex", "Simplex"), ("terms", "Terms"), ("gradient", "Gradient")], theme)
    control.display("simplex")
    return shown(qtbot, control)


def checked(control: SegmentedControl) -> list[str]:
    return [button.text() for button in control.findChildren(QRadioButton) if button.isChecked()]


def test_a_click_anywhere_on_a_segment_chooses_it(theme: Theme, qtbot) -> None:
    control = segments(theme, qtbot)
    values = told(control.chosen)
    gradient = control.findChildren(QRadioButton)[2]
    qtbot.mouseClick(gradient, Qt.MouseButton.LeftButton, pos=QPoint(gradient.width() - 2, 3))
    assert values == ["gradient"]
    assert checked(control) == ["Gradient"]


def test_arrow_keys_choose_the_next_segment(theme: Theme, qtbot) -> None:
    control = segments(theme, qtbot)
    values = told(control.chosen)
    first = control.findChildren(QRadioButton)[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert values == ["terms"]
    assert checked(control) == ["Terms"]


def test_showing_a_choice_tells_nobody(theme: Theme, qtbot) -> None:
    control = segments(theme, qtbot)
    values = told(control.chosen)
    control.display("terms")
    assert checked(control) == ["Terms"]
    assert values == []


def test_segments_do_not_move_when_another_is_chosen(theme: Theme, qtbot) -> None:
    control = segments(theme, qtbot)
    before = [button.geometry() for button in control.findChildren(QRadioButton)]
    control.display("gradient")
    qtbot.wait(1)
    assert [button.geometry() for button in control.findChildren(QRadioButton)] == before


def test_other_options_replace_the_ones_there_were(theme: Theme, qtbot) -> None:
    control = segments(theme, qtbot)
    control.set_options([("stack", "Floor + excess"), ("gradient", "Gradient")])
    control.display("stack")
    values = told(control.chosen)
    # At once: the old ones would lie under the new ones until they are deleted.
    assert [button.text() for button in control.findChildren(QRadioButton)] == ["Floor + excess", "Gradient"]
    qtbot.wait(1)
    qtbot.mouseClick(control.findChildren(QRadioButton)[1], Qt.MouseButton.LeftButton)
    assert values == ["gradient"]


def test_a_chip_is_toggled_by_click_and_space(theme: Theme, qtbot) -> None:
    chip = shown(qtbot, Chip("Square error", theme))
    values = told(chip.clicked_on)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 4, 14))
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert values == [True, False]


@pytest.mark.qt_log_ignore("Unhandled key code")  # QTest has no letter for AltGr
@pytest.mark.parametrize("key", [Qt.Key.Key_Shift, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock])
def test_a_key_that_does_nothing_alone_shows_no_ring_after_a_click(theme: Theme, qtbot, key: Qt.Key) -> None:
    chip = shown(qtbot, Chip("square error", theme))
    chip.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(chip.hasFocus)
    qtbot.keyClick(chip, key)
    assert not chip._focus.shown
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert chip._focus.shown


def test_showing_a_chip_tells_nobody(theme: Theme, qtbot) -> None:
    chip = shown(qtbot, Chip("Best possible", theme, "ring"))
    values = told(chip.clicked_on)
    chip.display(True)
    assert chip.isChecked()
    assert values == []


def test_tabs_are_chosen_by_click_and_arrow(theme: Theme, qtbot) -> None:
    tabs = shown(qtbot, TaskTabBar(TASKS, theme))
    assert tabs.objectName() == "tabs"
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert tabs.currentIndex() == 2
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 3


def test_the_current_tab_stands_over_a_line_of_3_px_in_ink(theme: Theme, qtbot) -> None:
    tabs = shown(qtbot, TaskTabBar(TASKS, theme))
    image = tabs.grab().toImage()
    ratio = image.devicePixelRatio()

    def ink_rows(index: int) -> int:
        x, bottom = tabs.tabRect(index).center().x(), tabs.height()
        column = [image.pixelColor(round(x * ratio), round(y * ratio)) for y in range(bottom - 6, bottom)]
        return column.count(QColor("#211d18"))

    assert [ink_rows(index) for index in range(4)] == [3, 0, 0, 0]


def test_tabs_keep_their_places_and_follow_the_layout(theme: Theme, qtbot) -> None:
    tabs = shown(qtbot, TaskTabBar(TASKS, theme))
    before = [tabs.tabRect(index) for index in range(4)]
    tabs.setCurrentIndex(3)
    assert [tabs.tabRect(index) for index in range(4)] == before
    tabs.set_theme(Theme("light", compact=True))
    assert tabs.sizeHint().height() == 44


def unit(theme: Theme, qtbot) -> ChoiceButton:
    button = ChoiceButton("Unit", [("nats", "nats"), ("bits", "bits")], theme)
    button.display("nats")
    return shown(qtbot, button)


def test_a_choice_tells_what_was_picked_and_says_what_is_shown(theme: Theme, qtbot) -> None:
    button = unit(theme, qtbot)
    values = told(button.chosen)
    button.menu().actions()[1].trigger()
    assert values == ["bits"]
    assert button.accessibleName() == "Unit: nats", "the page has not shown the new unit yet"
    button.display("bits")
    assert button.accessibleName() == "Unit: bits"
    assert [action.isChecked() for action in button.menu().actions()] == [False, True]


def test_picking_what_is_shown_tells_nobody(theme: Theme, qtbot) -> None:
    button = unit(theme, qtbot)
    values = told(button.chosen)
    button.menu().actions()[0].trigger()
    assert values == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_of_a_choice_opens_by_key(theme: Theme, qtbot) -> None:
    button = unit(theme, qtbot)
    values = told(button.chosen)

    def pick() -> None:
        menu = button.menu()
        qtbot.waitUntil(menu.isVisible)
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, pick)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(values))
    assert values == ["bits"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_button_is_at_rest_once_its_menu_is_closed(qtbot) -> None:
    button, menu = QToolButton(), QMenu()
    give_menu(button, menu)
    shown(qtbot, button)
    menu.addAction("nats")
    # As Qt leaves it where the mouse went from the button into the menu.
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    QCursor.setPos(button.mapToGlobal(button.rect().bottomRight()) + QPoint(50, 50))
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    menu.close()
    assert not button.underMouse()


def test_a_wheel_over_the_tabs_changes_no_task(qtbot, theme):
    tabs = shown(qtbot, TaskTabBar(TASKS, theme))
    tabs.setCurrentIndex(1)
    place = tabs.tabRect(2).center()
    wheel = QWheelEvent(
        QPointF(place),
        QPointF(tabs.mapToGlobal(place)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(tabs, wheel)
    assert tabs.currentIndex() == 1
