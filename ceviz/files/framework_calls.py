"""The lines of a program for a call of a framework, with the options of the loss; and for the definition."""

from __future__ import annotations

from collections.abc import Callable

from ceviz.core.calls import Call
from ceviz.core.document import Convention, LossOptions, Precision, Task
from ceviz.files.code_calls import NUMPY, WEIGHTED, Case, Program, input_lines, total_lines


def call_program(call: Call, case: Case, options: LossOptions) -> Program:
    """The loss of a case by a call, in nats."""
    return _WRITERS[call.convention](call, case, options)


def definition_program(case: Case, options: LossOptions) -> Program:
    """The loss of a case by the definition with smoothing, weights and the focal factor, with NumPy."""
    lines = [*input_lines(case, NUMPY), *WEIGHTED, 'np.seterr(divide="ignore", invalid="ignore")']
    if case.logits and case.task.competing:
        lines.append("log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)")
    elif case.logits:
        lines.append("log_p, log_rest = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)")
    else:
        lines.append("log_p, log_rest = np.log(probabilities), np.log1p(-probabilities)")
    if smoothing := options.label_smoothing:
        count = case.targets.shape[1] if case.task.competing else 2
        lines.append(f"targets = targets * (1 - {smoothing!r}) + {smoothing!r} / {count}")
    write = _one_of_k if case.task.competing else _yes_or_no
    return Program(("import numpy as np",), (*lines, *write(case, options), *total_lines(case)))


def _one_of_k(case: Case, options: LossOptions) -> list[str]:
    lines = ["factors = targets"]
    for name in ("class_weights", "focal_alpha"):
        value = getattr(options, name)
        if value is not None:
            lines.append(f"factors = factors * {_numbers(value)}  # {name.replace('_', ' ')}")
    if options.focal_gamma:
        rest = "(-np.expm1(log_p))" if case.logits else "(1 - probabilities)"
        lines.append(f"factors = factors * {rest} ** {options.focal_gamma!r}  # focal gamma")
    return [*lines, "losses = -weighted(factors, log_p).sum(axis=1)"]


def _yes_or_no(case: Case, options: LossOptions) -> list[str]:
    lines = ["on, off = targets, 1 - targets"]
    if options.pos_weight is not None:
        lines.append(f"on = on * {_numbers(options.pos_weight)}  # pos weight")
    if options.class_weights is not None:
        lines += [f"class_weights = {_numbers(options.class_weights)}"]
        lines += ["on, off = on * class_weights, off * class_weights"]
    if options.focal_alpha is not None:
        lines.append(f"on, off = on * {options.focal_alpha!r}, off * (1 - {options.focal_alpha!r})")
    if options.focal_gamma:
        gamma = options.focal_gamma
        lines.append(f"on, off = on * np.exp(log_rest) ** {gamma!r}, off * np.exp(log_p) ** {gamma!r}")
    return [*lines, "losses = -(weighted(on, log_p) + weighted(off, log_rest)).sum(axis=1)"]


def _numbers(value: float | tuple[float, ...]) -> str:
    return f"np.array({list(value)})" if isinstance(value, tuple) else repr(value)


# PyTorch


def _torch(call: Call, case: Case, options: LossOptions) -> Program:
    array = f"torch.tensor({{}}, dtype=torch.{options.precision})"
    lines = [*input_lines(case, array, "torch.tensor({})" if call.by_index else "")]
    arguments = []
    if options.class_weights is not None:
        lines.append(f"class_weights = {array.format(list(options.class_weights))}")
        arguments.append("weight=class_weights")
    if options.pos_weight is not None:
        arguments.append(f"pos_weight={array.format(list(options.pos_weight))}")
    if options.label_smoothing:
        arguments.append(f"label_smoothing={options.label_smoothing!r}")
    target = "labels" if call.by_index else "targets"
    given, more = _torch_input(call, case)
    lines += more

    def written(reduction: str) -> str:
        named = ", ".join([*arguments, f'reduction="{reduction}"'])
        if call.name.startswith("binary"):
            return f"{call.title}({named})({given}, {target})"
        return f"F.{call.name.removesuffix('_probabilities')}({given}, {target}, {named})"

    if not case.weighted:
        lines.append(f"loss = {written('mean' if case.mean else 'sum')}")
    else:
        each = "" if call.by_index or "cross_entropy_p" in call.name else ".sum(dim=1)"
        lines.append(f"losses = {written('none')}{each}")
        lines.append(f"loss = (weights * losses).sum(){_torch_divisor(call, case, options)}")
    imports = [
        line
        for name, line in (("F.", "import torch.nn.functional as F"), ("nn.", "from torch import nn"))
        if any(name in text for text in lines)
    ]
    return Program(("import torch", *imports), tuple(lines))


def _torch_input(call: Call, case: Case) -> tuple[str, list[str]]:
    """What the call is given, and the lines that make it."""
    if call.name == "binary_cross_entropy" and case.logits:
        return "torch.sigmoid(logits)", []
    if call.name in ("nll_loss", "kl_div"):
        made = "F.log_softmax(logits, dim=1)" if case.logits else "probabilities.log()"
        return "log_p", [f"log_p = {made}"]
    return case.inputs, []


def _torch_divisor(call: Call, case: Case, options: LossOptions) -> str:
    if not case.mean:
        return ""
    count, classes = case.targets.shape
    if call.by_index:
        return f" / {count}" if options.class_weights is None else " / class_weights[labels].sum()"
    return f" / {count}" if "cross_entropy_p" in call.name else f" / {count * classes}  # N K"


# Keras, scikit-learn, optax: with NumPy's arrays


def _array(options: LossOptions) -> str:
    return NUMPY if options.precision is Precision.FLOAT64 else "np.array({}, dtype=np.float32)"


def _total(case: Case) -> tuple[str, ...]:
    """Divided by the number of samples also where they are weighted."""
    if case.weighted and case.mean:
        return ("loss = (weights * losses).sum() / len(losses)",)
    return total_lines(case)


def _keras(call: Call, case: Case, options: LossOptions) -> Program:
    arguments = [] if call.name == "KLDivergence" else [f"from_logits={case.logits}"]
    if options.label_smoothing:
        arguments.append(f"label_smoothing={options.label_smoothing!r}")
    if "focal_gamma" in call.options:
        arguments += _keras_focal(call, options)
    arguments += ["reduction=None", f'dtype="{options.precision}"']
    given = case.inputs
    lines = [*input_lines(case, _array(options), NUMPY if call.by_index else "")]
    if call.name == "KLDivergence" and case.logits:
        given = "keras.ops.softmax(logits)"
    lines.append(f"loss_of = keras.losses.{call.name}({', '.join(arguments)})")
    target = "labels" if call.by_index else "targets"
    lines.append(f"losses = keras.ops.convert_to_numpy(loss_of({target}, {given}))")
    if options.class_weights is not None:
        index = "labels" if call.by_index else "targets.argmax(axis=1)"
        lines.append(f"losses = losses * {_numbers(options.class_weights)}[{index}]  # class_weight of fit")
    notes: tuple[str, ...] = ()
    if call.by_index and not case.logits:
        notes = ("On its TensorFlow backend; on others Keras renormalises first and clips then.",)
    return Program(("import keras", "import numpy as np"), (*lines, *_total(case)), notes)


def _keras_focal(call: Call, options: LossOptions) -> list[str]:
    arguments = []
    if options.focal_gamma is not None:
        arguments.append(f"gamma={options.focal_gamma!r}")
    if options.focal_alpha is not None:
        alpha = options.focal_alpha
        arguments.append(f"alpha={list(alpha) if isinstance(alpha, tuple) else repr(alpha)}")
        if call.name == "BinaryFocalCrossentropy":
            arguments.append("apply_class_balancing=True")
    return arguments


def _sklearn(call: Call, case: Case, options: LossOptions) -> Program:
    imports = ["import numpy as np", "from sklearn.metrics import log_loss"]
    lines = [*input_lines(case, _array(options), NUMPY if case.task is Task.MULTICLASS else "")]
    if case.logits:
        squash = "softmax" if case.task.competing else "expit"
        imports.insert(1, f"from scipy.special import {squash}")
        axis = ", axis=1" if case.task.competing else ""
        lines.append(f"probabilities = {squash}(logits{axis})")
    count = case.targets.shape[1]
    given = {
        Task.MULTICLASS: f"labels, probabilities, labels=range({count})",
        Task.SOFT: f"targets.argmax(axis=1), probabilities, labels=range({count})",
        Task.BINARY: "targets.ravel().astype(int), probabilities.ravel(), labels=[0, 1]",
        Task.MULTILABEL: "targets.astype(int), probabilities",
    }[case.task]
    weights = ", sample_weight=weights" if case.weighted else ""
    lines.append(f"loss = log_loss({given}{weights}{'' if case.mean else ', normalize=False'})")
    return Program(tuple(imports), tuple(lines))


def _optax(call: Call, case: Case, options: LossOptions) -> Program:
    lines = ['jax.config.update("jax_enable_x64", True)'] if options.precision is Precision.FLOAT64 else []
    array = f"jnp.array({{}}, dtype=jnp.{options.precision})"
    lines += input_lines(case, array, "jnp.array({})" if call.by_index else "")
    if options.label_smoothing:
        lines.append(f"targets = optax.smooth_labels(targets, {options.label_smoothing!r})")
    given = case.inputs
    if "kl_divergence" in call.name:
        given = "log_p"
        lines.append(f"log_p = {'jax.nn.log_softmax(logits)' if case.logits else 'jnp.log(probabilities)'}")
    arguments = [given, "labels" if call.by_index else "targets"]
    if "focal_gamma" in call.options:
        focal = {"alpha": options.focal_alpha, "gamma": options.focal_gamma}
        arguments += [f"{name}={value!r}" for name, value in focal.items() if value is not None]
    each = ".sum(axis=1)" if call.name.startswith("sigmoid") else ""
    lines.append(f"losses = optax.{call.name}({', '.join(arguments)}){each}")
    return Program(("import jax", "import jax.numpy as jnp", "import optax"), (*lines, *_total(case)))


_WRITERS: dict[Convention, Callable[[Call, Case, LossOptions], Program]] = {
    Convention.PYTORCH: _torch,
    Convention.KERAS: _keras,
    Convention.SKLEARN: _sklearn,
    Convention.OPTAX: _optax,
}
