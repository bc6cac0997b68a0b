"""The lens in windows of several widths: a column of its own, or a rail that opens it over the curve."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from ceviz.core.document import Task

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def narrow(window):
    window.resize(1024, 680)
    QApplication.processEvents()
    return window


def test_a_wide_window_has_the_lens_in_a_column_of_its_own(window):
    page = window.page
    assert page.lens_panel.isVisible()
    assert not page.lens_dock.rail.isVisible()
    assert page.lens_panel.x() == page.curve_panel.geometry().right() + 1
    assert page.lens_panel.geometry().right() + 1 == page.width()


def test_a_narrow_window_has_a_rail_that_opens_the_lens_over_the_curve(narrow, qtbot):
    page = narrow.page
    rail = page.lens_dock.rail
    assert rail.isVisible()
    assert (rail.width(), rail.accessibleName()) == (36, "Lens: Simplex")
    assert not page.lens_panel.isVisible()
    before = page.curve_panel.geometry()
    qtbot.mouseClick(rail, LEFT)
    assert page.lens_panel.isVisible()
    assert page.lens_panel.geometry().right() + 1 == page.width() - 36
    assert page.curve_panel.geometry() == before
    qtbot.mouseClick(rail, LEFT)
    assert not page.lens_panel.isVisible()


def test_keys_open_the_lens_and_escape_closes_it(narrow, qtbot):
    page = narrow.page
    rail = page.lens_dock.rail
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        rail.setFocus()
        qtbot.keyClick(rail, key)
        assert page.lens_panel.isVisible(), key
        qtbot.keyClick(rail, Qt.Key.Key_Escape)
        assert not page.lens_panel.isVisible(), key


def test_escape_in_the_lens_closes_it_and_goes_back_to_the_rail(narrow, qtbot):
    page = narrow.page
    qtbot.mouseClick(page.lens_dock.rail, LEFT)
    page.lens_panel.simplex_plot.setFocus()
    qtbot.keyClick(page.lens_panel.simplex_plot, Qt.Key.Key_Escape)
    assert not page.lens_panel.isVisible()
    assert page.lens_dock.rail.hasFocus()


def test_a_lens_asked_for_by_name_opens_and_escape_closes_it_from_anywhere(narrow, qtbot):
    page = narrow.page
    narrow._actions["traps"].trigger()
    assert page.lens_panel.isVisible()
    qtbot.keyClick(page.sample_panel.table, Qt.Key.Key_Escape)
    assert not page.lens_panel.isVisible()


def test_escape_that_cancels_a_drag_leaves_the_lens_open(narrow, qtbot):
    page = narrow.page
    qtbot.mouseClick(page.lens_dock.rail, LEFT)
    plot = page.lens_panel.simplex_plot
    QApplication.processEvents()
    at = plot.view_box.mapViewToScene(QPointF(0.5, 0.4 * math.sqrt(3) / 2)).toPoint()
    qtbot.mousePress(plot.viewport(), LEFT, pos=at)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert page.lens_panel.isVisible()


def test_a_wider_window_takes_the_lens_back_into_its_column(narrow, qtbot):
    page = narrow.page
    qtbot.mouseClick(page.lens_dock.rail, LEFT)
    narrow.resize(1440, 900)
    QApplication.processEvents()
    assert not page.lens_dock.rail.isVisible()
    assert page.lens_panel.x() == page.curve_panel.geometry().right() + 1
    narrow.resize(1024, 680)
    QApplication.processEvents()
    assert not page.lens_panel.isVisible()


def test_a_long_title_gives_way_to_the_chip(narrow):
    narrow.session.activate(Task.SOFT)
    QApplication.processEvents()
    panel = narrow.page.curve_panel
    title, chip = panel._title, panel._best_possible
    assert title.geometry().right() < chip.geometry().left()
    assert chip.geometry().right() < panel.width()
    assert chip.width() == chip.sizeHint().width()


def test_tab_goes_from_the_curve_to_the_lens_and_on_to_the_batch(window, qtbot):
    window.session.show(Task.MULTICLASS, lens="gradient")
    page = window.page
    page.curve_panel.plot.setFocus()
    reached = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        reached.append(focused.accessibleName() or focused.text())
    lens = ["Gradient", "More lenses", "Step along the gradient", "Rate of a step"]
    assert reached == [*lens, "Samples of the batch"]


def test_tab_reaches_the_rail_before_the_lens(narrow, qtbot):
    page = narrow.page
    page.curve_panel.plot.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert page.lens_dock.rail.hasFocus()
    qtbot.keyClick(page.lens_dock.rail, Qt.Key.Key_Space)
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.lens_panel.simplex_plot
    name = "simplex, prediction dog 0.400, cat 0.300, panda 0.300, loss 0.916 nats"
    assert page.lens_panel.simplex_plot.accessibleName() == name
    qtbot.keyClick(page.lens_panel.simplex_plot, Qt.Key.Key_Up)
    name = "simplex, prediction dog 0.410, cat 0.295, panda 0.295, loss 0.892 nats"
    assert page.lens_panel.simplex_plot.accessibleName() == name
