"""The gradient as arrows up and down from a common line, and worked out below."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QAccessible

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.drawing.gradient import GradientPainter
from ceviz.drawing.theme import Theme
from ceviz.explain.gradient_chart import GradientChart
from ceviz.gui.plots.painted_lens import PaintedLens


class GradientView(PaintedLens):
    """Paints a `GradientChart`."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._task = Task.MULTICLASS
        self._chart: GradientChart | None = None

    def display(self, chart: GradientChart, task: Task) -> None:
        """Show a chart."""
        self._chart, self._task = chart, task
        self.setAccessibleName("Gradient")
        self.setAccessibleDescription(worked_out(chart))
        self.update()

    def _painter(self) -> GradientPainter | None:
        if self._chart is None:
            return None
        return GradientPainter(self._chart, QSizeF(self.size()), self._theme, self._task, self._lit)


def worked_out(chart: GradientChart) -> str:
    """Every gradient with its arithmetic."""
    return ", ".join(f"{as_word(entry.name)} {entry.text} {entry.value_text}" for entry in chart.arithmetic)
