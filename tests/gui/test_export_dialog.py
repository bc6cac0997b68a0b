"""The export dialog: what is chosen is what is shown, copied and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.theme import Theme
from ceviz.files.document_file import default_document
from ceviz.files.predictions import open_content
from ceviz.gui import messages
from ceviz.gui.export_dialog import ExportDialog
from ceviz.settings import Settings


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.resize(1440, 900)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window: QMainWindow, theme: Theme, tmp_path: Path) -> ExportDialog:
    document = default_document().with_view(Task.MULTICLASS, overlay=False, sample=3)
    dialog = ExportDialog(document, "lesson", tmp_path, theme, window)
    dialog.open()
    return dialog


def click(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(10, button.height() // 2))


def segment(control, text: str):
    return next(one for one in control._segments.values() if one.text() == text)


def test_it_opens_with_the_loss_curve_as_wide_as_a_text(dialog: ExportDialog) -> None:
    assert (dialog.order.name, dialog.figure.width) == ("curve", 120.0)
    assert dialog.figure.height == pytest.approx(88, abs=1)
    assert dialog.preview.accessibleName() == "Preview of 120 × 88 mm, smallest text 6.7 pt"
    assert dialog.choices.figures["lens"].text() == "Simplex"
    assert not dialog.choices.dpi.isVisible()


def test_what_is_clicked_is_what_is_shown(dialog: ExportDialog) -> None:
    click(dialog.choices.figures["batch"])
    click(segment(dialog.choices.format, "PNG"))
    click(segment(dialog.choices.colors, "Print"))
    assert (dialog.order.name, dialog.order.ending, dialog.order.printed) == ("batch", ".png", True)
    assert dialog.choices.dpi.isVisible()
    assert dialog.figure.theme.printed
    shown = {name for name, option in dialog.choices.parts.items() if option.isVisible()}
    assert shown == {"caption"}


@pytest.mark.parametrize("size", [(1440, 900), (1024, 680)])
def test_every_choice_is_seen_whole(window: QMainWindow, tmp_path: Path, size: tuple[int, int]) -> None:
    window.resize(*size)
    theme = Theme("light", compact=size != (1440, 900))
    dialog = ExportDialog(default_document(), "lesson", tmp_path, theme, window)
    dialog.open()
    click(segment(dialog.choices.format, "PNG"))
    QGuiApplication.processEvents()
    for option in (*dialog.choices.figures.values(), *dialog.choices.parts.values()):
        assert option.height() >= option.sizeHint().height()
        assert option.visibleRegion().boundingRect() == option.rect()


def test_enter_saves_from_any_choice(dialog: ExportDialog, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "figure.pdf"
    monkeypatch.setattr(messages, "choose_file_to_export", lambda *_: (path, "PDF"))
    dialog.choices.size_choice.setFocus()
    QTest.keyClick(dialog.choices.size_choice, Qt.Key.Key_Return)
    assert path.exists()


def test_a_part_that_is_left_out_is_gone(dialog: ExportDialog) -> None:
    def charts():
        return dialog.figure.value.charts[0]

    assert charts().marks
    assert len(charts().curves) == 1
    for name in ("other_samples", "axis_values", "square_error"):
        click(dialog.choices.parts[name])
    assert not charts().marks
    assert not charts().pills
    assert len(charts().curves) == 2
    assert dialog.figure.title.endswith("Dashed: the square error (p − t)².")
    click(dialog.choices.parts["caption"])
    assert not dialog.figure.captioned


def test_text_too_small_to_read_is_told(dialog: ExportDialog) -> None:
    click(dialog.choices.figures["view"])
    dialog.choices.size_choice.chosen.emit("85.0")
    assert dialog.preview._small
    dialog.choices.size_choice.chosen.emit("slide")
    assert not dialog.preview._small
    assert (dialog.figure.width, dialog.figure.height) == (338.667, 190.5)


def test_keys_reach_and_change_everything(dialog: ExportDialog) -> None:
    dialog.choices.figures["curve"].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dialog.choices.figures["curve"], Qt.Key.Key_Down)
    assert dialog.order.name == "lens"
    reached = []
    for _ in range(14):
        widget = QGuiApplication.focusObject()
        if widget in reached:
            break
        reached.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    for widget in (dialog.choices.size_choice, dialog.choices.parts["caption"], dialog.copy, dialog.save):
        assert widget in reached
    for widget in reached:
        assert widget.accessibleName() or widget.text()


def test_copying_offers_pixels_and_a_drawing(dialog: ExportDialog) -> None:
    click(dialog.copy)
    content = QGuiApplication.clipboard().mimeData()
    assert isinstance(content.imageData(), QImage)
    assert content.imageData().width() == round(120 / 25.4 * 300)
    drawing = bytes(content.data("image/svg+xml").data())
    assert open_content(drawing, "a.svg").document.views[Task.MULTICLASS].sample == 3
    assert dialog.problem.text() == "Copied as PNG and as SVG."


def test_saving_writes_the_figure_and_remembers_its_folder(
    dialog: ExportDialog, monkeypatch, tmp_path: Path
) -> None:
    asked = []

    def choose(parent, suggestion: Path, kinds: dict[str, str]):
        asked.append((suggestion, kinds))
        return tmp_path / "Bilder ä" / "a.pdf", "PDF"

    monkeypatch.setattr(messages, "choose_file_to_export", choose)
    Settings().figure_folder = tmp_path
    click(dialog.save)
    path = tmp_path / "Bilder ä" / "a.pdf"
    assert dialog.problem.text() == f"{path} was not written: No such file or directory."
    assert [(suggestion, *kinds) for suggestion, kinds in asked] == [
        (tmp_path / "lesson curve.pdf", ".pdf", ".svg", ".png")
    ]
    path.parent.mkdir()
    written = []
    dialog.saved.connect(written.append)
    click(dialog.save)
    assert written == [path]
    assert written[0].read_bytes().startswith(b"%PDF-")
    assert Settings().figure_folder == tmp_path / "Bilder ä"
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("f.xyz", "f.xyz.pdf"), ("f", "f.pdf"), ("f.PDF", "f.PDF"), ("f.png", "f.png"), ("v1.2", "v1.2.pdf")],
)
def test_the_ending_of_a_name_says_what_is_written(
    typed: str, written: str, dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    Settings().figure_folder = tmp_path

    def type_name() -> None:
        asking = dialog.findChild(QFileDialog)
        field = asking.findChild(QLineEdit)
        field.clear()
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_name)
    click(dialog.save)
    assert [path.name for path in tmp_path.iterdir()] == [written]
    start = b"\x89PNG" if written.endswith(".png") else b"%PDF-"
    assert (tmp_path / written).read_bytes().startswith(start)


def test_an_existing_file_under_the_completed_name_is_asked_about(
    dialog: ExportDialog, tmp_path: Path
) -> None:
    Settings().figure_folder = tmp_path
    there = tmp_path / "f.xyz.pdf"
    there.write_text("mine")
    offered = []

    def give_up() -> None:
        asking = dialog.findChild(QFileDialog)
        offered.append(asking.findChild(QLineEdit).text())
        asking.reject()

    def type_name() -> None:
        field = dialog.findChild(QFileDialog).findChild(QLineEdit)
        field.clear()
        QTest.keyClicks(field, "f.xyz")
        QTimer.singleShot(0, give_up)
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_name)
    click(dialog.save)
    assert offered == ["f.xyz.pdf"]
    assert there.read_text() == "mine"
