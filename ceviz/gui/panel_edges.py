"""The edges between the panels of a page: 1 px is drawn, 9 can be taken hold of, a double click restores."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ceviz.gui.cross_fade import CrossFade
from ceviz.gui.page_layout import batch_rows, rows_within, widths_within

if TYPE_CHECKING:
    from ceviz.gui.page import Page

_GRIP = 9


class PanelEdge(QWidget):
    """Invisible: the panels draw the line under it."""

    taken = Signal()
    moved = Signal(int)
    """How far it was moved since it was taken, in px to the right or down."""
    restored = Signal()

    def __init__(self, upright: bool, page: QWidget) -> None:
        super().__init__(page)
        self._upright = upright
        self._start = 0.0
        self.setCursor(Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor)

    def lie_along(self, line: QRect) -> None:
        """Cover a line of 1 px."""
        beside = _GRIP // 2
        across = (beside, 0) if self._upright else (0, beside)
        self.setGeometry(line.adjusted(-across[0], -across[1], *across))
        self.raise_()

    def _at(self, event: QMouseEvent) -> float:
        place = event.globalPosition()
        return place.x() if self._upright else place.y()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._start = self._at(event)
        self.taken.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(round(self._at(event) - self._start))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.restored.emit()


class PanelEdges(QObject):
    """Shares a page's room between its panels: as the design has it, or as a person moved the edges."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._sample: int | None = None
        self._lens: int | None = None
        self._rows: int | None = None
        self._taken = 0
        self._lent = 0
        self._fade = CrossFade(page)
        self.beside_sample, self.beside_lens = PanelEdge(True, page), PanelEdge(True, page)
        self.above_batch = PanelEdge(False, page)
        self._connect()
        page.curve_panel.installEventFilter(self)

    def lend(self, room: int) -> None:
        """Give so many px of the batch to what stands below the page, before the page itself is resized."""
        if room != self._lent:
            before, self._lent = self._lent, room
            self._share_height(self._page.height() + before)

    def share(self) -> None:
        """Give every panel its size; call it whenever page, theme or number of samples changed."""
        page = self._page
        sample, lens = widths_within(page.width(), self._sample, self._lens, page.theme)
        page.sample_panel.setFixedWidth(sample)
        if lens != page.lens_panel.width():
            page.lens_panel.setFixedWidth(lens)
            page.lens_dock.fit()
        self._share_height(page.height() + self._lent)

    def _share_height(self, whole: int) -> None:
        batch, rows = self._page.batch_panel, self._rows_within(whole)
        height = batch.height_of(rows) - self._lent
        batch.setFixedHeight(height if rows and height >= batch.height_of(1) else batch.foot_height)

    def _rows_within(self, whole: int) -> int:
        page, batch = self._page, self._page.batch_panel
        count = page.task_edits.state.sample_count
        if self._rows is None:
            return batch_rows(whole, count, batch.height_of, page.theme)
        return rows_within(whole, min(self._rows, count), batch.height_of, page.theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The curve has what the others leave: it is resized or moved with every edge.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def _place(self) -> None:
        page, curve = self._page, self._page.curve_panel.geometry()
        self.beside_sample.lie_along(QRect(curve.left(), curve.top(), 1, curve.height()))
        self.beside_lens.setVisible(not page.lens_dock.collapsed)
        self.beside_lens.lie_along(QRect(curve.right() + 1, curve.top(), 1, curve.height()))
        self.above_batch.lie_along(QRect(0, curve.bottom() + 1, page.width(), 1))

    # What a person does

    def _connect(self) -> None:
        page = self._page
        self.beside_sample.taken.connect(lambda: self._take(page.sample_panel.width()))
        self.beside_lens.taken.connect(lambda: self._take(page.lens_panel.width()))
        self.above_batch.taken.connect(lambda: self._take(self._rows_within(page.height() + self._lent)))
        self.beside_sample.moved.connect(self._move_sample)
        self.beside_lens.moved.connect(self._move_lens)
        self.above_batch.moved.connect(self._move_batch)
        for edge in (self.beside_sample, self.beside_lens, self.above_batch):
            edge.restored.connect(partial(self._restore, edge))

    def _take(self, size: int) -> None:
        self._taken = size

    def _move_sample(self, far: int) -> None:
        self._sample = self._taken + far
        self.share()

    def _move_lens(self, far: int) -> None:
        self._lens = self._taken - far
        self.share()

    def _move_batch(self, far: int) -> None:
        self._rows = max(0, self._taken - round(far / float(self._page.theme.metrics["batchRow"])))
        self.share()

    def step(self, panel: str, by: int) -> None:
        """Give "sample" or "lens" `by` px more, or "batch" so many rows; 0: all panels as they were."""
        if not by:
            self._sample = self._lens = self._rows = None
        elif panel == "sample":
            self._sample = self._page.sample_panel.width() + by
        elif panel == "lens":
            self._lens = self._page.lens_panel.width() + by
        else:
            self._rows = max(0, self._rows_within(self._page.height() + self._lent) + by)
        self.share()

    def _restore(self, edge: PanelEdge) -> None:
        # What is dragged, an edge here or one of the window, follows at once; this alone is a leap.
        self._fade.cover(self._page.rect(), self._page.theme.duration("panel"))
        if edge is self.beside_sample:
            self._sample = None
        elif edge is self.beside_lens:
            self._lens = None
        else:
            self._rows = None
        self.share()
        self._fade.raise_()
