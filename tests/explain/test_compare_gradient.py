"""Two gradients side by side: the same classes, one scale, and a sentence true for the numbers shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given

from ceviz.core.document import Task
from ceviz.explain.compare_gradient import compare_gradient
from tests.explain.compare_examples import pair_state, pictured, random_pair, show_pair
from tests.fuzz import examples

MULTI, SOFT, BINARY = Task.MULTICLASS, Task.SOFT, Task.BINARY


def arrows(chart):
    return [(arrow.name, arrow.value_text) for arrow in chart.arrows]


def test_the_pictured_models():
    value = compare_gradient(pictured())
    # −1 / 0.4 and −1 / 0.7; the other classes are multiplied by 0.
    assert arrows(value.a) == [("dog", "+2.500"), ("cat", "0"), ("panda", "0")]
    assert arrows(value.b) == [("dog", "+1.429"), ("cat", "0"), ("panda", "0")]
    assert [entry.text for entry in value.b.arithmetic] == ["−1 / 0.700 =", "−0 / 0.200 =", "−0 / 0.100 ="]
    assert value.a.top == value.b.top == 5
    assert (len(value.formulas), value.one_way) == (1, True)
    assert value.reading == (
        "The longest arrow of A is 2.500, of B 1.429: on this sample the loss of A is steeper in p."
    )


def test_logits_on_both_sides_of_the_target():
    # softmax of ln p is p: the gradients are p − t.
    a, b = ([[math.log(p) for p in row]] for row in ([0.5, 0.35, 0.15], [0.8, 0.15, 0.05]))
    state = pair_state([[0.6, 0.3, 0.1]], a, b, kind="logits", input="logits")
    value = compare_gradient(show_pair(state, SOFT))
    assert arrows(value.a) == [("dog", "+0.100"), ("cat", "−0.050"), ("panda", "−0.050")]
    assert arrows(value.b) == [("dog", "−0.200"), ("cat", "+0.150"), ("panda", "+0.050")]
    assert not value.one_way
    assert value.reading == (
        "The longest arrow of A is 0.100, of B 0.200: on this sample training would pull B harder."
    )


@pytest.mark.parametrize(
    ("state", "reading"),
    [
        (
            pair_state([[1, 0]], [[0.4, 0.6]], [[0.0, 0.0]], kind="logits"),
            "A gives probabilities, B logits: these arrows move different things and do not compare.",
        ),
        (pair_state([[1, 0]], [[0.4, 0.5]], [[0.5, 0.5]]), "A has no loss until fixed."),
        (
            pair_state([[1, 0]], [[0, 1]], [[0.5, 0.5]]),
            "The longest arrow of A is ∞, of B 2.000: on this sample the loss of A is steeper in p.",
        ),
    ],
)
def test_what_does_not_compare_says_so(state, reading):
    value = compare_gradient(show_pair(state, MULTI))
    assert value.reading == reading
    assert len(value.formulas) == (2 if "logits" in reading else 1)
    assert bool(value.a.arrows) == ("no loss" not in reading)


def test_of_many_classes_those_are_shown_on_which_either_model_has_most_to_learn():
    a = [[0.1] * 10]
    b = [[0.02, 0.3, 0.02, 0.02, 0.02, 0.02, 0.3, 0.02, 0.26, 0.02]]
    logs = ([[math.log(p) for p in one[0]]] for one in (a, b))
    names = [f"class {k}" for k in range(10)]
    state = pair_state([[1] + [0] * 9], *logs, names, kind="logits", input="logits")
    value = compare_gradient(show_pair(state, MULTI))
    # All others tie at 0.1, of A: the first of them are taken.
    assert [arrow.class_index for arrow in value.a.arrows] == [0, 1, 2, 3, 6, 8]
    assert [arrow.class_index for arrow in value.b.arrows] == [0, 1, 2, 3, 6, 8]


@examples(25)
@given(random_pair())
def test_any_pair_has_one_scale_that_holds_every_arrow(random):
    value = compare_gradient(random)
    assert value.a.top == value.b.top
    for chart in value.sides:
        assert all(abs(arrow.height) <= chart.top for arrow in chart.arrows)
        assert not value.one_way or all(arrow.height >= 0 for arrow in chart.arrows)
    assert value.reading
