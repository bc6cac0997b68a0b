"""Whatever a person chooses in the import, the outcome is a task or one reason why there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core.document import Task
from ceviz.core.evaluation import evaluate
from ceviz.files.document_file import default_document, read_document, write_document
from ceviz.files.predictions import new_document
from ceviz.files.tables.array_table import table_of_arrays
from ceviz.files.tables.choice import Labels, Numbers
from ceviz.files.tables.draft import Draft, outcome_of
from ceviz.files.tables.table import Role
from ceviz.files.tables.text import guess_form, padded_table, read_table
from tests.fuzz import examples

THERE = default_document().tasks
TEXTS = (
    "name,label,dog,cat\na,dog,0.4,0.6\nb,cat,inf,-2\n",
    "dog,cat,dog_p,cat_p\n1,0,40,60\n0,1,20,80\n",
    "0,1,2\n1,0.5,0.5\n2,0.25,0.75\n",
    ",y,p\n0,1,0.5\n1,0,\n",
)
TABLES = [
    *(read_table(text, guess_form(text).form) for text in TEXTS),
    table_of_arrays(
        {
            "y": np.array(["a", "b", "a"]),
            "p": np.eye(3)[:, :2],
            "q": np.arange(3.0),
            "classes": np.array(["a", "b"]),
        }
    ),
]


@examples(150)
@given(st.data(), st.sampled_from(TABLES), st.sampled_from(list(Task)), st.booleans())
def test_any_choice_gives_a_task_or_a_reason(data, table, task, add):
    roles = data.draw(st.none() | st.tuples(*[st.sampled_from(list(Role))] * table.column_count))
    answers = data.draw(
        st.fixed_dictionaries(
            {
                "task": st.sampled_from(list(Task)),
                "labels": st.sampled_from(list(Labels)),
                "numbers": st.sampled_from(list(Numbers)),
            }
        )
    )
    outcome = outcome_of(table, Draft("m", add, roles, answers), (THERE[task], task))
    if outcome.problem is not None:
        assert outcome.state is None
        assert str(outcome.problem)
        return
    evaluate(outcome.state, outcome.task)
    document = new_document(outcome.state, outcome.task)
    assert read_document(write_document(document)) == document


def test_rows_of_other_lengths_are_shown_as_they_stand():
    text = "label,dog,cat\ndog,0.4,0.6\ncat,0.4\n\ndog,1,2,3\n"
    table = padded_table(text, guess_form(text).form)
    assert table.header == ("column 1", "column 2", "column 3", "column 4")
    assert [table.column(k)[2] for k in range(4)] == ["cat", "0.4", "", ""]
    assert table.where == ("line 1", "line 2", "line 3", "line 5")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_model_needs_a_name(name):
    outcome = outcome_of(
        TABLES[1],
        Draft(name, answers={"task": "multilabel", "numbers": "logits"}),
        (THERE[Task.SOFT], Task.SOFT),
    )
    assert str(outcome.problem) == "the model needs a name"
