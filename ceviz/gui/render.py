"""A picture of the whole window, without a display."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from ceviz.core.document import Document, Task
from ceviz.gui.application import create_application
from ceviz.gui.main_window import MainWindow
from ceviz.session import Session


def render_window(
    document: Document,
    output: Path,
    task: Task,
    sample: int | None,
    size: tuple[int, int],
    theme: str,
) -> None:
    """Write the window on `document` as a PNG of `size` px; `sample` counts from 0.

    Raises OSError where the picture cannot be written.
    """
    app = QApplication.instance() or create_application(["ceviz"])
    session = Session(document)
    session.activate(task)
    if sample is not None:
        session.show(task, sample=sample)
    window = MainWindow(session, theme)
    window.resize(*size)
    window.show()
    app.processEvents()
    image = QImage(*size, QImage.Format.Format_RGB32)
    window.render(image)
    window.close()
    window.deleteLater()
    encoded = QBuffer()
    QImageWriter(encoded, QByteArray(b"png")).write(image)
    # Written by Python, which says why a file cannot be written.
    output.write_bytes(encoded.data().data())
