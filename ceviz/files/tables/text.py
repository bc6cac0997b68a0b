"""Tables as spreadsheets and scripts write them: separators, quotes, decimal commas, percent."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ceviz.core.document import MAX_CLASSES, MAX_SAMPLES, Vectors
from ceviz.files.tables.table import PredictionsError, Table

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
POINT, COMMA = ".", ","
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+")
"""A number that is one with a decimal comma, and another one with commas between thousands."""
_WITH_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+(?:[eE][+-]?[0-9]+)?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
MOST_COLUMNS = 2 * MAX_CLASSES + 100
"""Targets and predictions of every class, and what else a table may hold beside them."""
_LOOKED_AT = 200
"""Rows that are looked at to guess the form of a text."""


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text is cut into cells and cells into numbers."""

    separator: str
    decimal: str
    """The decimal sign; with a point, "1,234" is a number with a comma between thousands."""
    header: bool
    """Whether the first row holds the names of the columns."""


@dataclass(frozen=True, slots=True)
class GuessedForm:
    """The likely form of a text, why, and by part of the form ("decimal", "header") what it leaves open."""

    form: TextForm
    reasons: dict[str, str]
    questions: dict[str, str]

    def settled(self, part: str, value: str | bool) -> GuessedForm:
        """The same with one part as a person chose it: no guess and no question any more."""
        changes: dict[str, Any] = {part: value}
        return GuessedForm(
            replace(self.form, **changes),
            {key: why for key, why in self.reasons.items() if key != part},
            {key: asked for key, asked in self.questions.items() if key != part},
        )


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it begins with the mark that says so."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise PredictionsError("", f"the mark of UTF-16 text, but no such text: {error.reason}") from None
    if b"\0" in content[:4096]:
        raise PredictionsError("", "not a table: it holds bytes that no text has")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PredictionsError(
            f"line {line}", "not UTF-8 text; save the table as UTF-8, in a spreadsheet as “CSV UTF-8”"
        ) from None


def guess_form(text: str) -> GuessedForm:
    """The likely form of a text, from its first rows."""
    separator = _separator(text)
    rows = _first_rows(text, separator)
    reasons = {"separator": f"{SEPARATORS[separator].capitalize()}s are the most frequent in the first row."}
    header, why, open_header = _header(rows)
    decimal, why_decimal, open_decimal = _decimal([cell for row in rows[header:] for cell in row])
    reasons |= {"header": why, "decimal": why_decimal}
    questions = {"header": open_header, "decimal": open_decimal}
    form = TextForm(separator, decimal, header)
    return GuessedForm(form, reasons, {part: asked for part, asked in questions.items() if asked})


def _separator(text: str) -> str:
    """The separator that is most frequent in the first row, outside of quotes."""
    first = next((line for line in io.StringIO(text) if line.strip("\ufeff \r\n\t;,")), "")
    unquoted = "".join(first.split('"')[::2])
    return max("\t;,", key=unquoted.count)


def _first_rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for _, cells in _cells(text, separator):
            rows.append(cells)
            if len(rows) > _LOOKED_AT:
                break
    except PredictionsError:
        pass  # told where the whole table is read
    return rows


def _header(rows: list[list[str]]) -> tuple[bool, str, str]:
    """Whether the first row is one of names, why, and the question that is open."""
    first = rows[0] if rows else []
    if not all(_looks_like_number(cell) for cell in first):
        return True, "The first row holds words: taken as the names of the columns.", ""
    if first == [str(n) for n in range(len(first))]:
        asked = "The first row counts 0, 1, 2...: are these the names of the columns, or numbers of a sample?"
        return True, "", asked
    return False, "The first row holds numbers only: taken as a sample, not as names.", ""


def _looks_like_number(cell: str) -> bool:
    return not np.isnan(number(cell, POINT)) or not np.isnan(number(cell, COMMA))


def _decimal(cells: list[str]) -> tuple[str, str, str]:
    """The decimal sign, why, and the question that is open."""
    commas = [bare for bare in map(_bare, cells) if _WITH_COMMA.fullmatch(bare) or _THOUSANDS.fullmatch(bare)]
    if not commas:
        return POINT, "", ""
    settled = [cell for cell in commas if not _GROUPED.fullmatch(cell) or cell.lstrip("+-").startswith("0")]
    if not settled:
        example = commas[0]
        asked = (
            f"“{example}” is {example.replace(',', '.')} with a decimal comma,"
            f" and {example.replace(',', '')} with a comma between thousands."
        )
        return COMMA, "", asked
    if any("." in cell for cell in settled):
        return POINT, f"“{next(c for c in settled if '.' in c)}” has its commas between thousands.", ""
    return COMMA, f"“{settled[0]}” has a comma as decimal sign.", ""


def _bare(cell: str) -> str:
    return cell.replace("\N{MINUS SIGN}", "-").removesuffix("%").rstrip()


def number(cell: str, decimal: str) -> float:
    """The number in a cell, "40%" being 0.4; NaN where it is none, or has the wrong decimal sign."""
    bare = _bare(cell)
    if decimal == COMMA:
        bare = "?" if "." in bare else bare.replace(",", ".")
    elif _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    try:
        # float() reads "1_000"; no table means a number by it.
        value = float("nan" if "_" in bare else bare)
    except ValueError:
        return float("nan")
    return value / 100 if cell.endswith("%") else value


def read_table(text: str, form: TextForm) -> Table:
    """The table in a text. PredictionsError for a row that has too few or too many cells."""
    header: tuple[str, ...] = ()
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    for line, cells in _cells(text, form.separator):
        if len(cells) > MOST_COLUMNS:
            what = f"{len(cells):,} columns are more than fit here; the Dataset view is for larger sets"
            raise PredictionsError(f"line {line}", what)
        if not header and form.header:
            header = tuple(cells)
            continue
        header = header or tuple(f"column {n + 1}" for n in range(len(cells)))
        _check_row(cells, header, len(rows), line)
        rows.append(cells)
        lines.append(line)
    if header and not rows:
        raise PredictionsError(f"line {line + 1}", "there are no rows under the header")
    if not rows:
        raise PredictionsError("line 1", "a row of column names and at least one row of numbers are needed")
    columns = tuple(zip(*rows, strict=True))
    return Table(
        header=header,
        named=form.header,
        values=np.column_stack([_numbers(column, form.decimal) for column in columns]),
        texts=columns,
        where=tuple(f"line {line}" for line in lines),
        groups=tuple(range(len(header))),
    )


def padded_table(text: str, form: TextForm) -> Table:
    """The first rows of a text that is no table, to be shown as they stand: shorter ones are filled up."""
    found: list[tuple[int, list[str]]] = []
    try:
        for line, cells in _cells(text, form.separator):
            found.append((line, cells[:MAX_CLASSES]))
            if len(found) == _LOOKED_AT:
                break
    except PredictionsError:
        pass  # told already: this is why it is no table
    width = max((len(cells) for _, cells in found), default=1)
    found = found or [(1, [""])]
    return Table(
        header=tuple(f"column {n + 1}" for n in range(width)),
        named=False,
        values=np.full((len(found), width), np.nan),
        texts=tuple([cells[k] if k < len(cells) else "" for _, cells in found] for k in range(width)),
        where=tuple(f"line {line}" for line, _ in found),
        groups=tuple(range(width)),
    )


def _cells(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line in which it begins."""
    source = io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}"), newline="")
    reader = csv.reader(source, delimiter=separator, strict=True, skipinitialspace=True)
    line = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
            line = reader.line_num + 1
    except csv.Error as error:
        raise PredictionsError(f"line {max(line, reader.line_num)}", f"not a table: {error}") from None


def _check_row(cells: list[str], header: tuple[str, ...], row_count: int, line: int) -> None:
    if len(cells) != len(header):
        what = f"expected {len(header)} cells, as in the first row, got {len(cells)}"
        if 2 * len(header) - 2 <= len(cells) <= 2 * len(header):
            what += "; is the comma both the decimal sign and between the cells?"
        raise PredictionsError(f"line {line}", what)
    if row_count >= MAX_SAMPLES:
        what = f"more than {MAX_SAMPLES:,} samples do not fit here; the Dataset view is for larger sets"
        raise PredictionsError(f"line {line}", what)


def _numbers(cells: Sequence[str], decimal: str) -> Vectors:
    """A column as numbers; quickly where every cell is one as it stands."""
    if decimal == POINT and "_" not in "".join(cells):
        try:
            return np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            pass
    return np.fromiter((number(cell, decimal) for cell in cells), np.float64, len(cells))
