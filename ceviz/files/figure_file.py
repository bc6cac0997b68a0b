"""Documents inside figures: a PNG, SVG or PDF carries the document that made it."""

from __future__ import annotations

import base64
import html
import re
import struct
import zlib
from collections.abc import Iterator

from ceviz.files.document_json import DocumentError

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 33
"""The signature and the first chunk, which has to stay the first."""
_KEYWORD = b"ceviz"
_FAST = 1
"""Packs a large document six times as fast as the usual level, and hardly less."""
_SVG_START = re.compile(rb"<svg\b[^>]*>")
_SVG_DOCUMENT = re.compile(rb'<document xmlns="urn:ceviz">([^<]*)</document>')
PDF_NAME = "document.ceviz"
_PDF_FILE = re.compile(rb"/F \(([^)]{0,200})\)\s*/EF <</F (\d{1,9}) 0 R>>")
LARGEST = 256 * 2**20
"""Bytes of a document in a figure; more is refused before it is unpacked."""


def is_figure(content: bytes) -> bool:
    """Whether a file is a picture or a PDF, whatever its name."""
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((_PNG, b"%PDF-", b"<svg", b"<?xml", b"<!DOCTYPE svg"))


def document_in(content: bytes) -> bytes:
    """The document that a figure carries, as it stood in a file. DocumentError where there is none."""
    find = _in_png if content.startswith(_PNG) else _in_pdf if content.startswith(b"%PDF-") else _in_svg
    try:
        found = find(content)
    except (zlib.error, struct.error, ValueError):
        raise DocumentError("metadata", "the document in this figure is damaged") from None
    if found is None:
        raise DocumentError("metadata", "no document; only figures that ceviz saved carry one")
    return found


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    document = unpacker.decompress(packed, LARGEST)
    if not unpacker.eof:
        raise ValueError("too large, or cut off")
    return document


# PNG


def png_with_document(picture: bytes, document: bytes) -> bytes:
    """A PNG with the document as compressed text (PNG specification, chunk zTXt)."""
    body = b"zTXt" + _KEYWORD + b"\0\0" + zlib.compress(base64.b64encode(document), _FAST)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:_PNG_HEAD] + chunk + picture[_PNG_HEAD:]


def _in_png(content: bytes) -> bytes | None:
    for kind, body in _chunks(content):
        if kind == b"zTXt" and body.startswith(_KEYWORD + b"\0\0"):
            return base64.b64decode(_unpacked(body[len(_KEYWORD) + 2 :]), validate=True)
    return None


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", content, place + 8 + length)
        if check != zlib.crc32(kind + body):
            raise ValueError("damaged chunk")
        yield kind, body
        place += 12 + length


# SVG


def svg_with_document(picture: bytes, document: bytes) -> bytes:
    """An SVG with the document as it is, as metadata."""
    metadata = f'\n<metadata><document xmlns="urn:ceviz">{_xml(document)}</document></metadata>'
    start = _SVG_START.search(picture)
    assert start is not None
    return picture[: start.end()] + metadata.encode() + picture[start.end() :]


def _xml(document: bytes) -> str:
    """The text of a document; of the characters that JSON may have and XML may not, the escapes."""
    return html.escape(
        document.decode().replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff"), quote=False
    )


def _in_svg(content: bytes) -> bytes | None:
    found = _SVG_DOCUMENT.search(content)
    return html.unescape(found[1].decode()).encode() if found else None


# PDF: Qt attaches the document as a file


def _in_pdf(content: bytes) -> bytes | None:
    for found in _PDF_FILE.finditer(content):
        if found[1] == b"\xfe\xff" + PDF_NAME.encode("utf-16-be"):
            return _unpacked(_stream(content, found[2]))
    return None


def _stream(content: bytes, number: bytes) -> bytes:
    """All that follows the start of an object’s stream. Sought once only: files may be hostile."""
    start = content.find(b"\n%s 0 obj\n<<" % number)
    head, begin, _ = content[start : start + 300].partition(b">>\nstream\n")
    if start < 0 or not begin or b"/FlateDecode" not in head:
        raise ValueError("no such object")
    return content[start + len(head + begin) :]
