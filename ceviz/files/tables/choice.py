"""How a table of predictions is understood: a frozen value, proposed here and changed by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ceviz.core.document import InputKind, Task, Vectors
from ceviz.files.tables.table import PredictionsError, Role, Table, shortened

AFFIXES = ("p", "prob", "proba", "pred", "score", "logit")


class Labels(StrEnum):
    """What stands in a single column of labels."""

    NAMES = "names"
    FROM_0 = "labels-from-0"
    FROM_1 = "labels-from-1"


class Numbers(StrEnum):
    """What the predicted numbers are."""

    PROBABILITIES = "probabilities"
    PERCENTAGES = "percentages"
    LOGITS = "logits"

    @property
    def input(self) -> InputKind:
        return InputKind.LOGITS if self is Numbers.LOGITS else InputKind.PROBABILITIES


@dataclass(frozen=True, slots=True)
class Choice:
    """What each column holds, for which task, and how labels and predictions are written."""

    roles: tuple[Role, ...]
    task: Task
    labels: Labels
    numbers: Numbers

    def columns(self, role: Role) -> list[int]:
        """The columns of a role, in the table's order."""
        return [column for column, given in enumerate(self.roles) if given is role]


def pairs(table: Table, choice: Choice) -> tuple[list[int], list[int]]:
    """The columns of labels and of predictions; several are paired by their names where these agree."""
    labels, predictions = choice.columns(Role.LABEL), choice.columns(Role.CLASS)
    if len(labels) > 1 and len(labels) == len(predictions):
        index = {bare(table.header[column]): column for column in predictions}
        names = [bare(table.header[column]) for column in labels]
        if len(index) == len(predictions) and set(index) == set(names):
            return labels, [index[name] for name in names]
    return labels, predictions


def bare(name: str) -> str:
    """A column's name without what marks it as a prediction: dog for dog_p and p_dog."""
    for affix in AFFIXES:
        without = name.removesuffix(f"_{affix}").removeprefix(f"{affix}_")
        if without and without != name:
            return without
    return name


def class_names(table: Table, choice: Choice) -> tuple[str, ...]:
    """The names of the classes; of columns without names, "class 0" and so on, counted as the labels are."""
    labels, predictions = pairs(table, choice)
    if not table.named:
        return _given_names(table, choice, len(predictions))
    columns = labels if len(labels) > 1 else predictions
    names = [table.header[column] for column in columns]
    marked = all(bare(name) != name for name in names)
    classes = tuple(bare(name) if marked else name for name in names)
    _check_distinct(classes, names)
    return classes


def _given_names(table: Table, choice: Choice, count: int) -> tuple[str, ...]:
    if table.classes is not None and len(table.classes) == count:
        _check_distinct(table.classes, table.classes)
        return table.classes
    if count == 1:
        return (table.classes[1] if table.classes is not None and len(table.classes) == 2 else "positive",)
    first = 1 if choice.labels is Labels.FROM_1 else 0
    return tuple(f"class {n}" for n in range(first, first + count))


def _check_distinct(classes: Sequence[str], names: Sequence[str]) -> None:
    for index, name in enumerate(classes):
        if not name:
            raise PredictionsError("line 1", "a column of predictions has no name")
        if name not in classes[:index]:
            continue
        first, second = shortened(names[classes.index(name)]), shortened(names[index])
        if first == second:
            raise PredictionsError("line 1", f"the column “{first}” appears twice")
        raise PredictionsError(
            "line 1", f"the columns “{first}” and “{second}” are both of “{shortened(name)}”"
        )


def label_names(table: Table, choice: Choice) -> dict[str, int]:
    """What a label by name may be, and the class that it names: as in the header, or without its marks."""
    _, predictions = pairs(table, choice)
    classes = {name: k for k, name in enumerate(class_names(table, choice))}
    if not table.named:
        return classes
    return {table.header[column]: k for k, column in enumerate(predictions)} | classes


def whole(values: Vectors) -> bool:
    """Whether these are whole numbers from 0."""
    return bool(((values >= 0) & (values == np.floor(values))).all())
