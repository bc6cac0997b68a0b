"""The headline of a comparison: what it says, where it stands, and how it gives way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task, Unit
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_headline import CompareHeadline, compare_headline
from ceviz.explain.spans import Span
from ceviz.gui.choice_button import ChoiceButton
from ceviz.gui.compare_headline import CompareHeadlineView
from ceviz.gui.compare_line import CompareLine
from ceviz.gui.headline import HeadlineView
from ceviz.gui.headline_frame import NumberView
from ceviz.gui.remark_view import RemarkView
from tests.explain.compare_examples import pair_state, pictured, show_pair
from tests.gui.desk import move_mouse

LONG = " ".join(["word"] * 200)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> CompareHeadlineView:
    return shown(theme, qtbot)


def shown(theme: Theme, qtbot: QtBot, width: int = 1440) -> CompareHeadlineView:
    view = CompareHeadlineView(theme)
    qtbot.addWidget(view)
    view.resize(width, view.height())
    display(view, compare_headline(pictured()))
    view.show()
    return view


def display(view: CompareHeadlineView, value: CompareHeadline) -> None:
    view.display(value, Task.MULTICLASS, Unit.NATS)


def child(view: CompareHeadlineView, name: str) -> QWidget:
    found = view.findChild(QWidget, name)
    assert found is not None
    return found


def remark(view: CompareHeadlineView) -> RemarkView:
    return view.findChild(RemarkView)


def tiny() -> CompareHeadline:
    """e^-50 and e^-60: the widest numbers there are."""
    state = pair_state([[1, 0]], [[50, 0]], [[60, 0]], kind="logits", input="logits")
    return compare_headline(show_pair(state, Task.MULTICLASS))


def right_of_ink(widget: QWidget) -> int:
    """The last column, in px, of what a widget paints."""
    picture = widget.grab().toImage()
    ground = picture.pixelColor(picture.width() - 1, 0)
    columns = range(picture.width() - 1, -1, -1)
    rows = range(picture.height())
    return next(x for x in columns if any(picture.pixelColor(x, y) != ground for y in rows))


def test_number_and_equation_can_be_read_aloud(view: CompareHeadlineView) -> None:
    # The means of the picture of the design: 0.942 − 0.686 = 0.256.
    assert child(view, "number").accessibleName() == "B is better, on average by 0.256 nats"
    spoken = child(view, "formula").accessibleName()
    assert spoken == "0.256 nats = L̄_A − L̄_B: A mean 0.942, B mean 0.686"
    assert remark(view).accessibleName().startswith("Both models are right on 3 of 5.")


def test_the_number_stands_where_it_does_for_one_model(
    view: CompareHeadlineView, qtbot: QtBot, theme: Theme
) -> None:
    single = HeadlineView(theme)
    qtbot.addWidget(single)
    single.resize(1440, single.height())
    assert view.height() == single.height()
    assert child(view, "number").y() == single.findChild(NumberView).y()
    assert child(view, "number").x() == theme.metrics["padXOuter"]
    choices = [headline.findChild(ChoiceButton).geometry() for headline in (view, single)]
    assert choices[0].topLeft().x() == 1440 - 200 + 10
    assert choices[0].size() == choices[1].size()


def test_the_remark_of_the_picture_is_in_sight_as_a_whole(view: CompareHeadlineView) -> None:
    assert remark(view).isVisible()
    assert remark(view).shown_text() == (
        "Both models are right on 3 of 5. Accuracy cannot tell them apart; cross-entropy can. "
        "B gives the true class, on geometric average, 1.29 times A’s probability."
    )
    assert remark(view).toolTip() == ""


def test_in_a_narrow_window_the_remark_is_shorter(theme: Theme, qtbot: QtBot) -> None:
    view = shown(Theme("light", compact=True), qtbot, 1024)
    assert remark(view).shown_text() == (
        "Both models are right on 3 of 5. Accuracy cannot tell them apart; cross-entropy can."
    )
    assert remark(view).toolTip() == remark(view).accessibleName()
    assert remark(view).toolTip().endswith("1.29 times A’s probability.")


def test_a_remark_too_long_even_so_is_elided_between_words(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, 1100)
    display(view, replace(compare_headline(pictured()), remark=(Span(LONG),), short_remark=(Span(LONG),)))
    text = remark(view).shown_text()
    assert text.endswith("…")
    assert LONG.startswith(text[:-1])
    assert LONG[len(text) - 1] in " ,"
    assert remark(view).toolTip() == LONG


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("width", [1024, 1180, 1440])
@pytest.mark.parametrize("value", [compare_headline(pictured()), tiny()], ids=["picture", "tiny"])
def test_nothing_overlaps(
    theme: Theme, qtbot: QtBot, compact: bool, width: int, value: CompareHeadline
) -> None:
    view = shown(Theme("light", compact), qtbot, width)
    display(view, replace(value, remark=(Span(LONG),), short_remark=(Span(LONG),)))
    number, line = child(view, "number"), child(view, "formula")
    equals = line.accessibleName()
    assert equals
    end = right_of_ink(line)
    choice = view.findChild(ChoiceButton)
    assert number.geometry().right() < choice.x()
    assert end < choice.x() - 14
    if remark(view).isVisible():
        assert end < remark(view).x()
        assert remark(view).geometry().right() < choice.x() - 14


def test_without_room_the_remark_is_the_tooltip_of_the_equation(theme: Theme, qtbot: QtBot) -> None:
    view = shown(Theme("light", compact=True), qtbot, 1024)
    display(view, tiny())
    assert not remark(view).isVisible()
    assert child(view, "formula").toolTip().startswith("Both models are right on 1 of 1.")


def test_what_is_left_out_is_said_first_where_not_all_is_in_sight(theme: Theme, qtbot: QtBot) -> None:
    good = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]
    state = pair_state([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0.9, 0.2, 0.2], *good[1:]], good)
    value = compare_headline(show_pair(state, Task.MULTICLASS))
    view = shown(theme, qtbot, 1440)
    display(view, value)
    assert remark(view).shown_text().endswith("Sample 1 is left out of both means until fixed.")
    view.resize(1100, view.height())
    assert remark(view).shown_text().startswith("Sample 1 is left out of both means until fixed.")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_choosing_a_unit_tells_it_and_displaying_does_not(view: CompareHeadlineView) -> None:
    told: list[str] = []
    view.unit_chosen.connect(told.append)
    view.display(compare_headline(pictured(unit=Unit.BITS)), Task.MULTICLASS, Unit.BITS)
    assert told == []
    # 0.25582 / ln 2 = 0.36907
    assert child(view, "number").accessibleName().endswith("0.369 bits")
    button = view.findChild(ChoiceButton)
    button.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))
    QTest.keyClick(button.menu(), Qt.Key.Key_Down)
    QTest.keyClick(button.menu(), Qt.Key.Key_Return)
    assert told == ["nats"]


def test_no_unit_and_no_values_without_a_comparison(view: CompareHeadlineView) -> None:
    state = pair_state([[1, 0, 0]], [[0.9, 0.2, 0.2]], [[0.8, 0.1, 0.1]])
    display(view, compare_headline(show_pair(state, Task.MULTICLASS)))
    assert child(view, "number").accessibleName() == "A and B cannot be compared yet"
    assert child(view, "formula").accessibleName() == "= L̄_A − L̄_B: A mean, B mean"


def test_the_equation_is_copied(qtbot: QtBot, view: CompareHeadlineView, theme: Theme) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    line, clipboard = view.findChild(CompareLine), QGuiApplication.clipboard()
    assert line.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "L̄_A − L̄_B ≈ 0.942 − 0.686 = 0.256 nats"
    qtbot.keyClick(line, Qt.Key.Key_C, both)
    assert clipboard.text().endswith(r"\approx 0.942 - 0.686 = 0.256\text{ nats}")
    line.copy_image()
    image = clipboard.image()
    # All of the line, twice as fine as the screen, with a border.
    assert image.width() == pytest.approx(2 * (right_of_ink(line) - line._slots[0].x + 32), abs=8)
    assert image.pixelColor(0, 0) == theme.color("panel")


def test_in_a_drag_the_equation_does_not_move_back_and_forth(view: CompareHeadlineView) -> None:
    value = compare_headline(pictured())
    wide = replace(value.terms[0], value_text="10.942")
    line = child(view, "formula")
    task, unit = Task.MULTICLASS, Unit.NATS
    view.display(replace(value, terms=(wide, value.terms[1])), task, unit, dragging=True)
    during = right_of_ink(line)
    place = remark(view).x()
    view.display(value, task, unit, dragging=True)
    assert (right_of_ink(line), remark(view).x()) == (during, place)
    view.display(value, task, unit)
    assert remark(view).x() < place


def test_words_for_a_class_tell_it_and_fade_with_it(view: CompareHeadlineView) -> None:
    display(view, replace(compare_headline(pictured()), remark=(Span("dog", "class", 0), Span(" wins"))))
    told: list[int] = []
    view.class_hovered.connect(told.append)
    words = remark(view)
    words_top = QPointF(10, words.height() / 2)
    move_mouse(words, words_top)
    move_mouse(words, QPointF(60, words.height() / 2))
    assert told == [0, -1]
    plain = words.grab().toImage()
    view.highlight(Lit(1))
    assert words.grab().toImage() != plain
    view.highlight(ALIKE)
    assert words.grab().toImage() == plain


def test_a_named_sample_is_chosen_by_a_click_or_by_keys(view: CompareHeadlineView) -> None:
    spans = (Span("More on "), Span("sample 2", "strong", sample=1), Span(" and "))
    spans = (*spans, Span("sample 4", "strong", sample=3), Span("."))
    display(view, replace(compare_headline(pictured()), remark=spans))
    told: list[int] = []
    view.sample_chosen.connect(told.append)
    words = remark(view)
    middle = words.height() // 2
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=QPoint(10, middle))
    assert told == []
    QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=QPoint(90, middle))
    assert told == [1]
    plain = words.grab().toImage()
    words.setFocus(Qt.FocusReason.TabFocusReason)
    assert words.grab().toImage() != plain
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(words, key)
    assert told == [1, 3]


def test_a_remark_that_names_no_sample_takes_no_focus(view: CompareHeadlineView) -> None:
    assert remark(view).focusPolicy() is Qt.FocusPolicy.NoFocus
