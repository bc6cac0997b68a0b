"""The lens panel: the stacked columns and how to read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QMenu, QRadioButton, QToolButton
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Row, Variable
from ceviz.explain.gradient_chart import Arithmetic, Arrow, GradientChart
from ceviz.explain.three_formulas import PairChip, ThreeFormulas, WrittenLoss
from ceviz.gui.lens_panel import LensPanel
from tests.gui.desk import move_mouse
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


def test_a_name_in_the_reading_is_no_markup(panel: LensPanel) -> None:
    reading = "There, <i>fox</i> & 1 < 2 get nothing."
    panel.display(replace(stack(0.5), reading=reading), Task.MULTICLASS)
    (text,) = [label.text() for label in panel.findChildren(QLabel) if "fox" in label.text()]
    assert QTextDocumentFragment.fromHtml(text).toPlainText() == reading


OPTIONS = (("simplex", "Simplex"), ("terms", "Terms"), ("gradient", "Gradient"))


def test_lenses_are_chosen_by_a_person_only(qtbot: QtBot, panel: LensPanel) -> None:
    said: list[str] = []
    panel.lens_chosen.connect(said.append)
    panel.display(stack(0.5), Task.MULTICLASS, "terms", OPTIONS)
    buttons = {button.text(): button for button in panel.findChildren(QRadioButton)}
    assert [text for text, button in buttons.items() if button.isChecked()] == ["Terms"]
    assert said == []
    qtbot.mouseClick(buttons["Gradient"], Qt.MouseButton.LeftButton)
    assert said == ["gradient"]


def test_each_value_has_its_picture(panel: LensPanel) -> None:
    formula = Row((Variable("p"),))
    gradient = GradientChart(
        formula,
        1.0,
        (Arrow(0, "dog", 0.6, "+0.600", False),),
        (Arithmetic(0, "dog", "0.4 − 1 =", "−0.600"),),
        "raise z ↑",
        "lower z ↓",
        "One step.",
    )
    panel.display(gradient, Task.MULTICLASS, "gradient", OPTIONS)
    assert panel.gradient_view.isVisible()
    assert panel.gradient_view.accessibleDescription() == "dog 0.4 − 1 = −0.600"
    pair = (PairChip(0, "0.7", True), PairChip(1, "0.3", True))
    written = WrittenLoss("Binary formula", formula, formula, "0.357")
    formulas = ThreeFormulas("prediction", pair, "target", pair, (written,), "One number.")
    panel.display(formulas, Task.BINARY, "formulas", (("formulas", "Three formulas"),))
    assert panel.formulas_view.isVisible()
    assert not panel.gradient_view.isVisible()
    assert "Three formulas" in [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "0.357" in panel.formulas_view.accessibleDescription()


def test_a_long_reading_is_not_cut_off(panel: LensPanel) -> None:
    long = replace(
        stack(0.5), reading="Only the true class has an arrow, and its length says how far p is. " * 4
    )
    panel.display(long, Task.MULTICLASS)
    (label,) = [label for label in panel.findChildren(QLabel) if "Only the true" in label.text()]
    assert label.height() >= label.heightForWidth(label.width())


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


def entries(menu: QMenu) -> dict[str, QAction]:
    """What a person sees on opening it."""
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def test_three_of_many_classes_are_chosen_from_a_menu(qtbot: QtBot, panel: LensPanel) -> None:
    button = panel.findChild(QToolButton)
    assert button is not None
    panel.offer_three((), None, Task.MULTICLASS)
    assert not button.isVisible()
    names = ("dog", "cat", "R&D", "ball", "person")
    panel.offer_three(names, None, Task.MULTICLASS)
    assert button.isVisible()
    assert button.accessibleName() == "More lenses"
    with qtbot.waitSignal(panel.three_asked):
        entries(button.menu())["Simplex of three classes…"].trigger()
    panel.offer_three(names, (0, 4, 2), Task.MULTICLASS)
    usual, top, left, right = entries(button.menu())
    assert usual == "The true class and the two largest others"
    assert (top, left) == ("At the top: dog", "At the lower left: person")
    assert right == "At the lower right: R&&D"
    choices = {action.text(): action for action in entries(button.menu())[left].menu().actions()}
    assert [text for text, action in choices.items() if action.isChecked()] == ["person"]
    with qtbot.waitSignal(panel.lens_chosen) as chosen:
        choices["dog"].trigger()
    # It stood at the top: the two change places.
    assert chosen.args == ["simplex:4,0,2"]


def test_an_arrow_and_its_arithmetic_tell_their_class(qtbot: QtBot, panel: LensPanel) -> None:
    arrows = tuple(Arrow(k, name, 0.5 - k, "+0.500", False) for k, name in enumerate(("dog", "cat")))
    rows = tuple(Arithmetic(k, name, "0.5 − 1 =", "−0.500") for k, name in enumerate(("dog", "cat")))
    chart = GradientChart(Row(()), 1.0, arrows, rows, "raise z ↑", "lower z ↓", "One step.")
    panel.display(chart, Task.MULTICLASS, "gradient", OPTIONS)
    told: list[int] = []
    panel.class_hovered.connect(told.append)
    view = panel.gradient_view
    view.grab()  # lays the panel out
    foot = view.height()
    # Columns of 100 px from 29 on; the last row is 24 px high and ends 12 px above the foot.
    for place in ((80, 200), (180, 200), (280, 200), (80, foot - 24), (80, foot - 48), (80, 40)):
        move_mouse(view, QPointF(*place))
    assert told == [0, 1, -1, 1, 0, -1]


def test_a_long_name_ends_before_the_words_of_the_common_line(panel: LensPanel) -> None:
    seen = []
    for last in ("x", "il" * 30):
        names = ("dog", "cat", last)
        arrows = tuple(Arrow(k, name, 0.001, "+12.345", False) for k, name in enumerate(names))
        chart = GradientChart(Row(()), 1.0, arrows, (), "raise z ↑", "lower z ↓", "One step.")
        panel.display(chart, Task.MULTICLASS, "gradient", OPTIONS)
        view = panel.gradient_view
        view.grab()  # lays the panel out
        # The words are about 55 px wide and end 23 px before the right edge.
        seen.append(view.grab(QRect(view.width() - 23 - 54, 0, 54, view.height())).toImage())
    assert seen[0] == seen[1]


def test_a_chip_of_the_three_formulas_tells_its_answer(qtbot: QtBot, panel: LensPanel) -> None:
    pair = (PairChip(0, "0.7", True), PairChip(1, "0.3", True))
    panel.display(ThreeFormulas("prediction", pair, "target", pair, (), ""), Task.BINARY)
    told: list[int] = []
    panel.class_hovered.connect(told.append)
    view = panel.formulas_view
    view.grab()  # lays the panel out
    # Four chips of about 81 px from 20 to 371, 27 to 61 px below the top.
    for place in ((60, 40), (150, 40), (150, 80), (340, 40)):
        move_mouse(view, QPointF(*place))
    assert told == [0, 1, -1, 1]
    plain = view.grab().toImage()
    panel.highlight(Lit(0))
    faded = view.grab().toImage()
    assert [faded.pixelColor(x, 33) == plain.pixelColor(x, 33) for x in (40, 125)] == [True, False]
