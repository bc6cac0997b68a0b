"""The sample panel of a comparison: one sample as two models see it, and what comes of it in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal

from ceviz.core.document import InputKind, Task
from ceviz.drawing.theme import Theme
from ceviz.explain.compare_sample import compare_sample
from ceviz.explain.shown import Shown
from ceviz.gui.sample_frame import SampleFrame, SamplePart, input_options
from ceviz.gui.tables.compare_columns import DISC_AT, compare_columns, compare_layout
from ceviz.gui.tables.compare_model import LINES, sides
from ceviz.gui.tables.compare_view import CompareView
from ceviz.gui.tables.loss_row import LossRow
from ceviz.gui.tables.mending import normalised
from ceviz.gui.tables.model_names import ModelNames
from ceviz.gui.tables.sample_columns import SampleColumns
from ceviz.gui.tables.sample_layout import SampleLayout

_NAMES_GAP = 16


class CompareSamplePanel(SampleFrame):
    """Title, picture, the models' names, class table with two lines per class, losses and takeaway.

    In drags, the model is its index in the state.
    """

    probability_dragged = Signal(int, int, float, bool, bool)
    logit_dragged = Signal(int, int, float, bool)
    labels_aspect = 4 / 3
    least_row = 46
    table: CompareView

    def __init__(self, theme: Theme) -> None:
        self._input_of: tuple[Task, InputKind | None] | None = None
        self.names = ModelNames(theme)
        self.table = CompareView(theme)
        self.foot = self.losses = LossRow(theme)
        super().__init__(theme)

    def display(self, shown: Shown) -> None:
        self._shown = shown
        sample = compare_sample(shown)
        self._sample = sample
        self._title.setText(f"Sample {shown.sample + 1}")
        self._heading.setText(sample.title)
        self._display_input(shown)
        self._picture.display(shown)
        self.names.display(shown)
        self.table.model_.losses = sample.models[0].loss_text, sample.models[1].loss_text
        self.table.display(shown)
        self.temperature.display(shown)
        self._takeaway.display(sample.takeaway, shown.task)
        self._place(shown)

    def finish_editing(self) -> bool:
        return super().finish_editing() and self.names.finish_editing()

    def _display_input(self, shown: Shown) -> None:
        """The kind of both models' predictions; none is chosen where they differ."""
        kinds = {side.shown_model.input for side in sides(shown)}
        kind = kinds.pop() if len(kinds) == 1 else None
        if self._input_of is None or self._input_of[0] is not shown.task or kind is None:
            self._offer_input(shown.task)
        if kind is not None:
            self._input.display(str(kind))
        self._input_of = shown.task, kind

    def _offer_input(self, task: Task) -> None:
        focused = self._input.isAncestorOf(self.focusWidget() or self)
        self._input.set_options(input_options(task))
        if focused:
            self._input.setFocus()

    # Where the parts stand

    def _layout_for(self, shown: Shown) -> SampleLayout:
        classes, in_logits = self.table.model_.rowCount() // LINES, self.table.in_logits()
        losses = int(self.theme.metrics["sumRow"])
        return compare_layout(self.height(), classes, in_logits, losses, self._takeaway_height(), self.theme)

    def _columns_for(self, shown: Shown, names: tuple[str, ...], width: int) -> SampleColumns:
        return compare_columns(shown, names, width, self.theme)

    def _display_foot(self, shown: Shown) -> None:
        self.losses.display(self._sample, sum(self.table.columns.widths[:2]) + DISC_AT)

    def _place_words(self, layout: SampleLayout, shown: Shown) -> None:
        """Heading over names beside the picture; without it the names alone, or beside the title."""
        pad, height = int(self.theme.metrics["padX"]), layout.picture_height
        self._heading.setVisible(bool(height))
        names = self.names.sizeHint().height()
        if not height:
            line = QRect(pad, layout.picture_top, self._inner_width(), names)
            title = self._title.geometry()
            self.names.setGeometry(line if layout.table_top > title.bottom() + 1 else self._beside(title))
            return
        left = pad + self._picture.width() + 16
        room = QRect(left, layout.picture_top, self.width() - pad - left, height)
        middle = room.center().y() + 1
        self._heading.setGeometry(room.left(), middle - 21, room.width(), 20)
        self.names.setGeometry(room.left() - 1, middle - 1, room.width() + 1, names)

    def _beside(self, title: QRect) -> QRect:
        """Between the title's text and the choice of the input."""
        left = title.left() + self._title.sizeHint().width() + _NAMES_GAP
        height = self.names.sizeHint().height()
        right = self._input.x() - _NAMES_GAP
        return QRect(left, title.center().y() - height // 2, right - left, height)

    # What a person did

    def _connect(self) -> None:
        super()._connect()
        self.names.edited.connect(self.edited)
        self.table.drag.probability_dragged.connect(self._tell_probability)
        self.table.drag.logit_dragged.connect(self._tell_logit)
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

    def _themed(self) -> tuple[SamplePart, ...]:
        return (
            self._input,
            self._picture,
            self.names,
            self.table,
            self.losses,
            self.temperature,
            self._takeaway,
        )
