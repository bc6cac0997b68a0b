"""Ratios of `evaluate` to a bare stable log-softmax on the same numbers, in the same run. Run by hand.

python tests/benchmarks/benchmark_core.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ceviz.core.activations import Sigmoid, Softmax
from ceviz.core.checks import check
from ceviz.core.document import InputKind, Model, Sample, Task, TaskState, Vectors, vectors
from ceviz.core.evaluation import evaluate
from ceviz.core.losses import (
    binary_cross_entropy_gradient,
    binary_cross_entropy_terms,
    cross_entropy_gradient,
    cross_entropy_terms,
    cross_entropy_terms_from_log_probabilities,
    sigmoid,
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
    probabilities = softmax(logits) if task.competing else sigmoid(logits)
    numbers = logits if kind is InputKind.LOGITS else probabilities
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
    t, numbers = state.targets, state.models[0].predictions
    if state.models[0].input is InputKind.PROBABILITIES:
        if task.competing:
            terms, gradients = cross_entropy_terms(t, numbers), cross_entropy_gradient(t, numbers)
        else:
            terms = binary_cross_entropy_terms(t, numbers)
            gradients = binary_cross_entropy_gradient(t, numbers)
    elif task.competing:
        shares = Softmax(numbers)
        terms = cross_entropy_terms_from_log_probabilities(t, shares.log_probabilities())
        gradients = shares.minus(t)
    else:
        labels = Sigmoid(numbers)
        terms, gradients = labels.terms(t), labels.minus(t)
    return terms.sum(axis=1), terms, gradients


def large(task: Task, kind: InputKind) -> None:
    """Times and ratios of a large state; binary, of one class, is compared with one column."""
    state = state_of(task, kind, 10_000, 1 if task is Task.BINARY else 100)
    numbers = state.models[0].predictions
    bare, parts, whole, checked = median_seconds(
        15,
        lambda: bare_log_softmax(numbers),
        lambda: loss_parts(state, task),
        lambda: evaluate(state, task),
        lambda: check(state, task),
    )
    print(
        f"10,000 x {numbers.shape[1]:<3} {task:10} {kind:13} log-softmax {bare * 1e3:5.2f} ms; losses, "
        f"terms, gradients {parts / bare:5.2f} times; evaluate {whole / bare:5.2f} times, of which check "
        f"{checked / bare:4.2f}; evaluate {whole * 1e3:5.2f} ms"
    )


def small(task: Task, kind: InputKind) -> None:
    state = state_of(task, kind, 5, 1 if task is Task.BINARY else 3)
    (taken,) = median_seconds(500, lambda: evaluate(state, task))
    print(f"5 x {state.class_count} {task:10} {kind:13} evaluate {taken * 1e3:.3f} ms")


def wrong() -> None:
    """What check takes where every row has an issue, against where none has."""
    right = state_of(Task.MULTICLASS, InputKind.PROBABILITIES, 10_000, 100)
    model = replace(right.models[0], predictions=vectors(np.full((10_000, 100), 50.0)))
    bad = replace(right, models=(model,))
    none, every = median_seconds(
        15, lambda: check(right, Task.MULTICLASS), lambda: check(bad, Task.MULTICLASS)
    )
    print(
        f"10,000 x 100 wrong numbers: check {every * 1e3:.2f} ms, {every / none:.2f} times that of right ones"
    )


if __name__ == "__main__":
    for measure in (large, small):
        for task in Task:
            for kind in InputKind:
                measure(task, kind)
    wrong()
