"""The headline under mouse and keys: clicks, drags, copies, the choice of the unit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from ceviz.core.document import Task, Unit
from ceviz.drawing.theme import Theme
from ceviz.explain.headline import headline
from ceviz.gui.choice_button import ChoiceButton
from ceviz.gui.headline import HeadlineView
from tests.gui.desk import move_mouse
from tests.gui.headline_desk import (
    ANIMALS,
    display,
    dogs,
    drag,
    example,
    line,
    middle,
    number,
    release,
    told,
    view_of,
)


@pytest.fixture
def view(theme: Theme, qtbot) -> HeadlineView:
    return view_of(theme, qtbot)


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


def test_a_held_key_is_one_drag_and_with_alt_moves_one_number_alone(view: HeadlineView) -> None:
    events, alt = told(view), Qt.KeyboardModifier.AltModifier
    kinds = (
        QEvent.Type.KeyPress,
        *[QEvent.Type.KeyRelease, QEvent.Type.KeyPress] * 2,
        QEvent.Type.KeyRelease,
    )
    for n, kind in enumerate(kinds):
        event = QKeyEvent(kind, Qt.Key.Key_Up, alt, "", 0 < n < len(kinds) - 1)
        QApplication.sendEvent(line(view), event)
    steps = [("dragged", 0, value, True, False) for value in (0.41, 0.42, 0.43)]
    assert events == [("started",), *steps, ("finished", False)]
    # Let go by Escape, the key that is still down starts nothing anew.
    events.clear()
    for key, repeats in ((Qt.Key.Key_Up, False), (Qt.Key.Key_Escape, False), (Qt.Key.Key_Up, True)):
        QApplication.sendEvent(line(view), QKeyEvent(QEvent.Type.KeyPress, key, alt, "", repeats))
    assert events == [("started",), steps[0], ("finished", True)]


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
