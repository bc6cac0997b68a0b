"""Which rule computes which call, what a call takes, and which samples it computes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ceviz.core.calls import Call
from ceviz.core.conventions import keras, optax, pytorch, sklearn
from ceviz.core.conventions.parts import Batch, Flags, RefusedError, Working, one_hot
from ceviz.core.document import Convention, LossOptions, Task

_RULES: dict[str, Callable[[Batch], Working]] = {
    "cross_entropy": pytorch.cross_entropy,
    "cross_entropy_probabilities": pytorch.cross_entropy_probabilities,
    "nll_loss": pytorch.nll_loss,
    "kl_div": pytorch.kl_div,
    "binary_cross_entropy": pytorch.binary_cross_entropy,
    "binary_cross_entropy_with_logits": pytorch.binary_cross_entropy_with_logits,
    "CategoricalCrossentropy": keras.categorical,
    "SparseCategoricalCrossentropy": keras.sparse_categorical,
    "BinaryCrossentropy": keras.binary,
    "CategoricalFocalCrossentropy": keras.categorical_focal,
    "BinaryFocalCrossentropy": keras.binary_focal,
    "KLDivergence": keras.kl_divergence,
    "softmax_cross_entropy": optax.softmax_cross_entropy,
    "safe_softmax_cross_entropy": optax.safe_softmax_cross_entropy,
    "softmax_cross_entropy_with_integer_labels": optax.softmax_cross_entropy_with_integer_labels,
    "sigmoid_binary_cross_entropy": optax.sigmoid_binary_cross_entropy,
    "sigmoid_focal_loss": optax.sigmoid_focal_loss,
    "kl_divergence": optax.kl_divergence,
    "generalized_kl_divergence": optax.generalized_kl_divergence,
}

_OPTION_NAMES = {
    "label_smoothing": "label smoothing",
    "class_weights": "class weights",
    "pos_weight": "pos_weight",
    "focal_gamma": "focal gamma",
    "focal_alpha": "focal alpha",
}


def require_options(options: LossOptions, call: Call) -> None:
    """Raise RefusedError for an option that is on and that the call does not take."""
    for name, words in _OPTION_NAMES.items():
        if getattr(options, name) not in (None, 0.0) and name not in call.options:
            raise RefusedError(f"{call.title.partition(' ')[0]} takes no {words}")


@np.errstate(all="ignore")
def work(batch: Batch, call: Call, task: Task) -> Working:
    """The working of a batch by a call. RefusedError where the framework raises."""
    if call.convention is Convention.SKLEARN:
        return sklearn.log_loss(batch, task.competing, not task.competing and batch.class_count == 1)
    working = _RULES[call.name](batch)
    if call.convention is Convention.KERAS and batch.class_weights is not None:
        return keras.class_weighted(batch, working)
    return working


def computed_rows(batch: Batch, call: Call) -> Flags:
    """(N,): which samples the call computes. One by index needs a target that names a class."""
    if not call.by_index:
        return np.ones(len(batch.targets), dtype=np.bool_)
    named = one_hot(batch.targets)
    # PyTorch and Keras give 0 for an ignored index, whatever it is.
    return named if call.convention is Convention.OPTAX else named | ~batch.counted
