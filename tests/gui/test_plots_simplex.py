"""The simplex: where the point lies, and which probabilities a drag means."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ceviz.drawing.lit import ALIKE, Lit
from ceviz.drawing.simplex import SimplexPainter
from ceviz.drawing.theme import Theme
from ceviz.explain.simplex_chart import Band, Corner, LevelLabel, SimplexChart, SimplexPoint
from ceviz.gui.plots.live_point import LivePointItem
from ceviz.gui.plots.simplex_plot import SimplexPlot

LEFT = Qt.MouseButton.LeftButton
H = math.sqrt(3) / 2
CORNERS = (Corner(0, "dog", 0.5, H), Corner(1, "cat", 0, 0), Corner(2, "panda", 1, 0))


def place(dog: float, panda: float) -> tuple[float, float]:
    """The design's triangle: first class at the top, the third at the lower right."""
    return dog / 2 + panda, dog * H


def chart(dog: float = 0.4, panda: float = 0.3, target: tuple[float, float] | None = None) -> SimplexChart:
    x, y = place(dog, panda)
    one_hot = target is None
    return SimplexChart(
        corners=CORNERS,
        bands=(Band(0, ((0, 0), (1, 0), (0.5, H))),),
        level_labels=(LevelLabel(0.6, 0.7, "0.25", H, 0.5),),
        prediction=SimplexPoint(x, y, 0 if one_hot else None, "sample 1", "0.916", "prediction dog 0.400"),
        target=None
        if target is None
        else SimplexPoint(*place(*target), None, "target", "floor 0.802", "target"),
        level_line=((y / H / 2, y), (1 - y / H / 2, y)) if one_hot else None,
        infinite_edges=(),
        reading="",
        short_reading="",
    )


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme) -> SimplexPlot:
    plot = SimplexPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(391, 400)
    plot.show()
    plot.display(chart())
    return plot


def at(plot: SimplexPlot, dog: float, panda: float) -> QPoint:
    return plot.mapFromScene(plot.view_box.mapViewToScene(QPointF(*place(dog, panda))))


def move(plot: SimplexPlot, to: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QPointF(to)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, where, plot.viewport().mapToGlobal(where), none, LEFT, keys
    )
    QApplication.sendEvent(plot.viewport(), event)


def said_by(signal) -> list[list[float]]:
    said: list[list[float]] = []
    signal.connect(lambda classes, p, fine: said.append([*np.asarray(p).tolist(), fine]))
    return said


def test_the_triangle_is_equilateral_and_the_point_lies_in_it(plot: SimplexPlot) -> None:
    top, left, right = at(plot, 1, 0), at(plot, 0, 0), at(plot, 0, 1)
    sides = [math.dist(a.toTuple(), b.toTuple()) for a, b in ((top, left), (left, right), (right, top))]
    # The design: a side of 313 px.
    assert sides == pytest.approx([313, 313, 313], abs=2)
    (point,) = [item for item in plot.scene().items() if isinstance(item, LivePointItem)]
    assert point.pos().toTuple() == pytest.approx(at(plot, 0.4, 0.3).toTuple(), abs=1)
    assert plot.accessibleName() == "simplex, prediction dog 0.400"


def test_dragging_says_three_probabilities_on_the_grid(qtbot: QtBot, plot: SimplexPlot) -> None:
    said = said_by(plot.shares_dragged)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.3))
    move(plot, at(plot, 0.6, 0.1))
    assert said == [pytest.approx([0.6, 0.3, 0.1, False], abs=0.011)]
    assert sum(said[0][:3]) == pytest.approx(1, abs=1e-15)
    assert all(p * 100 == pytest.approx(round(p * 100), abs=1e-9) for p in said[0][:3])
    with qtbot.waitSignal(plot.drag_finished) as finished:
        qtbot.mouseRelease(plot.viewport(), LEFT, pos=at(plot, 0.6, 0.1))
    assert finished.args == [False]


def test_a_corner_draws_what_comes_within_6_px(qtbot: QtBot, plot: SimplexPlot) -> None:
    said = said_by(plot.shares_dragged)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.3))
    move(plot, at(plot, 0, 1) + QPoint(-4, -3))
    assert said == [[0, 0, 1, False]]


def test_outside_the_triangle_the_nearest_place_inside_is_meant(qtbot: QtBot, plot: SimplexPlot) -> None:
    said = said_by(plot.shares_dragged)
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.3))
    move(plot, at(plot, 0, 0.5) + QPoint(0, 300))
    assert said == [pytest.approx([0, 0.5, 0.5, False], abs=0.011)]


def test_escape_cancels(qtbot: QtBot, plot: SimplexPlot) -> None:
    qtbot.mousePress(plot.viewport(), LEFT, pos=at(plot, 0.4, 0.3))
    with qtbot.waitSignal(plot.drag_finished) as finished:
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert finished.args == [True]


@pytest.mark.parametrize(
    ("key", "p"),
    [
        (Qt.Key.Key_Up, [0.41, 0.295, 0.295]),
        (Qt.Key.Key_Down, [0.39, 0.305, 0.305]),
        (Qt.Key.Key_Left, [0.4, 0.31, 0.29]),
        (Qt.Key.Key_Right, [0.4, 0.29, 0.31]),
    ],
)
def test_arrow_keys_move_towards_the_corners(
    qtbot: QtBot, plot: SimplexPlot, key: Qt.Key, p: list[float]
) -> None:
    said = said_by(plot.shares_dragged)
    with qtbot.waitSignals([plot.drag_started, plot.drag_finished]):
        qtbot.keyClick(plot, key)
    assert said == [pytest.approx([*p, False], abs=1e-9)]


def test_alt_drags_the_soft_target_and_not_the_prediction(qtbot: QtBot, plot: SimplexPlot) -> None:
    plot.display(chart(target=(0.7, 0.1)))
    said = said_by(plot.target_shares_dragged)
    alt = Qt.KeyboardModifier.AltModifier
    with qtbot.assertNotEmitted(plot.shares_dragged):
        qtbot.mousePress(plot.viewport(), LEFT, alt, at(plot, 0.7, 0.1))
        move(plot, at(plot, 0.5, 0.2), alt)
        qtbot.mouseRelease(plot.viewport(), LEFT, alt, at(plot, 0.5, 0.2))
        qtbot.keyClick(plot, Qt.Key.Key_Up, alt)
    # The chart still shows dog 0.7, cat 0.2, panda 0.1: a key goes on from there.
    assert said == [
        pytest.approx([0.5, 0.3, 0.2, False], abs=0.011),
        pytest.approx([0.71, 0.195, 0.095, False], abs=1e-9),
    ]


def test_the_bands_are_painted_in_the_colours_of_the_heat_map(plot: SimplexPlot, theme: Theme) -> None:
    image = plot.grab().toImage()
    # In the middle of the lower part, clear of the point, the lines and the labels.
    assert image.pixelColor(at(plot, 0.1, 0.45)) == theme.heat[0]
    dark = Theme("dark")
    plot.set_theme(dark)
    assert plot.grab().toImage().pixelColor(at(plot, 0.1, 0.45)) == dark.heat[0]


def test_the_point_is_painted_over_the_bands(plot: SimplexPlot, theme: Theme) -> None:
    assert plot.grab().toImage().pixelColor(at(plot, 0.4, 0.3)) == theme.class_colors(0).fill


def test_a_corner_tells_its_class_and_the_other_corners_fade(plot: SimplexPlot, theme: Theme) -> None:
    told: list[int] = []
    plot.class_hovered.connect(told.append)
    top, cat = at(plot, 1, 0) - QPoint(0, 24), at(plot, 0, 0) + QPoint(-10, 23)
    for place in (top, top + QPoint(32, 0), cat, at(plot, 0.3, 0.3)):
        move(plot, place)
    assert told == [0, 1, -1]
    boxes = [QRect(place - QPoint(16, 16), QSize(32, 32)) for place in (top, cat)]
    before = [plot.grab(box).toImage() for box in boxes]
    plot.highlight(Lit(1))
    assert [plot.grab(box).toImage() == image for box, image in zip(boxes, before, strict=True)] == [
        False,
        True,
    ]
    plot.highlight(ALIKE)
    assert [plot.grab(box).toImage() for box in boxes] == before


@pytest.mark.parametrize("panda", [0.3, 0.0, 1.0])
def test_a_loss_far_down_does_not_cover_the_name_of_a_corner(plot: SimplexPlot, panda: float) -> None:
    # Below what the point itself covers.
    boxes = [QRect(at(plot, 0, corner) + QPoint(-43, 15), QSize(86, 23)) for corner in (0, 1)]
    before = [plot.grab(box).toImage() for box in boxes]
    plot.display(chart(1e-9, panda))
    assert [plot.grab(box).toImage() for box in boxes] == before


@pytest.mark.parametrize("names", [("il" * 30, "il" * 30), ("il" * 30, "cat"), ("cat", "il" * 30)])
def test_long_names_of_the_lower_corners_share_the_room_between_them(
    plot: SimplexPlot, names: tuple[str, str]
) -> None:
    plot.resize(300, 330)
    top, *lower = CORNERS
    named = tuple(replace(corner, name=name) for corner, name in zip(lower, names, strict=True))
    plot.display(replace(chart(), corners=(top, *named)))
    painter = SimplexPainter(plot.chart, plot._frame, plot._theme, plot.width())
    left, right = [area for index, area in painter._corner_areas() if index]
    assert left.right() + 8 < right.left()
