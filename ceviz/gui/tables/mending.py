"""The one button that mends a row: numbers that sum to something else than 1 are divided by their sum."""

from __future__ import annotations

from collections.abc import Iterable

from ceviz.core import edits
from ceviz.core.checks import Issue
from ceviz.core.document import TaskState
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
    return Change(mended(shown.state, fixable_issues(shown, sample)), f"Normalise sample {sample + 1}")


def mended(state: TaskState, issues: Iterable[Issue]) -> TaskState:
    """The state without these issues, each of which a button can mend."""
    for issue in issues:
        if issue.model is None:
            state = edits.normalise_target(state, issue.sample)
        else:
            state = edits.normalise_prediction(state, issue.model, issue.sample)
    return state
