"""A desk for the sample panel of a comparison, and the pairs of models it shows."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from ceviz.core.document import Task, TaskState
from ceviz.drawing.theme import Theme
from ceviz.gui.compare_sample_panel import CompareSamplePanel
from tests.explain.compare_examples import pair_state, pictured, show_pair
from tests.gui.desk import Desk

PICTURE = pictured().state
NOT_1 = pair_state([[1, 0, 0]], [[0.4, 0.2, 0.2]], [[0.5, 0.2, 0.2]])
STATES = {
    Task.MULTICLASS: PICTURE,
    Task.SOFT: pair_state([[0.7, 0.2, 0.1]], [[0.4, 0.3, 0.3]], [[0.7, 0.2, 0.1]]),
    Task.BINARY: pair_state([[1]], [[0.4]], [[0.7]], ["dog"]),
    Task.MULTILABEL: pair_state([[1, 0, 1]], [[0.4, 0.3, 0.3]], [[0.7, 0.2, 0]]),
}


class CompareDesk(Desk):
    """A desk that shows two models."""

    def show(self, **more: Any) -> None:
        self.panel.display(show_pair(self.state, self.task, self.sample, **more))

    def of(self, model: int) -> list[float]:
        row: list[float] = self.state.models[model].predictions[self.sample].tolist()
        return row


def desk_of(
    qtbot: QtBot, theme: Theme, state: TaskState = PICTURE, task: Task = Task.MULTICLASS
) -> CompareDesk:
    panel = CompareSamplePanel(theme)
    panel.resize(panel.width(), 504)
    return CompareDesk(qtbot, panel, state, task)
