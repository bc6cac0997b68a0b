"""The rows of the lens: what the golden file says of p = 0, a mean of labels, two models, many samples."""

import math
from dataclasses import replace

import numpy as np
import pytest

from ceviz.core import edits
from ceviz.core.document import Convention, InputKind, Task
from ceviz.core.evaluation import evaluate
from ceviz.explain.frameworks import BATCH_KEY, SAMPLE_KEY, frameworks_chart
from ceviz.explain.lenses import chosen_lens, lenses
from ceviz.explain.shown import Shown
from tests.core.states import state_of


def chart_of(state, task, lens=SAMPLE_KEY, sample=0, **more):
    return frameworks_chart(Shown(task, state, evaluate(state, task), sample, 4.6, **more), lens)


def by_title(chart):
    return {row.title.rpartition(".")[2].partition("(")[0]: row for row in chart.rows}


def test_infinity_100_16_and_36_stand_below_each_other():
    chart = chart_of(state_of([[1]], [[0.0]]), Task.BINARY)
    rows = by_title(chart)
    assert {name: row.numbers for name, row in rows.items()} == {
        "by definition": ("∞",),
        "BCELoss": ("100.000",),
        "BinaryCrossentropy": ("16.118",),
        "log_loss": ("36.044",),
    }
    assert rows["BCELoss"].differences == ("−∞",)
    assert [row.framework for row in chart.rows] == ["Exact", "PyTorch", "Keras", "scikit-learn"]
    assert rows["BCELoss"].spoken == ("PyTorch, nn.BCELoss: 100.000 (−∞). The logarithm is clamped at −100.")
    assert chart.heads == ("loss (nats)",)
    assert chart.reading.startswith("All 3 calls give another number than the definition.")


def test_the_batch_divides_by_samples_and_labels():
    """Four terms of ln 2: 2 ln 2 a sample, and ln 2 where all are averaged."""
    state = state_of([[1, 0], [1, 1]], [[0.5, 0.5], [0.5, 0.5]])
    rows = by_title(chart_of(state, Task.MULTILABEL, BATCH_KEY))
    assert rows["by definition"].numbers == ("1.386",)
    assert (rows["BCELoss"].numbers, rows["BCELoss"].differences) == (("0.693",), ("−0.693",))
    assert rows["BCELoss"].reason == "Divided by N K = 4."


def test_the_row_by_which_the_loss_is_computed_is_marked():
    state = state_of([[1, 0]], [[0.5, 0.5]])
    assert [row.title for row in chart_of(state, Task.MULTICLASS).rows if row.chosen] == ["by definition"]
    state = edits.set_convention(state, Task.MULTICLASS, Convention.KERAS)
    (chosen,) = [row for row in chart_of(state, Task.MULTICLASS).rows if row.chosen]
    assert chosen.title == "keras.losses.CategoricalCrossentropy(from_logits=False)"
    assert chosen.numbers == ("0.693",)


def test_a_refusal_is_said_in_place():
    row = by_title(chart_of(state_of([[1]], [[1.5]]), Task.BINARY))["BCELoss"]
    assert (row.numbers, row.differs) == (("refused",), True)
    assert row.reason
    state = state_of([[1, 0]], [[0.5, 0.5]])
    state = edits.set_class_weights(state, Task.MULTICLASS, [2.0, 1.0])
    assert chart_of(state, Task.MULTICLASS).reading.startswith(
        "5 of 8 calls refuse; the others give the number of the definition."
    )


@pytest.mark.parametrize(("p", "giving"), [([0.4, 0.3, 0.23], "all 8"), ([1.3, -0.2, -0.1], "4 of 8")])
def test_where_the_definition_gives_no_loss_no_call_is_said_to_give_its_number(p, giving):
    chart = chart_of(state_of([[1, 0, 0]], [p]), Task.MULTICLASS)
    assert chart.reading.startswith(f"The definition gives no loss here; {giving} calls do.")


def test_the_options_that_a_call_fills_in_are_told_beside_the_definition_without_them():
    state = edits.set_convention(state_of([[1, 0]], [[0.5, 0.5]]), Task.MULTICLASS, Convention.KERAS)
    state = replace(state, options=replace(state.options, call="CategoricalFocalCrossentropy"))
    chart = chart_of(state, Task.MULTICLASS)
    rows = by_title(chart)
    focal = rows["CategoricalFocalCrossentropy"]
    # ln 2 = 0.693, and 0.25 * 0.5 ** 2 of it = 0.043
    assert (rows["by definition"].numbers, focal.numbers, focal.differences) == (
        ("0.693",),
        ("0.043",),
        ("−0.650",),
    )
    assert focal.chosen
    assert focal.reason == "Gamma is 2 and alpha is 0.25, as none is set."
    state = replace(state, options=replace(state.options, focal_gamma=2.0, focal_alpha=0.25))
    reading = chart_of(state, Task.MULTICLASS).reading
    assert reading.startswith("8 of 9 calls refuse; the other gives the number of the definition.")


def test_one_factor_for_both_answers_of_a_target_between_is_no_rounding():
    """z = ln 3, so p = 3/4: (t (1 - p) + (1 - t) p) of the loss, not (1 - p) and p of its two halves."""
    state = state_of([[0.3]], [[math.log(3)]], kind=InputKind.LOGITS)
    state = replace(state, options=replace(state.options, focal_gamma=1.0))
    rows = by_title(chart_of(state, Task.BINARY))
    on, off = -math.log(0.75), -math.log(0.25)
    shared = (0.3 * 0.25 + 0.7 * 0.75) * (0.3 * on + 0.7 * off)
    assert rows["by definition"].numbers == (f"{0.3 * 0.25 * on + 0.7 * 0.75 * off:.3f}",)
    assert rows["sigmoid_focal_loss"].numbers == (f"{shared:.3f}",)
    assert rows["sigmoid_focal_loss"].reason == (
        "Both answers of a target between 0 and 1 are multiplied by the same factor."
    )


def test_optax_smooths_a_label_by_the_number_of_labels():
    """t = 0.925 and not 0.85 of z = 2, and 0.075 and not 0.15 of each of 3 labels at 0."""
    state = state_of([[1, 0, 0, 0]], [[2.0, 0.0, 0.0, 0.0]], kind=InputKind.LOGITS)
    state = replace(state, options=replace(state.options, label_smoothing=0.3))
    row = by_title(chart_of(state, Task.MULTILABEL))["sigmoid_binary_cross_entropy"]
    assert row.reason == "Label smoothing adds 0.3 / K, K = 4, not 0.3 / 2."


@pytest.mark.parametrize(
    ("target", "p", "why"),
    [
        ([1, 0, 0], [1.3, -0.2, -0.1], "p must lie between 0 and 1."),
        ([1, 0, 0], [0.4, 0.3, 0.23], "the prediction sums to 0.93, not 1."),
        ([1, 1, 0], [0.4, 0.3, 0.3], "the target must be 1 for one class and 0 for the rest."),
    ],
)
def test_why_the_definition_gives_no_loss_is_said_of_the_input(target, p, why):
    row = by_title(chart_of(state_of([target], [p]), Task.MULTICLASS))["CategoricalCrossentropy"]
    assert f"exactly there is no loss: {why}" in row.reason.replace("Exactly", "exactly")


def test_two_models_have_a_column_each():
    state = state_of([[1, 0]], [[0.0, 1.0]], [[0.5, 0.5]])
    chart = chart_of(state, Task.MULTICLASS, compare=True)
    row = by_title(chart)["CategoricalCrossentropy"]
    assert chart.heads == ("A", "B")
    assert (row.numbers, row.differing) == (("16.118", "0.693"), (True, False))
    assert row.reason == "A: Clipped at 1e-7."


def test_a_clipped_target_is_no_rounding():
    row = by_title(chart_of(state_of([[1, 0]], [[0.5, 0.5]]), Task.MULTICLASS))["KLDivergence"]
    # 1e-7 ln(1e-7 / 0.5), beside ln 2.
    assert row.differences == ("−1.54 × 10⁻⁶",)
    assert math.isclose(1e-7 * math.log(1e-7 / 0.5), -1.54e-6, rel_tol=2e-3)
    assert row.reason == "A target of 0 counts as 1e-7."


def test_of_many_numbers_a_sample_is_computed_alone_and_the_batch_after_a_drag():
    probabilities = np.full((501, 100), 0.01)
    state = state_of(np.eye(100)[np.arange(501) % 100], probabilities)
    rows = by_title(chart_of(state, Task.MULTICLASS, sample=500))
    assert rows["log_loss"].numbers == ("4.605",)
    assert chart_of(state, Task.MULTICLASS, BATCH_KEY, dragging=True).rows == ()


def test_the_lens_keeps_its_scope():
    assert chosen_lens(BATCH_KEY, Task.SOFT, 3) == BATCH_KEY
    assert dict(lenses(Task.SOFT, 3, BATCH_KEY))[BATCH_KEY] == "Frameworks"
    assert replace(chart_of(state_of([[1, 0]], [[0.5, 0.5]]), Task.SOFT, BATCH_KEY), rows=()).batch
