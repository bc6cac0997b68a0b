from dataclasses import replace

import pytest

from ceviz.core.document import Reduction, Task
from ceviz.explain.parts import elided
from ceviz.explain.sentences import (
    batch_remarks,
    curve_title,
    sample_heading,
    sum_check,
    votes,
)
from tests.explain.examples import show, shown, state_of

INF = float("inf")
MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL


@pytest.mark.parametrize(
    ("shown_sample", "heading"),
    [
        (shown(MULTI), ("An image of a dog", "so the target is 1 for dog, 0 for the rest")),
        (shown(SOFT), ("A blurry photo", "7 said dog, 2 cat, 1 panda")),
        (shown(SOFT, 1), ("dog or cat, a coin toss", "the target is 0.5 dog, 0.5 cat")),
        (shown(BINARY), ("Is it a dog?", "")),
        (shown(LABELS), ("What is in the picture?", "five yes/no questions at once")),
        (
            shown(MULTI, logits=[2, 1, 0.1]),
            ("An image of a dog", "logits in, softmax makes them probabilities"),
        ),
        (shown(MULTI, target=[1, 1, 0]), ("An image of a dog", "the target names no single class")),
        (
            show(state_of(list("abcdef"), [[0.3, 0.3, 0.1, 0.1, 0.1, 0.1]], [[1 / 6] * 6], [""]), SOFT),
            ("Sample 1", "the target is 0.3 a, 0.3 b, 0.1 c, 0.1 d, 2 more"),
        ),
    ],
)
def test_headings(shown_sample, heading):
    assert sample_heading(shown_sample) == heading


@pytest.mark.parametrize(
    ("name", "subtitle"),
    [
        ("An image of a cat", "so the target is 1 for cat, 0 for the rest"),
        ("Cat, asleep", "so the target is 1 for cat, 0 for the rest"),
        ("An image of a dog", "the target is 1 for cat, 0 for the rest"),
        ("A category of its own", "the target is 1 for cat, 0 for the rest"),
        ("", "the target is 1 for cat, 0 for the rest"),
    ],
)
def test_so_follows_only_from_a_name_that_says_it(name, subtitle):
    state = state_of(["dog", "cat"], [[0, 1]], [[0.5, 0.5]], [name])
    assert sample_heading(show(state, MULTI))[1] == subtitle


LONG = "golden retriever that carries a newspaper through the garden"  # 60 letters
BRIEF = "golden retri…the garden"


@pytest.mark.parametrize(
    ("task", "target", "heading"),
    [
        (MULTI, [1, 0], (f"A {LONG}", f"so the target is 1 for {BRIEF}, 0 for the rest")),
        (SOFT, [0.75, 0.25], (f"A {LONG}", f"the target is 0.75 {BRIEF}, 0.25 cat")),
    ],
)
def test_a_long_name_of_a_class_is_elided_in_headings(task, target, heading):
    state = state_of([LONG, "cat"], [target], [[0.5, 0.5]], [f"A {LONG}"])
    assert sample_heading(show(state, task)) == heading


def test_a_long_name_of_a_class_is_elided_in_questions_and_faults():
    assert sample_heading(show(state_of([LONG], [[1]], [[0.5]]), BINARY))[0] == f"Is it “{BRIEF}”?"
    negative = show(state_of([LONG, "cat"], [[1, 0]], [[-0.5, 1]]), MULTI)
    assert sum_check(negative)[0] == f"{BRIEF} is negative"


def test_votes_are_only_told_of_samples_that_people_were_asked_about():
    assert votes(shown(SOFT)) == (7, 2, 1)
    assert votes(shown(SOFT, 1)) is None  # "a coin toss"
    assert votes(shown(SOFT, target=[0.75, 0.2, 0.05])) is None


@pytest.mark.parametrize(
    ("shown_sample", "check"),
    [
        (shown(MULTI), ("a distribution", False, False)),
        (shown(SOFT), ("both distributions", False, False)),
        (shown(BINARY), ("1 − p follows p", False, False)),
        (shown(LABELS), ("need not be 1", False, False)),
        (shown(MULTI, logits=[1, 2, 3]), ("softmax", False, False)),
        (shown(LABELS, logits=[1, 2, 3, 4, 5]), ("sigmoid", False, False)),
        (shown(MULTI, prediction=[0.25, 0.53, 0.15]), ("not 1", True, True)),
        (shown(MULTI, prediction=[0.6, -0.1, 0.5]), ("cat is negative", True, False)),
        (shown(BINARY, prediction=[1.3]), ("p lies between 0 and 1", True, False)),
        (shown(SOFT, target=[0.5, 0.2, 0]), ("target: not 1", True, True)),
        (shown(MULTI, target=[1, 1, 0]), ("target: choose one class", True, False)),
        (shown(BINARY, target=[-1]), ("the target of dog is negative", True, False)),
    ],
)
def test_sum_check(shown_sample, check):
    assert sum_check(shown_sample) == check


def test_batch_remark_of_the_picture():
    state = shown(MULTI, 4, prediction=[0.3, 0.7, 0]).state
    rows = state.models[0].predictions.copy()
    rows[3] = [0.25, 0.53, 0.15]
    # -(ln 0.4 + ln 0.8 + ln 0.9) / 3 = 0.415
    remarks = batch_remarks(show(replace(state, models=(replace(state.models[0], predictions=rows),)), MULTI))
    assert remarks == (
        "one infinite sample is enough; 1 row left out. Without them: 0.415 over 3 samples",
        "0.415 over the 3 samples that are finite; 1 infinite, 1 left out",
        "0.415 without 1 infinite, 1 left out",
        "0.415 of the finite",
    )


@pytest.mark.parametrize(
    ("predictions", "longest", "shortest"),
    [
        ([[0, 1], [0, 1]], "2 samples are infinite; no other has a loss", "2 infinite"),
        (
            [[0, 1], [0.5, 0.4]],
            "one infinite sample is enough; 1 row left out; no other has a loss",
            "1 infinite, 1 left out",
        ),
        (
            [[0, 1], [0.5, 0.5], [0.5, 0.5]],
            "one infinite sample is enough. Without it: 0.693 over 2 samples",
            "0.693 of the finite",
        ),
        (
            [[0, 1], [0, 1], [0.5, 0.5]],
            "2 samples are infinite. Without them: 0.693 over 1 sample",
            "0.693 of the finite",
        ),
        (
            [[0, 1], [0, 1], [0.5, 0.5], [0.5, 0.4], [2, 0.4]],
            "2 samples are infinite; 2 rows left out. Without them: 0.693 over 1 sample",
            "0.693 of the finite",
        ),
        ([[0.5, 0.5], [0.5, 0.4]], "sample 2 left out until fixed", "1 left out"),
        ([[0.5, 0.6], [0.5, 0.4]], "2 samples left out until fixed", "2 left out"),
    ],
)
def test_batch_remarks(predictions, longest, shortest):
    state = state_of(["a", "b"], [[1, 0]] * len(predictions), predictions)
    remarks = batch_remarks(show(state, MULTI))
    assert (remarks[0], remarks[-1]) == (longest, shortest)
    assert list(remarks) == sorted(remarks, key=len, reverse=True)


def test_a_batch_that_hides_nothing_has_no_remark():
    assert batch_remarks(show(state_of(["a", "b"], [[1, 0]], [[0.5, 0.5]]), MULTI)) == ()


@pytest.mark.parametrize(
    ("reduction", "remark"),
    [
        (Reduction.SUM, "the sum is the loss of the batch"),
        (Reduction.NONE, "not reduced: every sample keeps its loss"),
    ],
)
def test_the_foot_says_which_total_is_the_loss(reduction, remark):
    state = state_of(["a", "b"], [[1, 0]], [[0.5, 0.5]])
    state = replace(state, options=replace(state.options, reduction=reduction))
    assert batch_remarks(show(state, MULTI))[0] == remark


def test_titles_of_the_pictures():
    assert [curve_title(task) for task in Task] == [
        "Loss against the true class’s probability",
        "One curve per class, scaled by its target",
        "Two mirrored curves; the target picks one",
        "One small binary loss per label",
    ]


def test_a_name_from_right_to_left_does_not_reorder_the_numbers_beside_it():
    state = state_of(["كلب", "cat"], [[0.25, 0.75]], [[0.4, 0.6]])
    # U+2068 and U+2069: an isolate.
    assert sample_heading(show(state, SOFT))[1] == "the target is 0.75 cat, 0.25 \u2068كلب\u2069"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("sixteen letters!", "sixteen letters!"),
        ("seventeen letters", "seventee…letters"),
        # Each as wide as two letters.
        ("大熊猫在竹林里吃", "大熊猫在竹林里吃"),
        ("大熊猫在竹林里吃竹子", "大熊猫在…吃竹子"),
    ],
)
def test_a_long_name_loses_its_middle(name, short):
    assert elided(name) == short
