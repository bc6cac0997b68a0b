"""Charts as data: what is drawn, where, in whose colour; the screen and paper draw the same values.

All coordinates are data coordinates (p on x, loss in the shown unit on y) and finite: what is infinite or
beyond the axis is marked as lying in the ceiling strip.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ceviz.core.document import Vectors
from ceviz.explain.formulas import Formula


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A loss to compare with, as a dashed line across the axis; `short` for where `text` has no room."""

    value: float
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A range with its ticks: (position, text)."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    label: str
    mark: AxisMark | None = None

    @property
    def mark_text(self) -> str:
        """What the mark says; empty without one."""
        return self.mark.text if self.mark else ""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A line. `class_index` None draws in the loss colour, `dashed` is the square-error overlay.

    The note stands under the label, for a dashed curve behind it.
    """

    xs: Vectors
    ys: Vectors
    class_index: int | None
    label: Formula
    note: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class LivePoint:
    """A point that can be dragged along its curve.

    `y` is None where the loss lies above the axis: the point sits in the ceiling strip and `y_text` says how
    much, "∞" or the value. `x_text` and `y_text` are what the pills say, `label` stands beside the point.
    """

    class_index: int
    x: float
    y: float | None
    x_text: str
    y_text: str
    label: str


class Mark(NamedTuple):
    """Another sample on the curve; `y` is None in the ceiling strip, where `value_text` stands beside it.

    One that would reach into the strip lies in it.
    A tuple: hundreds are made and compared in a frame.
    """

    class_index: int
    x: float
    y: float | None
    sample: int
    label: str
    value_text: str


@dataclass(frozen=True, slots=True)
class Ghost:
    """A hollow point with a remark: the square error, the other target, the best possible prediction."""

    class_index: int | None
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where a point was before a step along the gradient; `y` is None in the ceiling strip."""

    class_index: int
    x: float
    y: float | None
    strength: float
    """1 for the last step, less for those before."""


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Curves of the loss against p, with the points that lie on them."""

    title: str
    x_axis: Axis
    y_axis: Axis
    curves: tuple[Curve, ...]
    live: tuple[LivePoint, ...]
    marks: tuple[Mark, ...]
    ghosts: tuple[Ghost, ...]
    pills: bool
    """Whether the live point's drop lines end in pills on both axes, as where there is one live point."""
    legend: tuple[tuple[int, str, Formula], ...] = ()
    """(class index, name, formula) rows at the top right."""
    name: str = ""
    """For a small chart of a grid: the label's name, with `value_text` at the right."""
    value_text: str = ""
    class_index: int | None = None
    """The label of a small chart: there is no live point where the sample's row is invalid."""
    footprints: tuple[Footprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked column, from `low` to `high` in the shown unit; both finite."""

    low: float
    high: float
    label: str
    value_text: str
    class_index: int | None
    style: str
    """`class` (in the class's colour), `floor` (hatched), `excess` (solid loss colour), `others` (slate)."""
    infinite: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One stack of segments, with its name below."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class StackChart:
    """Stacked columns on one loss axis, with the total as a dotted line."""

    y_axis: Axis
    columns: tuple[Column, ...]
    total: float | None
    """None where the total is infinite or undefined."""
    total_text: str
    reading: str
    """One or two sentences at the foot."""
