"""The view of the batch table: delegates by column, one loss axis over all rows, the mean line."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.drawing.loss_bar import LossScale, paint_ceiling, paint_mark, paint_mean, term_at
from ceviz.drawing.stacked_bar import part_at
from ceviz.drawing.theme import Theme
from ceviz.explain.shown import Shown
from ceviz.gui.tables.batch_cells import (
    BarCell,
    BatchDelegate,
    LossBarCell,
    LossCell,
    NameCell,
    NumberCell,
    ProbabilityCell,
    SummaryCell,
    TargetCell,
    bar_rect,
    paint_ring,
)
from ceviz.gui.tables.batch_columns import BatchColumn, BatchWidths, batch_widths
from ceviz.gui.tables.batch_header import BatchHeader
from ceviz.gui.tables.batch_model import BatchModel
from ceviz.gui.tables.grid_model import Change
from ceviz.gui.tables.grid_view import GridView
from ceviz.gui.tables.mending import fixable_issues, normalised
from ceviz.gui.tables.row_drag import RowDrag
from ceviz.gui.tables.row_menus import menu_place, sample_menu

_NAME = 1


class BatchView(GridView):
    sample_chosen = Signal(int)
    add_asked = Signal(int)
    """A new sample is wanted below this one."""

    def __init__(self, theme: Theme, model: BatchModel | None = None) -> None:
        self.model_ = model or BatchModel()
        super().__init__(self.model_, theme)
        self.setObjectName("batchTable")
        self.setAccessibleName("Samples of the batch")
        self.layout_ = BatchWidths((), 0, 1)
        self._scale: LossScale | None = None
        self._laid_out: tuple[BatchColumn, ...] = ()
        self.hovered_row = self.hovered_button = -1
        self._displaying = False
        self._cells = self.make_cells()
        self.header = self.make_header()
        self.setHorizontalHeader(self.header)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.row_drag = RowDrag(self, 0)
        self.row_drag.moved.connect(self._move_sample)
        self.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.set_theme(theme)

    def make_cells(self) -> dict[str, BatchDelegate]:
        """What paints the cells, by kind of column."""
        return {
            "number": NumberCell(self),
            "name": NameCell(self),
            "target": TargetCell(self),
            "p": ProbabilityCell(self),
            "true": SummaryCell(self),
            "top": SummaryCell(self),
            "bar": BarCell(self),
            "loss": LossCell(self),
            "loss_bar": LossBarCell(self),
        }

    def make_header(self) -> BatchHeader:
        return BatchHeader(self)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.verticalHeader().setDefaultSectionSize(int(theme.metrics["batchRow"]))
        self.header.set_theme(theme)
        self._lay_out()

    def display(self, shown: Shown) -> None:
        """Show another value; the current cell follows the shown sample, its column stays."""
        column = max(0, self.currentIndex().column())
        scale, mean = (self.scale(), self.mean_x()) if self.model_.shown else (None, None)
        self._displaying = True
        self.model_.display(shown)
        self._scale = None
        self._lay_out()
        self._follow(shown.sample, column)
        self._displaying = False
        if self.scale() != scale:
            self.viewport().update()
            self.header.viewport().update()
        elif self.mean_x() != mean:
            self._update_lines(mean, self.mean_x())

    def _update_lines(self, *places: float | None) -> None:
        """Paint anew where the line of the mean was, and where it is."""
        for x in places:
            if x is not None:
                left = math.floor(x - self.theme.stroke["meanLine"])
                width = math.ceil(2 * self.theme.stroke["meanLine"]) + 1
                self.viewport().update(left, 0, width, self.viewport().height())
                self.header.update_lines(left, width)

    def _follow(self, sample: int, column: int) -> None:
        if self.currentIndex().row() != sample:
            index = self.model_.index(sample, min(column, self.model_.columnCount() - 1))
            self.go_to(index)
            self.scrollTo(index)

    def _row_chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid() and not self._displaying:
            self.sample_chosen.emit(current.row())

    # What the cells ask

    def shown(self) -> Shown:
        assert self.model_.shown is not None
        return self.model_.shown

    def scale(self) -> LossScale:
        """The common axis of the loss bars."""
        if self._scale is None:
            self._scale = self.make_scale(self.layout_.axis_left, self.layout_.axis_right)
        return self._scale

    def make_scale(self, left: int, right: int) -> LossScale:
        return LossScale(self.model_.axis, left, right, bool((self.shown().result.losses == math.inf).any()))

    def ground(self, row: int) -> QColor | None:
        """The colour of a row that is not plain."""
        if not self.model_.is_valid(row):
            return self.theme.color("dangerTint")
        if row == self.shown().sample:
            return self.theme.color("selected")
        return self.theme.color("hover") if row == self.hovered_row else None

    def edge_mark(self, row: int) -> QColor | None:
        """The colour of the bar at a row's left edge."""
        if row == self.shown().sample:
            return self.theme.color("ink")
        return None if self.model_.is_valid(row) else self.theme.color("danger")

    def glyph(self, row: int) -> tuple[int, str] | None:
        """The true class that stands in front of a row."""
        shown = self.shown()
        if shown.task is Task.MULTICLASS:
            index = self.model_.true_class(row)
            return index, shown.state.classes[index]
        if shown.task is Task.BINARY:
            positive = shown.state.targets[row, 0] >= 0.5
            return (0 if positive else 1), self.model_.text(self.model_.index(row, 1))
        return None

    def is_fixable(self, row: int) -> bool:
        return bool(fixable_issues(self.shown(), row))

    def is_at_fault(self, row: int, class_index: int) -> bool:
        """Whether one number of a row is what is wrong with it."""
        issues = self.shown().evaluation.issues_of(row, self.shown().model)
        return any(issue.class_index == class_index and issue.model is not None for issue in issues)

    # Layout

    def _lay_out(self) -> None:
        if self.model_.shown is None:
            return
        columns = self.model_.columns
        layout = self.column_widths(columns)
        if (layout, columns) == (self.layout_, self._laid_out):
            return
        self.layout_, self._laid_out, self._scale = layout, columns, None
        for place, (column, width) in enumerate(zip(columns, self.layout_.widths, strict=True)):
            self.setColumnHidden(place, width == 0)
            if width:
                self.setColumnWidth(place, width)
            self.setItemDelegateForColumn(place, self._cells[column.kind])
        self.header.viewport().update()

    def column_widths(self, columns: tuple[BatchColumn, ...]) -> BatchWidths:
        shown = self.shown()
        counts = shown.state.class_count, shown.state.sample_count
        return batch_widths(shown.task, *counts, columns, self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def loss_right(self) -> int:
        """The right edge of the losses."""
        return sum(self.layout_.widths[:-1])

    # What a person did

    def cell_key(self, event: QKeyEvent, index: QModelIndex) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_editor(index)
            return True
        if event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.add_asked.emit(index.row())
            return True
        return super().cell_key(event, index)

    def delete(self) -> bool:
        """Remove the samples whose number is selected, else set the selected numbers to 0."""
        rows = sorted(
            {index.row() for index in self.selectionModel().selectedIndexes() if index.column() == 0}
        )
        return self.emit_change(self.model_.removed(rows)) if rows else super().delete()

    def _move_sample(self, source: int, destination: int) -> None:
        state = edits.move_sample(self.shown().state, source, destination)
        self.emit_change(Change(state, f"Move sample {source + 1}"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = menu_place(self, event)
        if index.isValid():
            sample_menu(self, index, index.siblingAtColumn(_NAME), self.add_asked.emit).popup(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._button_at(event.position())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.emit_change(normalised(self.shown(), row))
            return
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and not event.modifiers():
            self.selectRow(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        # A class is no place to look for the sample's name.
        if index.column() == _NAME and self.glyph(index.row()):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self.hovered_row = index.row()
        self.hovered_button = self._button_at(event.position())
        shape, over_button = Qt.CursorShape, self.hovered_button >= 0
        self.viewport().setCursor(shape.PointingHandCursor if over_button else shape.ArrowCursor)
        self.hover_class(self.class_at(index, event.position()))
        self.viewport().update()
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        # To leave the rows for the header is not to leave the table.
        if event.type() is QEvent.Type.Leave:
            self.hovered_row = self.hovered_button = -1
            self.viewport().update()
        return super().viewportEvent(event)

    def _button_at(self, pos: QPointF) -> int:
        """The row whose button lies under the mouse, or -1."""
        index = self.indexAt(pos.toPoint())
        if not index.isValid() or self.model_.column(index).kind != "loss_bar":
            return -1
        cell = self._cells["loss_bar"]
        assert isinstance(cell, LossBarCell)
        return index.row() if cell.button_rect(self.cell_rect(index), index.row()).contains(pos) else -1

    def class_at(self, index: QModelIndex, pos: QPointF) -> int:
        """The class that a place in a row speaks of, or -1."""
        if not index.isValid():
            return -1
        column, shown = self.model_.column(index), self.shown()
        if column.kind == "p":
            return column.class_index
        if column.kind == "name":
            glyph = self.glyph(index.row())
            return glyph[0] if glyph else -1
        if column.kind == "bar" or (column.kind == "target" and shown.task is Task.SOFT):
            numbers = shown.state.targets if column.kind == "target" else shown.result.probabilities
            shares = numbers[index.row()].tolist()
            shares += [1 - shares[0]] if shown.task is Task.BINARY else []
            return part_at(bar_rect(self.cell_rect(index)), shares, pos.x())
        if column.kind in ("true", "top"):
            return self.model_.summed_up(index)
        if column.kind == "loss_bar" and shown.task is Task.MULTILABEL:
            return term_at(self.scale(), shown.result.terms[index.row()].tolist(), pos.x())
        return -1

    # Painting

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        # Dashes and hatches stay where they are.
        self.viewport().update()

    def paint_under(self, painter: QPainter) -> None:
        self.paint_grid(painter, 0.0, float(self.viewport().height()))

    def paint_grid(self, painter: QPainter, top: float, bottom: float) -> None:
        """The lines of the loss axis."""
        if (scale := self.scale()).has_ceiling:
            paint_ceiling(painter, scale.ceiling(top, bottom - top), self.theme, self.theme.color("canvas"))
        for value, _ in scale.axis.ticks:
            line = QRectF(round(scale.x(value)), top, 1, bottom - top)
            painter.fillRect(line, self.theme.color("border" if value == 0 else "hairline"))

    def paint_over(self, painter: QPainter) -> None:
        self.row_drag.paint(painter, self.theme)
        paint_ring(painter, self)
        lined = QRegion(self.viewport().rect())
        for row in self._visible_rows():
            # The lines leave out the sentence of an invalid row.
            if not self.model_.is_valid(row):
                lined -= QRegion(self.visualRect(self.model_.index(row, len(self.model_.columns) - 1)))
        painter.setClipRegion(lined)
        self.paint_lines(painter, 0.0, float(self.viewport().height()))

    def _visible_rows(self) -> range:
        last = self.rowAt(self.viewport().height() - 1)
        return range(max(0, self.rowAt(0)), (last if last >= 0 else self.model_.rowCount() - 1) + 1)

    def mean_x(self) -> float | None:
        """Where the line of the mean stands; nowhere if there is no mean on the axis."""
        mean, scale = self.shown().result.mean, self.scale()
        return scale.x(mean) if math.isfinite(mean) and not scale.is_beyond(mean) else None

    def paint_lines(self, painter: QPainter, top: float, bottom: float) -> None:
        paint_mark(painter, self.scale(), top, bottom, self.theme)
        self.paint_mean(painter, top, bottom)

    def paint_mean(self, painter: QPainter, top: float, bottom: float) -> None:
        """The line of the mean, which runs through header, rows and foot."""
        if (x := self.mean_x()) is not None:
            paint_mean(painter, x, top, bottom, self.theme)
