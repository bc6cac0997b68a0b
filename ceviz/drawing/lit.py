"""Which class stands out of the others, in every view at once."""

from __future__ import annotations

from dataclasses import dataclass

from ceviz.drawing.theme import Theme


@dataclass(frozen=True, slots=True)
class Lit:
    """A lit class (-1: none), the one before it, and how far from that to this one it has come, 0 to 1."""

    class_index: int = -1
    before: int = -1
    share: float = 1.0

    def opacity(self, class_index: int, theme: Theme) -> float:
        """How strongly a class is drawn; -1 stands for all that are not lit."""
        unlinked = theme.opacity["unlinked"]
        start = 1.0 if self.before in (-1, class_index) else unlinked
        end = 1.0 if self.class_index in (-1, class_index) else unlinked
        return start + self.share * (end - start)


ALIKE = Lit()
"""No class stands out."""
