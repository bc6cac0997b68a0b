"""How each framework computes the losses, by its own rules and in its own precision.

`outcome` does one model's batch; what a framework refuses raises `RefusedError`.
"""

from ceviz.core.conventions.outcome import Outcome, exact_options, is_plain, outcome
from ceviz.core.conventions.parts import RefusedError, Working
from ceviz.core.conventions.reductions import Divisor

__all__ = ["Divisor", "Outcome", "RefusedError", "Working", "exact_options", "is_plain", "outcome"]
