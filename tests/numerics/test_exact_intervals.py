"""Exact tails, shares, ranks and quantiles beside what SciPy 1.17.1 gave, and their edges.

``tests/oracles`` compares the same with the SciPy that is installed, at many more points; these
rows need none.
"""

from math import inf, isinf, sqrt

import numpy as np
import pytest

from studytool.numerics.binomial import (
    binomial_above,
    binomial_below,
    greatest_share,
    least_share,
    quantile_ranks,
)
from studytool.numerics.deserved_interval import hides, least_draws
from studytool.numerics.intervals import (
    GUARD,
    SIDE_ERROR,
    WHOLE_LINE,
    ConfidenceInterval,
    _near_normal,
    bernstein_reach,
    deviation_reach,
    share_interval,
    student_interval,
    student_quantile,
)
from tests.rows import all_rows


@all_rows(("count", "trials", "error", "least", "greatest"), [
    (0, 40, SIDE_ERROR, 0.0, 0.18872778908639268),
    (1, 40, SIDE_ERROR, 5.816386619178248e-06, 0.24002062078675776),
    (5, 40, SIDE_ERROR, 0.013965760949572683, 0.389667427769456),
    (20, 40, SIDE_ERROR, 0.2345654787728206, 0.7654345212271794),
    (39, 40, SIDE_ERROR, 0.7599793792132422, 0.9999941836133808),
    (40, 40, SIDE_ERROR, 0.8112722109136074, 1.0),
    (3, 1000, 0.025, 0.0006190999316495713, 0.008742023238478305),
    (333, 1000, SIDE_ERROR, 0.2819372594118531, 0.38692860373605464),
    (2000, 4096, SIDE_ERROR, 0.4608697301764588, 0.5157416699366746),
    (4095, 4096, SIDE_ERROR, 0.997357344110278, 0.9999999431991858),
    (8, 8_000_000, SIDE_ERROR, 1.966161365756171e-07, 2.9200862271613135e-06),
    (1, 2, 0.4, 0.22540333075851665, 0.7745966692414834),  # a lax bound of few trials
])  # fmt: skip
def test_shares_against_scipy(
    count: int, trials: int, error: float, least: float, greatest: float
) -> None:
    assert least_share(count, trials, error) == pytest.approx(least, rel=1e-9)
    assert greatest_share(count, trials, error) == pytest.approx(greatest, rel=1e-9)
    if error == SIDE_ERROR:
        found = share_interval(count, trials)
        assert (found.low, found.high) == pytest.approx((least, greatest), rel=1e-9)


@all_rows(("count", "trials", "chance", "above", "below"), [
    (3, 10, 0.5, 0.9453125, 0.171875),
    (10, 10, 0.3, 5.9048999999999975e-06, 1.0),
    (1, 10, 0.3, 0.9717524751, 0.14930834589999992),
    (30, 1000, 0.02, 0.02069651867323949, 0.9873522516538874),
    (1900, 4096, 0.5, 0.999998279469299, 2.001011952119507e-06),
    (2300, 4096, 0.5, 1.7853625098810743e-15, 0.9999999999999986),
    (20, 8_000_000, 2**-20, 0.00013823637518305958, 0.9999509440012608),
    (1, 1, 0.25, 0.25, 1.0),  # a density that is flat
    (0, 7, 0.4, 1.0, 0.6**7),  # by hand: no success
    (-1, 7, 0.4, 1.0, 0.0),  # fewer than none, and more than all
    (8, 7, 0.4, 0.0, 1.0),
    (7, 7, 1.0, 1.0, 1.0),  # surely, and never
    (3, 7, 1.0, 1.0, 0.0),
    (3, 7, 0.0, 0.0, 1.0),
    (0, 7, 0.0, 1.0, 1.0),
])  # fmt: skip
def test_tails_against_scipy(
    count: int, trials: int, chance: float, above: float, below: float
) -> None:
    assert binomial_above(count, trials, chance) == pytest.approx(above, rel=1e-9)
    assert binomial_below(count, trials, chance) == pytest.approx(below, rel=1e-9)


@all_rows(("trials", "share", "error", "ranks"), [
    (10, 0.5, SIDE_ERROR, None),
    (12, 0.5, SIDE_ERROR, None),  # 2**-12 is more than 2.3e-4, 2**-13 is less
    (13, 0.5, SIDE_ERROR, (1, 13)),
    (100, 0.5, 0.025, (40, 61)),
    (100, 0.5, SIDE_ERROR, (33, 68)),
    (101, 0.5, SIDE_ERROR, (33, 69)),
    (512, 0.25, SIDE_ERROR, (95, 164)),
    (512, 0.9, SIDE_ERROR, (436, 484)),
    (4096, 0.5, SIDE_ERROR, (1936, 2161)),
    (20, 0.9, 0.05, None),
    (60, 0.05, 0.05, (1, 7)),
    (5, 0.5, 0.04, (1, 5)),
    (7, 0.5, 0.01, (1, 7)),
])  # fmt: skip
def test_ranks_against_scipy(
    trials: int, share: float, error: float, ranks: tuple[int, int] | None
) -> None:
    assert quantile_ranks(trials, share, error) == ranks


@pytest.mark.parametrize(("degrees", "error", "quantile"), [
    (1, SIDE_ERROR, 1368.314876338886),
    (2, SIDE_ERROR, 46.344843085860695),
    (3, 0.025, 3.1824463052837086),
    (10, SIDE_ERROR, 5.098184601147916),
    (63, SIDE_ERROR, 3.693068309646539),
    (127, SIDE_ERROR, 3.5934738033879925),
    (1999, SIDE_ERROR, 3.5058084459088725),
    (2000, SIDE_ERROR, 3.505805537347688),  # from here on the normal law's, corrected
    (2000, 1e-9, 6.025637571042371),
    (4095, SIDE_ERROR, 3.502833261663095),
    (1_000_000, 0.025, 1.9599663568141072),
])  # fmt: skip
def test_student_against_scipy(degrees: int, error: float, quantile: float) -> None:
    assert student_quantile(degrees, error) == pytest.approx(quantile, rel=1e-9)


@pytest.mark.parametrize(("z", "corrections"), [
    (1.0, (1 / 2, 1 / 4, 1 / 16)),  # (1 + 1)/4, (5 + 16 + 3)/96, (3 + 19 + 17 − 15)/384
    (2.0, (5 / 2, 49 / 16, 183 / 64)),  # 10/4, 294/96, 1098/384
])  # fmt: skip
def test_corrections_of_the_normal_quantile_by_hand(
    z: float, corrections: tuple[float, float, float]
) -> None:
    """Abramowitz & Stegun 1964, eq. 26.7.5, over the powers of the degrees."""
    for degrees in (1, 2, 10):
        parts = [one / degrees**power for power, one in enumerate(corrections, start=1)]
        assert _near_normal(degrees, z) == pytest.approx(z + sum(parts), rel=1e-14)


def test_students_interval_needs_an_error_and_a_degree() -> None:
    found = student_interval(2.0, 0.5, 10)
    assert (found.low, found.high) == pytest.approx((2 - 0.5 * 5.0981846, 2 + 0.5 * 5.0981846))
    assert found.half_width == pytest.approx(0.5 * 5.0981846)
    assert isinf(WHOLE_LINE.half_width)
    assert student_interval(2.0, 0.5, 1) != WHOLE_LINE
    for error, degrees in ((0.5, 0), (inf, 10), (float("nan"), 10)):
        assert student_interval(2.0, error, degrees) == WHOLE_LINE


@pytest.mark.parametrize(("center", "reach", "lies_in", "misses"), [
    (1.0, 0.5, True, False),  # [0.5, 1.5] holds [0.75, 1.25]
    (1.0, 0.25, True, False),  # end on end
    (0.5, 0.25, False, False),  # they touch at 0.75
    (1.5, 0.25, False, False),
    (0.25, 0.25, False, True),
    (2.0, 0.5, False, True),
    (0.875, 0.25, False, False),  # out at the upper end alone
    (1.125, 0.25, False, False),  # out at the lower end alone
])  # fmt: skip
def test_an_interval_beside_a_prediction(
    center: float, reach: float, *, lies_in: bool, misses: bool
) -> None:
    interval = ConfidenceInterval(0.75, 1.25)
    assert interval.lies_in(center, reach) is lies_in
    assert interval.misses(center, reach) is misses


def test_bounds_of_a_range_by_their_theorems() -> None:
    """Maurer & Pontil 2009, theorems 4 and 10, with ln(2/δ) = 9.059 and ln(1/δ) = 8.366."""
    assert GUARD == 3.5
    assert np.log([2 / SIDE_ERROR, 1 / SIDE_ERROR]) == pytest.approx(
        [9.0592125, 8.3660653], rel=1e-5
    )
    mean = sqrt(2 * 0.3 * 9.0592125 / 50) + 7 * 4.0 * 9.0592125 / (3 * 49)
    assert bernstein_reach(0.3, 4.0, 50) == pytest.approx(mean, rel=1e-5)
    assert deviation_reach(4.0, 50) == pytest.approx(4.0 * sqrt(2 * 8.3660653 / 49), rel=1e-5)


def test_a_part_of_a_sum_may_hide_however_narrow_it_is() -> None:
    """Beside a variance of 1e-6 a width of 0.1 takes 0.01·400/1e-6 = 4 million draws to show."""
    assert least_draws(0.1, 1e-6) == pytest.approx(4e6)
    assert hides(0.1, 1e-6, 3_999_999)
    assert not hides(0.1, 1e-6, 4_000_001)
    assert not hides(0.0, 1e-6, 1)
