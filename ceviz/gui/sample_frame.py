"""What the sample panels of one model and of two share: title, picture, class table, foot and takeaway."""

from __future__ import annotations

from typing import ClassVar, Protocol

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ceviz.core.document import InputKind, Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.shown import Shown
from ceviz.gui.controls import SegmentedControl
from ceviz.gui.panel_title import PanelTitle
from ceviz.gui.rich_spans import Takeaway
from ceviz.gui.tables.picture import Picture
from ceviz.gui.tables.sample_columns import INSET, SampleColumns
from ceviz.gui.tables.sample_header import HEIGHT as HEADER
from ceviz.gui.tables.sample_layout import SampleLayout
from ceviz.gui.tables.sample_view import SampleView
from ceviz.gui.tables.temperature_row import TemperatureRow

_SCROLL_BAR = 10
_GLYPH, _GLYPH_GAP = 28, 8
"""The picture in the title line, where it has no place of its own."""


class SamplePart(Protocol):
    """A widget of the panel."""

    def set_theme(self, theme: Theme) -> None: ...

    def setParent(self, parent: QWidget) -> None: ...


class SampleFrame(QWidget):
    """Subclasses make the table and what stands under it before they call `__init__`."""

    edited = Signal(object, str, object)
    input_chosen = Signal(str)
    class_hovered = Signal(int)
    drag_started = Signal()
    target_dragged = Signal(int, float, bool, bool)
    drag_finished = Signal(bool)

    table: SampleView
    foot: QWidget
    """What stands under the table: the sums, or the losses."""
    labels_aspect: ClassVar[float]
    """Width to height of the picture of several labels."""
    least_row: ClassVar[int]
    """The least height in px of a class in the table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        # It fills itself: nothing below it is painted with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.theme = theme
        self._shown: Shown | None = None
        self._layout: SampleLayout | None = None
        self._title = PanelTitle(self)
        self._heading = PanelTitle(self)
        self._picture = Picture(theme)
        self._input = SegmentedControl(input_options(Task.MULTICLASS), theme)
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
        raise NotImplementedError

    def highlight(self, lit: Lit) -> None:
        """Let one class stand out."""
        self.table.highlight(lit)

    def finish_editing(self) -> bool:
        """Commit an open editor; False where its text makes no sense and it stays open."""
        return self.table.finish_editing() and self.temperature.finish_editing()

    def give_up_editing(self) -> None:
        """Leave what is being typed and makes no sense."""
        self.table.give_up_editing()
        self.temperature.give_up_editing()

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self.theme.metrics["sample"]), self._fixed_height() + 2 * self.least_row)

    # What a subclass adds

    def _themed(self) -> tuple[SamplePart, ...]:
        """All parts, in the order of Tab."""
        raise NotImplementedError

    def _layout_for(self, shown: Shown) -> SampleLayout:
        raise NotImplementedError

    def _columns_for(self, shown: Shown, names: tuple[str, ...], width: int) -> SampleColumns:
        raise NotImplementedError

    def _place_words(self, layout: SampleLayout, shown: Shown) -> None:
        """Place what stands beside the picture."""
        raise NotImplementedError

    def _display_foot(self, shown: Shown) -> None:
        raise NotImplementedError

    def _labels(self) -> tuple[tuple[QLabel, QFont, str], ...]:
        """The labels with their fonts and inks."""
        font = self.theme.font
        return (self._title, font("title"), "ink"), (self._heading, font("value"), "ink")

    # Where the parts stand

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._shown is not None:
            self._place(self._shown)

    def _fixed_height(self) -> int:
        """The height in px of all but picture and rows."""
        metrics = self.theme.metrics
        return int(metrics["panelTitle"] + metrics["sumRow"] + HEADER + self._takeaway_height())

    def _inner_width(self) -> int:
        return self.width() - 2 * int(self.theme.metrics["padX"])

    def _takeaway_height(self) -> int:
        """While a drag lasts as it was: a line more comes closer to the edges, and nothing above it moves."""
        wanted = self._takeaway.height_at(self._inner_width())
        if self._layout is None or not self._is_held():
            return wanted
        return max(self.height() - self._layout.takeaway_top, wanted - self._takeaway.border)

    def _is_held(self) -> bool:
        dragged = self._shown is not None and self._shown.dragging
        return dragged or self.temperature.slider.isSliderDown()

    def _settle(self) -> None:
        if self._shown is not None:
            self._place(self._shown)

    def _place(self, shown: Shown) -> None:
        layout, before = self._layout_for(shown), self._layout
        if layout != before:
            self._layout = layout
            self.update()
        if layout != before or not shown.dragging:
            self._place_title(layout, shown)
        self._place_words(layout, shown)
        self._place_table(layout, shown)
        pad = int(self.theme.metrics["padX"])
        width, top = self._inner_width(), layout.takeaway_top
        top += self._takeaway.lead_in(width, self.height() - top)
        self._takeaway.setGeometry(pad, top, width, self.height() - top)

    def _place_title(self, layout: SampleLayout, shown: Shown) -> None:
        """Title and choice of the input; without room for a picture of its own, the glyph before them."""
        pad, title = int(self.theme.metrics["padX"]), int(self.theme.metrics["panelTitle"])
        size, height = self._input.sizeHint(), layout.picture_height
        top = (title - size.height()) // 2
        self._input.setGeometry(self.width() - pad - size.width(), top, size.width(), size.height())
        labels = shown.task is Task.MULTILABEL
        self._picture.setVisible(bool(height) or not labels)
        left = pad
        if height:
            width = int(height * self.labels_aspect) if labels else height
            self._picture.setGeometry(pad, layout.picture_top, width, height)
        else:
            self._picture.setGeometry(pad, (title - _GLYPH) // 2, _GLYPH, _GLYPH)
            left += 0 if labels else _GLYPH + _GLYPH_GAP
        self._title.setGeometry(left, 0, self.width() - size.width() - left - pad, title)

    def _place_table(self, layout: SampleLayout, shown: Shown) -> None:
        left = int(self.theme.metrics["padX"] - INSET)
        width, rows = self.width() - 2 * left, self.table.model_.rows
        columns = self.table.columns
        # Nothing changes its place while a drag lasts.
        fits = sum(columns.widths) == width and len(columns.widths) == len(self.table.model_.kinds)
        if not (shown.dragging and fits):
            columns = self._columns_for(shown, tuple(row.name for row in rows), width)
        bar = _SCROLL_BAR if layout.row_height * len(rows) + HEADER > layout.table_height else 0
        # The rows first: the table would show a scroll bar while they are still too high for it.
        self.table.use_columns(columns, layout.row_height)
        self.table.setGeometry(left, layout.table_top, width + bar, layout.table_height)
        bottom = layout.table_top + layout.table_height
        self.foot.setGeometry(left, bottom, width, layout.sum_height)
        self._display_foot(shown)
        self.temperature.setVisible(bool(layout.temperature_height))
        height = max(1, layout.temperature_height)
        self.temperature.setGeometry(left, bottom + layout.sum_height, width, height)

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
        self.table.model_.edited.connect(self.edited)
        self.temperature.edited.connect(self.edited)
        self.temperature.slider.sliderReleased.connect(self._settle)
        self.table.class_hovered.connect(self.class_hovered)
        drag.drag_started.connect(self.drag_started)
        drag.target_dragged.connect(self.target_dragged)
        drag.drag_finished.connect(self.drag_finished)
        self._input.chosen.connect(self.input_chosen)


def input_options(task: Task) -> tuple[tuple[str, str], tuple[str, str]]:
    """The kinds of predictions, as a choice."""
    words = ("Probability", "Logit") if task is Task.BINARY else ("Probabilities", "Logits")
    return (str(InputKind.PROBABILITIES), words[0]), (str(InputKind.LOGITS), words[1])
