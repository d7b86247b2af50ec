"""Estimates from replicates: a value, its standard error, and streaming moments behind both."""

from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt

import numpy as np

from studytool.numerics.arrays import Array


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from replicates, as in statistics; an exact value has standard error 0."""

    value: float
    standard_error: float
    replicates: int


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
        sum2 = self.sum2 + other.sum2 + d**2 * a * b / n
        sum3 = self.sum3 + other.sum3 + d**3 * a * b * (a - b) / n**2
        sum3 += 3 * d * (a * other.sum2 - b * self.sum2) / n
        sum4 = self.sum4 + other.sum4 + d**4 * a * b * (a * a - a * b + b * b) / n**3
        sum4 += 6 * d**2 * (a * a * other.sum2 + b * b * self.sum2) / n**2
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


_MEDIAN_BATCHES = 64


@dataclass(slots=True)
class Tally:
    """The estimate of a quantity whose replicates come batch by batch, of any size."""

    estimator: Estimator
    _moments: Moments = field(default_factory=Moments)
    _over: Moments = field(default_factory=Moments)
    _cross: float = 0.0
    _kept: list[Array] = field(default_factory=list)

    def add(self, batch: Array) -> None:
        """Add replicates of shape (n,), or (n, 2) for a ratio."""
        if self.estimator is Estimator.RATIO:
            self._add_pairs(batch)
        elif self.estimator in (Estimator.MEDIAN, Estimator.EXACT):
            self._kept.append(np.asarray(batch, dtype=np.float64))
        else:
            self._moments = self._moments.merge(Moments.of(batch))

    def _add_pairs(self, batch: Array) -> None:
        top, bottom = Moments.of(batch[:, 0]), Moments.of(batch[:, 1])
        cross = float(((batch[:, 0] - top.mean) * (batch[:, 1] - bottom.mean)).sum())
        a, b = self._moments.count, top.count
        between = (top.mean - self._moments.mean) * (bottom.mean - self._over.mean)
        self._cross += cross + (between * a * b / (a + b) if a else 0.0)
        self._moments, self._over = self._moments.merge(top), self._over.merge(bottom)

    def estimate(self) -> Estimate:
        """Return the estimate so far, with the standard error of its statistic."""
        match self.estimator:
            case Estimator.MEAN:
                return self._moments.mean_estimate()
            case Estimator.VARIANCE:
                return self._moments.variance_estimate()
            case Estimator.STD:
                variance = self._moments.variance_estimate()
                root = sqrt(variance.value)
                error = variance.standard_error / (2 * root) if root else 0.0
                return Estimate(root, error, variance.replicates)
            case Estimator.RATIO:
                return self._ratio()
            case Estimator.MEDIAN:
                return _median(np.concatenate(self._kept))
            case Estimator.EXACT:
                return Estimate(float(self._kept[0][0]), 0.0, 1)

    def _ratio(self) -> Estimate:
        """Estimate mean(a)/mean(b) by the delta method, with the covariance of the pairs."""
        n, a, b = self._moments.count, self._moments.mean, self._over.mean
        ratio = a / b
        covariance = self._cross / (n - 1)
        spread = self._moments.variance + ratio**2 * self._over.variance - 2 * ratio * covariance
        return Estimate(ratio, sqrt(max(spread, 0.0) / n) / abs(b), n)


def _median(sample: Array) -> Estimate:
    """Estimate the median; its error is that of the mean of 64 batches' medians."""
    rows = sample[: sample.size - sample.size % _MEDIAN_BATCHES].reshape(_MEDIAN_BATCHES, -1)
    medians = np.median(rows, axis=1)
    error = float(medians.std(ddof=1)) / sqrt(_MEDIAN_BATCHES)
    return Estimate(float(np.median(sample)), error, sample.size)


def estimate(samples: Array, estimator: Estimator) -> Estimate:
    """Return the estimate from all replicates at once: shape (n,), or (n, 2) for a ratio."""
    tally = Tally(estimator)
    tally.add(samples)
    return tally.estimate()
