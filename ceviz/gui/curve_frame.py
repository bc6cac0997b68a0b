"""The centre of the window: title, chips, and the loss against the probability, in one plot or several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.gui.controls import Chip
from ceviz.gui.panel_title import PanelTitle
from ceviz.gui.plots.loss_plot import LossPlot
from ceviz.gui.plots.small_plots import SmallPlots

_HAIRLINE = 1


class CurveFrame(QWidget):
    """What the curves of one model and of two have around them; for multi-label a grid of small plots."""

    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    """As the plots tell it."""
    drag_finished = Signal(bool)
    sample_chosen = Signal(int)
    sample_stepped = Signal(int)
    overlay_toggled = Signal(bool)
    class_hovered = Signal(int)
    plot: LossPlot
    small_plots: SmallPlots

    def __init__(self, theme: Theme, legends: Sequence[QWidget] = ()) -> None:
        """Subclasses make the plots first. `legends` stand in the title line of the small plots."""
        super().__init__()
        self._theme = theme
        self._title, self._remark = PanelTitle(), QLabel()
        self._square_error = Chip("Square error", theme, "dash")
        self._best_possible = Chip("Best possible", theme, "ring")
        self._of_small_plots = (self._remark, *legends)
        self._stack = QStackedLayout()
        self.plot.setObjectName("curvePlot")
        self._lay_out()
        self._connect()
        self._style()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self._square_error, self._best_possible, self.plot, self.small_plots):
            part.set_theme(theme)
        self._style()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes fade."""
        self.plot.highlight(lit)
        self.small_plots.highlight(lit)

    def display_around(self, title: str, x_label: str, task: Task, overlay: bool) -> None:
        """Show what stands around the plots of a task, and the plot or plots that it has."""
        self._title.setText(title)
        self._remark.setText(f"x: {x_label}")
        for part in self._of_small_plots:
            part.setVisible(task is Task.MULTILABEL)
        self._square_error.setVisible(task in (Task.MULTICLASS, Task.BINARY))
        self._best_possible.setVisible(task is Task.SOFT)
        for chip in (self._square_error, self._best_possible):
            chip.display(overlay)
        self._stack.setCurrentWidget(self.small_plots if task is Task.MULTILABEL else self.plot)

    def display_note(self, note: str) -> None:
        """Tell what the plot leaves out."""
        if note != self._title.note:
            self._title.note = note
            self.setAccessibleDescription(note)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), self._theme.color("hairline"))

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.setSpacing(12)
        self._head_row.addWidget(self._title, 1)
        for part in (*self._of_small_plots, self._square_error, self._best_possible):
            self._head_row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_HAIRLINE, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._stack, 1)
        # Only now: without a parent the first one would open as a window of its own.
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.small_plots)

    def _connect(self) -> None:
        for plot in (self.plot, self.small_plots):
            plot.drag_started.connect(self.drag_started)
            plot.probability_dragged.connect(self.probability_dragged)
            plot.drag_finished.connect(self.drag_finished)
            plot.sample_stepped.connect(self.sample_stepped)
            plot.class_hovered.connect(self.class_hovered)
        self.plot.sample_chosen.connect(self.sample_chosen)
        for chip in (self._square_error, self._best_possible):
            chip.clicked_on.connect(self.overlay_toggled)

    def _style(self) -> None:
        theme = self._theme
        self._head.setFixedHeight(theme.metrics["panelTitle"])
        pad = theme.metrics["padX"]
        self._head_row.setContentsMargins(pad, 0, pad, 0)
        self._title.setFont(theme.font("title"))
        self._title.setStyleSheet(f"color: {theme.color('ink').name()}")
        self._remark.setFont(theme.font("tick"))
        self._remark.setStyleSheet(f"color: {theme.color('ink3').name()}")
        self.update()
