"""The worked line of the headline: its terms are clicked, dragged and stepped with the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip

from ceviz.core.document import Task
from ceviz.drawing import painting
from ceviz.drawing.headline_painter import changed_areas, drops, line_picture, paint_slots, strip
from ceviz.drawing.headline_slots import Line, Slot, Slots
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.formulas import Formula, to_text
from ceviz.explain.headline import Headline, Term, worked_line
from ceviz.gui.copyable_line import CopyableLine
from ceviz.gui.mouse_travel import MouseTravel
from ceviz.gui.plain_text import tip

_P_PER_PX = 0.25 / 100
_DRAG_STARTS_AT = 3
_REACH = 8.0
"""How far beyond its edges a term can be hit."""


@dataclass(slots=True)
class _Press:
    """A press on a term, which becomes a drag once the mouse has moved; `start` is the p it had."""

    class_index: int
    x: float
    start: float | None
    travel: MouseTravel
    dragging: bool = False


def snapped(value: float, fine: bool) -> float:
    """A probability on the grid that a drag moves on."""
    return min(1.0, max(0.0, round(value, 3 if fine else 2)))


class WorkedLine(CopyableLine):
    """Definition, terms and summary. Terms of single classes react; `-1` stands for no class."""

    term_clicked = Signal(int)
    class_hovered = Signal(int)
    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    drag_finished = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setMouseTracking(True)
        self._headline: Headline | None = None
        self._task = Task.MULTICLASS
        self._probabilities: Sequence[float] = ()
        self._line = Line((), 0.0, 0.0)
        self._press: _Press | None = None
        self._held_key: int | None = None
        """The key that changes the current term, from its press to its release."""
        self._reached: float | None = None
        """The p that it has brought the term to."""
        self._hovered = -1
        self._lights = False
        """Whether the keys let a class stand out."""
        self._lit = ALIKE
        self._current = 0
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._slots = Slots(theme)
        self.update()

    @property
    def dragging(self) -> bool:
        """Whether a term is being dragged, or changed by a held key."""
        return self._held_key is not None or (self._press is not None and self._press.dragging)

    def display(self, headline: Headline, task: Task, probabilities: Sequence[float]) -> None:
        """Show a worked line. Without `probabilities` the terms can be clicked but not dragged."""
        before = self._headline
        if before is None or before.stale != headline.stale or task is not self._task:
            self.update()
        self._headline, self._task, self._probabilities = headline, task, probabilities
        self.setAccessibleName(to_text(worked_line(headline)))

    def arrange(self, start: float, least: float, end: float, held: bool) -> None:
        """Lay the line out between `least` and `end`, from `start` on where it fits."""
        if self._headline is None:
            return
        line = self._slots.arrange(self._headline, end - least, held or self.dragging)
        before, self._line = self._line, line.moved(max(least, min(start, end - line.width)))
        self._update_changed(before)
        self._choose(self._current)

    def captions_left(self) -> float:
        """Where the captions under the terms begin; what stands left of it may go below."""
        return min(
            (slot.x for slot in self._line.slots if slot.term is not None), default=float(self.width())
        )

    def _update_changed(self, before: Line) -> None:
        """Paint the terms that changed, or the whole line where something moved."""
        if before.places != self._line.places:
            self.update()
            return
        for old, new in zip(before.slots, self._line.slots, strict=True):
            if old != new:
                for area in changed_areas(old, new, self._theme, self.height()):
                    self.update(area)

    def highlight(self, lit: Lit) -> None:
        """Fade the terms of all other classes."""
        self._lit = lit
        self.update()

    def terms(self) -> list[Slot]:
        """The slots that can be reached: those of single classes."""
        return [slot for slot in self._line.slots if slot.term and slot.term.kind == "class"]

    def area(self, slot: Slot) -> QRectF:
        """Where a slot is hit, from its formula to its caption."""
        top = drops(self._theme).baseline - self._line.px
        height = self._line.px + drops(self._theme).caption + _REACH
        return QRectF(slot.x - _REACH, top, slot.width + 2 * _REACH, height)

    def _choose(self, index: int) -> None:
        terms = self.terms()
        current = max(0, min(index, len(terms) - 1))
        if current != self._current:
            self._current = current
            self.update()
        term = self._current_term()
        self.setAccessibleDescription(f"{term.name} {term.value_text}" if term else "")

    def _current_term(self) -> Term | None:
        terms = self.terms()
        return terms[self._current].term if terms else None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._headline is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        opacity = self._theme.opacity["disabled"] if self._headline.stale else 1.0
        region = event.region()
        height = self.height()
        slots = [slot for slot in self._line.slots if region.intersects(strip(slot, height))]
        paint_slots(painter, slots, self._theme, self._task, opacity, self._lit, region)
        if self._focus.shown and self._line.slots:
            area = self._focused_area().adjusted(4, 0, -4, 0)
            painting.paint_focus_ring(painter, area, self._theme.radius["control"], self._theme)

    def _focused_area(self) -> QRectF:
        """The current term, or the definition where there are no terms."""
        terms, slots = self.terms(), self._line.slots
        return self.area(terms[self._current]) if terms else self.area(slots[0]) | self.area(slots[-1])

    # The mouse

    def _slot_at(self, place: QPointF) -> Slot | None:
        return next((slot for slot in self.terms() if self.area(slot).contains(place)), None)

    def _term_at(self, place: QPointF) -> Term | None:
        slot = self._slot_at(place)
        return slot.term if slot else None

    def _probability(self, class_index: int) -> float | None:
        if self._headline is None or self._headline.stale or not len(self._probabilities):
            return None
        if self._task is Task.BINARY and class_index == 1:
            return 1.0 - float(self._probabilities[0])
        return float(self._probabilities[class_index])

    def _tell(self, class_index: int, value: float, alone: bool, fine: bool) -> None:
        value = snapped(value, fine)
        if self._task is Task.BINARY and class_index == 1:
            class_index, value = 0, round(1.0 - value, 3)
        self.probability_dragged.emit(class_index, value, alone, fine)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        term = self._term_at(event.position())
        left = event.button() is Qt.MouseButton.LeftButton
        if not left or self._held_key is not None or term is None or term.class_index is None:
            return
        index = next(i for i, slot in enumerate(self.terms()) if slot.term is term)
        self._choose(index)
        x, start = event.position().x(), self._probability(term.class_index)
        self._press = _Press(term.class_index, x, start, MouseTravel(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            self._hover(self._term_at(event.position()))
            return
        self._drag(self._press, event.position().x(), event.modifiers())

    def _drag(self, press: _Press, x: float, modifiers: Qt.KeyboardModifier) -> None:
        if press.start is None:
            return
        fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        far = press.travel.to(x, fine)
        if not press.dragging and abs(x - press.x) >= _DRAG_STARTS_AT:
            press.dragging = True
            self.drag_started.emit()
        if press.dragging:
            alone = bool(modifiers & Qt.KeyboardModifier.AltModifier)
            self._tell(press.class_index, press.start + far * _P_PER_PX, alone, fine)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        press = self._press
        if press is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if press.dragging:
            self._finish(cancelled=False)
        else:
            self._press = None
            self.term_clicked.emit(press.class_index)

    def _finish(self, cancelled: bool) -> None:
        self._press = self._held_key = None
        self.drag_finished.emit(cancelled)

    def _hover(self, term: Term | None) -> None:
        class_index = -1 if term is None or term.class_index is None else term.class_index
        if class_index != self._hovered:
            self._hovered = class_index
            self.class_hovered.emit(class_index)
        draggable = class_index >= 0 and self._probability(class_index) is not None
        self.setCursor(Qt.CursorShape.SizeHorCursor if draggable else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    def _light(self) -> None:
        """With the keys, the current term is what the mouse would be over."""
        lit = self._focus.shown
        if lit or self._lights:
            self._hover(self._current_term() if lit else None)
        self._lights = lit

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._light()
        # A dialog or another window took over: what was dragged so far stays.
        if self.dragging:
            self._finish(cancelled=False)
        self.update()

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ups = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape and self.dragging:
            self._finish(cancelled=True)
        elif key in steps and not self.dragging:
            self._choose(self._current + steps[key])
            self._light()
        elif key in ups and not (event.isAutoRepeat() and self._held_key is None):
            self._step(key, ups[key], event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._click_current()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == self._held_key and not event.isAutoRepeat():
            self._finish(cancelled=False)
        else:
            super().keyReleaseEvent(event)

    def _step(self, key: int, direction: int, modifiers: Qt.KeyboardModifier) -> None:
        """One step; from the press of a key to its release it is one drag."""
        term = self._current_term()
        if term is None or term.class_index is None or self._press is not None:
            return
        if self._held_key is None:
            self._reached = self._probability(term.class_index)
        if self._reached is None:
            return
        if self._held_key is None:
            self._held_key = key
            self.drag_started.emit()
        fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        alone = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        self._reached = snapped(self._reached + direction * (0.001 if fine else 0.01), fine)
        self._tell(term.class_index, self._reached, alone, fine)

    def _click_current(self) -> None:
        term = self._current_term()
        if term is not None and term.class_index is not None:
            self.term_clicked.emit(term.class_index)

    # Tooltips and copying

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            self._explain(event)
            return True
        return super().event(event)

    def _explain(self, event: QHelpEvent) -> None:
        """The tooltip has something to tell where a name is elided."""
        slot = self._slot_at(QPointF(event.pos()))
        name = slot.term.name if slot and slot.term and slot.name != slot.term.name else ""
        QToolTip.showText(event.globalPos(), tip(name), self)

    def copied(self) -> Formula | None:
        return worked_line(self._headline) if self._headline is not None else None

    def picture(self) -> QImage:
        line = self._line

        def paint(painter: QPainter) -> None:
            paint_slots(painter, line.slots, self._theme, self._task)

        return line_picture(paint, line.slots[0].x if line.slots else 0.0, line.width, line.px, self._theme)
