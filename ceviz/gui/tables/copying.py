"""Copying whole rows of a table, with the names of their columns."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from ceviz.gui.tables.grid_model import GridModel

COPY_WITH_HEADERS = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)


def copy_with_headers(table: QTableView) -> None:
    """The rows of the selected cells of a table on a GridModel, for a spreadsheet."""
    rows = sorted({index.row() for index in table.selectionModel().selectedIndexes()})
    model = table.model()
    if rows and isinstance(model, GridModel):
        QGuiApplication.clipboard().setText(model.headed(rows))
