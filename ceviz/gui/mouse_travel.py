"""How far a drag has come: Shift makes the same hand ten times finer."""

from __future__ import annotations

_FINE_SHARE = 0.1


class MouseTravel:
    """The way of the mouse since the press, of which a tenth counts while Shift is held.

    It goes on from where it is when Shift is pressed or released, so nothing jumps.
    """

    def __init__(self, at: float) -> None:
        self._at = at
        self._far = 0.0

    def to(self, at: float, fine: bool) -> float:
        """How far the drag has come with the mouse at `at`."""
        self._far += (at - self._at) * (_FINE_SHARE if fine else 1.0)
        self._at = at
        return self._far
