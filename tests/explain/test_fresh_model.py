"""What a model costs that has learnt nothing: ln 3 = 1.0986, ln 2 = 0.6931; log2 3 = 1.5850."""

import pytest

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain.batch_table import batch_table
from ceviz.explain.compare_curve import compare_curve
from ceviz.explain.compare_lenses import compare_stack
from ceviz.explain.curve_charts import curve_charts, y_top_for
from ceviz.explain.fresh_model import fresh_loss
from ceviz.explain.stack_charts import stack_chart
from tests.explain.compare_examples import pair_state, show_pair
from tests.explain.examples import show, state_of

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL
TARGETS = {MULTI: [1, 0, 0], SOFT: [0.5, 0.25, 0.25], BINARY: [1], LABELS: [1, 0, 1]}
PREDICTIONS = {MULTI: [0.4, 0.3, 0.3], SOFT: [0.4, 0.3, 0.3], BINARY: [0.7], LABELS: [0.4, 0.3, 0.3]}
LN3, LN2 = 1.09861228866811, 0.693147180559945


def shown(task, fresh=True, **options):
    count = len(TARGETS[task])
    state = state_of(["dog", "cat", "panda"][:count], [TARGETS[task]], [PREDICTIONS[task]], **options)
    return show(state, task, fresh=fresh)


@pytest.mark.parametrize(
    ("task", "unit", "value", "text"),
    [
        (MULTI, Unit.NATS, LN3, "fresh model: ln 3 ≈ 1.099"),
        (SOFT, Unit.NATS, LN3, "fresh model: ln 3 ≈ 1.099"),
        (BINARY, Unit.NATS, LN2, "fresh model: ln 2 ≈ 0.693"),
        (LABELS, Unit.NATS, 3 * LN2, "fresh model: 3 ln 2 ≈ 2.079"),
        (MULTI, Unit.BITS, 1.58496250072116, "fresh model: log₂ 3 ≈ 1.585"),
        (BINARY, Unit.BITS, 1, "fresh model: log₂ 2 = 1"),
        (LABELS, Unit.BITS, 3, "fresh model: 3 log₂ 2 = 3"),
    ],
)
def test_every_axis_of_whole_losses_marks_it(task, unit, value, text):
    seen = shown(task, unit=unit)
    assert fresh_loss(seen) == pytest.approx(value, rel=1e-14)
    for axis in (batch_table(seen).axis, stack_chart(seen).y_axis):
        assert axis.mark.value == pytest.approx(value, rel=1e-14)
        assert axis.mark.text == text
        assert axis.mark.value <= axis.high


@pytest.mark.parametrize("task", list(Task))
def test_off_until_wanted(task):
    seen = shown(task, fresh=False)
    axes = (batch_table(seen).axis, stack_chart(seen).y_axis, curve_charts(seen)[0].y_axis)
    assert [axis.mark for axis in axes] == [None] * 3


def test_the_axes_of_curves():
    assert [curve_charts(shown(task))[0].y_axis.mark.value for task in (MULTI, BINARY)] == [
        pytest.approx(LN3),
        pytest.approx(LN2),
    ]
    # Each small plot is of one label; with soft targets the axis is that of one class's term.
    assert [chart.y_axis.mark.short for chart in curve_charts(shown(LABELS))] == ["ln 2 ≈ 0.693"] * 3
    assert curve_charts(shown(SOFT))[0].y_axis.mark is None


def test_the_axis_of_a_curve_reaches_it():
    count = 200  # ln 200 = 5.298, above the usual 4.6
    names = [f"c{n}" for n in range(count)]
    row = [1.0] + [0.0] * (count - 1)
    seen = show(state_of(names, [row], [row]), MULTI, fresh=True)
    assert y_top_for(seen) == 9.2
    assert y_top_for(show(state_of(names, [row], [row]), MULTI)) == 4.6


def test_a_comparison_marks_it_too():
    pair = show_pair(pair_state([[1, 0, 0]], [[0.9, 0.05, 0.05]], [[0.95, 0.05, 0]]), MULTI, fresh=True)
    assert compare_curve(pair)[0].y_axis.mark.value == pytest.approx(LN3)
    assert compare_stack(pair).y_axis.mark.text == "fresh model: ln 3 ≈ 1.099"


def test_one_class_has_nothing_to_learn():
    seen = show(state_of(["dog"], [[1]], [[1]]), MULTI, fresh=True)
    assert batch_table(seen).axis.mark is None


def test_by_options_and_frameworks_it_is_what_they_compute():
    # Keras takes the mean over labels.
    assert fresh_loss(shown(LABELS, convention=Convention.KERAS)) == pytest.approx(LN2)
    # (1 - 1/3)^2 ln 3 = 0.4883: no longer ln 3.
    focal = batch_table(shown(MULTI, focal_gamma=2.0)).axis.mark
    assert focal.value == pytest.approx(LN3 * 4 / 9)
    assert focal.text == "fresh model: 0.488"
    # Smoothed or not, every target costs ln 3.
    assert batch_table(shown(MULTI, label_smoothing=0.1)).axis.mark.text == "fresh model: ln 3 ≈ 1.099"
    # With weights it depends on the class: there is no one number.
    assert fresh_loss(shown(MULTI, class_weights=(1.0, 2.0, 1.0))) is None
    assert batch_table(shown(MULTI, class_weights=(1.0, 2.0, 1.0))).axis.mark is None
    # scikit-learn counts only the labels that are on.
    assert fresh_loss(shown(LABELS, convention=Convention.SKLEARN)) is None
