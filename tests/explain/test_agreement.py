"""Every number that is shown is right to its last digit and agrees with every other one, in any state."""

import math
import re
import sys

import numpy as np
import pytest
from hypothesis import given

from ceviz.core.document import Task, Unit
from ceviz.explain.curve_charts import curve_charts
from ceviz.explain.formulas import to_latex, to_text
from ceviz.explain.headline import headline, worked_line
from ceviz.explain.sentences import plain_text, sample_heading, takeaway
from ceviz.explain.stack_charts import stack_chart
from tests.explain.examples import random_shown, show, state_of
from tests.explain.reading import formula_value, mp, number_value, rounds_alike
from tests.fuzz import examples

WORKED = re.compile(r"−((?:ln|log₂) (?:\(.+?\)|exp\(.+?\)|[^ ]+)) ≈ (\d+\.\d+(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)")


def agrees(exact, text):
    if math.isinf(float(exact)):
        return text == "∞"
    return text != "∞" and rounds_alike(exact, text)


def is_subnormal(text):
    """Whether a number has few digits, or one: then there is nothing to agree to."""
    return 0 < float(number_value(text)) < sys.float_info.min


def the_headline_is_the_evaluation(shown):
    line = headline(shown)
    assert agrees(float(shown.result.losses[shown.sample]), line.number_text)
    assert str(line.number_text) in line.accessible
    for part in line.summary:
        if part.kind == "shortcut":
            assert number_value(part.value_text) == number_value(line.number_text)


def every_term_gives_the_value_under_it(shown):
    base = 2 if shown.evaluation.unit is Unit.BITS else mp.e
    for term in headline(shown).terms:
        text = to_text(term.formula)
        if term.kind == "class":
            if not is_subnormal(term.value_text):
                assert agrees(formula_value(text, base), term.value_text), text
            assert term.zero == (term.value_text == "0")


def the_takeaway_has_the_numbers_of_the_headline(shown):
    spans = takeaway(shown)
    losses = [span.text for span in spans if span.role == "loss"]
    line = headline(shown)
    known = {line.number_text, "0", "16.118", "15.942"} | {
        part.value_text for part in (*line.terms, *line.summary)
    }
    if shown.task is Task.SOFT and "less than the" in plain_text(spans):
        known |= {part.value_text.removeprefix("−") for part in line.summary}
    assert set(losses) <= known
    for argument, value in WORKED.findall(plain_text(spans)):
        assert is_subnormal(value) or agrees(formula_value(f"−{argument}"), value), plain_text(spans)


def texts_can_be_shown(shown):
    line = worked_line(headline(shown))
    texts = [plain_text(takeaway(shown)), *sample_heading(shown), to_text(line), to_latex(line)]
    for text in texts:
        assert not re.search(r"\bnan\b|None|\binf\b|  ", text), text
        assert "—" not in text
    assert "-" not in to_text(line)


def charts_have_finite_places_on_their_axes(shown):
    for chart in curve_charts(shown):
        top = chart.y_axis.high
        for curve in chart.curves:
            assert np.isfinite(curve.xs).all()
            assert ((curve.ys >= -1e-12) & (curve.ys <= top)).all()
            assert ((curve.xs >= 0) & (curve.xs <= 1)).all()
        for point in (*chart.live, *chart.marks):
            assert 0 <= point.x <= 1
            assert point.y is None or -1e-4 <= point.y <= top
        for ghost in chart.ghosts:
            assert 0 <= ghost.x <= 1
            assert 0 <= ghost.y <= top
    stack = stack_chart(shown)
    for column in stack.columns:
        edges = [edge for part in column.segments for edge in (part.low, part.high)]
        assert edges == sorted(edges)
        assert edges[:1] in ([0], [])  # a loss of 0 may have no segment at all
        assert all(edge <= stack.y_axis.high for edge in edges)
        if stack.total is not None:
            assert max(edges, default=0) == pytest.approx(stack.total, rel=1e-9, abs=1e-4)


def charts_say_the_numbers_of_the_headline(shown):
    line = headline(shown)
    if shown.task in (Task.MULTICLASS, Task.BINARY):
        (chart,) = curve_charts(shown)
        assert chart.live[0].y_text == line.number_text
    assert stack_chart(shown).total_text.endswith(line.number_text)


@examples(150)
@given(random_shown())
def test_any_state(shown):
    """Every claim about the same states: to draw one takes longer than to look at it."""
    the_headline_is_the_evaluation(shown)
    every_term_gives_the_value_under_it(shown)
    the_takeaway_has_the_numbers_of_the_headline(shown)
    texts_can_be_shown(shown)
    charts_have_finite_places_on_their_axes(shown)
    charts_say_the_numbers_of_the_headline(shown)


@pytest.mark.parametrize("task", [Task.MULTICLASS, Task.SOFT, Task.MULTILABEL])
@pytest.mark.parametrize("classes", [100, 1000])
def test_many_classes(task, classes):
    random = np.random.default_rng(1)
    p = random.dirichlet(np.ones(classes), 20)
    one_hot = np.eye(classes)[random.integers(0, classes, 20)]
    targets = {Task.MULTICLASS: one_hot, Task.SOFT: random.dirichlet(np.ones(classes), 20)}
    names = [f"class {k}" for k in range(classes)]
    shown = show(state_of(names, targets.get(task, one_hot), p), task, overlay=True)
    line = headline(shown)
    assert len(line.terms) <= 8
    assert sum(term.class_count for term in line.terms) == classes
    assert stack_chart(shown).total_text.endswith(line.number_text)
    assert plain_text(takeaway(shown))
    drawn = [point.x for chart in curve_charts(shown) for point in chart.live]
    assert set(drawn) <= set(p[0].tolist())
