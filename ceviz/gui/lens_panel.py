"""The right of the window: a second view of the same loss."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import StackChart
from ceviz.explain.frameworks import FrameworksChart
from ceviz.explain.gradient_chart import GradientChart
from ceviz.explain.lenses import LensValue
from ceviz.explain.simplex_chart import SimplexChart
from ceviz.explain.three_formulas import ThreeFormulas
from ceviz.explain.traps import TrapsChart
from ceviz.gui.lens_frame import TWO_LINES, LensFrame
from ceviz.gui.plots.formulas_view import FormulasView
from ceviz.gui.plots.gradient_view import GradientView
from ceviz.gui.plots.simplex_plot import SimplexPlot
from ceviz.gui.plots.stack_plot import StackPlot
from ceviz.gui.plots.traps_view import TrapsView
from ceviz.gui.step_control import StepControl

_ONE_LINE = 44


class LensPanel(LensFrame):
    """A choice of lenses, the picture of one, and how to read it at the foot."""

    shares_dragged = Signal(object, object, bool)
    """In the simplex: three classes, their shares, which sum to 1, and whether in fine steps."""
    step_asked = Signal(float, object)
    """A step along the gradient: its rate, and the press of the button, which may ask for more."""

    def __init__(self, theme: Theme) -> None:
        self.stack_plot, self.simplex_plot = StackPlot(theme), SimplexPlot(theme)
        self.gradient_view, self.formulas_view = GradientView(theme), FormulasView(theme)
        self.traps_view = TrapsView(theme)
        self.steps = StepControl(theme)
        super().__init__(theme, self._bodies(), (self.steps,))
        self._connect()

    def display(
        self,
        value: LensValue,
        task: Task,
        lens: str = "",
        options: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show one lens. `options` are (key, text) of all that the task has; one alone is a title."""
        body = self._display_body(value, task)
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

    def highlight(self, lit: Lit) -> None:
        for body in self._of_classes():
            body.highlight(lit)

    def _of_classes(self) -> tuple[StackPlot, SimplexPlot, GradientView, FormulasView]:
        """The lenses that show classes apart."""
        return (self.stack_plot, self.simplex_plot, self.gradient_view, self.formulas_view)

    def _bodies(self) -> tuple[StackPlot, SimplexPlot, GradientView, FormulasView, TrapsView]:
        return (
            self.stack_plot,
            self.simplex_plot,
            self.gradient_view,
            self.formulas_view,
            self.traps_view,
        )

    def _display_body(self, value: LensValue, task: Task) -> QWidget:
        match value:
            case TrapsChart():
                self.traps_view.display(value, task)
                return self.traps_view
            case FrameworksChart():
                return self.display_frameworks(value)
            case StackChart():
                self.stack_plot.display(value, task)
                return self.stack_plot
            case SimplexChart():
                self.simplex_plot.display(value)
                return self.simplex_plot
            case GradientChart():
                self.gradient_view.display(value, task)
                return self.gradient_view
            case ThreeFormulas():
                self.formulas_view.display(value)
                return self.formulas_view

    def _connect(self) -> None:
        self.steps.step_asked.connect(self.step_asked)
        for body in self._of_classes():
            body.class_hovered.connect(self.class_hovered)
        self.traps_view.trap_chosen.connect(self.lens_chosen)
        self.simplex_plot.drag_started.connect(self.drag_started)
        self.simplex_plot.shares_dragged.connect(self.shares_dragged)
        self.simplex_plot.target_shares_dragged.connect(self.target_shares_dragged)
        self.simplex_plot.drag_finished.connect(self.drag_finished)
