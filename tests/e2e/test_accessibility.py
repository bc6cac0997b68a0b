"""What a screen reader is told: a walk over the tree of each tab, compared with what the document says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.explain import numbers
from ceviz.gui.application import create_window

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


@pytest.fixture
def window(qtbot):
    window = create_window()
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    QAccessible.setActive(True)
    yield window
    QAccessible.setActive(False)
    window.session.undo_stack.setClean()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


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
    nameless = [
        (role, type(widget).__name__) for role, name, widget in tree(window) if role in CONTROLS and not name
    ]
    assert nameless == []


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
