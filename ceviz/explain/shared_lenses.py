"""The second view of two models: which lenses they can share, and their values."""

from __future__ import annotations

from ceviz.core.corners import corners_of
from ceviz.core.document import Task
from ceviz.explain.charts import Axis
from ceviz.explain.compare_gradient import CompareGradient, compare_gradient
from ceviz.explain.compare_lenses import CompareSimplex, CompareStack, compare_simplex, compare_stack
from ceviz.explain.frameworks import FrameworksChart, frameworks_chart, is_frameworks
from ceviz.explain.lenses import lenses
from ceviz.explain.shown import Shown

CompareLens = CompareSimplex | CompareStack | CompareGradient | FrameworksChart

_SHARED = {"terms", "floor", "labels", "gradient"}
"""The lenses that two models can share, besides the simplex."""


def shared_lenses(task: Task, class_count: int, wanted: str | None = None) -> tuple[tuple[str, str], ...]:
    """Those of the lenses that two models can share."""
    return tuple(
        (key, title)
        for key, title in lenses(task, class_count, wanted)
        if key in _SHARED or is_frameworks(key) or corners_of(key, class_count)
    )


def compared_lens_value(
    shown: Shown, lens: str, axis: Axis | None = None, top: float | None = None
) -> CompareLens:
    """What a lens shows of two models. `axis` and `top` keep earlier ranges, as while a drag lasts."""
    if corners := corners_of(lens, shown.state.class_count):
        return compare_simplex(shown, corners)
    if is_frameworks(lens):
        return frameworks_chart(shown, lens)
    return compare_gradient(shown, top) if lens == "gradient" else compare_stack(shown, axis)
