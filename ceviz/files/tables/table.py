"""A table of predictions before anything is decided about it: named columns of cells, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ceviz.core.document import Vectors

_OTHER_SIGN = re.compile(r"[+-]?[0-9]*[.,][0-9]+%?")


class PredictionsError(Exception):
    """Why something holds no predictions: "line 3: WHAT". `row` and `column` count from 0, or are None."""

    def __init__(self, where: str, what: str, row: int | None = None, column: int | None = None) -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.where = where
        self.what = what
        self.row = row
        self.column = column


class Role(StrEnum):
    """What a column is used for."""

    LABEL = "label"
    CLASS = "class"
    NAME = "name"
    IGNORED = "ignored"


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length. Two tables are the same only where they are one object.

    `values` is (rows, columns), NaN for every cell that is no number. `texts` holds the cells of a column as
    they stand, or None where the file held numbers. Columns of one `group` come from one array and
    share their role. `roles` says what the file itself says about its columns, None where it says nothing.
    """

    header: tuple[str, ...]
    named: bool
    """Whether the file names its columns."""
    values: Vectors
    texts: tuple[Sequence[str] | None, ...]
    where: tuple[str, ...]
    """Where each row stands: "line 3" of a text, "row 2" of an array."""
    groups: tuple[int, ...]
    roles: tuple[Role, ...] | None = None
    classes: tuple[str, ...] | None = None
    """The names of the classes, where they stand apart from the columns."""
    titles: Mapping[int, str] = field(default_factory=dict)
    """The names of the arrays, by group."""
    notes: tuple[str, ...] = ()
    """What was noticed while reading, as sentences."""
    problem: str = ""
    """Why the file does not say which of its columns are which."""

    @property
    def row_count(self) -> int:
        return len(self.where)

    @property
    def column_count(self) -> int:
        return len(self.header)

    def cell(self, row: int, column: int) -> str:
        """A cell as it stands in the file; a number of an array as the shortest text that is that number."""
        texts = self.texts[column]
        return texts[row] if texts is not None else written(self.values[row, column])

    def column(self, column: int) -> Sequence[str]:
        """All cells of a column."""
        texts = self.texts[column]
        return texts if texts is not None else [written(value) for value in self.values[:, column]]

    def fault(self, row: int, column: int, what: str) -> PredictionsError:
        """An error at a cell; `what` follows the column's name."""
        name = shortened(self.header[column])
        return PredictionsError(self.where[row], f"column “{name}”: {what}", row, column)

    def numbers(self, columns: Sequence[int]) -> Vectors:
        """The numbers in some columns. PredictionsError for the first cell that is not a number."""
        chosen = self.values[:, list(columns)]
        missing = np.argwhere(np.isnan(chosen))
        if len(missing):
            row, column = int(missing[0][0]), columns[int(missing[0][1])]
            cell = self.cell(row, column)
            found = f"“{shortened(cell)}”" if cell else "an empty cell"
            if _OTHER_SIGN.fullmatch(cell):
                found += ", which has another decimal sign"
            raise self.fault(row, column, f"expected a number, got {found}")
        return chosen


def written(value: float) -> str:
    """A number of an array as text: whole numbers without a point."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def shortened(text: str) -> str:
    """A text of the file for use in a message: on one line, not endless."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:40])
    return shown + ("..." if len(text) > 40 else "")


def counted(count: int, noun: str, plural: str = "") -> str:
    """So many of something, in words."""
    return f"1 {noun}" if count == 1 else f"{count:,} {plural or noun + 's'}"
