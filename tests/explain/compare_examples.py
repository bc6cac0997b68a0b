"""Pairs of models for tests: the shipped example, plain lists, and random states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ceviz.core import edits
from ceviz.core.document import InputKind, LossOptions, Model, Sample, Task, TaskState, vectors
from ceviz.core.evaluation import evaluate
from ceviz.explain.compare_curve import compare_y_top
from ceviz.explain.shown import Shown
from ceviz.files.document_file import load_document
from ceviz.files.resources import examples
from tests.explain.examples import random_shown, state_of


def show_pair(state: TaskState, task: Task, sample: int = 0, **changes: Any) -> Shown:
    shown = Shown(task, state, evaluate(state, task), sample, y_top=1.0, compare=True, **changes)
    return replace(shown, y_top=compare_y_top(shown))


def pictured(sample: int = 0, **options: Any) -> Shown:
    """The comparison of the picture."""
    state = load_document(examples()["two-models.ceviz"]).tasks[Task.MULTICLASS]
    return show_pair(replace(state, options=LossOptions(**options)), Task.MULTICLASS, sample)


def pair_state(
    targets: Any,
    a: Any,
    b: Any,
    classes: list[str] | None = None,
    kind: str = "probabilities",
    **options: Any,
) -> TaskState:
    """Models A and B on the same targets; B's predictions are of `kind`."""
    names = classes or ["dog", "cat", "panda", "ball", "person"][: len(targets[0])]
    state = state_of(names, targets, a, **options)
    return replace(state, models=(*state.models, Model("B", InputKind(kind), vectors(b))))


def weighing(state: TaskState, weights: list[float], ignored: tuple[int, ...] = ()) -> TaskState:
    """The state with other weights, and some samples ignored."""
    samples = tuple(Sample("An image", weight, n in ignored) for n, weight in enumerate(weights))
    return replace(state, samples=samples)


def _spoiled(draw: st.DrawFn, rows: Any) -> Any:
    """Sometimes a row with a number that is no probability."""
    rows = rows.copy()
    if draw(st.integers(0, 4)) == 0:
        rows[draw(st.integers(0, len(rows) - 1)), 0] = 1.7
    return rows


def _converted(state: TaskState, task: Task) -> TaskState:
    """B in logits where it was in probabilities, and the other way round: the same losses as before."""
    kinds = {InputKind.LOGITS: InputKind.PROBABILITIES, InputKind.PROBABILITIES: InputKind.LOGITS}
    try:
        return edits.set_input(state, task, 1, kinds[state.models[1].input])
    except ValueError:  # an invalid row has no loss to keep
        return state


@st.composite
def random_pair(draw: st.DrawFn, tasks: Any = tuple(Task), class_counts: Any = (1, 2, 3, 5)) -> Shown:
    """Any pair of models: equal, infinite, tiny and invalid losses, weights and ignored samples included."""
    shown = draw(random_shown(tasks, class_counts))
    state, model = shown.state, shown.shown_model
    order = draw(st.permutations(range(state.sample_count)))
    same, reversed_row = model.predictions[list(order)], model.predictions[:, ::-1]
    blend = np.tile(model.predictions.mean(axis=0), (state.sample_count, 1))
    rows = draw(st.sampled_from([model.predictions, same, reversed_row, blend]))
    both = [model.predictions, rows]
    if model.input is InputKind.PROBABILITIES:
        both = [_spoiled(draw, one) for one in both]
    models = tuple(Model(name, model.input, vectors(one)) for name, one in zip("AB", both, strict=True))
    state = replace(state, models=models)
    if draw(st.booleans()):
        weights = [draw(st.sampled_from([1.0, 2.0, 0.25, 0.0])) for _ in state.samples]
        ignored = tuple(n for n in range(state.sample_count) if draw(st.integers(0, 5)) == 0)
        state = weighing(state, weights, ignored)
    if draw(st.booleans()):
        state = _converted(state, shown.task)
    looks = {"overlay": shown.overlay, "dragging": shown.dragging, "fine": shown.fine}
    return show_pair(state, shown.task, shown.sample, **looks)
