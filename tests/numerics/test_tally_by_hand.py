"""Estimates of a stream beside the same from the whole sample by the formulas of their sources."""

from math import inf, sqrt

import numpy as np
import pytest

from studytool.numerics.estimate import Doubt, Estimate, Estimator, Moments
from studytool.numerics.intervals import (
    SIDE_ERROR,
    WHOLE_LINE,
    Basis,
    ConfidenceInterval,
    student_quantile,
)
from studytool.numerics.known_range import SHARE, KnownRange
from studytool.numerics.streams import stream
from studytool.numerics.tails import HalfSample, diagnose
from tests.cases import first_row_quick
from tests.numerics.whole_sample import WholeSample, assert_bounds, tallied

MEAN, VARIANCE, STD = Estimator.MEAN, Estimator.VARIANCE, Estimator.STD
RATIO = Estimator.RATIO
CURVE = (2 * 3.5**2 + 1) / 6
LN2, LN1 = np.log([2 / SIDE_ERROR, 1 / SIDE_ERROR])


@pytest.mark.parametrize("count", [4000, 4001])
def test_a_mean(count: int) -> None:
    """Johnson 1978: Student's t, moved by the third moment."""
    sample = np.square(stream("by hand", count).random(count))  # skewed, and light
    whole = WholeSample.of(sample)
    error = sqrt(whole.variance / count)
    found = tallied(sample, MEAN)
    assert (found.value, found.standard_error) == pytest.approx((whole.mean, error), rel=1e-12)
    shift = whole.central(3) / whole.variance * CURVE / count
    reach = student_quantile(count - 1) * error
    assert_bounds(found, whole.mean + shift - reach, whole.mean + shift + reach)
    assert (found.basis, found.doubt, found.replicates) == (Basis.STUDENT, None, count)
    halves = tuple(
        HalfSample(len(half), float(half.mean()), float(half.var(ddof=1)))
        for half in (sample[0::2], sample[1::2])
    )
    typical = float(np.median(sample[:64]))
    squares = float(np.square(sample - whole.mean).sum())
    away = np.sort(np.abs(sample - typical))[-129:]
    expected = diagnose(away, squares, (halves[0], halves[1]))
    assert found.tail is not None
    for name in ("largest_term", "index", "missing", "halves_apart", "halves_distance", "count"):
        assert getattr(found.tail, name) == pytest.approx(getattr(expected, name), rel=1e-9), name


def test_a_mean_whose_tail_is_not_light() -> None:
    """The interval is wider by three times what may be missing, at least by 0.9 of its half."""
    sample = stream("heavy by hand").lognormal(0.0, 1.6, 4000)
    whole, found = WholeSample.of(sample), tallied(sample, MEAN)
    assert (found.doubt, found.basis) == (Doubt.RARE_DRAWS, Basis.STUDENT)
    assert found.tail is not None
    assert 0.3 < found.tail.missing < inf
    half = student_quantile(3999) * sqrt(whole.variance / 4000)
    room = 3 * found.tail.missing * half
    assert_bounds(found, whole.mean - half - room, whole.mean + half + room)


def test_halves_apart_make_room_of_nine_tenths() -> None:
    """A light tail whose halves, every other draw, differ: a sign that draws are not alike."""
    sample = stream("apart").uniform(-1.0, 1.0, 4000)
    sample[::2] *= 2.0
    whole, found = WholeSample.of(sample), tallied(sample, MEAN, batch=999)
    assert found.tail is not None
    assert found.tail.missing < 0.3
    half = student_quantile(3999) * sqrt(whole.variance / 4000)
    assert_bounds(found, whole.mean - 1.9 * half, whole.mean + 1.9 * half)


@pytest.mark.parametrize(("width", "basis"), [(1.2, Basis.STUDENT), (1000.0, Basis.BERNSTEIN)])
def test_a_mean_in_a_range(width: float, basis: Basis) -> None:
    """Student's where n draws show what the range allows: width²/(0.05²·s²) of them."""
    sample = stream("ranged").uniform(0.1, 1.1, 8000)
    whole, found = WholeSample.of(sample), tallied(sample, MEAN, KnownRange(0.0, width))
    assert found.least == pytest.approx(width**2 / (0.0025 * whole.variance), rel=1e-9)
    assert (found.basis, found.tail) == (basis, None)
    if basis is Basis.STUDENT:
        shift = whole.central(3) / whole.variance * CURVE / 8000
        half = student_quantile(7999) * sqrt(whole.variance / 8000)
        assert_bounds(found, whole.mean + shift - half, whole.mean + shift + half)
    else:
        reach = sqrt(2 * whole.variance * LN2 / 8000) + 7 * width * LN2 / (3 * 7999)
        assert_bounds(found, 0.0, whole.mean + reach)  # the range itself ends it below
        assert whole.mean - reach < 0
        above = tallied(1000.0 - sample, MEAN, KnownRange(0.0, width))
        assert_bounds(above, 1000.0 - whole.mean - reach, 1000.0)


def test_as_many_draws_as_the_range_asks_for_are_enough() -> None:
    """Half 0 and half 1: s² = n/(4(n−1)), and 1600 draws just show a width of 1."""
    sample = stream("halves").permutation(np.tile([0.0, 1.0], 800))
    exact = sqrt(0.0025 * 1600 * 1600 / (4 * 1599))
    for width, basis in ((exact * (1 - 1e-9), Basis.STUDENT), (exact * 1.01, Basis.BERNSTEIN)):
        known = KnownRange(-0.1, width - 0.1)  # no share
        assert tallied(sample, MEAN, known).basis is basis


def test_a_share_needs_a_range_from_0_to_1_and_values_of_0_and_1() -> None:
    sample = (stream("share").random(500) < 0.3).astype(np.float64)
    assert tallied(sample, MEAN, SHARE).basis is Basis.CLOPPER_PEARSON
    assert tallied(sample, MEAN, KnownRange(-1e-13, 1 + 1e-13)).basis is Basis.CLOPPER_PEARSON
    for low, high in ((-0.1, 1.0), (0.0, 1.1)):
        assert tallied(sample, MEAN, KnownRange(low, high)).basis is Basis.BERNSTEIN
    assert tallied(sample * 0.5, MEAN, SHARE).basis is Basis.BERNSTEIN
    assert SHARE.width == 1.0
    assert KnownRange(-2.0, 3.0).width == 5.0


@pytest.mark.parametrize("count", [2000, 2001])
def test_a_variance(count: int) -> None:
    """Its error by Cho & Cho 2008; moved by the third moment of the squares about a first mean."""
    sample = np.square(stream("variance by hand", count).random(count))
    whole, found = WholeSample.of(sample), tallied(sample, VARIANCE)
    error = whole.error_of_variance
    assert (found.value, found.standard_error) == pytest.approx((whole.variance, error), rel=1e-9)
    about = float(sample[:64].mean())
    squares = WholeSample.of(np.square(sample - about))
    shift = squares.central(3) / squares.variance * CURVE / count
    half = student_quantile(count - 1) * error
    assert_bounds(found, whole.variance + shift - half, whole.variance + shift + half)
    assert found.tail is not None
    away = np.square(sample - whole.mean)
    typical = (float(np.median(sample[:64])) - whole.mean) ** 2
    halves = []
    for half_sample in (sample[0::2], sample[1::2]):
        own = np.square(half_sample - half_sample.mean())
        halves.append(HalfSample(len(own), float(own.mean()), float(own.var())))
    ends = np.concatenate((np.sort(sample)[:129], np.sort(sample)[-129:]))
    distances = np.abs(np.square(ends - whole.mean) - typical)
    expected = diagnose(distances, float(away.var() * count), (halves[0], halves[1]))
    for name in ("largest_term", "index", "missing", "halves_apart", "halves_distance"):
        assert getattr(found.tail, name) == pytest.approx(getattr(expected, name), rel=1e-6), name


@pytest.mark.parametrize("batch", [10, 63, 64, 65, 2000])
def test_the_squares_are_taken_about_the_first_64(batch: int) -> None:
    """However they come: in batches that are smaller, too."""
    sample = np.square(stream("first").random(2000))
    found = tallied(sample, VARIANCE, batch=batch)
    whole = WholeSample.of(sample)
    first = sample[:64]  # what comes in the batch that completes them does not count
    squares = WholeSample.of(np.square(sample - first.mean()))
    shift = squares.central(3) / squares.variance * CURVE / 2000
    middle = (found.bounds.low + found.bounds.high) / 2
    assert middle - whole.variance == pytest.approx(shift, rel=1e-6)


def test_a_variance_of_fewer_than_64_is_not_moved() -> None:
    sample = stream("few squares").random(63)
    found, whole = tallied(sample, VARIANCE), WholeSample.of(sample)
    half = student_quantile(62) * whole.error_of_variance
    assert_bounds(found, whole.variance - half, whole.variance + half)


@pytest.mark.parametrize(
    ("high", "basis"), first_row_quick([(1.0, Basis.STUDENT), (30.0, Basis.BERNSTEIN)])
)
def test_a_variance_in_a_range(high: float, basis: Basis) -> None:
    """Maurer & Pontil's theorem 10, where the farthest square is more than the draws show."""
    sample = stream("ranged variance").uniform(0.0, 1.0, 20_000)
    whole = WholeSample.of(sample)
    squares = float(np.square(sample - whole.mean).var())
    for known in (KnownRange(0.0, high), KnownRange(1.0 - high, 1.0)):
        found = tallied(sample, VARIANCE, known)
        assert found.basis is basis
        farthest = max(known.high - whole.mean, whole.mean - known.low)
        assert found.least == pytest.approx(farthest**4 / (0.0025 * squares), rel=1e-9)
        if basis is Basis.BERNSTEIN:
            root, reach = sqrt(whole.variance), high * sqrt(2 * LN1 / 19_999)
            assert_bounds(found, max(0.0, root - reach) ** 2, (root + reach) ** 2)
    narrow = tallied(sample, VARIANCE, KnownRange(0.0, 3.0))
    root, reach = sqrt(whole.variance), 3.0 * sqrt(2 * LN1 / 19_999)
    assert_bounds(narrow, (root - reach) ** 2, (root + reach) ** 2)


def test_a_standard_deviation_is_the_root_of_its_variance() -> None:
    sample = np.square(stream("std").random(3000))
    found, variance = tallied(sample, STD), tallied(sample, VARIANCE)
    assert found.value == pytest.approx(sample.std(ddof=1), rel=1e-12)
    error = variance.standard_error / (2 * found.value)
    assert found.standard_error == pytest.approx(error, rel=1e-12)
    assert_bounds(found, sqrt(variance.bounds.low), sqrt(variance.bounds.high))
    heavy = stream("heavy std").standard_t(5, 3000)
    doubted, variance = tallied(heavy, STD), tallied(heavy, VARIANCE)
    assert doubted.doubt is Doubt.RARE_DRAWS  # there is room for rare draws, under the root too
    assert doubted.bounds.lies_in(doubted.value, 1.0)
    assert_bounds(doubted, sqrt(max(0.0, variance.bounds.low)), sqrt(variance.bounds.high))
    boundless = tallied(stream("no std").standard_t(0.5, 3000), STD)
    assert boundless.bounds == WHOLE_LINE
    wide = tallied(stream("below 0").uniform(size=50), STD, KnownRange(0.0, 9.0))
    assert wide.bounds.low == 0.0


@pytest.mark.parametrize("tail", [1.0, -1.0])
@pytest.mark.parametrize("estimator", [MEAN, VARIANCE])
def test_a_tail_on_either_side(estimator: Estimator, tail: float) -> None:
    sample = tail * stream("either side").pareto(2.0, 3000)
    one, other = tallied(sample, estimator), tallied(-sample, estimator)
    assert one.doubt is other.doubt is Doubt.RARE_DRAWS
    assert one.tail is not None
    assert other.tail is not None
    assert one.tail.largest_term == pytest.approx(other.tail.largest_term, rel=1e-9)
    assert one.tail.largest_term > 0.1


def test_one_draw_that_is_most_of_a_spread_leaves_no_interval() -> None:
    """Though of so few draws there is no index, and what is missing is not known."""
    sample = stream("one draw").normal(size=128)
    sample[77] = 200.0
    found = tallied(sample, MEAN)
    assert found.tail is not None
    assert found.tail.missing == 0.0
    assert (found.doubt, found.bounds) == (Doubt.RARE_DRAWS, WHOLE_LINE)


@pytest.mark.parametrize("mean", [2.0**20, -(2.0**20)])
@pytest.mark.parametrize(("spread", "is_still"), [(0.9e-6, True), (1.3e-6, False)])
def test_a_spread_that_rounding_leaves(mean: float, spread: float, *, is_still: bool) -> None:
    """Up to 1e-12 of the value, here 1.05e-6; floats are 1e-10 apart there."""
    sample = mean + spread * np.tile([1.0, -1.0, 1.0, -1.0, -1.0, 1.0], 200)
    assert (tallied(sample, MEAN).doubt is Doubt.NO_SPREAD) is is_still
    assert (tallied(sample, VARIANCE).doubt is Doubt.NO_SPREAD) is is_still
    for sign in (1.0, -1.0):
        pairs = np.stack((sample, np.full(1200, sign)), axis=1)
        assert (tallied(pairs, RATIO).doubt is Doubt.NO_SPREAD) is is_still


def test_two_even_values_have_squares_without_a_spread() -> None:
    found = tallied(np.tile([1.0, -1.0], 100), VARIANCE, KnownRange(-1.0, 1.0))
    assert found.least == inf


def test_what_is_exact_is_its_first_number() -> None:
    found = tallied(np.array([3.5]), Estimator.EXACT)
    assert (found.value, found.standard_error, found.replicates) == (3.5, 0.0, 1)
    assert found.basis is Basis.COMPUTED
    assert found.bounds == ConfidenceInterval(3.5, 3.5)


def test_without_an_interval_of_its_own_an_estimate_has_students() -> None:
    found = Estimate(1.0, 0.1, 11).bounds
    reach = 0.1 * student_quantile(10)
    assert (found.low, found.high) == pytest.approx((1 - reach, 1 + reach), rel=1e-12)
    assert Estimate(1.0, 0.0, 11).bounds == ConfidenceInterval(1.0, 1.0)


@pytest.mark.parametrize("successes", [0, 3, 10])
def test_the_error_of_a_share_has_two_successes_and_two_failures_more(successes: int) -> None:
    """Agresti & Coull 1998."""
    sample = np.array([1.0] * successes + [0.0] * (10 - successes))
    found, p = Moments.of(sample).mean_estimate(), (successes + 2) / 14
    assert found.value == pytest.approx(successes / 10)
    assert found.standard_error == pytest.approx(sqrt(p * (1 - p) / 14), rel=1e-12)


def test_moments_of_none_and_of_one() -> None:
    assert Moments.of(np.empty(0)) == Moments()
    one = Moments.of(np.array([2.0]))
    assert (one.count, one.mean, one.sum2, one.binary) == (1, 2.0, 0.0, False)
    assert np.isnan(one.variance)
    assert Moments.of(np.array([0.0, 1.0])).variance == 0.5
    assert one.merge(Moments()) == Moments().merge(one) == one
    flags = Moments.of(np.array([0.0, 1.0])), Moments.of(np.array([1.0, 1.0]))
    assert flags[0].merge(flags[1]).binary
    assert not flags[0].merge(one).binary
    assert not one.merge(flags[0]).binary


def test_samples_that_lie_too_far_apart_have_no_variance() -> None:
    """Of numbers whose squares are no floats, as a pack may draw them."""
    both = Moments.of(np.full(4, 1e200)).merge(Moments.of(np.full(4, -1e200)))
    assert (both.mean, both.sum2) == (0.0, float("inf"))
