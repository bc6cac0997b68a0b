"""Text in plots: it keeps a thin border in the panel's colour, so that no line runs through it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPixmap,
)

from ceviz.drawing.formula_painter import layout_formula
from ceviz.drawing.painting import cap_height, pixel_ratio, text_width
from ceviz.drawing.text import draw_text
from ceviz.explain.formulas import Formula

HALO = 2.0
Run = tuple[float, float, str, QFont]


def paint_halo_text(
    painter: QPainter, baseline_left: QPointF, text: str, font: QFont, color: QColor, halo: QColor
) -> None:
    """One line of text with its border."""
    _paint_halo(painter, baseline_left, ((0.0, 0.0, text, font),), halo)
    painter.setFont(font)
    painter.setPen(color)
    draw_text(painter, baseline_left, text)


def paint_formula_halo(
    painter: QPainter, baseline_left: QPointF, formula: Formula, px: float, halo: QColor
) -> None:
    """The border of a formula; the formula itself goes on top."""
    _paint_halo(painter, baseline_left, _formula_runs(formula, px), halo)


def baseline_in(center_y: float, font: QFont) -> float:
    """The baseline of a line whose figures are centred at `center_y`."""
    return center_y + cap_height(font) / 2


@lru_cache(maxsize=256)
def _formula_runs(formula: Formula, px: float) -> tuple[Run, ...]:
    return tuple((run.x, run.y, run.text, run.font) for run in layout_formula(formula, px).runs)


def _paint_halo(painter: QPainter, start: QPointF, runs: tuple[Run, ...], halo: QColor) -> None:
    if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
        painter.strokePath(_letters(runs).translated(start), _halo_pen(halo))
        return
    # Stroking letters takes ten times as long as drawing them: a border is kept as a picture.
    picture, offset = _halo(runs, halo.rgba(), pixel_ratio(painter))
    painter.drawPixmap(start + offset, picture)


def _letters(runs: tuple[Run, ...]) -> QPainterPath:
    letters = QPainterPath()
    for x, y, text, font in runs:
        letters.addText(QPointF(x, y), font, text)
    return letters


def _halo_pen(color: QColor | Qt.GlobalColor) -> QPen:
    return QPen(color, 2 * HALO, j=Qt.PenJoinStyle.RoundJoin)


@lru_cache(maxsize=512)
def _halo(runs: tuple[Run, ...], color: int, ratio: float) -> tuple[QPixmap, QPointF]:
    """The border of some runs of text, and where it lies relative to their start."""
    border = _border(runs)
    bounds = border.boundingRect().adjusted(-1, -1, 1, 1)
    offset = QPointF(math.floor(bounds.left()), math.floor(bounds.top()))
    size = bounds.size() * ratio
    picture = QPixmap(math.ceil(size.width() + ratio), math.ceil(size.height() + ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-offset)
    painter.fillPath(border, QColor.fromRgba(color))
    painter.end()
    return picture, offset


def _border(runs: tuple[Run, ...]) -> QPainterPath:
    border = QPainterPath()
    border.setFillRule(Qt.FillRule.WindingFill)
    for x, y, text, font in runs:
        for left, letters in _apart(text, font):
            border.addPath(_border_of(letters, font).translated(x + left, y))
    return border


def _apart(text: str, font: QFont) -> Iterator[tuple[float, str]]:
    """Letter by letter, so that another number finds its borders made; whole where letters join."""
    widths = [text_width(letter, font) for letter in text]
    if text.isascii() and math.isclose(sum(widths), text_width(text, font)):
        yield from zip(accumulate(widths, initial=0.0), text, strict=False)
    else:
        yield 0.0, text


@lru_cache(maxsize=512)
def _border_of(letters: str, font: QFont) -> QPainterPath:
    """Stroking takes ten times as long as filling."""
    border = QPainterPathStroker(_halo_pen(Qt.GlobalColor.black)).createStroke(
        _letters(((0, 0, letters, font),))
    )
    border.setFillRule(Qt.FillRule.WindingFill)
    return border
