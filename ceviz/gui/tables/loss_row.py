"""The row under the class table of two models: what the sample costs each, or why it has no loss yet."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ceviz.drawing.discs import DISC_RADIUS, paint_disc
from ceviz.drawing.painting import number_width, paint_number, text_width
from ceviz.drawing.pictures import paint_icon
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_sample import CompareSample, ModelLine
from ceviz.gui.tables.sample_columns import INSET

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ICON = 15.0
_VALUE_AT = 17.5
"""Where a model's loss starts, from the middle of its disc."""
_GAP, _BUTTON_GAP = 26.0, 8.0


class LossRow(QWidget):
    """Stands on the columns of the table above it: the first disc under those of the lines."""

    accessible_role = QAccessible.Role.Grouping

    normalise_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._sample: CompareSample | None = None
        self._disc_at = 0.0
        self.buttons = tuple(QPushButton("Normalise", self) for _ in range(2))
        for line, button in enumerate(self.buttons):
            button.setProperty("role", "danger")
            button.clicked.connect(lambda _=False, line=line: self.normalise_asked.emit(line))
            button.hide()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def display(self, sample: CompareSample, disc_at: float) -> None:
        """Show the losses; `disc_at` is where the first disc has its middle."""
        self._sample, self._disc_at = sample, disc_at
        for button, line in zip(self.buttons, sample.models, strict=True):
            button.setVisible(line.sum_check[2])
            button.setAccessibleName(f"Normalise {line.letter}")
        spoken = [f"{line.letter} {line.loss_text or line.sum_check[0]}" for line in sample.models]
        self.setAccessibleName(f"{sample.loss_label}: {', '.join(spoken)}")
        self._place_buttons()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_buttons()

    # Where things stand

    def _font(self, line: ModelLine) -> QFont:
        if line.sum_check[1]:
            return self.theme.font("label", weight=600)
        return self.theme.font("value")

    def _text_width(self, line: ModelLine) -> float:
        if line.sum_check[1]:
            return _ICON + 4 + text_width(line.sum_check[0], self._font(line)) + 1
        return number_width(line.loss_text, self._font(line))

    def _width(self, line: ModelLine) -> float:
        button = _BUTTON_GAP + self.buttons[0].sizeHint().width() if line.sum_check[2] else 0.0
        return DISC_RADIUS + _VALUE_AT + self._text_width(line) + button

    def _lefts(self) -> tuple[float, ...]:
        """Where both models start: the middle of their discs. The label gives way before they do."""
        assert self._sample is not None
        first, second = self._sample.models
        needed = self._width(first) + _GAP + self._width(second)
        start = self._disc_at
        if self.width() - INSET - start + DISC_RADIUS < needed:
            start = INSET + DISC_RADIUS + (8 if self._has_problem() else 0)
        room = self.width() - INSET - (start - DISC_RADIUS) - _GAP
        return start, start + min(self._width(first), max(room - self._width(second), room / 2)) + _GAP

    def _has_problem(self) -> bool:
        return self._sample is not None and any(line.sum_check[1] for line in self._sample.models)

    def _end(self, line: int) -> float:
        """Where the room of a model ends, in front of its button."""
        lefts = self._lefts()
        end = lefts[1] - DISC_RADIUS - _GAP if line == 0 else self.width() - INSET
        shown = self._sample is not None and self._sample.models[line].sum_check[2]
        return end - (_BUTTON_GAP + self.buttons[line].sizeHint().width() if shown else 0)

    def _place_buttons(self) -> None:
        if self._sample is None:
            return
        for number, (button, line, left) in enumerate(
            zip(self.buttons, self._sample.models, self._lefts(), strict=True)
        ):
            x = min(left + _VALUE_AT + self._text_width(line), self._end(number)) + _BUTTON_GAP
            size = button.sizeHint()
            button.setGeometry(round(x), (self.height() - 28) // 2, size.width(), 28)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sample is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = QRectF(INSET, 0, self.width() - 2 * INSET, self.height())
        if self._has_problem():
            painter.fillRect(row, self.theme.color("dangerTint"))
        painter.fillRect(QRectF(row.left(), 0, row.width(), 1), self.theme.color("border"))
        lefts = self._lefts()
        self._paint_label(painter, row, lefts[0] - DISC_RADIUS - 6)
        for number, line in enumerate(self._sample.models):
            self._paint_model(painter, number, line, lefts[number])

    def _paint_label(self, painter: QPainter, row: QRectF, end: float) -> None:
        assert self._sample is not None
        place = row.adjusted(8 if self._has_problem() else 0, 1, 0, 0)
        place.setRight(end)
        font = self.theme.font("body")
        if place.width() < text_width("loss of", font):
            return
        painter.setFont(font)
        painter.setPen(self.theme.color("ink2"))
        elided = Qt.TextElideMode.ElideRight
        painter.drawText(
            place, int(_LEFT), QFontMetricsF(font).elidedText(self._sample.loss_label, elided, place.width())
        )

    def _paint_model(self, painter: QPainter, number: int, line: ModelLine, left: float) -> None:
        middle = self.height() / 2 + 1
        paint_disc(painter, QPointF(left, middle), number, self.theme)
        text, problem, _ = line.sum_check
        place = QRectF(left + _VALUE_AT, 1, self._end(number) - left - _VALUE_AT, self.height())
        if not problem:
            paint_number(painter, place, _LEFT, line.loss_text, self._font(line), self.theme.color("loss"))
            return
        danger, font = self.theme.color("danger"), self._font(line)
        paint_icon(painter, QRectF(place.left(), middle - _ICON / 2, _ICON, _ICON), "warn", danger)
        place.setLeft(place.left() + _ICON + 4)
        painter.setFont(font)
        painter.setPen(danger)
        elided = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
        painter.drawText(place, int(_LEFT), elided)
