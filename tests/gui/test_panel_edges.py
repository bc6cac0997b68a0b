"""The edges between the panels of a page, taken by the mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ceviz.core.document import Task
from ceviz.gui.page import Page
from ceviz.gui.panel_edges import PanelEdge
from tests.windows import opened_window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qapp: QApplication) -> Iterator[Page]:
    with opened_window() as window:
        yield window.page


def drag(edge: PanelEdge, dx: int, dy: int) -> None:
    start = edge.rect().center()
    QTest.mousePress(edge, LEFT, NONE, start)
    end = QPointF(edge.mapToGlobal(start) + QPoint(dx, dy))
    move = QMouseEvent(QEvent.Type.MouseMove, QPointF(start), end, Qt.MouseButton.NoButton, LEFT, NONE)
    QApplication.sendEvent(edge, move)
    QTest.mouseRelease(edge, LEFT, NONE)
    QApplication.processEvents()  # the layout


def test_edges_are_dragged_and_a_double_click_restores(page: Page) -> None:
    edges, sample, lens, batch = page._edges, page.sample_panel, page.lens_panel, page.batch_panel
    assert (sample.width(), lens.width(), batch.height()) == (476, 392, 216)
    # 9 px over the line between two panels.
    assert edges.beside_sample.geometry().getRect()[::2] == (472, 9)
    drag(edges.beside_sample, 60, 0)
    assert (sample.width(), page.curve_panel.width()) == (536, 1440 - 536 - 392)
    drag(edges.beside_lens, -50, 0)
    assert (lens.width(), page.curve_panel.width()) == (442, 1440 - 536 - 442)
    drag(edges.above_batch, 0, 57)
    assert batch.height() == 216 - 2 * 28
    for edge in (edges.beside_sample, edges.beside_lens, edges.above_batch):
        QTest.mouseDClick(edge, LEFT)
    QApplication.processEvents()
    assert (sample.width(), lens.width(), batch.height()) == (476, 392, 216)


def test_what_the_mouse_does_at_the_edges_can_be_done_by_name(page: Page) -> None:
    sample, lens, batch = page.sample_panel, page.lens_panel, page.batch_panel
    before = sample.width(), lens.width(), batch.height()
    for name in ("Wider sample", "Wider sample", "Narrower sample", "Wider lens", "Fewer rows of the batch"):
        page.window()._actions[name].trigger()
    assert (sample.width(), lens.width(), batch.height()) == (before[0] + 40, before[1] + 40, before[2] - 28)
    page.window()._actions["Panels as at first"].trigger()
    assert (sample.width(), lens.width(), batch.height()) == before


def test_no_panel_becomes_too_small_for_what_it_shows(page: Page) -> None:
    edges = page._edges
    drag(edges.beside_sample, -400, 0)
    drag(edges.beside_lens, 400, 0)
    assert (page.sample_panel.width(), page.lens_panel.width()) == (452, 366)
    drag(edges.beside_sample, 900, 0)
    assert page.curve_panel.width() == 340
    drag(edges.above_batch, 0, 900)
    assert page.batch_panel.height() == page.batch_panel.foot_height
    # Wide panels give way to a small window.
    page.window().resize(1024, 680)
    QApplication.processEvents()
    assert page.curve_panel.width() >= 340


def test_a_message_takes_two_rows_of_the_batch_and_covers_nothing(page: Page) -> None:
    batch, bar, curve = page.batch_panel, page.window().message_bar, page.curve_panel.geometry()
    page._session.show(Task.MULTICLASS, sample=4)
    kept: list[str] = []
    bar.show_message("a.ceviz was changed by another program.", [("Keep mine", lambda: kept.append("a"))])
    QApplication.processEvents()
    assert (bar.height(), batch.height(), page.curve_panel.geometry()) == (56, 216 - 56, curve)
    assert page.mapTo(page.window(), page.rect().bottomLeft()).y() < bar.mapTo(page.window(), QPoint()).y()
    table = batch.table
    assert table.viewport().rect().contains(table.visualRect(table.model().index(4, 0)))

    def press(title: str) -> None:
        QApplication.processEvents()
        button = next(b for b in bar.findChildren(QPushButton) if b.isVisible() and b.text() == title)
        QTest.mouseClick(button, LEFT)
        QApplication.processEvents()

    # What asks for something comes back after what goes by itself.
    bar.show_message("Copied.", passing=True)
    bar.show_message("Copied again.", passing=True)
    press("Close")
    assert bar.text == "a.ceviz was changed by another program."
    press("Keep mine")
    assert (kept, bar.text) == (["a"], "")
    assert (batch.height(), page.curve_panel.geometry()) == (216, curve)
