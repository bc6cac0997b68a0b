"""The right of a comparison: both models in the simplex, or their losses as two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_lenses import CompareSimplex, CompareStack
from ceviz.gui.lens_frame import LensFrame
from ceviz.gui.plots.compare_simplex import CompareSimplexPlot
from ceviz.gui.plots.compare_stack import CompareStackPlot


class CompareLensPanel(LensFrame):
    """A choice of lenses, the picture of one, and how to read it at the foot."""

    shares_dragged = Signal(int, object, object, bool)
    """In the simplex: model (0: A, 1: B), three classes, their shares, and whether in fine steps."""

    def __init__(self, theme: Theme) -> None:
        self.simplex_plot, self.stack_plot = CompareSimplexPlot(theme), CompareStackPlot(theme)
        super().__init__(theme, (self.simplex_plot, self.stack_plot))
        self.stack_plot.class_hovered.connect(self.class_hovered)
        simplex = self.simplex_plot
        simplex.drag_started.connect(self.drag_started)
        simplex.shares_dragged.connect(self.shares_dragged)
        simplex.target_shares_dragged.connect(self.target_shares_dragged)
        simplex.drag_finished.connect(self.drag_finished)

    def display(
        self,
        value: CompareSimplex | CompareStack,
        task: Task,
        lens: str = "",
        options: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Show one lens. `options` are (key, text) of all that the task has; one alone is a title."""
        if isinstance(value, CompareSimplex):
            self.simplex_plot.compare(value)
            self.display_around(self.simplex_plot, value.reading, task, lens, options)
        else:
            self.stack_plot.compare(value, task)
            self.display_around(self.stack_plot, value.reading, task, lens, options)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.simplex_plot, self.stack_plot):
            part.set_theme(theme)
        super().set_theme(theme)

    def highlight(self, class_index: int) -> None:
        # The simplex belongs to all classes.
        self.stack_plot.highlight(class_index)
