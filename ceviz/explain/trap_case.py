"""A usual mistake as it is shown, and the sample it is made on, by the bare definition."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ceviz.core.document import Convention, InputKind, LossOptions, Model, Task, TaskState, Unit, Vectors
from ceviz.core.evaluation import evaluate
from ceviz.explain.shown import Shown


@dataclass(frozen=True, slots=True)
class TrapBar:
    """A class's probability without the mistake and with it."""

    class_index: int
    name: str
    before: float
    after: float
    before_text: str
    after_text: str


@dataclass(frozen=True, slots=True)
class Trap:
    """A mistake: what the sample costs with it, by how much that is off, and one sentence about it.

    `lines` are what stands below it once it is `opened`, as (what, number); the bars stand below them.
    """

    key: str
    title: str
    number: str
    difference: str
    sentence: str
    lines: tuple[tuple[str, str], ...]
    bars: tuple[TrapBar, ...] = ()
    opened: bool = False

    @property
    def spoken(self) -> str:
        """The trap in words."""
        off = f" ({self.difference})" if self.difference else ""
        more = [*(f"{what} {number}" for what, number in self.lines)] if self.opened else []
        more += [f"{bar.name} {bar.before_text}, then {bar.after_text}" for bar in self.bars if self.opened]
        return " ".join([f"{self.title}: {self.number}{off}. {self.sentence}", "; ".join(more)]).rstrip()


def plain_options(shown: Shown) -> LossOptions:
    """The bare definition, in the document's unit."""
    options = shown.state.options
    return LossOptions(options.unit, options.reduction, options.temperature)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """The shown sample alone, by the bare definition, and what it costs."""

    shown: Shown
    state: TaskState
    probabilities: Vectors
    now: float

    @property
    def unit(self) -> Unit:
        return self.state.options.unit

    @property
    def target(self) -> Vectors:
        """(K,)."""
        target: Vectors = self.state.targets[0]
        return target

    @property
    def count(self) -> int:
        """K."""
        return self.state.class_count

    def cost(
        self, kind: InputKind, rows: Vectors, task: Task | None = None, convention: Convention | None = None
    ) -> float:
        """What other predictions, (K,), cost."""
        options = LossOptions(self.unit, convention=convention or Convention.EXACT)
        state = replace(self.state, models=(Model("", kind, rows[None]),), options=options)
        return float(evaluate(state, task or self.shown.task).models[0].losses[0])


def case_of(shown: Shown) -> Case:
    """The shown sample, which has a loss."""
    rows = slice(shown.sample, shown.sample + 1)
    model = shown.shown_model
    state = replace(
        shown.state,
        samples=shown.state.samples[rows],
        targets=shown.state.targets[rows],
        models=(replace(model, predictions=model.predictions[rows]),),
        options=plain_options(shown),
    )
    result = evaluate(state, shown.task).models[0]
    return Case(shown, state, result.probabilities[0], float(result.losses[0]))
