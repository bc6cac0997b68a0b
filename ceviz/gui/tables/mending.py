"""The one button that mends a row: numbers that sum to something else than 1 are divided by their sum."""

from __future__ import annotations

from ceviz.core import edits
from ceviz.core.checks import Issue
from ceviz.explain.shown import Shown
from ceviz.gui.tables.changes import shown_models
from ceviz.gui.tables.grid_model import Change


def fixable_issues(shown: Shown, sample: int) -> tuple[Issue, ...]:
    """What can be mended in a row; of two models that are compared in both their rows."""
    issues = [issue for model in shown_models(shown) for issue in shown.evaluation.issues_of(sample, model)]
    # Two models share the issues of their target.
    return tuple(issue for issue in dict.fromkeys(issues) if issue.fixable)


def normalised(shown: Shown, sample: int) -> Change:
    """The row with everything mended that can be."""
    state = shown.state
    for issue in fixable_issues(shown, sample):
        if issue.model is None:
            state = edits.normalise_target(state, sample)
        else:
            state = edits.normalise_prediction(state, issue.model, sample)
    return Change(state, f"Normalise sample {sample + 1}")
