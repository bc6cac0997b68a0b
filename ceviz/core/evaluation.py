"""evaluate(state, task): every number that is computed from a state, once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ceviz.core import losses
from ceviz.core.activations import Sigmoid, Softmax
from ceviz.core.checks import Flags, Issue, check
from ceviz.core.document import InputKind, Model, Reduction, Task, TaskState, Unit, Vectors

LN2 = math.log(2.0)

BLOCK = 50_000
"""How many numbers are computed at a time: new memory for large arrays takes longer than the arithmetic."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelEvaluation:
    """What one model costs: per class, per sample, over the batch, in the unit of the evaluation.

    Rows with an issue are NaN in `terms`, `losses`, `kl` and `gradients`, and False in `valid` and `correct`;
    `probabilities` are there all the same, as far as they exist. `losses` and `gradients` are not weighted.
    `gradients`: of a sample's loss with respect to the numbers as given (probabilities or logits). `sum` and
    `mean` are weighted and leave out rows with an issue, ignored samples and weights of 0; of no sample at
    all they are 0 and NaN. `infinite` and `finite_count` count the same samples, `finite_mean` (NaN of none)
    is the mean of the finite ones. `loss` is the sum or the mean, as the reduction says, None without one.
    `correct`: the largest probability (the first of equals) is the target's; binary and multi-label: every
    probability lies on its target's side of 0.5, 0.5 itself counting as no.
    """

    probabilities: Vectors
    terms: Vectors
    losses: Vectors
    kl: Vectors | None
    gradients: Vectors
    valid: Flags
    sum: float
    mean: float
    loss: float | None
    infinite: int
    finite_mean: float
    finite_count: int
    correct: Flags


@dataclass(frozen=True, eq=False)
class Evaluation:
    """All numbers of one task.

    `entropy` (N,) is NaN where the target has an issue, None for binary and multi-label.
    """

    task: Task
    unit: Unit
    entropy: Vectors | None
    models: tuple[ModelEvaluation, ...]
    issues: tuple[Issue, ...]

    def issues_of(self, sample: int, model: int) -> tuple[Issue, ...]:
        """The issues of a model's row and of its target."""
        return self._by_row.get((sample, None), ()) + self._by_row.get((sample, model), ())

    @cached_property
    def _by_row(self) -> dict[tuple[int, int | None], tuple[Issue, ...]]:
        rows: dict[tuple[int, int | None], tuple[Issue, ...]] = {}
        for issue in self.issues:
            row = (issue.sample, issue.model)
            rows[row] = (*rows.get(row, ()), issue)
        return rows


class _Numbers(NamedTuple):
    """Terms, gradients and, for soft targets, KL of some rows, in nats, issues or not.

    `probabilities`: of logits alone.
    """

    probabilities: Vectors | None
    terms: Vectors
    gradients: Vectors
    kl: Vectors | None = None


@np.errstate(all="ignore")
def evaluate(state: TaskState, task: Task) -> Evaluation:
    """Every loss of a state, exactly as defined: nothing is clipped, normalised or rounded.

    Multi-class and soft: -sum t ln p; binary and multi-label: sum of -t ln p - (1 - t) ln(1 - p). In nats or
    bits. Rows that `check` finds fault with are left out (NaN). Infinite losses are inf. No NumPy warning
    escapes.

    >>> from ceviz.core.document import Model, Sample, vectors
    >>> model = Model("A", InputKind.PROBABILITIES, vectors([[0.4, 0.3, 0.3]]))
    >>> state = TaskState(("dog", "cat", "panda"), (Sample("1"),), vectors([[1, 0, 0]]), (model,))
    >>> evaluate(state, Task.MULTICLASS).models[0].loss
    0.916290731874155
    """
    issues = check(state, task)
    weights = np.array([0.0 if sample.ignored else sample.weight for sample in state.samples])
    models = tuple(
        _evaluate_model(state, task, model, _valid(state, issues, index), weights)
        for index, model in enumerate(state.models)
    )
    return Evaluation(task, state.options.unit, _entropy(state, task, issues), models, issues)


def _valid(state: TaskState, issues: tuple[Issue, ...], model: int | None) -> Flags:
    valid = np.ones(state.sample_count, dtype=np.bool_)
    valid[[issue.sample for issue in issues if issue.model is None or issue.model == model]] = False
    return valid


def _entropy(state: TaskState, task: Task, issues: tuple[Issue, ...]) -> Vectors | None:
    if not task.competing:
        return None
    entropies = np.zeros(state.sample_count) if task is Task.MULTICLASS else losses.entropy(state.targets)
    return _shown(entropies, _valid(state, issues, None), state.options.unit)


def _evaluate_model(
    state: TaskState, task: Task, model: Model, valid: Flags, weights: Vectors
) -> ModelEvaluation:
    """`weights`: of the samples, 0 for those that do not count."""
    numbers = _numbers(state, task, model)
    probabilities = model.predictions if numbers.probabilities is None else numbers.probabilities
    unit = state.options.unit
    terms = _shown(numbers.terms, valid, unit)
    per_sample = terms.sum(axis=1)
    kl = None if numbers.kl is None else _shown(numbers.kl, valid, unit)
    counted = valid & (weights != 0.0)
    finite = counted & np.isfinite(per_sample)
    total, mean = _totals(per_sample, weights, counted)
    infinite = int(counted.sum() - finite.sum())
    return ModelEvaluation(
        probabilities=probabilities,
        terms=terms,
        losses=per_sample,
        # The entropy of a one-hot target is 0: all of the loss is excess.
        kl=per_sample if task is Task.MULTICLASS else kl,
        gradients=_shown(numbers.gradients, valid, unit),
        valid=valid,
        sum=total,
        mean=mean,
        loss={Reduction.SUM: total, Reduction.MEAN: mean}.get(state.options.reduction),
        infinite=infinite,
        finite_mean=_totals(per_sample, weights, finite)[1] if infinite else mean,
        finite_count=int(finite.sum()),
        correct=_correct(state.targets, probabilities, task) & valid,
    )


def _numbers(state: TaskState, task: Task, model: Model) -> _Numbers:
    """All rows, block by block."""
    row_numbers = _of_logits if model.input is InputKind.LOGITS else _of_probabilities
    shape = state.targets.shape
    whole = _Numbers(
        np.empty(shape) if model.input is InputKind.LOGITS else None,
        np.empty(shape),
        np.empty(shape),
        np.empty(shape[0]) if task is Task.SOFT else None,
    )
    step = max(1, BLOCK // state.class_count)
    for first in range(0, state.sample_count, step):
        rows = slice(first, first + step)
        block = row_numbers(state.targets[rows], model.predictions[rows], task, state.options.temperature)
        for array, part in zip(whole, block, strict=True):
            if array is not None and part is not None:
                array[rows] = part
    return whole


def _of_probabilities(targets: Vectors, p: Vectors, task: Task, _: float) -> _Numbers:
    if not task.competing:
        terms = losses.binary_cross_entropy_terms(targets, p)
        return _Numbers(None, terms, losses.binary_cross_entropy_gradient(targets, p))
    kl = losses.kl_divergence(targets, p) if task is Task.SOFT else None
    return _Numbers(
        None, losses.cross_entropy_terms(targets, p), losses.cross_entropy_gradient(targets, p), kl
    )


def _of_logits(targets: Vectors, logits: Vectors, task: Task, temperature: float) -> _Numbers:
    if not task.competing:
        sigmoid = Sigmoid(logits, temperature)
        return _Numbers(sigmoid.probabilities(), sigmoid.terms(targets), sigmoid.minus(targets))
    softmax = Softmax(logits, temperature)
    logarithms = softmax.log_probabilities()
    terms = losses.cross_entropy_terms_from_log_probabilities(targets, logarithms)
    kl = None
    if task is Task.SOFT:
        kl = losses.kl_divergence_terms_from_log_probabilities(targets, logarithms).sum(axis=1)
    return _Numbers(softmax.probabilities(), terms, softmax.minus(targets), kl)


def _shown(numbers: Vectors, valid: Flags, unit: Unit) -> Vectors:
    """The numbers in the unit, with NaN in the rows that are not valid; changed in place."""
    if unit is Unit.BITS:
        numbers /= LN2
    numbers[~valid] = np.nan
    return numbers


def _totals(per_sample: Vectors, weights: Vectors, counted: Flags) -> tuple[float, float]:
    """Weighted sum and weighted mean of the losses of the counted samples."""
    weights = weights[counted]
    total, total_exponent = _exact_sum(weights, per_sample[counted])
    weight, weight_exponent = _exact_sum(weights, np.ones(len(weights)))
    mean = _power_of_2_times(total / weight, total_exponent - weight_exponent) if weight else math.nan
    return _power_of_2_times(total, total_exponent), mean


def _exact_sum(weights: Vectors, numbers: Vectors) -> tuple[float, int]:
    """The sum of weights * numbers as (m, e), m * 2**e, so that nothing overflows on the way to a mean."""
    (fractions, exponents), (others, more) = np.frexp(weights), np.frexp(numbers)
    products, exponents = fractions * others, exponents + more
    top = int(exponents[products != 0.0].max(initial=-5000))  # below the product of the smallest doubles
    try:
        return math.fsum(np.ldexp(products, exponents - top).tolist()), top
    except ValueError:  # infinity minus infinity
        return math.nan, top


def _power_of_2_times(number: float, exponent: int) -> float:
    return float(np.ldexp(number, exponent))


def _correct(targets: Vectors, probabilities: Vectors, task: Task) -> Flags:
    correct: Flags
    if task.competing:
        correct = probabilities.argmax(axis=1) == targets.argmax(axis=1)
    else:
        correct = ((probabilities > 0.5) == (targets > 0.5)).all(axis=1)
    return correct
