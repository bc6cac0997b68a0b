"""The sample panel: what goes into the loss of one sample, and what comes of it in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ceviz.core import edits
from ceviz.core.document import InputKind, Task
from ceviz.drawing.theme import Theme
from ceviz.explain.sentences import sample_heading, takeaway
from ceviz.explain.shown import Shown
from ceviz.gui.controls import SegmentedControl
from ceviz.gui.panel_title import PanelTitle
from ceviz.gui.plain_text import tip
from ceviz.gui.rich_spans import Takeaway
from ceviz.gui.tables.grid_model import Change
from ceviz.gui.tables.mending import normalised
from ceviz.gui.tables.picture import Picture, RaterDots
from ceviz.gui.tables.sample_columns import INSET, sample_columns
from ceviz.gui.tables.sample_header import HEIGHT as HEADER
from ceviz.gui.tables.sample_layout import SampleLayout, sample_layout
from ceviz.gui.tables.sample_model import PREDICTION
from ceviz.gui.tables.sample_view import SampleView
from ceviz.gui.tables.sum_row import SumRow
from ceviz.gui.tables.temperature_row import TemperatureRow

_NO, _YES = "no", "yes"
SCROLL_BAR = 10


class SamplePanel(QWidget):
    """Title, picture, class table, sum row and takeaway of the shown sample."""

    edited = Signal(object, str, object)
    input_chosen = Signal(str)
    class_hovered = Signal(int)
    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    target_dragged = Signal(int, float, bool, bool)
    logit_dragged = Signal(int, float, bool)
    drag_finished = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # It fills itself: nothing below it is painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = theme
        self._shown: Shown | None = None
        self._layout: SampleLayout | None = None
        self._title = PanelTitle(self)
        self._heading = PanelTitle(self)
        self._subtitle = PanelTitle(self)
        self._picture = Picture(theme)
        self._dots = RaterDots(theme)
        self._switch = SegmentedControl(((_NO, "No, t = 0"), (_YES, "Yes, t = 1")), theme)
        self._input_task = Task.MULTICLASS
        self._input = SegmentedControl(input_options(Task.MULTICLASS), theme)
        self.table = SampleView(theme)
        self.sum_row = SumRow(theme)
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
        for label, font, ink in self._labels():
            label.setFont(font)
            label.setStyleSheet(f"color: {theme.color(ink).name()};")
        self.setFixedWidth(int(theme.metrics["sample"]))
        if self._shown is not None:
            self.display(self._shown)

    def display(self, shown: Shown) -> None:
        """Show another value. Emits nothing."""
        self._shown = shown
        self.table.display(shown)
        self._display_controls(shown)
        self._display_words(shown)
        self._picture.display(shown)
        self._dots.display(shown)
        self.temperature.display(shown)
        self._place()

    def highlight(self, class_index: int) -> None:
        """Let one class stand out; -1 for none."""
        self.table.highlight(class_index)

    def choose_class(self, class_index: int) -> None:
        """Go to the prediction of a class; the focus stays where it is."""
        index = self.table.model().index(class_index, PREDICTION)
        if index.isValid():
            self.table.go_to(index)
            self.table.scrollTo(index)

    def finish_editing(self) -> bool:
        """Commit an open editor; False where its text makes no sense and it stays open."""
        return self.table.finish_editing() and self.temperature.finish_editing()

    def minimumSizeHint(self) -> QSize:
        metrics = self.theme.metrics
        fixed = metrics["panelTitle"] + metrics["sumRow"] + 28 + self._takeaway.height_at(self._inner_width())
        return QSize(int(metrics["sample"]), int(fixed) + 2 * 40)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        fixed = (
            metrics["panelTitle"]
            + metrics["sumRow"]
            + 28
            + 86
            + self._takeaway.height_at(self._inner_width())
        )
        return QSize(int(metrics["sample"]), int(fixed + 3 * metrics["classRow"]))

    # What is shown

    def _display_controls(self, shown: Shown) -> None:
        if shown.task is not self._input_task:
            self._input_task = shown.task
            self._input.set_options(input_options(shown.task))
        self._input.display(str(shown.shown_model.input))
        if shown.task is Task.BINARY:
            self._switch.display(_YES if shown.state.targets[shown.sample, 0] >= 0.5 else _NO)

    def _display_words(self, shown: Shown) -> None:
        self._title.setText(f"Sample {shown.sample + 1}")
        heading, subtitle = sample_heading(shown)
        self._heading.setText(heading)
        self._subtitle.setText(subtitle)
        self._takeaway.display(takeaway(shown), shown.task)

    # Where the parts stand

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _inner_width(self) -> int:
        return self.width() - 2 * int(self.theme.metrics["padX"])

    def _place(self) -> None:
        shown = self._shown
        if shown is None:
            return
        takeaway_height = self._takeaway.height_at(self._inner_width())
        rows = self.table.model_.rowCount()
        layout = sample_layout(self.height(), rows, shown.task, shown.in_logits, takeaway_height, self.theme)
        if layout != self._layout:
            self._layout = layout
            self.update()
        self._place_title(layout)
        self._place_picture(layout)
        self._place_table(layout, shown)
        pad = int(self.theme.metrics["padX"])
        top = layout.takeaway_top + self._takeaway.lead
        self._takeaway.setGeometry(pad, top, self._inner_width(), self.height() - top)

    def _place_title(self, layout: SampleLayout) -> None:
        pad, title = int(self.theme.metrics["padX"]), int(self.theme.metrics["panelTitle"])
        size = self._input.sizeHint()
        self._input.setGeometry(
            self.width() - pad - size.width(), (title - size.height()) // 2, size.width(), size.height()
        )
        glyph = (
            not layout.picture_height and self._shown is not None and self._shown.task is not Task.MULTILABEL
        )
        left = pad + 36 if glyph else pad
        self._title.setGeometry(left, 0, self.width() - size.width() - left - pad, title)

    def _place_picture(self, layout: SampleLayout) -> None:
        pad, height, top = int(self.theme.metrics["padX"]), layout.picture_height, layout.picture_top
        for part in (self._heading, self._subtitle):
            part.setVisible(bool(height))
        shown = self._shown
        assert shown is not None
        self._picture.setVisible(bool(height) or shown.task is not Task.MULTILABEL)
        self._switch.setVisible(bool(height) and shown.task is Task.BINARY)
        self._dots.setVisible(bool(height) and self._dots.any())
        if not height:
            self._picture.setGeometry(pad, (int(self.theme.metrics["panelTitle"]) - 28) // 2, 28, 28)
            return
        width = height * 3 // 2 if shown.task is Task.MULTILABEL else height
        self._picture.setGeometry(pad, top, width, height)
        self._place_words(QRect(pad + width + 16, top, self.width() - 2 * pad - width - 16, height), shown)

    def _place_words(self, room: QRect, shown: Shown) -> None:
        """Heading and subtitle, or the switch of a binary target, in the middle beside the picture."""
        middle = room.center().y() + 1
        lift = 3 if shown.task is Task.BINARY else 0
        dots = 96 if self._dots.isVisibleTo(self) else 0
        self._heading.setGeometry(room.left(), middle - 20 - lift - 3 * (lift > 0), room.width() - dots, 20)
        self._subtitle.setGeometry(room.left(), middle + 2, room.width() - dots, 22)
        self._subtitle.setVisible(shown.task is not Task.BINARY)
        size = self._switch.sizeHint()
        self._switch.setGeometry(room.left(), middle - 1, size.width(), size.height())
        self._dots.move(room.right() - self._dots.width() + 1, middle - 18)

    def _place_table(self, layout: SampleLayout, shown: Shown) -> None:
        left = int(self.theme.metrics["padX"] - INSET)
        width = self.width() - 2 * left
        names = tuple(row.name for row in self.table.model_.rows)
        rows = len(names)
        columns = self.table.columns
        # Nothing changes its place while a drag lasts.
        fits = sum(columns.widths) == width and len(columns.widths) == len(self.table.model_.kinds)
        if not (shown.dragging and fits):
            columns = sample_columns(shown, names, width, self.theme)
        bar = SCROLL_BAR if layout.row_height * rows + HEADER > layout.table_height else 0
        # The rows first: the table would show a scroll bar while they are still too high for it.
        self.table.use_columns(columns, layout.row_height)
        self.table.setGeometry(left, layout.table_top, width + bar, layout.table_height)
        bottom = layout.table_top + layout.table_height
        self.sum_row.setGeometry(left, bottom, width, layout.sum_height)
        self.sum_row.display(shown, self.table.model_.rows, columns)
        self.temperature.setVisible(bool(layout.temperature_height))
        self.temperature.setGeometry(
            left, bottom + layout.sum_height, width, _at_least_1(layout.temperature_height)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("panel"))
        if self._layout is not None:
            painter.setPen(QPen(self.theme.color("hairline"), 1))
            y = self._layout.takeaway_top + 0.5
            painter.drawLine(
                QRectF(0, y, self.width(), 0).topLeft(), QRectF(0, y, self.width(), 0).topRight()
            )
        painter.end()

    # What a person did

    def _connect(self) -> None:
        table, drag = self.table, self.table.drag
        table.model_.edited.connect(self.edited)
        self.temperature.edited.connect(self.edited)
        table.class_hovered.connect(self.class_hovered)
        drag.drag_started.connect(self.drag_started)
        drag.probability_dragged.connect(self.probability_dragged)
        drag.target_dragged.connect(self.target_dragged)
        drag.logit_dragged.connect(self.logit_dragged)
        drag.drag_finished.connect(self.drag_finished)
        self._switch.chosen.connect(self._answered)
        self._input.chosen.connect(self.input_chosen)
        self.sum_row.normalise_asked.connect(self._normalise)

    def _emit(self, change: Change) -> None:
        self.edited.emit(*change)

    def _answered(self, answer: str) -> None:
        shown = self._shown
        if shown is not None:
            state = edits.set_target(shown.state, shown.sample, 0, float(answer == _YES))
            self._emit(Change(state, f"Set target of sample {shown.sample + 1}"))

    def _normalise(self) -> None:
        if self._shown is not None:
            self._emit(normalised(self._shown, self._shown.sample))

    def _themed(
        self,
    ) -> tuple[Picture | RaterDots | SegmentedControl | SampleView | SumRow | TemperatureRow | Takeaway, ...]:
        return (
            self._picture,
            self._dots,
            self._switch,
            self._input,
            self.table,
            self.sum_row,
            self.temperature,
            self._takeaway,
        )

    def _labels(self) -> tuple[tuple[QLabel, QFont, str], ...]:
        theme = self.theme
        return (
            (self._title, theme.font("title"), "ink"),
            (self._heading, theme.font("value"), "ink"),
            (self._subtitle, theme.font("title", weight=400), "ink2"),
        )


def input_options(task: Task) -> tuple[tuple[str, str], tuple[str, str]]:
    """The kinds of predictions, as a choice."""
    several = "" if task is Task.BINARY else "s"
    words = ("Probability", "Logit") if not several else ("Probabilities", "Logits")
    return (str(InputKind.PROBABILITIES), words[0]), (str(InputKind.LOGITS), words[1])


def set_text(label: QLabel, text: str) -> None:
    """Show a text, in full in the tooltip."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setToolTip(tip(text))


def _at_least_1(height: int) -> int:
    return max(1, height)
