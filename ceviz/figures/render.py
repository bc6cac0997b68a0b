"""A figure of a document, and a file of it without a display."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from ceviz.core.document import Document
from ceviz.core.evaluation import evaluate
from ceviz.drawing.theme import Theme, load_fonts
from ceviz.explain.captions import caption
from ceviz.explain.figures import Include, figure_value, lens_of, shown_in
from ceviz.figures.figure import Figure
from ceviz.figures.papers import encoded


def make_figure(
    document: Document, name: str, include: Include, theme: str, size: tuple[float, float]
) -> Figure:
    """One of `FIGURES` of the active task as its view shows it, on a paper of `size` mm."""
    task = document.active_task
    shown = shown_in(document, task, evaluate(document.tasks[task], task), include)
    lens, _ = lens_of(document, task)
    value = figure_value(shown, name, lens, include)
    title = caption(shown, lens, value)
    return Figure(value, task, Theme(theme, paper=True), *size, title, include.caption)


def render_figure(
    document: Document, output: Path, name: str, size: tuple[float, float], dpi: int, theme: str
) -> None:
    """Write a figure of `size` mm as PNG, SVG or PDF, by the file's ending, with the document in it.

    Raises OSError where the file cannot be written.
    """
    # Kept until the end: fonts belong to the application.
    app = QGuiApplication.instance() or QGuiApplication(["ceviz"])
    assert app is not None
    load_fonts()
    figure = make_figure(document, name, Include(), theme, size)
    # Written by Python, which says why a file cannot be written.
    output.write_bytes(encoded(figure, output.suffix.lower(), dpi, document))
