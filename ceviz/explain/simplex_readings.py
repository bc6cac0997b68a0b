"""How to read a simplex: one or two sentences, true for the numbers shown."""

from __future__ import annotations

import numpy as np

from ceviz.explain import numbers
from ceviz.explain.lowest import class_counts, class_factors
from ceviz.explain.option_parts import divergence, focal_gamma, is_smoothed
from ceviz.explain.parts import (
    effective_target,
    in_unit,
    shown_loss,
    shown_probabilities,
    splits,
    with_short_names,
)
from ceviz.explain.shown import Shown
from ceviz.explain.simplex_three import Three

NO_COMMON_LEVELS = (
    "With a focal factor the levels of three classes depend on what the others have: A and B share none. "
    "The simplex of one model draws its own."
)


def one_hot_reading(three: Three) -> str:
    """Of straight level lines."""
    if three.rest == 0:
        return (
            "Every corner is certainty. The loss stays the same along a level line: "
            "how the rest is split does not matter."
        )
    rest, least = numbers.probability_short(three.rest), numbers.loss(_base(three))
    true = _names(three)[int(three.counts.argmax())]
    return (
        f"{_others(three)} {rest}: even at the corner of {true} the loss is {least}. "
        "Along a level line it stays the same."
    )


def soft_reading(three: Three, moved: bool) -> str:
    """Of rings around the lowest place, which options may have moved away from the target."""
    target = "smoothed target" if is_smoothed(three.shown) else "target"
    if not three.all:
        least = numbers.gradient(_base(three))
        where = f"{'not ' if moved else ''}the {target}’s share"
        return (
            f"The lowest place is {where} of these three. "
            f"The excess there, {least}, only the other classes can change."
        )
    rings = ring_words(three.shown)
    if moved:
        return f"{_movers(three.shown)} the lowest place away from the {target}. {rings}"
    if is_smoothed(three.shown):
        return f"The lowest place is no corner: it is the smoothed target t′. {rings}"
    return f"The lowest place is no longer a corner: it is the target itself. {rings}"


def ring_words(shown: Shown) -> str:
    """What the rings are levels of."""
    # A prime would touch the bars.
    kl = "KL(t′ ‖ p)" if is_smoothed(shown) else "KL(t‖p)"
    if divergence(shown.result.call):
        return f"Each ring is a level of the loss, {kl}."
    return f"Each ring is a level of excess{f', {kl}' if splits(shown) else ' over the floor'}."


def _movers(shown: Shown) -> str:
    """The options that decide where the lowest place is."""
    if not focal_gamma(shown):
        return "Weights move"
    return "Weights and focal factor move" if np.ptp(class_factors(shown)) else "The focal factor moves"


def still_reading(three: Three) -> str:
    """Of a triangle in which nothing changes the loss."""
    shown = three.shown
    if three.together == 0:
        return "The model gave these three nothing, so there is nothing for them to share."
    if three.counted_together == 0:
        loss = numbers.loss(shown_loss(shown))
        if three.targets.sum() > 0:
            return f"The classes of this target weigh 0: nothing in this triangle changes the loss, {loss}."
        if effective_target(shown).max() < 1:
            return f"The target gives these three nothing: nothing in this triangle changes the loss, {loss}."
        names = with_short_names(shown).state.classes
        true = names[int(effective_target(shown).argmax())]
        return (
            f"The true class, {true}, is none of these three: "
            f"nothing in this triangle changes the loss, {loss}."
        )
    gone = (class_counts(shown) > 0) & (shown_probabilities(shown) == 0)
    gone[list(three.classes)] = False
    name = with_short_names(shown).state.classes[int(np.flatnonzero(gone)[0])]
    return f"The model ruled out {name}, which is none of these three: the loss is infinite everywhere here."


def infinite_reading(three: Three) -> str:
    """Of a point where the loss is infinite."""
    names, gone = _names(three), three.ruled_out
    if len(gone) == 1:
        first, second = (names[k] for k in range(3) if k != gone[0])
        where = f"The whole {first}–{second} edge is infinite: there, {names[gone[0]]} gets nothing."
    else:
        both = " and ".join(names[k] for k in gone)
        where = f"Both edges at this corner are infinite: here, {both} get nothing."
    return f"{where} One step inside, the loss is finite again."


def _names(three: Three) -> list[str]:
    classes = with_short_names(three.shown).state.classes
    return [classes[k] for k in three.classes]


def _others(three: Three) -> str:
    count = three.shown.state.class_count - 3
    return "The other class has" if count == 1 else f"The other {numbers.count(count)} classes have"


def _base(three: Three) -> float:
    return in_unit(three.base, three.shown.evaluation.unit)
