"""The foot of the batch: add a sample, sum, mean, and what its marks mean."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget

from ceviz.core.document import Task
from ceviz.drawing.loss_bar import mark_left, paint_floor, paint_mark
from ceviz.drawing.painting import number_width, paint_number, paint_pill, text_width
from ceviz.drawing.pictures import icon
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.parts import splits
from ceviz.explain.sentences import batch_remarks
from ceviz.explain.shown import Shown
from ceviz.explain.sums import batch_sum_remark
from ceviz.gui.tables.batch_view import BatchView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FILLED = "filled: the label is in the picture (t = 1)"
_LEADS = "Click: the next sample with infinite loss"
_LINE_END = 8


class BatchFoot(QWidget):
    """Stands under the table, on its axis."""

    accessible_role = QAccessible.Role.Grouping

    add_asked = Signal()
    infinite_asked = Signal()
    """The next sample with an infinite loss is wanted."""

    def __init__(self, view: BatchView, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = theme
        self._view = view
        self._remarks: tuple[str, ...] = ()
        self._remark = QRectF()
        """Where the remark stands."""
        self._tells_infinite = False
        self.setMouseTracking(True)
        self.button = QPushButton(" Add sample", self)  # the space keeps the icon off the word
        self.button.setAccessibleName("Add sample")
        self.button.setObjectName("addSample")
        # A click leaves the focus where it is; the ring is for keys.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda: self.add_asked.emit())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.setFixedHeight(int(theme.metrics["batchFoot"]))
        ink2, hover = theme.color("ink2"), theme.color("hover").name()
        self.button.setFont(theme.font("body", weight=500))
        self.button.setIcon(icon("plus", ink2, 16))
        self.button.setIconSize(QSize(16, 16))
        self.button.setStyleSheet(
            f"QPushButton {{ border: none; background: transparent; color: {ink2.name()}; padding: 0 4px;"
            f" font-size: {theme.size('body')}px; font-weight: 500;"
            f" min-height: 24px; border-radius: {theme.radius['control']}px; }}"
            f" QPushButton:hover {{ background: {hover}; }}"
            f" QPushButton:focus {{ border: {theme.stroke['focus']}px solid {theme.color('ink').name()};"
            f" padding: 0 2px; min-height: 22px; }}"
        )
        size = self.button.sizeHint()
        top = (self.height() - 26) // 2 + 1
        self.button.setGeometry(int(theme.metrics["padXOuter"]) - 4, top, size.width(), 26)
        self.update()

    def display(self, shown: Shown) -> None:
        self._remarks = batch_remarks(shown)
        self._tells_infinite = shown.result.infinite > 0
        sum_text, mean_text = _total(shown.result.sum), _total(shown.result.mean)
        words = (f"sum {sum_text}, mean {mean_text}", *self._remarks[:1], self._view.scale().axis.mark_text)
        self.setAccessibleName(" ".join(filter(None, words)))
        left = self.button.geometry().right() + 1
        self.update(left, 0, self.width() - left, self.height())

    def event(self, event: QEvent) -> bool:
        # Only now: a batch may have ten thousand losses to add up.
        if isinstance(event, QHelpEvent) and self._view.model_.shown is not None:
            on_remark = self._leads_from(QPointF(event.pos()))
            self.setToolTip(_LEADS if on_remark else self.tip_text(self._view.shown()))
        return super().event(event)

    def tip_text(self, shown: Shown) -> str:
        """What a tooltip says of the totals."""
        return batch_sum_remark(shown)

    def _leads_from(self, pos: QPointF) -> bool:
        """Whether a click there leads to a sample with an infinite loss."""
        return self._tells_infinite and self._remark.contains(pos)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shape, leads = Qt.CursorShape, self._leads_from(event.position())
        self.setCursor(shape.PointingHandCursor if leads else shape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._leads_from(event.position()):
            self.infinite_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # With sharp edges: at a scale of 125 % soft ones let through what stood there before.
        painter.fillRect(self.rect(), self.theme.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, self.theme.color("border"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.model_.shown is not None:
            self.paint_totals(painter, self._view.shown())
        painter.end()

    def paint_totals(self, painter: QPainter, shown: Shown) -> None:
        """What the rows come to."""
        self._paint_sum(painter, shown)
        self._paint_mean(painter, shown)

    def row_rect(self, left: float, right: float) -> QRectF:
        return QRectF(left, 1, right - left, self.height())

    def _paint_sum(self, painter: QPainter, shown: Shown) -> None:
        text, font = _total(shown.result.sum), self.theme.font("className")
        right = float(self._view.loss_right())
        paint_number(painter, self.row_rect(0, right), _RIGHT, text, font, self.theme.color("loss"))
        right -= number_width(text, font) + 12
        body = self.theme.font("body")
        paint_number(painter, self.row_rect(0, right), _RIGHT, "sum", body, self.theme.color("ink2"))
        if shown.task is Task.MULTILABEL and self.has_chips():
            self._paint_filled(painter, right - text_width("sum", body) - 16)

    def has_chips(self) -> bool:
        """Whether labels have columns above, with chips where t = 1; a narrow window has a summary there."""
        view = self._view
        return any(
            column.kind == "p" and not view.isColumnHidden(place)
            for place, column in enumerate(view.model_.columns)
        )

    def _paint_filled(self, painter: QPainter, room: float) -> None:
        """What a filled chip means, if there is room for it."""
        font = self.theme.font("label", weight=400)
        left = self.button.geometry().right() + 29.0
        if left + 48 + text_width(_FILLED, font) > room:
            return
        center, value = QPointF(left, self.height() / 2 + 0.5), self.theme.font("label", weight=600)
        ground, ink = self.theme.color("selected"), self.theme.color("ink")
        chip = paint_pill(painter, center, "0.9", ground, ink, value, Qt.AlignmentFlag.AlignLeft)
        paint_number(
            painter, self.row_rect(chip.right() + 8, room), _LEFT, _FILLED, font, self.theme.color("ink3")
        )

    def _paint_mean(self, painter: QPainter, shown: Shown) -> None:
        mean = shown.result.mean
        scale = self._view.scale()
        value, body = self.theme.font("value", size=self.theme.size("value") + 1), self.theme.font("body")
        text = _total(mean)
        width = text_width("mean", body) + 8 + number_width(text, value)
        at_line = self._view.mean_x() is not None
        left, right = (scale.x(mean) + 10 if at_line else scale.left), float(self.width())
        least = width + (20 + text_width(self._remarks[-1], body) if self._remarks else 0)
        fits_left = at_line and scale.left < scale.x(mean) - 10 - least
        if left + width > right - 8 or (left + least > right - 8 and fits_left):
            # All of it left of the line.
            right = scale.x(mean) - 2
            left = right - 8 - width
            remark = self._remark_within(int(left - 20 - scale.left), body)
            left -= 22 + text_width(remark, body) if remark else 0
        if at_line:
            self._view.paint_mean(painter, 0, self.height() - _LINE_END)
        legend_end = self._paint_legend(painter, shown, left, scale.left)
        end = left + width + (20 + text_width(self._remarks[-1], body) if self._remarks else 0)
        mark = self._paint_mark(painter, [(scale.left, legend_end), (left, end)])
        self._paint_words(painter, left, "mean", text, mark if mark > left else right)

    def _paint_mark(self, painter: QPainter, taken: list[tuple[float, float]]) -> float:
        """What the axis's dashed line is, clear of other texts; returns where it starts, 0 if nowhere."""
        scale, font = self._view.scale(), self.theme.font("label", weight=400)
        mark = scale.axis.mark
        if mark is None:
            return 0.0
        x = scale.x(mark.value)
        clear = not any(start - 4 < x < end + 4 for start, end in taken)
        # A line that would run through a text ends above it.
        paint_mark(painter, scale, 1, self.height() - _LINE_END if clear else _LINE_END / 2, self.theme)
        for text in (mark.text, mark.short):
            left = mark_left(scale, text_width(text, font), taken, self.width() - 8)
            if left is not None:
                place = self.row_rect(left, self.width())
                paint_number(painter, place, _LEFT, text, font, self.theme.color("ink2"))
                return left
        return 0.0

    def _paint_words(self, painter: QPainter, left: float, word: str, text: str, right: float) -> None:
        """A total and the remark on it, which ends before `right`."""
        if not text:
            return
        value, body = self.theme.font("value", size=self.theme.size("value") + 1), self.theme.font("body")
        paint_number(painter, self.row_rect(left, self.width()), _LEFT, word, body, self.theme.color("ink2"))
        left += text_width(word, body) + 8
        paint_number(painter, self.row_rect(left, self.width()), _LEFT, text, value, self.theme.color("loss"))
        left += number_width(text, value) + 20
        room = int(right - left - 8)
        self.paint_remark(painter, left, room)

    def paint_remark(self, painter: QPainter, left: float, room: int) -> None:
        """The longest remark that has room there."""
        if not self._remarks:
            self._remark = QRectF()
            return
        body = self.theme.font("body")
        remark = self._remark_within(room, body)
        self._remark = self.row_rect(left, left + text_width(remark, body))
        place = self.row_rect(left, self.width())
        paint_number(painter, place, _LEFT, remark, body, self.theme.color("ink2"))

    def _remark_within(self, room: int, font: QFont) -> str:
        """The longest remark that has room; of the shortest, what has."""
        fitting = (remark for remark in self._remarks if text_width(remark, font) <= room)
        shortest = self._remarks[-1] if self._remarks else ""
        return next(fitting, QFontMetrics(font).elidedText(shortest, Qt.TextElideMode.ElideRight, room))

    def _paint_legend(self, painter: QPainter, shown: Shown, mean_left: float, left: float) -> float:
        """The legend of floor and excess, left of the mean if there is room; returns where it ends."""
        if shown.task is not Task.SOFT or not splits(shown) or left + 150 > mean_left:
            return left
        font, ink = self.theme.font("title", weight=400), self.theme.color("ink2")
        middle = self.height() / 2 + 0.5
        paint_floor(painter, QRectF(left, middle - 7, 14, 14), self.theme)
        paint_number(painter, self.row_rect(left + 21, self.width()), _LEFT, "floor", font, ink)
        second = left + 21 + text_width("floor", font) + 16
        painter.fillRect(QRectF(second, middle - 7, 14, 14), self.theme.color("loss"))
        paint_number(painter, self.row_rect(second + 21, self.width()), _LEFT, "excess", font, ink)
        return second + 21 + text_width("excess", font)


def _total(value: float) -> str:
    return "" if math.isnan(value) else numbers.loss(value)
