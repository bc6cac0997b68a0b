"""What the card of loss options says of the shown numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ceviz.core.document import Convention, LossOptions, Task
from ceviz.core.evaluation import evaluate
from ceviz.explain.loss_options import mean_divides
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
