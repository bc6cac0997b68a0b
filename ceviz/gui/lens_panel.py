"""The right of the window: a second view of the same loss."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.explain.charts import StackChart
from ceviz.explain.gradient_chart import GradientChart
from ceviz.explain.simplex_chart import SimplexChart
from ceviz.explain.three_formulas import ThreeFormulas
from ceviz.gui.controls import SegmentedControl
from ceviz.gui.plots.formulas_view import FormulasView
from ceviz.gui.plots.gradient_view import GradientView
from ceviz.gui.plots.simplex_plot import SimplexPlot
from ceviz.gui.plots.stack_plot import StackPlot
from ceviz.gui.step_control import StepControl
from ceviz.gui.theme import Theme

LensValue = StackChart | SimplexChart | GradientChart | ThreeFormulas

_HAIRLINE = 1
_TWO_LINES, _ONE_LINE = 58, 44
_LINE = 19
_FOOT = 8
"""Room below the reading."""
_STACK_TITLES = {
    Task.MULTICLASS: "Terms",
    Task.SOFT: "Floor + excess",
    Task.BINARY: "Terms",
    Task.MULTILABEL: "Sum of labels",
}


class LensPanel(QWidget):
    """A choice of lenses, the picture of one, and how to read it at the foot."""

    lens_chosen = Signal(str)
    class_hovered = Signal(int)
    drag_started = Signal()
    prediction_moved = Signal(object, bool)
    """In the simplex: three probabilities that sum to 1, and whether in fine steps."""
    target_moved = Signal(object, bool)
    drag_finished = Signal(bool)
    step_asked = Signal(float)
    """A step along the gradient, with its rate."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("lens")
        self._theme = theme
        self._least_reading = _TWO_LINES
        self._options: tuple[tuple[str, str], ...] = ()
        self._title, self._reading = QLabel(), QLabel()
        self._reading.setWordWrap(True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._choice = SegmentedControl((), theme)
        self.stack_plot, self.simplex_plot = StackPlot(theme), SimplexPlot(theme)
        self.gradient_view, self.formulas_view = GradientView(theme), FormulasView(theme)
        self.steps = StepControl(theme)
        self._lay_out()
        self._connect()
        self._style()

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
        self._display_choice(lens, tuple(options), task)
        self._display_body(value, task, draggable)
        reading = self._reading_of(value)
        self._display_reading(reading)
        self.setAccessibleName(dict(options).get(lens, _STACK_TITLES[task]))
        self.setAccessibleDescription(reading)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self._choice, self.steps, *self._bodies()):
            part.set_theme(theme)
        self._style()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        for body in (self.stack_plot, self.gradient_view):
            body.highlight(class_index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), self._theme.color("hairline"))

    def _bodies(self) -> tuple[StackPlot, SimplexPlot, GradientView, FormulasView]:
        return (self.stack_plot, self.simplex_plot, self.gradient_view, self.formulas_view)

    def _display_choice(self, lens: str, options: tuple[tuple[str, str], ...], task: Task) -> None:
        if options != self._options:
            self._options = options
            self._choice.set_options(options)
        self._choice.setVisible(len(options) > 1)
        self._title.setVisible(len(options) <= 1)
        self._title.setText(options[0][1] if options else _STACK_TITLES[task])
        if len(options) > 1:
            self._choice.display(lens)

    def _display_body(self, value: LensValue, task: Task, draggable: bool) -> None:
        match value:
            case StackChart():
                body: QWidget = self.stack_plot
                self.stack_plot.display(value, task)
            case SimplexChart():
                body = self.simplex_plot
                self.simplex_plot.display(value, draggable)
            case GradientChart():
                body = self.gradient_view
                self.gradient_view.display(value, task)
            case ThreeFormulas():
                body = self.formulas_view
                self.formulas_view.display(value)
        self._body.setCurrentWidget(body)
        self.steps.setVisible(body is self.gradient_view)

    def _reading_of(self, value: LensValue) -> str:
        """A small window has one line for the simplex, which needs the height."""
        if self._theme.compact and isinstance(value, SimplexChart):
            self._least_reading = _ONE_LINE
            return value.short_reading
        self._least_reading = _TWO_LINES
        return value.reading

    def _display_reading(self, reading: str) -> None:
        self._reading.setText(f'<p style="line-height: {_LINE}px">{reading}</p>')
        # Neither the label nor the panel knows its font and its width before it is first shown.
        metrics = QFontMetrics(self._theme.font("tick"))
        margins = self._reading.contentsMargins()
        width = self._theme.metrics["lens"] - _HAIRLINE - margins.left() - margins.right()
        wrapped = metrics.boundingRect(0, 0, width, 1000, Qt.TextFlag.TextWordWrap, reading)
        lines = round(wrapped.height() / metrics.lineSpacing())
        self._reading.setFixedHeight(max(self._least_reading, margins.top() + lines * _LINE + _FOOT))

    def _lay_out(self) -> None:
        self._head = QWidget()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.addWidget(self._title)
        self._head_row.addWidget(self._choice)
        self._head_row.addStretch(1)
        self._body = QStackedLayout()
        for body in self._bodies():
            self._body.addWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_HAIRLINE, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.steps)
        layout.addWidget(self._reading)

    def _connect(self) -> None:
        self._choice.chosen.connect(self.lens_chosen)
        self.steps.step_asked.connect(self.step_asked)
        self.stack_plot.class_hovered.connect(self.class_hovered)
        self.simplex_plot.drag_started.connect(self.drag_started)
        self.simplex_plot.prediction_moved.connect(self.prediction_moved)
        self.simplex_plot.target_moved.connect(self.target_moved)
        self.simplex_plot.drag_finished.connect(self.drag_finished)

    def _style(self) -> None:
        theme = self._theme
        pad = theme.metrics["padX"]
        self.setFixedWidth(theme.metrics["lens"])
        self._head.setFixedHeight(theme.metrics["panelTitle"])
        self._head_row.setContentsMargins(pad - 1, 0, pad, 0)
        self._title.setFont(theme.font("title"))
        self._title.setStyleSheet(f"color: {theme.color('ink').name()}")
        self._reading.setContentsMargins(pad, 4, 22, 0)
        self._reading.setFont(theme.font("tick"))
        self._reading.setStyleSheet(f"color: {theme.color('ink2').name()}")
        self.update()
