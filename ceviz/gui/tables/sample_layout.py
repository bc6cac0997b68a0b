"""How the sample panel shares its height: what gives way first, and what never does."""

from __future__ import annotations

from dataclasses import dataclass

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.sample_header import HEIGHT as HEADER

_SMALLEST_ROW, _TIGHT_ROW = 40, 33
"""Rather than be scrolled, the rows of a few classes come closer together."""
_TEMPERATURE_ROW = 42
_TWO_ROWS = 76 / 60
"""Two rows (a binary task) are higher than three."""


@dataclass(frozen=True, slots=True)
class SampleLayout:
    """Tops and heights of the parts, from the top of the panel. A picture of height 0 is left out."""

    picture_top: int
    picture_height: int
    table_top: int
    table_height: int
    row_height: int
    sum_height: int
    temperature_height: int
    takeaway_top: int


def sample_layout(
    height: int, rows: int, task: Task, in_logits: bool, takeaway: int, theme: Theme
) -> SampleLayout:
    """The layout of a panel `height` high. Giving way: the gap above the takeaway, the rows, the picture.

    Rows that do not fit even so are scrolled; the sum row stays.
    """
    title, sum_row = int(theme.metrics["panelTitle"]), int(theme.metrics["sumRow"])
    temperature = _TEMPERATURE_ROW if in_logits else 0
    picture, block = (64, 67) if task is Task.MULTILABEL else (72, 86)
    room = height - title - HEADER - sum_row - temperature - takeaway
    if (room - block) // rows < _SMALLEST_ROW and rows * _SMALLEST_ROW > room - block:
        picture, block = 0, 0
    wanted = int(theme.metrics["classRow"])
    if rows == 2:
        wanted = round(wanted * _TWO_ROWS)
    share = (room - block) // rows
    row = max(_TIGHT_ROW if share >= _TIGHT_ROW else _SMALLEST_ROW, min(wanted, share))
    table = HEADER + min(row * rows, max(room - block, row))
    return SampleLayout(
        picture_top=title + (0 if task is Task.MULTILABEL else 2),
        picture_height=picture,
        table_top=title + block,
        table_height=table,
        row_height=row,
        sum_height=sum_row,
        temperature_height=temperature,
        takeaway_top=height - takeaway,
    )
