"""Which three of many classes a simplex shows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ceviz.core.corners import Corners, simplex_lens, with_corner
from ceviz.core.document import Task
from ceviz.gui.plain_text import entry

_PLACES = ("At the top", "At the lower left", "At the lower right")
_USUAL = {
    Task.MULTICLASS: "The true class and the two largest others",
    Task.SOFT: "The three largest of the target",
}


class CornersMenu(QMenu):
    """Offers the usual three of the shown sample, and once there are three, other classes for each corner."""

    usual_asked = Signal()
    lens_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._classes: Sequence[str] = ()
        self._corners: Corners | None = None
        self._task = Task.MULTICLASS
        self.aboutToShow.connect(self._fill)

    def display(self, classes: Sequence[str], corners: Corners | None, task: Task) -> None:
        """`corners`: those shown; None where something else is."""
        self._classes, self._corners, self._task = classes, corners, task

    def _fill(self) -> None:
        """Only now: a task may have a thousand classes."""
        self.clear()
        text = _USUAL[self._task] if self._corners else "Simplex of three classes…"
        self.addAction(text).triggered.connect(self.usual_asked)
        if self._corners is None:
            return
        self.addSeparator()
        for place, title in enumerate(_PLACES):
            self._add_corner(self._corners, place, title)

    def _add_corner(self, corners: Corners, place: int, title: str) -> None:
        menu = self.addMenu(f"{title}: {entry(self._classes[corners[place]])}")
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        for k, name in enumerate(self._classes):
            action = menu.addAction(entry(name))
            action.setCheckable(True)
            action.setChecked(k == corners[place])
            lens = simplex_lens(with_corner(corners, place, k), len(self._classes))
            action.triggered.connect(partial(self.lens_chosen.emit, lens))
