"""The right of the window: a second view of the same loss."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.explain.charts import StackChart
from ceviz.gui.plots.stack_plot import StackPlot
from ceviz.gui.theme import Theme

_HAIRLINE = 1
_READING_HEIGHT = 58
_TITLES = {
    Task.MULTICLASS: "Terms",
    Task.SOFT: "Floor + excess",
    Task.BINARY: "Terms",
    Task.MULTILABEL: "Sum of labels",
}


class LensPanel(QWidget):
    """Title, picture, and how to read it at the foot."""

    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("lens")
        self._theme = theme
        self._title, self._reading = QLabel(), QLabel()
        self._reading.setWordWrap(True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stack_plot = StackPlot(theme)
        self.stack_plot.class_hovered.connect(self.class_hovered)
        self._lay_out()
        self._style()

    def display(self, chart: StackChart, task: Task) -> None:
        """Show the stacked terms of a task."""
        self._title.setText(_TITLES[task])
        self.stack_plot.display(chart, task)
        self._reading.setText(f'<p style="line-height: 19px">{chart.reading}</p>')
        self.setAccessibleName(_TITLES[task])
        self.setAccessibleDescription(chart.reading)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.stack_plot.set_theme(theme)
        self._style()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        self.stack_plot.highlight(class_index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), self._theme.color("hairline"))

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.addWidget(self._title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_HAIRLINE, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self.stack_plot, 1)
        layout.addWidget(self._reading)

    def _style(self) -> None:
        theme = self._theme
        pad = theme.metrics["padX"]
        self.setFixedWidth(theme.metrics["lens"])
        self._head.setFixedHeight(theme.metrics["panelTitle"])
        self._head_row.setContentsMargins(pad, 0, pad, 0)
        self._title.setFont(theme.font("title"))
        self._title.setStyleSheet(f"color: {theme.color('ink').name()}")
        self._reading.setFixedHeight(_READING_HEIGHT)
        self._reading.setContentsMargins(pad, 4, 32, 0)
        self._reading.setFont(theme.font("tick"))
        self._reading.setStyleSheet(f"color: {theme.color('ink2').name()}")
        self.update()
