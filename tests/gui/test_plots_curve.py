"""The loss plot: where its items lie, and what its point says when a person moves it."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Mark
from ceviz.gui.plots.live_point import LivePointItem
from ceviz.gui.plots.loss_plot import LossPlot
from tests.gui.plot_charts import CLASSES, falling, live, one_point, rising, three_points

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> LossPlot:
    plot = LossPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(571, 458)
    plot.show()
    plot.display(one_point(), Task.MULTICLASS, CLASSES, "nats")
    return plot


def at(plot: LossPlot, x: float, y: float) -> QPoint:
    """A data point in px of the viewport, by pyqtgraph's own mapping."""
    scene = plot.view_box.mapViewToScene(QPointF(x, y))
    return plot.mapFromScene(scene)


def move(plot: LossPlot, to: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QPointF(to)
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        where,
        plot.viewport().mapToGlobal(where),
        Qt.MouseButton.NoButton,
        LEFT,
        keys,
    )
    QApplication.sendEvent(plot.viewport(), event)


def items(plot: LossPlot, kind: type) -> list:
    return [item for item in plot.scene().items() if isinstance(item, kind)]


def dragged(plot: LossPlot) -> list[tuple]:
    said: list[tuple] = []
    plot.probability_dragged.connect(lambda *values: said.append(values))
    return said


def test_the_point_lies_at_its_probability_and_loss(plot: LossPlot) -> None:
    (point,) = items(plot, LivePointItem)
    # The design: x from 68 to 544 px, y from 34 to 400 px for 0..4.6.
    px = (68 + 0.4 * 476, 400 - 0.91629 / 4.6 * 366)
    assert (point.pos().x(), point.pos().y()) == pytest.approx(px, abs=0.01)
    assert at(plot, 0.4, 0.916290731874155).toTuple() == pytest.approx(px, abs=1)


def test_marks_and_curve_lie_at_their_data(plot: LossPlot, theme: Theme) -> None:
    (curve,) = items(plot, pg.PlotCurveItem)
    np.testing.assert_allclose(curve.yData, -np.log(curve.xData), atol=1e-12)
    image = plot.grab().toImage()
    assert image.pixelColor(at(plot, 0.8, 0.2231)) == theme.class_colors(1).fill
    assert image.pixelColor(at(plot, 0.25, 1.3863)) == theme.class_colors(0).fill
    # The hollow point of the square error: its edge straddles the radius of 5.5 px.
    ghost = at(plot, 0.4, 0.36)
    assert image.pixelColor(ghost) == theme.color("panel")
    assert image.pixelColor(ghost - QPoint(5, 0)).lightness() < 128


def test_an_infinite_loss_lies_in_the_ceiling_strip_and_no_item_gets_infinity(plot: LossPlot) -> None:
    chart = replace(one_point(), live=(live(0.0),), ghosts=())
    plot.display(chart, Task.MULTICLASS, CLASSES, "nats")
    (point,) = items(plot, LivePointItem)
    # The strip is 22 px high and ends at 34 px.
    assert (point.pos().x(), point.pos().y()) == (68, 23)
    assert plot.accessibleName() == "prediction dog 0.000, loss ∞ nats"
    assert all(math.isfinite(value) for axis in plot.view_box.viewRange() for value in axis)


def test_dragging_says_the_snapped_probability(qtbot: QtBot, plot: LossPlot) -> None:
    said = dragged(plot)
    start = at(plot, 0.4, 0.9163)
    with qtbot.waitSignal(plot.drag_started):
        qtbot.mousePress(plot.viewport(), LEFT, pos=start)
    # The height of the mouse does not count.
    move(plot, QPoint(at(plot, 0.7, 0).x(), 20))
    with qtbot.waitSignal(plot.drag_finished) as finished:
        qtbot.mouseRelease(plot.viewport(), LEFT, pos=start)
    assert said == [(0, 0.7, False, False)]
    assert finished.args == [False]


def test_shift_drags_in_thousandths_and_alt_drags_one_alone(qtbot: QtBot, plot: LossPlot) -> None:
    said = dragged(plot)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.9163))
    here = at(plot, 0.4, 0.9163) + QPoint(1, 0)
    move(plot, here, Qt.KeyboardModifier.ShiftModifier)
    move(plot, here, Qt.KeyboardModifier.AltModifier)
    # One px is 1/476 = 0.0021.
    assert said == [(0, 0.402, False, True), (0, 0.4, True, False)]


def test_dragging_off_the_plot_stops_at_0_and_1(qtbot: QtBot, plot: LossPlot) -> None:
    said = dragged(plot)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.9163))
    for x in (-500, 2000):
        move(plot, QPoint(x, -300))
    assert [values[1] for values in said] == [0.0, 1.0]


def test_the_point_can_be_taken_15_px_beside_it_without_jumping(qtbot: QtBot, plot: LossPlot) -> None:
    said = dragged(plot)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.9163) + QPoint(15, 0))
    move(plot, at(plot, 0.5, 0) + QPoint(15, 0))
    assert [values[1] for values in said] == [0.5]


def test_escape_cancels_a_drag(qtbot: QtBot, plot: LossPlot) -> None:
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.9163))
    with qtbot.waitSignal(plot.drag_finished) as finished:
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert finished.args == [True]
    with qtbot.assertNotEmitted(plot.probability_dragged):
        move(plot, at(plot, 0.8, 0))


@pytest.mark.parametrize(
    ("key", "keys", "expected"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, (0, 0.39, False, False)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, (0, 0.41, False, False)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, (0, 0.401, False, True)),
    ],
)
def test_arrow_keys_step_the_point(
    qtbot: QtBot, plot: LossPlot, key: Qt.Key, keys: Qt.KeyboardModifier, expected: tuple
) -> None:
    said = dragged(plot)
    with qtbot.waitSignals([plot.drag_started, plot.drag_finished]):
        qtbot.keyClick(plot, key, keys)
    assert said == [expected]


def test_page_keys_step_through_the_samples(qtbot: QtBot, plot: LossPlot) -> None:
    said: list[int] = []
    plot.sample_stepped.connect(said.append)
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    assert said == [1, -1]


def test_a_click_on_a_mark_chooses_its_sample(qtbot: QtBot, plot: LossPlot) -> None:
    with qtbot.waitSignal(plot.sample_chosen) as chosen:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, 0.25, 1.3863))
    assert chosen.args == [3]


def test_a_pill_lies_on_a_mark_that_reaches_under_it(plot: LossPlot) -> None:
    chart = one_point(0.0)
    # Too wide for the margin: beside a point on the axis it is moved down, and there it ends at the axis.
    chart = replace(chart, live=(replace(chart.live[0], y_text="16.118"),))
    plot.display(chart, Task.MULTICLASS, CLASSES, "nats")
    pill = plot._layout.backdrop.pills[0]
    mark = Mark(1, 0.0, plot.frame_in_px.loss_at(pill.rect.center().y()), 1, "2", "4.4")
    plot.display(replace(chart, marks=(mark,)), Task.MULTICLASS, CLASSES, "nats")
    end = QPointF(pill.rect.right() - 3, pill.rect.center().y()).toPoint()
    assert abs(end.x() - plot.frame_in_px.x(0.0)) < 5.5
    assert plot.grab().toImage().pixelColor(end) == pill.fill


def test_a_double_click_on_a_pill_asks_for_a_value(qtbot: QtBot, plot: LossPlot) -> None:
    # The p pill stands below the axis, under the point.
    with qtbot.waitSignal(plot.pill_opened) as opened:
        qtbot.mouseDClick(plot.viewport(), LEFT, pos=QPoint(at(plot, 0.4, 0).x(), 417))
    assert opened.args[0] == "x"


def test_of_several_points_the_arrows_move_the_one_chosen_with_up_and_down(
    qtbot: QtBot, plot: LossPlot
) -> None:
    plot.display(three_points(), Task.SOFT, CLASSES, "nats")
    said = dragged(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert said == [(1, 0.51, False, False)]
    plot.display(three_points(), Task.SOFT, CLASSES, "nats")
    assert plot.accessibleName() == "prediction cat 0.500, loss 0.139 nats"


def test_on_either_binary_curve_p_is_that_of_the_positive_class(qtbot: QtBot, plot: LossPlot) -> None:
    point = replace(live(0.4), class_index=1, y=-math.log(0.6))
    chart = replace(
        one_point(), curves=(falling(class_index=0), rising(1)), live=(point,), marks=(), ghosts=()
    )
    plot.display(chart, Task.BINARY, ("dog",), "nats")
    said = dragged(plot)
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert said == [(0, 0.41, False, False)]
    assert plot.accessibleName().startswith("prediction dog 0.400")


def test_hovering_a_class_curve_tells_its_class(qtbot: QtBot, plot: LossPlot) -> None:
    plot.display(three_points(), Task.SOFT, CLASSES, "nats")
    said: list[int] = []
    plot.class_hovered.connect(said.append)
    qtbot.mouseMove(plot.viewport(), at(plot, 0.1, -0.7 * math.log(0.1)))
    qtbot.mouseMove(plot.viewport(), at(plot, 0.7, 4))
    assert said == [0, -1]


def test_highlighting_fades_the_other_classes(plot: LossPlot, theme: Theme) -> None:
    plot.display(three_points(), Task.SOFT, CLASSES, "nats")
    plot.highlight(Lit(1))
    legend = [round(color.alphaF(), 2) for _, color, _ in plot._axes.backdrop.legend]
    assert legend == [0.35, 1.0, 0.35]
    assert sorted(item.opacity() for item in items(plot, pg.PlotCurveItem)) == [0.35, 0.35, 1.0]
    plot.highlight(ALIKE)
    assert {item.opacity() for item in items(plot, LivePointItem)} == {1.0}


def test_items_are_kept_when_the_values_change(plot: LossPlot) -> None:
    before = set(map(id, plot.scene().items()))
    plot.display(one_point(0.9), Task.MULTICLASS, CLASSES, "nats")
    assert set(map(id, plot.scene().items())) == before


def test_display_says_nothing(qtbot: QtBot, plot: LossPlot) -> None:
    signals = (plot.drag_started, plot.probability_dragged, plot.drag_finished, plot.sample_chosen)
    said: list[tuple] = []
    for signal in signals:
        signal.connect(lambda *values: said.append(values))
    plot.display(one_point(0.9), Task.MULTICLASS, CLASSES, "nats")
    assert said == []


def test_a_theme_change_recolours_what_pyqtgraph_would_not(plot: LossPlot) -> None:
    dark = Theme("dark")
    plot.set_theme(dark)
    (curve,) = items(plot, pg.PlotCurveItem)
    assert curve.opts["pen"].color() == dark.color("loss")
    assert plot.backgroundBrush().color() == dark.color("panel")
    image = plot.grab().toImage()
    assert image.pixelColor(2, 2) == dark.color("panel")


def test_without_a_valid_prediction_there_is_no_point(plot: LossPlot) -> None:
    plot.display(replace(one_point(), live=(), ghosts=()), Task.MULTICLASS, CLASSES, "nats")
    assert items(plot, LivePointItem) == []
    assert plot.accessibleName() == "no prediction"


def test_the_point_is_painted_over_a_mark_at_the_same_place(plot: LossPlot, theme: Theme) -> None:
    plot.display(one_point(0.8), Task.MULTICLASS, CLASSES, "nats")
    image = plot.grab().toImage()
    # The mark of sample 2 lies there; it is of the second class.
    assert image.pixelColor(at(plot, 0.8, 0.2231)) == theme.class_colors(0).fill


def test_two_curves_are_drawn_where_the_sample_has_no_loss(plot: LossPlot) -> None:
    chart = replace(one_point(), curves=(falling(class_index=0), rising(1)), live=(), ghosts=())
    plot.display(chart, Task.BINARY, ("dog",), "nats")
    assert len(items(plot, pg.PlotCurveItem)) == 2
    assert items(plot, LivePointItem) == []


def test_a_plot_without_a_point_shows_the_keyboards_focus_itself(plot: LossPlot) -> None:
    plot.display(replace(one_point(), live=()), Task.MULTICLASS, CLASSES, "nats")
    plain = plot.grab().toImage()
    for reason, ringed in (
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.TabFocusReason, True),
    ):
        QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, reason))
        assert (plot.grab().toImage() != plain) == ringed
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusOut))
    assert plot.grab().toImage() == plain


def test_what_is_moved_alone_goes_on_though_its_point_is_gone(plot: LossPlot) -> None:
    said, alt = dragged(plot), Qt.KeyboardModifier.AltModifier
    QTest.mousePress(plot.viewport(), LEFT, alt, at(plot, 0.4, 0.9163))
    move(plot, at(plot, 0.5, 0.9), alt)
    # 0.5, 0.3 and 0.3 are no distribution: there is no loss, and no point.
    plot.display(replace(one_point(), live=()), Task.MULTICLASS, CLASSES, "nats")
    move(plot, at(plot, 0.6, 0.9), alt)
    assert [(k, alone) for k, _, alone, _ in said] == [(0, True)] * 2
    assert [p for _, p, _, _ in said] == pytest.approx([0.5, 0.6], abs=0.011)


def test_the_point_shows_that_it_is_hovered_dragged_or_reached_by_keys(plot: LossPlot) -> None:
    (point,) = items(plot, LivePointItem)
    pictures = [plot.grab().toImage()]
    center = point.pos().toPoint()
    for act in (
        lambda: move(plot, center),
        lambda: QTest.mousePress(plot.viewport(), LEFT, pos=center),
        lambda: (
            QTest.mouseRelease(plot.viewport(), LEFT, pos=center)
            or plot.leaveEvent(QEvent(QEvent.Type.Leave))
        ),
        lambda: QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)),
    ):
        act()
        pictures.append(plot.grab().toImage())
    rest, hovered, held, again, focused = pictures
    assert again == rest
    assert all(a != b for a, b in itertools.combinations((rest, hovered, held, focused), 2))
