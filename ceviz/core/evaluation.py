"""evaluate(state, task): every number that is computed from a state, once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ceviz.core import losses
from ceviz.core.activations import Softmax
from ceviz.core.checks import Issue, check
from ceviz.core.document import InputKind, Model, Reduction, Task, TaskState, Unit, Vectors

LN2 = math.log(2.0)


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
    valid: NDArray[np.bool_]
    sum: float
    mean: float
    loss: float | None
    infinite: int
    finite_mean: float
    finite_count: int
    correct: NDArray[np.bool_]


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


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Probabilities, terms, gradients and KL of all rows, in nats, issues or not."""

    probabilities: Vectors
    terms: Vectors
    gradients: Vectors
    kl: Vectors | None


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
    models = tuple(
        _evaluate_model(state, task, model, _valid(state, issues, index))
        for index, model in enumerate(state.models)
    )
    return Evaluation(task, state.options.unit, _entropy(state, task, issues), models, issues)


def _valid(state: TaskState, issues: tuple[Issue, ...], model: int | None) -> NDArray[np.bool_]:
    valid = np.ones(state.sample_count, dtype=np.bool_)
    valid[[issue.sample for issue in issues if issue.model is None or issue.model == model]] = False
    return valid


def _entropy(state: TaskState, task: Task, issues: tuple[Issue, ...]) -> Vectors | None:
    if not task.competing:
        return None
    entropies = np.zeros(state.sample_count) if task is Task.MULTICLASS else losses.entropy(state.targets)
    return _shown(entropies, _valid(state, issues, None), state.options.unit)


def _evaluate_model(state: TaskState, task: Task, model: Model, valid: NDArray[np.bool_]) -> ModelEvaluation:
    numbers = _numbers(state, task, model)
    unit = state.options.unit
    terms = _shown(numbers.terms, valid, unit)
    per_sample = terms.sum(axis=1)
    counted = _counted(state, valid)
    finite = counted & np.isfinite(per_sample)
    total, mean = _totals(state, per_sample, counted)
    return ModelEvaluation(
        probabilities=numbers.probabilities,
        terms=terms,
        losses=per_sample,
        kl=None if numbers.kl is None else _shown(numbers.kl, valid, unit),
        gradients=_shown(numbers.gradients, valid, unit),
        valid=valid,
        sum=total,
        mean=mean,
        loss={Reduction.SUM: total, Reduction.MEAN: mean}.get(state.options.reduction),
        infinite=int(counted.sum() - finite.sum()),
        finite_mean=_totals(state, per_sample, finite)[1],
        finite_count=int(finite.sum()),
        correct=_correct(state.targets, numbers.probabilities, task) & valid,
    )


def _numbers(state: TaskState, task: Task, model: Model) -> _Numbers:
    if task.competing:
        return _competing(state, task, model)
    return _binary(state, model)


def _competing(state: TaskState, task: Task, model: Model) -> _Numbers:
    # The entropy of a one-hot target is 0: all of the loss is excess.
    targets, predictions = state.targets, model.predictions
    if model.input is InputKind.PROBABILITIES:
        terms = losses.cross_entropy_terms(targets, predictions)
        gradients = losses.cross_entropy_gradient(targets, predictions)
        kl = losses.kl_divergence(targets, predictions) if task is Task.SOFT else terms.sum(axis=1)
        return _Numbers(predictions, terms, gradients, kl)
    softmax = Softmax(predictions, state.options.temperature)
    logarithms = softmax.log_probabilities()
    terms = losses.cross_entropy_terms_from_log_probabilities(targets, logarithms)
    excess = (
        losses.kl_divergence_terms_from_log_probabilities(targets, logarithms) if task is Task.SOFT else terms
    )
    return _Numbers(softmax.probabilities(), terms, softmax.minus(targets), excess.sum(axis=1))


def _binary(state: TaskState, model: Model) -> _Numbers:
    targets, predictions = state.targets, model.predictions
    if model.input is InputKind.PROBABILITIES:
        return _Numbers(
            predictions,
            losses.binary_cross_entropy_terms(targets, predictions),
            losses.binary_cross_entropy_gradient(targets, predictions),
            None,
        )
    temperature = state.options.temperature
    return _Numbers(
        losses.sigmoid(predictions, temperature),
        losses.binary_cross_entropy_terms_from_logits(targets, predictions, temperature),
        losses.binary_cross_entropy_gradient_from_logits(targets, predictions, temperature),
        None,
    )


def _shown(numbers: Vectors, valid: NDArray[np.bool_], unit: Unit) -> Vectors:
    """The numbers in the unit, with NaN in the rows that are not valid; changed in place."""
    if unit is Unit.BITS:
        numbers /= LN2
    numbers[~valid] = np.nan
    return numbers


def _counted(state: TaskState, valid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The samples that sum and mean are made of."""
    return valid & [not sample.ignored and sample.weight != 0.0 for sample in state.samples]


def _totals(state: TaskState, per_sample: Vectors, counted: NDArray[np.bool_]) -> tuple[float, float]:
    """Weighted sum and weighted mean of the losses of the counted samples."""
    weights = np.array([sample.weight for sample in state.samples])[counted]
    total, weight = _exact_sum(weights * per_sample[counted]), _exact_sum(weights)
    return total, total / weight if weight else math.nan


def _exact_sum(numbers: Vectors) -> float:
    try:
        return math.fsum(numbers.tolist())
    except OverflowError:  # finite losses whose sum is beyond the largest double
        return math.inf


def _correct(targets: Vectors, probabilities: Vectors, task: Task) -> NDArray[np.bool_]:
    correct: NDArray[np.bool_]
    if task.competing:
        correct = probabilities.argmax(axis=1) == targets.argmax(axis=1)
    else:
        correct = ((probabilities > 0.5) == (targets > 0.5)).all(axis=1)
    return correct
