"""The number under the finger while a bar of the class table is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QPainter

from ceviz.drawing.painting import class_ink, paint_pill, pill_size
from ceviz.explain import numbers
from ceviz.gui.tables.bar_drag import Held
from ceviz.gui.tables.sample_model import PREDICTION
from ceviz.gui.tables.sample_rows import SampleRow

if TYPE_CHECKING:
    from ceviz.gui.tables.sample_view import SampleView

_GAP = 8.0


class _Place(NamedTuple):
    """The middle of the pill, what it says, and the cells that it reaches into."""

    center: QPointF
    text: str
    cells: QRect
    in_heads: bool


class DragPill:
    """Stands above the handle: it reaches into rows that may not have changed, or into the heads."""

    def __init__(self, view: SampleView) -> None:
        self._view = view
        self._at: _Place | None = None
        """Where it stands; None while nothing is dragged."""

    def update(self, held: Held | None) -> None:
        """Have the view painted anew where the pill was and where it is."""
        before, self._at = self._at, self._place(held) if held is not None else None
        if before is None or self._at is None:
            if before is not self._at:
                self._view.viewport().update()
                self._view.header.viewport().update()
            return
        for reached in (before, self._at):
            self._view.viewport().update(reached.cells)
            if reached.in_heads:
                heads = self._view.header.viewport()
                heads.update(reached.cells.left(), 0, reached.cells.width(), heads.height())

    def paint(self, painter: QPainter, held: Held | None) -> None:
        # Rows may have been scrolled, and columns laid out anew.
        self._at = None
        self.paint_in_heads(painter, held)

    def paint_in_heads(self, painter: QPainter, held: Held | None) -> None:
        """What of it stands in the heads; the painter's origin is where the rows begin."""
        if held is None:
            return
        if self._at is None:
            self._at = self._place(held)
        theme = self._view.theme
        colors = class_ink(theme, self._view.task(), held.class_index)
        fill, ink = colors.fill, colors.on_fill
        if held.grip == "target":
            fill, ink = theme.color("ink"), theme.color("inverse")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, self._at.center, self._at.text, fill, ink, self._font())

    def _place(self, held: Held) -> _Place:
        view = self._view
        number = view.row_number(held.class_index, held.line)
        row = view.model_.rows[number]
        track = view.track(view.cell_rect(view.model_.createIndex(number, PREDICTION)))
        on_target = held.grip == "target"
        x = track.left() + row.target * track.width() if on_target else view.handle_x(track, row)
        text = self._text(held, row)
        size = pill_size(text, self._font())
        reach = size.height() / 2
        y, below = track.top() - _GAP - reach, track.bottom() + _GAP + reach
        if view.is_below(row, below + reach):
            y = below
        cells = self._cells(x + size.width() / 2, y - reach, y + reach)
        return _Place(QPointF(x, y), text, cells, y - reach < 1)

    def _cells(self, right: float, top: float, bottom: float) -> QRect:
        """The cells of some rows, from the predictions up to `right`."""
        # Whole cells: an outline that is clipped comes out a little otherwise.
        view, viewport = self._view, self._view.viewport()
        first, last = view.rowAt(max(0, int(top))), view.rowAt(max(0, int(bottom)))
        above = view.rowViewportPosition(first)
        below = viewport.height() if last < 0 else view.rowViewportPosition(last) + view.rowHeight(last)
        left = view.columnViewportPosition(PREDICTION)
        end = left + view.columnWidth(PREDICTION)
        return QRect(left, above, (end if right < end else viewport.width()) - left, below - above)

    def _text(self, held: Held, row: SampleRow) -> str:
        shown = self._view.model_.shown
        assert shown is not None
        if held.grip == "logit":
            return numbers.fixed(row.given, 3) if shown.fine else numbers.logit(row.given)
        return numbers.probability_dragging(row.target if held.grip == "target" else row.given, shown.fine)

    def _font(self) -> QFont:
        return self._view.theme.font("label", weight=600)
