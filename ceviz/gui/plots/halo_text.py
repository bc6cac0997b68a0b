"""Text in plots: it keeps a thin border in the panel's colour, so that no line runs through it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker

from ceviz.explain.formulas import Formula
from ceviz.gui.formula_view import layout_formula
from ceviz.gui.theme import math_font

HALO = 2.0


@lru_cache(maxsize=512)
def _halo(text: str, font: QFont) -> QPainterPath:
    letters = QPainterPath()
    letters.addText(QPointF(), font, text)
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * HALO)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    halo = stroker.createStroke(letters)
    halo.setFillRule(Qt.FillRule.WindingFill)
    return halo


def paint_halo_text(
    painter: QPainter, baseline_left: QPointF, text: str, font: QFont, color: QColor, halo: QColor
) -> None:
    """One line of text with its border."""
    painter.translate(baseline_left)
    painter.fillPath(_halo(text, font), halo)
    painter.translate(-baseline_left)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(baseline_left, text)


def paint_formula_halo(
    painter: QPainter, baseline_left: QPointF, formula: Formula, px: float, halo: QColor
) -> None:
    """The border of a formula; the formula itself goes on top."""
    for run in layout_formula(formula, px).runs:
        start = baseline_left + QPointF(run.x, run.y)
        painter.translate(start)
        painter.fillPath(_halo(run.text, math_font(run.px)), halo)
        painter.translate(-start)


def baseline_in(center_y: float, font: QFont) -> float:
    """The baseline of a line whose figures are centred at `center_y`."""
    return center_y + QFontMetricsF(font).capHeight() / 2
