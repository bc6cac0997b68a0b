"""Texts in plots: none lies on another one, none leaves the plot, and none jumps during a drag."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from ceviz.core.document import Task
from ceviz.drawing.axes import covered, tick_areas, y_tick_rect
from ceviz.drawing.loss_layout import Layout, lay_out
from ceviz.drawing.notes import Note
from ceviz.drawing.room import RIGHT_FIRST, Room
from ceviz.drawing.spread import fitting, spread
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import AxisMark, Ghost
from tests.gui.plot_charts import falling, one_point, rising, soft_points, three_points

SIZE = QSizeF(571, 458)
PS = [0.0, 0.02, 0.1, 0.25, 0.4, 0.5, 0.8, 0.9, 0.97, 1.0]


def layout_at(theme: Theme, p: float) -> Layout:
    return lay_out(one_point(p), SIZE, theme, Task.MULTICLASS, small=False)


@pytest.mark.parametrize("p", PS)
def test_no_text_lies_on_another(theme: Theme, p: float) -> None:
    layout = layout_at(theme, p)
    boxes = [note.rect for note in layout.notes] + [pill.rect for pill in layout.backdrop.pills]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.intersects(b)]


@pytest.mark.parametrize("p", PS)
def test_texts_and_pills_stay_in_the_widget(theme: Theme, p: float) -> None:
    layout = layout_at(theme, p)
    whole = QRectF(QPointF(), SIZE)
    boxes = [note.rect for note in layout.notes] + [pill.rect for pill in layout.backdrop.pills]
    assert all(whole.contains(box) for box in boxes)


def test_the_numbers_of_marks_stay_where_they_are_during_a_drag(theme: Theme) -> None:
    places: dict[str, set[tuple[float, float]]] = {}
    for step in range(101):
        for note in layout_at(theme, step / 100).notes:
            if isinstance(note, Note) and note.text in ("2", "4"):
                places.setdefault(note.text, set()).add((note.rect.x(), note.rect.y()))
    assert {text: len(spots) for text, spots in places.items()} == {"2": 1, "4": 1}


def test_a_mark_under_the_point_loses_its_number(theme: Theme) -> None:
    assert "2" not in [note.text for note in layout_at(theme, 0.8).notes if isinstance(note, Note)]


def test_pills_stand_at_the_ends_of_the_drop_lines(theme: Theme) -> None:
    layout = layout_at(theme, 0.4)
    loss, p = layout.backdrop.pills
    point = layout.frame.point(0.4, 0.916290731874155)
    assert loss.rect.center().y() == pytest.approx(point.y())
    assert loss.rect.right() < layout.frame.area.left()
    assert p.rect.center().x() == pytest.approx(point.x())
    assert p.rect.top() > layout.frame.area.bottom()
    assert (loss.text, p.text) == ("0.916", "0.400")


@pytest.mark.parametrize("loss_text", ["∞", "16.118", "100.000"])
def test_a_wide_pill_leaves_a_point_on_the_axis_in_sight(theme: Theme, loss_text: str) -> None:
    chart = one_point(0.0)
    chart = replace(chart, live=(replace(chart.live[0], y_text=loss_text),))
    layout = lay_out(chart, SIZE, theme, Task.MULTICLASS, small=False)
    point, radius = layout.frame.point(0.0, None), theme.point["live"]
    around = QRectF(point.x() - radius, point.y() - radius, 2 * radius, 2 * radius)
    assert not [pill.text for pill in layout.backdrop.pills if pill.rect.intersects(around)]


def test_infinity_is_not_written_half_under_a_point(theme: Theme) -> None:
    chart = one_point(1e-5)  # 11.513: its pill finds no room beside the point, and leaves the tick free
    layout = lay_out(chart, SIZE, theme, Task.MULTICLASS, small=False)
    ticks = tick_areas(layout.backdrop, theme)
    assert not layout.backdrop.pills[0].rect.intersects(ticks[-1])
    assert covered(ticks, layout.backdrop) == [False] * 5 + [True] + [False] * 2 + [True]


@pytest.mark.parametrize("p", [*PS, 0.05, 0.62])
def test_what_a_binary_loss_had_been_stands_clear_of_the_drop_lines(theme: Theme, p: float) -> None:
    text = f"{p:.3f} had t been 0"
    chart = replace(
        one_point(p), curves=(falling(class_index=0), rising(1)), ghosts=(Ghost(1, p, p * 4.6, text),)
    )
    layout = lay_out(chart, SIZE, theme, Task.BINARY, small=False)
    (note,) = [note for note in layout.notes if isinstance(note, Note) and note.text == text]
    lines = [QRectF(drop.line.p1(), drop.line.p2()).normalized() for drop in layout.backdrop.drops]
    assert lines
    assert not [line for line in lines if line.adjusted(-0.5, -0.5, 0.5, 0.5).intersects(note.rect)]


@pytest.mark.parametrize("size", [SIZE, QSizeF(535, 342)])
@pytest.mark.parametrize("ps", [(0.96, 0.01, 0.01, 0.01, 0.01), (0, 0, 0, 0, 1), (0.2,) * 5])
def test_every_one_of_many_classes_has_its_number(theme: Theme, size: QSizeF, ps: tuple[float, ...]) -> None:
    layout = lay_out(soft_points((0.2,) * 5, ps), size, theme, Task.SOFT, small=False)
    numbers = [note for note in layout.notes if isinstance(note, Note) and note.text[0] in "0∞"]
    expected = ["∞" if p == 0 else f"{-0.2 * math.log(p):.3f}".replace("-", "") for p in ps]
    assert [(note.class_index, note.text) for note in numbers] == list(enumerate(expected))
    boxes = [note.rect for note in layout.notes]
    assert not [(a, b) for a, b in itertools.combinations(boxes, 2) if a.intersects(b)]
    assert all(QRectF(QPointF(), size).contains(box) for box in boxes)


def test_several_infinite_terms_stand_side_by_side(theme: Theme) -> None:
    layout = lay_out(soft_points((0.3, 0.3, 0.4), (0, 0, 1)), SIZE, theme, Task.SOFT, small=False)
    first, second = [
        note.rect for note in layout.notes if isinstance(note, Note) and note.text.endswith(": ∞")
    ]
    assert first.center().y() == second.center().y()
    assert first.right() < second.left()


def test_a_pill_covers_the_tick_that_is_not_drawn(theme: Theme) -> None:
    # At p = 0.37 the loss is 0.994: the pill lies on the tick of 1.
    layout = layout_at(theme, 0.37)
    assert layout.backdrop.pills[0].rect.intersects(y_tick_rect(layout.frame, 1, "1", theme))


def test_several_points_have_a_legend_and_no_pills(theme: Theme) -> None:
    layout = lay_out(three_points(), SIZE, theme, Task.SOFT, small=False)
    assert [note.text for note in layout.notes if isinstance(note, Note)][:3] == ["dog", "cat", "panda"]
    assert layout.backdrop.pills == ()
    assert len(layout.backdrop.legend) == 3


def test_the_rows_of_a_legend_move_together_where_they_would_not_all_fit(theme: Theme) -> None:
    chart = replace(three_points(), legend=three_points().legend * 2)
    for height, least in ((458, 27), (380, 20)):
        layout = lay_out(chart, QSizeF(536, height), theme, Task.SOFT, small=False)
        ys = [line.y1() for line, _, _ in layout.backdrop.legend]
        assert len(ys) == 6
        assert least <= ys[1] - ys[0] <= 27


def test_the_ceiling_strip_grows_while_a_point_lies_in_it(theme: Theme) -> None:
    assert layout_at(theme, 0.4).frame.strip.height() == 16
    assert layout_at(theme, 0.0).frame.strip.height() == 22


def test_a_text_goes_to_the_first_free_side_of_its_point() -> None:
    room = Room(QRectF(0, 0, 200, 200), [])
    size, point = QSizeF(40, 10), QPointF(100, 100)
    rect, cost = room.place(size, point, (10, 10), RIGHT_FIRST)
    assert (rect.left(), rect.center().y(), cost) == (110, 90, 0)
    room.add_text(rect)
    rect, _ = room.place(size, point, (10, 10), RIGHT_FIRST)
    assert (rect.right(), rect.center().y()) == (90, 90)


def test_a_text_keeps_off_points_with_texts_of_their_own() -> None:
    room = Room(QRectF(0, 0, 400, 300), [])
    point, other = QPointF(100, 100), QPointF(130, 80)
    rect, cost = room.place_near(QSizeF(40, 12), point, ((10, 15),), RIGHT_FIRST, (other,))
    # Up at the right it would end at 150, 79 to 91: at the other point. Up at the left all is free.
    assert (rect, cost) == (QRectF(50, 79, 40, 12), 0)


def test_spread_keeps_the_order_and_the_distance() -> None:
    placed = spread([50, 50, 52, 190], [20] * 4, 0, 200)
    assert placed == [50, 70, 90, 190]
    # Pushed up from the bottom.
    assert spread([195, 196], [20, 20], 0, 200) == [170, 190]


def test_of_too_many_texts_the_largest_segments_keep_theirs() -> None:
    assert fitting([1, 5, 3, 4], [20] * 4, 60) == [1, 2, 3]


MARK = AxisMark(1.09861228866811, "fresh model: ln 3 ≈ 1.099", "ln 3 ≈ 1.099")


@pytest.mark.parametrize("p", [*PS, 0.33, 0.37, 0.45])
def test_the_mark_of_the_axis_is_named_clear_of_all_other_texts_and_lines(theme: Theme, p: float) -> None:
    chart = one_point(p)
    chart = replace(chart, y_axis=replace(chart.y_axis, mark=MARK))
    layout = lay_out(chart, SIZE, theme, Task.MULTICLASS, small=False)
    named = [note for note in layout.notes if isinstance(note, Note) and note.text in (MARK.text, MARK.short)]
    assert len(named) == 1
    boxes = [note.rect for note in layout.notes] + [pill.rect for pill in layout.backdrop.pills]
    boxes += [QRectF(drop.line.p1(), drop.line.p2()).normalized() for drop in layout.backdrop.drops]
    assert not [box for box in boxes if box is not named[0].rect and box.intersects(named[0].rect)]
    y = layout.frame.y(MARK.value)
    assert not [note for note in layout.notes if note.rect.top() < y < note.rect.bottom()]


@pytest.mark.parametrize("tail", [0.6, 4.6])
def test_the_words_of_a_smoothed_curve_stand_at_its_long_side(theme: Theme, tail: float) -> None:
    plain = rising(1)
    tailed = replace(plain, xs=np.insert(plain.xs, 0, 0.0), ys=np.insert(plain.ys, 0, tail), note="if t = 0")
    chart = replace(one_point(0.4), curves=(falling(), tailed))
    layout = lay_out(chart, SIZE, theme, Task.BINARY, small=False)
    (words,) = [note for note in layout.notes if isinstance(note, Note) and note.text == "if t = 0"]
    assert words.rect.left() > layout.frame.area.center().x()
