"""The gradient as arrows up and down from a common line, and worked out below."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import measure_formula, paint_formula
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import class_ink, number_width, paint_number
from ceviz.drawing.theme import Theme
from ceviz.explain.gradient_chart import Arithmetic, Arrow, GradientChart

_LEFT, _RIGHT = 24.0, 23.0
_FORMULA_SCALE = 1.1
_LOW = 300
"""Below this height in px all that is above and below the arrows moves together."""
_STRETCH = 1.08
"""A chart's top lies 10 % above its longest finite arrow."""
_VALUE_ROOM = 34.0
"""Below the tip of the longest arrow, for its value."""
_SHAFT, _HEAD_WIDTH, _HEAD_LENGTH = 9.0, 26.0, 17.0
_COLUMN = 100.0
_DIRECTIONS_WIDTH = 84.0
_VALUE_GAP = 20.0
_NAME_GAP = 15.0
_FEW = 3


class GradientView(QWidget):
    """Paints a `GradientChart`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._task = Task.MULTICLASS
        self._chart: GradientChart | None = None
        self._lit = -1

    def display(self, chart: GradientChart, task: Task) -> None:
        """Show a chart."""
        self._chart, self._task = chart, task
        worked = [f"{entry.name} {entry.text} {entry.value_text}" for entry in chart.arithmetic]
        self.setAccessibleName("Gradient")
        self.setAccessibleDescription(", ".join(worked))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def highlight(self, class_index: int) -> None:
        """Let the other classes fade; -1: none."""
        if class_index != self._lit:
            self._lit = class_index
            self.update()

    # Places, in px

    def _row_height(self) -> float:
        return 24.0 if self._count() <= _FEW and not self._low() else 19.0

    def _low(self) -> bool:
        return self.height() < _LOW

    def _formula_centre(self) -> float:
        return 36.0 if self._low() else 46.0

    def _arrows_top(self) -> float:
        """Where the tip of the longest arrow may be."""
        return 90.0 if self._low() else 105.0

    def _count(self) -> int:
        return len(self._chart.arrows) if self._chart else 0

    def _rows_top(self) -> float:
        return self.height() - (6 if self._low() else 12) - self._count() * self._row_height()

    def _line_y(self) -> float:
        return (self._arrows_top() + self._rows_top() - _VALUE_ROOM) / 2

    def _longest(self) -> float:
        """The length of an arrow that reaches the chart's top."""
        return max(1.0, _STRETCH * (self._rows_top() - _VALUE_ROOM - self._arrows_top()) / 2)

    def _column_x(self, place: int) -> float:
        return _LEFT + 5 + (place + 0.5) * self._column_width()

    def _column_width(self) -> float:
        # Few columns may reach over the words at the right, whose names are short.
        reserved = _DIRECTIONS_WIDTH if self._count() > _FEW else 48.0
        room = self.width() - _LEFT - _RIGHT - reserved
        return min(_COLUMN, room / max(1, self._count()))

    def _values_fit(self, chart: GradientChart) -> bool:
        """Values that have no room beside each other are left to the rows below."""
        font = self._value_font()
        return all(number_width(arrow.value_text, font) + 4 <= self._column_width() for arrow in chart.arrows)

    def _value_font(self) -> QFont:
        return self._theme.font("value") if self._count() <= _FEW else self._theme.font("label", weight=600)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chart is None:
            return
        self._paint_formula(painter, self._chart)
        self._paint_line(painter, self._chart)
        for place, arrow in enumerate(self._chart.arrows):
            self._fade(painter, arrow.class_index)
            self._paint_arrow(painter, arrow, self._column_x(place), self._chart)
        for row, entry in enumerate(self._chart.arithmetic):
            self._fade(painter, entry.class_index)
            self._paint_row(painter, entry, self._rows_top() + (row + 0.5) * self._row_height())

    def _fade(self, painter: QPainter, class_index: int) -> None:
        lit = self._lit in (-1, class_index)
        painter.setOpacity(1.0 if lit else self._theme.opacity["unlinked"])

    def _paint_formula(self, painter: QPainter, chart: GradientChart) -> None:
        px = self._theme.size("formulaInPlot") * _FORMULA_SCALE
        width, ascent, descent = measure_formula(chart.formula, px)
        left = QPointF((self.width() - width) / 2, self._formula_centre() + (ascent - descent) / 2)
        paint_formula(painter, left, chart.formula, px, self._theme.color("ink"), self._theme, self._task)

    def _paint_line(self, painter: QPainter, chart: GradientChart) -> None:
        y = self._line_y()
        line = QRectF(_LEFT, round(y) - 1, self.width() - _LEFT - _RIGHT, 2)
        painter.fillRect(line, self._theme.color("border"))
        font, right = self._theme.font("tick"), self.width() - _RIGHT
        for text, center in ((chart.up_text, y - 13), (chart.down_text, y + 16)):
            rect = QRectF(right - _DIRECTIONS_WIDTH, center - 10, _DIRECTIONS_WIDTH, 20)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            paint_number(painter, rect, flags, text, font, self._theme.color("ink3"))

    def _paint_arrow(self, painter: QPainter, arrow: Arrow, x: float, chart: GradientChart) -> None:
        colors, y = class_ink(self._theme, self._task, arrow.class_index), self._line_y()
        tip = y - arrow.height / chart.top * self._longest()
        up = 1 if arrow.height >= 0 else -1
        if arrow.height:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.fill)
            painter.drawPolygon(_arrow(x, y, tip))
        if arrow.infinite:
            self._paint_break(painter, x, (y + tip) / 2)
        if self._values_fit(chart):
            above = QPointF(x, tip - up * _VALUE_GAP)
            self._paint_text(painter, above, arrow.value_text, self._value_font(), arrow)
        name_font = self._theme.font("title") if self._count() <= _FEW else self._theme.font("tableHead")
        room = self._column_width() - 4 if self._count() > 1 else 2 * _COLUMN
        name = QFontMetricsF(name_font).elidedText(arrow.name, Qt.TextElideMode.ElideMiddle, room)
        self._paint_text(painter, QPointF(x, y + up * _NAME_GAP), name, name_font, arrow)

    def _paint_break(self, painter: QPainter, x: float, y: float) -> None:
        """A gap in the shaft: this arrow has no end."""
        gap = [QPointF(x - 8, y + 4), QPointF(x + 8, y - 2), QPointF(x + 8, y + 2), QPointF(x - 8, y + 8)]
        painter.setBrush(self._theme.color("panel"))
        painter.drawPolygon(QPolygonF(gap))

    def _paint_text(self, painter: QPainter, center: QPointF, text: str, font: QFont, arrow: Arrow) -> None:
        size = QSizeF(number_width(text, font) + 4, 24)
        rect = QRectF(center - QPointF(size.width() / 2, size.height() / 2), size)
        color = class_ink(self._theme, self._task, arrow.class_index).text
        paint_number(painter, rect, Qt.AlignmentFlag.AlignCenter, text, font, color)

    def _paint_row(self, painter: QPainter, entry: Arithmetic, y: float) -> None:
        theme = self._theme
        color = class_ink(theme, self._task, entry.class_index).text
        plain, strong = theme.font("className", weight=400), theme.font("className")
        right = self.width() - 62.0
        value_x = right - number_width(entry.value_text, strong)
        text_x = value_x - number_width(entry.text, plain) - 5
        painter.setPen(color)
        rect = QRectF(value_x, y - 12, right - value_x + 2, 24)
        paint_number(painter, rect, Qt.AlignmentFlag.AlignVCenter, entry.value_text, strong, color)
        painter.setFont(plain)
        painter.drawText(QPointF(text_x, baseline_in(y, plain)), entry.text)
        name_x = min(62.0, max(_LEFT, text_x - 60))
        name = QFontMetricsF(plain).elidedText(entry.name, Qt.TextElideMode.ElideMiddle, text_x - name_x - 6)
        painter.drawText(QPointF(name_x, baseline_in(y, plain)), name)


def _arrow(x: float, start: float, tip: float) -> QPolygonF:
    """From the common line to its tip; a short one is all head."""
    way = 1 if tip < start else -1
    head = min(_HEAD_LENGTH, abs(start - tip))
    half = _HEAD_WIDTH / 2 * head / _HEAD_LENGTH
    shaft = min(_SHAFT / 2, half)
    neck = tip + way * head
    corners = [(-shaft, start), (-shaft, neck), (-half, neck), (0, tip), (half, neck), (shaft, neck)]
    return QPolygonF([QPointF(x + dx, y) for dx, y in [*corners, (shaft, start)]])
