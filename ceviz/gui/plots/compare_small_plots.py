"""A grid of small plots with both models in each, one plot per label."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_curve import CompareCurve, curve_chart_of
from ceviz.gui.plots.compare_plot import ComparePlot
from ceviz.gui.plots.loss_plot import LossPlot
from ceviz.gui.plots.small_plots import SmallPlots


class CompareSmallPlots(SmallPlots):
    """Shows one comparison per label."""

    probability_dragged = Signal(int, int, float, bool, bool)
    """Model (0: A, 1: B), label, p, whether it alone changes (Alt), whether in fine steps (Shift)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._comparisons: tuple[CompareCurve, ...] = ()

    def compare(self, comparisons: tuple[CompareCurve, ...], classes: tuple[str, ...], unit: str) -> None:
        self._comparisons = comparisons
        self.display(tuple(map(curve_chart_of, comparisons)), classes, unit)

    def _new_plot(self) -> LossPlot:
        return ComparePlot(self._theme, small=True, parent=self._sheet)

    def _display_plot(self, plot: LossPlot, place: int) -> None:
        assert isinstance(plot, ComparePlot)
        plot.compare(self._comparisons[place], Task.MULTILABEL, self._classes, self._unit)
