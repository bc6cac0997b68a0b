"""The temperature of the softmax: a number field and a logarithmic slider."""

from __future__ import annotations

import math
from itertools import count

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QLineEdit, QSlider, QWidget

from ceviz.core import edits
from ceviz.core.document import TaskState
from ceviz.drawing.number_text import fitted
from ceviz.drawing.painting import number_width, paint_focus_ring, round_bar
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.numbers import parse_number
from ceviz.explain.shown import Shown
from ceviz.gui.tables.cell_editing import ReasonLabel
from ceviz.gui.tables.sample_columns import INSET

_SPAN = 100
"""Steps of the slider per power of ten, from 0.1 to 10."""
_SNAP = 6
_HEIGHT, _FIELD_LEFT, _FIELD, _AROUND_NUMBER = 28, 95, 66, 16
_SHORTEST_SLIDER, _FORMULA = 40, 137
"""In px: the slider's least width, and the room right of it."""
_drags = count()


class LogSlider(QSlider):
    """A slim slider from 0.1 to 10 on a logarithmic scale; `moved` tells what a person chose."""

    moved = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self.setRange(-_SPAN, _SPAN)
        self.setPageStep(10)
        self.setAccessibleName("Temperature")
        self.actionTriggered.connect(self._acted)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def display(self, temperature: float) -> None:
        self.setValue(round(math.log10(max(temperature, 1e-300)) * _SPAN))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(True)
        self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, x, y = self._theme, self._x(), self.height() / 2
        groove = QRectF(self._left(), y - 2, self._length(), 4)
        round_bar(painter, groove, 2, theme.color("selected"))
        round_bar(painter, QRectF(groove.left(), y - 2, x - groove.left(), 4), 2, theme.color("ink2"))
        painter.setPen(QPen(theme.color("ink2"), 2))
        painter.setBrush(theme.color("panel"))
        painter.drawEllipse(QPointF(x, y), 8, 8)
        if self.hasFocus():
            paint_focus_ring(painter, QRectF(x - 7, y - 7, 14, 14), 7, theme)
        painter.end()

    def _left(self) -> float:
        return 11.0

    def _length(self) -> float:
        return self.width() - 2 * self._left()

    def _x(self) -> float:
        return self._left() + (self.value() + _SPAN) / (2 * _SPAN) * self._length()

    def _move_to(self, x: float) -> None:
        place = round((x - self._left()) / self._length() * 2 * _SPAN) - _SPAN
        self._choose(0 if abs(place) < _SNAP else max(-_SPAN, min(_SPAN, place)))

    def _acted(self, action: int) -> None:
        if action != QAbstractSlider.SliderAction.SliderMove.value:
            self._choose(self.sliderPosition())

    def _choose(self, place: int) -> None:
        self.moved.emit(float(f"{10 ** (place / _SPAN):.3g}"))


class NumberField(QLineEdit):
    """A field that is all selected when it is entered, so that typing replaces what is in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entered = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._entered = event.reason() == Qt.FocusReason.MouseFocusReason
        self.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self._entered:
            self.selectAll()
        self._entered = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # going on, it would end the glide that it began, and close a menu


class TemperatureRow(QWidget):
    """Label, number, slider and the formula that the temperature stands in."""

    edited = Signal(object, str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._state: TaskState | None = None
        self._shown = 0.0
        """The temperature that the field was last written with."""
        self._formula = ""
        self._press: object = None
        self.field = NumberField(self)
        self.field.setAccessibleName("Temperature")
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider = LogSlider(theme)
        self.slider.setParent(self)
        self.reason = ReasonLabel(self, theme)
        self.field.editingFinished.connect(self.finish_editing)
        self.field.textEdited.connect(self.reason.hide)
        self.slider.sliderPressed.connect(self._start)
        self.slider.sliderReleased.connect(self._start)
        self.slider.moved.connect(self._moved)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.slider.set_theme(theme)
        self.reason.set_theme(theme)
        self._place()
        ink, border, control = (
            theme.color("ink").name(),
            theme.color("border").name(),
            theme.radius["control"],
        )
        self.field.setStyleSheet(
            f"QLineEdit {{ border: 1px solid transparent; border-radius: {control}px;"
            f" background: transparent; color: {ink}; padding: 0 3px; }}"
            f" QLineEdit:hover {{ border-color: {border}; }}"
            f" QLineEdit:focus {{ border: 2px solid {ink}; padding: 0 2px; }}"
        )
        self.update()

    def display(self, shown: Shown) -> None:
        self._state = shown.state
        temperature = shown.state.options.temperature
        # What is being typed, or was refused, stays until it is mended or there is another temperature.
        if not self.field.isModified() or (temperature != self._shown and not self.field.hasFocus()):
            self.reason.hide()
            self._write(temperature)
        self.slider.display(temperature)
        self._formula = f"p = {'softmax' if shown.task.competing else 'sigmoid'}(z / T)"
        self.update()

    def _write(self, temperature: float) -> None:
        self._shown = temperature
        text = numbers.fixed(temperature, 2)
        if float(text) != temperature:
            text = numbers.typed(temperature)
        # The same text would lose its selection.
        if text != self.field.text():
            self.field.setText(text)
            self._place()
        self.field.setModified(False)

    def give_up_editing(self) -> None:
        """Back to the temperature that there is."""
        self.reason.hide()
        self._write(self._shown)

    def finish_editing(self) -> bool:
        """Take over what is typed; False where it makes no sense and stays."""
        if self._state is None or not self.field.isModified():
            return True
        try:
            state = edits.set_temperature(self._state, parse_number(self.field.text()))
        except ValueError as error:
            self.reason.show_at(self.field.geometry(), self, str(error), passing=False)
            return False
        self.reason.hide()
        self._write(state.options.temperature)
        self.edited.emit(state, "Set temperature", None)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        """The field has room for its number; the slider stays where it is while it is dragged."""
        if self.slider.isSliderDown():
            return
        top, right = (self.height() - _HEIGHT) // 2, self.width() - _FORMULA
        text, font = self.field.text(), self.theme.font("value")
        number = math.ceil(number_width(text, font)) + _AROUND_NUMBER
        width = max(_FIELD, min(number, right - _SHORTEST_SLIDER - _FIELD_LEFT))
        self.field.setFont(fitted(font, text, width - _AROUND_NUMBER))
        self.field.setGeometry(_FIELD_LEFT, top, width, _HEIGHT)
        left = _FIELD_LEFT + width - 2
        self.slider.setGeometry(left, top, max(_SHORTEST_SLIDER, right - left), _HEIGHT)

    def hideEvent(self, event: QHideEvent) -> None:
        self.give_up_editing()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self.theme.font("title", weight=400))
        painter.setPen(self.theme.color("ink2"))
        painter.drawText(self.rect().adjusted(int(INSET), 0, 0, 0), middle, "Temperature")
        painter.setFont(self.theme.font("label", weight=400))
        painter.setPen(self.theme.color("ink3"))
        right = self.rect().adjusted(0, 0, -int(INSET) - 5, 0)
        painter.drawText(right, middle | int(Qt.AlignmentFlag.AlignRight), self._formula)
        painter.end()

    def _start(self) -> None:
        self._press = ("temperature", next(_drags))
        self._place()

    def _moved(self, temperature: float) -> None:
        if self._state is not None:
            self.give_up_editing()
            key = self._press if self.slider.isSliderDown() else None
            state = edits.set_temperature(self._state, temperature)
            self.edited.emit(state, "Set temperature", key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._state is not None:
            self.give_up_editing()
            self.field.selectAll()
            return
        super().keyPressEvent(event)
