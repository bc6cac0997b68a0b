"""evaluate(state, task): every number that is computed from a state, once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

import numpy as np

from ceviz.core import losses
from ceviz.core.calls import Call, meant_call
from ceviz.core.checks import Flags, Issue, check, row_of
from ceviz.core.conventions import Divisor, RefusedError, Working, exact_options, is_plain, outcome
from ceviz.core.document import InputKind, Model, Reduction, Task, TaskState, Unit, Vectors
from ceviz.core.plain_numbers import plain_numbers
from ceviz.core.totals import weighted_totals

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
    `divisor` is what `mean` divides by, `divides_by` says what that is.

    By the rules of a framework, rows with an issue are computed where it computes them (`computed` (N,) says
    which, None without a framework; `valid` leaves out the losses that are NaN), and `sum` and `mean` take in
    all of those but the ignored ones. `losses` and `gradients` hold class
    weights and focal factor, and not the samples' weights. `call` is the function that was meant, `working`
    how its terms came about (None for the bare definition), `kl` None wherever the loss is not the entropy
    and the divergence. `refusal`: why there is no loss at all, in one sentence.
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
    divisor: float
    divides_by: Divisor = Divisor.SAMPLES
    call: Call | None = None
    working: Working | None = None
    refusal: str | None = None
    computed: Flags | None = None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """All numbers of one task.

    `entropy` (N,): of the targets, after smoothing; NaN where the target has an issue, None for binary and
    multi-label. `exact_state`: what `exact` is of.
    """

    task: Task
    unit: Unit
    entropy: Vectors | None
    models: tuple[ModelEvaluation, ...]
    issues: tuple[Issue, ...]
    exact_state: TaskState | None = None

    @cached_property
    def exact(self) -> Evaluation | None:
        """The same task by the definition in doubles, with the same smoothing, weights and focal factor.

        None where this is it.
        """
        return None if self.exact_state is None else evaluate(self.exact_state, self.task)

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


@np.errstate(all="ignore")
def evaluate(state: TaskState, task: Task) -> Evaluation:
    """Every loss of a state, by the convention of its options; by default exactly as defined.

    Multi-class and soft: -sum t ln p; binary and multi-label: sum of -t ln p - (1 - t) ln(1 - p). In nats or
    bits. Exactly: nothing is clipped, normalised or rounded, rows that `check` finds fault with are left out
    (NaN), infinite losses are inf. What a framework refuses is the `refusal` of its model and an issue with
    the code `refused` at every sample. No NumPy warning escapes.

    >>> from ceviz.core.document import Model, Sample, vectors
    >>> model = Model("A", InputKind.PROBABILITIES, vectors([[0.4, 0.3, 0.3]]))
    >>> state = TaskState(("dog", "cat", "panda"), (Sample("1"),), vectors([[1, 0, 0]]), (model,))
    >>> evaluate(state, Task.MULTICLASS).models[0].loss
    0.916290731874155
    """
    issues = check(state, task)
    valid = [_valid(state, issues, index) for index in range(len(state.models))]
    if not is_plain(state.options):
        return _evaluate_by_options(state, task, issues, valid)
    weights = np.array([0.0 if sample.ignored else sample.weight for sample in state.samples])
    models = tuple(
        _evaluate_model(state, task, model, rows, weights)
        for model, rows in zip(state.models, valid, strict=True)
    )
    return Evaluation(task, state.options.unit, _entropy(state, task, issues), models, issues)


def _valid(state: TaskState, issues: tuple[Issue, ...], model: int | None) -> Flags:
    valid = np.ones(state.sample_count, dtype=np.bool_)
    valid[[issue.sample for issue in issues if issue.model is None or issue.model == model]] = False
    return valid


def _entropy(state: TaskState, task: Task, issues: tuple[Issue, ...]) -> Vectors | None:
    if not task.competing:
        return None
    smoothing, targets = state.options.label_smoothing, state.targets
    if smoothing:
        targets = targets * (1.0 - smoothing) + smoothing / state.class_count
    one_hot = task is Task.MULTICLASS and not smoothing
    entropies = np.zeros(state.sample_count) if one_hot else losses.entropy(targets)
    return _shown(entropies, _valid(state, issues, None), state.options.unit)


def _evaluate_model(
    state: TaskState, task: Task, model: Model, valid: Flags, weights: Vectors
) -> ModelEvaluation:
    """`weights`: of the samples, 0 for those that do not count."""
    numbers = plain_numbers(state, task, model)
    probabilities = model.predictions if numbers.probabilities is None else numbers.probabilities
    unit = state.options.unit
    terms = _shown(numbers.terms, valid, unit)
    per_sample = terms.sum(axis=1)
    kl = None if numbers.kl is None else _shown(numbers.kl, valid, unit)
    counted = valid & (weights != 0.0)
    finite = counted & np.isfinite(per_sample)
    totals = weighted_totals(per_sample[counted], weights[counted])
    infinite = int(counted.sum() - finite.sum())
    return ModelEvaluation(
        probabilities=probabilities,
        terms=terms,
        losses=per_sample,
        # The entropy of a one-hot target is 0: all of the loss is excess.
        kl=per_sample if task is Task.MULTICLASS else kl,
        gradients=_shown(numbers.gradients, valid, unit),
        valid=valid,
        sum=totals.sum,
        mean=totals.mean,
        loss=_loss(state, totals.sum, totals.mean),
        infinite=infinite,
        finite_mean=weighted_totals(per_sample[finite], weights[finite]).mean if infinite else totals.mean,
        finite_count=int(finite.sum()),
        correct=_correct(state.targets, probabilities, task) & valid,
        divisor=totals.divisor,
        divides_by=Divisor.SAMPLES if (weights[counted] == 1.0).all() else Divisor.SAMPLE_WEIGHTS,
    )


def _loss(state: TaskState, total: float, mean: float) -> float | None:
    return {Reduction.SUM: total, Reduction.MEAN: mean}.get(state.options.reduction)


def _shown(numbers: Vectors, valid: Flags, unit: Unit) -> Vectors:
    """The numbers in the unit, with NaN in the rows that are not valid; changed in place."""
    if unit is Unit.BITS:
        numbers /= LN2
    numbers[~valid] = np.nan
    return numbers


def _correct(targets: Vectors, probabilities: Vectors, task: Task) -> Flags:
    correct: Flags
    if task.competing:
        correct = probabilities.argmax(axis=1) == targets.argmax(axis=1)
    else:
        correct = ((probabilities > 0.5) == (targets > 0.5)).all(axis=1)
    return correct


# By the rules of a framework, or with options


def _evaluate_by_options(
    state: TaskState, task: Task, issues: tuple[Issue, ...], valid: list[Flags]
) -> Evaluation:
    models = tuple(
        _evaluate_model_by_options(state, task, model, rows)
        for model, rows in zip(state.models, valid, strict=True)
    )
    lost = [_lost(state, index, result, issues) for index, result in enumerate(models)]
    everything = sorted(chain(issues, *lost), key=row_of)
    plain = exact_options(state.options)
    exact = None if plain == state.options else replace(state, options=plain)
    entropy = _entropy(state, task, issues)
    return Evaluation(task, state.options.unit, entropy, models, tuple(everything), exact)


def _evaluate_model_by_options(state: TaskState, task: Task, model: Model, valid: Flags) -> ModelEvaluation:
    probabilities = _probabilities(state, task, model)
    try:
        result = outcome(state, task, model, valid)
    except RefusedError as refusal:
        return _refused(state, model, task, probabilities, str(refusal))
    computed, unit, working = result.computed, state.options.unit, result.working
    valid = computed & ~np.isnan(result.losses)
    counted_infinite = result.counted & np.isinf(result.losses)
    unit_size = LN2 if unit is Unit.BITS else 1.0
    total, mean = result.totals.sum / unit_size, result.totals.mean / unit_size
    return ModelEvaluation(
        probabilities=probabilities,
        terms=_shown(working.terms.astype(np.float64), computed, unit),
        losses=_shown(result.losses, computed, unit),
        kl=None if result.kl is None else _shown(result.kl, computed, unit),
        gradients=_shown(working.gradients.astype(np.float64), computed, unit),
        valid=valid,
        sum=total,
        mean=mean,
        loss=_loss(state, total, mean),
        infinite=int(counted_infinite.sum()),
        finite_mean=result.finite.mean / unit_size,
        finite_count=int(result.counted.sum() - counted_infinite.sum()),
        correct=_correct(state.targets, probabilities, task) & valid,
        divisor=result.totals.divisor,
        divides_by=result.divides_by,
        call=result.call,
        working=working,
        computed=computed,
    )


def _probabilities(state: TaskState, task: Task, model: Model) -> Vectors:
    if model.input is InputKind.PROBABILITIES:
        return model.predictions
    return (losses.softmax if task.competing else losses.sigmoid)(
        model.predictions, state.options.temperature
    )


def _refused(
    state: TaskState, model: Model, task: Task, probabilities: Vectors, refusal: str
) -> ModelEvaluation:
    none = np.zeros(state.sample_count, dtype=np.bool_)
    nothing = np.full(state.targets.shape, math.nan)
    return ModelEvaluation(
        probabilities=probabilities,
        terms=nothing,
        losses=nothing[:, 0],
        kl=None,
        gradients=nothing,
        valid=none,
        sum=math.nan,
        mean=math.nan,
        loss=None,
        infinite=0,
        finite_mean=math.nan,
        finite_count=0,
        correct=none,
        divisor=0.0,
        call=meant_call(state.options, task, model.input),
        refusal=refusal,
    )


def _lost(
    state: TaskState, model: int, result: ModelEvaluation, issues: tuple[Issue, ...]
) -> Iterator[Issue]:
    """Why samples have no loss by the rules of a framework, where no other issue says so.

    A call that refuses a batch leaves none of them a loss.
    """
    if result.refusal is not None:
        for sample in range(state.sample_count):
            yield Issue("refused", result.refusal.removesuffix("."), sample, model, None, fixable=False)
        return
    known = {issue.sample for issue in issues if issue.model in (None, model)}
    for sample in np.flatnonzero(~result.valid).tolist():
        if sample not in known:
            yield Issue("nan", "the loss is NaN: 0 times ∞, or ∞ − ∞", sample, model, None, fixable=False)
