import csv
import io
import json
import math

import pytest

from ceviz.core.document import (
    InputKind,
    LossOptions,
    Model,
    Reduction,
    Sample,
    Task,
    TaskState,
    Unit,
    vectors,
)
from ceviz.files import report
from ceviz.files.document_file import default_document


def document(
    targets, *predictions, task=Task.MULTICLASS, names=None, samples=None, options=None, logits=False
):
    """A document whose one task has these rows; every item of `predictions` is a model's."""
    samples = samples or tuple(Sample(f"s{n}") for n in range(len(targets)))
    kind = InputKind.LOGITS if logits else InputKind.PROBABILITIES
    models = tuple(Model(name, kind, vectors(rows)) for name, rows in zip("AB", predictions, strict=False))
    names = names or tuple(f"c{k}" for k in range(len(targets[0])))
    state = TaskState(names, samples, vectors(targets), models, options or LossOptions())
    return default_document().with_state(task, state)


def evaluated(value, task=Task.MULTICLASS):
    return json.loads(report.evaluation_json(value, task))


def test_json_is_what_the_interface_says():
    result = evaluated(document([[1, 0, 0]], [[0.4, 0.3, 0.3]], names=("dog", "cat", "panda")))
    loss = 0.916290731874155
    assert result == {
        "task": "multiclass",
        "unit": "nats",
        "convention": "exact",
        "reduction": "mean",
        "samples": [{"name": "s0", "entropy": 0.0}],
        "models": [
            {
                "name": "A",
                "loss": loss,
                "sum": loss,
                "mean": loss,
                "losses": [loss],
                "terms": [[loss, 0.0, 0.0]],
                "kl": [loss],
                "probabilities": [[0.4, 0.3, 0.3]],
                "gradients": [[-2.5, 0.0, 0.0]],
            }
        ],
        "issues": [],
    }


def test_a_row_with_an_issue_is_null_and_named():
    rows = [[0.4, 0.3, 0.3], [0.25, 0.53, 0.15], [0.5, -0.5, 1.0]]
    result = evaluated(document([[1, 0, 0]] * 3, rows, names=("dog", "cat", "panda")))
    model = result["models"][0]
    for key in ("losses", "terms", "kl", "gradients"):
        assert model[key][0] is not None
        assert model[key][1:] == [None, None]
    assert model["probabilities"] == rows
    assert model["mean"] == 0.916290731874155
    assert result["issues"] == [
        {"model": "A", "sample": 2, "class": None, "code": "sum", "message": "sums to 0.93, not 1"},
        {"model": "A", "sample": 3, "class": "cat", "code": "range", "message": "cat is negative"},
    ]


def test_an_issue_of_a_target_belongs_to_no_model():
    result = evaluated(document([[0.5, 0.4]], [[0.5, 0.5]], task=Task.SOFT), Task.SOFT)
    assert [(issue["model"], issue["code"]) for issue in result["issues"]] == [(None, "target_sum")]
    assert result["samples"][0]["entropy"] is None


def test_what_is_not_finite_is_text():
    model = evaluated(document([[1, 0], [1, 0]], [[0, 1], [0.5, 0.5]]))["models"][0]
    assert model["losses"] == ["inf", pytest.approx(math.log(2))]
    assert model["terms"][0] == ["inf", 0.0]
    assert model["gradients"][0][0] == "-inf"
    assert (model["sum"], model["mean"], model["loss"]) == ("inf", "inf", "inf")


def test_undefined_probabilities_are_text():
    result = evaluated(document([[1, 0]], [[math.inf, math.inf]], logits=True))
    assert result["models"][0]["probabilities"] == [["nan", "nan"]]
    assert result["models"][0]["losses"] == [None]
    assert result["models"][0]["mean"] == "nan"


@pytest.mark.parametrize("task", [Task.BINARY, Task.MULTILABEL])
def test_entropy_and_kl_have_no_meaning_for_single_questions(task):
    result = evaluated(document([[1]], [[0.5]], task=task), task)
    assert result["samples"] == [{"name": "s0", "entropy": None}]
    assert result["models"][0]["kl"] is None


def test_unit_and_reduction_are_those_of_the_options():
    options = LossOptions(Unit.BITS, Reduction.NONE)
    result = evaluated(document([[1, 0]], [[0.25, 0.75]], options=options))
    assert (result["unit"], result["reduction"]) == ("bits", "none")
    assert result["models"][0]["loss"] is None
    assert result["models"][0]["losses"] == [2.0]


def test_json_keeps_every_digit():
    p = 0.1 + 0.2
    text = report.evaluation_json(document([[1]], [[p]], task=Task.BINARY), Task.BINARY)
    assert "[[0.30000000000000004]]" in text


# Tables


def table(value, task=Task.MULTICLASS):
    return list(csv.reader(io.StringIO(report.evaluation_csv(value, task))))


def test_csv_has_one_row_for_each_sample():
    samples = (Sample('a "dog", brown'), Sample("b"))
    value = document([[1, 0], [1, 0]], [[0.4, 0.6], [0.4, 0.3]], names=("dog", "cat"), samples=samples)
    assert table(value) == [
        ["sample", "name", "loss", "term dog", "term cat", "issue"],
        ["1", 'a "dog", brown', "0.916290731874155", "0.916290731874155", "0.0", ""],
        ["2", "b", "", "", "", "sums to 0.7, not 1"],
    ]


def test_csv_says_of_which_model_a_row_is_left_out():
    value = document([[1, 0], [0, 1]], [[0.4, 0.6], [1.5, -0.5]], [[0.5, 0.5], [0.5, 0.5]])
    rows = table(value)
    assert rows[0][-1] == "A issue"
    assert [row[-1] for row in rows[1:]] == ["", "p lies between 0 and 1"]
    assert "B issue" not in rows[0]


def test_csv_tells_models_apart_and_shows_weights_where_there_are_any():
    samples = (Sample("a", 2.5), Sample("b", 1.0, True))
    value = document([[1], [0]], [[0.5], [1]], [[1], [0]], task=Task.BINARY, names=("dog",), samples=samples)
    rows = table(value, Task.BINARY)
    assert rows[0] == ["sample", "name", "A loss", "A term dog", "B loss", "B term dog", "weight", "ignored"]
    assert rows[1][2:] == ["0.6931471805599453", "0.6931471805599453", "0.0", "0.0", "2.5", ""]
    assert rows[2][2:] == ["inf", "inf", "0.0", "0.0", "1", "yes"]


def test_markdown_shows_the_batch_of_the_picture():
    assert report.markdown(default_document(), Task.MULTICLASS) == (
        "| sample | name | loss (nats) |\n"
        "| ---: | --- | ---: |\n"
        "| 1 | An image of a dog | 0.916 |\n"
        "| 2 | An image of a cat | 0.223 |\n"
        "| 3 | An image of a panda | 0.105 |\n"
        "| 4 | An image of a dog | 1.386 |\n"
        "| 5 | An image of a panda | 1.609 |\n"
        "|  | sum | 4.241 |\n"
        "|  | mean | 0.848 |\n"
        "\n"
        "Mean over 5 samples.\n"
    )


# -ln 0.4 = 0.916, -ln 0.6 = 0.511: a mean of 0.714.
EXPLAINED = [[0.4, 0.6], [0, 1], [0.6, 0.4], [0.4, 0.3]]


def notes(text):
    return text.partition("mean | ")[2].partition("\n\n")[2].rstrip("\n").split("\n\n")


def test_markdown_explains_the_mean():
    value = document([[1, 0]] * 4, EXPLAINED)
    assert notes(report.markdown(value, Task.MULTICLASS)) == [
        "Mean over 3 samples.",
        "1 sample has infinite loss. Without it the mean is 0.714 over 2 samples.",
        "Left out: sample 4 (sums to 0.7, not 1).",
    ]


def test_markdown_explains_the_mean_of_each_model():
    value = document([[1, 0]] * 2, [[0, 1], [0, 1]], [[0.4, 0.3], [0.4, 0.5]])
    assert notes(report.markdown(value, Task.MULTICLASS)) == [
        "A: Mean over 2 samples.",
        "A: 2 samples have infinite loss; no other counts.",
        "B: There is no mean: no sample counts.",
        "B: Left out: sample 1 (sums to 0.7, not 1), sample 2 (sums to 0.9, not 1).",
    ]


def test_markdown_says_what_a_mean_leaves_out_on_purpose():
    samples = (Sample("a", 2.5), Sample("b", 1.0, True))
    value = document([[1, 0]] * 2, [[0.4, 0.6], [0.4, 0.6]], samples=samples)
    assert notes(report.markdown(value, Task.MULTICLASS)) == ["Weighted mean over 1 sample; 1 ignored."]


def test_a_note_names_twenty_rows():
    (_, left_out) = notes(report.markdown(document([[1, 0]] * 1025, [[0.4, 0.3]] * 1025), Task.MULTICLASS))
    assert left_out.endswith(", sample 20 (sums to 0.7, not 1), 1,005 more.")


def test_latex_explains_the_mean():
    text = report.latex(document([[1, 0]] * 4, EXPLAINED), Task.MULTICLASS)
    assert text.partition("\\end{longtable}\n")[2] == (
        "\n\\noindent Mean over 3 samples.\n"
        "\n\\noindent 1 sample has infinite loss. Without it the mean is 0.714 over 2 samples.\n"
        "\n\\noindent Left out: sample 4 (sums to 0.7, not 1).\n"
        "\\end{document}\n"
    )


def test_markdown_keeps_a_name_in_its_cell():
    value = document([[1, 0]], [[0, 1]], samples=(Sample("a|b\n*c*"),))
    assert report.markdown(value, Task.MULTICLASS).splitlines()[2] == r"| 1 | a\|b \*c\* | ∞ |"


def test_latex_escapes_names_and_signs():
    samples = (Sample("50% & _x_ {#1} \\ ~^$"), Sample("b"))
    lines = report.latex(document([[1, 0], [1, 0]], [[0, 1], [0.5, 0.1]], samples=samples), Task.MULTICLASS)
    assert (
        r"1 & 50\% \& \_x\_ \{\#1\} \textbackslash{} \textasciitilde{}\textasciicircum{}\$ & $\infty$ \\"
    ) in lines.splitlines()
    assert r"2 & b & sums to 0.6, not 1 \\" in lines.splitlines()


def test_latex_names_the_letters_that_its_fonts_lack():
    plain = report.latex(document([[1, 0]], [[0.5, 0.5]], samples=(Sample("naïve “dog”"),)), Task.MULTICLASS)
    other = report.latex(document([[1, 0]], [[0.5, 0.5]], samples=(Sample("犬"),)), Task.MULTICLASS)
    assert r"\DeclareUnicodeCharacter{" not in plain
    assert r"\DeclareUnicodeCharacter{72AC}{\texttt{U+72AC}}" in other.splitlines()


def test_latex_is_a_whole_document():
    text = report.latex(default_document(), Task.SOFT)
    assert text.startswith("\\documentclass{article}\n")
    assert text.endswith("\\end{document}\n")
    assert text.count("\\begin{") == text.count("\\end{")
    assert r" & sum & 4.221 \\" in text
