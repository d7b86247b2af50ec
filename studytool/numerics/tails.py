"""The diagnosis of a tail: whether a mean is carried by draws so rare that they may be missing.

The largest deviations are kept while the replicates stream by. Beyond them a tail like a power law
is assumed, whose index is Hill's estimate: that says how much the draws rarer than one in so many
would add to the mean if this sample has missed them. Beside a light tail it is little.
Source: Hill 1975, Annals of Statistics 3, 1163; Embrechts, Klüppelberg & Mikosch 1997, section 6.4.
"""

from dataclasses import dataclass, field
from math import inf, log, sqrt

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.intervals import GUARD, SIDE_ERROR

MOST_MISSING = 0.3
"""Of the interval's half: more than this may not be missing."""
LARGEST_TERM = 0.15
"""Of the sum of squares: more than this may not be one draw."""
LARGEST_OF_FEW = 0.35
"""The same of fewer draws than have an index: of 128 exponential ones it is often a fifth."""
HALVES_APART = 0.5
"""Between the logarithms of the variances of two halves."""
HALVES_DISTANCE = 5.0
"""Standard errors between the means of two halves, once in 1.7e6 for a light tail."""
LEAST_INDEX = 1.3
"""Of a tail whose mean can be bounded at all: 1 would be needed, and Hill's estimate errs."""
HALF_OF_ALL = 0.5
"""Of the sum of squares: where one draw is as much, nothing bounds what the next may be."""
FEWEST = 512
"""Draws for which there is an index of the tail; fewer show only their largest term."""

_TAIL = 128
_EACH = 32
"""One in so many draws counts as the tail, up to 128."""
_KEPT = _TAIL + 1
"""Rows kept at each end: the tail's, and the one that it begins at."""
_UNSEEN = -log(SIDE_ERROR)
"""So many draws are expected of what is missed with the chance of an interval's error: 8.4."""


@dataclass(frozen=True, slots=True)
class TailDiagnosis:
    """What a sample says of its tail.

    Attributes:
        largest_term: the share of the largest draw in the sum of squares.
        index: Hill's index of the tail, infinite for none; a mean has a variance above 2.
        missing: what unseen draws could add to the mean, over the half width of its interval.
        halves_apart: between the logarithms of the variances of the two halves.
        halves_distance: between their means, in standard errors.
        count: how many draws there are.
    """

    largest_term: float
    index: float
    missing: float
    halves_apart: float
    halves_distance: float
    count: int = FEWEST

    @property
    def is_light(self) -> bool:
        """Tell whether Student's t may be believed as it is."""
        return (
            self.missing <= MOST_MISSING
            and self.largest_term <= (LARGEST_TERM if self.count >= FEWEST else LARGEST_OF_FEW)
            and self.halves_apart <= HALVES_APART
            and self.halves_distance <= HALVES_DISTANCE
        )

    @property
    def is_hopeless(self) -> bool:
        """Tell whether nothing bounds the mean."""
        return self.index < LEAST_INDEX or self.largest_term > HALF_OF_ALL


@dataclass(slots=True)
class Extremes:
    """The rows of a stream whose values are the least and the greatest.

    Attributes:
        rows: shape (kept, columns); the value is a function of the columns.
        values: shape (kept,).
    """

    rows: Array = field(default_factory=lambda: np.empty((0, 0)))
    values: Array = field(default_factory=lambda: np.empty(0))
    _inner: tuple[float, float] = (inf, -inf)

    def add(self, rows: Array, values: Array) -> None:
        """Add rows of shape (n, columns) by their values, shape (n,)."""
        outside = (values < self._inner[0]) | (values > self._inner[1])
        if outside.any():
            self._keep(rows[outside], values[outside])

    def _keep(self, rows: Array, values: Array) -> None:
        self.rows = np.concatenate((self.rows, rows)) if self.values.size else rows
        self.values = np.concatenate((self.values, values))
        if self.values.size > 2 * _KEPT:
            order = np.argpartition(self.values, (_KEPT - 1, self.values.size - _KEPT))
            ends = np.concatenate((order[:_KEPT], order[-_KEPT:]))
            self.rows, self.values = self.rows[ends], self.values[ends]
            self._inner = float(self.values[:_KEPT].max()), float(self.values[_KEPT:].min())


@dataclass(frozen=True, slots=True)
class HalfSample:
    """The number of draws in one half, their mean and their variance."""

    count: int
    mean: float
    variance: float


def diagnose(
    deviations: Array, sum_of_squares: float, halves: tuple[HalfSample, HalfSample]
) -> TailDiagnosis:
    """Diagnose a tail.

    Args:
        deviations: the largest distances from a typical draw, in any order. The mean would not do:
            beside a tail that is heavy enough all draws but a few are equally far from it.
        sum_of_squares: of all distances from the mean.
        halves: two halves of the draws that do not depend on each other.
    """
    count = halves[0].count + halves[1].count
    if not np.isfinite(sum_of_squares):
        return TailDiagnosis(1.0, 0.0, inf, inf, inf)
    largest = np.sort(deviations)[::-1]
    term = float(largest[0]) ** 2 / sum_of_squares if sum_of_squares else 0.0
    index, missing = _beyond(largest, count)
    reach = GUARD * sqrt(sum_of_squares) / count
    relative = missing / reach if reach else 0.0
    return TailDiagnosis(term, index, relative, *_between(halves), count)


def _beyond(largest: Array, count: int) -> tuple[float, float]:
    """Return Hill's index, and what draws beyond those that must have been seen add to a mean."""
    kept = min(_TAIL, count // _EACH, largest.size - 1)
    if count < FEWEST or kept < 2 or not largest[kept] > 0:
        return inf, 0.0
    spacing = float(np.log(largest[:kept] / largest[kept]).mean())
    if spacing == 0:
        return inf, 0.0
    index = 1 / spacing
    if index <= 1:
        return index, inf
    start = float(largest[kept]) * (kept / _UNSEEN) ** spacing
    return index, _UNSEEN / count * start * index / (index - 1)


def _between(halves: tuple[HalfSample, HalfSample]) -> tuple[float, float]:
    """Return how far two halves are apart: their spreads, and their means."""
    one, other = halves
    if min(one.count, other.count) < 2:
        return 0.0, 0.0
    if not one.variance or not other.variance:
        return (0.0, 0.0) if one.variance == other.variance else (inf, inf)
    apart = abs(log(one.variance / other.variance)) if one.count * 2 >= FEWEST else 0.0
    error = sqrt(one.variance / one.count + other.variance / other.count)
    if not error:  # of variances too small to be divided
        return apart, 0.0 if one.mean == other.mean else inf
    return apart, abs(one.mean - other.mean) / error
