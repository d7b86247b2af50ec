"""The interval that each statistic deserves: which theorem it rests on, and what gives none."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Doubt, Estimator
from studytool.numerics.intervals import GUARD, WHOLE_LINE, Basis
from studytool.numerics.known_range import ANYWHERE, KnownRange
from studytool.numerics.streams import Rng, stream
from studytool.numerics.tally import Tally, estimate

MEAN, VARIANCE, STD = Estimator.MEAN, Estimator.VARIANCE, Estimator.STD
MEDIAN, RATIO = Estimator.MEDIAN, Estimator.RATIO
SHARE = KnownRange(0.0, 1.0)
N = 20_000


def _pairs(top: Array, bottom: Array) -> Array:
    return np.stack((top, bottom), axis=1).astype(np.float64)


INTERVALS: list[tuple[Estimator, Callable[[Rng], Array], KnownRange, Basis, float]] = [
    (MEAN, lambda rng: (rng.random(N) < 0.3).astype(np.float64), SHARE, Basis.CLOPPER_PEARSON, 0.3),
    (MEAN, lambda rng: 0 * rng.random(N), SHARE, Basis.CLOPPER_PEARSON, 0.0),  # no success yet
    (MEAN, lambda rng: rng.random(N), SHARE, Basis.STUDENT, 0.5),  # the range is what is seen
    (MEAN, lambda rng: rng.random(N), KnownRange(0, 50), Basis.BERNSTEIN, 0.5),
    (MEAN, lambda rng: rng.normal(1, 2, N), ANYWHERE, Basis.STUDENT, 1.0),
    (MEAN, lambda rng: rng.exponential(size=N), ANYWHERE, Basis.STUDENT, 1.0),
    (VARIANCE, lambda rng: rng.normal(1, 2, N), ANYWHERE, Basis.STUDENT, 4.0),
    (VARIANCE, lambda rng: rng.random(N), KnownRange(0, 9), Basis.BERNSTEIN, 1 / 12),
    (STD, lambda rng: rng.normal(1, 2, N), ANYWHERE, Basis.STUDENT, 2.0),
    (MEDIAN, lambda rng: rng.standard_cauchy(N), ANYWHERE, Basis.ORDER_STATISTICS, 0.0),
    (
        RATIO,
        lambda rng: _pairs(rng.exponential(3, N), rng.exponential(1, N)),
        ANYWHERE,
        Basis.STUDENT,
        3.0,
    ),
]


@pytest.mark.parametrize(("estimator", "draw", "known", "basis", "truth"), INTERVALS)
def test_interval(
    estimator: Estimator,
    draw: Callable[[Rng], Array],
    known: KnownRange,
    basis: Basis,
    truth: float,
) -> None:
    found = estimate(draw(stream("interval", estimator, basis)), estimator, known)
    assert (found.basis, found.doubt) == (basis, None)
    assert found.bounds.lies_in(truth, 2 * found.bounds.half_width)
    assert found.bounds.misses(truth + 3 * found.bounds.half_width, 0.0)  # control


HEAVY: list[tuple[Estimator, Callable[[Rng], Array]]] = [
    (MEAN, lambda rng: rng.standard_cauchy(N)),
    (MEAN, lambda rng: rng.lognormal(0, 2, N)),
    (MEAN, lambda rng: 1 + rng.pareto(1.5, N)),
    (MEAN, lambda rng: 1 + rng.pareto(2.5, N)),
    (MEAN, lambda rng: np.square(rng.normal(size=(N, 20))).prod(axis=1)),
    (VARIANCE, lambda rng: rng.lognormal(0, 1, N)),
    (STD, lambda rng: rng.standard_t(3, N)),
    (RATIO, lambda rng: _pairs(rng.standard_cauchy(N), rng.exponential(1, N))),
]


@pytest.mark.parametrize(("estimator", "draw"), HEAVY)
def test_a_heavy_tail_makes_room_for_what_is_missing(
    estimator: Estimator, draw: Callable[[Rng], Array]
) -> None:
    found = estimate(draw(stream("heavy", estimator)), estimator)
    assert found.doubt is Doubt.RARE_DRAWS
    assert found.bounds.half_width > 1.8 * GUARD * found.standard_error
    assert found.tail is not None
    assert not found.tail.is_light


DOUBTS: list[tuple[Estimator, Callable[[Rng], Array], KnownRange, Doubt]] = [
    (RATIO, lambda rng: _pairs(rng.random(N), rng.random(N)), KnownRange(0, 400), Doubt.WIDE_RANGE),
    (
        MEAN,
        lambda rng: np.square(rng.normal(size=(N, 40))).prod(axis=1),
        ANYWHERE,
        Doubt.RARE_DRAWS,
    ),
    (MEAN, lambda rng: 0.1 + 0 * rng.random(N), ANYWHERE, Doubt.NO_SPREAD),
    (MEAN, lambda rng: 0 * rng.random(N), ANYWHERE, Doubt.NO_SPREAD),  # no event: nothing is known
    (VARIANCE, lambda rng: 0.1 + 0 * rng.random(N), ANYWHERE, Doubt.NO_SPREAD),
    (
        RATIO,
        lambda rng: _pairs(3 * (x := rng.random(N)), x),  # 3 but for rounding
        ANYWHERE,
        Doubt.NO_SPREAD,
    ),
    (  # 3·x over x, whose mean is 0: their common draws leave the ratio at 3, and there is none
        RATIO,
        lambda rng: _pairs(3 * (x := rng.normal(size=N)) + 0.01 * rng.normal(size=N), x),
        ANYWHERE,
        Doubt.OVER_ZERO,
    ),
    (RATIO, lambda rng: _pairs(rng.random(N), 0 * rng.random(N)), ANYWHERE, Doubt.OVER_ZERO),
    (RATIO, lambda rng: _pairs(0 * rng.random(N), np.zeros(N)), ANYWHERE, Doubt.OVER_ZERO),
    (MEDIAN, lambda rng: (rng.random(N) < 0.3).astype(np.float64), ANYWHERE, Doubt.TIES),
    (MEDIAN, lambda rng: rng.integers(0, 50, N).astype(np.float64), ANYWHERE, Doubt.TIES),
    (MEDIAN, lambda rng: rng.random(10), ANYWHERE, Doubt.FEW_DRAWS),
]


@pytest.mark.parametrize(("estimator", "draw", "known", "doubt"), DOUBTS)
def test_no_interval(
    estimator: Estimator, draw: Callable[[Rng], Array], known: KnownRange, doubt: Doubt
) -> None:
    found = estimate(draw(stream("doubt", estimator, doubt)), estimator, known, known)
    assert (found.doubt, found.bounds, found.basis) == (doubt, WHOLE_LINE, Basis.NONE)


@pytest.mark.slow
@given(
    seed=st.integers(0, 10**6),
    cuts=st.lists(st.integers(1, 2999), max_size=5),
    estimator=st.sampled_from([MEAN, VARIANCE, STD, RATIO, MEDIAN]),
)
def test_batches_of_any_size_give_one_estimate(
    seed: int, cuts: list[int], estimator: Estimator
) -> None:
    draws = stream("batches", seed).normal(3.0, 0.5, (3000, 2))
    sample = draws if estimator is RATIO else draws[:, 0]
    whole, tally = estimate(sample, estimator), Tally(estimator)
    for part in np.split(sample, sorted(set(cuts))):
        tally.add(part)
    parts = tally.estimate()
    assert parts.value == pytest.approx(whole.value, rel=1e-12)
    assert parts.standard_error == pytest.approx(whole.standard_error, rel=1e-9)
    assert parts.doubt is whole.doubt
    assert parts.bounds.low == pytest.approx(whole.bounds.low, rel=1e-9)


def test_the_interval_of_a_skewed_statistic_is_shifted() -> None:
    """By Johnson's third moment: of squared normal draws 8σ⁶, so 4·(2·3.5² + 1)/(6n) here."""
    draws = stream("shifted").normal(3.0, 1.0, 100_000)
    found = estimate(draws, VARIANCE)
    middle = (found.bounds.low + found.bounds.high) / 2
    assert middle - found.value == pytest.approx(4 * 25.5 / 6e5, rel=0.1)
    mean = estimate(draws, MEAN)  # control: of a law without a skew there is none
    assert abs((mean.bounds.low + mean.bounds.high) / 2 - mean.value) < 0.02 * mean.standard_error
