"""An import that is being decided: what a person has settled so far, and what would come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ceviz.core.document import Task, TaskState
from ceviz.files.predictions_summary import predictions_summary
from ceviz.files.tables.choice import Labels
from ceviz.files.tables.matching import add_model_of
from ceviz.files.tables.proposal import Proposal, propose
from ceviz.files.tables.reading import read_task
from ceviz.files.tables.table import PredictionsError, Role, Table


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person has settled: the rest is proposed anew from it."""

    name: str
    """Of the model."""
    add: bool = False
    """Whether it becomes one more model of the task that is there, instead of a new document."""
    roles: tuple[Role, ...] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    def answered(self, key: str, value: str) -> Draft:
        return replace(self, answers={**self.answers, key: value})

    def with_role(self, table: Table, present: tuple[Role, ...], column: int, role: Role) -> Draft:
        """A column, and all from the same array, in another role; names stand in one column only."""
        group = table.groups[column]
        roles = tuple(
            role if table.groups[other] == group else Role.IGNORED if role is given is Role.NAME else given
            for other, given in enumerate(present)
        )
        return replace(self, roles=roles)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would be imported, or the one reason why that is not possible yet."""

    proposal: Proposal
    task: Task
    state: TaskState | None
    summary: str
    problem: PredictionsError | None
    """What is wrong, or the question that is still open."""
    asked: bool = False
    """Whether it is a question."""


def outcome_of(table: Table, draft: Draft, there: tuple[TaskState, Task]) -> Outcome:
    """What a table becomes under a draft; `there` is the task that another model would be added to."""
    proposal = propose(table, draft.roles, draft.answers, there[1] if draft.add else None)
    task = proposal.choice.task
    if proposal.problem and draft.roles is None:
        return Outcome(proposal, task, None, "", PredictionsError("", proposal.problem))
    if asked := next((q for q in proposal.questions if q.key not in draft.answers), None):
        return Outcome(proposal, task, None, "", PredictionsError("", asked.sentence), asked=True)
    try:
        if not draft.name.strip():
            raise PredictionsError("", "the model needs a name")
        state, summary = _made(table, proposal, draft, there[0])
    except PredictionsError as problem:
        return Outcome(proposal, task, None, "", problem)
    return Outcome(proposal, task, state, " ".join([summary, *table.notes]), None)


def _made(table: Table, proposal: Proposal, draft: Draft, there: TaskState) -> tuple[TaskState, str]:
    name = draft.name.strip()
    if draft.add:
        matched = add_model_of(there, proposal.choice.task, table, proposal.choice, name)
        return matched.state, " ".join(matched.remarks)
    state = read_task(table, proposal.choice, name)
    return state, f"{predictions_summary(state, proposal.choice.task, counting_remark(proposal))}."


def counting_remark(proposal: Proposal) -> str:
    """Where the labels were counted from, if that was a question."""
    if not any(question.key == "labels" for question in proposal.questions):
        return ""
    return f"labels counted from {1 if proposal.choice.labels is Labels.FROM_1 else 0}"
