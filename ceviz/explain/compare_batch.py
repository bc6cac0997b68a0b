"""The batch of a comparison: both models' losses of every sample, and what B saves as diverging bars."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ceviz.core.checks import Issue
from ceviz.core.document import Task, Vectors
from ceviz.explain import numbers
from ceviz.explain.axes import nice_ticks
from ceviz.explain.charts import Axis
from ceviz.explain.compare import LETTERS, Means, Pair, better_of, left_out, left_out_text, means_of, pair_of
from ceviz.explain.compare_headline import labels_right, mean_name, mean_texts, right_counts
from ceviz.explain.compare_losses import compared_losses
from ceviz.explain.loss_options import divisions
from ceviz.explain.shown import Shown

HEADS = ("prediction", "loss of A", "prediction", "loss of B", "← A better", "B better →", "B saves")
_HEADROOM = 1.05
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class ModelLoss:
    """One model's part of a row. `right` is None where the word has no meaning; `problem`: why no loss."""

    loss_text: str
    right: bool | None
    right_text: str
    problem: str


@dataclass(frozen=True, slots=True)
class CompareBatchRow:
    """`bar` is what B saves, on the axis; None where nothing can be drawn. `endless`: it has no end."""

    sample: int
    a: ModelLoss
    b: ModelLoss
    saves_text: str
    """"+0.560", "≈ −0.310", "0", "+∞"; words where there is no difference to tell."""
    bar: float | None
    endless: bool
    better: str | None
    problem: str
    """Which model's row is invalid and why, as a sentence without its stop; empty for a valid row."""


@dataclass(frozen=True, slots=True)
class ModelFoot:
    """What stands under one model's column."""

    letter: str
    right_text: str
    """"right on 3 of 5"; empty for soft targets, which have no right class."""
    mean_label: str
    mean_text: str


@dataclass(frozen=True, slots=True, eq=False)
class CompareBatch:
    """The rows are made when they are asked for: of ten thousand a few are in sight."""

    pair: Pair
    axis: Axis
    """What B saves: A is better left of 0, B right of it."""
    a: ModelFoot
    b: ModelFoot
    mean: float | None
    """Where the mean line stands; None without one."""
    mean_text: str
    remark: str
    """What is left out of the means, and why; empty where nothing is."""
    short_remark: str
    """The same where there is little room."""
    divisions: tuple[str, ...]
    """What both means divide by, from long to short; empty where it is the number of samples."""

    @property
    def sample_count(self) -> int:
        """N."""
        return len(self.pair.saved)

    def row(self, sample: int) -> CompareBatchRow:
        """What stands in one row, written when it is asked for."""
        pair = self.pair
        losses = compared_losses(pair, sample)
        a, b = _model_loss(pair.a, sample, losses.a), _model_loss(pair.b, sample, losses.b)
        saved = float(pair.saved[sample])
        endless = math.isinf(saved)
        better = better_of(saved)
        return CompareBatchRow(
            sample=sample,
            a=a,
            b=b,
            saves_text=_saves_text(pair, sample, losses.about),
            bar=None if math.isnan(saved) else _on_axis(saved, self.axis),
            endless=endless,
            better=None if better is None else LETTERS[better],
            problem=_problem(pair, sample),
        )


def compare_batch(shown: Shown, axis: Axis | None = None) -> CompareBatch:
    """All samples of the shown pair of models. `axis` keeps an earlier one, as while a drag lasts."""
    pair = pair_of(shown)
    means = means_of(pair)
    by = {divisions(side.result) for side in pair.sides}
    mean_line = means is not None and math.isfinite(means.saved)
    return CompareBatch(
        pair=pair,
        axis=axis or saving_axis(pair.saved, f"B saves ({shown.evaluation.unit.value})"),
        a=_foot(pair, means, 0),
        b=_foot(pair, means, 1),
        mean=means.saved if mean_line and means is not None else None,
        mean_text=_mean_text(pair, means),
        remark=_remark(pair, means),
        short_remark=_short_remark(pair, means),
        divisions=by.pop() if len(by) == 1 else (),
    )


def saving_axis(saved: Vectors, label: str) -> Axis:
    """An axis that holds all finite differences, at least one tick on either side of 0."""
    finite = saved[np.isfinite(saved)]
    least, most = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    reach = _HEADROOM * max(-least, most)
    step = nice_ticks(reach if reach > 0 else 1.0, _MOST_TICKS)[1][0]
    below, above = (max(1, math.ceil(_HEADROOM * end / step)) for end in (-least, most))
    ticks = tuple((step * n, _tick_text(step * n)) for n in range(-below, above + 1))
    return Axis(-step * below, step * above, ticks, label)


def _tick_text(value: float) -> str:
    sign = "" if value == 0 else "+" if value > 0 else "−"
    return f"{sign}{abs(value):.6g}"


def _on_axis(saved: float, axis: Axis) -> float:
    return min(max(saved, axis.low), axis.high)


def _model_loss(side: Shown, sample: int, loss: str) -> ModelLoss:
    if not side.result.valid[sample]:
        issue = side.evaluation.issues_of(sample, side.model)[0]
        return ModelLoss("", None, "", issue.message)
    if side.task is Task.SOFT:
        return ModelLoss(loss, None, "", "")
    right = bool(side.result.correct[sample])
    if side.task is not Task.MULTILABEL:
        return ModelLoss(loss, right, "right" if right else "wrong", "")
    count = int(labels_right(side, sample).sum())
    return ModelLoss(loss, right, f"{count} of {side.state.class_count} labels right", "")


def _problem(pair: Pair, sample: int) -> str:
    found = [_named(issue, letter) for letter, issue in _issues(pair, sample)]
    # Both models share what is wrong with the target.
    return "; ".join(dict.fromkeys(found))


def _issues(pair: Pair, sample: int) -> list[tuple[str, Issue]]:
    sides = zip(LETTERS, pair.sides, strict=True)
    return [(letter, issue) for letter, s in sides for issue in s.evaluation.issues_of(sample, s.model)[:1]]


def _named(issue: Issue, letter: str) -> str:
    """ "A sums to 0.93, not 1", "A: cat is negative", "The target is 1 for one class and 0 for the rest"."""
    if issue.model is not None:
        return f"{letter}{'' if issue.code == 'sum' else ':'} {issue.message}"
    # A symbol that starts a message stays as it is.
    first = issue.message[:1] if issue.message.startswith("t ") else issue.message[:1].upper()
    return first + issue.message[1:]


def _saves_text(pair: Pair, sample: int, about: str) -> str:
    if not pair.comparable[sample]:
        return "left out until fixed"
    saved = float(pair.saved[sample])
    return "both infinite" if math.isnan(saved) else about + numbers.gradient(saved)


def _foot(pair: Pair, means: Means | None, index: int) -> ModelFoot:
    right, total, what = right_counts(pair)
    right_text = f"right on {numbers.count(right[index])} of {numbers.count(total)}{what}"
    if pair.a.task is Task.SOFT or total == 0:
        right_text = ""
    if means is None:
        mean_text = numbers.INFINITY if pair.counted.any() else ""
        return ModelFoot(LETTERS[index], right_text, "mean", mean_text)
    return ModelFoot(LETTERS[index], right_text, mean_name(pair, means), mean_texts(pair, means)[index])


def _mean_text(pair: Pair, means: Means | None) -> str:
    if means is None:
        return "both infinite" if pair.counted.any() else ""
    return mean_texts(pair, means)[2] + numbers.term(means.saved)


def _remark(pair: Pair, means: Means | None) -> str:
    pieces = [left_out_text(pair)]
    if means is not None and means.finite_only:
        count = int(means.samples.sum())
        samples = "1 sample" if count == 1 else f"{numbers.count(count)} samples"
        pieces.append(f"Both means are infinite; compared over the {samples} with two finite losses.")
    return " ".join(filter(None, pieces))


def _short_remark(pair: Pair, means: Means | None) -> str:
    """ "1 invalid, 3 infinite left out"."""
    infinite = int((pair.counted & ~means.samples).sum()) if means is not None and means.finite_only else 0
    counts = ((len(left_out(pair)), "invalid"), (infinite, "infinite"))
    pieces = [f"{numbers.count(count)} {what}" for count, what in counts if count]
    return f"{', '.join(pieces)} left out" if pieces else ""
