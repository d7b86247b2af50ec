"""A sum without bounds, of which a part lies in a range: how many draws show all that it allows."""

import numpy as np
import pytest

from studytool.numerics.estimate import Doubt, Estimator
from studytool.numerics.intervals import Basis
from studytool.numerics.known_range import KnownRange
from studytool.numerics.streams import stream
from tests.numerics.whole_sample import tallied

NORMAL = stream("parts of sums").normal(size=4000)
"""Its variance is about 1, so that a part of width 0.05·√4000 = 3.16 is just seen."""


@pytest.mark.parametrize(("part", "is_seen"), [(0.0, True), (3.0, True), (3.3, False)])
def test_a_mean(part: float, *, is_seen: bool) -> None:
    """A value that comes once in 4000 draws moves it by a twentieth of its standard error."""
    found = tallied(NORMAL, Estimator.MEAN, KnownRange(part=part))
    assert (found.doubt is None) is is_seen
    if not is_seen:
        assert (found.doubt, found.basis) == (Doubt.WIDE_RANGE, Basis.NONE)
        variance = float(NORMAL.var(ddof=1))
        assert found.least == pytest.approx(part**2 / (0.05**2 * variance), rel=1e-9)


@pytest.mark.parametrize(("part", "is_seen"), [(2.0, True), (2.2, False)])
def test_a_variance(part: float, *, is_seen: bool) -> None:
    """Its square moves the variance of the squares, which is 2: 0.05·√8000 = 4.47 = 2.11²."""
    for estimator in (Estimator.VARIANCE, Estimator.STD):
        found = tallied(NORMAL, estimator, KnownRange(part=part))
        assert (found.doubt is not Doubt.WIDE_RANGE) is is_seen
        if not is_seen:
            squares = np.square(NORMAL - NORMAL.mean())
            least = part**4 / (0.05**2 * float(squares.var()))
            assert found.least == pytest.approx(least, rel=1e-9)


@pytest.mark.parametrize(("part", "over", "is_seen"), [
    (3.0, 0.0, True), (3.3, 0.0, False), (0.0, 1.5, True), (0.0, 1.7, False), (1.6, 0.9, False),
])  # fmt: skip
def test_a_ratio(part: float, over: float, *, is_seen: bool) -> None:
    """Over what is steady, and half as large as the mean: the lower part counts twice."""
    pairs = np.stack([NORMAL + 2, np.ones(4000)], axis=1)
    found = tallied(pairs, Estimator.RATIO, KnownRange(part=part), KnownRange(part=over))
    assert (found.doubt is None) is is_seen
    if not is_seen:
        ratio = float(pairs[:, 0].mean())
        spread = float(NORMAL.var(ddof=1))
        least = (part + ratio * over) ** 2 / (0.05**2 * spread)
        assert found.doubt is Doubt.WIDE_RANGE
        assert found.least == pytest.approx(least, rel=1e-9)


def test_what_is_bounded_as_a_whole_needs_no_parts() -> None:
    uniform = stream("bounded").random(4000)
    found = tallied(uniform, Estimator.MEAN, KnownRange(0.0, 1.0, part=100.0))
    assert found.doubt is None
