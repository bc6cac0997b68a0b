"""Where the columns of the class table of two models lie, and how its panel shares the height."""

from __future__ import annotations

from ceviz.drawing.painting import number_width, text_width
from ceviz.drawing.theme import Theme
from ceviz.explain import numbers
from ceviz.explain.shown import Shown
from ceviz.gui.tables.compare_model import LINES, sides
from ceviz.gui.tables.sample_columns import INSET, SampleColumns
from ceviz.gui.tables.sample_header import HEIGHT as HEADER
from ceviz.gui.tables.sample_layout import SampleLayout, feet

DISC_AT = 19.0
"""The middle of a line's disc, from the left edge of the prediction."""
_NUMBER_LEFT, _LOGIT_LEFT = 36.0, 31.0
_NAME_LEFT = 37.0
_TARGET = 48
_TERM, _NARROW_TERM = 79, 68
_P = 54
_SHORTEST_TRACK, _SHORTEST_LOGIT_TRACK = 70.0, 48.0
_PICTURE = 86
_NAMES = 34
_ROW, _SMALL_ROW, _SMALLEST_ROW, _TIGHT_ROW = 66, 46, 36, 34
_ROWS_IN_SIGHT = 5
"""To see so many, or all if they are fewer, the line of the names and the height of the rows give way."""


def compare_columns(shown: Shown, names: tuple[str, ...], width: int, theme: Theme) -> SampleColumns:
    """The columns of a table `width` wide: the class names get what they need, the tracks the rest."""
    logits = any(side.in_logits for side in sides(shown))
    number_right = (_LOGIT_LEFT if logits else _NUMBER_LEFT) + max(50.0, _number_width(shown, theme))
    track_left = number_right + (11 if logits else 13)
    tail = (_P, _NARROW_TERM) if logits else (_TERM,)
    shortest = _SHORTEST_LOGIT_TRACK if logits else _SHORTEST_TRACK
    longest = max(text_width(name, theme.font("className")) for name in names)
    room = width - INSET - _TARGET - track_left - shortest - INSET - sum(tail)
    class_width = round(INSET + min(max(_NAME_LEFT + longest + (17 if logits else 24), 90), max(78, room)))
    prediction = width - class_width - _TARGET - sum(tail)
    return SampleColumns((class_width, _TARGET, prediction, *tail), number_right, track_left)


def _number_width(shown: Shown, theme: Theme) -> float:
    """The widest prediction of the shown sample; a logit has room for a sign, whatever it has now."""
    widths = []
    for side in sides(shown):
        row = side.shown_model.predictions[side.sample]
        texts = [
            (numbers.logit if side.in_logits else numbers.probability)(float(p))
            for p in (row.min(), row.max())
        ]
        widths += [number_width(text, theme.font("value")) + (4 if side.in_logits else 0) for text in texts]
    return max(widths)


def compare_layout(
    height: int, classes: int, in_logits: bool, losses: int, takeaway: int, theme: Theme
) -> SampleLayout:
    """The layout of a panel `height` high, with losses `losses` high. The height of a row is that of a line.

    Giving way: the gap above the takeaway, the rows, the picture, the line of the models' names, which then
    stand beside the title, the rows once more, and the height of losses and temperature; what does not
    fit even so is scrolled.
    """
    title = int(theme.metrics["panelTitle"])
    rest = height - title - HEADER - takeaway
    losses, temperature = feet(losses, in_logits, rest, classes * _TIGHT_ROW)
    room = rest - losses - temperature
    block = next((block for block in (_PICTURE, _NAMES) if classes * _SMALL_ROW <= room - block), _NAMES)
    smallest = _SMALL_ROW
    if (room - block) // smallest < min(classes, _ROWS_IN_SIGHT):
        block, smallest = 0, _TIGHT_ROW if classes * _TIGHT_ROW <= room else _SMALLEST_ROW
    line = max(smallest, min(_ROW, (room - block) // classes)) // LINES
    return SampleLayout(
        picture_top=title + 2,
        picture_height=72 if block == _PICTURE else 0,
        table_top=title + block,
        table_height=HEADER + min(LINES * line * classes, max(room - block, LINES * line)),
        row_height=line,
        sum_height=losses,
        temperature_height=temperature,
        takeaway_top=height - takeaway,
    )
