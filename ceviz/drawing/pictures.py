"""The pictures of classes, in the colours of their classes, and the line icons."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPaintEngine, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ceviz.drawing.text import draw_letter
from ceviz.drawing.theme import SLATE, Theme
from ceviz.files import resources

_COLOR = re.compile("#[0-9A-F]{6}")
_OUTLINE, _WHITE = "#1B1713", "#FFFFFF"
_SHADE, _TINT = 0.5, 0.82


def _mixed(color: QColor, other: str, share: float) -> QColor:
    end = QColor(other)
    ends = ((color.red(), end.red()), (color.green(), end.green()), (color.blue(), end.blue()))
    return QColor(*(round(start + (stop - start) * share) for start, stop in ends))


@cache
def _glyph_picture(path: Path, fill: str) -> QSvgRenderer:
    """A shipped picture in the colour of its class.

    It is drawn in a fill of the palette with a darker shade and a lighter tint of it: all three change.
    """
    source = path.read_text(encoding="utf-8")
    palette = {entry["fill"] for entry in resources.tokens()["color"]["light"]["classes"]}
    drawn = set(_COLOR.findall(source)) - {_OUTLINE, _WHITE}
    middle = QColor(min(drawn & palette))
    tones = {tone: _tone(QColor(tone), middle, QColor(fill)).name() for tone in drawn}
    recoloured = _COLOR.sub(lambda match: tones.get(match[0], match[0]), source)
    return QSvgRenderer(QByteArray(recoloured.encode()))


def _tone(drawn: QColor, middle: QColor, fill: QColor) -> QColor:
    if drawn == middle:
        return fill
    darker = drawn.lightness() < middle.lightness()
    return _mixed(fill, _OUTLINE, _SHADE) if darker else _mixed(fill, _WHITE, _TINT)


@cache
def _icon_picture(name: str, color: str) -> QSvgRenderer:
    source = resources.icon_path(name).read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", color).encode()))


@lru_cache(maxsize=256)
def _raster(renderer: QSvgRenderer, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    return pixmap


def _paint_picture(painter: QPainter, rect: QRectF, renderer: QSvgRenderer) -> None:
    # Paper keeps the picture as vectors; on the screen a picture is painted once per size in device pixels.
    if painter.paintEngine().type() != QPaintEngine.Type.Raster:
        renderer.render(painter, rect)
        return
    device = painter.deviceTransform().mapRect(rect)
    width, height = max(1, round(device.width())), max(1, round(device.height()))
    pixmap = _raster(renderer, width, height)
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.drawPixmap(rect, pixmap, QRectF(0, 0, width, height))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)


def glyph_file(class_name: str) -> Path | None:
    """The shipped picture of a class: by its name, or the crossed circle for "not NAME"."""
    if class_name.strip().lower().startswith("not "):
        return resources.glyph_path("notdog")
    return resources.glyph_path(class_name)


def paint_glyph(painter: QPainter, rect: QRectF, class_name: str, class_index: int, theme: Theme) -> None:
    """The picture of a class, or a tile with its initial in the class's colour where none is shipped."""
    path = glyph_file(class_name)
    if path is None:
        _paint_tile(painter, rect, initial(class_name), class_index, theme)
        return
    # The crossed circle belongs to the class that is none: slate, whatever its index.
    colors = theme.class_colors(SLATE if path == resources.glyph_path("notdog") else class_index)
    _paint_picture(painter, rect, _glyph_picture(path, colors.fill.name()))


def _paint_tile(painter: QPainter, rect: QRectF, letter: str, class_index: int, theme: Theme) -> None:
    colors = theme.class_colors(class_index)
    tile = rect.adjusted(*(side * rect.width() * 0.06 for side in (1, 1, -1, -1)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.line, 1.0))
    painter.setBrush(colors.fill)
    painter.drawRoundedRect(tile, tile.width() * 0.22, tile.width() * 0.22)
    font = theme.font("label", weight=600, size=round(tile.height() * 0.6))
    draw_letter(painter, tile, letter, font, colors.on_fill)
    painter.restore()


def initial(class_name: str) -> str:
    """The first letter or figure of a class name, as a capital."""
    return next((letter.upper() for letter in class_name if letter.isalnum()), "?")


def paint_icon(painter: QPainter, rect: QRectF, name: str, color: QColor) -> None:
    """One of the design's line icons in one colour."""
    _paint_picture(painter, rect, _icon_picture(name, color.name()))


def icon(name: str, color: QColor, px: int, disabled: float = 0.0) -> QIcon:
    """A line icon for a button, sharp at scale factors 1 to 3; `disabled` is its opacity when it is off."""
    result = QIcon()
    for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, disabled)):
        if not opacity:
            continue
        for ratio in (1, 2, 3):
            pixmap = QPixmap(px * ratio, px * ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setOpacity(opacity)
            painter.drawPixmap(0, 0, _raster(_icon_picture(name, color.name()), px * ratio, px * ratio))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            result.addPixmap(pixmap, mode)
    return result
