"""The centre of a comparison: both models' losses against the probability, live."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import text_width
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS, pair_of
from ceviz.explain.compare_curve import CompareCurve
from ceviz.explain.parts import is_valid, shown_loss
from ceviz.explain.shown import Shown
from ceviz.gui.controls import Chip
from ceviz.gui.panel_title import PanelTitle
from ceviz.gui.plots.compare_plot import ComparePlot
from ceviz.gui.plots.compare_small_plots import CompareSmallPlots
from ceviz.gui.plots.model_points import paint_model_dot

_HAIRLINE = 1
_DOT_TO_TEXT, _PITCH, _LEGEND_HEIGHT = 11.0, 33.0, 20


class _ModelLegend(QWidget):
    """In a row: A hollow, B filled. For the grid of small plots, which have no room for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self) -> QSize:
        last = text_width(LETTERS[-1], self.theme.font("tick"))
        return QSize(round(_PITCH + 2 * _DOT_TO_TEXT + last), _LEGEND_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, font = QPainter(self), self.theme.font("tick")
        painter.setFont(font)
        painter.setPen(self.theme.color("ink3"))
        for model, letter in enumerate(LETTERS):
            dot = QPointF(_DOT_TO_TEXT + model * _PITCH - 4, self.height() / 2)
            paint_model_dot(painter, dot, model, self.theme)
            painter.drawText(QPointF(dot.x() + _DOT_TO_TEXT, baseline_in(dot.y(), font)), letter)


class CompareCurvePanel(QWidget):
    """Title, chip and plot; for multi-label a grid of small plots."""

    drag_started = Signal()
    probability_dragged = Signal(int, int, float, bool, bool)
    """Model (0: A, 1: B), class, p, whether it alone changes (Alt), whether in fine steps (Shift)."""
    drag_finished = Signal(bool)
    sample_chosen = Signal(int)
    sample_stepped = Signal(int)
    overlay_toggled = Signal(bool)
    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title, self._remark, self._legend = PanelTitle(), QLabel(), _ModelLegend(theme)
        self._square_error = Chip("Square error", theme, "dash")
        self._best_possible = Chip("Best possible", theme, "ring")
        self.plot = ComparePlot(theme)
        self.plot.setObjectName("curvePlot")
        self.small_plots = CompareSmallPlots(theme)
        self._lay_out()
        self._connect()
        self._style()

    def display(self, charts: tuple[CompareCurve, ...], shown: Shown) -> None:
        """Show both models on the shown sample: in one chart, or for multi-label in one per label."""
        task, unit, classes = shown.task, str(shown.state.options.unit), shown.state.classes
        self._title.setText(charts[0].title)
        self._display_head(task, shown.overlay)
        if task is Task.MULTILABEL:
            self._remark.setText(f"x: {charts[0].x_axis.label}")
            self._stack.setCurrentWidget(self.small_plots)
            self.small_plots.compare(charts, classes, unit)
        else:
            self._stack.setCurrentWidget(self.plot)
            self.plot.compare(charts[0], task, classes, unit, _losses(shown) if task is Task.SOFT else ())

    def set_theme(self, theme: Theme) -> None:
        self._theme = self._legend.theme = theme
        for part in (self._square_error, self._best_possible, self.plot, self.small_plots):
            part.set_theme(theme)
        self._style()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        self.plot.highlight(class_index)
        self.small_plots.highlight(class_index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), self._theme.color("hairline"))

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.setSpacing(12)
        self._head_row.addWidget(self._title, 1)
        for part in (self._remark, self._legend, self._square_error, self._best_possible):
            self._head_row.addWidget(part)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self.small_plots)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_HAIRLINE, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._stack, 1)

    def _connect(self) -> None:
        for plot in (self.plot, self.small_plots):
            plot.drag_started.connect(self.drag_started)
            plot.probability_dragged.connect(self.probability_dragged)
            plot.drag_finished.connect(self.drag_finished)
            plot.sample_stepped.connect(self.sample_stepped)
            plot.class_hovered.connect(self.class_hovered)
        self.plot.sample_chosen.connect(self.sample_chosen)
        for chip in (self._square_error, self._best_possible):
            chip.clicked_on.connect(self.overlay_toggled)

    def _style(self) -> None:
        theme = self._theme
        self._head.setFixedHeight(theme.metrics["panelTitle"])
        pad = theme.metrics["padX"]
        self._head_row.setContentsMargins(pad, 0, pad, 0)
        self._legend.setFixedSize(self._legend.sizeHint())
        self._title.setFont(theme.font("title"))
        self._title.setStyleSheet(f"color: {theme.color('ink').name()}")
        self._remark.setFont(theme.font("tick"))
        self._remark.setStyleSheet(f"color: {theme.color('ink3').name()}")
        self.update()

    def _display_head(self, task: Task, on: bool) -> None:
        self._square_error.setVisible(task in (Task.MULTICLASS, Task.BINARY))
        self._best_possible.setVisible(task is Task.SOFT)
        for part in (self._remark, self._legend):
            part.setVisible(task is Task.MULTILABEL)
        self._square_error.display(on)
        self._best_possible.display(on)


def _losses(shown: Shown) -> tuple[str, ...]:
    """Of A and B; empty where a row has none."""
    return tuple(numbers.loss(shown_loss(side)) if is_valid(side) else "" for side in pair_of(shown).sides)
