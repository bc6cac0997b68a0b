"""Moving texts apart: labels beside thin segments must not lie on one another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Middles of texts (y grows downwards, `wanted` ascending) that keep their order and do not overlap.

    Each stays as close to where it is wanted as those before it allow; what would leave the bottom pushes
    the others up.
    """
    placed: list[float] = []
    edge = top
    for middle, height in zip(wanted, heights, strict=True):
        placed.append(max(middle, edge + height / 2))
        edge = placed[-1] + height / 2
    edge = bottom
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], edge - heights[index] / 2)
        edge = placed[index] - heights[index] / 2
    return placed


def fitting(sizes: Sequence[float], heights: Sequence[float], room: float) -> list[int]:
    """The indices, ascending, of the largest things whose texts fit into `room` px."""
    chosen: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda i: -sizes[i]):
        room -= heights[index]
        if room < 0:
            break
        chosen.append(index)
    return sorted(chosen)
