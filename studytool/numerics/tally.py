"""The estimate of a quantity whose replicates come batch by batch, with the interval it deserves."""

from dataclasses import dataclass, field, replace
from math import isfinite, nan, sqrt

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.binomial import quantile_ranks
from studytool.numerics.blocks import FEWEST, BlockSums, confirmed, median_error
from studytool.numerics.deserved_interval import (
    doubtful,
    hides,
    least_draws,
    root_of,
    skew_shift,
    unseen,
    with_student_interval,
)
from studytool.numerics.estimate import Doubt, Estimate, Estimator, Moments
from studytool.numerics.intervals import (
    GUARD,
    SIDE_ERROR,
    Basis,
    ConfidenceInterval,
    bernstein_reach,
    deviation_reach,
    share_interval,
)
from studytool.numerics.known_range import ANYWHERE, ROUNDING, KnownRange
from studytool.numerics.tails import Extremes, HalfSample, diagnose

_FIRST = 64
FAR_FROM_ZERO = 10.0
"""Standard errors: a ratio is taken over a mean of either sign that is so far from 0, or not at all.
What is over and what it is over may err together, which the delta method cannot tell from rest."""
TIED_SHARE = 1e-3
"""More than this share of the draws at the very median is no continuous law."""


@dataclass(slots=True)
class Tally:
    """The estimate of a quantity, from batches of any size.

    Attributes:
        known: where its values lie; of a ratio, those of its first column.
        known_over: of a ratio, where those of its second column lie.
    """

    estimator: Estimator
    known: KnownRange = ANYWHERE
    known_over: KnownRange = ANYWHERE
    _halves: list[Moments] = field(default_factory=lambda: [Moments(), Moments()])
    _over: Moments = field(default_factory=Moments)
    _over_signs: set[float] = field(default_factory=set)
    _top: Moments = field(default_factory=Moments)
    _cross: float = 0.0
    _around: float | None = None
    _squares: Moments = field(default_factory=Moments)
    _extremes: Extremes = field(default_factory=Extremes)
    _kept: list[Array] = field(default_factory=list)
    _first: list[Array] = field(default_factory=list)
    _blocks: BlockSums = field(default_factory=BlockSums)
    _count: int = 0

    def add(self, batch: Array) -> None:
        """Add replicates of shape (n,), or (n, 2) for a ratio."""
        if self.estimator in (Estimator.MEDIAN, Estimator.EXACT):
            self._kept.append(np.asarray(batch, dtype=np.float64))
        elif self.estimator is Estimator.RATIO:
            self._add_pairs(np.asarray(batch, dtype=np.float64))
        else:
            values = np.asarray(batch, dtype=np.float64)
            self._add_values(values[:, np.newaxis], values)

    def _add_values(self, rows: Array, values: Array) -> None:
        """Add each value to one of two halves in turn, and keep the extreme ones."""
        for half in (0, 1):
            part = values[(self._count + half) % 2 :: 2]
            self._halves[half] = self._halves[half].merge(Moments.of(part))
        if self._count < _FIRST:
            self._first.append(rows[: _FIRST - self._count])
        if self.estimator in (Estimator.VARIANCE, Estimator.STD):
            self._add_squares(values)
        self._count += values.size
        self._extremes.add(rows, values)
        self._blocks.add(rows, squared=self.estimator in (Estimator.VARIANCE, Estimator.STD))

    def _add_squares(self, values: Array) -> None:
        """Add the squares about a point near the mean, whose skew is that of the variance."""
        if self._around is None:
            self._kept.append(values)
            values = np.concatenate(self._kept)
            if values.size < _FIRST:
                return
            self._around = float(values[:_FIRST].mean())
            self._kept.clear()
        self._squares = self._squares.merge(Moments.of(np.square(values - self._around)))

    def _add_pairs(self, batch: Array) -> None:
        top, bottom = Moments.of(batch[:, 0]), Moments.of(batch[:, 1])
        cross = float(((batch[:, 0] - top.mean) * (batch[:, 1] - bottom.mean)).sum())
        a, b = self._top.count, top.count
        between = (top.mean - self._top.mean) * (bottom.mean - self._over.mean)
        self._cross += cross + (between * a * b / (a + b) if a else 0.0)
        self._top, self._over = self._top.merge(top), self._over.merge(bottom)
        self._over_signs |= {float(np.sign(end)) for end in (batch[:, 1].min(), batch[:, 1].max())}
        if self._around is None:
            self._around = top.mean / bottom.mean if bottom.mean else 0.0
        self._add_values(batch, batch[:, 0] - self._around * batch[:, 1])

    @property
    def _typical(self) -> Array:
        """Return a typical row: the medians of the first draws, which no rare one can move."""
        typical: Array = np.median(np.concatenate(self._first), axis=0)
        return typical

    @property
    def _moments(self) -> Moments:
        return self._halves[0].merge(self._halves[1])

    def estimate(self) -> Estimate:
        """Return the estimate so far, with the interval of its statistic.

        Where blocks of the replicates scatter otherwise than its standard error says, it has none.
        """
        found = self._found()
        if found.replicates < FEWEST or found.basis in (Basis.NONE, Basis.COMPUTED):
            return found
        if self.estimator is Estimator.MEDIAN:
            return confirmed(found, median_error(np.concatenate(self._kept)))
        return confirmed(found, self._blocks.error(self.estimator, found.value))

    def _found(self) -> Estimate:
        match self.estimator:
            case Estimator.MEAN:
                return self._mean()
            case Estimator.VARIANCE:
                return self._variance()
            case Estimator.STD:
                return root_of(self._variance())
            case Estimator.RATIO:
                return self._ratio()
            case Estimator.MEDIAN:
                return _median(np.concatenate(self._kept))
            case Estimator.EXACT:
                value = float(self._kept[0][0])
                return Estimate(value, 0.0, 1, basis=Basis.COMPUTED)

    def _mean(self) -> Estimate:
        moments = self._moments
        found, width = moments.mean_estimate(), self.known.width
        if moments.binary and self.known.is_share:
            successes = round(moments.mean * moments.count)
            interval = share_interval(successes, moments.count)
            return replace(found, interval=interval, basis=Basis.CLOPPER_PEARSON)
        if _is_still(moments) and not isfinite(width):
            return doubtful(found, Doubt.NO_SPREAD)
        if not isfinite(width) and hides(self.known.part, moments.variance, moments.count):
            return unseen(found, self.known.part, moments.variance)
        found = replace(found, least=least_draws(width, moments.variance))
        if found.least <= moments.count:
            return with_student_interval(found, shift=skew_shift(moments))
        if isfinite(width):
            reach = bernstein_reach(moments.variance, width, moments.count)
            interval = ConfidenceInterval(
                max(found.value - reach, self.known.low), min(found.value + reach, self.known.high)
            )
            return replace(found, interval=interval, basis=Basis.BERNSTEIN)
        distances = np.abs(self._extremes.rows[:, 0] - self._typical[0])
        one, other = (HalfSample(half.count, half.mean, half.variance) for half in self._halves)
        tail = diagnose(distances, moments.sum2, (one, other))
        return with_student_interval(found, tail, shift=skew_shift(moments))

    def _variance(self) -> Estimate:
        moments = self._moments
        found, width = moments.variance_estimate(), self.known.width
        farthest = max(self.known.high - moments.mean, moments.mean - self.known.low)
        if _is_still(moments):
            return doubtful(found, Doubt.NO_SPREAD)
        center = moments.sum2 / moments.count
        squares = max(moments.sum4 - moments.count * center**2, 0.0)
        if not isfinite(width) and hides(
            self.known.part**2, squares / moments.count, moments.count
        ):
            return unseen(found, self.known.part**2, squares / moments.count)
        found = replace(found, least=least_draws(farthest**2, squares / moments.count))
        shift = skew_shift(self._squares) if self._squares.count == moments.count else 0.0
        if found.least <= moments.count:
            return with_student_interval(found, shift=shift)
        if isfinite(width):
            root, reach = sqrt(found.value), deviation_reach(width, moments.count)
            interval = ConfidenceInterval(max(0.0, root - reach) ** 2, (root + reach) ** 2)
            return replace(found, interval=interval, basis=Basis.BERNSTEIN)
        squared = (self._extremes.rows[:, 0] - moments.mean) ** 2
        distances = np.abs(squared - (self._typical[0] - moments.mean) ** 2)
        one, other = (_half_of_variance(half) for half in self._halves)
        return with_student_interval(found, diagnose(distances, squares, (one, other)), shift=shift)

    def _ratio(self) -> Estimate:
        """Estimate mean(a)/mean(b) by the delta method, with the covariance of the pairs."""
        n, a, b = self._top.count, self._top.mean, self._over.mean
        ratio = a / (b or nan)
        covariance = self._cross / (n - 1)
        spread = self._top.variance + ratio**2 * self._over.variance - 2 * ratio * covariance
        found = Estimate(ratio, sqrt(max(spread, 0.0) / n) / (abs(b) or nan), n)
        if b and sqrt(self._moments.sum2 / n) <= ROUNDING * abs(a):
            return doubtful(found, Doubt.NO_SPREAD)
        is_near = n * b**2 < FAR_FROM_ZERO**2 * self._over.variance
        if b == 0 or (is_near and {-1.0, 1.0} <= self._over_signs):
            return doubtful(found, Doubt.OVER_ZERO)
        width = self.known.width + abs(ratio) * self.known_over.width
        part = self.known.part + abs(ratio) * self.known_over.part
        if not isfinite(width) and hides(part, spread, n):
            return unseen(found, part, spread)
        found = replace(found, least=least_draws(width, spread))
        if found.least <= n:
            return with_student_interval(found)
        if isfinite(width):
            return doubtful(found, Doubt.WIDE_RANGE)
        distances = np.abs((self._extremes.rows - self._typical) @ (1.0, -ratio))
        one, other = (HalfSample(half.count, half.mean, half.variance) for half in self._halves)
        return with_student_interval(found, diagnose(distances, spread * (n - 1), (one, other)))


def _is_still(moments: Moments) -> bool:
    """Tell whether every value is the same but for rounding."""
    return sqrt(moments.sum2 / moments.count) <= ROUNDING * abs(moments.mean)


def _half_of_variance(half: Moments) -> HalfSample:
    center = half.sum2 / half.count
    spread = half.sum4 / half.count - center**2
    return HalfSample(half.count, center, max(spread, 0.0))


def _median(sample: Array) -> Estimate:
    """Estimate the median between two order statistics; its error is theirs over 2·GUARD."""
    value, count = float(np.median(sample)), sample.size
    ranks = quantile_ranks(count, 0.5, SIDE_ERROR)
    if ranks is None:
        return doubtful(Estimate(value, nan, count), Doubt.FEW_DRAWS)
    low, high = (
        float(one)
        for one in np.partition(sample, [rank - 1 for rank in ranks])[[rank - 1 for rank in ranks]]
    )
    found = Estimate(value, (high - low) / (2 * GUARD), count)
    tied = max(int((sample == end).sum()) for end in (low, value, high))
    if tied > max(1, TIED_SHARE * count):
        return doubtful(found, Doubt.TIES)
    return replace(found, interval=ConfidenceInterval(low, high), basis=Basis.ORDER_STATISTICS)


def estimate(
    samples: Array,
    estimator: Estimator,
    known: KnownRange = ANYWHERE,
    known_over: KnownRange = ANYWHERE,
) -> Estimate:
    """Return the estimate from all replicates at once: shape (n,), or (n, 2) for a ratio."""
    tally = Tally(estimator, known, known_over)
    tally.add(samples)
    return tally.estimate()
