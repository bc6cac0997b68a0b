"""The names of two models beside their discs, with what can be done to a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from ceviz.core import edits
from ceviz.core.document import TaskState
from ceviz.drawing.discs import DISC_RADIUS, paint_disc
from ceviz.drawing.painting import elided, paint_focus_ring, text_width
from ceviz.drawing.theme import Theme
from ceviz.explain.compare import LETTERS
from ceviz.explain.shown import Shown
from ceviz.gui.controls import KeyboardFocus
from ceviz.gui.plain_text import tip
from ceviz.gui.tables.cell_editing import ReasonLabel
from ceviz.gui.tables.compare_model import sides

_DISC_ROOM = 25
_BETWEEN = 14
_HEIGHT = 26


class DiscButton(QPushButton):
    """The disc of a model; a click opens its menu, F2 renames the model."""

    rename_asked = Signal()

    def __init__(self, model: int, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self._theme = theme
        self._focus = KeyboardFocus(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        center = QPointF(DISC_RADIUS + 1, self.height() / 2)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("selected"))
            painter.drawEllipse(center, DISC_RADIUS + 1, DISC_RADIUS + 1)
        paint_disc(painter, center, self._model, self._theme)
        if self._focus.shown:
            ring = QRectF(center.x() - 7, center.y() - 7, 14, 14)
            paint_focus_ring(painter, ring, 7, self._theme)


class ModelName(QWidget):
    """A model's disc and name; a double click on the name, or F2 on the disc, renames it in place."""

    named = Signal(str)
    """A name was typed: whoever hears it closes the editor, or refuses the name and it stays open."""
    editor_toggled = Signal(bool)
    """The editor opened, with more room than the name had, or it closed."""

    def __init__(self, model: int, theme: Theme) -> None:
        super().__init__()
        self._letter = LETTERS[model]
        self._name = ""
        self._theme = theme
        self.disc = DiscButton(model, theme)
        self.editor = QLineEdit(self)
        self.disc.setParent(self)
        self.editor.hide()
        self.editor.editingFinished.connect(self.finish)
        self.disc.rename_asked.connect(self.rename)
        self.reason = ReasonLabel(self, theme)
        self.editor.textEdited.connect(self.reason.hide)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.disc.set_theme(theme)
        self.reason.set_theme(theme)
        self.editor.setFont(theme.font("title", weight=400))
        ink, panel = theme.color("ink").name(), theme.color("panel").name()
        self.editor.setStyleSheet(
            f"background: {panel}; color: {ink}; border: {theme.stroke['focus']}px solid {ink};"
            f" border-radius: {theme.radius['control']}px; padding: 0 2px;"
        )
        self.update()

    def display(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(f"model {self._letter}: {name}")
        self.disc.setAccessibleName(f"Model {self._letter}, {name}")
        self.disc.setToolTip(f"Swap, rename or copy model {self._letter}")
        self.setToolTip(tip(name))
        self.update()

    def wanted_width(self) -> int:
        return _DISC_ROOM + round(text_width(self._name, self._theme.font("title", weight=400))) + 3

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.disc.setGeometry(0, 0, _DISC_ROOM - 2, self.height())
        self.editor.setGeometry(_DISC_ROOM - 5, 0, self.width() - _DISC_ROOM + 5, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font("title", weight=400)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink2"))
        room = self.rect().adjusted(_DISC_ROOM, 0, 0, 0)
        name = elided(self._name, font, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)

    # Renaming

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.rename()

    def rename(self) -> None:
        """Open the editor on the name."""
        self.editor.setText(self._name)
        self.editor.setAccessibleName(f"Name of model {self._letter}")
        # It may reach beyond a short name, over what stands to the right.
        self.raise_()
        self.resize(max(self.width() + 10, _DISC_ROOM + 150), self.height())
        self.editor.show()
        self.editor_toggled.emit(True)
        self.editor.selectAll()
        self.editor.setFocus()

    def finish(self) -> bool:
        """Take the typed name over; False where it is refused and the editor stays open."""
        if self.editor.isVisible():
            self.named.emit(self.editor.text().strip())
        return not self.editor.isVisible()

    def refuse(self, reason: str) -> None:
        """Say under the editor why its name cannot be."""
        self.reason.show_at(self.editor.geometry(), self, reason, passing=False)

    def close_editor(self) -> None:
        self.reason.hide()
        focused = self.editor.hasFocus()
        self.editor.hide()
        self.editor_toggled.emit(False)
        if focused:
            self.disc.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.editor.isVisible():
            self.close_editor()
        # Enter comes from the editor, which it closed: it must not press the disc that has the keyboard now.
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class ModelNames(QWidget):
    """Both models, A and B. What a person does to them becomes an edit."""

    edited = Signal(object, str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._width = 0
        self.models = tuple(ModelName(model, theme) for model in range(len(LETTERS)))
        for line, model in enumerate(self.models):
            model.setParent(self)
            model.named.connect(partial(self._rename, line))
            model.editor_toggled.connect(partial(self._make_room, model))
            model.disc.clicked.connect(partial(self._open_menu, line))

    def set_theme(self, theme: Theme) -> None:
        for model in self.models:
            model.set_theme(theme)
        self._place()

    def display(self, shown: Shown) -> None:
        self._shown = shown
        for model, side in zip(self.models, sides(shown), strict=True):
            model.display(side.shown_model.name)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(sum(model.wanted_width() for model in self.models) + _BETWEEN, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def finish_editing(self) -> bool:
        """Commit an open editor; False where its name is refused and it stays open."""
        return all(model.finish() for model in self.models)

    def _place(self) -> None:
        """Each name gets what it needs; where both are too long, they share the room."""
        if any(model.editor.isVisible() for model in self.models):
            return
        room = self.width() - _BETWEEN
        wanted = [model.wanted_width() for model in self.models]
        first = min(wanted[0], max(room - wanted[1], room // 2))
        second = min(wanted[1], room - first)
        self.models[0].setGeometry(0, 0, first, self.height())
        self.models[1].setGeometry(first + _BETWEEN, 0, second, self.height())

    def _make_room(self, model: ModelName, on: bool) -> None:
        """Reach over what stands to the right as long as a name's editor needs it."""
        if on:
            self._width = self.width()
            self.resize(max(self._width, model.geometry().right() + 1), self.height())
            self.raise_()
        else:
            self.resize(self._width, self.height())
            self._place()

    # What can be done to a model

    def _rename(self, line: int, name: str) -> None:
        if self._shown is None:
            return
        side = sides(self._shown)[line]
        if name == side.shown_model.name:
            self.models[line].close_editor()
            return
        try:
            state = edits.rename_model(side.state, side.model, name)
        except ValueError as error:
            self.models[line].refuse(str(error))
            return
        self.models[line].close_editor()
        self.edited.emit(state, f"Rename model {LETTERS[line]} to {name}", None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = int(event.pos().x() >= self.models[1].x())
        self.menu(line).popup(event.globalPos())

    def _open_menu(self, line: int) -> None:
        below = QRect(self.models[line].rect()).bottomLeft()
        self.menu(line).popup(self.models[line].mapToGlobal(below))

    def menu(self, line: int) -> QMenu:
        """What can be done to model A (0) or B (1)."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        (swap, *copies), renames = self._exchanges(), self._renames()
        for text, do in (swap, renames[line]):
            menu.addAction(text, do)
        menu.addSeparator()
        for text, do in copies:
            menu.addAction(text, do)
        return menu

    def acts(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What can be done to either model, by name."""
        return *self._exchanges(), *self._renames()

    def _renames(self) -> list[tuple[str, Callable[[], None]]]:
        named = zip(LETTERS, self.models, strict=True)
        return [(f"Rename {letter}\N{HORIZONTAL ELLIPSIS}", model.rename) for letter, model in named]

    def _exchanges(self) -> list[tuple[str, Callable[[], None]]]:
        assert self._shown is not None
        state, (a, b) = self._shown.state, (side.model for side in sides(self._shown))
        changes: dict[str, Callable[[], TaskState]] = {
            "Swap A and B": partial(edits.swap_models, state),
            "Copy A to B": partial(edits.copy_model, state, a, b),
            "Copy B to A": partial(edits.copy_model, state, b, a),
        }
        return [(text, partial(self._change, text, change)) for text, change in changes.items()]

    def _change(self, text: str, change: Callable[[], TaskState]) -> None:
        self.edited.emit(change(), text, None)
