"""Where Tab stops in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from ceviz.gui.tables.grid_view import GridView


def next_stop(view: GridView, forward: bool) -> QModelIndex | None:
    """The next or the previous cell that can be changed, from the current one on."""
    model, current = view.grid_model(), view.currentIndex()
    columns = [c for c in range(model.columnCount()) if not view.isColumnHidden(c)]
    if not columns or not current.isValid():
        return None
    seen = current.column() in columns
    place = current.row() * len(columns) + columns.index(current.column()) if seen else 0
    step = 1 if forward else -1
    # Two rows are far enough: every row has a stop, or none has.
    for number in range(place + step, place + step * (2 * len(columns) + 1), step):
        row, column = divmod(number, len(columns))
        index = model.index(row, columns[column]) if 0 <= row < model.rowCount() else QModelIndex()
        if index.isValid() and model.is_stop(index):
            return index
    return None
