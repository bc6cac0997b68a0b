"""Three ways to write the loss of a yes/no question, with the same number."""

from __future__ import annotations

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QAccessible

from ceviz.drawing.theme import Theme
from ceviz.drawing.three_formulas import FormulasPainter
from ceviz.explain.formulas import to_text
from ceviz.explain.three_formulas import ThreeFormulas
from ceviz.gui.plots.painted_lens import PaintedLens


class FormulasView(PaintedLens):
    """Paints `ThreeFormulas`: two pairs of chips, and one section per formula."""

    accessible_role = QAccessible.Role.Equation

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._value: ThreeFormulas | None = None

    def display(self, value: ThreeFormulas) -> None:
        """Show the pairs and the formulas."""
        self._value = value
        lines = [
            f"{f.title}: {to_text(f.symbols)} {to_text(f.numbers)}, {f.value_text}" for f in value.formulas
        ]
        self.setAccessibleName("Three formulas")
        self.setAccessibleDescription("; ".join(lines))
        self.update()

    def _painter(self) -> FormulasPainter | None:
        if self._value is None:
            return None
        return FormulasPainter(self._value, QSizeF(self.size()), self._theme, self._lit)
