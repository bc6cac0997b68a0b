"""The usual mistakes as rows; an opened one shows its numbers, and its bars beside the true ones."""

from __future__ import annotations

from functools import cached_property, partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.painting import class_ink, elided, round_bar, text_width
from ceviz.drawing.rows import ABOVE, BELOW, LINE, PAD, RowsPainter, widest
from ceviz.drawing.text import wrapped
from ceviz.drawing.theme import Theme
from ceviz.explain.trap_case import Trap, TrapBar
from ceviz.explain.traps import TrapsChart

_SPACE = 6.0
_DETAIL = 20.0
_NAME_WIDTH, _BAR_LEFT, _NUMBER = 76.0, 84.0, 48.0
_BARS, _BAR, _BAR_STEP = 38.0, 11.0, 15.0
_LEAST = 1.5


class TrapsPainter(RowsPainter):
    """What goes wrong and why at the left, what it costs at the right."""

    def __init__(self, chart: TrapsChart, task: Task, width: float, theme: Theme) -> None:
        super().__init__(chart.rows, (chart.head,) if chart.rows else (), width, theme)
        self._chart, self._task = chart, task
        measure = partial(text_width, font=theme.font("tick"))
        self._sentences = [
            tuple(wrapped(trap.sentence.split(), self.room, measure)) if trap.opened else ()
            for trap in chart.rows
        ]
        self.heights = tuple(map(_height, chart.rows, self._sentences))

    @cached_property
    def number_width(self) -> float:
        """What the column of numbers takes."""
        rows, difference = self._chart.rows, self.theme.font("tick")
        return widest(
            [
                *((trap.number, self.number_font(True)) for trap in rows),
                *((trap.difference, difference) for trap in rows),
            ]
        )

    def paint_row(self, painter: QPainter, index: int, rect: QRectF) -> None:
        """A row in its place; the opened one is marked."""
        theme, trap = self.theme, self._chart.rows[index]
        self.paint_ground(painter, index, rect, trap.opened)
        left, right, y = rect.left() + PAD, rect.right() - PAD, rect.top() + ABOVE + LINE / 2
        title = theme.font("label", weight=600 if trap.opened else 500)
        self.paint_line(painter, left, y, trap.title, title, "ink")
        self.paint_figure(painter, right, y, trap.number, self.number_font(True), "loss")
        if not trap.opened:
            return
        self.paint_figure(painter, right, y + LINE, trap.difference, theme.font("tick"), "ink2")
        for text in self._sentences[index]:
            y += LINE
            self.paint_line(painter, left, y, text, theme.font("tick"), "ink2")
        y += _SPACE
        for what, number in trap.lines:
            y += _DETAIL
            self.paint_line(painter, left, y, what, theme.font("label"), "ink")
            self.paint_figure(painter, right, y, number, theme.font("label", weight=600), "loss")
        y += LINE / 2 + _SPACE
        for bar in trap.bars:
            self._paint_bars(painter, bar, QRectF(left, y, right - left, _BARS))
            y += _BARS

    def _paint_bars(self, painter: QPainter, bar: TrapBar, rect: QRectF) -> None:
        """What the model gave, and below it, hollow, what becomes of it."""
        theme, colors = self.theme, class_ink(self.theme, self._task, bar.class_index)
        first = rect.top() + (_BARS - _BAR_STEP - _BAR) / 2
        font = theme.font("label", weight=600)
        painter.save()
        name = elided(bar.name, font, _NAME_WIDTH)
        self.paint_line(painter, rect.left(), first + _BAR_STEP / 2 + _BAR / 2, name, font, "ink")
        painter.restore()
        length = rect.width() - _BAR_LEFT - _NUMBER
        rows = ((bar.before, bar.before_text, colors.fill), (bar.after, bar.after_text, colors.tint))
        for place, (share, text, fill) in enumerate(rows):
            top = first + place * _BAR_STEP
            track = QRectF(rect.left() + _BAR_LEFT, top, max(_LEAST, length * share), _BAR)
            round_bar(painter, track, theme.radius["bar"], fill, colors.line)
            self.paint_figure(painter, rect.right(), top + _BAR / 2, text, theme.font("tick"), "ink2")


def _height(trap: Trap, sentence: tuple[str, ...]) -> float:
    if not trap.opened:
        return ABOVE + LINE + BELOW
    text = LINE * max(1 + len(sentence), 2) + _SPACE + _DETAIL * len(trap.lines)
    return ABOVE + text + _SPACE + _BARS * len(trap.bars) + BELOW
