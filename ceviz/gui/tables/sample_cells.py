"""Delegates of the class table: class, target, prediction as probability or logit, term."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip

from ceviz.drawing.number_text import fitted
from ceviz.drawing.painting import (
    class_ink,
    elided,
    faded,
    number_width,
    paint_focus_ring,
    paint_number,
    round_bar,
)
from ceviz.drawing.pictures import paint_glyph
from ceviz.drawing.theme import ClassColors
from ceviz.explain import numbers
from ceviz.gui.tables.cell_editing import EditingDelegate
from ceviz.gui.tables.cell_marks import TARGET_MARK_RISE, paint_arrow, paint_target_mark, paint_wave
from ceviz.gui.tables.grid_model import Index
from ceviz.gui.tables.grid_painting import fill_cell
from ceviz.gui.tables.sample_columns import CHIP_HEIGHT, CHIP_WIDTH, GLYPH, INSET
from ceviz.gui.tables.sample_rows import SampleRow

if TYPE_CHECKING:
    from ceviz.gui.tables.sample_view import SampleView

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTER = Qt.AlignmentFlag.AlignCenter
_WAVE_BELOW, _HALF_NUMBER = 11.0, 10.0
"""How far the wave under a number, and the number itself, reach from its middle."""
_REASON_BOTTOM = 3.0
_PULL_DROP = 8.5
"""How far below the track the arrow is; nearer in low rows, lest the next one cover it."""
_PULL_PX = 60.0
"""How long the arrow of a gradient of 1 is."""


class SampleDelegate(EditingDelegate):
    """Paints the ground of a cell and leaves the rest to `paint_row`."""

    view: SampleView

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index | QPersistentModelIndex
    ) -> None:
        cell, row, ground = QRectF(option.rect), self.view.row(index), self._ground(index)
        fill_cell(painter, cell, ground)
        self.paint_row(painter, cell, row, index)
        opacity = self.view.opacity(row.class_index)
        if opacity < 1.0:
            # A veil, for translucent outlines take many times as long.
            fill_cell(painter, cell, faded(ground, 1.0 - opacity))

    def _ground(self, index: Index) -> QColor:
        if self.view.is_marked(index):
            return self.theme.color("selected")
        hovered = index.row() // self.view.lines == self.view.hovered_row
        return self.theme.color("hover" if hovered else "panel")

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        raise NotImplementedError

    def ring_rect(self, cell: QRectF, row: SampleRow) -> QRectF:
        """Where the ring of the focus stands, which may reach into the next cell."""
        return cell.adjusted(5, 6, -5, -6)

    def colors(self, row: SampleRow) -> ClassColors:
        return class_ink(self.theme, self.view.task(), row.class_index)


class ClassDelegate(SampleDelegate):
    """Glyph and name."""

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        glyph = QRectF(cell.left() + INSET, cell.center().y() - GLYPH / 2, GLYPH, GLYPH)
        paint_glyph(painter, glyph, row.name, row.class_index, self.theme)
        painter.setFont(self._font(row))
        painter.setPen(self.colors(row).text)
        painter.drawText(self._name(cell), int(_LEFT), self._shown_name(cell, row))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index | QPersistentModelIndex,
    ) -> bool:
        """The tooltip has something to tell where the name is elided."""
        row = self.view.row(index)
        if self._shown_name(QRectF(option.rect), row) == row.name:
            QToolTip.hideText()
            return True
        return super().helpEvent(event, view, option, index)

    def _font(self, row: SampleRow) -> QFont:
        counts = row.target != 0 or not self.view.task().competing
        return self.theme.font("className", weight=600 if counts else 500)

    def _shown_name(self, cell: QRectF, row: SampleRow) -> str:
        return elided(row.name, self._font(row), self._name(cell).width())

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return self._name(cell).adjusted(-6, 0, 8, 0)

    def editor_alignment(self, index: Index) -> Qt.AlignmentFlag:
        return Qt.AlignmentFlag.AlignLeft

    def _name(self, cell: QRectF) -> QRectF:
        return cell.adjusted(INSET + GLYPH + 9, 0, -10, 0)


class TargetDelegate(SampleDelegate):
    """A filled chip for 1, a plain 0, or a soft target's number."""

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        text = self.view.text(index)
        value = self.theme.font("value")
        if self.view.soft_targets():
            value = fitted(value, text, cell.width())
            ink = self.theme.color("danger" if row.target_reason else "ink")
            paint_number(painter, cell, _RIGHT, text, value, ink)
            if row.target_reason:
                paint_wave(painter, cell, text, value, ink)
        elif row.target == 1:
            colors = self.colors(row)
            round_bar(painter, chip_rect(cell), self.theme.radius["control"], colors.fill, colors.line)
            paint_number(painter, chip_rect(cell), _CENTER, text, value, colors.on_fill)
        else:
            self._paint_off(painter, cell, row, text, index)

    def _paint_off(self, painter: QPainter, cell: QRectF, row: SampleRow, text: str, index: Index) -> None:
        if self.view.hovered_cell == (index.row(), index.column()):
            radius, panel = self.theme.radius["control"], self.theme.color("panel")
            round_bar(painter, chip_rect(cell), radius, panel, self.theme.color("border"))
        ink = self.theme.color("danger" if row.target_reason else "ink3")
        paint_number(painter, chip_rect(cell), _CENTER, text, self.theme.font("value", weight=400), ink)

    def ring_rect(self, cell: QRectF, row: SampleRow) -> QRectF:
        return cell.adjusted(-2, 14, 2, -14) if self.view.soft_targets() else chip_rect(cell)

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return cell.adjusted(-14, 0, 7, 0)


class PredictionDelegate(SampleDelegate):
    """The number, and the track that subclasses fill."""

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        whole, cell = cell, self._above_reason(cell) if row.reason else cell
        text, theme = self.view.model_.text(row, "prediction"), self.theme
        place = self.view.columns.number(cell)
        value = theme.font("value", weight=400 if row.read_only else None)
        value = fitted(value, text, place.width())
        token = "danger" if row.reason else "ink2" if row.read_only else "ink"
        paint_number(painter, place, _RIGHT, text, value, theme.color(token))
        if row.reason:
            paint_wave(painter, place, text, value, theme.color("danger"))
            self.paint_reason(painter, whole, row.reason)
        self.paint_track(painter, self.view.track(cell), row)

    def paint_track(self, painter: QPainter, track: QRectF, row: SampleRow) -> None:
        raise NotImplementedError

    def paint_reason(self, painter: QPainter, cell: QRectF, reason: str) -> None:
        """Say under a number why it cannot be."""
        painter.setFont(self.theme.font("tableHead"))
        painter.setPen(self.theme.color("danger"))
        below = cell.adjusted(0, 0, -INSET, -_REASON_BOTTOM)
        mode, width = Qt.TextElideMode.ElideMiddle, int(below.width())
        elided = painter.fontMetrics().elidedText(reason, mode, width)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), elided)

    def _above_reason(self, cell: QRectF) -> QRectF:
        """Where number and bar stand with a reason under them, which needs a line of its own."""
        if self.view.lines > 1:
            return cell
        line = QFontMetricsF(self.theme.font("tableHead")).height()
        lift = _WAVE_BELOW + line + _REASON_BOTTOM - cell.height() / 2
        return cell.translated(0, -max(0.0, min(lift, cell.height() / 2 - _HALF_NUMBER)))

    def ground(self, painter: QPainter, track: QRectF, row: SampleRow) -> None:
        """The empty track."""
        theme = self.theme
        edge, width = ("danger", 1.5) if row.reason else ("hairline", 1.0)
        round_bar(painter, track, theme.radius["track"], theme.color("sunken"), theme.color(edge), width)

    def handle(self, painter: QPainter, x: float, track: QRectF, row: SampleRow) -> None:
        """The handle at `x`: wider under the mouse, filled while it is dragged."""
        width, height = self.handle_size()
        place = self.view.row_number(row.class_index, row.line)
        dragged = self.view.dragged_row() == place
        if self.view.hovered_handle == place or dragged:
            width = 11
        colors = self.colors(row)
        rect = QRectF(x - width / 2, track.center().y() - height / 2, width, height)
        fill = colors.fill if dragged else self.theme.color("panel")
        round_bar(painter, rect.adjusted(-1, -1, 1, 1), 4, fill, colors.text, 2.0)

    def handle_size(self) -> tuple[float, float]:
        width, height = self.theme.controls["handle"]
        return width, height

    def ring_rect(self, cell: QRectF, row: SampleRow) -> QRectF:
        """Around the number, which keys are typed into, and the bar while keys move it."""
        place, text = self.view.columns.number(cell), self.view.model_.text(row, "prediction")
        width = min(number_width(text, self.theme.font("value")), place.width())
        height = self.theme.controls["tableEditor"] - 2
        number = QRectF(place.right() - width - 5, cell.center().y() - height / 2, width + 9, height)
        return number.united(self.view.track(cell)) if self.view.keyboard else number

    def editor_rect(self, cell: QRectF, index: Index) -> QRectF:
        return self.view.columns.number(cell).adjusted(-8, 0, 7, 0)


class ProbabilityDelegate(PredictionDelegate):
    """A bar from 0 to 1, for soft targets with a mark at the target."""

    def paint_track(self, painter: QPainter, track: QRectF, row: SampleRow) -> None:
        self.ground(painter, track, row)
        if row.reason:
            return
        x = self.view.handle_x(track, row)
        self._fill(painter, track, x, row)
        if not row.read_only:
            self.handle(painter, x, track, row)
        if self.view.soft_targets() and not row.target_reason:
            # A mark that stood out further would begin in the line above.
            rise = min(TARGET_MARK_RISE, self.view.above_track(track))
            at = track.left() + row.target * track.width()
            paint_target_mark(painter, at, track, self.theme.color("ink"), rise)

    def _fill(self, painter: QPainter, track: QRectF, x: float, row: SampleRow) -> None:
        if x - track.left() < 1:
            return
        colors = self.colors(row)
        painter.save()
        painter.setClipRect(track.adjusted(0, 0, x - track.right(), 0), Qt.ClipOperation.IntersectClip)
        round_bar(painter, track, self.theme.radius["track"], colors.fill, colors.line)
        painter.fillRect(QRectF(x - 1, track.top(), 1, track.height()), colors.line)
        painter.restore()


class LogitDelegate(PredictionDelegate):
    """A bar from 0 to both sides, and under its handle the arrow of training's pull."""

    def paint_track(self, painter: QPainter, track: QRectF, row: SampleRow) -> None:
        self.ground(painter, track, row)
        middle = track.center().x()
        if math.isnan(row.given):
            return
        x = self.view.logit_x(track, row.given)
        bar = QRectF(min(x, middle), track.top(), abs(x - middle), track.height())
        self.paint_bar(painter, bar.adjusted(0, 1, 0, -1), row)
        line = QRectF(self.theme.line_at(middle), track.top() - 2, 1, track.height() + 4)
        painter.fillRect(line, self.theme.color("border"))
        self.handle(painter, x, track, row)
        if math.isfinite(row.pull):
            self._arrow(painter, x, track, row)

    def paint_bar(self, painter: QPainter, bar: QRectF, row: SampleRow) -> None:
        painter.fillRect(bar, self.colors(row).fill)

    def _arrow(self, painter: QPainter, x: float, track: QRectF, row: SampleRow) -> None:
        end = min(max(x + row.pull * _PULL_PX, track.left() - 4), track.right() + INSET)
        below = (self.view.verticalHeader().defaultSectionSize() - track.height()) / 2
        y = track.bottom() + min(_PULL_DROP, below - 3)
        paint_arrow(painter, QPointF(x, y), end - x, self.colors(row).fill)


class ReadOnlyDelegate(SampleDelegate):
    """The probability that follows from the logits."""

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        value = self.theme.font("value", weight=400)
        place = cell.adjusted(0, 0, -6.5, 0)
        paint_number(painter, place, _RIGHT, self.view.text(index), value, self.theme.color("ink2"))


class TermDelegate(SampleDelegate):
    """The loss term in the class's colour; a term of 0 is plain."""

    def paint_row(self, painter: QPainter, cell: QRectF, row: SampleRow, index: Index) -> None:
        text, theme = self.view.model_.text(row, "term"), self.theme
        nothing = text == numbers.term(0.0)
        value = theme.font("value", weight=400 if nothing else None)
        ink = theme.color("ink3") if nothing else self.colors(row).text
        place = cell.adjusted(0, 0, -INSET, 0)
        paint_number(painter, place, _RIGHT, text, fitted(value, text, place.width()), ink)


def paint_ring(painter: QPainter, view: SampleView) -> None:
    """The ring around the cell that has the focus, over all cells."""
    index = view.currentIndex()
    delegate = view.itemDelegateForIndex(index)
    if isinstance(delegate, SampleDelegate) and view.has_ring(index):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = delegate.ring_rect(QRectF(view.visualRect(index)), view.row(index))
        paint_focus_ring(painter, rect, view.theme.radius["track"], view.theme)


def chip_rect(cell: QRectF) -> QRectF:
    """The chip within a target's cell."""
    height = min(CHIP_HEIGHT, cell.height() - 8)
    return QRectF(cell.left(), cell.center().y() - height / 2, CHIP_WIDTH, height)
