import math

import pytest

from ceviz.core.document import Unit, vectors
from ceviz.explain.axes import loss_axis, nice_ticks


@pytest.mark.parametrize(
    ("top", "texts"),
    [
        (1.0, ["0", "0.25", "0.5", "0.75", "1"]),
        (20.0, ["0", "5", "10", "15", "20"]),
        (500_000.0, ["0", "100000", "200000", "300000", "400000", "500000"]),
        (1_000_000.0, ["0", "2.50 × 10⁵", "5.00 × 10⁵", "7.50 × 10⁵", "1.00 × 10⁶"]),
        (7.5e299, ["0", "2.50 × 10²⁹⁹", "5.00 × 10²⁹⁹", "7.50 × 10²⁹⁹"]),
        (4e-7, ["0", "1.00 × 10⁻⁷", "2.00 × 10⁻⁷", "3.00 × 10⁻⁷", "4.00 × 10⁻⁷"]),
    ],
)
def test_ticks_are_round_and_written_alike(top, texts):
    assert [text for _, text in nice_ticks(top, most=5 if top != 7.5e299 else 3)] == texts


def test_the_axis_of_the_largest_loss_is_finite():
    axis = loss_axis(vectors([1.79e308]), Unit.NATS)
    assert all(math.isfinite(place) for place, _ in axis.ticks)
    assert axis.high == pytest.approx(1.5e308)


def test_the_axis_of_the_smallest_loss_there_is_has_a_length():
    axis = loss_axis(vectors([5e-324]), Unit.NATS)
    assert [place for place, _ in axis.ticks] == pytest.approx([0, 5e-301, 1e-300], rel=1e-9, abs=0)


def test_powers_of_ten_stand_farther_apart():
    assert len(loss_axis(vectors([1.0]), Unit.NATS).ticks) == 6
    assert len(loss_axis(vectors([1e300]), Unit.NATS).ticks) == 4
