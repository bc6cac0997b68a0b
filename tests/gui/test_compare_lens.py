"""The lens of a comparison: A and B in the simplex, or as two columns."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.notes import Note
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_gradient import compare_gradient
from ceviz.explain.compare_lenses import compare_simplex, compare_stack
from ceviz.explain.shown import Shown
from ceviz.gui.compare_lens_panel import CompareLensPanel
from tests.explain.compare_examples import pair_state, pictured, show_pair

OPTIONS = (("simplex", "Simplex"), ("terms", "Terms"))
SOFT = ([[0.7, 0.2, 0.1]], [[0.3, 0.5, 0.2]], [[0.6, 0.3, 0.1]])


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CompareLensPanel:
    panel = CompareLensPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(392, 504)
    panel.show()
    panel.display(compare_simplex(pictured()), Task.MULTICLASS, "simplex", OPTIONS)
    return panel


def pair(task: Task, targets: Any, a: Any, b: Any) -> Shown:
    return show_pair(pair_state(targets, a, b), task)


def place(panel: CompareLensPanel, p: list[float]) -> QPoint:
    """A prediction in px, by pyqtgraph's own mapping and the corners of an equilateral triangle."""
    top, _, right = p
    plot = panel.simplex_plot
    at = QPointF(top / 2 + right, top * 3**0.5 / 2)
    return plot.mapFromScene(plot.view_box.mapViewToScene(at))


def picture(panel: CompareLensPanel) -> QImage:
    return panel.simplex_plot.grab().toImage()


def readings(panel: CompareLensPanel) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel))


def stack_texts(panel: CompareLensPanel) -> list[str]:
    layout = panel.stack_plot._layout
    assert layout is not None
    return [note.text for note in layout.notes if isinstance(note, Note)]


def test_the_lens_is_the_pictures(panel: CompareLensPanel) -> None:
    assert (panel.objectName(), panel.accessibleName(), panel.width()) == ("lens", "Simplex", 392)
    assert "every line crossed is loss saved" in readings(panel)
    a, b = panel.simplex_plot.accessibleName().split("; ")
    assert a == "A: prediction dog 0.400, cat 0.300, panda 0.300, loss 0.916 nats"
    assert b == "B: prediction dog 0.700, cat 0.200, panda 0.100, loss 0.357 nats"


def test_a_is_hollow_b_is_filled_where_they_predict(panel: CompareLensPanel, theme: Theme) -> None:
    image, inside = picture(panel), QPoint(-8, 0)
    assert image.pixelColor(place(panel, [0.4, 0.3, 0.3]) + inside) == theme.color("panel")
    assert image.pixelColor(place(panel, [0.7, 0.2, 0.1]) + inside) == theme.color("ink")


def test_the_arrow_leads_from_a_to_b(panel: CompareLensPanel, theme: Theme) -> None:
    image = picture(panel)
    a, b = place(panel, [0.4, 0.3, 0.3]), place(panel, [0.7, 0.2, 0.1])
    middle = (a + b) / 2
    assert image.pixelColor(middle) == theme.color("ink")
    # Its head is at B: 4 px beside the line there is ink close to B, not close to A.
    along = QPointF(b - a) / ((b - a).x() ** 2 + (b - a).y() ** 2) ** 0.5
    across = QPointF(-along.y(), along.x()) * 3.5
    near_b = (QPointF(b) - along * 25 + across).toPoint()
    near_a = (QPointF(a) + along * 25 + across).toPoint()
    assert image.pixelColor(near_b).lightness() < 60
    assert image.pixelColor(near_a).lightness() > 100


def test_in_one_place_the_second_is_a_ring_around_the_first(panel: CompareLensPanel, theme: Theme) -> None:
    row = [[0.4, 0.3, 0.3]]
    panel.display(compare_simplex(pair(Task.MULTICLASS, [[1, 0, 0]], row, row)), Task.MULTICLASS)
    image, here = picture(panel), place(panel, row[0])
    assert image.pixelColor(here + QPoint(-8, 0)) == theme.color("panel")
    assert image.pixelColor(here + QPoint(-18, 0)) == theme.color("ink")


def test_an_invalid_model_is_not_in_the_simplex(panel: CompareLensPanel, theme: Theme) -> None:
    shown = pair(Task.MULTICLASS, [[1, 0, 0]], [[0.4, 0.3, 0.3]], [[0.7, 0.9, 0.1]])
    panel.display(compare_simplex(shown), Task.MULTICLASS, "simplex", OPTIONS)
    assert panel.simplex_plot.accessibleName().endswith("; B: no prediction")
    assert picture(panel).pixelColor(place(panel, [0.7, 0.2, 0.1])) in theme.heat
    assert "B has no loss until fixed." in readings(panel)


def test_a_soft_target_is_named_beside_its_rings(panel: CompareLensPanel, theme: Theme) -> None:
    panel.display(compare_simplex(pair(Task.SOFT, *SOFT)), Task.SOFT, "simplex", OPTIONS)
    assert panel.simplex_plot.accessibleDescription() == "target, floor 0.802; keys move A"
    # The target's mark points down at it.
    assert picture(panel).pixelColor(place(panel, [0.7, 0.2, 0.1]) - QPoint(0, 7)) == theme.color("ink")


def test_lenses_are_chosen_by_a_person_only(qtbot: QtBot, panel: CompareLensPanel) -> None:
    said: list[str] = []
    panel.lens_chosen.connect(said.append)
    panel.display(compare_simplex(pictured(1)), Task.MULTICLASS, "simplex", OPTIONS)
    assert said == []
    (button,) = [one for one in panel.findChildren(QRadioButton) if one.text() == "Terms"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == ["terms"]


def test_two_columns_tell_what_a_and_b_pay(panel: CompareLensPanel) -> None:
    panel.display(compare_stack(pictured()), Task.MULTICLASS, "terms", OPTIONS)
    assert panel.stack_plot.isVisible()
    assert panel.stack_plot.accessibleName() == "A 0.9163, B 0.3567"
    assert panel.stack_plot.accessibleDescription().startswith("A: dog 0.916, cat 0, panda 0; B: dog 0.357")
    layout = panel.stack_plot._layout
    assert layout is not None
    a, b = (rect for rect, segment in layout.bars if segment.class_index == 0)
    assert a.bottom() == b.bottom()
    assert a.height() / b.height() == pytest.approx(0.916290731874155 / 0.35667494393873245)


def test_both_columns_stand_on_the_same_floor(panel: CompareLensPanel) -> None:
    panel.display(compare_stack(pair(Task.SOFT, *SOFT)), Task.SOFT)
    assert panel.accessibleName() == "Floor + excess"
    assert panel.stack_plot.accessibleName() == "A 1.1424, B 0.8286"
    assert stack_texts(panel).count("0.802") == 2
    assert {"0.341", "0.027", "1.1424", "0.8286"} <= set(stack_texts(panel))


def test_texts_of_the_first_column_end_before_the_second(panel: CompareLensPanel) -> None:
    shown = pair(
        Task.MULTILABEL, [[1, 0, 1, 0, 1]], [[0.4, 0.3, 0.7, 0.2, 0.5]], [[0.7, 0.2, 0.9, 0.2, 0.51]]
    )
    panel.display(compare_stack(shown), Task.MULTILABEL)
    layout = panel.stack_plot._layout
    assert layout is not None
    second = max(rect.left() for rect, _ in layout.bars)
    first = [note for note in layout.notes if note.rect.left() < second - 20]
    assert len(first) > 5
    assert max(note.rect.right() for note in first) <= second


def test_an_invalid_model_has_an_empty_column(panel: CompareLensPanel) -> None:
    shown = pair(Task.MULTICLASS, [[1, 0, 0]], [[0.4, 0.3, 0.3]], [[0.7, 0.9, 0.1]])
    panel.display(compare_stack(shown), Task.MULTICLASS, "terms", OPTIONS)
    assert panel.stack_plot.accessibleName() == "A 0.916, B no loss"
    assert panel.stack_plot.accessibleDescription().endswith("B: no loss")


@pytest.mark.parametrize("p", [0.0, 0.4])
def test_both_losses_stand_clear_of_the_texts_of_the_columns(panel: CompareLensPanel, p: float) -> None:
    shown = pair(Task.MULTICLASS, [[1, 0, 0]], [[p, 0.7 - p, 0.3]], [[0.7, 0.2, 0.1]])
    panel.display(compare_stack(shown), Task.MULTICLASS, "terms", OPTIONS)
    layout = panel.stack_plot._layout
    assert layout is not None
    losses = [note for note in layout.notes if note.class_index is None]
    assert [note.text for note in losses] == (["0.9163", "0.3567"] if p else ["∞", "0.357"])
    others = [note.rect for note in layout.notes if note not in losses] + [rect for rect, _ in layout.bars]
    assert len(others) == 2 * 6 + 2 * 3
    clear = [note.rect.adjusted(-3, 0, 3, 0) for note in losses]
    assert not [rect for loss in clear for rect in others if rect.intersects(loss)]


def test_a_hovered_bar_tells_its_class_and_another_one_fades(qtbot: QtBot, panel: CompareLensPanel) -> None:
    panel.display(compare_stack(pictured()), Task.MULTICLASS, "terms", OPTIONS)
    layout = panel.stack_plot._layout
    assert layout is not None
    center = layout.bars[0][0].center().toPoint()
    with qtbot.waitSignal(panel.class_hovered) as hovered:
        qtbot.mouseMove(panel.stack_plot.viewport(), center)
    assert hovered.args == [0]
    plain = panel.stack_plot.grab().toImage().pixelColor(center)
    panel.highlight(Lit(1))
    assert panel.stack_plot.grab().toImage().pixelColor(center) != plain


def test_the_compact_layout_and_the_dark_theme_are_taken_over(panel: CompareLensPanel) -> None:
    dark = Theme("dark", compact=True)
    panel.set_theme(dark)
    assert panel.width() == 366
    assert picture(panel).pixelColor(place(panel, [0.7, 0.2, 0.1]) + QPoint(-8, 0)) == dark.color("ink")


def test_the_gradients_of_both_stand_side_by_side(panel: CompareLensPanel, theme: Theme) -> None:
    options = (*OPTIONS, ("gradient", "Gradient"))
    panel.display(compare_gradient(pictured()), Task.MULTICLASS, "gradient", options)
    view = panel.gradient_view
    assert view.isVisible()
    a, b = view.accessibleDescription().split("; ")
    assert a == "A: dog −1 / 0.400 = −2.500, cat −0 / 0.300 = 0, panda −0 / 0.300 = 0"
    assert b == "B: dog −1 / 0.700 = −1.429, cat −0 / 0.200 = 0, panda −0 / 0.100 = 0"
    image, dog = view.grab().toImage(), theme.class_colors(0)
    places = {
        color.name(): [x for x in range(30, 120) for y in range(100, 360) if image.pixelColor(x, y) == color]
        for color in (dog.tint, dog.fill)
    }
    # A hollow at the left, B filled at the right; below the arrows nothing has these colours.
    hollow, filled = places.values()
    assert min(len(hollow), len(filled)) > 300
    assert sum(hollow) / len(hollow) < sum(filled) / len(filled)


@pytest.mark.parametrize("task", [Task.BINARY, Task.SOFT])
def test_the_values_of_two_equal_gradients_stand_apart(panel: CompareLensPanel, task: Task) -> None:
    same = ([[1.0]], [[0.7]], [[0.7]]) if task is Task.BINARY else (SOFT[0], SOFT[1], SOFT[1])
    panel.display(compare_gradient(pair(task, *same)), task, "gradient", (("gradient", "Gradient"),))
    image, ink = panel.gradient_view.grab().toImage(), panel._theme.class_colors(0).text
    inked = {x for x in range(30, 130) for y in range(100, 200) if image.pixelColor(x, y) == ink}
    assert inked
    # The signs and figures of a value are closer together.
    gaps = [after - before for before, after in pairwise(sorted(inked))]
    assert max(gaps) > 4
