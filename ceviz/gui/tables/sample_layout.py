"""How the sample panel shares its height: what gives way first, and what never does."""

from __future__ import annotations

from dataclasses import dataclass

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.gui.tables.sample_header import HEIGHT as HEADER

_SMALLEST_ROW, _TIGHT_ROW = 40, 33
"""Rather than be scrolled, the rows of a few classes come closer together."""
_TEMPERATURE_ROW, _CLOSE_ROW = 42, 32
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
    """The layout of a panel `height` high.

    Giving way: the gap above the takeaway, the rows, the picture, the height of sums and temperature. Rows
    that do not fit even so are scrolled; the sum row stays.
    """
    title = int(theme.metrics["panelTitle"])
    rest = height - title - HEADER - takeaway
    sum_row, temperature = feet(int(theme.metrics["sumRow"]), in_logits, rest, rows * _TIGHT_ROW)
    picture, block = (64, 67) if task is Task.MULTILABEL else (72, 86)
    room = rest - sum_row - temperature
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


def feet(sums: int, in_logits: bool, height: int, needed: int) -> tuple[int, int]:
    """The heights of the row of the sums, usually `sums`, and of that of the temperature, where there is one.

    They come closer where the rows above them, which need `needed` px of `height`, fit only then.
    """
    wide, close = (sums, _TEMPERATURE_ROW * in_logits), (_CLOSE_ROW, _CLOSE_ROW * in_logits)
    return close if height - sum(wide) < needed <= height - sum(close) else wide
