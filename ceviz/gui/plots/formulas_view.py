"""Three ways to write the loss of a yes/no question, with the same number."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import paint_formula
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import class_ink, paint_number, round_bar
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula, to_text
from ceviz.explain.three_formulas import PairChip, ThreeFormulas, WrittenLoss

_LEFT, _RIGHT = 20.0, 20.0
_TITLE_Y = 13.0
_CHIP_TOP, _CHIP_HEIGHT, _CHIP_GAP, _PAIR_GAP = 27.0, 34.0, 4.0, 18.0
_FIRST_LINE = 77.0
_SECTION = 95.0
_BASELINE = 0.3
"""From the middle of a formula's letters to its baseline, in em."""


class FormulasView(QWidget):
    """Paints `ThreeFormulas`: two pairs of chips, and one section per formula."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._value: ThreeFormulas | None = None

    def display(self, value: ThreeFormulas) -> None:
        """Show the pairs and the formulas."""
        self._value = value
        lines = [
            f"{f.title}: {to_text(f.symbols)} {to_text(f.numbers)}, {f.value_text}" for f in value.formulas
        ]
        self.setAccessibleName("Three formulas")
        self.setAccessibleDescription("; ".join(lines))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value = self._value
        if value is None:
            return
        width = (self.width() - _LEFT - _RIGHT - _PAIR_GAP) / 2
        self._paint_pair(painter, _LEFT, width, value.prediction_title, value.prediction)
        self._paint_pair(painter, _LEFT + width + _PAIR_GAP, width, value.target_title, value.target)
        pitch = min(_SECTION, (self.height() - _FIRST_LINE) / 3)
        for place, written in enumerate(value.formulas):
            self._paint_section(painter, _FIRST_LINE + place * pitch, pitch / _SECTION, written)

    def _paint_pair(
        self, painter: QPainter, left: float, width: float, title: str, chips: tuple[PairChip, ...]
    ) -> None:
        font = self._theme.font("tick")
        painter.setFont(font)
        painter.setPen(self._theme.color("ink2"))
        painter.drawText(QPointF(left, baseline_in(_TITLE_Y, font)), title)
        chip_width = (width - _CHIP_GAP) / 2
        for place, chip in enumerate(chips):
            rect = QRectF(left + place * (chip_width + _CHIP_GAP), _CHIP_TOP, chip_width, _CHIP_HEIGHT)
            self._paint_chip(painter, rect, chip)

    def _paint_chip(self, painter: QPainter, rect: QRectF, chip: PairChip) -> None:
        theme = self._theme
        colors = class_ink(theme, Task.BINARY, chip.class_index)
        fill, edge, ink = (
            (colors.fill, colors.line, colors.on_fill)
            if chip.filled
            else (theme.color("sunken"), theme.color("hairline"), theme.color("ink2"))
        )
        round_bar(painter, rect, theme.radius["track"], fill, edge)
        paint_number(painter, rect, Qt.AlignmentFlag.AlignCenter, chip.text, theme.font("value"), ink)

    def _paint_section(self, painter: QPainter, top: float, squeeze: float, written: WrittenLoss) -> None:
        theme = self._theme
        painter.fillRect(QRectF(0, round(top), self.width(), 1), theme.color("hairline"))
        font = theme.font("label")
        painter.setFont(font)
        painter.setPen(theme.color("ink2"))
        painter.drawText(QPointF(_LEFT, baseline_in(top + 16 * squeeze, font)), written.title)
        self._paint_formula(painter, top + 41 * squeeze, written.symbols)
        self._paint_formula(painter, top + 71 * squeeze, written.numbers)
        right = QRectF(0, top + 71 * squeeze - 16, self.width() - _RIGHT - 1, 32)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        number_font = theme.font("value", size=20)
        paint_number(painter, right, flags, written.value_text, number_font, theme.color("loss"))

    def _paint_formula(self, painter: QPainter, center_y: float, formula: Formula) -> None:
        theme, px = self._theme, self._theme.size("formulaInPlot") - 1
        left = QPointF(_LEFT, center_y + _BASELINE * px)
        paint_formula(painter, left, formula, px, theme.color("ink"), theme, Task.BINARY)
