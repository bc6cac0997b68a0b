"""The right of a comparison: both models in the simplex, their losses as two columns, their gradients."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_gradient import CompareGradient
from ceviz.explain.compare_lenses import CompareSimplex, CompareStack
from ceviz.explain.frameworks import FrameworksChart
from ceviz.explain.shared_lenses import CompareLens
from ceviz.gui.lens_frame import LensFrame
from ceviz.gui.plots.compare_gradient import CompareGradientView
from ceviz.gui.plots.compare_simplex import CompareSimplexPlot
from ceviz.gui.plots.compare_stack import CompareStackPlot


class CompareLensPanel(LensFrame):
    """A choice of lenses, the picture of one, and how to read it at the foot."""

    shares_dragged = Signal(int, object, object, bool)
    """In the simplex: model (0: A, 1: B), three classes, their shares, and whether in fine steps."""

    def __init__(self, theme: Theme) -> None:
        self.simplex_plot, self.stack_plot = CompareSimplexPlot(theme), CompareStackPlot(theme)
        self.gradient_view = CompareGradientView(theme)
        super().__init__(theme, self._bodies())
        for body in self._bodies():
            body.class_hovered.connect(self.class_hovered)
        simplex = self.simplex_plot
        simplex.drag_started.connect(self.drag_started)
        simplex.shares_dragged.connect(self.shares_dragged)
        simplex.target_shares_dragged.connect(self.target_shares_dragged)
        simplex.drag_finished.connect(self.drag_finished)

    def display(
        self,
        value: CompareLens,
        task: Task,
        lens: str = "",
        options: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show one lens. `options` are (key, text) of all that the task has; one alone is a title."""
        self.display_around(self._display_body(value, task), value.reading, task, lens, options)

    def set_theme(self, theme: Theme) -> None:
        for part in self._bodies():
            part.set_theme(theme)
        super().set_theme(theme)

    def highlight(self, lit: Lit) -> None:
        for body in self._bodies():
            body.highlight(lit)

    def _bodies(self) -> tuple[CompareSimplexPlot, CompareStackPlot, CompareGradientView]:
        return (self.simplex_plot, self.stack_plot, self.gradient_view)

    def _display_body(self, value: CompareLens, task: Task) -> QWidget:
        match value:
            case FrameworksChart():
                return self.display_frameworks(value)
            case CompareSimplex():
                self.simplex_plot.compare(value)
                return self.simplex_plot
            case CompareStack():
                self.stack_plot.compare(value, task)
                return self.stack_plot
            case CompareGradient():
                self.gradient_view.compare(value, task)
                return self.gradient_view
