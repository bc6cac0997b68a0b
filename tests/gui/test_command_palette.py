"""The command palette, by keys and by mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from ceviz.gui.command_palette import Command, CommandPalette, folded


@pytest.fixture
def done():
    return []


@pytest.fixture
def palette(qtbot, theme, done):
    window = QWidget()
    window.resize(1024, 680)
    qtbot.addWidget(window)
    window.show()
    palette = CommandPalette(
        window,
        theme,
        [
            Command("Normalise row 4", "fix", "", lambda: done.append("normalise 4")),
            Command("New sample", "batch", "Ctrl+N", lambda: done.append("new")),
            Command("Show loss in bits", "unit", "", lambda: done.append("bits")),
        ],
    )
    palette.open()
    palette.keep = window  # the palette's owner must outlive the test
    return palette


def field(palette):
    return palette.findChild(QLineEdit)


def shown(palette):
    model = palette.findChild(QListView).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_model_keeps_qts_rules(palette, qtmodeltester):
    qtmodeltester.check(palette.findChild(QListView).model())


def test_typing_narrows_by_every_word_in_any_order(palette, qtbot):
    assert shown(palette) == ["Normalise row 4", "New sample", "Show loss in bits"]
    qtbot.keyClicks(field(palette), "BITS show")
    assert shown(palette) == ["Show loss in bits"]


def test_enter_runs_the_marked_command_and_closes(palette, qtbot, done):
    qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert done == ["new"]
    assert palette.isHidden()


def test_a_click_runs_a_command(palette, qtbot, done):
    listing = palette.findChild(QListView)
    rect = listing.visualRect(listing.model().index(2, 0))
    qtbot.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert done == ["bits"]


def test_nothing_found_does_nothing(palette, qtbot, done):
    qtbot.keyClicks(field(palette), "no such thing")
    assert shown(palette) == []
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert done == []


def test_escape_closes(palette, qtbot, done):
    qtbot.keyClick(field(palette), Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert done == []


def test_the_marked_row_stops_at_both_ends(palette, qtbot, done):
    for _ in range(9):
        qtbot.keyClick(field(palette), Qt.Key.Key_Up)
    for _ in range(9):
        qtbot.keyClick(field(palette), Qt.Key.Key_Down)
    qtbot.keyClick(field(palette), Qt.Key.Key_Return)
    assert done == ["bits"]


def test_what_begins_with_the_words_comes_first(palette, qtbot):
    qtbot.keyClicks(field(palette), "n")
    assert shown(palette)[:2] == ["Normalise row 4", "New sample"]
    qtbot.keyClicks(field(palette), "ew")
    assert shown(palette) == ["New sample"]


@pytest.mark.parametrize("typed", ["isik istanbul", "IŞIK", "ışık", "kopegi", "Köpeği sample", "bul ist"])
def test_capitals_accents_and_turkish_dots_do_not_matter(typed):
    command = Command("4  IŞIK köpeği, İstanbul", "sample", "", list)
    assert command.matches(folded(typed).split())
    assert not command.matches(folded("ankara").split())
