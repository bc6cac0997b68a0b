"""The curve panel: chips, typing at pills, small plots per label."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ceviz.core.document import LossOptions, Task, TaskState, Unit
from ceviz.core.evaluation import evaluate
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart
from ceviz.explain.shown import Shown
from ceviz.files.document_file import default_document
from ceviz.gui.curve_panel import CurvePanel
from tests.gui.plot_charts import falling, live, one_point, rising, small, three_points

LEFT = Qt.MouseButton.LeftButton


def shown(task: Task, unit: Unit = Unit.NATS, overlay: bool = False) -> Shown:
    state: TaskState = default_document().tasks[task]
    state = replace(state, options=LossOptions(unit=unit))
    return Shown(task, state, evaluate(state, task), sample=0, y_top=4.6, overlay=overlay)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CurvePanel:
    panel = CurvePanel(theme)
    qtbot.addWidget(panel)
    panel.resize(572, 504)
    panel.show()
    return panel


def visible_chips(panel: CurvePanel) -> list[QCheckBox]:
    return [chip for chip in panel.findChildren(QCheckBox) if chip.isVisible()]


def open_editor(qtbot: QtBot, panel: CurvePanel, axis: str) -> QLineEdit:
    plot = panel.plot
    (rect,) = [pill.rect for pill in plot._layout.backdrop.pills if pill.axis == axis]
    qtbot.mouseDClick(plot.viewport(), LEFT, pos=rect.center().toPoint())
    return panel.findChild(QLineEdit)


@pytest.mark.parametrize(
    ("keys", "named", "text"),
    [
        (Qt.KeyboardModifier.NoModifier, "probability", "0.400"),
        (Qt.KeyboardModifier.ShiftModifier, "loss", "0.916"),
    ],
)
def test_enter_opens_the_number_of_an_axis_and_escape_goes_back(
    qtbot: QtBot, panel: CurvePanel, keys: Qt.KeyboardModifier, named: str, text: str
) -> None:
    panel.display("", (one_point(),), shown(Task.MULTICLASS))
    qtbot.keyClick(panel.plot, Qt.Key.Key_Return, keys)
    editor = panel.findChild(QLineEdit)
    assert (editor.isVisible(), editor.accessibleName(), editor.text()) == (True, named, text)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def type_into(qtbot: QtBot, editor: QLineEdit, text: str) -> None:
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("task", "chart", "chips"),
    [
        (Task.MULTICLASS, one_point(), ["Square error"]),
        (Task.BINARY, one_point(), ["Square error"]),
        (Task.SOFT, three_points(), ["Best possible"]),
        (Task.MULTILABEL, small(0), []),
    ],
)
def test_each_task_offers_its_overlay(
    panel: CurvePanel, task: Task, chart: CurveChart, chips: list[str]
) -> None:
    panel.display("Title", (chart,), shown(task))
    assert [chip.text() for chip in visible_chips(panel)] == chips
    assert "Title" in [label.text() for label in panel.findChildren(QLabel)]


def test_the_chip_says_what_a_person_chose_and_nothing_when_shown(qtbot: QtBot, panel: CurvePanel) -> None:
    said: list[bool] = []
    panel.overlay_toggled.connect(said.append)
    panel.display("", (one_point(),), shown(Task.MULTICLASS, overlay=True))
    (chip,) = visible_chips(panel)
    assert chip.isChecked()
    assert said == []
    qtbot.mouseClick(chip, LEFT)
    assert said == [False]


def test_a_drag_in_the_plot_is_told_by_the_panel(qtbot: QtBot, panel: CurvePanel) -> None:
    panel.display("", (one_point(),), shown(Task.MULTICLASS))
    with qtbot.waitSignals([panel.drag_started, panel.probability_dragged, panel.drag_finished]):
        qtbot.keyClick(panel.plot, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.sample_stepped):
        qtbot.keyClick(panel.plot, Qt.Key.Key_PageDown)


@pytest.mark.parametrize(
    ("axis", "text", "unit", "p"),
    [
        ("x", "0,25", Unit.NATS, 0.25),
        ("x", "40%", Unit.NATS, 0.4),
        ("y", "0", Unit.NATS, 1.0),
        ("y", "2.302585093", Unit.NATS, 0.1),
        ("y", "inf", Unit.NATS, 0.0),
        ("y", "2", Unit.BITS, 0.25),
    ],
)
def test_a_value_is_typed_at_a_pill(
    qtbot: QtBot, panel: CurvePanel, axis: str, text: str, unit: Unit, p: float
) -> None:
    panel.display("", (one_point(),), shown(Task.MULTICLASS, unit))
    editor = open_editor(qtbot, panel, axis)
    with qtbot.waitSignal(panel.value_typed) as typed:
        type_into(qtbot, editor, text)
    assert typed.args == [0, pytest.approx(p, abs=1e-9)]
    assert not editor.isVisible()


def test_a_loss_typed_where_the_target_is_0_belongs_to_the_other_curve(
    qtbot: QtBot, panel: CurvePanel
) -> None:
    point = replace(live(0.4), class_index=1)
    chart = replace(
        one_point(), curves=(falling(class_index=0), rising(1)), live=(point,), marks=(), ghosts=()
    )
    panel.display("", (chart,), shown(Task.BINARY))
    editor = open_editor(qtbot, panel, "y")
    with qtbot.waitSignal(panel.value_typed) as typed:
        type_into(qtbot, editor, "2.302585093")
    # −ln (1 − p) = ln 10 at p = 0.9.
    assert typed.args == [0, pytest.approx(0.9)]


@pytest.mark.parametrize(
    ("axis", "text", "reason"),
    [
        ("x", "1.5", "p lies between 0 and 1"),
        ("y", "-1", "a loss is never negative"),
        ("x", "much", "not a number"),
    ],
)
def test_what_cannot_be_meant_stays_in_the_editor_with_the_reason(
    qtbot: QtBot, panel: CurvePanel, axis: str, text: str, reason: str
) -> None:
    panel.display("", (one_point(),), shown(Task.MULTICLASS))
    editor = open_editor(qtbot, panel, axis)
    with qtbot.assertNotEmitted(panel.value_typed):
        type_into(qtbot, editor, text)
    assert editor.isVisible()
    assert reason in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_a_typed_value_counts_when_a_person_goes_on_elsewhere(qtbot: QtBot, panel: CurvePanel) -> None:
    panel.display("", (one_point(),), shown(Task.MULTICLASS))
    editor = open_editor(qtbot, panel, "x")
    editor.selectAll()
    qtbot.keyClicks(editor, "0.3")
    with qtbot.waitSignal(panel.value_typed) as typed:
        panel.plot.setFocus()
    assert typed.args == [0, 0.3]


def test_labels_stand_in_three_columns(qtbot: QtBot, panel: CurvePanel) -> None:
    panel.display("", tuple(small(k) for k in range(5)), shown(Task.MULTILABEL))
    places = [plot.geometry().topLeft() for plot in panel.small_plots.plots if plot.isVisible()]
    assert [len({place.x() for place in places}), len({place.y() for place in places})] == [3, 2]
    assert len(places) == 5


def test_many_labels_scroll_with_no_more_plots_than_are_in_sight(qtbot: QtBot, panel: CurvePanel) -> None:
    state = shown(Task.MULTILABEL)
    many = replace(state, state=replace(state.state, classes=tuple(f"label {k}" for k in range(100))))
    charts = tuple(small(k) for k in range(100))
    panel.display("", charts, many)
    scroll = panel.small_plots.verticalScrollBar()
    assert scroll.maximum() > 5_000
    scroll.setValue(scroll.maximum())
    plots = [plot for plot in panel.small_plots.plots if plot.isVisible()]
    assert len(panel.small_plots.plots) <= 9
    assert charts[99] in [plot.chart for plot in plots]


def test_dragging_in_a_small_plot_tells_its_label(qtbot: QtBot, panel: CurvePanel) -> None:
    panel.display("", tuple(small(k) for k in range(5)), shown(Task.MULTILABEL))
    plot = panel.small_plots.plots[3]
    start = plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(0.4, 0.9163)))
    said: list[tuple] = []
    panel.probability_dragged.connect(lambda *values: said.append(values))
    qtbot.mousePress(plot.viewport(), LEFT, pos=start)
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert said == [(3, 0.39, False, False)]


def test_set_theme_reaches_every_part(panel: CurvePanel) -> None:
    dark = Theme("dark")
    panel.display("Title", (one_point(),), shown(Task.MULTICLASS))
    panel.set_theme(dark)
    image = panel.grab().toImage()
    assert image.pixelColor(3, 3) == dark.color("panel")
    assert image.pixelColor(10, 60) == dark.color("panel")
