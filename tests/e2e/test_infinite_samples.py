"""The way to the samples with infinite loss, with one model and with two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from ceviz.core import edits
from ceviz.core.document import Task

ROWS = [[0.0, 0.5, 0.5], [0.1, 0.8, 0.1], [0.5, 0.5, 0.0], [0.25, 0.6, 0.15], [0.3, 0.5, 0.2]]
"""Samples 1 and 3 give their true class 0."""


def rule_out(window):
    state = edits.set_predictions_block(window.session.state(Task.MULTICLASS), Task.MULTICLASS, 0, 0, 0, ROWS)
    window.session.edit(Task.MULTICLASS, state, "Paste")


def test_infinite_losses_are_found_from_the_foot_and_by_name(window, qtbot):
    foot = window.page.batch_panel.foot
    assert not window._actions["next_infinite"].isEnabled()
    rule_out(window)
    assert window._actions["next_infinite"].isEnabled()

    def shown_sample():
        return window.session.document.views[Task.MULTICLASS].sample

    foot.grab()
    remark = foot._remark.center().toPoint()
    qtbot.mouseMove(foot, remark)
    qtbot.waitUntil(lambda: foot.cursor().shape() is Qt.CursorShape.PointingHandCursor)
    found = []
    for _ in range(2):
        qtbot.mouseClick(foot, Qt.MouseButton.LeftButton, pos=remark)
        found.append(shown_sample())
    window._actions["next_infinite"].trigger()
    # Sample 1 was shown to begin with.
    assert [*found, shown_sample()] == [2, 0, 2]
    state = edits.set_ignored(window.session.state(Task.MULTICLASS), 0, True)
    window.session.edit(Task.MULTICLASS, state, "Ignore")
    window._actions["next_infinite"].trigger()
    assert shown_sample() == 2
    window.page.task_edits.choose_sample(1)
    window._actions["highest_loss"].trigger()
    assert shown_sample() == 2


def test_the_foot_of_two_models_leads_to_the_samples_that_both_ruled_out(window, qtbot):
    rule_out(window)
    # The second model starts as a copy of the first one.
    qtbot.mouseClick(window.findChild(QToolButton, "compare"), Qt.MouseButton.LeftButton)
    foot = window.page.batch_panel.foot
    foot.grab()
    found = []
    for _ in range(2):
        qtbot.mouseClick(foot, Qt.MouseButton.LeftButton, pos=foot._remark.center().toPoint())
        found.append(window.session.document.views[Task.MULTICLASS].sample)
    assert found == [2, 0]
