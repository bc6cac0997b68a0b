"""Three ways to write the loss of a yes/no question, with the same number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import fitting_px, measure_formula, paint_formula
from ceviz.drawing.halo_text import baseline_in
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.painting import class_ink, number_width, paint_number, round_bar
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula
from ceviz.explain.three_formulas import PairChip, ThreeFormulas, WrittenLoss

_LEFT, _RIGHT = 20.0, 20.0
_TITLE_Y = 13.0
_CHIP_TOP, _CHIP_HEIGHT, _CHIP_GAP, _PAIR_GAP = 27.0, 34.0, 4.0, 18.0
_FIRST_LINE = 77.0
_SECTION = 95.0
_NUMBER_GAP = 12.0
_BASELINE = 0.3
"""From the middle of a formula's letters to its baseline, in em."""


@dataclass(frozen=True, slots=True)
class FormulasPainter:
    """Paints two pairs of chips, and one section per formula, in a picture of `size` px."""

    value: ThreeFormulas
    size: QSizeF
    theme: Theme
    lit: Lit = ALIKE

    def paint(self, painter: QPainter) -> None:
        value = self.value
        self._paint_title(painter, 0, value.prediction_title)
        self._paint_title(painter, 1, value.target_title)
        for rect, chip in self._chips():
            painter.setOpacity(self.lit.opacity(chip.class_index, self.theme))
            self._paint_chip(painter, rect, chip)
        painter.setOpacity(1.0)
        pitch = min(_SECTION, (self.size.height() - _FIRST_LINE) / 3)
        for place, written in enumerate(value.formulas):
            self._paint_section(painter, _FIRST_LINE + place * pitch, pitch / _SECTION, written)

    def class_at(self, place: QPointF) -> int:
        """The class whose chip is at a place, or -1."""
        return next((chip.class_index for rect, chip in self._chips() if rect.contains(place)), -1)

    def _pair_width(self) -> float:
        return (self.size.width() - _LEFT - _RIGHT - _PAIR_GAP) / 2

    def _pair_left(self, pair: int) -> float:
        return _LEFT + pair * (self._pair_width() + _PAIR_GAP)

    def _chips(self) -> Iterator[tuple[QRectF, PairChip]]:
        width = (self._pair_width() - _CHIP_GAP) / 2
        for pair, chips in enumerate((self.value.prediction, self.value.target)):
            for place, chip in enumerate(chips):
                left = self._pair_left(pair) + place * (width + _CHIP_GAP)
                yield QRectF(left, _CHIP_TOP, width, _CHIP_HEIGHT), chip

    def _paint_title(self, painter: QPainter, pair: int, title: str) -> None:
        font = self.theme.font("tick")
        painter.setFont(font)
        painter.setPen(self.theme.color("ink2"))
        draw_text(painter, QPointF(self._pair_left(pair), baseline_in(_TITLE_Y, font)), title)

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
        number_font = theme.font("value", size=20)
        whole = self.size.width() - _LEFT - _RIGHT - 1
        beside = whole - _NUMBER_GAP - number_width(written.value_text, number_font)
        symbols_y, numbers_y = top + 41 * squeeze, top + 71 * squeeze
        # Long numbers take the whole line, and their value stands above it.
        fits = measure_formula(written.numbers, self._px())[0] <= beside
        self._paint_formula(painter, symbols_y, written.symbols, whole if fits else beside)
        self._paint_formula(painter, numbers_y, written.numbers, whole)
        right = QRectF(_LEFT, (numbers_y if fits else symbols_y) - 16, whole, 32)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        paint_number(painter, right, flags, written.value_text, number_font, theme.color("loss"))

    def _px(self) -> float:
        return self.theme.size("formulaInPlot") - 1

    def _paint_formula(self, painter: QPainter, center_y: float, formula: Formula, room: float) -> None:
        """A formula, smaller where it is wider than its room."""
        px = fitting_px(formula, self._px(), room)
        left = QPointF(_LEFT, center_y + _BASELINE * px)
        paint_formula(painter, left, formula, px, self.theme.color("ink"), self.theme, Task.BINARY)
