"""What the usual mistakes would make of the shown sample: a list in which one is opened."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.drawing.traps import TrapsPainter
from ceviz.explain.traps import KEY, TrapsChart
from ceviz.gui.plots.row_list import RowHeads, RowList


class TrapsView(QWidget):
    """What the sample costs, and a row for every trap."""

    trap_chosen = Signal(str)
    """The key of the lens in which it is opened."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._keys: list[str] = []
        self.now, self.rows = QLabel(), RowList(theme)
        heads = RowHeads(self.rows)
        head = QHBoxLayout(heads)
        head.setContentsMargins(theme.metrics["padX"], 0, 0, 0)
        head.addWidget(self.now)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(heads)
        layout.addWidget(self.rows, 1)
        self.rows.taken.connect(lambda row: self.trap_chosen.emit(f"{KEY}:{self._keys[row]}"))
        self._style(theme)

    def display(self, chart: TrapsChart, task: Task) -> None:
        """Show the traps."""
        self._keys = [trap.key for trap in chart.rows]
        self.now.setText(chart.now)
        self.rows.display(partial(TrapsPainter, chart, task))
        self.rows.setAccessibleName("Traps")
        self.rows.setAccessibleDescription("".join(trap.spoken for trap in chart.rows if trap.opened))

    def set_theme(self, theme: Theme) -> None:
        self.rows.set_theme(theme)
        self._style(theme)

    def _style(self, theme: Theme) -> None:
        self.now.setFont(theme.font("label"))
        self.now.setStyleSheet(f"color: {theme.color('ink').name()}")
