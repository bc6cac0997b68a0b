"""The right of the window: a second view of the same loss."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import StackChart
from ceviz.explain.gradient_chart import GradientChart
from ceviz.explain.simplex_chart import SimplexChart
from ceviz.explain.three_formulas import ThreeFormulas
from ceviz.gui.lens_frame import TWO_LINES, LensFrame
from ceviz.gui.plots.formulas_view import FormulasView
from ceviz.gui.plots.gradient_view import GradientView
from ceviz.gui.plots.simplex_plot import SimplexPlot
from ceviz.gui.plots.stack_plot import StackPlot
from ceviz.gui.step_control import StepControl

LensValue = StackChart | SimplexChart | GradientChart | ThreeFormulas

_ONE_LINE = 44


class LensPanel(LensFrame):
    """A choice of lenses, the picture of one, and how to read it at the foot."""

    drag_started = Signal()
    prediction_moved = Signal(object, bool)
    """In the simplex: three probabilities that sum to 1, and whether in fine steps."""
    target_moved = Signal(object, bool)
    drag_finished = Signal(bool)
    step_asked = Signal(float)
    """A step along the gradient, with its rate."""

    def __init__(self, theme: Theme) -> None:
        self.stack_plot, self.simplex_plot = StackPlot(theme), SimplexPlot(theme)
        self.gradient_view, self.formulas_view = GradientView(theme), FormulasView(theme)
        self.steps = StepControl(theme)
        super().__init__(theme, self._bodies(), (self.steps,))
        self._connect()

    def display(
        self,
        value: LensValue,
        task: Task,
        lens: str = "",
        options: Sequence[tuple[str, str]] = (),
        draggable: bool = True,
    ) -> None:
        """Show one lens. `options` are (key, text) of all that the task has; one alone is a title.

        `draggable`: whether the prediction can be dragged in the simplex, which logits cannot.
        """
        body = self._display_body(value, task, draggable)
        self.steps.setVisible(body is self.gradient_view)
        # A small window has one line for the simplex, which needs the height.
        if self._theme.compact and isinstance(value, SimplexChart):
            self.display_around(body, value.short_reading, task, lens, options, _ONE_LINE)
        else:
            self.display_around(body, value.reading, task, lens, options, TWO_LINES)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.steps, *self._bodies()):
            part.set_theme(theme)
        super().set_theme(theme)

    def highlight(self, class_index: int) -> None:
        for body in (self.stack_plot, self.gradient_view):
            body.highlight(class_index)

    def _bodies(self) -> tuple[StackPlot, SimplexPlot, GradientView, FormulasView]:
        return (self.stack_plot, self.simplex_plot, self.gradient_view, self.formulas_view)

    def _display_body(self, value: LensValue, task: Task, draggable: bool) -> QWidget:
        match value:
            case StackChart():
                self.stack_plot.display(value, task)
                return self.stack_plot
            case SimplexChart():
                self.simplex_plot.display(value, draggable)
                return self.simplex_plot
            case GradientChart():
                self.gradient_view.display(value, task)
                return self.gradient_view
            case ThreeFormulas():
                self.formulas_view.display(value)
                return self.formulas_view

    def _connect(self) -> None:
        self.steps.step_asked.connect(self.step_asked)
        self.stack_plot.class_hovered.connect(self.class_hovered)
        self.simplex_plot.drag_started.connect(self.drag_started)
        self.simplex_plot.prediction_moved.connect(self.prediction_moved)
        self.simplex_plot.target_moved.connect(self.target_moved)
        self.simplex_plot.drag_finished.connect(self.drag_finished)
