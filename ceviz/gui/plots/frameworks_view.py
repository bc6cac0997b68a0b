"""What each framework and call makes of the loss: a list to read, and to choose how the loss is computed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ceviz.drawing.frameworks import FrameworksPainter
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import BATCH_KEY, SAMPLE_KEY, FrameworkRow, FrameworksChart
from ceviz.gui.controls import RingedButton, SegmentedControl
from ceviz.gui.plain_text import tip
from ceviz.gui.plots.row_list import RowHeads, RowList

_SCOPES = ((SAMPLE_KEY, "Sample"), (BATCH_KEY, "Batch"))


class FrameworksView(QWidget):
    """Sample or batch, and a row for every call."""

    scope_chosen = Signal(str)
    """The key of the lens that shows it."""
    call_chosen = Signal(object, object)
    """A convention, and the name of its call, None for the definition."""
    code_asked = Signal(object, object)
    """The same, of which the code is to be copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: tuple[FrameworkRow, ...] = ()
        self._chosen = -1
        self.scope = SegmentedControl(_SCOPES, theme)
        self.rows = RowList(theme)
        heads = RowHeads(self.rows)
        self.copy = RingedButton("Copy code", theme)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(theme.metrics["padX"], 6, theme.metrics["padX"], 2)
        self._foot.addWidget(self.copy)
        self._foot.addStretch(1)
        head = QHBoxLayout(heads)
        head.setContentsMargins(theme.metrics["padX"] - 1, 0, 0, 0)
        head.addWidget(self.scope)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heads)
        layout.addWidget(self.rows, 1)
        layout.addLayout(self._foot)
        self.scope.chosen.connect(self.scope_chosen)
        self.rows.taken.connect(self._take)
        self.rows.copy_asked.connect(self._ask_code)
        self.rows.selectionModel().currentChanged.connect(self._name_copy)
        self.copy.clicked.connect(lambda: self._ask_code(self._copied_row()))

    def display(self, chart: FrameworksChart) -> None:
        """Show the rows."""
        self._rows = chart.rows
        before, self._chosen = self._chosen, self._chosen_row()
        self.scope.display(BATCH_KEY if chart.batch else SAMPLE_KEY)
        self.rows.display(partial(FrameworksPainter, chart))
        if self._chosen != before:
            self.rows.keep_in_sight(self._chosen)
        self.rows.setAccessibleName(f"How frameworks compute the {'batch' if chart.batch else 'sample'}")
        self.rows.setAccessibleDescription("; ".join(row.spoken for row in chart.rows if row.chosen))
        self.copy.setEnabled(bool(chart.rows))
        self._name_copy()

    def set_theme(self, theme: Theme) -> None:
        self.scope.set_theme(theme)
        self.rows.set_theme(theme)
        self.copy.theme = theme

    def _take(self, row: int) -> None:
        taken = self._rows[row]
        self.call_chosen.emit(taken.convention, taken.call)

    def _ask_code(self, row: int) -> None:
        asked = self._rows[row]
        self.code_asked.emit(asked.convention, asked.call)

    def _copied_row(self) -> int:
        """The row that the keyboard or the mouse came to last, else the one that computes the loss."""
        current = self.rows.currentIndex().row()
        return current if current >= 0 else self._chosen

    def _chosen_row(self) -> int:
        """The row that computes the loss; the definition's where none of them does."""
        return next((place for place, row in enumerate(self._rows) if row.chosen), 0)

    def _name_copy(self) -> None:
        if self._rows:
            words = f"Copy the code of: {self._rows[self._copied_row()].title}"
            self.copy.setAccessibleName(words)
            self.copy.setToolTip(tip(words))
