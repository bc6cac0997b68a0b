"""The sum row under the class table: sums, whether they are right, and the button that mends them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ceviz.core.document import Task
from ceviz.drawing.number_text import UNDEFINED, fitted, sum_text
from ceviz.drawing.painting import number_width, paint_number, text_width
from ceviz.drawing.pictures import paint_icon
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.sentences import NOT_OF_SUMS, sum_check
from ceviz.explain.shown import Shown
from ceviz.explain.sums import sum_remarks
from ceviz.gui.plain_text import tip
from ceviz.gui.tables.cell_marks import paint_arrow
from ceviz.gui.tables.sample_cells import chip_rect
from ceviz.gui.tables.sample_columns import INSET, SampleColumns
from ceviz.gui.tables.sample_rows import SampleRow

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_ICON = 15.0
_OVERHANG = 2
"""How far in px a figure may reach beyond its own width."""
_PULL = "training\N{RIGHT SINGLE QUOTATION MARK}s pull"
_ROUNDED, _PULL_ROUNDED = "shown rounded", "pull; p rounded"


class SumRow(QWidget):
    """Stands on the columns of the table above it."""

    accessible_role = QAccessible.Role.Grouping

    normalise_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # It fills itself: the panel below is not painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = theme
        self._shown: Shown | None = None
        self._columns = SampleColumns((), 1.0, 1.0)
        self._target = self._prediction = self._loss = self._check = ""
        self._problem = self._rounded = False
        self._at_fault: set[str] = set()
        self._loss_start = 0
        """From here on there is nothing but the loss."""
        self._besides_loss: tuple[object, ...] = ()
        """What was shown left of it."""
        self.button = QPushButton("Normalise", self)
        self.button.setProperty("role", "danger")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(lambda: self.normalise_asked.emit())
        self.button.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def display(self, shown: Shown, rows: tuple[SampleRow, ...], columns: SampleColumns) -> None:
        self._shown, self._columns = shown, columns
        self._target = _target_sum(shown, rows)
        self._prediction = sum_text(row.probability for row in rows)
        valid = shown.result.valid[shown.sample]
        self._loss = numbers.loss(float(shown.result.losses[shown.sample])) if valid else ""
        self._check, self._problem, fixable = sum_check(shown)
        issues = shown.evaluation.issues_of(shown.sample, shown.model)
        self._at_fault = {
            "target" if issue.model is None else "prediction"
            for issue in issues
            if issue.code not in NOT_OF_SUMS
        }
        of_distributions, of_terms = sum_remarks(shown)
        self._rounded = bool(of_distributions)
        rounded = " ".join(filter(None, (of_distributions, of_terms)))
        self.setToolTip(tip(self._check) if self._problem else rounded)
        self.button.setVisible(fixable)
        if fixable:
            self.button.setAccessibleName(f"Normalise sample {shown.sample + 1}")
            self._place_button()
        self.setAccessibleName(self._spoken())
        self._update_changed(shown)

    def _update_changed(self, shown: Shown) -> None:
        """Paint all anew, or only the loss: what stands left of it stays as it is in most of a drag."""
        before = self._besides_loss
        self._loss_start = self._start_of_loss()
        sums = self._target, self._prediction, self._check, self._problem, self._rounded, self._at_fault
        where = self._columns, self._loss_left(), self._loss_start
        self._besides_loss = (*sums, *where, shown.task, shown.in_logits)
        left = self._loss_start if self._besides_loss == before else 0
        self.update(left, 0, self.width() - left, self.height())

    def _spoken(self) -> str:
        total = "undefined" if self._prediction == UNDEFINED else self._prediction
        check = f"{self._check}, {_ROUNDED}" if self._rounded else self._check
        return f"sum of p {total}, {check}" + (f", loss {self._loss}" if self._loss else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_button()

    def _cell(self, kind: int) -> QRectF:
        return self._columns.cell(kind, 1, self.height())

    def _check_left(self) -> float:
        columns = self._columns
        if self._shown is not None and self._shown.in_logits:
            return self._cell(2).left() + 14
        return self._cell(2).left() + columns.track_left - 5

    def _place_button(self) -> None:
        if self._shown is None:
            return
        left = (
            self._check_left()
            + _ICON
            + 6
            + text_width(self._check, self.theme.font("label", weight=600))
            + 12
        )
        size = self.button.sizeHint()
        left = min(left, self.width() - INSET - size.width())
        self.button.setGeometry(round(left), (self.height() - 28) // 2, size.width(), 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("panel"))
        if self._shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._problem:
            painter.fillRect(
                QRectF(INSET, 0, self.width() - 2 * INSET, self.height()), self.theme.color("dangerTint")
            )
        painter.fillRect(QRectF(INSET, 0, self.width() - 2 * INSET, 1), self.theme.color("border"))
        if event.rect().left() < self._loss_start:
            self._paint_sums(painter, self._shown)
            self._paint_check(painter, self._shown)
        self._paint_loss(painter, self._shown)
        painter.end()

    def _paint_sums(self, painter: QPainter, shown: Shown) -> None:
        start = self._cell(0).adjusted(INSET + (8 if self._problem else 0), 0, 0, 0)
        paint_number(painter, start, _LEFT, "sum", self.theme.font("body"), self.theme.color("ink2"))
        soft = shown.task is Task.SOFT
        place = self._cell(1) if soft else chip_rect(self._cell(1))
        self._paint_sum(painter, place, _RIGHT if soft else _CENTER, self._target, "target")
        place = self._columns.number(self._cell(2))
        if shown.in_logits:
            place = self._cell(3).adjusted(0, 0, -6.5, 0)
        # Where the logits give no probabilities the reason stands in their place.
        if not (shown.in_logits and self._prediction == UNDEFINED):
            self._paint_sum(painter, place, _RIGHT, self._prediction, "prediction")

    def _last_cell(self) -> QRectF:
        """The cell that the loss ends in."""
        return self._cell(len(self._columns.widths) - 1).adjusted(0, 0, -INSET, 0)

    def _start_of_loss(self) -> int:
        """Where there is nothing but the loss from here on; a long remark ends close before it."""
        last, width = self._last_cell(), number_width(self._loss, self._loss_font())
        if self._shown is not None and self._shown.in_logits:
            width = min(width, last.width())
        return math.floor(last.right() - width) - _OVERHANG

    def _paint_loss(self, painter: QPainter, shown: Shown) -> None:
        last, font = self._last_cell(), self._loss_font()
        # Left of it is the sum of p, or else the remark, which makes way.
        font = fitted(font, self._loss, last.width()) if shown.in_logits else font
        paint_number(painter, last, _RIGHT, self._loss, font, self.theme.color("loss"))

    def _paint_sum(
        self, painter: QPainter, place: QRectF, flags: Qt.AlignmentFlag, text: str, whose: str
    ) -> None:
        at_fault = whose in self._at_fault
        font = self.theme.font("value") if at_fault else self.theme.font("body")
        ink = self.theme.color("danger" if at_fault else "ink2")
        paint_number(painter, place, flags, text, fitted(font, text, place.width()), ink)

    def _loss_left(self) -> float:
        """Where the loss starts, or what stands in its place."""
        right = self.width() - INSET - 8
        if self.button.isVisibleTo(self):
            return float(self.button.x() - 8)
        if self._shown is not None and self._shown.in_logits and self._prediction != UNDEFINED:
            return self._cell(3).left()
        return right - number_width(self._loss, self._loss_font())

    def _loss_font(self) -> QFont:
        return self.theme.font("value", size=self.theme.size("value") + 1)

    def _paint_check(self, painter: QPainter, shown: Shown) -> None:
        left, middle = self._check_left(), self.height() / 2 + 1
        text, font, ink = self._check, self.theme.font("label", weight=400), self.theme.color("ink3")
        icon = "check" if shown.task.competing else ""
        if self._problem:
            icon, font, ink = "warn", self.theme.font("label", weight=600), self.theme.color("danger")
        elif shown.in_logits:
            paint_arrow(painter, QPointF(left, middle), 20, self.theme.color("ink2"))
            text, icon, left = _PULL_ROUNDED if self._rounded else _PULL, "", left + 27
        elif self._rounded:
            text = _ROUNDED
        if icon:
            paint_icon(painter, QRectF(left, middle - _ICON / 2, _ICON, _ICON), icon, ink)
            left += _ICON + 4
        painter.setFont(font)
        painter.setPen(ink)
        place = QRectF(left, 1, max(0.0, self._loss_left() - left), self.height())
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
        painter.drawText(place, int(_LEFT), text)


def _target_sum(shown: Shown, rows: tuple[SampleRow, ...]) -> str:
    return sum_text((row.target for row in rows), whole=shown.task is not Task.SOFT)
