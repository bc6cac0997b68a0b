"""What every tab has, with one model or two: here and in the subclasses alone do widgets and session meet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.corners import corners_of
from ceviz.core.document import Task, TaskState
from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.theme import Theme
from ceviz.explain.glides import Glide, glide
from ceviz.explain.loss_options import computed_as, convention_name
from ceviz.explain.parts import class_name, elided
from ceviz.explain.shown import Shown
from ceviz.gui.announcer import Announcer
from ceviz.gui.batch_panel import BatchPanel
from ceviz.gui.controls import press_by_enter
from ceviz.gui.curve_frame import CurveFrame
from ceviz.gui.headline_frame import HeadlineFrame
from ceviz.gui.lens_frame import LensFrame
from ceviz.gui.lens_rail import LensDock
from ceviz.gui.loss_card import LossCard
from ceviz.gui.motion import Passage
from ceviz.gui.page_layout import LENS_FROM, lay_out
from ceviz.gui.panel_edges import PanelEdges
from ceviz.gui.plain_text import tip
from ceviz.gui.sample_frame import SampleFrame
from ceviz.gui.task_edits import TaskEdits
from ceviz.session import Session

_SHORT_NAME = 10
"""No picture elides a name of so many letters."""


class Page(QWidget):
    """Shows one task of the session's document; what a person does in a view becomes an edit.

    Subclasses make the parts before they call `__init__`, and say how they are filled.
    """

    comparing: ClassVar[bool] = False
    headline: HeadlineFrame
    sample_panel: SampleFrame
    curve_panel: CurveFrame
    lens_panel: LensFrame
    batch_panel: BatchPanel

    def __init__(self, task: Task, session: Session, theme: Theme) -> None:
        super().__init__()
        self.task = task
        self.theme = theme
        self._session = session
        self._held_top: float | None = None
        """The top of the loss axis, which stays while a drag or a glide lasts."""
        self._in_sight: Shown | None = None
        self._glide: Glide | None = None
        self._at_once = False
        self._words = ""
        self._card: LossCard | None = None
        """How the loss is computed, while that is open."""
        self._lit = ALIKE
        self.passage, self.fading = Passage(self), Passage(self)
        self._announcer = Announcer(self)
        self.task_edits = TaskEdits(task, session, self)
        self.lens_dock = LensDock(self.lens_panel, theme)
        panels = (self.sample_panel, self.curve_panel, self.lens_dock)
        lay_out(self, self.headline, panels, self.batch_panel)
        self._edges = PanelEdges(self)
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        self._settle()
        self.theme = theme
        for part in self._parts():
            part.set_theme(theme)
        self.lens_dock.set_theme(theme)
        self._edges.share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lens_dock.set_collapsed(self.width() < LENS_FROM)
        self._edges.share()
        super().resizeEvent(event)

    def lend(self, room: int) -> None:
        """Give so many px of the batch to a message below the page: all other parts keep their height."""
        self._edges.lend(room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys come here when nothing else had a use for them.
        closed = event.key() == Qt.Key.Key_Escape and self.lens_dock.close_lens()
        if not closed and not press_by_enter(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._settle()

    def _settle(self) -> None:
        """End all that is only for a while."""
        self.close_options()
        for table in (self.sample_panel.table, self.batch_panel.table):
            table.reason.hide()
        for moving in (self.passage, self.fading):
            moving.arrive()

    def step_edge(self, panel: str, by: int) -> None:
        """Move the edge of a panel, by px or rows of the batch; 0: all of them back."""
        self._edges.step(panel, by)

    def refresh(self) -> None:
        """Show the document as it is now, in every view; numbers that changed glide to what they are."""
        self._edges.share()
        self._end_glide()
        before, shown = self._in_sight, self._shown()
        self._show(shown)
        if not shown.dragging:
            self._announcer.say(self._words)
        if self._card is not None:
            self._card.display(shown)
        if before is not None and before.state is not shown.state and self._may_glide(shown):
            self._set_out(glide(before, shown))

    def model_acts(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """What can be done to the two models that are compared, by name."""
        return ()

    def finish_editing(self, give_up: bool = False) -> None:
        """Take over what is being typed in a table; `give_up` what makes no sense."""
        for panel in (self.sample_panel, self.batch_panel):
            if not panel.finish_editing() and give_up:
                panel.give_up_editing()

    # Gliding: the session has the new state at once, only the views take their time

    def _may_glide(self, shown: Shown) -> bool:
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        at_once = self._at_once or shown.dragging or pressed
        return self.isVisible() and not at_once and self.theme.duration("valueSet") > 0

    def _set_out(self, glide: Glide | None) -> None:
        self._glide = glide
        if glide is not None:
            self._hold()
            self.passage.set_out(self.theme.duration("valueSet"))

    def _pass(self, share: float) -> None:
        if self._glide is not None and 0.0 < share < 1.0:
            self._show(self._glide.at(share))

    def _end_glide(self) -> None:
        if self._glide is not None:
            self.passage.cancel()
            self._glide = None
            self._release()

    def _arrive(self) -> None:
        self._end_glide()
        self._show(self._shown())

    def _spoken(self, words: str) -> str:
        """The number in words; during a glide already the one that it ends with."""
        if self._glide is None:
            self._words = words
        return self._words

    # What is shown

    def _show(self, shown: Shown) -> None:
        self._in_sight = shown
        options = shown.state.options
        call = computed_as(options, self.task, shown.shown_model.input)
        self.headline.display_computed(convention_name(options), call)
        self._display(shown)

    def _display(self, shown: Shown) -> None:
        """Show a value in every part."""
        raise NotImplementedError

    def _top_for(self, shown: Shown) -> float:
        """Where the loss axis ends while nothing holds it."""
        raise NotImplementedError

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
            fresh=view.fresh,
            dragging=self.task_edits.drag is not None,
            fine=self.task_edits.fine,
            compare=self.comparing,
        )
        top = self._top_for(shown) if self._held_top is None else self._held_top
        return replace(shown, y_top=top)

    def _offer_three(self, shown: Shown, lens: str) -> None:
        """Of many classes the simplex shows three."""
        count = shown.state.class_count
        classes = shown.state.classes if self.task.competing and count > 3 else ()
        self.lens_panel.offer_three(classes, corners_of(lens, count), self.task)

    def _hold(self) -> None:
        """From here to the end of a drag or a glide the axes stay."""
        self._held_top = self._shown().y_top

    def _release(self) -> None:
        self._held_top = None

    def _let_go(self) -> None:
        self._release()
        self.refresh()

    def _parts(self) -> tuple[HeadlineFrame | SampleFrame | CurveFrame | LensFrame | BatchPanel, ...]:
        return (self.headline, self.sample_panel, self.curve_panel, self.lens_panel, self.batch_panel)

    def _highlight(self, class_index: int) -> None:
        self.fading.cancel()
        self._lit = Lit(class_index, before=self._lit.class_index)
        duration = self.theme.duration("hover")
        if duration:
            self.fading.set_out(duration)
        else:
            self._fade(1.0)
        self._tell_name(class_index)

    def _fade(self, share: float) -> None:
        if share > 0.0:
            for part in self._parts():
                part.highlight(replace(self._lit, share=share))

    def _tell_name(self, class_index: int) -> None:
        """The whole name of the hovered class is the tooltip of the pictures, which may show but a part."""
        name = class_name(self._shown(), class_index) if class_index >= 0 else ""
        for panel in (self.curve_panel, self.lens_panel):
            panel.setToolTip(tip(name) if elided(name, _SHORT_NAME) != name else "")

    # How the loss is computed

    def toggle_options(self) -> None:
        """Open the card that says how the loss is computed, or close it."""
        if self._card is not None:
            self.close_options()
            return
        self._card = LossCard(self.headline.computed_as, self.theme, self.task)
        self._card.edited.connect(self._edit_options)
        self._card.closed.connect(self._forget_card)
        self._card.display(self._shown())
        self._card.open()

    def close_options(self) -> None:
        """Close that card, if it is open."""
        if self._card is not None:
            self._card.close_card()

    def _forget_card(self) -> None:
        self._card = None

    def _edit_options(self, state: TaskState, text: str) -> None:
        self.passage.arrive()
        self.task_edits.edit(state, text)

    # What a person does

    def _connect(self) -> None:
        to = self.task_edits
        for dragged in (self.sample_panel, self.curve_panel, self.lens_panel):
            dragged.drag_started.connect(to.start_drag)
            dragged.drag_finished.connect(to.finish_drag)
        self.sample_panel.target_dragged.connect(to.drag_target)
        self.lens_panel.target_shares_dragged.connect(to.drag_target_shares)
        self.sample_panel.input_chosen.connect(self._choose_input)
        self.headline.unit_chosen.connect(to.choose_unit)
        self.headline.options_asked.connect(self.toggle_options)
        self.curve_panel.overlay_toggled.connect(to.show_overlay)
        self.curve_panel.sample_stepped.connect(to.step_sample)
        self.batch_panel.infinite_asked.connect(to.show_next_infinite)
        self.lens_panel.lens_chosen.connect(to.choose_lens)
        self.lens_panel.three_asked.connect(to.show_simplex)
        self.lens_panel.call_chosen.connect(to.choose_convention)
        for panel in (self.sample_panel, self.batch_panel):
            panel.edited.connect(self._edit)
        for chooser in (self.curve_panel, self.batch_panel):
            chooser.sample_chosen.connect(to.choose_sample)
        for part in self._parts():
            part.class_hovered.connect(self._highlight)
        self.passage.valueChanged.connect(self._pass)
        self.passage.arrived.connect(self._arrive)
        self.fading.valueChanged.connect(self._fade)
        self.fading.arrived.connect(lambda: self._fade(1.0))
        to.drag_begins.connect(self.passage.arrive)
        to.drag_begins.connect(self._hold)
        to.drag_ended.connect(self._let_go)
        to.lens_chosen.connect(self.lens_dock.open)

    def _edit(self, state: TaskState, text: str, merge_key: Hashable | None) -> None:
        if self._glide is not None:
            # Neither mouse nor keys, which end a glide first: it changes numbers that are only passing.
            self.passage.arrive()
            return
        self._at_once = merge_key is not None
        self.task_edits.edit(state, text, merge_key)
        self._at_once = False

    def _choose_input(self, kind: str) -> None:
        self.task_edits.choose_input(kind, models=range(2 if self.comparing else 1))
        self.refresh()  # a refused choice: the control goes back to what holds
