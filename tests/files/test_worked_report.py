"""Reports with the arithmetic worked out, in Markdown and in LaTeX."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from ceviz.core.document import InputKind, LossOptions, Task, Unit, vectors
from ceviz.files import markup
from ceviz.files.document_file import default_document
from ceviz.files.worked_report import batch_report, sample_report

NAMES = ("50%_a&b#", "çğışöüİ \\{}~^$", "熊猫 “x” | <a>\n\nb\x07", 'ĦŁ "q"', "~")


def calculations(text):
    """The indented blocks of a report, line by line."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def awkward(task, as_logits=False):
    """The default document of a task, with names that no format takes as they are."""
    state = default_document().tasks[task]
    samples = tuple(replace(sample, name=name) for sample, name in zip(state.samples, NAMES, strict=True))
    state = replace(state, classes=NAMES[: state.class_count], samples=samples)
    if as_logits:
        rows = vectors(np.resize([[2.0, 0.5, -30.0], [1.0, 2.0, 3.0], [-1e7, 1.0, 5.0]], state.targets.shape))
        model = replace(state.models[0], input=InputKind.LOGITS, predictions=rows)
        samples = tuple(replace(sample, weight=1.5 + n) for n, sample in enumerate(samples))
        state = replace(
            state,
            models=(model,),
            samples=samples,
            options=LossOptions(unit=Unit.BITS, temperature=2.5),
        )
    return default_document().with_state(task, state)


def test_a_sample_with_one_class_is_worked_out():
    text = markup.markdown(sample_report(default_document(), Task.MULTICLASS, 0))
    assert text.startswith("## Sample 1: An image of a dog\n")
    assert "| dog | 1 | 0.400 | 0.916 |" in text
    assert calculations(text) == [
        "L = −∑ᵢ tᵢ ln pᵢ",
        "= −1·ln 0.4 − 0·ln 0.3 − 0·ln 0.3",
        "= −ln p_dog",
        "≈ 0.916 nats",
        "L = −ln p_true",
        "= −ln 0.4",
        "≈ 0.916 nats",
    ]


def test_options_are_said_in_full_and_their_letters_are_latex():
    document = default_document()
    options = LossOptions(label_smoothing=0.1, class_weights=(2.0, 1.0, 1.0), focal_alpha=0.25)
    state = replace(document.tasks[Task.MULTICLASS], options=options)
    blocks = sample_report(document.with_state(Task.MULTICLASS, state), Task.MULTICLASS, 0)
    said = "label smoothing 0.1; class weights 2, 1, 1; focal alpha 0.25."
    assert f"Computed by the definition in float64, with {said}" in markup.markdown(blocks)
    assert "tᵢ′ ln pᵢ" in markup.markdown(blocks)
    text = markup.latex(blocks)
    assert r"{\alpha}" in text
    assert r"t_{i}^{\prime }" in text
    assert r"DeclareUnicodeCharacter{" not in text


def test_a_soft_target_has_its_floor_and_excess_worked_out():
    lines = calculations(markup.markdown(sample_report(default_document(), Task.SOFT, 0)))
    # H = 0.80182, KL = 0.34054, L = 1.14235
    assert lines[4:] == [
        "H(t) = −∑ᵢ tᵢ ln tᵢ",
        "= −0.7·ln 0.7 − 0.2·ln 0.2 − 0.1·ln 0.1",
        "≈ 0.802 nats",
        "KL(t ‖ p) = ∑ᵢ tᵢ ln tᵢ/pᵢ",
        "= 0.7·ln (0.7/0.3) + 0.2·ln (0.2/0.5) + 0.1·ln (0.1/0.2)",
        "≈ 0.341 nats",
        "L = H(t) + KL(t ‖ p)",
        "= 0.8018 + 0.3405",
        "≈ 1.142 nats",
    ]


def test_a_yes_or_no_question_is_written_in_three_ways():
    lines = calculations(markup.markdown(sample_report(default_document(), Task.BINARY, 0)))
    assert lines[3:] == [
        "L = −[t ln p + (1 − t) ln (1 − p)]",
        "= −[1·ln 0.7 + 0·ln 0.3]",
        "≈ 0.357 nats",
        "L = −t₁ ln p₁ − t₂ ln p₂",
        "= −1·ln 0.7 − 0·ln 0.3",
        "≈ 0.357 nats",
        "L = −ln p_true",
        "= −ln 0.7",
        "≈ 0.357 nats",
    ]


def test_labels_are_summed():
    lines = calculations(markup.markdown(sample_report(default_document(), Task.MULTILABEL, 0)))
    assert lines[4:] == [
        "BCE(t, p) = −t ln p − (1 − t) ln (1 − p)",
        "L = ∑ₖ BCE(tₖ, pₖ)",
        "= 0.105 + 0.357 + 0.051 + 0.511 + 0.223",
        "≈ 1.247 nats",
    ]


def test_a_batch_is_summed_and_averaged():
    lines = calculations(markup.markdown(batch_report(default_document(), Task.MULTICLASS)))
    assert lines[0] == "L₁ = −1·ln 0.4 − 0·ln 0.3 − 0·ln 0.3 ≈ 0.916 nats"
    assert lines[5:] == [
        "∑_n L_n = 0.91629 + 0.22314 + 0.10536 + 1.38629 + 1.60944",
        "≈ 4.241 nats",
        "L̄ = 4.241/5",
        "≈ 0.848 nats",
    ]


def test_weights_stand_before_the_losses():
    document = default_document()
    state = document.tasks[Task.MULTICLASS]
    first, second, *rest = state.samples
    samples = (replace(first, weight=2.0), second, *(replace(sample, ignored=True) for sample in rest))
    document = document.with_state(Task.MULTICLASS, replace(state, samples=samples))
    lines = calculations(markup.markdown(batch_report(document, Task.MULTICLASS)))
    # 2 × 0.91629 + 0.22314 = 2.05572; / 3 = 0.68524
    assert lines[5:] == ["∑_n w_n L_n = 2·0.9163 + 1·0.2231", "≈ 2.056 nats", "L̄ = 2.056/3", "≈ 0.685 nats"]


@pytest.mark.parametrize("task", Task)
def test_what_a_sum_reads_is_what_it_says(task):
    """A reader who adds the numbers gets the total, for every sample of the shipped document."""
    for sample in range(5):
        text = markup.markdown(sample_report(default_document(), task, sample))
        for terms, total in re.findall(r"= ([0-9.]+(?: \+ [0-9.]+)+)\n +≈ ([0-9.]+) nats", text):
            assert f"{math.fsum(map(float, terms.split(' + '))):.3f}" == total


def test_a_row_without_a_loss_says_why():
    document = default_document()
    state = document.tasks[Task.MULTICLASS]
    rows = state.models[0].predictions.copy()
    rows[0] = [0.4, 0.3, 0.2]
    model = replace(state.models[0], predictions=vectors(rows))
    document = document.with_state(Task.MULTICLASS, replace(state, models=(model,)))
    text = markup.markdown(sample_report(document, Task.MULTICLASS, 0))
    assert text.endswith(
        "| sum | 1.000 | 0.900 |  |\n\nThis sample has no loss: the prediction sums to 0.9, not 1.\n"
    )
    assert "Left out: sample 1" in markup.markdown(batch_report(document, Task.MULTICLASS))


def test_an_infinite_loss_is_infinite():
    document = default_document()
    state = document.tasks[Task.SOFT]
    rows = state.models[0].predictions.copy()
    rows[0] = [0.0, 0.6, 0.4]
    model = replace(state.models[0], predictions=vectors(rows))
    document = document.with_state(Task.SOFT, replace(state, models=(model,)))
    lines = calculations(markup.markdown(sample_report(document, Task.SOFT, 0)))
    assert lines[-1] == "= ∞ nats"
    assert "= ∞ nats" in calculations(markup.markdown(batch_report(document, Task.SOFT)))


@pytest.mark.parametrize("task", Task)
def test_models_side_by_side_have_a_part_each(task):
    document = default_document()
    state = document.tasks[task]
    state = replace(state, models=(state.models[0], replace(state.models[0], name="B")))
    text = markup.markdown(sample_report(document.with_state(task, state), task, 0, (0, 1)))
    assert text.count("## Model ") == 2


def test_a_letter_that_fonts_lack_is_declared():
    text = markup.latex(sample_report(awkward(Task.MULTICLASS), Task.MULTICLASS, 2))
    assert "\\DeclareUnicodeCharacter{718A}" in text
    assert "setmainfont" in text.partition("\\documentclass")[0]
    assert "\x07" not in text


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdfLaTeX is not installed")
def test_latex_compiles_as_it_is(tmp_path):
    blocks = []
    for task in Task:
        for document in (awkward(task), awkward(task, as_logits=True)):
            blocks += [*sample_report(document, task, 2), *batch_report(document, task)]
    (tmp_path / "report.tex").write_text(markup.latex(blocks), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-600:]
