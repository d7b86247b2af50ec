"""The band of draws: what a further draw falls into, counted over draws of a known distribution."""

from collections.abc import Callable

import numpy as np
import pytest

from studytool.forecast.forecast import Band
from studytool.numerics.arrays import Array
from studytool.numerics.streams import Rng, stream

TRIES = 20_000


def _share_held(draw: Callable[[Rng, tuple[int, int]], Array], n: int) -> float:
    """Return how often the band of n draws holds a further one."""
    drawn = draw(stream("band", n), (TRIES, n + 1))
    bands = (Band.of(row[1:]) for row in drawn)
    return float(
        np.mean([band.low <= row[0] <= band.high for band, row in zip(bands, drawn, strict=True)])
    )


@pytest.mark.slow
@pytest.mark.parametrize("n", [20, 100])
def test_a_further_draw_falls_into_the_band_in_80_percent(n: int) -> None:
    """At p·(n − 1) + 1, as NumPy's default has it, it would be 72 % of 20 draws."""
    share = _share_held(lambda rng, shape: rng.standard_normal(shape), n)
    assert abs(share - 0.8) <= 4 * np.sqrt(0.8 * 0.2 / TRIES)


@pytest.mark.slow
def test_days_off_widen_the_band_half_as_much() -> None:
    """15 % of the days are none: from 0 to the 90 % quantile it would be 90 %, 10 % too much.

    Half of the 15 % count as below the band: it is 87.5 %, and 80 % of the 1 in 16 cases in which
    less than a tenth of the draws are days off.
    """

    def days(rng: Rng, shape: tuple[int, int]) -> Array:
        return np.where(rng.random(shape) < 0.15, 0.0, 50 + 10 * rng.standard_normal(shape))

    assert _share_held(days, 100) == pytest.approx(0.87, abs=0.01)


@pytest.mark.parametrize(
    ("draws", "low", "median", "high"),
    [
        ([7] * 9, 7, 7, 7),  # nothing is uncertain
        (list(range(1, 100)), 10, 50, 90),  # at p·100
        ([0] * 18 + list(range(1, 82)), 0, 32, 71),  # 9 of 100 below, 80 in it
        ([0] * 5 + list(range(1, 95)), 5, 45, 85),  # fewer than a tenth
    ],
)
def test_band(draws: list[int], low: float, median: float, high: float) -> None:
    found = Band.of(np.array(draws))
    assert (found.low, found.median, found.high) == pytest.approx((low, median, high))
    assert found.mean == pytest.approx(np.mean(draws))
