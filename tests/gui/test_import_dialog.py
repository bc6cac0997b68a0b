"""The import dialog by keys and mouse, and what becomes of it in the window."""

import io

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QRadioButton

from ceviz.core.document import InputKind, Task
from ceviz.files.predictions import PredictionsError
from ceviz.gui import messages
from ceviz.gui.import_dialog import ImportDialog
from ceviz.settings import Settings
from tests.windows import opened_window

LEFT = Qt.MouseButton.LeftButton
FILE = "label,dog,cat\ndog,0.4,0.6\ncat,0.2,0.8\n"
PROBABILITIES = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]])


@pytest.fixture(scope="module")
def shared(qapp):
    with opened_window() as window:
        yield window


@pytest.fixture
def window(shared, qtbot):
    shared.session.undo_stack.setClean()
    shared.files.new()
    shared.message_bar.hide()
    yield shared
    for dialog in shared.findChildren(ImportDialog):
        dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def asked(window, tmp_path, monkeypatch):
    """Open a file with the given content by the menu's action and give the dialog that asks about it."""

    def ask(content, name="a.csv", action="import"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        monkeypatch.setattr(messages, "choose_predictions", lambda *_: path)
        window._actions[action].trigger()
        return dialog_of(window)

    return ask


def dialog_of(window):
    (dialog,) = window.findChildren(ImportDialog)
    assert dialog.isVisible()
    return dialog


def arrays(**named):
    file = io.BytesIO()
    np.savez(file, **named)
    return file.getvalue()


def said(dialog):
    return dialog._status.text()


def press(qtbot, dialog, text):
    widgets = [*dialog.findChildren(QRadioButton), *dialog.findChildren(QPushButton)]
    shown = next(widget for widget in widgets if widget.text() == text and widget.isVisible())
    qtbot.mouseClick(shown, LEFT, pos=shown.rect().center())


def choose_role(qtbot, dialog, column, role):
    head = dialog.preview.horizontalHeader()
    at = QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)
    qtbot.mouseClick(head.viewport(), LEFT, pos=at)
    (menu,) = [menu for menu in dialog.preview.findChildren(QMenu) if menu.isVisible()]
    action = next(action for action in menu.actions() if action.text() == role)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_preview_keeps_qts_rules(asked, qtmodeltester):
    dialog = asked(FILE)
    model = dialog.preview.model()
    qtmodeltester.check(model)
    assert [model.index(0, column).data() for column in range(3)] == ["dog", "0.4", "0.6"]
    assert model.headerData(1, Qt.Orientation.Vertical) == "3"
    spoken = model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "label: Label"


def test_enter_imports_what_is_proposed_as_a_new_document(asked, window, qtbot, tmp_path):
    dialog = asked(FILE, "model.csv")
    assert said(dialog) == "Multi-class predictions: 2 samples, 2 classes, probabilities."
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    state = window.session.document.tasks[Task.MULTICLASS]
    assert (state.classes, state.models[0].name, window.files.name) == (("dog", "cat"), "model", "model")
    assert window.session.path is None
    assert not window.session.modified
    assert Settings().recent[0] == tmp_path / "model.csv"


def test_escape_imports_nothing(asked, window, qtbot):
    before = window.session.document
    qtbot.keyClick(asked(FILE), Qt.Key.Key_Escape)
    assert window.session.document is before


def test_a_question_has_to_be_answered_first(asked, window, qtbot):
    dialog = asked(arrays(y=[1, 2, 1], probs=PROBABILITIES), "a.npz")
    assert not dialog.accepting.isEnabled()
    assert said(dialog) == "Answer the question above first."
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.name.setFocus()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    assert dialog.accepting.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    state = window.session.document.tasks[Task.MULTICLASS]
    assert state.targets.tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0]]
    assert state.classes == ("class 1", "class 2", "class 3")


def test_percentages_or_logits_is_asked(asked, window, qtbot):
    dialog = asked("label,dog,cat\ndog,40,60\ncat,25,75\n")
    press(qtbot, dialog, "Percent")
    press(qtbot, dialog, "Import")
    assert window.session.document.tasks[Task.MULTICLASS].models[0].predictions.tolist()[1] == [0.25, 0.75]


def test_a_decimal_comma_or_thousands_is_asked(asked, window, qtbot):
    dialog = asked("label;dog;cat\ndog;1,234;-2,345\n")
    assert not dialog.accepting.isEnabled()
    press(qtbot, dialog, "Comma 0,5")
    assert dialog.accepting.isEnabled()
    press(qtbot, dialog, "Import")
    assert window.session.document.tasks[Task.MULTICLASS].models[0].predictions.tolist() == [[1.234, -2.345]]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_wrong_cell_is_marked_where_it_stands(asked, qtbot):
    dialog = asked("label,dog,cat,note\ndog,0.4,0.6,a\ncat,0.2,x,a\n")
    assert said(dialog).startswith("Line 2: column “note”: expected a number, got “a”")
    choose_role(qtbot, dialog, 3, "Left out")
    assert said(dialog) == "Line 3: column “cat”: expected a number, got “x”"
    model = dialog.preview.model()
    marked = Qt.ItemDataRole.BackgroundRole
    assert model.index(1, 2).data(marked) is not None
    assert model.index(0, 2).data(marked) is None
    assert not dialog.accepting.isEnabled()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_column_gets_its_role_by_keys(asked, qtbot):
    dialog = asked("animal,label,dog,cat\ndog,x,0.4,0.6\ncat,y,0.2,0.8\n")
    dialog.preview.setFocus()
    dialog.preview.setCurrentIndex(dialog.preview.model().index(0, 1))
    for column, downs in ((1, 4), (0, 1)):
        dialog.preview.setCurrentIndex(dialog.preview.model().index(0, column))
        qtbot.keyClick(dialog.preview, Qt.Key.Key_Space)
        (menu,) = [menu for menu in dialog.preview.findChildren(QMenu) if menu.isVisible()]
        for _ in range(downs):
            qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [role.value for role in dialog.preview.model().roles] == ["label", "ignored", "class", "class"]
    assert dialog.accepting.isEnabled()


def test_a_text_that_is_no_table_is_shown_up_to_its_fault(asked):
    dialog = asked("label,dog,cat\ndog,0.4,0.6\ncat,0.4\n")
    assert said(dialog) == "Line 3: expected 3 cells, as in the first row, got 2"
    model = dialog.preview.model()
    assert model.index(0, 1).data() == "dog"
    assert model.index(2, 0).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert not dialog.accepting.isEnabled()


def test_another_separator_reads_the_text_anew(asked, qtbot):
    dialog = asked("label;dog;cat\ndog;0.4;0.6\n")
    press(qtbot, dialog, "Tab")
    assert not dialog.accepting.isEnabled()
    press(qtbot, dialog, "Semicolon")
    assert dialog.accepting.isEnabled()


def test_one_more_model_is_one_step_of_undo(asked, window, qtbot):
    state = window.session.document.tasks[Task.MULTICLASS]
    dialog = asked(arrays(a=np.full((5, 3), 1 / 3)), "second.npz", action="add_model")
    assert "It has no labels: compared with the targets that are there." in said(dialog)
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "B")
    press(qtbot, dialog, "Import")
    after = window.session.document.tasks[Task.MULTICLASS]
    assert [model.name for model in after.models] == ["A", "B"]
    assert window.session.document.views[Task.MULTICLASS].compare
    window.session.undo_stack.undo()
    assert window.session.document.tasks[Task.MULTICLASS] == state
    assert not window.session.undo_stack.canUndo()


def test_labels_come_from_a_file_of_their_own(asked, window, qtbot, tmp_path, monkeypatch):
    file = io.BytesIO()
    np.save(file, np.log(PROBABILITIES))
    dialog = asked(file.getvalue(), "logits.npy")
    assert "there are no labels" in said(dialog).casefold()
    for content, words in (
        ("label\n0\n2\n", "2 rows, but there are predictions for 3 samples"),
        ("label\n0\n2\n1\n", ""),
    ):
        (tmp_path / "labels.csv").write_text(content)
        monkeypatch.setattr(messages, "choose_predictions", lambda *_: tmp_path / "labels.csv")
        press(qtbot, dialog, "Labels from a file…")
        assert words in said(dialog)
    press(qtbot, dialog, "Import")
    state = window.session.document.tasks[Task.MULTICLASS]
    assert np.argmax(state.targets, axis=1).tolist() == [0, 2, 1]
    assert state.models[0].input is InputKind.LOGITS


def test_the_clipboard_is_a_source_too(window, qtbot):
    QGuiApplication.clipboard().setText("")
    window._actions["import_clipboard"].trigger()
    assert window.message_bar.text == "There is no text on the clipboard."
    QGuiApplication.clipboard().setText("label\tdog\tcat\ndog\t0,4\t0,6\n")
    window._actions["import_clipboard"].trigger()
    press(qtbot, dialog_of(window), "Import")
    assert window.session.document.tasks[Task.MULTICLASS].models[0].predictions.tolist() == [[0.4, 0.6]]


def test_what_needs_no_question_opens_at_once_and_can_be_read_otherwise(window, qtbot, tmp_path):
    path = tmp_path / "a.npz"
    path.write_bytes(arrays(y_true=[0, 1, 2], probs=PROBABILITIES))
    window.files.open_safely(path)
    assert window.findChildren(ImportDialog) == []
    assert window.message_bar.text == "Multi-class predictions: 3 samples, 3 classes, probabilities"
    button = next(
        b for b in window.message_bar.findChildren(QPushButton) if b.text().startswith("Change how")
    )
    qtbot.mouseClick(button, LEFT)
    assert dialog_of(window).accepting.isEnabled()


def test_a_dropped_file_with_an_open_question_asks_it(window, qtbot, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("label,dog,cat,panda\n1,0.5,0.25,0.25\n2,0.5,0.25,0.25\n")
    mime, gone = QMimeData(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, gone, LEFT, none))
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, LEFT, none))
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None)
    assert not dialog_of(window).accepting.isEnabled()


def test_a_bad_table_is_told_and_can_be_looked_at(window, qtbot, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("label,dog,cat\ndog,0.4,x\n")
    window.files.open_safely(path)
    assert window.message_bar.text.startswith("a.csv was not opened: line 2: column “cat”")
    button = next(b for b in window.message_bar.findChildren(QPushButton) if b.text() == "Look at it…")
    qtbot.mouseClick(button, LEFT)
    assert said(dialog_of(window)) == "Line 2: column “cat”: expected a number, got “x”"


def test_at_the_start_nobody_can_be_asked(window, tmp_path):
    path = tmp_path / "a.npy"
    np.save(path, PROBABILITIES)
    with pytest.raises(PredictionsError, match="there are no labels"):
        window.open(path)
