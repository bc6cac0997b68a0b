"""Reports with the arithmetic worked out: of one sample, and of the batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from ceviz.core.conventions import is_plain
from ceviz.core.document import Document, Task, TaskState, Unit
from ceviz.core.evaluation import Evaluation, ModelEvaluation, evaluate
from ceviz.core.names import as_word
from ceviz.explain import numbers
from ceviz.explain.formulas import Bar, Formula, Fraction, Sum, Text, Variable, logarithm, row, sub
from ceviz.explain.headline import definition, headline, worked_steps
from ceviz.explain.loss_options import computed_by
from ceviz.explain.parts import (
    Part,
    because_text,
    class_name,
    factor_texts,
    floor_and_excess,
    in_unit,
    is_valid,
    parts,
    shown_loss,
    shown_probabilities,
    shown_target,
    true_class,
)
from ceviz.explain.shown import Shown
from ceviz.explain.three_formulas import three_formulas
from ceviz.files.markup import Block, Calculation, Heading, Sentence, Table
from ceviz.files.report import batch_blocks

_TASKS = {
    Task.MULTICLASS: "Multi-class: exactly one class is true.",
    Task.SOFT: "Soft targets: the target is a distribution.",
    Task.BINARY: "Binary: one yes/no question.",
    Task.MULTILABEL: "Multi-label: every label is a yes/no question of its own.",
}
_TERMS_IN_A_LINE = 4
_NUMBERS_IN_A_LINE = 6
_MOST_TERMS = 8
_TERMS_OF_A_BATCH = 3
_MOST_DECIMALS = 6
_MOST_SAMPLES = 20
"""How many samples of a batch are worked out."""


def sample_report(document: Document, task: Task, sample: int, models: Sequence[int] = (0,)) -> list[Block]:
    """One sample, counted from 0, as some models predict it."""
    state = document.tasks[task]
    evaluation = evaluate(state, task)
    name = state.samples[sample].name
    blocks: list[Block] = [
        Heading(f"Sample {sample + 1}{f': {name}' if name else ''}"),
        Sentence(_TASKS[task]),
    ]
    for model in models:
        if len(models) > 1:
            blocks.append(Heading(f"Model {state.models[model].name}"))
        blocks += _one_model(_shown(state, evaluation, task, sample, model))
    return blocks


def batch_report(document: Document, task: Task) -> list[Block]:
    """The batch with sum and mean of every model, and how they come about."""
    state = document.tasks[task]
    evaluation = evaluate(state, task)
    blocks: list[Block] = [Heading("Batch"), Sentence(_TASKS[task]), *batch_blocks(state, evaluation)]
    if not is_plain(state.options):
        kinds = dict.fromkeys(model.input for model in state.models)
        return [*blocks, *(Sentence(computed_by(state.options, task, kind)) for kind in kinds)]
    for model, result in enumerate(evaluation.models):
        several = f" of {state.models[model].name}" if len(state.models) > 1 else ""
        lines = [
            _in_one_line(_shown(state, evaluation, task, n, model))
            for n in range(min(state.sample_count, _MOST_SAMPLES))
            if result.valid[n]
        ]
        if not lines:
            continue
        first = f" (the first {_MOST_SAMPLES} of them)" if state.sample_count > _MOST_SAMPLES else ""
        blocks += [Heading(f"The losses{several}{first}"), Calculation(lines)]
        if _counted(state, result):
            blocks += [Heading(f"Sum and mean{several}"), *_totals(state, evaluation, result)]
    return blocks


def _shown(state: TaskState, evaluation: Evaluation, task: Task, sample: int, model: int) -> Shown:
    names = tuple("".join(c if c.isprintable() else " " for c in name) for name in state.classes)
    return Shown(task, replace(state, classes=names), evaluation, sample, 1.0, model)


# One sample


def _one_model(shown: Shown) -> list[Block]:
    blocks: list[Block] = [_inputs(shown), _table(shown)]
    if not is_valid(shown):
        issue = shown.evaluation.issues_of(shown.sample, shown.model)[0]
        return [*blocks, Sentence(f"This sample has no loss: {because_text(shown, issue)}.")]
    head = headline(shown, max_terms=_MOST_TERMS)
    blocks += [Heading("The loss"), Calculation(worked_steps(head, _TERMS_IN_A_LINE))]
    # What follows is true of the bare definition only.
    if is_plain(shown.state.options):
        return [*blocks, *_EXPLAINED[shown.task](shown)]
    return [*blocks, Sentence(computed_by(shown.state.options, shown.task, shown.shown_model.input))]


def _inputs(shown: Shown) -> Sentence:
    if not shown.in_logits:
        return Sentence("The prediction is given as probabilities.")
    squash = "a softmax" if shown.task.competing else "a sigmoid"
    temperature = shown.state.options.temperature
    warm = "" if temperature == 1 else f", divided by the temperature {numbers.typed(temperature)}"
    return Sentence(f"The prediction is given as logits; {squash} of them{warm} makes probabilities.")


def _table(shown: Shown) -> Table:
    noun = "label" if shown.task is Task.MULTILABEL else "class"
    header = [noun, "target", "p", f"term ({shown.evaluation.unit})"]
    if is_valid(shown):
        every = parts(shown)
        rows = [[part.name, *_chances(part.target, part.probability), part.value_text] for part in every]
    else:
        chances = zip(shown_target(shown).tolist(), shown_probabilities(shown).tolist(), strict=True)
        rows = [[class_name(shown, k), *_chances(*pair), ""] for k, pair in enumerate(chances)]
    totals = [["sum", *_sums(shown), numbers.loss(shown_loss(shown)) if is_valid(shown) else ""]]
    if shown.in_logits and shown.task is not Task.BINARY:
        header.insert(2, "logit")
        for cells, logit in zip(rows, shown.shown_model.predictions[shown.sample].tolist(), strict=True):
            cells.insert(2, numbers.logit(logit))
        totals[0].insert(2, "")
    return Table(tuple(header), rows, totals, (noun,))


def _chances(target: float, p: float) -> tuple[str, str]:
    return numbers.probability_short(target), "undefined" if math.isnan(p) else numbers.probability(p)


def _sums(shown: Shown) -> tuple[str, str]:
    """What targets and probabilities sum to, where that has a meaning."""
    if not shown.task.competing:
        return "", ""
    total = float(shown_probabilities(shown).sum())
    target = numbers.probability_sum(float(shown_target(shown).sum()))
    return target, "" if math.isnan(total) else numbers.probability_sum(total)


def _about(value: float, unit: Unit) -> Formula:
    """≈ 0.916 nats."""
    text = numbers.term(value)
    sign = "=" if text in ("0", numbers.INFINITY) else "≈"
    return row(row(f"{sign} {text}"), Text(f" {unit}"))


def _shortcut(shown: Shown) -> list[Block]:
    true = parts(shown)[true_class(shown)]
    log, p = logarithm(shown.evaluation.unit), numbers.argument(factor_texts(shown, true)[1])
    return [
        Heading("The shortcut"),
        Sentence(f"The target is 1 for {as_word(true.name)} alone, so only its probability counts."),
        Calculation(
            [
                row(Variable("L"), " = −", log, " ", sub("p", Text("true"))),
                row("= −", log, f" {p}"),
                _about(true.value, shown.evaluation.unit),
            ]
        ),
    ]


def _floor(shown: Shown) -> list[Block]:
    floor, excess = floor_and_excess(shown)
    unit = shown.evaluation.unit
    log = logarithm(unit)
    floor_name = (Variable("H"), "(", Variable("t"), ")")
    excess_name = ("KL(", Variable("t"), " ‖ ", Variable("p"), ")")
    t, p = sub("t", "i"), sub("p", "i")
    entropy = row(*floor_name, " = −", Sum(Variable("i")), " ", t, " ", log, " ", t)
    divergence = row(*excess_name, " = ", Sum(Variable("i")), " ", t, " ", log, " ", Fraction(t, p))
    sums = _summed([floor, excess], shown_loss(shown))
    return [
        Heading("Floor and excess"),
        Sentence("The loss is the entropy of the target, which is its floor, and a divergence, its excess."),
        Calculation([entropy, *_entropy_terms(shown, floor), _about(floor, unit)]),
        Calculation([divergence, *_divergence_terms(shown, excess), _about(excess, unit)]),
        Calculation(
            [
                row(Variable("L"), " = ", *floor_name, " + ", *excess_name),
                *sums,
                _about(shown_loss(shown), unit),
            ]
        ),
    ]


def _entropy_terms(shown: Shown, value: float) -> list[Formula]:
    """−t ln t of every class with a target."""
    return _agreeing(shown, value, lambda t, _: (t, t), lambda t, _: -t * math.log(t), "−{}·log {}")


def _divergence_terms(shown: Shown, value: float) -> list[Formula]:
    """t ln(t/p) of every class with a target."""
    return _agreeing(
        shown,
        value,
        lambda t, p: (t, f"({t}/{numbers.argument(p)})"),
        lambda t, p: t * math.log(t / p),
        "+{}·log {}",
    )


def _agreeing(
    shown: Shown,
    value: float,
    factors: Callable[[str, str], tuple[str, str]],
    term: Callable[[float, float], float],
    pattern: str,
) -> list[Formula]:
    """The terms with so many digits that they sum to the value that is read; nothing where none do."""
    counting = [part for part in parts(shown) if part.target > 0]
    if len(counting) > _MOST_TERMS:
        return []
    for digits in range(3, 9):
        texts = [_texts(part, digits) for part in counting]
        read = [(numbers.parse_number(t), numbers.parse_number(p)) for t, p in texts]
        if all(p > 0 for _, p in read):
            total = in_unit(math.fsum(term(t, p) for t, p in read), shown.evaluation.unit)
            if numbers.term(total) == numbers.term(value):
                written = [pattern.format(*factors(t, p)) for t, p in texts]
                return _lines(written, logarithm(shown.evaluation.unit))
    return []


def _texts(part: Part, digits: int) -> tuple[str, str]:
    return numbers.short(part.target, digits), numbers.short(part.probability, digits)


def _lines(terms: Sequence[str], log: Formula | str = "", count: int = _TERMS_IN_A_LINE) -> list[Formula]:
    """Terms that begin with their sign, a few to a line; "log" in them stands for the logarithm."""
    lines: list[Formula] = []
    for start in range(0, len(terms), count):
        joined = [f"{term[0]} {term[1:]}" for term in terms[start : start + count]]
        if start == 0:
            joined[0] = f"= {terms[0].removeprefix('+')}"
        pieces = " ".join(joined).split("log")
        lines.append(row(pieces[0], *(part for piece in pieces[1:] for part in (log, piece))))
    return lines


def _summed(
    values: Sequence[float], total: float, weights: Sequence[float] = (), more: str = ""
) -> list[Formula]:
    """= 0.105 + 0.357: with so many decimals that a reader gets the total, where that is possible."""
    factors = [f"{numbers.typed(weight)}·" for weight in weights] or [""] * len(values)
    texts: list[str] = []
    for decimals in range(_MOST_DECIMALS, 2, -1):
        longer = [_with_decimals(value, decimals) for value in values]
        read = [numbers.parse_number(text, allow_infinite=True) for text in longer]
        weighted = [w * x for w, x in zip(weights or [1.0] * len(read), read, strict=True)]
        if not texts or numbers.loss(math.fsum(weighted)) == numbers.loss(total):
            texts = longer
    terms = [f"+{factor}{text}" for factor, text in zip(factors, texts, strict=True)]
    return _lines([*terms, *([more] if more else [])], count=_NUMBERS_IN_A_LINE)


def _with_decimals(value: float, decimals: int) -> str:
    plain = numbers.term(value)
    return numbers.fixed(value, decimals) if "." in plain and "×" not in plain else plain


def _three(shown: Shown) -> list[Block]:
    unit = shown.evaluation.unit
    blocks: list[Block] = [Heading("The same number, written in other ways")]
    for written in three_formulas(shown).formulas:
        steps = [row(Variable("L"), " = ", written.symbols), written.numbers, _about(shown_loss(shown), unit)]
        blocks += [Sentence(f"{written.title}:"), Calculation(steps)]
    return blocks


def _labels(shown: Shown) -> list[Block]:
    t, p, unit = Variable("t"), Variable("p"), shown.evaluation.unit
    log = logarithm(unit)
    question = row(
        "BCE(", t, ", ", p, ") = −", t, " ", log, " ", p, " − (1 − ", t, ") ", log, " (1 − ", p, ")"
    )
    every = parts(shown)
    if len(every) > _MOST_TERMS:
        return [Calculation([question])]
    terms = _summed([part.value for part in every], shown_loss(shown))
    return [
        Sentence("Every label is a binary question, and the losses of the questions are summed:"),
        Calculation([question]),
        Calculation(
            [row(Variable("L"), " = ", definition(shown.task, unit)), *terms, _about(shown_loss(shown), unit)]
        ),
    ]


_EXPLAINED: dict[Task, Callable[[Shown], list[Block]]] = {
    Task.MULTICLASS: _shortcut,
    Task.SOFT: _floor,
    Task.BINARY: _three,
    Task.MULTILABEL: _labels,
}


# The batch


def _in_one_line(shown: Shown) -> Formula:
    """The terms of a sample and its loss."""
    head = replace(headline(shown, max_terms=_TERMS_OF_A_BATCH), summary=(), summary_joiners=())
    _, *steps = worked_steps(head)
    spaced = [piece for step in steps for piece in (Text(" "), step)]
    return row(sub("L", str(shown.sample + 1)), *spaced)


def _counted(state: TaskState, result: ModelEvaluation) -> list[int]:
    """The samples that sum and mean are of."""
    weights = [0.0 if sample.ignored else sample.weight for sample in state.samples]
    return [n for n, weight in enumerate(weights) if weight and result.valid[n]]


def _totals(state: TaskState, evaluation: Evaluation, result: ModelEvaluation) -> list[Block]:
    counted, n = _counted(state, result), Variable("n")
    weights = [state.samples[index].weight for index in counted]
    weighted = any(weight != 1 for weight in weights)
    shown = counted[:_MOST_SAMPLES]
    lines = _summed(
        result.losses[shown].tolist(),
        result.sum,
        weights[: len(shown)] if weighted else (),
        "+…" if len(counted) > len(shown) else "",
    )
    of = (sub("w", n), " ", sub("L", n)) if weighted else (sub("L", n),)
    count = numbers.typed(math.fsum(weights)) if weighted else str(len(counted))
    mean = Fraction(row(numbers.loss(result.sum)), row(count))
    return [
        Calculation([row(Sum(n), " ", *of, " ", lines[0]), *lines[1:], _about(result.sum, evaluation.unit)]),
        Calculation([row(Bar(Variable("L")), " = ", mean), _about(result.mean, evaluation.unit)]),
    ]
