"""One tab: the only place where widgets and the session are connected."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ceviz.core import edits
from ceviz.core.document import Sample, Task, TaskState
from ceviz.drawing.theme import Theme
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
from ceviz.gui.page_layout import LENS_FROM, batch_rows, lay_out
from ceviz.gui.sample_panel import SamplePanel
from ceviz.gui.task_edits import TaskEdits
from ceviz.session import Session


@dataclass(frozen=True, slots=True)
class _Held:
    """What stays while a drag lasts."""

    y_top: float
    lens_value: LensValue


class TaskPage(QWidget):
    """Shows one task of the session's document; what a person does in a view becomes an edit."""

    def __init__(self, task: Task, session: Session, theme: Theme) -> None:
        super().__init__()
        self.task = task
        self._session = session
        self.theme = theme
        self._held: _Held | None = None
        self.task_edits = TaskEdits(task, session, self)
        self._last_valid: Shown | None = None
        self._trail = Trail()
        self.headline = HeadlineView(theme)
        self.sample_panel = SamplePanel(theme)
        self.curve_panel = CurvePanel(theme)
        self.lens_panel = LensPanel(theme)
        self.lens_dock = LensDock(self.lens_panel, theme)
        self.batch_panel = BatchPanel(theme)
        lay_out(self, self.headline, (self.sample_panel, self.curve_panel, self.lens_dock), self.batch_panel)
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in self._parts():
            part.set_theme(theme)
        self.lens_dock.set_theme(theme)
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_height()
        self.lens_dock.set_collapsed(self.width() < LENS_FROM)
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Show the document as it is now, in every view."""
        self._share_height()
        shown = self._shown()
        if shown.result.valid[shown.sample]:
            self._last_valid = shown
        self.headline.display(
            headline(shown, self._last_valid_of(shown)),
            self.task,
            shown.state.options.unit,
            shown.result.probabilities[shown.sample].tolist(),
            shown.dragging,
        )
        self.sample_panel.display(shown)
        self.curve_panel.display(curve_title(self.task), curve_charts(shown), shown)
        self._display_lens(shown)
        self.batch_panel.display(shown)

    def _last_valid_of(self, shown: Shown) -> Shown | None:
        """The last valid value of this very sample: not of another one that came to stand in its place."""
        last = self._last_valid
        same = last is not None and last.sample == shown.sample and _sample_of(last) is _sample_of(shown)
        return last if same else None

    def _display_lens(self, shown: Shown) -> None:
        lens = self._lens
        value = lens_value(shown, lens, self._held.lens_value if self._held else None)
        options = lenses(self.task, shown.state.class_count)
        self.lens_panel.display(value, self.task, lens, options, draggable=not shown.in_logits)
        self.lens_panel.steps.setEnabled(bool(shown.result.valid[shown.sample]))
        self.lens_dock.display(dict(options)[lens])

    @property
    def _lens(self) -> str:
        return chosen_lens(
            self._session.document.views[self.task].lens, self.task, self.task_edits.state.class_count
        )

    def _shown(self) -> Shown:
        document = self._session.document
        view = document.views[self.task]
        shown = Shown(
            task=self.task,
            state=document.tasks[self.task],
            evaluation=self._session.evaluation(self.task),
            sample=view.sample,
            y_top=1.0,
            overlay=view.overlay,
            dragging=self.task_edits.drag is not None,
            fine=self.task_edits.fine,
        )
        y_top = self._held.y_top if self._held else y_top_for(shown)
        return replace(shown, y_top=y_top, footprints=self._trail.footprints(shown))

    def _parts(self) -> tuple[HeadlineView | SamplePanel | CurvePanel | LensPanel | BatchPanel, ...]:
        return (self.headline, self.sample_panel, self.curve_panel, self.lens_panel, self.batch_panel)

    def finish_editing(self, give_up: bool = False) -> None:
        """Take over what is being typed in a table; `give_up` what makes no sense."""
        for panel in (self.sample_panel, self.batch_panel):
            if not panel.finish_editing() and give_up:
                panel.table.give_up_editing()

    def _share_height(self) -> None:
        batch, count = self.batch_panel, self.task_edits.state.sample_count
        rows = batch_rows(self.height(), count, batch.height_of, self.theme)
        batch.setFixedHeight(batch.height_of(rows) if rows else batch.foot_height)

    def _connect(self) -> None:
        to = self.task_edits
        for source in (self.headline, self.sample_panel, self.curve_panel):
            source.probability_dragged.connect(partial(to.drag_probability, 0))
        for dragged in (self.headline, self.sample_panel, self.curve_panel, self.lens_panel):
            dragged.drag_started.connect(to.start_drag)
            dragged.drag_finished.connect(to.finish_drag)
        self.lens_panel.prediction_moved.connect(to.drag_prediction)
        self.lens_panel.target_moved.connect(to.drag_whole_target)
        self.lens_panel.step_asked.connect(self._step)
        self.lens_panel.lens_chosen.connect(to.choose_lens)
        self.sample_panel.target_dragged.connect(to.drag_target)
        self.sample_panel.logit_dragged.connect(partial(to.drag_logit, 0))
        self.sample_panel.input_chosen.connect(self._choose_input)
        self.headline.term_clicked.connect(self.sample_panel.choose_class)
        self.headline.unit_chosen.connect(to.choose_unit)
        self.curve_panel.overlay_toggled.connect(to.show_overlay)
        self.curve_panel.value_typed.connect(to.set_probability)
        self.curve_panel.sample_stepped.connect(to.step_sample)
        for panel in (self.sample_panel, self.batch_panel):
            panel.edited.connect(to.edit)
        for chooser in (self.curve_panel, self.batch_panel):
            chooser.sample_chosen.connect(to.choose_sample)
        for part in self._parts():
            part.class_hovered.connect(self._highlight)
        to.drag_begins.connect(self._hold)
        to.drag_ended.connect(self._let_go)

    def _choose_input(self, kind: str) -> None:
        self.task_edits.choose_input(kind)
        self.refresh()  # a refused choice: the control goes back to what holds

    def _step(self, rate: float) -> None:
        shown = self._shown()

        def stepped(state: TaskState) -> TaskState:
            after = edits.step_along_gradient(state, self.task, shown.model, shown.sample, rate)
            self._trail.step(shown, after)
            return after

        self.task_edits.attempt(f"Step of sample {shown.sample + 1}", stepped)

    def _hold(self) -> None:
        shown = self._shown()
        self._held = _Held(shown.y_top, lens_value(shown, self._lens))

    def _let_go(self) -> None:
        self._held = None
        self.refresh()

    def _highlight(self, class_index: int) -> None:
        for part in self._parts():
            part.highlight(class_index)


def _sample_of(shown: Shown) -> Sample:
    return shown.state.samples[shown.sample]
