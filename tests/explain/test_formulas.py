from ceviz.core.document import Unit
from ceviz.explain.formulas import (
    Bar,
    Coloured,
    Fraction,
    Row,
    Script,
    Sum,
    Text,
    Variable,
    logarithm,
    row,
    sub,
    to_latex,
    to_text,
)

TERM = row("−0.7·", logarithm(Unit.BITS), " 10⁻⁷")


def test_text_that_meets_text_becomes_one_piece():
    assert row("−", "1·", logarithm(Unit.NATS), " 0.4") == Row((Text("−1·ln 0.4"),))


def test_a_power_is_typeset_as_one():
    assert TERM.parts[-1] == Script(Text("10"), sup=Text("−7"))


def test_plain_text():
    assert to_text(TERM) == "−0.7·log₂ 10⁻⁷"
    assert to_text(row("−", Sum(Variable("i")), " ", sub("t", "i"), " ln ", sub("p", "i"))) == "−∑ᵢ tᵢ ln pᵢ"
    assert to_text(sub("p", Text("dog"))) == "p_dog"
    assert to_text(Fraction(row("∂", Variable("L")), row("∂", sub("z", "i")))) == "∂L/∂zᵢ"
    assert to_text(Bar(Variable("L"))) == "L̄"
    assert to_text(Coloured(Script(Variable("x"), sup=Text("n")), 0)) == "x^n"


def test_latex():
    assert to_latex(TERM) == r"-0.7\cdot \log_{2} 10^{-7}"
    assert to_latex(row("−", Sum(Variable("i")), " ", sub("t", "i"), " ln ", sub("p", "i"))) == (
        r"-\sum_{i} t_{i} \ln p_{i}"
    )
    assert (
        to_latex(row("KL(", Variable("t"), " ‖ ", Variable("p"), ")")) == r"\operatorname{KL}(t \parallel p)"
    )
    assert to_latex(Fraction(row("∂", Variable("L")), row("∂", sub("z", "i")))) == (
        r"\frac{\partial L}{\partial z_{i}}"
    )
    assert to_latex(Script(row("(", Variable("p"), ")"), sup=Text("2"))) == "{(p)}^{2}"
    assert to_latex(Coloured(Bar(Variable("L")), None)) == r"\bar{L}"


def test_names_are_text_in_latex_with_their_signs_escaped():
    assert to_latex(sub("p", Text("not_a {50%} dog\\"))) == r"p_{\text{not\_a \{50\%\} dog\textbackslash{}}}"
