"""Three of the classes that compete, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ceviz.core.corners import Corners
from ceviz.core.document import Vectors
from ceviz.explain.lowest import best, class_counts, weighted_cost
from ceviz.explain.option_parts import focal_gamma
from ceviz.explain.parts import effective_target, shown_probabilities
from ceviz.explain.shown import Shown


@dataclass(frozen=True)
class Three:
    """Three classes of the shown sample, and what they have together of prediction and target."""

    shown: Shown
    classes: Corners

    @property
    def all(self) -> bool:
        """Whether there are no other classes."""
        return self.shown.state.class_count == len(self.classes)

    @cached_property
    def together(self) -> float:
        return float(self.probabilities.sum())

    @cached_property
    def probabilities(self) -> Vectors:
        return shown_probabilities(self.shown)[list(self.classes)]

    @property
    def targets(self) -> Vectors:
        return effective_target(self.shown)[list(self.classes)]

    @property
    def target_place(self) -> Vectors:
        """How the target shares what it gives these three; where that is nothing, no matter how."""
        return self.targets / (self.targets.sum() or 1.0)

    @cached_property
    def counts(self) -> Vectors:
        """How much the cost of each counts: its target, without class weights."""
        return class_counts(self.shown)[list(self.classes)]

    @cached_property
    def counted_together(self) -> float:
        return float(self.counts.sum())

    @cached_property
    def only(self) -> int | None:
        """The place of the one class whose cost counts, of all there are."""
        alone = np.count_nonzero(class_counts(self.shown)) == 1 and self.counted_together > 0
        return int(self.counts.argmax()) if alone else None

    @cached_property
    def base(self) -> float:
        """What the lowest place costs, in nats above the floor, where some class of these counts."""
        counts, p = class_counts(self.shown), shown_probabilities(self.shown)
        if self.all:
            return 0.0
        gamma, others = focal_gamma(self.shown), self._others
        if gamma:
            here = best(self.counts, gamma, self.together)
            cost = weighted_cost(counts[others], p[others], gamma) + weighted_cost(self.counts, here, gamma)
            return cost - weighted_cost(counts, best(counts, gamma), gamma)
        lumps, p = np.append(counts[others], self.counted_together), np.append(p[others], self.together)
        some = lumps > 0
        with np.errstate(divide="ignore"):
            # Not the logarithm of the quotient, which overflows where p is next to 0.
            logarithms = np.log(lumps[some] / lumps.sum()) - np.log(p[some])
        return float((lumps[some] * logarithms).sum())

    @property
    def _others(self) -> list[int]:
        return [k for k in range(self.shown.state.class_count) if k not in self.classes]

    @property
    def rest(self) -> float:
        """The probability of the other classes."""
        return float(shown_probabilities(self.shown)[self._others].sum())

    @property
    def ruled_out(self) -> list[int]:
        """The corners that make the loss infinite."""
        return np.flatnonzero((self.counts > 0) & (self.probabilities == 0)).tolist()
