"""The heads of the class table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from ceviz.drawing.painting import text_width
from ceviz.drawing.pictures import paint_icon
from ceviz.gui.tables.cell_marks import paint_target_mark
from ceviz.gui.tables.sample_columns import CHIP_WIDTH, INSET
from ceviz.gui.tables.sample_model import PREDICTION, Kind

if TYPE_CHECKING:
    from ceviz.gui.tables.sample_view import SampleView

HEIGHT = 28
_BASELINE = 18.0
_GAP = 10.0
_MARK_TEXTS = ("target mark", "target", "t")
"""What stands beside the mark in the head, from long to short."""


class SampleHeader(QHeaderView):
    """Paints its sections itself: some heads stand between two columns."""

    def __init__(self, view: SampleView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = self._view.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.setFont(theme.font("tableHead"))
        painter.setPen(theme.color("ink3"))
        # The pill of a drag reaches into the head of the predictions, and rarely into those that follow.
        area, after = event.rect(), PREDICTION + 1
        first = PREDICTION if area.left() >= self.sectionViewportPosition(PREDICTION) else 0
        last = after if area.right() < self.sectionViewportPosition(after) else self.count()
        for column, kind in enumerate(self._view.model_.kinds[first:last], first):
            self._paint_head(painter, column, kind, theme.font("tableHead"))
        line = QRectF(INSET, self.viewport().height() - 1, self.length() - 2 * INSET, 1)
        painter.fillRect(line, theme.color("border"))
        painter.translate(0, self.viewport().height())
        self._view.pill.paint_in_heads(painter, self._view.drag.held)
        painter.end()

    def _paint_head(self, painter: QPainter, column: int, kind: Kind, font: QFont) -> None:
        text = self._view.model_.head(kind)
        width = text_width(text, font)
        cell = QRectF(self.sectionViewportPosition(column), 0, self.sectionSize(column), HEIGHT)
        left = self._left(kind, cell, width)
        painter.drawText(QPointF(left, _BASELINE), text)
        # A track of logits has no place for a target's probability.
        if kind == "prediction" and self._view.soft_targets() and not self._view.in_logits():
            self._paint_mark(painter, left + width + 16)
        if kind == "p":
            paint_icon(painter, QRectF(left + width + 3, 5, 15, 15), "lock", self._view.theme.color("ink3"))

    def _left(self, kind: str, cell: QRectF, width: float) -> float:
        """Where a head starts: over its numbers, chips or bar."""
        columns, soft = self._view.columns, self._view.soft_targets()
        if kind == "class":
            return cell.left() + INSET
        if kind == "target":
            return cell.right() - width if soft else cell.left() + (CHIP_WIDTH - width) / 2
        if kind == "p":
            return cell.right() - 22 - width
        if kind == "term":
            return cell.right() - INSET - width
        if soft or self._view.in_logits():
            return cell.left() + columns.track_left - width + (13 if self._view.in_logits() else 0)
        if self._view.lines > 1:
            return cell.left() + columns.number_right - width / 2
        return cell.left() + columns.track_left - 5

    def _paint_mark(self, painter: QPainter, left: float) -> None:
        ink = self._view.theme.color("ink")
        paint_target_mark(painter, left + 4.5, QRectF(left, 14.5, 9, 2.5), ink)
        columns, font = self._view.columns, self._view.theme.font("tableHead")
        end = columns.cell(len(columns.widths) - 1, 0, 0).right() - INSET
        room = end - text_width("loss term", font) - _GAP - left - 12
        fitting = (text for text in _MARK_TEXTS if text_width(text, font) <= room)
        painter.drawText(QPointF(left + 12, _BASELINE), next(fitting, ""))
