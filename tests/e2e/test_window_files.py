"""Opening, saving and closing in the whole window, and what becomes of what is being typed or dragged."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ceviz.files.document_file import load_document, save_document
from ceviz.gui import messages
from tests.e2e.person import (
    PREDICTION,
    click,
    prediction,
    press,
    sample_table,
    type_number,
)


def test_saving_and_opening_brings_the_same_document_back(window, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "a b ü.ceviz"
    monkeypatch.setattr(messages, "choose_file_to_save", lambda *_: path)
    type_number(qtbot, window, 0, "0.2")
    assert window.isWindowModified()
    press(qtbot, window, Qt.Key.Key_S)
    assert not window.isWindowModified()
    assert path.name in window.windowTitle()
    assert load_document(path).tasks == window.session.document.tasks


def test_what_was_opened_last_is_offered_again_once(window, tmp_path):
    path = tmp_path / "a & b.ceviz"
    save_document(window.session.document, path)
    window.files.open(path)
    window.files.open(tmp_path / ".." / tmp_path.name / path.name)
    window.files.new()
    window._recent_menu.aboutToShow.emit()
    first, *others = window._recent_menu.actions()
    assert first.text() == str(path).replace("&", "&&")
    assert first.text() not in [action.text() for action in others]
    first.trigger()
    assert window.session.path == path


def test_a_file_that_cannot_be_opened_leaves_the_work_and_says_why(window, tmp_path, monkeypatch):
    path = tmp_path / "broken.ceviz"
    path.write_text(json.dumps({"format": "ceviz", "version": 1})[:-4])
    before = window.session.document
    monkeypatch.setattr(messages, "choose_file_to_open", lambda *_: path)
    window.files.open_chosen()
    assert window.session.document is before
    assert "broken.ceviz" in window.findChild(QWidget, "message").text


def test_a_folder_that_cannot_be_written_leaves_the_work_and_says_why(window, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "choose_file_to_save", lambda *_: tmp_path / "no such folder" / "a.ceviz")
    type_number(qtbot, window, 0, "0.2")
    press(qtbot, window, Qt.Key.Key_S)
    assert window.isWindowModified()
    assert "was not saved" in window.findChild(QWidget, "message").text


@pytest.mark.parametrize(
    ("answer", "closed"), [(messages.Unsaved.CANCEL, False), (messages.Unsaved.DISCARD, True)]
)
def test_closing_with_changes_asks_once(window, qtbot, monkeypatch, answer, closed):
    asked = []
    monkeypatch.setattr(messages, "ask_about_unsaved", lambda *_: asked.append(1) or answer)
    type_number(qtbot, window, 0, "0.2")
    assert window.close() is closed
    assert asked == [1]


def start_typing(qtbot, window, text):
    """Type without Enter: the editor stays open."""
    table = sample_table(window)
    click(qtbot, table, 0, PREDICTION)
    qtbot.keyClick(table, text[0])
    qtbot.keyClicks(QApplication.focusWidget(), text[1:])


@pytest.mark.parametrize("name", ["next_sample", "soft", "add_sample", "bits", "duplicate_sample", "dark"])
def test_every_action_takes_over_what_is_being_typed(window, qtbot, name):
    start_typing(qtbot, window, "0.77")
    window._actions[name].trigger()
    assert prediction(window)[0] == 0.77
    taken_twice = prediction(window, sample=1)[0] == 0.77
    assert taken_twice == (name == "duplicate_sample")


def test_what_is_being_typed_never_lands_in_another_document(window, qtbot, monkeypatch):
    monkeypatch.setattr(messages, "ask_about_unsaved", lambda *_: messages.Unsaved.DISCARD)
    start_typing(qtbot, window, "0.7x")
    window.files.new()
    QApplication.processEvents()
    assert prediction(window) == [0.4, 0.3, 0.3]
    assert not window.session.modified


def test_a_drag_ends_where_another_document_is_opened(window, qtbot):
    edits = window.edits
    edits.start_drag()
    edits.drag_probability(0, 0, 0.5, False, False)
    window.session.undo_stack.setClean()
    window.files.new()
    edits.drag_probability(0, 0, 0.9, False, False)
    assert prediction(window) == [0.4, 0.3, 0.3]
    assert edits.drag is None
