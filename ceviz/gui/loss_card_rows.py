"""The rows of the card that says how the loss is computed: a call to choose, an option to type."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QRadioButton,
    QToolButton,
    QWidget,
)

from ceviz.drawing import painting, pictures
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.loss_options import CallChoice, OptionChoice
from ceviz.explain.numbers import NumberProblem, parse_number
from ceviz.explain.parts import elided
from ceviz.gui.controls import KeyboardFocus, paint_focus
from ceviz.gui.tables.temperature_row import NumberField

_ROW, _REASON = 28, 18
_RING, _TEXT = 8.0, 26.0
_FIELD = 84


class CallButton(QRadioButton):
    """A call as a program writes it; under one that cannot be chosen stands why."""

    def __init__(self, call: CallChoice, theme: Theme) -> None:
        super().__init__(call.title)
        self.call = call
        self._theme = theme
        self._focus = KeyboardFocus(self)
        self.setEnabled(not call.fault)
        self.setAccessibleDescription(call.fault)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        width = painting.text_width(self.text(), self._theme.font("label", 500))
        return QSize(round(_TEXT + width) + 6, _ROW + (_REASON if self.call.fault else 0))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._focus.shown:
            paint_focus(painter, QRectF(self.rect()), theme.radius["control"], theme)
        ink = theme.color("ink" if on else "ink2" if self.isEnabled() else "ink3")
        middle = QPointF(_RING + 4, _ROW / 2)
        painter.setPen(QPen(theme.color("ink" if on else "border"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 7, 7)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(middle, 3.5, 3.5)
        painter.setPen(ink)
        painter.setFont(theme.font("label", 600 if on else 500))
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(_TEXT, 0, self.width() - _TEXT, _ROW), flags, self.text())
        painter.setFont(theme.font("label", 400))
        painter.setPen(theme.color("ink3"))
        painter.drawText(QRectF(_TEXT, _ROW - 5, self.width() - _TEXT, _REASON), flags, self.call.fault)


class _Field(NumberField):
    """Esc restores what holds; where that is what stands there, it is for the card."""

    restored = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.restored.emit()
        else:
            super().keyPressEvent(event)


class OptionRow(QWidget):
    """An option that is on: its numbers, and a cross that switches it off."""

    number_typed = Signal(str, int, float, str)
    """Option, place, number, and the name of the edit."""
    switched_off = Signal(str, str)
    height_changed = Signal()

    def __init__(self, option: OptionChoice, theme: Theme) -> None:
        super().__init__()
        self._option, self._theme = option, theme
        self.fields = [self._field(place) for place in range(len(option.numbers))]
        self._remark, self._reason = note("", "ink2", theme), note("", "danger", theme)
        self._reason.setObjectName("optionReason")
        self.cross = self._cross()
        self._lay_out()
        self.display(option)

    def fits(self, option: OptionChoice) -> bool:
        """Whether the row has the fields of an option."""
        mine = self._option
        return (mine.names, len(mine.numbers)) == (option.names, len(option.numbers))

    def display(self, option: OptionChoice) -> None:
        """Show the numbers that hold; what is being typed stays."""
        self._option = option
        for place, field in enumerate(self.fields):
            if not (field.hasFocus() and field.isModified()):
                self._restore(place)
        self._remark.setText(option.remark)
        self._remark.setStyleSheet(_ink("ink2" if option.taken else "danger", self._theme))
        self._remark.setVisible(bool(option.remark))

    def refuse(self, place: int, reason: str) -> None:
        """A number cannot be meant: its text stays, with the reason."""
        self.fields[place].setModified(True)
        self.say(reason)

    def say(self, reason: str) -> None:
        """Why what was typed is not taken; nothing hides it."""
        self._reason.setText(reason[:1].upper() + reason[1:])
        if self._reason.isHidden() == bool(reason):
            self._reason.setVisible(bool(reason))
            self.height_changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(note(self._option.title, "ink", self._theme), 0, 0)
        grid.addWidget(self.cross, 0, 2)
        first = 1 if self._option.names else 0
        for place, field in enumerate(self.fields):
            if self._option.names:
                name = note(elided(self._option.names[place], 40), "ink2", self._theme)
                name.setIndent(12)
                grid.addWidget(name, first + place, 0)
            grid.addWidget(field, first + place, 1)
        for row, label in enumerate((self._remark, self._reason), first + len(self.fields)):
            grid.addWidget(label, row, 0, 1, 3)
        self.say("")

    def _field(self, place: int) -> _Field:
        field = _Field(self)
        of = f" of {self._option.names[place]}" if self._option.names else ""
        field.setAccessibleName(f"{self._option.title}{of}")
        field.setFixedSize(_FIELD, _ROW)
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setFont(self._theme.font("label", 600))
        ink, border = (self._theme.color(name).name() for name in ("ink", "border"))
        field.setStyleSheet(
            f"QLineEdit {{ border: 1px solid {border}; border-radius: {self._theme.radius['control']}px;"
            f" background: transparent; color: {ink}; padding: 0 6px; }}"
            f"QLineEdit:focus {{ border: 2px solid {ink}; padding: 0 5px; }}"
        )
        field.editingFinished.connect(lambda: self._take(place))
        field.textEdited.connect(lambda: self.say(""))
        field.restored.connect(lambda: self._restore(place))
        return field

    def _cross(self) -> QToolButton:
        cross = QToolButton()
        cross.setIcon(pictures.icon("x", self._theme.color("ink2"), 16))
        cross.setIconSize(QSize(16, 16))
        cross.setFixedSize(_ROW, _ROW)
        cross.setStyleSheet("QToolButton { padding: 0; } QToolButton:focus { padding: 0; }")
        cross.setAccessibleName(f"Remove {self._option.title[0].lower()}{self._option.title[1:]}")
        cross.clicked.connect(lambda: self.switched_off.emit(self._option.key, self._option.title))
        return cross

    def _restore(self, place: int) -> None:
        self.say("")
        field, text = self.fields[place], numbers.typed(self._option.numbers[place])
        if field.text() != text:
            field.setText(text)
        field.setModified(False)

    def _take(self, place: int) -> None:
        field = self.fields[place]
        if not field.isModified():
            return
        try:
            number = parse_number(field.text())
        except NumberProblem as problem:
            self.say(str(problem))
            return
        field.setModified(False)
        of = f" of {self._option.names[place]}" if self._option.names else ""
        self.number_typed.emit(self._option.key, place, number, f"{self._option.title}{of}")


def note(text: str, ink: str, theme: Theme) -> QLabel:
    """A line of the card, or a few."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(theme.font("label", 500 if ink == "ink" else 400))
    label.setStyleSheet(_ink(ink, theme))
    return label


def _ink(name: str, theme: Theme) -> str:
    return f"color: {theme.color(name).name()}"
