"""What the command palette offers: mends, actions, compared models, lenses, samples, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction

from ceviz.core.checks import Issue
from ceviz.core.document import TaskState
from ceviz.files import resources
from ceviz.gui.actions import ENTRIES, Entry, key_text
from ceviz.gui.command_palette import Command
from ceviz.gui.task_edits import TaskEdits

_MOST_SAMPLES = 1_000
"""A list of 10,000 samples is found faster in the batch table."""


def commands(
    actions: Mapping[str, QAction],
    state: TaskState,
    issues: tuple[Issue, ...],
    examples: Iterable[Path],
    lenses: Sequence[tuple[str, str]],
    model_acts: Sequence[tuple[str, Callable[[], None]]],
    *,
    edits: TaskEdits,
    open_example: Callable[[Path], None],
) -> list[Command]:
    """Fixes first, then actions, what can be done to compared models, lenses, samples and examples."""
    fixes = dict.fromkeys(issue.sample for issue in issues if issue.fixable)
    return [
        *(Command(f"Normalise row {n + 1}", "fix", "", partial(edits.normalise, n)) for n in fixes),
        *_actions(actions),
        *(Command(text, "compare", "", act) for text, act in model_acts),
        *(
            Command(f"Show {text}", "lens", "", partial(edits.choose_lens, key))
            for key, text in lenses
            if key not in actions
        ),
        *(
            Command(f"{n + 1}  {sample.name}", "sample", "", partial(edits.choose_sample, n))
            for n, sample in enumerate(state.samples[:_MOST_SAMPLES])
        ),
        *(
            Command(resources.example_title(path), "example", "", partial(open_example, path))
            for path in examples
        ),
    ]


def _actions(actions: Mapping[str, QAction]) -> list[Command]:
    named = [(_kind(entry), actions[entry.id]) for entry in ENTRIES]
    return [
        Command(action.text(), kind, key_text(action), action.trigger, action.isEnabled())
        for kind, action in named
    ]


def _kind(entry: Entry) -> str:
    return entry.menu.rpartition("/")[2].lower() or "tab"
