"""Typing a value where a pill shows it."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ceviz.core.document import Unit
from ceviz.drawing.theme import Theme
from ceviz.explain.numbers import LN2, NumberProblem, parse_number

_WIDTH = 96


class PillEditor(QLineEdit):
    """A line to type in, over the pill of an axis; what is wrong with a text stands beside it."""

    value_typed = Signal(float)
    """The probability that was typed, or that has the loss that was typed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._axis = "x"
        self._unit = Unit.NATS
        self._falling = True
        self._reason = QLabel(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.textEdited.connect(self._reason.hide)
        self.returnPressed.connect(self._commit)
        self._parent = parent
        self.close_editor()

    def open_editor(
        self, axis: str, pill: QRectF, text: str, unit: Unit, falling: bool, theme: Theme
    ) -> None:
        """Edit p ("x") or the loss ("y"); `falling`: the loss is −ln p, else −ln (1 − p)."""
        self._axis, self._unit, self._falling, self._theme = axis, unit, falling, theme
        self.setAccessibleName("probability" if axis == "x" else "loss")
        self.setFont(theme.font("title"))
        height = theme.controls["tableEditor"]
        left = max(0, min(round(pill.center().x() - _WIDTH / 2), self._parent.width() - _WIDTH))
        self.setGeometry(left, round(pill.center().y() - height / 2), _WIDTH, height)
        self.setText(text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        self.hide()
        self._reason.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # going on, it would end the glide that it began

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.PopupFocusReason or self.isHidden():
            return
        # What was typed counts, also when a person goes on elsewhere; what cannot be meant is dropped.
        value = self._probability_or_none() if self.isModified() else None
        self.close_editor()
        if value is not None:
            self.value_typed.emit(value)

    def _probability_or_none(self) -> float | None:
        try:
            return self._probability()
        except NumberProblem:
            return None

    def _commit(self) -> None:
        try:
            value = self._probability()
        except NumberProblem as problem:
            self._say(str(problem))
            return
        self._leave()
        self.value_typed.emit(value)

    def _leave(self) -> None:
        self.setModified(False)
        self.close_editor()
        self._parent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _probability(self) -> float:
        if self._axis == "x":
            p = parse_number(self.text())
            if not 0 <= p <= 1:
                raise NumberProblem("p lies between 0 and 1")
            return p
        loss = parse_number(self.text(), allow_infinite=True)
        if not loss >= 0:
            raise NumberProblem("a loss is never negative")
        nats = loss * LN2 if self._unit is Unit.BITS else loss
        return math.exp(-nats) if self._falling else -math.expm1(-nats)

    def _say(self, reason: str) -> None:
        theme = self._theme
        self._reason.setText(reason)
        self._reason.setFont(theme.font("label"))
        danger, panel = theme.color("danger").name(), theme.color("panel").name()
        self._reason.setStyleSheet(f"color: {danger}; background: {panel}; padding: 2px 4px")
        self._reason.adjustSize()
        width = QFontMetricsF(theme.font("label")).horizontalAdvance(reason) + 8
        left = max(0, min(self.x(), round(self._parent.width() - width)))
        self._reason.move(left, self.y() - self._reason.height())
        self._reason.raise_()
        self._reason.show()
