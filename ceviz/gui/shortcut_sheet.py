"""All keys on one sheet (F1)."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.actions import ENTRIES

_ROW_GAP = 6

_IN_PLACE = {
    "Tables": (
        ("Digits", "type a number"),
        ("Enter, Tab", "take it, go down or right"),
        ("Ctrl Tab", "leave the table"),
        ("Esc", "restore"),
        ("Delete", "clear"),
        ("Up, Down", "prediction of the sample: 0.01 more or less"),
        ("Shift Up, Shift Down", "0.001 more or less"),
        ("Home, End", "prediction of the sample: 0 or 1"),
        ("Space", "choose the true class, or switch a label"),
        ("F2", "rename"),
        ("Ctrl C, Ctrl V", "copy and paste a block"),
        ("Ctrl Shift C", "copy whole rows with headers"),
    ),
    "Curve": (
        ("Left, Right", "0.01 less or more"),
        ("Shift Left, Shift Right", "0.001 less or more"),
        ("PgUp, PgDn", "previous or next sample"),
    ),
    "Simplex": (
        ("Up, Down", "towards the top class, or away from it"),
        ("Left, Right", "towards the class at the left or the right"),
        ("A, B", "take the point of model A or B"),
    ),
    "Formula": (
        ("Left, Right", "previous or next term"),
        ("Up, Down", "0.01 more or less"),
        ("Ctrl C", "copy the worked line as text"),
        ("Ctrl Shift C", "copy the worked line as LaTeX"),
    ),
    "Drag": (
        ("Shift", "finer steps"),
        ("Alt", "this number alone"),
        ("Esc", "back to where it was"),
    ),
}


class ShortcutSheet(QDialog):
    """The keys of the actions, then those of each view."""

    def __init__(self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self._theme = theme
        columns = QHBoxLayout(self)
        columns.setContentsMargins(24, 20, 24, 24)
        columns.setSpacing(40)
        sections = {"Anywhere": _anywhere(actions), **_IN_PLACE}
        for titles in (("Anywhere",), ("Tables", "Drag"), ("Curve", "Simplex", "Formula")):
            column = QVBoxLayout()
            column.setSpacing(_ROW_GAP)
            for title in titles:
                column.addWidget(self._label(title, "title"))
                column.addLayout(self._rows(sections[title]))
                column.addSpacing(16)
            column.addStretch(1)
            columns.addLayout(column)

    def _rows(self, rows: tuple[tuple[str, str], ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(_ROW_GAP)
        for row, (keys, meaning) in enumerate(rows):
            grid.addWidget(self._label(keys, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._label(meaning, "body"), row, 1)
        return grid

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text)
        label.setFont(self._theme.font(role))
        return label


def _anywhere(actions: Mapping[str, QAction]) -> tuple[tuple[str, str], ...]:
    rows = []
    for entry in ENTRIES:
        shortcut: QKeySequence = actions[entry.id].shortcut()
        if not shortcut.isEmpty():
            keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
            rows.append((keys, entry.text))
    return tuple(rows)
