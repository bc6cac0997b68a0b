"""The tab of one model."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

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
from ceviz.gui.page import Page
from ceviz.gui.sample_panel import SamplePanel
from ceviz.session import Session


class TaskPage(Page):
    """Shows the first model of a task."""

    headline: HeadlineView
    sample_panel: SamplePanel
    curve_panel: CurvePanel
    lens_panel: LensPanel

    def __init__(self, task: Task, session: Session, theme: Theme) -> None:
        self.headline = HeadlineView(theme)
        self.sample_panel = SamplePanel(theme)
        self.curve_panel = CurvePanel(theme)
        self.lens_panel = LensPanel(theme)
        self.batch_panel = BatchPanel(theme)
        self._held_lens: LensValue | None = None
        self._last_valid: Shown | None = None
        self._trail = Trail()
        super().__init__(task, session, theme)

    def _display(self, shown: Shown) -> None:
        if shown.result.valid[shown.sample]:
            self._last_valid = shown
        line = headline(shown, self._last_valid_of(shown))
        self.headline.display(
            replace(line, accessible=self._spoken(line.accessible)),
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
        value = lens_value(shown, lens, self._held_lens)
        options = lenses(self.task, shown.state.class_count, lens)
        self.lens_panel.display(value, self.task, lens, options)
        self._offer_three(shown, lens)
        self.lens_panel.steps.setEnabled(bool(shown.result.valid[shown.sample]))
        self.lens_dock.display(dict(options)[lens])

    @property
    def _lens(self) -> str:
        wanted = self._session.document.views[self.task].lens
        return chosen_lens(wanted, self.task, self.task_edits.state.class_count)

    def _top_for(self, shown: Shown) -> float:
        return y_top_for(shown)

    def _shown(self) -> Shown:
        shown = super()._shown()
        return replace(shown, footprints=self._trail.footprints(shown))

    def _hold(self) -> None:
        super()._hold()
        self._held_lens = lens_value(self._shown(), self._lens)

    def _release(self) -> None:
        super()._release()
        self._held_lens = None

    def _connect(self) -> None:
        super()._connect()
        to = self.task_edits
        for source in (self.headline, self.sample_panel, self.curve_panel):
            source.probability_dragged.connect(partial(to.drag_probability, 0))
        self.headline.drag_started.connect(to.start_drag)
        self.headline.drag_finished.connect(to.finish_drag)
        self.lens_panel.shares_dragged.connect(partial(to.drag_shares, 0))
        self.lens_panel.step_asked.connect(self._step)
        self.sample_panel.logit_dragged.connect(partial(to.drag_logit, 0))
        self.headline.term_clicked.connect(self.sample_panel.choose_class)
        self.curve_panel.value_typed.connect(to.set_probability)

    def _step(self, rate: float, hold: object) -> None:
        shown = self._shown()

        def stepped(state: TaskState) -> TaskState:
            after = edits.step_along_gradient(state, self.task, shown.model, shown.sample, rate)
            self._trail.step(shown, after)
            return after

        self.task_edits.attempt(f"Step of sample {shown.sample + 1}", stepped, merge_key=hold)


def _sample_of(shown: Shown) -> Sample:
    return shown.state.samples[shown.sample]
