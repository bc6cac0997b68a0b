"""How the loss is computed, chosen in the window with mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from ceviz.core.document import Convention, LossOptions, Precision, Reduction, Task
from ceviz.files.document_file import default_document
from ceviz.gui.loss_card import LossCard
from ceviz.gui.loss_card_rows import CallButton
from ceviz.gui.main_window import MainWindow
from ceviz.gui.tables.row_menus import sample_menu
from ceviz.gui.tables.weight_menu import WeightMenu
from tests.windows import opened_window

KEY = Qt.Key


@pytest.fixture(scope="module")
def only_window(qapp: QApplication) -> Iterator[MainWindow]:
    with opened_window() as window:
        yield window


@pytest.fixture
def window(only_window: MainWindow, qtbot) -> MainWindow:
    only_window.session.load(default_document(), None)
    only_window.activateWindow()
    qtbot.waitUntil(only_window.isActiveWindow)
    return only_window


def options(window: MainWindow) -> LossOptions:
    return window.session.state(window.session.document.active_task).options


def card(window: MainWindow) -> LossCard:
    window.page.close_options()
    button = window.page.headline.computed_as
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, KEY.Key_Space)
    found = [card for card in window.findChildren(LossCard, "lossOptions") if card.isVisible()]
    assert len(found) == 1
    return found[0]


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)


def add_option(shown: LossCard, title: str) -> None:
    menu = shown.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == title).trigger()


def field(shown: LossCard, name: str) -> QLineEdit:
    return next(line for line in shown.findChildren(QLineEdit) if line.accessibleName() == name)


def write(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, KEY.Key_Return)


def test_a_convention_is_chosen_by_keys_and_undone_in_one_step(window: MainWindow) -> None:
    shown = card(window)
    press(KEY.Key_Right, KEY.Key_Right)
    assert options(window).convention is Convention.KERAS
    button = window.page.headline.computed_as
    title = "keras.losses.CategoricalCrossentropy(from_logits=False)"
    assert button.accessibleName() == f"Computed as: Keras, {title}"
    chosen = [call.text() for call in shown.findChildren(CallButton) if call.isChecked()]
    assert chosen == [title]
    press(KEY.Key_Escape)
    assert not shown.isVisible()
    assert QApplication.focusWidget() is button
    window.session.undo_stack.undo()
    assert options(window).convention is Convention.PYTORCH


def test_tab_goes_through_the_card_from_top_to_bottom(window: MainWindow) -> None:
    shown = card(window)
    add_option(shown, "Label smoothing")
    shown._conventions.take_focus(Qt.FocusReason.TabFocusReason)
    passed: list[QWidget | None] = []
    for _ in range(6):
        passed.append(QApplication.focusWidget())
        press(KEY.Key_Tab)
    names = [getattr(widget, "text", str)() or widget.accessibleName() for widget in passed if widget]
    assert names == ["Exact", "float64", "mean", "0.1", "Remove label smoothing", "Add option"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_add_option_is_at_rest_once_its_menu_is_closed(window: MainWindow) -> None:
    shown = card(window)
    (add,) = [button for button in shown.findChildren(QPushButton) if button.text() == "Add option"]
    add.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt leaves it
    QCursor.setPos(window.mapToGlobal(window.rect().bottomLeft()))
    add.menu().popup(add.mapToGlobal(add.rect().bottomLeft()))
    add.menu().close()
    assert not add.underMouse()


def test_a_number_is_typed_in_any_way_and_refused_in_place(window: MainWindow) -> None:
    shown = card(window)
    add_option(shown, "Label smoothing")
    assert options(window).label_smoothing == 0.1
    smoothing = field(shown, "Label smoothing")
    write(smoothing, "20%")
    assert options(window).label_smoothing == 0.2
    for text, why in (("2", "expected a number from 0 to 1, got 2"), ("a", "not a number")):
        write(smoothing, text)
        assert options(window).label_smoothing == 0.2
        reason = shown.findChild(QLabel, "optionReason")
        assert reason.isVisible()
        assert why in reason.text().lower()
        assert smoothing.text() == text
    press(KEY.Key_Escape)
    assert smoothing.text() == "0.2"
    assert not shown.findChild(QLabel, "optionReason").isVisible()
    assert shown.isVisible(), "the first Esc restores the number"


def test_each_class_has_a_weight_and_a_cross_takes_them_away(window: MainWindow) -> None:
    shown = card(window)
    add_option(shown, "Class weights")
    write(field(shown, "Class weights of cat"), "2.5")
    assert options(window).class_weights == (1.0, 2.5, 1.0)
    cross = next(b for b in shown.findChildren(QToolButton) if b.accessibleName() == "Remove class weights")
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert options(window).class_weights is None
    assert shown.isVisible()
    window.session.undo_stack.undo()
    assert options(window).class_weights == (1.0, 2.5, 1.0)


def test_calls_that_do_not_fit_say_why_and_an_option_that_is_not_taken_is_named(window: MainWindow) -> None:
    shown = card(window)
    add_option(shown, "Focal gamma")
    window.edits.choose_convention(Convention.PYTORCH)
    texts = {label.text() for label in shown.findChildren(QLabel) if label.isVisible()}
    assert "F.nll_loss takes no focal gamma." in texts
    calls = {call.call.name: call for call in shown.findChildren(CallButton)}
    assert not calls["cross_entropy"].isEnabled()
    assert calls["cross_entropy"].accessibleDescription() == "takes logits, not probabilities"
    assert "binary_cross_entropy" not in calls
    assert options(window).focal_gamma == 2.0, "it is kept"


def test_precision_and_reduction_are_chosen(window: MainWindow) -> None:
    shown = card(window)
    for text in ("float32", "sum"):
        segments = [*shown._precisions.segments(), *shown._reductions.segments()]
        QTest.mouseClick(next(s for s in segments if s.text() == text), Qt.MouseButton.LeftButton)
    assert (options(window).precision, options(window).reduction) == (Precision.FLOAT32, Reduction.SUM)
    assert "The mean divides by the number of samples, 5." in [
        label.text() for label in shown.findChildren(QLabel)
    ]


def test_a_press_elsewhere_closes_the_card(window: MainWindow) -> None:
    shown = card(window)
    QTest.mouseClick(window.page.batch_panel.table.viewport(), Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    assert not window.page.headline.computed_as.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_sample_is_weighed_and_ignored_in_its_row(window: MainWindow) -> None:
    table = window.page.batch_panel.table
    name = table.model().index(1, 1)
    menu = sample_menu(table, name, name, lambda sample: None)
    weight = menu.findChild(WeightMenu)
    weight.popup(window.pos())
    write(weight.field, "-1")
    assert any(label.text() == "A weight is a number of at least 0." for label in weight.findChildren(QLabel))
    write(weight.field, "2,5")
    assert window.session.state(Task.MULTICLASS).samples[1].weight == 2.5
    weight.close()
    spoken = name.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "sample 2 true class cat × 2.5"
    menu = sample_menu(table, name, name, lambda sample: None)
    next(action for action in menu.actions() if action.text() == "Ignore sample 2").trigger()
    assert window.session.state(Task.MULTICLASS).samples[1].ignored
    assert name.data(Qt.ItemDataRole.AccessibleTextRole) == "sample 2 true class cat ignored"
    window.session.undo_stack.undo()
    assert not window.session.state(Task.MULTICLASS).samples[1].ignored
