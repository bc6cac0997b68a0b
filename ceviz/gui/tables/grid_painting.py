"""Paints the cells of a table, of a region those alone that reach into it.

Qt's own way asks the model twice for the flags of each cell, and the style for its ground.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

if TYPE_CHECKING:
    from ceviz.gui.tables.grid_view import GridView

_ANTIALIASING = QPainter.RenderHint.Antialiasing
Place = tuple[int, int]
"""Row and column of a cell."""


def paint_cells(view: GridView, painter: QPainter, region: QRegion) -> None:
    """Have the delegates paint what of the cells lies in a region of the viewport."""
    model, option = view.grid_model(), QStyleOptionViewItem()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for row, column in sorted(view.cells_in(region)):
        index = model.createIndex(row, column)
        option.rect = view.visualRect(index)
        view.itemDelegateForIndex(index).paint(painter, option, index)
    painter.restore()


def fill_cell(painter: QPainter, cell: QRectF, color: QColor) -> None:
    """Give a cell its ground, with sharp edges: at a scale of 150 % soft ones leave a line between cells."""
    painter.setRenderHint(_ANTIALIASING, False)
    painter.fillRect(cell, color)
    painter.setRenderHint(_ANTIALIASING)


def places_in(view: QTableView, region: QRegion) -> set[Place]:
    """The cells that reach into a region, hidden columns left out."""
    # The stubs do not know that a region is a sequence of rectangles.
    return {place for rect in cast("Iterable[QRect]", region) for place in _places(view, rect)}


def _places(view: QTableView, rect: QRect) -> Iterable[Place]:
    top, bottom = view.rowAt(rect.top()), view.rowAt(rect.bottom())
    left, right = view.columnAt(rect.left()), view.columnAt(rect.right())
    if top < 0 or left < 0:
        return ()
    last = bottom if bottom >= 0 else view.model().rowCount() - 1
    end = right if right >= 0 else view.model().columnCount() - 1
    columns = [column for column in range(left, end + 1) if view.columnWidth(column)]
    return [(row, column) for row in range(top, last + 1) for column in columns]
