"""What can be chosen about a figure: which, how large, format, colours, parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ceviz.drawing import painting
from ceviz.drawing.theme import Theme
from ceviz.figures.order import WIDTHS, Order
from ceviz.gui.choice_button import ChoiceButton
from ceviz.gui.controls import SegmentedControl
from ceviz.gui.option_marks import CheckOption, RadioOption

_FORMATS = ((".pdf", "PDF"), (".svg", "SVG"), (".png", "PNG"))
_DPI = tuple((str(dpi), f"{dpi} dpi") for dpi in (150, 300, 600))
_COLORS = (("screen", "Screen"), ("print", "Print"))
_WORDS = ("Column, 85 mm", "Text width, 120 mm", "Full page, 180 mm")
_SIZES = tuple(zip(map(str, WIDTHS), _WORDS, strict=True))
_SLIDE = ("slide", "Slide 16:9, 339 × 191 mm")
_ROW_GAP = 0


class ExportChoices(QWidget):
    """Shows an order and tells another one. `lens`, `overlay`: names of lens and dashed curve."""

    changed = Signal(object)

    def __init__(self, order: Order, lens: str, overlay: str, theme: Theme) -> None:
        super().__init__()
        self._order, self._theme = order, theme
        self._figures = QButtonGroup(self)
        self.size_choice = _SizeChoice("Size", (*_SIZES, _SLIDE), theme)
        self.format = self._segments("Format", _FORMATS)
        self.dpi = self._segments("Resolution", _DPI)
        self.colors = self._segments("Colours", _COLORS)
        self.parts = {
            "caption": CheckOption("Caption", theme),
            "axis_values": CheckOption("Values on the axes", theme),
            "other_samples": CheckOption("Other samples", theme),
            "square_error": CheckOption(overlay, theme),
        }
        names = {
            "curve": "Loss curve",
            "lens": lens,
            "equation": "Worked equation",
            "batch": "Batch table",
            "view": "Whole view",
        }
        self.figures = {
            name: RadioOption(text, theme, "without controls" if name == "view" else "")
            for name, text in names.items()
        }
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lay_out()
        self._connect()

    def display(self, order: Order, parts: Sequence[str]) -> None:
        """Show an order; of the parts that can be left out, `parts` are those that the figure has."""
        self._order = order
        self.figures[order.name].setChecked(True)
        self.size_choice.display("slide" if order.width is None else str(order.width))
        self.format.display(order.ending)
        self.dpi.display(str(order.dpi))
        self._resolution.setVisible(order.ending == ".png")
        self.colors.display("print" if order.printed else "screen")
        for name, option in self.parts.items():
            option.setChecked(bool(getattr(order.include, name)))
            option.setVisible(name in parts)

    def _connect(self) -> None:
        for name, figure in self.figures.items():
            figure.clicked.connect(partial(self._change, name=name))
        self.size_choice.chosen.connect(
            lambda key: self._change(width=None if key == "slide" else float(key))
        )
        self.format.chosen.connect(lambda key: self._change(ending=key))
        self.dpi.chosen.connect(lambda key: self._change(dpi=int(key)))
        self.colors.chosen.connect(lambda key: self._change(printed=key == "print"))
        for name, option in self.parts.items():
            option.clicked.connect(partial(self._include, name))

    def _change(self, **changes: Any) -> None:
        self.changed.emit(replace(self._order, **changes))

    def _include(self, name: str) -> None:
        on = self.parts[name].isChecked()
        self._change(include=replace(self._order.include, **{name: on}))

    # Building

    def _segments(self, name: str, options: Sequence[tuple[str, str]]) -> SegmentedControl:
        control = SegmentedControl(options, self._theme)
        control.setAccessibleName(name)
        return control

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12 if self._theme.compact else 16)
        layout.addLayout(self._part("Figure", tuple(self.figures.values()), _ROW_GAP))
        for figure in self.figures.values():
            self._figures.addButton(figure)
        layout.addLayout(self._part("Size", (self.size_choice,)))
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addLayout(self._part("Format", (self.format,)))
        row.addLayout(self._part("Colours", (self.colors,)))
        row.addStretch(1)
        layout.addLayout(row)
        self._resolution = QWidget()
        self._resolution.setLayout(self._part("Resolution", (self.dpi,)))
        layout.addWidget(self._resolution)
        layout.addLayout(self._part("Include", tuple(self.parts.values()), _ROW_GAP))

    def _part(self, title: str, widgets: Sequence[QWidget], gap: int = 6) -> QVBoxLayout:
        label = QLabel(title)
        label.setFont(self._theme.font("label"))
        label.setStyleSheet(f"color: {self._theme.color('ink2').name()}")
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addWidget(label)
        if not gap:
            column.addSpacing(4)
        for widget in widgets:
            column.addWidget(widget)
        return column


class _SizeChoice(ChoiceButton):
    """The chosen size in a frame as wide as there is room."""

    def __init__(self, label: str, options: Sequence[tuple[str, str]], theme: Theme) -> None:
        super().__init__(label, options, theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Enter saves, as everywhere in the dialog; Space opens the menu.
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        return QSize(200, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, rect = QPainter(self), self._theme, QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.color("ink" if self._focus.shown else "border")
        width = float(theme.stroke["focus"]) if self._focus.shown else 1.0
        ground = theme.color("hover" if self.underMouse() else "panel")
        painting.round_bar(painter, rect, theme.radius["control"], ground, edge, width)
        inner = rect.adjusted(12, 0, -12, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        font = theme.font("title", weight=500)
        painting.paint_number(painter, inner, flags, self._texts[self._value], font, theme.color("ink"))
        chevron = QRectF(inner.right() - 16, inner.center().y() - 8, 16, 16)
        painting.paint_icon(painter, chevron, "chev", theme.color("ink2"))
