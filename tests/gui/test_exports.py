"""What leaves the window as text: files that are written, and what lies on the clipboard."""

from __future__ import annotations

import csv
import io

import pytest
from PySide6.QtGui import QGuiApplication

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.files.document_file import default_document
from ceviz.gui import messages
from ceviz.gui.application import create_window
from tests.files.test_code_text import printed


@pytest.fixture
def window(qtbot, theme, monkeypatch):
    monkeypatch.setattr(messages, "ask_about_unsaved", lambda *_: messages.Unsaved.DISCARD)
    window = create_window()
    qtbot.addWidget(window)
    return window


def choose(monkeypatch, path, kind):
    asked = []
    monkeypatch.setattr(
        messages, "choose_file_to_export", lambda _, *rest: asked.append(rest) or (path and (path, kind))
    )
    return asked


def act(window, name):
    """Trigger an action as the menu and the palette do."""
    next(action for action in window.actions() if action.text() == name).trigger()


def copied():
    return QGuiApplication.clipboard().text()


def test_the_batch_is_written_as_a_table(window, tmp_path, monkeypatch):
    path = tmp_path / "mit Umlaut ä.csv"
    asked = choose(monkeypatch, path, "Table")
    act(window, "Export batch…")
    ((suggestion, kinds),) = asked
    assert (suggestion.name, kinds) == ("untitled losses.csv", {".csv": "Table"})
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert [row["loss"] for row in rows][:2] == ["0.916290731874155", "0.2231435513142097"]
    assert "was written" in window.message_bar.text


@pytest.mark.parametrize(
    ("ending", "kind", "start"), [(".md", "Markdown", "## S"), (".tex", "LaTeX", "\\doc")]
)
def test_a_report_is_written_as_its_kind(window, tmp_path, monkeypatch, ending, kind, start):
    path = tmp_path / f"a{ending}"
    choose(monkeypatch, path, kind)
    act(window, "Export report of the sample…")
    assert path.read_text().startswith(start)
    act(window, "Export report of the batch…")
    assert "Batch" in path.read_text()


def test_nothing_is_written_where_none_was_chosen(window, tmp_path, monkeypatch):
    choose(monkeypatch, None, "")
    act(window, "Export batch…")
    assert list(tmp_path.iterdir()) == []
    assert window.message_bar.text == ""


def test_a_folder_that_is_gone_is_told(window, tmp_path, monkeypatch):
    choose(monkeypatch, tmp_path / "gone" / "a.csv", "Table")
    act(window, "Export batch…")
    assert "a.csv was not written: No such file or directory." in window.message_bar.text


def test_programs_and_reports_are_copied(window):
    act(window, "Sample as SciPy")
    assert printed(copied()) == 0.916290731874155
    act(window, "Batch as NumPy")
    assert printed(copied()) == pytest.approx(0.8481054144800364, rel=1e-14)
    act(window, "Batch as Markdown")
    assert "| 1 | An image of a dog | 0.916 |" in copied()
    assert window.message_bar.text == "Copied."


def test_both_models_of_a_comparison_are_copied(window):
    act(window, "Compare two models")
    act(window, "Sample as NumPy")
    assert copied().count("print(") == 2
    act(window, "Sample as Markdown")
    assert "## Model B" in copied()


def test_a_sample_without_a_loss_is_no_program(window):
    QGuiApplication.clipboard().setText("before")
    state = edits.set_prediction(default_document().tasks[Task.MULTICLASS], 0, 0, 0, 0.9)
    window.session.edit(Task.MULTICLASS, state, "Set dog")
    act(window, "Sample as PyTorch")
    assert copied() == "before"
    assert window.message_bar.text == "Sample 1 has no loss: the prediction sums to 1.5, not 1."
