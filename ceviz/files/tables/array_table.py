"""Arrays as a table: which one holds the predictions, which the labels, which names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ceviz.core.checks import SUM_TOLERANCE
from ceviz.core.document import Vectors
from ceviz.files.tables.arrays import Array
from ceviz.files.tables.table import PredictionsError, Role, Table

TARGET_NAMES = frozenset(("y_true", "y", "label", "labels", "target", "targets", "y_test", "true", "truth"))
PREDICTION_NAMES = frozenset(
    f"{prefix}{name}{plural}"
    for name in ("p", "prob", "proba", "pred", "prediction", "score", "logit", "output")
    for prefix in ("", "y_")
    for plural in ("", "s")
) | {"probability", "probabilities", "softmax"}
CLASS_NAMES = frozenset(("classes", "class_names", "label_names", "target_names"))
SAMPLE_NAMES = frozenset(
    ("name", "names", "id", "ids", "sample_names", "file", "files", "filename", "filenames")
)
_EXACT = 2**53
"""Up to here float64 holds every whole number."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One array of the table: its columns and what they are for."""

    name: str
    array: Array
    role: Role


def table_of_arrays(found: Mapping[str, Array | PredictionsError]) -> Table:
    """The arrays of a .npz file side by side; `problem` says where their names do not settle the roles.

    An array that cannot be read is left out with a note, unless it is called like predictions or labels.
    """
    arrays = {name: array for name, array in found.items() if not isinstance(array, PredictionsError)}
    refused = {name: problem for name, problem in found.items() if isinstance(problem, PredictionsError)}
    for name, refusal in refused.items():
        if name.casefold() in PREDICTION_NAMES | TARGET_NAMES or not arrays:
            raise refusal
    classes = _class_names(arrays)
    parts, problem = _parts({n: array for n, array in arrays.items() if n.casefold() not in CLASS_NAMES})
    rows = _row_count(parts)
    fitting = [part for part in parts if len(part.array) == rows]
    notes = [f"Left out: {refusal}." for refusal in refused.values()]
    notes += [
        f"Left out: “{part.name}” has {len(part.array):,} rows, the predictions {rows:,}."
        for part in parts
        if len(part.array) != rows
    ]
    return replace(_side_by_side(fitting, classes), notes=tuple(notes), problem=problem)


def table_of_predictions(array: Array, name: str) -> Table:
    """A single array as predictions; its first or last column as labels where the rest then sums to 1."""
    numbers = _numbers(array) if array.dtype.kind not in "US" else None
    if numbers is not None and (at := _label_column(numbers)) is not None:
        rest = np.delete(array, at, axis=1)
        where = "first" if at == 0 else "last"
        parts = [_Part("label", array[:, at], Role.LABEL), _Part(name, rest, Role.CLASS)]
        note = f"The {where} column holds whole numbers and the others sum to 1: taken as labels."
        return replace(_side_by_side(parts, None), notes=(note,))
    if _looks_like_labels(array):
        table = _side_by_side([_Part(name, array, Role.LABEL)], None)
        return replace(table, problem="these are labels; the predictions are missing")
    return _side_by_side([_Part(name, array, Role.CLASS)], None)


def with_labels(table: Table, labels: Array) -> Table:
    """The table with an array of labels from another file as its first columns."""
    if len(labels) != table.row_count:
        raise PredictionsError(
            "labels", f"{len(labels):,} rows, but there are predictions for {table.row_count:,} samples"
        )
    added = _side_by_side([_Part("label", labels, Role.LABEL)], None)
    roles = table.roles or (Role.CLASS,) * table.column_count
    return replace(
        table,
        header=added.header + table.header,
        values=np.column_stack([added.values, table.values]),
        texts=added.texts + table.texts,
        groups=tuple(-1 for _ in added.header) + table.groups,
        roles=(Role.LABEL,) * added.column_count
        + tuple(Role.IGNORED if r is Role.LABEL else r for r in roles),
        titles={-1: "label", **table.titles},
    )


def _class_names(arrays: Mapping[str, Array]) -> tuple[str, ...] | None:
    found = [array for name, array in arrays.items() if name.casefold() in CLASS_NAMES and array.ndim == 1]
    return tuple(_texts(found[0])) if len(found) == 1 else None


def _parts(arrays: Mapping[str, Array]) -> tuple[list[_Part], str]:
    """The arrays with their roles, and what is open about them."""
    predictions, asked = _one_of(arrays, PREDICTION_NAMES, _could_be_predictions, "predictions")
    others = {name: array for name, array in arrays.items() if name not in predictions}
    targets, asked_too = _one_of(others, TARGET_NAMES, _could_be_labels, "labels")
    parts = []
    for name, array in arrays.items():
        role = Role.CLASS if name in predictions else Role.LABEL if name in targets else Role.IGNORED
        if role is Role.IGNORED and name.casefold() in SAMPLE_NAMES and array.ndim == 1:
            role = Role.NAME
        parts.append(_Part(name, array, role))
    return parts, asked or asked_too


def _one_of(
    arrays: Mapping[str, Array], names: frozenset[str], fits: Callable[[Array], bool], what: str
) -> tuple[list[str], str]:
    """The one array called so, or else the only one that fits by its content; otherwise the question."""
    called = [name for name in arrays if name.casefold() in names]
    found = called or [
        name for name, array in arrays.items() if fits(array) and name.casefold() not in SAMPLE_NAMES
    ]
    if len(found) <= 1:
        return found, ""
    both = " and ".join(f"“{name}”" for name in found[:3])
    return [], f"{both} could each hold the {what}; choose one"


def _could_be_predictions(array: Array) -> bool:
    return array.dtype.kind == "f" and not _looks_like_labels(array)


def _could_be_labels(array: Array) -> bool:
    return array.dtype.kind in "iubUS" or _looks_like_labels(array)


def _looks_like_labels(array: Array) -> bool:
    """Whole numbers in one column, or text."""
    if array.dtype.kind in "US":
        return True
    numbers = _numbers(array)
    return array.ndim == 1 and bool((numbers == np.floor(numbers)).all()) and bool((numbers >= 0).all())


def _label_column(numbers: Vectors) -> int | None:
    """The first or the last column, where only without it every row sums to 1."""
    if numbers.shape[1] < 3:
        return None
    for at in (0, numbers.shape[1] - 1):
        label, rest = numbers[:, at], np.delete(numbers, at, axis=1)
        whole = (label >= 0) & (label <= rest.shape[1]) & (label == np.floor(label))
        sums = np.abs(rest.sum(axis=1) - 1) <= SUM_TOLERANCE
        if whole.all() and sums.all() and (rest >= 0).all() and label.any():
            return at
    return None


def _row_count(parts: Sequence[_Part]) -> int:
    """The rows of the predictions and the labels; PredictionsError where they differ."""
    used = [part for part in parts if part.role in (Role.CLASS, Role.LABEL)] or list(parts)
    if not used:
        raise PredictionsError("", "the .npz file holds no array of predictions")
    first = used[0]
    for part in used[1:]:
        if len(part.array) != len(first.array):
            what = f"“{first.name}” has {len(first.array):,} rows and “{part.name}” {len(part.array):,}"
            raise PredictionsError("", f"{what}: they do not belong to the same samples")
    return len(first.array)


def _side_by_side(parts: Sequence[_Part], classes: tuple[str, ...] | None) -> Table:
    header: list[str] = []
    values, texts, groups, roles = [], [], [], []
    for group, part in enumerate(parts):
        for name, column in _columns(part, classes):
            header.append(name)
            values.append(_numbers(column)[:, 0])
            texts.append(_texts(column) if _is_text(column) else None)
            groups.append(group)
            roles.append(part.role)
    rows = len(parts[0].array)
    return Table(
        header=tuple(header),
        named=False,
        values=np.column_stack(values),
        texts=tuple(texts),
        where=tuple(f"row {n + 1}" for n in range(rows)),
        groups=tuple(groups),
        roles=tuple(roles),
        classes=classes,
        titles={group: part.name for group, part in enumerate(parts)},
    )


def _columns(part: _Part, classes: tuple[str, ...] | None) -> Iterator[tuple[str, Array]]:
    if part.array.ndim == 1:
        yield part.name, part.array
        return
    for k in range(part.array.shape[1]):
        named = classes is not None and len(classes) == part.array.shape[1]
        yield (f"{part.name}: {classes[k]}" if named and classes else f"{part.name}[{k}]"), part.array[:, k]


def _numbers(array: Array) -> Vectors:
    """The numbers as (N, columns) float64; NaN for text."""
    rows = array.reshape(len(array), -1)
    return np.full(rows.shape, np.nan) if array.dtype.kind in "US" else rows.astype(np.float64)


def _is_text(array: Array) -> bool:
    """Whether the cells are kept as they stand: text, and numbers for names that float64 would round."""
    if array.dtype.kind not in "iu":
        return array.dtype.kind in "US"
    return any(abs(number) > _EXACT for number in array.tolist())


def _texts(array: Array) -> list[str]:
    try:
        texts = [v.decode() if isinstance(v, bytes) else str(v) for v in array.tolist()]
        "".join(texts).encode()
    except (ValueError, SystemError):  # NumPy keeps any four bytes as a character, also what is none
        raise PredictionsError("", "an array of text holds what is no text") from None
    return texts
