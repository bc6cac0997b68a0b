"""The picture of a sample, drawn from what its target says is in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.painting import class_ink, faded
from ceviz.drawing.pictures import paint_glyph
from ceviz.drawing.theme import ClassColors, Theme
from ceviz.explain.sentences import votes
from ceviz.explain.shown import Shown

_SLOTS = ((30.0, 36.0, 41.0), (55.5, 49.0, 22.0), (78.0, 26.0, 36.0))
"""Where up to three labels stand in a picture of 96 x 64: centre and size."""
_SKY, _HILL = 4, 2
"""The classes whose colours a picture of several labels is drawn in."""


class Picture(QWidget):
    """A tile with the true class, or a small scene with the labels that are on."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._task = Task.MULTICLASS
        self._classes: tuple[tuple[int, str], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def display(self, shown: Shown) -> None:
        before, now = (self._task, self._classes), (shown.task, pictured(shown))
        if now != before:
            self._task, self._classes = now
            self.setAccessibleName(
                "picture of " + (", ".join(name for _, name in self._classes) or "nothing")
            )
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self._task is Task.MULTILABEL:
            sky, hill = self.theme.class_colors(_SKY), self.theme.class_colors(_HILL)
            self._paint_ground(painter, rect, sky.tint, hill.fill, 0.3, sky.fill)
            self._paint_labels(painter, rect)
        elif self._classes:
            index, name = self._classes[0]
            colors = class_ink(self.theme, self._task, index)
            self._paint_tile(painter, rect, index, name, colors)
        painter.end()

    def _paint_tile(
        self, painter: QPainter, rect: QRectF, index: int, name: str, colors: ClassColors
    ) -> None:
        if rect.height() > 40:
            self._paint_ground(painter, rect, colors.tint, colors.fill, 0.2, colors.fill)
            side = rect.height() / 9
            rect = rect.adjusted(side, side, -side, -side)
        paint_glyph(painter, rect, name, index, self.theme)

    def _paint_labels(self, painter: QPainter, rect: QRectF) -> None:
        slots = (_SLOTS[0], _SLOTS[2]) if len(self._classes) == 2 else _SLOTS
        scale = rect.height() / 64
        for (index, name), (x, y, size) in zip(self._classes, slots, strict=False):
            place = QRectF(0, 0, size * scale, size * scale)
            place.moveCenter(QPointF(x * scale, y * scale))
            paint_glyph(painter, place, name, index, self.theme)

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, ground: QColor, hill: QColor, strength: float, edge: QColor
    ) -> None:
        tile = QPainterPath()
        radius = self.theme.radius["card"]
        tile.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(tile, ground)
        painter.fillPath(tile.intersected(_hill(rect)), faded(hill, strength))
        painter.setPen(QPen(faded(edge, 0.45), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(tile)


class RaterDots(QWidget):
    """Ten dots for a soft target in tenths: how many raters said what."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._said: tuple[int, ...] = ()
        self.setFixedSize(84, 34)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def display(self, shown: Shown) -> None:
        said = _voters(shown)
        if said != self._said:
            self._said = said
            self.update()

    def any(self) -> bool:
        """Whether raters were asked."""
        return bool(self._said)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, index in enumerate(self._said):
            colors = self.theme.class_colors(index)
            painter.setPen(QPen(colors.line, 1))
            painter.setBrush(colors.fill)
            row, column = divmod(number, 5)
            painter.drawEllipse(QPointF(8 + 17 * column, 8 + 18 * row), 6.5, 6.5)
        painter.end()


def pictured(shown: Shown) -> tuple[tuple[int, str], ...]:
    """The classes that a sample's picture shows: (index, name)."""
    target, names = shown.state.targets[shown.sample], shown.state.classes
    if shown.task is Task.MULTILABEL:
        return tuple((k, names[k]) for k in range(len(names)) if target[k] > 0.5)
    if shown.task is Task.BINARY:
        return ((0, names[0]),) if target[0] >= 0.5 else ((1, f"not {names[0]}"),)
    top = int(target.argmax())
    return ((top, names[top]),)


def _voters(shown: Shown) -> tuple[int, ...]:
    """Ten class indices where ten people were asked, else nothing."""
    counts = votes(shown) if shown.task is Task.SOFT else None
    return tuple(index for index, count in enumerate(counts or ()) for _ in range(count))


def _hill(rect: QRectF) -> QPainterPath:
    w, h = rect.width(), rect.height()
    path = QPainterPath(QPointF(rect.left(), rect.top() + 0.715 * h))
    path.cubicTo(
        QPointF(rect.left() + 0.3 * w, rect.top() + 0.52 * h),
        QPointF(rect.left() + 0.6 * w, rect.top() + 0.82 * h),
        QPointF(rect.right(), rect.top() + 0.62 * h),
    )
    path.lineTo(rect.bottomRight())
    path.lineTo(rect.bottomLeft())
    path.closeSubpath()
    return path
