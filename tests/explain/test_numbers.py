import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core.document import Unit
from ceviz.explain import numbers
from ceviz.explain.numbers import NumberProblem, parse_number
from tests.explain.reading import mp, rounds_alike, value_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.4", 0.4),
        (".4", 0.4),
        ("0,4", 0.4),
        (" 40% ", 0.4),
        ("40 %", 0.4),
        ("2/5", 0.4),
        ("1e-7", 1e-7),
        ("1E-7", 1e-7),
        ("−0.3", -0.3),
        ("-0,3", -0.3),
        ("+2", 2.0),
        ("5.", 5.0),
        ("4.20 × 10⁻⁵", 4.2e-5),
        ("10⁻⁷", 1e-7),
        ("−1.5 × 10³", -1500.0),
        ("0", 0.0),
        ("0e-999", 0.0),
    ],
)
def test_parse_number(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "type a number"),
        ("   ", "type a number"),
        ("1.234,5", "use one decimal sign and no thousands separator"),
        ("1,234.5", "use one decimal sign and no thousands separator"),
        ("1..2", "one decimal sign is enough"),
        ("1 2", "one number at a time"),
        ("1 234", "one number at a time"),
        ("abc", "not a number"),
        ("nan", "not a number"),
        ("0x10", "not a number"),
        ("1_0", "not a number"),
        ("٣", "not a number"),
        ("1/2/3", "not a number"),
        ("--1", "not a number"),
        ("2/0", "cannot divide by 0"),
        ("1e999", "too large"),
        ("1e-400", "too small to keep; write 0 if 0 is meant"),
        ("∞", "has to be finite"),
        ("-inf", "has to be finite"),
    ],
)
def test_what_is_not_a_number_says_why(text, reason):
    with pytest.raises(NumberProblem, match=reason):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "number"), [("∞", math.inf), ("inf", math.inf), ("−∞", -math.inf), ("-Inf", -math.inf)]
)
def test_infinity_where_it_is_allowed(text, number):
    assert parse_number(text, allow_infinite=True) == number


@given(st.floats(allow_nan=False))
def test_typed_text_is_the_number(x):
    assert parse_number(numbers.typed(x), allow_infinite=True) == x


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        assert math.isfinite(parse_number(text))
    except NumberProblem as problem:
        said = str(problem)
        assert said


def test_typed_is_short():
    assert [numbers.typed(x) for x in (0.4, 1.0, -0.3, 1e-7, 1e22, math.inf)] == [
        "0.4",
        "1",
        "−0.3",
        "1e-7",
        "1e22",
        "∞",
    ]


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.4, "0.400"),
        (0, "0.000"),
        (1, "1.000"),
        (1e-5, "<0.001"),
        (0.9999, ">0.999"),
        (0.0005, "0.001"),
        (-0.1, "−0.100"),
    ],
)
def test_probability_in_a_table(x, text):
    assert numbers.probability(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [(0.93, "0.930"), (1, "1.000"), (0.9999, "0.9999"), (1.00002, "1.00002"), (1 + 1e-9, "1.000")],
)
def test_a_sum_that_is_not_1_does_not_read_1(x, text):
    assert numbers.probability_sum(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.4, "0.4"),
        (0.25, "0.25"),
        (1 / 3, "0.333"),
        (0, "0"),
        (1, "1"),
        (1e-7, "10⁻⁷"),
        (0.00042, "4.2 × 10⁻⁴"),
    ],
)
def test_probability_in_a_formula(x, text):
    assert numbers.probability_short(x) == text


def test_probability_in_a_drag_is_always_as_wide():
    assert [numbers.probability_dragging(x, fine=False) for x in (0.4, 0, 1)] == ["0.40", "0.00", "1.00"]
    assert numbers.probability_dragging(0.4, fine=True) == "0.400"


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.9162907318741551, "0.916"),
        (0.0, "0.000"),
        (math.inf, "∞"),
        (4.2e-5, "4.20 × 10⁻⁵"),
        (9.999e-5, "1.00 × 10⁻⁴"),
        (0.0005, "0.001"),
        (900.0, "900.000"),
        (2.5e6, "2.50 × 10⁶"),
        (-6e-6, "−6.00 × 10⁻⁶"),
    ],
)
def test_loss(x, text):
    assert numbers.loss(x) == text


def test_terms_logits_gradients_and_counts():
    assert [numbers.term(x) for x in (0.0, 0.3566749, math.inf)] == ["0", "0.357", "∞"]
    assert [numbers.logit(x) for x in (2, -0.3, 0.1, -0.001, math.inf, -math.inf)] == [
        "2.00",
        "−0.30",
        "0.10",
        "0.00",
        "∞",
        "−∞",
    ]
    assert [numbers.gradient(x) for x in (0.3409, -0.2424, 0.0, -0.0, -math.inf, 1e-5)] == [
        "+0.341",
        "−0.242",
        "0",
        "0",
        "−∞",
        "+1.00 × 10⁻⁵",
    ]
    assert [numbers.count(n) for n in (7, 1309, 10000)] == ["7", "1,309", "10,000"]


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.4, "0.4"),
        (1 / 3, "0.3333"),  # -ln 0.333 is 1.100, but -ln(1/3) is 1.099
        (0.0012345, "0.001234"),
        (0.99995796, "0.999958"),
        (1e-7, "10⁻⁷"),
        (1 - 1e-9, "(1 − 10⁻⁹)"),
        (0, "0"),
        (1, "1"),
    ],
)
def test_p_has_the_digits_that_its_loss_takes(p, text):
    assert numbers.factors_for_term(1.0, p) == ("1", text)


@given(st.floats(1e-300, 1), st.sampled_from(Unit))
def test_the_p_that_is_read_gives_the_loss_that_is_read(p, unit):
    _, text = numbers.factors_for_term(1.0, p, unit)
    read = value_of(text)
    base = mp.mpf(2) if unit is Unit.BITS else mp.e
    loss = mp.log(1 / mp.mpf(p), base)
    assert rounds_alike(mp.log(1 / read, base), numbers.loss(float(loss)))


@given(st.floats(1e-6, 1), st.floats(1e-12, 1))
def test_the_factors_that_are_read_give_the_term_that_is_read(target, p):
    t_text, p_text = numbers.factors_for_term(target, p)
    term = -mp.mpf(target) * mp.log(p)
    assert rounds_alike(-value_of(t_text) * mp.log(value_of(p_text)), numbers.term(float(term)))


def test_p_beyond_floating_point_is_written_from_its_logarithm():
    # From logits: e^-800 is below the smallest double, 1 - 1e-20 rounds to 1.
    assert numbers.factors_for_term(1.0, 0.0, surprise=800.0) == ("1", "3.668 × 10⁻³⁴⁸")
    assert numbers.factors_for_term(1.0, 1.0, surprise=1e-20) == ("1", "(1 − 10⁻²⁰)")


def test_a_number_below_0_has_no_logarithm_and_is_written_as_it_is():
    assert numbers.factors_for_term(1.0, -0.42, surprise=math.nan) == ("1", "−0.42")


def test_a_number_of_hundreds_of_digits_has_a_power_of_ten():
    assert numbers.short(1e300, 3) == "10³⁰⁰"
    assert numbers.short(-2.5e20, 3) == "−2.5 × 10²⁰"
    assert numbers.short(123456789012345.0, 3) == "123456789012345"
