"""What the usual mistakes cost: by hand, from the sample's own numbers."""

import math

import pytest

from ceviz.core.document import InputKind, Task, Unit
from ceviz.core.evaluation import evaluate
from ceviz.explain import numbers
from ceviz.explain.shown import Shown
from ceviz.explain.traps import traps_chart
from tests.core.states import state_of


def chart_of(state, task, lens="traps"):
    return traps_chart(Shown(task, state, evaluate(state, task), 0, 4.6), lens)


def by_key(chart):
    return {trap.key: trap for trap in chart.rows}


def text(value):
    return numbers.loss(value)


def test_softmax_twice_flattens_the_bars_and_has_a_floor():
    chart = chart_of(state_of([[1, 0, 0]], [[0.4, 0.3, 0.3]]), Task.MULTICLASS)
    trap = by_key(chart)["twice"]
    weights = [math.exp(0.4), math.exp(0.3), math.exp(0.3)]
    assert trap.number == text(-math.log(weights[0] / sum(weights))) == "1.033"
    assert trap.lines == (
        ("softmax once", "0.916"),
        ("softmax twice", "1.033"),
        ("the floor that no model can beat", "0.551"),
    )
    assert [bar.after for bar in trap.bars] == pytest.approx([w / sum(weights) for w in weights])
    assert [bar.after_text for bar in trap.bars] == ["0.356", "0.322", "0.322"]
    assert (chart.now, trap.opened) == ("Sample 1: 0.916 nats", True)


def test_a_perfect_one_hot_given_as_logits_costs_the_floor():
    trap = by_key(chart_of(state_of([[0, 1, 0]], [[0.4, 0.3, 0.3]]), Task.MULTICLASS))["perfect"]
    assert (trap.number, trap.difference) == ("0.551", "+0.551")


def test_one_choice_is_no_three_questions():
    trap = by_key(chart_of(state_of([[1, 0, 0]], [[0.4, 0.3, 0.3]]), Task.MULTICLASS))["questions"]
    value = -math.log(0.4) - 2 * math.log(0.7)
    assert trap.number == text(value) == "1.630"
    assert trap.lines[-1] == ("their mean, divided by N K", text(value / 3))
    logits = state_of([[1, 0]], [[2.0, -1.0]], kind=InputKind.LOGITS)
    trap = by_key(chart_of(logits, Task.MULTICLASS))["questions"]
    assert trap.title == "Sigmoid where softmax is meant"
    assert trap.number == text(math.log1p(math.exp(-2)) + math.log1p(math.exp(-1)))


def test_one_loss_in_three_bases():
    state = state_of([[1, 0]], [[0.1, 0.9]], unit=Unit.BITS)
    trap = by_key(chart_of(state, Task.MULTICLASS))["base"]
    assert [number for _, number in trap.lines] == ["2.303", "3.322", "1.000"]
    assert trap.number == "2.303"


def test_a_sigmoid_twice_and_the_mean_over_labels():
    state = state_of([[1, 0]], [[0.7, 0.2]])
    traps = by_key(chart_of(state, Task.MULTILABEL, "traps:mean"))
    value = math.log1p(math.exp(-0.7)) + math.log1p(math.exp(0.2))
    assert traps["twice"].number == text(value)
    assert traps["twice"].lines[-1][1] == text(math.log1p(math.exp(-1)) + math.log(2))
    assert traps["mean"].number == text((-math.log(0.7) - math.log(0.8)) / 2)
    assert [key for key, trap in traps.items() if trap.opened] == ["mean"]


def test_a_weight_alone_changes_nothing():
    state = state_of([[1]], [[0.5]], weights=[2.5])
    trap = by_key(chart_of(state, Task.BINARY))["weight"]
    assert (trap.number, trap.difference) == ("0.693", "0")
    assert trap.lines[0] == ("weighted by 2.5", text(2.5 * math.log(2)))


def test_logits_that_are_taken_for_probabilities():
    """Keras clips 2 to 1 − 1e-7."""
    state = state_of([[1]], [[2.0]], kind=InputKind.LOGITS)
    trap = by_key(chart_of(state, Task.BINARY))["logits"]
    assert trap.number == "1.00 × 10⁻⁷"


def test_evaluate_and_a_loss_of_predictions_differ_where_those_are_clipped():
    sure = state_of([[0, 1, 0]], [[40.0, 0.0, 0.0]], kind=InputKind.LOGITS)
    trap = by_key(chart_of(sure, Task.MULTICLASS))["predict"]
    assert trap.lines == (
        ("from the logits", "40.000"),
        ("from clipped probabilities", text(-math.log(1e-7))),
    )
    assert (trap.number, trap.difference) == ("16.118", "−23.882")
    assert trap.sentence.endswith("none costs more than 16.118.")
    two_wrong = state_of([[1, 1, 0]], [[-40.0, -40.0, 1.0]], kind=InputKind.LOGITS)
    trap = by_key(chart_of(two_wrong, Task.MULTILABEL))["predict"]
    # Each label is clipped, not their sum.
    assert trap.number == text(-2 * math.log(1e-7) + math.log1p(math.e)) == "33.549"
    assert trap.sentence.endswith("no label costs more than 16.118.")
    mild = state_of([[1, 0]], [[2.0, -1.0]], kind=InputKind.LOGITS)
    assert by_key(chart_of(mild, Task.MULTILABEL))["predict"].difference == "0"
    assert "predict" not in by_key(chart_of(state_of([[1]], [[0.0]]), Task.BINARY))


def test_a_row_without_a_loss_has_no_traps_and_infinity_is_told():
    assert chart_of(state_of([[1, 0]], [[0.5, 0.6]]), Task.MULTICLASS).rows == ()
    trap = by_key(chart_of(state_of([[1, 0]], [[0.0, 1.0]]), Task.MULTICLASS))["twice"]
    assert (trap.number, trap.difference) == (text(math.log(1 + math.e)), "−∞")
