"""Which lenses there are, and that their axes stay while a drag lasts."""

import pytest

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.core.evaluation import evaluate
from ceviz.explain.lenses import chosen_lens, lens_value, lenses
from ceviz.explain.shown import Shown
from ceviz.files.document_file import default_document


def shown_of(state, task):
    return Shown(task, state, evaluate(state, task), 0, 4.6)


@pytest.mark.parametrize(
    ("task", "class_count", "titles"),
    [
        (Task.MULTICLASS, 3, ["Simplex", "Terms", "Gradient"]),
        (Task.MULTICLASS, 10, ["Terms", "Gradient"]),
        (Task.SOFT, 3, ["Floor + excess", "Simplex", "Gradient"]),
        (Task.SOFT, 2, ["Floor + excess", "Gradient"]),
        (Task.BINARY, 1, ["Three formulas", "Terms", "Gradient"]),
        (Task.MULTILABEL, 3, ["Sum of labels", "Gradient"]),
    ],
)
def test_the_design_names_the_lenses_of_each_task(task, class_count, titles):
    assert [title for _, title in lenses(task, class_count)] == [*titles, "Frameworks", "Traps"]


def test_an_unknown_or_impossible_lens_becomes_the_default():
    assert chosen_lens("gradient", Task.MULTICLASS, 3) == "gradient"
    assert chosen_lens(None, Task.MULTICLASS, 3) == "simplex"
    assert chosen_lens("simplex", Task.MULTICLASS, 4) == "terms"
    assert chosen_lens("no such lens", Task.BINARY, 1) == "formulas"


def test_every_lens_of_every_task_has_a_value():
    document = default_document()
    for task, state in document.tasks.items():
        for key, _ in lenses(task, state.class_count):
            assert lens_value(shown_of(state, task), key).reading


@pytest.mark.parametrize("lens", ["terms", "gradient"])
def test_the_axis_of_a_drag_is_kept(lens):
    state = default_document().tasks[Task.MULTICLASS]
    held = lens_value(shown_of(state, Task.MULTICLASS), lens)
    dragged = edits.drag_probability(state, Task.MULTICLASS, 0, 0, 0, 0.01)
    free = lens_value(shown_of(dragged, Task.MULTICLASS), lens)
    kept = lens_value(shown_of(dragged, Task.MULTICLASS), lens, held)
    if lens == "terms":
        assert kept.y_axis == held.y_axis != free.y_axis
    else:
        assert kept.top == held.top != free.top
