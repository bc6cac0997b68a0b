"""The strip under the header: the loss of the shown sample as a large number and as a worked equation."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent

from ceviz.core.document import Task, Unit
from ceviz.drawing import painting
from ceviz.drawing.lit import Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.headline import Headline
from ceviz.gui.headline_frame import LINE_GAP, SIDE, HeadlineFrame
from ceviz.gui.headline_line import WorkedLine

_GLYPH = QSizeF(18, 18)
_GLYPH_GAP = 7


class HeadlineView(HeadlineFrame):
    """Number, unit, definition, terms and shortcut. Class indices are those of charts; -1 stands for none."""

    term_clicked = Signal(int)
    drag_started = Signal()
    probability_dragged = Signal(int, float, bool, bool)
    drag_finished = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        self._line = WorkedLine(theme)
        super().__init__(theme, self._line)
        self._headline: Headline | None = None
        self._task = Task.MULTICLASS
        self._held = False
        self._line.term_clicked.connect(self.term_clicked)
        self._line.class_hovered.connect(self.class_hovered)
        self._line.drag_started.connect(self.drag_started)
        self._line.probability_dragged.connect(self.probability_dragged)
        self._line.drag_finished.connect(self.drag_finished)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._line.set_theme(theme)
        self._arrange()

    def display(
        self,
        headline: Headline,
        task: Task,
        unit: Unit,
        probabilities: Sequence[float] = (),
        dragging: bool = False,
    ) -> None:
        """Show a headline. `probabilities` of the shown sample let its terms be dragged.

        While `dragging` (wherever the drag goes on) slots grow but never shrink.
        """
        before, self._headline = self._headline, headline
        self._task, self._held = task, dragging
        self._aids = headline.aids
        self._number.display(
            headline.number_text, headline.accessible, headline.stale, headline.aids.sentences
        )
        self._unit.display(unit.value)
        self._line.display(headline, task, probabilities)
        slot = self._number_slot
        self._arrange()
        if before is None or self._beside(before) != self._beside(headline) or slot != self._number_slot:
            self.update()

    def highlight(self, lit: Lit) -> None:
        self._line.highlight(lit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        held = self._held or self._line.dragging
        self.place_number(held)
        self._line.setGeometry(0, 0, self.width() - SIDE, self.height() - 1)
        self._line.lower()
        self._line.arrange(self._places.line, self._unit_end() + LINE_GAP, self.width() - SIDE - 16, held)

    def _unit_end(self) -> float:
        return self.unit_right(self._headline.unit, self._headline.exact) if self._headline else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._headline is not None and event.region().intersects(self._around_number()):
            self._paint_caption(painter, self._headline)
            self.paint_unit(painter, self._headline.unit, self._headline.stale, self._headline.exact)
            self._paint_hint(painter, self._headline)
        self.paint_aids(painter, self._line.captions_left() - LINE_GAP / 2)

    def _around_number(self) -> QRegion:
        """What caption, unit and hint are painted on; figures that change touch none of them."""
        figures = self._number.figures().translated(self._number.pos())
        right = max(self._unit_end(), self._caption_end())
        return QRegion(0, 0, math.ceil(right), self.height()) - QRegion(figures)

    def _caption_end(self) -> float:
        """Where caption and hint end, which may be longer than the number: a call's name is."""
        if self._headline is None:
            return 0.0
        left, theme = float(self._theme.metrics["padXOuter"]), self._theme
        caption = painting.text_width(self._headline.caption, theme.font("label"))
        hint = painting.text_width(self._headline.hint, theme.font("label", 600))
        return left + max(_GLYPH.width() + _GLYPH_GAP + caption, hint)

    def _paint_caption(self, painter: QPainter, headline: Headline) -> None:
        theme, x = self._theme, float(self._theme.metrics["padXOuter"])
        baseline = self._places.caption
        name = next((term.name for term in headline.terms if term.class_index == headline.glyph_class), None)
        if headline.glyph_class is not None and name is not None:
            rect = QRectF(QPointF(x, baseline - 4.5 - _GLYPH.height() / 2), _GLYPH)
            painting.paint_glyph(painter, rect, name, headline.glyph_class, theme)
            x += _GLYPH.width() + _GLYPH_GAP
        painter.setFont(theme.font("label"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(QPointF(x, baseline), headline.caption)

    def _paint_hint(self, painter: QPainter, headline: Headline) -> None:
        if headline.hint:
            painter.setFont(self._theme.font("label", 600))
            painter.setPen(self._theme.color("danger"))
            place = QPointF(float(self._theme.metrics["padXOuter"]), self._places.hint)
            painter.drawText(place, headline.hint)

    def _beside(self, headline: Headline) -> tuple[object, ...]:
        """What stands around the number."""
        names = [term.name for term in headline.terms if term.class_index == headline.glyph_class]
        aids = headline.aids.pieces if self._with_aids else ()
        return (
            headline.caption,
            headline.glyph_class,
            names,
            headline.unit,
            headline.exact,
            headline.stale,
            headline.hint,
            aids,
        )
