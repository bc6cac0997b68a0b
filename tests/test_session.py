"""The session: one writer, undo by value, one signal."""

import weakref

import pytest

from ceviz.core import edits
from ceviz.core.document import Task, Unit
from ceviz.files.document_file import default_document
from ceviz.session import Session


@pytest.fixture
def session(qapp):
    return Session(default_document())


def set_dog(session, value):
    return edits.set_prediction(session.state(Task.MULTICLASS), 0, 0, 0, value)


def test_an_edit_is_announced_and_can_be_undone_and_redone(session, qtbot):
    before = session.state(Task.MULTICLASS)
    with qtbot.waitSignal(session.changed) as announced:
        session.edit(Task.MULTICLASS, set_dog(session, 0.9), "Set dog of sample 1")
    assert announced.args == [Task.MULTICLASS]
    assert session.state(Task.MULTICLASS).models[0].predictions[0, 0] == 0.9
    assert session.undo_stack.undoText() == "Set dog of sample 1"
    session.undo_stack.undo()
    assert session.state(Task.MULTICLASS) == before
    session.undo_stack.redo()
    assert session.state(Task.MULTICLASS).models[0].predictions[0, 0] == 0.9


def test_an_edit_that_changes_nothing_is_no_step(session, qtbot):
    with qtbot.assertNotEmitted(session.changed):
        session.edit(Task.MULTICLASS, set_dog(session, 0.4), "Set dog of sample 1")
    assert not session.undo_stack.canUndo()
    assert not session.modified


def test_a_drag_is_one_step(session):
    before = session.state(Task.MULTICLASS)
    key = object()
    for value in (0.5, 0.6, 0.7):
        session.edit(Task.MULTICLASS, set_dog(session, value), "Drag dog of sample 1", key)
    session.undo_stack.undo()
    assert session.state(Task.MULTICLASS) == before
    assert not session.undo_stack.canUndo()


def test_what_a_drag_passed_through_is_not_kept(session):
    key, passed = object(), []
    for value in (0.5, 0.6, 0.7):
        session.edit(Task.MULTICLASS, set_dog(session, value), "Drag dog of sample 1", key)
        passed.append(weakref.ref(session.state(Task.MULTICLASS).models[0].predictions))
    assert [numbers() is None for numbers in passed] == [True, True, False]


def test_two_drags_are_two_steps(session):
    for key in (object(), object()):
        value = session.state(Task.MULTICLASS).models[0].predictions[0, 0] + 0.1
        session.edit(Task.MULTICLASS, set_dog(session, value), "Drag dog of sample 1", key)
    assert session.undo_stack.count() == 2


def test_a_drag_back_to_its_start_leaves_no_step(session):
    before = session.state(Task.MULTICLASS)
    key = object()
    session.edit(Task.MULTICLASS, set_dog(session, 0.7), "Drag dog of sample 1", key)
    session.edit(Task.MULTICLASS, before, "Drag dog of sample 1", key)
    assert session.state(Task.MULTICLASS) == before
    assert not session.undo_stack.canUndo()


def test_undo_goes_back_to_the_task_and_the_sample_of_the_change(session):
    session.show(Task.MULTICLASS, sample=2)
    session.edit(
        Task.MULTICLASS, edits.set_prediction(session.state(Task.MULTICLASS), 0, 2, 0, 0.5), "Set dog"
    )
    session.show(Task.MULTICLASS, sample=4)
    session.activate(Task.BINARY)
    session.undo_stack.undo()
    assert session.document.active_task is Task.MULTICLASS
    assert session.document.views[Task.MULTICLASS].sample == 2


def test_undo_past_the_start_and_redo_past_the_end_do_nothing(session):
    before = session.document
    session.undo_stack.undo()
    session.undo_stack.redo()
    assert session.document is before


def test_looking_is_no_change_of_the_document(session, qtbot):
    with qtbot.waitSignal(session.changed):
        session.show(Task.MULTICLASS, sample=3)
    with qtbot.waitSignal(session.changed):
        session.activate(Task.SOFT)
    assert not session.modified
    assert not session.undo_stack.canUndo()


def test_the_evaluation_follows_the_state_and_is_made_once(session):
    first = session.evaluation(Task.MULTICLASS)
    assert session.evaluation(Task.MULTICLASS) is first
    assert first.models[0].losses[0] == pytest.approx(0.916290731874155, rel=1e-14)
    session.edit(Task.MULTICLASS, set_dog(session, 0.5), "Set dog")
    assert session.evaluation(Task.MULTICLASS) is not first


def test_removing_samples_keeps_the_shown_one_within_them(session):
    session.show(Task.MULTICLASS, sample=4)
    state = edits.remove_samples(session.state(Task.MULTICLASS), Task.MULTICLASS, [4])
    session.edit(Task.MULTICLASS, state, "Remove sample 5")
    assert session.document.views[Task.MULTICLASS].sample == 3
    session.undo_stack.undo()
    assert session.document.views[Task.MULTICLASS].sample == 4


def test_loading_forgets_the_steps_and_saving_marks_the_clean_state(session, tmp_path):
    session.edit(Task.BINARY, edits.set_unit(session.state(Task.BINARY), Unit.BITS), "Loss in bits")
    assert session.modified
    session.saved(tmp_path / "a.ceviz")
    assert not session.modified
    session.undo_stack.undo()
    assert session.modified
    session.load(default_document(), None)
    assert not session.modified
    assert not session.undo_stack.canUndo()
    assert session.path is None
