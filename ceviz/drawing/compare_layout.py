"""From a comparison's curve to px: two pills and drop lines, the arrow between the losses, the legend."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor

from ceviz.core.document import Task
from ceviz.drawing import moving_notes
from ceviz.drawing.axes import Backdrop, Drop, Pill
from ceviz.drawing.frame import OF_TWO
from ceviz.drawing.loss_layout import Layout, Still, is_active, keep_still, strip_points, write_uncovered
from ceviz.drawing.moving_notes import PILL_HEIGHT, PILL_PADDING
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import number_width
from ceviz.drawing.room import LEFT_FIRST, POINT_COST, RIGHT_FIRST, TEXT_COST
from ceviz.drawing.sketch import Sketch, apart, curve_through, rises
from ceviz.drawing.spread import spread
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart, LivePoint
from ceviz.explain.compare_curve import LEGEND, CompareCurve, DifferenceArrow

_PILL_GAP = 3.0
_BETWEEN_PILLS = 2.0
_LEGEND_TOP, _LEGEND_ROW, _LEGEND_INSET, _LEGEND_FOOT = 51.0, 27.0, 22.0, 18.0
_LEGEND_BORDER = 24.0
"""Room right of the legend, lest its last word run on into the axis's name."""
_LEGEND_BESIDE, _LEGEND_DOWN_TO = 20.0, 0.65
_DOT_TO_TEXT, _TEXT_TO_DOT = 12.5, 24.5
_ARROW_TO_TEXT = 15.0
_DIFFERENCE_SIZE = 17.0
_DIFFERENCE_SHARES = (0.5, 0.75, 0.25)
"""Where along the arrow its text is tried."""
_DISC_SHIFTS = ((17, 15.5), (16, 3), (17, 25), (17, 36), (17, 56))
_POINT_SHIFTS = ((10, 14), (11, 3), (10, 26), (10, 40), (30, 3))
_LABEL_BORDER = QMarginsF(4, 2, 4, 2)
"""Room in px around a label, which keeps two of them apart."""
_HALF_ARROW = 6.25


@dataclass(frozen=True, slots=True)
class CompareLayout:
    layout: Layout
    arrow: QLineF | None
    """From the loss of A to the loss of B."""
    dots: tuple[QPointF, ...]
    """Of the legend: A's and B's."""


def lay_out_compare(
    comparison: CompareCurve,
    chart: CurveChart,
    size: QSizeF,
    theme: Theme,
    task: Task,
    small: bool,
    known: Layout | None,
) -> CompareLayout:
    """First what stands still, then pills and arrow, then texts in the room that is left."""
    still = keep_still(chart, size, theme, task, small, known, OF_TWO)
    sketch = still.sketch_of(chart)
    if small:
        moving_notes.write_mark(sketch, small)
        return CompareLayout(_layout(still, sketch, ()), None, ())
    dots = _write_legend(sketch, comparison, still.legend)
    fixed = len(sketch.notes)
    pills = _pills(sketch) if comparison.discs else ()
    covers = _cover(sketch, comparison, pills)
    arrow = _write_difference(sketch, comparison) if comparison.discs else None
    for live in chart.live[: moving_notes.MAX_NAMED]:
        _write_label(sketch, live, _DISC_SHIFTS if comparison.discs else _POINT_SHIFTS)
    moving_notes.write_ghost_texts(sketch)
    covers += [apart(note.rect) for note in sketch.notes[fixed:]]
    write_uncovered(sketch, still.numbers, covers)
    moving_notes.add_drops(sketch, _drops(sketch) if pills else ())
    moving_notes.write_mark(sketch, small)
    return CompareLayout(_layout(still, sketch, pills), arrow, dots)


def _layout(still: Still, sketch: Sketch, pills: tuple[Pill, ...]) -> Layout:
    backdrop = Backdrop(
        frame=sketch.frame,
        active=is_active(sketch.chart),
        drops=_drops(sketch) if pills else (),
        pills=pills,
        texts=still.texts,
        legend=still.legend,
        in_strip=strip_points(sketch, "model"),
    )
    return Layout(sketch.frame, backdrop, tuple(sketch.notes), still)


def _cover(sketch: Sketch, comparison: CompareCurve, pills: tuple[Pill, ...]) -> list[QRectF]:
    """Take the places of points and pills; returns those of the points."""
    radius = sketch.theme.point["model" if comparison.discs else "live"]
    points = [(sketch.frame.point(live.x, live.y), radius) for live in sketch.chart.live]
    points += [
        (sketch.frame.point(ghost.x, ghost.y), sketch.theme.point["batch"]) for ghost in comparison.ghosts
    ]
    for pill in pills:
        sketch.room.add_text(pill.rect)
    return [sketch.room.add_point(*point) for point in points]


def _drops(sketch: Sketch) -> tuple[Drop, ...]:
    """Dotted lines from the discs left to their losses."""
    left, color = sketch.frame.area.left(), sketch.theme.color("loss")
    places = [sketch.frame.point(live.x, live.y) for live in sketch.chart.live if live.y is not None]
    return tuple(Drop(QLineF(left, at.y(), at.x(), at.y()), color) for at in places)


def _pills(sketch: Sketch) -> tuple[Pill, ...]:
    """The losses left of the axis, moved apart where they are close; one where they are the same."""
    frame, theme = sketch.frame, sketch.theme
    places = [(frame.point(live.x, live.y), live.y_text) for live in sketch.chart.live]
    places.sort(key=lambda place: place[0].y())
    if len(places) == 2 and _coincide(places[0][0], places[1][0], places[0][1] == places[1][1]):
        del places[1]
    heights = [PILL_HEIGHT + _BETWEEN_PILLS] * len(places)
    middles = spread([at.y() for at, _ in places], heights, 0.0, frame.area.bottom() + heights[0] / 2)
    font, beside = theme.font("title"), theme.point["model"] + 8
    rects = []
    for (at, text), middle in zip(places, middles, strict=True):
        width = number_width(text, font) + 2 * PILL_PADDING
        # A disc close to the axis pushes the pill aside.
        right = max(width + 2, min(frame.area.left() - _PILL_GAP, at.x() - beside))
        rects.append((QRectF(right - width, middle - PILL_HEIGHT / 2, width, PILL_HEIGHT), text))
    return tuple(Pill(rect, text, theme.color("loss"), "y") for rect, text in rects)


def _coincide(a: QPointF, b: QPointF, same_text: bool) -> bool:
    return same_text and abs(a.y() - b.y()) < 1


# The legend


def _write_legend(
    sketch: Sketch, comparison: CompareCurve, class_lines: tuple[tuple[QLineF, QColor, int], ...]
) -> tuple[QPointF, ...]:
    """How A's and B's marks look, at the top right or where the curves leave room; returns the dots.

    Where each class has a curve, so that no single arrow shows the difference, it stands below.
    """
    theme = sketch.theme
    font, radius = theme.font("tick"), theme.point["batch"]
    widths = [sketch.text_size(text, font).width() for _, text in LEGEND]
    whole = 2 * radius + 2 * (_DOT_TO_TEXT - radius) + sum(widths) + _TEXT_TO_DOT
    beside = tuple(line.x1() for line, _, _ in class_lines[:1])
    below = bool(comparison.difference_text) and not comparison.discs
    size = QSizeF(whole + _LEGEND_BORDER, 20 + _LEGEND_ROW * below)
    start = _legend_start(sketch, size, len(comparison.class_legend), beside)
    if start is None:
        return ()
    dots, x = [], start.x() + radius
    for (_, text), width in zip(LEGEND, widths, strict=True):
        dots.append(QPointF(x, start.y()))
        sketch.room.add_point(dots[-1], radius)
        sketch.write_at(dots[-1] + QPointF(_DOT_TO_TEXT, 0), text, font, theme.color("ink3"), None)
        x += _DOT_TO_TEXT + width + _TEXT_TO_DOT
    if below:
        _write_below_legend(sketch, dots[0] + QPointF(-radius, _LEGEND_ROW), comparison.difference_text)
    return tuple(dots)


def _legend_start(sketch: Sketch, size: QSizeF, rows: int, beside: tuple[float, ...]) -> QPointF | None:
    """Where the legend's first row starts, below or left of the classes' one; None where no place is free."""
    area, room = sketch.frame.area, sketch.room
    first, top = area.top() + _LEGEND_TOP + rows * _LEGEND_ROW, area.top() + _LEGEND_TOP
    right, middle = area.right() - _LEGEND_INSET - size.width(), area.center().x() - size.width() / 2
    places = [(left - _TEXT_TO_DOT - size.width(), area.top() + _LEGEND_BESIDE) for left in beside]
    # In a low plot the curves come close below.
    low = first + size.height() > area.top() + _LEGEND_DOWN_TO * area.height()
    below = [(right, first), (middle, first)]
    places = places + below if low else below + places
    places += [(left, y) for y in (top, first + _LEGEND_ROW, area.top() + 13.5) for left in (right, middle)]
    places += [(middle, area.bottom() - _LEGEND_FOOT)]
    costs = [(room.cost(QRectF(QPointF(x, y - 10), size)), QPointF(x, y)) for x, y in places]
    cost, start = min(costs, key=lambda found: found[0])
    return start if cost < TEXT_COST else None


def _write_below_legend(sketch: Sketch, left: QPointF, text: str) -> None:
    theme, font = sketch.theme, sketch.theme.font("tick")
    word = in_words(text).removesuffix(text)
    if word:
        sketch.write_at(left, word, font, theme.color("ink3"), None)
        left += QPointF(sketch.text_size(word, font).width(), 0)
    sketch.write_at(left, text, theme.font("value"), theme.color("loss"), None)


def in_words(difference: str) -> str:
    """A difference that is a number says that it is one; "equal" and the like need no more."""
    return f"difference {difference}" if difference[0] in "+−≈" else difference


# The difference


def _write_difference(sketch: Sketch, comparison: CompareCurve) -> QLineF | None:
    """The text beside the arrow, or above or below it where the losses are close; returns the arrow."""
    frame = sketch.frame
    ys = [frame.point(live.x, live.y).y() for live in sketch.chart.live]
    if not comparison.difference_text or len(ys) < 2:
        return None
    if all(live.y is None for live in sketch.chart.live):
        loss = sketch.theme.color("loss")
        moving_notes.write_in_strip(
            sketch,
            sketch.chart.live[0].x,
            Note(QRectF(), comparison.difference_text, sketch.theme.font("title"), loss, cleared=True),
        )
        return None
    arrow, x = None, frame.area.left()
    if comparison.arrow is not None:
        arrow = _arrow_beside_texts(sketch, comparison.arrow)
        x = arrow.x1()
        sketch.room.add_text(_arrow_place(arrow))
    font = sketch.theme.font("value", size=_DIFFERENCE_SIZE)
    size = QSizeF(number_width(comparison.difference_text, font), sketch.text_size("0", font).height())
    disc = sketch.theme.point["model"]
    middles = [
        edge + side * away
        for away in (size.height(), disc + size.height())
        for side, edge in ((-1, min(ys)), (1, max(ys)))
    ]
    if max(ys) - min(ys) > 2 * size.height():
        middles[:0] = [min(ys) + share * (max(ys) - min(ys)) for share in _DIFFERENCE_SHARES]
    middle = frame.area.center().x() - size.width() / 2
    lefts = [x + _ARROW_TO_TEXT, x - _ARROW_TO_TEXT - size.width(), middle]
    rects = [QRectF(QPointF(left, y - size.height() / 2), size) for left in lefts for y in middles]
    rect = min(rects, key=sketch.room.cost)
    sketch.write(Note(rect, comparison.difference_text, font, sketch.theme.color("loss")))
    return arrow


def _arrow_beside_texts(sketch: Sketch, wanted: DifferenceArrow) -> QLineF:
    """The arrow where it is wanted, or else where it crosses no text: still left of both points."""
    left = min(live.x for live in sketch.chart.live)
    xs = [wanted.x, *(times * wanted.x for times in (2, 3, 4) if times * wanted.x < left)]
    lines = [QLineF(*(sketch.frame.point(x, y) for y in (wanted.start, wanted.end))) for x in xs]
    return min(lines, key=lambda line: sketch.room.cost(_arrow_place(line)) >= TEXT_COST)


def _arrow_place(arrow: QLineF) -> QRectF:
    line = QRectF(arrow.p1(), arrow.p2()).normalized()
    return line.adjusted(-_HALF_ARROW, 0, _HALF_ARROW, 0)


# The labels


def _write_label(sketch: Sketch, live: LivePoint, shifts: tuple[tuple[float, float], ...]) -> None:
    """What a model gives the class, beside its point, where there is room for it."""
    if not live.label or _is_written(sketch, live):
        return
    color = sketch.ink(live.class_index).text
    if live.y is None:
        note = Note(QRectF(), live.label, sketch.theme.font("title"), color, live.class_index, cleared=True)
        moving_notes.write_in_strip(sketch, live.x, note)
        return
    font, at = sketch.theme.font("className"), sketch.frame.point(live.x, live.y)
    curve = curve_through(sketch.chart, live.class_index, live.x, live.y)
    sides = LEFT_FIRST if curve is not None and rises(curve) else RIGHT_FIRST
    size = sketch.text_size(live.label, font).grownBy(_LABEL_BORDER)
    others = [sketch.frame.point(one.x, one.y) for one in sketch.chart.live if one is not live]
    rect, cost = sketch.room.place_near(size, at, shifts, sides, others)
    # Many small points of several classes stand close: a label that hides another one tells less than none.
    if cost < (TEXT_COST if sketch.chart.pills else POINT_COST):
        inside = rect.marginsRemoved(_LABEL_BORDER)
        sketch.write(Note(inside, live.label, font, color, live.class_index))


def _is_written(sketch: Sketch, live: LivePoint) -> bool:
    """Whether the label stands beside a point of the other model in the same place."""
    lives = sketch.chart.live
    before = lives[: next(place for place, one in enumerate(lives) if one is live)]
    here = sketch.frame.point(live.x, live.y)
    return any(
        one.label == live.label and _length(sketch.frame.point(one.x, one.y) - here) < 1 for one in before
    )


def _length(offset: QPointF) -> float:
    return math.hypot(offset.x(), offset.y())
