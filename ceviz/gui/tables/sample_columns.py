"""Where the columns of the class table lie; its sum row stands on the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from ceviz.core.document import Task
from ceviz.drawing.painting import number_width, text_width
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.sentences import sum_check
from ceviz.explain.shown import Shown

INSET = 8.0
"""How far rows reach beyond the text on both sides, for the ground of a hovered row and the handles."""
GLYPH = 28.0
CHIP_WIDTH, CHIP_HEIGHT = 46.0, 30.0
_NAME_LEFT = 37.0
_TERM_WIDTH = 81.0
_WIDEST_LOGIT = 80.0
"""Wider ones are written smaller."""
_SHORTEST_TRACK, _SHORTEST_COMPACT_TRACK = 110.0, 86.0
_SHORTEST_LOGIT_TRACK, _SHORTEST_COMPACT_LOGIT_TRACK = 66.0, 54.0
_BEFORE_LOGIT = 14.0
"""Keeps a minus sign apart from the target, of which it would seem a part."""
_SHORTEST_NAME = 94.0
_BESIDE_CHECK = 22.0
"""What the sum row's remark needs beside its text: icon and gaps, less what it reaches into the gap."""
_BUTTON = 96.0


@dataclass(frozen=True, slots=True)
class SampleColumns:
    """Widths of the columns, and where number and track lie within the prediction's, from its left edge."""

    widths: tuple[int, ...]
    number_right: float
    track_left: float

    def number(self, cell: QRectF) -> QRectF:
        return QRectF(cell.left(), cell.top(), self.number_right, cell.height())

    def track(self, cell: QRectF, height: float) -> QRectF:
        width = max(1.0, cell.width() - self.track_left - INSET)
        return QRectF(cell.left() + self.track_left, cell.center().y() - height / 2, width, height)

    def cell(self, column: int, top: float, height: float) -> QRectF:
        return QRectF(sum(self.widths[:column]), top, self.widths[column], height)


def sample_columns(shown: Shown, names: tuple[str, ...], width: int, theme: Theme) -> SampleColumns:
    """The columns of a table `width` wide: the class names get what they need, the tracks the rest."""
    number_right, track_left, tail = _prediction(shown, theme)
    font = theme.font("className")
    longest = max(text_width(name, font) for name in names)
    gap = 14 if shown.in_logits else 24
    room = width - INSET - 48 - track_left - _shortest_track(shown, theme) - INSET - sum(tail)
    first = min(max(_NAME_LEFT + longest + gap, _SHORTEST_NAME), max(_SHORTEST_NAME, room))
    class_width, target = round(INSET + first), 48
    prediction = width - class_width - target - sum(tail)
    return SampleColumns((class_width, target, prediction, *tail), number_right, track_left)


def _shortest_track(shown: Shown, theme: Theme) -> float:
    """As short as a track may get: the sum row's remark stands under it, and keeps its room, too."""
    if shown.in_logits:
        return _SHORTEST_COMPACT_LOGIT_TRACK if theme.compact else _SHORTEST_LOGIT_TRACK
    shortest = _SHORTEST_COMPACT_TRACK if theme.compact else _SHORTEST_TRACK
    text, problem, fixable = sum_check(shown)
    if problem and not fixable:
        # It may name a class, and then be as long as that; the takeaway says it, too.
        return shortest
    loss = "" if problem else numbers.loss(float(shown.result.losses[shown.sample]))
    beside = _BUTTON if fixable else number_width(loss, theme.font("value", size=theme.size("value") + 1))
    check = text_width(text, theme.font("label", weight=600 if problem else 400))
    return max(shortest, check + _BESIDE_CHECK + beside - _TERM_WIDTH)


def _prediction(shown: Shown, theme: Theme) -> tuple[float, float, tuple[int, ...]]:
    term = round(_TERM_WIDTH)
    if shown.in_logits:
        font = theme.font("value")
        row = shown.shown_model.predictions[shown.sample].tolist()
        # Wide enough for a minus sign, so that nothing moves when a logit crosses 0.
        number = max(50.0, *(number_width(numbers.logit(logit), font) + _BEFORE_LOGIT for logit in row))
        number = min(number, _WIDEST_LOGIT)
        return number, number + 14, (61, term - (11 if theme.compact else 3))
    return (65.5, 81.0, (term,)) if shown.task is Task.SOFT else (61.5, 77.0, (term,))
