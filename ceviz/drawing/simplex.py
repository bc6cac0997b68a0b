"""The simplex of three classes: bands, edges, levels, corners, and the texts outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ceviz.core.document import Task
from ceviz.drawing.frame import Frame
from ceviz.drawing.halo_text import baseline_in, paint_halo_text
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.painting import (
    class_ink,
    elided,
    number_width,
    paint_glyph,
    paint_number,
    round_bar,
    text_width,
)
from ceviz.drawing.simplex_layout import HEIGHT, to_px
from ceviz.drawing.text import draw_text
from ceviz.drawing.theme import Theme
from ceviz.explain.simplex_chart import Corner, LevelLabel, Place, SimplexChart, SimplexPoint

if TYPE_CHECKING:
    # What the first frame does not show must not delay it.
    from ceviz.explain.compare_lenses import CompareSimplex

_GLYPH = 32.0
_PILL_PADDING = 7.0
_PILL_HEIGHT = 22.0
_TITLE_RISE = 17.0
"""How far the lower edge of a title lies above the middle of its pill."""
_EDGE_PILL_GAP, _PILL_RISE = 8.0, 8.0
_TICK = 5.0
_LEVEL_GAP = 10.0
_INFINITE_EDGE = 5.0
_TARGET = 7.0
_LOWEST, _LOWEST_LINE = 4.5, 2.0
_MOST_NAME, _NAME_INSET, _BETWEEN_NAMES = 110.0, 8.5, 10.0
_GROUND = 12.5
_AROUND = (-_GROUND, -_GROUND, _GROUND, _GROUND)
_CORNER_DROP, _CORNER_DROP_BELOW_TEXT = 23.0, 41.0
_CONTOUR = 0.7


def ground_of(value: CompareSimplex) -> SimplexChart:
    """What is the same as for one model: bands, corners, target and infinite edges."""
    return SimplexChart(
        corners=value.corners,
        bands=value.bands,
        level_labels=value.level_labels,
        prediction=value.a or value.b,
        target=value.target,
        lowest=value.lowest,
        level_line=None,
        infinite_edges=value.infinite_edges,
        reading=value.reading,
        short_reading=value.reading,
    )


def corner_drop(chart: SimplexChart) -> float:
    """How far below the triangle the lower corners' names stand: below the texts of the lower edge."""
    true = None if chart.prediction is None else chart.prediction.class_index
    at_top = true in (None, chart.corners[0].class_index)
    return _CORNER_DROP if at_top else _CORNER_DROP_BELOW_TEXT


@dataclass(frozen=True)
class SimplexPainter:
    """Paints the parts of a chart in a picture `width` px wide; the point goes between level and texts."""

    chart: SimplexChart
    frame: Frame
    theme: Theme
    width: float
    lit: Lit = ALIKE

    def paint_ground(self, painter: QPainter) -> None:
        """What stands still while the prediction moves: the heat map, its edges and levels."""
        chart = self.chart
        self._paint_bands(painter, chart)
        corners = [to_px(self.frame, (corner.x, corner.y)) for corner in chart.corners]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("ink2"), 1.2))
        painter.drawPolygon(QPolygonF(corners))
        for label in chart.level_labels:
            self._paint_level(painter, label)

    def _paint_bands(self, painter: QPainter, chart: SimplexChart) -> None:
        contour = QColor(self.theme.color("panel"))
        contour.setAlphaF(_CONTOUR)
        painter.setPen(QPen(contour, float(self.theme.stroke["contour"])))
        for band in chart.bands:
            painter.setBrush(self.theme.heat[band.index])
            painter.drawPolygon(QPolygonF([to_px(self.frame, point) for point in band.points]))

    def _paint_level(self, painter: QPainter, label: LevelLabel) -> None:
        """On its line, or beside the edge that the line ends at."""
        font, at = self.theme.font("tick"), to_px(self.frame, (label.x, label.y))
        width = text_width(label.text, font)
        if label.dx == 0 and label.dy == 0:
            left = QPointF(at.x() - width / 2, baseline_in(at.y(), font))
            painter.setFont(font)
            painter.setPen(self.theme.color("ink"))
            draw_text(painter, left, label.text)
            return
        painter.setPen(QPen(self.theme.color("border"), 1.0))
        if label.dy < -0.9:
            painter.drawLine(at, at + QPointF(0, _TICK))
            left = QPointF(at.x() - width / 2, baseline_in(at.y() + _LEVEL_GAP + 3, font))
        else:
            way = 1 if label.dx > 0 else -1
            painter.drawLine(at, at + QPointF(way * _TICK, 0))
            start = at.x() + way * _LEVEL_GAP - (width if way < 0 else 0)
            left = QPointF(start, baseline_in(at.y(), font))
        painter.setFont(font)
        painter.setPen(self.theme.color("ink3"))
        draw_text(painter, left, label.text)

    def paint_corners(self, painter: QPainter) -> None:
        """Glyph and name of each class; those of other classes than the lit one fade."""
        font = self.theme.font("title")
        for place, corner in enumerate(self.chart.corners):
            glyph, name_x = self._corner_places(place, corner)
            painter.setOpacity(self.lit.opacity(corner.class_index, self.theme))
            paint_glyph(painter, glyph, corner.name, corner.class_index, self.theme)
            painter.setFont(font)
            painter.setPen(class_ink(self.theme, Task.MULTICLASS, corner.class_index).text)
            baseline = baseline_in(glyph.center().y() + (3 if place == 0 else 0), font)
            draw_text(painter, QPointF(name_x, baseline), self._name(place))
        painter.setOpacity(1.0)

    def class_at(self, place: QPointF) -> int:
        """The class whose glyph or name is at a place, or -1."""
        return next((k for k, area in self._corner_areas() if area.contains(place)), -1)

    def _corner_areas(self) -> Iterator[tuple[int, QRectF]]:
        for place, corner in enumerate(self.chart.corners):
            glyph, name_x = self._corner_places(place, corner)
            name = QRectF(name_x, glyph.top(), self._name_width(place), glyph.height())
            yield corner.class_index, glyph | name

    def _corner_places(self, place: int, corner: Corner) -> tuple[QRectF, float]:
        """Of the glyph, and where the name starts: above the top, below the two others."""
        at, drop = to_px(self.frame, (corner.x, corner.y)), corner_drop(self.chart)
        if place == 0:
            center, name_x = QPointF(at.x(), at.y() - 24), at.x() + 22
        elif place == 1:
            center, name_x = QPointF(at.x() - 10.5, at.y() + drop), at.x() + _NAME_INSET
        else:
            center = QPointF(at.x() + 10.5, at.y() + drop)
            name_x = at.x() - _NAME_INSET - self._name_width(place)
        return QRectF(center.x() - _GLYPH / 2, center.y() - _GLYPH / 2, _GLYPH, _GLYPH), name_x

    def _name(self, place: int) -> str:
        """The name of a corner; the two lower ones share the room between them."""
        font, room = self.theme.font("title"), _MOST_NAME
        if place:
            other = text_width(self.chart.corners[3 - place].name, font)
            both = self.frame.area.width() - 2 * _NAME_INSET - _BETWEEN_NAMES
            room = min(room, max(both / 2, both - other))
        return elided(self.chart.corners[place].name, font, room)

    def _name_width(self, place: int) -> float:
        return text_width(self._name(place), self.theme.font("title"))

    def paint_level(self, painter: QPainter) -> None:
        """The level line through the prediction, or the edges where the loss is as infinite."""
        chart = self.chart
        for start, end in chart.infinite_edges:
            self._paint_infinite_edge(painter, QLineF(to_px(self.frame, start), to_px(self.frame, end)))
        if chart.level_line is not None:
            self._paint_level_line(painter, chart.level_line)
        if chart.prediction is not None and chart.prediction.class_index is not None:
            self._paint_disc(painter, chart.prediction)

    def level_area(self) -> QRectF:
        """What the level line and the edges cover, and the disc under the point."""
        chart, area = self.chart, QRectF()
        for start, end in (*chart.infinite_edges, *filter(None, [chart.level_line])):
            area |= QRectF(to_px(self.frame, start), to_px(self.frame, end)).normalized().adjusted(*_AROUND)
        if chart.prediction is not None:
            at = to_px(self.frame, (chart.prediction.x, chart.prediction.y))
            area |= QRectF(at, at).adjusted(*_AROUND)
        return area

    def _paint_infinite_edge(self, painter: QPainter, line: QLineF) -> None:
        pen = QPen(self.theme.color("loss"), _INFINITE_EDGE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(line)

    def _paint_level_line(self, painter: QPainter, line: tuple[Place, Place]) -> None:
        start, end = (to_px(self.frame, place) for place in line)
        pen = QPen(self.theme.color("ink"), 1.8, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.6, 1.9])
        painter.setPen(pen)
        painter.drawLine(start, end)

    def _paint_disc(self, painter: QPainter, point: SimplexPoint) -> None:
        """A disc under the point: on the dark bands its halo alone would leave corners of it unclear."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("panel"))
        painter.drawEllipse(to_px(self.frame, (point.x, point.y)), _GROUND, _GROUND)

    def paint_texts(self, painter: QPainter) -> None:
        """The loss on its pill, and what a soft target and its prediction are."""
        chart = self.chart
        point = chart.prediction
        if point is None:
            return
        if chart.target is not None:
            self.paint_target(painter)
            self._paint_soft_prediction(painter, point)
        else:
            self._paint_pill(painter, self.loss_pill, point.value_text)

    @cached_property
    def loss_pill(self) -> QRectF:
        """At the end of the level line; beside the point where there is none or a corner has its name."""
        point = self.chart.prediction
        if point is None:
            return QRectF()
        at = to_px(self.frame, (point.x, point.y))
        taken = [QRectF(at, at).adjusted(*_AROUND), *(area for _, area in self._corner_areas())]
        places = self._pill_places(point, at)
        free = next((place for place in places if not any(map(place.intersects, taken))), None)
        return next(self._pill_places(point, at)) if free is None else free

    def _pill_places(self, point: SimplexPoint, at: QPointF) -> Iterator[QRectF]:
        """Where the pill of a point in px may stand, the best first."""
        if self.chart.level_line is not None:
            yield self._edge_pill(to_px(self.frame, self.chart.level_line[0]), point.value_text)
        way = -1 if point.x <= 0.5 else 1
        # In a lower corner it stands a little above the name there.
        for rise in (0, _PILL_RISE):
            for side in (way, -way):
                beside = QPointF(at.x() + side * 18, at.y() - rise)
                yield self._pill_rect(beside, point.value_text, side)

    def _edge_pill(self, at: QPointF, text: str) -> QRectF:
        """Where the level line meets the edge: left of the left one, below the lower one."""
        if at.y() > self.frame.area.bottom() - 1:
            return self._pill_rect(at + QPointF(0, _EDGE_PILL_GAP / 2 + _PILL_HEIGHT / 2), text, 0)
        return self._pill_rect(at - QPointF(_EDGE_PILL_GAP, 0), text, -1)

    def _pill_rect(self, at: QPointF, text: str, way: int) -> QRectF:
        """A pill that ends (-1), is centred (0) or starts (1) at a place, kept inside the widget."""
        width = number_width(text, self.theme.font("title")) + 2 * _PILL_PADDING
        left = at.x() - width if way < 0 else at.x() - width / 2 if way == 0 else at.x()
        left = min(max(left, 2.0), self.width - 2 - width)
        return QRectF(left, at.y() - _PILL_HEIGHT / 2, width, _PILL_HEIGHT)

    def _paint_pill(self, painter: QPainter, rect: QRectF, text: str) -> None:
        font = self.theme.font("title")
        round_bar(painter, rect, self.theme.radius["pill"], self.theme.color("loss"))
        paint_number(painter, rect, Qt.AlignmentFlag.AlignCenter, text, font, self.theme.color("inverse"))

    def _lowest_beside(self, width: float) -> float:
        """Above this height the triangle is far enough right to leave room for something so wide."""
        area = self.frame.area
        return area.bottom() - max(0.0, 20 + width + 8 - area.left()) * 2 * HEIGHT

    def _paint_soft_prediction(self, painter: QPainter, point: SimplexPoint) -> None:
        """Title and pill at the left, outside of the triangle, with a line to the point."""
        at, area = to_px(self.frame, (point.x, point.y)), self.frame.area
        font, title = self.theme.font("title", weight=400), point.title
        width = number_width(point.value_text, self.theme.font("title")) + 2 * _PILL_PADDING
        lowest = min(self._lowest_beside(width), self._lowest_beside(text_width(title, font)) + _TITLE_RISE)
        y = min(max(at.y() - 44, area.top() + 40), lowest)
        pill = QRectF(19, y - _PILL_HEIGHT / 2, width, _PILL_HEIGHT)
        self._paint_leader(painter, QPointF(pill.right(), pill.bottom() - 3), at, 13)
        self._paint_pill(painter, pill, point.value_text)
        painter.setFont(font)
        painter.setPen(self.theme.color("ink2"))
        draw_text(painter, QPointF(19, baseline_in(y - 25, font)), title)

    def paint_target(self, painter: QPainter) -> None:
        """A triangle that points at a soft target, and a ring at the lowest place, if that is elsewhere."""
        target, lowest = self.chart.target, self.chart.lowest
        if target is None:
            return
        at = to_px(self.frame, (target.x, target.y))
        if lowest is None:
            self._paint_floor(painter, target, QPointF(2, -6))
        else:
            self._paint_floor(painter, lowest, QPointF(2, -2))
            self._paint_lowest_mark(painter, to_px(self.frame, (lowest.x, lowest.y)))
            self._paint_beside(painter, at - QPointF(_TARGET + 5, _TARGET * 0.8), target.title)
        self._paint_target_mark(painter, at)

    def _paint_lowest_mark(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self.theme.color("ink"), _LOWEST_LINE))
        painter.setBrush(self.theme.color("panel"))
        painter.drawEllipse(at, _LOWEST, _LOWEST)

    def _paint_beside(self, painter: QPainter, right: QPointF, text: str) -> None:
        """A word on the bands that ends at a place."""
        font, ink = self.theme.font("tick"), self.theme.color("ink")
        left = QPointF(right.x() - text_width(text, font), baseline_in(right.y(), font))
        paint_halo_text(painter, left, text, font, ink, self.theme.heat[0])

    def _paint_floor(self, painter: QPainter, place: SimplexPoint, beside: QPointF) -> None:
        """The name of the lowest place and its floor, at the right with a line to it."""
        at, area = to_px(self.frame, (place.x, place.y)), self.frame.area
        font, strong = self.theme.font("title", weight=400), self.theme.font("title")
        word, _, number = place.value_text.partition(" ")
        width = text_width(word + " ", font) + number_width(number, strong)
        left = self.width - 64 - width
        # Below this height the triangle reaches into the text.
        lowest = area.top() + max(30.0, (left - 8 - area.center().x()) * 2 * HEIGHT - 22)
        y = min(max(at.y() - 34, area.top() + 30), lowest)
        # A line that goes down steeply starts below the text, which it would cross.
        steep = at.x() > left - 5
        start = QPointF(min(at.x(), left + width), y + 20) if steep else QPointF(left - 5, y + 5)
        self._paint_leader(painter, start, at + beside, 8)
        painter.setPen(self.theme.color("ink2"))
        painter.setFont(font)
        draw_text(painter, QPointF(left, baseline_in(y - 8, font)), place.title)
        draw_text(painter, QPointF(left, baseline_in(y + 9, font)), word)
        number_x = left + text_width(word + " ", font)
        rect = QRectF(number_x, y - 3, number_width(number, strong) + 2, 24)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        paint_number(painter, rect, flags, number, strong, self.theme.color("loss"))

    def _paint_target_mark(self, painter: QPainter, at: QPointF) -> None:
        height = _TARGET * 1.6
        mark = [QPointF(-_TARGET, -height), QPointF(_TARGET, -height), QPointF(0, 0)]
        painter.setPen(QPen(self.theme.color("panel"), 1.0))
        painter.setBrush(self.theme.color("ink"))
        painter.drawPolygon(QPolygonF([at + corner for corner in mark]))

    def _paint_leader(self, painter: QPainter, start: QPointF, end: QPointF, gap: float) -> None:
        """A line that stops short of its end."""
        line = QLineF(start, end)
        if line.length() > gap:
            line.setLength(line.length() - gap)
            painter.setPen(QPen(self.theme.color("ink2"), 1.2))
            painter.drawLine(line)
