"""Stacked columns: bars at their values, finite numbers only, texts apart."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPointF, QSizeF
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.stack_layout import lay_out_stack
from ceviz.drawing.theme import SLATE, Theme
from ceviz.explain.charts import AxisMark, Column, Segment, StackChart
from ceviz.gui.plots.stack_plot import StackPlot
from tests.gui.plot_charts import stack

SIZE = QSizeF(391, 400)


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> StackPlot:
    plot = StackPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(391, 400)
    plot.show()
    return plot


def bars(plot: StackPlot) -> pg.BarGraphItem:
    (item,) = [item for item in plot.scene().items() if isinstance(item, pg.BarGraphItem)]
    return item


def test_bars_reach_from_sum_to_sum(plot: StackPlot) -> None:
    plot.display(stack(0.5, 0.25, 1.0), Task.MULTILABEL)
    item = bars(plot)
    np.testing.assert_allclose(item.opts["y0"], [0, 0.5, 0.75], atol=1e-9)
    np.testing.assert_allclose(item.opts["y1"], [0.5, 0.75, 1.75], atol=1e-9)


def test_no_grid_line_runs_through_a_bar(plot: StackPlot, theme: Theme) -> None:
    plot.display(stack(0.5, 1.0), Task.MULTILABEL)
    image = plot.grab().toImage()
    # The only column starts 77 px from the left; on the axis are lines at 1 and 2.
    y = plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(0, 1))).y()
    colors = {image.pixelColor(100, row).name() for row in range(y - 2, y + 3)}
    assert colors == {theme.class_colors(1).fill.name()}


def test_an_infinite_segment_runs_into_the_strip_with_finite_numbers(plot: StackPlot) -> None:
    plot.display(stack(0.5, math.inf), Task.MULTILABEL)
    tops = bars(plot).opts["y1"]
    assert tops[0] == pytest.approx(0.5)
    assert 2 < tops[1] < 2.5


def test_no_columns_are_drawn_without_a_valid_prediction(plot: StackPlot) -> None:
    plot.display(stack(0.5), Task.MULTILABEL)
    plot.display(StackChart(stack(0.5).y_axis, (), None, "", ""), Task.MULTILABEL)
    assert not bars(plot).isVisible()


def test_classes_are_told_by_the_bar_under_the_mouse(qtbot: QtBot, plot: StackPlot) -> None:
    plot.display(stack(0.5, 0.5), Task.MULTILABEL)
    said: list[int] = []
    plot.class_hovered.connect(said.append)
    rect = lay_out_stack(stack(0.5, 0.5), SIZE, Theme("light"), Task.MULTILABEL).bars[1][0]
    qtbot.mouseMove(plot.viewport(), rect.center().toPoint())
    qtbot.mouseMove(plot.viewport(), QPointF(380, 390).toPoint())
    assert said == [1, -1]


def test_the_negative_class_of_binary_is_slate(plot: StackPlot, theme: Theme) -> None:
    plot.display(stack(0.5, 0.5), Task.BINARY)
    assert bars(plot).opts["brushes"][1].color() == theme.class_colors(SLATE).fill


def test_a_theme_change_recolours_the_bars(plot: StackPlot) -> None:
    plot.display(stack(0.5, 0.5), Task.MULTILABEL)
    dark = Theme("dark")
    plot.set_theme(dark)
    assert bars(plot).opts["brushes"][0].color() == dark.class_colors(0).fill


@pytest.mark.parametrize("count", [1, 3, 5, 12, 40])
@pytest.mark.parametrize("height", [0.0, 0.01, 1.9])
def test_texts_beside_a_column_keep_apart(theme: Theme, count: int, height: float) -> None:
    layout = lay_out_stack(stack(*[height / count] * count), SIZE, theme, Task.MULTILABEL)
    boxes = [note.rect for note in layout.notes]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.intersects(b)]


def test_floor_and_excess_have_texts_beside_and_columns_below(theme: Theme) -> None:
    parts = (
        Segment(0, 0.8, "floor", "0.802", None, "floor"),
        Segment(0.8, 1.1, "excess", "0.341", None, "excess"),
    )
    chart = StackChart(
        stack(1).y_axis, (Column("floor + excess", parts), Column("by class", ())), 1.1, "H", ""
    )
    layout = lay_out_stack(chart, SIZE, theme, Task.SOFT)
    texts = {note.text: note.rect for note in layout.notes}
    (floor, _), (excess, _) = layout.bars
    assert floor.bottom() == layout.frame.area.bottom()
    assert excess.bottom() == pytest.approx(floor.top())
    assert texts["0.802"].left() > floor.right()
    assert texts["floor + excess"].top() > layout.frame.area.bottom()


def test_a_name_stands_above_its_value_where_one_line_is_too_narrow(theme: Theme) -> None:
    chart = stack(0.7, 0.2)
    segments = tuple(replace(one, label="not a dog") for one in chart.columns[0].segments)
    chart = replace(chart, columns=tuple(Column("by class", segments) for _ in range(2)))
    layout = lay_out_stack(chart, QSizeF(366, 400), theme, Task.SOFT)
    names = [note for note in layout.notes if note.text.endswith("dog")]
    assert [note.text for note in names] == ["not a dog"] * 4


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((0.5, 0.25, 1.0), True),
        ((1.05,), True),
        ((0.3, 0.3, 0.49), True),
        ((9.0, 1.0), True),
        # The texts of the two zeros and of the total stand around the line already.
        ((1.2, 0.0, 0.0), False),
    ],
)
def test_the_mark_of_the_axis_is_named_where_it_covers_nothing(
    theme: Theme, values: tuple[float, ...], named: bool
) -> None:
    chart = stack(*values)
    mark = AxisMark(1.09861228866811, "fresh model: ln 3 ≈ 1.099", "ln 3 ≈ 1.099")
    marked = replace(chart, y_axis=replace(chart.y_axis, mark=mark))
    layout = lay_out_stack(marked, SIZE, theme, Task.MULTILABEL)
    own = [note.rect for note in layout.notes if note.text in (mark.text, mark.short)]
    others = [note.rect for note in layout.notes if note.rect not in own] + [rect for rect, _ in layout.bars]
    assert len(own) == named
    assert all(layout.frame.area.contains(rect) for rect in own)
    assert not [other for other in others for rect in own if other.intersects(rect)]
