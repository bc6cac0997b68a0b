"""One model's batch by the options: from the inputs to the sum and the mean, in nats."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ceviz.core import losses
from ceviz.core.calls import Call, meant_call
from ceviz.core.conventions.definition import definition, smoothed_targets
from ceviz.core.conventions.parts import Batch, Flags, RefusedError, Working, batch_of
from ceviz.core.conventions.reductions import Divisor, divisor_of, reduced
from ceviz.core.conventions.rules import computed_rows, require_options, work
from ceviz.core.document import (
    Convention,
    LossOptions,
    Model,
    Precision,
    Reduction,
    Task,
    TaskState,
    Vectors,
)
from ceviz.core.totals import Totals, weighted_totals


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What the options make of a model's batch.

    `computed` (N,): the samples that have a loss; `counted`: those of them that sum and mean are of.
    `finite`: the totals without the infinite losses. `kl` is None where the loss is not entropy plus KL.
    """

    working: Working
    losses: Vectors
    kl: Vectors | None
    computed: Flags
    counted: Flags
    totals: Totals
    finite: Totals
    divides_by: Divisor
    call: Call | None


def is_plain(options: LossOptions) -> bool:
    """Whether the loss is the bare definition in doubles."""
    return options == LossOptions(options.unit, options.reduction, options.temperature)


def exact_options(options: LossOptions) -> LossOptions:
    """The definition in doubles, with the smoothing, weights and focal factor that the options name."""
    return replace(options, convention=Convention.EXACT, call=None, precision=Precision.FLOAT64)


def outcome(state: TaskState, task: Task, model: Model, valid: Flags) -> Outcome:
    """The losses of a model. `valid`: the samples without an issue. RefusedError where none is given."""
    kept = np.array([not sample.ignored for sample in state.samples])
    weights = np.array([sample.weight for sample in state.samples])
    batch = batch_of(state, model, kept)
    if state.options.convention is Convention.EXACT:
        return _exact(batch, task, valid, weights)
    call = meant_call(state.options, task, model.input)
    if call is None:
        raise RefusedError(f"{state.options.convention} has no loss for {model.input} here")
    require_options(state.options, call)
    return _by_call(state, batch, task, call, weights)


def _exact(batch: Batch, task: Task, valid: Flags, weights: Vectors) -> Outcome:
    working = definition(batch, task.competing)
    per_sample = working.terms.sum(axis=1, dtype=np.float64).astype(batch.targets.dtype).astype(np.float64)
    counted = valid & batch.counted & (weights != 0.0)
    finite = counted & np.isfinite(per_sample)

    def totals(rows: Flags) -> Totals:
        exact = weighted_totals(per_sample[rows], weights[rows])
        kind = batch.targets.dtype.type
        return Totals(float(kind(exact.sum)), float(kind(exact.mean)), exact.divisor)

    weighted = bool((weights != 1.0).any())
    return Outcome(
        working,
        per_sample,
        _divergence(batch, task),
        valid,
        counted,
        totals(counted),
        totals(finite),
        Divisor.SAMPLE_WEIGHTS if weighted else Divisor.SAMPLES,
        None,
    )


def _divergence(batch: Batch, task: Task) -> Vectors | None:
    changed = (batch.class_weights, batch.pos_weight, batch.gamma, batch.alpha)
    if not task.competing or any(option is not None for option in changed):
        return None
    targets, given = smoothed_targets(batch, True), batch.predictions.astype(np.float64)
    if batch.logits:
        return losses.kl_divergence_from_logits(targets, given)
    return losses.kl_divergence(targets, given)


def _by_call(state: TaskState, batch: Batch, task: Task, call: Call, weights: Vectors) -> Outcome:
    working = work(batch, call, task)
    computed = computed_rows(batch, call)
    counted = computed & batch.counted
    divisor = divisor_of(call, batch, bool((weights != 1.0).any()))
    if call.convention is Convention.SKLEARN and state.options.reduction is Reduction.MEAN:
        _require_weight(weights[counted])
    per_sample = working.terms.sum(axis=1)
    finite = counted & ~np.isinf(per_sample)
    return Outcome(
        working,
        per_sample.astype(np.float64),
        None,
        computed,
        counted,
        reduced(per_sample, weights, counted, call, batch, divisor),
        reduced(per_sample, weights, finite, call, batch, divisor),
        divisor,
        call,
    )


def _require_weight(weights: Vectors) -> None:
    if weights.sum() == 0.0:
        raise RefusedError("log_loss refuses the batch: the weights sum to 0")
