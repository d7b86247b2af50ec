"""Estimates from replicates: a value, its standard error, and streaming moments behind both."""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.intervals import Basis, ConfidenceInterval, student_interval
from studytool.numerics.tails import TailDiagnosis


class Doubt(StrEnum):
    """The reason why a sample gives no interval, or a wider one."""

    RARE_DRAWS = "rare-draws"
    """The mean is carried by draws so rare that they may be missing: room is made for them."""
    WIDE_RANGE = "wide-range"
    """The range allows values that so few draws need not have shown."""
    NO_SPREAD = "no-spread"
    """Every draw is the same number, which is no sample."""
    TIES = "ties"
    """A median of a discrete law."""
    OVER_ZERO = "over-zero"
    """A ratio over a mean that may be 0."""
    FEW_DRAWS = "few-draws"
    """Too few draws for this interval."""
    SCATTER = "scatter"
    """Blocks of the draws scatter otherwise than the standard error says: it is computed wrongly."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from replicates, as in statistics; an exact value has standard error 0.

    Attributes:
        interval: that the statistic deserves; None for Student's t of the standard error.
        basis: the theorem behind the interval.
        tail: of a sample that was diagnosed.
        doubt: why the interval is the whole line, or wider than its draws look.
        least: replicates that would show all that a known range allows; 0 where none is known.
        from_pilot: how far it is from an estimate by other draws, in standard errors of their
            difference; None where there is none, or none that says something of the error.
        plain_mean: of a median or ratio of a formula, the mean of the same draws or of their
            quotients, for which it may be taken; None where that is no number.
    """

    value: float
    standard_error: float
    replicates: int
    interval: ConfidenceInterval | None = None
    basis: Basis = Basis.STUDENT
    tail: TailDiagnosis | None = None
    doubt: Doubt | None = None
    least: float = 0.0
    from_pilot: float | None = None
    plain_mean: "Estimate | None" = None

    @property
    def spread(self) -> float:
        """Return how far single replicates scatter, as the standard error says."""
        return self.standard_error * sqrt(self.replicates)

    @property
    def bounds(self) -> ConfidenceInterval:
        """Return its confidence interval."""
        if self.interval is not None:
            return self.interval
        if self.standard_error == 0:
            return ConfidenceInterval(self.value, self.value)
        return student_interval(self.value, self.standard_error, self.replicates - 1)


class Estimator(StrEnum):
    """How a quantity is estimated from its replicates.

    MEAN, VARIANCE, STD and MEDIAN take replicates of shape (n,). RATIO takes shape (n, 2) and is
    mean of column 0 / mean of column 1. EXACT takes shape (1,): the simulation is a deterministic
    second algorithm, accurate to floating point.
    """

    MEAN = "mean"
    VARIANCE = "variance"
    STD = "std"
    MEDIAN = "median"
    RATIO = "ratio"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, mean and central sums Σ(x−mean)^k of a sample, merged without cancellation.

    Source: Pébay 2008, SAND2008-6212, eqs. 2.1–2.3 (Chan et al. 1979 for k = 2).

    Attributes:
        binary: whether every value was 0 or 1.
    """

    count: int = 0
    mean: float = 0.0
    sum2: float = 0.0
    sum3: float = 0.0
    sum4: float = 0.0
    binary: bool = True

    @classmethod
    def of(cls, sample: Array) -> "Moments":
        """Return the moments of a sample of shape (n,)."""
        if not sample.size:
            return cls()
        mean = float(sample.mean())
        deviation = sample - mean
        square = np.square(deviation)
        return cls(
            sample.size,
            mean,
            float(square.sum()),
            float((square * deviation).sum()),
            float(np.square(square).sum()),
            bool(np.all((sample == 0) | (sample == 1))),
        )

    def merge(self, other: "Moments") -> "Moments":
        """Return the moments of both samples together."""
        if not self.count or not other.count:
            return self if self.count else other
        a, b = self.count, other.count
        n, d = a + b, other.mean - self.mean
        square = d * d  # infinite where d**2 would raise
        sum2 = self.sum2 + other.sum2 + square * a * b / n
        sum3 = self.sum3 + other.sum3 + square * d * a * b * (a - b) / n**2
        sum3 += 3 * d * (a * other.sum2 - b * self.sum2) / n
        sum4 = self.sum4 + other.sum4 + square * square * a * b * (a * a - a * b + b * b) / n**3
        sum4 += 6 * square * (a * a * other.sum2 + b * b * self.sum2) / n**2
        sum4 += 4 * d * (a * other.sum3 - b * self.sum3) / n
        mean = self.mean + d * b / n
        return Moments(n, mean, sum2, sum3, sum4, self.binary and other.binary)

    @property
    def variance(self) -> float:
        """Return the unbiased sample variance; NaN below two values."""
        return self.sum2 / (self.count - 1) if self.count > 1 else float("nan")

    def mean_estimate(self) -> Estimate:
        """Estimate the mean.

        For 0/1 values the standard error is that of the proportion with two successes and two
        failures added, so that it is not 0 where no success (or no failure) was seen.
        Source: Agresti & Coull 1998, The American Statistician 52, 119.
        """
        if self.binary:
            p = (self.mean * self.count + 2) / (self.count + 4)
            return Estimate(self.mean, sqrt(p * (1 - p) / (self.count + 4)), self.count)
        return Estimate(self.mean, sqrt(self.variance / self.count), self.count)

    def variance_estimate(self) -> Estimate:
        """Estimate the variance; its error comes from the fourth central moment.

        Source: Var(s²) = (μ₄ − σ⁴(n−3)/(n−1))/n, Cho & Cho 2008, JSM Proceedings.
        """
        n = self.count
        fourth = self.sum4 / n
        spread = (fourth - self.variance**2 * (n - 3) / (n - 1)) / n
        return Estimate(self.variance, sqrt(max(spread, 0.0)), n)
