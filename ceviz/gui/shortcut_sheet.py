"""All keys on one sheet (F1)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.actions import ENTRIES, key_text
from ceviz.gui.card_dialog import CardDialog, scrolled

_SIZE = QSize(880, 824)
_ROW_GAP = 5
_COLUMNS = (
    ("Anywhere", "Drag, or hold an arrow", "Frameworks, Traps"),
    ("Tables", "Curve", "Simplex", "Formula"),
)

_IN_PLACE = {
    "Tables": (
        ("Digits", "type a number"),
        ("Enter, Tab", "take it, go down or right"),
        ("Ctrl Tab", "leave the table"),
        ("Esc", "restore"),
        ("Delete", "clear; on a sample’s number, remove it"),
        ("Up, Down", "a number of the sample: 0.01 more or less"),
        ("Home, End", "a number of the sample: 0 or 1"),
        ("Space", "choose the true class, or switch a label"),
        ("F2", "edit the number or the name"),
        ("Menu", "what else can be done to a row"),
        ("Ctrl C, Ctrl X, Ctrl V", "copy, cut and paste a block"),
        ("Ctrl Shift C", "copy whole rows with headers"),
    ),
    "Curve": (
        ("Left, Right", "0.01 less or more"),
        ("Up, Down", "another point, where there are several"),
        ("Enter, Shift Enter", "type p, or the loss"),
        ("PgUp, PgDn", "previous or next sample"),
    ),
    "Simplex": (
        ("Up, Down", "towards the top class, or away from it"),
        ("Left, Right", "towards the class at the left or the right"),
        ("Alt with an arrow", "move the soft target"),
        ("A, B", "take the point of model A or B"),
    ),
    "Formula": (
        ("Left, Right", "previous or next term"),
        ("Up, Down", "0.01 more or less"),
        ("Enter", "go to the class in the table"),
        ("Ctrl C", "copy the worked line as text"),
        ("Ctrl Shift C", "copy the worked line as LaTeX"),
    ),
    "Drag, or hold an arrow": (
        ("Shift", "finer steps"),
        ("Alt", "this number alone"),
        ("Esc", "back to where it was"),
    ),
    "Frameworks, Traps": (
        ("Enter", "compute by this call, open a trap"),
        ("Ctrl C", "copy the call’s code"),
    ),
}


class ShortcutSheet(CardDialog):
    """The keys of the actions, then those of each view."""

    def __init__(self, actions: Mapping[str, QAction], theme: Theme, window: QWidget) -> None:
        super().__init__("Keys", _SIZE, theme, window)
        sections = {"Anywhere": _anywhere(actions), **_IN_PLACE}
        columns = QHBoxLayout()
        columns.setContentsMargins(24, 16, 24, 16)
        columns.setSpacing(48)
        for titles in _COLUMNS:
            columns.addLayout(self._column({title: sections[title] for title in titles}))
        columns.addStretch(1)
        sheet = QWidget()
        sheet.setLayout(columns)
        area = scrolled(sheet)
        # Arrows and pages scroll it.
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName("Keys")
        self.body.addWidget(area)

    def _column(self, sections: Mapping[str, tuple[tuple[str, str], ...]]) -> QGridLayout:
        """Sections below one another, their keys as wide as the widest of all."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(_ROW_GAP)
        for title, rows in sections.items():
            if grid.count():
                grid.setRowMinimumHeight(grid.rowCount(), 10)
            grid.addWidget(self._label(title, "title", "ink"), grid.rowCount(), 0, 1, 2)
            for keys, meaning in rows:
                row = grid.rowCount()
                grid.addWidget(self._label(keys, "label", "ink2"), row, 0)
                grid.addWidget(self._label(meaning, "body", "ink"), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid

    def _label(self, text: str, role: str, ink: str) -> QLabel:
        label = QLabel(text)
        label.setFont(self.theme.font(role))
        label.setStyleSheet(f"color: {self.theme.color(ink).name()};")
        return label


def _anywhere(actions: Mapping[str, QAction]) -> tuple[tuple[str, str], ...]:
    named = [(key_text(actions[entry.id]), entry.text) for entry in ENTRIES]
    return tuple((keys, text) for keys, text in named if keys)
