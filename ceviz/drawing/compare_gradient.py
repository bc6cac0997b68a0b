"""Two gradients as pairs of arrows, A hollow and B filled, and worked out below in two columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ceviz.drawing.discs import paint_disc
from ceviz.drawing.gradient import HEAD_WIDTH, LEFT, RIGHT, STRETCH, VALUE_ROOM, GradientPainter, arrow_shape
from ceviz.drawing.painting import class_ink, elided, number_width, paint_number
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_gradient import CompareGradient
from ceviz.explain.gradient_chart import Arithmetic, Arrow

_ROW = 19.0
_NAME_GAP, _LONGEST_NAME = 10.0, 64.0
_LEAST_ARROWS = 110.0
"""Where less height than this would be left for the arrows, the rows below give way."""
_BELOW_ONE_WAY = 46.0
"""Below the common line, where no arrow points down: discs and names."""
_WIDEST_COLUMN, _ASIDE = 96.0, 24.0
_FULL_WIDTH = 56.0
"""Of a column whose arrows are as wide as that of a single model."""
_DIRECTIONS = 68.0
"""Room for the words at the right end of the common line."""
_DISC, _DISC_GAP, _NAME_DROP = 7.0, 12.0, 29.0
_EDGE = 1.5
_VALUE_GAP, _BETWEEN_VALUES = 12.0, 4.0
_VALUE_SIZES = (12.0, 11.0)
_WORKING_GAP = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareGradientPainter(GradientPainter):
    """Paints both models. `chart` is that of one of them which has arrows, if any has."""

    value: CompareGradient
    _HEADS: ClassVar[int] = 1

    def paint(self, painter: QPainter) -> None:
        self._paint_formulas(painter)
        self._paint_line(painter, self.chart)
        for place, arrow in enumerate(self.chart.arrows):
            self._fade(painter, arrow.class_index)
            self._paint_class(painter, arrow.class_index, self._column_x(place))
        painter.setOpacity(1.0)
        if self.chart.arrows and self._rows_fit():
            self._paint_rows(painter)

    def _of_class(self, class_index: int) -> list[Arrow | None]:
        """The arrows of both models."""
        return [
            next((arrow for arrow in side.arrows if arrow.class_index == class_index), None)
            for side in self.value.sides
        ]

    # Places, in px

    def _column_width(self) -> float:
        room = self.size.width() - LEFT - RIGHT - _DIRECTIONS - 2 * _ASIDE - 5
        return min(_WIDEST_COLUMN, room / max(1.0, self._count() - 0.5))

    def _aside(self, model: int) -> float:
        """How far the arrow of a model stands from the middle of its column."""
        return (2 * model - 1) * min(_ASIDE, self._column_width() / 4)

    def _slim(self) -> float:
        """The width of an arrow, beside that of a single model."""
        return min(1.0, self._column_width() / _FULL_WIDTH)

    def _row_height(self) -> float:
        return _ROW

    def _rows_fit(self) -> bool:
        return self._rows_top_with(self._count() + 1) - self._arrows_top() >= _LEAST_ARROWS

    def _rows_top_with(self, rows: int) -> float:
        return self.size.height() - 6 - rows * _ROW

    def _rows_top(self) -> float:
        return self._rows_top_with(self._count() + 1 if self._rows_fit() else 0)

    def _line_y(self) -> float:
        if self.value.one_way:
            return self._rows_top() - _BELOW_ONE_WAY
        return (self._arrows_top() + self._rows_top() - VALUE_ROOM) / 2

    def _longest(self) -> float:
        return max(1.0, STRETCH * (self._line_y() - self._arrows_top()))

    def _value_font(self) -> QFont:
        """The first at which the values of a pair stand apart, or else the last."""
        fonts = [self.theme.font("tick", 600, size) for size in _VALUE_SIZES]
        return next(filter(self._pair_values_fit, fonts), fonts[-1])

    def _pair_values_fit(self, font: QFont) -> bool:
        room = 2 * self._aside(1) - _BETWEEN_VALUES
        arrows = [arrow for side in self.value.sides for arrow in side.arrows]
        return all(number_width(arrow.value_text, font) <= room for arrow in arrows)

    # Painting

    def _paint_formulas(self, painter: QPainter) -> None:
        formulas = self.value.formulas
        for place, formula in enumerate(formulas):
            left = self._paint_formula(painter, formula, place, len(formulas))
            if len(formulas) > 1:
                disc = QPointF(left.x() - 2 * _DISC, self._formula_centre())
                paint_disc(painter, disc, place, self.theme, _DISC)
        self._paint_where(painter)

    def _paint_class(self, painter: QPainter, class_index: int, x: float) -> None:
        """Both arrows; below them, or above, the discs and the name."""
        arrows = self._of_class(class_index)
        for model, arrow in enumerate(arrows):
            if arrow is not None:
                self._paint_one(painter, arrow, x + self._aside(model), model)
        known = [arrow for arrow in arrows if arrow is not None]
        ups = {_way(arrow) for arrow in known}
        left, right = x - self._column_width() / 2 + 2, x + self._column_width() / 2 - 2
        if len(ups) > 1:
            # Between arrows that part there is no room: beside the second one, under the disc of the first.
            right = x + self._aside(1) - self._slim() * HEAD_WIDTH / 2 - 2
        font = self.theme.font("label", weight=600)
        name = elided(known[0].name, font, right - left)
        middle = x if len(ups) == 1 else min(x + self._aside(0), right - number_width(name, font) / 2)
        at = QPointF(middle, self._line_y() + _way(known[0]) * _NAME_DROP)
        self._paint_text(painter, at, name, font, known[0])

    def _paint_one(self, painter: QPainter, arrow: Arrow, x: float, model: int) -> None:
        colors, y, up = class_ink(self.theme, self.task, arrow.class_index), self._line_y(), _way(arrow)
        tip = y - arrow.height / self.chart.top * self._longest()
        if arrow.height:
            painter.setPen(QPen(colors.line, _EDGE))
            painter.setBrush(colors.fill if model else colors.tint)
            painter.drawPolygon(arrow_shape(x, y - up, tip, self._slim()))
        if arrow.infinite:
            self._paint_break(painter, x, (y + tip) / 2)
        paint_disc(painter, QPointF(x, y + up * _DISC_GAP), model, self.theme, _DISC)
        font = self._value_font()
        if self._pair_values_fit(font):
            at = QPointF(x, tip - up * _VALUE_GAP)
            self._paint_text(painter, at, arrow.value_text, font, arrow)

    def _paint_rows(self, painter: QPainter) -> None:
        """The names at the left, the arithmetic of A and of B beside each other, under their discs."""
        for model, side in enumerate(self.value.sides):
            painter.setOpacity(1.0)
            right, y = self._column_end(model), self._row_y(0)
            paint_disc(painter, QPointF(right - _DISC, y), model, self.theme, _DISC)
            if not side.arrows:
                self._paint_end(painter, right, self._row_y(1), "no gradient", self.theme.color("ink3"))
        worked = self._workings_fit()
        for row, arrow in enumerate(self.chart.arrows, 1):
            self._fade(painter, arrow.class_index)
            color = class_ink(self.theme, self.task, arrow.class_index).text
            font, width = self.theme.font("label", weight=400), self._name_column() - _NAME_GAP
            name = elided(arrow.name, font, width)
            rect = QRectF(LEFT, self._row_y(row) - _ROW / 2, width + 2, _ROW)
            paint_number(painter, rect, Qt.AlignmentFlag.AlignVCenter, name, font, color)
            for model, side in enumerate(self.value.sides):
                for entry in side.arithmetic:
                    if entry.class_index == arrow.class_index:
                        text = entry.text if worked else ""
                        self._paint_working(painter, text, entry, self._column_end(model), self._row_y(row))
        painter.setOpacity(1.0)

    def _row_y(self, row: int) -> float:
        return self._rows_top() + (row + 0.5) * _ROW

    def _name_column(self) -> float:
        font = self.theme.font("label", weight=400)
        widest = max((number_width(arrow.name, font) for arrow in self.chart.arrows), default=0.0)
        return min(_LONGEST_NAME, widest) + _NAME_GAP

    def _column_end(self, model: int) -> float:
        return LEFT + self._name_column() + (model + 1) * self._working_width()

    def _working_width(self) -> float:
        return (self.size.width() - LEFT - RIGHT - self._name_column()) / len(LETTERS)

    def _workings_fit(self) -> bool:
        """Where one has no room, none is shown: the results say the same of all."""
        plain, strong = self._working_fonts()
        room = self._working_width() - _NAME_GAP
        return all(
            number_width(entry.text, plain) + _WORKING_GAP + number_width(entry.value_text, strong) <= room
            for side in self.value.sides
            for entry in side.arithmetic
        )

    def _working_fonts(self) -> tuple[QFont, QFont]:
        return self.theme.font("label", weight=400), self.theme.font("label", weight=600)

    def _paint_working(self, painter: QPainter, text: str, entry: Arithmetic, right: float, y: float) -> None:
        """The result at the right, in front of it how it comes about."""
        color = class_ink(self.theme, self.task, entry.class_index).text
        strong = self._working_fonts()[1]
        self._paint_end(painter, right, y, entry.value_text, color, strong)
        before = right - number_width(entry.value_text, strong) - _WORKING_GAP
        self._paint_end(painter, before, y, text, color)

    def _paint_end(
        self, painter: QPainter, right: float, y: float, text: str, color: QColor, font: QFont | None = None
    ) -> None:
        """A text that ends at `right`."""
        font = font or self._working_fonts()[0]
        width = number_width(text, font) + 2
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        paint_number(painter, QRectF(right - width, y - _ROW / 2, width, _ROW), flags, text, font, color)


def _way(arrow: Arrow) -> int:
    """1 for an arrow that points up, −1 for one that points down."""
    return 1 if arrow.height >= 0 else -1
