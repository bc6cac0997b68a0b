"""The lenses that the head has no room for, and which three of many classes a simplex shows."""

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
    """Offers other lenses, the usual three of the shown sample, and once there are three, other classes."""

    usual_asked = Signal()
    lens_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.classes: Sequence[str] = ()
        self._lenses: Sequence[tuple[str, str]] = ()
        self._corners: Corners | None = None
        self._task = Task.MULTICLASS
        self.aboutToShow.connect(self._fill)

    def display(self, classes: Sequence[str], corners: Corners | None, task: Task) -> None:
        """`corners`: those shown; None where something else is."""
        self.classes, self._corners, self._task = classes, corners, task

    def display_lenses(self, lenses: Sequence[tuple[str, str]]) -> None:
        """Key and title of lenses that stand nowhere else."""
        self._lenses = lenses

    @property
    def has_entries(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.classes or self._lenses)

    def _fill(self) -> None:
        """Only now: a task may have a thousand classes."""
        self.clear()
        for key, title in self._lenses:
            self.addAction(title).triggered.connect(partial(self.lens_chosen.emit, key))
        if not self.classes:
            return
        text = _USUAL[self._task] if self._corners else "Simplex of three classes…"
        self.addAction(text).triggered.connect(self.usual_asked)
        if self._corners is None:
            return
        self.addSeparator()
        for place, title in enumerate(_PLACES):
            self._add_corner(self._corners, place, title)

    def _add_corner(self, corners: Corners, place: int, title: str) -> None:
        menu = self.addMenu(f"{title}: {entry(self.classes[corners[place]])}")
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
        for k, name in enumerate(self.classes):
            action = menu.addAction(entry(name))
            action.setCheckable(True)
            action.setChecked(k == corners[place])
            lens = simplex_lens(with_corner(corners, place, k), len(self.classes))
            action.triggered.connect(partial(self.lens_chosen.emit, lens))
