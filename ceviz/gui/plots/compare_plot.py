"""Two models on one curve: both can be taken hold of."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Signal
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.core.names import as_word
from ceviz.drawing.compare_layout import CompareLayout, in_words, lay_out_compare
from ceviz.drawing.frame import Frame
from ceviz.drawing.loss_layout import Layout
from ceviz.drawing.points import paint_model_marks
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis
from ceviz.explain.compare import LETTERS
from ceviz.explain.compare_curve import CompareCurve, ModelPoint, curve_chart_of, points_of
from ceviz.gui.plots.difference_item import DifferenceItem
from ceviz.gui.plots.loss_plot import LossPlot
from ceviz.gui.plots.marks import MarksItem
from ceviz.gui.plots.model_points import ModelPointItem

_EMPTY = CompareCurve(
    "", Axis(0, 1, (), ""), Axis(0, 1, (), ""), (), (), (), (), (), arrow=None, difference_text=""
)
_COVERED = 5.0
"""Points closer than this, in px, hide one another: then the one below is drawn larger, as a ring."""
_RING = 7.0


class ComparePlot(LossPlot):
    """Draws a `CompareCurve`. A's points come first, then B's."""

    probability_dragged = Signal(int, int, float, bool, bool)
    """Model (0: A, 1: B), class, p, whether it alone changes (Alt), whether in fine steps (Shift)."""

    def __init__(self, theme: Theme, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, small, parent)
        self.comparison = _EMPTY
        self._classes: tuple[str, ...] = ()
        self._unit = ""
        self._losses: tuple[str, ...] = ()
        self._compared: CompareLayout | None = None
        self._model_marks, self._difference = MarksItem(paint_model_marks), DifferenceItem(theme)
        for part in (self._model_marks, self._difference):
            self.scene().addItem(part)

    def compare(
        self,
        comparison: CompareCurve,
        task: Task,
        classes: tuple[str, ...],
        unit: str,
        losses: tuple[str, ...] = (),
    ) -> None:
        """Show both models. `losses`: of A and B as text, where the points show but parts of them."""
        before, self.comparison = self.comparison, comparison
        self._classes, self._unit, self._losses = classes, unit, losses
        self.show_chart(curve_chart_of(comparison), task)
        if _letters(before) != _letters(comparison):
            self._redraw()
        self._describe()

    @property
    def model_points(self) -> tuple[ModelPoint, ...]:
        return points_of(self.comparison)

    def model_of(self, place: int) -> int:
        return LETTERS.index(self.model_points[place].letter)

    # Drawing

    def _lay_out(self, size: QSizeF) -> Layout:
        self._compared = lay_out_compare(
            self.comparison, self.chart, size, self._theme, self._task, self._small, self._layout
        )
        return self._compared.layout

    def _redraw(self) -> None:
        super()._redraw()
        if self._compared is not None:
            self._difference.display(self._compared, self._bounds(), self._theme)

    def _draw_marks(self, frame: Frame, bounds: QRectF) -> None:
        marks = self.comparison.marks
        self._model_marks.display(marks, frame, bounds, self._theme, self._task, self._lit)

    def _new_point(self) -> ModelPointItem:
        return ModelPointItem()

    def _draw_live(self) -> None:
        super()._draw_live()
        lettered = bool(self.comparison.discs)
        for place, item in enumerate(self._live):
            assert isinstance(item, ModelPointItem)
            item.display_model(self.model_of(place), lettered, place == self._current)

    def _radius(self, place: int) -> float:
        radius = self._theme.point["model"] if self.comparison.discs else super()._radius(place)
        return radius + _RING if self._is_covered(place) else radius

    def _is_covered(self, place: int) -> bool:
        """Whether the current point, or one of B's, lies on top of a point."""
        if place == self._current:
            return False
        here = self._center(place)
        others = range(len(self.chart.live))
        above = [other for other in others if other == self._current or other > place]
        return any(_length(self._center(other) - here) < _COVERED for other in above)

    # Moving

    def _meaning(self, place: int) -> tuple[int, ...]:
        return (self.model_of(place), self.class_of(place))

    def _take(self, place: int, at: QPointF) -> None:
        super()._take(place, at)
        self._describe()

    def _set_current(self, place: int) -> None:
        super()._set_current(place)
        self._describe()

    # In words

    def _describe(self) -> None:
        self.setAccessibleName("; ".join(self._name_parts()))
        known = [self.comparison.title or self.comparison.name]
        if self.chart.y_axis.mark:
            known.append(self.chart.y_axis.mark.text)
        if self.comparison.difference_text:
            known.append(in_words(self.comparison.difference_text))
        if self.chart.live:
            known.append(f"keys move {self._named(self._current)}")
        self.setAccessibleDescription("; ".join(known))

    def _name_parts(self) -> list[str]:
        """Both losses; where the points show but parts of them, also the point that the keys move."""
        if self._losses:
            parts = [
                f"{letter}: loss {loss} {self._unit}" if loss else f"{letter}: no loss"
                for letter, loss in zip(LETTERS, self._losses, strict=True)
            ]
            return [*parts, self._in_words(self._current)] if self.chart.live else parts
        found = {point.letter: self._in_words(place) for place, point in enumerate(self.model_points)}
        return [found.get(letter, f"{letter}: no loss") for letter in LETTERS]

    def _in_words(self, place: int) -> str:
        live = self.chart.live[place]
        loss = f"{'loss term' if self._losses else 'loss'} {live.y_text} {self._unit}"
        name = as_word(self._classes[self.class_of(place)])
        return f"{self.model_points[place].letter}: {name} {live.x_text}, {loss}"

    def _named(self, place: int) -> str:
        letter = self.model_points[place].letter
        return f"{letter}, {as_word(self._classes[self.class_of(place)])}"


def _letters(comparison: CompareCurve) -> list[str]:
    return [one.letter for one in points_of(comparison)] + [one.letter for one in comparison.marks]


def _length(offset: QPointF) -> float:
    return math.hypot(offset.x(), offset.y())
