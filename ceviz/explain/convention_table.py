"""The number of each framework and call beside the definition's, for the batch and for every sample."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ceviz.core.calls import CALLS, Call, meant_call
from ceviz.core.document import Convention, InputKind, LossOptions, Task, TaskState
from ceviz.core.evaluation import Evaluation, evaluate
from ceviz.explain.convention_reasons import Compared, reason

CONVENTION_NAMES = {
    Convention.EXACT: "Exact",
    Convention.PYTORCH: "PyTorch",
    Convention.KERAS: "Keras",
    Convention.SKLEARN: "scikit-learn",
    Convention.OPTAX: "optax",
}


@dataclass(frozen=True, slots=True)
class ConventionRow:
    """A call's number for the batch (`sample` None) or for a sample, beside the definition's; in the unit.

    `call` is the name in documents, None for the definition; `title` is how a program writes it. NaN where
    there is no number. `reason` is a sentence where `differs`, and "" where not; also why it is `refused`.
    """

    sample: int | None
    convention: Convention
    call: str | None
    title: str
    value: float
    exact: float
    difference: float
    differs: bool
    reason: str
    refused: bool = False


def shown_calls(options: LossOptions, task: Task, kind: InputKind) -> tuple[Call, ...]:
    """Every call that fits; a focal loss only where gamma or alpha are set, or where it is chosen."""
    focal = options.focal_gamma is not None or options.focal_alpha is not None
    chosen = meant_call(options, task, kind)
    return tuple(
        call
        for call in CALLS
        if call.fits(task, kind) and (focal or call == chosen or "focal_gamma" not in call.options)
    )


def call_title(call: Call, kind: InputKind, task: Task) -> str:
    """How a program writes the call, with what stands between the inputs and it.

    >>> from ceviz.core.calls import calls_of
    >>> call_title(calls_of(Convention.KERAS)[0], InputKind.LOGITS, Task.SOFT)
    'keras.losses.CategoricalCrossentropy(from_logits=True)'
    """
    logits = kind is InputKind.LOGITS
    if call.convention is Convention.KERAS and call.name != "KLDivergence":
        return f"{call.title}(from_logits={logits})"
    if not logits or InputKind.PROBABILITIES not in call.inputs:
        return call.title
    activation = "softmax" if task.competing else "sigmoid"
    if call.title.endswith(" of ln p"):
        return f"{call.title.removesuffix(' of ln p')} of log_softmax(z)"
    return f"{call.title} of {activation}(z)"


class ConventionTable:
    """All calls that fit one model, computed once; rows of the batch and of samples on demand."""

    def __init__(self, state: TaskState, task: Task, model: int) -> None:
        self._kind = state.models[model].input
        self._task = task
        self._state = replace(state, models=(state.models[model],))
        self._exacts: dict[LossOptions, Evaluation] = {}
        calls = shown_calls(state.options, task, self._kind)
        self._compared = [(call, self._by(call.convention, call.name)) for call in calls]
        self._exact = self._by(Convention.EXACT, None).exact

    def rows(self, sample: int | None = None) -> tuple[ConventionRow, ...]:
        """One row per call, after the definition's own: of a sample, or of the batch."""
        return (self._definition(sample), *(self._row(*pair, sample) for pair in self._compared))

    def _by(self, convention: Convention, call: str | None) -> Compared:
        options = replace(self._state.options, convention=convention, call=call)
        state = replace(self._state, options=options)
        evaluation = evaluate(state, self._task)
        plain = state if evaluation.exact_state is None else evaluation.exact_state
        # Most calls have the same definition beside them.
        if plain.options not in self._exacts:
            self._exacts[plain.options] = evaluate(plain, self._task)
        return Compared(self._state, self._task, evaluation, self._exacts[plain.options])

    def _definition(self, sample: int | None) -> ConventionRow:
        value, _ = Compared(self._state, self._task, self._exact, self._exact).numbers(sample)
        return ConventionRow(sample, Convention.EXACT, None, "by definition", value, value, 0.0, False, "")

    def _row(self, call: Call, compared: Compared, sample: int | None) -> ConventionRow:
        value, exact = compared.numbers(sample)
        why = reason(compared, sample)
        return ConventionRow(
            sample=sample,
            convention=call.convention,
            call=call.name,
            title=call_title(call, self._kind, self._task),
            value=value,
            exact=exact,
            difference=0.0 if value == exact else value - exact,
            differs=bool(why),
            reason=why,
            refused=compared.result.refusal is not None,
        )
