"""The columns of the batch of two models, and how wide each is in a window of a given width."""

from __future__ import annotations

import math

from ceviz.core.document import Task
from ceviz.gui.tables.batch_columns import BAR_GAP, BatchColumn, BatchWidths, number_width

LOSS_WIDTH = 89
"""Holds the tick at its left and the loss at its right."""
SAVED_RIGHT = 24
"""From the end of what B saves to the edge of the window."""
_AXIS_GAP = 24
_SHORTEST_AXIS = 240
_BAR, _SHORTEST_BAR, _LONGEST_BAR = 212, 100, 400
_LEAST_BAR = 60
_SOFT_BAR = 150
_WINDOW, _NARROW_WINDOW = 1440, 1280
"""Windows whose bars are as long as in the design, and with less room for names and words."""
_BAR_SHARE = 0.5
"""What the bars together take of what a wider window adds: they give way before the losses' axis does."""
_NARROWEST_NAME, _NARROW_NAME, _WIDEST_NAME = 104, 118, 170
_TARGET = 50
_FIRST_GAP = 8
_SAVED, _NARROW_SAVED = 140, 108


def compare_columns(task: Task) -> tuple[BatchColumn, ...]:
    target = (BatchColumn("target"),) if task in (Task.SOFT, Task.BINARY) else ()
    models = (BatchColumn(kind, side=side) for side in (0, 1) for kind in ("bar", "loss"))
    return (
        BatchColumn("number"),
        BatchColumn("name"),
        *target,
        *models,
        BatchColumn("loss_bar"),
        BatchColumn("saved"),
    )


def bar_gap(column: BatchColumn, task: Task) -> int:
    """The gap in front of a stacked bar; less behind names, which end where they like."""
    return _FIRST_GAP if column.kind == "bar" and column.side == 0 and task is not Task.SOFT else BAR_GAP


def compare_widths(
    task: Task, name: float, sample_count: int, columns: tuple[BatchColumn, ...], width: int
) -> BatchWidths:
    """The columns in a window `width` wide: first the bars of the predictions get shorter, then the axis.

    `name`: what the names need to stand in full.
    """
    narrow = width < _NARROW_WINDOW
    fixed = {
        "number": number_width(sample_count),
        "name": math.ceil(max(_NARROWEST_NAME, min(name, _NARROW_NAME if narrow else _WIDEST_NAME))),
        "target": _TARGET,
        "loss": LOSS_WIDTH,
        "saved": _NARROW_SAVED if narrow else _SAVED,
    }
    gaps = [bar_gap(column, task) for column in columns if _is_bar(column, task)]
    rest = width - _AXIS_GAP - sum(gaps)
    rest -= sum(
        fixed[column.kind] for column in columns if not _is_bar(column, task) and column.kind in fixed
    )
    bar = _bar(task, len(gaps), width, rest)
    axis = max(1, rest - bar * len(gaps))
    widths = [
        bar + bar_gap(column, task) if _is_bar(column, task) else fixed.get(column.kind, _AXIS_GAP + axis)
        for column in columns
    ]
    left = sum(widths[:-2]) + _AXIS_GAP
    return BatchWidths(tuple(widths), left, left + axis)


def _is_bar(column: BatchColumn, task: Task) -> bool:
    return column.kind == "bar" or (column.kind == "target" and task is Task.SOFT)


def _bar(task: Task, bars: int, width: int, rest: int) -> int:
    """How long a stacked bar is; `rest` is what the bars and the axis have together."""
    wanted = (_SOFT_BAR if task is Task.SOFT else _BAR) + _BAR_SHARE * (width - _WINDOW) / bars
    room = (rest - _SHORTEST_AXIS) / bars
    return round(max(_LEAST_BAR, min(_LONGEST_BAR, max(_SHORTEST_BAR, wanted), room)))
