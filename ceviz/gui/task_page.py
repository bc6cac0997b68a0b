"""One tab: the only place where widgets and the session are connected."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ceviz.core import edits
from ceviz.core.document import InputKind, Task, TaskState, Unit
from ceviz.explain.curve_charts import curve_charts, y_top_for
from ceviz.explain.footprints import Trail
from ceviz.explain.headline import headline
from ceviz.explain.lenses import LensValue, chosen_lens, lens_value, lenses
from ceviz.explain.sentences import curve_title
from ceviz.explain.shown import Shown
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.curve_panel import CurvePanel
from ceviz.gui.headline import HeadlineView
from ceviz.gui.lens_panel import LensPanel
from ceviz.gui.lens_rail import LensDock
from ceviz.gui.sample_panel import SamplePanel
from ceviz.gui.theme import Theme
from ceviz.session import Session

_MODEL = 0

_ROWS, _FEWEST_ROWS = 5, 3
"""Rows of the batch in sight: usually, and at least before its table goes altogether."""
_MIDDLE_HEIGHTS = {False: (504, 440), True: (420, 372)}
"""Height in px of the three panels, standard and compact: above the first the batch takes half of the rest,
below the second it gives up rows."""
_LENS_FROM = 1180
"""The narrowest page, in px, that has room for the lens."""


@dataclass(frozen=True, slots=True, eq=False)
class _Drag:
    """A drag from press to release: where it started. Itself the key under which its steps merge."""

    state: TaskState
    sample: int
    y_top: float
    lens_value: LensValue


class TaskPage(QWidget):
    """Shows one task of the session's document; what a person does in a view becomes an edit."""

    refused = Signal(str)
    """Why something that was asked for cannot be done."""

    def __init__(self, task: Task, session: Session, theme: Theme) -> None:
        super().__init__()
        self.task = task
        self._session = session
        self._theme = theme
        self._drag: _Drag | None = None
        self._fine = False
        self._last_valid: Shown | None = None
        self._trail = Trail()
        self.headline = HeadlineView(theme)
        self.sample_panel = SamplePanel(theme)
        self.curve_panel = CurvePanel(theme)
        self.lens_panel = LensPanel(theme)
        self.lens_dock = LensDock(self.lens_panel, theme, self)
        self.batch_panel = BatchPanel(theme)
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in self._parts():
            part.set_theme(theme)
        self.lens_dock.set_theme(theme)
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_height()
        self.lens_dock.set_collapsed(self.width() < _LENS_FROM)
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Show the document as it is now, in every view."""
        self._share_height()
        shown = self._shown()
        if shown.result.valid[shown.sample]:
            self._last_valid = shown
        last_valid = self._last_valid
        if last_valid is not None and last_valid.sample != shown.sample:
            last_valid = None
        self.headline.display(
            headline(shown, last_valid),
            self.task,
            shown.state.options.unit,
            shown.result.probabilities[shown.sample].tolist(),
            shown.dragging,
        )
        self.sample_panel.display(shown)
        self.curve_panel.display(curve_title(self.task), curve_charts(shown), shown)
        self._display_lens(shown)
        self.batch_panel.display(shown)

    def _display_lens(self, shown: Shown) -> None:
        lens = self._lens
        value = lens_value(shown, lens, self._drag.lens_value if self._drag else None)
        options = lenses(self.task, shown.state.class_count)
        self.lens_panel.display(value, self.task, lens, options, draggable=not shown.in_logits)
        self.lens_dock.display(dict(options)[lens])

    @property
    def _lens(self) -> str:
        return chosen_lens(self._session.document.views[self.task].lens, self.task, self._state.class_count)

    def _shown(self) -> Shown:
        document = self._session.document
        view = document.views[self.task]
        shown = Shown(
            task=self.task,
            state=document.tasks[self.task],
            evaluation=self._session.evaluation(self.task),
            sample=view.sample,
            y_top=1.0,
            model=_MODEL,
            overlay=view.overlay,
            dragging=self._drag is not None,
            fine=self._fine,
        )
        y_top = self._drag.y_top if self._drag else y_top_for(shown)
        return replace(shown, y_top=y_top, footprints=self._trail.footprints(shown))

    def _parts(self) -> tuple[HeadlineView | SamplePanel | CurvePanel | LensPanel | BatchPanel, ...]:
        return (self.headline, self.sample_panel, self.curve_panel, self.lens_panel, self.batch_panel)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sample_panel)
        middle.addWidget(self.curve_panel, 1)
        middle.addWidget(self.lens_dock)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.headline)
        layout.addLayout(middle, 1)
        layout.addWidget(self.batch_panel)

    def _share_height(self) -> None:
        """Give the batch its rows: more in a high window, fewer and then none in a low one."""
        room = self.height() - self._theme.metrics["headline"]
        wanted, least = _MIDDLE_HEIGHTS[self._theme.compact]
        spare = room - self.batch_panel.height_of(_ROWS) - wanted
        more = max(0, min(spare // 2 // self._theme.metrics["batchRow"], self._state.sample_count - _ROWS))
        rows = _ROWS + more
        while rows and room - self.batch_panel.height_of(rows) < least:
            rows = rows - 1 if rows > _FEWEST_ROWS else 0
        self.batch_panel.setFixedHeight(
            self.batch_panel.height_of(rows) if rows else self.batch_panel.foot_height
        )

    def _connect(self) -> None:
        for source in (self.headline, self.sample_panel, self.curve_panel):
            source.probability_dragged.connect(self._drag_probability)
        for dragged in (self.headline, self.sample_panel, self.curve_panel, self.lens_panel):
            dragged.drag_started.connect(self._start_drag)
            dragged.drag_finished.connect(self._finish_drag)
        self.lens_panel.prediction_moved.connect(self._drag_prediction)
        self.lens_panel.target_moved.connect(self._drag_whole_target)
        self.lens_panel.step_asked.connect(self._step)
        self.lens_panel.lens_chosen.connect(lambda lens: self._session.show(self.task, lens=lens))
        self.sample_panel.target_dragged.connect(self._drag_target)
        self.sample_panel.logit_dragged.connect(self._drag_logit)
        self.sample_panel.input_chosen.connect(self._choose_input)
        self.headline.unit_chosen.connect(self.choose_unit)
        self.curve_panel.overlay_toggled.connect(lambda on: self._session.show(self.task, overlay=on))
        self.curve_panel.value_typed.connect(self._set_probability)
        self.curve_panel.sample_stepped.connect(self.step_sample)
        for panel in (self.sample_panel, self.batch_panel):
            panel.edited.connect(self._edit)
        for chooser in (self.curve_panel, self.batch_panel):
            chooser.sample_chosen.connect(self.choose_sample)
        for part in self._parts():
            part.class_hovered.connect(self._highlight)

    def finish_editing(self) -> None:
        """Take over what is being typed in a table."""
        self.sample_panel.finish_editing()
        self.batch_panel.finish_editing()

    # What a person did

    def choose_sample(self, sample: int) -> None:
        self._session.show(self.task, sample=sample)

    def step_sample(self, step: int) -> None:
        """Show the next or the previous sample; stay at the ends."""
        count = self._session.state(self.task).sample_count
        self.choose_sample(max(0, min(count - 1, self._sample + step)))

    def choose_unit(self, unit: str) -> None:
        self._try(f"Loss in {unit}", lambda state: edits.set_unit(state, Unit(unit)))

    def add_sample(self) -> None:
        new = self._sample + 1
        self._try("Add sample", lambda state: edits.add_sample(state, self.task, after=new - 1), new)

    def duplicate_sample(self) -> None:
        new = self._sample + 1
        self._try(f"Duplicate sample {new}", lambda state: edits.duplicate_sample(state, new - 1), new)

    def remove_sample(self) -> None:
        sample = self._sample
        self._try(
            f"Remove sample {sample + 1}", lambda state: edits.remove_samples(state, self.task, [sample])
        )

    def normalise_all(self) -> None:
        self._try("Normalise all rows", lambda state: edits.normalise_all(state, _MODEL))

    def normalise(self, sample: int) -> None:
        """Mend the target and the prediction of one sample, whichever does not sum to 1."""

        def mended(state: TaskState) -> TaskState:
            for issue in self._session.evaluation(self.task).issues_of(sample, _MODEL):
                if issue.fixable and issue.model is None:
                    state = edits.normalise_target(state, sample)
                elif issue.fixable:
                    state = edits.normalise_prediction(state, _MODEL, sample)
            return state

        self._try(f"Normalise sample {sample + 1}", mended, sample)

    def add_class(self) -> None:
        self._try("Add class", lambda state: edits.add_class(state, self.task))

    @property
    def _state(self) -> TaskState:
        return self._session.state(self.task)

    @property
    def _sample(self) -> int:
        return self._session.document.views[self.task].sample

    def _edit(self, state: TaskState, text: str, merge_key: Hashable | None = None) -> None:
        self._session.edit(self.task, state, text, merge_key)

    def _try(self, text: str, change: Callable[[TaskState], TaskState], sample: int | None = None) -> None:
        """Make a change that may be impossible, and then show `sample`; say why where it is."""
        try:
            state = change(self._state)
        except ValueError as reason:
            self.refused.emit(str(reason))
            return
        self._session.edit(self.task, state, text, sample=sample)

    def _choose_input(self, kind: str) -> None:
        self._try(
            f"Predictions as {kind}", lambda state: edits.set_input(state, self.task, _MODEL, InputKind(kind))
        )
        self.refresh()  # a refused choice: the control goes back to what holds

    def _set_probability(self, class_index: int, value: float) -> None:
        sample = self._sample
        self._try(
            f"Set {self._state.classes[class_index]} of sample {sample + 1}",
            lambda state: edits.drag_probability(state, self.task, _MODEL, sample, class_index, value),
        )

    def _step(self, rate: float) -> None:
        shown = self._shown()

        def stepped(state: TaskState) -> TaskState:
            after = edits.step_along_gradient(state, self.task, shown.model, shown.sample, rate)
            self._trail.step(shown, after)
            return after

        self._try(f"Step of sample {shown.sample + 1}", stepped)

    # Drags: every step starts from the state at the press, so nothing drifts

    def _start_drag(self) -> None:
        shown = self._shown()
        self._drag = _Drag(self._state, self._sample, shown.y_top, lens_value(shown, self._lens))

    def _drag_probability(self, class_index: int, value: float, alone: bool, fine: bool) -> None:
        if self._drag is not None:
            drag = self._drag
            state = edits.drag_probability(
                drag.state, self.task, _MODEL, drag.sample, class_index, value, alone=alone
            )
            self._drag_to(state, f"Drag {self._state.classes[class_index]}", fine)

    def _drag_target(self, class_index: int, value: float, alone: bool, fine: bool) -> None:
        if self._drag is not None:
            state = edits.drag_target(self._drag.state, self._drag.sample, class_index, value, alone=alone)
            self._drag_to(state, f"Drag {self._state.classes[class_index]}", fine)

    def _drag_prediction(self, probabilities: Sequence[float], fine: bool) -> None:
        if self._drag is not None:
            drag, rows = self._drag, [probabilities]
            state = edits.set_predictions_block(drag.state, self.task, _MODEL, drag.sample, 0, rows)
            self._drag_to(state, "Drag the prediction", fine)

    def _drag_whole_target(self, target: Sequence[float], fine: bool) -> None:
        if self._drag is not None:
            state = edits.set_targets_block(self._drag.state, self.task, self._drag.sample, 0, [target])
            self._drag_to(state, "Drag the target", fine)

    def _drag_logit(self, class_index: int, value: float, fine: bool) -> None:
        if self._drag is not None:
            state = edits.set_prediction(self._drag.state, _MODEL, self._drag.sample, class_index, value)
            self._drag_to(state, f"Drag {self._state.classes[class_index]}", fine)

    def _drag_to(self, state: TaskState, text: str, fine: bool) -> None:
        assert self._drag is not None
        self._fine = fine
        self._edit(state, f"{text} of sample {self._drag.sample + 1}", self._drag)

    def _finish_drag(self, cancelled: bool) -> None:
        drag = self._drag
        if drag is None:
            return
        if cancelled and self._state != drag.state:
            self._edit(drag.state, "", drag)
        self._drag = None
        self._fine = False
        self.refresh()

    def _highlight(self, class_index: int) -> None:
        for part in self._parts():
            part.highlight(class_index)
