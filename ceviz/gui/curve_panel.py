"""The centre of the window: the loss against the probability, live."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart
from ceviz.explain.curve_marks import marks_note
from ceviz.explain.shown import Shown
from ceviz.gui.curve_frame import CurveFrame
from ceviz.gui.plots.loss_plot import LossPlot
from ceviz.gui.plots.pill_editor import PillEditor
from ceviz.gui.plots.small_plots import SmallPlots


class CurvePanel(CurveFrame):
    """The curves of one model. The numbers at the axes can be typed over."""

    value_typed = Signal(int, float)
    """Class and probability, typed at a pill."""

    def __init__(self, theme: Theme) -> None:
        self.plot, self.small_plots = LossPlot(theme), SmallPlots(theme)
        super().__init__(theme)
        self._shown: Shown | None = None
        self._editor = PillEditor(theme, self.plot)
        self.plot.pill_opened.connect(self._open_editor)
        self._editor.value_typed.connect(self._say_typed)

    def display(self, title: str, charts: tuple[CurveChart, ...], shown: Shown) -> None:
        """Show the charts of the shown sample: one, or for multi-label one per label."""
        self._shown = shown
        task, unit = shown.task, str(shown.state.options.unit)
        self.display_around(title, charts[0].x_axis.label, task, shown.overlay)
        if not shown.dragging:
            self.display_note(marks_note(shown))
        if task is Task.MULTILABEL:
            self.small_plots.display(charts, shown.state.classes, unit)
        else:
            self.plot.display(charts[0], task, shown.state.classes, unit)

    # Typing at a pill

    def _open_editor(self, axis: str, pill: QRectF) -> None:
        if self._shown is None:
            return
        live = self.plot.chart.live[0]
        text = live.x_text if axis == "x" else live.y_text
        falling = not (self._shown.task is Task.BINARY and live.class_index == 1)
        self._editor.open_editor(axis, pill, text, self._shown.state.options.unit, falling, self._theme)

    def _say_typed(self, value: float) -> None:
        self.value_typed.emit(self.plot.class_of(0), value)
