"""The centre of the window: the loss against the probability, live."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart
from ceviz.explain.shown import Shown
from ceviz.gui.controls import Chip
from ceviz.gui.panel_title import PanelTitle
from ceviz.gui.plots.loss_plot import LossPlot
from ceviz.gui.plots.pill_editor import PillEditor
from ceviz.gui.plots.small_plots import SmallPlots

_HAIRLINE = 1


class CurvePanel(QWidget):
    """Title, chip and plot; for multi-label a grid of small plots."""

    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    drag_finished = Signal(bool)
    value_typed = Signal(int, float)
    """Class and probability, typed at a pill."""
    sample_chosen = Signal(int)
    sample_stepped = Signal(int)
    overlay_toggled = Signal(bool)
    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._title, self._remark = PanelTitle(), QLabel()
        self._square_error = Chip("Square error", theme, "dash")
        self._best_possible = Chip("Best possible", theme, "ring")
        self.plot = LossPlot(theme)
        self.plot.setObjectName("curvePlot")
        self.small_plots = SmallPlots(theme)
        self._editor = PillEditor(theme, self.plot)
        self._lay_out()
        self._connect()
        self._style()

    def display(self, title: str, charts: tuple[CurveChart, ...], shown: Shown) -> None:
        """Show the charts of the shown sample: one, or for multi-label one per label."""
        self._shown = shown
        task, unit = shown.task, str(shown.state.options.unit)
        self._title.setText(title)
        self._display_chips(task, shown.overlay)
        if task is Task.MULTILABEL:
            self._remark.setText(f"x: {charts[0].x_axis.label}")
            self._stack.setCurrentWidget(self.small_plots)
            self.small_plots.display(charts, shown.state.classes, unit)
        else:
            self._stack.setCurrentWidget(self.plot)
            self.plot.display(charts[0], task, shown.state.classes, unit)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self._square_error, self._best_possible, self.plot, self.small_plots):
            part.set_theme(theme)
        self._style()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        self.plot.highlight(class_index)
        self.small_plots.highlight(class_index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), self._theme.color("hairline"))

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setSpacing(12)
        head.addWidget(self._title, 1)
        for part in (self._remark, self._square_error, self._best_possible):
            head.addWidget(part)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.small_plots)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_HAIRLINE, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._stack, 1)

    def _connect(self) -> None:
        for plot in (self.plot, self.small_plots):
            plot.drag_started.connect(self.drag_started)
            plot.probability_dragged.connect(self.probability_dragged)
            plot.drag_finished.connect(self.drag_finished)
            plot.sample_stepped.connect(self.sample_stepped)
            plot.class_hovered.connect(self.class_hovered)
        self.plot.sample_chosen.connect(self.sample_chosen)
        self.plot.pill_opened.connect(self._open_editor)
        self._editor.value_typed.connect(self._say_typed)
        for chip in (self._square_error, self._best_possible):
            chip.clicked_on.connect(self.overlay_toggled)

    def _style(self) -> None:
        theme = self._theme
        self._head.setFixedHeight(theme.metrics["panelTitle"])
        pad = theme.metrics["padX"]
        self._head.layout().setContentsMargins(pad, 0, pad, 0)  # type: ignore[union-attr]  # it has the row above
        self._title.setFont(theme.font("title"))
        self._title.setStyleSheet(f"color: {theme.color('ink').name()}")
        self._remark.setFont(theme.font("tick"))
        self._remark.setStyleSheet(f"color: {theme.color('ink3').name()}")
        self.update()

    def _display_chips(self, task: Task, on: bool) -> None:
        self._square_error.setVisible(task in (Task.MULTICLASS, Task.BINARY))
        self._best_possible.setVisible(task is Task.SOFT)
        self._remark.setVisible(task is Task.MULTILABEL)
        self._square_error.display(on)
        self._best_possible.display(on)

    # Typing at a pill

    def _open_editor(self, axis: str, pill: QRectF) -> None:
        if self._shown is None:
            return
        live = self.plot.chart.live[0]
        text = live.x_text if axis == "x" else live.y_text
        falling = not (self._shown.task is Task.BINARY and live.class_index == 1)
        self._editor.open_editor(axis, pill, text, self._shown.state.options.unit, falling, self._theme)

    def _say_typed(self, value: float) -> None:
        self.value_typed.emit(self.plot.class_of(0), value)
