"""The right side of the import dialog: one question after the other, each with its reason or what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QRadioButton, QVBoxLayout, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.controls import SegmentedControl

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One question: its options, the chosen one ("" while it is open), and the sentence below."""

    key: str
    title: str
    options: Options
    value: str
    sentence: str

    @property
    def open(self) -> bool:
        return not self.value


class ImportChoices(QWidget):
    """Shows the parts that it is given; `chosen` tells the key of a part and what was chosen."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sections: dict[str, _Section] = {}
        self._asked: set[str] = set()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(18)

    def display(self, parts: Sequence[Part]) -> None:
        """Show these parts in their order, but first what is or was a question: it has to be in sight."""
        self._asked |= {part.key for part in parts if part.open}
        parts = sorted(parts, key=lambda part: part.key not in self._asked)
        shown = {part.key: part for part in parts}
        for key, section in self._sections.items():
            section.setVisible(key in shown)
        for place, part in enumerate(parts):
            if part.key not in self._sections:
                self._sections[part.key] = self._section(part)
            self._layout.insertWidget(place, self._sections[part.key])
            self._sections[part.key].display(part)

    def segments(self) -> list[QRadioButton]:
        """All that can be chosen, from top to bottom."""
        shown = (section for section in self._sections.values() if not section.isHidden())
        sections = sorted(shown, key=self._layout.indexOf)
        return [segment for section in sections for segment in section.findChildren(QRadioButton)]

    def _section(self, part: Part) -> _Section:
        section = _Section(part, self._theme)
        section.control.chosen.connect(lambda value: self.chosen.emit(part.key, value))
        return section


class _Section(QWidget):
    def __init__(self, part: Part, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part: Part | None = None
        title = QLabel(part.title)
        title.setFont(theme.font("label"))
        self.control = SegmentedControl(part.options, theme)
        self.control.setObjectName(part.key)
        self.control.setAccessibleName(part.title)
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (title, self.control, self._sentence):
            layout.addWidget(widget)

    def display(self, part: Part) -> None:
        before = self._part
        if before is None or before.options != part.options or (part.open and not before.open):
            self.control.set_options(part.options)
        if not part.open:
            self.control.display(part.value)
        self._part = part
        self._sentence.setText(part.sentence)
        self._sentence.setVisible(bool(part.sentence))
        # A question stands out; a reason is there for who looks for it.
        self._sentence.setFont(self._theme.font("tick", 600 if part.open else None))
        palette = self._sentence.palette()
        ink = self._theme.color("ink" if part.open else "ink3")
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self._sentence.setPalette(palette)


def options(texts: Mapping[str, str], possible: Sequence[str]) -> Options:
    """The possible values with their texts, in the texts' order."""
    return tuple((key, text) for key, text in texts.items() if key in possible)
