"""Sentences about what is shown, as spans that carry their meaning instead of a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["plain", "class", "loss", "strong", "danger"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence; `class_index` names the class for the role `class`."""

    text: str
    role: Role = "plain"
    class_index: int | None = None
