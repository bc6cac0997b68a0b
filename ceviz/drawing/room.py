"""Finding a free place for a text beside its point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF

RIGHT_FIRST = ((1, -1), (-1, -1), (1, 1), (-1, 1))
LEFT_FIRST = ((-1, -1), (1, 1), (-1, 1), (1, -1))
BELOW_FIRST = ((1, 1), (-1, -1), (1, -1), (-1, 1))
"""Sides of a point in the order in which they are tried: right or left, below or above."""
CURVE_COST, POINT_COST, TEXT_COST, EDGE_COST = 1, 10, 100, 1000
"""What it costs a text to cover a curve, a point or a text, or to leave the plot."""
_NEARER_COST = 3
"""And to stand nearer to another point, whose text it would seem to be, than to its own."""
_WORST = 10_000


class Room:
    """What a plot shows already: no text may lie on another one, and it should leave points and curves be."""

    def __init__(
        self,
        bounds: QRectF,
        curves: Sequence[NDArray[np.float64]],
        marks: Sequence[QPointF] = (),
        radius: float = 0.0,
    ) -> None:
        """`marks`: the hundreds of points that stand still, each of `radius`."""
        self._bounds = bounds
        self._curves = np.concatenate(curves).T.copy() if curves else np.empty((2, 0))
        self._marks = np.array([(mark.x(), mark.y()) for mark in marks]).reshape(-1, 2).T.copy()
        self._radius = radius
        self._texts: list[QRectF] = []
        self._points: list[QRectF] = []

    def add_text(self, rect: QRectF) -> None:
        self._texts.append(rect)

    def add_point(self, center: QPointF, radius: float) -> QRectF:
        """Take the place of a point; returns it."""
        rect = QRectF(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius)
        self._points.append(rect)
        return rect

    def copy(self) -> Room:
        """The same room, to be filled another way."""
        other = Room(self._bounds, (), (), self._radius)
        other._curves, other._marks = self._curves, self._marks
        other._texts, other._points = list(self._texts), list(self._points)
        return other

    def place(
        self, size: QSizeF, point: QPointF, shift: tuple[float, float], sides: Sequence[tuple[int, int]]
    ) -> tuple[QRectF, int]:
        """The best of `sides` for a text `shift` px off its point: its place and its cost (0: all free)."""
        return self.place_near(size, point, (shift,), sides)

    def place_near(
        self,
        size: QSizeF,
        point: QPointF,
        shifts: Sequence[tuple[float, float]],
        sides: Sequence[tuple[int, int]],
        others: Sequence[QPointF] = (),
    ) -> tuple[QRectF, int]:
        """The best place at any of several `shifts`; where two are as good, at the earlier one.

        `others`: points that have texts of their own.
        """
        best, least = QRectF(), _WORST
        for shift, side in product(shifts, sides):
            rect = self._clamped(_beside(size, point, shift, side))
            cost = self.cost(rect)
            if cost < least:
                cost += _NEARER_COST * _is_nearer(rect, others, point)
            if cost < least:
                best, least = rect, cost
            if cost == 0:
                break
        return best, least

    def _clamped(self, rect: QRectF) -> QRectF:
        """Moved sideways into the bounds: a text above or below its point still stands clear of it."""
        left = min(max(rect.left(), self._bounds.left()), self._bounds.right() - rect.width())
        return QRectF(QPointF(left, rect.top()), rect.size())

    def cost(self, rect: QRectF) -> int:
        """0 where nothing is covered; else the sum of the costs of what is."""
        return (
            EDGE_COST * (not self._bounds.contains(rect))
            + TEXT_COST * any(rect.intersects(text) for text in self._texts)
            + POINT_COST * self._meets_point(rect)
            + CURVE_COST * _any_inside(rect, self._curves)
        )

    def _meets_point(self, rect: QRectF) -> bool:
        reach = self._radius
        around = rect.adjusted(-reach, -reach, reach, reach)
        return any(rect.intersects(point) for point in self._points) or _any_inside(around, self._marks)


def _any_inside(rect: QRectF, places: NDArray[np.float64]) -> bool:
    """Whether any of places (2, n) lies in a rectangle."""
    if not places.size:
        return False
    xs, ys = places
    inside = (xs > rect.left()) & (xs < rect.right()) & (ys > rect.top()) & (ys < rect.bottom())
    return bool(inside.any())


def _is_nearer(rect: QRectF, others: Sequence[QPointF], point: QPointF) -> bool:
    if not others:
        return False
    own = _distance(rect, point)
    return any(_distance(rect, other) < own for other in others)


def _distance(rect: QRectF, point: QPointF) -> float:
    x, y = point.x(), point.y()
    across = max(rect.left() - x, 0.0, x - rect.right())
    return math.hypot(across, max(rect.top() - y, 0.0, y - rect.bottom()))


def _beside(size: QSizeF, point: QPointF, shift: tuple[float, float], side: tuple[int, int]) -> QRectF:
    right, below = side
    left = point.x() + shift[0] if right > 0 else point.x() - shift[0] - size.width()
    return QRectF(left, point.y() + below * shift[1] - size.height() / 2, size.width(), size.height())
