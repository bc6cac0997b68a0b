"""The array functions against the same formulas with 50 digits, over all of their domain."""

from __future__ import annotations

import math

import mpmath
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core import losses
from tests.core.states import distributions

INF = math.inf
mpmath.mp.dps = 50

wide_logits = st.lists(st.floats(-1000, 1000), min_size=1, max_size=8)
logits = st.lists(st.floats(-50, 50), min_size=1, max_size=8)
temperatures = st.floats(0.05, 20)
probabilities = st.floats(0, 1)
positive = st.floats(1e-300, 1)


def close(actual, expected, rtol=1e-14, atol=1e-300):
    for value, exact in zip(np.ravel(actual).tolist(), expected, strict=True):
        assert abs(value - exact) <= atol + rtol * abs(exact), (value, mpmath.nstr(exact, 20))


def exact_softmax(row, temperature=1.0):
    powers = [mpmath.exp(mpmath.mpf(z) / mpmath.mpf(temperature)) for z in row]
    return [power / mpmath.fsum(powers) for power in powers]


def minus_t_ln(t, p):
    return mpmath.mpf(0) if t == 0 else -mpmath.mpf(t) * mpmath.log(p)


def exact_sigmoid(z, temperature=1.0):
    return 1 / (1 + mpmath.exp(-mpmath.mpf(z) / mpmath.mpf(temperature)))


@given(wide_logits, temperatures)
def test_log_softmax(row, temperature):
    expected = [mpmath.log(p) if p != 1 else mpmath.mpf(0) for p in exact_softmax(row, temperature)]
    close(losses.log_softmax(row, temperature), expected, atol=1e-48)


@given(logits, temperatures)
def test_softmax(row, temperature):
    # A probability inherits the rounding of (z - z_max) / T times that number.
    spread = (max(row) - min(row)) / temperature
    close(losses.softmax(row, temperature), exact_softmax(row, temperature), rtol=1e-15 * (4 + spread))


@given(st.integers(1, 6).flatmap(lambda k: st.tuples(distributions(k), distributions(k))))
def test_cross_entropy(rows):
    t, p = rows
    if all(share > 0 for share, target in zip(p, t, strict=True) if target > 0):
        terms = [minus_t_ln(a, b) for a, b in zip(t, p, strict=True)]
        close(losses.cross_entropy_terms(t, p), terms)
        close(losses.cross_entropy(t, p), [mpmath.fsum(terms)])
    else:
        assert losses.cross_entropy(t, p) == INF


@given(logits, temperatures, st.data())
def test_gradient_from_logits(row, temperature, data):
    t = data.draw(distributions(len(row)))
    p = exact_softmax(row, temperature)
    total = mpmath.fsum(t)
    expected = [(total * a - b) / mpmath.mpf(temperature) for a, b in zip(p, t, strict=True)]
    close(
        losses.cross_entropy_gradient_from_logits(t, row, temperature),
        expected,
        rtol=1e-14,
        atol=1e-15 / temperature,
    )


@given(st.lists(st.integers(-700, 700), min_size=2, max_size=6), st.data())
def test_gradient_of_a_one_hot_target_to_its_last_digits(row, data):
    true_class = data.draw(st.integers(0, len(row) - 1))
    t = [float(k == true_class) for k in range(len(row))]
    mpmath.mp.dps = 700
    try:
        p = exact_softmax(row)
        close(
            losses.cross_entropy_gradient_from_logits(t, row),
            [a - int(b) for a, b in zip(p, t, strict=True)],
        )
    finally:
        mpmath.mp.dps = 50


@given(probabilities, probabilities)
def test_binary_from_probabilities(t, p):
    if (t > 0 and p == 0) or (t < 1 and p == 1):
        assert losses.binary_cross_entropy_terms(t, p) == INF
    else:
        off = 0 if t == 1 else -(1 - mpmath.mpf(t)) * mpmath.log1p(-mpmath.mpf(p))
        close(losses.binary_cross_entropy_terms(t, p), [minus_t_ln(t, p) + off])


@given(probabilities, st.floats(-1000, 1000), temperatures)
def test_binary_from_logits(t, z, temperature):
    scaled = mpmath.mpf(z) / mpmath.mpf(temperature)
    expected = mpmath.mpf(t) * mpmath.log1p(mpmath.exp(-scaled)) + (1 - mpmath.mpf(t)) * mpmath.log1p(
        mpmath.exp(scaled)
    )
    # exp(-z / T) inherits the rounding of z / T.
    rtol = 1e-15 * (8 + abs(z) / temperature if abs(z) / temperature < 745 else 8)
    close(losses.binary_cross_entropy_terms_from_logits(t, z, temperature), [expected], rtol=rtol)


@given(probabilities, st.floats(-40, 40), temperatures)
def test_binary_gradient_from_logits(t, z, temperature):
    expected = (exact_sigmoid(z, temperature) - mpmath.mpf(t)) / mpmath.mpf(temperature)
    gradient = losses.binary_cross_entropy_gradient_from_logits(t, z, temperature)
    close(gradient, [expected], rtol=1e-14, atol=1e-15 / temperature)


@given(st.sampled_from([0.0, 1.0]), st.integers(-700, 700))
def test_binary_gradient_to_its_last_digits(t, z):
    mpmath.mp.dps = 700
    try:
        close(
            losses.binary_cross_entropy_gradient_from_logits(t, z),
            [exact_sigmoid(z) - mpmath.mpf(t)],
            rtol=1e-15,
        )
    finally:
        mpmath.mp.dps = 50


@given(probabilities, st.floats(1e-300, 1, exclude_max=True))
def test_binary_gradient_from_probabilities(t, p):
    expected = (mpmath.mpf(p) - mpmath.mpf(t)) / (mpmath.mpf(p) * (1 - mpmath.mpf(p)))
    close(losses.binary_cross_entropy_gradient(t, p), [expected])


@given(positive, positive)
def test_divergence_terms(t, p):
    expected = -mpmath.mpf(t) * mpmath.log(mpmath.mpf(p) / mpmath.mpf(t))
    close(losses.kl_divergence_terms(t, p), [expected], atol=5e-324)


@given(st.floats(1e-3, 1), st.floats(-1e-6, 1e-6))
def test_divergence_terms_of_near_numbers(t, change):
    p = t * (1 + change)
    expected = -mpmath.mpf(t) * mpmath.log(mpmath.mpf(p) / mpmath.mpf(t))
    close(losses.kl_divergence_terms(t, p), [expected])


@given(wide_logits.filter(lambda row: len(row) > 1), st.data())
def test_divergence_from_logits(row, data):
    t = data.draw(distributions(len(row)))
    p = exact_softmax(row)
    expected = mpmath.fsum(
        mpmath.mpf(a) * (mpmath.log(mpmath.mpf(a)) - mpmath.log(b))
        for a, b in zip(t, p, strict=True)
        if a > 0
    )
    close(losses.kl_divergence_from_logits(t, row), [expected], rtol=1e-14, atol=3e-15)


@given(st.integers(1, 8).flatmap(distributions))
def test_entropy(row):
    close(losses.entropy(row), [mpmath.fsum(minus_t_ln(t, t) for t in row)])


def test_a_thousand_classes():
    row = np.random.default_rng(5).normal(size=1000) * 5
    t = np.random.default_rng(6).dirichlet(np.ones(1000))
    p = exact_softmax(row.tolist())
    terms = [minus_t_ln(a, b) for a, b in zip(t.tolist(), p, strict=True)]
    close(losses.cross_entropy_from_logits(t, row), [mpmath.fsum(terms)])
    close(losses.cross_entropy_terms_from_logits(t, row), terms)
