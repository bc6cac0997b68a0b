"""How each framework computes the loss of some samples: the lines of a program, and where they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ceviz.core.document import Task, Vectors

_KERAS_EPSILON = 1e-7
_SKLEARN_EPSILON = float(np.finfo(np.float64).eps)
_TORCH_SMALLEST = float(np.exp(-100.0))


class Framework(StrEnum):
    """What a program is written for; the value is its name on the screen."""

    NUMPY = "NumPy"
    SCIPY = "SciPy"
    PYTORCH = "PyTorch"
    KERAS = "Keras"
    SKLEARN = "scikit-learn"


@dataclass(frozen=True, slots=True)
class Case:
    """The samples that a program is about, (N, K), and whether it takes the mean of their losses or the sum.

    `predictions` as given, `probabilities` of them. `weights` (N,).
    """

    task: Task
    targets: Vectors
    predictions: Vectors
    probabilities: Vectors
    weights: Vectors
    logits: bool
    temperature: float
    mean: bool

    @property
    def inputs(self) -> str:
        """The name of the predictions in a program."""
        return "logits" if self.logits else "probabilities"

    @property
    def weighted(self) -> bool:
        """Whether the samples do not all weigh 1."""
        return bool((self.weights != 1).any())

    @property
    def sure(self) -> bool:
        """Whether every target is 0 or 1."""
        return bool(((self.targets == 0) | (self.targets == 1)).all())

    def is_beyond(self, epsilon: float) -> bool:
        """Whether a probability lies closer to 0 or 1 than `epsilon`."""
        return bool(((self.probabilities < epsilon) | (self.probabilities > 1 - epsilon)).any())

    def has_logit(self, value: float) -> bool:
        """Whether one of the logits is so much."""
        return self.logits and bool((self.predictions == value).any())


@dataclass(frozen=True, slots=True)
class Program:
    """Lines that define `loss`, in nats; `notes` say where a framework does something of its own."""

    imports: tuple[str, ...]
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def program(framework: Framework, case: Case) -> Program:
    """The loss of a case with a framework. ValueError where the framework cannot compute it."""
    return _WRITERS[framework](case)


# What all share


def input_lines(case: Case, array: str, labels: str = "") -> tuple[str, ...]:
    """Targets, predictions and weights as arrays; `labels` makes class indices of one-hot targets."""
    infinite = any(case.has_logit(value) for value in (np.inf, -np.inf))
    temperature = f" / {case.temperature!r}  # temperature" if case.logits and case.temperature != 1 else ""
    return (
        *(['inf = float("inf")'] if infinite else []),
        f"labels = {labels.format(case.targets.argmax(axis=1).tolist())}"
        if labels
        else f"targets = {_array(case.targets, array)}",
        f"{case.inputs} = {_array(case.predictions, array)}{temperature}",
        *([f"weights = {array.format(case.weights.tolist())}"] if case.weighted else []),
    )


def _array(rows: Vectors, array: str) -> str:
    return array.format("[\n" + "".join(f"    {row},\n" for row in rows.tolist()) + "]")


def total_lines(case: Case) -> tuple[str, ...]:
    """From the losses of the samples to the one number."""
    if case.weighted:
        total = "(weights * losses).sum()"
        return (f"loss = {total} / weights.sum()" if case.mean else f"loss = {total}",)
    return ("loss = losses.mean()" if case.mean else "loss = losses.sum()",)


NUMPY = "np.array({})"
WEIGHTED = (
    "",
    "def weighted(factors, logarithms):",
    '    """factors * logarithms; 0 times infinity counts as 0."""',
    "    return np.multiply(factors, logarithms, where=factors != 0, out=np.zeros_like(logarithms))",
    "",
)
_ONE_OF_K = "losses = -weighted(targets, log_p).sum(axis=1)"
_EACH = "losses = -(weighted(targets, log_p) + weighted(1 - targets, log_rest)).sum(axis=1)"


def _nan_note(case: Case, *values: float) -> tuple[str, ...]:
    found = any(case.has_logit(value) for value in values)
    return ("An infinite logit can make nan here; ceviz takes the limit.",) if found else ()


# NumPy and SciPy


def _numpy(case: Case) -> Program:
    if case.logits and case.task.competing:
        lines = ("log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)", _ONE_OF_K)
    elif case.logits:
        lines = ("log_p, log_rest = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)", _EACH)
    elif case.task.competing:
        lines = ("log_p = np.log(probabilities)", _ONE_OF_K)
    else:
        lines = ("log_p, log_rest = np.log(probabilities), np.log1p(-probabilities)", _EACH)
    quiet = 'np.seterr(divide="ignore", invalid="ignore")  # ln 0 = -inf is meant'
    return Program(
        ("import numpy as np",),
        (*input_lines(case, NUMPY), *WEIGHTED, quiet, *lines, *total_lines(case)),
        _nan_note(case, np.inf) if case.task.competing else (),
    )


def _scipy(case: Case) -> Program:
    lines: tuple[str, ...]
    if case.logits and case.task.competing:
        names, lines = "log_softmax", ("log_p = log_softmax(logits, axis=1)", _ONE_OF_K)
    elif case.logits:
        names, lines = "log_expit", ("log_p, log_rest = log_expit(logits), log_expit(-logits)", _EACH)
    elif case.task.competing:
        names, lines = "xlogy", ("losses = -xlogy(targets, probabilities).sum(axis=1)",)
    else:
        terms = "xlogy(targets, probabilities) + xlog1py(1 - targets, -probabilities)"
        names, lines = "xlog1py, xlogy", (f"losses = -({terms}).sum(axis=1)",)
    return Program(
        ("import numpy as np", f"from scipy.special import {names}"),
        (*input_lines(case, NUMPY), *(WEIGHTED if case.logits else ()), *lines, *total_lines(case)),
        _nan_note(case, np.inf) if case.task.competing else (),
    )


# scikit-learn: probabilities of questions with one answer each


def _sklearn(case: Case) -> Program:
    if case.task.competing and case.targets.shape[1] == 1:
        raise ValueError("scikit-learn’s log_loss needs two classes or more")
    squash = "softmax" if case.task.competing else "expit"
    imports = ["import numpy as np", "from sklearn.metrics import log_loss"]
    probabilities = []
    if case.logits:
        imports.insert(1, f"from scipy.special import {squash}")
        call = "softmax(logits, axis=1)" if case.task.competing else "expit(logits)"
        probabilities = [f"probabilities = {call}"]
    direct = case.task is Task.MULTICLASS or (case.task is Task.BINARY and case.sure)
    loss = _sklearn_direct(case) if direct else _sklearn_questions(case)
    notes = []
    if case.is_beyond(_SKLEARN_EPSILON):
        notes.append("log_loss clips probabilities to [2.2e-16, 1 - 2.2e-16], which ceviz does not.")
    if case.logits:
        notes.append("log_loss takes probabilities, not logits.")
    lines = (*input_lines(case, NUMPY, NUMPY if case.task is Task.MULTICLASS else ""), *probabilities, *loss)
    return Program(tuple(imports), lines, tuple(notes))


def _sklearn_direct(case: Case) -> tuple[str, ...]:
    """One question for each sample."""
    weights = ", sample_weight=weights" if case.weighted else ""
    normalize = "" if case.mean else ", normalize=False"
    if case.task is Task.MULTICLASS:
        given = f"labels, probabilities, labels=range({case.targets.shape[1]})"
    else:
        given = "targets.ravel(), probabilities.ravel(), labels=[0, 1]"
    return (f"loss = log_loss({given}{weights}{normalize})",)


def _sklearn_questions(case: Case) -> tuple[str, ...]:
    """Several answers for each sample, each weighted by its target."""
    lines: tuple[str, ...]
    count, classes = case.targets.shape
    if case.task is Task.SOFT:
        lines = (
            "# Soft targets: every class is an answer once, weighted by its target.",
            f"answers = np.tile(np.arange({classes}), {count})",
            f"rows, factors = probabilities.repeat({classes}, axis=0), targets",
        )
        labels = f"range({classes})"
    else:
        lines = (
            "# Every label is a question; yes and no are answers to it, weighted by the target.",
            f"answers = np.tile([1, 0], {count * classes})",
            "rows, factors = probabilities.ravel().repeat(2), np.stack([targets, 1 - targets], axis=-1)",
        )
        labels = "[0, 1]"
    if case.weighted:
        shape = ", ".join([":", *["None"] * (1 if case.task is Task.SOFT else 2)])
        lines += (f"factors = factors * weights[{shape}]",)
    total = f"log_loss(answers, rows, sample_weight=factors.ravel(), labels={labels}, normalize=False)"
    samples = "weights.sum()" if case.weighted else str(count)
    return (
        *lines,
        f"loss = {total}",
        *([f"loss = loss / {samples}"] if case.mean and samples != "1" else []),
    )


# PyTorch


def _torch(case: Case) -> Program:
    call, notes = _torch_call(case)
    labels = "torch.tensor({})" if "labels" in call else ""
    each = "" if case.task.competing else ".sum(dim=1)"
    own = case.task.competing or case.targets.shape[1] == 1 or not case.mean
    if not call.startswith("F."):
        lines: tuple[str, ...] = (f"losses = {call}", *total_lines(case))
    elif own and not case.weighted:
        lines = (f'loss = {call[:-1]}, reduction="{"mean" if case.mean else "sum"}")',)
    else:
        lines = (f'losses = {call[:-1]}, reduction="none"){each}', *total_lines(case))
        notes += () if own else ("PyTorch’s own mean would also divide by the number of labels.",)
    imports = ("import torch", *(["import torch.nn.functional as F"] if call.startswith("F.") else []))
    inputs = input_lines(case, "torch.tensor({}, dtype=torch.float64)", labels)
    return Program(imports, (*inputs, *lines), notes)


def _torch_call(case: Case) -> tuple[str, tuple[str, ...]]:
    if case.task is Task.MULTICLASS:
        if case.logits:
            return "F.cross_entropy(logits, labels)", _nan_note(case, np.inf)
        return "F.nll_loss(probabilities.log(), labels)", ()
    if case.task is Task.SOFT:
        if case.logits:
            return "F.cross_entropy(logits, targets)", _nan_note(case, np.inf, -np.inf)
        # cross_entropy(log p, t) would make nan of 0 ln 0.
        return "-torch.xlogy(targets, probabilities).sum(dim=1)", ()
    if case.logits:
        nan = _nan_note(case, np.inf, -np.inf)
        return "F.binary_cross_entropy_with_logits(logits, targets)", nan
    clamps = "binary_cross_entropy counts no logarithm below -100, which ceviz does."
    return "F.binary_cross_entropy(probabilities, targets)", (clamps,) if case.is_beyond(
        _TORCH_SMALLEST
    ) else ()


# Keras


def _keras(case: Case) -> Program:
    name = "Categorical" if case.task.competing else "Binary"
    from_logits = "from_logits=True, " if case.logits else ""
    count = case.targets.shape[1]
    lines = (
        f'loss_of = keras.losses.{name}Crossentropy({from_logits}reduction=None, dtype="float64")',
        f"losses = keras.ops.convert_to_numpy(loss_of(targets, {case.inputs}))",
        *([] if case.task.competing or count == 1 else [f"losses = losses * {count}"]),
    )
    notes = _nan_note(case, np.inf, -np.inf)
    if not case.task.competing:
        notes += ("On its PyTorch backend Keras takes this mean over labels in single precision.",)
    if case.task is Task.MULTILABEL and count > 1:
        notes += (f"Keras takes the mean over the labels, hence the factor {count}.",)
    if not case.logits and case.is_beyond(_KERAS_EPSILON):
        notes += ("Keras clips probabilities to [1e-7, 1 - 1e-7], which ceviz does not.",)
    if not case.logits and case.task.competing and (abs(case.probabilities.sum(axis=1) - 1) > 1e-12).any():
        notes += ("Keras divides probabilities by their sum, which is not exactly 1 here.",)
    return Program(
        ("import keras", "import numpy as np"), (*input_lines(case, NUMPY), *lines, *total_lines(case)), notes
    )


_WRITERS: dict[Framework, Callable[[Case], Program]] = {
    Framework.NUMPY: _numpy,
    Framework.SCIPY: _scipy,
    Framework.PYTORCH: _torch,
    Framework.KERAS: _keras,
    Framework.SKLEARN: _sklearn,
}
