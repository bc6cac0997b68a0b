"""The sample panel: what goes into the loss of one sample, and what comes of it in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.sentences import sample_heading, takeaway
from ceviz.explain.shown import Shown
from ceviz.gui.controls import SegmentedControl
from ceviz.gui.panel_title import PanelTitle
from ceviz.gui.sample_frame import SampleFrame, SamplePart, input_options
from ceviz.gui.tables.grid_model import Change
from ceviz.gui.tables.mending import normalised
from ceviz.gui.tables.picture import RaterDots
from ceviz.gui.tables.sample_columns import SampleColumns, sample_columns
from ceviz.gui.tables.sample_layout import SampleLayout, sample_layout
from ceviz.gui.tables.sample_model import PREDICTION
from ceviz.gui.tables.sample_view import SampleView
from ceviz.gui.tables.sum_row import SumRow

_NO, _YES = "no", "yes"
_DOTS = 96
"""The room of the raters' dots."""


class SamplePanel(SampleFrame):
    """Title, picture, class table, sum row and takeaway of the shown sample."""

    probability_dragged = Signal(int, float, bool, bool)
    logit_dragged = Signal(int, float, bool)
    labels_aspect = 3 / 2
    least_row = 40

    def __init__(self, theme: Theme) -> None:
        self._subtitle = PanelTitle()
        self._dots = RaterDots(theme)
        self._switch = SegmentedControl(((_NO, "No, t = 0"), (_YES, "Yes, t = 1")), theme)
        self._input_task = Task.MULTICLASS
        self.table = SampleView(theme)
        self.foot = self.sum_row = SumRow(theme)
        super().__init__(theme)
        self._subtitle.setParent(self)

    def display(self, shown: Shown) -> None:
        self._shown = shown
        self.table.display(shown)
        self._display_controls(shown)
        self._display_words(shown)
        self._picture.display(shown)
        self._dots.display(shown)
        self.temperature.display(shown)
        self._place(shown)

    def choose_class(self, class_index: int) -> None:
        """Go to the prediction of a class; the focus stays where it is."""
        index = self.table.model().index(class_index, PREDICTION)
        if index.isValid():
            self.table.go_to(index)
            self.table.scrollTo(index)

    def sizeHint(self) -> QSize:
        height = self._fixed_height() + 86 + 3 * self.theme.metrics["classRow"]
        return QSize(int(self.theme.metrics["sample"]), int(height))

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

    def _layout_for(self, shown: Shown) -> SampleLayout:
        rows, takeaway_height = self.table.model_.rowCount(), self._takeaway_height()
        return sample_layout(self.height(), rows, shown.task, shown.in_logits, takeaway_height, self.theme)

    def _columns_for(self, shown: Shown, names: tuple[str, ...], width: int) -> SampleColumns:
        return sample_columns(shown, names, width, self.theme)

    def _display_foot(self, shown: Shown) -> None:
        self.sum_row.display(shown, self.table.model_.rows, self.table.columns)

    def _place_words(self, layout: SampleLayout, shown: Shown) -> None:
        """Heading and subtitle, or the switch of a binary target, in the middle beside the picture."""
        height, binary = layout.picture_height, shown.task is Task.BINARY
        for part in (self._heading, self._subtitle):
            part.setVisible(bool(height))
        self._switch.setVisible(bool(height) and binary)
        self._dots.setVisible(bool(height) and self._dots.any())
        if not height:
            return
        pad = int(self.theme.metrics["padX"])
        left = pad + self._picture.width() + 16
        room = QRect(left, layout.picture_top, self.width() - pad - left, height)
        middle = room.center().y() + 1
        lift = 3 if binary else 0
        dots = _DOTS if self._dots.isVisibleTo(self) else 0
        self._heading.setGeometry(room.left(), middle - 20 - lift - 3 * (lift > 0), room.width() - dots, 20)
        self._subtitle.setGeometry(room.left(), middle + 2, room.width() - dots, 22)
        self._subtitle.setVisible(not binary)
        size = self._switch.sizeHint()
        self._switch.setGeometry(room.left(), middle - 1, size.width(), size.height())
        self._dots.move(room.right() - self._dots.width() + 1, middle - 18)

    # What a person did

    def _connect(self) -> None:
        super()._connect()
        drag = self.table.drag
        drag.probability_dragged.connect(self.probability_dragged)
        drag.logit_dragged.connect(self.logit_dragged)
        self._switch.chosen.connect(self._answered)
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

    def _themed(self) -> tuple[SamplePart, ...]:
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
        return *super()._labels(), (self._subtitle, self.theme.font("title", weight=400), "ink2")
