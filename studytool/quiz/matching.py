"""Give each of several answers the place where all of them together fit best."""

from collections.abc import Sequence
from functools import cache

_IN_PLACE = 1e-6
"""What an answer gains by staying where it was typed, so that no others change places for nothing."""


def match_best(fits: Sequence[Sequence[float]]) -> tuple[int, ...]:
    """Return the place of each answer, so that the sum of the fits is the largest.

    The work grows as n·2ⁿ; a cloze has at most 12 blanks.

    Args:
        fits: shape (answer, place), 0–1, square.

    >>> match_best([[0, 1], [1, 0]]), match_best([[0, 0], [0, 0]])
    ((1, 0), (0, 1))
    """

    @cache
    def best(answer: int, free: int) -> tuple[float, tuple[int, ...]]:
        if answer == len(fits):
            return 0.0, ()
        tried = []
        for place, fit in enumerate(fits[answer]):
            if free >> place & 1:
                rest, places = best(answer + 1, free & ~(1 << place))
                gain = fit + (_IN_PLACE if place == answer else 0.0)
                tried.append((gain + rest, (place, *places)))
        return max(tried, key=lambda one: one[0])

    return best(0, (1 << len(fits)) - 1)[1]
