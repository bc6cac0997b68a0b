"""What the command palette offers: mends of the shown batch, actions, samples, examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction

from ceviz.core.checks import Issue
from ceviz.core.document import TaskState
from ceviz.gui.actions import ENTRIES, Entry, key_text
from ceviz.gui.command_palette import Command

_MOST_SAMPLES = 1_000
"""A list of 10,000 samples is found faster in the batch table."""


def commands(
    actions: Mapping[str, QAction],
    state: TaskState,
    issues: tuple[Issue, ...],
    examples: Mapping[str, Path],
    *,
    normalise: Callable[[int], None],
    choose_sample: Callable[[int], None],
    open_example: Callable[[Path], None],
) -> list[Command]:
    """Fixes first, then actions, samples and examples."""
    fixes = dict.fromkeys(issue.sample for issue in issues if issue.fixable)
    return [
        *(Command(f"Normalise row {n + 1}", "fix", "", partial(normalise, n)) for n in fixes),
        *_actions(actions),
        *(
            Command(f"{n + 1}  {sample.name}", "sample", "", partial(choose_sample, n))
            for n, sample in enumerate(state.samples[:_MOST_SAMPLES])
        ),
        *(Command(path.stem, "example", "", partial(open_example, path)) for path in examples.values()),
    ]


def _actions(actions: Mapping[str, QAction]) -> list[Command]:
    result = []
    for entry in ENTRIES:
        action = actions[entry.id]
        if action.isEnabled():
            result.append(Command(action.text(), _kind(entry), key_text(action), action.trigger))
    return result


def _kind(entry: Entry) -> str:
    return entry.menu.rpartition("/")[2].lower() or "tab"
