import numpy as np
import pytest

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain.axes import curve_axis, loss_axis, nice_axis
from ceviz.explain.stack_charts import MOST_SEGMENTS, stack_chart
from tests.explain.examples import show, shown, state_of


def segments(column):
    return [(part.label, part.value_text, part.class_index, part.style) for part in column.segments]


def heights(column):
    return [part.high - part.low for part in column.segments]


def tick_texts(axis):
    return [text for _, text in axis.ticks]


def test_soft_as_in_the_picture():
    chart = stack_chart(shown(Task.SOFT))
    assert tick_texts(chart.y_axis) == ["0", "0.25", "0.5", "0.75", "1", "1.25"]
    assert chart.total == pytest.approx(1.14235, abs=1e-5)
    assert chart.total_text == "H(t, p) = 1.142"
    assert [column.label for column in chart.columns] == ["floor + excess", "by class"]
    assert segments(chart.columns[0]) == [
        ("floor", "0.802", None, "floor"),
        ("excess", "0.341", None, "excess"),
    ]
    assert segments(chart.columns[1]) == [
        ("dog", "0.843", 0, "class"),
        ("cat", "0.139", 1, "class"),
        ("panda", "0.161", 2, "class"),
    ]
    assert [column.segments[-1].high for column in chart.columns] == pytest.approx([chart.total] * 2)
    assert chart.reading == (
        "The floor is the target’s own entropy: no prediction pays less. Only the excess can be trained away."
    )


def test_of_a_divergence_only_the_whole_is_drawn():
    options = {"convention": Convention.KERAS, "call": "KLDivergence"}
    state = state_of(["dog", "cat", "panda"], [[0.6, 0.3, 0.1]], [[0.4, 0.3, 0.3]], **options)
    chart = stack_chart(show(state, Task.SOFT))
    # 0.6 ln (0.6 / 0.4) + 0.1 ln (0.1 / 0.3) = 0.2433 - 0.1099
    assert [segments(column) for column in chart.columns] == [[("loss", "0.133", None, "excess")]]
    assert chart.total_text == "loss 0.133"
    assert chart.reading == "A class can lower a divergence, so only the whole of it is drawn."


def test_multilabel_as_in_the_picture():
    chart = stack_chart(shown(Task.MULTILABEL))
    assert tick_texts(chart.y_axis) == ["0", "0.25", "0.5", "0.75", "1", "1.25", "1.5"]
    assert chart.total_text == "sum 1.247"
    (column,) = chart.columns
    assert [(part.label, part.value_text) for part in column.segments] == [
        ("dog", "0.105"),
        ("cat", "0.357"),
        ("panda", "0.051"),
        ("ball", "0.511"),
        ("person", "0.223"),
    ]
    assert chart.reading == ("Sum over labels 1.247, mean per label 0.249. Frameworks often report the mean.")


def test_multiclass_and_binary():
    chart = stack_chart(shown(Task.MULTICLASS))
    assert chart.total_text == "loss 0.916"
    assert segments(chart.columns[0]) == [
        ("dog", "0.916", 0, "class"),
        ("cat", "0", 1, "class"),
        ("panda", "0", 2, "class"),
    ]
    assert chart.reading == "Only the true class has a term: the other 2 are multiplied by 0."
    chart = stack_chart(shown(Task.BINARY))
    assert segments(chart.columns[0]) == [("dog", "0.357", 0, "class"), ("not dog", "0", 1, "class")]
    # -0.6 ln 0.3 and -0.4 ln 0.7
    chart = stack_chart(shown(Task.BINARY, target=[0.6], prediction=[0.3]))
    assert heights(chart.columns[0]) == pytest.approx([0.72238, 0.14267], abs=1e-5)


def test_what_is_infinite_fills_the_axis():
    chart = stack_chart(shown(Task.SOFT, prediction=[0.3, 0.7, 0]))
    assert (chart.total, chart.total_text) == (None, "H(t, p) = ∞")
    for column in chart.columns:
        assert column.segments[-1].infinite
        assert column.segments[-1].value_text == "∞"
        assert column.segments[-1].high == pytest.approx(chart.y_axis.high)
    # Below it, what is finite keeps its height: -0.7 ln 0.3, -0.2 ln 0.7.
    assert heights(chart.columns[1])[:2] == pytest.approx([0.84278, 0.07133], abs=1e-5)


def test_a_kept_axis_cuts_off_what_does_not_fit():
    axis = nice_axis(0.3, "loss (nats)")
    chart = stack_chart(shown(Task.SOFT), axis)
    assert chart.y_axis is axis
    assert chart.total is None
    assert max(part.high for column in chart.columns for part in column.segments) == axis.high
    assert chart.total_text == "H(t, p) = 1.142"


def test_an_invalid_row_has_no_columns():
    chart = stack_chart(shown(Task.MULTICLASS, prediction=[0.4, 0.3, 0.2]))
    assert (chart.columns, chart.total, chart.reading) == ((), None, "")


def test_many_terms_show_the_largest_and_the_others():
    p = [0.5] * 30 + [0.9] * 70
    chart = stack_chart(show(state_of([f"c{k}" for k in range(100)], [[1] * 100], [p]), Task.MULTILABEL))
    column = chart.columns[0].segments
    assert len(column) == MOST_SEGMENTS
    assert [part.class_index for part in column[:31]] == list(range(31))
    # 61 of the 70 terms -ln 0.9 = 0.10536
    assert (column[-1].label, column[-1].value_text, column[-1].style) == ("61 others", "6.427", "others")


@pytest.mark.parametrize(
    ("task", "ticks"),
    [
        (Task.MULTICLASS, ["0", "0.5", "1", "1.5", "2"]),
        (Task.SOFT, ["0", "0.5", "1", "1.5"]),
        (Task.BINARY, ["0", "0.25", "0.5", "0.75", "1", "1.25"]),
        (Task.MULTILABEL, ["0", "0.5", "1", "1.5", "2"]),
    ],
)
def test_batch_axis_as_in_the_pictures(task, ticks):
    axis = loss_axis(shown(task).result.losses, Unit.NATS)
    assert tick_texts(axis) == ticks
    assert axis.label == "loss (nats)"


def test_axes_of_nothing_and_of_infinity():
    assert loss_axis(np.array([np.inf, np.nan]), Unit.BITS).high == 1.0
    assert loss_axis(np.array([0.0]), Unit.NATS).high == 1.0
    assert loss_axis(np.array([np.inf, 3.0]), Unit.NATS).high == 4.0


@pytest.mark.parametrize(
    ("top", "ticks"),
    [
        (1.2, ["0", "0.25", "0.5", "0.75", "1"]),
        (2.4, ["0", "0.5", "1", "1.5", "2"]),
        (9.2, ["0", "2", "4", "6", "8"]),
        (14.0, ["0", "4", "8", "12"]),
    ],
)
def test_curve_axes(top, ticks):
    axis = curve_axis(top, "loss (nats)")
    assert (axis.high, tick_texts(axis)) == (top, ticks)
