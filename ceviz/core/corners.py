"""The three classes at the corners of a simplex, as the name of a lens: "simplex:0,3,7", classes from 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Corners = tuple[int, int, int]

_KEY = "simplex"
ALL: Corners = (0, 1, 2)
"""The corners of a task of three classes."""


def simplex_lens(corners: Corners, class_count: int) -> str:
    """The name of the lens that shows these corners; of three classes there is but one.

    >>> simplex_lens((0, 3, 7), 10)
    'simplex:0,3,7'
    """
    return _KEY if class_count == 3 else f"{_KEY}:{','.join(map(str, corners))}"


def corners_of(lens: str | None, class_count: int) -> Corners | None:
    """The corners that a lens shows, top, left and right; None for a lens that is no simplex.

    What is no class, or is named twice, gives way to the first classes that are not shown yet.

    >>> corners_of("simplex:0,3,7", 10), corners_of("simplex:7,7,99", 10), corners_of("simplex", 3)
    ((0, 3, 7), (7, 0, 1), (0, 1, 2))
    """
    key, _, listed = (lens or "").partition(":")
    if key != _KEY or class_count < 3:
        return None
    if class_count == 3:
        return ALL
    if not listed:
        return None
    named = [int(text) for text in listed.split(",") if text.isdecimal() and len(text) < 7]
    order = dict.fromkeys(k for k in (*named, *ALL, 3, 4) if k < class_count)
    first, second, third, *_ = order
    return first, second, third


def with_corner(corners: Corners, place: int, class_index: int) -> Corners:
    """The corners with another class at one of them; a class that stood elsewhere changes places.

    >>> with_corner((0, 3, 7), 0, 7)
    (7, 3, 0)
    """
    swapped = {corners[place]: class_index, class_index: corners[place]}
    first, second, third = (swapped.get(k, k) for k in corners)
    return first, second, third


def usual_corners(targets: Sequence[float], probabilities: Sequence[float]) -> Corners:
    """The three classes with the largest target, then probability: a true class and the two largest others.

    >>> usual_corners([0, 0, 1, 0], [0.4, 0.1, 0.2, 0.3])
    (2, 0, 3)
    """
    # NaN, of logits without probabilities, compares with nothing.
    known = [p if p == p else 0.0 for p in probabilities]
    first, second, third, *_ = sorted(range(len(targets)), key=lambda k: (-targets[k], -known[k]))
    return first, second, third


def moved_lens(lens: str | None, before: Sequence[str], after: Sequence[str]) -> str | None:
    """The lens that shows the same classes once there are others, or in another order."""
    corners = None if before == after else corners_of(lens, len(before))
    if corners is None or lens == _KEY:
        return lens
    return f"{_KEY}:{','.join(map(str, _moved(corners, before, after)))}"


def _moved(corners: Iterable[int], before: Sequence[str], after: Sequence[str]) -> Iterable[int]:
    """Where the classes are now: by their names; one that was renamed stays where it was."""
    places = {name: k for k, name in enumerate(after)}
    for k in corners:
        if k < len(after) and after[k] == before[k]:
            yield k
        elif before[k] in places:
            yield places[before[k]]
        elif len(before) == len(after):
            yield k
