"""The lens in the whole window: steps along the gradient, the simplex, the frameworks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ceviz.core import edits
from ceviz.core.document import Convention, InputKind, Task

LEFT = Qt.MouseButton.LeftButton
TASKS = (Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL)


def step(qtbot, window):
    qtbot.mouseClick(window.page.lens_panel.steps.button, LEFT)


def footprints(window):
    page = window.page
    if page.task is Task.MULTILABEL:
        return [step for plot in page.curve_panel.small_plots.plots for step in plot.chart.footprints]
    return list(page.curve_panel.plot.chart.footprints)


def prediction(window, task=Task.MULTICLASS):
    return window.session.state(task).models[0].predictions[0].tolist()


def test_a_step_is_one_edit_that_leaves_a_footprint(window, qtbot):
    window.session.show(Task.MULTICLASS, lens="gradient")
    step(qtbot, window)
    # z = ln p and z − (p − t): softmax(ln 0.4 + 0.6, ln 0.3 − 0.3, ln 0.3 − 0.3).
    weights = [0.4 * math.exp(0.6), 0.3 * math.exp(-0.3), 0.3 * math.exp(-0.3)]
    assert prediction(window) == pytest.approx([w / sum(weights) for w in weights])
    assert window.session.undo_stack.undoText() == "Step of sample 1"
    assert [(mark.x, mark.y) for mark in footprints(window)] == [(0.4, pytest.approx(-math.log(0.4)))]
    step(qtbot, window)
    assert len(footprints(window)) == 2
    window.session.undo_stack.undo()
    assert len(footprints(window)) == 1
    window.session.undo_stack.undo()
    assert prediction(window) == [0.4, 0.3, 0.3]
    assert footprints(window) == []


def test_a_held_button_is_one_step_of_undo(window, qtbot):
    window.session.show(Task.MULTICLASS, lens="gradient")
    step(qtbot, window)
    one = prediction(window)
    button = window.page.lens_panel.steps.button
    button.setAutoRepeatDelay(1)
    button.setAutoRepeatInterval(1)
    qtbot.mousePress(button, LEFT)
    qtbot.waitUntil(lambda: len(footprints(window)) >= 3)
    qtbot.mouseRelease(button, LEFT)
    held, walked = prediction(window), len(footprints(window))
    assert window.session.undo_stack.count() == 2
    window.session.undo_stack.undo()
    assert (prediction(window), len(footprints(window))) == (one, 1)
    window.session.undo_stack.redo()
    assert (prediction(window), len(footprints(window))) == (held, walked)


@pytest.mark.parametrize("task", TASKS)
def test_every_task_leaves_footprints(window, qtbot, task):
    window.session.activate(task)
    window.session.show(task, lens="gradient")
    step(qtbot, window)
    expected = {Task.SOFT: 3, Task.MULTILABEL: 5}.get(task, 1)
    assert len(footprints(window)) == expected


def test_footprints_are_gone_once_the_prediction_is_changed_otherwise(window, qtbot):
    window.session.show(Task.MULTICLASS, lens="gradient")
    step(qtbot, window)
    qtbot.keyClick(window.page.curve_panel.plot, Qt.Key.Key_Left)
    assert footprints(window) == []
    window.session.undo_stack.undo()
    assert footprints(window) == []


def test_a_footprint_is_painted_where_the_point_was(window, qtbot):
    plot = window.page.curve_panel.plot
    window.session.show(Task.MULTICLASS, lens="gradient", overlay=False)
    step(qtbot, window)
    place = plot.view_box.mapViewToScene(QPointF(0.4, -math.log(0.4))).toPoint()
    image = plot.grab().toImage()
    # A small ring: hollow, with the curve covered, and blue around.
    assert image.pixelColor(place) == window.page.theme.color("panel")
    edge = image.pixelColor(place - QPoint(0, 4))
    assert edge.blue() > edge.red() + 60


def test_a_step_cannot_be_asked_for_where_there_is_no_loss(window, qtbot):
    state = window.session.state(Task.MULTICLASS)
    window.session.edit(Task.MULTICLASS, edits.set_prediction(state, 0, 0, 0, 0.9), "Set")
    window.session.show(Task.MULTICLASS, lens="gradient")
    before = window.session.state(Task.MULTICLASS)
    step(qtbot, window)
    assert window.session.state(Task.MULTICLASS) is before
    window.session.undo_stack.undo()
    step(qtbot, window)
    assert window.session.state(Task.MULTICLASS) != state


def test_the_point_is_dragged_where_predictions_are_logits(window, qtbot):
    state = window.session.state(Task.MULTICLASS)
    state = edits.set_input(state, Task.MULTICLASS, 0, InputKind.LOGITS)
    window.session.edit(Task.MULTICLASS, state, "Logits")
    QApplication.processEvents()
    plot = window.page.curve_panel.plot

    def place(p, loss):
        return plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(p, loss)))

    start, end = place(0.4, -math.log(0.4)), place(0.7, 0)
    drag_in(qtbot, plot, start, end)
    result = window.session.evaluation(Task.MULTICLASS).models[0].probabilities[0]
    # One logit moved: the others keep their proportions.
    np.testing.assert_allclose(result, [0.7, 0.15, 0.15], atol=1e-12)
    assert prediction(window)[1:] == state.models[0].predictions[0, 1:].tolist()


def place_in(plot, dog, panda):
    return plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(dog / 2 + panda, dog * math.sqrt(3) / 2)))


def drag_in(qtbot, plot, start, end, keys=Qt.KeyboardModifier.NoModifier):
    qtbot.mousePress(plot.viewport(), LEFT, keys, start)
    where, none = QPointF(end), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, where, plot.viewport().mapToGlobal(where), none, LEFT, keys)
    QApplication.sendEvent(plot.viewport(), moved)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=end)


def test_the_simplex_drags_logits(window, qtbot):
    state = window.session.state(Task.MULTICLASS)
    state = edits.set_input(edits.set_temperature(state, 2.0), Task.MULTICLASS, 0, InputKind.LOGITS)
    window.session.edit(Task.MULTICLASS, state, "Logits")
    QApplication.processEvents()
    plot = window.page.lens_panel.simplex_plot
    drag_in(qtbot, plot, place_in(plot, 0.4, 0.3), place_in(plot, 0.6, 0.1))
    result = window.session.evaluation(Task.MULTICLASS).models[0].probabilities[0]
    np.testing.assert_allclose(result, [0.6, 0.3, 0.1], atol=0.011)
    assert (result * 100).tolist() == pytest.approx(np.rint(result * 100).tolist(), abs=1e-9)
    # A corner leaves the others nothing, and there is a way back out of it.
    here = place_in(plot, result[0], result[2])
    drag_in(qtbot, plot, here, place_in(plot, 1, 0))
    assert prediction(window)[1:] == [-math.inf, -math.inf]
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    result = window.session.evaluation(Task.MULTICLASS).models[0].probabilities[0]
    assert result.tolist() == pytest.approx([0.99, 0.005, 0.005])


def test_both_points_of_a_comparison_are_dragged(window, qtbot):
    state = edits.add_model(window.session.state(Task.MULTICLASS), "B")
    state = edits.set_prediction(state, 1, 0, 0, 0.7)
    state = edits.set_prediction(edits.set_prediction(state, 1, 0, 1, 0.2), 1, 0, 2, 0.1)
    window.session.edit(Task.MULTICLASS, state, "Add model B")
    window.session.show(Task.MULTICLASS, compare=True)
    QApplication.processEvents()
    plot = window.page.lens_panel.simplex_plot
    drag_in(qtbot, plot, place_in(plot, 0.7, 0.1), place_in(plot, 0.5, 0.4))
    drag_in(qtbot, plot, place_in(plot, 0.4, 0.3), place_in(plot, 0, 0))
    models = window.session.state(Task.MULTICLASS).models
    assert models[0].predictions[0].tolist() == [0, 1, 0]
    assert models[1].predictions[0].tolist() == pytest.approx([0.5, 0.1, 0.4], abs=0.011)
    assert window.session.undo_stack.count() == 3
    # The keys move the point that was taken last, or the one that its letter names.
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_B)
    assert plot.accessibleDescription() == "keys move B"
    before = models[1].predictions[0, 0]
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    after = window.session.state(Task.MULTICLASS).models[1].predictions[0, 0]
    assert after == pytest.approx(before + 0.01)


def test_three_of_five_classes_share_what_they_have(window, qtbot):
    task = Task.SOFT
    state = window.session.state(task)
    for _ in range(2):
        state = edits.add_class(state, task)
    state = edits.set_predictions_block(state, task, 0, 0, 0, [[0.4, 0.2, 0.1, 0.1, 0.2]])
    state = edits.set_targets_block(state, task, 0, 0, [[0.1, 0.2, 0.1, 0, 0.6]])
    window.session.edit(task, state, "Five classes")
    window._actions["simplex"].trigger()
    QApplication.processEvents()
    # The largest targets are 0.6, 0.2 and 0.1: at the top, at the left, at the right.
    assert window.session.document.views[task].lens == "simplex:4,1,0"
    plot = window.page.lens_panel.simplex_plot
    assert plot.isVisible()
    drag_in(qtbot, plot, place_in(plot, 0.2 / 0.8, 0.4 / 0.8), place_in(plot, 1, 0) + QPoint(0, 3))
    assert prediction(window, task) == pytest.approx([0, 0, 0.1, 0.1, 0.8])
    QApplication.processEvents()
    alt = Qt.KeyboardModifier.AltModifier
    drag_in(qtbot, plot, place_in(plot, 0.6 / 0.9, 0.1 / 0.9), place_in(plot, 0, 0), alt)
    assert window.session.state(task).targets[0].tolist() == pytest.approx([0, 0.9, 0.1, 0, 0])
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert prediction(window, task) == pytest.approx([0.004, 0.004, 0.1, 0.1, 0.792])
    assert window.session.undo_stack.count() == 4
    window.session.activate(Task.MULTILABEL)
    assert not window._actions["simplex"].isEnabled()


def test_a_framework_computes_the_loss_after_a_click_on_its_row(window, qtbot):
    window.session.activate(Task.BINARY)
    window.session.show(Task.BINARY, lens="frameworks")
    view = window.page.lens_panel.frameworks_view
    rows = view.rows
    keras = rows.model().index(2, 0)
    rows.scrollTo(keras)
    qtbot.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(keras).center())
    options = window.session.state(Task.BINARY).options
    assert (options.convention, options.call) == (Convention.KERAS, "BinaryCrossentropy")
    assert window.session.undo_stack.undoText() == "Compute as Keras, BinaryCrossentropy"
    assert rows.accessibleDescription().startswith("Keras, keras.losses.BinaryCrossentropy")
    assert view.copy.accessibleName() == (
        "Copy the code of: keras.losses.BinaryCrossentropy(from_logits=False)"
    )
    qtbot.mouseClick(view.copy, LEFT)
    program = QApplication.clipboard().text()
    assert "keras.losses.BinaryCrossentropy(from_logits=False, reduction=None" in program
    assert program.startswith("# keras.losses.BinaryCrossentropy(from_logits=False): the loss of sample 1.")
    window.session.undo_stack.undo()
    assert window.session.state(Task.BINARY).options.convention is Convention.EXACT
