"""The rules of the frameworks against the frameworks themselves, on random inputs, where they are installed.

None of them is in the test extra: PyTorch, Keras (with PyTorch beneath it) and optax are large. Without them
these tests are skipped, and say so; the golden cases hold their answers.
"""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from ceviz.core.calls import CALLS, Call
from ceviz.core.conventions.parts import Batch
from ceviz.core.conventions.rules import work
from ceviz.core.document import Convention, InputKind, Task

SEEDS = range(4)
EDGES = np.array([[0.0, 0.5, 0.5], [1.0, 0.0, 0.0], [1e-9, 1.0 - 1e-9, 0.0], [0.4, 0.3, 0.2]])


def batch_for(call: Call, task: Task, kind: InputKind, dtype, seed: int) -> Batch:
    """Random numbers with the edges among them, and every option of the call, on or off by the seed."""
    random = np.random.default_rng(seed)
    count = 12
    logits = kind is InputKind.LOGITS
    classes = 1 if task is Task.BINARY else 3
    if logits:
        x = random.normal(size=(count, classes)) * 8
    elif task.competing:
        x = np.vstack([random.dirichlet(np.ones(classes), size=count - len(EDGES)), EDGES])
    else:
        x = np.vstack([random.random((count - len(EDGES), classes)), EDGES[:, :classes]])
    if task is Task.MULTICLASS:
        t = np.eye(classes)[random.integers(classes, size=count)]
    elif task is Task.SOFT:
        t = random.dirichlet(np.ones(classes), size=count)
    else:
        t = random.integers(2, size=(count, classes)) * 1.0
    on = {name: bool(seed % 2) for name in call.options}
    gamma_alpha = (2.0 if seed % 3 else 1.5, 0.25 if on.get("focal_alpha") else None)
    focal = "focal_gamma" in call.options
    return Batch(
        targets=t.astype(dtype),
        predictions=x.astype(dtype),
        logits=logits,
        counted=np.ones(count, bool),
        smoothing=0.1 if on.get("label_smoothing") else 0.0,
        class_weights=np.array([1.0, 2.0, 0.5][:classes], dtype) if on.get("class_weights") else None,
        pos_weight=np.array([2.0, 0.5, 3.0][:classes], dtype) if on.get("pos_weight") else None,
        gamma=gamma_alpha[0] if focal else None,
        alpha=gamma_alpha[1] if focal else None,
        temperature=1.0,
    )


def cases(convention: Convention):
    return [
        pytest.param(call, task, kind, dtype, id=f"{call.name}-{task}-{kind}-{dtype.__name__}")
        for call in CALLS
        if call.convention is convention
        for task in Task
        for kind in InputKind
        if call.fits(task, kind)
        for dtype in (np.float64, np.float32)
    ]


def assert_same(actual, expected, dtype, what):
    """Of numbers that the framework computed in `dtype`."""
    expected = np.asarray(expected)
    rtol, atol = (1e-11, 1e-14) if dtype is np.float64 else (3e-5, 3e-6)
    scale = np.abs(expected[np.isfinite(expected)]).max(initial=1.0)
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol * scale, err_msg=what)


def pytorch_losses(call, batch, x):
    """What PyTorch answers for the tensor `x`, unreduced."""
    import torch
    import torch.nn.functional as functional

    t = torch.tensor(batch.targets)
    weights = None if batch.class_weights is None else torch.tensor(batch.class_weights)
    function = getattr(functional, call.name.removesuffix("_probabilities"))
    target = t.argmax(1) if call.by_index else t
    if "cross_entropy_with_logits" in call.name:
        positive = None if batch.pos_weight is None else torch.tensor(batch.pos_weight)
        return function(x, t, weights, pos_weight=positive, reduction="none")
    if "binary" in call.name:
        return function(x.sigmoid() if batch.logits else x, t, weights, reduction="none")
    if "cross_entropy" in call.name:
        return function(x, target, weights, label_smoothing=batch.smoothing, reduction="none")
    log_p = functional.log_softmax(x, 1) if batch.logits else x.log()
    if call.by_index:
        return function(log_p, target, weights, reduction="none")
    return function(log_p, target, reduction="none")


@pytest.mark.parametrize(("call", "task", "kind", "dtype"), cases(Convention.PYTORCH))
def test_pytorch(call, task, kind, dtype):
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    for seed in SEEDS:
        batch = batch_for(call, task, kind, dtype, seed)
        x = torch.tensor(batch.predictions, requires_grad=True)
        losses = pytorch_losses(call, batch, x).reshape(len(x), -1).sum(1)
        working = work(batch, call, task)
        assert_same(working.terms.sum(axis=1), losses.detach(), dtype, "losses")
        losses.sum().backward()
        assert_same(working.gradients, x.grad, dtype, "gradients")


TENSORFLOW_ONLY = {("SparseCategoricalCrossentropy", False), ("BinaryFocalCrossentropy", True)}
"""(call, from logits) that Keras computes otherwise without TensorFlow."""


@pytest.mark.parametrize(("call", "task", "kind", "dtype"), cases(Convention.KERAS))
def test_keras(call, task, kind, dtype):
    os.environ.setdefault("KERAS_BACKEND", "torch")
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    keras = pytest.importorskip("keras", reason="Keras is not installed")
    logits = kind is InputKind.LOGITS
    if (call.name, logits) in TENSORFLOW_ONLY:
        pytest.skip("only with the TensorFlow backend")
    for seed in SEEDS:
        batch = replace(batch_for(call, task, kind, dtype, seed), class_weights=None)
        x = torch.tensor(batch.predictions, requires_grad=True)
        options = {"from_logits": logits, "label_smoothing": batch.smoothing}
        if "Sparse" in call.name:
            del options["label_smoothing"]
        if "KL" in call.name:
            options = {}
        if "Focal" in call.name:
            options |= {"gamma": batch.gamma}
            if batch.alpha is not None:
                options |= {"alpha": batch.alpha}
                options |= {"apply_class_balancing": True} if "Binary" in call.name else {}
        target = batch.targets.argmax(axis=1) if call.by_index else batch.targets
        given = torch.softmax(x, 1) if "KL" in call.name and logits else x
        keras.config.set_floatx(dtype.__name__)
        loss = getattr(keras.losses, call.name)(reduction=None, **options)
        losses = loss(torch.tensor(target, device=x.device), given)
        working = work(batch, call, task)
        # With PyTorch beneath it, Keras takes means over labels in single precision.
        precision = np.float32 if call.name.startswith("Binary") else dtype
        assert_same(working.terms.sum(axis=1), losses.detach(), precision, "losses")
        losses.sum().backward()
        assert_same(working.gradients, x.grad, precision, "gradients")


@pytest.mark.parametrize(("call", "task", "kind", "dtype"), cases(Convention.OPTAX))
def test_optax(call, task, kind, dtype):
    optax = pytest.importorskip("optax", reason="optax is not installed")
    import jax
    import jax.numpy as jnp

    with jax.enable_x64(dtype is np.float64):
        for seed in SEEDS:
            batch = batch_for(call, task, kind, dtype, seed)
            t = jnp.asarray(batch.targets)
            if batch.smoothing:
                t = optax.smooth_labels(t, batch.smoothing)
            options = {"gamma": batch.gamma, "alpha": batch.alpha} if "focal" in call.name else {}

            def losses_of(x, t=t, options=options, logits=batch.logits):
                function = getattr(optax.losses, call.name)
                if "kl" in call.name:
                    x = jax.nn.log_softmax(x) if logits else jnp.log(x)
                target = t.argmax(axis=1) if call.by_index else t
                return function(x, target, **options).reshape(len(t), -1).sum(axis=1)

            x = jnp.asarray(batch.predictions)
            working = work(batch, call, task)
            assert_same(working.terms.sum(axis=1), losses_of(x), dtype, "losses")
            gradients = jax.grad(lambda x, losses_of=losses_of: losses_of(x).sum())(x)
            assert_same(working.gradients, gradients, dtype, "gradients")
