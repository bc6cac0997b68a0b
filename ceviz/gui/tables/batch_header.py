"""The heads of the batch table, with the ticks of the loss axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from ceviz.core.document import Task
from ceviz.drawing.painting import INFINITY, class_ink, elided, number_width, paint_number, text_width
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.gui.tables.batch_columns import BAR_GAP, CHIP_REACH, BatchColumn

if TYPE_CHECKING:
    from ceviz.gui.tables.batch_view import BatchView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_TICK_GAP = 4
_LINES = 3
"""How far the lines of the axis reach up into the header."""


class BatchHeader(QHeaderView):
    def __init__(self, view: BatchView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMouseTracking(True)

    def set_theme(self, theme: Theme) -> None:
        self.setFixedHeight(int(theme.metrics["batchHead"]))
        self.viewport().update()

    def update_lines(self, left: int, width: int) -> None:
        """Paint anew what lies at the foot of the header from `left` on: lines that go on in the rows."""
        self.viewport().update(left, self.viewport().height() - _LINES, width, _LINES)

    def sizeHint(self) -> QSize:
        return QSize(0, int(self._view.theme.metrics["batchHead"]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        section = self.logicalIndexAt(event.position().toPoint())
        # A summary's column is of no one class.
        self._view.hover_class(self._view.model_.columns[section].class_index if section >= 0 else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._view.hover_class(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme, height = self._view.theme, self.viewport().height()
        painter.fillRect(event.rect(), theme.color("panel"))
        painter.fillRect(0, 0, self.viewport().width(), 1, theme.color("hairline"))
        if self._view.model_.shown is not None:
            # From the rows' own origin: a hatch goes on where it left off.
            painter.translate(0, height)
            self._view.paint_grid(painter, -_LINES, 0)
            painter.translate(0, -height)
            if event.rect().top() < height - _LINES:
                self._paint_heads(painter)
            self._view.paint_lines(painter, height - _LINES, height)
        painter.end()

    def _paint_heads(self, painter: QPainter) -> None:
        self._paint_title(painter)
        for place, column in enumerate(self._view.model_.columns[: self.count()]):
            if not self.isSectionHidden(place):
                self._paint_head(painter, self._place(place), place, column)
        self._paint_ticks(painter)

    def _place(self, section: int) -> QRectF:
        left, width = self.sectionViewportPosition(section), self.sectionSize(section)
        return QRectF(left, 1, width, self.viewport().height())

    def _paint_title(self, painter: QPainter) -> None:
        theme, shown = self._view.theme, self._view.shown()
        count = shown.state.sample_count
        place = QRectF(theme.metrics["padXOuter"], 1, 400, self.viewport().height())
        paint_number(painter, place, _LEFT, "Batch", theme.font("title"), theme.color("ink"))
        place.setLeft(place.left() + text_width("Batch ", theme.font("title")))
        words = f"{numbers.count(count)} sample{'' if count == 1 else 's'}"
        paint_number(painter, place, _LEFT, words, theme.font("title", weight=400), theme.color("ink2"))

    def _paint_head(self, painter: QPainter, place: QRectF, section: int, column: BatchColumn) -> None:
        theme, task = self._view.theme, self._view.shown().task
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        font, ink = theme.font("tableHead"), theme.color("ink3")
        if column.kind == "p":
            font = theme.font("tableHead", weight=600)
            ink = class_ink(theme, task, column.class_index).text
            painter.setOpacity(self._view.opacity(column.class_index))
            painter.setFont(font)
            text = elided(text, font, place.width() - 10)
            reach = CHIP_REACH if task is Task.MULTILABEL else 0
            paint_number(painter, place.adjusted(0, 0, -reach, 0), _RIGHT, text, font, ink)
            painter.setOpacity(1.0)
        elif column.kind in ("loss", "true"):
            paint_number(painter, place, _RIGHT, text, font, ink)
        elif column.kind == "target" and task is Task.BINARY:
            paint_number(painter, place, _CENTER, text, font, ink)
        elif column.kind in ("bar", "target", "top"):
            paint_number(painter, place.adjusted(BAR_GAP, 0, 0, 0), _LEFT, text, font, ink)

    def _paint_ticks(self, painter: QPainter) -> None:
        """The numbers of the axis; one that would run into its neighbour or the ∞ is left out."""
        theme, scale = self._view.theme, self._view.scale()
        font, ink = theme.font("tick"), theme.color("ink3")
        height, taken, end = self.viewport().height(), -math.inf, float(self.viewport().width())
        if scale.has_ceiling:
            ceiling = scale.ceiling(1, height)
            paint_number(painter, ceiling, _CENTER, INFINITY, font, ink)
            end = ceiling.center().x() - number_width(INFINITY, font) / 2 - _TICK_GAP
        for value, text in scale.axis.ticks:
            place = QRectF(0, 1, number_width(text, font) + 2, height)
            place.moveCenter(QPointF(scale.x(value), place.center().y()))
            if taken < place.left() and place.right() < end:
                paint_number(painter, place, _CENTER, text, font, ink)
                taken = place.right() + _TICK_GAP
