"""Two models on the same targets: what each pays, and what B saves, sample by sample and on average.

A sample counts where both models have a loss for it, so that neither gains by what is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from ceviz.core.checks import Flags, Issue
from ceviz.core.document import Vectors
from ceviz.explain import numbers
from ceviz.explain.shown import Shown
from ceviz.explain.spans import number_word

LETTERS = ("A", "B")
_RELATIVE, _ABSOLUTE, _LARGEST_SHARE = 1e-12, 1e-15, 1e-4
"""Losses that are equal but for rounding: so close for their size, or for a p that is close to 1."""


@dataclass(frozen=True, eq=False)
class Pair:
    """The same sample as models A and B see it, and what B saves on every sample (N,), in the shown unit.

    `saved` is the loss of A less the loss of B: exactly 0 where they are equal but for rounding, ±inf where
    one is infinite, NaN where both are or where a row is invalid. `comparable`: both rows are valid.
    `weights`: of the samples, 0 for those that do not count; they sum to 1 if any counts.
    """

    a: Shown
    b: Shown
    saved: Vectors
    comparable: Flags
    weights: Vectors

    @property
    def sides(self) -> tuple[Shown, Shown]:
        """A and B."""
        return self.a, self.b

    @property
    def counted(self) -> Flags:
        """(N,) The samples that are compared and weigh something."""
        counted: Flags = self.comparable & (self.weights != 0.0)
        return counted

    @property
    def sample_saved(self) -> float:
        """What B saves on the shown sample."""
        return float(self.saved[self.a.sample])

    @property
    def sample_comparable(self) -> bool:
        """Whether both models have a loss on the shown sample."""
        return bool(self.comparable[self.a.sample])

    @property
    def weighted(self) -> bool:
        """Whether some counted samples weigh more than others."""
        weights = self.weights[self.counted]
        return weights.size > 0 and bool((weights != weights[0]).any())


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """The mean losses of A and B over `samples`, and what B saves on average (0 where they are equal).

    Where both are infinite the samples are those with a finite loss for both: then `finite_only`.
    """

    a: float
    b: float
    saved: float
    samples: Flags
    finite_only: bool

    @property
    def better(self) -> int | None:
        """0 where A is better, 1 where B is, None where they are equal."""
        return better_of(self.saved)


def better_of(saved: float) -> int | None:
    """Which model is better, by what B saves; None where they are equal or there is no telling."""
    return 1 if saved > 0 else 0 if saved < 0 else None


def pair_of(shown: Shown) -> Pair:
    """The models `model` and `other` side by side. ValueError where there is no other."""
    if not 0 <= shown.other < len(shown.state.models):
        raise ValueError("A comparison needs two models.")
    a, b = shown, replace(shown, model=shown.other)
    comparable = a.result.valid & b.result.valid
    return Pair(a, b, _saved(a.result.losses, b.result.losses), comparable, _weights(shown, comparable))


@np.errstate(invalid="ignore")
def _saved(a: Vectors, b: Vectors) -> Vectors:
    larger = np.maximum(a, b)
    tolerance = np.maximum(_RELATIVE * larger, np.minimum(_ABSOLUTE, _LARGEST_SHARE * larger))
    saved: Vectors = a - b
    saved[np.isfinite(larger) & (abs(saved) <= tolerance)] = 0.0
    return saved


def _weights(shown: Shown, comparable: Flags) -> Vectors:
    weights = np.array([0.0 if sample.ignored else sample.weight for sample in shown.state.samples])
    weights[~comparable] = 0.0
    largest = abs(weights).max()
    if largest > 0.0:
        weights /= largest
    total = math.fsum(weights.tolist())
    return weights / total if total else np.zeros_like(weights)


def means_of(pair: Pair) -> Means | None:
    """The means of what counts; None where nothing does, or where nothing is finite for both models."""
    a, b = (side.result.losses for side in pair.sides)
    samples = pair.counted
    endless = [bool(np.isinf(losses[samples]).any()) for losses in (a, b)]
    finite_only = all(endless)
    if finite_only:
        samples = samples & np.isfinite(a) & np.isfinite(b)
    if not weighs(pair, samples):
        return None
    if any(endless) and not finite_only:
        saved = math.inf if endless[0] else -math.inf
        ends = [
            math.inf if no_end else _mean(pair, side, samples)
            for side, no_end in zip(pair.sides, endless, strict=True)
        ]
        return Means(ends[0], ends[1], saved, samples, False)
    mean_a, mean_b = (_mean(pair, side, samples) for side in pair.sides)
    own = _divides_itself(pair, samples)
    saved = mean_a - mean_b if own else mean_over(pair, pair.saved, samples)
    if float(_saved(np.array([mean_a]), np.array([mean_a - saved]))[0]) == 0.0:
        saved = 0.0
    return Means(mean_a, mean_b, saved, samples, finite_only)


def _divides_itself(pair: Pair, samples: Flags) -> bool:
    """Whether the means are those of a framework, which need not divide by the weights of the samples."""
    whole = bool((samples == pair.counted).all()) and not left_out(pair)
    return whole and all(side.result.call is not None for side in pair.sides)


def _mean(pair: Pair, side: Shown, samples: Flags) -> float:
    """The mean of one model over some samples, as its convention takes it."""
    own = _divides_itself(pair, samples)
    return side.result.mean if own else mean_over(pair, side.result.losses, samples)


def weighs(pair: Pair, samples: Flags) -> bool:
    """Whether some samples have a mean: their weights do not add up to 0."""
    return math.fsum(pair.weights[samples].tolist()) != 0.0


def mean_over(pair: Pair, values: Vectors, samples: Flags) -> float:
    """The weighted mean of some numbers, one per sample, over some samples."""
    weights = pair.weights[samples]
    return math.fsum((weights / math.fsum(weights.tolist()) * values[samples]).tolist())


def infinite_samples(pair: Pair, side: Shown) -> list[int]:
    """The counted samples on which a model's loss is infinite."""
    return np.flatnonzero(pair.counted & np.isinf(side.result.losses)).tolist()


def left_out(pair: Pair) -> list[int]:
    """The samples that would count, had both models a loss for them."""
    would = np.array([not sample.ignored and sample.weight != 0 for sample in pair.a.state.samples])
    return np.flatnonzero(would & ~pair.comparable).tolist()


def left_out_text(pair: Pair) -> str:
    """Which samples are left out of both means; empty where none is."""
    gone = left_out(pair)
    if not gone:
        return ""
    are = "is" if len(gone) == 1 else "are"
    return f"{named_samples(gone).capitalize()} {are} left out of both means until fixed."


def named_samples(samples: list[int], most: int = 3) -> str:
    """sample 3, samples 3 and 5, samples 1, 3 and 5, or how many there are."""
    named = [numbers.count(sample + 1) for sample in samples]
    if len(named) == 1:
        return f"sample {named[0]}"
    if len(named) > most:
        return f"{number_word(len(named))} samples"
    return f"samples {', '.join(named[:-1])} and {named[-1]}"


def issues_of(side: Shown) -> tuple[Issue, ...]:
    """What is wrong with the shown row of a model, or with its target."""
    return side.evaluation.issues_of(side.sample, side.model)
