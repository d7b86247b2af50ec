"""Count the pairs of an order that stand the right way round."""

from collections.abc import Sequence
from itertools import combinations


def share_of_pairs(answer: Sequence[str], right: Sequence[str]) -> float:
    """Return the share of pairs that an answer has in the right order: 1 where all are.

    >>> share_of_pairs("abcd", "abdc")
    0.8333333333333334
    """
    return 1 - len(turned_pairs(answer, right)) / (len(right) * (len(right) - 1) / 2)


def turned_pairs(answer: Sequence[str], right: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs that an answer has the wrong way round, each in the right order."""
    place = {name: number for number, name in enumerate(answer)}
    return [(one, other) for one, other in combinations(right, 2) if place[one] > place[other]]
