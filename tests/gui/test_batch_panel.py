"""The batch panel: adding samples, mending rows, its axis, foot and heights."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ceviz.core import edits
from ceviz.core.document import Task, TaskState
from ceviz.drawing.loss_bar import LossScale, mark_left
from ceviz.drawing.stacked_bar import HEIGHT
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis, AxisMark
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.tables.batch_cells import LossBarCell
from tests.gui.desk import LABELS, SOFT, STATES, WORKED, Desk, move_mouse, point, predicting, shown_of

LEFT = Qt.MouseButton.LeftButton
INVALID = predicting([[0.4, 0.3, 0.3], [0.25, 0.53, 0.15], [0.05, 0.05, 0.9]])
INFINITE = predicting([[0.0, 0.5, 0.5], [0.1, 0.8, 0.1], [0.05, 0.05, 0.9]])


def _desk(qtbot: QtBot, theme: Theme, state: TaskState, task: Task = Task.MULTICLASS) -> Desk:
    panel = BatchPanel(theme)
    panel.resize(1440, 216)
    return Desk(qtbot, panel, state, task)


def test_the_foot_adds_a_sample_at_the_end_and_chooses_it(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    QTest.mouseClick(desk.panel.foot.button, LEFT)
    assert desk.state.sample_count == 4
    assert desk.chosen == [3]


def test_normalise_in_the_row_mends_it(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, INVALID)
    view = desk.table
    index = view.model().index(1, view.model().columnCount() - 1)
    cell = view.itemDelegateForIndex(index)
    assert isinstance(cell, LossBarCell)
    button = cell.button_rect(view.cell_rect(index), 1)
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point(button.center()))
    # 0.25, 0.53, 0.15 divided by their sum 0.93
    assert desk.predictions[1] == pytest.approx([0.26881720, 0.56989247, 0.16129032])
    assert desk.edits[-1][1] == "Normalise sample 2"


def test_a_valid_row_has_no_button(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, INVALID)
    view = desk.table
    index = view.model().index(0, view.model().columnCount() - 1)
    assert view.itemDelegateForIndex(index).button_rect(view.cell_rect(index), 0).isEmpty()


def test_an_infinite_loss_opens_a_ceiling_beyond_the_axis(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, INFINITE)
    scale = desk.table.scale()
    assert scale.has_ceiling
    assert scale.x(scale.axis.high) < scale.ceiling(0, 10).left()
    assert "\N{INFINITY}" in desk.panel.foot.accessibleName()


def test_the_axis_stays_while_a_drag_lasts(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    before = desk.table.scale().axis
    desk.state = predicting([[1e-9, 0.5, 0.5], [0.1, 0.8, 0.1], [0.05, 0.05, 0.9]])
    desk.show(dragging=True)
    assert desk.table.scale().axis == before
    desk.show()
    # -ln 1e-9 = 20.7
    assert desk.table.scale().axis.high > 20


@pytest.mark.parametrize("task", list(Task))
def test_a_bar_beyond_a_kept_axis_ends_as_an_arrow(qtbot: QtBot, theme: Theme, task: Task) -> None:
    desk = _desk(qtbot, theme, STATES[task], task)

    def at_the_end() -> tuple[QColor, QColor]:
        """At the upper corner of the first row's bar and in its middle, 3 px before the axis ends."""
        picture, x = desk.table.viewport().grab().toImage(), desk.table.scale().end - 3
        middle = desk.table.cell_rect(desk.table.model().index(0, 0)).center().y()
        corner, inside = (picture.pixelColor(point(QPointF(x, middle + up))) for up in (-HEIGHT / 2 + 2, 0))
        return corner, inside

    desk.state = edits.drag_probability(desk.state, task, 0, 0, 0, 1e-9)
    desk.show(dragging=True)
    corner, inside = at_the_end()
    assert corner == theme.color("selected") != inside
    assert desk.table.mean_x() is None
    desk.show()
    assert not desk.table.scale().is_beyond(float(desk.panel._shown.result.losses[0]))


def test_the_foot_says_sum_and_mean(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    # 0.916 29 + 0.223 14 + 0.105 36 = 1.244 79; a third of it is 0.414 93
    assert desk.panel.foot.accessibleName() == "sum 1.245, mean 0.415"


@pytest.mark.parametrize("task", list(Task))
def test_displaying_tells_nothing(qtbot: QtBot, theme: Theme, task: Task) -> None:
    desk = _desk(qtbot, theme, STATES[task], task)
    told: list[object] = []
    panel = desk.panel
    for signal in (panel.edited, panel.sample_chosen, panel.class_hovered):
        signal.connect(lambda *a: told.append(a))
    for sample in (1, 0):
        panel.display(shown_of(STATES[task], task, sample))
    assert told == []


def test_hovering_a_part_of_a_bar_tells_its_class(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, SOFT, Task.SOFT)
    hovered: list[int] = []
    desk.panel.class_hovered.connect(hovered.append)
    column = next(c for c, kind in enumerate(desk.table.model().columns) if kind.kind == "target")
    cell = desk.table.cell_rect(desk.table.model().index(0, column))
    # The target is 0.7, 0.2, 0.1: at 0.8 of the bar (which starts 28 px into the cell) lies the second class.
    place = QPointF(cell.left() + 28 + 0.8 * (cell.width() - 28), cell.center().y())
    move_mouse(desk.table.viewport(), place)
    assert hovered == [1]


def test_a_part_of_a_labels_bar_and_a_head_tell_their_class(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, LABELS, Task.MULTILABEL)
    hovered: list[int] = []
    desk.panel.class_hovered.connect(hovered.append)
    scale, (row, *_) = desk.table.scale(), desk.table.shown().result.terms.tolist()
    y = desk.table.cell_rect(desk.table.model().index(0, 0)).center().y()
    for loss in (row[0] / 2, row[0] + row[1] / 2, row[0] + row[1] + row[2] / 2, sum(row) + 1):
        move_mouse(desk.table.viewport(), QPointF(scale.x(loss), y))
    assert hovered == [0, 1, 2, -1]
    hovered.clear()
    header, columns = desk.table.header, desk.table.model().columns
    for place in (k for k, column in enumerate(columns) if column.kind in ("p", "loss")):
        move_mouse(header.viewport(), QPointF(header.sectionViewportPosition(place) + 5, 10))
    assert hovered == [0, 1, 2, -1]


def test_five_rows_fit_and_without_room_the_foot_stays(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    # 40 head, five rows of 28, 36 foot: measured in the pictures of the design.
    assert desk.panel.sizeHint().height() == 216
    desk.panel.resize(1440, 60)
    assert not desk.table.isVisible()
    assert desk.panel.foot.isVisible()
    assert desk.panel.foot.geometry().bottom() == 59


def test_ctrl_tab_leaves_a_table_of_many_cells(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    desk.go(0, 2)
    QTest.keyClick(desk.table, Qt.Key.Key_Tab)
    assert desk.table.hasFocus()
    QTest.keyClick(desk.table, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert desk.panel.foot.button.hasFocus()


def test_the_text_of_a_mark_stands_clear_of_the_mean() -> None:
    # Axis 0 to 2 on 10 to 210 px: the mark at 1 stands at 110.
    axis = Axis(0.0, 2.0, (), "", AxisMark(1.0, "", ""))
    scale = LossScale(axis, 10.0, 210.0, has_ceiling=False)
    assert mark_left(scale, 50, [], 200) == 118  # right of its line
    assert mark_left(scale, 50, [(100, 160)], 200) == 30  # left of the mean, by 20
    assert mark_left(scale, 50, [(120, 160)], 200) == 52  # between the mean and its line
    assert mark_left(scale, 50, [(20, 190)], 200) is None


def test_the_fresh_model_is_a_line_and_a_text_in_the_foot(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    panel = desk.panel
    plain = panel.grab().toImage()
    panel.display(replace(shown_of(WORKED, Task.MULTICLASS), fresh=True))
    assert panel.foot.accessibleName().endswith("fresh model: ln 3 ≈ 1.099")
    assert panel.grab().toImage() != plain
    panel.display(shown_of(WORKED, Task.MULTICLASS))
    assert panel.grab().toImage() == plain
