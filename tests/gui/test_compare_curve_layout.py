"""Where the texts of two models on one curve stand."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from pytestqt.qtbot import QtBot

from ceviz.core.document import Task
from ceviz.drawing.notes import Note
from ceviz.drawing.theme import Theme
from ceviz.gui.compare_curve_panel import CompareCurvePanel
from tests.gui.compare_curves import curve_panel, discs, pair, show


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> CompareCurvePanel:
    return curve_panel(qtbot, theme)


@pytest.mark.parametrize("task", [Task.SOFT, Task.BINARY])
@pytest.mark.parametrize("height", [504, 330])
def test_the_legend_lies_on_no_other_text(panel: CompareCurvePanel, task: Task, height: int) -> None:
    panel.resize(572, height)
    target = [[0.7, 0.2, 0.1]] if task is Task.SOFT else [[1]]
    a, b = ([[0.3, 0.5, 0.2]], [[0.6, 0.3, 0.1]]) if task is Task.SOFT else ([[0.4]], [[0.7]])
    show(panel, pair(task, target, a, b))
    assert panel.plot._layout is not None
    notes = panel.plot._layout.notes
    names = [note for note in notes if isinstance(note, Note) and note.text in ("A, hollow", "B, filled")]
    assert len(names) == 2
    places = [disc.pos() for disc in discs(panel.plot)]
    for name in names:
        assert not any(name.rect.intersects(note.rect) for note in notes if note is not name)
        assert not any(name.rect.contains(place) for place in places)


@pytest.mark.parametrize(("a", "b"), [(0.4, 0.42), (0.19, 0.16), (0.21, 0.195), (0.15, 0.201), (0.6, 0.65)])
def test_what_two_close_points_say_lies_on_nothing(panel: CompareCurvePanel, a: float, b: float) -> None:
    rows = [[[p, (1 - p) / 2, (1 - p) / 2]] for p in (a, b)]
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], *rows))
    assert panel.plot._layout is not None
    written = [(note.text, note.rect) for note in panel.plot._layout.notes if isinstance(note, Note)]
    assert {f"dog {a:g}", f"dog {b:g}"} <= {text for text, _ in written}
    boxes = [rect for _, rect in written] + [pill.rect for pill in panel.plot._layout.backdrop.pills]
    assert not [(one, other) for one, other in itertools.combinations(boxes, 2) if one.intersects(other)]
    round_discs = [QRectF(disc.pos() - QPointF(10, 10), QSizeF(20, 20)) for disc in discs(panel.plot)]
    assert not [box for box in boxes if any(box.intersects(disc) for disc in round_discs)]


@pytest.mark.parametrize(("task", "a", "b"), [(Task.MULTICLASS, 0.97, 0.99), (Task.BINARY, 1.0, 0.99)])
def test_arrow_and_difference_keep_clear_of_formulas(
    panel: CompareCurvePanel, task: Task, a: float, b: float
) -> None:
    binary = task is Task.BINARY
    rows = [[[p]] if binary else [[p, 1 - p, 0]] for p in (a, b)]
    show(panel, pair(task, [[0]] if binary else [[1, 0, 0]], *rows, overlay=not binary))
    assert panel.plot._layout is not None
    assert panel.plot._compared is not None
    notes = panel.plot._layout.notes
    boxes = [note.rect for note in notes]
    assert not [(one, two) for one, two in itertools.combinations(boxes, 2) if one.intersects(two)]
    arrow = panel.plot._compared.arrow
    assert arrow is not None
    line = QRectF(arrow.p1(), arrow.p2()).normalized().adjusted(-1, 0, 1, 0)
    assert not [box for box in boxes if box.intersects(line)]


def test_texts_stand_where_they_would_without_what_was_shown_before(
    qtbot: QtBot, theme: Theme, panel: CompareCurvePanel
) -> None:
    both, invalid = ([[0.4, 0.3, 0.3]], [[0.5, 0.2, 0.3]]), ([[0.4, 0.3, 0.3]], [[0.5, 0.9, 0.3]])
    shown = pair(Task.MULTICLASS, [[1, 0, 0]], *both)
    show(panel, pair(Task.MULTICLASS, [[1, 0, 0]], *invalid))
    # The axis stays as it is: nothing else asks for another layout.
    show(panel, shown)
    other = curve_panel(qtbot, theme)
    show(other, shown)
    assert panel.plot._layout is not None
    assert other.plot._layout is not None
    assert panel.plot._layout.notes == other.plot._layout.notes
