"""The batch of two models: what its cells and its foot say, its columns, bars and lines."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task, TaskState
from ceviz.drawing.stacked_bar import HEIGHT
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.compare_batch_columns import compare_columns, compare_widths
from tests.gui.compare_batch_desk import (
    BAR_A,
    BAR_B,
    INFINITE,
    INVALID,
    LOSS_A,
    LOSS_B,
    NAME,
    PICTURED,
    SAVED,
    STATES,
    CompareDesk,
    changed,
    color_at,
    compare_desk,
    displayed,
    models,
    texts,
)
from tests.gui.desk import point


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> CompareDesk:
    return compare_desk(qtbot, theme)


@pytest.mark.parametrize("task", list(Task))
def test_model_is_sound(task: Task, qtmodeltester: ModelTester, theme: Theme) -> None:
    qtmodeltester.check(displayed(STATES[task], task))


@pytest.mark.parametrize("state", [INVALID, INFINITE])
def test_model_of_rows_without_a_bar_is_sound(
    state: TaskState, qtmodeltester: ModelTester, theme: Theme
) -> None:
    qtmodeltester.check(displayed(state))


def test_cells_of_the_picture(theme: Theme) -> None:
    model = displayed(PICTURED)
    assert texts(model, NAME) == ["dog", "cat", "panda", "dog", "panda"]
    assert texts(model, LOSS_A) == ["0.9163", "0.511", "0.288", "1.386", "1.6094"]
    assert texts(model, LOSS_B) == ["0.3567", "0.223", "0.598", "1.204", "1.0498"]
    assert texts(model, SAVED) == ["+0.560", "+0.288", "−0.310", "+0.182", "+0.560"]


def test_cells_are_spoken(theme: Theme) -> None:
    model, spoken = displayed(PICTURED), Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, BAR_B).data(spoken) == "sample 1 prediction of B dog 0.700, cat 0.200, panda 0.100"
    assert model.index(3, LOSS_A).data(spoken) == "sample 4 loss of A 1.386, wrong"
    assert model.index(2, SAVED).data(spoken) == "sample 3 B saves −0.310"


def test_a_tip_names_the_model_and_what_a_short_bar_hides(theme: Theme) -> None:
    model = displayed(PICTURED)
    assert (
        model.index(0, BAR_A).data(Qt.ItemDataRole.ToolTipRole)
        == "small network: dog 0.400, cat 0.300, panda 0.300"
    )


def test_labels_that_are_right_are_counted_in_the_tip(theme: Theme) -> None:
    model = displayed(STATES[Task.MULTILABEL], Task.MULTILABEL)
    # 0.4, 0.3, 0.3 for on, off, on: only the one that is off is right.
    assert model.index(0, LOSS_A).data(Qt.ItemDataRole.ToolTipRole) == "1 of 3 labels right"


def test_an_invalid_row_says_which_model_is_at_fault(theme: Theme) -> None:
    model = displayed(INVALID)
    # 0.25 + 0.53 + 0.15 = 0.93, 0.5 + 1 + 0.5 = 2
    assert (model.reason(3), model.reason(1), model.reason(0)) == (
        "A sums to 0.93, not 1",
        "B sums to 2, not 1",
        "",
    )
    assert [model.index(3, column).data() for column in (LOSS_A, LOSS_B)] == ["", "1.204"]


def test_the_foot_says_who_is_right_and_the_means(desk: CompareDesk) -> None:
    assert desk.panel.foot.accessibleName() == (
        "A: right on 3 of 5, mean 0.942. B: right on 3 of 5, mean 0.686. B saves on average 0.256"
    )


def test_the_foot_says_what_is_left_out(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme, INVALID)
    assert desk.panel.foot.accessibleName().endswith(
        "Samples 2 and 4 are left out of both means until fixed."
    )


# Where it stands


def test_columns_of_the_picture() -> None:
    columns = compare_columns(Task.MULTICLASS)
    layout = compare_widths(Task.MULTICLASS, 90, 5, columns, 1440)
    edges = np.cumsum(layout.widths)
    # Measured in the picture: ends of the bars, right edges of the losses.
    assert edges[[BAR_A, LOSS_A, BAR_B, LOSS_B]].tolist() == pytest.approx([374, 463, 702, 791], abs=1)
    assert edges[-1] == 1440


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("width", [1024, 1180, 1366, 1440, 2560])
def test_bars_and_axis_keep_their_room(task: Task, width: int) -> None:
    columns = compare_columns(task)
    layout = compare_widths(task, 1000, 10_000, columns, width)
    assert sum(layout.widths) == width
    assert layout.axis_right - layout.axis_left >= 190
    bars = [layout.widths[n] for n, column in enumerate(columns) if column.kind == "bar"]
    assert min(bars) >= 60 + 8


def test_bars_of_predictions_give_way_before_the_axis() -> None:
    columns = compare_columns(Task.MULTICLASS)
    wide, narrow = (compare_widths(Task.MULTICLASS, 90, 5, columns, width) for width in (1440, 1024))
    bars = [layout.widths[BAR_B] for layout in (wide, narrow)]
    axes = [layout.axis_right - layout.axis_left for layout in (wide, narrow)]
    assert bars[1] / bars[0] < axes[1] / axes[0]


def test_bars_of_one_axis_share_their_scale(desk: CompareDesk) -> None:
    scale = desk.table.scale()
    # As far left as right: the bars of 0.310 and of 0.560 compare like the numbers.
    assert (scale.zero - scale.x(-0.31)) / (scale.x(0.56) - scale.zero) == pytest.approx(0.31 / 0.56)
    assert scale.left <= scale.x(-0.31) < scale.zero < desk.table.mean_x() < scale.x(0.56) <= scale.right


def test_both_sides_of_zero_have_room_for_their_words(qtbot: QtBot, theme: Theme) -> None:
    worse = models(PICTURED, changed({0: [1e-9, 0.5, 0.5]}, 0), changed({}, 1))
    scale = compare_desk(qtbot, theme, worse, width=1024).table.scale()
    assert scale.zero - scale.left >= 88


def test_the_chosen_bar_is_darker_and_bars_to_the_left_are_hatched(desk: CompareDesk, theme: Theme) -> None:
    scale = desk.table.scale()
    inside = scale.x(0.1)
    assert color_at(desk, inside, 0) == theme.color("loss")
    assert color_at(desk, inside, 1) == theme.color("lossSoft")
    hatched = {color_at(desk, scale.x(-0.2) + step, 2).name() for step in range(9)}
    assert theme.color("panel").name() in hatched
    assert len(hatched) > 2
    assert color_at(desk, inside, 2) == theme.color("panel")


def test_the_line_of_the_mean_runs_through_rows_and_foot(desk: CompareDesk, theme: Theme) -> None:
    x = desk.table.mean_x()
    assert color_at(desk, x, 3) == theme.color("ink")
    foot = desk.panel.foot.grab().toImage()
    assert foot.pixelColor(point(QPointF(x, 10))) == theme.color("ink")


def test_infinite_losses_open_a_column_at_either_end(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme, INFINITE)
    scale = desk.table.scale()
    assert (scale.has_floor, scale.has_ceiling) == (True, True)
    ends = scale.ends(0, 10)
    assert ends[0].right() < scale.x(scale.axis.low) < scale.zero < scale.x(scale.axis.high) < ends[1].left()
    assert texts(desk.table.model_, SAVED)[0::2] == ["+∞", "−∞", "+0.560"]
    assert (desk.table.model_.index(0, LOSS_A).data(), desk.table.model_.index(2, LOSS_B).data()) == (
        "∞",
        "∞",
    )


def test_a_column_opens_only_at_the_end_that_needs_it(qtbot: QtBot, theme: Theme) -> None:
    state = models(PICTURED, changed({0: [0, 0.5, 0.5]}, 0), changed({}, 1))
    desk = compare_desk(qtbot, theme, state)
    assert (desk.table.scale().has_floor, desk.table.scale().has_ceiling) == (False, True)
    assert desk.table.mean_x() is None


def test_the_axis_stays_while_a_drag_lasts(desk: CompareDesk) -> None:
    before = desk.table.scale().axis
    desk.state = models(PICTURED, changed({0: [1e-9, 0.5, 0.5]}, 0), changed({}, 1))
    desk.show(dragging=True)
    assert desk.table.scale().axis == before
    desk.show()
    # -ln 1e-9 = 20.7, less 0.357
    assert desk.table.scale().axis.high > 20


def test_a_difference_beyond_a_kept_axis_ends_as_an_arrow(qtbot: QtBot, theme: Theme) -> None:
    desk = compare_desk(qtbot, theme)
    desk.state = models(desk.state, changed({0: [1e-9, 0.5, 0.5 - 1e-9]}, 0), desk.rows_of(1))
    desk.show(dragging=True)
    scale = desk.table.scale()
    picture = desk.table.viewport().grab().toImage()
    middle = desk.table.cell_rect(desk.table.model().index(0, 0)).center().y()
    corner, inside = (
        picture.pixelColor(point(QPointF(scale.end - 3, middle + up))) for up in (2 - HEIGHT / 2, 0)
    )
    assert corner == theme.color("selected") != inside
    # The others end on the axis.
    assert not scale.is_beyond(float(desk.table.model_.batch.pair.saved[1]))
