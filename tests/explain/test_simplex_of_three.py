"""The simplex of three of many classes: its levels are the whole loss, with what the others have as it is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import rel_entr

from ceviz.core import edits
from ceviz.core.corners import corners_of
from ceviz.core.document import Task, Unit, View
from ceviz.explain.compare_lenses import compare_simplex
from ceviz.explain.lenses import chosen_lens, lens_value, lenses
from ceviz.explain.simplex_chart import CORNERS, LEVELS, simplex_chart, simplex_probabilities
from ceviz.files.document_file import default_document, read_document, write_document
from tests.explain.compare_examples import pair_state, show_pair
from tests.explain.examples import random_shown, show, state_of
from tests.fuzz import examples

MULTI, SOFT = Task.MULTICLASS, Task.SOFT
FIVE = ["dog", "cat", "panda", "ball", "person"]
P = [0.4, 0.2, 0.1, 0.1, 0.2]
THREE = (0, 1, 4)


def one_hot(true=0, p=P, **options):
    return show(state_of(FIVE, [np.eye(5)[true].tolist()], [p], **options), MULTI)


def soft(target, p=P, **options):
    return show(state_of(FIVE, [target], [p], **options), SOFT)


def with_shares(p, classes, shares):
    """The whole row where three classes share what they have in `p`."""
    row = np.array(p, dtype=float)
    row[list(classes)] = row[list(classes)].sum() * np.asarray(shares)
    return row


@pytest.mark.parametrize("unit", Unit)
def test_straight_levels_are_of_the_whole_loss(unit):
    chart = simplex_chart(one_hot(unit=unit), THREE)
    log = np.log2 if unit is Unit.BITS else np.log
    # Nothing in the triangle costs less than −ln 0.8, 0.223 nats or 0.322 bits: the lowest bands are missing.
    assert [band.index for band in chart.bands] == list(range(2 if unit is Unit.BITS else 1, 10))
    for band in chart.bands[1:-1]:
        losses = [-log(with_shares(P, THREE, simplex_probabilities(*point))[0]) for point in band.points]
        assert min(losses) == pytest.approx(LEVELS[band.index - 1])
        assert max(losses) == pytest.approx(LEVELS[band.index])
    for label in chart.level_labels:
        share = simplex_probabilities(label.x, label.y)[0]
        assert -log(0.8 * share) == pytest.approx(float(label.text))
    # 0.4 of 0.8 is half the height.
    assert (chart.prediction.x, chart.prediction.y) == pytest.approx((0.5, math.sqrt(3) / 4))
    if unit is Unit.NATS:
        assert chart.reading == (
            "The other 2 classes have 0.2: even at the corner of dog the loss is 0.223. "
            "Along a level line it stays the same."
        )
        assert chart.prediction.accessible == (
            "prediction dog 0.400, cat 0.200, person 0.200, others 0.200, loss 0.916 nats"
        )


def test_rings_are_levels_of_the_whole_excess():
    target = [0.5, 0.2, 0.1, 0.1, 0.1]
    chart = simplex_chart(soft(target), (0, 1, 2))
    lowest = rel_entr(target, with_shares(P, (0, 1, 2), [5 / 8, 2 / 8, 1 / 8])).sum()
    assert chart.target.value_text == f"least +{lowest:.3f}"
    assert simplex_probabilities(chart.target.x, chart.target.y) == pytest.approx([5 / 8, 2 / 8, 1 / 8])
    rows = 0
    for band in chart.bands[1:]:
        for point in band.points:
            shares = simplex_probabilities(*point)
            if shares.min() > 1e-6:
                excess = rel_entr(target, with_shares(P, (0, 1, 2), shares)).sum()
                assert excess == pytest.approx(LEVELS[band.index], abs=1e-6)
                rows += 1
    assert rows > 500


@pytest.mark.parametrize(
    ("shown", "index", "value", "reading"),
    [
        (
            one_hot(2),
            7,  # 2.303 lies between 2 and 3
            "2.303",
            "The true class, panda, is none of these three: "
            "nothing in this triangle changes the loss, 2.303.",
        ),
        (
            soft([0, 0, 0.5, 0.5, 0]),
            6,  # 2 · 0.5 ln(0.5 / 0.1) = 1.609 lies between 1.5 and 2
            "+1.609",
            "The target gives these three nothing: nothing in this triangle changes the loss, 2.303.",
        ),
        (
            soft([0.5, 0, 0.5, 0, 0], [0.4, 0.3, 0, 0.1, 0.2]),
            9,
            "+∞",
            "The model ruled out panda, which is none of these three: the loss is infinite everywhere here.",
        ),
    ],
)
def test_where_nothing_changes_the_loss_the_triangle_has_one_colour(shown, index, value, reading):
    chart = simplex_chart(shown, THREE)
    (band,) = chart.bands
    assert (band.index, chart.prediction.value_text) == (index, value)
    assert chart.reading == reading
    assert chart.level_line is None


def test_classes_without_a_share_have_no_point():
    chart = simplex_chart(one_hot(2, [0, 0, 0.5, 0.5, 0]), THREE)
    assert chart.prediction is None
    assert chart.reading == "The model gave these three nothing, so there is nothing for them to share."


@examples(15)
@given(random_shown(tasks=[MULTI, SOFT], class_counts=[4, 5, 12]), st.permutations(range(4)))
def test_every_place_of_any_three_is_finite_and_inside(random, order):
    for chart in (simplex_chart(random, tuple(order[:3])), simplex_chart(random, tuple(order[:3]), True)):
        places = [point for band in chart.bands for point in band.points]
        places += [(point.x, point.y) for point in (chart.prediction, chart.target) if point]
        inside = np.array([simplex_probabilities(*place) @ CORNERS for place in places])
        np.testing.assert_allclose(inside, places, atol=1e-9)
        assert chart.reading


def test_two_models_share_the_levels_of_the_split():
    b = [0.5, 0.1, 0.2, 0.1, 0.1]
    value = compare_simplex(show_pair(pair_state([[1, 0, 0, 0, 0]], [P], [b], FIVE), MULTI), THREE)
    assert [band.index for band in value.bands] == list(range(10))
    assert value.a.accessible.endswith("others 0.200, loss 0.916 nats")
    # 0.8 and 0.7 of the probability are not with the others.
    assert value.reading == (
        "The levels are of what the split among these three costs; "
        "the other classes add 0.223 to A, 0.357 to B."
    )


def test_more_than_three_classes_have_the_simplex_that_is_asked_for():
    assert ("simplex:4,0,1", "Simplex") in lenses(MULTI, 5, "simplex:4,0,1")
    assert chosen_lens("simplex:4,0,1", MULTI, 5) == "simplex:4,0,1"
    assert chosen_lens("simplex:9,0", MULTI, 5) == "simplex:0,1,2"
    assert chosen_lens("simplex:4,0,1", MULTI, 3) == "simplex"
    assert chosen_lens("simplex:4,0,1", Task.MULTILABEL, 5) == "labels"
    assert chosen_lens("simplex:", MULTI, 5) == "terms"
    chart = lens_value(one_hot(), "simplex:4,0,1")
    assert [corner.name for corner in chart.corners] == ["person", "dog", "cat"]


@pytest.mark.parametrize(
    ("change", "lens", "names"),
    [
        (lambda state: edits.move_class(state, 4, 0), "simplex:0,1,2", ["person", "dog", "cat"]),
        (lambda state: edits.rename_class(state, 4, "child"), "simplex:4,0,1", ["child", "dog", "cat"]),
        (lambda state: edits.remove_class(state, MULTI, 2), "simplex:3,0,1", ["person", "dog", "cat"]),
        (lambda state: edits.remove_class(state, MULTI, 0), "simplex:3,0", ["person", "cat", "panda"]),
        (lambda state: edits.add_class(state, MULTI), "simplex:4,0,1", ["person", "dog", "cat"]),
    ],
)
def test_the_simplex_follows_its_classes(change, lens, names):
    document = default_document().with_state(MULTI, one_hot().state)
    document = document.with_view(MULTI, lens="simplex:4,0,1").with_state(MULTI, change(one_hot().state))
    assert document.views[MULTI].lens == lens
    state = document.tasks[MULTI]
    assert [state.classes[k] for k in corners_of(lens, state.class_count)] == names
    if lens != "simplex:3,0":
        back = document.with_state(MULTI, one_hot().state)
        assert back.views[MULTI].lens == "simplex:4,0,1"


def test_a_document_remembers_its_three_classes():
    document = default_document().with_state(MULTI, one_hot().state)
    document = replace(document, views={**document.views, MULTI: View(lens="simplex:4,0,1")})
    assert read_document(write_document(document)).views[MULTI].lens == "simplex:4,0,1"
