"""What the painted parts of a plot share: they paint in px of the widget.

A view paints anew what lies where an item that moves or changes was and is: what is small costs little.
The view has its items painted antialiased.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem


class PxItem(QGraphicsRectItem):
    """Spans its rectangle; `kept` has Qt keep it as a picture until its next update.

    Qt asks an item for its bounds dozens of times per frame, a rectangle without calling into Python.
    """

    def __init__(self, z: float, kept: bool = False) -> None:
        super().__init__()
        self.setZValue(z)
        self.setPen(Qt.PenStyle.NoPen)
        if kept:
            self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)


def united(areas: Iterable[QRectF]) -> QRectF:
    """The least area that holds several."""
    whole = QRectF()
    for area in areas:
        whole |= area
    return whole
