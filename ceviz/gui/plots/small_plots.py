"""A grid of small plots, one per label: three columns, scrolling beyond two rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from ceviz.core.document import Task
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import CurveChart
from ceviz.gui.controls import order_tabs
from ceviz.gui.plots.loss_plot import LossPlot

COLUMNS = 3
ROWS = 2
_GAP = 22
_TOP = 10
_MIN_ROW = 150
_LEFT = 4
"""Room left of the heading for the tick of infinity."""
_RIGHT = 8
"""Room right of the area for half of its last tick."""
_REMARK = (
    '<p style="line-height: 19px"><span style="color: {ink}; font-weight: 600">Each label is its own binary '
    "task.</span><br>A target of 1 uses the falling curve, 0 the rising one. Sigmoid, not softmax: labels do "
    "not compete.</p>"
)


class SmallPlots(QScrollArea):
    """Shows one chart per label. Only as many plots exist as are in sight: scrolling gives them others."""

    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    drag_finished = Signal(bool)
    sample_stepped = Signal(int)
    class_hovered = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._charts: tuple[CurveChart, ...] = ()
        self._classes: tuple[str, ...] = ()
        self._unit = ""
        self._lit = ALIKE
        self.plots: list[LossPlot] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = QWidget()
        self._remark = QLabel(self._sheet)
        self._remark.setWordWrap(True)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self.verticalScrollBar().valueChanged.connect(self._show_visible)
        self._color()

    def display(self, charts: tuple[CurveChart, ...], classes: tuple[str, ...], unit: str) -> None:
        """Show one small chart per label."""
        moved = len(charts) != len(self._charts)
        self._charts, self._classes, self._unit = charts, classes, unit
        if moved:
            self._arrange()
        self._show_visible()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for plot in self.plots:
            plot.set_theme(theme)
        self._color()

    def highlight(self, lit: Lit) -> None:
        self._lit = lit
        for plot in self.plots:
            plot.highlight(lit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._show_visible()

    def _color(self) -> None:
        panel = self._theme.color("panel").name()
        self.viewport().setStyleSheet(f"background: {panel}")
        self._remark.setFont(self._theme.font("tick"))
        self._remark.setText(_REMARK.format(ink=self._theme.color("ink").name()))
        self._remark.setStyleSheet(f"color: {self._theme.color('ink2').name()}")

    def _row_height(self) -> int:
        return max(_MIN_ROW, (self.viewport().height() - _TOP - 2) // ROWS)

    def _arrange(self) -> None:
        rows = -(-len(self._charts) // COLUMNS)
        height = max(_TOP + rows * self._row_height(), 1)
        self._sheet.resize(self.viewport().width(), height)
        free = len(self._charts) % COLUMNS
        self._remark.setVisible(free == COLUMNS - 1 and rows == ROWS)
        if not self._remark.isHidden():
            left, top, width, _ = self._cell(len(self._charts))
            self._remark.setGeometry(left + _LEFT + 5, top + 7, width - _LEFT, 180)

    def _cell(self, place: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a plot."""
        pad = int(self._theme.metrics["padX"])
        pitch = (self.viewport().width() - pad - 27 + _GAP) / COLUMNS
        row, column = divmod(place, COLUMNS)
        left = pad + round(column * pitch)
        width = round(pitch) - _GAP + _LEFT + _RIGHT
        return left - _LEFT, _TOP + row * self._row_height(), width, self._row_height()

    def focusNextPrevChild(self, next: bool) -> bool:
        # By itself Qt would end with the last plot that exists, whatever label it shows.
        focused = [place for place, plot in enumerate(self.plots) if plot.hasFocus()]
        wanted = self._first() + sum(focused) + (1 if next else -1)
        return (bool(focused) and self._go_to(wanted)) or super().focusNextPrevChild(next)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Shift Tab enters with the last plot that exists, which may be out of sight.
        if isinstance(event, QFocusEvent) and event.reason() == Qt.FocusReason.BacktabFocusReason:
            assert isinstance(watched, QWidget)
            self.ensureWidgetVisible(watched, 0, 0)
        return super().eventFilter(watched, event)

    def _go_to(self, label: int) -> bool:
        """Give the keyboard to the plot of a label, in sight; False where there is no such label."""
        if not 0 <= label < len(self._charts):
            return False
        _, top, _, height = self._cell(label)
        self.ensureVisible(0, top + height // 2, 0, height // 2)
        self.plots[label - self._first()].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _first(self) -> int:
        """The first label that has a plot."""
        return max(0, (self.verticalScrollBar().value() - _TOP) // self._row_height()) * COLUMNS

    def _show_visible(self) -> None:
        first = self._first()
        shown = range(first, min(len(self._charts), first + (ROWS + 1) * COLUMNS))
        while len(self.plots) < len(shown):
            self._add_plot()
        for plot, place in zip(self.plots, shown, strict=False):
            plot.setGeometry(*self._cell(place))
            self._display_plot(plot, place)
            plot.show()
        for plot in self.plots[len(shown) :]:
            plot.hide()

    def _display_plot(self, plot: LossPlot, place: int) -> None:
        plot.display(self._charts[place], Task.MULTILABEL, self._classes, self._unit)

    def _new_plot(self) -> LossPlot:
        return LossPlot(self._theme, small=True, parent=self._sheet)

    def _add_plot(self) -> None:
        plot = self._new_plot()
        for signal in (
            "drag_started",
            "probability_dragged",
            "drag_finished",
            "sample_stepped",
            "class_hovered",
        ):
            getattr(plot, signal).connect(getattr(self, signal))
        plot.highlight(self._lit)
        plot.installEventFilter(self)
        self.plots.append(plot)
        order_tabs(self, self.plots)
