"""What a table has to paint anew: the samples whose rows look different from before."""

from __future__ import annotations

import numpy as np

from ceviz.explain.shown import Shown


def changed_samples(before: Shown, after: Shown) -> range:
    """From the first to the last sample whose row in the batch changed; their number is the same."""
    old, new = before.state, after.state
    if _common(before) != _common(after):
        return range(new.sample_count)
    if old.targets is new.targets:
        changed = np.zeros(new.sample_count, dtype=bool)
    else:
        changed = (old.targets != new.targets).any(axis=1)
    for model in shown_models(after):
        changed |= (old.models[model].predictions != new.models[model].predictions).any(axis=1)
    if old.samples != new.samples:
        changed |= [a != b for a, b in zip(old.samples, new.samples, strict=True)]
    if (before.sample, before.dragging) != (after.sample, after.dragging):
        # While it is dragged, its numbers are shorter.
        changed[[before.sample, after.sample]] = True
    rows = np.flatnonzero(changed)
    return range(int(rows[0]), int(rows[-1]) + 1) if rows.size else range(0)


def names_stay(before: Shown, after: Shown) -> bool:
    """Whether number and name of every sample look as before."""
    old, new = before.state, after.state
    return (
        old.targets is new.targets
        and old.samples is new.samples
        and (before.sample, _common(before)) == (after.sample, _common(after))
        and all(
            (before.evaluation.models[model].valid == after.evaluation.models[model].valid).all()
            for model in shown_models(after)
        )
    )


def shown_models(shown: Shown) -> tuple[int, ...]:
    """The models that the rows are about: one, or the two that are compared."""
    return (shown.model, shown.other) if shown.compare else (shown.model,)


def _common(shown: Shown) -> tuple[object, ...]:
    """What every row depends on."""
    models = shown_models(shown)
    inputs = [shown.state.models[model].input for model in models]
    return shown.task, shown.state.classes, shown.state.options, models, inputs
