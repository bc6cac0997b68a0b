from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ceviz.core.document import Task
from ceviz.drawing import painting
from ceviz.drawing.hatch import paint_hatch
from ceviz.drawing.theme import Theme

BLUE, TEAL, SLATE = "#3159b5", "#12917a", "#989ba3"


@pytest.fixture
def canvas(theme: Theme):
    """Paint on a white image of 200 x 100 and get it back."""

    def paint(draw, ratio: float = 1.0) -> QImage:
        image = QImage(QSize(200, 100) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw(painter)
        painter.end()
        return image

    return paint


def colors(image: QImage) -> Counter[str]:
    return Counter(image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height()))


def ink_box(image: QImage) -> QRectF:
    """The smallest rectangle around everything that is not white."""
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 200
    ]
    xs, ys = zip(*inked, strict=True)
    return QRectF(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def test_the_negative_class_of_a_binary_task_is_slate(theme: Theme) -> None:
    assert painting.class_ink(theme, Task.BINARY, 1).fill.name() == SLATE
    assert painting.class_ink(theme, Task.BINARY, 0).fill.name() == BLUE
    assert painting.class_ink(theme, Task.MULTICLASS, 1).fill.name() == "#f5ae1c"


def test_a_picture_takes_the_colour_of_its_class(theme: Theme, canvas) -> None:
    first = canvas(lambda p: painting.paint_glyph(p, QRectF(0, 0, 90, 90), "dog", 0, theme))
    third = canvas(lambda p: painting.paint_glyph(p, QRectF(0, 0, 90, 90), "Dog ", 2, theme))
    assert colors(first)[BLUE] > 800
    assert colors(third)[TEAL] > 800
    assert colors(third)[BLUE] == 0


def test_a_class_without_a_picture_is_a_tile_with_its_initial(theme: Theme, canvas) -> None:
    image = canvas(lambda p: painting.paint_glyph(p, QRectF(0, 0, 90, 90), "spam", 2, theme))
    found = colors(image)
    assert found[TEAL] > 4000
    assert found["#14110e"] > 100


def test_what_is_not_the_class_has_a_slate_picture_of_its_own(theme: Theme, canvas) -> None:
    image = canvas(lambda p: painting.paint_glyph(p, QRectF(0, 0, 90, 90), "not spam", 1, theme))
    assert colors(image)[SLATE] > 500


def test_a_picture_is_painted_where_it_is_asked_for(theme: Theme, canvas) -> None:
    image = canvas(lambda p: painting.paint_glyph(p, QRectF(100, 20, 48, 48), "dog", 0, theme), ratio=2.0)
    assert QRectF(200, 40, 96, 96).contains(ink_box(image))
    assert ink_box(image).width() > 75


def test_an_icon_is_sharp_at_scale_factor_2_and_pale_when_off(theme: Theme) -> None:
    icon = painting.icon("more", QColor("black"), 20, disabled=0.4)
    assert icon.pixmap(QSize(20, 20), 2.0).toImage().width() == 40
    off = icon.pixmap(QSize(20, 20), 1.0, QIcon.Mode.Disabled).toImage()
    on = icon.pixmap(QSize(20, 20), 1.0).toImage()
    assert max(on.pixelColor(x, 10).alphaF() for x in range(20)) == 1.0
    assert max(off.pixelColor(x, 10).alphaF() for x in range(20)) == pytest.approx(0.4, abs=0.01)


def _hatched(paper: bool):
    return lambda p: paint_hatch(p, QRectF(0, 0, 200, 100), QColor("black"), Theme("light", paper=paper))


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_lines_of_a_hatch_are_6_apart_at_any_scale(canvas, ratio: float, paper: bool) -> None:
    image = canvas(_hatched(paper), ratio)
    y = image.height() // 2
    dark = [image.pixelColor(x, y).lightness() < 128 for x in range(image.width())]
    lines = sum(1 for x in range(1, len(dark)) if dark[x] and not dark[x - 1])
    # Lines at 45 degrees, 6 apart, cross a level every 6 times the root of 2.
    assert lines == pytest.approx(200 / 8.485, abs=1)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_the_pixel_ratio_is_that_of_the_picture_a_widget_is_painted_on(qtbot, ratio: float) -> None:
    found = []

    class Probe(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            found.append(painting.pixel_ratio(QPainter(self)))

    probe = Probe()
    qtbot.addWidget(probe)
    image = QImage(QSize(20, 20) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    probe.render(image)
    assert found == [ratio]


@pytest.mark.parametrize("paper", [False, True])
def test_hatch_lines_rise_to_the_right(canvas, paper: bool) -> None:
    image = canvas(_hatched(paper))
    darkest = min(range(50, 58), key=lambda x: image.pixelColor(x, 50).lightness())
    assert image.pixelColor(darkest + 3, 47).lightness() < 128
    assert image.pixelColor(darkest + 3, 53).lightness() > 128


def test_a_pill_encloses_its_text_and_says_where_it_is(theme: Theme, canvas) -> None:
    font = theme.font("value")
    places = []

    def draw(painter: QPainter) -> None:
        fill, ink = QColor("black"), QColor("white")
        places.append(painting.paint_pill(painter, QPointF(100, 50), "0.400", fill, ink, font))

    assert ink_box(canvas(draw)) == places[0].toAlignedRect()
    assert places[0].center().x() == pytest.approx(100)
    assert places[0].width() > QFontMetricsF(font).horizontalAdvance("0.400") + 10


def test_the_edge_of_a_pill_lies_where_it_is_aligned_to(theme: Theme, canvas) -> None:
    def pill(painter: QPainter, align: Qt.AlignmentFlag) -> QRectF:
        fill = QColor("black")
        return painting.paint_pill(painter, QPointF(100, 50), "1", fill, fill, theme.font("value"), align)

    edges: list[float] = []
    canvas(lambda p: edges.append(pill(p, Qt.AlignmentFlag.AlignRight).right()))
    canvas(lambda p: edges.append(pill(p, Qt.AlignmentFlag.AlignLeft).left()))
    assert edges == pytest.approx([100, 100])


def test_infinity_is_1_4_times_as_large_and_centred_on_the_figures(theme: Theme, canvas) -> None:
    font = theme.font("value", size=40)
    plain = QFontMetricsF(font).horizontalAdvance("∞")
    assert painting.number_width("∞", font) == pytest.approx(1.4 * plain, rel=0.02)

    def number(text: str) -> QRectF:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        box = QRectF(0, 0, 200, 100)
        return ink_box(canvas(lambda p: painting.paint_number(p, box, flags, text, font, QColor("black"))))

    assert number("∞").center().y() == pytest.approx(number("0").center().y(), abs=1.5)


def test_numbers_are_aligned_by_their_flags(theme: Theme, canvas) -> None:
    font, box = theme.font("value"), QRectF(20, 10, 160, 80)

    def number(align: Qt.AlignmentFlag) -> QRectF:
        flags = align | Qt.AlignmentFlag.AlignVCenter
        return ink_box(canvas(lambda p: painting.paint_number(p, box, flags, "0.916", font, QColor("black"))))

    assert number(Qt.AlignmentFlag.AlignLeft).left() == pytest.approx(21, abs=2)
    assert number(Qt.AlignmentFlag.AlignRight).right() == pytest.approx(179, abs=2)
    assert number(Qt.AlignmentFlag.AlignHCenter).center().x() == pytest.approx(100, abs=2)


@pytest.mark.parametrize(
    "marker", ["circle", "square", "triangle", "diamond", "cross", "pentagon", "hexagon", "bar"]
)
def test_a_marker_lies_about_its_centre_within_its_reach(theme: Theme, canvas, marker: str) -> None:
    black = QColor("black")
    image = canvas(lambda p: painting.paint_marker(p, QPointF(100, 50), 20, marker, black, None))
    box = ink_box(image)
    assert QRectF(74, 24, 52, 52).contains(box)
    assert box.center().x() == pytest.approx(100, abs=1)
    assert image.pixelColor(100, 50) == black


def test_a_halo_keeps_a_marker_clear_of_what_lies_below(theme: Theme, canvas) -> None:
    def draw(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, 200, 100), QColor("black"))
        painting.paint_marker(
            painter, QPointF(100, 50), 10, "circle", QColor("red"), None, QColor("white"), halo_width=4
        )

    image = canvas(draw)
    across = [image.pixelColor(x, 50).name() for x in (100, 112, 116)]
    assert across == ["#ff0000", "#ffffff", "#000000"]


def test_the_edge_of_a_bar_stays_within_it(theme: Theme, canvas) -> None:
    image = canvas(
        lambda p: painting.round_bar(p, QRectF(50, 20, 100, 14), 2.5, QColor("white"), QColor("black"))
    )
    assert ink_box(image) == QRectF(50, 20, 100, 14)
    assert image.pixelColor(100, 20).lightness() == 0
    assert image.pixelColor(100, 27).lightness() == 255


def test_a_name_is_cut_to_one_line_and_never_to_the_dots_alone(theme: Theme) -> None:
    font = theme.font("label")
    assert painting.elided("line one\nline two", font, 500) == "line one line two"
    widest = "W" * 3 + "\u200d".join("👨👩👧👦")
    room = QFontMetricsF(font).horizontalAdvance("WW…") + 2
    assert painting.elided(widest, font, room).startswith("W")
