"""The centre of a comparison: both models' losses against the probability, live."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import text_width
from ceviz.drawing.points import paint_model_dot
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS, pair_of
from ceviz.explain.compare_curve import CompareCurve
from ceviz.explain.compare_losses import compared_losses
from ceviz.explain.curve_marks import marks_note
from ceviz.explain.shown import Shown
from ceviz.gui.curve_frame import CurveFrame
from ceviz.gui.plots.compare_plot import ComparePlot
from ceviz.gui.plots.compare_small_plots import CompareSmallPlots

_DOT_TO_TEXT, _PITCH, _LEGEND_HEIGHT = 11.0, 33.0, 20


class _ModelLegend(QWidget):
    """In a row: A hollow, B filled. For the grid of small plots, which have no room for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        last = text_width(LETTERS[-1], self._theme.font("tick"))
        return QSize(round(_PITCH + 2 * _DOT_TO_TEXT + last), _LEGEND_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, font = QPainter(self), self._theme.font("tick")
        painter.setFont(font)
        painter.setPen(self._theme.color("ink3"))
        for model, letter in enumerate(LETTERS):
            dot = QPointF(_DOT_TO_TEXT + model * _PITCH - 4, self.height() / 2)
            paint_model_dot(painter, dot, model, self._theme)
            painter.drawText(QPointF(dot.x() + _DOT_TO_TEXT, baseline_in(dot.y(), font)), letter)


class CompareCurvePanel(CurveFrame):
    """The curves of both models."""

    probability_dragged = Signal(int, int, float, bool, bool)
    """Model (0: A, 1: B), class, p, whether it alone changes (Alt), whether in fine steps (Shift)."""

    plot: ComparePlot
    small_plots: CompareSmallPlots

    def __init__(self, theme: Theme) -> None:
        self.plot, self.small_plots = ComparePlot(theme), CompareSmallPlots(theme)
        self._legend = _ModelLegend(theme)
        super().__init__(theme, (self._legend,))

    def display(self, charts: tuple[CompareCurve, ...], shown: Shown) -> None:
        """Show both models on the shown sample: in one chart, or for multi-label in one per label."""
        task, unit, classes = shown.task, str(shown.state.options.unit), shown.state.classes
        self.display_around(charts[0].title, charts[0].x_axis.label, task, shown.overlay)
        if not shown.dragging:
            self.display_note(marks_note(shown))
        if task is Task.MULTILABEL:
            self.small_plots.compare(charts, classes, unit)
        else:
            self.plot.compare(charts[0], task, classes, unit, _losses(shown) if task is Task.SOFT else ())

    def set_theme(self, theme: Theme) -> None:
        self._legend.set_theme(theme)
        super().set_theme(theme)


def _losses(shown: Shown) -> tuple[str, ...]:
    """Of A and B; empty where a row has none."""
    losses = compared_losses(pair_of(shown), shown.sample)
    return losses.a, losses.b
