"""Exact tails of the binomial law, and the shares and ranks that they bound.

P(X ≥ k) of n trials with chance p is the area of the Beta(k, n − k + 1) density below p. The areas
on both sides of p are integrated by Gauss's rule and divided by their sum, so that no constant is
needed. Source: Clopper & Pearson 1934, Biometrika 26, 404; Johnson, Kemp & Kotz 2005, eq. 3.34.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, expm1, inf, log, sqrt

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.quadrature import gauss_rule

_REACH = 14.0
"""Standard deviations on each side of the mean; beyond them lies less than e^-90."""
_SLOW_REACH = 60.0
"""The same in units of 1/(a + b), where a density falls like e^(−(a + b)·x) only."""
_STEPS = 100
_NEAR = 1e-12


@dataclass(frozen=True, slots=True)
class _Beta:
    """The density t^(a−1)·(1−t)^(b−1), without a constant; a, b ≥ 1."""

    a: float
    b: float

    @property
    def reach(self) -> float:
        """Return how far from the mean there is anything to integrate."""
        total = self.a + self.b
        return _REACH * sqrt(self.a * self.b / total**2 / (total + 1)) + _SLOW_REACH / total

    def log_density(self, x: Array) -> Array:
        logs: Array = (self.a - 1) * np.log(x) + (self.b - 1) * np.log1p(-x)
        return logs

    def log_area(self, low: float, high: float) -> float:
        nodes, weights = gauss_rule()
        logs = np.log(weights) + self.log_density(low + (high - low) * nodes)
        peak = float(logs.max())
        return peak + log(float(np.exp(logs - peak).sum())) + log(high - low)

    def log_below(self, x: float) -> tuple[float, float]:
        """Return log P(T ≤ x), and its derivative."""
        mean = self.a / (self.a + self.b)
        below = self.log_area(max(0.0, min(mean, x) - self.reach), x)
        above = self.log_area(x, min(1.0, max(mean, x) + self.reach))
        peak = max(below, above)
        whole = peak + log(exp(below - peak) + exp(above - peak))
        slope = float(self.log_density(np.array(x))) - below
        return below - whole, exp(slope) if slope < 700 else inf

    def lower_quantile(self, error: float, start: float) -> float:
        """Return x with P(T ≤ x) = error.

        The logarithm is concave, so Newton's steps converge: after the first all come from below.
        """
        x, wanted = start, log(error)
        for _ in range(_STEPS):
            found, slope = self.log_below(x)
            step = (wanted - found) / slope
            after = x + step if x + step > 0 else x / 2
            if abs(after - x) <= _NEAR * x:
                return after
            x = after
        return x


def binomial_above(count: int, trials: int, chance: float) -> float:
    """Return P(X ≥ count) of that many trials with a chance in [0, 1]."""
    if count <= 0:
        return 1.0
    if count > trials or chance == 0:
        return 0.0
    if chance == 1:
        return 1.0
    return exp(_Beta(count, trials - count + 1).log_below(chance)[0])


def binomial_below(count: int, trials: int, chance: float) -> float:
    """Return P(X ≤ count) of that many trials with a chance in [0, 1]."""
    return binomial_above(trials - count, trials, 1 - chance)


@lru_cache(maxsize=4096)
def least_share(count: int, trials: int, error: float) -> float:
    """Return the least chance with which ``count`` successes or more are as likely as ``error``.

    >>> round(least_share(0, 100, 0.025), 6), round(least_share(50, 100, 0.025), 6)
    (0.0, 0.398321)
    """
    if count <= 0:
        return 0.0
    if count >= trials:
        return exp(log(error) / trials)
    return _Beta(count, trials - count + 1).lower_quantile(error, count / trials)


def greatest_share(count: int, trials: int, error: float) -> float:
    """Return the greatest chance with which ``count`` successes or fewer are as likely as ``error``.

    >>> round(greatest_share(0, 100, 0.025), 6), round(greatest_share(50, 100, 0.025), 6)
    (0.036217, 0.601679)
    """
    if count <= 0:
        return -expm1(log(error) / trials)
    return 1 - least_share(trials - count, trials, error)


def quantile_ranks(trials: int, share: float, error: float) -> tuple[int, int] | None:
    """Return the ranks, from 1, of the order statistics that hold a quantile between them.

    Each end misses it with probability ``error`` at most, whatever the continuous law; None where
    there are too few values. Source: David & Nagaraja 2003, Order Statistics, section 7.1.

    >>> quantile_ranks(100, 0.5, 0.025)
    (40, 61)
    """
    low, high = (_rank(trials, one, error) for one in (share, 1 - share))
    return (low, trials + 1 - high) if low and high else None


@lru_cache(maxsize=4096)
def _rank(trials: int, share: float, error: float) -> int:
    """Return the greatest r with P(X < r) ≤ error; 0 where there is none."""
    low, high = 0, trials
    while low < high:
        middle = (low + high + 1) // 2
        if binomial_below(middle - 1, trials, share) <= error:
            low = middle
        else:
            high = middle - 1
    return low
