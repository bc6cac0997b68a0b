"""Samples as text for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ceviz.explain.shown import Shown
from ceviz.files.vector_text import format_table


def batch_with_heads(shown: Shown, rows: Sequence[int]) -> str:
    """Names, targets, probabilities and losses of samples; of two models where both are shown."""
    state = shown.state
    heads = ["sample", "name", *(f"target {name}" for name in state.classes)]
    columns = [state.targets]
    for m in (shown.model, shown.other) if shown.compare else (shown.model,):
        prefix = f"{state.models[m].name} " if shown.compare else ""
        heads += [f"{prefix}{name}" for name in (*state.classes, "loss")]
        columns += [shown.evaluation.models[m].probabilities, shown.evaluation.models[m].losses[:, None]]
    cells = ([str(n + 1), state.samples[n].name, *np.hstack([c[n] for c in columns])] for n in rows)
    return format_table(heads, cells)
