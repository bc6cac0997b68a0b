"""The view of the class table: delegates by column, dragged bars, keys of the prediction column."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.drawing.theme import Theme
from ceviz.explain.shown import Shown
from ceviz.gui.controls import MODIFIERS
from ceviz.gui.tables.bar_drag import BarDrag, Held
from ceviz.gui.tables.drag_pill import DragPill
from ceviz.gui.tables.grid_model import Change, Index
from ceviz.gui.tables.grid_view import GridView
from ceviz.gui.tables.row_drag import RowDrag
from ceviz.gui.tables.row_menus import class_menu, menu_place
from ceviz.gui.tables.sample_cells import (
    ClassDelegate,
    LogitDelegate,
    ProbabilityDelegate,
    ReadOnlyDelegate,
    TargetDelegate,
    TermDelegate,
    paint_ring,
)
from ceviz.gui.tables.sample_columns import INSET, SampleColumns
from ceviz.gui.tables.sample_header import SampleHeader
from ceviz.gui.tables.sample_model import SampleModel
from ceviz.gui.tables.sample_rows import SampleRow

_LONGEST_REACH = 1e9
"""Logits beyond it stand at the end of their track."""
_REACH = 16.0
"""How far from a handle a press still takes hold of it."""
_STEP, _FINE_STEP = 0.01, 0.001
_LOGIT_STEP, _FINE_LOGIT_STEP = 0.1, 0.01


class SampleView(GridView):
    lines = 1
    """Rows of the table per class."""

    def __init__(self, theme: Theme, model: SampleModel | None = None) -> None:
        self.model_ = model or SampleModel()
        super().__init__(self.model_, theme)
        self.setObjectName("sampleTable")
        self.setAccessibleName("Classes of the sample")
        self.columns = SampleColumns((), 1.0, 1.0)
        self._laid_out: tuple[SampleColumns, int, bool] | None = None
        self.logit_reach = 4.0
        self.pill = DragPill(self)
        self.hovered_row = -1
        self.hovered_cell = (-1, -1)
        self.hovered_handle = -1
        self._lights = False
        """Whether the keys let a class stand out."""
        self.header = SampleHeader(self)
        self.setHorizontalHeader(self.header)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self._delegates = {
            "class": ClassDelegate(self),
            "target": TargetDelegate(self),
            "prediction": ProbabilityDelegate(self),
            "logit": LogitDelegate(self),
            "p": ReadOnlyDelegate(self),
            "term": TermDelegate(self),
        }
        self.drag = BarDrag(self, self._take)
        # A press may change nothing, and another change may have ended the drag before the release.
        for told in (self.drag.drag_started, self.drag.drag_finished):
            told.connect(lambda: self.pill.update(self.drag.held))
        self.row_drag = RowDrag(self, 0, self.lines)
        self.row_drag.moved.connect(self._move_class)
        self.clicked.connect(self._clicked)
        self.model_.modelReset.connect(self._forget_layout)
        self.selectionModel().currentChanged.connect(self._light)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.header.viewport().update()

    def _forget_layout(self) -> None:
        self._laid_out = None

    def use_columns(self, columns: SampleColumns, row_height: int) -> None:
        """Lay out the columns and rows; after every change of shape or size."""
        shown = self.model_.shown
        in_logits = shown is not None and self.model_.has_logits(shown)
        if (columns, row_height, in_logits) == self._laid_out:
            return
        self.columns, self._laid_out = columns, (columns, row_height, in_logits)
        self.header.viewport().update()
        self.viewport().update()
        self.verticalHeader().setDefaultSectionSize(row_height)
        for column, (kind, width) in enumerate(zip(self.model_.kinds, columns.widths, strict=False)):
            self.setColumnWidth(column, width)
            name = "logit" if kind == "prediction" and in_logits else kind
            self.setItemDelegateForColumn(column, self._delegates[name])

    def display(self, shown: Shown) -> None:
        """Show another value; the current cell stays, also where the shape changes."""
        current = self.currentIndex()
        row, column = current.row(), current.column()
        self.model_.display(shown)
        if row >= 0 and not self.currentIndex().isValid():
            rows, columns = self.model_.rowCount(), self.model_.columnCount()
            self.go_to(self.model_.index(min(row, rows - 1), min(column, columns - 1)))
        self._fit_logits()
        if shown.in_logits:
            self.viewport().update()  # in low rows the arrows reach into the next one
        self.pill.update(self.drag.held)

    def _fit_logits(self) -> None:
        """Grow the logit tracks in steps of 4 until every logit fits; never while one is dragged."""
        shown = self.model_.shown
        if shown is None or not shown.dragging:
            finite = [abs(row.given) for row in self.model_.rows if math.isfinite(row.given)]
            farthest = min(max(finite, default=0.0), _LONGEST_REACH)
            reach = 4.0 * max(1, math.ceil(farthest / 4 - 1e-9))
            if reach != self.logit_reach:
                self.logit_reach = reach
                self.viewport().update()

    # What the delegates ask

    def row(self, index: Index) -> SampleRow:
        return self.model_.rows[index.row()]

    def text(self, index: Index) -> str:
        return self.model_.text(self.row(index), self.model_.kind(index))

    def has_ring(self, index: Index) -> bool:
        return super().has_ring(index) and (self.keyboard or self.drag.held is None)

    def task(self) -> Task:
        assert self.model_.shown is not None
        return self.model_.shown.task

    def soft_targets(self) -> bool:
        return self.task() is Task.SOFT

    def in_logits(self) -> bool:
        """Whether any prediction is a logit."""
        return self.model_.shown is not None and self.model_.has_logits(self.model_.shown)

    def is_logit(self, row: SampleRow) -> bool:
        """Whether a row's prediction is a logit."""
        return self.model_.side(row).in_logits

    def track(self, cell: QRectF) -> QRectF:
        return self.columns.track(cell, float(self.theme.controls["probabilityTrack"]))

    def above_track(self, track: QRectF) -> float:
        """The room in px above a track, to the end of its row."""
        return (self.rowHeight(0) - track.height()) / 2

    def logit_x(self, track: QRectF, logit: float) -> float:
        share = 0.5 + 0.5 * max(-1.0, min(1.0, logit / self.logit_reach))
        return track.left() + share * track.width()

    def row_number(self, class_index: int, line: int = 0) -> int:
        """Which row of the table shows a class."""
        return class_index * self.lines + line

    def dragged_row(self) -> int:
        """The row whose prediction is dragged; -1 for none."""
        held = self.drag.held
        return self.row_number(held.class_index, held.line) if held and held.grip != "target" else -1

    # Dragging

    def _take(self, pos: QPointF) -> Held | None:
        index = self.indexAt(pos.toPoint())
        if not index.isValid() or self.model_.kind(index) != "prediction":
            return None
        row = self.row(index)
        track = self.track(self.cell_rect(index))
        if row.read_only or not track.adjusted(-INSET, -8, INSET, 8).contains(pos):
            return None
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.keyboard = False
        self.go_to(index)
        self.viewport().update()
        if self.is_logit(row):
            return self._hold_logit(row, track, pos)
        return self._hold_probability(row, track, pos)

    def _hold_logit(self, row: SampleRow, track: QRectF, pos: QPointF) -> Held:
        at, reach = self.logit_x(track, row.given), self.logit_reach
        jump = abs(pos.x() - at) > _REACH
        return Held("logit", row.class_index, track.left(), track.right(), -reach, reach, at, jump, row.line)

    def _hold_probability(self, row: SampleRow, track: QRectF, pos: QPointF) -> Held:
        at = track.left() + row.given * track.width()
        mark = track.left() + row.target * track.width()
        ends = track.left(), track.right(), 0.0, 1.0
        if self.soft_targets() and self._is_on_mark(pos, track, at, mark):
            return Held("target", row.class_index, *ends, mark, False, row.line)
        jump = abs(pos.x() - at) > _REACH / 2
        return Held("probability", row.class_index, *ends, at, jump, row.line)

    def _is_on_mark(self, pos: QPointF, track: QRectF, at: float, mark: float) -> bool:
        # Where mark and handle lie on each other, the mark is taken by what stands out of the track.
        beyond = not track.top() <= pos.y() <= track.bottom()
        near = abs(pos.x() - mark)
        return near <= _REACH / 2 and (beyond or near < abs(pos.x() - at))

    # Keys and clicks

    def cell_key(self, event: QKeyEvent, index: QModelIndex) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.step("down")
        if self.model_.takes_steps(index) and self._step_key(event, index):
            return True
        if event.key() not in MODIFIERS:
            self.model_.end_steps()
        return super().cell_key(event, index)

    def _step_key(self, event: QKeyEvent, index: QModelIndex) -> bool:
        in_logits = self.is_logit(self.row(index)) and self.model_.kind(index) == "prediction"
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        alone = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        small, large = (_FINE_LOGIT_STEP, _LOGIT_STEP) if in_logits else (_FINE_STEP, _STEP)
        step = small if fine else large
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.emit_change(self.model_.stepped(index, step if key == Qt.Key.Key_Up else -step, None, alone))
            return True
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not in_logits:
            self.emit_change(self.model_.stepped(index, None, float(key == Qt.Key.Key_End), alone))
            return True
        return False

    def _clicked(self, index: QModelIndex) -> None:
        if self.model_.kind(index) == "target":
            self.emit_change(self.model_.toggled(index))

    def _move_class(self, source: int, destination: int) -> None:
        shown = self.model_.shown
        if shown is not None and shown.task is not Task.BINARY:
            state = edits.move_class(shown.state, source, destination)
            self.emit_change(Change(state, f"Move {as_word(shown.state.classes[source])}"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, place = menu_place(self, event)
        if index.isValid():
            class_index = 0 if self.task() is Task.BINARY else self.row(index).class_index
            name_cell = self.model_.index(self.row_number(class_index), 0)
            class_menu(self, index, class_index, name_cell).popup(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.model_.end_steps()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QPointF(-1, -1))
        super().leaveEvent(event)

    def _light(self) -> None:
        """A name that the keys are at stands out, as under the mouse."""
        index = self.currentIndex()
        lit = self.keyboard and self.has_ring(index) and self.model_.kind(index) == "class"
        if lit or self._lights:
            self.hover_class(self.row(index).class_index if lit else -1)
        self._lights = lit

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light()

    def _hover(self, pos: QPointF) -> None:
        index = self.indexAt(pos.toPoint())
        self.hovered_row = index.row() // self.lines
        self.hovered_cell = (index.row(), index.column())
        self.hovered_handle = self._handle_at(index, pos)
        self.viewport().setCursor(self._cursor(index))
        self.hover_class(self.row(index).class_index if index.isValid() else -1)
        self.viewport().update()

    def _handle_at(self, index: QModelIndex, pos: QPointF) -> int:
        if not index.isValid() or self.model_.kind(index) != "prediction" or self.row(index).read_only:
            return -1
        track = self.track(self.cell_rect(index))
        return index.row() if abs(pos.x() - self.handle_x(track, self.row(index))) <= _REACH / 2 else -1

    def handle_x(self, track: QRectF, row: SampleRow) -> float:
        if self.is_logit(row):
            return self.logit_x(track, row.given)
        return track.left() + max(0.0, min(1.0, row.given)) * track.width()

    def _cursor(self, index: QModelIndex) -> Qt.CursorShape:
        if self.hovered_handle >= 0:
            return Qt.CursorShape.SizeHorCursor
        switch = index.isValid() and self.model_.kind(index) == "target" and not self.soft_targets()
        return Qt.CursorShape.PointingHandCursor if switch else Qt.CursorShape.ArrowCursor

    # Painting

    def paint_over(self, painter: QPainter) -> None:
        self._paint_lines(painter)
        paint_ring(painter, self)
        self.row_drag.paint(painter, self.theme)
        self.pill.paint(painter, self.drag.held)

    def _paint_lines(self, painter: QPainter) -> None:
        last = len(self.model_.rows) // self.lines - 1
        for place in range(self.rowAt(0) // self.lines, last):
            row = self.row_number(place + 1) - 1
            y = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            if y > self.viewport().height():
                break
            line = QRectF(INSET, y, self.header.length() - 2 * INSET, 1)
            painter.fillRect(line, self.theme.color("hairline"))

    def is_below(self, row: SampleRow, bottom: float) -> bool:
        """Whether a dragged number's pill stands below its track, where `bottom` would be its lower end."""
        return False
