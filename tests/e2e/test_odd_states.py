"""Documents at the edge of what can be: every view shows them, without an error or a number that is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget

from ceviz.core.document import (
    Convention,
    Document,
    InputKind,
    LossOptions,
    Model,
    Precision,
    Reduction,
    Sample,
    Task,
    TaskState,
    Unit,
    Vectors,
    View,
    vectors,
)
from ceviz.explain.lenses import lenses
from ceviz.files.document_file import default_document
from ceviz.gui.main_window import MainWindow
from tests.windows import opened_window

TASKS = tuple(Task)
# One after the other only the theme or only the size is another one: each costs half a second.
LOOKS = [("light", 1440, 900), ("dark", 1440, 900), ("dark", 1024, 680), ("light", 1024, 680)]
LOGITS, PROBABILITIES = InputKind.LOGITS, InputKind.PROBABILITIES
LEAKED = re.compile(r"(?<!\w)([-−+]?(nan|inf|infinity)|None|np\.float64)(?!\w)", re.IGNORECASE)
NAMES = (
    "W" * 60,
    "שלום עולם",
    "\N{DOG FACE}\N{FAMILY}\N{PANDA FACE}",
    "<b>bold</b> &amp; <img src=x>",
    "",
)
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)

Build = Callable[[Task], TaskState]


# What the states are made of


def usual_targets(task: Task, n: int, k: int) -> Vectors:
    rng = np.random.default_rng(k)
    if task is Task.SOFT:
        return rng.dirichlet(np.ones(k), n)
    if task is Task.MULTICLASS:
        return np.eye(k)[np.arange(n) % k]
    return rng.integers(0, 2, (n, k)).astype(float)


def usual_predictions(task: Task, n: int, k: int) -> Vectors:
    rng = np.random.default_rng(100 + k)
    return rng.dirichlet(np.ones(k), n) if task.competing else rng.random((n, k))


def usual(task: Task, n: int = 5, k: int = 3) -> TaskState:
    """Nothing odd: two models that differ."""
    k = 1 if task is Task.BINARY else k
    first = usual_predictions(task, n, k)
    return TaskState(
        tuple(f"class {j}" for j in range(k)),
        tuple(Sample(f"sample of {i}") for i in range(n)),
        vectors(usual_targets(task, n, k)),
        (Model("A", PROBABILITIES, vectors(first)), Model("B", PROBABILITIES, vectors(first[::-1]))),
    )


def of_size(n: int, k: int) -> Build:
    return lambda task: usual(task, n, k)


def predicted(number: float, kind: InputKind = PROBABILITIES, first_only: bool = False) -> Build:
    """One number in every place of model A, or at the first class alone; model B has it in one sample."""

    def build(task: Task) -> TaskState:
        state = usual(task)
        rows = state.models[0].predictions.copy()
        if kind is LOGITS:
            rows = np.log(np.clip(rows, 1e-9, None))
        some = rows.copy()
        rows[:, : 1 if first_only else None] = number
        some[1] = number
        models = (Model("A", kind, vectors(rows)), Model("B", kind, vectors(some)))
        return replace(state, models=models)

    return build


def targeted(number: float | None) -> Build:
    """One number in every place of the target; without one, soft labels."""

    def build(task: Task) -> TaskState:
        state = usual(task)
        soft = np.random.default_rng(7).random(state.targets.shape)
        return replace(state, targets=vectors(soft if number is None else np.full_like(soft, number)))

    return build


def weighed(weight: float, ignored: bool) -> Build:
    def build(task: Task) -> TaskState:
        state = usual(task)
        return replace(
            state, samples=tuple(replace(s, weight=weight, ignored=ignored) for s in state.samples)
        )

    return build


def tempered(temperature: float, unit: Unit) -> Build:
    def build(task: Task) -> TaskState:
        return replace(
            predicted(3.0, LOGITS, first_only=True)(task),
            options=LossOptions(unit, Reduction.SUM, temperature),
        )

    return build


def computed(
    kind: InputKind = PROBABILITIES, zero: bool = False, weights: Sequence[str] = (), **options: Any
) -> Build:
    """By a framework, or with options; with a probability of 0, or logits."""

    def build(task: Task) -> TaskState:
        state = usual(task)
        rows = state.models[0].predictions.copy()
        rows[0] = [0.0, *rows[0, 1:] / max(rows[0, 1:].sum(), 1e-9)] if zero and task.competing else rows[0]
        if kind is LOGITS:
            rows = np.log(np.clip(rows, 1e-9, None))
        per_class = dict.fromkeys(weights, (2.0,) + (0.5,) * (state.class_count - 1))
        if task.competing:
            per_class.pop("pos_weight", None)
        models = tuple(replace(model, input=kind, predictions=vectors(rows)) for model in state.models)
        return replace(state, models=models, options=LossOptions(**{**options, **per_class}))

    return build


def named(first: int) -> Build:
    """All odd names, a particular one first (binary has no other)."""
    names = NAMES[first:] + NAMES[:first]

    def build(task: Task) -> TaskState:
        state = usual(task, len(names), len(names))
        a, b = (replace(model, name=name) for model, name in zip(state.models, names, strict=False))
        return replace(
            state,
            classes=names[: state.class_count],
            samples=tuple(Sample(name) for name in names),
            models=(a, b),
        )

    return build


def all_infinite(task: Task) -> TaskState:
    state = usual(task)
    if task is Task.SOFT:
        wrong = np.eye(state.class_count)[np.zeros(state.sample_count, dtype=int)]
    elif task is Task.MULTICLASS:
        wrong = np.roll(state.targets, 1, axis=1)
    else:
        wrong = 1 - state.targets
    a, b = (replace(model, predictions=vectors(wrong)) for model in state.models)
    return replace(state, models=(a, b))


STATES: dict[str, Build] = {
    "one class": of_size(5, 1),
    "two classes": of_size(5, 2),
    "three classes": of_size(5, 3),
    "ten classes": of_size(5, 10),
    "a thousand classes": of_size(3, 1000),
    "one sample": of_size(1, 3),
    "ten thousand samples": of_size(10_000, 3),
    "all infinite": all_infinite,
    "all invalid": predicted(7.5),
    "p = 1.5": predicted(1.5, first_only=True),
    "p = -0.2": predicted(-0.2, first_only=True),
    "p = 1e200": predicted(1e200),
    "denormal p": predicted(5e-324, first_only=True),
    "target 1.7": targeted(1.7),
    "target -3": targeted(-3.0),
    "target 1e300": targeted(1e300),
    "soft labels": targeted(None),
    "no weight": weighed(0.0, False),
    "all ignored": weighed(1.0, True),
    "one logit ∞": predicted(np.inf, LOGITS, first_only=True),
    "one logit -∞": predicted(-np.inf, LOGITS, first_only=True),
    "several logits ∞": predicted(np.inf, LOGITS),
    "all logits -∞": predicted(-np.inf, LOGITS),
    "one logit 1000": predicted(1000.0, LOGITS, first_only=True),
    "one logit -1000": predicted(-1000.0, LOGITS, first_only=True),
    "one logit 1e300": predicted(1e300, LOGITS, first_only=True),
    "denormal logits": predicted(5e-324, LOGITS),
    "T = 0.1": tempered(0.1, Unit.NATS),
    "T = 10 in bits": tempered(10.0, Unit.BITS),
    "PyTorch": computed(zero=True, convention=Convention.PYTORCH),
    "PyTorch of logits, weighted": computed(
        LOGITS, convention=Convention.PYTORCH, weights=["class_weights"], label_smoothing=0.1
    ),
    "Keras in float32": computed(zero=True, convention=Convention.KERAS, precision=Precision.FLOAT32),
    "Keras, focal": computed(convention=Convention.KERAS, focal_gamma=2.0, focal_alpha=0.25),
    "scikit-learn": computed(zero=True, convention=Convention.SKLEARN),
    "optax of logits": computed(LOGITS, convention=Convention.OPTAX, label_smoothing=0.3),
    "optax refuses": computed(convention=Convention.OPTAX, call="softmax_cross_entropy"),
    "all options": computed(
        weights=["class_weights", "pos_weight"], label_smoothing=0.2, focal_gamma=1.5, focal_alpha=0.25
    ),
    **{f"odd names, {i} first": named(i) for i in (0, 3)},
}


# What is read from the window


@pytest.fixture(scope="module")
def window(qapp: QApplication) -> Iterator[MainWindow]:
    """One for all states: to build it is what takes time."""
    with opened_window() as window:
        yield window


def texts(window: MainWindow) -> Iterator[tuple[str, str]]:
    """Everything that is said or written on the shown page by a widget, with the widget."""
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        who = f"{type(widget).__name__} {widget.objectName()}"
        yield who, widget.accessibleName()
        yield who, widget.accessibleDescription()
        yield who, widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield who, widget.text()
        if isinstance(widget, QTableView):
            yield from cell_texts(widget, who)


def cell_texts(table: QTableView, who: str) -> Iterator[tuple[str, str]]:
    model = table.model()
    rows, columns = (range(min(count, 8)) for count in (model.rowCount(), model.columnCount()))
    for row in rows:
        for column in columns:
            for role in ROLES:
                text = model.index(row, column).data(role)
                if text is not None:
                    yield f"{who} {row}, {column}", str(text)


def wear(window: MainWindow, look: tuple[str, int, int]) -> None:
    """Another theme or size, where it is another one."""
    theme, width, height = look
    if window.property("look") != str(look):
        window.resize(width, height)
        window.set_theme(theme)
        window.setProperty("look", str(look))


def leaks(window: MainWindow) -> list[tuple[str, str]]:
    return [(who, text) for who, text in texts(window) if LEAKED.search(text)]


def paint(window: MainWindow) -> None:
    """Paint everything now; an exception in it fails the test, as do Qt's warnings."""
    image = window.grab().toImage()
    middle = image.copy(QRect(image.rect().center(), image.rect().bottomRight()))
    assert (
        len({middle.pixel(x, y) for x in range(0, middle.width(), 7) for y in range(0, middle.height(), 29)})
        > 1
    )


def views(task: Task, state: TaskState, n: int) -> Iterator[View]:
    """One model, and of every state on one tab two; state by state the next lens and the next sample."""
    keys = [key for key, _ in lenses(task, state.class_count)]
    view = View(sample=n % min(state.sample_count, 5), lens=keys[n % len(keys)], overlay=n % 2 == 0)
    yield view
    if n % len(TASKS) == TASKS.index(task):
        yield replace(view, compare=True)


@pytest.mark.parametrize("n", range(len(STATES)), ids=list(STATES))
def test_an_odd_state_is_shown(window: MainWindow, n: int) -> None:
    wear(window, LOOKS[n * len(LOOKS) // len(STATES)])
    build = list(STATES.values())[n]
    states = {task: build(task) for task in TASKS}
    found = []
    for task, state in states.items():
        for view in views(task, state, n):
            seen = {**{other: View() for other in TASKS}, task: view}
            window.session.load(Document(task, states, seen), None)
            paint(window)
            found += [(task.value, view.compare, *leak) for leak in leaks(window)]
    assert found == []


def test_the_foot_explains_chips_only_where_there_are_any(window):
    window.session.load(default_document(), None)
    window.session.activate(Task.MULTILABEL)
    for width, expected in ((1440, True), (1024, False)):
        window.resize(width, 680)
        QApplication.processEvents()
        assert window.page.batch_panel.foot.has_chips() is expected
