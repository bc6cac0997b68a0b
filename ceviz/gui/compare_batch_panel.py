"""The batch panel of a comparison: every sample as both models see it, and which of them is better."""

from __future__ import annotations

from ceviz.drawing.theme import Theme
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.tables.compare_batch_foot import CompareBatchFoot
from ceviz.gui.tables.compare_batch_view import CompareBatchView


class CompareBatchPanel(BatchPanel):
    """Shows values with `compare` set, whose models are `model` (A) and `other` (B)."""

    def __init__(self, theme: Theme) -> None:
        table = CompareBatchView(theme)
        super().__init__(theme, table, CompareBatchFoot(table, theme))
