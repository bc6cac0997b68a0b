"""The class table of two models: every class has a line of A and one of B."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain

from ceviz.explain.compare import LETTERS
from ceviz.explain.parts import shown_loss
from ceviz.explain.shown import Shown
from ceviz.gui.tables.grid_model import Index
from ceviz.gui.tables.sample_model import Kind, SampleModel
from ceviz.gui.tables.sample_rows import SampleRow, sample_rows

LINES = len(LETTERS)


def sides(shown: Shown) -> tuple[Shown, Shown]:
    """What is shown of A and of B."""
    return shown, replace(shown, model=shown.other)


class CompareModel(SampleModel):
    """Rows 2 k and 2 k + 1 are what A and B give class k; class and target stand in the first of them."""

    def __init__(self) -> None:
        super().__init__()
        self._sides: tuple[Shown, ...] = ()
        self.losses = ("", "")
        """What the losses of A and B read; empty for a row without one."""
        self._read: tuple[tuple[str, float], ...] = ()
        """What the terms in sight were told to read like: both losses, and their numbers."""

    def display(self, shown: Shown) -> None:
        self._sides = sides(shown)
        super().display(shown)
        read = tuple(zip(self.losses, map(shown_loss, self._sides), strict=True))
        if read != self._read:
            # The digits of a loss depend on the other model's, whose lines alone may have changed.
            self._read, term = read, len(self.kinds) - 1
            self._tell_changes([n for n, row in enumerate(self.rows) if row.term != 0], term, term)

    def rows_of(self, shown: Shown) -> tuple[SampleRow, ...]:
        # The pull of training has no room between two lines.
        lines = [
            [replace(row, line=line, pull=math.nan) for row in sample_rows(side)]
            for line, side in enumerate(sides(shown))
        ]
        return tuple(chain.from_iterable(zip(*lines, strict=True)))

    def text(self, row: SampleRow, kind: Kind) -> str:
        if kind == "term" and row.term != 0 and row.term == shown_loss(self.side(row)):
            # The one term that costs anything reads as the loss that it is.
            return self.losses[row.line] or super().text(row, kind)
        return super().text(row, kind)

    def has_logits(self, shown: Shown) -> bool:
        return any(side.in_logits for side in sides(shown))

    def side(self, row: SampleRow) -> Shown:
        return self._sides[row.line]

    def head(self, kind: Kind) -> str:
        mixed = len({side.in_logits for side in self._sides}) > 1
        return "prediction" if kind == "prediction" and mixed else super().head(kind)

    def spoken(self, row: SampleRow, kind: Kind) -> str:
        spoken = super().spoken(row, kind)
        return spoken if kind in ("class", "target") else f"{LETTERS[row.line]} {spoken}"

    def names(self, row: SampleRow) -> dict[str, str]:
        return {"model": self.side(row).shown_model.name, **super().names(row)}

    def is_stop(self, index: Index) -> bool:
        return (index.row() % LINES == 0 or self.kind(index) == "prediction") and super().is_stop(index)
