"""What the tests of two models on one curve share."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_curve import compare_curve
from ceviz.explain.shown import Shown
from ceviz.gui.compare_curve_panel import CompareCurvePanel
from ceviz.gui.plots.compare_plot import ComparePlot
from ceviz.gui.plots.model_points import ModelPointItem
from tests.explain.compare_examples import pair_state, pictured, show_pair


def curve_panel(qtbot: QtBot, theme: Theme) -> CompareCurvePanel:
    panel = CompareCurvePanel(theme)
    qtbot.addWidget(panel)
    panel.resize(572, 504)
    panel.show()
    show(panel, pictured())
    return panel


def show(panel: CompareCurvePanel, shown: Shown) -> None:
    panel.display(compare_curve(shown), shown)


def pair(task: Task, targets: Any, a: Any, b: Any, **looks: Any) -> Shown:
    return show_pair(pair_state(targets, a, b, ["dog"] if task is Task.BINARY else None), task, **looks)


def discs(plot: ComparePlot) -> list[ModelPointItem]:
    found = [item for item in plot.scene().items() if isinstance(item, ModelPointItem)]
    return sorted(found, key=lambda item: item.model)
