"""What is said of the shown sample of a comparison, task by task. Numbers by hand: ln 2 = 0.693."""

import pytest

from ceviz.core.document import Task, Unit
from ceviz.explain.compare_batch import compare_batch
from ceviz.explain.compare_curve import compare_curve, compare_y_top
from ceviz.explain.compare_lenses import compare_simplex, compare_stack
from ceviz.explain.compare_sample import compare_sample
from ceviz.explain.spans import plain_text
from tests.explain.compare_examples import pair_state, pictured, show_pair, weighing

MULTI, SOFT, BINARY, LABELS = Task.MULTICLASS, Task.SOFT, Task.BINARY, Task.MULTILABEL
DOG = [[1, 0, 0]]


def pair(a, b, task=MULTI, targets=DOG, sample=0, **options):
    return show_pair(pair_state(targets, a, b, **options), task, sample)


def takeaway(*arguments, **options):
    return plain_text(compare_sample(pair(*arguments, **options)).takeaway)


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        (
            [[0.4, 0.3, 0.3]],
            [[0.4, 0.5, 0.1]],
            "Both models give dog 0.4, so both pay 0.916 on this sample: "
            "how the rest is split does not matter.",
        ),
        (
            [[0, 0.5, 0.5]],
            [[0.5, 0.3, 0.2]],
            "A ruled dog out completely, so its loss is infinite on this sample; B pays 0.693.",
        ),
        (
            [[0.5, 0.3, 0.2]],
            [[0, 0.5, 0.5]],
            "B ruled dog out completely, so its loss is infinite on this sample; A pays 0.693.",
        ),
        (
            [[0, 0.5, 0.5]],
            [[0, 0.3, 0.7]],
            "Both models ruled dog out completely: "
            "both losses are infinite, and neither model is better here.",
        ),
        (
            [[0.4, 0.6, 0.3]],
            [[0.5, 0.3, 0.2]],
            "A has no loss yet: the prediction sums to 1.3, not 1. "
            "Until that is fixed, this sample is left out of both means.",
        ),
        (
            [[0.4, 0.6, 0.3]],
            [[-0.5, 1, 0.5]],
            "A has no loss yet: the prediction sums to 1.3, not 1. B has no loss yet: dog is negative. "
            "Until that is fixed, this sample is left out of both means.",
        ),
        (
            [[1e-9, 0.5, 0.499999999]],
            [[1e-7, 0.5, 0.4999999]],
            "B gives dog 10⁻⁷ where A gave 10⁻⁹, so it saves ln(10⁻⁷ / 10⁻⁹) ≈ 4.605 on this sample.",
        ),
    ],
)
def test_multiclass(a, b, sentence):
    assert takeaway(a, b) == sentence


def test_a_target_at_fault():
    assert takeaway([[0.4, 0.3, 0.3]], [[0.4, 0.3, 0.3]], SOFT, [[0.5, 0.3, 0.1]]).startswith(
        "There is no loss yet: the target sums to 0.9, not 1. "
    )


def test_bits():
    spans = compare_sample(pictured(unit=Unit.BITS)).takeaway
    assert plain_text(spans).startswith(
        "B gives dog 0.7 where A gave 0.4, so it saves log₂(0.7 / 0.4) ≈ 0.807 on"
    )


class TestWhere:
    """Only the p of the true class matters: each row is (what A gives, what B gives)."""

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ([(0.4, 0.5), (0.4, 0.5)], "B is the better model on both samples."),
            ([(0.5, 0.4)] * 3, "A is the better model on all 3 samples."),
            ([(0.4, 0.5), (0.4, 0.4)], "On no sample is A the better model."),
            ([(0.4, 0.4)] * 2, "On no sample is either the better model."),
            ([(0.4, 0.5), (0.5, 0.4)], "Each is the better model on 1 of 2 samples."),
            ([(0.4, 0.5)] * 3 + [(0.5, 0.4)] * 2, "Only on samples 4 and 5 is A the better model."),
            ([(0.5, 0.4)] + [(0.4, 0.5)] * 2, "Only on this sample is A the better model."),
            ([(0.4, 0.5)] * 5 + [(0.5, 0.4)] * 4, "B is the better model on 5 of 9 samples, A on 4."),
            ([(0.4, 0.5), (0.4, 0.5), (7, 0.5)], "B is the better model on both samples with two losses."),
            ([(0.4, 0.5), (0, 0), (0.4, 0.5)], "On no sample is A the better model."),
        ],
    )
    def test_who_is_better_elsewhere(self, given, sentence):
        a, b = ([[row[k], 1 - row[k]] for row in given] for k in (0, 1))
        text = takeaway(a, b, targets=[[1, 0]] * len(given))
        assert text.endswith(f". {sentence}")

    def test_an_ignored_sample(self):
        state = weighing(
            pair_state([[1, 0]] * 2, [[0.4, 0.6]] * 2, [[0.8, 0.2]] * 2), [1.0, 1.0], ignored=(0,)
        )
        text = plain_text(compare_sample(show_pair(state, MULTI)).takeaway)
        assert text == (
            "B gives dog 0.8 where A gave 0.4, so it saves ln(0.8 / 0.4) ≈ 0.693 on this sample. "
            "It is ignored: it counts in neither mean."
        )


class TestSoft:
    A, B, TARGET = [[0.25, 0.75]], [[0.5, 0.5]], [[0.5, 0.5]]

    def test_takeaway(self):
        assert takeaway(self.A, self.B, SOFT, self.TARGET) == (
            "Above the floor, 0.693, B pays 0.000 where A pays 0.144, so it saves 0.144 on this sample."
        )
        assert takeaway(self.A, [[0.75, 0.25]], SOFT, self.TARGET) == (
            "Above the floor, 0.693, both models pay 0.144 on this sample."
        )
        assert takeaway(self.A, [[0, 1]], SOFT, self.TARGET).startswith("B ruled dog out completely")

    def test_one_curve_per_class_with_points_of_both(self):
        (chart,) = compare_curve(pair(self.A, self.B, SOFT, self.TARGET))
        assert [(one.letter, one.point.class_index, one.point.x) for one in chart.points] == [
            ("A", 0, 0.25),
            ("A", 1, 0.75),
            ("B", 0, 0.5),
            ("B", 1, 0.5),
        ]
        assert len(chart.curves) == len(chart.class_legend) == 2
        assert (chart.discs, chart.arrow, chart.difference_text) == ((), None, "−0.144")

    def test_floor_and_excess_of_both(self):
        stack = compare_stack(pair(self.A, self.B, SOFT, self.TARGET))
        floors = [[part.value_text for part in column.segments] for column in stack.columns]
        assert floors == [["0.693", "0.144"], ["0.693", "0"]]
        assert stack.reading == (
            "Both stand on the same floor, 0.693: only the excess differs. A has 0.144, B 0.000, "
            "which is 0.144 less."
        )

    def test_there_is_no_right_and_wrong(self):
        batch = compare_batch(pair(self.A, self.B, SOFT, self.TARGET))
        assert (batch.a.right_text, batch.row(0).a.right) == ("", None)


class TestBinary:
    def test_takeaway(self):
        assert takeaway([[0.4]], [[0.8]], BINARY, [[1]]) == (
            "B gives dog 0.8 where A gave 0.4, so it saves ln(0.8 / 0.4) ≈ 0.693 on this sample."
        )
        assert takeaway([[0.6]], [[0.2]], BINARY, [[0]]) == (
            "B gives “not dog” 0.8 where A gave 0.4, so it saves ln(0.8 / 0.4) ≈ 0.693 on this sample."
        )
        assert takeaway([[0.5]], [[0.8]], BINARY, [[0.5]]) == (
            # -0.5 ln 0.8 - 0.5 ln 0.2 = 0.9163
            "B pays 0.916 where A pays 0.693, so it pays 0.223 more on this sample."
        )

    def test_discs_stand_at_the_probability_of_the_class(self):
        (chart,) = compare_curve(pair([[0.6]], [[0.2]], BINARY, [[0]]))
        assert [(one.point.x, one.point.label) for one in chart.discs] == [
            (0.6, "not dog 0.4"),
            (0.2, "not dog 0.8"),
        ]
        assert chart.arrow.text == "−0.693"


class TestLabels:
    A, B = [[0.4, 0.2, 0.5]], [[0.8, 0.2, 0.4]]

    def test_takeaway(self):
        # -ln 0.4 - ln 0.8 - ln 0.5 = 1.8326, -2 ln 0.8 - ln 0.4 = 1.3626
        assert takeaway(self.A, self.B, LABELS, [[1, 0, 1]]) == (
            "B pays 1.363 where A pays 1.833, so it saves 0.470 on this sample, "
            "most of all on dog: B gives it 0.8, A gave it 0.4."
        )

    def test_an_infinite_label(self):
        text = takeaway([[0.4, 1, 0.5]], self.B, LABELS, [[1, 0, 1]])
        assert text.startswith(
            "A ruled “no cat” out completely, so its loss is infinite on this sample; B pays"
        )

    def test_small_curves(self):
        charts = compare_curve(pair(self.A, self.B, LABELS, [[1, 0, 1]]))
        assert [(chart.name, chart.difference_text) for chart in charts] == [
            ("dog", "−0.693"),
            ("cat", "equal"),
            ("panda", "+0.223"),
        ]
        assert [one.point.x for one in charts[0].points] == [0.4, 0.8]

    def test_right_labels_are_counted(self):
        batch = compare_batch(pair(self.A, self.B, LABELS, [[1, 0, 1]]))
        assert (batch.a.right_text, batch.b.right_text) == (
            "right on 1 of 3 labels",
            "right on 2 of 3 labels",
        )
        assert batch.row(0).b.right_text == "2 of 3 labels right"


class TestPictures:
    def test_an_infinite_loss_is_an_arrow_from_the_strip(self):
        (chart,) = compare_curve(pair([[0, 0.5, 0.5]], [[0.5, 0.3, 0.2]]))
        assert (chart.arrow.start, chart.arrow.text) == (None, "−∞")
        assert chart.arrow.x == 0
        assert [one.point.y_text for one in chart.discs] == ["∞", "0.693"]

    def test_two_infinite_losses_have_no_arrow(self):
        (chart,) = compare_curve(pair([[0, 0.5, 0.5]], [[0, 0.3, 0.7]]))
        assert (chart.arrow, chart.difference_text) == (None, "both infinite")

    def test_an_invalid_row_has_no_disc(self):
        shown = pair([[0.4, 0.6, 0.3]], [[0.5, 0.3, 0.2]])
        (chart,) = compare_curve(shown)
        assert [one.letter for one in chart.discs] == ["B"]
        assert (chart.arrow, chart.difference_text) == (None, "")
        simplex = compare_simplex(shown)
        assert (simplex.a, simplex.arrow, simplex.reading) == (None, None, "A has no loss until fixed.")
        assert simplex.bands
        stack = compare_stack(shown)
        assert (stack.columns[0].segments, stack.total_texts) == ((), ("", "0.693"))

    @pytest.mark.parametrize(("p", "top"), [(0.4, 2.4), (0.05, 4.6), (0.001, 9.2), (1e-9, 9.2), (0.0, 2.4)])
    def test_the_axis_holds_both(self, p, top):
        for rows in ([[p, 1 - p]], [[0.5, 0.5]]), ([[0.5, 0.5]], [[p, 1 - p]]):
            assert compare_y_top(pair(*rows, targets=[[1, 0]])) == top

    @pytest.mark.parametrize(
        ("a", "b", "reading"),
        [
            (
                [[0.7, 0.2, 0.1]],
                [[0.4, 0.3, 0.3]],
                "Going from A to B crosses the level lines away from “dog”: "
                "every line crossed is loss added.",
            ),
            (
                [[0.4, 0.3, 0.3]],
                [[0.42, 0.3, 0.28]],
                "Going from A to B leads towards “dog”, within one band: 0.049 of loss is saved.",
            ),
            (
                [[0.4, 0.3, 0.3]],
                [[0.4, 0.5, 0.1]],
                "A and B stand on the same level line: they differ, but not in their loss.",
            ),
            ([[0.4, 0.3, 0.3]], [[0.4, 0.3, 0.3]], "A and B stand in the same place: they predict the same."),
            ([[0, 0.5, 0.5]], [[0.5, 0.3, 0.2]], "The loss of A is infinite, the loss of B is 0.693."),
        ],
    )
    def test_simplex_readings(self, a, b, reading):
        assert compare_simplex(pair(a, b)).reading == reading

    def test_infinite_differences_in_the_batch(self):
        rows_a = [[0, 1], [0.5, 0.5], [0, 1], [0.5, 0.7]]
        rows_b = [[0.5, 0.5], [0, 1], [0, 1], [0.5, 0.5]]
        batch = compare_batch(pair(rows_a, rows_b, targets=[[1, 0]] * 4))
        rows = [batch.row(n) for n in range(4)]
        assert [row.saves_text for row in rows] == ["+∞", "−∞", "both infinite", "left out until fixed"]
        assert [row.bar for row in rows] == [batch.axis.high, batch.axis.low, None, None]
        assert rows[3].a.problem == "sums to 1.2, not 1"
        assert (batch.mean, batch.mean_text) == (None, "both infinite")
        assert batch.remark == "Sample 4 is left out of both means until fixed."

    def test_a_kept_axis(self):
        kept = compare_batch(pictured()).axis
        far = compare_batch(pair([[0.001, 0.999, 0]], [[0.5, 0.5, 0]]), kept)
        assert (far.axis, far.row(0).bar) == (kept, kept.high)
        assert far.row(0).saves_text == "+6.215"  # ln 500


def test_a_long_name_of_a_class_is_elided():
    long = "golden retriever that carries a newspaper through the garden"
    shown = pair([[0.4, 0.6]], [[0.5, 0.5]], targets=[[1, 0]], classes=[long, "cat"])
    assert plain_text(compare_sample(shown).takeaway).startswith("B gives golden retri…the garden 0.5 where")
