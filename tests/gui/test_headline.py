from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget

from ceviz.core.document import InputKind, LossOptions, Model, Sample, Task, TaskState, Unit, vectors
from ceviz.core.evaluation import evaluate
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import to_text
from ceviz.explain.headline import headline
from ceviz.explain.shown import Shown
from ceviz.gui.choice_button import ChoiceButton
from ceviz.gui.headline import HeadlineView
from ceviz.gui.headline_frame import NumberView
from ceviz.gui.headline_line import WorkedLine
from tests.gui.desk import move_mouse

ANIMALS = ("dog", "cat", "panda")


def example(task: Task, classes, target, prediction, unit: Unit = Unit.NATS) -> Shown:
    model = Model("A", InputKind.PROBABILITIES, vectors([prediction]))
    state = TaskState(tuple(classes), (Sample("a"),), vectors([target]), (model,), LossOptions(unit=unit))
    return Shown(task, state, evaluate(state, task), sample=0, y_top=4.6)


def dogs(p: float = 0.4) -> Shown:
    return example(Task.MULTICLASS, ANIMALS, [1, 0, 0], [p, (1 - p) / 2, (1 - p) / 2])


def display(view: HeadlineView, shown: Shown, dragging: bool = False) -> None:
    value = headline(replace(shown, dragging=dragging))
    probabilities = shown.result.probabilities[shown.sample]
    view.display(value, shown.task, shown.state.options.unit, probabilities, dragging)


@pytest.fixture
def view(theme: Theme, qtbot) -> HeadlineView:
    view = HeadlineView(theme)
    qtbot.addWidget(view)
    view.resize(1440, view.height())
    display(view, dogs())
    view.show()
    return view


def line(view: HeadlineView) -> WorkedLine:
    found = view.findChild(WorkedLine, "formula")
    assert found is not None
    return found


def number(view: HeadlineView) -> QWidget:
    found = view.findChild(QWidget, "number")
    assert found is not None
    return found


def middle(view: HeadlineView, term: int) -> QPoint:
    return line(view).area(line(view).terms()[term]).center().toPoint()


def told(view: HeadlineView) -> list[tuple]:
    events: list[tuple] = []
    view.term_clicked.connect(lambda *args: events.append(("clicked", *args)))
    view.drag_started.connect(lambda *args: events.append(("started", *args)))
    view.probability_dragged.connect(lambda *args: events.append(("dragged", *args)))
    view.drag_finished.connect(lambda *args: events.append(("finished", *args)))
    return events


def drag(qtbot, view: HeadlineView, term: int, dx: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a term and move; the button stays down."""
    target, start = line(view), middle(view, term)
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, modifiers, start)
    place = QPointF(start + QPoint(dx, 0))
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, target.mapToGlobal(place), Qt.MouseButton.NoButton, left, modifiers
    )
    QApplication.sendEvent(target, event)


def release(qtbot, view: HeadlineView) -> None:
    qtbot.mouseRelease(line(view), Qt.MouseButton.LeftButton)


def test_number_and_equation_can_be_read_aloud(view: HeadlineView) -> None:
    assert number(view).accessibleName() == "loss 0.916 nats"
    spoken = line(view).accessibleName()
    assert "−1·ln 0.4" in spoken
    assert spoken.endswith("0.916 nats")
    display(view, dogs(0.5))
    assert number(view).accessibleName() == "loss 0.693 nats"
    assert "−1·ln 0.5" in line(view).accessibleName()


def test_a_click_on_a_term_tells_its_class(qtbot, view: HeadlineView) -> None:
    events = told(view)
    qtbot.mouseClick(line(view), Qt.MouseButton.LeftButton, pos=middle(view, 2))
    assert events == [("clicked", 2)]


def test_a_click_beside_the_terms_tells_nothing(qtbot, view: HeadlineView) -> None:
    events = told(view)
    definition = QPoint(340, middle(view, 0).y())
    qtbot.mouseClick(line(view), Qt.MouseButton.LeftButton, pos=definition)
    assert events == []


@pytest.mark.parametrize(
    ("dx", "modifiers", "value", "alone", "fine"),
    [
        (100, Qt.KeyboardModifier.NoModifier, 0.65, False, False),
        (-100, Qt.KeyboardModifier.NoModifier, 0.15, False, False),
        (5, Qt.KeyboardModifier.NoModifier, 0.41, False, False),
        # Of 40 px 4 count.
        (40, Qt.KeyboardModifier.ShiftModifier, 0.41, False, True),
        (100, Qt.KeyboardModifier.AltModifier, 0.65, True, False),
        (900, Qt.KeyboardModifier.NoModifier, 1.0, False, False),
        (-900, Qt.KeyboardModifier.NoModifier, 0.0, False, False),
    ],
)
def test_100_px_are_a_quarter_of_probability(qtbot, view, dx, modifiers, value, alone, fine) -> None:
    events = told(view)
    drag(qtbot, view, 0, dx, modifiers)
    release(qtbot, view)
    assert events == [("started",), ("dragged", 0, value, alone, fine), ("finished", False)]


def test_escape_cancels_a_drag(qtbot, view: HeadlineView) -> None:
    events = told(view)
    drag(qtbot, view, 1, 40)
    qtbot.keyClick(line(view), Qt.Key.Key_Escape)
    release(qtbot, view)
    assert events == [("started",), ("dragged", 1, 0.4, False, False), ("finished", True)]


def test_a_drag_goes_on_from_the_value_at_the_press(qtbot, view: HeadlineView) -> None:
    view.probability_dragged.connect(lambda index, value, *_: display(view, dogs(value), dragging=True))
    events = told(view)
    drag(qtbot, view, 0, 40)
    place = QPointF(middle(view, 0) + QPoint(80, 0))
    left = Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, left, none)
    QApplication.sendEvent(line(view), move)
    assert [event[2] for event in events if event[0] == "dragged"] == [0.5, 0.6]
    release(qtbot, view)


def test_shift_goes_on_from_where_the_term_is_and_nothing_jumps(qtbot, view: HeadlineView) -> None:
    events = told(view)
    drag(qtbot, view, 0, 40)
    shift, none = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
    # 40 px are 0.1; then 80 px of which a tenth counts, 0.02; then 40 px again.
    for dx, modifiers in ((40, shift), (120, shift), (120, none), (160, none)):
        move_mouse(line(view), QPointF(middle(view, 0) + QPoint(dx, 0)), Qt.MouseButton.LeftButton, modifiers)
    values = [event[2] for event in events if event[0] == "dragged"]
    assert values == pytest.approx([0.5, 0.5, 0.52, 0.52, 0.62])


def test_nothing_moves_while_a_probability_is_dragged(view: HeadlineView) -> None:
    display(view, dogs(0.4), dragging=True)
    before = [(slot.x, slot.width) for slot in line(view)._line.slots]
    for p in (0.41, 0.99, 0.05, 1.0, 0.5, 0.0):
        display(view, dogs(p), dragging=True)
        assert [(slot.x, slot.width) for slot in line(view)._line.slots] == before, p


def test_slots_that_grew_in_a_drag_shrink_after_it(view: HeadlineView) -> None:
    display(view, dogs(0.4), dragging=True)
    rest = line(view)._line.width
    display(view, dogs(0.33333), dragging=False)
    wide = line(view)._line.width
    assert wide > rest
    display(view, dogs(0.4), dragging=True)
    assert line(view)._line.width == wide
    display(view, dogs(0.4), dragging=False)
    assert line(view)._line.width == rest


def test_the_other_half_of_a_binary_prediction_drags_the_positive_class(qtbot, view: HeadlineView) -> None:
    display(view, example(Task.BINARY, ["dog"], [1], [0.7]))
    events = told(view)
    drag(qtbot, view, 1, 40)
    release(qtbot, view)
    # not dog: from 0.3 to 0.4, so dog goes to 0.6
    assert events[1] == ("dragged", 0, 0.6, False, False)


def test_without_probabilities_a_term_is_only_clicked(qtbot, view: HeadlineView) -> None:
    shown = dogs()
    view.display(headline(shown), shown.task, Unit.NATS)
    events = told(view)
    drag(qtbot, view, 0, 60)
    release(qtbot, view)
    assert events == [("clicked", 0)]


def test_hovering_tells_the_class_and_leaving_tells_none(qtbot, view: HeadlineView) -> None:
    classes: list[int] = []
    view.class_hovered.connect(classes.append)
    for term in (0, 1):
        place = QPointF(middle(view, term))
        none, buttons = Qt.MouseButton.NoButton, Qt.MouseButton.NoButton
        plain = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            line(view), QMouseEvent(QEvent.Type.MouseMove, place, place, none, buttons, plain)
        )
    QApplication.sendEvent(line(view), QEvent(QEvent.Type.Leave))
    assert classes == [0, 1, -1]


def test_highlighting_a_class_fades_the_others(view: HeadlineView) -> None:
    def pixels(term: int):
        slot = line(view).terms()[term]
        return line(view).grab(line(view).area(slot).toRect()).toImage()

    plain = [pixels(term) for term in range(3)]
    view.highlight(Lit(1))
    assert [pixels(term) == plain[term] for term in range(3)] == [False, True, False]
    view.highlight(ALIKE)
    assert [pixels(term) == plain[term] for term in range(3)] == [True, True, True]


def test_arrows_move_between_terms_and_change_p(qtbot, view: HeadlineView) -> None:
    events = told(view)
    assert line(view).accessibleDescription() == "dog 0.916"
    qtbot.keyClick(line(view), Qt.Key.Key_Right)
    assert line(view).accessibleDescription() == "cat 0"
    qtbot.keyClick(line(view), Qt.Key.Key_Up)
    qtbot.keyClick(line(view), Qt.Key.Key_Left)
    qtbot.keyClick(line(view), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert events == [
        ("started",), ("dragged", 1, 0.31, False, False), ("finished", False),
        ("started",), ("dragged", 0, 0.399, False, True), ("finished", False),
    ]  # fmt: skip


def test_enter_clicks_the_current_term(qtbot, view: HeadlineView) -> None:
    events = told(view)
    qtbot.keyClick(line(view), Qt.Key.Key_Right)
    qtbot.keyClick(line(view), Qt.Key.Key_Return)
    assert events == [("clicked", 1)]


def test_tab_reaches_the_terms(qtbot, view: HeadlineView) -> None:
    assert line(view).focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_line_is_copied_as_text_and_as_latex(qtbot, view: HeadlineView) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(line(view), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == line(view).accessibleName()
    qtbot.keyClick(line(view), Qt.Key.Key_C, both)
    copied = QGuiApplication.clipboard().text()
    assert r"\sum_{i}" in copied
    assert r"-1\cdot \ln 0.4" in copied


def test_the_line_is_copied_as_an_image_on_the_panels_colour(view: HeadlineView, theme: Theme) -> None:
    line(view).copy_image()
    image = QGuiApplication.clipboard().image()
    slots = line(view).terms()
    # Twice as fine as the screen; at least all terms are on it.
    assert image.width() > 2 * (slots[-1].x + slots[-1].width - slots[0].x)
    assert image.pixelColor(0, 0) == theme.color("panel")
    edges = [(x, y) for x in range(image.width()) for y in (0, 1, image.height() - 2, image.height() - 1)]
    assert all(image.pixelColor(x, y) == theme.color("panel") for x, y in edges)
    ink = theme.class_colors(0).text
    assert any(image.pixelColor(x, y) == ink for x in range(image.width()) for y in range(image.height()))


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_context_menu_offers_all_copies(qtbot, view: HeadlineView) -> None:
    place = middle(view, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, line(view).mapToGlobal(place))
    QApplication.sendEvent(line(view), event)
    menu = line(view).findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Copy as text", "Copy as LaTeX", "Copy as image"]
    menu.actions()[0].trigger()
    assert "−1·ln 0.4" in QGuiApplication.clipboard().text()
    menu.close()


def test_the_unit_is_chosen_from_its_menu(view: HeadlineView) -> None:
    units: list[str] = []
    view.unit_chosen.connect(units.append)
    button = view.findChild(ChoiceButton)
    button.menu().actions()[1].trigger()
    assert units == ["bits"]
    display(view, example(Task.MULTICLASS, ANIMALS, [1, 0, 0], [0.4, 0.3, 0.3], Unit.BITS))
    assert number(view).accessibleName() == "loss 1.322 bits"  # log2(1 / 0.4)
    assert units == ["bits"], "showing a unit tells nobody"


def test_an_invalid_row_keeps_the_last_number_faded(qtbot, view: HeadlineView) -> None:
    def darkest() -> int:
        image = number(view).grab().toImage()
        columns, rows = range(0, image.width(), 2), range(0, image.height(), 2)
        return min(image.pixelColor(x, y).lightness() for x in columns for y in rows)

    before = darkest()
    invalid = example(Task.MULTICLASS, ANIMALS, [1, 0, 0], [0.4, 0.3, 0.2])
    value = headline(invalid, last_valid=dogs())
    view.display(value, invalid.task, Unit.NATS, invalid.result.probabilities[0])
    assert number(view).accessibleName() == "no loss: fix sample 1"
    assert darkest() > before + 50
    events = told(view)
    drag(qtbot, view, 0, 60)
    release(qtbot, view)
    assert events == [("clicked", 0)], "stale terms cannot be dragged"


def test_a_row_that_never_was_valid_has_a_dash_and_the_definition_alone(view: HeadlineView) -> None:
    invalid = example(Task.MULTICLASS, ANIMALS, [1, 0, 0], [0.4, 0.3, 0.2])
    display(view, invalid)
    assert view.findChild(NumberView).text() == "–"
    assert number(view).accessibleName() == "no loss: fix sample 1"
    assert [to_text(slot.formula) for slot in line(view)._line.slots] == ["=", "−∑ᵢ tᵢ ln pᵢ"]


def test_superscripts_stand_close_together(view: HeadlineView) -> None:
    tall = view.findChild(NumberView)
    widths = []
    for text in ("10", "10⁷", "10⁷⁷"):
        tall.display(text, "", stale=False)
        widths.append(tall.number_width())
    assert widths[2] - widths[1] < 0.8 * (widths[0] / 2)


def texts(view: HeadlineView) -> list[str]:
    return ["" if slot.term is None else slot.term.name for slot in line(view)._line.slots]


def test_in_a_narrow_window_the_definition_goes_before_any_term(view: HeadlineView) -> None:
    assert texts(view) == ["", "", "", "dog", "cat", "panda", "", "shortcut"]
    view.resize(1080, view.height())
    assert texts(view) == ["", "dog", "cat", "panda", "", "shortcut"]


def test_then_the_zero_terms_fold_into_one(view: HeadlineView) -> None:
    view.resize(900, view.height())
    assert texts(view) == ["", "dog", "for 2 classes", "", "shortcut"]


@pytest.mark.parametrize("width", [1024, 1180, 1366, 1440, 1920])
@pytest.mark.parametrize("class_count", [2, 8, 40])
@pytest.mark.parametrize("compact", [False, True])
def test_the_line_stays_between_number_and_unit(view, width, class_count, compact) -> None:
    view.set_theme(Theme("light", compact))
    names = [f"class number {index}" for index in range(class_count)]
    even = [1 / class_count] * class_count
    display(view, example(Task.SOFT, names, even, even))
    view.resize(width, view.height())
    slots = line(view)._line.slots
    assert slots[0].x > number(view).geometry().right()
    assert slots[-1].x + slots[-1].width <= view.width() - 200


def test_terms_that_have_no_room_at_all_are_counted(view: HeadlineView) -> None:
    names = [f"class number {index}" for index in range(8)]
    display(view, example(Task.SOFT, names, [1 / 8] * 8, [1 / 8] * 8))
    view.resize(1024, view.height())
    shown = texts(view)[1:]
    assert shown[:-1] == names[: len(shown) - 1]
    assert shown[-1] == f"{8 - len(shown) + 1} more"


@pytest.mark.parametrize(("compact", "height"), [(False, 132), (True, 106)])
def test_the_strip_has_the_height_of_the_layout(view: HeadlineView, compact: bool, height: int) -> None:
    view.set_theme(Theme("light", compact))
    assert view.height() == height


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_long_name_is_elided_and_told_by_a_tooltip(view: HeadlineView) -> None:
    names = ("a class whose name is much too long for its place", "cat", "panda")
    display(view, example(Task.MULTICLASS, names, [1, 0, 0], [0.4, 0.3, 0.3]))
    assert line(view).terms()[0].width < 240
    first, second, _ = line(view).terms()
    assert "…" in first.name
    assert second.name == "cat"
    event = QHelpEvent(QEvent.Type.ToolTip, middle(view, 0), line(view).mapToGlobal(middle(view, 0)))
    QApplication.sendEvent(line(view), event)
    assert QToolTip.text() == names[0]


def ink_of(view: HeadlineView, term: int, top: int, height: int) -> tuple[int, int]:
    """First and last column that are not ground, of the rows from `top` below the baseline on."""
    target = line(view)
    area = target.area(target.terms()[term]).toRect()
    image = view.grab().toImage()
    ground = image.pixel(area.left() + 2, 2)
    rows = range(66 + top, 66 + top + height)
    columns = [x for x in range(area.left(), area.right()) if any(image.pixel(x, y) != ground for y in rows)]
    return columns[0], columns[-1]


@pytest.mark.parametrize("term", [0, 1, 2])
def test_the_bar_is_as_wide_as_the_formula_above_it(view: HeadlineView, term: int) -> None:
    # The slot has room for one digit more: neither formula nor bar fills it, both stand in its middle.
    slot = line(view).terms()[term]
    formula, bar = ink_of(view, term, -20, 16), ink_of(view, term, 12, 3)
    assert bar[0] == pytest.approx(formula[0], abs=3)
    assert bar[1] == pytest.approx(formula[1], abs=3)
    assert sum(bar) / 2 == pytest.approx(slot.x + slot.width / 2, abs=2)
    assert bar[1] - bar[0] < slot.width - 6


def test_pointed_at_the_number_says_what_it_means(view: HeadlineView) -> None:
    # 1 / 0.4 = 2.5; 0.6 to 0.4 is 3 to 2; log2 2.5 = 1.322.
    said = (
        "Perplexity 2.5: as unsure as choosing among 2.5 equal classes.",
        "The odds of the true class: 3 to 2 against.",
        "In bits: 1.322.",
    )
    assert number(view).toolTip() == "<br>".join(said)
    assert number(view).accessibleDescription() == " ".join(said)


@pytest.mark.parametrize("width", [1440, 1024])
def test_reading_aids_stand_below_the_number_and_touch_nothing(view: HeadlineView, width: int) -> None:
    view.resize(width, view.height())
    view.set_theme(Theme("light", compact=width < 1440))
    plain = view.grab().toImage()
    view.show_aids(True)
    aided = view.grab().toImage()
    points = [
        (x, y)
        for y in range(aided.height())
        for x in range(aided.width())
        if aided.pixel(x, y) != plain.pixel(x, y)
    ]
    assert points
    below = number(view).geometry().top() + number(view).height() * 0.75
    assert all(y > below and x < line(view).captions_left() for x, y in points)
    ground = plain.pixel(2, 2)
    assert all(plain.pixel(x, y) == ground for x, y in points)
    view.show_aids(False)
    assert view.grab().toImage() == plain
