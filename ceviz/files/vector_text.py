"""Blocks of numbers as text: what a spreadsheet, a script or another program puts on the clipboard."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from ceviz.explain.numbers import NumberProblem, parse_number

Block = tuple[tuple[float, ...], ...]


class BlockError(ValueError):
    """A text that is no block of numbers. `row` and `column` count from 0; the message counts from 1."""

    def __init__(self, message: str, row: int, column: int) -> None:
        super().__init__(f"row {row + 1}, column {column + 1}: {message}")
        self.message = message
        self.row = row
        self.column = column


def parse_block(text: str, allow_infinite: bool = False) -> Block:
    """The rows of numbers in a text, all of one length. BlockError where it holds something else.

    Rows are lines, or the inner lists of a Python, NumPy or JSON list; cells are separated by tabs,
    semicolons, commas or spaces. Each cell is a number as a person may type it.

    >>> parse_block("0,4; 30%; 0.3")
    ((0.4, 0.3, 0.3),)
    >>> parse_block("[[0.4, 0.6], [1, 0]]")
    ((0.4, 0.6), (1.0, 0.0))
    """
    bracketed = "[" in text or "(" in text
    # The end of an inner list is the end of a row; a NumPy row may run over several lines.
    if bracketed:
        text = re.sub(r"[\])]", "\n", re.sub(r"\s+", " ", re.sub(r"\b(?:array|tensor)\b|[\[(]", " ", text)))
    lines = [line.strip(" \r,") if bracketed else line.strip(" \r") for line in text.split("\n")]
    rows = tuple(
        _row(line, number, bracketed, allow_infinite)
        for number, line in enumerate(line for line in lines if line)
    )
    _check_widths(rows)
    return rows


def _row(line: str, number: int, bracketed: bool, allow_infinite: bool) -> tuple[float, ...]:
    if not bracketed and re.fullmatch("[01],[01]", line):
        raise BlockError(
            f"{line} could be one number or two: write a point, or a space between two", number, 0
        )
    numbers = []
    for column, cell in enumerate(_cells(line, bracketed)):
        try:
            numbers.append(parse_number(cell, allow_infinite))
        except NumberProblem as problem:
            raise BlockError(str(problem), number, column) from None
    return tuple(numbers)


def _cells(line: str, bracketed: bool) -> list[str]:
    for separator in ("\t", ";"):
        if separator in line:
            return line.split(separator)
    if bracketed:
        # A program's list has points as decimal signs.
        return line.split("," if "," in line else None)
    if re.search(r",\s", line):
        return re.split(r"," if "." in line else r",\s+", line)
    if " " in line or re.fullmatch(r"[-+\u2212]?\d*,\d+(e[-+]?\d+)?%?", line):
        return line.split()
    return line.split(",")


def _check_widths(rows: Block) -> None:
    if not rows:
        raise BlockError("there are no numbers to paste", 0, 0)
    for number, row in enumerate(rows):
        if len(row) != len(rows[0]):
            shorter = min(len(row), len(rows[0]))
            raise BlockError(
                f"expected {len(rows[0])} numbers, as in the first row, got {len(row)}", number, shorter
            )


def format_block(rows: Iterable[Sequence[float]]) -> str:
    """Rows of numbers for the clipboard: tabs between them, every digit kept, undefined ones left empty."""
    return "\n".join("\t".join(_written(float(number)) for number in row) for row in rows)


def _written(number: float) -> str:
    return "" if math.isnan(number) else repr(number)


def format_table(heads: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """Rows of names and numbers under their heads, for the clipboard; a name stays in its cell."""
    return "\n".join("\t".join(map(_cell, row)) for row in (heads, *rows))


def _cell(content: str | float) -> str:
    return " ".join(content.split()) if isinstance(content, str) else _written(float(content))
