"""Tell whether the numbers of a draw stand apart: the key, and what misconceptions make of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from studytool.packs.rounding import without_noise
from studytool.quiz.tolerance import Tolerance, exact, reach_of

SEPARATION = 2.0
"""A misconception nearer to the key than this many tolerances would be marked by luck."""


@dataclass(frozen=True, slots=True)
class Closeness:
    """What of a draw cannot be told apart.

    Attributes:
        meets_key: the misconception whose number may be marked right; None without any.
        is_apart: whether each misconception is told by its number: none is near the key, and no
            two are near each other.
    """

    meets_key: str | None
    is_apart: bool


def closeness_of(
    key: float, wrongs: Sequence[tuple[str, float]], tolerance: Tolerance
) -> Closeness:
    """Compare the key of a draw with the numbers of its misconceptions, given by id."""
    apart = SEPARATION * tolerance.distance(key)
    reach = reach_of(key, tolerance)
    for name, value in wrongs:
        if abs(value - key) <= apart or reach.is_right(exact(value)):
            return Closeness(name, is_apart=False)
    farthest = reach.farthest()
    near_key = any(
        reach.is_near(Fraction(without_noise(value)))
        for _, value in wrongs
        if abs(value - key) <= farthest
    )
    alike = any(
        abs(one - other) <= SEPARATION * max(map(tolerance.distance, (one, other)))
        for (_, one), (_, other) in combinations(wrongs, 2)
    )
    return Closeness(None, is_apart=not near_key and not alike)
