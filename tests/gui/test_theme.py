from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QStyle

from ceviz.drawing import theme as themes
from ceviz.drawing.theme import Theme
from ceviz.gui import style


@pytest.mark.parametrize(
    ("role", "family", "weight"),
    [
        ("number", "Inter Display", 600),
        ("numberUnit", "Inter", 500),
        ("body", "Inter", 400),
        ("value", "Inter", 600),
    ],
)
def test_each_role_is_drawn_in_the_font_that_is_shipped_for_it(theme: Theme, role, family, weight) -> None:
    found = QFontInfo(theme.font(role))
    assert (found.family(), found.weight()) == (family, weight)


def test_formulas_are_drawn_in_the_mathematical_font(theme: Theme) -> None:
    assert QFontInfo(themes.math_font(27)).family() == "STIX Two Math"


@pytest.mark.parametrize(
    ("role", "px", "compact"), [("number", 60, 52), ("formula", 27, 25), ("label", 13, 13), ("value", 16, 15)]
)
def test_text_has_the_size_of_the_design(theme: Theme, role: str, px: int, compact: int) -> None:
    assert QFontInfo(theme.font(role)).pixelSize() == px
    assert QFontInfo(Theme("light", compact=True).font(role)).pixelSize() == compact


@pytest.mark.parametrize("role", ["value", "body", "tick"])
def test_all_figures_have_one_width(theme: Theme, role: str) -> None:
    metrics = QFontMetricsF(theme.font(role))
    assert [metrics.horizontalAdvance(figure * 10) for figure in "0123456789"] == pytest.approx(
        [metrics.horizontalAdvance("0" * 10)] * 10, abs=0.2
    )


def test_the_x_between_figures_stays_a_letter(theme: Theme) -> None:
    # With Inter's contextual alternates "2x3" would be set with a multiplication sign, which is wider.
    metrics = QFontMetricsF(theme.font("value"))
    alone = sum(metrics.horizontalAdvance(letter) for letter in "2x3")
    assert metrics.horizontalAdvance("2x3") == pytest.approx(alone, abs=0.6)


def test_loading_the_fonts_again_registers_nothing_twice(theme: Theme) -> None:
    before = QFontDatabase.families()
    themes.load_fonts()
    assert QFontDatabase.families() == before


@pytest.mark.parametrize(
    ("name", "ground", "ink"), [("light", "#ffffff", "#211d18"), ("dark", "#1c1a17", "#f2ede5")]
)
def test_the_palette_has_the_colours_of_the_design(theme: Theme, name: str, ground: str, ink: str) -> None:
    palette = style.palette(Theme(name))
    assert palette.window().color().name() == ground
    assert palette.windowText().color().name() == ink


def test_applying_the_dark_theme_and_going_back(theme: Theme, qapp: QApplication) -> None:
    style.apply(Theme("dark"))
    assert qapp.palette().window().color().name() == "#1c1a17"
    style.apply(theme)
    assert qapp.palette().window().color().name() == "#ffffff"
    assert qapp.style().styleHint(QStyle.StyleHint.SH_ToolTip_WakeUpDelay) == 400


def test_classes_beyond_the_palette_are_slate(theme: Theme) -> None:
    assert theme.class_colors(8).fill.name() == "#989ba3"
    assert theme.class_colors(999) == theme.class_colors(7)
