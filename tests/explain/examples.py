"""What the tests show: the shipped examples, changed where a test needs it, and random states."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ceviz.core.calls import fitting_calls
from ceviz.core.document import (
    Convention,
    InputKind,
    LossOptions,
    Model,
    Precision,
    Sample,
    Task,
    TaskState,
    Unit,
    vectors,
)
from ceviz.core.evaluation import evaluate
from ceviz.explain.curve_charts import y_top_for
from ceviz.explain.shown import Shown

FILES = {
    Task.MULTICLASS: "dog-cat-panda",
    Task.SOFT: "soft-labels",
    Task.BINARY: "yes-or-no",
    Task.MULTILABEL: "what-is-in-the-picture",
}


def state_of(
    classes: list[str], targets: Any, predictions: Any, names: list[str] | None = None, **options: Any
) -> TaskState:
    kind = InputKind(options.pop("input", "probabilities"))
    names = names or ["An image"] * len(targets)
    samples = tuple(Sample(name) for name in names)
    model = Model("A", kind, vectors(predictions))
    return TaskState(tuple(classes), samples, vectors(targets), (model,), LossOptions(**options))


def example(task: Task) -> TaskState:
    path = resources.files("ceviz.resources.examples") / f"{FILES[task]}.ceviz"
    content = json.loads(path.read_text(encoding="utf-8"))["tasks"][task]
    samples = content["samples"]
    return state_of(
        content["classes"],
        [sample["target"] for sample in samples],
        content["models"][0]["predictions"],
        [sample["name"] for sample in samples],
    )


def show(state: TaskState, task: Task, sample: int = 0, **changes: Any) -> Shown:
    shown = Shown(task, state, evaluate(state, task), sample, y_top=1.0, **changes)
    return replace(shown, y_top=y_top_for(shown))


def shown(
    task: Task,
    sample: int = 0,
    prediction: list[float] | None = None,
    target: list[float] | None = None,
    logits: list[float] | None = None,
    unit: Unit = Unit.NATS,
    temperature: float = 1.0,
    **changes: Any,
) -> Shown:
    """The shipped example with other numbers in the shown row; with logits, the rest becomes logits too."""
    state = example(task)
    predictions, targets = state.models[0].predictions.copy(), state.targets.copy()
    if target is not None:
        targets[sample] = target
    if prediction is not None:
        predictions[sample] = prediction
    if logits is not None:
        others = 1 - predictions if not task.competing else 1.0
        predictions = np.log(predictions / others)
        predictions[sample] = logits
    kind = InputKind.PROBABILITIES if logits is None else InputKind.LOGITS
    state = replace(
        state,
        targets=vectors(targets),
        models=(Model("A", kind, vectors(predictions)),),
        options=LossOptions(unit=unit, temperature=temperature),
    )
    return show(state, task, sample, **changes)


def _distribution(classes: int) -> st.SearchStrategy[list[float]]:
    weights = st.one_of(
        st.lists(st.integers(0, 20), min_size=classes, max_size=classes),
        st.lists(st.floats(1e-12, 1), min_size=classes, max_size=classes),
    )
    return weights.filter(lambda row: sum(row) > 0).map(lambda row: (np.array(row) / np.sum(row)).tolist())


def _one_hot(classes: int) -> st.SearchStrategy[list[float]]:
    return st.integers(0, classes - 1).map(lambda true: [float(k == true) for k in range(classes)])


def _row_of(item: st.SearchStrategy[float], classes: int) -> st.SearchStrategy[list[float]]:
    return st.lists(item, min_size=classes, max_size=classes)


_SINGLE = st.one_of(
    st.floats(0, 1),
    st.sampled_from([0.0, 1.0, 0.5, 1e-9, 1 - 1e-9]),
    st.integers(0, 20).map(lambda n: n / 20),
)
_LOGIT = st.one_of(st.floats(-30, 30), st.floats(-900, 900), st.integers(-6, 6).map(float))


@st.composite
def random_options(draw: st.DrawFn, state: TaskState, task: Task) -> TaskState:
    """A state with a convention, a call that fits, and some of the options that it takes."""
    kind = state.models[0].input
    convention = draw(st.sampled_from(Convention))
    fitting = fitting_calls(convention, task, kind)
    call = draw(st.sampled_from(fitting)) if fitting else None
    every = {"label_smoothing", "class_weights", "focal_gamma", "focal_alpha"}
    taken = call.options if call else every | (set() if task.competing else {"pos_weight"})
    weights = st.tuples(*[st.sampled_from([1.0, 2.5, 0.5, 0.0, 3.0])] * state.class_count)
    values = {
        "label_smoothing": st.sampled_from([0.1, 0.3, 1.0]),
        "class_weights": weights,
        "pos_weight": weights,
        "focal_gamma": st.sampled_from([0.0, 1.0, 2.0, 1.5]),
        "focal_alpha": st.sampled_from([0.25, 0.9]),
    }
    on = draw(st.lists(st.sampled_from(sorted(taken)), max_size=2, unique=True)) if taken else []
    options = replace(
        state.options,
        convention=convention,
        call=call.name if call else None,
        precision=draw(st.sampled_from(Precision)),
        **{name: draw(values[name]) for name in on},
    )
    return replace(state, options=options)


@st.composite
def random_shown(
    draw: st.DrawFn,
    tasks: Sequence[Task] = tuple(Task),
    class_counts: Sequence[int] = (1, 2, 3, 4, 5, 12),
    optioned: bool = False,
) -> Shown:
    """Any valid state of any task: zeros, ones and infinite losses included; with options where wanted."""
    task = draw(st.sampled_from(tasks))
    classes = 1 if task is Task.BINARY else draw(st.sampled_from(class_counts))
    samples = draw(st.integers(1, 3))
    in_logits = draw(st.booleans())
    on_off = _row_of(st.sampled_from([0.0, 1.0, 1.0, 0.0, 0.3]), classes)
    targets = {Task.MULTICLASS: _one_hot(classes), Task.SOFT: _distribution(classes)}.get(task, on_off)
    given_as = _distribution(classes) if task.competing else _row_of(_SINGLE, classes)
    rows = st.lists(_row_of(_LOGIT, classes) if in_logits else given_as, min_size=samples, max_size=samples)
    state = state_of(
        [f"class {k}" for k in range(classes)],
        draw(st.lists(targets, min_size=samples, max_size=samples)),
        draw(rows),
        input="logits" if in_logits else "probabilities",
        unit=draw(st.sampled_from(Unit)),
        temperature=draw(st.sampled_from([1.0, 1.0, 0.5, 3.0])),
    )
    if optioned:
        state = draw(random_options(state, task))
    dragging = draw(st.booleans())
    fine = dragging and draw(st.booleans())
    sample = draw(st.integers(0, samples - 1))
    return show(state, task, sample, overlay=draw(st.booleans()), dragging=dragging, fine=fine)
