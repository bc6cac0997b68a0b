"""Pieces of a sentence that carry their meaning instead of a colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["plain", "class", "loss", "strong", "danger"]

PICTURED = frozenset({"dog", "cat", "panda", "ball", "person"})
"""The things that come with a picture: nouns, so that sentences may say "a dog", as of no other name."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence; `class_index` names the class for the role `class`.

    `sample` is the sample that the text names, for where it can be clicked.
    """

    text: str
    role: Role = "plain"
    class_index: int | None = None
    sample: int | None = None


def say(*pieces: str | Span) -> tuple[Span, ...]:
    """A sentence from plain text and spans."""
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in pieces)


def plain_text(spans: tuple[Span, ...]) -> str:
    """A sentence without its colours."""
    return "".join(span.text for span in spans)


def loss_span(text: str) -> Span:
    """Text in the colour of losses."""
    return Span(text, "loss")


_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number_word(n: int) -> str:
    """A small count in words, a larger one in figures."""
    return _WORDS[n] if n < len(_WORDS) else f"{n:,}"
