"""The gradient as arrows up and down from a common line, and worked out below."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.drawing.gradient import GradientPainter
from ceviz.drawing.theme import Theme
from ceviz.explain.gradient_chart import GradientChart


class GradientView(QWidget):
    """Paints a `GradientChart`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._task = Task.MULTICLASS
        self._chart: GradientChart | None = None
        self._lit = -1

    def display(self, chart: GradientChart, task: Task) -> None:
        """Show a chart."""
        self._chart, self._task = chart, task
        self.setAccessibleName("Gradient")
        self.setAccessibleDescription(worked_out(chart))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        if class_index != self._lit:
            self._lit = class_index
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart is not None:
            self._paint(painter, self._chart, QSizeF(self.size()))

    def _paint(self, painter: QPainter, chart: GradientChart, size: QSizeF) -> None:
        GradientPainter(chart, size, self._theme, self._task, self._lit).paint(painter)


def worked_out(chart: GradientChart) -> str:
    """Every gradient with its arithmetic."""
    return ", ".join(f"{as_word(entry.name)} {entry.text} {entry.value_text}" for entry in chart.arithmetic)
