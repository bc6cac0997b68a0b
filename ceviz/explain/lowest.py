"""The lowest loss that any prediction of competing classes can have, and where.

Without weights and focal factor that is the entropy of the target, at the target itself.
"""

from __future__ import annotations

import numpy as np

from ceviz.core import losses
from ceviz.core.document import Convention, Vectors
from ceviz.explain import focal
from ceviz.explain.option_parts import divergence, focal_gamma
from ceviz.explain.parts import (
    effective_target,
    floor_and_excess,
    in_unit,
    shown_loss,
    shown_probabilities,
    shown_target,
    splits,
)
from ceviz.explain.shown import Shown

_NEAR = 1e-10
"""An excess below that share of the lowest cost is worked out without a difference of two costs."""
_KERAS_ALPHA = 0.25


def class_factors(shown: Shown) -> Vectors:
    """(K,) What stands in front of each (1 − p)^γ (−t ln p): class weight times alpha."""
    options, call = shown.state.options, shown.result.call
    weights = np.ones(shown.state.class_count)
    if options.class_weights is not None:
        weights = np.array(options.class_weights)
        if call is not None and call.convention is Convention.KERAS:
            # Keras gives the whole sample the weight of its class.
            weights = np.full(len(weights), weights[shown_target(shown).argmax()])
    alpha = options.focal_alpha
    if alpha is None and call is not None and call.name == "CategoricalFocalCrossentropy":
        alpha = _KERAS_ALPHA
    return weights if alpha is None else weights * alpha


def class_counts(shown: Shown) -> Vectors:
    """(K,) How much the cost of each class counts: its factor times its target after smoothing."""
    target = effective_target(shown)
    if shown.state.options.label_smoothing == 0:
        # Keras' divergence brings a target of 0 to 1e-7.
        target = np.where(shown_target(shown) == 0, 0.0, target)
    return class_factors(shown) * target


def floor_of(shown: Shown) -> float:
    """The smallest loss there is, in the shown unit; a divergence can always be 0."""
    counts, gamma = class_counts(shown), focal_gamma(shown)
    if divergence(shown.result.call) or not counts.any():
        return 0.0
    if splits(shown):
        return floor_and_excess(shown)[0]
    return in_unit(weighted_cost(counts, best(counts, gamma), gamma), shown.evaluation.unit)


def excess_of(shown: Shown) -> float:
    """The shown loss above the smallest one, in the shown unit."""
    if divergence(shown.result.call):
        return shown_loss(shown)
    if splits(shown):
        return floor_and_excess(shown)[1]
    if shown.result.call is not None:
        return shown_loss(shown) - floor_of(shown)
    counts, gamma, p = class_counts(shown), focal_gamma(shown), shown_probabilities(shown)
    if not counts.any():
        return 0.0
    at = best(counts, gamma)
    plain = counts.sum() * losses.kl_divergence(at, p)
    nats = _focal_excess(counts, at, p, gamma) if gamma else float(plain)
    return in_unit(nats, shown.evaluation.unit)


def best(counts: Vectors, gamma: float, together: float = 1.0) -> Vectors:
    """The lowest place of costs that count so much, of probabilities with this sum."""
    return np.array(focal.lowest(tuple(counts.tolist()), gamma, together))


def weighted_cost(counts: Vectors, p: Vectors, gamma: float) -> float:
    """Σ count · cost, in nats; what does not count is 0 also at p = 0."""
    some = counts > 0
    return float((counts[some] * focal.cost(p[some], gamma)).sum())


def _focal_excess(counts: Vectors, at: Vectors, p: Vectors, gamma: float) -> float:
    """Close to the lowest place the integral of (p − q) times the bend, which takes no difference."""
    least = weighted_cost(counts, at, gamma)
    excess = weighted_cost(counts, p, gamma) - least
    if not excess < _NEAR * least:
        return excess
    nodes, shares = np.polynomial.legendre.leggauss(16)
    some = counts > 0
    way = (p - at)[some, None] / 2
    q = at[some, None] + way * (1.0 + nodes)
    return float((counts[some] * (shares * way**2 * (1.0 - nodes) * focal.bend(q, gamma)).sum(axis=1)).sum())
