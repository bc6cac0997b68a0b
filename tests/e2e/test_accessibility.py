"""What a screen reader is told: a walk over the tree of each tab, compared with what the document says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QWidget

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.gui.command_palette import CommandPalette
from ceviz.gui.export_dialog import ExportDialog
from ceviz.gui.import_dialog import ImportDialog
from ceviz.gui.shortcut_sheet import ShortcutSheet
from tests.windows import begin_again, opened_window

TASKS = tuple(Task)
CONTROLS = (
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.Slider,
    QAccessible.Role.Table,
    QAccessible.Role.PageTab,
    QAccessible.Role.PageTabList,
    QAccessible.Role.Cell,
    QAccessible.Role.ColumnHeader,
)


@pytest.fixture(scope="module")
def shared(qapp):
    QAccessible.setActive(True)
    with opened_window() as window:
        yield window
    QAccessible.setActive(False)


@pytest.fixture
def window(shared):
    begin_again(shared)
    return shared


def walk(interface):
    """Everything that can be seen below an interface, itself included."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface
    for n in range(interface.childCount()):
        yield from walk(interface.child(n))


def tree(window):
    return [
        (interface.role(), interface.text(QAccessible.Text.Name), interface.object())
        for interface in walk(QAccessible.queryAccessibleInterface(window))
    ]


def nameless(window):
    return [
        (role, type(widget).__name__) for role, name, widget in tree(window) if role in CONTROLS and not name
    ]


def names(window, role=None):
    return [name for found, name, _ in tree(window) if role is None or found == role]


def of(window, object_name):
    """The accessible name of the shown widget of that name."""
    found = [
        name for _, name, widget in tree(window) if widget is not None and widget.objectName() == object_name
    ]
    assert len(found) == 1, f"{object_name}: {found}"
    return found[0]


@pytest.mark.parametrize("task", TASKS)
def test_every_control_has_a_name(window, task):
    window.session.activate(task)
    assert nameless(window) == []


@pytest.mark.parametrize("task", TASKS)
def test_the_number_is_that_of_the_evaluation(window, task):
    window.session.activate(task)
    for sample in range(window.session.state(task).sample_count):
        window.session.show(task, sample=sample)
        loss = numbers.loss(window.session.evaluation(task).models[0].losses[sample])
        assert of(window, "number") == f"loss {loss} nats"
        assert f"{loss} nats" in of(window, "formula")


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.SOFT, Task.MULTILABEL])
def test_the_cells_of_the_sample_are_read_with_class_and_number(window, task):
    window.session.activate(task)
    state, result = window.session.state(task), window.session.evaluation(task).models[0]
    cells = names(window, QAccessible.Role.Cell)
    for k, name in enumerate(state.classes):
        assert f"prediction {name} {numbers.probability(result.probabilities[0, k])}" in cells
        assert f"loss term {name} {numbers.term(result.terms[0, k])}" in cells


@pytest.mark.parametrize("task", TASKS)
def test_the_rows_of_the_batch_are_read_with_their_losses(window, task):
    window.session.activate(task)
    cells = names(window, QAccessible.Role.Cell)
    for n, loss in enumerate(window.session.evaluation(task).models[0].losses, 1):
        assert f"sample {n} loss {numbers.loss(loss)}" in cells


def test_painted_views_follow_an_edit(window):
    assert of(window, "curvePlot") == "prediction dog 0.400, loss 0.916 nats"
    assert any("prediction dog 0.400, cat 0.300, panda 0.300" in name for name in names(window))
    state = edits.drag_probability(window.session.state(Task.MULTICLASS), Task.MULTICLASS, 0, 0, 0, 0.5)
    window.session.edit(Task.MULTICLASS, state, "Drag dog of sample 1")
    assert of(window, "curvePlot") == "prediction dog 0.500, loss 0.693 nats"
    assert any("prediction dog 0.500, cat 0.250, panda 0.250" in name for name in names(window))
    assert "0.693 nats" in of(window, "formula")


def test_an_infinite_and_an_invalid_row_are_said(window):
    task = Task.MULTICLASS
    state = edits.set_predictions_block(window.session.state(task), task, 0, 0, 0, [[0.0, 0.5, 0.5]])
    window.session.edit(task, state, "Paste")
    assert of(window, "number") == "loss \N{INFINITY} nats"
    window.session.edit(task, edits.set_prediction(state, 0, 0, 0, 0.2), "Set dog")
    assert of(window, "number") == "no loss: fix sample 1"
    assert "Normalise sample 1" in names(window, QAccessible.Role.Button)


def test_painted_views_have_roles(window):
    window.session.show(Task.MULTICLASS, lens="gradient")
    roles = {name: role for role, name, _ in tree(window)}
    assert roles["loss 0.916 nats"] == QAccessible.Role.StaticText
    assert roles[of(window, "formula")] == QAccessible.Role.Equation
    assert roles[of(window, "curvePlot")] == roles["Gradient"] == QAccessible.Role.Chart
    assert roles["sum 4.241, mean 0.848"] == QAccessible.Role.Grouping


def said_of_the_lens(window):
    """Name and description of the shown picture of the lens."""
    body = window.page.lens_panel._body.currentWidget()
    return f"{body.accessibleName()}; {body.accessibleDescription()}"


# Of the first sample, before and after dog gets 0.5.
LENSES = {
    Task.MULTICLASS: {
        # ln 0.4 = -0.916, ln 0.5 = -0.693; 1 / 0.4 = 2.5, 1 / 0.5 = 2.
        "simplex": ("loss 0.916 nats", "loss 0.693 nats"),
        "terms": ("dog 0.916", "dog 0.693"),
        "gradient": ("dog −1 / 0.400 = −2.500", "dog −1 / 0.500 = −2.000"),
    },
    Task.SOFT: {
        # -0.7 ln 0.3 = 0.843, -0.7 ln 0.5 = 0.485.
        "floor": ("dog 0.843", "dog 0.485"),
        "simplex": ("dog 0.300", "dog 0.500"),
        "gradient": ("dog −0.7 / 0.300 = −2.333", "dog −0.7 / 0.500 = −1.400"),
    },
    Task.BINARY: {
        # -ln 0.7 = 0.357.
        "formulas": ("1·ln 0.7", "1·ln 0.5"),
        "terms": ("dog 0.357", "dog 0.693"),
        "gradient": ("dog −1 / 0.700 = −1.429", "dog −1 / 0.500 = −2.000"),
    },
    Task.MULTILABEL: {
        # -ln 0.9 = 0.105.
        "labels": ("dog 0.105", "dog 0.693"),
        "gradient": ("dog −1 / 0.900 = −1.111", "dog −1 / 0.500 = −2.000"),
    },
}


@pytest.mark.parametrize("task", TASKS)
def test_every_lens_says_what_it_shows_and_follows_an_edit(window, task):
    window.session.activate(task)
    for lens, (before, after) in LENSES[task].items():
        window.session.show(task, lens=lens)
        assert nameless(window) == []
        assert before in said_of_the_lens(window)
        state = edits.drag_probability(window.session.state(task), task, 0, 0, 0, 0.5)
        window.session.edit(task, state, "Drag dog of sample 1")
        assert after in said_of_the_lens(window)
        window.session.undo_stack.undo()


@pytest.mark.parametrize("task", TASKS)
def test_a_comparison_is_read_with_the_means_of_both_models_and_follows_an_edit(window, task):
    state = window.session.state(task)
    other = replace(state.models[0], name="B")
    window.session.edit(task, replace(state, models=(state.models[0], other)), "Add B")
    window.session.activate(task)
    window.session.show(task, compare=True)
    assert nameless(window) == []
    assert of(window, "number") == "A and B are equal"
    state = edits.drag_probability(window.session.state(task), task, 1, 0, 0, 0.5)
    window.session.edit(task, state, "Drag dog of sample 1")
    a, b = (model.losses.mean() for model in window.session.evaluation(task).models)
    better = "A" if a < b else "B"
    assert of(window, "number") == f"{better} is better, on average by {numbers.loss(abs(a - b))} nats"
    means = dict(re.findall(r"([AB]) mean ([0-9.]+)", of(window, "formula")))
    assert {letter: float(mean) for letter, mean in means.items()} == pytest.approx(
        {"A": a, "B": b}, abs=5e-4
    )
    cells = names(window, QAccessible.Role.Cell)
    assert any("0.500" in cell for cell in cells)


@pytest.mark.parametrize(
    ("dialog", "said"),
    [
        ("palette", "Save as"),
        ("keys", "Add sample"),
        ("export_figure", "Preview of 120 × 88 mm"),
        ("import_clipboard", "0.25"),
    ],
)
def test_what_opens_over_the_window_is_read_too(window, dialog, said):
    QGuiApplication.clipboard().setText("label,dog,cat\ndog,0.25,0.75\n")
    window._actions[dialog].trigger()
    over = next(part for part in window.findChildren(QWidget) if part.isVisible() and _is_over(part))
    assert over.windowTitle() or over.accessibleName()
    assert nameless(over) == []
    assert any(said in name for name in names(over))
    over.close()


def _is_over(part):
    return isinstance(part, CommandPalette | ShortcutSheet | ExportDialog | ImportDialog)
