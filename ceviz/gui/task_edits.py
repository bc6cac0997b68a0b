"""What a person does to one task, as edits of the session: the same for every page that shows it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from ceviz.core import edits
from ceviz.core.checks import Flags
from ceviz.core.corners import simplex_lens, usual_corners
from ceviz.core.document import Convention, InputKind, Task, TaskState, Unit, Vectors
from ceviz.core.evaluation import ModelEvaluation
from ceviz.core.names import as_word
from ceviz.explain.convention_table import CONVENTION_NAMES
from ceviz.gui.tables.mending import mended
from ceviz.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Drag:
    """A drag from press to release: where it started. Itself the key under which its steps merge."""

    state: TaskState
    sample: int


class TaskEdits(QObject):
    """Turns intents into edits. Models and samples count from 0."""

    refused = Signal(str)
    """Why something that was asked for cannot be done."""
    drag_begins = Signal()
    """Told before the drag counts, so that a page can keep what must stay."""
    drag_ended = Signal()
    lens_chosen = Signal()

    def __init__(self, task: Task, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._task, self._session = task, session
        self.drag: Drag | None = None
        self._reached: TaskState | None = None
        """The state that the drag reached last; another one means that somebody else changed the task."""
        self.fine = False
        """Whether the drag goes in fine steps just now."""

    @property
    def state(self) -> TaskState:
        return self._session.state(self._task)

    @property
    def sample(self) -> int:
        """The shown sample."""
        return self._session.document.views[self._task].sample

    # Looking

    def choose_sample(self, sample: int) -> None:
        self._session.show(self._task, sample=sample)

    def step_sample(self, step: int) -> None:
        """Show the next or the previous sample; stay at the ends."""
        self.choose_sample(max(0, min(self.state.sample_count - 1, self.sample + step)))

    @property
    def has_infinite(self) -> bool:
        """Whether the loss of a sample that counts is infinite, for a model that is shown."""
        return any(model.infinite for model in self._shown_models)

    @property
    def has_losses(self) -> bool:
        """Whether a sample that counts has a loss, for a model that is shown."""
        return any(model.finite_count + model.infinite for model in self._shown_models)

    def show_next_infinite(self) -> None:
        """Show the next sample that counts and has an infinite loss; after the last one comes the first."""
        infinite = [model.losses == np.inf for model in self._shown_models]
        samples = np.flatnonzero(np.any(infinite, axis=0) & self._counts)
        if samples.size:
            self.choose_sample(int(samples[np.searchsorted(samples, self.sample, "right") % samples.size]))

    def show_highest_loss(self) -> None:
        """Show the costliest sample that counts, of two models for either; the first of equals."""
        losses = np.fmax.reduce([model.losses for model in self._shown_models])
        losses = np.where(self._counts, losses, np.nan)
        if not np.isnan(losses).all():
            self.choose_sample(int(np.nanargmax(losses)))

    @property
    def _counts(self) -> Flags:
        """(N,) Which samples count."""
        return np.array([sample.weight > 0 and not sample.ignored for sample in self.state.samples])

    @property
    def _shown_models(self) -> tuple[ModelEvaluation, ...]:
        comparing = self._session.document.views[self._task].compare
        return self._session.evaluation(self._task).models[: 2 if comparing else 1]

    def show_overlay(self, on: bool) -> None:
        self._session.show(self._task, overlay=on)

    def show_fresh_loss(self, on: bool) -> None:
        self._session.show(self._task, fresh=on)

    def choose_lens(self, lens: str) -> None:
        self._session.show(self._task, lens=lens)
        self.lens_chosen.emit()

    def show_simplex(self) -> None:
        """Show the simplex of the three classes that matter most on the shown sample."""
        state, sample = self.state, self.sample
        probabilities = self._session.evaluation(self._task).models[0].probabilities[sample]
        corners = usual_corners(state.targets[sample].tolist(), probabilities.tolist())
        self.choose_lens(simplex_lens(corners, state.class_count))

    # Changing

    def edit(self, state: TaskState, text: str, merge_key: Hashable | None = None) -> None:
        """Take over a state that a view made."""
        self._session.edit(self._task, state, text, merge_key)

    def attempt(
        self,
        text: str,
        change: Callable[[TaskState], TaskState],
        sample: int | None = None,
        merge_key: Hashable | None = None,
    ) -> None:
        """Make a change that may be impossible, and then show `sample`; say why where it is."""
        try:
            state = change(self.state)
        except ValueError as reason:
            self.refused.emit(str(reason))
            return
        self._session.edit(self._task, state, text, merge_key, sample)

    def choose_unit(self, unit: str) -> None:
        self.attempt(f"Loss in {unit}", lambda state: edits.set_unit(state, Unit(unit)))

    def choose_convention(self, convention: Convention, call: str | None = None) -> None:
        """Compute the loss as the definition or a framework has it, by its usual call or by another one."""
        name = CONVENTION_NAMES[convention]
        self.attempt(
            f"Compute as {name}, {call}" if call else f"Compute as {name}",
            lambda state: edits.set_convention(state, self._task, convention, call),
        )

    def choose_input(self, kind: str, models: Sequence[int] = (0,)) -> None:
        def converted(state: TaskState) -> TaskState:
            for model in models:
                state = edits.set_input(state, self._task, model, InputKind(kind))
            return state

        self.attempt(f"Predictions as {kind}", converted)

    def compare(self, on: bool) -> None:
        """Compare the first two models; a task with one gets a copy of it to begin with."""
        if on and len(self.state.models) < 2:
            self.attempt("Add model B", lambda state: edits.add_model(state, "B"))
        self._session.show(self._task, compare=on and len(self.state.models) > 1)

    def add_sample(self) -> None:
        new = self.sample + 1
        self.attempt("Add sample", lambda state: edits.add_sample(state, self._task, after=new - 1), new)

    def duplicate_sample(self) -> None:
        new = self.sample + 1
        self.attempt(f"Duplicate sample {new}", lambda state: edits.duplicate_sample(state, new - 1), new)

    def remove_sample(self) -> None:
        sample = self.sample
        self.attempt(
            f"Remove sample {sample + 1}", lambda state: edits.remove_samples(state, self._task, [sample])
        )

    def add_class(self) -> None:
        self.attempt("Add class", lambda state: edits.add_class(state, self._task))

    def normalise(self, sample: int) -> None:
        """Mend the target and the predictions of one sample, whichever do not sum to 1."""
        issues = [
            issue
            for issue in self._session.evaluation(self._task).issues
            if issue.sample == sample and issue.fixable
        ]
        self.attempt(f"Normalise sample {sample + 1}", lambda state: mended(state, issues), sample)

    def normalise_all(self) -> None:
        def all_mended(state: TaskState) -> TaskState:
            for model in range(len(state.models)):
                state = edits.normalise_all(state, model)
            return state

        self.attempt("Normalise all rows", all_mended)

    def set_probability(self, class_index: int, value: float) -> None:
        """A number typed at the curve: the others follow, as when the point is dragged there."""
        sample = self.sample
        self.attempt(
            f"Set {as_word(self.state.classes[class_index])} of sample {sample + 1}",
            lambda state: edits.drag_probability(state, self._task, 0, sample, class_index, value),
        )

    # Dragging: every step starts from the state at the press, so nothing drifts

    def start_drag(self) -> None:
        self.drag_begins.emit()
        self.drag = Drag(self.state, self.sample)
        self._reached = self.state

    def drag_probability(self, model: int, class_index: int, value: float, alone: bool, fine: bool) -> None:
        if drag := self.drag:
            state = edits.drag_probability(
                drag.state, self._task, model, drag.sample, class_index, value, alone=alone
            )
            self._drag_to(state, f"Drag {as_word(self.state.classes[class_index])}", fine)

    def drag_target(self, class_index: int, value: float, alone: bool, fine: bool) -> None:
        if drag := self.drag:
            state = edits.drag_target(drag.state, drag.sample, class_index, value, alone=alone)
            self._drag_to(state, f"Drag target {as_word(self.state.classes[class_index])}", fine)

    def drag_logit(self, model: int, class_index: int, value: float, fine: bool) -> None:
        if drag := self.drag:
            state = edits.set_prediction(drag.state, model, drag.sample, class_index, value)
            self._drag_to(state, f"Drag {as_word(self.state.classes[class_index])}", fine)

    def drag_shares(self, model: int, classes: Sequence[int], shares: Vectors, fine: bool) -> None:
        if drag := self.drag:
            state = edits.drag_shares(drag.state, model, drag.sample, classes, shares)
            self._drag_to(state, "Drag the prediction", fine)

    def drag_target_shares(self, classes: Sequence[int], shares: Vectors, fine: bool) -> None:
        if drag := self.drag:
            state = edits.drag_target_shares(drag.state, drag.sample, classes, shares)
            self._drag_to(state, "Drag the target", fine)

    def finish_drag(self, cancelled: bool) -> None:
        drag = self.drag
        if drag is None:
            return
        if cancelled and self.state is self._reached and self.state != drag.state:
            self.edit(drag.state, "", drag)
        self._end_drag()

    def _end_drag(self) -> None:
        self.drag, self.fine = None, False
        self.drag_ended.emit()

    def _drag_to(self, state: TaskState, text: str, fine: bool) -> None:
        assert self.drag is not None
        if self.state is not self._reached:
            self._end_drag()
            return
        self.fine = fine
        self.edit(state, f"{text} of sample {self.drag.sample + 1}", self.drag)
        self._reached = self.state
