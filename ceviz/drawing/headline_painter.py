"""Paints the worked line: each formula over its bar, with name and value under it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QRegion

from ceviz.core.document import Task
from ceviz.drawing import painting
from ceviz.drawing.formula_painter import changed_span, paint_box
from ceviz.drawing.hatch import paint_dashed_edge, paint_hatch
from ceviz.drawing.headline_slots import NAME_GAP, Slot, name_font, value_font
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import SLATE, ClassColors, Theme
from ceviz.explain.headline import Term

_BAR = 5.0
_DOTS = 2.0
_HATCH_PITCH = 4.5
_BESIDE = 4
"""How far beside a slot something of it may be painted, in px."""
_UNDER_CAPTION = 10.0
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
    theme: Theme,
    task: Task,
    opacity: float = 1.0,
    lit: Lit = ALIKE,
    region: QRegion | None = None,
) -> None:
    """Paint slots of the line; the terms of other classes than the lit one fade.

    What lies outside `region`, if it is given, may be left out.
    """
    for slot in slots:
        painter.setOpacity(opacity * _strength(slot.term, theme, lit))
        _paint_slot(painter, slot, theme, task, region)
    painter.setOpacity(1.0)


def strip(slot: Slot, height: int) -> QRect:
    """All that a slot can paint on, in a line so high."""
    return QRect(math.floor(slot.x) - _BESIDE, 0, math.ceil(slot.width) + 2 * _BESIDE + 1, height)


def changed_areas(before: Slot, after: Slot, theme: Theme, height: int) -> Iterator[QRect]:
    """Where a slot that kept its place has to be painted anew."""
    if _looks(before) != _looks(after):
        yield strip(after, height)
        return
    if before.box != after.box:
        left, right = changed_span(before.box, after.box)
        area, x = _formula_area(after, theme), _formula_left(after)
        yield area & QRectF(x + left, 0, right - left, height).toAlignedRect()
    if before.caption != after.caption:
        yield _bar_area(after, theme) | _caption_area(after, theme)
    elif before.value_text != after.value_text:
        yield _value_area(after, theme)


def _looks(slot: Slot) -> tuple[object, ...]:
    """All but what formula and value say."""
    term = slot.term
    kind = (term.kind, term.class_index, term.zero, term.clipped) if term is not None else ()
    return slot.x, slot.width, slot.box.width, slot.name, *kind


def _formula_left(slot: Slot) -> float:
    return slot.x + (slot.width - slot.box.width) / 2


def _formula_area(slot: Slot, theme: Theme) -> QRect:
    return strip(slot, math.ceil(drops(theme).baseline + slot.box.descent) + 1)


def _bar_area(slot: Slot, theme: Theme) -> QRect:
    area = strip(slot, math.ceil(drops(theme).baseline + drops(theme).bar + _BAR) + 1)
    area.setTop(math.floor(drops(theme).baseline + drops(theme).bar) - 1)
    return area


def _caption_area(slot: Slot, theme: Theme) -> QRect:
    area = strip(slot, math.ceil(drops(theme).baseline + drops(theme).caption + _UNDER_CAPTION))
    area.setTop(math.ceil(drops(theme).baseline + drops(theme).bar + _BAR) + 1)
    return area


def _value_area(slot: Slot, theme: Theme) -> QRect:
    area = _caption_area(slot, theme)
    area.setLeft(math.floor(_value_left(slot, theme)) - 1)
    return area


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


def _paint_slot(painter: QPainter, slot: Slot, theme: Theme, task: Task, region: QRegion | None) -> None:
    colors = term_colors(theme, task, slot.term) if slot.term is not None else None
    ink = colors.text if colors else theme.color("ink" if slot.term is None else "loss")
    area = _formula_area(slot, theme)
    touched = area if region is None else region.intersected(area).boundingRect()
    if not touched.isEmpty():
        place = QPointF(_formula_left(slot), drops(theme).baseline)
        paint_box(painter, place, slot.box, ink, theme, task, touched.left(), touched.right())
    if slot.term is None:
        return
    if region is None or region.intersects(_bar_area(slot, theme)):
        _paint_bar(painter, slot, slot.term, theme, colors)
    if region is None or region.intersects(_caption_area(slot, theme)):
        _paint_caption(painter, slot, slot.term, theme, ink)


def _paint_bar(painter: QPainter, slot: Slot, term: Term, theme: Theme, colors: ClassColors | None) -> None:
    # As wide as what stands above and below it: the slot may have room for more digits.
    width = max(slot.box.width, slot.caption)
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
    baseline = drops(theme).baseline + drops(theme).caption
    painter.setFont(name_font(theme))
    painter.setPen(theme.color("ink2"))
    draw_text(painter, QPointF(_caption_left(slot), baseline), slot.name)
    place = QPointF(_value_left(slot, theme), baseline)
    painting.paint_number_at(painter, place, term.value_text, value_font(theme), ink)


def _caption_left(slot: Slot) -> float:
    return slot.x + (slot.width - slot.caption) / 2


def _value_left(slot: Slot, theme: Theme) -> float:
    return _caption_left(slot) + painting.text_width(slot.name, name_font(theme)) + NAME_GAP
