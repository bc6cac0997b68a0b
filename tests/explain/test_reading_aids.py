"""A loss in other words: perplexity, odds, the other unit. Numbers by hand or by mpmath."""

import math
import re

import pytest
from hypothesis import given

from ceviz.core.document import Convention, Task, Unit
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.headline import headline
from tests.explain.compare_examples import pair_state, pictured, show_pair
from tests.explain.examples import random_shown, show, state_of
from tests.explain.reading import mp, value_of
from tests.fuzz import examples

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL


def aids(task, target, prediction, **options):
    names = ["dog", "cat", "panda"][: len(target)]
    return headline(show(state_of(names, [target], [prediction], **options), task)).aids


@pytest.mark.parametrize(
    ("task", "target", "prediction", "pieces"),
    [
        # 1 / 0.4 = 2.5, 0.6 : 0.4 = 3 : 2, log2 2.5 = 1.32193
        (
            MULTI,
            [1, 0, 0],
            [0.4, 0.3, 0.3],
            "as unsure as 2.5 equal classes · odds 3 to 2 against · 1.322 bits",
        ),
        (
            MULTI,
            [1, 0, 0],
            [0.37, 0.33, 0.3],
            "as unsure as ≈ 2.7 equal classes · odds ≈ 1.7 to 1 against · 1.434 bits",
        ),
        (MULTI, [1, 0, 0], [0.999, 0.001, 0], "perplexity ≈ 1 · odds 999 to 1 on · 0.001 bits"),
        (MULTI, [1, 0, 0], [1, 0, 0], "perplexity 1 · the true class is certain · 0.000 bits"),
        (MULTI, [1, 0, 0], [0, 0.5, 0.5], "perplexity ∞ · the true class is ruled out · ∞ bits"),
        (
            MULTI,
            [0, 1, 0],
            [0.9995, 0.00025, 0.00025],
            "as unsure as 4,000 equal classes · odds 3,999 to 1 against · 11.966 bits",
        ),
        # 2^(0.5 * 1 + 0.25 * 2 + 0.25 * 2) = 2^1.5 = 2.828
        (SOFT, [0.5, 0.25, 0.25], [0.5, 0.25, 0.25], "as unsure as ≈ 2.83 equal classes · 1.500 bits"),
        (BINARY, [1], [0.75], "as unsure as ≈ 1.33 equal answers · odds 3 to 1 on · 0.415 bits"),
        (BINARY, [0], [0.75], "as unsure as 4 equal answers · odds 3 to 1 against · 2.000 bits"),
        (BINARY, [1], [0.5], "as unsure as 2 equal answers · odds 1 to 1 · 1.000 bits"),
        (BINARY, [0.5], [0.75], "as unsure as ≈ 2.31 equal answers · odds 3 to 1 on · 1.208 bits"),
        (LABELS, [1, 0, 1], [0.5, 0.75, 0.25], "as unsure as 32 equal label sets · 5.000 bits"),
    ],
)
def test_the_line(task, target, prediction, pieces):
    assert " · ".join(aids(task, target, prediction).pieces) == pieces


def test_in_bits_the_nats_stand_beside_it():
    found = aids(MULTI, [1, 0, 0], [0.4, 0.3, 0.3], unit=Unit.BITS)
    assert found.pieces == ("as unsure as 2.5 equal classes", "odds 3 to 2 against", "0.916 nats")


def test_all_of_it_in_sentences():
    assert " ".join(aids(MULTI, [1, 0, 0], [0.4, 0.3, 0.3]).sentences) == (
        "Perplexity 2.5: as unsure as choosing among 2.5 equal classes. "
        "The odds of the true class: 3 to 2 against. In bits: 1.322."
    )
    # The floor is that of 1/2, 1/4, 1/4: 2^1.5; of p = 1/4, 1/4, 1/2 the cross-entropy is 2^1.75 = 3.364.
    assert " ".join(aids(SOFT, [0.5, 0.25, 0.25], [0.25, 0.25, 0.5]).sentences) == (
        "Perplexity ≈ 3.36: as unsure as choosing among ≈ 3.36 equal classes; "
        "the target itself has ≈ 2.83, and no prediction has less. In bits: 1.750."
    )
    # Of 32 sets of 3 labels: the cube root, 3.17.
    assert "32 equal label sets, ≈ 3.17 a label." in " ".join(
        aids(LABELS, [1, 0, 1], [0.5, 0.75, 0.25]).sentences
    )
    assert "The odds of dog: 3 to 1 on." in " ".join(aids(BINARY, [0.5], [0.75]).sentences)


def test_more_than_any_float_holds():
    # e^1000 = 1.97007 * 10^434; the softmax adds two of three logits: 3.94 * 10^434.
    found = aids(MULTI, [1, 0, 0], [-1000.0, 0, 0], input="logits")
    assert found.pieces[:2] == (
        "as unsure as ≈ 3.94 × 10⁴³⁴ equal classes",
        "odds ≈ 3.94 × 10⁴³⁴ to 1 against",
    )
    # e^50 = 5.18471 * 10^21, e^40 = 2.35385 * 10^17
    assert aids(BINARY, [1], [-40.0], input="logits").pieces[1] == "odds ≈ 2.35 × 10¹⁷ to 1 against"
    assert aids(BINARY, [1], [50.0], input="logits").pieces[1] == "odds ≈ 5.18 × 10²¹ to 1 on"


def test_a_loss_that_is_no_cross_entropy_has_no_perplexity():
    assert aids(MULTI, [1, 0, 0], [0.4, 0.3, 0.3], class_weights=(2.0, 1.0, 1.0)).pieces == ("2.644 bits",)
    # A quarter of -log2 0.4 = 1.322.
    assert aids(MULTI, [1, 0, 0], [0.4, 0.3, 0.3], focal_alpha=0.25).pieces == ("0.330 bits",)
    # Keras clips at 1e-7: -log2 1e-7 = 23.253.
    assert aids(MULTI, [1, 0, 0], [0, 0.5, 0.5], convention=Convention.KERAS).pieces == ("23.253 bits",)
    unclipped = aids(MULTI, [1, 0, 0], [0.4, 0.3, 0.3], convention=Convention.KERAS)
    assert unclipped == aids(MULTI, [1, 0, 0], [0.4, 0.3, 0.3])


def test_an_invalid_row_has_no_other_words_not_even_while_the_last_valid_one_is_shown():
    valid = show(state_of(["dog", "cat"], [[1, 0]], [[0.4, 0.6]]), MULTI)
    invalid = show(state_of(["dog", "cat"], [[1, 0]], [[0.4, 0.2]]), MULTI)
    for line in (headline(invalid), headline(invalid, valid)):
        assert line.stale
        assert (line.aids.pieces, line.aids.sentences) == ((), ())


def test_two_models():
    # Of the shipped example: A's mean is 0.94211, B's 0.68629; e to their powers 2.565 and 1.986.
    found = compare_headline(pictured()).aids
    assert found.pieces == ("perplexity A ≈ 2.57, B ≈ 1.99", "0.369 bits")
    assert " ".join(found.sentences) == (
        "Perplexity of the mean: A ≈ 2.57, B ≈ 1.99. "
        "The same as a probability, the geometric mean: A 0.390, B 0.503. In bits: 0.369."
    )
    labels = show_pair(pair_state([[1, 0]], [[0.5, 0.5]], [[0.5, 1]]), LABELS)
    assert compare_headline(labels).aids.pieces == ("perplexity a label A 2, B ∞", "∞ bits")


@examples(60)
@given(random_shown())
def test_what_is_read_is_e_to_the_power_of_the_loss(shown):
    found = headline(shown).aids
    loss = float(shown.result.losses[shown.sample])
    assert (found.pieces == ()) == math.isnan(loss)
    if not found.pieces:
        return
    assert not re.search(r"nan|inf\b|None|  ", f"{found.pieces} {found.sentences}")
    text = re.search(r"(?:perplexity|unsure as) (?:≈ )?([^ ]+(?: × 10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)", found.pieces[0])[1]
    if text == "∞":
        assert loss == math.inf
    elif not text.startswith("exp("):
        exact = mp.e ** (max(mp.mpf(loss), 0) * (mp.log(2) if shown.evaluation.unit is Unit.BITS else 1))
        read = value_of(text.replace(",", ""))
        assert abs(read - exact) <= max(mp.mpf("0.00500001"), mp.mpf("0.0050001") * exact)
        assert ("≈" in found.pieces[0]) or abs(read - exact) <= mp.mpf("1e-8") * exact
