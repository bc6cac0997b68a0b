"""Parts of a plot that change one by one: only what changed, and what lies near it, is painted anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.plots.px_item import PxItem

_Part = TypeVar("_Part")


class _PartItem(PxItem):
    def __init__(self, parent: QGraphicsItem, paint_part: Callable[..., None]) -> None:
        super().__init__(z=0)
        self.setParentItem(parent)
        self._paint_part: Callable[..., None] = paint_part
        self.shown: tuple[object, ...] = ()

    def display(self, shown: tuple[object, ...], area: QRectF) -> None:
        self.shown = shown
        self.setRect(area)
        self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        self._paint_part(painter, *self.shown)


class PartsItem(PxItem, Generic[_Part]):
    """Holds an item for each part."""

    def __init__(
        self, z: float, paint_part: Callable[..., None], area_of: Callable[[_Part, Theme], QRectF]
    ) -> None:
        """`paint_part` takes the painter, a part, and how it looks.

        `area_of`: all that a part covers, in px of the widget.
        """
        super().__init__(z)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self._paint_part: Callable[..., None] = paint_part
        self._area_of: Callable[[_Part, Theme], QRectF] = area_of
        self._items: list[_PartItem] = []
        self._count = 0

    def display(self, parts: Sequence[_Part], theme: Theme, *looks: object) -> None:
        """`looks`: what else it depends on how they look."""
        self._show(len(parts))
        for item, part in zip(self._items, parts, strict=False):
            shown = (part, theme, *looks)
            if shown != item.shown:
                item.display(shown, self._area_of(part, theme))

    def _show(self, count: int) -> None:
        while len(self._items) < count:
            self._items.append(_PartItem(self, self._paint_part))
        if count != self._count:
            self._count = count
            for place, item in enumerate(self._items):
                item.setVisible(place < count)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """The items of the parts paint themselves."""
