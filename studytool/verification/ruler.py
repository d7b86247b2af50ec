"""The ruler tried: whether standard errors are as large as estimates scatter.

A verdict compares an estimate with a number by its standard error. Where that were half as large as
it should be, every right claim would still hold. So each estimate is compared with its own pilot,
which is thrown away and whose draws are others: their distance, in standard errors of both, is that
of two draws of one law, whatever the truth and the tolerance. Its mean size is √(2/π).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, pi, sqrt

from studytool.numerics.estimate import Estimate
from studytool.numerics.intervals import Basis

EXPECTED = sqrt(2 / pi)
"""The mean of |z| for a normal z: 0.80."""
_SPREAD = sqrt(1 - 2 / pi)
"""The standard deviation of |z|."""
_ERRORS = 5.0
"""Of the mean: a right ruler is taken for a wrong one once in 1.7 million runs."""
FEWEST = 100
"""Estimates that show errors a third too small or too large; fewer show too little."""
_BASES = (Basis.STUDENT, Basis.BERNSTEIN, Basis.ORDER_STATISTICS)
"""A share's standard error counts two successes and two failures more, and is too large by that."""


@dataclass(frozen=True, slots=True)
class RulerTrial:
    """How far estimates lie from their pilots.

    Attributes:
        estimates: how many were drawn twice.
        distance: the mean distance of the two, in standard errors of their difference.
    """

    estimates: int
    distance: float

    @property
    def is_right(self) -> bool:
        """Tell whether the distance is what right standard errors give."""
        allowed = _ERRORS * _SPREAD / sqrt(self.estimates)
        return abs(self.distance - EXPECTED) <= allowed


def pilot_distance(pilot: Estimate, found: Estimate) -> float | None:
    """Return how far an estimate is from its pilot; None where that says nothing of their errors."""
    both = (pilot, found)
    if any(one.basis not in _BASES or one.doubt or not one.standard_error > 0 for one in both):
        return None
    return (found.value - pilot.value) / hypot(pilot.standard_error, found.standard_error)


def try_ruler(estimates: Iterable[Estimate]) -> RulerTrial | None:
    """Sum up estimates that were drawn twice; None of too few."""
    found = [abs(one.from_pilot) for one in estimates if one.from_pilot is not None]
    return RulerTrial(len(found), sum(found) / len(found)) if len(found) >= FEWEST else None
