"""Confidence intervals: the interval that each statistic deserves, with its guarantee."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import inf, isfinite, log, pi, sqrt, tan
from statistics import NormalDist

import numpy as np

from studytool.numerics.binomial import greatest_share, least_share
from studytool.numerics.quadrature import gauss_rule

GUARD = 3.5
"""Standard errors on each side of an estimate whose law is normal."""
SIDE_ERROR = NormalDist().cdf(-GUARD)
"""The chance, 2.3e-4, that an interval leaves the truth out on one side."""


class Basis(StrEnum):
    """The theorem that an interval rests on."""

    CLOPPER_PEARSON = "clopper-pearson"
    """The share of an event: exact for every chance and every n."""
    ORDER_STATISTICS = "order-statistics"
    """A median: exact for every continuous law."""
    BERNSTEIN = "bernstein"
    """A mean or variance of values in a known range: for every law in it."""
    STUDENT = "student"
    """Student's t, or the delta method: for light tails."""
    COMPUTED = "computed"
    """No draws: a number to floating-point accuracy."""
    NONE = "none"
    """Nothing bounds it: the interval is the whole line."""


@dataclass(frozen=True, slots=True)
class ConfidenceInterval:
    """The numbers that the draws do not rule out, from ``low`` to ``high``.

    >>> ConfidenceInterval(0.9, 1.1).lies_in(1.0, 0.2), ConfidenceInterval(0.9, 1.1).misses(1.5, 0.2)
    (True, True)
    """

    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Return half its width."""
        return (self.high - self.low) / 2

    def lies_in(self, center: float, reach: float) -> bool:
        """Tell whether all of it is at most ``reach`` from a number."""
        return center - reach <= self.low and self.high <= center + reach

    def misses(self, center: float, reach: float) -> bool:
        """Tell whether all of it is further than ``reach`` from a number."""
        return self.high < center - reach or center + reach < self.low


WHOLE_LINE = ConfidenceInterval(-inf, inf)


def share_interval(count: int, trials: int) -> ConfidenceInterval:
    """Return the Clopper–Pearson interval of a chance."""
    return ConfidenceInterval(
        least_share(count, trials, SIDE_ERROR), greatest_share(count, trials, SIDE_ERROR)
    )


def student_interval(value: float, standard_error: float, degrees: int) -> ConfidenceInterval:
    """Return Student's t interval."""
    if not isfinite(standard_error) or degrees < 1:
        return WHOLE_LINE
    reach = student_quantile(degrees) * standard_error
    return ConfidenceInterval(value - reach, value + reach)


def bernstein_reach(variance: float, width: float, trials: int) -> float:
    """Return how far the mean of values in a range of that width can be from the sample's.

    Source: Maurer & Pontil 2009, arXiv:0907.3740, theorem 4.
    """
    doubt = log(2 / SIDE_ERROR)
    return sqrt(2 * variance * doubt / trials) + 7 * width * doubt / (3 * (trials - 1))


def deviation_reach(width: float, trials: int) -> float:
    """Return how far the standard deviation of values in a range can be from the sample's.

    Source: Maurer & Pontil 2009, arXiv:0907.3740, theorem 10.
    """
    return width * sqrt(2 * log(1 / SIDE_ERROR) / (trials - 1))


@cache
def student_quantile(degrees: int, error: float = SIDE_ERROR) -> float:
    """Return t with P(T > t) = error < 1/2 for Student's law.

    Of many degrees it is a normal law's, corrected. Else the tail is ∫ sin^(ν−1) over the angles from 0 to arctan(√ν/t), so that nothing is unbounded.

    >>> round(student_quantile(1, 0.025), 3), round(student_quantile(10, 0.025), 4)
    (12.706, 2.2281)
    """
    if degrees >= _MANY:
        return _near_normal(degrees, -NormalDist().inv_cdf(error))
    low, high = 0.0, pi / 2
    for _ in range(90):
        middle = (low + high) / 2
        low, high = (low, middle) if _student_above(middle, degrees) > error else (middle, high)
    return sqrt(degrees) / tan(low)


_MANY = 2_000
"""Degrees of freedom beyond which three corrections leave a relative error below 1e-9."""


def _near_normal(degrees: int, z: float) -> float:
    """Return Student's quantile from the normal law's, z.

    Source: Abramowitz & Stegun 1964, eq. 26.7.5.
    """
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / degrees + second / degrees**2 + third / degrees**3


def _student_above(angle: float, degrees: int) -> float:
    """Return P(T > √ν/tan(angle))."""
    reach = 15 / sqrt(degrees)
    above = _sines(max(0.0, angle - reach), angle, degrees - 1)
    return above / (2 * _sines(max(0.0, pi / 2 - reach), pi / 2, degrees - 1))


def _sines(low: float, high: float, power: int) -> float:
    nodes, weights = gauss_rule()
    return float((weights * np.sin(low + (high - low) * nodes) ** power).sum()) * (high - low)
