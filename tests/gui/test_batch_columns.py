"""The columns of the batch: their widths, and room for every number."""

from __future__ import annotations

import numpy as np
import pytest

from ceviz.core.document import Task
from ceviz.drawing.painting import text_width
from ceviz.drawing.theme import Theme
from ceviz.figures.batch import number_column
from ceviz.gui.tables.batch_columns import batch_columns, batch_widths
from ceviz.gui.tables.compare_batch_columns import compare_columns, compare_widths


# The design's own measures: right edges of the p columns, ends of the bars and axes, in px.
@pytest.mark.parametrize(("width", "bar_end", "axis"), [(1440, 728, (838, 1402)), (1366, 678, (788, 1328))])
def test_columns_of_the_pictures(width: int, bar_end: int, axis: tuple[int, int]) -> None:
    columns = batch_columns(Task.MULTICLASS, 3)
    layout = batch_widths(Task.MULTICLASS, 3, 5, columns, width)
    edges = np.cumsum(layout.widths)
    p = [edges[place] for place, column in enumerate(columns) if column.kind == "p"]
    assert p == [282, 356, 430]
    bar = [edges[place] for place, column in enumerate(columns) if column.kind == "bar"]
    assert bar[0] == pytest.approx(bar_end, abs=1)
    assert (layout.axis_left, layout.axis_right) == pytest.approx(axis, abs=1)
    assert edges[-1] == width


@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("classes", [1, 2, 5, 8, 9, 200])
@pytest.mark.parametrize("width", [1024, 1366, 1440, 2560])
def test_bars_and_axis_keep_their_room(task: Task, classes: int, width: int) -> None:
    classes = 1 if task is Task.BINARY else classes
    columns = batch_columns(task, classes)
    layout = batch_widths(task, classes, 10_000, columns, width)
    assert sum(layout.widths) == width
    assert layout.axis_right - layout.axis_left >= 170
    bars = [layout.widths[place] for place, column in enumerate(columns) if column.kind == "bar"]
    assert all(bar >= 28 + 60 for bar in bars)


@pytest.mark.parametrize("samples", [5, 99, 100, 450, 1000, 10_000])
def test_the_number_of_every_sample_has_room(samples: int, theme: Theme) -> None:
    columns, pairs = batch_columns(Task.MULTICLASS, 3), compare_columns(Task.MULTICLASS)
    needed = text_width("8" * len(str(samples)), theme.font("body"))
    for layout in (
        batch_widths(Task.MULTICLASS, 3, samples, columns, 1440),
        compare_widths(Task.MULTICLASS, 90, samples, pairs, 1440),
    ):
        assert layout.widths[0] - theme.metrics["padXOuter"] >= needed
    # On paper a gap of 4 px stands between the number and the picture of the class.
    assert number_column(samples) - 4 >= needed
