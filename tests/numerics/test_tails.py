"""The diagnosis of a tail by hand: what is kept of a stream, Hill's index, halves, thresholds."""

from dataclasses import replace
from math import inf, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.numerics.arrays import Array
from studytool.numerics.intervals import GUARD, SIDE_ERROR
from studytool.numerics.streams import stream
from studytool.numerics.tails import Extremes, HalfSample, TailDiagnosis, diagnose

ALIKE = (HalfSample(500, 1.0, 4.0), HalfSample(500, 1.0, 4.0))
UNSEEN = -log(SIDE_ERROR)


@given(seed=st.integers(0, 10**6), cuts=st.lists(st.integers(1, 1999), max_size=6))
def test_the_least_and_the_greatest_are_kept_with_their_rows(seed: int, cuts: list[int]) -> None:
    rows = stream("extremes", seed).standard_t(2, (2000, 2))
    values = rows[:, 0] - 2 * rows[:, 1]
    extremes = Extremes()
    at = sorted(set(cuts))
    for part, of in zip(np.split(rows, at), np.split(values, at), strict=True):
        extremes.add(part, of)
    np.testing.assert_array_equal(extremes.rows[:, 0] - 2 * extremes.rows[:, 1], extremes.values)
    kept, every = np.sort(extremes.values), np.sort(values)
    np.testing.assert_array_equal(kept[:129], every[:129])
    np.testing.assert_array_equal(kept[-129:], every[-129:])
    assert kept.size == 2 * 129  # and no more memory than that


def test_few_values_are_all_kept() -> None:
    values = stream("few").normal(size=258)
    extremes = Extremes()
    for part in np.split(values, [100, 101, 257]):
        extremes.add(part[:, np.newaxis], part)
    np.testing.assert_array_equal(extremes.values, values)


def _pareto(index: float, count: int = 200) -> Array:
    """Return the largest of 10,000 draws of a Pareto law, each at its own quantile."""
    return np.asarray((np.arange(1, count + 1) / 10_000) ** (-1 / index), np.float64)


@pytest.mark.parametrize("index", [1.5, 2.5, 6.0])
def test_what_is_missing_of_a_power_law_against_its_integral(index: float) -> None:
    """Of 10,000 draws 128 are the tail, and what comes less than 8.4 times may be unseen."""
    deviations, squares = _pareto(index), 5e4
    halves = (HalfSample(5000, 0.0, 1.0), HalfSample(5000, 0.0, 1.0))
    found = diagnose(deviations[::-1], squares, halves)
    assert found.index == pytest.approx(index, rel=0.05)
    assert found.count == 10_000
    assert found.largest_term == pytest.approx(deviations[0] ** 2 / squares, rel=1e-12)

    begins = deviations[128]  # the tail's own law, from there on
    chance = 128 / 10_000
    start = begins * (chance * 10_000 / UNSEEN) ** (1 / found.index)
    grid = np.geomspace(start, start * 1e9, 40_001)
    survival = chance * (grid / begins) ** -found.index
    beyond = start * survival[0] + float(np.trapezoid(survival, grid))
    if index > 2:  # the integral is cut where a heavier tail has much left
        expected = beyond / (GUARD * sqrt(squares) / 10_000)
        assert found.missing == pytest.approx(expected, rel=2e-3)


def test_hills_index_by_hand() -> None:
    """Of 512 draws 16 are the tail: half of them four, half of them two times where it begins."""
    deviations = np.array([4.0] * 8 + [2.0] * 8 + [1.0] * 9)
    halves = (HalfSample(256, 0.0, 1.0), HalfSample(256, 0.0, 1.0))
    found = diagnose(deviations, 1000.0, halves)
    assert found.index == pytest.approx(1 / (1.5 * log(2)), rel=1e-12)
    assert found.missing == inf  # an index below 1 leaves no mean at all
    assert found.index < 1
    heavier = np.array([2.0] * 16 + [1.0] * 9)
    found = diagnose(heavier, 1000.0, halves)
    assert found.index == pytest.approx(1 / log(2), rel=1e-12)
    start = 16 / UNSEEN  # (16/8.4)^(ln 2 / ln 2 …): spacing = ln 2
    unseen = UNSEEN / 512 * start ** log(2) * (1 / log(2)) / (1 / log(2) - 1)
    assert found.missing == pytest.approx(unseen / (GUARD * sqrt(1000.0) / 512), rel=1e-12)


NONE: list[tuple[Array, tuple[HalfSample, HalfSample]]] = [
    (np.full(130, 3.0), ALIKE),  # all alike: no tail
    (_pareto(1.5), (HalfSample(255, 0.0, 1.0), HalfSample(256, 0.0, 1.0))),  # 511 are too few
    (np.array([2.0, 1.0]), ALIKE),  # one value above where it begins
    (np.array([2.0, 1.0, 0.0]), ALIKE),  # it begins at 0
    (np.zeros(130), ALIKE),
]


@pytest.mark.parametrize(("deviations", "halves"), NONE)
def test_no_index_of_what_shows_no_tail(
    deviations: Array, halves: tuple[HalfSample, HalfSample]
) -> None:
    found = diagnose(deviations, 1e6, halves)
    assert (found.index, found.missing) == (inf, 0.0)


def test_three_values_have_an_index() -> None:
    found = diagnose(np.array([4.0, 2.0, 1.0]), 1e6, ALIKE)
    assert found.index == pytest.approx(2 / (3 * log(2)), rel=1e-12)


def test_the_edges_of_a_diagnosis() -> None:
    still = diagnose(np.zeros(3), 0.0, ALIKE)
    assert (still.largest_term, still.missing) == (0.0, 0.0)
    boundless = diagnose(np.ones(3), inf, ALIKE)
    assert boundless == TailDiagnosis(1.0, 0.0, inf, inf, inf)
    assert boundless.is_hopeless
    assert not boundless.is_light


@pytest.mark.parametrize(("one", "other", "apart", "distance"), [
    (HalfSample(256, 1.0, 4.0), HalfSample(256, 3.0, 1.0), log(4), 2 / sqrt(5 / 256)),
    (HalfSample(256, 3.0, 1.0), HalfSample(256, 1.0, 4.0), log(4), 2 / sqrt(5 / 256)),
    (HalfSample(255, 1.0, 4.0), HalfSample(255, 1.0, 1.0), 0.0, 0.0),  # spreads of few tell nothing
    (HalfSample(400, 1.0, 4.0), HalfSample(100, 2.0, 4.0), 0.0, 1 / sqrt(0.01 + 0.04)),
    (HalfSample(2, 1.0, 4.0), HalfSample(2, 2.0, 4.0), 0.0, 0.5),
    (HalfSample(2, 1.0, 4.0), HalfSample(1, 9.0, 0.0), 0.0, 0.0),  # one value has no spread
    (HalfSample(9, 1.0, 0.0), HalfSample(9, 5.0, 0.0), 0.0, 0.0),
    (HalfSample(9, 1.0, 0.0), HalfSample(9, 1.0, 2.0), inf, inf),
    (HalfSample(9, 1.0, 2.0), HalfSample(9, 1.0, 0.0), inf, inf),
])  # fmt: skip
def test_halves(one: HalfSample, other: HalfSample, apart: float, distance: float) -> None:
    found = diagnose(np.ones(3), 100.0, (one, other))
    assert found.halves_apart == pytest.approx(apart, rel=1e-12)
    assert found.halves_distance == pytest.approx(distance, rel=1e-12)
    assert found.count == one.count + other.count


LIGHT = TailDiagnosis(0.15, inf, 0.3, 0.5, 5.0)


@pytest.mark.parametrize(("change", "is_light"), [
    ({}, True),  # each at its threshold
    ({"missing": 0.31}, False),
    ({"largest_term": 0.16}, False),
    ({"halves_apart": 0.51}, False),
    ({"halves_distance": 5.01}, False),
    ({"largest_term": 0.34, "count": 511}, True),  # one of few is often larger
    ({"largest_term": 0.36, "count": 511}, False),
    ({"largest_term": 0.16, "count": 512}, False),
])  # fmt: skip
def test_thresholds_of_a_light_tail(change: dict[str, float], *, is_light: bool) -> None:
    found = replace(LIGHT, **change)  # type: ignore[arg-type]  # fields by name, from a table
    assert found.is_light is is_light


@pytest.mark.parametrize(("index", "largest_term", "is_hopeless"), [
    (1.3, 0.5, False), (1.29, 0.1, True), (9.0, 0.51, True), (1.29, 0.51, True),
])  # fmt: skip
def test_thresholds_of_a_hopeless_tail(
    index: float, largest_term: float, *, is_hopeless: bool
) -> None:
    found = replace(LIGHT, index=index, largest_term=largest_term)
    assert found.is_hopeless is is_hopeless


@pytest.mark.parametrize(("means", "apart"), [((1.0, 1.0), 0.0), ((1.0, 2.0), inf)])
def test_halves_of_variances_too_small_to_be_divided(
    means: tuple[float, float], apart: float
) -> None:
    one, other = (HalfSample(2048, mean, 5e-324) for mean in means)
    assert diagnose(np.ones(64), 1e-320, (one, other)).halves_distance == apart
