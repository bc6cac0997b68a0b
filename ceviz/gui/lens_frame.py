"""What lenses share: a choice of them at the top, the picture of one, and how to read it at the foot."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from ceviz.core.corners import Corners
from ceviz.core.document import Task
from ceviz.drawing.lit import Lit
from ceviz.drawing.pictures import icon
from ceviz.drawing.theme import Theme
from ceviz.explain.frameworks import FrameworksChart
from ceviz.gui.button_menu import give_menu
from ceviz.gui.controls import SegmentedControl, segments_width
from ceviz.gui.corners_menu import CornersMenu
from ceviz.gui.cross_fade import CrossFade
from ceviz.gui.plots.frameworks_view import FrameworksView

_HAIRLINE = 1
TWO_LINES = 58
"""The height in px of a reading of two lines."""
_LINE = 19
_FOOT = 8
"""Room below the reading."""
_STACK_TITLES = {
    Task.MULTICLASS: "Terms",
    Task.SOFT: "Floor + excess",
    Task.BINARY: "Terms",
    Task.MULTILABEL: "Sum of labels",
}


class LensFrame(QWidget):
    """The right of the window, around the picture of a lens."""

    lens_chosen = Signal(str)
    three_asked = Signal()
    """A simplex of the three classes that matter most on the shown sample."""
    class_hovered = Signal(int)
    drag_started = Signal()
    target_shares_dragged = Signal(object, object, bool)
    """In the simplex: three classes, their shares of the target, and whether in fine steps."""
    drag_finished = Signal(bool)
    call_chosen = Signal(object, object)
    """How the loss is to be computed: a convention, and the name of its call, None for the definition."""
    code_asked = Signal(object, object)
    """The same, of which the code is to be copied."""

    def __init__(self, theme: Theme, bodies: Sequence[QWidget], below: Sequence[QWidget] = ()) -> None:
        """`bodies`: the pictures, of which one is shown at a time; `below`: what stands under them."""
        super().__init__()
        self.setObjectName("lens")
        self._theme = theme
        self._options: tuple[tuple[str, str], ...] = ()
        self._offered: tuple[tuple[str, str], ...] = ()
        self._lens = ""
        self._choices: object = None
        self._three: object = None
        self._read: object = None
        """What was last shown in the head and at the foot: a frame of a drag changes none of it."""
        self._title, self._reading = QLabel(), QLabel()
        self._reading.setWordWrap(True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._choice = SegmentedControl((), theme)
        self._choice.chosen.connect(self._choose)
        self._menu = CornersMenu(self)
        self._menu.usual_asked.connect(self.three_asked)
        self._menu.lens_chosen.connect(self._choose)
        self._more = QToolButton()
        self._more.setAccessibleName("More lenses")
        give_menu(self._more, self._menu)
        self.frameworks_view = FrameworksView(theme)
        self.frameworks_view.scope_chosen.connect(self.lens_chosen)
        self.frameworks_view.call_chosen.connect(self.call_chosen)
        self.frameworks_view.code_asked.connect(self.code_asked)
        self._body = QStackedLayout()
        self._lay_out((*bodies, self.frameworks_view), below)
        self._fade = CrossFade(self)
        self._style()

    @property
    def lenses(self) -> tuple[tuple[str, str], ...]:
        """Key and text of all lenses that there are."""
        return self._options

    def display_around(
        self,
        body: QWidget,
        reading: str,
        task: Task,
        lens: str,
        options: Sequence[tuple[str, str]],
        least_reading: int = TWO_LINES,
    ) -> None:
        """Show one picture with its reading. `options` are (key, text) of all lenses; one alone is a title.

        `least_reading`: the height in px that a reading has even if it is shorter.
        """
        self._display_choice(lens, tuple(options), task)
        self._body.setCurrentWidget(body)
        self._display_reading(reading, least_reading)
        self.setAccessibleName(dict(options).get(lens, _STACK_TITLES[task]))
        self.setAccessibleDescription(reading)

    def display_frameworks(self, value: FrameworksChart) -> QWidget:
        """Fill the rows of the frameworks, which are then the picture to show."""
        self.frameworks_view.display(value)
        return self.frameworks_view

    def offer_three(self, classes: Sequence[str], corners: Corners | None, task: Task) -> None:
        """Offer simplices of three of more `classes`; none where there are none to choose from."""
        if (classes, corners, task) != self._three:
            self._three = (classes, corners, task)
            self._menu.display(classes, corners, task)
            self._share_head()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Lenses without room belong to their button; which three classes, to the picture.
        if self._menu.classes:
            self._menu.popup(event.globalPos())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._choice.set_theme(theme)
        self.frameworks_view.set_theme(theme)
        self._style()
        self._share_head()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_head()

    def highlight(self, lit: Lit) -> None:
        """Let the other classes fade."""
        raise NotImplementedError

    def _choose(self, lens: str) -> None:
        below_head = self.rect().adjusted(_HAIRLINE, self._head.height(), 0, 0)
        self._fade.cover(below_head, self._theme.duration("panel"))
        self.lens_chosen.emit(lens)
        self._fade.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("panel"))
        painter.fillRect(0, 0, _HAIRLINE, self.height(), self._theme.color("hairline"))

    def _display_choice(self, lens: str, options: tuple[tuple[str, str], ...], task: Task) -> None:
        if (options, lens, task) == self._choices:
            return
        self._choices = (options, lens, task)
        self._options, self._lens = options, lens
        self._choice.setVisible(len(options) > 1)
        self._title.setVisible(len(options) <= 1)
        self._title.setText(options[0][1] if options else _STACK_TITLES[task])
        self._share_head()

    def _share_head(self) -> None:
        """Lenses side by side as far as there is room, the shown one among them; the others in the menu."""
        offered = self._fitting()
        if offered != self._offered:
            self._offered = offered
            self._choice.set_options(offered)
        self._menu.display_lenses([option for option in self._options if option not in offered])
        self._more.setVisible(self._menu.has_entries)
        if len(offered) > 1:
            self._choice.display(self._lens)

    def _fitting(self) -> tuple[tuple[str, str], ...]:
        options, theme = self._options, self._theme
        room = self.width() - 2 * theme.metrics["padX"]
        if segments_width(options, theme) <= room - self._menu_room(bool(self._menu.classes)):
            return options
        shown = [option for option in options if option[0] == self._lens]
        others = [option for option in options if option not in shown]
        while others and segments_width([*others, *shown], theme) > room - self._menu_room(True):
            others.pop()
        return tuple(option for option in options if option in others or option in shown)

    def _menu_room(self, needed: bool) -> int:
        return int(self._theme.controls["iconButton"]) if needed else 0

    def _display_reading(self, reading: str, least: int) -> None:
        read = (reading, least, self.width(), self._theme)
        if read == self._read:
            return
        self._read = read
        self._reading.setText(f'<p style="line-height: {_LINE}px">{html.escape(reading)}</p>')
        # The label does not know its font and its width before it is first shown.
        margins = self._reading.contentsMargins()
        width = self.width() - _HAIRLINE - margins.left() - margins.right()
        lines = _lines(reading, self._theme.font("tick"), width)
        self._reading.setFixedHeight(max(least, margins.top() + lines * _LINE + _FOOT))

    def _lay_out(self, bodies: Sequence[QWidget], below: Sequence[QWidget]) -> None:
        self._head = QWidget()
        self._head_row = QHBoxLayout(self._head)
        self._head_row.addWidget(self._title)
        self._head_row.addWidget(self._choice)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_HAIRLINE, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(self._body, 1)
        # Only now: without a parent the first one would open as a window of its own.
        for body in bodies:
            self._body.addWidget(body)
        for part in (*below, self._reading):
            layout.addWidget(part)

    def _style(self) -> None:
        theme = self._theme
        pad = theme.metrics["padX"]
        self.setFixedWidth(theme.metrics["lens"])
        self._head.setFixedHeight(theme.metrics["panelTitle"])
        self._head_row.setContentsMargins(pad - 1, 0, pad, 0)
        side = theme.controls["iconButton"]
        self._more.setFixedSize(side, side)
        self._more.setIcon(icon("more", theme.color("ink2"), 20))
        self._title.setFont(theme.font("title"))
        self._title.setStyleSheet(f"color: {theme.color('ink').name()}")
        self._reading.setContentsMargins(pad, 4, 22, 0)
        self._reading.setFont(theme.font("tick"))
        self._reading.setStyleSheet(f"color: {theme.color('ink2').name()}")
        self.update()


@lru_cache(maxsize=64)
def _lines(text: str, font: QFont, width: int) -> int:
    """How many lines of a width a text takes."""
    metrics = QFontMetrics(font)
    wrapped = metrics.boundingRect(0, 0, width, 1000, Qt.TextFlag.TextWordWrap, text)
    return round(wrapped.height() / metrics.lineSpacing())
