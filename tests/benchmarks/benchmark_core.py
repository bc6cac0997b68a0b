"""Ratios of `evaluate` to a bare stable log-softmax on the same numbers, in the same run. Run by hand.

python tests/benchmarks/benchmark_core.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from ceviz.core.activations import Softmax
from ceviz.core.checks import check
from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, Vectors, vectors
from ceviz.core.evaluation import evaluate
from ceviz.core.losses import (
    binary_cross_entropy_gradient_from_logits,
    binary_cross_entropy_terms_from_logits,
    cross_entropy_gradient,
    cross_entropy_terms,
    cross_entropy_terms_from_log_probabilities,
    softmax,
)


def bare_log_softmax(logits: Vectors) -> Vectors:
    shifted = logits - logits.max(axis=1, keepdims=True)
    result: Vectors = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def median_seconds(runs: int, *actions: Callable[[], object]) -> list[float]:
    """Medians of interleaved runs, so that a noisy moment touches all of them."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(runs):
        for action, taken in zip(actions, times, strict=True):
            start = time.perf_counter()
            action()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def state_of(task: Task, kind: InputKind, samples: int, classes: int) -> TaskState:
    random = np.random.default_rng(1)
    logits = random.normal(size=(samples, classes)) * 2
    numbers = logits if kind is InputKind.LOGITS else softmax(logits)
    if task is Task.SOFT:
        targets = random.dirichlet(np.ones(classes), size=samples)
    elif task is Task.MULTICLASS:
        targets = np.eye(classes)[random.integers(classes, size=samples)]
    else:
        targets = random.integers(2, size=(samples, classes))
    names = tuple(f"c{k}" for k in range(classes))
    rows = tuple(Sample(f"s{n}") for n in range(samples))
    return TaskState(names, rows, vectors(targets), (Model("A", kind, vectors(numbers)),))


def loss_parts(state: TaskState, task: Task) -> tuple[Vectors, Vectors, Vectors]:
    """Losses, terms and gradients alone."""
    t, numbers, kind = state.targets, state.models[0].predictions, state.models[0].input
    if not task.competing:
        terms = binary_cross_entropy_terms_from_logits(t, numbers)
        return terms.sum(axis=1), terms, binary_cross_entropy_gradient_from_logits(t, numbers)
    if kind is InputKind.PROBABILITIES:
        terms = cross_entropy_terms(t, numbers)
        return terms.sum(axis=1), terms, cross_entropy_gradient(t, numbers)
    shares = Softmax(numbers)
    terms = cross_entropy_terms_from_log_probabilities(t, shares.log_probabilities())
    return terms.sum(axis=1), terms, shares.minus(t)


def large(task: Task, kind: InputKind) -> None:
    state = state_of(task, kind, 10_000, 100)
    numbers = state.models[0].predictions
    bare, parts, whole, checked = median_seconds(
        15,
        lambda: bare_log_softmax(numbers),
        lambda: loss_parts(state, task),
        lambda: evaluate(state, task),
        lambda: check(state, task),
    )
    print(
        f"10,000 x 100 {task} {kind}: log-softmax {bare * 1e3:.1f} ms; losses, terms, gradients "
        f"{parts / bare:.2f} times; evaluate {whole / bare:.2f} times; check alone {checked / bare:.2f} times"
    )


def small(task: Task, kind: InputKind) -> None:
    state = state_of(task, kind, 5, 3)
    (taken,) = median_seconds(500, lambda: evaluate(state, task))
    print(f"5 x 3 {task} {kind}: evaluate {taken * 1e3:.3f} ms")


if __name__ == "__main__":
    for measure in (large, small):
        for task in (Task.MULTICLASS, Task.SOFT, Task.MULTILABEL):
            for kind in InputKind:
                if task is not Task.MULTILABEL or kind is InputKind.LOGITS:
                    measure(task, kind)
