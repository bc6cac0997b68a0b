"""Paints the worked line: each formula over its bar, with name and value under it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from ceviz.core.document import Task
from ceviz.drawing import painting
from ceviz.drawing.formula_painter import paint_formula
from ceviz.drawing.hatch import paint_hatch
from ceviz.drawing.headline_slots import NAME_GAP, Slot, name_font, value_font
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.loss_bar import paint_dashed_edge
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import SLATE, ClassColors, Theme
from ceviz.explain.headline import Term

_BAR = 5.0
_DOTS = 2.0
_HATCH_PITCH = 4.5
_PICTURE_RATIO = 2.0
_MARGIN = 16.0


@dataclass(frozen=True, slots=True)
class Drops:
    """How far things stand below the formula's baseline, which itself is `baseline` below the top."""

    baseline: float
    bar: float
    caption: float


STANDARD = Drops(65.5, 11.5, 36.0)
COMPACT = Drops(53.5, 12.0, 34.5)


def drops(theme: Theme) -> Drops:
    """The places of a layout."""
    return COMPACT if theme.compact else STANDARD


def term_colors(theme: Theme, task: Task, term: Term) -> ClassColors | None:
    """The class colours of a term, slate for several classes at once, None for the loss colour."""
    if term.kind == "class" and term.class_index is not None:
        return painting.class_ink(theme, task, term.class_index)
    return theme.class_colors(SLATE) if term.kind == "others" else None


def paint_slots(
    painter: QPainter,
    slots: Sequence[Slot],
    px: float,
    theme: Theme,
    task: Task,
    opacity: float = 1.0,
    lit: Lit = ALIKE,
) -> None:
    """Paint slots of the line; the terms of other classes than the lit one fade."""
    for slot in slots:
        painter.setOpacity(opacity * _strength(slot.term, theme, lit))
        _paint_slot(painter, slot, px, theme, task)
    painter.setOpacity(1.0)


def line_picture(
    paint: Callable[[QPainter], None], x: float, width: float, px: float, theme: Theme
) -> QImage:
    """What `paint` paints of a line from `x` on, alone on the panel's colour, fine enough for print."""
    top = drops(theme).baseline - 1.5 * px
    bottom = drops(theme).baseline + drops(theme).caption + QFontMetricsF(value_font(theme)).descent()
    size = QSizeF(width + 2 * _MARGIN, bottom - top + _MARGIN) * _PICTURE_RATIO
    picture = QImage(math.ceil(size.width()), math.ceil(size.height()), QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(_PICTURE_RATIO)
    picture.fill(theme.color("panel"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(_MARGIN - x, -top)
    paint(painter)
    painter.end()
    return picture


def _strength(term: Term | None, theme: Theme, lit: Lit) -> float:
    if term is None or term.kind not in ("class", "others"):
        return 1.0
    return lit.opacity(-1 if term.class_index is None else term.class_index, theme)


def _paint_slot(painter: QPainter, slot: Slot, px: float, theme: Theme, task: Task) -> None:
    place = QPointF(slot.x + (slot.width - slot.content) / 2, drops(theme).baseline)
    if slot.term is None:
        paint_formula(painter, place, slot.formula, px, theme.color("ink"), theme, task)
        return
    colors = term_colors(theme, task, slot.term)
    ink = colors.text if colors else theme.color("loss")
    paint_formula(painter, place, slot.formula, px, ink, theme, task)
    _paint_bar(painter, slot, slot.term, theme, colors)
    _paint_caption(painter, slot, slot.term, theme, ink)


def _paint_bar(painter: QPainter, slot: Slot, term: Term, theme: Theme, colors: ClassColors | None) -> None:
    # As wide as what stands above and below it: the slot may have room for more digits.
    width = max(slot.content, slot.caption_width(theme))
    left, top = slot.x + (slot.width - width) / 2, drops(theme).baseline + drops(theme).bar
    rect = QRectF(left, top, width, _BAR)
    radius, loss = theme.radius["bar"], theme.color("loss")
    if term.zero:
        _paint_dots(painter, rect, colors.line if colors else loss)
    elif term.kind == "floor":
        painting.round_bar(painter, rect, radius, theme.color("lossTint"))
        paint_hatch(painter, rect, loss, theme, _HATCH_PITCH, radius=radius, edge=loss)
    elif colors and term.clipped:
        painting.round_bar(painter, rect, radius, colors.tint)
        paint_dashed_edge(painter, rect, radius, colors.line)
    elif colors:
        painting.round_bar(painter, rect, radius, colors.fill, colors.line)
    else:
        painting.round_bar(painter, rect, radius, loss)


def _paint_dots(painter: QPainter, rect: QRectF, color: QColor) -> None:
    pen = QPen(color, _DOTS)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.0, 1.0])
    painter.setPen(pen)
    middle = rect.top() + _DOTS / 2
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))


def _paint_caption(painter: QPainter, slot: Slot, term: Term, theme: Theme, ink: QColor) -> None:
    font, figures = name_font(theme), value_font(theme)
    x = slot.x + (slot.width - slot.caption_width(theme)) / 2
    baseline = drops(theme).baseline + drops(theme).caption
    painter.setFont(font)
    painter.setPen(theme.color("ink2"))
    draw_text(painter, QPointF(x, baseline), slot.name)
    place = QPointF(x + painting.text_width(slot.name, font) + NAME_GAP, baseline)
    painting.paint_number_at(painter, place, term.value_text, figures, ink)
