"""Parts of a plot that change one by one: only what changed, and what lies near it, is painted anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.gui.plots.px_item import PxItem

_Part = TypeVar("_Part")
_PaintPart = Callable[[QPainter, _Part, Theme, Task], None]


class _PartItem(PxItem, Generic[_Part]):
    def __init__(self, parent: QGraphicsItem, paint_part: _PaintPart[_Part]) -> None:
        super().__init__(z=0)
        self.setParentItem(parent)
        self._paint_part: _PaintPart[_Part] = paint_part
        self.shown: tuple[_Part, Theme, Task] | None = None

    def display(self, shown: tuple[_Part, Theme, Task], area: QRectF) -> None:
        self.shown = shown
        self._span(area)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.shown is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_part(painter, *self.shown)


class PartsItem(QGraphicsItem, Generic[_Part]):
    """Holds an item for each part."""

    def __init__(
        self, z: float, paint_part: _PaintPart[_Part], area_of: Callable[[_Part, Theme], QRectF]
    ) -> None:
        """`area_of`: all that a part covers, in px of the widget."""
        super().__init__()
        self.setZValue(z)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self._paint_part: _PaintPart[_Part] = paint_part
        self._area_of: Callable[[_Part, Theme], QRectF] = area_of
        self._items: list[_PartItem[_Part]] = []

    def display(self, parts: Sequence[_Part], theme: Theme, task: Task) -> None:
        while len(self._items) < len(parts):
            self._items.append(_PartItem(self, self._paint_part))
        for item, part in zip_longest(self._items, parts):
            item.setVisible(part is not None)
            if part is not None and item.shown != (part, theme, task):
                item.display((part, theme, task), self._area_of(part, theme))

    def boundingRect(self) -> QRectF:
        return QRectF()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """The items of the parts paint themselves."""
