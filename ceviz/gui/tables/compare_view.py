"""The view of the class table of two models: lettered lines, hollow bars of A and filled ones of B."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPointF, QRectF
from PySide6.QtGui import QPainter, QRegion

from ceviz.drawing.discs import DISC_RADIUS, paint_disc
from ceviz.drawing.painting import round_bar
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.shown import Shown
from ceviz.gui.tables.compare_columns import DISC_AT
from ceviz.gui.tables.compare_model import LINES, CompareModel
from ceviz.gui.tables.grid_model import Index
from ceviz.gui.tables.grid_painting import Place
from ceviz.gui.tables.sample_cells import (
    LogitDelegate,
    PredictionDelegate,
    ProbabilityDelegate,
    ReadOnlyDelegate,
    SampleDelegate,
    TermDelegate,
)
from ceviz.gui.tables.sample_columns import SampleColumns
from ceviz.gui.tables.sample_rows import SampleRow
from ceviz.gui.tables.sample_view import SampleView

_SHARED = ("class", "target")
"""The columns that both lines of a class share."""
_BETWEEN_LINES = 27.0
_TRACK, _HANDLE = 16.0, (8.0, 21.0)


class CompareView(SampleView):
    lines = LINES
    model_: CompareModel

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, CompareModel())
        self._spanned = 0
        self._delegates.update(
            prediction=LinePredictionDelegate(self),
            logit=LinePredictionDelegate(self),
            p=LineReadOnlyDelegate(self),
            term=LineTermDelegate(self),
        )
        self.setAccessibleName("Classes of the sample, as two models see them")

    def use_columns(self, columns: SampleColumns, row_height: int) -> None:
        if self._spanned != self.model_.rowCount():
            self._spanned = self.model_.rowCount()
            self.clearSpans()
            for row in range(0, self._spanned, LINES):
                for column in range(len(_SHARED)):
                    self.setSpan(row, column, LINES, 1)
        super().use_columns(columns, row_height)

    def display(self, shown: Shown) -> None:
        super().display(shown)
        self.go_to_first_line()

    def go_to_first_line(self) -> None:
        """A current cell that both lines share is that of the first line."""
        index = self.currentIndex()
        first = self._shared(index)
        if index.isValid() and first != index:
            self.go_to(first)

    def _shared(self, index: QModelIndex) -> QModelIndex:
        if index.isValid() and self.model_.kind(index) in _SHARED:
            return index.siblingAtRow(index.row() // LINES * LINES)
        return index

    def _below(self) -> QModelIndex | None:
        current = self.currentIndex()
        step = LINES if current.isValid() and self.model_.kind(current) in _SHARED else 1
        below = current.siblingAtRow(current.row() + step)
        return below if below.isValid() else None

    def cells_in(self, region: QRegion) -> set[Place]:
        shared = range(len(_SHARED))
        cells = super().cells_in(region)
        return {(row // LINES * LINES if column in shared else row, column) for row, column in cells}

    # Where the lines stand

    def cell_rect(self, index: Index) -> QRectF:
        return self.line_rect(super().cell_rect(index), self.row(index))

    def line_rect(self, cell: QRectF, row: SampleRow) -> QRectF:
        """The place of a line in its cell: the lines of a class stand close to each other."""
        shift = max(0.0, (cell.height() - _BETWEEN_LINES) / 2)
        return cell.translated(0, -shift if row.line else shift)

    def is_below(self, row: SampleRow, bottom: float) -> bool:
        # Above the second line is the other model's bar.
        return bool(row.line) and bottom <= self.viewport().height()

    def track(self, cell: QRectF) -> QRectF:
        return self.columns.track(cell, min(_TRACK, cell.height() - 8))

    def above_track(self, track: QRectF) -> float:
        # At a scale of 125 % two lines meet in the middle of a pixel, which is painted with either of them.
        return (min(self.rowHeight(0), _BETWEEN_LINES) - track.height()) / 2 - 1


class _Line(SampleDelegate):
    """Stands where the line of its model does; the bars of A are filled with the class's tint."""

    view: CompareView

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        super().paint_row(painter, self.view.line_rect(cell, row), row, index)

    def ring_rect(self, cell: QRectF, row: SampleRow) -> QRectF:
        return super().ring_rect(self.view.line_rect(cell, row), row)

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return super().editor_rect(self.view.line_rect(cell, self.view.row(index)), index)

    def colors(self, row: SampleRow) -> ClassColors:
        colors = super().colors(row)
        return colors if row.line else replace(colors, fill=colors.tint)


class LineReadOnlyDelegate(_Line, ReadOnlyDelegate):
    """The probability that follows from a model's logits."""


class LineTermDelegate(_Line, TermDelegate):
    """What a model pays for a class."""


class LinePredictionDelegate(_Line, PredictionDelegate):
    """The model's disc, the number, and the track of a probability or of a logit."""

    def __init__(self, view: CompareView) -> None:
        super().__init__(view)
        self._probability, self._logit = _LineProbability(view), _LineLogit(view)

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        super().paint_row(painter, cell, row, index)
        line = self.view.line_rect(cell, row)
        # Those of lines close to each other do not touch.
        radius = min(DISC_RADIUS, line.height() / 2 - 0.25)
        paint_disc(painter, QPointF(cell.left() + DISC_AT, line.center().y()), row.line, self.theme, radius)

    def paint_reason(self, painter: QPainter, cell: QRectF, reason: str) -> None:
        """Said in the row of the losses: there is no room for it between two lines."""

    def paint_track(self, painter: QPainter, track: QRectF, row: SampleRow) -> None:
        painted = self._logit if self.view.is_logit(row) else self._probability
        painted.paint_track(painter, track, row)

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return super().editor_rect(cell, index).adjusted(DISC_AT + 18, 0, 0, 0)


class _Bar(_Line, PredictionDelegate):
    def handle_size(self) -> tuple[float, float]:
        width, height = _HANDLE
        return width, min(height, self.view.rowHeight(0) - 4)


class _LineProbability(_Bar, ProbabilityDelegate):
    pass


class _LineLogit(_Bar, LogitDelegate):
    def paint_bar(self, painter: QPainter, bar: QRectF, row: SampleRow) -> None:
        if bar.width() >= 1:
            colors = self.colors(row)
            round_bar(painter, bar, 0, colors.fill, colors.line)
