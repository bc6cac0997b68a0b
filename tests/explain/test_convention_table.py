"""The table of conventions: numbers of the golden file and by hand, and a reason wherever they differ."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core.document import Convention, InputKind, LossOptions, Precision, Reduction, Task
from ceviz.explain.convention_table import ConventionTable
from tests.core.states import state_of, states
from tests.fuzz import examples


def rows_of(task, targets, predictions, sample=0, kind=InputKind.PROBABILITIES, weights=None, **options):
    """Rows of a sample, or of the batch for None, by call."""
    state = state_of(targets, predictions, kind=kind, weights=weights)
    state = replace(state, options=LossOptions(**options))
    return {row.call: row for row in ConventionTable(state, task, 0).rows(sample)}


def values(rows):
    return {call: (row.value, row.reason) for call, row in rows.items()}


def test_infinity_100_16_and_36_for_the_same_zero():
    rows = rows_of(Task.BINARY, [[1]], [[0.0]])
    assert values(rows) == {
        None: (math.inf, ""),
        "binary_cross_entropy": (100.0, "The logarithm is clamped at −100."),
        "BinaryCrossentropy": (pytest.approx(16.11809565095832, rel=1e-12), "Clipped at 1e-7."),
        "log_loss": (
            pytest.approx(36.04365338911715, rel=1e-12),
            "Clipped at 2.2e-16, the epsilon of float64.",
        ),
    }
    assert all(row.differs and row.difference == -math.inf for call, row in rows.items() if call)


def test_a_mean_over_samples_and_labels():
    rows = rows_of(Task.MULTILABEL, [[1, 0]], [[0.5, 0.5]], None)
    assert values(rows) == {
        None: (pytest.approx(2 * math.log(2)), ""),
        "binary_cross_entropy": (pytest.approx(math.log(2)), "Divided by N K = 2."),
        "BinaryCrossentropy": (pytest.approx(math.log(2)), "Averaged over the 2 labels."),
        "log_loss": (pytest.approx(math.log(2)), "Labels that are off are not counted."),
    }
    assert rows_of(Task.MULTILABEL, [[1, 0]], [[0.5, 0.5]])["binary_cross_entropy"].reason == ""


def test_a_weighted_mean():
    """Two samples of losses ln 2 and ln 4, whose classes weigh 1 and 3."""
    logits = [[0.0, 0.0], [math.log(3), 0.0]]
    rows = rows_of(
        Task.MULTICLASS, [[1, 0], [0, 1]], logits, None, InputKind.LOGITS, class_weights=(1.0, 3.0)
    )
    total = math.log(2) + 3 * math.log(4)
    assert rows["cross_entropy"].value == pytest.approx(total / 4)
    assert rows["cross_entropy"].reason == (
        "A weighted mean, divided by the sum of the weights of the true classes, 4."
    )
    assert values(rows)["cross_entropy_probabilities"] == (pytest.approx(total / 2), "")
    assert values(rows)["CategoricalCrossentropy"] == (pytest.approx(total / 2), "")
    assert rows["log_loss"].reason == "sklearn.metrics.log_loss takes no class weights."
    assert math.isnan(rows["log_loss"].value)


def test_sample_weights_divide_by_their_sum_or_by_n():
    """Losses ln 2 and ln 4 of weights 1 and 3."""
    rows = rows_of(Task.MULTICLASS, [[1, 0], [0, 1]], [[0.5, 0.5], [0.75, 0.25]], None, weights=[1.0, 3.0])
    total = math.log(2) + 3 * math.log(4)
    assert values(rows)[None] == values(rows)["log_loss"] == (pytest.approx(total / 4), "")
    reason = "Divided by N = 2, not by the sum of the weights."
    assert values(rows)["SparseCategoricalCrossentropy"] == (pytest.approx(total / 2), reason)


def test_a_row_that_sums_to_less_than_1():
    rows = rows_of(Task.MULTICLASS, [[1, 0, 0]], [[0.4, 0.3, 0.2]])
    assert math.isnan(rows[None].value)
    nothing = "xactly there is no loss: the prediction sums to 0.9, not 1."
    assert values(rows)["CategoricalCrossentropy"] == (
        pytest.approx(math.log(0.9 / 0.4)),
        f"Renormalised: the probabilities are divided by their sum; e{nothing}",
    )
    assert values(rows)["log_loss"] == (pytest.approx(-math.log(0.4)), f"E{nothing}")


@pytest.mark.parametrize(
    ("prediction", "sparse", "dense"),
    [
        # Only clipped: of indices all are, and the sum has grown by 1e-7; one-hot no class that counts.
        ([0.75, 0.25, 0], (math.log(1 + 1e-7) - math.log(0.75), "clipped first"), None),
        (
            [0, 0.75, 0.25],
            (math.log(1 + 1e-7) - math.log(1e-7), "clipped first"),
            (-math.log(1e-7), "clipped"),
        ),
        # Only divided by a sum of 0.75.
        ([0.25, 0.25, 0.25], (math.log(3), "divided"), (math.log(3), "divided")),
        # Both, in the order of the call.
        ([0.25, 0.5, 0], (math.log(0.75 + 1e-7) - math.log(0.25), "clipped first"), (math.log(3), "divided")),
        (
            [0, 0.5, 0.25],
            (math.log(0.75 + 1e-7) - math.log(1e-7), "clipped first"),
            (-math.log(1e-7), "both"),
        ),
    ],
)
def test_what_keras_clips_and_what_it_divides(prediction, sparse, dense):
    rows = rows_of(Task.MULTICLASS, [[1, 0, 0]], [prediction])
    divided = "renormalised: the probabilities are divided by their sum"
    clauses = {
        "clipped first": "the probabilities are clipped at 1e-7, then divided by their sum",
        "clipped": "clipped at 1e-7",
        "divided": divided,
        "both": f"{divided}; clipped at 1e-7",
    }
    for call, expected in (("Sparse", sparse), ("", dense)):
        row = rows[f"{call}CategoricalCrossentropy"]
        if expected is None:
            assert not row.differs
            continue
        assert row.value == pytest.approx(expected[0], rel=1e-12)
        because = row.reason.split("; exactly")[0].rstrip(".")
        assert because[0].lower() + because[1:] == clauses[expected[1]]


def test_a_refusal_names_its_sample():
    rows = rows_of(Task.MULTICLASS, [[1, 0], [1, 0]], [[0.5, 0.5], [1.5, 0.5]], None)
    assert rows["log_loss"].reason == "log_loss refuses the batch: 1.5 is greater than 1 (sample 2)."


def test_a_divergence_leaves_out_the_entropy_and_single_precision_rounds():
    rows = rows_of(Task.SOFT, [[0.5, 0.5]], [[0.25, 0.75]])
    assert rows["kl_div"].value == pytest.approx(math.log(4 / 3) / 2)
    assert rows["kl_div"].reason == "The KL divergence, which leaves out the target’s entropy."
    rounded = rows_of(Task.BINARY, [[1]], [[0.1]], precision=Precision.FLOAT32)
    assert {row.reason for call, row in rounded.items() if call} == {"Float32 rounding."}


@examples(60)
@given(states(), st.sampled_from(Precision), st.sampled_from(Reduction), st.sampled_from([0.0, 0.1]))
def test_a_row_differs_exactly_where_it_has_a_reason(drawn, precision, reduction, smoothing):
    task, state = drawn
    options = LossOptions(precision=precision, reduction=reduction, label_smoothing=smoothing)
    table = ConventionTable(replace(state, options=options), task, 0)
    for sample in (None, 0):
        rows = table.rows(sample)
        assert rows[0].convention is Convention.EXACT
        for row in rows:
            assert row.differs == bool(row.reason)
            if not row.differs:
                assert row.value == pytest.approx(row.exact, rel=1e-12, abs=0, nan_ok=True)
