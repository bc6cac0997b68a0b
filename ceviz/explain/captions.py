"""What stands under a figure: one or two plain sentences, true for the numbers that it shows."""

from __future__ import annotations

from ceviz.core.conventions import is_plain
from ceviz.core.corners import corners_of
from ceviz.core.document import Precision, Task
from ceviz.explain import numbers
from ceviz.explain.batch_table import BatchTable
from ceviz.explain.compare import LETTERS, pair_of
from ceviz.explain.compare_batch import CompareBatch
from ceviz.explain.compare_headline import CompareHeadline
from ceviz.explain.curve_charts import MOST_CURVES
from ceviz.explain.curve_marks import has_some_marks
from ceviz.explain.figures import Curves, FigureValue, WholeView
from ceviz.explain.formulas import log_name
from ceviz.explain.frameworks import BATCH_KEY, is_frameworks
from ceviz.explain.headline import Headline
from ceviz.explain.loss_options import TITLES, computed_as
from ceviz.explain.parts import because_text, is_valid, p_text, parts, shown_loss, shown_target, true_class
from ceviz.explain.shown import Shown
from ceviz.explain.traps import is_traps

_MOST_NUMBERED = 60
"""Beyond that many marks none is numbered."""
_SQUARE_ERROR = "Dashed: the square error (p − t)²."
_BEST = "Hollow: the best possible prediction, p = t."


def caption(shown: Shown, lens: str, value: FigureValue) -> str:
    """The caption of a figure whose values are `value`."""
    unit, count = shown.evaluation.unit.value, numbers.count(shown.state.sample_count)
    samples = "1 sample" if shown.state.sample_count == 1 else f"{count} samples"
    match value:
        case Curves():
            return _curve(shown, value)
        case CompareBatch():
            return f"The losses of models A and B on {samples}, in {unit}: bars to the right: B saves."
        case BatchTable():
            line = "" if value.mean is None else "; the line is the mean"
            return f"The losses of {samples}, in {unit}{line}."
        case CompareHeadline():
            return f"The mean losses of models A and B on {samples}, and their difference."
        case Headline():
            return f"The loss of {_sample(shown)}, worked out." if is_valid(shown) else _problem(shown)
        case WholeView():
            models = "Models A and B on" if shown.compare else "The loss of"
            return f"{models} {_sample(shown)}, and the batch of {samples}."
        case _:
            return _lens(shown, lens)


def _sample(shown: Shown) -> str:
    return f"sample {shown.sample + 1}"


def _loss(shown: Shown) -> str:
    return f"{numbers.loss(shown_loss(shown))} {shown.evaluation.unit.value}"


def _problem(shown: Shown) -> str:
    """Why the shown row has no loss; nothing for a valid one."""
    issues = shown.evaluation.issues_of(shown.sample, shown.model)
    return f"{_sample(shown).capitalize()} has no loss: {because_text(shown, issues[0])}." if issues else ""


def _by_options(shown: Shown) -> str:
    """The shown loss where it is not that of the bare definition, and what it is computed by."""
    if not is_valid(shown):
        return _problem(shown)
    options = shown.state.options
    call = computed_as(options, shown.task, shown.shown_model.input)
    more = [title.lower() for key, title in TITLES.items() if getattr(options, key) not in (None, 0.0)]
    how = [f"by {call}"] if call else []
    how += [f"with {', '.join(more)}"] if more else []
    how += ["in single precision"] if options.precision is Precision.FLOAT32 else []
    return f"The loss of {_sample(shown)}, {_loss(shown)}, {', '.join(how)}."


def _curve(shown: Shown, value: Curves) -> str:
    plain = is_plain(shown.state.options)
    alone = _CURVES[shown.task] if plain else _by_options
    first = _compared(shown) if shown.compare else alone(shown)
    single, marks = shown.task in (Task.MULTICLASS, Task.BINARY), len(value.charts[0].marks)
    more = []
    if marks:
        numbered = marks <= _MOST_NUMBERED and not shown.compare
        sides = pair_of(shown).sides if shown.compare else (shown,)
        some = any(map(has_some_marks, sides))
        which = "some of the other samples" if some else "other samples of the batch"
        more.append(f"{'Numbered marks' if numbered else 'Small marks'}: {which}.")
    if shown.overlay and shown.task is not Task.MULTILABEL:
        more += [_SQUARE_ERROR] if single else [_BEST] if plain else []
    return " ".join([first, *more])


def _compared(shown: Shown) -> str:
    losses = [
        f"{letter} pays {_loss(side)}" if is_valid(side) else f"{letter} has no loss"
        for letter, side in zip(LETTERS, pair_of(shown).sides, strict=True)
    ]
    return f"Two models on {_sample(shown)}: {losses[0]}, {losses[1]}."


def _multiclass(shown: Shown) -> str:
    log = log_name(shown.evaluation.unit)
    if not is_valid(shown):
        return f"Cross-entropy of one sample, −{log} p of the true class. {_problem(shown)}"
    p = p_text(shown, parts(shown)[true_class(shown)])
    return f"Cross-entropy of one sample, −{log} p, with the true class at p = {p} (loss {_loss(shown)})."


def _soft(shown: Shown) -> str:
    log, count = log_name(shown.evaluation.unit), shown.state.class_count
    curves = f"−t {log} p for each class"
    if count > MOST_CURVES:
        curves = f"−t {log} p for the {MOST_CURVES} largest of {numbers.count(count)} targets"
    rest = f"Over all classes {_sample(shown)} costs {_loss(shown)}." if is_valid(shown) else _problem(shown)
    return f"Cross-entropy with a soft target: {curves}. {rest}"


def _binary(shown: Shown) -> str:
    log = log_name(shown.evaluation.unit)
    first = f"Binary cross-entropy: −{log} p where the target is 1, −{log} (1 − p) where it is 0."
    if not is_valid(shown):
        return f"{first} {_problem(shown)}"
    target = numbers.probability_short(float(shown_target(shown)[0]))
    yes = p_text(shown, parts(shown)[0])
    return f"{first} {_sample(shown).capitalize()}: t = {target}, p = {yes}, loss {_loss(shown)}."


def _labels(shown: Shown) -> str:
    first = "Each label has a binary loss of its own."
    return (
        f"{first} {_problem(shown)}"
        if not is_valid(shown)
        else (f"{first} Over all labels {_sample(shown)} costs {_loss(shown)}.")
    )


_CURVES = {
    Task.MULTICLASS: _multiclass,
    Task.SOFT: _soft,
    Task.BINARY: _binary,
    Task.MULTILABEL: _labels,
}


def _lens(shown: Shown, lens: str) -> str:
    if is_frameworks(lens):
        whose = "of the batch" if lens == BATCH_KEY else f"of {_sample(shown)}"
        models = " of models A and B" if shown.compare else ""
        return f"The loss {whose}{models} as frameworks compute it, and why."
    if is_traps(lens):
        return f"What usual mistakes would make of the loss of {_sample(shown)}. {_problem(shown)}".rstrip()
    if corners_of(lens, shown.state.class_count):
        whose = _compared(shown) if shown.compare else _marked(shown)
        return f"{_triangle(shown)} {whose}"
    if lens == "gradient" and (shown.compare or is_valid(shown)):
        if shown.compare:
            return f"The negative gradients of two models’ losses on {_sample(shown)}."
        inputs = "logits" if shown.in_logits else "probabilities"
        return f"The negative gradient of the loss of {_sample(shown)} with respect to the {inputs}."
    if shown.compare:
        return _compared(shown)
    if not is_valid(shown):
        return _problem(shown)
    if not is_plain(shown.state.options):
        return _by_options(shown)
    return f"The loss of {_sample(shown)}, {_loss(shown)}{_LENSES[lens]}."


def _triangle(shown: Shown) -> str:
    count = shown.state.class_count
    what = "Every prediction for three classes"
    if count > 3:
        what = f"Every way to share out what three of {numbers.count(count)} classes get"
    return f"{what}; the darker, the larger the loss."


def _marked(shown: Shown) -> str:
    return f"Marked: {_sample(shown)}, loss {_loss(shown)}." if is_valid(shown) else _problem(shown)


_LENSES = {
    "terms": ", by class",
    "floor": ": the target’s own entropy, hatched, and the excess of the prediction",
    "formulas": ", written in three ways",
    "labels": ", as the sum over its labels",
}
