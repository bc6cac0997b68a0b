"""The number of every framework beside the definition's, for the shown sample or the batch, ready to read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from weakref import WeakKeyDictionary

from ceviz.core.calls import meant_call
from ceviz.core.document import Convention, Reduction, TaskState
from ceviz.core.evaluation import Evaluation
from ceviz.explain import numbers
from ceviz.explain.compare import LETTERS
from ceviz.explain.convention_table import CONVENTION_NAMES, ConventionRow, ConventionTable
from ceviz.explain.shown import Shown

SAMPLE_KEY, BATCH_KEY = "frameworks", "frameworks:batch"
"""The lens, of the shown sample and of the batch."""
_REFUSED = "refused"
_NO_LOSS = "no loss"
_MANY = 50_000
"""Of more numbers than this a sample is computed alone, and the batch not while a drag lasts."""


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """One call. `framework` is "" below a call of the same one; there is a number of each model.

    `call` is None for the definition. A difference is "" where there is none. `chosen`: it computes the loss.
    """

    convention: Convention
    call: str | None
    framework: str
    title: str
    numbers: tuple[str, ...]
    differences: tuple[str, ...]
    differing: tuple[bool, ...]
    reason: str
    chosen: bool

    @property
    def differs(self) -> bool:
        """Whether a number is not the definition's."""
        return any(self.differing)

    @property
    def spoken(self) -> str:
        """The row in words."""
        numbers_and_differences = (
            f"{number} ({difference})" if difference else number
            for number, difference in zip(self.numbers, self.differences, strict=True)
        )
        name = f"{CONVENTION_NAMES[self.convention]}, {self.title}"
        chosen = ", chosen" if self.chosen else ""
        return f"{name}: {', '.join(numbers_and_differences)}{chosen}. {self.reason}".rstrip()


@dataclass(frozen=True, slots=True)
class FrameworksChart:
    """The definition's row and then one per call. `heads` stand over the numbers, one for each model."""

    batch: bool
    heads: tuple[str, ...]
    rows: tuple[FrameworkRow, ...]
    reading: str


def is_frameworks(lens: str | None) -> bool:
    """Whether a lens is this one, of the sample or of the batch."""
    return lens in (SAMPLE_KEY, BATCH_KEY)


def frameworks_chart(shown: Shown, lens: str) -> FrameworksChart:
    """All calls that fit the shown model, or one of the two compared ones."""
    batch, models = lens == BATCH_KEY, (shown.model, shown.other) if shown.compare else (shown.model,)
    heads = LETTERS if shown.compare else (f"{_what(shown, batch)} ({shown.evaluation.unit})",)
    if batch and shown.dragging and _is_large(shown.state):
        return FrameworksChart(batch, tuple(heads), (), "So many numbers are computed when the drag ends.")
    place = None if batch else _place(shown)
    rows = _merged(shown, [_table(shown, model, batch).rows(place) for model in models])
    return FrameworksChart(batch, tuple(heads), tuple(rows), _reading(rows))


def _what(shown: Shown, batch: bool) -> str:
    if not batch:
        return "loss"
    return "sum" if shown.state.options.reduction is Reduction.SUM else "mean"


# The tables: as long as the evaluation of the same state lives, and no longer

_TABLES: WeakKeyDictionary[Evaluation, dict[tuple[int, int | None], ConventionTable]] = WeakKeyDictionary()


def _is_large(state: TaskState) -> bool:
    return state.targets.size > _MANY


def _place(shown: Shown) -> int:
    return 0 if _is_large(shown.state) else shown.sample


def _table(shown: Shown, model: int, batch: bool) -> ConventionTable:
    tables = _TABLES.setdefault(shown.evaluation, {})
    alone = None if batch or not _is_large(shown.state) else shown.sample
    if (model, alone) not in tables:
        state = shown.state if alone is None else _only(shown.state, alone)
        tables[model, alone] = ConventionTable(state, shown.task, model)
    return tables[model, alone]


def _only(state: TaskState, sample: int) -> TaskState:
    rows = slice(sample, sample + 1)
    models = tuple(replace(model, predictions=model.predictions[rows]) for model in state.models)
    return replace(state, samples=state.samples[rows], targets=state.targets[rows], models=models)


# Rows


def _merged(shown: Shown, rows: Sequence[Sequence[ConventionRow]]) -> list[FrameworkRow]:
    """One row per call, also where a call fits but one of the models."""
    by_call = [{(row.convention, row.call): row for row in of_model} for of_model in rows]
    titles = {key: row.title for of_model in by_call for key, row in of_model.items()}
    order = list(Convention)
    keys = sorted(titles, key=lambda key: order.index(key[0]))
    return [
        _row(shown, key, titles[key], [of_model.get(key) for of_model in by_call], first=place == 0)
        for _, of_framework in groupby(keys, key=lambda key: key[0])
        for place, key in enumerate(of_framework)
    ]


def _row(
    shown: Shown,
    key: tuple[Convention, str | None],
    title: str,
    rows: Sequence[ConventionRow | None],
    first: bool,
) -> FrameworkRow:
    convention, call = key
    return FrameworkRow(
        convention=convention,
        call=call,
        framework=CONVENTION_NAMES[convention] if first else "",
        title=title,
        numbers=tuple(_number(row) for row in rows),
        differences=tuple(_difference(row) for row in rows),
        differing=tuple(row is not None and row.differs for row in rows),
        reason=_reason(rows),
        chosen=_is_chosen(shown, convention, call),
    )


def _number(row: ConventionRow | None) -> str:
    if row is None:
        return "–"
    if row.refused:
        return _REFUSED
    if math.isnan(row.value):
        return "NaN" if row.differs else _NO_LOSS
    return numbers.term(row.value)


def _difference(row: ConventionRow | None) -> str:
    if row is None or not row.differs or math.isnan(row.difference):
        return ""
    return numbers.gradient(row.difference)


def _reason(rows: Sequence[ConventionRow | None]) -> str:
    reasons = ["" if row is None else row.reason for row in rows]
    if len(set(reasons)) == 1:
        return reasons[0]
    return " ".join(f"{letter}: {reason}" for letter, reason in zip(LETTERS, reasons, strict=True) if reason)


def _is_chosen(shown: Shown, convention: Convention, call: str | None) -> bool:
    options = shown.state.options
    if options.convention is not convention:
        return False
    meant = meant_call(options, shown.task, shown.shown_model.input)
    return call == (None if meant is None else meant.name)


def _reading(rows: Sequence[FrameworkRow]) -> str:
    calls = [row for row in rows if row.call is not None]
    refusing = sum(_REFUSED in row.numbers for row in calls)
    differing = sum(row.differs for row in calls) - refusing
    count, refuse = len(calls), "refuses" if refusing == 1 else "refuse"
    if refusing == count:
        what = f"All {count} calls refuse."
    elif all(set(row.numbers) == {_NO_LOSS} for row in rows if row.call is None):
        does = "does" if differing == 1 else "do"
        giving = f"all {count}" if differing == count else f"{differing} of {count}"
        what = f"The definition gives no loss here; {giving} calls {does}."
    elif not differing and refusing:
        others = "other gives" if count - refusing == 1 else "others give"
        what = f"{refusing} of {count} calls {refuse}; the {others} the number of the definition."
    elif not differing:
        what = f"All {count} calls give the number of the definition."
    elif differing == count:
        what = f"All {count} calls give another number than the definition."
    else:
        gives = "gives" if differing == 1 else "give"
        rest = f", {refusing} {refuse}" if refusing else ""
        what = f"Of {count} calls {differing} {gives} another number than the definition{rest}."
    return f"{what} A click computes everything so."
