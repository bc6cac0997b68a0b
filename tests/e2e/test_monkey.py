"""Someone who presses, drags, types and pastes at random: nothing breaks, and undo leads to the start."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QTableView, QToolButton, QWidget
from shiboken6 import isValid

from ceviz.core.document import TaskState
from ceviz.gui.main_window import MainWindow
from ceviz.gui.plots.loss_plot import LossPlot
from tests.windows import opened_window

SEEDS, ACTIONS = (1, 2, 3), 100
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
KEYS = tuple(
    getattr(Qt.Key, f"Key_{name}")
    for name in (
        *(
            "Up",
            "Down",
            "Left",
            "Right",
            "Tab",
            "Backtab",
            "Return",
            "Escape",
            "Space",
            "Delete",
            "Home",
            "End",
        ),
        *("F2", "PageUp", "PageDown", "0", "1", "5", "Period", "Minus", "Backspace", "A", "BracketLeft"),
    )
)
MODIFIERS = (
    *(Qt.KeyboardModifier.NoModifier,) * 5,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
CTRL = Qt.KeyboardModifier.ControlModifier
TYPED = ("0.5", "0", "1", "1e-300", "40%", "2/7", "-0.3", "7", "inf", "garbage", "1e308", "")
PASTED = ("0.2\t0.3", "0.1,0.9\n0.5,0.5", "inf", "1e308\t1e308", "nonsense", "-1", "0\n0\n0", "5e-324", "")
SHORTCUTS = (
    *(Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_D, Qt.Key.Key_N, Qt.Key.Key_Y),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_C, Qt.Key.Key_A),
)
CHOICES = (
    "add_sample",
    "duplicate_sample",
    "remove_sample",
    "normalise",
    "add_class",
    "compare",
    "nats",
    "bits",
)
SIZES = ((1440, 900), (1024, 680), (1920, 1080))


class Monkey:
    """Acts on what is visible, as a person could; the same seed does the same."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._random = random.Random(seed)
        self._ways = (
            *(self.click,) * 5,
            *(self.double_click, self.paste, self.undo, self.step_a_point) * 3,
            *(self.drag, self.type_number) * 6,
            *(self.press_keys,) * 8,
            *(self.press_shortcut, self.choose, self.open_menu) * 3,
            *(self.choose_lens, self.choose_lens, self.resize, self.redo),
        )

    def act(self) -> None:
        self._random.choice(self._ways)()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            self.pick(popup)
            popup.close()
        # Without a window manager nobody gives the keys back when a menu closes.
        self._window.activateWindow()
        QApplication.processEvents()

    # What a person does

    def click(self) -> None:
        widget = self._widget()
        QTest.mouseClick(widget, LEFT, self._modifier(), self._point(widget))

    def double_click(self) -> None:
        widget = self._widget()
        QTest.mouseDClick(widget, LEFT, self._modifier(), self._point(widget))

    def drag(self) -> None:
        """From anywhere to anywhere; at times with a key, or with undo, in the middle of it."""
        widget, modifier = self._widget(), self._modifier()
        self._send(widget, QEvent.Type.MouseButtonPress, LEFT, LEFT, modifier)
        for _ in range(self._random.randrange(1, 6)):
            if not isValid(widget):
                return
            self._send(widget, QEvent.Type.MouseMove, NO_BUTTON, LEFT, modifier)
            if self._random.random() < 0.1:
                self._random.choice((self.press_keys, self.undo, self.press_shortcut))()
        if isValid(widget):
            self._send(widget, QEvent.Type.MouseButtonRelease, LEFT, NO_BUTTON, modifier)

    def type_number(self) -> None:
        self._click_a_cell()
        self._press(Qt.Key.Key_F2)
        QTest.keyClicks(self._focused(), self._random.choice(TYPED))
        self._press(self._random.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))

    def press_keys(self) -> None:
        for _ in range(self._random.randrange(1, 6)):
            self._press(self._random.choice(KEYS), self._modifier())

    def paste(self) -> None:
        QGuiApplication.clipboard().setText(self._random.choice(PASTED))
        self._click_a_cell()
        self._press(Qt.Key.Key_V, CTRL)

    def step_a_point(self) -> None:
        """A point of the curve, moved by an arrow key."""
        plots = [plot for plot in self._window.page.findChildren(LossPlot) if plot.isVisible()]
        self._random.choice(plots).setFocus()
        self._press(self._random.choice((Qt.Key.Key_Left, Qt.Key.Key_Right)), self._modifier())

    def undo(self) -> None:
        self._press(Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        self._press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)

    def press_shortcut(self) -> None:
        self._press(self._random.choice(SHORTCUTS), CTRL)

    def choose(self) -> None:
        """An entry of the window's menu."""
        self._window._actions[self._random.choice(CHOICES)].trigger()

    def choose_lens(self) -> None:
        """A click on a named part of the lens; a button with a menu would wait for a person."""
        panel = self._window.page.lens_panel
        tabs = [
            child
            for child in panel.findChildren(QWidget)
            if child.isVisible() and child.accessibleName() and not isinstance(child, QToolButton)
        ]
        if tabs:
            QTest.mouseClick(self._random.choice(tabs), LEFT)

    def open_menu(self) -> None:
        """The menu of a cell; `pick` chooses from it."""
        viewport = self._random.choice(self._tables()).viewport()
        at = self._point(viewport)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at))
        QApplication.sendEvent(viewport, event)

    def pick(self, menu: QMenu) -> None:
        entries = [entry for entry in menu.actions() if entry.isEnabled() and not entry.isSeparator()]
        if entries:
            entry = self._random.choice(entries)
            inner = entry.menu()
            if isinstance(inner, QMenu):
                self.pick(inner)
            else:
                entry.trigger()

    def resize(self) -> None:
        """Another size, and at times another theme."""
        self._window.resize(*self._random.choice(SIZES))
        if self._random.random() < 0.3:
            self._window.set_theme(self._random.choice(("light", "dark")))

    # Where

    def _widget(self) -> QWidget:
        """Something on the page, more often than not a table or a plot."""
        page = self._window.page
        views = [view.viewport() for view in page.findChildren(QAbstractScrollArea) if view.isVisible()]
        if self._random.random() < 0.6:
            return self._random.choice(views)
        # A button with a menu would wait for a choice.
        others = [child for child in page.findChildren(QWidget) if not isinstance(child, QToolButton | QMenu)]
        return self._random.choice([w for w in others if w.isVisible() and min(w.width(), w.height()) > 2])

    def _tables(self) -> list[QTableView]:
        return [table for table in self._window.page.findChildren(QTableView) if table.isVisible()]

    def _click_a_cell(self) -> None:
        table = self._random.choice(self._tables())
        model = table.model()
        row = self._random.randrange(model.rowCount())
        cells = [model.index(row, column) for column in range(model.columnCount())]
        editable = [cell for cell in cells if cell.flags() & Qt.ItemFlag.ItemIsEditable]
        if editable:
            rect = table.visualRect(self._random.choice(editable))
            QTest.mouseClick(table.viewport(), LEFT, pos=rect.center())

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(
            self._random.randrange(max(1, widget.width())), self._random.randrange(max(1, widget.height()))
        )

    def _modifier(self) -> Qt.KeyboardModifier:
        return self._random.choice(MODIFIERS)

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._focused(), key, modifier)

    def _send(
        self,
        widget: QWidget,
        kind: QEvent.Type,
        button: Qt.MouseButton,
        held: Qt.MouseButton,
        modifier: Qt.KeyboardModifier,
    ) -> None:
        # QTest's own move says that no button is held.
        at = self._point(widget)
        event = QMouseEvent(kind, QPointF(at), QPointF(widget.mapToGlobal(at)), button, held, modifier)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    with opened_window() as window:
        yield window


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.qt_log_ignore("This plugin does not support")  # what is drawn into memory is never in front
def test_whatever_is_done_can_be_undone_and_done_again(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkey = Monkey(window, seed)
    # A menu that is open waits for a person.
    monkeypatch.setattr(QMenu, "exec", lambda menu, *_: monkey.pick(menu))
    start, stack = tasks(window), window.session.undo_stack
    for _ in range(ACTIONS):
        monkey.act()
    window.page.finish_editing(give_up=True)
    end = tasks(window)
    assert stack.count() > ACTIONS // 10
    redone = stack.count() - stack.index()
    while stack.canUndo():
        stack.undo()
    assert tasks(window) == start
    for _ in range(stack.count() - redone):
        stack.redo()
    assert tasks(window) == end


def tasks(window: MainWindow) -> list[TaskState]:
    return list(window.session.document.tasks.values())
