"""Loss up while accuracy is up: which samples the model pays most on that is right more often."""

from __future__ import annotations

import math

import numpy as np

from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS, Means, Pair, infinite_samples, named_samples
from ceviz.explain.spans import Span, loss_span, say

MOST_NAMED = 3


def costly_samples(pair: Pair, means: Means, model: int) -> tuple[tuple[int, ...], bool]:
    """The samples on which `model`, which has the higher mean, pays most over the other: at most three.

    As few as explain the whole difference of the means, and whether they do. Weights count: first comes
    the sample that adds most to the mean.
    """
    counted, sign = means.samples, 1.0 if model == 0 else -1.0
    added = np.zeros(len(pair.saved))
    added[counted] = np.maximum(sign * pair.weights[counted] * pair.saved[counted], 0.0)
    order = np.argsort(-added, kind="stable")[:MOST_NAMED].tolist()
    needed = abs(means.saved) * math.fsum(pair.weights[means.samples].tolist())
    largest = [n for n in order if added[n] > 0.0]
    for count in range(1, len(largest) + 1):
        if math.fsum(added[largest[:count]].tolist()) >= needed:
            return tuple(largest[:count]), True
    return tuple(largest), False


def costly(pair: Pair, means: Means, model: int, counts: str) -> tuple[Span, ...]:
    """Why `model` has the higher mean though it is right more often; `counts` says how often.

    What is said of a sample is the difference of its two losses, as the batch shows it.
    """
    more_often = f"{LETTERS[model]} is right more often ({counts})"
    if not math.isfinite(means.saved):
        return _endless(pair, model, more_often)
    samples, enough = costly_samples(pair, means, model)
    spans = list(
        say(Span(f"{more_often} and still costs more:", "strong"), " " if enough else " most of all ")
    )
    for number, sample in enumerate(samples):
        on = " more on " if number == 0 else " on "
        spans += [_joint(number, len(samples)), loss_span(_paid(pair, sample)), Span(on), sample_span(sample)]
    return (*spans, Span(" alone." if enough and len(samples) == 1 else "."))


def _paid(pair: Pair, sample: int) -> str:
    return numbers.term(abs(float(pair.saved[sample])))


def _joint(number: int, count: int) -> Span:
    """What stands in front of one of several, counted from 0."""
    return Span("" if number == 0 else " and " if number == count - 1 else ", ")


def _endless(pair: Pair, model: int, more_often: str) -> tuple[Span, ...]:
    gone = infinite_samples(pair, pair.sides[model])
    start = Span(f"{more_often} and its mean is still infinite:", "strong")
    if len(gone) > MOST_NAMED:
        return start, Span(f" it pays ∞ on {named_samples(gone)}.")
    named = [span for n, sample in enumerate(gone) for span in (_joint(n, len(gone)), sample_span(sample))]
    return (start, Span(" it pays ∞ on "), *named, Span("."))


def sample_span(sample: int) -> Span:
    """The name of a sample, which can be clicked where it stands."""
    return Span(f"sample {numbers.count(sample + 1)}", "strong", sample=sample)
