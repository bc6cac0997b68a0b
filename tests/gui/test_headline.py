"""What the headline shows, says and leaves out, and where its parts stand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ceviz.core.document import Task, Unit
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import to_text
from ceviz.explain.headline import headline
from ceviz.gui.headline import HeadlineView
from ceviz.gui.headline_frame import NumberView
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


def test_number_and_equation_can_be_read_aloud(view: HeadlineView) -> None:
    assert number(view).accessibleName() == "loss 0.916 nats"
    spoken = line(view).accessibleName()
    assert "−1·ln 0.4" in spoken
    assert spoken.endswith("0.916 nats")
    display(view, dogs(0.5))
    assert number(view).accessibleName() == "loss 0.693 nats"
    assert "−1·ln 0.5" in line(view).accessibleName()


def test_highlighting_a_class_fades_the_others(view: HeadlineView) -> None:
    def pixels(term: int):
        slot = line(view).terms()[term]
        return line(view).grab(line(view).area(slot).toRect()).toImage()

    plain = [pixels(term) for term in range(3)]
    view.highlight(Lit(1))
    assert [pixels(term) == plain[term] for term in range(3)] == [False, True, False]
    view.highlight(ALIKE)
    assert [pixels(term) == plain[term] for term in range(3)] == [True, True, True]


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
    folded = ["", "dog", "for 2 classes", "", "shortcut"]
    assert texts(view) == folded
    display(view, example(Task.MULTICLASS, ANIMALS, [1, 0, 0], [1, 0, 0]))
    assert texts(view) == folded, "the true class has a target, though its term is 0"


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
