"""sklearn.metrics.log_loss, as version 1.9 computes it."""

from __future__ import annotations

from typing import NoReturn

import numpy as np

from ceviz.core.conventions.parts import (
    Batch,
    Numbers,
    RefusedError,
    Working,
    at_zero,
    one_hot,
    probabilities_of,
    through_sigmoid,
    through_softmax,
)


def log_loss(batch: Batch, competing: bool, yes_or_no: bool) -> Working:
    """-t ln p of clipped p; one column of yes or no becomes the two columns 1 - p and p."""
    p = probabilities_of(batch, competing)
    _check_probabilities(batch, p)
    _check_targets(batch, competing, yes_or_no)
    eps = p.dtype.type(np.finfo(p.dtype).eps)
    q = np.clip(p, eps, 1.0 - eps)
    moved = (p < eps) | (p > 1.0 - eps)
    targets = batch.targets
    terms = 0.0 - at_zero(targets, np.log(q))
    slopes = np.where(moved, p.dtype.type(0.0), -targets / q)
    if yes_or_no:
        other = np.clip(1.0 - p, eps, 1.0 - eps)
        terms = terms - at_zero(1.0 - targets, np.log(other))
        slopes = np.where(moved, p.dtype.type(0.0), slopes + (1.0 - targets) / other)
    if batch.logits:
        through = through_softmax if competing else through_sigmoid
        slopes = through(slopes, p) / batch.temperature
    return Working(targets, q, terms, slopes, clipped=moved)


def _check_probabilities(batch: Batch, p: Numbers) -> None:
    if not batch.counted.any():
        _refuse("there is no sample")
    counted = batch.counted[:, None]
    for wrong, what in (
        (np.isnan(p), "an input is NaN"),
        (np.isinf(p), "an input is infinite"),
        (p > 1.0, "{} is greater than 1"),
        (p < 0.0, "{} is lower than 0"),
    ):
        places = np.argwhere(counted & wrong)
        if len(places):
            sample, class_index = places[0].tolist()
            _refuse(what.format(f"{p[sample, class_index]:.6g}"), sample)


def _check_targets(batch: Batch, competing: bool, yes_or_no: bool) -> None:
    if competing and batch.class_count == 1:
        _refuse("at least two classes are needed")
    certain = ((batch.targets == 0.0) | (batch.targets == 1.0)).all(axis=1)
    named = one_hot(batch.targets) if competing else certain
    places = np.flatnonzero(batch.counted & ~named)
    if len(places):
        _refuse("it takes classes as targets, not shares of them", int(places[0]))


def _refuse(why: str, sample: int | None = None) -> NoReturn:
    raise RefusedError(f"log_loss refuses the batch: {why}", sample)
