"""What the headline of a comparison says, case by case. Numbers by hand: ln 2 = 0.693, ln 0.8 = −0.223."""

from dataclasses import replace

import pytest

from ceviz.core import edits
from ceviz.core.document import InputKind, Task, Unit
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.compare_numbers import subtraction, times_text
from ceviz.explain.formulas import to_text
from ceviz.explain.spans import plain_text
from tests.explain.compare_examples import pair_state, pictured, show_pair, weighing

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL
TARGETS = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
GOOD = [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]
FIRST_HALVED = [[0.4, 0.5, 0.1], *GOOD[1:]]
SECOND_HALVED = [GOOD[0], [0.1, 0.4, 0.5], GOOD[2]]
FIRST_RULED_OUT = [[0, 0.5, 0.5], *GOOD[1:]]
SECOND_RULED_OUT = [GOOD[0], [0.1, 0, 0.9], GOOD[2]]


def line_of(a, b, task=MULTI, targets=TARGETS, **options):
    return compare_headline(show_pair(pair_state(targets, a, b, **options), task))


def means(line):
    return [(term.letter, term.name, term.value_text) for term in line.terms]


def remark(line):
    return plain_text(line.remark)


class TestWhoIsBetter:
    def test_a_is_better(self):
        line = line_of(GOOD, FIRST_HALVED)
        assert (line.caption, line.letter) == ("A is better, on average by", "A")
        assert line.number_text == "0.231"  # ln 2 / 3
        assert [to_text(term.formula) for term in line.terms] == ["L̄_B", "L̄_A"]
        assert means(line) == [("B", "mean", "0.454"), ("A", "mean", "0.223")]
        assert remark(line) == (
            "A is right on 3 of 3, B on 2. Cross-entropy agrees. "
            "A gives the true class, on geometric average, 1.26 times B’s probability."
        )

    def test_loss_up_while_accuracy_is_up(self):
        barely_right = [[0.34, 0.33, 0.33], [0.3, 0.4, 0.3], [0.3, 0.3, 0.4]]
        line = line_of(barely_right, [[0.3, 0.2, 0.5], *GOOD[1:]])
        assert line.letter == "B"
        assert remark(line).startswith(
            "A is right more often (3 of 3 against 2) and still costs more: "
            "0.693 more on sample 2 and 0.693 on sample 3. B gives"
        )

    def test_the_same_predictions_tie(self):
        line = line_of(FIRST_HALVED, FIRST_HALVED)
        assert (line.caption, line.letter, line.number_text) == ("A and B are equal", None, "0")
        assert line.accessible == "A and B are equal"
        assert means(line) == [("A", "mean", "0.454"), ("B", "mean", "0.454")]
        assert remark(line) == (
            "Both models are right on 2 of 3. Cross-entropy cannot tell them apart either. "
            "Both give the true class, on geometric average, the same probability."
        )

    def test_different_predictions_tie_within_rounding(self):
        line = line_of(FIRST_HALVED, SECOND_HALVED)
        assert (line.caption, line.number_text) == ("A and B are equal", "0")

    @pytest.mark.parametrize("task", [MULTI, BINARY])
    def test_a_model_ties_with_itself_in_logits(self, task):
        targets, rows = (TARGETS, GOOD) if task is MULTI else ([[1], [0]], [[0.999], [0.3]])
        state = edits.set_input(pair_state(targets, rows, rows), task, 1, InputKind.LOGITS)
        assert compare_headline(show_pair(state, task)).letter is None

    def test_a_tie_with_another_accuracy(self):
        line = line_of([[0.4, 0.5, 0.1]], [[0.4, 0.3, 0.3]], targets=TARGETS[:1])
        assert remark(line).startswith(
            "B is right on 1 of 1, A on 0. Cross-entropy cannot tell them apart. Both"
        )

    def test_the_short_remark_leaves_out_the_ratio(self):
        line = line_of(GOOD, FIRST_HALVED)
        assert plain_text(line.short_remark) == "A is right on 3 of 3, B on 2. Cross-entropy agrees."
        assert line.remark[: len(line.short_remark)] == line.short_remark

    def test_tiny_losses_are_told_apart(self):
        line = line_of([[50, 0]], [[60, 0]], kind="logits", targets=[[1, 0]], input="logits")
        assert (line.letter, line.number_text) == ("B", "1.93 × 10⁻²²")  # e^-50

    def test_one_sample_has_no_average(self):
        assert line_of([[0.4, 0.3, 0.3]], GOOD[:1], targets=TARGETS[:1]).caption == "B is better by"


class TestInfinity:
    def test_one_model_is_infinite(self):
        line = line_of(FIRST_RULED_OUT, SECOND_HALVED)
        assert (line.caption, line.letter, line.number_text) == ("B is better, on average by", "B", "∞")
        assert means(line) == [("A", "mean", "∞"), ("B", "mean", "0.454")]
        assert remark(line) == (
            "A ruled out the true class on sample 1: one such sample is enough for an infinite mean. "
            "Without it, A has 0.223 and B 0.570."
        )

    def test_on_several_samples(self):
        rows = [FIRST_RULED_OUT[0], SECOND_RULED_OUT[1], GOOD[2]]
        line = line_of(GOOD, rows)
        assert (line.letter, line.number_text) == ("A", "∞")
        assert remark(line) == (
            "B ruled out the true class on samples 1 and 2: one would be enough for an infinite mean. "
            "Without them, A has 0.223 and B 0.223."
        )

    def test_both_are_infinite(self):
        line = line_of(FIRST_RULED_OUT, [*SECOND_RULED_OUT[:2], [0.3, 0.3, 0.4]])
        assert (line.caption, line.number_text) == ("Without infinite samples, A is better by", "0.693")
        assert means(line) == [("B", "mean of 1", "0.916"), ("A", "mean of 1", "0.223")]
        assert remark(line) == (
            "Both means are infinite: A ruled out the true class on sample 1, B on sample 2. "
            "Compared here: the one sample on which both losses are finite."
        )

    def test_both_are_infinite_on_the_same_sample(self):
        line = line_of(FIRST_RULED_OUT, [FIRST_RULED_OUT[0], *SECOND_HALVED[1:]])
        assert (line.letter, line.number_text) == ("A", "0.347")  # ln 2 / 2
        assert remark(line) == (
            "Both means are infinite: both ruled out the true class on sample 1. "
            "Compared here: the 2 samples on which both losses are finite."
        )

    def test_nothing_is_finite_for_both(self):
        line = line_of(FIRST_RULED_OUT[:2], SECOND_RULED_OUT[:2], targets=TARGETS[:2])
        assert (line.caption, line.letter, line.number_text) == ("A and B are both infinite", None, "∞")
        assert "neither is better" in remark(line)


class TestWhatIsLeftOut:
    def test_an_invalid_row_of_either_is_left_out_of_both(self):
        line = line_of([[0.9, 0.2, 0.2], *GOOD[1:]], SECOND_HALVED)
        assert line.note == "Sample 1 is left out of both means until fixed."
        assert means(line) == [("B", "mean of 2", "0.570"), ("A", "mean of 2", "0.223")]
        assert remark(line).startswith("A is right on 2 of 2, B on 1.")

    def test_nothing_to_compare_yet(self):
        line = line_of([[0.9, 0.2, 0.2]], GOOD[:1], targets=TARGETS[:1])
        assert (line.caption, line.number_text) == ("A and B cannot be compared yet", "")
        assert remark(line) == "No sample that counts has a loss for both models."

    def test_weights_count(self):
        state = weighing(pair_state(TARGETS, FIRST_HALVED, SECOND_HALVED), [3.0, 1.0, 1.0], ignored=(2,))
        line = compare_headline(show_pair(state, MULTI))
        assert (line.caption, line.number_text) == (
            "B is better, on weighted average by",
            "0.347",
        )  # ln 2 / 2
        assert "on weighted geometric average, 1.41 times" in remark(line)
        assert (means(line)[0][1], line.note) == ("mean of 2", "")


class TestOtherTasks:
    def test_bits(self):
        line = compare_headline(pictured(unit=Unit.BITS))
        assert (line.number_text, line.unit) == ("0.369", "bits")  # 0.25582 / ln 2
        assert "1.29 times" in remark(line)

    def test_soft_targets_have_a_floor(self):
        line = line_of([[0.25, 0.75]], [[0.5, 0.5]], SOFT, [[0.5, 0.5]])
        # KL = -ln(2 sqrt(0.25 * 0.75)) = 0.14384, exp(0.14384) = 1.1547
        assert line.number_text == "0.144"
        assert remark(line) == (
            "Both models pay the same floor, 0.693. On top of it A pays 0.144 on average, B 0.000. "
            "B gives the classes, on geometric average weighted by the target, 1.15 times A’s probability."
        )

    def test_equal_excess(self):
        line = line_of([[0.25, 0.75]], [[0.75, 0.25]], SOFT, [[0.5, 0.5]])
        assert line.caption == "A and B are equal"
        assert remark(line).startswith(
            "Both models pay the same floor, 0.693. On top of it both pay 0.144 on average. Both"
        )

    def test_binary(self):
        line = line_of([[0.4], [0.4]], [[0.8], [0.2]], BINARY, [[1], [0]])
        # Of the true answers A gives 0.4 and 0.6, B 0.8 and 0.8: the square root of 0.64 / 0.24 is 1.633.
        assert line.number_text == "0.490"
        assert remark(line) == (
            "B is right on 2 of 2, A on 1. Cross-entropy agrees. "
            "B gives the true answer, on geometric average, 1.63 times A’s probability."
        )

    def test_labels(self):
        line = line_of([[0.4, 0.2]], [[0.8, 0.2]], LABELS, [[1, 0]])
        assert line.number_text == "0.693"
        # Over two labels, the square root of 2.
        assert remark(line) == (
            "B is right on 2 of 2 labels, A on 1. Cross-entropy agrees. "
            "B gives the truth of a label, on geometric average, 1.41 times A’s probability."
        )

    @pytest.mark.parametrize(
        ("task", "target", "ruled"),
        [(SOFT, [0.5, 0.5], "a class of the target"), (LABELS, [1, 1], "the truth of a label")],
    )
    def test_what_was_ruled_out(self, task, target, ruled):
        line = line_of([[0, 1]], [[0.6, 0.4]], task, [target])
        assert remark(line) == (
            f"A ruled out {ruled} on sample 1: one such sample is enough for an infinite mean."
        )


class TestNumbers:
    @pytest.mark.parametrize(
        ("terms", "texts"),
        [
            ((0.9425, 0.6863, 0.2562), ("0.9425", "0.6863", "0.256")),  # 0.942 or 0.943 - 0.686
            ((0.94211, 0.68629, 0.25582), ("0.942", "0.686", "0.256")),
            ((0.91629, 0.91624, 5e-5), ("0.91629", "0.91624", "5.00 × 10⁻⁵")),
            ((2.5e-5, 1.25e-5, 1.25e-5), ("2.50 × 10⁻⁵", "1.25 × 10⁻⁵", "1.25 × 10⁻⁵")),
            ((0.5, 0.5, 0.0), ("0.500", "0.500", "0")),
        ],
    )
    def test_what_is_read_is_what_is_said(self, terms, texts):
        found = subtraction(*terms)
        assert (found.minuend, found.subtrahend, found.difference, found.exact) == (*texts, True)

    def test_a_difference_too_small_for_six_decimals_is_no_equation(self):
        found = subtraction(0.9, 0.9 - 1e-11, 1e-11)
        assert (found.minuend, found.subtrahend, found.exact) == ("0.900", "0.900", False)

    @pytest.mark.parametrize(
        ("nats", "text"),
        [
            (0.25582, "1.29"),
            (2.4, "11.0"),
            (4.7, "110"),
            (7.1770, "1309"),
            (15, "3.27 × 10⁶"),
            (0.0006, "1.00060"),
            (1e-9, None),
            (1e9, "more than 10²⁹⁹"),
        ],
    )
    def test_times(self, nats, text):
        assert times_text(nats) == text


def test_no_equals_sign_where_the_means_as_written_do_not_give_the_number():
    state = pair_state([[1, 0]], [[0.4, 0.6]], [[0.4 + 1e-12, 0.6 - 1e-12]])
    line = compare_headline(show_pair(replace(state, classes=("dog", "cat")), MULTI))
    assert (line.letter, line.joiner, line.number_text) == ("B", "≈", "2.50 × 10⁻¹²")
