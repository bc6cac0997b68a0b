"""Steps along the gradient: a button that repeats while it is held, and the rate of a step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from ceviz.drawing.theme import Theme
from ceviz.explain.numbers import NumberProblem, parse_number
from ceviz.gui.controls import RingedButton

LARGEST_RATE = 100.0
_FIELD_WIDTH = 56
_RING = 3
"""Room around the button for the ring that shows the keyboard's focus."""


class _StepButton(RingedButton):
    def __init__(self, theme: Theme) -> None:
        super().__init__("Step", theme)
        self.hold = object()
        """Another one for every press, by mouse or key."""
        self.setAutoRepeat(True)
        self.setAccessibleName("Step along the gradient")
        self.setToolTip("One step of training, on the logits behind the probabilities. Hold to go on.")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hold = object()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self.hold = object()
        super().keyPressEvent(event)


class _RateField(QLineEdit):
    """Escape gives back what stood there before the typing."""

    dropped = Signal()
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class StepControl(QWidget):
    """Asks for steps of a rate above 0; a rate that cannot be meant is not taken, and it says why."""

    step_asked = Signal(float, object)
    """The rate, and the press of the button that asks: steps of one press have the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rate, self._text = 1.0, "1"
        self.button, self.field = _StepButton(theme), _RateField(self._text)
        self._label, self._reason = QLabel("rate"), QLabel()
        self.field.setAccessibleName("Rate of a step")
        self.field.setFixedWidth(_FIELD_WIDTH)
        self._label.setBuddy(self.field)
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        for part in (self.button, self._label, self.field):
            self._row.addWidget(part)
        self._row.addWidget(self._reason, 1)
        self.button.clicked.connect(self._step)
        self.field.returnPressed.connect(self._take)
        self.field.left.connect(self._take)
        self.field.textEdited.connect(self._reason.clear)
        self.field.dropped.connect(self._drop)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.button.theme = theme
        pad = theme.metrics["padX"]
        self._row.setContentsMargins(pad, _RING, pad, _RING)
        for part in (self.field, self._label, self._reason):
            part.setFont(theme.font("label"))
        border, ink = theme.color("border").name(), theme.color("ink").name()
        self.field.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {border}; border-radius: {theme.radius['control']}px; "
            f"padding: 4px 7px; background: {theme.color('panel').name()}; color: {ink}; }}"
            f"QLineEdit:focus {{ border: 2px solid {ink}; padding: 3px 6px; }}"
        )
        self._label.setStyleSheet(f"color: {theme.color('ink2').name()}")
        self._reason.setStyleSheet(f"color: {theme.color('danger').name()}")

    def _step(self) -> None:
        if self.field.hasFocus():
            self._take()
        self.step_asked.emit(self._rate, self.button.hold)
        if not self.button.isDown():
            # A screen reader clicks without a press.
            self.button.hold = object()

    def _take(self) -> None:
        """Take over what was typed; left alone, the field shows the rate that holds."""
        text = self.field.text()
        try:
            self._rate, self._text = _rate(text), text
            self._reason.clear()
        except NumberProblem as problem:
            self._reason.setText(f"“{text}”: {problem}" if text.strip() else str(problem))
            if not self.field.hasFocus():
                self.field.setText(self._text)

    def _drop(self) -> None:
        self.field.setText(self._text)
        self._reason.clear()


def _rate(text: str) -> float:
    rate = parse_number(text)
    if not rate > 0:
        raise NumberProblem("has to be above 0")
    if rate > LARGEST_RATE:
        raise NumberProblem(f"at most {LARGEST_RATE:g}")
    return rate
