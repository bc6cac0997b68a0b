"""The foot of the batch of two models: how often each is right, both means, and their difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from ceviz.drawing.painting import number_width, paint_number, text_width
from ceviz.explain.compare_batch import ModelFoot
from ceviz.explain.shown import Shown
from ceviz.gui.tables.batch_foot import BatchFoot

if TYPE_CHECKING:
    from ceviz.gui.tables.compare_batch_view import CompareBatchView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE_END = 8
_FROM_LINE = 10.0
_SHORTEST_REMARK = 120.0


class CompareBatchFoot(BatchFoot):
    _view: CompareBatchView

    def display(self, shown: Shown) -> None:
        batch = self._view.model_.batch
        self._remarks = tuple(filter(None, (batch.remark, batch.short_remark))) or batch.divisions
        sides = [
            f"{side.letter}: {', '.join(filter(None, (side.right_text, _mean(side))))}"
            for side in (batch.a, batch.b)
        ]
        said = [
            *sides,
            f"B saves on average {batch.mean_text}" if batch.mean_text else "",
            *self._remarks[:1],
        ]
        self.setAccessibleName(". ".join(filter(None, said)))
        # It is told where both means are infinite.
        self._tells_infinite = all(side.result.infinite for side in batch.pair.sides)
        self.update()

    def tip_text(self, shown: Shown) -> str:
        return "".join(self._remarks[:1])

    def paint_totals(self, painter: QPainter, shown: Shown) -> None:
        batch = self._view.model_.batch
        for side, foot in enumerate((batch.a, batch.b)):
            self._paint_model(painter, side, foot)
        self._paint_difference(painter)

    def _paint_model(self, painter: QPainter, side: int, foot: ModelFoot) -> None:
        """The mean; how often the model is right and the word before the mean, if there is room."""
        left, right = self._view.span_of(side)
        if side == 0:
            left = max(left, self.button.geometry().right() + 8.0)
        value, body, ink = self.theme.font("className"), self.theme.font("body"), self.theme.color("ink2")
        paint_number(
            painter, self.row_rect(0, right), _RIGHT, foot.mean_text, value, self.theme.color("loss")
        )
        right -= number_width(foot.mean_text, value) + 12
        words = text_width(foot.right_text, body)
        label = text_width(foot.mean_label, body)
        room = right - left
        if words <= room:
            paint_number(painter, self.row_rect(left, right), _LEFT, foot.right_text, body, ink)
            room -= words + 12
        if foot.mean_text and label <= room:
            paint_number(painter, self.row_rect(0, right), _RIGHT, foot.mean_label, body, ink)

    def _paint_difference(self, painter: QPainter) -> None:
        text, mean = self._view.model_.batch.mean_text, self._view.mean_x()
        value, body = self.theme.font("value", size=self.theme.size("value") + 1), self.theme.font("body")
        width = text_width("mean", body) + 8 + number_width(text, value)
        if mean is None:
            left = self._view.scale().zero + _FROM_LINE
        else:
            self._view.paint_mean(painter, 0, self.height() - _LINE_END)
            left = mean + _FROM_LINE
            if left + width > self.width() - 8:
                left = mean - _FROM_LINE - width
        if text:
            paint_number(
                painter, self.row_rect(left, self.width()), _LEFT, "mean", body, self.theme.color("ink2")
            )
            place = self.row_rect(left + width - number_width(text, value), self.width())
            paint_number(painter, place, _LEFT, text, value, self.theme.color("loss"))
        self._paint_remark(painter, min(left, left if mean is None else mean) - 14, left + width + 20)

    def _paint_remark(self, painter: QPainter, before: float, after: float) -> None:
        """Left or right of the mean, wherever there is more room."""
        start = self._view.span_of(1)[1] + 20
        right = (after, self.width() - 12.0)
        left, end = right if right[1] - right[0] >= before - start else (start, before)
        if end - left >= _SHORTEST_REMARK:
            self.paint_remark(painter, left, int(end - left))


def _mean(foot: ModelFoot) -> str:
    return f"{foot.mean_label} {foot.mean_text}" if foot.mean_text else ""
