"""States for tests, from plain lists; and strategies that draw them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from ceviz.core.document import (
    InputKind,
    LossOptions,
    Model,
    Reduction,
    Sample,
    Task,
    TaskState,
    Unit,
    vectors,
)

NAMES = ("dog", "cat", "panda", "horse", "owl", "fox", "crab", "bee")


def state_of(
    targets,
    *predictions,
    kind=InputKind.PROBABILITIES,
    unit=Unit.NATS,
    reduction=Reduction.MEAN,
    temperature=1.0,
    weights=None,
    ignored=(),
):
    """A state with one model per list of predictions, named A, B and so on."""
    targets = np.asarray(targets, dtype=float)
    count, classes = targets.shape
    return TaskState(
        NAMES[:classes] if classes <= len(NAMES) else tuple(f"c{k}" for k in range(classes)),
        tuple(
            Sample(f"Sample {n + 1}", 1.0 if weights is None else weights[n], n in ignored)
            for n in range(count)
        ),
        vectors(targets),
        tuple(Model("ABCDEFGH"[n], kind, vectors(rows)) for n, rows in enumerate(predictions)),
        LossOptions(unit, reduction, temperature),
    )


def distributions(class_count):
    """Rows of floats at or above 0 that sum to 1 within rounding."""
    shares = st.lists(st.integers(0, 1000), min_size=class_count, max_size=class_count)
    return shares.filter(any).map(lambda row: [share / sum(row) for share in row])


@st.composite
def states(draw, tasks=tuple(Task), kinds=tuple(InputKind)):
    """A task and a valid state of it, with finite logits."""
    task = draw(st.sampled_from(tasks))
    kind = draw(st.sampled_from(kinds))
    classes = 1 if task is Task.BINARY else draw(st.integers(2, 5))
    count = draw(st.integers(1, 4))
    unit_numbers = st.lists(st.floats(0, 1), min_size=classes, max_size=classes)
    on_off = st.lists(st.sampled_from([0.0, 1.0]), min_size=classes, max_size=classes)
    one_hot = st.integers(0, classes - 1).map(lambda k: [float(j == k) for j in range(classes)])
    target = {Task.MULTICLASS: one_hot, Task.SOFT: distributions(classes)}.get(task, on_off)
    probabilities = distributions(classes) if task.competing else unit_numbers
    logits = st.lists(st.floats(-30, 30), min_size=classes, max_size=classes)
    prediction = probabilities if kind is InputKind.PROBABILITIES else logits

    def rows(row):
        return draw(st.lists(row, min_size=count, max_size=count))

    models = [rows(prediction) for _ in range(draw(st.integers(1, 2)))]
    return task, state_of(rows(target), *models, kind=kind)
