"""The lens panel: the stacked columns and how to read them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.gui.lens_panel import LensPanel
from ceviz.gui.theme import Theme
from tests.gui.plot_charts import stack


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> LensPanel:
    panel = LensPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(392, 504)
    panel.show()
    return panel


@pytest.mark.parametrize(
    ("task", "title"),
    [(Task.MULTICLASS, "Terms"), (Task.SOFT, "Floor + excess"), (Task.MULTILABEL, "Sum of labels")],
)
def test_the_lens_says_what_it_shows_and_how_to_read_it(panel: LensPanel, task: Task, title: str) -> None:
    panel.display(stack(0.5, 0.4, total_text="sum 0.900"), task)
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert title in texts
    assert any("How to read it." in text for text in texts)
    assert (panel.objectName(), panel.accessibleName()) == ("lens", title)
    assert panel.stack_plot.accessibleName() == "sum 0.900"
    assert panel.stack_plot.accessibleDescription() == "class 0 0.500, class 1 0.400"


def test_the_lens_is_as_wide_as_the_layout_says(panel: LensPanel) -> None:
    assert panel.width() == 392
    panel.set_theme(Theme("light", compact=True))
    assert panel.width() == 366


def test_hovering_a_bar_is_told_by_the_panel(qtbot: QtBot, panel: LensPanel) -> None:
    panel.display(stack(1.0, 0.4), Task.MULTILABEL)
    with qtbot.waitSignal(panel.class_hovered) as hovered:
        # The column starts 77 px from the left; its first segment fills the lower half of the axis.
        qtbot.mouseMove(panel.stack_plot.viewport(), QPoint(100, panel.stack_plot.height() - 100))
    assert hovered.args == [0]
