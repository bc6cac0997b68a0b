"""What the parts of one plot's layout share while it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import measure_formula
from ceviz.drawing.frame import Frame
from ceviz.drawing.notes import FormulaNote, Note
from ceviz.drawing.painting import cap_height, class_ink, text_width
from ceviz.drawing.room import Room
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.charts import Curve, CurveChart
from ceviz.explain.formulas import Formula

_MIDDLE = 0.5
"""The p in the middle of its axis."""
_APART = 6.0
"""Px at both sides of a text, lest the next one read on from it."""


def apart(rect: QRectF) -> QRectF:
    """The place of a text with the border that others keep off."""
    return rect.adjusted(-_APART, 0, _APART, 0)


@dataclass(slots=True)
class Sketch:
    """A chart, the frame it goes into, and the texts that have found their place."""

    chart: CurveChart
    frame: Frame
    theme: Theme
    task: Task
    room: Room
    notes: list[Note | FormulaNote] = field(default_factory=list)

    def ink(self, class_index: int) -> ClassColors:
        return class_ink(self.theme, self.task, class_index)

    def text_color(self, class_index: int | None) -> QColor:
        return self.theme.color("ink3") if class_index is None else self.ink(class_index).text

    def text_size(self, text: str, font: QFont) -> QSizeF:
        return QSizeF(text_width(text, font), cap_height(font) + 4)

    def write(self, note: Note) -> None:
        """Put a text down; later ones keep clear of it."""
        self.notes.append(note)
        self.room.add_text(apart(note.rect))

    def write_at(
        self,
        left: QPointF,
        text: str,
        font: QFont,
        color: QColor,
        index: int | None,
        cleared: bool = False,
    ) -> None:
        """Put a text down whose left edge, at half its height, is `left`."""
        size = self.text_size(text, font)
        self.write(
            Note(QRectF(left - QPointF(0, size.height() / 2), size), text, font, color, index, cleared)
        )

    def write_formula(
        self,
        left: QPointF,
        formula: Formula,
        px: float,
        color: QColor,
        index: int | None,
        cleared: bool = False,
    ) -> None:
        """Put a formula down whose letters start at `left` and are centred on it."""
        width, ascent, descent = measure_formula(formula, px)
        # Letters without ascender or descender reach to about 0.36 em above the baseline's half.
        top = left.y() + 0.31 * px - ascent
        rect = QRectF(left.x(), top, width, ascent + descent)
        self.notes.append(FormulaNote(rect, formula, px, color, index, cleared))
        self.room.add_text(rect)


def curve_in_px(curve: Curve, frame: Frame) -> NDArray[np.float64]:
    """The curve's points in px of the widget, (n, 2)."""
    x, y, area = frame.x_axis, frame.y_axis, frame.area
    xs = area.left() + (curve.xs - x.low) * (area.width() / (x.high - x.low))
    ys = area.bottom() - (curve.ys - y.low) * (area.height() / (y.high - y.low))
    return np.column_stack((xs, ys))


@lru_cache(maxsize=32)
def rises(curve: Curve) -> bool:
    """Whether the loss grows with p for the most part: the curve of a class that is not there, or hardly."""
    lowest = curve.ys.argmin()
    return bool(curve.xs[lowest] < _MIDDLE and curve.ys[lowest] < curve.ys.max())


def curve_through(chart: CurveChart, class_index: int | None, x: float, y: float) -> Curve | None:
    """The curve that a point lies on: of its class, or else the nearest one."""
    own = [curve for curve in chart.curves if curve.class_index == class_index and not curve.dashed]
    if own:
        return own[0]
    solid = [curve for curve in chart.curves if not curve.dashed]
    return min(solid, key=lambda curve: abs(_height_at(curve, x) - y), default=None)


def _height_at(curve: Curve, x: float) -> float:
    step = 1 if curve.xs[-1] >= curve.xs[0] else -1
    return float(np.interp(x, curve.xs[::step], curve.ys[::step]))
