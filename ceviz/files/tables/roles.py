"""Which columns of a table hold labels, predictions and names, as far as the table itself says it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ceviz.core.document import MAX_CLASSES
from ceviz.files.tables.array_table import SAMPLE_NAMES
from ceviz.files.tables.choice import bare
from ceviz.files.tables.table import Role, Table, shortened

LABEL_NAMES = frozenset({"label", "target", "true", "class", "y"})


@dataclass(frozen=True, slots=True)
class Found:
    """The likely role of each column, why, and what the table leaves open ("" where nothing)."""

    roles: tuple[Role, ...]
    reason: str
    problem: str = ""


def find_roles(table: Table) -> Found:
    """The roles that the names of the columns, or else their content, give."""
    if table.roles is not None:
        return Found(table.roles, _arrays_reason(table), table.problem)
    aside = _names_and_indices(table)
    columns = [column for column in range(table.column_count) if column not in aside]
    found = _by_name(table, columns) or _by_halves(table, columns) or _by_content(table, columns)
    labels, reason, problem = found or ([], "", "")
    roles = tuple(
        aside.get(column, Role.LABEL if column in labels else Role.CLASS)
        for column in range(table.column_count)
    )
    return Found(
        roles,
        " ".join([reason, *_aside_reasons(table, aside)]).strip(),
        _header_problem(table, roles) or problem,
    )


_Labels = tuple[list[int], str, str]
"""The columns of labels, why, and what is open."""


def _arrays_reason(table: Table) -> str:
    parts = {table.titles[group]: role for group, role in zip(table.groups, table.roles or (), strict=True)}
    words = {
        Role.LABEL: "as labels",
        Role.CLASS: "as predictions",
        Role.NAME: "as names",
        Role.IGNORED: "not",
    }
    return ", ".join(f"“{shortened(name)}” is used {words[role]}" for name, role in parts.items()) + "."


def _names_and_indices(table: Table) -> dict[int, Role]:
    """Columns that name or count the samples."""
    aside: dict[int, Role] = {}
    for column, name in enumerate(table.header):
        if table.named and name.casefold() in SAMPLE_NAMES:
            aside[column] = Role.NAME
        elif _counts_rows(table, column):
            aside[column] = Role.IGNORED
    if Role.NAME not in aside.values() and table.named:
        named = [c for c in range(table.column_count) if _names_samples(table, c)]
        # A single column of words is that of the labels, unless one is called so.
        if len(named) == 1 and any(name.casefold() in LABEL_NAMES for name in table.header):
            aside[named[0]] = Role.NAME
    return {column: role for column, role in aside.items() if not _first_name(aside, column, role)}


def _first_name(aside: dict[int, Role], column: int, role: Role) -> bool:
    """Whether another column before this one holds the names already."""
    return role is Role.NAME and any(aside[c] is Role.NAME for c in range(column) if c in aside)


def _counts_rows(table: Table, column: int) -> bool:
    """A first column without a name, as some programs number the rows of a table."""
    if column > 0 or table.header[column]:
        return False
    values = table.values[:, column]
    return any(np.array_equal(values, np.arange(first, first + len(values))) for first in (0, 1))


def _names_samples(table: Table, column: int) -> bool:
    """Words, each once."""
    if table.header[column].casefold() in LABEL_NAMES or table.row_count < 2:
        return False
    if not np.isnan(table.values[:, column]).all():
        return False
    cells = table.column(column)
    return len(set(cells)) == len(cells) and all(any(c.isalpha() for c in cell) for cell in cells)


def _aside_reasons(table: Table, aside: dict[int, Role]) -> list[str]:
    return [
        f"Column “{shortened(table.header[column])}” names the samples."
        if role is Role.NAME
        else "The first column counts the rows: left out."
        for column, role in aside.items()
    ]


def _by_name(table: Table, columns: list[int]) -> _Labels | None:
    if not table.named:
        return None
    labels = [column for column in columns if table.header[column].casefold() in LABEL_NAMES]
    if len(labels) > 1:
        names = " and ".join(f"“{table.header[column]}”" for column in labels)
        return [], "", f"the columns {names} could all hold the true class; leave one"
    if labels:
        return labels, f"Column “{table.header[labels[0]]}” holds the labels by its name.", ""
    return _by_pairs(table, columns)


def _by_pairs(table: Table, columns: list[int]) -> _Labels | None:
    """Columns such as dog, cat, dog_p, cat_p."""
    index = {table.header[column]: column for column in columns}
    pairs = [
        (index[bare(name)], column)
        for name, column in index.items()
        if bare(name) != name and bare(name) in index
    ]
    if not pairs or len({column for pair in pairs for column in pair}) != len(columns):
        return None
    first, second = pairs[0]
    reason = f"Columns come in pairs: “{table.header[first]}” is the target of “{table.header[second]}”."
    return [label for label, _ in pairs], reason, ""


def _by_halves(table: Table, columns: list[int]) -> _Labels | None:
    """As many columns of zeros and ones as of other numbers, one half after the other."""
    width = len(columns)
    if width % 2 or width < 4:
        return None
    halves = columns[: width // 2], columns[width // 2 :]
    first, second = (bool(np.isin(table.values[:, half], (0, 1)).all()) for half in halves)
    if first == second:
        return None
    return halves[0 if first else 1], "Half of the columns hold only 0 and 1: taken as targets.", ""


def _by_content(table: Table, columns: list[int]) -> _Labels | None:
    """The only column of text, or the only column of whole numbers at one end."""
    words = [column for column in columns if np.isnan(table.values[:, column]).all()]
    if words:
        reason = f"Column “{table.header[words[0]]}” is the only one that holds words: taken as labels."
        return (words, reason, "") if len(words) == 1 else None
    if not columns:
        return None
    indices = np.arange(MAX_CLASSES + 1)
    first, last = (bool(np.isin(table.values[:, columns[end]], indices).all()) for end in (0, -1))
    if first == last:
        return None
    label = columns[0 if first else -1]
    return [label], f"Column “{table.header[label]}” holds whole numbers only: taken as labels.", ""


def _header_problem(table: Table, roles: tuple[Role, ...]) -> str:
    """What is wrong with the names of the columns that are used."""
    if not table.named:
        return ""
    used = [column for column, role in enumerate(roles) if role is not Role.IGNORED]
    for column in used:
        if not table.header[column]:
            return f"column {column + 1} has no name"
    names = [table.header[column] for column in used]
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    return f"the column “{shortened(twice)}” appears twice" if twice else ""
