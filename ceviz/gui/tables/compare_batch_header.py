"""The heads of the batch of two models, with their letters, and the two sides of zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.discs import paint_disc
from ceviz.drawing.painting import paint_number, text_width
from ceviz.explain import numbers
from ceviz.explain.compare_batch import HEADS
from ceviz.gui.tables.batch_columns import BatchColumn
from ceviz.gui.tables.batch_header import BatchHeader
from ceviz.gui.tables.compare_batch_columns import SAVED_RIGHT, bar_gap

if TYPE_CHECKING:
    from ceviz.gui.tables.compare_batch_view import CompareBatchView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_DISC, _WORD = 9.0, 25.0
"""Centre of the disc and start of the word, from the start of the bars."""
_FROM_ZERO = 10.0


class CompareBatchHeader(BatchHeader):
    _view: CompareBatchView

    def _paint_title(self, painter: QPainter) -> None:
        theme = self._view.theme
        place = QRectF(theme.metrics["padXOuter"], 1, 400, self.viewport().height())
        paint_number(painter, place, _LEFT, "Batch", theme.font("title"), theme.color("ink"))
        place.setLeft(place.left() + text_width("Batch ", theme.font("title")))
        count = numbers.count(self._view.shown().state.sample_count)
        paint_number(painter, place, _LEFT, count, theme.font("title", weight=400), theme.color("ink2"))

    def _paint_head(self, painter: QPainter, place: QRectF, section: int, column: BatchColumn) -> None:
        theme, task = self._view.theme, self._view.shown().task
        font, ink = theme.font("tableHead"), theme.color("ink3")
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        if column.kind == "target":
            soft = task is Task.SOFT
            place = place.adjusted(bar_gap(column, task) if soft else 0, 0, 0, 0)
            paint_number(painter, place, _LEFT if soft else _CENTER, text, font, ink)
        elif column.kind == "bar":
            left = place.left() + bar_gap(column, task)
            disc = QPointF(left + _DISC, place.center().y())
            paint_disc(painter, disc, column.side, theme)
            paint_number(
                painter, place.adjusted(left + _WORD - place.left(), 0, 0, 0), _LEFT, text, font, ink
            )
        elif column.kind == "loss":
            paint_number(painter, place, _RIGHT, text, font, ink)
        elif column.kind == "saved":
            paint_number(painter, place.adjusted(0, 0, -SAVED_RIGHT, 0), _RIGHT, text, font, ink)

    def _paint_ticks(self, painter: QPainter) -> None:
        theme, scale, height = self._view.theme, self._view.scale(), self.viewport().height()
        font, ink = theme.font("tick"), theme.color("ink2")
        zero = scale.zero
        paint_number(painter, QRectF(0, 1, zero - _FROM_ZERO, height), _RIGHT, HEADS[4], font, ink)
        paint_number(painter, QRectF(zero + _FROM_ZERO, 1, 200, height), _LEFT, HEADS[5], font, ink)
        for end in scale.ends(1, height):
            paint_number(painter, end, _CENTER, numbers.INFINITY, theme.font("tick"), theme.color("ink3"))
