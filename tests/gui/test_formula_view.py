from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath

from ceviz.core.document import Task
from ceviz.drawing.formula_painter import fitting_px, layout_formula, measure_formula, paint_formula
from ceviz.drawing.theme import Theme, math_font
from ceviz.explain.formulas import Bar, Coloured, Formula, Fraction, Row, Script, Sum, Text, Variable

PX = 40.0


@pytest.fixture(autouse=True)
def fonts(theme: Theme) -> None:
    """Formulas are measured with the shipped fonts."""


def width(formula: Formula | str) -> float:
    return measure_formula(Text(formula) if isinstance(formula, str) else formula, PX)[0]


def advance(text: str) -> float:
    return QFontMetricsF(math_font(PX)).horizontalAdvance(text)


@pytest.mark.parametrize(
    ("letter", "expected"), [("t", "𝑡"), ("h", "ℎ"), ("H", "𝐻"), ("α", "𝛼"), ("z", "𝑧"), ("1", "1")]
)
def test_a_variable_looks_like_a_mathematical_italic_but_is_its_letter(letter: str, expected: str) -> None:
    (run,) = layout_formula(Variable(letter), PX).runs
    drawn, wanted = QPainterPath(), QPainterPath()
    drawn.addText(0, 0, run.font, run.text)
    wanted.addText(0, 0, math_font(PX), expected)
    assert run.text == letter
    assert drawn == wanted


def test_text_stays_upright_and_as_wide_as_the_font_says() -> None:
    assert layout_formula(Text("dog"), PX).runs[0].text == "dog"
    assert width("0.916") == pytest.approx(advance("0.916"))


def test_another_figure_does_not_change_the_width() -> None:
    assert width("−1·ln 0.4") == pytest.approx(width("−1·ln 0.7"))
    assert width("111") == pytest.approx(width("888"))


def test_an_operator_stands_apart_and_a_sign_hardly() -> None:
    # Measured in the design's picture at 26 px: 2 px between a sign and its number.
    sign = advance("−") + 2 / 26 * PX
    assert width("−1") == pytest.approx(sign + advance("1"), abs=0.5)
    assert width("2−1") > advance("2−1") + 0.3 * PX
    assert width("(−1") == pytest.approx(advance("(1") + sign, abs=0.5)
    assert width("2=−1") - width("2=1") == pytest.approx(sign, abs=0.5)


@pytest.mark.parametrize("operator", ["−", "+", "=", "·", "×", "‖"])
def test_typed_spaces_beside_an_operator_change_nothing(operator: str) -> None:
    assert width(f"2 {operator} 1") == pytest.approx(width(f"2{operator}1"))


def test_a_relation_takes_more_room_than_an_operator() -> None:
    assert width("2=1") - advance("2=1") > width("2+1") - advance("2+1")


def test_a_function_stands_apart_from_its_argument_but_not_from_a_bracket() -> None:
    assert width(Row((Text("ln"), Variable("p")))) > advance("ln𝑝") + 0.1 * PX
    assert width("ln(1") == pytest.approx(advance("ln(1"), abs=0.5)


def test_space_is_decided_across_colours() -> None:
    plain = Row((Text("2 − "), Variable("p")))
    coloured = Row((Text("2"), Coloured(Row((Text(" −"), Coloured(Variable("p"), 1))), None)))
    assert width(coloured) == pytest.approx(width(plain))


def test_scripts_are_smaller_and_above_and_below_the_line() -> None:
    base, sub, sup = layout_formula(Script(Variable("x"), Variable("i"), Text("2")), PX).runs
    assert sub.px == sup.px == pytest.approx(0.7 * PX)
    assert sup.y < base.y == 0 < sub.y
    assert sub.x == sup.x == pytest.approx(advance("𝑥"))


def test_a_sum_is_large_with_its_index_below_the_middle() -> None:
    sign, index = layout_formula(Sum(Variable("i")), PX).runs
    assert sign.text == "∑"
    assert sign.px > PX > index.px
    assert index.y > 0.8 * PX
    middle = sign.x + QFontMetricsF(math_font(sign.px)).horizontalAdvance("∑") / 2
    assert index.x + QFontMetricsF(index.font).horizontalAdvance("i") / 2 == pytest.approx(middle, abs=0.5)


def test_a_fraction_has_a_line_between_over_and_under() -> None:
    box = layout_formula(Fraction(Text("1"), Text("100")), PX)
    over, under = box.runs
    (line,) = box.rules
    assert over.y < line.y < 0 < under.y
    assert line.width >= QFontMetricsF(math_font(under.px)).horizontalAdvance("100")
    assert box.ascent > 0.75 * PX


def test_a_bar_lies_above_its_letter() -> None:
    box = layout_formula(Bar(Variable("L")), PX)
    assert box.rules[0].y < -0.7 * PX
    assert box.ascent > -box.rules[0].y


def test_a_formula_becomes_smaller_only_where_it_is_wider_than_its_room() -> None:
    formula = Text("1·ln (1 − 4.14)")
    assert fitting_px(formula, PX, width(formula) + 1) == PX
    smaller = fitting_px(formula, PX, width(formula) / 2)
    assert measure_formula(formula, smaller)[0] == pytest.approx(width(formula) / 2, rel=0.02)


def test_a_formula_is_laid_out_once() -> None:
    assert layout_formula(Row((Text("1"),)), PX) is layout_formula(Row((Text("1"),)), PX)


def test_a_formula_is_painted_in_the_colours_of_its_parts(theme: Theme) -> None:
    image = QImage(300, 80, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    formula = Row((Text("0 "), Coloured(Text("0 "), 1), Coloured(Text("0"), None)))
    painter = QPainter(image)
    paint_formula(painter, QPointF(0, 60), formula, 60, QColor("black"), theme, Task.BINARY)
    painter.end()
    found = {image.pixelColor(x, y).name() for x in range(300) for y in range(80)}
    assert {"#000000", "#63666d", "#7a4522"} <= found, "base, the slate of the negative class, loss"
