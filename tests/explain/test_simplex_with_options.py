"""Level lines under class weights and a focal factor: the loss there, worked out by hand, is the level."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import entropy

from ceviz.core.document import Convention, InputKind, Model, Task, Unit, vectors
from ceviz.explain.compare_lenses import compare_simplex
from ceviz.explain.level_rings import rings
from ceviz.explain.simplex_chart import LEVELS, simplex_chart, simplex_probabilities
from ceviz.explain.stack_charts import stack_chart
from tests.explain.compare_examples import pair_state, show_pair
from tests.explain.examples import random_shown, show, state_of
from tests.fuzz import examples

MULTI, SOFT = Task.MULTICLASS, Task.SOFT
CLASSES = ["dog", "cat", "panda", "ball", "person"]
T, P = [0.7, 0.2, 0.1], [0.3, 0.5, 0.2]


def one_hot(p=(0.4, 0.3, 0.3), **options):
    return show(state_of(CLASSES[: len(p)], [np.eye(len(p))[0]], [p], **options), MULTI)


def soft(target=T, p=P, **options):
    return show(state_of(CLASSES[: len(p)], [target], [p], **options), SOFT)


def loss(counts, p, gamma=0.0):
    """Σ w t (1 − p)^γ (−ln p), as the issue writes it."""
    p = np.asarray(p)
    return float(np.sum(counts * (1 - p) ** gamma * -np.log(p)))


def lowest_loss(counts, gamma):
    """By SciPy, over the logits."""

    def of_logits(z):
        p = np.exp(z - z.max())
        return loss(counts, p / p.sum(), gamma)

    return minimize(of_logits, np.zeros(len(counts)), method="BFGS", tol=1e-10).fun


@pytest.mark.parametrize(
    ("options", "front", "gamma"),
    [
        ({"class_weights": (2.0, 1.0, 1.0)}, 2.0, 0),
        ({"focal_gamma": 2.0}, 1.0, 2),
        ({"focal_gamma": 0.5, "focal_alpha": 0.25, "unit": Unit.BITS}, 0.25 / math.log(2), 0.5),
        ({"convention": Convention.KERAS, "focal_gamma": 2.0}, 0.25, 2),
    ],
)
def test_straight_lines_stand_where_the_loss_takes_their_level(options, front, gamma):
    chart = simplex_chart(one_hot(**options))
    for band in chart.bands[1:-1]:
        tops = [simplex_probabilities(*point)[0] for point in band.points]
        costs = [front * (1 - p) ** gamma * -math.log(p) for p in tops]
        assert min(costs) == pytest.approx(LEVELS[band.index - 1])
        assert max(costs) == pytest.approx(LEVELS[band.index])
    assert len(chart.level_labels) > 1
    for label in chart.level_labels:
        p = simplex_probabilities(label.x, label.y)[0]
        assert front * (1 - p) ** gamma * -math.log(p) == pytest.approx(float(label.text))
    assert chart.level_line is not None
    assert "loss stays the same along a level line" in chart.reading


@examples(15)
@given(
    st.lists(st.integers(1, 20), min_size=3, max_size=3),
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=3, max_size=3),
    st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0]),
)
def test_rings_stand_where_the_excess_takes_their_level(raw, weights, gamma):
    counts = np.array(raw) / sum(raw) * weights
    assume(np.count_nonzero(counts) > 1)
    together = float(counts.sum())
    least = lowest_loss(counts, gamma)
    levels = (0.1, 0.5, 2.0)
    found = rings(tuple((counts / together).tolist()), tuple(x / together for x in levels), gamma)
    for level, ring in zip(levels, found, strict=True):
        inside = ring[ring.min(axis=1) > 1e-7]
        some = counts > 0
        losses = [loss(counts[some], p[some], gamma) - least for p in inside]
        assert losses == pytest.approx([level] * len(inside), abs=1e-4)


def test_weights_move_the_lowest_place():
    # w t = (0.7, 0.6, 0.1), so that the lowest place is (0.5, 0.42857, 0.07143).
    chart = simplex_chart(soft(class_weights=(1.0, 3.0, 1.0)))
    counts = np.array([0.7, 0.6, 0.1])
    assert simplex_probabilities(chart.target.x, chart.target.y) == pytest.approx(T)
    assert simplex_probabilities(chart.lowest.x, chart.lowest.y) == pytest.approx(counts / 1.4)
    assert chart.lowest.value_text == f"floor {loss(counts, counts / 1.4):.3f}" == "floor 1.257"
    # 0.7 ln 0.3 + 0.6 ln 0.5 + 0.1 ln 0.2 = -1.4196, less the floor.
    assert chart.prediction.value_text == f"+{loss(counts, P) - loss(counts, counts / 1.4):.3f}" == "+0.162"
    assert chart.marked == "target; lowest place, floor 1.257"
    assert chart.reading == (
        "Weights move the lowest place away from the target. Each ring is a level of excess over the floor."
    )


def test_a_smoothed_target_is_named_so():
    # t' = 0.9 t + 0.1 / 3; its entropy by SciPy, and KL(t' || p), not KL(t || p) = 0.341.
    t = 0.9 * np.array(T) + 0.1 / 3
    floor, excess = entropy(t), entropy(t, P)
    chart = simplex_chart(soft(label_smoothing=0.1))
    assert (chart.target.title, chart.target.value_text) == ("target t′", f"floor {floor:.3f}")
    assert simplex_probabilities(chart.target.x, chart.target.y) == pytest.approx(t)
    assert chart.prediction.value_text == f"+{excess:.3f}" == "+0.285"
    assert chart.reading == (
        "The lowest place is no corner: it is the smoothed target t′. "
        "Each ring is a level of excess, KL(t′ ‖ p)."
    )
    moved = simplex_chart(soft(label_smoothing=0.1, class_weights=(1.0, 3.0, 1.0)))
    assert moved.reading.startswith("Weights move the lowest place away from the smoothed target.")
    stack = stack_chart(soft(label_smoothing=0.1))
    assert stack.total_text == f"H(t′, p) = {floor + excess:.3f}"
    assert stack.reading.startswith("The floor is the entropy of t′: ")


def test_a_focal_factor_moves_it_towards_the_middle():
    chart = simplex_chart(soft(focal_gamma=2.0))
    place = simplex_probabilities(chart.lowest.x, chart.lowest.y)
    assert loss(T, place, 2) == pytest.approx(lowest_loss(np.array(T), 2), abs=1e-9)
    assert place.max() < 0.7
    assert chart.lowest.value_text == f"floor {loss(T, place, 2):.3f}"
    assert chart.prediction.value_text == f"+{loss(T, P, 2) - loss(T, place, 2):.3f}"
    assert chart.reading.startswith("The focal factor moves the lowest place away from the target.")


@pytest.mark.parametrize("weights", [(1.0, 3.0, 1.0), (1.0, 30.0, 1.0)])
def test_levels_are_labelled_clear_of_the_target_and_of_each_other(weights):
    chart = simplex_chart(soft([0.35, 0.27, 0.38], class_weights=weights, focal_gamma=2.0))
    places = [(label.x, label.y) for label in chart.level_labels]
    assert len(places) > 1
    for k, place in enumerate(places):
        assert math.dist(place, (chart.target.x, chart.target.y)) > 0.09
        assert all(math.dist(place, other) > 0.04 for other in places[:k])


def test_the_same_weight_for_all_leaves_it_at_the_target():
    chart = simplex_chart(soft(class_weights=(2.0, 2.0, 2.0)))
    assert chart.lowest is None
    assert chart.target.value_text == "floor 1.604"  # twice 0.8018
    assert chart.prediction.value_text == "+0.681"  # twice 0.34069


def test_a_divergence_has_the_floor_0():
    chart = simplex_chart(soft(convention=Convention.PYTORCH, call="kl_div"))
    assert (chart.target.value_text, chart.prediction.value_text) == ("floor 0", "+0.341")
    assert chart.reading.endswith("Each ring is a level of the loss, KL(t‖p).")


def test_a_class_that_weighs_nothing_may_be_ruled_out():
    chart = simplex_chart(soft(p=[0.4, 0.6, 0.0], class_weights=(1.0, 1.0, 0.0)))
    assert chart.infinite_edges == ()
    assert chart.prediction.value_text != "+∞"
    still = simplex_chart(one_hot(class_weights=(0.0, 1.0, 1.0)))
    assert [band.index for band in still.bands] == [0]
    assert still.reading == (
        "The classes of this target weigh 0: nothing in this triangle changes the loss, 0.000."
    )


@pytest.mark.parametrize("gamma", [None, 2.0])
def test_three_of_five_that_do_not_count_or_have_nothing(gamma):
    weights = (0.0, 1.0, 1.0, 1.0, 1.0)
    still = simplex_chart(one_hot([0.4, 0.2, 0.1, 0.1, 0.2], class_weights=weights, focal_gamma=gamma))
    assert len(still.bands) == 1
    nothing = simplex_chart(one_hot([0.0, 0.0, 0.0, 0.5, 0.5], focal_gamma=gamma), (0, 1, 2))
    assert nothing.prediction is None
    assert nothing.reading.startswith("The model gave these three nothing")


@pytest.mark.parametrize("gamma", [None, 2.0])
def test_rings_of_three_of_five_are_of_the_whole_loss(gamma):
    target, p = [0.5, 0.2, 0.1, 0.1, 0.1], [0.4, 0.2, 0.1, 0.1, 0.2]
    weights = (1.0, 3.0, 1.0, 2.0, 1.0)
    chart = simplex_chart(soft(target, p, class_weights=weights, focal_gamma=gamma), (0, 1, 2))
    counts = np.array(target) * weights
    least = lowest_loss(counts, gamma or 0)
    rows = 0
    for band in chart.bands[1:]:
        for point in band.points[::20]:
            shares = simplex_probabilities(*point)
            if shares.min() > 1e-6:
                whole = [*(0.7 * shares), 0.1, 0.2]
                assert loss(counts, whole, gamma or 0) - least == pytest.approx(LEVELS[band.index], abs=1e-5)
                rows += 1
    assert rows > 20


def test_two_models_have_no_common_levels_of_three_of_five_under_a_focal_factor():
    p = [0.4, 0.2, 0.1, 0.1, 0.2]
    state = pair_state([[1, 0, 0, 0, 0]], [p], [[0.5, 0.1, 0.2, 0.1, 0.1]], CLASSES)
    state = replace(state, options=replace(state.options, focal_gamma=2.0))
    value = compare_simplex(show_pair(state, MULTI), (0, 1, 4))
    assert (value.bands, value.level_labels) == ((), ())
    assert value.a is not None
    assert "A and B share none" in value.reading


@examples(25)
@given(random_shown(tasks=[MULTI, SOFT], class_counts=[3, 5], optioned=True))
def test_what_the_pill_says_is_the_loss_above_the_floor(random):
    assume(random.result.valid[random.sample])
    chart = simplex_chart(random, (0, 1, 2))
    places = [point for band in chart.bands for point in band.points]
    assert np.isfinite(places).all()
    assert chart.reading
    excess = chart.lowest or chart.target
    if excess and random.state.class_count == 3 and "10" not in excess.value_text:
        floor = float(excess.value_text.removeprefix("floor "))
        whole = float(random.result.losses[random.sample])
        text = chart.prediction.value_text.lstrip("+")
        if "10" not in text and "∞" not in text:
            assert floor + float(text.replace("−", "-")) == pytest.approx(whole, abs=1.1e-3)


def test_close_to_the_lowest_place_the_excess_keeps_its_digits():
    # Second order: half the sum of w t f'' d², which a difference of two losses loses at d = 1e-8.
    shown = soft(focal_gamma=2.0)
    place = simplex_chart(shown).lowest
    q, way = simplex_probabilities(place.x, place.y), np.array([1.0, -0.5, -0.5]) * 1e-8
    near = Model("A", InputKind.PROBABILITIES, vectors([q + way]))
    text = simplex_chart(show(replace(shown.state, models=(near,)), SOFT)).prediction.value_text
    bend = (1 - q) ** 2 / q**2 + 4 * (1 - q) / q - 2 * np.log(q)
    assert text == f"+{(T * bend * way**2).sum() / 2:.2e}".replace("e-", " × 10⁻").replace("16", "¹⁶")
