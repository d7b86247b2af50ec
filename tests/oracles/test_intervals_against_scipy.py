"""Exact intervals beside scipy.stats: binomial tails, Clopper–Pearson, order statistics, t."""

from types import ModuleType

import pytest

from studytool.numerics.binomial import (
    binomial_above,
    binomial_below,
    greatest_share,
    least_share,
    quantile_ranks,
)
from studytool.numerics.intervals import SIDE_ERROR, share_interval, student_quantile

pytestmark = pytest.mark.oracle

TRIALS = (1, 2, 7, 100, 4096, 33_333, 1_000_000, 8_000_000)
ERRORS = (SIDE_ERROR, 0.025, 1e-9)


def _counts(trials: int) -> list[int]:
    counts = {0, 1, 2, 5, 20, trials // 1000, trials // 3, trials // 2, trials - 1, trials}
    return sorted(count for count in counts if count <= trials)


@pytest.mark.parametrize("trials", TRIALS)
@pytest.mark.parametrize("error", ERRORS)
def test_clopper_pearson(stats: ModuleType, trials: int, error: float) -> None:
    for count in _counts(trials):
        low = stats.beta.ppf(error, count, trials - count + 1) if count else 0.0
        high = stats.beta.isf(error, count + 1, trials - count) if count < trials else 1.0
        assert least_share(count, trials, error) == pytest.approx(low, rel=1e-8)
        assert greatest_share(count, trials, error) == pytest.approx(high, rel=1e-8)


def test_a_chance_of_one_in_a_million(stats: ModuleType) -> None:
    """The interval is SciPy's own, and holds 2^-20 after the 8 hits that 8,000,000 draws give."""
    peer = stats.binomtest(8, 8_000_000).proportion_ci(1 - 2 * SIDE_ERROR, method="exact")
    ours = share_interval(8, 8_000_000)
    assert (ours.low, ours.high) == pytest.approx((peer.low, peer.high), rel=1e-8)
    assert ours.lies_in(2**-20, 3e-6)
    assert ours.misses(1e-5, 1e-6)  # control: ten times as often


@pytest.mark.parametrize(
    ("trials", "chance"),
    [(10, 0.5), (1000, 0.02), (4096, 0.5), (8_000_000, 2**-20), (8_000_000, 0.999)],
)
def test_binomial_tails(stats: ModuleType, trials: int, chance: float) -> None:
    law = stats.binom(trials, chance)
    middle, spread = law.mean(), law.std()
    for steps in (-6, -3.5, -1, 0, 1, 3.5, 6):
        count = round(middle + steps * spread)
        if not 0 <= count <= trials:
            continue
        above, below = binomial_above(count, trials, chance), binomial_below(count, trials, chance)
        assert above == pytest.approx(law.sf(count - 1), rel=1e-7)
        assert below == pytest.approx(law.cdf(count), rel=1e-7)


@pytest.mark.parametrize("share", [0.5, 0.1, 0.999])
@pytest.mark.parametrize("trials", [5, 100, 4096, 33_333, 2_400_000])
def test_ranks_of_a_quantile(stats: ModuleType, trials: int, share: float) -> None:
    """Each rank is the nearest whose error is still small enough: the next one's is not."""
    below = stats.binom(trials, share)
    ranks = quantile_ranks(trials, share, SIDE_ERROR)
    if ranks is None:
        assert max(below.cdf(0), below.sf(trials - 1)) > SIDE_ERROR
        return
    low, high = ranks
    assert below.cdf(low - 1) <= SIDE_ERROR < below.cdf(low)
    assert below.sf(high - 1) <= SIDE_ERROR < below.sf(high - 2)


@pytest.mark.parametrize("degrees", [1, 2, 10, 127, 1999, 2000, 4095, 1_000_000])
@pytest.mark.parametrize("error", ERRORS)
def test_student(stats: ModuleType, degrees: int, error: float) -> None:
    found = student_quantile(degrees, error)
    assert found == pytest.approx(stats.t.isf(error, degrees), rel=1e-8)
