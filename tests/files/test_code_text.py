"""Programs that reproduce a shown number: they are run, and print what the evaluation has."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import math
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

from ceviz.core.document import (
    Convention,
    InputKind,
    LossOptions,
    Model,
    Precision,
    Reduction,
    Sample,
    Task,
    TaskState,
    Unit,
    vectors,
)
from ceviz.core.evaluation import evaluate
from ceviz.explain.convention_table import ConventionTable
from ceviz.files.code_text import Framework, batch_code, call_code, sample_code
from ceviz.files.document_file import default_document

RUN_HERE = (Framework.NUMPY, Framework.SCIPY, Framework.SKLEARN)
INSTALLED = {Framework.PYTORCH: "torch", Framework.KERAS: "keras"}
# PyTorch says that its mean of a divergence will change, Keras calls NumPy in an old way: both work.
FRAMEWORKS_WARN = pytest.mark.filterwarnings("ignore")
LOGITS = [[2.0, 0.5, -1.0], [0.25, 0.5, 3.0], [-2.0, 1.0, 0.0], [1.0, 1.5, -0.75]]
FRACTIONS = {Task.BINARY: [[0.25], [0.5], [1], [0]], Task.MULTILABEL: [[0.5, 1, 0, 0.25, 1]] * 4}
"""Targets between no and yes."""


def printed(program):
    output = io.StringIO()
    with contextlib.redirect_stdout(output), np.errstate(), warnings.catch_warnings():
        exec(compile(program, "snippet", "exec"), {})
    return float(output.getvalue())


def a_document(task, kind, weighted=False, **options):
    """Four samples of the default document, one of which is ignored, as probabilities or as logits."""
    state = default_document().tasks[task]
    samples = tuple(
        replace(sample, ignored=n == 1, weight=0.5 + n if weighted else 1.0)
        for n, sample in enumerate(state.samples[:4])
    )
    predictions = state.models[0].predictions[:4]
    if kind is InputKind.LOGITS:
        predictions = vectors(np.resize(LOGITS, predictions.shape))
    model = Model("A", kind, predictions)
    state = TaskState(state.classes, samples, state.targets[:4], (model,), LossOptions(**options))
    return default_document().with_state(task, state)


def cases():
    for task in Task:
        for kind in InputKind:
            yield a_document(task, kind), task
            yield a_document(task, kind, True, unit=Unit.BITS, temperature=2.5), task
            yield a_document(task, kind, True, reduction=Reduction.SUM), task
    for task, targets in FRACTIONS.items():
        document = a_document(task, InputKind.PROBABILITIES)
        yield document.with_state(task, replace(document.tasks[task], targets=vectors(targets))), task


@pytest.mark.parametrize("framework", RUN_HERE)
def test_the_program_prints_the_number(framework):
    for document, task in cases():
        result = evaluate(document.tasks[task], task).models[0]
        batch = result.sum if document.tasks[task].options.reduction is Reduction.SUM else result.mean
        assert printed(batch_code(document, task, framework)) == pytest.approx(batch, rel=1e-12)
        alone = printed(sample_code(document, task, framework, 2))
        assert alone == pytest.approx(float(result.losses[2]), rel=1e-12)


@pytest.mark.parametrize("framework", INSTALLED)
def test_programs_for_other_frameworks_are_python(framework):
    for document, task in cases():
        compile(batch_code(document, task, framework), "snippet", "exec")
        compile(sample_code(document, task, framework, 0), "snippet", "exec")


@FRAMEWORKS_WARN
@pytest.mark.parametrize("framework", INSTALLED)
def test_programs_for_other_frameworks_print_the_number_where_they_are_installed(framework):
    if importlib.util.find_spec(INSTALLED[framework]) is None:
        pytest.skip(f"{framework} is not installed")
    for document, task in cases():
        result = evaluate(document.tasks[task], task).models[0]
        batch = result.sum if document.tasks[task].options.reduction is Reduction.SUM else result.mean
        assert printed(batch_code(document, task, framework)) == pytest.approx(batch, rel=1e-6)
        alone = printed(sample_code(document, task, framework, 2))
        assert alone == pytest.approx(float(result.losses[2]), rel=1e-6)


def certain(task, target, p):
    state = default_document().tasks[task]
    row = vectors([p])
    names = tuple("abc"[: row.shape[1]])
    state = TaskState(
        names, state.samples[:1], vectors([target]), (Model("A", InputKind.PROBABILITIES, row),)
    )
    return default_document().with_state(task, state)


def test_an_infinite_loss_is_infinite_or_the_program_says_why_not():
    document = certain(Task.MULTICLASS, [1, 0], [0, 1])
    assert printed(sample_code(document, Task.MULTICLASS, Framework.NUMPY, 0)) == math.inf
    assert printed(sample_code(document, Task.MULTICLASS, Framework.SCIPY, 0)) == math.inf
    clipped = sample_code(document, Task.MULTICLASS, Framework.SKLEARN, 0)
    # -ln of the epsilon of doubles, 2**-52.
    assert printed(clipped) == pytest.approx(52 * math.log(2), rel=1e-12)
    assert "clips" in clipped
    assert "ceviz shows ∞ nats (inf)" in clipped
    assert "clips" in sample_code(document, Task.MULTICLASS, Framework.KERAS, 0)
    binary = certain(Task.BINARY, [1], [0])
    assert "below -100" in sample_code(binary, Task.BINARY, Framework.PYTORCH, 0)


def test_infinite_logits_are_written():
    document = a_document(Task.MULTICLASS, InputKind.LOGITS)
    state = document.tasks[Task.MULTICLASS]
    rows = vectors([[1.0, -math.inf, 0.5], *LOGITS[1:]])
    state = replace(state, models=(Model("A", InputKind.LOGITS, rows),))
    document = document.with_state(Task.MULTICLASS, state)
    expected = math.log1p(math.exp(-0.5))
    for framework in RUN_HERE:
        program = sample_code(document, Task.MULTICLASS, framework, 0)
        assert printed(program) == pytest.approx(expected, rel=1e-12)


def test_what_does_not_count_is_left_out_and_named():
    document = a_document(Task.MULTICLASS, InputKind.PROBABILITIES)
    state = document.tasks[Task.MULTICLASS]
    rows = state.models[0].predictions.copy()
    rows[3] = [0.5, 0.4, 0.3]
    state = replace(state, models=(Model("A", InputKind.PROBABILITIES, vectors(rows)),))
    document = document.with_state(Task.MULTICLASS, state)
    program = batch_code(document, Task.MULTICLASS, Framework.NUMPY)
    assert "Left out, as in ceviz: sample 2, 4." in program
    assert "the mean of the losses of 2 samples" in program
    with pytest.raises(ValueError, match=r"sample 4 has no loss: the prediction sums to 1\.2, not 1"):
        sample_code(document, Task.MULTICLASS, Framework.NUMPY, 3)


def test_what_a_convention_changes_is_left_out_and_said():
    plain = a_document(Task.MULTICLASS, InputKind.LOGITS)
    state = plain.tasks[Task.MULTICLASS]
    options = LossOptions(convention=Convention.PYTORCH, label_smoothing=0.1)
    document = plain.with_state(Task.MULTICLASS, replace(state, options=options))
    program = sample_code(document, Task.MULTICLASS, Framework.NUMPY, 0)
    assert printed(program) == printed(sample_code(plain, Task.MULTICLASS, Framework.NUMPY, 0))
    assert "The document has convention pytorch, label smoothing 0.1" in program
    assert "ceviz shows 0" not in program


def test_no_name_breaks_out_of_its_comment():
    document = certain(Task.MULTICLASS, [1, 0], [0.5, 0.5])
    state = document.tasks[Task.MULTICLASS]
    state = replace(state, classes=("a\nraise SystemExit", "b\u2028\\"), samples=(Sample("'\"\n1/0"),))
    document = document.with_state(Task.MULTICLASS, state)
    program = sample_code(document, Task.MULTICLASS, Framework.NUMPY, 0)
    assert printed(program) == pytest.approx(math.log(2), rel=1e-12)


def test_what_makes_no_program_is_refused_with_a_reason():
    alone = certain(Task.MULTICLASS, [1], [1])
    with pytest.raises(ValueError, match="two classes"):
        sample_code(alone, Task.MULTICLASS, Framework.SKLEARN, 0)
    state = alone.tasks[Task.MULTICLASS]
    ignored = replace(state, samples=(Sample("a", ignored=True),))
    with pytest.raises(ValueError, match="no sample counts"):
        batch_code(alone.with_state(Task.MULTICLASS, ignored), Task.MULTICLASS, Framework.NUMPY)
    many = np.full((5_001, 4), 0.25)
    large = TaskState(
        tuple("abcd"),
        (Sample(""),) * 5_001,
        vectors(np.eye(4)[np.zeros(5_001, int)]),
        (Model("A", InputKind.PROBABILITIES, vectors(many)),),
    )
    with pytest.raises(ValueError, match="export the batch"):
        batch_code(alone.with_state(Task.MULTICLASS, large), Task.MULTICLASS, Framework.NUMPY)


def options_of(task):
    """What a call may be asked to do besides."""
    count = default_document().tasks[task].class_count
    weights = tuple(0.5 + k for k in range(count))
    yield {}
    yield {"label_smoothing": 0.1, "unit": Unit.BITS}
    yield {"class_weights": weights, "reduction": Reduction.SUM}
    yield {"focal_gamma": 2.0, "focal_alpha": 0.3, "precision": Precision.FLOAT32}
    if not task.competing:
        yield {"pos_weight": weights, "class_weights": weights}


def rows_with_code():
    """Every row of the lens: of a sample and of the batch, with the options and without."""
    for task in Task:
        for kind in InputKind:
            for options in options_of(task):
                document = a_document(task, kind, "label_smoothing" in options, **options)
                table = ConventionTable(document.tasks[task], task, 0)
                for sample in (None,) if options else (None, 2):
                    for row in table.rows(sample):
                        yield document, task, row


@pytest.mark.filterwarnings("ignore:The y_prob values")  # scikit-learn's words on labels, which need not
def test_the_code_of_a_row_prints_its_number_or_says_why_there_is_none():
    ran = set()
    for document, task, row in rows_with_code():
        asked = (document, task, row.convention, row.call, row.sample)
        if row.refused:
            with pytest.raises(ValueError, match=re.escape(row.reason.removesuffix("."))):
                call_code(*asked)
            continue
        program = call_code(*asked)
        compile(program, "snippet", "exec")
        if row.convention in (Convention.EXACT, Convention.SKLEARN):
            precise = document.tasks[task].options.precision is Precision.FLOAT64 or row.call is None
            assert printed(program) == pytest.approx(row.value, rel=1e-12 if precise else 1e-6)
            ran.add((task, row.convention))
    # scikit-learn takes no soft targets.
    assert len(ran) == 2 * len(Task) - 1


@FRAMEWORKS_WARN
@pytest.mark.parametrize("convention", [Convention.PYTORCH, Convention.KERAS, Convention.OPTAX])
def test_the_code_of_a_row_prints_its_number_where_the_framework_is_installed(convention):
    package = {Convention.PYTORCH: "torch"}.get(convention, convention.value)
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    for document, task, row in rows_with_code():
        if row.convention is convention and not row.refused:
            number = printed(call_code(document, task, row.convention, row.call, row.sample))
            assert number == pytest.approx(row.value, rel=1e-6, nan_ok=True)


def test_a_batch_without_a_number_has_no_code():
    document = certain(Task.MULTICLASS, [1, 0], [0.5, 0.6])
    with pytest.raises(ValueError, match="no sample counts"):
        call_code(document, Task.MULTICLASS, Convention.EXACT, None)
    with pytest.raises(ValueError, match="sample 1 has no loss"):
        call_code(document, Task.MULTICLASS, Convention.EXACT, None, 0)
