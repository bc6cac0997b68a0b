"""The number under the finger while a bar of the class table is dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QPainter

from ceviz.drawing.painting import class_ink, paint_pill, pill_size
from ceviz.explain import numbers
from ceviz.gui.tables.bar_drag import Held
from ceviz.gui.tables.sample_rows import SampleRow

if TYPE_CHECKING:
    from ceviz.gui.tables.sample_view import SampleView

_GAP = 8.0


class DragPill:
    """Stands above the handle: it reaches into rows that may not have changed, or into the heads."""

    def __init__(self, view: SampleView) -> None:
        self._view = view
        self._painted: QRect | None = None
        """Where it was painted last: all of these rows."""

    def update(self, held: Held | None) -> None:
        """Have the view painted anew where the pill was and where it is."""
        viewport = self._view.viewport()
        if held is not None or self._painted is not None:
            self._view.header.viewport().update()
        if held is not None and self._painted is not None:
            viewport.update(self._painted)
            viewport.update(self._rows(held))
        elif held is not None or self._painted is not None:
            viewport.update()

    def paint(self, painter: QPainter, held: Held | None) -> None:
        self._painted = None if held is None else self._rows(held)
        if held is not None:
            self._draw(painter, held)

    def paint_in_heads(self, painter: QPainter, held: Held | None) -> None:
        """What of it stands in the heads; the painter's origin is where the rows begin."""
        if held is not None:
            self._draw(painter, held)

    def _draw(self, painter: QPainter, held: Held) -> None:
        center, text = self._place(held)
        theme = self._view.theme
        colors = class_ink(theme, self._view.task(), held.class_index)
        fill, ink = colors.fill, colors.on_fill
        if held.grip == "target":
            fill, ink = theme.color("ink"), theme.color("inverse")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_pill(painter, center, text, fill, ink, self._font())

    def _rows(self, held: Held) -> QRect:
        """The rows that the pill reaches into."""
        # Whole rows: an outline that is clipped comes out a little otherwise.
        view = self._view
        center, text = self._place(held)
        reach = pill_size(text, self._font()).height() / 2
        first, last = (view.rowAt(max(0, int(y))) for y in (center.y() - reach, center.y() + reach))
        left = view.columnViewportPosition(view.model_.kinds.index("prediction"))
        width, height = view.viewport().width(), view.viewport().height()
        top = view.rowViewportPosition(first)
        bottom = height if last < 0 else view.rowViewportPosition(last) + view.rowHeight(last)
        return QRect(left, top, width - left, bottom - top)

    def _place(self, held: Held) -> tuple[QPointF, str]:
        """Its middle, and what it says."""
        view = self._view
        number = view.row_number(held.class_index, held.line)
        row, column = view.model_.rows[number], view.model_.kinds.index("prediction")
        track = view.track(view.cell_rect(view.model_.index(number, column)))
        on_target = held.grip == "target"
        x = track.left() + row.target * track.width() if on_target else view.handle_x(track, row)
        text = self._text(held, row)
        height = pill_size(text, self._font()).height()
        above, below = track.top() - _GAP - height / 2, track.bottom() + _GAP + height / 2
        return QPointF(x, below if view.is_below(row, below + height / 2) else above), text

    def _text(self, held: Held, row: SampleRow) -> str:
        shown = self._view.model_.shown
        assert shown is not None
        if held.grip == "logit":
            return numbers.fixed(row.given, 3) if shown.fine else numbers.logit(row.given)
        return numbers.probability_dragging(row.target if held.grip == "target" else row.given, shown.fine)

    def _font(self) -> QFont:
        return self._view.theme.font("label", weight=600)
