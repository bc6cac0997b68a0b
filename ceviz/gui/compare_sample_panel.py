"""The sample panel of a comparison: one sample as two models see it, and what comes of it in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ceviz.core.document import InputKind, Task
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_rows import CompareSample, compare_rows
from ceviz.explain.shown import Shown
from ceviz.gui.controls import SegmentedControl
from ceviz.gui.rich_spans import Takeaway
from ceviz.gui.sample_panel import SCROLL_BAR, input_options, set_text
from ceviz.gui.tables.compare_columns import DISC_AT, compare_columns, compare_layout
from ceviz.gui.tables.compare_model import LINES, sides
from ceviz.gui.tables.compare_view import CompareView
from ceviz.gui.tables.loss_row import LossRow
from ceviz.gui.tables.mending import normalised
from ceviz.gui.tables.model_names import ModelNames
from ceviz.gui.tables.picture import Picture
from ceviz.gui.tables.sample_columns import INSET
from ceviz.gui.tables.sample_header import HEIGHT as HEADER
from ceviz.gui.tables.sample_layout import SampleLayout
from ceviz.gui.tables.temperature_row import TemperatureRow


class CompareSamplePanel(QWidget):
    """Title, picture, the models' names, class table with two lines per class, losses and takeaway.

    In drags, the model is its index in the state.
    """

    edited = Signal(object, str, object)
    input_chosen = Signal(str)
    class_hovered = Signal(int)
    drag_started = Signal()
    probability_dragged = Signal(int, int, float, bool, bool)
    target_dragged = Signal(int, float, bool, bool)
    logit_dragged = Signal(int, int, float, bool)
    drag_finished = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # It fills itself: nothing below it is painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = theme
        self._shown: Shown | None = None
        self._layout: SampleLayout | None = None
        self._title = QLabel(self)
        self._heading = QLabel(self)
        self._input_of: tuple[Task, InputKind | None] | None = None
        self._input = SegmentedControl(input_options(Task.MULTICLASS), theme)
        self._picture = Picture(theme)
        self.names = ModelNames(theme)
        self.table = CompareView(theme)
        self.losses = LossRow(theme)
        self.temperature = TemperatureRow(theme)
        self._takeaway = Takeaway(self, theme)
        for part in self._themed():
            part.setParent(self)
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in self._themed():
            part.set_theme(theme)
        for label, role in ((self._title, "title"), (self._heading, "value")):
            label.setFont(theme.font(role))
            label.setStyleSheet(f"color: {theme.color('ink').name()};")
        self.setFixedWidth(int(theme.metrics["sample"]))
        if self._shown is not None:
            self.display(self._shown)

    def display(self, shown: Shown) -> None:
        """Show another value. Emits nothing."""
        self._shown = shown
        sample = compare_rows(shown)
        self._title.setText(f"Sample {shown.sample + 1}")
        set_text(self._heading, sample.title)
        self._display_input(shown)
        self._picture.display(shown)
        self.names.display(shown)
        self.table.display(shown)
        self.temperature.display(shown)
        self._takeaway.display(sample.takeaway, shown.task)
        self._place(shown, sample)

    def highlight(self, class_index: int) -> None:
        """Let one class stand out; -1 for none."""
        self.table.highlight(class_index)

    def finish_editing(self) -> bool:
        """Commit an open editor; False where its text makes no sense and it stays open."""
        return self.table.finish_editing() and self.names.finish_editing()

    def minimumSizeHint(self) -> QSize:
        metrics = self.theme.metrics
        fixed = metrics["panelTitle"] + metrics["sumRow"] + HEADER + self._takeaway_height()
        return QSize(int(metrics["sample"]), int(fixed) + 2 * 46)

    def _display_input(self, shown: Shown) -> None:
        """The kind of both models' predictions; none is chosen where they differ."""
        kinds = {side.shown_model.input for side in sides(shown)}
        kind = kinds.pop() if len(kinds) == 1 else None
        if self._input_of is None or self._input_of[0] is not shown.task or kind is None:
            self._offer_input(shown.task, kind)
        if kind is not None:
            self._input.display(str(kind))
        self._input_of = shown.task, kind

    def _offer_input(self, task: Task, kind: InputKind | None) -> None:
        focused = self._input.isAncestorOf(self.focusWidget() or self)
        self._input.set_options(input_options(task))
        if focused:
            self._input.setFocus()

    # Where the parts stand

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._shown is not None:
            self._place(self._shown, compare_rows(self._shown))

    def _inner_width(self) -> int:
        return self.width() - 2 * int(self.theme.metrics["padX"])

    def _takeaway_height(self) -> int:
        return self._takeaway.height_at(self._inner_width())

    def _place(self, shown: Shown, sample: CompareSample) -> None:
        layout = compare_layout(
            self.height(),
            self.table.model_.rowCount() // LINES,
            self.table.in_logits(),
            int(self.theme.metrics["sumRow"]),
            self._takeaway_height(),
            self.theme,
        )
        if layout != self._layout:
            self._layout = layout
            self.update()
        self._place_title(layout, shown)
        self._place_words(layout)
        self._place_table(layout, shown)
        self._place_losses(layout, sample)
        pad = int(self.theme.metrics["padX"])
        top = layout.takeaway_top + self._takeaway.lead
        self._takeaway.setGeometry(pad, top, self._inner_width(), self.height() - top)

    def _place_title(self, layout: SampleLayout, shown: Shown) -> None:
        pad, title = int(self.theme.metrics["padX"]), int(self.theme.metrics["panelTitle"])
        size = self._input.sizeHint()
        self._input.setGeometry(
            self.width() - pad - size.width(), (title - size.height()) // 2, size.width(), size.height()
        )
        height, labels = layout.picture_height, shown.task is Task.MULTILABEL
        self._picture.setVisible(bool(height) or not labels)
        left = pad
        if height:
            self._picture.setGeometry(pad, layout.picture_top, height * 4 // 3 if labels else height, height)
        elif not labels:
            self._picture.setGeometry(pad, (title - 28) // 2, 28, 28)
            left = pad + 36
        self._title.setGeometry(left, 0, self.width() - size.width() - left - pad, title)

    def _place_words(self, layout: SampleLayout) -> None:
        """The heading over the models' names beside the picture; without it the names alone."""
        pad, height = int(self.theme.metrics["padX"]), layout.picture_height
        self._heading.setVisible(bool(height))
        names = self.names.sizeHint().height()
        if not height:
            self.names.setGeometry(pad, layout.picture_top, self._inner_width(), names)
            return
        left = pad + self._picture.width() + 16
        room = QRect(left, layout.picture_top, self.width() - pad - left, height)
        middle = room.center().y() + 1
        self._heading.setGeometry(room.left(), middle - 21, room.width(), 20)
        self.names.setGeometry(room.left() - 1, middle - 1, room.width() + 1, names)

    def _place_table(self, layout: SampleLayout, shown: Shown) -> None:
        left = int(self.theme.metrics["padX"] - INSET)
        width, rows = self.width() - 2 * left, self.table.model_.rows
        columns = self.table.columns
        # Nothing changes its place while a drag lasts.
        fits = sum(columns.widths) == width and len(columns.widths) == len(self.table.model_.kinds)
        if not (shown.dragging and fits):
            columns = compare_columns(shown, tuple(row.name for row in rows), width, self.theme)
        bar = SCROLL_BAR if layout.row_height * len(rows) + HEADER > layout.table_height else 0
        # The rows first: the table would show a scroll bar while they are still too high for it.
        self.table.use_columns(columns, layout.row_height)
        self.table.setGeometry(left, layout.table_top, width + bar, layout.table_height)

    def _place_losses(self, layout: SampleLayout, sample: CompareSample) -> None:
        left = int(self.theme.metrics["padX"] - INSET)
        width, bottom = self.width() - 2 * left, layout.table_top + layout.table_height
        self.losses.setGeometry(left, bottom, width, layout.sum_height)
        self.losses.display(sample, sum(self.table.columns.widths[:2]) + DISC_AT)
        self.temperature.setVisible(bool(layout.temperature_height))
        self.temperature.setGeometry(
            left, bottom + layout.sum_height, width, max(1, layout.temperature_height)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("panel"))
        if self._layout is not None:
            painter.setPen(QPen(self.theme.color("hairline"), 1))
            y = self._layout.takeaway_top + 0.5
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    # What a person did

    def _connect(self) -> None:
        drag = self.table.drag
        for source in (self.table.model_, self.temperature, self.names):
            source.edited.connect(self.edited)
        self.table.class_hovered.connect(self.class_hovered)
        drag.drag_started.connect(self.drag_started)
        drag.probability_dragged.connect(self._tell_probability)
        drag.target_dragged.connect(self.target_dragged)
        drag.logit_dragged.connect(self._tell_logit)
        drag.drag_finished.connect(self.drag_finished)
        self._input.chosen.connect(self.input_chosen)
        self.losses.normalise_asked.connect(self._normalise)

    def _dragged_model(self) -> int:
        assert self._shown is not None
        assert self.table.drag.held is not None
        return sides(self._shown)[self.table.drag.held.line].model

    def _tell_probability(self, class_index: int, value: float, alone: bool, fine: bool) -> None:
        self.probability_dragged.emit(self._dragged_model(), class_index, value, alone, fine)

    def _tell_logit(self, class_index: int, value: float, fine: bool) -> None:
        self.logit_dragged.emit(self._dragged_model(), class_index, value, fine)

    def _normalise(self, line: int) -> None:
        if self._shown is not None:
            side = sides(self._shown)[line]
            self.edited.emit(*normalised(side, side.sample))

    def _themed(
        self,
    ) -> tuple[
        Picture | SegmentedControl | ModelNames | CompareView | LossRow | TemperatureRow | Takeaway, ...
    ]:
        return (
            self._input,
            self._picture,
            self.names,
            self.table,
            self.losses,
            self.temperature,
            self._takeaway,
        )
