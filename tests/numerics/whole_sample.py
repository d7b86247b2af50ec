"""A sample tallied batch by batch, and its moments by two passes over the whole."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.numerics.tally import Tally


def tallied(
    sample: Array,
    estimator: Estimator,
    known: KnownRange = ANYWHERE,
    over: KnownRange = ANYWHERE,
    *,
    batch: int = 37,
) -> Estimate:
    tally = Tally(estimator, known, over)
    for start in range(0, len(sample), batch):
        tally.add(sample[start : start + batch])
    return tally.estimate()


def assert_bounds(found: Estimate, low: float, high: float) -> None:
    assert found.bounds.low == pytest.approx(low, rel=1e-9, abs=1e-12)
    assert found.bounds.high == pytest.approx(high, rel=1e-9, abs=1e-12)


@dataclass(frozen=True)
class WholeSample:
    """Moments of a whole sample, by two passes."""

    n: int
    mean: float
    variance: float
    central: Callable[[int], float]

    @classmethod
    def of(cls, sample: Array) -> "WholeSample":
        away = sample - sample.mean()
        return cls(
            len(sample),
            float(sample.mean()),
            float(sample.var(ddof=1)),
            lambda power: float((away**power).mean()),
        )

    @property
    def error_of_variance(self) -> float:
        n = self.n
        return sqrt((self.central(4) - self.variance**2 * (n - 3) / (n - 1)) / n)
