"""Why a framework's number is not the definition's: one sentence for a sample or a batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ceviz.core.calls import Call
from ceviz.core.checks import Flags
from ceviz.core.conventions import Divisor, Working
from ceviz.core.document import Convention, LossOptions, Precision, Reduction, Task, TaskState, Unit
from ceviz.core.evaluation import Evaluation, ModelEvaluation
from ceviz.explain import numbers

_SAME = 1e-12
"""Two numbers that lie closer than this, relative to the larger, are the same but for rounding."""
_LOST = 1e-12
"""A difference below this is what the rounding of 1 takes away."""

_CLIPS_FIRST = "SparseCategoricalCrossentropy"
"""Keras divides the probabilities of other calls by their sum before it clips them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One model's losses by a call, and by the definition; the model is the first of both evaluations."""

    state: TaskState
    task: Task
    evaluation: Evaluation
    exact: Evaluation

    @property
    def result(self) -> ModelEvaluation:
        """What the call makes of the model."""
        return self.evaluation.models[0]

    def numbers(self, sample: int | None) -> tuple[float, float]:
        """The loss of a sample, or of the batch (its mean where it is not reduced), and the definition's."""
        results = self.result, self.exact.models[0]
        if sample is not None:
            return float(results[0].losses[sample]), float(results[1].losses[sample])
        if self.state.options.reduction is Reduction.SUM:
            return results[0].sum, results[1].sum
        return results[0].mean, results[1].mean


def differs(value: float, exact: float) -> bool:
    """Whether two numbers differ by more than their rounding; NaN is like NaN."""
    if value == exact or (np.isnan(value) and np.isnan(exact)):
        return False
    return not abs(value - exact) <= _SAME * max(abs(value), abs(exact)) < np.inf


def reason(compared: Compared, sample: int | None) -> str:
    """Why the numbers differ; "" where they do not. A refusal is a reason."""
    if compared.result.refusal is not None:
        return compared.result.refusal
    value, exact = compared.numbers(sample)
    if not differs(value, exact):
        return ""
    clauses = list(_clauses(compared, sample)) or [_rounding(compared.state, value, exact)]
    sentence = "; ".join(clauses)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _clauses(compared: Compared, sample: int | None) -> Iterator[str]:
    working, call = compared.result.working, compared.result.call
    rows = _rows(compared, sample)
    if working is not None and call is not None:
        yield from _of_rows(compared, working, call, rows)
    yield from _left_out(compared, sample, rows)
    if sample is None and compared.state.options.reduction is not Reduction.SUM:
        yield from _of_mean(compared)


def _rows(compared: Compared, sample: int | None) -> Flags:
    count = compared.state.sample_count
    if sample is not None:
        chosen: Flags = np.arange(count) == sample
        return chosen
    counted = np.array([not other.ignored for other in compared.state.samples])
    computed = compared.result.computed
    return counted if computed is None else counted & computed


def _of_rows(compared: Compared, working: Working, call: Call, rows: Flags) -> Iterator[str]:
    task = compared.task
    if np.isnan(compared.result.losses[rows]).any():
        yield "0 times ∞, or ∞ − ∞, is NaN"
    clipped_first = call.name == _CLIPS_FIRST and working.clipped is not None and working.clipped[rows].any()
    if clipped_first:
        # Also where only other classes were clipped: the sum that divides the true one has grown by it.
        yield f"the probabilities are {_clipped(call, compared.state.options)}, then divided by their sum"
    elif working.renormalised is not None and working.renormalised[rows].any():
        yield "renormalised: the probabilities are divided by their sum"
    if working.clipped is not None and not clipped_first:
        used = working.targets[rows] != 0.0 if task.competing else True
        if (working.clipped[rows] & used).any():
            yield _clipped(call, compared.state.options)
        if not task.competing and _rounds_below_one(compared, working, call, rows):
            yield "in float32 1 − 1e-7 is 0.99999988"
    if "kl" in call.name.lower():
        yield from _divergence(compared, working, call, rows)
    smoothing = compared.state.options.label_smoothing
    if call.convention is Convention.OPTAX and smoothing and not task.competing:
        share = numbers.typed(smoothing)
        yield f"label smoothing adds {share} / K, K = {compared.state.class_count}, not {share} / 2"
    if "focal_gamma" in call.options:
        yield from _focal(compared, working, call, rows)
    if call.name.startswith("Binary") and compared.state.class_count > 1:
        yield f"averaged over the {compared.state.class_count} labels"
    if call.convention is Convention.SKLEARN and task is Task.MULTILABEL and compared.state.class_count > 1:
        yield "labels that are off are not counted"
    if call.convention is Convention.KERAS and compared.state.options.class_weights is not None:
        yield "the weight of the largest target’s class multiplies the whole loss"


def _clipped(call: Call, options: LossOptions) -> str:
    if call.convention is Convention.PYTORCH:
        return f"the logarithm is clamped at −100{' nats' if options.unit is Unit.BITS else ''}"
    if call.convention is Convention.KERAS:
        return "clipped at 1e-7"
    precision = options.precision
    return (
        f"clipped at {'2.2e-16' if precision is Precision.FLOAT64 else '1.2e-7'}, the epsilon of {precision}"
    )


def _rounds_below_one(compared: Compared, working: Working, call: Call, rows: Flags) -> bool:
    """Whether Keras clipped a p of 1 that should have been 0, in single precision: 15.942, not 16.118."""
    if call.convention is not Convention.KERAS or compared.state.options.precision is Precision.FLOAT64:
        return False
    above = (working.probabilities[rows] > 0.5) & (working.targets[rows] < 1.0)
    return working.clipped is not None and bool((above & working.clipped[rows]).any())


def _divergence(compared: Compared, working: Working, call: Call, rows: Flags) -> Iterator[str]:
    entropy = compared.exact.entropy
    if entropy is not None and (entropy[rows] > 0.0).any():
        yield "the KL divergence, which leaves out the target’s entropy"
    if call.name == "KLDivergence" and (compared.state.targets[rows] == 0.0).any():
        yield "a target of 0 counts as 1e-7"
    added = (working.probabilities - working.targets).sum(axis=1)
    if call.name == "generalized_kl_divergence" and (abs(added[rows]) > _LOST).any():
        yield "with p − t added for each class"


def _focal(compared: Compared, working: Working, call: Call, rows: Flags) -> Iterator[str]:
    options, targets = compared.state.options, working.targets[rows]
    own = ["gamma is 2"] if options.focal_gamma is None else []
    if options.focal_alpha is None and call.name == "CategoricalFocalCrossentropy":
        own.append("alpha is 0.25")
    if own:
        yield f"{' and '.join(own)}, as none is set"
    if not compared.task.competing and ((targets > 0.0) & (targets < 1.0)).any():
        yield "both answers of a target between 0 and 1 are multiplied by the same factor"


def _left_out(compared: Compared, sample: int | None, rows: Flags) -> Iterator[str]:
    """Rows with an issue have a loss here, and none by the definition."""
    gone = rows & compared.result.valid & ~compared.exact.models[0].valid
    count = int(gone.sum())
    if count and sample is not None:
        issue = compared.exact.issues_of(sample, 0)[0]
        yield f"exactly there is no loss: {issue.because}"
    elif count:
        samples = "1 sample with an issue is" if count == 1 else f"{count:,} samples with an issue are"
        yield f"exactly {samples} left out"


def _of_mean(compared: Compared) -> Iterator[str]:
    result, exact = compared.result, compared.exact.models[0]
    if result.divides_by is Divisor.NUMBERS:
        yield f"divided by N K = {result.divisor:,.0f}"
    elif result.divides_by is Divisor.CLASS_WEIGHTS and differs(result.divisor, exact.divisor):
        yield f"a weighted mean, divided by {result.divides_by}, {numbers.short(result.divisor, 6)}"
    elif result.divides_by is Divisor.SAMPLES and exact.divides_by is Divisor.SAMPLE_WEIGHTS:
        yield f"divided by N = {result.divisor:,.0f}, not by the sum of the weights"
    if result.divisor == 0.0:
        yield "no sample counts"


def _rounding(state: TaskState, value: float, exact: float) -> str:
    if state.options.precision is Precision.FLOAT32:
        return "float32 rounding"
    if abs(value - exact) < _LOST:
        return "rounding: what is small beside 1 is lost"
    return "float64 rounding"
