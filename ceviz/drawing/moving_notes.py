"""What follows the points of a plot: pills, drop lines, their names and numbers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont

from ceviz.drawing.axes import Drop, Pill
from ceviz.drawing.fixed_notes import legend_numbers
from ceviz.drawing.notes import Note
from ceviz.drawing.painting import INFINITY, number_width
from ceviz.drawing.room import BELOW_FIRST, LEFT_FIRST, POINT_COST, RIGHT_FIRST, TEXT_COST
from ceviz.drawing.sketch import Sketch, curve_through, rises
from ceviz.explain.charts import Ghost, LivePoint, Mark

MAX_NUMBERED = 60
"""Beyond that many marks none is numbered: the numbers would hide one another."""
MAX_NAMED = 12
"""So many live points carry a text; a plot with more has no room for them."""
PILL_HEIGHT = 22.0
_PILL_GAP = 3.0
PILL_PADDING = 7.0
_X_PILL_DROP = 17.0
_MARK_SIDES = (-11.0, 11.0)
_MARK_SHARES = (1.0, 0.0, 0.5, 0.75, 0.25)
"""Above and below its line, and where along it, the text of the axis's mark is tried."""
_LIVE_SHIFTS = ((19, 19), (19, 28), (19, 40))
_SEVERAL_SHIFTS = ((14, 16), (14, 8), (14, 28), (14, 40))
_GHOST_SHIFTS = ((12.5, 11.5), (13, 2), (12.5, 22))
_FAR_SHIFTS = ((36, 1), (12.5, 36), (12.5, 50))
"""Tried on the curves alone: farther off the overlay its number would seem to be theirs."""
_STRIP_GAP = 24.0
_BEYOND = 26.0
"""How far a pill may reach beyond the right end of the axis."""


def pills(sketch: Sketch) -> tuple[Pill, ...]:
    """The live point's p below the axis and its loss left of it, kept inside the widget."""
    live, frame, theme = sketch.chart.live[0], sketch.frame, sketch.theme
    at, font = frame.point(live.x, live.y), theme.font("title")
    width = number_width(live.y_text, font) + 2 * PILL_PADDING
    # A point close to the axis pushes the pill aside.
    right = max(width + 2, min(frame.area.left() - _PILL_GAP, at.x() - 19))
    loss = QRectF(right - width, at.y() - PILL_HEIGHT / 2, width, PILL_HEIGHT)
    if loss.right() > at.x() - theme.point["live"]:
        # Too wide for the room left of a point on the axis.
        loss.translate(0, PILL_HEIGHT + _PILL_GAP)
    width = number_width(live.x_text, font) + 2 * PILL_PADDING
    y = frame.area.bottom() + _X_PILL_DROP
    left = min(at.x() - width / 2, sketch.frame.area.right() + _BEYOND - width)
    p = QRectF(left, y - PILL_HEIGHT / 2, width, PILL_HEIGHT)
    return (
        Pill(loss, live.y_text, theme.color("loss"), "y"),
        Pill(p, live.x_text, sketch.ink(live.class_index).text, "x"),
    )


def drops(sketch: Sketch) -> tuple[Drop, ...]:
    """Dotted lines from the live point: down to p, starting at a ghost above it, and left to the loss."""
    live, frame = sketch.chart.live[0], sketch.frame
    at = frame.point(live.x, live.y)
    above = [frame.y(ghost.y) for ghost in sketch.chart.ghosts if abs(ghost.x - live.x) < 1e-12]
    top = frame.area.top() + 6 if live.y is None else at.y()
    down = QLineF(at.x(), min([top, *above]), at.x(), frame.area.bottom())
    result = [Drop(down, sketch.ink(live.class_index).line)]
    if live.y is not None and sketch.chart.pills:
        result.append(Drop(QLineF(frame.area.left(), at.y(), at.x(), at.y()), sketch.theme.color("loss")))
    return tuple(result)


def add_drops(sketch: Sketch, drops: tuple[Drop, ...]) -> None:
    """No text lies on a drop line."""
    for drop in drops:
        sketch.room.add_text(QRectF(drop.line.p1(), drop.line.p2()).normalized().adjusted(-1, -1, 1, 1))


def write_live_texts(sketch: Sketch) -> None:
    """Those in the ceiling strip first: they have one line to stand on."""
    labelled = [live for live in sketch.chart.live[:MAX_NAMED] if live.label]
    for live in sorted(labelled, key=lambda live: live.y is not None):
        if live.y is None:
            color, font = sketch.ink(live.class_index).text, sketch.theme.font("title")
            note = Note(QRectF(), live.label, font, color, live.class_index, cleared=True)
            write_in_strip(sketch, live.x, note)
        else:
            _write_live_text(sketch, live)


def _write_live_text(sketch: Sketch, live: LivePoint) -> None:
    assert live.y is not None
    font, at = sketch.theme.font("className"), sketch.frame.point(live.x, live.y)
    curve = curve_through(sketch.chart, live.class_index, live.x, live.y)
    sides = LEFT_FIRST if curve is not None and rises(curve) else RIGHT_FIRST
    lives = sketch.chart.live
    shifts = _LIVE_SHIFTS if len(lives) == 1 else _SEVERAL_SHIFTS
    others = [sketch.frame.point(other.x, other.y) for other in lives if other is not live]
    rect, cost = sketch.room.place_near(sketch.text_size(live.label, font), at, shifts, sides, others)
    if len(lives) == 1 or cost < POINT_COST:
        color = sketch.ink(live.class_index).text
        sketch.write(Note(rect, live.label, font, color, live.class_index))


def write_in_strip(sketch: Sketch, x: float, note: Note) -> None:
    """A text right or left of its point and of the texts that stand there already."""
    strip, at = sketch.frame.strip, sketch.frame.x(x)
    size = QSizeF(sketch.text_size(note.text, note.font).width(), strip.height() - 1)
    written = [one.rect for one in sketch.notes if isinstance(one, Note) and one.cleared]
    rights = [at + _STRIP_GAP, *(rect.right() + _STRIP_GAP / 2 for rect in written)]
    lefts = [at - _STRIP_GAP, *(rect.left() - _STRIP_GAP / 2 for rect in written)]
    rects = [
        QRectF(QPointF(left, strip.top() + 1), size)
        for left in (*rights, *(edge - size.width() for edge in lefts))
    ]
    sketch.write(replace(note, rect=min(rects, key=sketch.room.cost)))


def write_in_legend(sketch: Sketch, legend: tuple[tuple[QLineF, QColor, int], ...]) -> None:
    """The numbers of points that are too many for the room beside them, each in the row of its class."""
    live = {point.class_index: point for point in sketch.chart.live}
    x, font = legend_numbers(sketch), sketch.theme.font("title")
    for line, _, index in legend:
        color = sketch.ink(index).text
        sketch.write_at(QPointF(x, line.y1()), live[index].y_text, font, color, index)


def write_ghost_texts(sketch: Sketch) -> None:
    for ghost in sketch.chart.ghosts:
        if ghost.text:
            _write_ghost_text(sketch, ghost)


def _write_ghost_text(sketch: Sketch, ghost: Ghost) -> None:
    font, at = sketch.theme.font("tick"), sketch.frame.point(ghost.x, ghost.y)
    curve = curve_through(sketch.chart, ghost.class_index, ghost.x, ghost.y)
    overlay = ghost.class_index is None
    sides = LEFT_FIRST if not overlay and curve is not None and rises(curve) else RIGHT_FIRST
    shifts = _GHOST_SHIFTS if overlay else _GHOST_SHIFTS + _FAR_SHIFTS
    rect, cost = sketch.room.place_near(sketch.text_size(ghost.text, font), at, shifts, sides)
    if cost < POINT_COST:
        sketch.write(Note(rect, ghost.text, font, sketch.theme.color("ink3"), ghost.class_index))


def mark_notes(sketch: Sketch) -> list[Note]:
    """The samples' numbers beside their marks; one that finds no room is left out.

    They do not make way for the live point, which would have them jump while it is dragged.
    """
    marks = sketch.chart.marks
    notes: list[Note] = []
    for mark in marks if len(marks) <= MAX_NUMBERED else ():
        if not mark.label:
            continue
        rect, text = _in_strip(sketch, mark) if mark.y is None else _on_curve(sketch, mark, mark.y)
        if sketch.room.cost(rect) < TEXT_COST:
            color = sketch.ink(mark.class_index).text
            notes.append(Note(rect, text, _mark_font(sketch), color, mark.class_index, mark.y is None))
            sketch.room.add_text(rect)
    return notes


def write_mark(sketch: Sketch, small: bool) -> None:
    """What the dashed line across the loss axis is, above or below it, wherever there is room."""
    area, mark, font = sketch.frame.area, sketch.frame.y_axis.mark, sketch.theme.font("tick")
    if mark is None:
        return
    y, places = sketch.frame.y(mark.value), []
    for text in (mark.short,) if small else (mark.text, mark.short):
        size = sketch.text_size(text, font)
        free = area.width() - size.width() - 12
        for share in _MARK_SHARES:
            left = area.left() + 8 + share * free
            places += [
                (QRectF(QPointF(left, y + side - size.height() / 2), size), text) for side in _MARK_SIDES
            ]
    costs = [sketch.room.cost(rect) for rect, _ in places]
    rect, text = places[costs.index(min(costs))]
    if min(costs) < TEXT_COST:
        sketch.write(Note(rect, text, font, sketch.theme.color("ink2")))


def uncovered(notes: list[Note], covers: list[QRectF]) -> list[Note]:
    """The notes that nothing covers."""
    return [note for note in notes if not any(note.rect.intersects(cover) for cover in covers)]


def _mark_font(sketch: Sketch) -> QFont:
    return sketch.theme.font("label", weight=600)


def _on_curve(sketch: Sketch, mark: Mark, y: float) -> tuple[QRectF, str]:
    curve = curve_through(sketch.chart, mark.class_index, mark.x, y)
    sides = BELOW_FIRST if curve is not None and rises(curve) else RIGHT_FIRST
    size = sketch.text_size(mark.label, _mark_font(sketch))
    return sketch.room.place(size, sketch.frame.point(mark.x, y), (11.5, 11.0), sides)[0], mark.label


def _in_strip(sketch: Sketch, mark: Mark) -> tuple[QRectF, str]:
    """Beside the strip's other texts, on the side that has room; what lies beyond the axis has an arrow."""
    text = f"{mark.label} {mark.value_text if mark.value_text == INFINITY else '↑ ' + mark.value_text}"
    size, at = sketch.text_size(text, _mark_font(sketch)), sketch.frame.point(mark.x, None)
    step = size.width() + 12
    right = at.x() < sketch.frame.area.center().x()
    shifts = [9 + tries * step for tries in range(6)]
    lefts = [at.x() + shift if right else at.x() - shift - size.width() for shift in shifts]
    rects = [QRectF(left, at.y() - size.height() / 2, size.width(), size.height()) for left in lefts]
    return min(rects, key=sketch.room.cost), text
