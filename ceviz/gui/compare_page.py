"""The tab of two models side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis
from ceviz.explain.compare_curve import compare_curve, compare_y_top
from ceviz.explain.compare_gradient import compare_gradient
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.compare_lenses import compare_stack
from ceviz.explain.lenses import chosen_lens
from ceviz.explain.shared_lenses import compared_lens_value, shared_lenses
from ceviz.explain.shown import Shown
from ceviz.gui.compare_batch_panel import CompareBatchPanel
from ceviz.gui.compare_curve_panel import CompareCurvePanel
from ceviz.gui.compare_headline import CompareHeadlineView
from ceviz.gui.compare_lens_panel import CompareLensPanel
from ceviz.gui.compare_sample_panel import CompareSamplePanel
from ceviz.gui.page import Page
from ceviz.session import Session


class ComparePage(Page):
    """Shows the first two models of a task."""

    comparing = True
    headline: CompareHeadlineView
    sample_panel: CompareSamplePanel
    curve_panel: CompareCurvePanel
    lens_panel: CompareLensPanel

    def __init__(self, task: Task, session: Session, theme: Theme) -> None:
        self.headline = CompareHeadlineView(theme)
        self.sample_panel = CompareSamplePanel(theme)
        self.curve_panel = CompareCurvePanel(theme)
        self.lens_panel = CompareLensPanel(theme)
        self.batch_panel = CompareBatchPanel(theme)
        self._held_axis: Axis | None = None
        self._held_gradient: float | None = None
        super().__init__(task, session, theme)

    def model_acts(self) -> Sequence[tuple[str, Callable[[], None]]]:
        return self.sample_panel.names.acts()

    def _display(self, shown: Shown) -> None:
        line = compare_headline(shown)
        line = replace(line, accessible=self._spoken(line.accessible))
        self.headline.display(line, self.task, shown.state.options.unit, shown.dragging)
        self.sample_panel.display(shown)
        self.curve_panel.display(compare_curve(shown), shown)
        self._display_lens(shown)
        self.batch_panel.display(shown)

    def _display_lens(self, shown: Shown) -> None:
        count = shown.state.class_count
        wanted = chosen_lens(self._session.document.views[self.task].lens, self.task, count)
        options = shared_lenses(self.task, count, wanted)
        lens = wanted if wanted in dict(options) else options[0][0]
        value = compared_lens_value(shown, lens, self._held_axis, self._held_gradient)
        self.lens_panel.display(value, self.task, lens, options)
        self._offer_three(shown, lens)
        self.lens_dock.display(dict(options)[lens])

    def _top_for(self, shown: Shown) -> float:
        return compare_y_top(shown)

    def _hold(self) -> None:
        super()._hold()
        shown = self._shown()
        self._held_axis = compare_stack(shown).y_axis
        self._held_gradient = compare_gradient(shown).a.top

    def _release(self) -> None:
        super()._release()
        self._held_axis = self._held_gradient = None

    def _connect(self) -> None:
        super()._connect()
        for dragged in (self.sample_panel, self.curve_panel):
            dragged.probability_dragged.connect(self.task_edits.drag_probability)
        self.sample_panel.logit_dragged.connect(self.task_edits.drag_logit)
        self.lens_panel.shares_dragged.connect(self.task_edits.drag_shares)
        self.headline.sample_chosen.connect(self.task_edits.choose_sample)
