"""A class that is called 2 is never read as a number: in every sentence its name is quoted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from ceviz.core.document import Task
from ceviz.core.evaluation import evaluate
from ceviz.core.names import as_word
from ceviz.explain.compare import pair_of
from ceviz.explain.compare_lenses import compare_simplex, compare_stack
from ceviz.explain.compare_takeaways import compare_takeaway
from ceviz.explain.headline import headline
from ceviz.explain.sentences import sample_heading, sum_check, takeaway
from ceviz.explain.simplex_chart import simplex_chart
from ceviz.explain.spans import plain_text
from ceviz.explain.stack_charts import stack_chart
from tests.explain.compare_examples import random_pair
from tests.explain.examples import random_shown, shown
from tests.fuzz import examples

BARE = re.compile(r"(?<!“)(?<!“not )(?<!“no )\b\dth\b")
"""A name that no quotation mark stands in front of."""


def with_numbers_for_names(random):
    state = replace(random.state, classes=tuple(f"{k}th" for k in range(random.state.class_count)))
    return replace(random, state=state, evaluation=evaluate(state, random.task))


@pytest.mark.parametrize(
    ("name", "word"),
    [("2", "“2”"), ("-1", "“-1”"), (".5 mm", "“.5 mm”"), ("٣", "“٣”"), ("dog 2", "dog 2"), ("", "")],
)
def test_what_begins_like_a_number_is_quoted(name, word):
    assert as_word(name) == word


def test_the_takeaway_of_a_digit():
    given_2 = shown(Task.MULTICLASS, prediction=[0.625, 0.25, 0.125])
    state = replace(given_2.state, classes=("2", "3", "5"))
    text = plain_text(takeaway(replace(given_2, state=state, evaluation=evaluate(state, Task.MULTICLASS))))
    assert text.startswith("Only the true class counts. The model gave “2” 0.625, so the loss is −ln 0.625")


@examples(60)
@given(random_shown(class_counts=[1, 2, 3, 5]))
def test_no_sentence_of_one_model_has_a_bare_number_for_a_name(random):
    random = with_numbers_for_names(random)
    said = [plain_text(takeaway(random)), *sample_heading(random), sum_check(random)[0]]
    said += [f"{term.name} {term.value_text}" for term in headline(random).terms if term.kind == "class"]
    chart = stack_chart(random)
    said += [chart.reading, *(segment.label for column in chart.columns for segment in column.segments)]
    if random.task.competing and random.state.class_count >= 3:
        simplex = simplex_chart(random)
        said += [simplex.reading, simplex.prediction.accessible if simplex.prediction else ""]
    assert [text for text in said if BARE.search(text)] == []


@examples(40)
@given(random_pair(class_counts=(1, 2, 3)))
def test_no_sentence_of_two_models_has_a_bare_number_for_a_name(random):
    random = with_numbers_for_names(random)
    said = [plain_text(compare_takeaway(pair_of(random))), compare_stack(random).reading]
    if random.task.competing and random.state.class_count == 3:
        said.append(compare_simplex(random).reading)
    assert [text for text in said if BARE.search(text) or "““" in text] == []
