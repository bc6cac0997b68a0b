"""Painting primitives shared by every view: bars, markers, texts, numbers, pills; pictures too."""

from __future__ import annotations

import math
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)

from ceviz.core.document import Task
from ceviz.drawing.pictures import icon as icon
from ceviz.drawing.pictures import paint_glyph as paint_glyph
from ceviz.drawing.pictures import paint_icon as paint_icon
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import SLATE, ClassColors, Theme

INFINITY = "\N{INFINITY}"
INFINITY_SCALE = 1.4
"""How much larger than the figures beside it an infinity sign is drawn."""

PILL_PADDING = 8.0

# Looking an enumerator up in its class takes longer than many a call of Qt.
_ANTIALIASING, _NO_PEN = QPainter.RenderHint.Antialiasing, Qt.PenStyle.NoPen
_AT_RIGHT, _ACROSS_MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
_AT_BOTTOM, _ALONG_MIDDLE = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignVCenter


def faded(color: QColor, opacity: float) -> QColor:
    """The colour, as strong as `opacity`."""
    result = QColor(color)
    result.setAlphaF(opacity)
    return result


def class_ink(theme: Theme, task: Task, class_index: int) -> ClassColors:
    """The colours of a class; the negative class of a binary task (index 1) is slate."""
    return theme.class_colors(SLATE if task is Task.BINARY and class_index == 1 else class_index)


# Areas


def pixel_ratio(painter: QPainter) -> float:
    """Device pixels per unit on what is really painted: a widget's own ratio misses a picture taken at 2x."""
    return max(painter.deviceTransform().m11(), 0.1)


def round_bar(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QBrush | QColor | Qt.BrushStyle,
    edge: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A bar with round corners and an edge of `width` px that lies within `rect`."""
    half = width / 2
    painter.save()
    painter.setRenderHint(_ANTIALIASING)
    painter.setPen(_NO_PEN)
    if edge is None:
        _rounded(painter, rect, radius, fill)
    elif isinstance(fill, QColor) and fill.alpha() == edge.alpha() == 255 and painter.opacity() == 1.0:
        # Opaque: the inside over the edge's colour. Many times faster than an antialiased outline.
        _rounded(painter, rect, radius + half, edge)
        if min(rect.width(), rect.height()) > 2 * width:
            _rounded(painter, rect.adjusted(width, width, -width, -width), radius - half, fill)
    else:
        painter.setPen(QPen(edge, width))
        _rounded(painter, rect.adjusted(half, half, -half, -half), radius, fill)
    painter.restore()


def _rounded(painter: QPainter, rect: QRectF, radius: float, fill: QBrush | QColor | Qt.BrushStyle) -> None:
    painter.setBrush(fill)
    radius = max(0.0, min(radius, rect.width() / 2, rect.height() / 2))
    painter.drawRoundedRect(rect, radius, radius)


def paint_focus_ring(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """The keyboard focus: a ring in ink around `rect`, with a gap as wide as itself."""
    width = float(theme.stroke["focus"])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("ink"), width))
    ring = rect.adjusted(-1.5 * width, -1.5 * width, 1.5 * width, 1.5 * width)
    painter.drawRoundedRect(ring, radius + 1.5 * width, radius + 1.5 * width)
    painter.restore()


# Markers


def _polygon(corners: int, radius: float, turn: float) -> QPolygonF:
    angles = (turn + 2 * math.pi * corner / corners for corner in range(corners))
    return QPolygonF([QPointF(radius * math.sin(a), -radius * math.cos(a)) for a in angles])


def _cross(radius: float) -> QPolygonF:
    arm = radius * 0.47
    quarter = [QPointF(arm, -radius), QPointF(arm, -arm), QPointF(radius, -arm)]
    return QPolygonF([QTransform().rotate(90 * turn).map(point) for turn in range(4) for point in quarter])


@lru_cache(maxsize=128)
def marker_path(marker: str, radius: float) -> QPainterPath:
    """The outline of a class marker about (0, 0); all shapes of one radius look equally large."""
    path = QPainterPath()
    if marker == "circle":
        path.addEllipse(QPointF(), radius, radius)
    elif marker == "square":
        path.addRoundedRect(QRectF(-0.86 * radius, -0.86 * radius, 1.72 * radius, 1.72 * radius), 1, 1)
    elif marker == "bar":
        path.addRoundedRect(QRectF(-1.1 * radius, -0.55 * radius, 2.2 * radius, 1.1 * radius), 1, 1)
    elif marker == "cross":
        path.addPolygon(_cross(radius * 1.02))
    else:
        corners, scale, turn = {
            "triangle": (3, 1.2, 0.0),
            "diamond": (4, 1.16, 0.0),
            "pentagon": (5, 1.08, 0.0),
            "hexagon": (6, 1.06, math.pi / 6),
        }[marker]
        path.addPolygon(_polygon(corners, radius * scale, turn))
    path.closeSubpath()
    return path


def paint_marker(
    painter: QPainter,
    center: QPointF,
    radius: float,
    marker: str,
    fill: QColor,
    edge: QColor | None,
    halo: QColor | None = None,
    edge_width: float = 1.0,
    halo_width: float = 2.0,
) -> None:
    """A point in the shape of its class, its edge inside; `halo` keeps it clear of lines below."""
    path = marker_path(marker, radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(center)
    if halo is not None:
        painter.fillPath(_border_path(marker, radius, halo_width, Qt.PenJoinStyle.RoundJoin), halo)
    painter.fillPath(path, fill)
    if edge is not None and painter.paintEngine().type() is QPaintEngine.Type.Raster:
        painter.setClipPath(path)
        painter.fillPath(_border_path(marker, radius, edge_width, Qt.PenJoinStyle.MiterJoin), edge)
    elif edge is not None:
        # Paper has no clipping that all its viewers know.
        painter.fillPath(_edge_path(marker, radius, edge_width), edge)
    painter.restore()


@lru_cache(maxsize=128)
def _edge_path(marker: str, radius: float, width: float) -> QPainterPath:
    """The part of a marker that lies within `width` of its outline."""
    border = _border_path(marker, radius, width, Qt.PenJoinStyle.MiterJoin)
    return border.intersected(marker_path(marker, radius))


@lru_cache(maxsize=128)
def _border_path(marker: str, radius: float, width: float, join: Qt.PenJoinStyle) -> QPainterPath:
    """What lies within `width` of a marker's outline, on both sides of it."""
    stroker = QPainterPathStroker(QPen(Qt.GlobalColor.black, 2 * width, j=join))
    border = stroker.createStroke(marker_path(marker, radius))
    border.setFillRule(Qt.FillRule.WindingFill)
    return border


# Text


@lru_cache(maxsize=1024)
def _advance(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(maxsize=64)
def _infinity_font(font: QFont) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * INFINITY_SCALE)
    return larger


def text_width(text: str, font: QFont) -> float:
    """The advance of one line of text."""
    return _advance(text, font)


@lru_cache(maxsize=1024)
def elided(text: str, font: QFont, width: float) -> str:
    """One line of text, with its middle left out where it is wider than `width`.

    Its end is left out where a last letter as wide as a flag would leave nothing but the dots.
    """
    metrics, line = QFontMetricsF(font), " ".join(text.splitlines())
    middle = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, width)
    return metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) if middle == "…" else middle


@lru_cache(maxsize=64)
def cap_height(font: QFont) -> float:
    """The height of capital letters and figures."""
    return QFontMetricsF(font).capHeight()


def number_width(text: str, font: QFont) -> float:
    """The width that `paint_number` takes."""
    if INFINITY not in text:
        return _advance(text, font)
    return sum(_advance(part, part_font) for part, part_font in _runs(text, font))


def _runs(text: str, font: QFont) -> list[tuple[str, QFont]]:
    before, sign, after = text.partition(INFINITY)
    runs = [(before, font), (sign, _infinity_font(font) if sign else font), (after, font)]
    return [run for run in runs if run[0]]


def paint_number(
    painter: QPainter, rect: QRectF, flags: Qt.AlignmentFlag, text: str, font: QFont, color: QColor
) -> None:
    """One line with a number; an infinity sign in it is drawn larger, centred on the figures' height."""
    across, along = _anchors(flags)
    left = _left(rect, across, number_width(text, font))
    paint_number_at(painter, QPointF(left, _baseline(rect, along, font)), text, font, color)


def paint_number_at(painter: QPainter, baseline_left: QPointF, text: str, font: QFont, color: QColor) -> None:
    """The same from a point on the baseline."""
    painter.setPen(color)
    if INFINITY not in text:
        painter.setFont(font)
        draw_text(painter, baseline_left, text)
        return
    x, y = baseline_left.x(), baseline_left.y()
    for part, part_font in _runs(text, font):
        painter.setFont(part_font)
        draw_text(painter, QPointF(x, y + (_infinity_sink(font) if part == INFINITY else 0.0)), part)
        x += _advance(part, part_font)


@lru_cache(maxsize=64)
def _infinity_sink(font: QFont) -> float:
    """How far below the baseline the larger sign starts, so that its middle is that of a figure."""
    return _middle("0", font) - _middle(INFINITY, _infinity_font(font))


def _middle(text: str, font: QFont) -> float:
    # The outline is exact; the metrics' bounding box is rounded to whole pixels.
    outline = QPainterPath()
    outline.addText(0, 0, font, text)
    return outline.boundingRect().center().y()


@lru_cache(maxsize=64)
def _heights(font: QFont) -> tuple[float, float]:
    metrics = QFontMetricsF(font)
    return metrics.ascent(), metrics.descent()


@cache
def _anchors(flags: Qt.AlignmentFlag) -> tuple[Qt.AlignmentFlag, Qt.AlignmentFlag]:
    """The horizontal and the vertical part; taking flags apart is slow in Python."""
    return (
        next((part for part in (_AT_RIGHT, _ACROSS_MIDDLE) if flags & part), Qt.AlignmentFlag.AlignLeft),
        next((part for part in (_ALONG_MIDDLE, _AT_BOTTOM) if flags & part), Qt.AlignmentFlag.AlignTop),
    )


def _baseline(rect: QRectF, along: Qt.AlignmentFlag, font: QFont) -> float:
    ascent, descent = _heights(font)
    if along is _ALONG_MIDDLE:
        return rect.center().y() + (ascent - descent) / 2
    if along is _AT_BOTTOM:
        return rect.bottom() - descent
    return rect.top() + ascent


def _left(rect: QRectF, across: Qt.AlignmentFlag, width: float) -> float:
    if across is _AT_RIGHT:
        return rect.right() - width
    if across is _ACROSS_MIDDLE:
        return rect.center().x() - width / 2
    return rect.left()


def pill_size(text: str, font: QFont) -> QSizeF:
    """The size of a pill around one line of text."""
    return QSizeF(number_width(text, font) + 2 * PILL_PADDING, math.ceil(QFontMetricsF(font).height() * 1.3))


def paint_pill(
    painter: QPainter,
    center: QPointF,
    text: str,
    fill: QColor,
    ink: QColor,
    font: QFont,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    radius: float = 5.0,
) -> QRectF:
    """A value on a filled pill; `align` says which edge of it lies at `center`. Returns its place."""
    size = pill_size(text, font)
    span = QRectF(center.x(), center.y() - size.height() / 2, 0, size.height())
    rect = QRectF(QPointF(_left(span, _anchors(align)[0], size.width()), span.top()), size)
    round_bar(painter, rect, radius, fill)
    paint_number(painter, rect, Qt.AlignmentFlag.AlignCenter, text, font, ink)
    return rect
