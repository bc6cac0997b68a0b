import math
import re
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from ceviz.core.document import Precision, Task, Unit
from ceviz.core.edits import step_along_gradient
from ceviz.explain.formulas import to_text
from ceviz.explain.gradient_chart import MOST_ARROWS, gradient_chart
from ceviz.explain.three_formulas import three_formulas
from tests.explain.examples import random_shown, show, shown, state_of
from tests.explain.reading import mp, rounds_alike, value_of
from tests.fuzz import examples

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL


def worked(chart):
    return [(line.name, line.text, line.value_text) for line in chart.arithmetic]


class TestGradient:
    def test_as_in_the_picture(self):
        chart = gradient_chart(shown(MULTI, logits=[2, 1, 0.1]))
        assert to_text(chart.formula) == "∂L/∂zᵢ = pᵢ − tᵢ"
        assert [(arrow.name, arrow.value_text) for arrow in chart.arrows] == [
            ("dog", "+0.341"),
            ("cat", "−0.242"),
            ("panda", "−0.099"),
        ]
        assert [arrow.height for arrow in chart.arrows] == pytest.approx(
            [0.341, -0.24243, -0.09857], abs=1e-5
        )
        assert chart.top == 0.5
        assert worked(chart) == [
            ("dog", "0.659 − 1 =", "−0.341"),
            ("cat", "0.242 − 0 =", "+0.242"),
            ("panda", "0.099 − 0 =", "+0.099"),
        ]
        assert (chart.up_text, chart.down_text) == ("raise z ↑", "lower z ↓")
        assert chart.reading == (
            "Step moves each logit along its arrow, against the gradient below. The arrows sum to 0."
        )

    def test_a_step_can_lower_a_probability_whose_arrow_points_up(self):
        # t' = 0.9 t + 0.1 / 3; arrows t' / p. A step of 1 multiplies p by exp(t' - p), and the sum stays 1:
        # 0.4 e^0.5333, 0.3 e^-0.2667 and again, of 1.1414, are 0.597, 0.201, 0.201.
        one = show(
            state_of(["dog", "cat", "panda"], [[1, 0, 0]], [[0.4, 0.3, 0.3]], label_smoothing=0.1), MULTI
        )
        chart = gradient_chart(one)
        assert [arrow.value_text for arrow in chart.arrows] == ["+2.333", "+0.111", "+0.111"]
        stepped = step_along_gradient(one.state, MULTI, 0, 0, 1.0).models[0].predictions[0]
        assert stepped == pytest.approx([0.59739, 0.20130, 0.20130], abs=1e-4)
        assert chart.reading == (
            "An arrow is minus the gradient below. Step moves the logits: what one class gains, others lose."
        )

    @pytest.mark.parametrize("task", Task)
    @pytest.mark.parametrize("options", [{}, {"class_weights": 2.0}])
    def test_a_step_is_said_to_move_logits(self, task, options):
        one = shown(task)
        weights = {key: (value,) * one.state.class_count for key, value in options.items()}
        state = replace(one.state, options=replace(one.state.options, **weights))
        reading = gradient_chart(show(state, task)).reading
        assert re.search(r"Step moves the logits?( behind p|: what)", reading)
        assert "against" in reading or "minus the gradient" in reading

    def test_temperature_and_bits_divide(self):
        chart = gradient_chart(shown(MULTI, logits=[4, 2, 0.2], temperature=2.0))
        assert to_text(chart.formula) == "∂L/∂zᵢ = (pᵢ − tᵢ)/2"
        assert worked(chart)[0] == ("dog", "(0.659 − 1) / 2 =", "−0.170")
        # (0.659 - 1) / ln 2 = -0.49196
        chart = gradient_chart(shown(MULTI, logits=[2, 1, 0.1], unit=Unit.BITS))
        assert worked(chart)[0] == ("dog", "(0.659 − 1) / ln 2 =", "−0.492")
        chart = gradient_chart(shown(MULTI, logits=[4, 2, 0.2], temperature=2.0, unit=Unit.BITS))
        assert worked(chart)[0] == ("dog", "(0.659 − 1) / (2 ln 2) =", "−0.246")

    def test_probabilities(self):
        chart = gradient_chart(shown(SOFT))
        assert to_text(chart.formula) == "∂L/∂pᵢ = −tᵢ/pᵢ"
        assert worked(chart) == [
            ("dog", "−0.7 / 0.300 =", "−2.333"),
            ("cat", "−0.2 / 0.500 =", "−0.400"),
            ("panda", "−0.1 / 0.200 =", "−0.500"),
        ]
        assert (chart.up_text, chart.top) == ("raise p ↑", 5.0)

    @pytest.mark.parametrize(
        ("target", "prediction", "text", "value"),
        [
            (1, 0.7, "−1 / 0.700 =", "−1.429"),
            (0, 0.7, "1 / (1 − 0.700) =", "+3.333"),
            (0.6, 0.3, "(0.300 − 0.6) / (0.300 (1 − 0.300)) =", "−1.429"),
            (1, 0, "−1 / 0.000 =", "−∞"),
            (0, 1 - 1e-9, "1 / 10⁻⁹ =", "+1.00 × 10⁹"),
        ],
    )
    def test_binary_probability(self, target, prediction, text, value):
        chart = gradient_chart(shown(BINARY, target=[target], prediction=[prediction]))
        assert to_text(chart.formula) == "∂L/∂p = (p − t)/(p (1 − p))"
        assert worked(chart) == [("dog", text, value)]

    def test_an_infinite_gradient_has_an_arrow_to_the_top(self):
        (dog, cat, _) = gradient_chart(shown(MULTI, prediction=[0, 0.5, 0.5])).arrows
        assert (dog.height, dog.infinite, dog.value_text) == (1.0, True, "+∞")
        assert (cat.height, cat.infinite, cat.value_text) == (0.0, False, "0")

    def test_a_number_far_beyond_a_probability_has_no_arrows(self):
        assert gradient_chart(shown(BINARY, prediction=[1e308])).arrows == ()

    @pytest.mark.parametrize("p", [0.11, 0.011, 1.1e-5])
    def test_a_gradient_whose_arrow_ends_at_a_power_of_ten_is_below_the_top(self, p):
        # 1.1 times 1 / 0.11 is 10, in double precision a little more.
        chart = gradient_chart(shown(MULTI, prediction=[p, 0.9 - p, 0.1]))
        assert 1.0 / p < chart.top <= 2.75 / p

    def test_the_largest_gradient_has_an_arrow_of_its_length(self):
        chart = gradient_chart(shown(MULTI, prediction=[1e-308, 0.5, 0.5]))
        assert (chart.arrows[0].height, chart.arrows[0].infinite) == (pytest.approx(1e308), False)
        assert chart.arrows[0].height <= chart.top < math.inf

    def test_a_kept_top_cuts_off(self):
        chart = gradient_chart(shown(MULTI, logits=[2, 1, 0.1]), top=0.3)
        assert chart.arrows[0].height == 0.3
        assert chart.arrows[0].value_text == "+0.341"

    def test_many_classes_show_the_largest(self):
        state = state_of(
            [f"c{k}" for k in range(1000)], [np.eye(1000)[5]], [np.arange(1000.0) / 500], input="logits"
        )
        chart = gradient_chart(show(state, MULTI))
        assert [arrow.class_index for arrow in chart.arrows] == [5, *range(993, 1000)]
        assert len(chart.arrows) == MOST_ARROWS
        assert chart.reading.endswith("All 1,000 arrows sum to 0.")

    def test_an_invalid_row_has_no_arrows(self):
        chart = gradient_chart(shown(MULTI, prediction=[0.4, 0.3, 0.2]))
        assert (chart.arrows, chart.arithmetic, chart.reading) == ((), (), "")

    def test_a_p_one_rounding_from_t_is_written_by_its_difference(self):
        # p = 0.45 - 2**-54: the nearest decimals of 17 digits would give 5 × 10⁻¹⁷.
        chart = gradient_chart(shown(BINARY, target=[0.45], logits=[math.log(0.45 / 0.55)]))
        assert worked(chart) == [("dog", "(0.45 − 5.55 × 10⁻¹⁷) − 0.45 =", "−5.55 × 10⁻¹⁷")]

    @examples(100)
    @given(random_shown())
    def test_the_arithmetic_gives_the_gradient(self, random):
        chart = gradient_chart(random)
        gradients = random.result.gradients[random.sample]
        for arrow, line in zip(chart.arrows, chart.arithmetic, strict=True):
            assert abs(arrow.height) <= chart.top
            gradient = float(gradients[arrow.class_index])
            if 0 < abs(gradient) < sys.float_info.min:
                continue  # a subnormal has too few digits of its own to be compared
            if math.isinf(gradient):
                assert line.value_text == ("+∞" if gradient > 0 else "−∞")
            else:
                sign = -1 if line.value_text.startswith("−") else 1
                assert rounds_alike(sign * mp.mpf(gradient), line.value_text.lstrip("+−"))
                if "−0 / p" not in line.text:
                    assert rounds_alike(sign * worth(line.text), line.value_text.lstrip("+−")), line


def worth(text):
    """The value of a line such as 2·(0.659 − 1) / (2 ln 2) =, worked out by Python's own grammar."""
    names = iter(range(1000))
    values = {"ln2": mp.log(2)}

    def number(match):
        name = f"n{next(names)}"
        values[name] = value_of(match[0])
        return name

    text = re.sub(r"ln 2", "ln2", text.removesuffix(" ="))
    written = re.sub(r"(?:(?<![\w.])\d+(?:\.\d+)? × )?10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<![\w.])\d+(?:\.\d+)?", number, text)
    written = written.replace("−", "-").replace("·", " * ")
    written = re.sub(r"(?<=[\w)]) (?=[\w(])", " * ", written)
    return mp.mpf(eval(written, {}, values))


class TestThreeFormulas:
    def test_as_in_the_picture(self):
        lens = three_formulas(shown(BINARY))
        assert (lens.prediction_title, lens.target_title) == ("prediction [p, 1 − p]", "target [t, 1 − t]")
        assert [(chip.text, chip.filled) for chip in (*lens.prediction, *lens.target)] == [
            ("0.7", True),
            ("0.3", True),
            ("1", True),
            ("0", False),
        ]
        assert [(f.title, to_text(f.symbols), to_text(f.numbers), f.value_text) for f in lens.formulas] == [
            ("Binary formula", "−[t ln p + (1 − t) ln (1 − p)]", "= −[1·ln 0.7 + 0·ln 0.3]", "0.357"),
            (
                "Categorical formula on the two pairs",
                "−t₁ ln p₁ − t₂ ln p₂",
                "= −1·ln 0.7 − 0·ln 0.3",
                "0.357",
            ),
            ("Shortcut: only the true answer counts", "−ln p_true", "= −ln 0.7", "0.357"),
        ]
        assert lens.reading == (
            "Three ways to write it, one number: a binary question is a categorical one with two classes."
        )

    def test_the_other_answer(self):
        shortcut = three_formulas(shown(BINARY, target=[0])).formulas[2]
        assert (to_text(shortcut.numbers), shortcut.value_text) == ("= −ln 0.3", "1.204")

    def test_between_the_answers_there_is_no_shortcut(self):
        lens = three_formulas(shown(BINARY, target=[0.3]))
        assert [to_text(f.numbers) for f in lens.formulas] == [
            "= −[0.3·ln 0.7 + 0.7·ln 0.3]",
            "= −0.3·ln 0.7 − 0.7·ln 0.3",
        ]
        assert lens.reading.startswith("Two ways")

    def test_a_chip_has_no_power_of_ten(self):
        lens = three_formulas(shown(BINARY, prediction=[4e-8]))
        assert [chip.text for chip in (*lens.prediction, *lens.target)] == ["<0.001", ">0.999", "1", "0"]
        assert to_text(lens.formulas[2].numbers) == "= −ln (4 × 10⁻⁸)"

    def test_an_invalid_row(self):
        assert three_formulas(shown(BINARY, prediction=[1.3])).formulas == ()


def test_a_gradient_that_is_not_a_number_has_no_arrows():
    # Infinite by its weight in single precision, where the loss is an infinite loss.
    endless = state_of(
        ["dog"], [[0.78]], [[-18.8]], input="logits", class_weights=(1e300,), precision=Precision.FLOAT32
    )
    chart = gradient_chart(show(endless, Task.BINARY))
    assert (chart.arrows, chart.arithmetic, chart.reading) == ((), (), "")
