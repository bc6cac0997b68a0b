"""Typing the weight of a sample, in the context menu of its row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget, QWidgetAction

from ceviz.explain.numbers import parse_number, typed
from ceviz.gui.tables.temperature_row import NumberField

_WIDTH = 140


class WeightMenu(QMenu):
    """A menu that is a field: Enter takes the number, or says why not."""

    def __init__(self, weight: float, take: Callable[[float], None], parent: QMenu) -> None:
        """`take` raises ValueError with the reason why a number cannot be taken."""
        super().__init__(f"Weight {typed(weight)}", parent)
        self._take = take
        self._outer = parent
        body = QWidget()
        self.field = NumberField(body)
        self.field.setText(typed(weight))
        self.field.setAccessibleName("Weight of the sample")
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFixedWidth(_WIDTH)
        self._reason = QLabel()
        self._reason.setObjectName("reason")
        self._reason.hide()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self.field)
        layout.addWidget(self._reason)
        action = QWidgetAction(self)
        action.setDefaultWidget(body)
        self.addAction(action)
        self.field.returnPressed.connect(self._finish)
        self.aboutToShow.connect(self.field.setFocus)

    def _finish(self) -> None:
        try:
            self._take(parse_number(self.field.text()))
        except ValueError as reason:
            text = str(reason)
            self._reason.setText(text[:1].upper() + text[1:])
            self._reason.show()
            self.adjustSize()
            return
        self._outer.close()
