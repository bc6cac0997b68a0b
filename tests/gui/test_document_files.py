"""Files around a window: two windows on one file, changes from outside, work that a crash left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.files.document_file import default_document, load_document, save_document, write_document
from ceviz.files.figure_file import svg_with_document
from ceviz.files.recovery import Recovered, keep_aside
from ceviz.gui import application, messages
from ceviz.gui.application import create_window, keep_safe
from ceviz.gui.autosave import Autosave, left_behind
from ceviz.gui.document_files import DocumentFiles
from ceviz.gui.message_bar import MessageBar
from ceviz.session import Session


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a b.ceviz"
    save_document(default_document(), path)
    return path


class Desk:
    """A session with its files, without the rest of a window."""

    def __init__(self, qtbot, theme, make_window):
        self.window = make_window()
        qtbot.addWidget(self.window)
        self.window.resize(800, 600)
        self.session = Session(default_document(), parent=self.window)
        self.bar = MessageBar(self.window, theme)
        self.files = DocumentFiles(self.session, self.bar, self.window)
        self.window.show()

    def edit(self, value=0.7):
        state = edits.set_prediction(self.session.state(Task.MULTICLASS), 0, 0, 0, value)
        self.session.edit(Task.MULTICLASS, state, "Set dog")

    def press(self, text):
        next(button for button in self.bar.findChildren(QPushButton) if button.text() == text).click()


@pytest.fixture
def desks(qtbot, theme):
    return lambda: Desk(qtbot, theme, QWidget)


def test_a_second_window_on_a_file_says_so_and_asks_before_it_overwrites(desks, path):
    first, second = desks(), desks()
    first.files.open(path)
    second.files.open(path)
    assert "another window" in second.bar.text
    before = path.read_bytes()
    second.edit()
    assert not second.files.save()
    assert path.read_bytes() == before
    second.press("Overwrite")
    assert load_document(path).tasks[Task.MULTICLASS].models[0].predictions[0, 0] == 0.7
    first.files.let_go()
    second.files.let_go()


def test_a_window_that_is_alone_is_not_asked(desks, path):
    first = desks()
    first.files.open(path)
    first.files.let_go()
    second = desks()
    second.files.open(path)
    second.edit()
    assert second.files.save()
    assert not second.session.modified
    second.files.let_go()


def test_a_file_changed_outside_is_noticed_and_not_overwritten_silently(desks, path):
    desk = desks()
    desk.files.open(path)
    desk.edit()
    state = edits.set_prediction(default_document().tasks[Task.MULTICLASS], 0, 0, 0, 0.123)
    save_document(default_document().with_state(Task.MULTICLASS, state), path)
    desk.files.notice_changes_outside()
    assert "changed by another program" in desk.bar.text
    assert not desk.files.save()
    assert load_document(path).tasks[Task.MULTICLASS] == state
    desk.press("Overwrite")
    assert load_document(path).tasks[Task.MULTICLASS].models[0].predictions[0, 0] == 0.7
    assert desk.files.save()
    desk.files.let_go()


def test_a_file_that_is_gone_counts_as_not_saved_and_is_written_anew(desks, path):
    desk = desks()
    desk.files.open(path)
    path.rename(path.with_name("other.ceviz"))
    desk.files.notice_changes_outside()
    assert "was removed or renamed" in desk.bar.text
    assert desk.session.modified
    assert desk.files.save()
    assert load_document(path) == desk.session.document
    folder = path.parent
    folder.rename(folder.with_name("moved"))
    assert not desk.files.save()
    assert desk.bar.text.startswith(f"{path} was not saved: ")
    desk.files.let_go()


def test_a_changed_file_can_be_loaded_again(desks, path, monkeypatch):
    desk = desks()
    desk.files.open(path)
    state = edits.set_prediction(default_document().tasks[Task.MULTICLASS], 0, 0, 0, 0.123)
    save_document(default_document().with_state(Task.MULTICLASS, state), path)
    desk.files.notice_changes_outside()
    desk.press("Load it again")
    assert desk.session.state(Task.MULTICLASS) == state
    desk.files.let_go()


def test_a_figure_opens_as_its_document_and_has_no_other_reading(desks, tmp_path):
    figure = tmp_path / "a.svg"
    figure.write_bytes(svg_with_document(b"<svg></svg>", write_document(default_document())))
    desk = desks()
    desk.files.open(figure)
    assert desk.bar.text.startswith("This is the document that the figure was made from.")
    assert [button.text() for button in desk.bar.findChildren(QPushButton)] == ["Close"]
    assert desk.session.path is None


def test_saving_a_csv_of_predictions_never_overwrites_it(desks, tmp_path, monkeypatch):
    table = tmp_path / "p.csv"
    table.write_text("label,a,b\na,0.5,0.5\n")
    desk = desks()
    desk.files.open(table)
    asked = []
    monkeypatch.setattr(messages, "choose_file_to_save", lambda _, suggestion: asked.append(suggestion))
    desk.edit(0.9)
    assert not desk.files.save()
    assert asked[0].name == "p.ceviz"
    assert table.read_text() == "label,a,b\na,0.5,0.5\n"


def test_unsaved_work_is_kept_aside_and_goes_when_it_is_saved(desks, path, tmp_path):
    desk = desks()
    desk.files.open(path)
    autosave = Autosave(desk.session, desk.files, tmp_path)
    desk.edit()
    autosave.keep()
    kept = list(tmp_path.glob("*.recovery"))
    assert len(kept) == 1
    assert list(left_behind(tmp_path)) == []  # its window lives
    desk.files.save()
    autosave.keep()
    assert list(tmp_path.glob("*.recovery")) == []
    autosave.end()
    desk.files.let_go()


def test_a_folder_that_cannot_be_written_is_told_once(desks, tmp_path):
    desk = desks()
    folder = tmp_path / "gone"
    autosave = Autosave(desk.session, desk.files, folder)
    told = []
    autosave.failed.connect(told.append)
    desk.edit(0.6)
    autosave.keep()
    autosave.keep()
    assert len(told) == 1
    assert "No such file" in told[0]


CRASHING = """
import os, sys
from pathlib import Path
from ceviz.gui.application import create_application, create_window, keep_safe
from ceviz.core import edits
from ceviz.core.document import Task
app = create_application([])
window = create_window()
keep_safe(window)
state = edits.set_prediction(window.session.state(Task.MULTICLASS), 0, 0, 0, 0.625)
window.session.edit(Task.MULTICLASS, state, "Set dog")
print("edited", flush=True)
app.exec()
"""


def test_after_a_kill_the_next_start_offers_the_work(qtbot, tmp_path):
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-c", CRASHING], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "edited\n"
    deadline = time.monotonic() + 20
    while not (found := list(tmp_path.rglob("*.recovery"))) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    process.stdout.close()
    ((_, work),) = left_behind(Path(found[0]).parent)
    assert work.document.tasks[Task.MULTICLASS].models[0].predictions[0, 0] == 0.625


def test_the_offer_brings_the_work_back_unsaved(qtbot, theme, tmp_path, monkeypatch):
    monkeypatch.setattr(application, "recovery_folder", lambda: tmp_path)
    state = edits.set_prediction(default_document().tasks[Task.MULTICLASS], 0, 0, 0, 0.625)
    work = Recovered(default_document().with_state(Task.MULTICLASS, state), "mine.ceviz", None, None)
    keep_aside(tmp_path / "x.recovery", work)
    window = create_window()
    qtbot.addWidget(window)
    window.message_bar.show_message("Labels counted from 0.")
    keep_safe(window)
    assert window.message_bar.text == "Labels counted from 0."
    window.message_bar.hide()
    qtbot.waitUntil(lambda: "mine.ceviz" in window.message_bar.text)
    button = next(b for b in window.message_bar.findChildren(QPushButton) if b.text() == "Restore")
    button.click()
    assert window.session.state(Task.MULTICLASS) == state
    assert window.session.modified
    assert window.message_bar.text == ""
    assert not (tmp_path / "x.recovery").exists()
    assert len(list(tmp_path.glob("*.recovery"))) == 1  # kept aside anew
    window.session.undo_stack.setClean()
    window.close()
    assert list(tmp_path.glob("*.recovery")) == []


def test_cancelling_a_restore_loses_nothing(qtbot, theme, tmp_path, monkeypatch):
    monkeypatch.setattr(application, "recovery_folder", lambda: tmp_path)
    keep_aside(tmp_path / "x.recovery", Recovered(default_document(), "mine.ceviz", None, None))
    window = create_window()
    qtbot.addWidget(window)
    keep_safe(window)
    button = next(b for b in window.message_bar.findChildren(QPushButton) if b.text() == "Restore")
    state = edits.set_prediction(window.session.state(Task.MULTICLASS), 0, 0, 0, 0.7)
    window.session.edit(Task.MULTICLASS, state, "Set dog")
    monkeypatch.setattr(messages, "ask_about_unsaved", lambda *_: messages.Unsaved.CANCEL)
    button.click()
    assert window.session.state(Task.MULTICLASS) == state
    assert (tmp_path / "x.recovery").exists()
    window.session.undo_stack.setClean()
    window.close()


def test_opening_the_same_file_again_after_saving_it_brings_what_was_saved(desks, path, monkeypatch):
    desk = desks()
    desk.files.open(path)
    desk.edit(0.123)
    monkeypatch.setattr(messages, "ask_about_unsaved", lambda *_: messages.Unsaved.SAVE)
    desk.files.open(path)
    assert desk.session.state(Task.MULTICLASS).models[0].predictions[0, 0] == 0.123
    assert not desk.session.modified
    desk.files.let_go()


def test_a_window_alone_again_is_not_asked_any_more(desks, path):
    first, second = desks(), desks()
    first.files.open(path)
    second.files.open(path)
    first.files.let_go()
    second.edit()
    assert second.files.save()
    second.files.let_go()


def test_work_restored_over_a_newer_file_asks_before_it_overwrites(desks, path):
    desk = desks()
    work = Recovered(default_document(), path.name, path, (1, 2, 3))
    assert desk.files.restore(work)
    assert not desk.files.save()
    assert "another program" in desk.bar.text
    desk.files.let_go()


def test_a_folder_for_recovery_that_cannot_be_made_is_told_and_the_window_works(qtbot, theme, monkeypatch):
    def impossible():
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(application, "recovery_folder", impossible)
    window = create_window()
    qtbot.addWidget(window)
    keep_safe(window)
    assert "Read-only file system" in window.message_bar.text
    window.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(desks, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    desk = desks()
    desk.files.open_safely(pipe)
    assert desk.bar.text == f"{pipe} was not opened: it is a pipe or a device, not a file"


def test_the_last_resort_keeps_the_work_aside_before_it_says_anything(desks, tmp_path, monkeypatch, capsys):
    desk = desks()
    autosave = Autosave(desk.session, desk.files, tmp_path)
    desk.edit(0.625)
    kept = []
    monkeypatch.setattr(messages, "tell_unexpected", lambda *_: kept.extend(tmp_path.glob("*.recovery")))
    application._report(autosave, ValueError, ValueError("unforeseen"), None)
    assert len(kept) == 1
    assert "unforeseen" in capsys.readouterr().err
    autosave.end()
