"""Ratios of all that is said and drawn of a sample to the evaluation it explains. Run by hand.

python tests/benchmarks/benchmark_explain.py
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmark_core import median_seconds, state_of

from ceviz.core.document import InputKind, Model, Task, vectors
from ceviz.core.evaluation import evaluate
from ceviz.explain.compare_batch import compare_batch
from ceviz.explain.compare_curve import compare_curve, compare_y_top
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.compare_sample import compare_sample
from ceviz.explain.curve_charts import curve_charts, y_top_for
from ceviz.explain.headline import headline
from ceviz.explain.sentences import takeaway
from ceviz.explain.shown import Shown
from ceviz.explain.stack_charts import stack_chart


def explain(shown: Shown) -> object:
    return curve_charts(shown), stack_chart(shown), headline(shown), takeaway(shown)


def compare(shown: Shown) -> object:
    batch = compare_batch(shown)
    rows = [batch.row(n) for n in range(min(20, batch.sample_count))]  # as many as are in sight
    return compare_headline(shown), compare_sample(shown), compare_curve(shown), rows


def measure(task: Task, samples: int, classes: int) -> None:
    state = state_of(task, InputKind.PROBABILITIES, samples, classes)
    shown = Shown(task, state, evaluate(state, task), 0, y_top=1.0)
    shown = replace(shown, y_top=y_top_for(shown))
    evaluated, explained = median_seconds(50, lambda: evaluate(state, task), lambda: explain(shown))
    print(
        f"{samples:,} x {classes:<4} {task:10} explain {explained / evaluated:6.2f} times evaluate "
        f"({explained * 1e3:.2f} ms)"
    )


def measure_pair(samples: int, classes: int) -> None:
    task = Task.MULTICLASS
    state = state_of(task, InputKind.PROBABILITIES, samples, classes)
    other = Model("B", InputKind.PROBABILITIES, vectors(np.roll(state.models[0].predictions, 1, axis=0)))
    state = replace(state, models=(*state.models, other))
    shown = Shown(task, state, evaluate(state, task), 0, y_top=1.0, compare=True)
    shown = replace(shown, y_top=compare_y_top(shown))
    evaluated, compared = median_seconds(20, lambda: evaluate(state, task), lambda: compare(shown))
    print(
        f"{samples:,} x {classes:<4} two models  compare {compared / evaluated:6.2f} times evaluate "
        f"({compared * 1e3:.2f} ms)"
    )


if __name__ == "__main__":
    for task in (Task.MULTICLASS, Task.SOFT, Task.MULTILABEL):
        for classes in (3, 100, 1000):
            measure(task, 20, classes)
    for samples in (5, 10_000):
        measure_pair(samples, 3)
