"""The words of the sample panel: names with markup and without end, reasons, the field of the temperature."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ceviz.core import edits
from ceviz.core.document import Sample, Task, TaskState
from ceviz.drawing.painting import text_width
from ceviz.drawing.theme import Theme
from ceviz.explain.spans import Span, loss_span, say
from ceviz.gui.rich_spans import Takeaway
from ceviz.gui.sample_panel import SamplePanel
from ceviz.gui.tables.row_menus import class_menu
from ceviz.gui.tables.sample_columns import sample_columns
from tests.gui.desk import BINARY, SOFT, STATES, WORKED, Desk, logits, predicting, shown_of

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LONG = "a class whose name is much longer than any column"
LOGITS = logits([[2, 1, 0.1], [0, 0, 0], [0, 0, 0]])


def _desk(qtbot: QtBot, theme: Theme, state: TaskState, task: Task = Task.MULTICLASS) -> Desk:
    panel = SamplePanel(theme)
    panel.resize(476, 504)
    return Desk(qtbot, panel, state, task)


def _named(state: TaskState, name: str, sample: str = "one") -> TaskState:
    samples = tuple(Sample(f"{sample} {n}") for n in range(state.sample_count))
    return replace(state, classes=(name, *state.classes[1:]), samples=samples)


def test_names_with_markup_are_shown_as_they_are(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, _named(WORKED, "<h1>big</h1>", "<h1>huge</h1>"))
    labels = [label for label in desk.panel.findChildren(QLabel) if label.objectName() != "takeaway"]
    assert any("<h1>huge</h1>" in label.text() for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    tip = desk.table.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;h1&gt;big&lt;/h1&gt;" in tip


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("name", "told"), [("dog", ""), ("d" * 60, "d" * 60)])
def test_a_name_is_told_where_not_all_of_it_is_in_sight(
    qtbot: QtBot, theme: Theme, name: str, told: str
) -> None:
    desk = _desk(qtbot, theme, _named(WORKED, name))
    table = desk.table
    at = table.cell_rect(table.model().index(0, 0)).center().toPoint()
    QToolTip.hideText()
    asked = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.viewport(), asked)
    assert QToolTip.isVisible() == bool(told)
    assert told in QToolTip.text()
    QToolTip.hideText()


def test_an_ampersand_in_a_name_stays_in_the_menu(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, _named(WORKED, "R&D"))
    index = desk.table.model().index(0, 0)
    assert "Rename R&&D" in [action.text() for action in class_menu(desk.table, index, 0, index).actions()]


def test_a_long_heading_is_elided_and_told_whole(qtbot: QtBot, theme: Theme) -> None:
    short, long = (_ink(_desk(qtbot, theme, _named(WORKED, "dog", name))) for name in ("i", "i" * 300))
    # An ellipsis stands on the baseline at the right end; cut letters would fill their whole height there.
    assert short == []
    assert long
    assert min(long) > 9


def _ink(desk: Desk) -> list[int]:
    """The rows with ink in the last letter's width of the heading."""
    heading = desk.panel._heading
    image = heading.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = image.pixel(image.width() - 1, 0)
    return [
        y
        for y in range(image.height())
        if any(image.pixel(x, y) != ground for x in range(image.width() - 5, image.width()))
    ]


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.SOFT, Task.MULTILABEL])
def test_long_names_give_way_to_the_track_and_the_remark(theme: Theme, task: Task) -> None:
    state = _named(STATES[task], LONG)
    # At the standard width of the panel, 476 px, the table is 452 px wide.
    columns = sample_columns(shown_of(state, task), state.classes, 452, theme)
    track = columns.track(columns.cell(2, 0, 60), 20)
    assert track.width() >= 110
    remark = {Task.SOFT: "both distributions", Task.MULTILABEL: "need not be 1"}.get(task, "a distribution")
    loss = 50
    needed = 15 + 4 + text_width(remark, theme.font("label", weight=400)) + loss
    assert columns.cell(3, 0, 60).right() - 16 - (track.left() - 5) >= needed


def test_the_reason_under_a_number_is_painted_whole(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, predicting([[1.3, 0.2, 0.2], [0, 1, 0], [0, 0, 1]]))
    desk.panel.resize(476, 440)
    desk.table.use_columns(desk.table.columns, 40)
    cell = desk.table.visualRect(desk.table.model().index(0, 2))
    image = desk.table.viewport().grab(cell).toImage()
    danger = theme.color("danger")
    rows = [y for y in range(image.height()) if _has(image, y, danger)]
    # Number and reason stand apart, and the reason ends above the line at the lower edge.
    assert rows[-1] <= image.height() - 3
    assert rows[0] >= 2
    assert rows[-1] - rows[0] > 26


def _has(image: QImage, y: int, color: QColor) -> bool:
    return any(image.pixelColor(x, y) == color for x in range(70))


@pytest.mark.parametrize("how", ["click", "tab"])
def test_typing_into_the_temperature_replaces_it(qtbot: QtBot, theme: Theme, how: str) -> None:
    desk = _desk(qtbot, theme, LOGITS)
    field = desk.panel.temperature.field
    if how == "click":
        QTest.mouseClick(field, LEFT, NONE, QPoint(40, 14))
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.selectedText() == "1.00"
    QTest.keyClicks(field, "3")
    assert field.text() == "3"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "1.00"
    assert desk.edits == []


def test_finishing_takes_the_temperature_over_or_says_no(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, LOGITS)
    field = desk.panel.temperature.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "x")
    assert not desk.panel.finish_editing()
    field.selectAll()
    QTest.keyClicks(field, "2.5")
    assert desk.panel.finish_editing()
    assert desk.state.options.temperature == 2.5


@pytest.mark.parametrize(("task", "state"), [(Task.SOFT, SOFT), (Task.BINARY, BINARY)])
def test_dots_and_switch_come_back_with_the_room(
    qtbot: QtBot, theme: Theme, task: Task, state: TaskState
) -> None:
    samples = (Sample("7 of 10 said dog"), *state.samples[1:])
    desk = _desk(qtbot, theme, replace(state, samples=samples), task)
    part = desk.panel._dots if task is Task.SOFT else desk.panel._switch
    assert part.isVisible()
    desk.panel.resize(476, 250)
    assert not part.isVisible()
    desk.panel.resize(476, 504)
    assert part.isVisible()


@pytest.mark.parametrize(
    ("task", "name"), [(Task.MULTICLASS, "panda"), (Task.SOFT, "panda"), (Task.BINARY, "not dog")]
)
def test_short_names_are_whole_in_a_narrow_window(theme: Theme, task: Task, name: str) -> None:
    compact = Theme("light", compact=True)
    width = compact.metrics["sample"] - 2 * (compact.metrics["padX"] - 8)
    columns = sample_columns(shown_of(STATES[task], task), (name,), width, compact)
    # Left of a name are 45 px, right of it 10.
    needed = 45 + text_width(name, compact.font("className", weight=600)) + 10
    assert columns.widths[0] >= needed


def test_a_short_name_is_whole_beside_the_button_that_mends_a_soft_target(theme: Theme) -> None:
    compact = Theme("light", compact=True)
    width = compact.metrics["sample"] - 2 * (compact.metrics["padX"] - 8)
    shown = shown_of(edits.set_target(SOFT, 0, 0, 0.9), Task.SOFT)
    columns = sample_columns(shown, ("panda",), width, compact)
    assert columns.widths[0] >= 45 + text_width("panda", compact.font("className", weight=600)) + 10


def test_the_heads_of_soft_targets_stand_apart_in_a_narrow_window(qtbot: QtBot, theme: Theme) -> None:
    compact = Theme("light", compact=True)
    panel = SamplePanel(compact)
    panel.resize(panel.width(), 400)
    desk = Desk(qtbot, panel, _named(SOFT, LONG), Task.SOFT)
    image = desk.table.header.viewport().grab().toImage()
    width = desk.table.columns.cell(3, 0, 0).right()
    start = round(width - 8 - text_width("loss term", compact.font("tableHead")))
    panel_color = compact.color("panel")
    assert all(image.pixelColor(x, y) == panel_color for x in range(start - 8, start - 1) for y in range(24))


def test_the_sum_row_says_that_the_numbers_above_it_are_rounded(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, predicting([[1 / 3] * 3] * 3))
    row = desk.panel.sum_row
    assert row.accessibleName() == "sum of p 1.000, a distribution, shown rounded, loss 1.099"
    assert row.toolTip() == "The probabilities are rounded: as shown they add up to 0.999, in full to 1."
    before = row.grab().toImage()
    desk.state = predicting([[0.334, 0.333, 0.333]] * 3)
    desk.show()
    assert row.accessibleName() == "sum of p 1.000, a distribution, loss 1.097"
    assert row.toolTip() == ""
    assert row.grab().toImage() != before


def _painted(label: QLabel, theme: Theme, ratio: int) -> QImage:
    picture = QImage(label.size() * ratio, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.color("panel"))
    label.render(picture, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return picture


def _as_qt_paints_it(takeaway: Takeaway, theme: Theme, ratio: int) -> tuple[QImage, int]:
    """The same rich text in a plain label, and the height of its text."""
    label = QLabel(takeaway.text(), takeaway.parentWidget())
    label.setWordWrap(True)
    label.setAlignment(takeaway.alignment())
    label.setFont(takeaway.font())
    label.setStyleSheet(takeaway.styleSheet())
    label.resize(takeaway.size())
    return _painted(label, theme, ratio), label.heightForWidth(label.width())


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize(
    "name",
    [
        "dog",
        "a name that needs a line for itself",
        "עברית",
        "日本語 ǛẬ",
        "😀 dog",
        "two  spaces",
        "a\tb",
        " ",
    ],
)
def test_the_takeaway_is_painted_as_qt_paints_rich_text(
    qtbot: QtBot, theme: Theme, name: str, ratio: int
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    takeaway = Takeaway(parent, theme)
    for compact, width in ((False, 436), (True, 300), (True, 301)):
        theme = Theme(theme.name, compact)
        takeaway.set_theme(theme)
        for given in ("0.4", "10⁻⁷"):
            class_span, loss = Span(name, "class", 2), loss_span("∞")
            takeaway.display(say("Of ", class_span, f" {given} makes ", loss, 9 * " more"), Task.SOFT)
            takeaway.resize(width, 120)
            painted = _painted(takeaway, theme, ratio)
            wanted, height = _as_qt_paints_it(takeaway, theme, ratio)
            assert painted == wanted
            line, room = (20, 20) if compact else (22, 28)
            assert takeaway.height_at(width) == room + line * max(2, round(height / line))


def test_arithmetic_stays_on_one_line_with_its_numbers(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    takeaway = Takeaway(parent, theme)
    takeaway.display(say("Berlin 2 at 1 − 0.8: −ln 0.2 ≈ ", loss_span("1.609")), Task.SOFT)
    words = takeaway.text().replace("\N{NO-BREAK SPACE}", "~")
    assert "Berlin 2 at 1~−~0.8: −ln~0.2 ≈~<span" in words


def test_words_of_the_takeaway_can_be_selected(qtbot: QtBot, theme: Theme) -> None:
    desk = _desk(qtbot, theme, WORKED)
    takeaway = desk.panel.findChild(Takeaway)
    plain = _painted(takeaway, theme, 1)
    QTest.mouseDClick(takeaway, LEFT, pos=QPoint(10, 10))
    assert takeaway.selectedText() == "Only"
    assert _painted(takeaway, theme, 1) != plain
