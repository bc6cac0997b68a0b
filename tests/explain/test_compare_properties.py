"""What holds of every comparison: finite places, signs that agree, texts that read back."""

import math
import re
from decimal import Decimal

import numpy as np
from hypothesis import given

from ceviz.core.document import Task, Unit
from ceviz.explain.compare_batch import compare_batch
from ceviz.explain.compare_curve import compare_curve, compare_y_top
from ceviz.explain.compare_headline import compare_headline
from ceviz.explain.compare_lenses import compare_simplex, compare_stack
from ceviz.explain.compare_sample import compare_sample
from ceviz.explain.numbers import parse_number
from ceviz.explain.spans import plain_text
from tests.explain.compare_examples import pair_state, random_pair, show_pair
from tests.explain.reading import mp, rounds_alike, value_of
from tests.fuzz import examples

MANY = examples(60)
QUOTIENT = re.compile(r"(ln|log₂)\((.+?) / (.+?)\) ≈ (.+?)(?: more)? on this")
NUMBER = r"(?:\d+\.\d+ × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d+(?:\.\d+)?|∞)"


def losses(shown):
    a, b = (shown.evaluation.models[index].losses for index in (0, 1))
    return a, b


def weight(shown, n):
    sample = shown.state.samples[n]
    return 0.0 if sample.ignored else sample.weight


def expected_saving(shown):
    """The weighted mean of A's loss less B's over what is valid, to 1,000 digits; None where undefined."""
    rows = [(mp.mpf(weight(shown, n)), a, b) for n, (a, b) in enumerate(zip(*losses(shown), strict=True))]
    rows = [row for row in rows if row[0] and not (math.isnan(row[1]) or math.isnan(row[2]))]
    endless = [any(math.isinf(row[k]) for row in rows) for k in (1, 2)]
    if all(endless):
        rows = [row for row in rows if math.isfinite(row[1]) and math.isfinite(row[2])]
    elif any(endless):
        return mp.inf if endless[0] else -mp.inf
    if not rows:
        return None
    return sum(w * (mp.mpf(a) - mp.mpf(b)) for w, a, b in rows) / sum(w for w, _, _ in rows)


def texts_of(shown):
    line, sample, batch = compare_headline(shown), compare_sample(shown), compare_batch(shown)
    yield from (line.caption, line.accessible, line.number_text, plain_text(line.remark), line.note)
    yield from (sample.title, plain_text(sample.takeaway), batch.remark, batch.mean_text)
    yield from (compare_stack(shown).reading, *(chart.difference_text for chart in compare_curve(shown)))
    for n in range(batch.sample_count):
        row = batch.row(n)
        yield from (row.saves_text, row.a.loss_text, row.b.loss_text)


def the_better_model_has_the_lower_mean(shown):
    line, expected = compare_headline(shown), expected_saving(shown)
    if line.letter is None:
        assert expected is None or abs(expected) < 1e-9
        assert line.caption != "A and B are equal" or line.number_text == "0"
    else:
        assert line.letter == ("B" if expected > 0 else "A")
        assert f"{line.letter} is better" in line.caption
        text = line.number_text
        assert text == "∞" if math.isinf(expected) else rounds_alike(abs(expected), text)


def the_means_as_written_give_the_number_as_written(shown):
    line = compare_headline(shown)
    if line.number_text in ("", "∞") or line.joiner == "≈":
        return
    first, second = (value_of(term.value_text) for term in line.terms)
    assert first >= second
    if line.letter is not None:
        assert [term.letter for term in line.terms] == (["A", "B"] if line.letter == "B" else ["B", "A"])
    assert rounds_alike(first - second, line.number_text) or line.letter is None


def every_row_says_who_saves_what(shown):
    batch = compare_batch(shown)
    for n, (a, b) in enumerate(zip(*losses(shown), strict=True)):
        row = batch.row(n)
        if math.isnan(a) or math.isnan(b):
            assert (row.bar, row.better, row.saves_text) == (None, None, "left out until fixed")
            assert bool(row.a.problem) == math.isnan(a)
        elif math.isinf(a) and math.isinf(b):
            assert (row.bar, row.better, row.saves_text) == (None, None, "both infinite")
        elif row.better is None:
            assert row.saves_text == "0"
            assert row.bar == 0
            assert abs(a - b) <= 1e-12 * max(a, 1e-3)
        else:
            assert row.better == ("B" if b < a else "A")
            saves = row.saves_text.removeprefix("≈ ")
            assert saves[0] == ("+" if b < a else "−")
            assert (row.bar > 0) == (b < a)
            exact = mp.mpf(a) - mp.mpf(b)
            assert row.endless or rounds_alike(abs(exact), saves[1:])
            assert row.endless == (saves[1:] == "∞")
            texts = row.a.loss_text, row.b.loss_text, saves[1:]
            if saves == row.saves_text and not re.search("[×∞]", "".join(texts)):
                # Who subtracts what is written gets what is written.
                first, second, difference = (Decimal(text.replace("−", "-")) for text in texts)
                assert abs(abs(first - second) - difference) <= Decimal("0.0005")


def the_foot_has_the_numbers_of_the_headline(shown):
    line, batch = compare_headline(shown), compare_batch(shown)
    means = {term.letter: term.value_text for term in line.terms}
    assert {foot.letter: foot.mean_text for foot in (batch.a, batch.b)} == means
    if batch.mean is not None:
        assert batch.mean_text.removeprefix("≈ ").removeprefix("−") == line.number_text
        assert batch.axis.low <= batch.mean <= batch.axis.high
        assert ("−" in batch.mean_text.partition(" ×")[0]) == (line.letter == "A")


def texts_can_be_shown(shown):
    for text in texts_of(shown):
        assert not re.search(r"\bnan\b|None|\binf\b|  |—|-\d|\.\.", text), text


def losses_read_back(shown):
    sample = compare_sample(shown)
    for line, row in zip(sample.models, losses(shown), strict=True):
        loss = row[shown.sample]
        if math.isnan(loss):
            assert line.loss_text == ""
        else:
            number = parse_number(line.loss_text, allow_infinite=True)
            assert number == loss or rounds_alike(mp.mpf(loss), line.loss_text)
    for span in sample.takeaway:
        if span.role == "loss":
            parse_number(span.text)
    for span in compare_headline(shown).remark:
        if span.role == "loss" and not span.text.startswith("more"):
            assert re.fullmatch(NUMBER + "(?: times)?|−?" + NUMBER, span.text), span.text


@MANY
@given(random_pair((Task.MULTICLASS, Task.BINARY)))
def test_the_logarithm_of_the_takeaway_gives_the_saving_beside_it(shown):
    text = plain_text(compare_sample(shown).takeaway)
    a, b = (row[shown.sample] for row in losses(shown))
    assert ("it saves" in text) <= (b < a)
    assert ("more on this sample" in text) <= (b > a)
    for log, over, under, value in QUOTIENT.findall(text):
        base = 2 if log == "log₂" else mp.e
        assert rounds_alike(mp.log(argument(over) / argument(under), base), value), text


def argument(text):
    if text.startswith("exp("):
        return mp.exp(-value_of(text[5:-1]))
    inner = text[1:-1] if text.startswith("(") and "1 − " not in text else text
    return value_of(inner)


def charts_have_finite_places_on_their_axes(shown):
    for chart in compare_curve(shown):
        top = chart.y_axis.high
        for curve in chart.curves:
            assert np.isfinite(curve.xs).all()
            assert np.isfinite(curve.ys).all()
        points = [one.point for one in (*chart.discs, *chart.points)]
        for point in (*points, *(one.mark for one in chart.marks)):
            assert 0 <= point.x <= 1
            assert point.y is None or -1e-4 <= point.y <= top
        if chart.arrow is not None:
            assert 0 <= chart.arrow.x <= 0.1
            ends = [top if end is None else end for end in (chart.arrow.start, chart.arrow.end)]
            assert all(-1e-4 <= end <= top for end in ends)
            assert (ends[0] > ends[1]) == (chart.arrow.text.removeprefix("≈ ")[0] == "−")
    batch = compare_batch(shown)
    assert batch.axis.low < 0 < batch.axis.high < math.inf
    for n in range(batch.sample_count):
        bar = batch.row(n).bar
        assert bar is None or batch.axis.low <= bar <= batch.axis.high


def the_two_columns_stand_on_one_axis(shown):
    stack = compare_stack(shown)
    for column, text, row in zip(stack.columns, stack.total_texts, losses(shown), strict=True):
        edges = [edge for part in column.segments for edge in (part.low, part.high)]
        assert all(0 <= edge <= stack.y_axis.high for edge in edges)
        loss = row[shown.sample]
        assert (text == "∞", text == "") == (math.isinf(loss), math.isnan(loss))
        assert bool(edges) >= (loss > 0)


@MANY
@given(random_pair((Task.MULTICLASS, Task.SOFT), (3,)))
def test_the_simplex_leads_from_a_to_b(shown):
    chart = compare_simplex(shown)
    for point, row in zip((chart.a, chart.b), losses(shown), strict=True):
        assert (point is None) == math.isnan(row[shown.sample])
        assert point is None or (math.isfinite(point.x) and 0 <= point.y <= 0.8661)
    a, b = (row[shown.sample] for row in losses(shown))
    assert ("saved" in chart.reading) <= (b < a)
    assert ("added" in chart.reading) <= (b > a)


def the_loss_axis_holds_both_losses_if_it_can(shown):
    rows = [model.losses[shown.sample] for model in shown.evaluation.models]
    if shown.task in (Task.MULTICLASS, Task.BINARY):
        finite = [loss for loss in rows if math.isfinite(loss)]
        longest = 9.2 if shown.evaluation.unit is Unit.NATS else 14.0
        assert compare_y_top(shown) >= min(max(finite, default=0.0), longest)


@MANY
@given(random_pair())
def test_any_pair(shown):
    """Every claim about the same states: to draw one takes longer than to look at it."""
    the_better_model_has_the_lower_mean(shown)
    the_means_as_written_give_the_number_as_written(shown)
    every_row_says_who_saves_what(shown)
    the_foot_has_the_numbers_of_the_headline(shown)
    texts_can_be_shown(shown)
    losses_read_back(shown)
    charts_have_finite_places_on_their_axes(shown)
    the_two_columns_stand_on_one_axis(shown)
    the_loss_axis_holds_both_losses_if_it_can(shown)


def test_ten_thousand_samples():
    random = np.random.default_rng(1)
    targets = np.eye(3)[random.integers(0, 3, 10_000)]
    a, b = (random.dirichlet(np.ones(3), 10_000) for _ in "AB")
    shown = show_pair(pair_state(targets, a, b), Task.MULTICLASS)
    assert rounds_alike(abs(expected_saving(shown)), compare_headline(shown).number_text)
    row, (loss_a, loss_b) = compare_batch(shown).row(9_999), losses(shown)
    assert row.better == ("B" if loss_b[9_999] < loss_a[9_999] else "A")
