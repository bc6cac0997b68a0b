"""The card under "Computed as": convention, call, precision, reduction, and the options that are on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ceviz.core import edits
from ceviz.core.document import Convention, Precision, Reduction, Task, TaskState
from ceviz.drawing.pictures import icon
from ceviz.drawing.theme import Theme
from ceviz.explain.convention_table import CONVENTION_NAMES
from ceviz.explain.loss_options import LossChoices, OptionChoice, loss_choices
from ceviz.explain.shown import Shown
from ceviz.gui.button_menu import give_menu
from ceviz.gui.choice_button import ValueButton
from ceviz.gui.controls import SegmentedControl, press_by_enter
from ceviz.gui.loss_card_rows import CallButton, OptionRow, note

_WIDTH = 468
_PADDING = 16
_LABEL = 84
_GAP, _MARGIN = 4, 12
"""Between the button and the card, and between the card and the edge of the window."""


class LossCard(QFrame):
    """Lives from `open` until the focus goes elsewhere; every change is an edit of its own."""

    edited = Signal(object, str)
    closed = Signal()

    def __init__(self, anchor: ValueButton, theme: Theme, task: Task) -> None:
        super().__init__(anchor.window())
        self.setObjectName("lossOptions")
        self.setAccessibleName("How the loss is computed")
        self._anchor, self._theme, self._task = anchor, theme, task
        self._state: TaskState | None = None
        self._choices: LossChoices | None = None
        self._rows: dict[str, OptionRow] = {}
        self._before: QWidget | None = None
        """What had the keyboard when the card opened."""
        self._group = QButtonGroup(self)
        self._conventions = SegmentedControl([(c.value, name) for c, name in CONVENTION_NAMES.items()], theme)
        self._precisions = SegmentedControl([(p.value, p.value) for p in Precision], theme)
        self._reductions = SegmentedControl([(r.value, r.value) for r in Reduction], theme)
        self._how, self._refusal, self._mean = (note("", ink, theme) for ink in ("ink2", "danger", "ink2"))
        self._calls, self._options = QVBoxLayout(), QVBoxLayout()
        self._add = QPushButton("Add option")
        give_menu(self._add, QMenu(self._add))
        self._lay_out()
        self._style()
        self._connect()
        self.hide()

    def _connect(self) -> None:
        self._conventions.chosen.connect(self._choose_convention)
        self._precisions.chosen.connect(
            lambda key: self._attempt(f"Compute in {key}", lambda s: edits.set_precision(s, Precision(key)))
        )
        self._reductions.chosen.connect(
            lambda key: self._attempt(f"Reduction: {key}", lambda s: edits.set_reduction(s, Reduction(key)))
        )

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._layout = content = QVBoxLayout(self._content)
        content.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        content.setSpacing(8)
        for part in (self._calls, self._options):
            part.setSpacing(2)
        content.addWidget(self._conventions)
        content.addWidget(self._how)
        content.addLayout(self._calls)
        content.addWidget(self._refusal)
        content.addWidget(self._line())
        content.addLayout(self._labelled("Precision", self._precisions))
        content.addLayout(self._labelled("Reduction", self._reductions))
        content.addWidget(self._mean)
        content.addWidget(self._line())
        content.addLayout(self._options)
        content.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._scroll)

    def _labelled(self, text: str, control: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        label = note(text, "ink2", self._theme)
        label.setFixedWidth(_LABEL)
        control.setAccessibleName(text)
        row.addWidget(label)
        row.addWidget(control)
        row.addStretch(1)
        return row

    def _line(self) -> QFrame:
        line = QFrame()
        line.setFixedHeight(1)
        line.setStyleSheet(f"background: {self._theme.color('hairline').name()};")
        return line

    def _style(self) -> None:
        theme = self._theme
        panel, border, ink2, hover, ink = (
            theme.color(name).name() for name in ("panel", "border", "ink2", "hover", "ink")
        )
        self.setStyleSheet(
            f"#lossOptions {{ background: {panel}; border: 1px solid {border};"
            f" border-radius: {theme.radius['popup']}px; }}"
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        self._add.setIcon(icon("plus", theme.color("ink2"), 18))
        self._add.setIconSize(QSize(18, 18))
        self._add.setStyleSheet(
            f"QPushButton {{ border: none; background: transparent; color: {ink2}; padding: 0 4px;"
            f" font-size: {theme.size('label')}px; font-weight: 500; min-height: 26px;"
            f" border-radius: {theme.radius['control']}px; }}"
            "QPushButton::menu-indicator { image: none; width: 0; }"
            f"QPushButton:hover {{ background: {hover}; }}"
            f"QPushButton:focus {{ border: 2px solid {ink}; padding: 0 2px; min-height: 22px; }}"
        )

    # Opening and closing

    def open(self) -> None:
        """Appear under the button and take the keyboard; what holds has been displayed."""
        self._before = QApplication.focusWidget()
        self.show()
        self.raise_()
        self._conventions.take_focus(self._anchor.focus_reason())
        self.window().installEventFilter(self)
        _application().focusChanged.connect(self._follow_focus)

    def close_card(self) -> None:
        """Go, and give the keyboard back where it is here."""
        if self.isHidden():
            return
        _application().focusChanged.disconnect(self._follow_focus)
        self.window().removeEventFilter(self)
        focus = QApplication.focusWidget()
        self.hide()
        if focus is not None and self.isAncestorOf(focus):
            self._give_back()
        self.closed.emit()
        self.deleteLater()

    def _give_back(self) -> None:
        """Give the keyboard to where it was before: to the button only if it was there."""
        before = self._before
        if before is None or before is self._anchor or not isValid(before) or not before.isVisible():
            self._anchor.setFocus(self._anchor.focus_reason())
        else:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        within = now is None or now is self._anchor or self.isAncestorOf(now)
        if not within and QApplication.activePopupWidget() is None:
            self.close_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.Resize):
            self.close_card()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a press that reaches the window is one beside the card

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif not press_by_enter(event):
            super().keyPressEvent(event)

    # What is shown

    def display(self, shown: Shown) -> None:
        """Show what holds now."""
        choices, before = loss_choices(shown), self._choices
        self._state, self._choices = shown.state, choices
        self._conventions.display(choices.convention.value)
        self._precisions.display(choices.precision.value)
        self._reductions.display(choices.reduction.value)
        texts = (choices.how, choices.refusal, choices.mean)
        for label, text in zip((self._how, self._refusal, self._mean), texts, strict=True):
            _write(label, text)
        if before is None or before.calls != choices.calls:
            self._build_calls(choices)
        self._build_options(choices)
        self._display_calls(choices)
        for option in choices.options:
            self._rows[option.key].display(option)
        self._offer(choices)
        self._order_tabs()
        self._place()

    def _build_calls(self, choices: LossChoices) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
            _discard(old)
        for call in choices.calls:
            button = CallButton(call, self._theme)
            button.clicked.connect(partial(self._choose_call, call.name))
            self._group.addButton(button)
            self._calls.addWidget(button)
            button.show()

    def _display_calls(self, choices: LossChoices) -> None:
        self._group.setExclusive(False)  # else none could be unchecked
        for button in self._group.buttons():
            assert isinstance(button, CallButton)
            button.setChecked(button.call.name == choices.call)
        self._group.setExclusive(True)

    def _build_options(self, choices: LossChoices) -> None:
        """A row for each option; one that fits stays, and with it what is being typed."""
        wanted = {option.key: option for option in choices.options}
        for key, row in list(self._rows.items()):
            if key not in wanted or not row.fits(wanted[key]):
                _discard(self._rows.pop(key))
        for place, (key, option) in enumerate(wanted.items()):
            if key not in self._rows:
                self._rows[key] = self._row(option, place)

    def _row(self, option: OptionChoice, place: int) -> OptionRow:
        row = OptionRow(option, self._theme)
        row.number_typed.connect(self._set_number)
        row.switched_off.connect(self._switch_off)
        row.height_changed.connect(self._place)
        self._options.insertWidget(place, row)
        row.show()
        return row

    def _offer(self, choices: LossChoices) -> None:
        menu = self._add.menu()
        menu.clear()
        for key, title in choices.offered:
            menu.addAction(title, partial(self._switch_on, key, title))
        self._add.setVisible(bool(choices.offered))

    def _order_tabs(self) -> None:
        """Tab goes from top to bottom; what was made later would come later."""
        fields = [part for row in self._rows.values() for part in (*row.fields, row.cross)]
        chain = [*self._group.buttons(), *self._precisions.segments(), *self._reductions.segments(), *fields]
        for before, after in pairwise([*self._conventions.segments(), *chain, self._add]):
            QWidget.setTabOrder(before, after)

    def _place(self) -> None:
        """Under the button, as high as it needs to be and as there is room for."""
        window = self.window()
        right = self._anchor.mapTo(window, QPoint(self._anchor.width(), self._anchor.height() + _GAP))
        wanted = self._layout.totalHeightForWidth(_WIDTH - 2)
        height = min(wanted + 4, window.height() - right.y() - _MARGIN)
        self.setGeometry(min(right.x(), window.width() - _MARGIN) - _WIDTH, right.y(), _WIDTH, height)

    # What a person does

    def _attempt(self, text: str, change: Callable[[TaskState], TaskState]) -> None:
        assert self._state is not None
        try:
            state = change(self._state)
        except ValueError as reason:
            _write(self._refusal, str(reason))
            return
        self.edited.emit(state, text)

    def _choose_convention(self, key: str) -> None:
        chosen = Convention(key)
        text = f"Compute as {CONVENTION_NAMES[chosen]}"
        self._attempt(text, lambda state: edits.set_convention(state, self._task, chosen))

    def _choose_call(self, name: str) -> None:
        assert self._choices is not None
        chosen = self._choices.convention
        self._attempt(
            f"Compute by {name}", lambda state: edits.set_convention(state, self._task, chosen, name)
        )

    def _switch_on(self, key: str, title: str) -> None:
        self._attempt(f"{title} on", lambda state: edits.switch_on(state, self._task, key))
        if key in self._rows:
            self._rows[key].fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch_off(self, key: str, title: str) -> None:
        # The row, and the focus with it, is about to go.
        self._conventions.take_focus(Qt.FocusReason.OtherFocusReason)
        self._attempt(f"{title} off", lambda state: edits.switch_off(state, self._task, key))

    def _set_number(self, key: str, place: int, number: float, text: str) -> None:
        assert self._state is not None
        try:
            state = edits.set_option_number(self._state, self._task, key, place, number)
        except ValueError as reason:
            self._rows[key].refuse(place, str(reason))
            return
        self.edited.emit(state, text)


def _write(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _discard(widget: QWidget) -> None:
    widget.setParent(None)
    widget.deleteLater()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
