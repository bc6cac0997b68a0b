"""Names of classes among other words."""

from __future__ import annotations


def as_word(name: str) -> str:
    """A name that can stand in a sentence: one that would read as a number is quoted.

    >>> as_word("2"), as_word("-1"), as_word("not 2"), as_word("dog 2")
    ('“2”', '“-1”', '“not 2”', 'dog 2')
    """
    return f"“{name}”" if reads_as_number(name) else name


def reads_as_number(name: str) -> bool:
    """Whether a name begins with a digit, be it behind a sign or, of an answer, behind "not "."""
    return name.removeprefix("not ").lstrip("+-−±.,")[:1].isdigit()
