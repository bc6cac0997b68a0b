"""Two models on one curve: what is drawn where, and what a person says by moving a disc."""

from __future__ import annotations

import math
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.notes import Note
from ceviz.drawing.theme import Theme
from ceviz.gui.compare_curve_panel import CompareCurvePanel
from ceviz.gui.plots.compare_plot import ComparePlot
from tests.gui.compare_curves import curve_panel, discs, pair, show
from tests.gui.desk import move_mouse

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CompareCurvePanel:
    return curve_panel(qtbot, theme)


def at(plot: ComparePlot, x: float, y: float) -> QPoint:
    """A data point in px of the viewport, by pyqtgraph's own mapping."""
    return plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(x, y)))


DOG_A, DOG_B = (0.4, 0.91629), (0.7, 0.35667)


def move(plot: ComparePlot, to: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    move_mouse(plot.viewport(), QPointF(to), LEFT, keys)


def said_by(panel: CompareCurvePanel) -> list[tuple[Any, ...]]:
    said: list[tuple[Any, ...]] = []
    panel.probability_dragged.connect(lambda *values: said.append(values))
    return said


def texts(plot: ComparePlot) -> list[str]:
    assert plot._layout is not None
    return [note.text for note in plot._layout.notes if isinstance(note, Note)]


# The picture


def test_both_discs_lie_at_their_probabilities_and_losses(panel: CompareCurvePanel) -> None:
    a, b = discs(panel.plot)
    # The axes span 76 to 544 px and, for 0 to 2.4 nats, 400 to 34 px.
    assert (a.pos().x(), a.pos().y()) == pytest.approx((76 + 0.4 * 468, 400 + math.log(0.4) / 2.4 * 366))
    assert (b.pos().x(), b.pos().y()) == pytest.approx((76 + 0.7 * 468, 400 + math.log(0.7) / 2.4 * 366))
    assert (a.radius, b.radius) == (13, 13)


def test_a_is_hollow_and_b_is_filled(panel: CompareCurvePanel, theme: Theme) -> None:
    image = panel.plot.grab().toImage()
    # Beside the letter, inside the edge.
    inside = QPoint(-8, 0)
    assert image.pixelColor(at(panel.plot, *DOG_A) + inside) == theme.color("panel")
    assert image.pixelColor(at(panel.plot, *DOG_B) + inside) == theme.color("ink")


def test_the_others_are_hollow_for_a_and_filled_for_b(panel: CompareCurvePanel, theme: Theme) -> None:
    image = panel.plot.grab().toImage()
    # Sample 2 is a cat: A gives it 0.6, B 0.8.
    assert image.pixelColor(at(panel.plot, 0.6, -math.log(0.6))) == theme.color("panel")
    assert image.pixelColor(at(panel.plot, 0.8, -math.log(0.8))) == theme.class_colors(1).fill


def test_pills_labels_legend_and_difference_are_those_of_the_picture(panel: CompareCurvePanel) -> None:
    plot = panel.plot
    assert plot._layout is not None
    assert [pill.text for pill in plot._layout.backdrop.pills] == ["0.9163", "0.3567"]
    assert {"A, hollow", "B, filled", "dog 0.4", "dog 0.7", "−0.560"} <= set(texts(plot))
    assert "Two models on one curve" in [label.text() for label in panel.findChildren(QLabel)]


def test_the_arrow_runs_from_the_loss_of_a_to_that_of_b(panel: CompareCurvePanel, theme: Theme) -> None:
    image, loss = panel.plot.grab().toImage(), theme.color("loss")
    x = at(panel.plot, 0.1, 0).x()
    above, below = at(panel.plot, *DOG_A).y(), at(panel.plot, *DOG_B).y()
    shaft, head = (image.pixelColor(x, y) for y in (above + 10, below - 6))
    assert (shaft, head) == (loss, loss)
    # The head is wider than the shaft: it points down, at B.
    assert image.pixelColor(x + 3, below - 9).lightness() < 100
    assert image.pixelColor(x + 3, above + 9).lightness() > 200
    assert image.pixelColor(x, below + 5) != loss


def test_the_plot_tells_both_losses(panel: CompareCurvePanel) -> None:
    assert panel.plot.objectName() == "curvePlot"
    assert panel.plot.accessibleName() == "A: dog 0.400, loss 0.9163 nats; B: dog 0.700, loss 0.3567 nats"
    assert "difference −0.560" in panel.plot.accessibleDescription()


# Other samples


def test_equal_models_share_a_pill_and_both_discs_are_seen(panel: CompareCurvePanel) -> None:
    row = [[0.4, 0.3, 0.3]]
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], row, row))
    assert panel.plot._layout is not None
    assert [pill.text for pill in panel.plot._layout.backdrop.pills] == ["0.916"]
    a, b = discs(panel.plot)
    # The one below is a ring around the other.
    assert (a.radius, b.radius) == (13, 20)
    assert texts(panel.plot).count("dog 0.4") == 1
    assert "equal" in texts(panel.plot)


def test_pills_of_close_losses_do_not_overlap(panel: CompareCurvePanel) -> None:
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], [[0.98, 0.01, 0.01]], [[1, 0, 0]]))
    assert panel.plot._layout is not None
    upper, lower = (pill.rect for pill in panel.plot._layout.backdrop.pills)
    assert upper.bottom() <= lower.top()


def test_an_infinite_loss_lies_in_the_strip(panel: CompareCurvePanel) -> None:
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], [[0, 0.5, 0.5]], [[0.5, 0.2, 0.3]]))
    a, _ = discs(panel.plot)
    # The strip is 22 px high and ends at 34 px.
    assert (a.pos().x(), a.pos().y()) == (76, 23)
    assert "−∞" in texts(panel.plot)
    assert panel.plot.accessibleName().startswith("A: dog 0.000, loss ∞ nats; B: dog 0.500")


def test_an_invalid_model_has_no_disc(panel: CompareCurvePanel) -> None:
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], [[0.4, 0.9, 0.3]], [[0.5, 0.2, 0.3]]))
    (disc,) = discs(panel.plot)
    assert disc.model == 1
    assert panel.plot.accessibleName() == "A: no loss; B: dog 0.500, loss 0.693 nats"


def test_another_model_in_the_same_place_is_drawn_anew(panel: CompareCurvePanel) -> None:
    valid, invalid = [[0.5, 0.2, 0.3]], [[0.4, 0.9, 0.3]]
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], valid, invalid))
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], invalid, valid))
    assert [disc.model for disc in discs(panel.plot)] == [1]


def test_binary_models_share_the_curve_of_their_target(panel: CompareCurvePanel) -> None:
    show(panel, pair(Task.BINARY, [[0]], [[0.4]], [[0.7]]))
    a, b = discs(panel.plot)
    # −ln(1 − p) is 0.511 and 1.204.
    assert a.pos().y() == pytest.approx(400 + math.log(0.6) / 2.4 * 366)
    assert b.pos().y() == pytest.approx(400 + math.log(0.3) / 2.4 * 366)
    assert {"not dog 0.6", "not dog 0.3", "+0.693"} <= set(texts(panel.plot))


def test_soft_targets_show_a_point_per_class_and_model(panel: CompareCurvePanel) -> None:
    show(panel, pair(Task.SOFT, [[0.7, 0.2, 0.1]], [[0.3, 0.5, 0.2]], [[0.6, 0.3, 0.1]]))
    assert [disc.model for disc in discs(panel.plot)] == [0, 0, 0, 1, 1, 1]
    # 0.7 × 1.2040 + 0.2 × 0.6931 + 0.1 × 1.6094 and 0.7 × 0.5108 + 0.2 × 1.2040 + 0.1 × 2.3026.
    name = "A: loss 1.1424 nats; B: loss 0.8286 nats; A: dog 0.300, loss term 0.843 nats"
    assert panel.plot.accessibleName() == name
    assert "−0.314" in texts(panel.plot)
    assert panel.plot._layout is not None
    assert panel.plot._layout.backdrop.pills == ()


def test_each_label_has_a_plot_with_both_models(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    show(panel, pair(Task.MULTILABEL, [[1, 0, 1]], [[0.4, 0.3, 0.7]], [[0.7, 0.2, 0.5]]))
    names = [plot.accessibleName() for plot in panel.small_plots.plots]
    assert names == [
        "A: dog 0.400, loss 0.916 nats; B: dog 0.700, loss 0.357 nats",
        "A: cat 0.300, loss 0.357 nats; B: cat 0.200, loss 0.223 nats",
        "A: panda 0.700, loss 0.357 nats; B: panda 0.500, loss 0.693 nats",
    ]
    said = said_by(panel)
    second = panel.small_plots.plots[1]
    assert isinstance(second, ComparePlot)
    qtbot.mousePress(second.viewport(), LEFT, pos=at(second, 0.2, 0.2231))
    move(second, at(second, 0.6, 0))
    # One px is 1/125: a grid of 0.01 and the rounding of the mouse to whole px.
    assert [(model, label) for model, label, *_ in said] == [(1, 1)]
    assert said[0][2] == pytest.approx(0.6, abs=0.011)


# Moving


@pytest.mark.parametrize(("start", "model"), [(DOG_A, 0), (DOG_B, 1)])
def test_either_disc_is_dragged_along_the_curve(
    qtbot: QtBot, panel: CompareCurvePanel, start: tuple[float, float], model: int
) -> None:
    said = said_by(panel)
    plot = panel.plot
    with qtbot.waitSignal(panel.drag_started):
        qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, *start))
    # The height of the mouse does not count.
    move(plot, QPoint(at(plot, 0.55, 0).x(), 20))
    with qtbot.waitSignal(panel.drag_finished) as finished:
        qtbot.mouseRelease(plot.viewport(), LEFT, pos=at(plot, 0.55, 0))
    assert said == [(model, 0, 0.55, False, False)]
    assert finished.args == [False]


def test_shift_is_finer_alt_is_alone_and_the_ends_are_0_and_1(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    said = said_by(panel)
    plot = panel.plot
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, *DOG_B))
    start = at(plot, *DOG_B)
    # The disc is taken hold of 0.2 px left of its middle; one px is 1/476 = 0.0021.
    move(plot, start + QPoint(1, 0), SHIFT)
    move(plot, start + QPoint(1, 0), ALT)
    move(plot, QPoint(-500, 0))
    move(plot, QPoint(2000, 0))
    assert said == [
        (1, 0, 0.702, False, True),
        (1, 0, 0.7, True, False),
        (1, 0, 0.0, False, False),
        (1, 0, 1.0, False, False),
    ]


def test_escape_cancels_a_drag(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    plot = panel.plot
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, *DOG_A))
    with qtbot.waitSignal(panel.drag_finished) as finished:
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert finished.args == [True]
    with qtbot.assertNotEmitted(panel.probability_dragged):
        move(plot, at(plot, 0.8, 0))


def test_keys_move_a_then_b(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    said = said_by(panel)
    plot = panel.plot
    assert plot.accessibleDescription().endswith("keys move A, dog")
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot.accessibleDescription().endswith("keys move B, dog")
    with qtbot.waitSignals([panel.drag_started, panel.drag_finished]):
        qtbot.keyClick(plot, Qt.Key.Key_Left, SHIFT)
    assert said == [(0, 0, 0.41, False, False), (1, 0, 0.699, False, True)]


def test_in_one_place_the_disc_on_top_is_taken(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    row = [[0.4, 0.3, 0.3]]
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], row, row))
    said = said_by(panel)
    plot = panel.plot
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert [disc.radius for disc in discs(plot)] == [20, 13]
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, *DOG_A))
    move(plot, at(plot, 0.9, 0))
    assert [values[0] for values in said] == [1]


def test_a_click_on_a_mark_chooses_its_sample_and_pages_step(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    plot = panel.plot
    with qtbot.waitSignal(panel.sample_chosen) as chosen:
        qtbot.mouseClick(plot.viewport(), LEFT, pos=at(plot, 0.2, -math.log(0.2)))
    assert chosen.args == [4]
    with qtbot.waitSignal(panel.sample_stepped) as stepped:
        qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert stepped.args == [1]


def test_the_chip_asks_for_the_square_error(qtbot: QtBot, panel: CompareCurvePanel) -> None:
    (chip,) = [chip for chip in panel.findChildren(QCheckBox) if chip.isVisible()]
    assert chip.text() == "Square error"
    with qtbot.waitSignal(panel.overlay_toggled) as toggled:
        qtbot.mouseClick(chip, LEFT)
    assert toggled.args == [True]


def test_hovering_a_disc_tells_its_class_and_other_classes_fade(
    qtbot: QtBot, panel: CompareCurvePanel
) -> None:
    plot = panel.plot
    with qtbot.waitSignal(panel.class_hovered) as hovered:
        move(plot, at(plot, *DOG_B))
    assert hovered.args == [0]
    panel.highlight(Lit(1))
    assert [disc.opacity() for disc in discs(plot)] == [0.35, 0.35]
    panel.highlight(ALIKE)
    assert [disc.opacity() for disc in discs(plot)] == [1, 1]


def test_another_theme_colours_the_discs(panel: CompareCurvePanel) -> None:
    dark = Theme("dark")
    panel.set_theme(dark)
    image = panel.plot.grab().toImage()
    assert image.pixelColor(at(panel.plot, *DOG_B) + QPoint(-8, 0)) == dark.color("ink")
    assert image.pixelColor(at(panel.plot, *DOG_A) + QPoint(-8, 0)) == dark.color("panel")
