"""A part of a loss: what one class, answer or label adds."""

from __future__ import annotations

from dataclasses import dataclass

from ceviz.core.document import Unit
from ceviz.explain import numbers


@dataclass(frozen=True, slots=True)
class Part:
    """−t ln p of one class or answer, in the shown unit; for a label the sum of its two answers.

    `surprise` is −ln p in nats. `off_surprise` is −ln(1 − p) for a label, None where classes compete.

    With options, or by a framework's rules, the term is weight (1 − p)^gamma (−t ln p), of the target after
    smoothing and of the p that went into the logarithm: `used`, whose −ln is `surprise`; `probability` is the
    one that was predicted. A label's answer "no" has the weight `off_weight`. `clipped` says what was done to
    keep a logarithm finite. `divergence`: t ln t (and for the generalised one p − t) is added.
    """

    class_index: int
    name: str
    target: float
    probability: float
    surprise: float
    off_surprise: float | None
    value: float
    weight: float = 1.0
    off_weight: float = 1.0
    gamma: float = 0.0
    clipped: str = ""
    used: float | None = None
    divergence: str = ""

    @property
    def value_text(self) -> str:
        """The term as it is shown."""
        return numbers.term(self.value)

    @property
    def place(self) -> float:
        """The p at which the loss stands on a curve."""
        p = self.probability if self.used is None or self.clipped else self.used
        return min(max(p, 0.0), 1.0)


def in_unit(nats: float, unit: Unit) -> float:
    """A loss given in nats, in the unit."""
    return nats / numbers.LN2 if unit is Unit.BITS else nats
