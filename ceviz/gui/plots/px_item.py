"""What the painted parts of a plot share: they paint in px of the widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem


class PxItem(QGraphicsItem):
    """Spans the whole widget; `kept` has Qt keep it as a picture until its next update."""

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
