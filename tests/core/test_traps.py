"""Floors of activations that are applied twice, against closed forms and SciPy's minimiser."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize, minimize_scalar

from ceviz.core.traps import sigmoid_twice_floor, softmax_twice_floor
from tests.core.states import distributions
from tests.fuzz import examples


@pytest.mark.parametrize(("count", "floor"), [(2, None), (3, 0.551), (10, 1.461), (1000, None)])
def test_a_one_hot_target_leaves_ln_of_e_and_the_others_less_1(count, floor):
    expected = math.log(math.e + count - 1) - 1
    assert softmax_twice_floor(np.eye(count)[1]) == pytest.approx(expected, rel=1e-14)
    assert floor is None or round(expected, 3) == floor


@examples(15)
@given(st.integers(2, 5).flatmap(distributions))
def test_no_prediction_is_below_the_floor_of_a_soft_target(target):
    target = np.array(target)
    count = len(target)
    least = minimize(
        lambda p: np.logaddexp.reduce(p) - target @ p,
        np.full(count, 1 / count),
        bounds=[(0, 1)] * count,
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1},
        method="SLSQP",
        options={"ftol": 1e-13},
    )
    assert softmax_twice_floor(target) == pytest.approx(least.fun, abs=1e-7)


@examples(15)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=4))
def test_no_probability_is_below_the_floor_of_a_label(percent):
    targets = np.array(percent) / 100

    def least(t):
        def cost(p):
            return t * math.log1p(math.exp(-p)) + (1 - t) * math.log1p(math.exp(p))

        return min(cost(0), cost(1), minimize_scalar(cost, bounds=(0, 1), method="bounded").fun)

    assert sigmoid_twice_floor(targets) == pytest.approx(sum(map(least, targets)), abs=1e-9)
