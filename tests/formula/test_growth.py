"""The laws of growth, and where draws lie, each at its edge."""

import math
from math import inf

import pytest

from studytool.formula.draw_ranges import range_of_draw
from studytool.formula.growth import (
    STILL,
    Growth,
    growth_of_draw,
    growth_of_function,
    growth_of_power,
    growth_of_reduction,
)
from studytool.formula.intervals import Interval
from studytool.formula.known import multisets
from tests.rows import all_rows

DRAWN, FAST = Growth(1.0, 1.0), Growth(3.0, inf)


def _at(value: float) -> Interval:
    return Interval(value, value)


def test_the_kurtosis_is_nine_to_the_weight_as_far_as_a_float_holds_it() -> None:
    assert (Growth(0, 2).kurtosis, Growth(0, 319).kurtosis) == (81.0, 9.0**319)
    assert Growth(0, 320).kurtosis == inf


@pytest.mark.parametrize(
    ("exponent", "growth"),
    [
        (_at(2), Growth(2, 2)),
        (_at(0), STILL),
        (_at(0.5), Growth(0.5, inf)),
        (_at(-1), Growth(inf, inf)),
        (Interval(1, 2), Growth(inf, inf)),
    ],
)
def test_a_power(exponent: Interval, growth: Growth) -> None:
    assert growth_of_power(DRAWN, exponent) == growth


@pytest.mark.parametrize(
    ("name", "growths", "growth"),
    [
        ("exp", [STILL, STILL], STILL),
        ("exp", [DRAWN], Growth(inf, inf)),
        ("abs", [DRAWN], Growth(1, inf)),
        ("sqrt", [FAST], Growth(1.5, inf)),
        ("hypot", [DRAWN, FAST], Growth(3, inf)),
        ("leaky_relu", [DRAWN, DRAWN], Growth(2, inf)),
        ("degrees", [DRAWN], DRAWN),
        ("log", [DRAWN], Growth(2, inf)),
        ("log", [DRAWN, STILL], Growth(2, inf)),
        ("log", [STILL, DRAWN], Growth(inf, inf)),
        ("log2", [Growth(inf, inf)], Growth(inf, inf)),
    ],
)
def test_a_function(name: str, growths: list[Growth], growth: Growth) -> None:
    assert growth_of_function(name, *growths) == growth


@all_rows("x", [STILL, DRAWN])
@all_rows(
    ("name", "drawn"),
    [
        ("sum", DRAWN),
        ("mean", DRAWN),
        ("var", Growth(2, 2)),
        ("prod", Growth(5, 5)),
        ("cumprod", Growth(5, 5)),
        ("std", Growth(1, inf)),
        ("median", Growth(1, inf)),
        ("sort", Growth(1, inf)),
        ("argmax", Growth(inf, inf)),
        ("softmax", Growth(inf, inf)),
    ],
)
def test_a_reduction_of_five(name: str, drawn: Growth, x: Growth) -> None:
    """What does not depend on a draw does not after it either."""
    assert growth_of_reduction(name, x, 5) == (drawn if x is DRAWN else STILL)


@all_rows(
    ("name", "parameters", "ranges", "growth"),
    [
        ("normal", [STILL, STILL], [], Growth(1, 1)),
        ("normal", [FAST, STILL], [], FAST),
        ("uniform", [STILL, DRAWN], [], Growth(1, 2)),
        ("exponential", [DRAWN], [], Growth(3, 3)),
        ("choice", [STILL], [_at(2)], Growth(0, 1)),
        ("choice", [STILL], [_at(1)], Growth(0, 1)),
        ("choice", [STILL], [Interval(2, 3)], Growth(0, inf)),
        ("choice", [STILL], [_at(0)], Growth(0, inf)),  # it is refused when it is drawn
        ("choice", [DRAWN], [_at(2)], Growth(0, inf)),
        ("permutation", [STILL], [_at(3)], Growth(0, inf)),
        ("bernoulli", [STILL], [_at(0.5)], Growth(0, 1)),
        ("bernoulli", [STILL], [_at(0)], Growth(0, inf)),
        ("bernoulli", [STILL], [Interval(0.4, 0.6)], Growth(0, 1.0124)),
        ("bernoulli", [DRAWN], [_at(0.5)], Growth(0, inf)),
        ("binomial", [STILL, STILL], [_at(3), _at(0.5)], Growth(0, 1)),
        ("binomial", [STILL, DRAWN], [_at(3), _at(0.5)], Growth(inf, inf)),
        ("gamma", [STILL, STILL], [_at(0.5)], Growth(2, 2)),
        ("gamma", [STILL, STILL], [_at(1)], Growth(2, 2)),
        ("gamma", [STILL, STILL], [_at(0.3)], Growth(2, inf)),
        ("gamma", [STILL, STILL], [_at(0)], Growth(2, inf)),
        ("gamma", [STILL, STILL], [Interval(0.5, 1)], Growth(2, inf)),
        ("gamma", [STILL, DRAWN], [_at(1)], Growth(3, 3)),
        ("poisson", [STILL], [_at(3)], Growth(2, inf)),
        ("geometric", [STILL], [_at(0.3)], Growth(2, inf)),
    ],
)
def test_a_draw(
    name: str, parameters: list[Growth], ranges: list[Interval], growth: Growth
) -> None:
    found = growth_of_draw(name, parameters, ranges)
    assert found.degree == growth.degree
    assert found.weight == pytest.approx(growth.weight, abs=1e-4)


@pytest.mark.parametrize("p", [1e-6, 0.01, 0.2, 0.4, 0.4999, 0.5 - 1e-8, 0.6, 0.999])
def test_the_weight_of_a_bit_by_another_form_of_the_law(p: float) -> None:
    """With r the odds, sinh(3u/4)/sinh(u/4) is √r + 1 + 1/√r."""
    odds = min(p, 1 - p) / max(p, 1 - p)
    ratio = math.sqrt(odds) + 1 + 1 / math.sqrt(odds)
    found = growth_of_draw("bernoulli", [STILL], [_at(p)])
    assert found.kurtosis == pytest.approx(ratio**2, rel=1e-9)


@all_rows(
    ("name", "parameters", "low", "high"),
    [
        ("normal", [Interval(1, 2), _at(0)], 1, 2),
        ("normal", [Interval(1, 2), Interval(0, 1)], -inf, inf),
        ("uniform", [_at(3), _at(3)], 3, 3),
        ("exponential", [_at(2)], 0, inf),
        ("exponential", [_at(0)], 0, 0),
        ("bernoulli", [_at(0)], 0, 0),
        ("bernoulli", [_at(1)], 1, 1),
        ("bernoulli", [Interval(0, 1)], 0, 1),
        ("choice", [_at(6)], 0, 5),
        ("choice", [Interval(-3, 0)], 0, 0),
        ("binomial", [_at(5), _at(0)], 0, 0),
        ("binomial", [_at(5), _at(1)], 5, 5),
        ("binomial", [Interval(3, 5), Interval(0, 0.5)], 0, 5),
        ("binomial", [Interval(-3, -1), _at(0.5)], 0, 0),
        ("binomial", [Interval(-3, 4), _at(1)], 0, 4),
        ("poisson", [_at(2)], 0, inf),
        ("geometric", [_at(1)], 1, 1),
        ("geometric", [Interval(0.5, 1)], 1, inf),
        ("gamma", [_at(2), _at(0)], 0, 0),
        ("gamma", [_at(2), _at(1)], 0, inf),
        ("permutation", [], 0, 8),
    ],
)
def test_where_draws_lie(name: str, parameters: list[Interval], low: float, high: float) -> None:
    assert range_of_draw(name, parameters, 9.0) == Interval(low, high)


def test_a_uniform_draw_may_round_beyond_its_upper_end_alone() -> None:
    for low, high in ((1.0, 3.0), (-3.0, -1.0), (-5.0, 0.0)):
        found = range_of_draw("uniform", [_at(low), _at(high)], 1.0)
        assert found.low == low
        assert high < found.high < high + 1e-14
    large = range_of_draw("uniform", [_at(0.0), _at(1e6)], 1.0)
    assert 1e6 < large.high < 1e6 * (1 + 1e-14)


@pytest.mark.parametrize(
    ("values", "count", "ways"),
    [
        (0, 5, 1),
        (1, 5, 1),
        (1, inf, 1),
        (2, 9, 10),
        (3, 2, 6),
        (6, 1, 6),
        (2, inf, inf),
        (inf, 2, inf),
    ],
)
def test_multisets_against_their_counts(values: float, count: float, ways: float) -> None:
    assert multisets(values, count) == ways


def test_a_choice_of_four_is_as_heavy_as_a_chance_of_a_quarter() -> None:
    choice = growth_of_draw("choice", [STILL], [_at(4)])
    assert choice == growth_of_draw("bernoulli", [STILL], [_at(0.25)])
