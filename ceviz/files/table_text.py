"""Tables as spreadsheets and scripts write them: commas, semicolons or tabs, decimal commas, quotes."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ceviz.core.document import MAX_SAMPLES, Vectors


class PredictionsError(Exception):
    """A text that holds no predictions. Reads "line N: WHAT"; lines count from 1."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what


@dataclass(frozen=True)
class Table:
    """A header and rows of as many cells. `lines` says in which line of the text each row begins."""

    header: tuple[str, ...]
    rows: tuple[list[str], ...]
    lines: tuple[int, ...]
    decimal_comma: bool

    @cached_property
    def values(self) -> Vectors:
        """All cells as numbers (rows, columns); NaN for every cell that is not one."""
        return np.array([self._row_values(row) for row in self.rows], dtype=np.float64)

    def _row_values(self, row: list[str]) -> list[float]:
        if self.decimal_comma:
            row = [cell.replace(",", ".") for cell in row]
        try:
            # float() reads "1_000"; no table means a number by it.
            return (
                [float(cell) for cell in row] if "_" not in "".join(row) else [_value(cell) for cell in row]
            )
        except ValueError:
            return [_value(cell) for cell in row]

    def numbers(self, columns: list[int]) -> Vectors:
        """The numbers in some columns. PredictionsError for the first cell that is not a number."""
        chosen = self.values[:, columns]
        missing = np.argwhere(np.isnan(chosen))
        if len(missing):
            n, k = missing[0]
            cell = self.rows[n][columns[k]]
            found = f"“{shortened(cell)}”" if cell else "an empty cell"
            name = shortened(self.header[columns[k]])
            raise PredictionsError(self.lines[n], f"column “{name}”: expected a number, got {found}")
        return chosen


def _value(cell: str) -> float:
    try:
        return float("nan" if "_" in cell else cell)
    except ValueError:
        return float("nan")


def is_number(cell: str) -> bool:
    """Whether a cell is a number as it stands."""
    return not np.isnan(_value(cell))


def shortened(text: str) -> str:
    """A text of the file for use in a message: on one line, not endless."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:40])
    return shown + ("..." if len(text) > 40 else "")


def read_table(text: str) -> Table:
    """The table in a text. PredictionsError for a row that has too few or too many cells."""
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    delimiter = _delimiter(text)
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True, skipinitialspace=True)
    header: tuple[str, ...] = ()
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                pass
            elif not header:
                header = tuple(cells)
            else:
                _check_row(cells, len(header), len(rows), line)
                rows.append(cells)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise PredictionsError(max(line, reader.line_num), f"not a table: {error}") from None
    if header and not rows:
        raise PredictionsError(line, "there are no rows under the header")
    if not rows:
        raise PredictionsError(line, "a row of column names and at least one row of numbers are needed")
    return Table(header, tuple(rows), tuple(lines), delimiter != "," and "," in text)


def _check_row(cells: list[str], width: int, row_count: int, line: int) -> None:
    if len(cells) != width:
        raise PredictionsError(line, f"expected {width} cells, as in the first row, got {len(cells)}")
    if row_count >= MAX_SAMPLES:
        raise PredictionsError(
            line, f"more than {MAX_SAMPLES:,} samples do not fit here; the Dataset view is for larger sets"
        )


def _delimiter(text: str) -> str:
    """The separator that is most frequent in the first row, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = "".join(first.split('"')[::2])
    return max("\t;,", key=unquoted.count)
