"""Under any convention and options every number that is shown agrees with the evaluation."""

import math
import re

import numpy as np
from hypothesis import assume, given, settings

from ceviz.core.document import Task, Unit
from ceviz.explain.curve_charts import curve_charts
from ceviz.explain.formulas import to_latex, to_text
from ceviz.explain.headline import headline, worked_line
from ceviz.explain.lenses import lens_value, lenses
from ceviz.explain.loss_options import loss_choices
from ceviz.explain.sentences import plain_text, takeaway
from ceviz.explain.stack_charts import stack_chart
from tests.explain.examples import random_shown
from tests.explain.reading import formula_value, mp, number_value, rounds_alike

MANY = settings(max_examples=30, deadline=None)


def agrees(exact, text):
    if math.isinf(float(exact)):
        return text == "∞"
    return text != "∞" and rounds_alike(exact, text.replace("−", "-", 1))


@MANY
@given(random_shown(optioned=True))
def test_every_term_gives_the_value_under_it(shown):
    assume(shown.result.valid[shown.sample])
    base = 2 if shown.evaluation.unit is Unit.BITS else mp.e
    for term in headline(shown).terms:
        if term.kind == "class":
            text = to_text(term.formula)
            if "/" in text and abs(number_value(term.value_text)) < 1e-6:
                continue  # t ln(t / p) of a p that is t but for rounding: there is nothing to agree to
            assert agrees(formula_value(text, base), term.value_text), text


@MANY
@given(random_shown(optioned=True))
def test_everything_can_be_shown_and_says_the_same_loss(shown):
    line, sentence = headline(shown), plain_text(takeaway(shown))
    charts = curve_charts(shown)
    texts = [sentence, to_text(worked_line(line)), to_latex(worked_line(line)), line.caption, line.exact]
    for text in texts:
        assert not re.search(r"\bnan\b|None|\binf\b|  ", text), text
    for key, _ in lenses(shown.task, shown.state.class_count):
        lens_value(shown, key)
    loss_choices(shown)
    if not shown.result.valid[shown.sample]:
        return
    assert agrees(float(shown.result.losses[shown.sample]), line.number_text)
    if shown.task in (Task.MULTICLASS, Task.BINARY):
        assert charts[0].live[0].y_text == line.number_text
    assert stack_chart(shown).total_text.endswith(line.number_text)
    for chart in charts:
        for curve in chart.curves:
            assert np.isfinite(curve.ys).all()
            assert ((curve.ys >= 0) & (curve.ys <= chart.y_axis.high)).all()
