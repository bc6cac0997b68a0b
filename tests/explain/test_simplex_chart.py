import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import entropy

from ceviz.core.document import Task, Unit
from ceviz.explain.level_rings import rings
from ceviz.explain.simplex_chart import CORNERS, LEVELS, simplex_chart, simplex_probabilities
from tests.explain.examples import random_shown, show, shown, state_of
from tests.fuzz import examples

MULTI, SOFT = Task.MULTICLASS, Task.SOFT


class TestSimplex:
    def test_one_hot_as_in_the_picture(self):
        chart = simplex_chart(shown(MULTI))
        assert [(corner.name, corner.x) for corner in chart.corners] == [
            ("dog", 0.5),
            ("cat", 0),
            ("panda", 1),
        ]
        assert [label.text for label in chart.level_labels] == ["0.25", "0.5", "1", "1.5", "2", "3"]
        assert chart.prediction.value_text == "0.916"
        # p = 0.4 of the height, in the middle; the level line is horizontal.
        assert (chart.prediction.x, chart.prediction.y) == pytest.approx((0.5, 0.4 * math.sqrt(3) / 2))
        start, end = chart.level_line
        assert start == pytest.approx((0.2, 0.4 * math.sqrt(3) / 2))
        assert end == pytest.approx((0.8, 0.4 * math.sqrt(3) / 2))
        assert chart.infinite_edges == ()
        assert chart.target is None
        assert chart.reading == (
            "Every corner is certainty. The loss stays the same along a level line: "
            "how the rest is split does not matter."
        )
        assert chart.short_reading == "The loss is the same along a level line."
        assert chart.prediction.accessible == (
            "prediction dog 0.400, cat 0.300, panda 0.300, loss 0.916 nats"
        )

    def test_infinite_as_in_the_picture(self):
        chart = simplex_chart(shown(MULTI, 4, prediction=[0.3, 0.7, 0]))
        assert chart.prediction.value_text == "∞"
        assert chart.level_line is None
        assert chart.infinite_edges == ((pytest.approx(CORNERS[0]), pytest.approx(CORNERS[1])),)
        assert chart.reading == (
            "The whole dog–cat edge is infinite: there, panda gets nothing. "
            "One step inside, the loss is finite again."
        )

    def test_soft_as_in_the_picture(self):
        chart = simplex_chart(shown(SOFT))
        assert (chart.prediction.title, chart.prediction.value_text) == ("prediction", "+0.341")
        assert (chart.target.title, chart.target.value_text) == ("target", "floor 0.802")
        assert [label.text for label in chart.level_labels] == ["0.1", "0.25", "0.5"]
        assert chart.level_line is None
        assert chart.reading == (
            "The lowest place is no longer a corner: it is the target itself. "
            "Each ring is a level of excess, KL(t‖p)."
        )

    def test_both_edges_at_a_corner(self):
        chart = simplex_chart(shown(SOFT, target=[1 / 3] * 3, prediction=[1, 0, 0]))
        assert len(chart.infinite_edges) == 2
        assert chart.reading.startswith(
            "Both edges at this corner are infinite: here, cat and panda get nothing."
        )

    @pytest.mark.parametrize("unit", Unit)
    @pytest.mark.parametrize("true", [0, 1, 2])
    def test_straight_bands_cover_the_triangle_between_their_levels(self, true, unit):
        chart = simplex_chart(shown(MULTI, target=np.eye(3)[true].tolist(), unit=unit))
        assert sum(area(band.points) for band in chart.bands) == pytest.approx(math.sqrt(3) / 4)
        log = np.log2 if unit is Unit.BITS else np.log
        for band in chart.bands[1:-1]:
            losses = -log([simplex_probabilities(*point)[true] for point in band.points])
            assert losses.min() == pytest.approx(LEVELS[band.index - 1])
            assert losses.max() == pytest.approx(LEVELS[band.index])
        for label in chart.level_labels:
            assert -log(simplex_probabilities(label.x, label.y)[true]) == pytest.approx(float(label.text))
            outside = np.array([label.x + 0.01 * label.dx, label.y + 0.01 * label.dy])
            assert simplex_probabilities(*outside) @ CORNERS != pytest.approx(outside)

    @examples(60)
    @given(st.lists(st.integers(0, 20), min_size=3, max_size=3))
    def test_rings_lie_on_their_levels_or_on_the_border(self, weights):
        assume(sum(w > 0 for w in weights) > 1)
        target = np.array(weights) / sum(weights)
        found = rings(tuple(target.tolist()), (0.1, 0.5, 4.0))
        assert np.isfinite(found).all()
        assert (found >= 0).all()
        for level, ring in zip((0.1, 0.5, 4.0), found, strict=True):
            levels = entropy(target, ring, axis=-1)
            on_border = ring.min(axis=-1) < 1e-9
            assert levels[~on_border] == pytest.approx(level, abs=1e-3)
            assert (levels <= level + 1e-3).all()

    def test_rings_are_nested_and_painted_from_the_outside(self):
        bands = simplex_chart(shown(SOFT)).bands
        assert [band.index for band in bands] == list(range(len(LEVELS), -1, -1))
        areas = [area(band.points) for band in bands]
        assert areas == sorted(areas, reverse=True)

    def test_a_place_is_a_prediction(self):
        p = np.array([0.3, 0.5, 0.2])
        assert simplex_probabilities(*(p @ CORNERS)) == pytest.approx(p)

    @pytest.mark.parametrize(
        ("place", "p"),
        [
            ((0.5, 2.0), [1, 0, 0]),
            ((0.25, -1.0), [0, 0.75, 0.25]),
            ((-3.0, -3.0), [0, 1, 0]),
            ((9.0, 0.0), [0, 0, 1]),
        ],
    )
    def test_a_place_outside_is_the_nearest_prediction(self, place, p):
        assert simplex_probabilities(*place) == pytest.approx(p)

    def test_only_three_competing_classes(self):
        with pytest.raises(ValueError, match="three classes"):
            simplex_chart(shown(Task.MULTILABEL))
        with pytest.raises(ValueError, match="three classes"):
            simplex_chart(show(state_of(["a", "b"], [[1, 0]], [[0.5, 0.5]]), MULTI))

    def test_an_invalid_row_has_corners_only(self):
        chart = simplex_chart(shown(MULTI, prediction=[0.4, 0.3, 0.2]))
        assert (len(chart.corners), chart.bands, chart.prediction) == (3, (), None)

    @examples(60)
    @given(random_shown(tasks=[MULTI, SOFT], class_counts=[3]))
    def test_all_places_are_finite_and_inside(self, random):
        chart = simplex_chart(random)
        places = [point for band in chart.bands for point in band.points]
        places += [(chart.prediction.x, chart.prediction.y)]
        assert np.isfinite(places).all()
        inside = np.array([simplex_probabilities(*place) @ CORNERS for place in places])
        np.testing.assert_allclose(inside, places, atol=1e-9)


def area(points):
    x, y = np.array(points).T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
