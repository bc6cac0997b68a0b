"""The gradients of two models: pairs of arrows."""

from __future__ import annotations

from PySide6.QtCore import QSizeF

from ceviz.core.document import Task
from ceviz.drawing.compare_gradient import CompareGradientPainter
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_gradient import CompareGradient
from ceviz.explain.gradient_chart import GradientChart
from ceviz.gui.plots.gradient_view import GradientView, worked_out


class CompareGradientView(GradientView):
    """Paints a `CompareGradient`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._value: CompareGradient | None = None

    def compare(self, value: CompareGradient, task: Task) -> None:
        """Show both models."""
        self._value = value
        self.display(value.a if value.a.arrows else value.b, task)
        self.setAccessibleDescription("; ".join(map(_in_words, LETTERS, value.sides)))

    def _painter(self) -> CompareGradientPainter | None:
        if self._chart is None or self._value is None:
            return None
        size = QSizeF(self.size())
        return CompareGradientPainter(
            self._chart, size, self._theme, self._task, self._lit, value=self._value
        )


def _in_words(letter: str, chart: GradientChart) -> str:
    return f"{letter}: {worked_out(chart) or 'no loss'}"
