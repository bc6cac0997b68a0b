"""What a figure says when it is read back: shapes from SVG, pixels from any format."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SVG = "{http://www.w3.org/2000/svg}"


class Shape(NamedTuple):
    """A rectangle in mm on the paper, with its colour."""

    color: str
    left: float
    top: float
    width: float
    height: float


def rectangles(svg: bytes) -> list[Shape]:
    """All filled rectangles of an SVG in the order in which they are painted."""
    root = ElementTree.fromstring(svg)
    mm_per_px = float(root.attrib["width"].removesuffix("mm")) / float(root.attrib["viewBox"].split()[2])
    found = []
    for group in root.iter(f"{_SVG}g"):
        color = group.attrib.get("fill", "none")
        numbers = re.findall(r"-?[0-9.e-]+", group.attrib.get("transform", "matrix(1,0,0,1,0,0)"))
        scale, _, _, _, dx, dy = map(float, numbers)
        assert scale == 1 or not list(group.iterfind(f"{_SVG}rect"))
        for rect in group.iterfind(f"{_SVG}rect"):
            x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            found.append(Shape(color, *(mm_per_px * px for px in (x + dx, y + dy, width, height))))
    return found


def pixels_of_svg(svg: bytes, like: QImage) -> QImage:
    """As Qt shows it."""
    image = QImage(like.size(), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    return image


def pixels_by(tool: list[str], content: bytes, ending: str, folder: Path) -> QImage:
    """As another program shows it: {in} and {out} in its arguments are files."""
    source, target = folder / f"figure{ending}", folder / f"figure{ending}.png"
    source.write_bytes(content)
    names = {"in": str(source), "out": str(target), "stem": str(target.with_suffix(""))}
    subprocess.run([part.format(**names) for part in tool], check=True, capture_output=True)
    image = QImage(str(target))
    assert not image.isNull()
    return image
