"""The definition with smoothing, weights and the focal factor against the same formulas in 50 digits."""

from dataclasses import replace

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core.document import InputKind, LossOptions, Precision, Task
from ceviz.core.evaluation import evaluate
from tests.core.states import state_of
from tests.fuzz import examples

FOCAL = st.sampled_from([None, 0.5, 2.0])
NUMBERS = {
    InputKind.PROBABILITIES: st.floats(1e-6, 1 - 1e-6),
    InputKind.LOGITS: st.floats(-20, 20),
}


def term_of(task, k, target, x, kind, options):
    """The loss of class k in 50 digits, of plain numbers or of mpmath's."""
    x = [mp.mpf(value) for value in x]
    if kind is InputKind.LOGITS and task.competing:
        p = mp.exp(x[k]) / mp.fsum(mp.exp(value) for value in x)
    else:
        p = 1 / (1 + mp.exp(-x[k])) if kind is InputKind.LOGITS else x[k]
    s, gamma = mp.mpf(options.label_smoothing), options.focal_gamma or 0
    t = mp.mpf(target[k]) * (1 - s) + s / (len(target) if task.competing else 2)
    weight, alpha = mp.mpf(options.class_weights[k]), options.focal_alpha
    on = -t * (1 - p) ** gamma * mp.log(p)
    if task.competing:
        return weight * (1 if alpha is None else mp.mpf(alpha)) * on
    off = -(1 - t) * p**gamma * mp.log(1 - p)
    a, b = (1, 1) if alpha is None else (mp.mpf(alpha), 1 - mp.mpf(alpha))
    return weight * (a * mp.mpf(options.pos_weight[k]) * on + b * off)


@examples(80)
@given(st.sampled_from([Task.SOFT, Task.MULTILABEL]), st.sampled_from(InputKind), FOCAL, st.data())
def test_terms_and_gradients(task, kind, gamma, data):
    draw = data.draw
    x = draw(st.lists(NUMBERS[kind], min_size=3, max_size=3))
    if task.competing and kind is InputKind.PROBABILITIES:
        x = [value / sum(x) for value in x]
    target = draw(st.sampled_from([[1.0, 0.0, 0.0], [0.5, 0.25, 0.25], [0.0, 0.0, 1.0]]))
    options = LossOptions(
        label_smoothing=draw(st.sampled_from([0.0, 0.1])),
        class_weights=(2.0, 0.0, 0.5),
        pos_weight=None if task.competing else (3.0, 1.0, 0.25),
        focal_gamma=gamma,
        focal_alpha=draw(st.sampled_from([None, 0.25])),
    )
    result = evaluate(replace(state_of([target], [x], kind=kind), options=options), task).models[0]
    with mp.workdps(50):
        terms = [float(term_of(task, k, target, x, kind, options)) for k in range(3)]
        slopes = [
            float(
                mp.diff(
                    lambda value, j=j: mp.fsum(
                        term_of(task, k, target, [*x[:j], value, *x[j + 1 :]], kind, options)
                        for k in range(3)
                    ),
                    mp.mpf(x[j]),
                )
            )
            for j in range(3)
        ]
    np.testing.assert_allclose(result.terms[0], terms, rtol=1e-13)
    scale = max(1.0, np.abs(slopes).max())
    np.testing.assert_allclose(result.gradients[0], slopes, rtol=1e-11, atol=1e-13 * scale)
    assert result.losses[0] == pytest.approx(sum(terms), rel=1e-13)


def test_a_weight_of_0_takes_away_even_an_infinite_term():
    options = LossOptions(class_weights=(0.0, 1.0), label_smoothing=0.5)
    result = evaluate(replace(state_of([[1, 0]], [[0.0, 1.0]]), options=options), Task.MULTICLASS).models[0]
    assert result.terms.tolist() == [[0.0, 0.0]]
    assert result.loss == 0.0


def test_smoothing_moves_the_floor():
    options = LossOptions(label_smoothing=0.3)
    state = replace(state_of([[1, 0, 0]], [[0.8, 0.1, 0.1]]), options=options)
    evaluation = evaluate(state, Task.MULTICLASS)
    result = evaluation.models[0]
    assert result.kl[0] == pytest.approx(0.0, abs=1e-15)
    assert result.losses[0] == pytest.approx(evaluation.entropy[0], rel=1e-14)
    assert evaluation.exact is None


def test_single_precision_rounds_inputs_and_results():
    options = LossOptions(precision=Precision.FLOAT32)
    evaluation = evaluate(replace(state_of([[1.0]], [[0.1]]), options=options), Task.BINARY)
    expected = np.float32(-np.log(np.float64(np.float32(0.1))))
    assert evaluation.models[0].loss == float(expected) != evaluation.exact.models[0].loss
