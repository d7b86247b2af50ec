"""Standard errors once more, by another way: how far blocks of the replicates scatter.

Each replicate belongs to one of 128 blocks, in turn. The blocks' own estimates scatter √128 times
as far as the estimate of all, whatever the law; of light tails that is known to 6 %. An interval
that does not fit it comes from a fault of the computation, and is not to be believed.
"""

from dataclasses import dataclass, field
from math import sqrt

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.deserved_interval import doubtful
from studytool.numerics.estimate import Doubt, Estimate, Estimator
from studytool.numerics.intervals import GUARD, Basis

BLOCKS = 128
FEWEST = 8 * BLOCKS
"""Replicates whose blocks are compared."""
LEAST, MOST = 0.48, 2.0
"""Of the squared ratio of the two errors. Its law is χ²/127: a right one is beyond once in 2e7."""


@dataclass(slots=True)
class BlockSums:
    """The sums of values and of their squares in each block, about a point near their mean.

    Attributes:
        sums: of each column, shape (columns, 128).
        squares: of the first column, shape (128,).
    """

    count: int = 0
    _around: Array = field(default_factory=lambda: np.empty(0))
    sums: Array = field(default_factory=lambda: np.empty((0, BLOCKS)))
    squares: Array = field(default_factory=lambda: np.zeros(BLOCKS))

    def add(self, rows: Array, *, squared: bool) -> None:
        """Add rows of shape (n, columns); the squares only where they are asked for."""
        if not rows.size:
            return
        if not self.count:
            self._around = rows[:BLOCKS].mean(axis=0)
            self.sums = np.zeros((rows.shape[1], BLOCKS))
        for number, around in enumerate(self._around):
            self._add_to(self.sums[number], rows[:, number] - around)
        if squared:
            self._add_to(self.squares, np.square(rows[:, 0] - self._around[0]))
        self.count += len(rows)

    def _add_to(self, sums: Array, values: Array) -> None:
        """Add each value to its block, which follows the one before."""
        begun = min(-self.count % BLOCKS, values.size)
        whole = begun + (values.size - begun) // BLOCKS * BLOCKS
        first = self.count % BLOCKS
        sums[first : first + begun] += values[:begun]
        sums += values[begun:whole].reshape(-1, BLOCKS).sum(axis=0)
        sums[: values.size - whole] += values[whole:]

    def error(self, estimator: Estimator, value: float) -> float:
        """Return the standard error of an estimate of that value, from the blocks' scatter."""
        sizes = (self.count + BLOCKS - 1 - np.arange(BLOCKS)) // BLOCKS
        means, size = self.sums / sizes, 1.0
        each: Array = means[0]
        if estimator is Estimator.RATIO:
            each = means[0] - value * means[1]
            size = abs(float(self.sums[1].sum()) / self.count + float(self._around[1]))
        elif estimator in (Estimator.VARIANCE, Estimator.STD):
            each = self.squares / sizes - 2 * float(self.sums.sum()) / self.count * means[0]
            size = 1.0 if estimator is Estimator.VARIANCE else 2 * value
        return float(each.std(ddof=1)) / sqrt(BLOCKS) / size if size else np.inf


def median_error(sample: Array) -> float:
    """Return the standard error of a median from the quantiles around it, 3.5 errors of a share away."""
    away = GUARD / 2 / sqrt(sample.size)
    low, high = np.quantile(sample, (0.5 - away, 0.5 + away), method="lower")
    return float(high - low) / (2 * GUARD)


def confirmed(found: Estimate, error: float) -> Estimate:
    """Return an estimate as it is, or without its interval where another way gives another error.

    A share's error counts two successes and two failures more, and Bernstein's interval and one with
    room for rare draws are wider than the error asks for: there only what is too small shows.
    """
    if not np.isfinite(error) or not error > 0 or _fits(found, error):
        return found
    return doubtful(found, Doubt.SCATTER)


def _fits(found: Estimate, error: float) -> bool:
    """Tell whether the standard error and the interval are as wide as another way says."""
    of_interval = found.bounds.half_width / GUARD
    is_share = found.basis is Basis.CLOPPER_PEARSON
    is_wider = is_share or found.basis is Basis.BERNSTEIN or found.doubt is Doubt.RARE_DRAWS
    return _is_near(found.standard_error, error, is_wider=is_share) and _is_near(
        of_interval, error, is_wider=is_wider
    )


def _is_near(stated: float, error: float, *, is_wider: bool) -> bool:
    """Tell whether a stated error is another's; one that may be wider, whether it is not less."""
    ratio = (error / stated) ** 2 if stated else np.inf
    return ratio <= MOST and (is_wider or ratio >= LEAST)
