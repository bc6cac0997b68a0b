"""The array functions against SciPy, scikit-learn, finite differences and the rules at the edges."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import log_loss

from ceviz.core import losses
from tests.core.states import distributions

INF, NAN = math.inf, math.nan

logits = st.lists(st.floats(-50, 50), min_size=1, max_size=8)
probabilities = st.floats(0, 1)


class TestAgainstLibraries:
    z = np.random.default_rng(1).normal(size=(20, 7)) * 6
    t = np.random.default_rng(2).dirichlet(np.ones(7), size=20)
    p = scipy.special.softmax(np.random.default_rng(3).normal(size=(20, 7)), axis=1)

    def test_softmax(self):
        np.testing.assert_allclose(losses.softmax(self.z), scipy.special.softmax(self.z, axis=1), rtol=1e-14)

    def test_log_softmax(self):
        expected = scipy.special.log_softmax(self.z, axis=-1)
        # SciPy's own last digits go where p is near 1: absolute there.
        np.testing.assert_allclose(losses.log_softmax(self.z), expected, rtol=1e-14, atol=4e-16)

    def test_sigmoid(self):
        np.testing.assert_allclose(losses.sigmoid(self.z), scipy.special.expit(self.z), rtol=1e-14)
        np.testing.assert_allclose(losses.log_sigmoid(self.z), scipy.special.log_expit(self.z), rtol=1e-14)
        np.testing.assert_allclose(losses.sigmoid(self.z, 3), scipy.special.expit(self.z / 3), rtol=1e-14)

    def test_cross_entropy_terms(self):
        expected = -scipy.special.xlogy(self.t, self.p)
        np.testing.assert_allclose(losses.cross_entropy_terms(self.t, self.p), expected, rtol=1e-14)

    def test_binary_terms(self):
        labels = (self.t > 0.1).astype(float)
        expected = -scipy.special.xlogy(labels, self.p) - scipy.special.xlog1py(1 - labels, -self.p)
        np.testing.assert_allclose(losses.binary_cross_entropy_terms(labels, self.p), expected, rtol=1e-14)
        total = losses.multilabel_cross_entropy(labels, self.p)
        np.testing.assert_allclose(total, expected.sum(axis=1), rtol=1e-14)

    def test_entropy_and_divergence(self):
        entropy = scipy.special.entr(self.t).sum(axis=1)
        divergence = scipy.special.rel_entr(self.t, self.p).sum(axis=1)
        np.testing.assert_allclose(losses.entropy(self.t), entropy, rtol=1e-14)
        np.testing.assert_allclose(losses.kl_divergence(self.t, self.p), divergence, rtol=1e-13)
        np.testing.assert_allclose(losses.cross_entropy(self.t, self.p), entropy + divergence, rtol=1e-13)

    def test_log_loss_of_scikit_learn(self):
        labels = self.t.argmax(axis=1)
        expected = log_loss(labels, self.p, labels=range(7))
        assert losses.categorical_cross_entropy(labels, self.p).mean() == pytest.approx(expected, rel=1e-14)
        assert losses.cross_entropy(np.eye(7)[labels], self.p).mean() == pytest.approx(expected, rel=1e-14)

    def test_binary_log_loss_of_scikit_learn(self):
        labels, p = (self.t[:, 0] > 0.1).astype(int), self.p[:, 0]
        expected = log_loss(labels, p)
        assert losses.binary_cross_entropy_terms(labels, p).mean() == pytest.approx(expected, rel=1e-14)


def central_differences(loss, point):
    point = np.asarray(point, dtype=float)
    steps = np.eye(point.size) * 1e-6
    return np.array([(loss(point + step) - loss(point - step)) / 2e-6 for step in steps])


@pytest.mark.parametrize("temperature", [1.0, 0.5, 3.0])
@pytest.mark.parametrize("t", [[1.0, 0.0, 0.0], [0.2, 0.5, 0.3], [1.0, 1.0, 0.0]])
def test_gradients_are_slopes(t, temperature):
    z, p = [2.0, -1.0, 0.3], [0.5, 0.2, 0.3]
    for loss, gradient, point in (
        (losses.cross_entropy, losses.cross_entropy_gradient, p),
        (losses.multilabel_cross_entropy, losses.binary_cross_entropy_gradient, p),
    ):
        slopes = central_differences(lambda x, loss=loss: loss(t, x), point)
        np.testing.assert_allclose(gradient(t, point), slopes, rtol=1e-7, atol=1e-8)
    for loss, gradient in (
        (losses.cross_entropy_from_logits, losses.cross_entropy_gradient_from_logits),
        (losses.multilabel_cross_entropy_from_logits, losses.binary_cross_entropy_gradient_from_logits),
    ):
        slopes = central_differences(lambda x, loss=loss: loss(t, x, temperature), z)
        np.testing.assert_allclose(gradient(t, z, temperature), slopes, rtol=1e-7, atol=1e-8)


class TestEdges:
    def test_no_loss_is_minus_zero(self):
        for terms in (
            losses.cross_entropy_terms([1, 0, 0], [1, 0, 0]),
            losses.cross_entropy_terms_from_logits([1, 0], [INF, 3]),
            losses.binary_cross_entropy_terms([1, 0], [1, 0]),
            losses.binary_cross_entropy_terms_from_logits([1, 0], [INF, -INF]),
            losses.kl_divergence_terms([1, 0], [1, 0]),
            losses.entropy([[1.0, 0.0]]),
            losses.categorical_cross_entropy([0], [[1.0, 0.0]]),
        ):
            assert terms.tolist() == [0.0] * terms.size
            assert not np.signbit(terms).any()

    def test_gradient_where_the_target_is_zero_is_minus_zero(self):
        gradient = losses.cross_entropy_gradient([1, 0, 0], [0, 0, 1])
        assert gradient.tolist() == [-INF, 0, 0]
        assert np.signbit(gradient).all()

    def test_one_infinite_logit_is_certain(self):
        assert losses.softmax([INF, 5, -INF]).tolist() == [1, 0, 0]
        assert losses.log_softmax([INF, 5, -INF]).tolist() == [0, -INF, -INF]
        assert losses.cross_entropy_terms_from_logits([0, 1, 0], [INF, 5, -INF]).tolist() == [0, INF, 0]
        assert losses.cross_entropy_gradient_from_logits([0, 1, 0], [INF, 5, -INF]).tolist() == [1, -1, 0]

    @pytest.mark.parametrize("row", [[INF, INF, 0], [-INF, -INF, -INF], [NAN, 0, 1], [0, 1, NAN]])
    def test_rows_without_a_softmax(self, row):
        assert np.isnan(losses.softmax(row)).all()
        assert np.isnan(losses.log_softmax(row)).all()
        assert np.isnan(losses.cross_entropy_gradient_from_logits([1, 0, 0], row)).all()
        assert np.isnan(losses.cross_entropy_from_logits([1, 0, 0], row))

    def test_such_a_row_leaves_the_others_alone(self):
        rows = losses.softmax([[INF, INF], [0, 0], [-INF, 0]])
        np.testing.assert_array_equal(rows, [[NAN, NAN], [0.5, 0.5], [0, 1]])

    @pytest.mark.parametrize("z", [-700.0, 0.0, 1e308, INF])
    def test_one_class_is_certain(self, z):
        assert losses.softmax([z]).tolist() == [1.0]
        assert losses.log_softmax([z]).tolist() == [0.0]

    def test_infinite_logits_of_one_label(self):
        assert losses.sigmoid([-INF, INF]).tolist() == [0, 1]
        assert losses.log_sigmoid([-INF, INF]).tolist() == [-INF, 0]
        assert losses.binary_cross_entropy_terms_from_logits([1, 0], [-INF, INF]).tolist() == [INF, INF]
        assert losses.binary_cross_entropy_gradient_from_logits([1, 0], [-INF, INF]).tolist() == [-1, 1]

    def test_nan_passes_through(self):
        assert np.isnan(losses.cross_entropy_terms([1, 0], [NAN, NAN])).all()
        assert np.isnan(losses.cross_entropy_gradient([1, 0], [NAN, NAN])).all()
        assert np.isnan(losses.binary_cross_entropy_terms([1, 0, 0.5], [NAN, NAN, NAN])).all()
        assert np.isnan(losses.binary_cross_entropy_gradient([1, 0, 0.5], [NAN, NAN, NAN])).all()
        assert np.isnan(losses.binary_cross_entropy_terms_from_logits([1, 0], [NAN, NAN])).all()
        assert np.isnan(losses.sigmoid([NAN])).all()
        assert np.isnan(losses.kl_divergence_terms([0.5, 0], [NAN, NAN])).all()
        assert np.isnan(losses.square_error_terms([1], [NAN])).all()

    def test_divergence_is_infinite_where_something_possible_is_ruled_out(self):
        assert losses.kl_divergence_terms([0.5, 0.5], [0, 1]).tolist()[0] == INF
        assert losses.kl_divergence_from_logits([0.5, 0.5], [-INF, 0]) == INF

    def test_denormal_probabilities(self):
        # ln 5e-324 = -744.4400719213812
        assert losses.kl_divergence_terms([1.0], [5e-324]).tolist() == [
            pytest.approx(744.4400719213812, rel=1e-15)
        ]
        assert losses.kl_divergence_terms([5e-324], [0.5])[0] == pytest.approx(-743.75 * 5e-324, rel=1e-2)
        assert losses.cross_entropy_terms([1.0], [5e-324]).tolist() == [
            pytest.approx(744.4400719213812, rel=1e-15)
        ]

    def test_broadcasting_over_the_leading_axes(self):
        z = np.arange(24.0).reshape(2, 3, 4) / 7
        one = losses.cross_entropy_terms_from_logits([1, 0, 0, 0], z)
        assert one.shape == (2, 3, 4)
        np.testing.assert_array_equal(
            one[1, 2], losses.cross_entropy_terms_from_logits([1, 0, 0, 0], z[1, 2])
        )
        assert losses.cross_entropy_gradient_from_logits(np.eye(4)[:3], z[0, 0]).shape == (3, 4)
        assert losses.categorical_cross_entropy([[0], [3]], losses.softmax(z)).shape == (2, 3)

    def test_logits_further_apart_than_the_largest_number_are_divided_first(self):
        # (-1e308 - 1e308) / 10, though the difference itself overflows
        z = [[1e308, -1e308], [-INF, 1e308], [INF, -1e308]]
        expected = [[0.0, -2e307], [-INF, 0.0], [0.0, -INF]]
        np.testing.assert_allclose(losses.log_softmax(z, 10.0), expected, rtol=1e-15)
        assert losses.cross_entropy_from_logits([0, 1], z[0], 10.0) == pytest.approx(2e307, rel=1e-15)
        # A temperature below 1 puts even near ones further apart.
        assert losses.log_softmax([1e308, -1e308], 0.5).tolist() == [0.0, -INF]
        assert losses.log_softmax([1.5e308, 1e308], 0.01).tolist() == [0.0, -INF]

    @pytest.mark.parametrize("temperature", [0.0, -1.0, INF, NAN])
    def test_impossible_temperature(self, temperature):
        for function in (losses.softmax, losses.log_softmax, losses.sigmoid, losses.log_sigmoid):
            with pytest.raises(ValueError, match="above 0"):
                function([0.0, 1.0], temperature)

    @pytest.mark.parametrize("true_class", [-1, 3, 0.0])
    def test_impossible_true_class(self, true_class):
        with pytest.raises(ValueError, match="whole number from 0 to 2"):
            losses.categorical_cross_entropy(true_class, [0.4, 0.3, 0.3])


class TestIdeas:
    """What the lesson says of the loss."""

    @given(distributions(4), st.integers(0, 3))
    def test_the_shortcut_is_the_sum(self, p, true_class):
        full = losses.cross_entropy(np.eye(4)[true_class], p)
        assert losses.categorical_cross_entropy(true_class, p) == full

    @given(probabilities, st.sampled_from([0.0, 1.0]))
    def test_binary_is_two_classes(self, p, t):
        two = losses.cross_entropy([t, 1 - t], [p, 1 - p])
        assert losses.binary_cross_entropy_terms(t, p) == pytest.approx(float(two), rel=1e-9, abs=1e-15)

    @given(logits, st.floats(-100, 100))
    def test_adding_to_every_logit_changes_nothing(self, row, shift):
        moved = losses.softmax([z + shift for z in row])
        np.testing.assert_allclose(moved, losses.softmax(row), rtol=1e-12)

    @given(distributions(5), distributions(5))
    def test_nothing_is_below_the_floor(self, t, p):
        assert losses.kl_divergence(t, p) >= -1e-15

    def test_the_error_grows_faster_than_its_distance(self):
        p = [1.0, 0.8, 0.6, 0.4, 0.2, 0.0]
        costs = [float(losses.categorical_cross_entropy(0, [x, 1 - x])) for x in p]
        rises = [b - a for a, b in pairwise(costs)]
        assert rises == sorted(rises)
        assert rises[-1] == INF
        assert losses.square_error_terms([1] * 6, p).max() == 1
