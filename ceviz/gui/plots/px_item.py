"""What the painted parts of a plot share: they paint in px of the widget.

A view paints anew what lies where an item that moves or changes was and is: what is small costs little.
The view has its items painted antialiased.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem


class PxItem(QGraphicsItem):
    """Spans some bounds; `kept` has Qt keep it as a picture until its next update."""

    def __init__(self, z: float, kept: bool = False) -> None:
        super().__init__()
        self.setZValue(z)
        self._bounds = QRectF()
        if kept:
            self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def _span(self, bounds: QRectF) -> None:
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds


def united(areas: Iterable[QRectF]) -> QRectF:
    """The least area that holds several."""
    whole = QRectF()
    for area in areas:
        whole |= area
    return whole
