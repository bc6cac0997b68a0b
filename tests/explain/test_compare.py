"""The comparison of the picture, word for word."""

from dataclasses import replace

import pytest

from ceviz.core.document import Task
from ceviz.explain.compare_batch import HEADS, compare_batch
from ceviz.explain.compare_curve import LEGEND, compare_curve
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.compare_lenses import compare_simplex, compare_stack
from ceviz.explain.compare_sample import compare_sample
from ceviz.explain.formulas import to_latex, to_text
from ceviz.explain.spans import plain_text
from tests.explain.compare_examples import pictured, show_pair
from tests.explain.examples import state_of


class TestHeadline:
    def test_number(self):
        line = compare_headline(pictured())
        assert (line.caption, line.letter) == ("B is better, on average by", "B")
        assert (line.number_text, line.unit) == ("0.256", "nats")
        assert line.accessible == "B is better, on average by 0.256 nats"

    def test_terms(self):
        line = compare_headline(pictured())
        assert line.joiner == "="
        assert [(term.letter, term.name, term.value_text) for term in line.terms] == [
            ("A", "mean", "0.942"),
            ("B", "mean", "0.686"),
        ]
        assert [to_text(term.formula) for term in line.terms] == ["L̄_A", "L̄_B"]
        assert to_latex(line.terms[0].formula) == r"{\bar{L}}_{\text{A}}"

    def test_remark(self):
        remark = compare_headline(pictured()).remark
        assert plain_text(remark) == (
            "Both models are right on 3 of 5. Accuracy cannot tell them apart; cross-entropy can. "
            "B gives the true class, on geometric average, 1.29 times A’s probability."
        )
        strong = [span.text for span in remark if span.role == "strong"]
        assert strong == ["Both models are right on 3 of 5."]
        assert [span.text for span in remark if span.role == "loss"] == ["1.29 times"]


class TestSample:
    def test_heading(self):
        sample = compare_sample(pictured())
        assert sample.title == "An image of a dog, two models"
        assert [(line.letter, line.name) for line in sample.models] == [
            ("A", "small network"),
            ("B", "larger network"),
        ]

    def test_losses(self):
        sample = compare_sample(pictured())
        assert sample.loss_label == "loss of sample 1"
        assert [line.loss_text for line in sample.models] == ["0.9163", "0.3567"]

    def test_takeaway(self):
        spans = compare_sample(pictured()).takeaway
        assert plain_text(spans) == (
            "B gives dog 0.7 where A gave 0.4, so it saves ln(0.7 / 0.4) ≈ 0.560 on this sample. "
            "Only on sample 3 is A the better model."
        )
        assert [(span.text, span.role) for span in spans if span.role != "plain"] == [
            ("dog", "class"),
            ("0.560", "loss"),
        ]

    def test_takeaway_of_the_sample_where_a_is_better(self):
        assert plain_text(compare_sample(pictured(2)).takeaway) == (
            "B gives panda 0.55 where A gave 0.75, so it pays ln(0.75 / 0.55) ≈ 0.310 more on this sample. "
            "Only on this sample is A the better model."
        )


class TestCurve:
    def test_texts(self):
        (chart,) = compare_curve(pictured())
        assert chart.title == "Two models on one curve"
        assert (chart.x_axis.label, chart.y_axis.label) == ("p of the true class", "loss (nats)")
        assert to_text(chart.curves[0].label) == "−ln p"
        assert chart.difference_text == "−0.560"
        assert LEGEND == (("A", "A, hollow"), ("B", "B, filled"))

    def test_discs(self):
        (chart,) = compare_curve(pictured())
        assert [(disc.letter, disc.point.label, disc.point.y_text) for disc in chart.discs] == [
            ("A", "dog 0.4", "0.9163"),
            ("B", "dog 0.7", "0.3567"),
        ]

    def test_arrow_from_a_to_b_at_a_tenth(self):
        (chart,) = compare_curve(pictured())
        arrow = chart.arrow
        assert (arrow.x, arrow.text) == (0.1, "−0.560")
        assert (arrow.start, arrow.end) == pytest.approx((0.916, 0.357), abs=5e-4)

    def test_axis_reaches_beyond_two(self):
        (chart,) = compare_curve(pictured())
        assert chart.y_axis.high == 2.4
        assert [text for _, text in chart.y_axis.ticks] == ["0", "0.5", "1", "1.5", "2"]

    def test_marks_of_both(self):
        (chart,) = compare_curve(pictured())
        found = [(mark.letter, mark.mark.class_index, mark.mark.x) for mark in chart.marks]
        hollow = [("A", 1, 0.6), ("A", 2, 0.75), ("A", 0, 0.25), ("A", 2, 0.2)]
        filled = [("B", 1, 0.8), ("B", 2, 0.55), ("B", 0, 0.3), ("B", 2, 0.35)]
        assert found == hollow + filled


class TestLenses:
    def test_simplex(self):
        chart = compare_simplex(pictured())
        assert chart.reading == (
            "Going from A to B crosses the level lines towards “dog”: every line crossed is loss saved."
        )
        # The height of dog's corner is the square root of 3/4.
        assert (chart.a.y, chart.b.y) == pytest.approx((0.4 * 0.75**0.5, 0.7 * 0.75**0.5))
        assert chart.arrow == ((chart.a.x, chart.a.y), (chart.b.x, chart.b.y))

    def test_stack(self):
        chart = compare_stack(pictured())
        assert [column.label for column in chart.columns] == ["A", "B"]
        assert chart.total_texts == ("0.9163", "0.3567")
        heights = [column.segments[-1].high for column in chart.columns]
        assert heights == pytest.approx([0.916, 0.357], abs=5e-4)
        # 0.916 - 0.357 is 0.559: with one decimal more the three numbers agree.
        assert chart.reading == "A pays 0.9163, B 0.3567: the column of B is 0.560 lower."


class TestBatch:
    def test_rows(self):
        batch = compare_batch(pictured())
        rows = [batch.row(n) for n in range(batch.sample_count)]
        # ln 0.7 - ln 0.4 = ln 0.35 - ln 0.2 = 0.5596, but 0.916 - 0.357 = 1.609 - 1.050 = 0.559.
        assert [row.a.loss_text for row in rows] == ["0.9163", "0.511", "0.288", "1.386", "1.6094"]
        assert [row.b.loss_text for row in rows] == ["0.3567", "0.223", "0.598", "1.204", "1.0498"]
        assert [row.saves_text for row in rows] == ["+0.560", "+0.288", "−0.310", "+0.182", "+0.560"]
        assert [row.better for row in rows] == ["B", "B", "A", "B", "B"]
        assert [row.a.right for row in rows] == [True, True, True, False, False]
        assert [row.b.right for row in rows] == [True, True, True, False, False]

    def test_a_dragged_sample_keeps_three_decimals(self):
        shown = replace(pictured(), dragging=True)
        batch, (chart,), sample = compare_batch(shown), compare_curve(shown), compare_sample(shown)
        for row, saved in ((batch.row(0), "≈ +0.560"), (batch.row(4), "+0.560")):
            assert row.saves_text == saved
        assert [batch.row(0).a.loss_text, batch.row(0).b.loss_text] == ["0.916", "0.357"]
        assert [disc.point.y_text for disc in chart.discs] == ["0.916", "0.357"]
        assert chart.arrow.text == chart.difference_text == "≈ −0.560"
        assert [line.loss_text for line in sample.models] == ["0.916", "0.357"]
        assert (batch.mean_text, compare_headline(shown).joiner) == ("≈ 0.256", "≈")

    def test_bars_are_the_differences(self):
        batch = compare_batch(pictured())
        bars = [batch.row(n).bar for n in range(5)]
        assert bars == pytest.approx([0.560, 0.288, -0.310, 0.182, 0.560], abs=5e-4)
        assert (batch.axis.low, batch.axis.high) == pytest.approx((-0.4, 0.6))

    def test_foot(self):
        batch = compare_batch(pictured())
        for foot, letter, mean in ((batch.a, "A", "0.942"), (batch.b, "B", "0.686")):
            assert (foot.letter, foot.right_text, foot.mean_label) == (letter, "right on 3 of 5", "mean")
            assert foot.mean_text == mean
        assert batch.mean == pytest.approx(0.256, abs=5e-4)
        assert (batch.mean_text, batch.remark) == ("0.256", "")

    def test_heads(self):
        assert {"loss of A", "loss of B", "← A better", "B better →", "B saves"} <= set(HEADS)


def test_one_model_is_no_comparison():
    with pytest.raises(ValueError, match="needs two models"):
        show_pair(state_of(["dog", "cat"], [[1, 0]], [[0.4, 0.6]]), Task.MULTICLASS)
