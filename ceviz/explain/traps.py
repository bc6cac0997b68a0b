"""What the shown sample would cost by the usual mistakes, beside what it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ceviz.explain import numbers
from ceviz.explain.parts import is_valid
from ceviz.explain.shown import Shown
from ceviz.explain.trap_case import Trap, case_of, plain_options
from ceviz.explain.trap_kinds import TRAPS

KEY = "traps"
"""The lens; "traps:twice" opens one of them."""


@dataclass(frozen=True, slots=True)
class TrapsChart:
    """The traps that the task has; of a row that has no loss none. `now` is what the sample costs."""

    now: str
    head: str
    rows: tuple[Trap, ...]
    reading: str


def is_traps(lens: str | None) -> bool:
    """Whether a lens is this one, with whatever trap opened."""
    return (lens or "").partition(":")[0] == KEY


def traps_chart(shown: Shown, lens: str) -> TrapsChart:
    """All traps of a task; the one that the lens names is opened, else the first."""
    if not is_valid(shown):
        return TrapsChart("", "", (), "A sample without a loss falls into no trap.")
    case = case_of(shown)
    traps = list(TRAPS[shown.task](case))
    wanted = lens.partition(":")[2]
    opened = wanted if wanted in [trap.key for trap in traps] else traps[0].key
    plain = shown.state.options == plain_options(shown)
    reading = "What the same numbers cost when one step is wrong."
    if not plain:
        reading += " By the bare definition: without the options of the loss."
    return TrapsChart(
        now=f"Sample {shown.sample + 1}: {numbers.loss(case.now)} {case.unit}",
        head="by mistake",
        rows=tuple(replace(trap, opened=trap.key == opened) for trap in traps),
        reading=reading,
    )
