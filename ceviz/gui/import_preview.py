"""The table of an import as it stands in the file, its columns coloured by what they are used for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTableView, QWidget

from ceviz.drawing.theme import Theme
from ceviz.files.tables.table import Role, Table

_ROW, _HEAD = 26, 46
_WIDTH = 96
_ROLES = {Role.LABEL: "Label", Role.CLASS: "Class", Role.NAME: "Name of the sample", Role.IGNORED: "Left out"}
_SHORT = {**_ROLES, Role.NAME: "Name"}
Place = tuple[int | None, int | None]
"""The row and the column of what is wrong, where it has them."""
_Index = QModelIndex | QPersistentModelIndex


class PreviewModel(QAbstractTableModel):
    """All rows of a table; what is not in sight costs nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.table: Table | None = None
        self.roles: tuple[Role, ...] = ()
        self._classes: dict[int, int] = {}
        self._fault: Place = (None, None)

    def display(self, table: Table | None, roles: tuple[Role, ...], fault: Place) -> None:
        """Show a table and what is wrong with it."""
        classes = (column for column, role in enumerate(roles) if role is Role.CLASS)
        self._classes = {column: index for index, column in enumerate(classes)}
        if table is not self.table:
            self.beginResetModel()
            self.table, self.roles, self._fault = table, roles, fault
            self.endResetModel()
            return
        self.roles, self._fault = roles, fault
        if table is not None:
            last = self.index(table.row_count - 1, table.column_count - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, table.column_count - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() or self.table is None else self.table.row_count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() or self.table is None else self.table.column_count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.table is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.cell(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | self.side(row, column))
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(self.ink(column) if not self._faulty(row, column) else self._theme.color("danger"))
        if role == Qt.ItemDataRole.BackgroundRole and self._faulty(row, column):
            return QBrush(self._theme.color("dangerTint"))
        if role == Qt.ItemDataRole.FontRole and self.roles[column] is Role.LABEL:
            return self._theme.font("label", 600)
        return None

    def side(self, row: int, column: int) -> Qt.AlignmentFlag:
        """Numbers stand at the right."""
        is_number = self.table is not None and not np.isnan(self.table.values[row, column])
        return Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft

    def ink(self, column: int) -> QColor:
        """The colour of a column's text: that of the class, or how much it counts."""
        if column in self._classes:
            return self._theme.class_colors(self._classes[column]).text
        return self._theme.color("ink" if self.roles[column] is Role.LABEL else "ink3")

    def _faulty(self, row: int, column: int) -> bool:
        at_row, at_column = self._fault
        return at_row == row and at_column in (None, column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.table is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.table.where[section].split()[-1]
        name = self.table.header[section]
        return (
            f"{name}: {_SHORT[self.roles[section]]}" if role == Qt.ItemDataRole.AccessibleTextRole else name
        )


class _Head(QHeaderView):
    """The name of each column, and under it what it is used for; a click chooses another use."""

    def __init__(self, model: PreviewModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self._theme = theme
        self.setSectionsClickable(True)
        self.setMinimumHeight(_HEAD)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, model = self._theme, self._model
        painter.fillRect(rect, theme.color("canvas"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("border"))
        if model.table is None:
            return
        inner = rect.adjusted(8, 6, -8, -6)
        role = model.roles[logicalIndex]
        side = model.side(0, logicalIndex) if model.rowCount() else Qt.AlignmentFlag.AlignLeft
        lines = (
            (
                model.table.header[logicalIndex],
                theme.font("label", 600),
                model.ink(logicalIndex),
                Qt.AlignmentFlag.AlignTop,
            ),
            (f"{_SHORT[role]} ▾", theme.font("tableHead"), theme.color("ink3"), Qt.AlignmentFlag.AlignBottom),
        )
        for text, font, ink, flag in lines:
            painter.setFont(font)
            painter.setPen(ink)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, inner.width())
            painter.drawText(inner, int(flag | side), shown)


class PreviewTable(QTableView):
    """The preview; a column's head, or Space on a column, opens the menu of its uses."""

    role_chosen = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("importPreview")
        self.setAccessibleName("Preview of the file")
        self._model = PreviewModel(theme)
        self._head = _Head(self._model, theme, self)
        self.setHorizontalHeader(self._head)
        self.setModel(self._model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFont(theme.font("label", 400))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(_ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setFont(theme.font("tick"))
        self._head.setDefaultSectionSize(_WIDTH)
        self._head.sectionClicked.connect(self._offer_roles)
        self._style(theme)

    def _style(self, theme: Theme) -> None:
        c = {
            token: theme.color(token).name()
            for token in ("panel", "canvas", "ink", "ink3", "selected", "hairline")
        }
        self.setStyleSheet(
            f"QTableView {{ background: {c['panel']}; selection-background-color: {c['selected']};"
            f" selection-color: {c['ink']}; outline: 0; }}"
            f"QTableView::item {{ padding: 0 5px; }}"
            f"QAbstractScrollArea::corner {{ background: {c['panel']}; border: none; }}"
            f"QHeaderView {{ background: {c['canvas']}; }}"
            f"QHeaderView::section:vertical {{ background: {c['canvas']}; color: {c['ink3']}; border: none;"
            f" border-right: 1px solid {c['hairline']}; padding: 0 6px; }}"
            f"QTableCornerButton::section {{ background: {c['canvas']}; border: none; }}"
        )

    def display(self, table: Table | None, roles: tuple[Role, ...], fault: Place) -> None:
        """Show a table and how its columns are used; what is wrong is marked and brought into sight."""
        self._model.display(table, roles, fault)
        row, column = fault
        if table is not None and row is not None:
            self.scrollTo(self._model.index(row, column or 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().isValid():
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(self.currentIndex(), select)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Menu) and self.currentIndex().isValid():
            self._offer_roles(self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def _offer_roles(self, column: int) -> None:
        menu = self.role_menu(column)
        left = self._head.sectionViewportPosition(column)
        menu.popup(self._head.viewport().mapToGlobal(QPoint(left, self._head.height())))

    def role_menu(self, column: int) -> QMenu:
        """The uses that a column may have."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for role, text in _ROLES.items():
            action = menu.addAction(text, self._choosing(column, role))
            action.setCheckable(True)
            action.setChecked(self._model.roles[column] is role)
        return menu

    def _choosing(self, column: int, role: Role) -> Callable[[], None]:
        return lambda: self.role_chosen.emit(column, role)
