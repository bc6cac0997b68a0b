"""The batch panel: the samples with their losses, and what they sum up to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ceviz.core import edits
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.shown import Shown
from ceviz.gui.tables.batch_foot import BatchFoot
from ceviz.gui.tables.batch_view import BatchView

_ROWS = 5


class BatchPanel(QWidget):
    """A table of samples over its foot. Where there is no room for a row, the foot alone."""

    edited = Signal(object, str, object)
    sample_chosen = Signal(int)
    class_hovered = Signal(int)
    infinite_asked = Signal()

    def __init__(self, theme: Theme, table: BatchView | None = None, foot: BatchFoot | None = None) -> None:
        super().__init__()
        self.theme = theme
        self._shown: Shown | None = None
        self.table = table or BatchView(theme)
        self.foot = foot or BatchFoot(self.table, theme)
        for part in (self.table, self.foot):
            part.setParent(self)
        self.table.model_.edited.connect(self.edited)
        self.table.sample_chosen.connect(self.sample_chosen)
        self.table.class_hovered.connect(self.class_hovered)
        self.table.add_asked.connect(self._add_sample)
        self.foot.infinite_asked.connect(self.infinite_asked)
        self.foot.add_asked.connect(self._add_at_end)
        # Its marks stand under the axis, which moves when a scroll bar comes or goes.
        self.table.header.sectionResized.connect(lambda: self.foot.update())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.table.set_theme(theme)
        self.foot.set_theme(theme)
        self.updateGeometry()
        self._place()

    def display(self, shown: Shown) -> None:
        """Show another value. Emits nothing."""
        self._shown = shown
        self.table.display(shown)
        self.foot.display(shown)

    def highlight(self, lit: Lit) -> None:
        """Let one class stand out."""
        self.table.highlight(lit)
        self.table.header.viewport().update()

    def finish_editing(self) -> bool:
        """Commit an open editor; False where its text makes no sense and it stays open."""
        return self.table.finish_editing()

    def give_up_editing(self) -> None:
        """Leave what is being typed and makes no sense."""
        self.table.give_up_editing()

    def sizeHint(self) -> QSize:
        return QSize(1024, self.height_of(_ROWS))

    def minimumSizeHint(self) -> QSize:
        return QSize(640, self.foot_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def height_of(self, rows: int) -> int:
        """The height in px with `rows` samples in sight."""
        metrics = self.theme.metrics
        return int(metrics["batchHead"] + rows * metrics["batchRow"] + metrics["batchFoot"])

    @property
    def foot_height(self) -> int:
        """The height in px of the foot alone: sum and mean."""
        return int(self.theme.metrics["batchFoot"])

    def _place(self) -> None:
        foot, table = self.foot_height, self.table
        current = table.currentIndex()
        in_sight = table.viewport().rect().contains(table.visualRect(current))
        table.setVisible(self.height() >= self.height_of(1))
        table.setGeometry(0, 0, self.width(), max(1, self.height() - foot))
        if in_sight:
            table.scrollTo(current)
        self.foot.setGeometry(0, self.height() - foot, self.width(), foot)

    def _add_at_end(self) -> None:
        if self._shown is not None:
            self._add_sample(self._shown.state.sample_count - 1)

    def _add_sample(self, after: int) -> None:
        shown = self._shown
        if shown is None:
            return
        try:
            state = edits.add_sample(shown.state, shown.task, after)
        except ValueError as error:
            self.table.refuse(self.table.currentIndex(), str(error))
            return
        self.edited.emit(state, "Add sample", None)
        self.sample_chosen.emit(after + 1)
