"""Sentences about what is shown: headings, remarks, and the takeaway under the sample."""

from __future__ import annotations

import re

from ceviz.core.document import Reduction, Task
from ceviz.core.evaluation import ModelEvaluation
from ceviz.explain import numbers
from ceviz.explain.loss_options import divisions
from ceviz.explain.parts import class_name, issue_text, shown_target, true_class, with_short_names
from ceviz.explain.shown import Shown
from ceviz.explain.spans import PICTURED, Role, Span, number_word, plain_text
from ceviz.explain.takeaways import takeaway

__all__ = [
    "Role",
    "Span",
    "batch_remarks",
    "curve_title",
    "plain_text",
    "sample_heading",
    "sum_check",
    "takeaway",
    "votes",
]

_CURVE_TITLES = {
    Task.MULTICLASS: "Loss against the true class’s probability",
    Task.SOFT: "One curve per class, scaled by its target",
    Task.BINARY: "Two mirrored curves; the target picks one",
    Task.MULTILABEL: "One small binary loss per label",
}
_SUM_REMARKS = {
    Task.MULTICLASS: "a distribution",
    Task.SOFT: "both distributions",
    Task.BINARY: "1 − p follows p",
    Task.MULTILABEL: "need not be 1",
}
_SHORT_ISSUES = {"sum": "not 1", "target_sum": "target: not 1", "target": "target: choose one class"}
NOT_OF_SUMS = ("refused", "nan")
"""Issues that no number of the row is to blame for."""
_NAMED_TARGETS = 4


def curve_title(task: Task) -> str:
    """What stands over the curve."""
    return _CURVE_TITLES[task]


def sum_check(shown: Shown) -> tuple[str, bool, bool]:
    """What stands beside the sums of the shown row: (text, problem, fixable by a button)."""
    every = shown.evaluation.issues_of(shown.sample, shown.model)
    issues = [issue for issue in every if issue.code not in NOT_OF_SUMS]
    if issues:
        issue = issues[0]
        one_hot = issue.code == "target" and shown.task is not Task.MULTICLASS
        text = issue_text(shown, issue)
        text = text if one_hot else _SHORT_ISSUES.get(issue.code, text)
        return text, True, issue.fixable
    if shown.in_logits:
        return ("softmax" if shown.task.competing else "sigmoid"), False, False
    return _SUM_REMARKS[shown.task], False, False


_REDUCED = {
    Reduction.SUM: ("the sum is the loss of the batch", "the loss is the sum", "loss: sum"),
    Reduction.NONE: ("not reduced: every sample keeps its loss", "not reduced"),
}


def batch_remarks(shown: Shown) -> tuple[str, ...]:
    """What sum and mean of the batch leave unsaid, from long to short: infinite samples, rows left out, or
    which of the two, if any, is the batch's loss.

    The short ones begin with the mean of the finite samples, the one number that is of use then.
    """
    result = shown.result
    invalid = [sample for sample, valid in enumerate(result.valid.tolist()) if not valid]
    if result.infinite:
        return _infinite_remarks(result, len(invalid))
    if not invalid:
        return _REDUCED.get(shown.state.options.reduction) or divisions(result)
    which = f"sample {invalid[0] + 1}" if len(invalid) == 1 else f"{numbers.count(len(invalid))} samples"
    left_out = f"{numbers.count(len(invalid))} left out"
    return f"{which} left out until fixed", f"{which} left out", left_out


def _infinite_remarks(result: ModelEvaluation, left_out: int) -> tuple[str, ...]:
    several = result.infinite > 1
    infinite, without = numbers.count(result.infinite), numbers.count(left_out)
    start = f"{infinite} samples are infinite" if several else "one infinite sample is enough"
    counts = f"{infinite} infinite"
    if left_out:
        start += f"; {without} {'row' if left_out == 1 else 'rows'} left out"
        counts += f", {without} left out"
    if result.finite_count == 0:
        return f"{start}; no other has a loss", counts
    weighted = "weighted " if "weights" in result.divides_by else ""
    count = numbers.count(result.finite_count)
    samples = "1 sample" if result.finite_count == 1 else f"{count} {weighted}samples"
    mean = numbers.loss(result.finite_mean)
    return (
        f"{start}. Without {'them' if several or left_out else 'it'}: {mean} over {samples}",
        f"{mean} over the {samples} that {'is' if result.finite_count == 1 else 'are'} finite; {counts}",
        f"{mean} without {counts}",
        f"{mean} of the finite",
    )


def sample_heading(shown: Shown) -> tuple[str, str]:
    """Title and subtitle above the shown sample's table."""
    title, subtitle = _HEADINGS[shown.task](shown)
    if shown.in_logits and shown.task is not Task.BINARY:
        squash = "softmax" if shown.task.competing else "sigmoid"
        subtitle = f"logits in, {squash} makes them probabilities"
    return title, subtitle


def _name(shown: Shown) -> str:
    return shown.state.samples[shown.sample].name or f"Sample {shown.sample + 1}"


def _multiclass_heading(shown: Shown) -> tuple[str, str]:
    name, true = _name(shown), true_class(shown)
    target = shown_target(shown).tolist()
    if sorted(target)[-2:] not in ([0.0, 1.0], [1.0]):
        return name, "the target names no single class"
    rest = ", 0 for the rest" if shown.state.class_count > 1 else ""
    so = "so " if _says(name, class_name(shown, true)) else ""
    return name, f"{so}the target is 1 for {class_name(with_short_names(shown), true)}{rest}"


def _says(name: str, word: str) -> bool:
    """Whether a sample's name has a class's name in it, as a word."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", name, re.IGNORECASE) is not None


def _soft_heading(shown: Shown) -> tuple[str, str]:
    classes, said = with_short_names(shown).state.classes, votes(shown)
    if said is None:
        return _name(shown), _target_list(shown)
    counted = sorted(((count, -k) for k, count in enumerate(said) if count), reverse=True)
    listed = [f"{count} {classes[-k]}" for count, k in counted]
    first = f"{counted[0][0]} said {classes[-counted[0][1]]}"
    title = "A blurry photo" if PICTURED.issuperset(classes) else _name(shown)
    return title, ", ".join([first, *listed[1:]])


def _target_list(shown: Shown) -> str:
    target, classes = shown_target(shown), with_short_names(shown).state.classes
    order = [k for k in (-target).argsort(kind="stable").tolist() if target[k] != 0]
    listed = [f"{numbers.probability_short(target[k])} {classes[k]}" for k in order]
    more = len(listed) - _NAMED_TARGETS
    tail = [f"{numbers.count(more)} more"] if more > 0 else []
    return "the target is " + ", ".join(listed[:_NAMED_TARGETS] + tail)


def votes(shown: Shown) -> tuple[int, ...] | None:
    """How many of ten people said each class, where the sample's name tells that people were asked."""
    tenths = (10 * shown_target(shown)).tolist()
    counts = tuple(round(t) if abs(t) <= 10 else -1 for t in tenths)
    whole = all(abs(t - count) < 1e-9 and count >= 0 for t, count in zip(tenths, counts, strict=True))
    asked = " said " in f" {shown.state.samples[shown.sample].name} "
    return counts if whole and asked and sum(counts) == 10 else None


def _binary_heading(shown: Shown) -> tuple[str, str]:
    name = class_name(with_short_names(shown), 0)
    return (f"Is it a {name}?" if name in PICTURED else f"Is it “{name}”?"), ""


def _multilabel_heading(shown: Shown) -> tuple[str, str]:
    count = shown.state.class_count
    title = "What is in the picture?" if PICTURED.issuperset(shown.state.classes) else _name(shown)
    return title, "one yes/no question" if count == 1 else f"{number_word(count)} yes/no questions at once"


_HEADINGS = {
    Task.MULTICLASS: _multiclass_heading,
    Task.SOFT: _soft_heading,
    Task.BINARY: _binary_heading,
    Task.MULTILABEL: _multilabel_heading,
}
