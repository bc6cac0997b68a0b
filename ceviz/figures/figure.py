"""A figure of a size in mm: what it shows, laid out in px and painted on any paper."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.frameworks import FrameworksPainter
from ceviz.drawing.painting import text_width
from ceviz.drawing.text import draw_text, wrapped
from ceviz.drawing.theme import Theme
from ceviz.drawing.traps import TrapsPainter
from ceviz.explain.batch_table import BatchTable
from ceviz.explain.charts import StackChart
from ceviz.explain.compare_batch import CompareBatch
from ceviz.explain.compare_headline import CompareHeadline
from ceviz.explain.figures import Curves, FigureValue, WholeView
from ceviz.explain.frameworks import FrameworksChart
from ceviz.explain.headline import Headline
from ceviz.explain.traps import TrapsChart
from ceviz.figures.batch import batch_height, has_true_class, paint_batch
from ceviz.figures.compare_batch import paint_compare_batch
from ceviz.figures.curves import grid_columns, paint_curves
from ceviz.figures.equation import lay_out_equation, paint_equation
from ceviz.figures.lenses import paint_lens
from ceviz.figures.whole_view import least_view, paint_whole_view

POINTS_PER_PX = 0.512
"""At which the smallest text, 12.5 px, is 6.4 points."""
MM_PER_POINT = 25.4 / 72
_WIDEST = 1000.0
"""Wider papers, as slides, have larger text instead of more room."""
_MARGIN = 14.0
_CAPTION_INSET, _CAPTION_LINE, _CAPTION_GAP = 13.0, 18.0, 10.0
_STEP = 1.04
_HEIGHT, _MOST_HEIGHT = 0.645, 1.3
"""Of the width: how high a picture is, and how high a long table may be."""


@dataclass(frozen=True)
class Figure:
    """`value` on a paper of `width` x `height` mm. `title` says what it shows: under it where `captioned`."""

    value: FigureValue
    task: Task
    theme: Theme
    width: float
    height: float
    title: str
    captioned: bool

    @property
    def scale(self) -> float:
        """Points per px of the layout."""
        return self.width / MM_PER_POINT / self.page.width()

    @cached_property
    def page(self) -> QSizeF:
        """The paper in px of the layout: as many as its parts need at least."""
        width = min(_WIDEST, self.width / MM_PER_POINT / POINTS_PER_PX)
        while not self._fits(QSizeF(width, width * self.height / self.width)):
            width *= _STEP
        return QSizeF(width, width * self.height / self.width)

    def _fits(self, page: QSizeF) -> bool:
        body = self._body(page).size()
        least = least_size(self.value, self.task, body.width(), self.theme)
        return body.width() >= least.width() and body.height() >= least.height()

    def _body(self, page: QSizeF) -> QRectF:
        """Where the figure itself lies, above its caption."""
        height = page.height() - 2 * _MARGIN - self.caption_height(page.width())
        return QRectF(_MARGIN, _MARGIN, page.width() - 2 * _MARGIN, height)

    def caption_height(self, width: float) -> float:
        """What the caption takes of a page `width` px wide."""
        lines = len(self._caption_lines(width))
        return lines * _CAPTION_LINE + _CAPTION_GAP if lines else 0.0

    @property
    def _caption_left(self) -> float:
        """Flush with a table; under a picture a little inside."""
        table = isinstance(self.value, BatchTable | CompareBatch | WholeView)
        return _MARGIN if table else _MARGIN + _CAPTION_INSET

    def _caption_lines(self, width: float) -> list[str]:
        text = self.title if self.captioned else ""
        return list(wrapped(text.split(), width - 2 * self._caption_left, self._measure))

    def _measure(self, text: str) -> float:
        return text_width(text, self.theme.font("label", weight=400))

    def paint(self, painter: QPainter) -> None:
        """Paint the figure in px of the layout, from (0, 0) on."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(QPointF(), self.page), self.theme.color("panel"))
        body = self._body(self.page)
        painter.save()
        painter.translate(body.topLeft())
        _paint_value(painter, body.size(), self.value, self.theme, self.task)
        painter.restore()
        self._paint_caption(painter, body.bottom() + _CAPTION_GAP)

    def _paint_caption(self, painter: QPainter, top: float) -> None:
        painter.setFont(self.theme.font("label", weight=400))
        painter.setPen(self.theme.color("ink"))
        for number, line in enumerate(self._caption_lines(self.page.width())):
            y = top + (number + 0.75) * _CAPTION_LINE
            draw_text(painter, QPointF(self._caption_left, y), line)


def natural_height(figure: Figure) -> Figure:
    """The figure on a paper as high as it needs to be, in tenths of a mm."""
    width = min(_WIDEST, figure.width / MM_PER_POINT / POINTS_PER_PX)
    margins = 2 * _MARGIN
    width = max(width, least_size(figure.value, figure.task, width - margins, figure.theme).width() + margins)
    body = _natural_body(figure, width - margins)
    page = body + margins + figure.caption_height(width)
    return replace(figure, height=math.ceil(page * figure.width / width * 10) / 10)


def _natural_body(figure: Figure, width: float) -> float:
    least = least_size(figure.value, figure.task, width, figure.theme).height()
    match figure.value:
        case Headline() | CompareHeadline() | WholeView() | FrameworksChart() | TrapsChart():
            return least
        case BatchTable() | CompareBatch():
            return max(least, min(batch_height(figure.value.sample_count), _MOST_HEIGHT * width))
        case _:
            return max(least, _HEIGHT * width)


def least_size(value: FigureValue, task: Task, width: float, theme: Theme) -> QSizeF:
    """The px that a figure needs at least, if it is `width` px wide."""
    match value:
        case Curves():
            if task is not Task.MULTILABEL:
                return QSizeF(420, 300)
            columns = grid_columns(len(value.charts))
            return QSizeF(170 * columns, 160 * math.ceil(len(value.charts) / columns) + 24)
        case Headline() | CompareHeadline():
            equation = lay_out_equation(value, width, theme)
            return QSizeF(equation.width, equation.height)
        case BatchTable() | CompareBatch():
            width = 600 if has_true_class(task) else 740
            return QSizeF(width, min(batch_height(value.sample_count), 200))
        case WholeView():
            return least_view(value)
        case StackChart():
            return QSizeF(360, 300)
        case TrapsChart():
            return QSizeF(350, TrapsPainter(value, task, max(width, 350), theme).height)
        case FrameworksChart():
            return QSizeF(350, FrameworksPainter(value, max(width, 350), theme).height)
        case _:
            return QSizeF(350, 340)


def _paint_value(painter: QPainter, size: QSizeF, value: FigureValue, theme: Theme, task: Task) -> None:
    match value:
        case Curves():
            paint_curves(painter, size, value, theme, task)
        case Headline() | CompareHeadline():
            paint_equation(painter, size, value, theme, task)
        case BatchTable():
            paint_batch(painter, size, value, theme)
        case CompareBatch():
            paint_compare_batch(painter, size, value, theme)
        case WholeView():
            paint_whole_view(painter, size, value, theme, task)
        case _:
            paint_lens(painter, size, value, theme, task)
