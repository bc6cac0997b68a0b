"""The gradient as arrows up and down from a common line, and worked out below."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import product
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPolygonF

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import fitting_px, measure_formula, paint_formula
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.painting import class_ink, elided, number_width, paint_number
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula
from ceviz.explain.gradient_chart import Arithmetic, Arrow, GradientChart

LEFT, RIGHT = 24.0, 23.0
_FORMULA_SCALE = (1.1, 0.8)
"""Of one formula, and of two beside each other."""
_FORMULA_MARGIN = 16.0
_WHERE_SCALE, _WHERE_DROP, _WHERE_ROOM, _ABOVE = 0.8, 11.0, 41.0, 5.0
"""Of a line below the formula: its size, how far below, how far above the arrows; above the formula."""
_LOW = 300
"""Below this height in px all that is above and below the arrows moves together."""
STRETCH = 1.08
"""A chart's top lies 10 % above its longest finite arrow."""
VALUE_ROOM = 34.0
"""Below the tip of the longest arrow, for its value."""
_SHAFT, HEAD_WIDTH, _HEAD_LENGTH = 9.0, 26.0, 17.0
_COLUMN = 100.0
_DIRECTIONS_WIDTH = 84.0
_VALUE_GAP = 20.0
_NAME_GAP = 15.0
_BESIDE_WORDS, _WORDS_GAP = 30.0, 4.0
"""So close to the common line a text stands beside the words at its end, which it leaves room."""
_FEW = 3
_INSET, _LEAST_NAME = 62.0, 60.0
"""Of a row: how far it is from both sides if it can be, and the room for the beginning of its name."""


@dataclass(frozen=True, slots=True)
class _RowLayout:
    """How the arithmetic is written: its fonts, how far from both sides, and whether all of it has room."""

    plain: QFont
    strong: QFont
    margin: float
    worked: bool = True


@dataclass(frozen=True, slots=True)
class GradientPainter:
    """Paints a chart in a picture of `size` px; other classes than the lit one fade."""

    chart: GradientChart
    size: QSizeF
    theme: Theme
    task: Task
    lit: Lit = ALIKE
    _HEADS: ClassVar[int] = 0
    """Rows above the arithmetic."""

    def paint(self, painter: QPainter) -> None:
        self._paint_formula(painter, self.chart.formula)
        self._paint_where(painter)
        self._paint_line(painter, self.chart)
        for place, arrow in enumerate(self.chart.arrows):
            self._fade(painter, arrow.class_index)
            self._paint_arrow(painter, arrow, self._column_x(place), self.chart)
        layout = self._row_layout()
        for row, entry in enumerate(self.chart.arithmetic):
            self._fade(painter, entry.class_index)
            self._paint_row(painter, entry, self._rows_top() + (row + 0.5) * self._row_height(), layout)
        painter.setOpacity(1.0)

    def _fade(self, painter: QPainter, class_index: int) -> None:
        painter.setOpacity(self.lit.opacity(class_index, self.theme))

    def class_at(self, place: QPointF) -> int:
        """The class whose arrow or arithmetic is at a place, or -1."""
        row = math.floor((place.y() - self._rows_top()) / self._row_height()) - self._HEADS
        column = math.floor((place.x() - LEFT - 5) / self._column_width())
        if place.y() < self._arrows_top() - _VALUE_GAP:
            return -1
        found = column if place.y() < self._rows_top() else row
        return self.chart.arrows[found].class_index if 0 <= found < self._count() else -1

    def _row_height(self) -> float:
        return 24.0 if self._count() <= _FEW and not self._low() else 19.0

    def _low(self) -> bool:
        return self.size.height() < _LOW

    def _formula_centre(self) -> float:
        usual = 33.0 if self._low() else 46.0
        if self.chart.where is None:
            return usual
        # As far up as it goes: another line follows.
        return min(usual, _ABOVE + self._formula_height(self.chart.formula) / 2)

    def _formula_height(self, formula: Formula) -> float:
        _, ascent, descent = measure_formula(formula, self._formula_px(formula, 1))
        return ascent + descent

    def _formula_px(self, formula: Formula, count: int) -> float:
        """Smaller where it would not fit in its share of the width."""
        px = self.theme.size("formulaInPlot") * _FORMULA_SCALE[count > 1]
        return fitting_px(formula, px, self.size.width() / count - 2 * _FORMULA_MARGIN)

    def _where_centre(self) -> float:
        return self._formula_centre() + self._formula_height(self.chart.formula) / 2 + _WHERE_DROP

    def _arrows_top(self) -> float:
        """Where the tip of the longest arrow may be."""
        usual = 90.0 if self._low() else 105.0
        return usual if self.chart.where is None else max(usual, self._where_centre() + _WHERE_ROOM)

    def _count(self) -> int:
        return len(self.chart.arrows)

    def _rows_top(self) -> float:
        return self.size.height() - (6 if self._low() else 12) - self._count() * self._row_height()

    def _line_y(self) -> float:
        return (self._arrows_top() + self._rows_top() - VALUE_ROOM) / 2

    def _longest(self) -> float:
        """The length of an arrow that reaches the chart's top."""
        return max(1.0, STRETCH * (self._rows_top() - VALUE_ROOM - self._arrows_top()) / 2)

    def _column_x(self, place: int) -> float:
        return LEFT + 5 + (place + 0.5) * self._column_width()

    def _column_width(self) -> float:
        # Few columns may reach over the words at the right, whose names are short.
        reserved = _DIRECTIONS_WIDTH if self._count() > _FEW else 48.0
        room = self.size.width() - LEFT - RIGHT - reserved
        return min(_COLUMN, room / max(1, self._count()))

    def _values_fit(self, chart: GradientChart) -> bool:
        """Values that have no room beside each other are left to the rows below."""
        font = self._value_font()
        return all(number_width(arrow.value_text, font) + 4 <= self._column_width() for arrow in chart.arrows)

    def _value_font(self) -> QFont:
        few = self._count() <= _FEW
        return self.theme.font("value", size=17) if few else self.theme.font("label", weight=600)

    def _paint_formula(self, painter: QPainter, formula: Formula, place: int = 0, count: int = 1) -> QPointF:
        """Centred in its share of the width; returns where it starts."""
        px, room = self._formula_px(formula, count), self.size.width() / count
        middle = QPointF(room * (place + 0.5), self._formula_centre())
        return self._paint_centred(painter, middle, formula, px, "ink")

    def _paint_where(self, painter: QPainter) -> None:
        """Below the formula what a function in it is."""
        where = self.chart.where
        if where is not None:
            px = self.theme.size("formulaInPlot") * _WHERE_SCALE
            px = fitting_px(where, px, self.size.width() - 2 * _FORMULA_MARGIN)
            middle = QPointF(self.size.width() / 2, self._where_centre())
            self._paint_centred(painter, middle, where, px, "ink2")

    def _paint_centred(
        self, painter: QPainter, middle: QPointF, formula: Formula, px: float, ink: str
    ) -> QPointF:
        width, ascent, descent = measure_formula(formula, px)
        left = middle + QPointF(-width / 2, (ascent - descent) / 2)
        paint_formula(painter, left, formula, px, self.theme.color(ink), self.theme, self.task)
        return left

    def _paint_line(self, painter: QPainter, chart: GradientChart) -> None:
        y = self._line_y()
        line = QRectF(LEFT, self.theme.line_at(y), self.size.width() - LEFT - RIGHT, 1)
        painter.fillRect(line, self.theme.color("border"))
        font, right = self.theme.font("tick"), self.size.width() - RIGHT
        for text, center in ((chart.up_text, y - 13), (chart.down_text, y + 16)):
            rect = QRectF(right - _DIRECTIONS_WIDTH, center - 10, _DIRECTIONS_WIDTH, 20)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint_number(painter, rect, flags, text, font, self.theme.color("ink3"))

    def _words_left(self) -> float:
        """Where the words at the right end of the common line start, with a gap before them."""
        font = self.theme.font("tick")
        widest = max(number_width(text, font) for text in (self.chart.up_text, self.chart.down_text))
        return self.size.width() - RIGHT - widest - _WORDS_GAP

    def _paint_arrow(self, painter: QPainter, arrow: Arrow, x: float, chart: GradientChart) -> None:
        colors, y = class_ink(self.theme, self.task, arrow.class_index), self._line_y()
        tip = y - arrow.height / chart.top * self._longest()
        up = 1 if arrow.height >= 0 else -1
        if arrow.height:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.fill)
            painter.drawPolygon(arrow_shape(x, y, tip))
        if arrow.infinite:
            self._paint_break(painter, x, (y + tip) / 2)
        if self._values_fit(chart):
            above = QPointF(x, tip - up * _VALUE_GAP)
            self._paint_text(painter, above, arrow.value_text, self._value_font(), arrow)
        name_font = self.theme.font("title") if self._count() <= _FEW else self.theme.font("tableHead")
        room = self._column_width() - 4 if self._count() > 1 else min(2 * _COLUMN, 2 * (x - LEFT))
        room = min(room, self._words_left() - (x - room / 2))
        name = elided(arrow.name, name_font, room)
        self._paint_text(painter, QPointF(x, y + up * _NAME_GAP), name, name_font, arrow)

    def _paint_break(self, painter: QPainter, x: float, y: float) -> None:
        """A gap in the shaft: this arrow has no end."""
        gap = [QPointF(x - 8, y + 4), QPointF(x + 8, y - 2), QPointF(x + 8, y + 2), QPointF(x - 8, y + 8)]
        painter.setBrush(self.theme.color("panel"))
        painter.drawPolygon(QPolygonF(gap))

    def _paint_text(self, painter: QPainter, center: QPointF, text: str, font: QFont, arrow: Arrow) -> None:
        width, middle = number_width(text, font) + 4, center.x()
        if abs(center.y() - self._line_y()) < _BESIDE_WORDS:
            middle = min(middle, self._words_left() - width / 2)
        rect = QRectF(middle - width / 2, center.y() - 12, width, 24)
        color = class_ink(self.theme, self.task, arrow.class_index).text
        paint_number(painter, rect, Qt.AlignmentFlag.AlignCenter, text, font, color)

    def _row_layout(self) -> _RowLayout:
        """The first in which all rows have room; in the last of them for the values alone."""
        for name, margin in product(("className", "label"), (_INSET, LEFT)):
            fonts = self.theme.font(name, weight=400), self.theme.font(name, weight=600)
            layout = _RowLayout(*fonts, margin)
            if self._rows_fit_in(layout):
                return layout
        return replace(layout, worked=False)

    def _rows_fit_in(self, layout: _RowLayout) -> bool:
        room = self.size.width() - 2 * layout.margin - _LEAST_NAME
        return all(
            number_width(entry.value_text, layout.strong) + number_width(entry.text, layout.plain) + 5 <= room
            for entry in self.chart.arithmetic
        )

    def _paint_row(self, painter: QPainter, entry: Arithmetic, y: float, layout: _RowLayout) -> None:
        color = class_ink(self.theme, self.task, entry.class_index).text
        plain, strong = layout.plain, layout.strong
        text = entry.text if layout.worked else "="
        right = self.size.width() - layout.margin
        value_x = right - number_width(entry.value_text, strong)
        text_x = value_x - number_width(text, plain) - 5
        painter.setPen(color)
        rect = QRectF(value_x, y - 12, right - value_x + 2, 24)
        paint_number(painter, rect, Qt.AlignmentFlag.AlignVCenter, entry.value_text, strong, color)
        painter.setFont(plain)
        draw_text(painter, QPointF(text_x, baseline_in(y, plain)), text)
        name = elided(entry.name, plain, text_x - layout.margin - 6)
        draw_text(painter, QPointF(layout.margin, baseline_in(y, plain)), name)


def arrow_shape(x: float, start: float, tip: float, width: float = 1.0) -> QPolygonF:
    """From the common line to its tip; a short one is all head. `width`: beside that of a single arrow."""
    way = 1 if tip < start else -1
    head = min(width * _HEAD_LENGTH, abs(start - tip))
    half = HEAD_WIDTH / 2 * head / _HEAD_LENGTH
    shaft = min(width * _SHAFT / 2, half)
    neck = tip + way * head
    corners = [(-shaft, start), (-shaft, neck), (-half, neck), (0, tip), (half, neck), (shaft, neck)]
    return QPolygonF([QPointF(x + dx, y) for dx, y in [*corners, (shaft, start)]])
