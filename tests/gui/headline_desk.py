"""A headline with the dog of the worked example, and what a person does to its equation."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget

from ceviz.core.document import InputKind, LossOptions, Model, Sample, Task, TaskState, Unit, vectors
from ceviz.core.evaluation import evaluate
from ceviz.drawing.theme import Theme
from ceviz.explain.headline import headline
from ceviz.explain.shown import Shown
from ceviz.gui.headline import HeadlineView
from ceviz.gui.headline_line import WorkedLine
from tests.gui.desk import move_mouse

ANIMALS = ("dog", "cat", "panda")


def example(task: Task, classes, target, prediction, unit: Unit = Unit.NATS) -> Shown:
    model = Model("A", InputKind.PROBABILITIES, vectors([prediction]))
    state = TaskState(tuple(classes), (Sample("a"),), vectors([target]), (model,), LossOptions(unit=unit))
    return Shown(task, state, evaluate(state, task), sample=0, y_top=4.6)


def dogs(p: float = 0.4) -> Shown:
    return example(Task.MULTICLASS, ANIMALS, [1, 0, 0], [p, (1 - p) / 2, (1 - p) / 2])


def display(view: HeadlineView, shown: Shown, dragging: bool = False) -> None:
    value = headline(replace(shown, dragging=dragging))
    probabilities = shown.result.probabilities[shown.sample]
    view.display(value, shown.task, shown.state.options.unit, probabilities, dragging)


def view_of(theme: Theme, qtbot) -> HeadlineView:
    view = HeadlineView(theme)
    qtbot.addWidget(view)
    view.resize(1440, view.height())
    display(view, dogs())
    view.show()
    return view


def line(view: HeadlineView) -> WorkedLine:
    found = view.findChild(WorkedLine, "formula")
    assert found is not None
    return found


def number(view: HeadlineView) -> QWidget:
    found = view.findChild(QWidget, "number")
    assert found is not None
    return found


def middle(view: HeadlineView, term: int) -> QPoint:
    return line(view).area(line(view).terms()[term]).center().toPoint()


def told(view: HeadlineView) -> list[tuple]:
    events: list[tuple] = []
    view.term_clicked.connect(lambda *args: events.append(("clicked", *args)))
    view.drag_started.connect(lambda *args: events.append(("started", *args)))
    view.probability_dragged.connect(lambda *args: events.append(("dragged", *args)))
    view.drag_finished.connect(lambda *args: events.append(("finished", *args)))
    return events


def drag(qtbot, view: HeadlineView, term: int, dx: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a term and move; the button stays down."""
    target, start = line(view), middle(view, term)
    qtbot.mousePress(target, Qt.MouseButton.LeftButton, modifiers, start)
    move_mouse(target, QPointF(start + QPoint(dx, 0)), Qt.MouseButton.LeftButton, modifiers)


def release(qtbot, view: HeadlineView) -> None:
    qtbot.mouseRelease(line(view), Qt.MouseButton.LeftButton)
