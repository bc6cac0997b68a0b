"""The functions of the frameworks that compute a cross-entropy: what each takes, and which one is meant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ceviz.core.document import Convention, InputKind, LossOptions, Task

_ONE_OF_K = frozenset({Task.MULTICLASS, Task.SOFT})
_YES_OR_NO = frozenset({Task.BINARY, Task.MULTILABEL})
_LOGITS = frozenset({InputKind.LOGITS})
_BOTH = frozenset(InputKind)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of a framework.

    `inputs`: what models may give; where the function itself takes something else, a softmax, sigmoid or
    logarithm stands in between. `options`: which of label_smoothing, class_weights, pos_weight, focal_gamma
    and focal_alpha it takes. `by_index`: the target is the number of the true class, not a vector.
    """

    convention: Convention
    name: str
    title: str
    tasks: frozenset[Task]
    inputs: frozenset[InputKind]
    options: frozenset[str] = frozenset()
    by_index: bool = False

    def fits(self, task: Task, kind: InputKind) -> bool:
        """Whether it computes a loss of this task from what a model gives."""
        return task in self.tasks and kind in self.inputs


def _takes(*options: str) -> frozenset[str]:
    return frozenset(options)


_SMOOTHING, _WEIGHTS = "label_smoothing", "class_weights"
_FOCAL = ("focal_gamma", "focal_alpha")
_CLASS = frozenset({Task.MULTICLASS})

_P, _K, _S, _O = Convention.PYTORCH, Convention.KERAS, Convention.SKLEARN, Convention.OPTAX

CALLS: tuple[Call, ...] = (
    Call(
        _P, "cross_entropy", "F.cross_entropy with class indices", _CLASS, _LOGITS,
        _takes(_SMOOTHING, _WEIGHTS), by_index=True,
    ),
    Call(
        _P, "cross_entropy_probabilities", "F.cross_entropy with class probabilities", _ONE_OF_K, _LOGITS,
        _takes(_SMOOTHING, _WEIGHTS),
    ),
    Call(_P, "nll_loss", "F.nll_loss of ln p", _CLASS, _BOTH, _takes(_WEIGHTS), by_index=True),
    Call(_P, "kl_div", "F.kl_div of ln p", _ONE_OF_K, _BOTH),
    Call(
        _P, "binary_cross_entropy_with_logits", "nn.BCEWithLogitsLoss", _YES_OR_NO, _LOGITS,
        _takes(_WEIGHTS, "pos_weight"),
    ),
    Call(_P, "binary_cross_entropy", "nn.BCELoss", _YES_OR_NO, _BOTH, _takes(_WEIGHTS)),
    Call(
        _K, "CategoricalCrossentropy", "keras.losses.CategoricalCrossentropy", _ONE_OF_K, _BOTH,
        _takes(_SMOOTHING, _WEIGHTS),
    ),
    Call(
        _K, "SparseCategoricalCrossentropy", "keras.losses.SparseCategoricalCrossentropy", _CLASS, _BOTH,
        _takes(_WEIGHTS), by_index=True,
    ),
    Call(
        _K, "BinaryCrossentropy", "keras.losses.BinaryCrossentropy", _YES_OR_NO, _BOTH, _takes(_SMOOTHING)
    ),
    Call(
        _K, "CategoricalFocalCrossentropy", "keras.losses.CategoricalFocalCrossentropy", _ONE_OF_K, _BOTH,
        _takes(_SMOOTHING, _WEIGHTS, *_FOCAL),
    ),
    Call(
        _K, "BinaryFocalCrossentropy", "keras.losses.BinaryFocalCrossentropy", _YES_OR_NO, _BOTH,
        _takes(_SMOOTHING, *_FOCAL),
    ),
    Call(_K, "KLDivergence", "keras.losses.KLDivergence", _ONE_OF_K, _BOTH),
    Call(_S, "log_loss", "sklearn.metrics.log_loss", frozenset(Task), _BOTH),
    Call(
        _O, "softmax_cross_entropy", "optax.softmax_cross_entropy", _ONE_OF_K, _LOGITS, _takes(_SMOOTHING)
    ),
    Call(
        _O, "softmax_cross_entropy_with_integer_labels", "optax.softmax_cross_entropy_with_integer_labels",
        _CLASS, _LOGITS, by_index=True,
    ),
    Call(
        _O, "safe_softmax_cross_entropy", "optax.safe_softmax_cross_entropy", _ONE_OF_K, _LOGITS,
        _takes(_SMOOTHING),
    ),
    Call(
        _O, "sigmoid_binary_cross_entropy", "optax.sigmoid_binary_cross_entropy", _YES_OR_NO, _LOGITS,
        _takes(_SMOOTHING),
    ),
    Call(
        _O, "sigmoid_focal_loss", "optax.sigmoid_focal_loss", _YES_OR_NO, _LOGITS,
        _takes(_SMOOTHING, *_FOCAL),
    ),
    Call(_O, "kl_divergence", "optax.kl_divergence of ln p", _ONE_OF_K, _BOTH, _takes(_SMOOTHING)),
    Call(
        _O, "generalized_kl_divergence", "optax.generalized_kl_divergence of ln p", _ONE_OF_K, _BOTH,
        _takes(_SMOOTHING),
    ),
)  # fmt: skip


def calls_of(convention: Convention) -> tuple[Call, ...]:
    """The functions of a framework, the usual ones first; the definition has none."""
    return tuple(call for call in CALLS if call.convention is convention)


def fitting_calls(convention: Convention, task: Task, kind: InputKind) -> tuple[Call, ...]:
    """The functions of a framework that compute a loss of this task from what a model gives."""
    return tuple(call for call in calls_of(convention) if call.fits(task, kind))


def meant_call(options: LossOptions, task: Task, kind: InputKind) -> Call | None:
    """The call that the options name, or the usual one; None for the definition, or where nothing fits.

    >>> meant_call(LossOptions(convention=Convention.PYTORCH), Task.BINARY, InputKind.PROBABILITIES).title
    'nn.BCELoss'
    """
    fitting = fitting_calls(options.convention, task, kind)
    if options.call is not None:
        return next((call for call in fitting if call.name == options.call), None)
    focal = [call for call in fitting if ("focal_gamma" in call.options) == (options.focal_gamma is not None)]
    return next(iter((*focal, *fitting)), None)


def call_fault(options: LossOptions, task: Task, kinds: Collection[InputKind]) -> str | None:
    """Why the call that the options name cannot be used for this task and these inputs; None where it can."""
    if options.call is None:
        return None
    named = {call.name: call for call in calls_of(options.convention)}
    if not named:
        return f"the {options.convention} convention has no calls, expected null"
    call = named.get(options.call)
    if call is None:
        return f"{options.convention} has no such call, expected one of {', '.join(named)}"
    if task not in call.tasks:
        return f"{call.name} is for {' and '.join(t for t in Task if t in call.tasks)}, not for {task}"
    if not call.inputs.issuperset(kinds):
        return f"{call.name} takes logits, not probabilities"
    return None
