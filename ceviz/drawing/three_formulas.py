"""Three ways to write the loss of a yes/no question, with the same number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import paint_formula
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.painting import class_ink, paint_number, round_bar
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula
from ceviz.explain.three_formulas import PairChip, ThreeFormulas, WrittenLoss

_LEFT, _RIGHT = 20.0, 20.0
_TITLE_Y = 13.0
_CHIP_TOP, _CHIP_HEIGHT, _CHIP_GAP, _PAIR_GAP = 27.0, 34.0, 4.0, 18.0
_FIRST_LINE = 77.0
_SECTION = 95.0
_BASELINE = 0.3
"""From the middle of a formula's letters to its baseline, in em."""


@dataclass(frozen=True, slots=True)
class FormulasPainter:
    """Paints two pairs of chips, and one section per formula, in a picture of `size` px."""

    value: ThreeFormulas
    size: QSizeF
    theme: Theme

    def paint(self, painter: QPainter) -> None:
        value = self.value
        width = (self.size.width() - _LEFT - _RIGHT - _PAIR_GAP) / 2
        self._paint_pair(painter, _LEFT, width, value.prediction_title, value.prediction)
        self._paint_pair(painter, _LEFT + width + _PAIR_GAP, width, value.target_title, value.target)
        pitch = min(_SECTION, (self.size.height() - _FIRST_LINE) / 3)
        for place, written in enumerate(value.formulas):
            self._paint_section(painter, _FIRST_LINE + place * pitch, pitch / _SECTION, written)

    def _paint_pair(
        self, painter: QPainter, left: float, width: float, title: str, chips: tuple[PairChip, ...]
    ) -> None:
        font = self.theme.font("tick")
        painter.setFont(font)
        painter.setPen(self.theme.color("ink2"))
        draw_text(painter, QPointF(left, baseline_in(_TITLE_Y, font)), title)
        chip_width = (width - _CHIP_GAP) / 2
        for place, chip in enumerate(chips):
            rect = QRectF(left + place * (chip_width + _CHIP_GAP), _CHIP_TOP, chip_width, _CHIP_HEIGHT)
            self._paint_chip(painter, rect, chip)

    def _paint_chip(self, painter: QPainter, rect: QRectF, chip: PairChip) -> None:
        theme = self.theme
        colors = class_ink(theme, Task.BINARY, chip.class_index)
        fill, edge, ink = (
            (colors.fill, colors.line, colors.on_fill)
            if chip.filled
            else (theme.color("sunken"), theme.color("hairline"), theme.color("ink2"))
        )
        round_bar(painter, rect, theme.radius["track"], fill, edge)
        paint_number(painter, rect, Qt.AlignmentFlag.AlignCenter, chip.text, theme.font("value"), ink)

    def _paint_section(self, painter: QPainter, top: float, squeeze: float, written: WrittenLoss) -> None:
        theme = self.theme
        painter.fillRect(QRectF(0, self.theme.line_at(top), self.size.width(), 1), theme.color("hairline"))
        font = theme.font("label")
        painter.setFont(font)
        painter.setPen(theme.color("ink2"))
        draw_text(painter, QPointF(_LEFT, baseline_in(top + 16 * squeeze, font)), written.title)
        self._paint_formula(painter, top + 41 * squeeze, written.symbols)
        self._paint_formula(painter, top + 71 * squeeze, written.numbers)
        right = QRectF(0, top + 71 * squeeze - 16, self.size.width() - _RIGHT - 1, 32)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        number_font = theme.font("value", size=20)
        paint_number(painter, right, flags, written.value_text, number_font, theme.color("loss"))

    def _paint_formula(self, painter: QPainter, center_y: float, formula: Formula) -> None:
        theme, px = self.theme, self.theme.size("formulaInPlot") - 1
        left = QPointF(_LEFT, center_y + _BASELINE * px)
        paint_formula(painter, left, formula, px, theme.color("ink"), theme, Task.BINARY)
