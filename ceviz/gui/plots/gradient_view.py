"""The gradient as arrows up and down from a common line, and worked out below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSizeF, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.drawing.gradient import GradientPainter
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.gradient_chart import GradientChart


class GradientView(QWidget):
    """Paints a `GradientChart`."""

    accessible_role = QAccessible.Role.Chart

    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._task = Task.MULTICLASS
        self._chart: GradientChart | None = None
        self._lit = ALIKE
        self._said = -1
        self.setMouseTracking(True)

    def display(self, chart: GradientChart, task: Task) -> None:
        """Show a chart."""
        self._chart, self._task = chart, task
        self.setAccessibleName("Gradient")
        self.setAccessibleDescription(worked_out(chart))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes fade."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = self._shown()
        if shown is not None:
            shown.paint(painter)

    def _shown(self) -> GradientPainter | None:
        if self._chart is None:
            return None
        return GradientPainter(self._chart, QSizeF(self.size()), self._theme, self._task, self._lit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        shown = self._shown()
        self._say_class(shown.class_at(event.position()) if shown else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._say_class(-1)

    def _say_class(self, class_index: int) -> None:
        if class_index != self._said:
            self._said = class_index
            self.class_hovered.emit(class_index)


def worked_out(chart: GradientChart) -> str:
    """Every gradient with its arithmetic."""
    return ", ".join(f"{as_word(entry.name)} {entry.text} {entry.value_text}" for entry in chart.arithmetic)
