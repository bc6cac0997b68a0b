"""What the card of loss options says of the shown numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ceviz.core.document import Convention, LossOptions, Task
from ceviz.core.evaluation import evaluate
from ceviz.explain.batch_table import sample_note
from ceviz.explain.loss_options import mean_divides
from ceviz.explain.shown import Shown
from tests.explain.examples import example

_WEIGHTS = "The mean divides by the sum of the sample weights, "


# Five samples of this weight each.
@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (1.0, "The mean divides by the number of samples, 5."),
        (2.5, f"{_WEIGHTS}12.5."),
        (200.0, f"{_WEIGHTS}1,000."),
        (1e300, f"{_WEIGHTS}5 × 10³⁰⁰."),
        (1e308, f"{_WEIGHTS}∞."),
    ],
)
def test_any_divisor_can_be_read(weight: float, sentence: str) -> None:
    state = example(Task.MULTICLASS)
    samples = tuple(replace(sample, weight=weight) for sample in state.samples)
    weighed = replace(state, samples=samples, options=LossOptions(convention=Convention.SKLEARN))
    assert mean_divides(evaluate(weighed, Task.MULTICLASS).models[0]) == sentence


def test_a_large_weight_is_written_short_enough_for_the_batch() -> None:
    state = example(Task.MULTICLASS)
    weights = (1e300, 12.5, *[1.0] * (state.sample_count - 2))
    samples = tuple(map(lambda sample, weight: replace(sample, weight=weight), state.samples, weights))
    weighed = replace(state, samples=samples)
    shown = Shown(Task.MULTICLASS, weighed, evaluate(weighed, Task.MULTICLASS), 0, 4.6)
    assert [sample_note(shown, n) for n in range(3)] == ["× 10³⁰⁰", "× 12.5", ""]
