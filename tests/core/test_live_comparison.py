"""The rules against scikit-learn and SciPy as they are installed, on random inputs."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from sklearn.metrics import log_loss

from ceviz.core import losses
from ceviz.core.document import Convention, InputKind, LossOptions, Precision, Task
from ceviz.core.evaluation import evaluate
from tests.core.states import distributions, state_of
from tests.fuzz import examples

ROWS = st.lists(distributions(3), min_size=1, max_size=4)


def mean_of(task, targets, predictions, precision, weights=None):
    options = LossOptions(convention=Convention.SKLEARN, precision=precision)
    state = replace(state_of(targets, predictions, weights=weights), options=options)
    return evaluate(state, task).models[0].mean


def answer(*arguments, **options):
    with warnings.catch_warnings():
        # Of rows that do not sum to 1 it only warns.
        warnings.simplefilter("ignore")
        return log_loss(*arguments, **options)


@examples(60)
@given(ROWS, st.sampled_from(Precision), st.data())
def test_log_loss_of_classes(rows, precision, data):
    classes = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=len(rows), max_size=len(rows)))
    expected = answer(classes, np.array(rows, precision), labels=[0, 1, 2], sample_weight=weights)
    mean = mean_of(Task.MULTICLASS, np.eye(3)[classes], rows, precision, weights)
    assert mean == pytest.approx(expected, rel=1e-12 if precision is Precision.FLOAT64 else 1e-5)


@examples(60)
@given(
    st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=5), st.sampled_from(Precision)
)
def test_log_loss_of_yes_and_no(pairs, precision):
    targets, p = zip(*pairs, strict=True)
    expected = answer(targets, np.array(p, precision), labels=[False, True])
    mean = mean_of(Task.BINARY, np.array(targets)[:, None], np.array(p)[:, None], precision)
    assert mean == pytest.approx(expected, rel=1e-12 if precision is Precision.FLOAT64 else 1e-5)


@examples(60)
@given(ROWS, ROWS)
def test_entropy_and_divergence(targets, predictions):
    count = min(len(targets), len(predictions))
    t, p = np.array(targets[:count]), np.array(predictions[:count])
    np.testing.assert_allclose(losses.entropy(t), stats.entropy(t, axis=1), rtol=1e-12, atol=1e-15)
    expected = special.rel_entr(t, p).sum(axis=1)
    np.testing.assert_allclose(losses.kl_divergence(t, p), expected, rtol=1e-9, atol=1e-15)


@examples(60)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=5), st.floats(0.1, 10))
def test_softmax(logits, temperature):
    state = state_of(np.eye(len(logits))[:1], [logits], kind=InputKind.LOGITS, temperature=temperature)
    result = evaluate(state, Task.MULTICLASS).models[0]
    expected = special.softmax(np.array(logits) / temperature)
    np.testing.assert_allclose(result.probabilities[0], expected, rtol=1e-12)
