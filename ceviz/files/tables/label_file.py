"""Labels that stand in a file of their own."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ceviz.files.tables.array_table import TARGET_NAMES
from ceviz.files.tables.arrays import NPY_MARK, ZIP_MARK, Array, read_npy, read_npz
from ceviz.files.tables.roles import LABEL_NAMES
from ceviz.files.tables.table import PredictionsError
from ceviz.files.tables.text import decoded, guess_form, read_table

_LONGEST = 1_000
"""Characters of a label: an array has room for the longest in every row."""


def read_labels(content: bytes, path: Path) -> Array:
    """The labels in a file, (N,) or (N, K): an array, or a table with one column or one that is called so."""
    if content.startswith(NPY_MARK) or path.suffix.lower() == ".npy":
        return read_npy(content, "")
    if content.startswith(ZIP_MARK) or path.suffix.lower() == ".npz":
        return _labels_of_npz(content)
    text = decoded(content)
    table = read_table(text, guess_form(text).form)
    named = [c for c, name in enumerate(table.header) if name.casefold() in LABEL_NAMES | TARGET_NAMES]
    columns = [0] if table.column_count == 1 else named
    if len(columns) != 1:
        raise PredictionsError("", "it is not clear which column holds the labels; name it “label”")
    values, cells = table.values[:, columns[0]], table.column(columns[0])
    if max(map(len, cells)) > _LONGEST:
        raise PredictionsError("", f"a label is longer than {_LONGEST:,} characters")
    return np.array(cells) if np.isnan(values).any() else values


def _labels_of_npz(content: bytes) -> Array:
    found = read_npz(content)
    names = [name for name in found if name.casefold() in TARGET_NAMES] or list(found)
    if len(names) != 1:
        raise PredictionsError("", "it is not clear which array holds the labels; name it “y_true”")
    labels = found[names[0]]
    if isinstance(labels, PredictionsError):
        raise labels
    return labels
