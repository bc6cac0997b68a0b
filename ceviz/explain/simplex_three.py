"""Three of the classes that compete, and what they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ceviz.core.corners import Corners
from ceviz.core.document import Vectors
from ceviz.explain.parts import effective_target, shown_probabilities
from ceviz.explain.shown import Shown


@dataclass(frozen=True, slots=True)
class Three:
    """Three classes of the shown sample, and what they have together of prediction and target."""

    shown: Shown
    classes: Corners

    @property
    def all(self) -> bool:
        """Whether there are no other classes."""
        return self.shown.state.class_count == len(self.classes)

    @property
    def together(self) -> float:
        return float(self.probabilities.sum())

    @property
    def probabilities(self) -> Vectors:
        return shown_probabilities(self.shown)[list(self.classes)]

    @property
    def targets(self) -> Vectors:
        return effective_target(self.shown)[list(self.classes)]

    @property
    def target_together(self) -> float:
        return float(self.targets.sum())

    @property
    def base(self) -> float:
        """What the lowest place costs, in nats, of soft targets above the floor: the doing of the others."""
        if self.all:
            return 0.0
        t, p = effective_target(self.shown).copy(), shown_probabilities(self.shown).copy()
        others = [k for k in range(len(t)) if k not in self.classes]
        t = np.append(t[others], self.target_together)
        p = np.append(p[others], self.together)
        counts = t > 0
        with np.errstate(divide="ignore"):
            # Not the logarithm of the quotient, which overflows where p is next to 0.
            return float((t[counts] * (np.log(t[counts]) - np.log(p[counts]))).sum())

    @property
    def rest(self) -> float:
        """The probability of the other classes."""
        return float(np.delete(shown_probabilities(self.shown), list(self.classes)).sum())

    @property
    def ruled_out(self) -> list[int]:
        """The corners that make the loss infinite."""
        return np.flatnonzero((self.targets > 0) & (self.probabilities == 0)).tolist()
