"""Which columns the batch table has, and how wide each is in a window of a given width."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ceviz.core.document import Task

BatchKind = Literal["number", "name", "target", "p", "true", "top", "bar", "loss", "loss_bar", "saved"]

MOST_CLASSES = 8
"""With more classes than this, a row shows p of the true class and the top prediction instead of every p."""
_NUMBER_WIDTH = 50
"""Holds a number of two digits."""
BAR_GAP = 28
AXIS_RIGHT = 38
"""From the end of the loss axis to the edge of the window."""
_DIGIT = 10
_SHORTEST_BAR = 120
_SHORTEST_AXIS = 240
_LONGEST_BAR = 420
_WINDOW = 1440
"""The width that the bars of `_Look` are for; they take this share of what a wider window adds."""
_BAR_SHARE = 0.676


class BatchColumn(NamedTuple):
    kind: BatchKind
    class_index: int = -1
    side: int = 0
    """Of two models that are compared: 0 for A, 1 for B."""


@dataclass(frozen=True, slots=True)
class _Look:
    """Widths of a task: name, target, each p, bar (window of 1440), loss, and from the loss to the axis."""

    name: int
    target: int
    p: float
    bar: int
    loss: int
    axis_gap: int


_LOOKS = {
    Task.MULTICLASS: _Look(name=158, target=0, p=74, bar=270, loss=86, axis_gap=24),
    Task.SOFT: _Look(name=186, target=254, p=74, bar=226, loss=86, axis_gap=28),
    Task.BINARY: _Look(name=158, target=70, p=84, bar=330, loss=96, axis_gap=28),
    Task.MULTILABEL: _Look(name=202, target=0, p=86.2, bar=0, loss=88, axis_gap=32),
}
CHIP_REACH = 8
"""How far the chip of a label that is on reaches to the right of its number."""
_TRUE_WIDTH, _TOP_WIDTH = 92, 176


def number_width(sample_count: int) -> int:
    """The width in px of a column that holds the number of every sample."""
    return _NUMBER_WIDTH + _DIGIT * max(0, len(str(sample_count)) - 2)


@cache
def batch_columns(task: Task, class_count: int) -> tuple[BatchColumn, ...]:
    """All columns that a task may show; a narrow window leaves some out."""
    names = [BatchColumn("number"), BatchColumn("name")]
    if task in (Task.SOFT, Task.BINARY):
        names.append(BatchColumn("target"))
    if task is not Task.SOFT and class_count <= MOST_CLASSES:
        names += [BatchColumn("p", k) for k in range(class_count)]
    if task in (Task.MULTICLASS, Task.MULTILABEL):
        names += [BatchColumn("true"), BatchColumn("top")]
    bars = [BatchColumn("bar")] if task is not Task.MULTILABEL else []
    return (*names, *bars, BatchColumn("loss"), BatchColumn("loss_bar"))


@dataclass(frozen=True, slots=True)
class BatchWidths:
    """Widths by column, 0 for one left out; the loss axis runs from `axis_left` to `axis_right`."""

    widths: tuple[int, ...]
    axis_left: int
    axis_right: int


@lru_cache(maxsize=16)
def batch_widths(
    task: Task, class_count: int, sample_count: int, columns: tuple[BatchColumn, ...], width: int
) -> BatchWidths:
    """The columns in a window `width` wide: the classes give way to a summary before bars get too short."""
    look = _LOOKS[task]
    number = number_width(sample_count)
    summary = _in_summary(look, task, class_count, columns, width - number)
    bar = _bar(look, task, number + _fixed(look, task, class_count, summary), width)
    widths = [number, *(_width(look, column, summary, bar) for column in columns[1:])]
    loss_right = sum(widths)
    widths[-1] = max(1, width - loss_right)
    return BatchWidths(
        tuple(widths), loss_right + look.axis_gap, max(loss_right + look.axis_gap + 1, width - AXIS_RIGHT)
    )


def _in_summary(
    look: _Look, task: Task, class_count: int, columns: tuple[BatchColumn, ...], width: int
) -> bool:
    if not any(column.kind == "true" for column in columns):
        return False
    if class_count > MOST_CLASSES:
        return True
    bars = BAR_GAP + _SHORTEST_BAR if look.bar else 0
    return _fixed(look, task, class_count, False) + bars + _SHORTEST_AXIS > width


def _fixed(look: _Look, task: Task, class_count: int, summary: bool) -> float:
    """What all but the number, the bars and the axis takes."""
    p = 0.0 if task is Task.SOFT else look.p * class_count
    middle = _TRUE_WIDTH + _TOP_WIDTH if summary else p
    return look.name + middle + look.loss + look.axis_gap + AXIS_RIGHT


def _bar(look: _Look, task: Task, fixed: float, width: int) -> float:
    """How long a stacked bar is; a soft task has two."""
    bars = 2 if task is Task.SOFT else 1
    wanted = look.bar + _BAR_SHARE * (width - _WINDOW) / bars
    room = (width - fixed - _SHORTEST_AXIS) / bars - BAR_GAP
    return max(60.0, min(_LONGEST_BAR, max(_SHORTEST_BAR, wanted), room))


def _width(look: _Look, column: BatchColumn, summary: bool, bar: float) -> int:
    kind = column.kind
    if kind == "p":
        # Rounded such that the right edges, not the widths, stay in step.
        left = round(look.p * column.class_index)
        return 0 if summary else round(look.p * (column.class_index + 1)) - left
    if kind in ("true", "top"):
        return (_TRUE_WIDTH if kind == "true" else _TOP_WIDTH) if summary else 0
    if kind == "target":
        return round(bar) + BAR_GAP if look.target > 100 else look.target
    if kind == "bar":
        return round(bar) + BAR_GAP
    return {"name": look.name, "loss": look.loss}.get(kind, 0)
