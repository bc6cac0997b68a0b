"""Where the parts of a page stand, and how they share its height."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ceviz.drawing.theme import Theme
from ceviz.gui.lens_rail import WIDTH as RAIL

_ROWS, _FEWEST_ROWS = 5, 3
"""Rows of the batch in sight: usually, and at least before its table goes altogether."""
_MIDDLE_HEIGHTS = {False: (504, 440), True: (420, 372)}
"""Height in px of the three panels, standard and compact: above the first the batch takes half of the rest,
below the second it gives up rows."""

LENS_FROM = 1180
"""The narrowest page, in px, that has room for the lens."""
_NARROWEST_SAMPLE, _NARROWEST_CURVE, _NARROWEST_LENS = 452, 340, 366


def batch_rows(page_height: int, sample_count: int, height_of: Callable[[int], int], theme: Theme) -> int:
    """How many rows of the batch are in sight: more in a high window, fewer and then none in a low one.

    `height_of` gives the height of the batch in px with a number of rows.
    """
    room = page_height - theme.metrics["headline"]
    wanted, least = _MIDDLE_HEIGHTS[theme.compact]
    spare = int(room - height_of(_ROWS) - wanted)
    rows = _ROWS + max(0, min(spare // 2 // int(theme.metrics["batchRow"]), sample_count - _ROWS))
    while rows and room - height_of(rows) < least:
        rows = rows - 1 if rows > _FEWEST_ROWS else 0
    return rows


def rows_within(page_height: int, rows: int, height_of: Callable[[int], int], theme: Theme) -> int:
    """As many of the wanted rows as leave the panels the height that they need."""
    room = page_height - theme.metrics["headline"]
    least = _MIDDLE_HEIGHTS[theme.compact][1]
    while rows and room - height_of(rows) < least:
        rows -= 1
    return rows


def widths_within(page_width: int, sample: int | None, lens: int | None, theme: Theme) -> tuple[int, int]:
    """The widths of sample and lens: those wanted as far as there is room, else those of the design."""
    usual_sample, usual_lens = int(theme.metrics["sample"]), int(theme.metrics["lens"])
    sample = usual_sample if sample is None else max(_NARROWEST_SAMPLE, sample)
    lens = usual_lens if lens is None else max(_NARROWEST_LENS, lens)
    room = page_width - _NARROWEST_CURVE
    # A wide lens gives way first, then a wide sample.
    beside = min(lens, usual_lens) if page_width >= LENS_FROM else RAIL
    sample = max(min(sample, room - beside), min(sample, usual_sample))
    return sample, max(min(lens, room - sample), min(lens, usual_lens))


def lay_out(page: QWidget, headline: QWidget, panels: Sequence[QWidget], batch: QWidget) -> None:
    """Stack headline, panels side by side (the middle one stretches), and batch."""
    middle = QHBoxLayout()
    middle.setSpacing(0)
    for index, panel in enumerate(panels):
        middle.addWidget(panel, int(index == 1))
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(headline)
    layout.addLayout(middle, 1)
    layout.addWidget(batch)
