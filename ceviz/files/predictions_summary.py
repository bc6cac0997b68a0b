"""What a table of predictions turned out to hold, in the sentence that is shown when it is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ceviz.core.document import Task, TaskState
from ceviz.core.evaluation import evaluate

_TASKS = {
    Task.MULTICLASS: "Multi-class",
    Task.SOFT: "Soft-target",
    Task.BINARY: "Binary",
    Task.MULTILABEL: "Multi-label",
}
_FAULTS = {
    "sum": ("does not sum to 1", "do not sum to 1"),
    "range": ("has a number below 0 or above 1", "have a number below 0 or above 1"),
    "undefined": ("has no softmax", "have no softmax"),
}


def predictions_summary(state: TaskState, task: Task, remark: str) -> str:
    """How a table was understood, and what is unusual in it. `remark`: how its labels were read."""
    parts = [
        _counted(state.sample_count, "sample"),
        _classes(state, task),
        str(state.models[0].input),
        remark,
    ]
    understood = f"{_TASKS[task]} predictions: {', '.join(part for part in parts if part)}"
    unusual = ", ".join(_unusual(state, task))
    return f"{understood}. {unusual}" if unusual else understood


def _counted(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count:,} {noun}s"


def _classes(state: TaskState, task: Task) -> str:
    if task is Task.BINARY:
        return f"positive class {state.classes[0]}"
    if task is Task.MULTILABEL:
        return _counted(state.class_count, "label")
    return "1 class" if state.class_count == 1 else f"{state.class_count:,} classes"


def _unusual(state: TaskState, task: Task) -> Iterator[str]:
    evaluation = evaluate(state, task)
    if infinite := evaluation.models[0].infinite:
        yield f"{_counted(infinite, 'sample')} {'has' if infinite == 1 else 'have'} infinite loss"
    rows = Counter(issue.code for issue in evaluation.issues)
    for code, (singular, plural) in _FAULTS.items():
        if rows[code]:
            yield f"{_counted(rows[code], 'row')} {singular if rows[code] == 1 else plural}"
