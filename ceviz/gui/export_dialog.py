"""Exporting a figure: on the left as it will be, on the right what can be chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ceviz.core.document import Document, Task
from ceviz.drawing import pictures
from ceviz.drawing.theme import Theme
from ceviz.explain.figures import Include, lens_of
from ceviz.figures.figure import Figure
from ceviz.figures.order import Order
from ceviz.figures.papers import encoded, image
from ceviz.files.atomic import write_atomically
from ceviz.gui import messages
from ceviz.gui.card_dialog import CardDialog, line, primary_button, scrolled
from ceviz.gui.export_choices import ExportChoices
from ceviz.gui.figure_preview import FigurePreview
from ceviz.settings import Settings

_SIZE = QSize(1066, 700)
_RIGHT, _BAR = 356, 10
"""Its width; what a scroll bar takes of it."""
_KINDS = {".pdf": "PDF", ".svg": "SVG", ".png": "PNG"}


class ExportDialog(CardDialog):
    """Shows the figures of a document's active task; `saved` tells the file that was written."""

    saved = Signal(object)

    def __init__(self, document: Document, name: str, folder: Path, theme: Theme, window: QWidget) -> None:
        """`name`: what the file is called; `folder`: where it goes unless a figure was saved before."""
        super().__init__("Export figure", _SIZE, theme, window)
        self._document, self._name, self._folder = document, name, folder
        task = document.active_task
        view = document.views[task]
        self.order = Order(include=Include(square_error=view.overlay))
        overlay = "Best possible prediction" if task is Task.SOFT else "Square error"
        self.preview = FigurePreview(theme)
        self.choices = ExportChoices(self.order, lens_of(document, task)[1], overlay, theme)
        self.copy = QPushButton(pictures.icon("copy", theme.color("ink"), 16), "Copy")
        self.cancel = QPushButton("Cancel")
        self.save = primary_button("Save figure", theme)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setFont(theme.font("label", 400))
        self._lay_out()
        self.choices.figures[self.order.name].setFocus()
        self.choices.changed.connect(self._take)
        self.copy.clicked.connect(self._copy)
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self._take(self.order)

    @property
    def figure(self) -> Figure:
        """The figure as it is ordered."""
        return self.order.figure(self._document)

    def _take(self, order: Order) -> None:
        self.order = order
        self._say("")
        self.choices.display(order, self._parts(order.name))
        self.preview.display(self.figure)

    def _parts(self, name: str) -> list[str]:
        """What can be left out of a figure."""
        task, view = self._document.active_task, self._document.views[self._document.active_task]
        parts = ["caption"]
        single = task in (Task.MULTICLASS, Task.BINARY)
        if name in ("curve", "view"):
            parts += ["axis_values"] if single and not view.compare else []
            parts += ["other_samples"] if single else []
            parts += ["square_error"] if task is not Task.MULTILABEL else []
        return parts

    def _copy(self) -> None:
        """The picture for programs that paste pixels, the drawing for those that paste drawings."""
        figure, content = self.figure, QMimeData()
        content.setImageData(image(figure, self.order.dpi))
        content.setData("image/svg+xml", encoded(figure, ".svg", self.order.dpi, self._document))
        QGuiApplication.clipboard().setMimeData(content)
        self._say("Copied as PNG and as SVG.", "ink2")

    def _save(self) -> None:
        folder = Settings().figure_folder or self._folder
        # The chosen format comes first, so that it is the one on offer.
        kinds = {self.order.ending: _KINDS[self.order.ending]} | _KINDS
        suggestion = folder / f"{self._name} {self.order.name}{self.order.ending}"
        chosen = messages.choose_file_to_export(self, suggestion, kinds)
        if chosen is None:
            return
        path, _ = chosen
        try:
            content = encoded(self.figure, path.suffix.lower(), self.order.dpi, self._document)
            write_atomically(content, path)
        except OSError as problem:
            self._say(f"{path} was not written: {problem.strerror or problem}.", "danger")
            return
        Settings().figure_folder = path.parent
        self.accept()
        self.saved.emit(path)

    def _say(self, sentence: str, token: str = "ink") -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.problem.setStyleSheet(f"color: {self.theme.color(token).name()}")

    def _lay_out(self) -> None:
        right = QWidget()
        right.setFixedWidth(_RIGHT)
        column = QVBoxLayout(right)
        edge = 16 if self.theme.compact else 20
        column.setContentsMargins(24, edge, 24 - _BAR, edge)
        column.setSpacing(10)
        self.choices.setContentsMargins(0, 0, _BAR, 0)
        column.addWidget(scrolled(self.choices), 1)
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, _BAR, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.save)
        for button in (self.copy, self.cancel, self.save):
            button.setFixedHeight(self.theme.controls["button"])
            button.setAutoDefault(button is self.save)
        column.addLayout(buttons)
        self.body.addWidget(self.preview, 1)
        self.body.addWidget(line(QFrame.Shape.VLine, self.theme))
        self.body.addWidget(right)
