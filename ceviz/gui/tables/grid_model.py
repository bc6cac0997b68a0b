"""What both models have in common: they turn what a person did into edits and change nothing themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ceviz.core.document import TaskState
from ceviz.explain import numbers
from ceviz.explain.shown import Shown

Index = QModelIndex | QPersistentModelIndex
Block = Sequence[Sequence[float]]
NO_INDEX = QModelIndex()


class Change(NamedTuple):
    """A new state, and the words for it in the undo menu."""

    state: TaskState
    text: str
    merge_key: object = None


class GridModel(QAbstractTableModel):
    """A table of one `Shown`. The methods that return a `Change` raise ValueError with a plain reason."""

    edited = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: Shown | None = None

    def emit_change(self, change: Change) -> None:
        self.edited.emit(*change)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        try:
            change = self.typed(index, str(value))
        except ValueError:
            return False
        self.emit_change(change)
        return True

    def refusal(self, index: Index, text: str) -> str:
        """Why `text` cannot stand in a cell, or nothing."""
        try:
            self.typed(index, text)
        except ValueError as error:
            return str(error)
        return ""

    def edit_text(self, index: Index) -> str:
        """What an editor starts with: the number in full precision, or the name."""
        value = self.data(index, Qt.ItemDataRole.EditRole)
        return numbers.typed(value) if isinstance(value, float) else str(value or "")

    def typed(self, index: Index, text: str) -> Change:
        raise NotImplementedError

    def takes_numbers(self, index: Index) -> bool:
        """Whether typing a digit opens an editor."""
        raise NotImplementedError

    def example(self) -> str:
        """A number as it could be typed."""
        return "1.5" if self.shown is not None and self.shown.in_logits else "0.4"

    def is_stop(self, index: Index) -> bool:
        """Whether Tab stops at a cell."""
        raise NotImplementedError

    def toggled(self, index: Index, on: bool | None = None) -> Change | None:
        """The target of a cell switched, or switched on or off; None where that means nothing."""
        raise NotImplementedError

    def cleared(self, indexes: Sequence[Index]) -> Change | None:
        """The numbers of the cells set to 0."""
        raise NotImplementedError

    def block(self, indexes: Sequence[Index]) -> Block:
        """The numbers of the cells, row by row."""
        raise NotImplementedError

    def headed(self, rows: Sequence[int]) -> str:
        """All names and numbers of some rows, under their heads."""
        raise NotImplementedError

    def pasted(self, index: Index, rows: Block) -> Change:
        raise NotImplementedError
