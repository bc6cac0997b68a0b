"""Loss up while accuracy is up: who is named, and whether it is so. ln 2 = 0.6931, ln 0.8 = −0.2231."""

import math
import re

import numpy as np
import pytest
from hypothesis import given

from ceviz.core.document import Task
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.spans import plain_text
from tests.explain.compare_examples import pair_state, random_pair, show_pair, weighing
from tests.fuzz import examples

MULTI, BINARY, LABELS = Task.MULTICLASS, Task.BINARY, Task.MULTILABEL


def binary(a, b, weights=None, ignored=()):
    """Binary samples that are all true, by the p of each model."""
    state = pair_state([[1]] * len(a), [[p] for p in a], [[p] for p in b], ["dog"])
    return show_pair(weighing(state, weights or [1.0] * len(a), ignored), BINARY)


def said(shown):
    return plain_text(compare_headline(shown).short_remark)


def named(shown):
    return [span.sample for span in compare_headline(shown).remark if span.sample is not None]


def test_one_sample_that_explains_it_alone():
    # B: 3 right; on sample 4 it gives 0.04 where A gave 0.4: ln 10 = 2.303.
    shown = binary([0.4, 0.4, 0.6, 0.4], [0.6, 0.6, 0.6, 0.04])
    assert said(shown) == (
        "B is right more often (3 of 4 against 1) and still costs more: 2.303 more on sample 4 alone."
    )
    assert named(shown) == [3]
    # The two gains are ln 1.5 each: 2.303 - 2 * 0.405 = 1.492 over 4 samples.
    assert compare_headline(shown).number_text == "0.373"


def test_the_other_way_round():
    shown = binary([0.6, 0.6, 0.6, 0.04], [0.4, 0.4, 0.6, 0.4])
    assert said(shown).startswith(
        "A is right more often (3 of 4 against 1) and still costs more: 2.303 more on"
    )


def test_several_samples_the_costliest_first():
    # B gains ln 1.5 three times (1.216) and pays ln 2 and ln 4: only both outweigh that.
    shown = binary([0.4, 0.4, 0.4, 0.4, 0.4], [0.9, 0.9, 0.9, 0.2, 0.1])
    # Three gains of ln 2.25 = 0.811 make 2.433 against 2.079: B costs less, and nothing is amiss.
    assert "still costs more" not in said(shown)
    shown = binary([0.4] * 5, [0.6, 0.6, 0.6, 0.2, 0.1])
    assert said(shown).endswith("still costs more: 1.386 more on sample 5 alone.")  # 1.386 > 2.079 - 1.216
    shown = binary([0.45] * 7, [0.51] * 4 + [0.15] * 3)
    # Four gains of ln(0.51 / 0.45) make 0.501: only all three of ln 3 = 1.099 explain the rest, 2.795.
    assert said(shown).endswith("1.099 more on sample 5, 1.099 on sample 6 and 1.099 on sample 7.")
    assert named(shown) == [4, 5, 6]


def test_more_than_three_are_only_the_most_of_it():
    shown = binary([0.45] * 9, [0.51] * 5 + [0.15] * 4)
    assert said(shown).endswith(
        "still costs more: most of all 1.099 more on sample 6, 1.099 on sample 7 and 1.099 on sample 8."
    )


def test_weights_choose_the_sample_and_not_its_number():
    # Sample 3 costs ln 2, weighed 10 times; sample 4 costs ln 3 once.
    shown = binary([0.45] * 4, [0.55, 0.55, 0.225, 0.15], [1.0, 1.0, 10.0, 1.0])
    assert named(shown)[0] == 2
    # Right on 2 of 4 against none, whatever they weigh.
    assert "(2 of 4 against 0) and still costs more: 0.693 more on sample 3" in said(shown)


def test_an_ignored_sample_is_not_responsible():
    shown = binary([0.4, 0.4, 0.4, 0.4], [0.6, 0.6, 0.04, 0.01], ignored=(3,))
    assert said(shown).endswith("(2 of 3 against 0) and still costs more: 2.303 more on sample 3 alone.")


@pytest.mark.parametrize(
    ("ruled_out", "said_of_it"),
    [
        (1, "it pays ∞ on sample 4."),
        (2, "it pays ∞ on sample 4 and sample 5."),
        (4, "it pays ∞ on four samples."),
    ],
)
def test_an_infinite_mean(ruled_out, said_of_it):
    shown = binary([0.4] * (3 + ruled_out), [0.6] * 3 + [0.0] * ruled_out)
    count = 3 + ruled_out
    assert said(shown) == (
        f"B is right more often (3 of {count} against 0) and its mean is still infinite: {said_of_it}"
    )
    assert "Without" in plain_text(compare_headline(shown).remark)


def test_labels_are_counted_and_samples_named():
    targets = [[1, 1], [1, 1]]
    shown = show_pair(pair_state(targets, [[0.4, 0.4], [0.6, 0.6]], [[0.6, 0.6], [0.01, 0.9]]), LABELS)
    # ln(0.36 / 0.009) = 3.689
    assert said(shown) == (
        "B is right more often (3 of 4 labels against 2) and still costs more: 3.689 more on sample 2 alone."
    )


@examples(60)
@given(random_pair((MULTI, BINARY)))
def test_what_is_said_is_so(shown):
    text = said(shown)
    if "right more often" not in text:
        return
    model = "AB".index(text[0])
    results = shown.evaluation.models
    right, total, other = map(int, re.search(r"\((\d+) of (\d+) against (\d+)\)", text).groups())
    samples = shown.state.samples
    counts = [
        n
        for n, sample in enumerate(samples)
        if sample.weight and not sample.ignored and all(result.valid[n] for result in results)
    ]
    assert (right, other, total) == (
        *(sum(int(results[m].correct[n]) for n in counts) for m in (model, 1 - model)),
        len(counts),
    )
    assert right > other
    weights = np.array([samples[n].weight for n in counts])
    paid, less = (results[m].losses[counts] for m in (model, 1 - model))
    assert weights @ paid > weights @ less
    names = named(shown)
    if names and math.isfinite(weights @ paid):
        added = dict(zip(counts, weights * (paid - less), strict=True))
        rest = sum(added.values()) - sum(added[n] for n in names)
        tolerance = 1e-9 * max(1.0, abs(weights) @ abs(paid))
        assert ("most of all" in text) == (rest > tolerance) or abs(rest) <= tolerance
        assert min(added[n] for n in names) >= max([added[n] for n in counts if n not in names], default=0.0)
