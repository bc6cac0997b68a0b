"""One tab with two models side by side: the only place where the comparing widgets and the session meet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.explain.charts import Axis
from ceviz.explain.compare_curve import compare_curve, compare_y_top
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.compare_lenses import CompareSimplex, CompareStack, compare_simplex, compare_stack
from ceviz.explain.lenses import chosen_lens, lenses
from ceviz.explain.shown import Shown
from ceviz.gui.compare_batch_panel import CompareBatchPanel
from ceviz.gui.compare_curve_panel import CompareCurvePanel
from ceviz.gui.compare_headline import CompareHeadlineView
from ceviz.gui.compare_lens_panel import CompareLensPanel
from ceviz.gui.compare_sample_panel import CompareSamplePanel
from ceviz.gui.lens_rail import LensDock
from ceviz.gui.page_layout import LENS_FROM, batch_rows, lay_out
from ceviz.gui.task_edits import TaskEdits
from ceviz.session import Session

_LENSES = {"simplex", "terms", "floor", "labels"}
"""The lenses that two models can share."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What stays while a drag lasts."""

    y_top: float
    stack_axis: Axis | None


class ComparePage(QWidget):
    """Shows the first two models of a task; what a person does in a view becomes an edit."""

    def __init__(self, task: Task, session: Session, theme: Theme) -> None:
        super().__init__()
        self.task = task
        self._session = session
        self.theme = theme
        self._held: _Held | None = None
        self.task_edits = TaskEdits(task, session, self)
        self.headline = CompareHeadlineView(theme)
        self.sample_panel = CompareSamplePanel(theme)
        self.curve_panel = CompareCurvePanel(theme)
        self.lens_panel = CompareLensPanel(theme)
        self.lens_dock = LensDock(self.lens_panel, theme)
        self.batch_panel = CompareBatchPanel(theme)
        lay_out(self, self.headline, (self.sample_panel, self.curve_panel, self.lens_dock), self.batch_panel)
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        for part in (*self._parts(), self.lens_dock):
            part.set_theme(theme)
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_height()
        self.lens_dock.set_collapsed(self.width() < LENS_FROM)
        super().resizeEvent(event)

    def finish_editing(self, give_up: bool = False) -> None:
        """Take over what is being typed in a table; `give_up` what makes no sense."""
        for panel in (self.sample_panel, self.batch_panel):
            if not panel.finish_editing() and give_up:
                panel.table.give_up_editing()

    def refresh(self) -> None:
        """Show the document as it is now, in every view."""
        self._share_height()
        shown = self._shown()
        unit = shown.state.options.unit
        self.headline.display(compare_headline(shown), self.task, unit, shown.dragging)
        self.sample_panel.display(shown)
        self.curve_panel.display(compare_curve(shown), shown)
        self._display_lens(shown)
        self.batch_panel.display(shown)

    def _display_lens(self, shown: Shown) -> None:
        options = tuple(
            (key, title) for key, title in lenses(self.task, shown.state.class_count) if key in _LENSES
        )
        wanted = chosen_lens(self._session.document.views[self.task].lens, self.task, shown.state.class_count)
        lens = wanted if wanted in dict(options) else options[0][0]
        self.lens_panel.display(self._lens_value(shown, lens), self.task, lens, options)
        self.lens_dock.display(dict(options)[lens])

    def _lens_value(self, shown: Shown, lens: str) -> CompareSimplex | CompareStack:
        if lens == "simplex":
            return compare_simplex(shown)
        return compare_stack(shown, self._held.stack_axis if self._held else None)

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
            compare=True,
        )
        return replace(shown, y_top=self._held.y_top if self._held else compare_y_top(shown))

    def _parts(
        self,
    ) -> tuple[
        CompareHeadlineView | CompareSamplePanel | CompareCurvePanel | CompareLensPanel | CompareBatchPanel,
        ...,
    ]:
        return (self.headline, self.sample_panel, self.curve_panel, self.lens_panel, self.batch_panel)

    def _share_height(self) -> None:
        batch = self.batch_panel
        count = self._session.state(self.task).sample_count
        rows = batch_rows(self.height(), count, batch.height_of, self.theme)
        batch.setFixedHeight(batch.height_of(rows) if rows else batch.foot_height)

    def _connect(self) -> None:
        to = self.task_edits
        for dragged in (self.sample_panel, self.curve_panel):
            dragged.drag_started.connect(to.start_drag)
            dragged.probability_dragged.connect(to.drag_probability)
            dragged.drag_finished.connect(to.finish_drag)
        self.sample_panel.target_dragged.connect(to.drag_target)
        self.sample_panel.logit_dragged.connect(to.drag_logit)
        self.sample_panel.input_chosen.connect(self._choose_input)
        self.headline.unit_chosen.connect(to.choose_unit)
        self.curve_panel.overlay_toggled.connect(to.show_overlay)
        self.curve_panel.sample_stepped.connect(to.step_sample)
        self.lens_panel.lens_chosen.connect(to.choose_lens)
        for panel in (self.sample_panel, self.batch_panel):
            panel.edited.connect(to.edit)
        for chooser in (self.curve_panel, self.batch_panel):
            chooser.sample_chosen.connect(to.choose_sample)
        for part in self._parts():
            part.class_hovered.connect(self._highlight)
        to.drag_begins.connect(self._hold)
        to.drag_ended.connect(self._let_go)

    def _choose_input(self, kind: str) -> None:
        self.task_edits.choose_input(kind, models=(0, 1))
        self.refresh()  # a refused choice: the control goes back to what holds

    def _hold(self) -> None:
        shown = self._shown()
        stack = compare_stack(shown)
        self._held = _Held(shown.y_top, stack.y_axis)

    def _let_go(self) -> None:
        self._held = None
        self.refresh()

    def _highlight(self, class_index: int) -> None:
        for part in self._parts():
            part.highlight(class_index)
