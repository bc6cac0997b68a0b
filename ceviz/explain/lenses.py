"""The second view of a loss: which ones a task has, and their values."""

from __future__ import annotations

from ceviz.core.corners import corners_of, simplex_lens
from ceviz.core.document import Task
from ceviz.explain import traps
from ceviz.explain.charts import StackChart
from ceviz.explain.frameworks import SAMPLE_KEY, FrameworksChart, frameworks_chart, is_frameworks
from ceviz.explain.gradient_chart import GradientChart, gradient_chart
from ceviz.explain.shown import Shown
from ceviz.explain.simplex_chart import SimplexChart, simplex_chart
from ceviz.explain.stack_charts import stack_chart
from ceviz.explain.three_formulas import ThreeFormulas, three_formulas
from ceviz.explain.traps import TrapsChart

LensValue = StackChart | SimplexChart | GradientChart | ThreeFormulas | FrameworksChart | TrapsChart

_TITLES = {
    "simplex": "Simplex",
    "terms": "Terms",
    "floor": "Floor + excess",
    "formulas": "Three formulas",
    "labels": "Sum of labels",
    "gradient": "Gradient",
    SAMPLE_KEY: "Frameworks",
    traps.KEY: "Traps",
}
_LENSES = {
    Task.MULTICLASS: ("simplex", "terms", "gradient", SAMPLE_KEY, traps.KEY),
    Task.SOFT: ("floor", "simplex", "gradient", SAMPLE_KEY, traps.KEY),
    Task.BINARY: ("formulas", "terms", "gradient", SAMPLE_KEY, traps.KEY),
    Task.MULTILABEL: ("labels", "gradient", SAMPLE_KEY, traps.KEY),
}


def lenses(task: Task, class_count: int, wanted: str | None = None) -> tuple[tuple[str, str], ...]:
    """Key and title of the lenses of a task, the default first.

    The simplex is a triangle: of more than three classes it is there where `wanted` says which three.
    """
    titles = [
        (wanted if wanted and _is_kind(wanted, key) else key, _TITLES[key])
        for key in _LENSES[task]
        if key != "simplex" or class_count == 3
    ]
    corners = corners_of(wanted, class_count)
    if corners and class_count > 3 and "simplex" in _LENSES[task]:
        titles.append((simplex_lens(corners, class_count), _TITLES["simplex"]))
    return tuple(titles)


def _is_kind(wanted: str, key: str) -> bool:
    """Whether the wanted lens is one of this key, with more said about it."""
    return (key == SAMPLE_KEY and is_frameworks(wanted)) or (key == traps.KEY and traps.is_traps(wanted))


def chosen_lens(wanted: str | None, task: Task, class_count: int) -> str:
    """The wanted lens, or the default where there is no such lens now."""
    keys = [key for key, _ in lenses(task, class_count, wanted)]
    corners = corners_of(wanted, class_count)
    wanted = simplex_lens(corners, class_count) if corners else wanted
    return wanted if wanted in keys else keys[0]


def lens_value(shown: Shown, lens: str, held: LensValue | None = None) -> LensValue:
    """What a lens shows. `held` is its value when a drag began: its axis stays while the drag lasts."""
    if corners := corners_of(lens, shown.state.class_count):
        return simplex_chart(shown, corners)
    if is_frameworks(lens):
        return frameworks_chart(shown, lens)
    if traps.is_traps(lens):
        return traps.traps_chart(shown, lens)
    if lens == "formulas":
        return three_formulas(shown)
    if lens == "gradient":
        return gradient_chart(shown, held.top if isinstance(held, GradientChart) else None)
    return stack_chart(shown, held.y_axis if isinstance(held, StackChart) else None)
