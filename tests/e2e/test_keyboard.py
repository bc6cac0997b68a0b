"""The whole window without a mouse: where Tab goes, and that the place it is at is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton, QRadioButton, QTableView

from ceviz.core import edits
from ceviz.core.document import Convention, Task
from ceviz.gui import announcer
from ceviz.gui.command_palette import CommandPalette
from ceviz.gui.tables.row_menus import RowMenu

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Opened(QObject):
    """Counts the windows that open."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.windows.append(watched)
        return False


def focused():
    return QApplication.focusWidget()


def press(key, modifier=NONE):
    QTest.keyClick(focused(), key, modifier)


def walk(window):
    """Where Tab goes, from the tabs until it is there again; of a table two cells."""
    focused().clearFocus()
    window._header.tabs.setFocus(Qt.FocusReason.TabFocusReason)
    start, before = focused(), None
    while before is None or focused() is not start:
        yield focused()
        table = isinstance(focused(), QTableView) and focused() is before
        before = focused()
        press(Qt.Key.Key_Tab, CTRL if table else NONE)


def part_of(window, widget):
    """Which of the window's parts a widget belongs to, counted in reading order."""
    parts = (window._header, *window.page._parts())
    return next(place for place, part in enumerate(parts) if part.isAncestorOf(widget))


@pytest.mark.parametrize(
    ("task", "compare"), [(Task.MULTICLASS, False), (Task.SOFT, True), (Task.MULTILABEL, False)]
)
def test_tab_goes_through_all_parts_in_reading_order_and_is_seen_where_it_is(window, task, compare):
    opened = Opened()
    QApplication.instance().installEventFilter(opened)
    window.session.activate(task)
    window.edits.compare(compare)
    QApplication.instance().removeEventFilter(opened)
    assert opened.windows == []  # a part without a parent would flash as a window of its own
    places, before = [], None
    for widget in walk(window):
        places.append(part_of(window, widget))
        if before is not None:
            with_focus, was = before
            assert was.grab().toImage() != with_focus, f"the focus is not seen on {was}"
        before = widget.grab().toImage(), widget
    assert places == sorted(places)
    assert set(places) == set(range(6))


def test_tab_is_seen_where_it_is_in_the_dialogs(window, qtbot):
    QGuiApplication.clipboard().setText("label,dog,cat\ndog,0.25,0.75\n")
    for action in ("export_figure", "import_clipboard"):
        window._actions[action].trigger()
        dialog = QApplication.activeModalWidget()
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        start, stops = dialog.focusWidget(), 0
        while stops == 0 or dialog.focusWidget() is not start:
            widget, stops = dialog.focusWidget(), stops + 1
            picture = widget.grab().toImage()
            QTest.keyClick(widget, Qt.Key.Key_Tab)
            assert widget.grab().toImage() != picture, f"the focus is not seen on {widget}"
        assert stops > 8
        QTest.keyClick(start, Qt.Key.Key_Escape)
        assert QApplication.activeModalWidget() is None


def test_tab_reaches_the_plots_of_all_labels_in_both_directions(window):
    task = Task.MULTILABEL
    state = window.session.state(task)
    for _ in range(9):
        state = edits.add_class(state, task)
    window.session.activate(task)
    window.session.edit(task, state, "Add classes")
    grid = window.page.curve_panel.small_plots
    grid.plots[0].setFocus(Qt.FocusReason.TabFocusReason)
    for key, modifier, labels in (
        (Qt.Key.Key_Tab, NONE, range(13)),
        (Qt.Key.Key_Backtab, SHIFT, range(13, 0, -1)),
    ):
        for label in labels:
            assert state.classes[label] in focused().accessibleName()
            assert not focused().visibleRegion().isEmpty()
            press(key, modifier)


def palettes(window):
    return [one for one in window.findChildren(CommandPalette) if one.isVisible()]


def test_ctrl_k_opens_and_closes_the_palette_and_the_focus_comes_back(window, qtbot):
    table = window.page.sample_panel.table
    table.setFocus()
    press(Qt.Key.Key_K, CTRL)
    assert len(palettes(window)) == 1
    press(Qt.Key.Key_K, CTRL)
    assert (palettes(window), focused()) == ([], table)
    table.go_to(table.model().index(0, 2))
    qtbot.keyClicks(table, "1.2.3")
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_Escape)
    assert palettes(window) == []


def test_what_is_not_possible_now_is_found_and_does_nothing(window, qtbot):
    press(Qt.Key.Key_K, CTRL)
    (palette,) = palettes(window)
    qtbot.keyClicks(focused(), "redo")
    model = palette.findChild(QListView).model()
    said = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert said == ["Redo, edit, not possible now"]
    press(Qt.Key.Key_Return)
    assert palettes(window) == [palette]


def test_compared_models_are_swapped_and_renamed_from_the_palette(window, qtbot):
    def run(words):
        press(Qt.Key.Key_K, CTRL)
        qtbot.keyClicks(focused(), words)
        press(Qt.Key.Key_Return)

    run("swap")
    assert len(palettes(window)) == 1  # there is one model, and nothing to swap
    press(Qt.Key.Key_Escape)
    window.edits.compare(True)
    window.edits.attempt("Rename", lambda state: edits.rename_model(state, 0, "network"))
    first, second = (model.name for model in window.edits.state.models)
    run("swap")
    assert [model.name for model in window.edits.state.models] == [second, first]
    run("rename b")
    qtbot.keyClicks(focused(), "the old one")
    press(Qt.Key.Key_Return)
    assert [model.name for model in window.edits.state.models] == [second, "the old one"]


def test_the_class_that_the_keys_are_at_stands_out_as_under_the_mouse(window):
    table, line = window.page.sample_panel.table, window.page.headline._line
    lit = []
    table.class_hovered.connect(lit.append)
    line.class_hovered.connect(lit.append)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)  # a number: all are as strong again
    line.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert window.page._lit.class_index == 2
    press(Qt.Key.Key_Tab)
    assert lit == [0, 1, -1, 0, 1, 2, -1]
    assert window.page._lit.class_index == -1


def test_a_screen_reader_is_told_the_loss_once_it_rests(window, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(announcer, "tell", lambda view, words: told.append(words))
    QAccessible.setActive(True)
    rest = window.page._announcer
    rest.setInterval(0)
    try:
        window.edits.start_drag()
        for p in (0.5, 0.6, 0.7):
            window.edits.drag_probability(0, 0, p, False, False)
        assert not rest.isActive()
        window.edits.finish_drag(cancelled=False)
        qtbot.waitUntil(lambda: bool(told))
        window.session.undo_stack.undo()
        window.session.undo_stack.redo()
        window.session.undo_stack.undo()
        qtbot.waitUntil(lambda: len(told) > 1)
        window.session.undo_stack.redo()
        window.session.undo_stack.undo()
        assert not rest.isActive()  # it was told last that it is 0.916
    finally:
        QAccessible.setActive(False)
    # -ln 0.7 = 0.357, -ln 0.4 = 0.916.
    assert told == ["loss 0.357 nats", "loss 0.916 nats"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_speaks_of_the_row_that_the_keys_are_at(window):
    table = window.page.batch_panel.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.go_to(table.model().index(3, 2))
    press(Qt.Key.Key_F10, SHIFT)
    menu = table.findChild(RowMenu)
    assert "Remove sample 4" in [action.text() for action in menu.actions()]
    menu.close()


def test_a_reason_does_not_stay_over_another_tab(window):
    table = window.page.sample_panel.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    table.go_to(table.model().index(0, 2))
    press(Qt.Key.Key_X)
    assert table.reason.isVisible()
    window._header.tabs.setCurrentIndex(1)
    assert not table.reason.isVisible()


def test_the_card_of_the_options_gives_the_keyboard_back_to_the_table(window):
    table = window.page.sample_panel.table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_L, CTRL)
    assert focused() is not table
    press(Qt.Key.Key_Escape)
    assert focused() is table


def test_enter_presses_a_button_as_space_does(window):
    for key, on in ((Qt.Key.Key_Return, True), (Qt.Key.Key_Space, False)):
        window._header._compare.setFocus(Qt.FocusReason.TabFocusReason)
        press(key)
        assert window.session.document.views[Task.MULTICLASS].compare == on
        chip = window.page.curve_panel._square_error
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        before = chip.isChecked()
        press(key)
        assert chip.isChecked() != before


def test_enter_presses_the_buttons_of_a_message_and_of_the_options_too(window):
    asked = []
    window.message_bar.show_message("Replaced.", [("Back", lambda: asked.append("back"))])
    window.message_bar.findChildren(QPushButton)[-2].setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    assert (asked, window.message_bar.isHidden()) == (["back"], True)
    press(Qt.Key.Key_L, CTRL)
    keras = next(one for one in window.page._card.findChildren(QRadioButton) if one.text() == "Keras")
    keras.setFocus(Qt.FocusReason.OtherFocusReason)
    press(Qt.Key.Key_Return)
    assert window.session.state(Task.MULTICLASS).options.convention is Convention.KERAS


def test_enter_held_on_the_rail_opens_the_lens_once(window):
    window.resize(1100, 700)
    QApplication.processEvents()
    rail = window.page.lens_dock.rail
    rail.setFocus(Qt.FocusReason.TabFocusReason)
    for repeated in (False, True):
        kind, key = QEvent.Type.KeyPress, Qt.Key.Key_Return
        QApplication.sendEvent(rail, QKeyEvent(kind, key, NONE, "", repeated))
        assert rail.isChecked()
