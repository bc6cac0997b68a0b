"""The rows of the frameworks in their lens: mouse, keys, words, and room for the names of the lenses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from ceviz.core import edits
from ceviz.core.document import Convention, Task
from ceviz.core.evaluation import evaluate
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import frameworks_chart
from ceviz.explain.shown import Shown
from ceviz.explain.traps import traps_chart
from ceviz.gui.lens_panel import LensPanel
from tests.core.states import state_of

OPTIONS = (("formulas", "Three formulas"), ("terms", "Terms"), ("gradient", "Gradient"))
OURS = ("frameworks", "Frameworks")
CLAMPED = state_of([[1]], [[0.0]])


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> LensPanel:
    panel = LensPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(392, 504)
    shown = Shown(Task.BINARY, CLAMPED, evaluate(CLAMPED, Task.BINARY), 0, 4.6)
    panel.display(frameworks_chart(shown, "frameworks"), Task.BINARY, "frameworks", (*OPTIONS, OURS))
    panel.show()
    return panel


def middle_of(panel: LensPanel, row: int) -> QPoint:
    rows = panel.frameworks_view.rows
    return rows.visualRect(rows.model().index(row, 0)).center()


def test_a_click_or_enter_on_a_row_asks_to_compute_so(qtbot: QtBot, panel: LensPanel) -> None:
    rows = panel.frameworks_view.rows
    with qtbot.waitSignal(panel.call_chosen) as chosen:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(panel, 2))
    assert chosen.args == [Convention.KERAS, "BinaryCrossentropy"]
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    with qtbot.waitSignal(panel.call_chosen) as chosen:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert chosen.args == [Convention.PYTORCH, "binary_cross_entropy"]


def test_rows_are_spoken_and_long_ones_are_higher(panel: LensPanel) -> None:
    rows = panel.frameworks_view.rows
    spoken = rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "PyTorch, nn.BCELoss: 100.000 (−∞). The logarithm is clamped at −100."
    assert rows.accessibleName() == "How frameworks compute the sample"
    assert rows.accessibleDescription() == "Exact, by definition: ∞, chosen."
    heights = [rows.visualRect(rows.model().index(row, 0)).height() for row in range(4)]
    assert heights[1] > heights[0]


def test_the_batch_is_a_lens_of_the_same_name(qtbot: QtBot, panel: LensPanel) -> None:
    (batch,) = [b for b in panel.frameworks_view.findChildren(QRadioButton) if b.text() == "Batch"]
    with qtbot.waitSignal(panel.lens_chosen) as chosen:
        qtbot.mouseClick(batch, Qt.MouseButton.LeftButton)
    assert chosen.args == ["frameworks:batch"]


def test_lenses_without_room_are_in_the_menu(qtbot: QtBot, panel: LensPanel) -> None:
    def offered() -> list[str]:
        return [b.text() for b in panel._choice.findChildren(QRadioButton) if not b.isHidden()]

    # Three formulas, Terms, Gradient and Frameworks take 360 px, and there are 352.
    assert offered() == ["Three formulas", "Terms", "Frameworks"]
    button = panel.findChild(QToolButton)
    assert button is not None
    assert button.isVisible()
    button.menu().aboutToShow.emit()
    (action,) = button.menu().actions()
    with qtbot.waitSignal(panel.lens_chosen) as chosen:
        action.trigger()
    assert (action.text(), chosen.args) == ("Gradient", ["gradient"])
    panel.setFixedWidth(440)
    qtbot.waitUntil(lambda: offered() == ["Three formulas", "Terms", "Gradient", "Frameworks"])
    assert not button.isVisible()


def test_a_click_opens_a_trap(qtbot: QtBot, panel: LensPanel) -> None:
    shown = Shown(Task.BINARY, CLAMPED, evaluate(CLAMPED, Task.BINARY), 0, 4.6)
    panel.display(traps_chart(shown, "traps"), Task.BINARY, "traps", (*OPTIONS, ("traps", "Traps")))
    rows = panel.traps_view.rows
    assert panel.traps_view.now.text() == "Sample 1: ∞ nats"
    assert rows.accessibleDescription().startswith("Sigmoid applied twice: 0.693 (−∞).")
    heights = [rows.visualRect(rows.model().index(row, 0)).height() for row in range(3)]
    assert heights[0] > heights[1] == heights[2]
    with qtbot.waitSignal(panel.lens_chosen) as chosen:
        place = rows.visualRect(rows.model().index(2, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["traps:weight"]


def test_the_row_that_computes_the_loss_comes_into_sight(panel: LensPanel) -> None:
    state = edits.set_convention(CLAMPED, Task.BINARY, Convention.SKLEARN)
    shown = Shown(Task.BINARY, state, evaluate(state, Task.BINARY), 0, 4.6)
    rows = panel.frameworks_view.rows
    panel.setFixedHeight(260)
    panel.display(frameworks_chart(shown, "frameworks"), Task.BINARY, "frameworks", (*OPTIONS, OURS))
    assert rows.viewport().rect().contains(rows.visualRect(rows.model().index(3, 0)))


def test_the_row_that_computes_the_loss_is_in_sight_when_the_lens_is_opened(
    qtbot: QtBot, theme: Theme
) -> None:
    state = edits.set_convention(state_of([[1, 0]], [[0.5, 0.5]]), Task.MULTICLASS, Convention.OPTAX)
    panel = LensPanel(theme)
    qtbot.addWidget(panel)
    shown = Shown(Task.MULTICLASS, state, evaluate(state, Task.MULTICLASS), 0, 4.6)
    panel.display(frameworks_chart(shown, "frameworks"), Task.MULTICLASS, "frameworks", (*OPTIONS, OURS))
    panel.resize(392, 330)
    panel.show()
    rows = panel.frameworks_view.rows
    chosen = next(n for n, row in enumerate(panel.frameworks_view._rows) if row.chosen)
    place = rows.visualRect(rows.model().index(chosen, 0))
    assert chosen > 4
    assert place.top() >= 0
    assert place.bottom() < rows.viewport().height()
