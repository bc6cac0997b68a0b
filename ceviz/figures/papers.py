"""Papers that a figure is painted on: a picture of pixels, SVG, PDF."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from ceviz.core.document import Document
from ceviz.drawing.theme import dots_per_inch
from ceviz.figures.figure import MM_PER_POINT, Figure
from ceviz.files.document_file import write_document
from ceviz.files.figure_file import PDF_NAME, png_with_document, svg_with_document

_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72


def encoded(figure: Figure, ending: str, dpi: int, document: Document) -> bytes:
    """The figure as a file (`ending`: .png, .svg or .pdf), and in it the document that made it."""
    text = write_document(document)
    if ending == ".png":
        return png_with_document(png(figure, dpi), text)
    if ending == ".svg":
        return svg_with_document(svg(figure), text)
    return pdf(figure, text)


def image(figure: Figure, dpi: float) -> QImage:
    """A picture with so many pixels per inch, which it says itself."""
    width, height = (max(1, round(mm / _MM_PER_INCH * dpi)) for mm in (figure.width, figure.height))
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(figure.theme.color("panel"))
    painter = QPainter(picture)
    painter.scale(width / figure.page.width(), height / figure.page.height())
    figure.paint(painter)
    painter.end()
    # Not before: fonts are sized by the resolution of what they are painted on.
    for set_dots in (picture.setDotsPerMeterX, picture.setDotsPerMeterY):
        set_dots(round(dpi / _MM_PER_INCH * 1000))
    return picture


def png(figure: Figure, dpi: float) -> bytes:
    buffer = QBuffer()
    QImageWriter(buffer, QByteArray(b"png")).write(image(figure, dpi))
    return bytes(buffer.data().data())


def svg(figure: Figure) -> bytes:
    buffer, page = QBuffer(), figure.page
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(round(dots_per_inch()))
    generator.setSize(QSize(math.ceil(page.width()), math.ceil(page.height())))
    generator.setViewBox(QRectF(QPointF(), page))
    generator.setTitle(figure.title)
    painter = QPainter(generator)
    figure.paint(painter)
    painter.end()
    # Qt knows whole px only, and writes the pen of a picture's shape that has none as a black one.
    size = f'width="{figure.width:g}mm" height="{figure.height:g}mm"'.encode()
    drawn = bytes(buffer.data().data()).replace(b'stroke="#000000"', b'stroke="none"')
    return re.sub(rb'width="[^"]*mm" height="[^"]*mm"', size, drawn, count=1)


def pdf(figure: Figure, document: bytes = b"") -> bytes:
    """One page; a document, if there is one, is attached."""
    buffer, size = QBuffer(), QSizeF(figure.width, figure.height) / MM_PER_POINT
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(round(dots_per_inch()))
    # Qt knows whole points only: a page that is a little too large is cut below.
    whole = QSize(math.ceil(size.width()), math.ceil(size.height()))
    match = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(QSizeF(whole), QPageSize.Unit.Point, "figure", match))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(figure.title)
    writer.setCreator("ceviz")
    if document:
        writer.addFileAttachment(PDF_NAME, QByteArray(document), "application/json")
    painter = QPainter(writer)
    px = writer.logicalDpiX() * figure.scale / _POINTS_PER_INCH
    painter.scale(px, px)
    figure.paint(painter)
    painter.end()
    return _cut(bytes(buffer.data().data()), whole, size)


def _cut(page: bytes, whole: QSize, size: QSizeF) -> bytes:
    """The page as large as it should be; the numbers take no more room, so that nothing moves in the file."""
    before = f"/MediaBox [0 0 {whole.width():.6f} {whole.height():.6f}]".encode()
    bottom = f"{whole.height() - size.height():.4f}"
    after = f"/MediaBox [0 {bottom} {size.width():.4f} {whole.height()}".encode()
    return page.replace(before, after.ljust(len(before) - 1) + b"]", 1)
