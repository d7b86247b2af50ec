"""Ratios and medians of a stream beside the same from the whole sample."""

from math import sqrt

import numpy as np
import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Doubt, Estimator
from studytool.numerics.intervals import student_quantile
from studytool.numerics.known_range import KnownRange
from studytool.numerics.streams import stream
from studytool.numerics.tails import HalfSample, diagnose
from tests.cases import first_quick
from tests.numerics.whole_sample import assert_bounds, tallied

MEDIAN, RATIO = Estimator.MEDIAN, Estimator.RATIO


def _pairs(count: int) -> Array:
    rng = stream("pairs by hand", count)
    bottom = rng.random(count) + 1.0
    return np.stack((2.0 * bottom + rng.random(count), bottom), axis=1)


@pytest.mark.parametrize("count", [1500, 1501])
def test_a_ratio(count: int) -> None:
    """By the delta method: the variance of a − r·b over b̄²."""
    pairs = _pairs(count)
    top, bottom = pairs[:, 0], pairs[:, 1]
    ratio = float(top.mean() / bottom.mean())
    spread = float((top - ratio * bottom).var(ddof=1))
    error = sqrt(spread / count) / float(bottom.mean())
    found = tallied(pairs, RATIO)
    assert (found.value, found.standard_error) == pytest.approx((ratio, error), rel=1e-9)
    half = student_quantile(count - 1) * error
    assert_bounds(found, ratio - half, ratio + half)
    assert found.tail is not None
    assert found.tail.is_light


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_tail_of_a_ratio(sign: float) -> None:
    """Of a − r·b, from its typical value on; a tail below counts as one above does."""
    count = 3000
    pairs = _pairs(count)
    pairs[:, 0] -= stream("tail of a ratio").pareto(3.0, count)
    pairs[:, 1] *= sign  # the denominator may be below 0, and so the ratio
    found = tallied(pairs, RATIO)
    top, bottom = pairs[:, 0], pairs[:, 1]
    ratio = float(top.mean() / bottom.mean())
    spread = float((top - ratio * bottom).var(ddof=1))
    error = sqrt(spread / count) / abs(float(bottom.mean()))
    assert found.standard_error == pytest.approx(error, rel=1e-9)
    first = float(top[:37].mean() / bottom[:37].mean())  # extremes are those about it
    values = top - first * bottom
    order = np.argsort(values)
    ends = pairs[np.concatenate((order[:129], order[-129:]))]
    typical = np.median(pairs[:64], axis=0)
    distances = np.abs((ends - typical) @ (1.0, -ratio))
    halves = [
        HalfSample(len(one), float(one.mean()), float(one.var(ddof=1)))
        for one in (values[0::2], values[1::2])
    ]
    expected = diagnose(distances, spread * (count - 1), (halves[0], halves[1]))
    assert found.tail is not None
    assert not found.tail.is_light
    for name in ("largest_term", "index", "missing", "halves_apart", "halves_distance"):
        assert getattr(found.tail, name) == pytest.approx(getattr(expected, name), rel=1e-6), name


@pytest.mark.slow
@pytest.mark.parametrize("high", first_quick([6.0, 40.0]))
def test_a_ratio_in_ranges(high: float) -> None:
    rng = stream("ranged ratio")
    bottom = rng.uniform(1.0, 2.0, 30_000)
    pairs = np.stack((rng.uniform(2.0, 6.0, 30_000), bottom), axis=1)
    found = tallied(pairs, RATIO, KnownRange(2.0, high), KnownRange(1.0, 2.0))
    ratio = float(pairs[:, 0].mean() / bottom.mean())
    spread = float((pairs[:, 0] - ratio * bottom).var(ddof=1))
    assert found.least == pytest.approx((high - 2 + ratio) ** 2 / (0.0025 * spread), rel=1e-9)
    assert found.doubt is (Doubt.WIDE_RANGE if high > 6 else None)
    assert found.tail is None
    one_sided = tallied(pairs, RATIO, KnownRange(2.0, high))  # of the other nothing is known
    assert one_sided.tail is not None
    negative = tallied(pairs * (-1, 1), RATIO, KnownRange(-high, -2.0), KnownRange(1.0, 2.0))
    assert negative.least == pytest.approx(found.least, rel=1e-9)


def test_a_median_lies_between_its_ranks() -> None:
    sample = stream("median by hand").normal(size=1001)
    found, ordered = tallied(sample, MEDIAN), np.sort(sample)
    low, high = float(ordered[445 - 1]), float(ordered[557 - 1])  # SciPy: binom(1001, 1/2)
    assert found.value == ordered[500]
    assert_bounds(found, low, high)
    assert found.standard_error == pytest.approx((high - low) / 7, rel=1e-12)


@pytest.mark.parametrize(("ties", "doubt"), [(4, None), (5, Doubt.TIES)])
def test_a_median_bears_one_tie_in_a_thousand(ties: int, doubt: Doubt | None) -> None:
    sample = np.arange(4001.0)
    sample[2000 : 2000 + ties] = 2000.0
    assert tallied(sample, MEDIAN).doubt is doubt


@pytest.mark.parametrize(("ties", "doubt"), [(1, None), (2, Doubt.TIES)])
def test_a_median_of_few_bears_no_tie(ties: int, doubt: Doubt | None) -> None:
    sample = np.arange(101.0)
    sample[50 : 50 + ties] = 50.0
    assert tallied(sample, MEDIAN).doubt is doubt
