"""The arithmetic of intervals, by hand: ends, signs, zero and the infinite."""

from collections.abc import Callable
from math import inf, nan

import pytest

from studytool.formula.intervals import (
    UNBOUNDED,
    Interval,
    absolute,
    add,
    divide,
    floor_divide,
    hull,
    join,
    multiply,
    power,
    remainder,
    subtract,
    total,
    total_product,
)
from tests.rows import all_rows

TWO = Callable[[Interval, Interval], Interval]


def test_an_interval_holds_its_ends() -> None:
    one = Interval(1, 2)
    assert [value in one for value in (0.999, 1, 1.5, 2, 2.001)] == [False, True, True, True, False]
    assert (one.is_point, Interval(2, 2).is_point, Interval(inf, inf).is_point) == (
        False, True, False,
    )  # fmt: skip
    assert (one.is_bounded, Interval(0, inf).is_bounded) == (True, False)
    assert (Interval(-3, 2).magnitude, Interval(-3, 4).magnitude) == (3, 4)


@pytest.mark.parametrize(
    ("one", "within", "part"),
    [((0, 3), (1, 2), (1, 2)), ((1, 2), (0, 3), (1, 2)), ((0, 1), (2, 3), (2, 2)),
     ((4, 5), (2, 3), (3, 3)), ((0, 2.5), (2, 3), (2, 2.5))],
)  # fmt: skip
def test_the_part_inside_another(
    one: tuple[float, float], within: tuple[float, float], part: tuple[float, float]
) -> None:
    assert Interval(*one).clipped(Interval(*within)) == Interval(*part)


@all_rows(
    ("apply", "a", "b", "found"),
    [
        (add, (1, 2), (-3, 5), (-2, 7)),
        (subtract, (1, 2), (-3, 5), (-4, 5)),
        (multiply, (1, 2), (-3, 5), (-6, 10)),
        (multiply, (-2, -1), (-3, 5), (-10, 6)),
        (multiply, (0, 0), (-inf, inf), (0, 0)),  # each value itself is finite
        (multiply, (0, 1), (2, inf), (0, inf)),
        (divide, (1, 2), (4, 8), (0.125, 0.5)),
        (divide, (1, 2), (2, inf), (0, 1)),
        (divide, (1, 2), (-1, 1), (-inf, inf)),
        (divide, (1, 2), (0, 0), (-inf, inf)),
        (divide, (1, 2), (0, 4), (0.25, inf)),
        (divide, (1, 2), (-4, 0), (-inf, -0.25)),
        (divide, (-1, 2), (0, 4), (-inf, inf)),
        (remainder, (0, 2), (0, 3), (0, 2)),
        (remainder, (0, 5), (1, 3), (0, 3)),
        (remainder, (-1, 2), (1, 3), (0, 3)),
        (remainder, (0, 2), (-3, 1), (-3, 1)),
        (remainder, (0, 2), (-3, -1), (-3, 0)),
        (remainder, (-2, 2), (0.25, 0.5), (0, 0.5)),
        (floor_divide, (7, 7), (2, 2), (3, 3)),
        (floor_divide, (1, 1), (0.1, 0.1), (9, 10)),  # 0.1 is a little more than a tenth
        (floor_divide, (1, 2), (0, 4), (0, inf)),
        (power, (2, 3), (2, 2), (4, 9)),
        (power, (-3, 2), (2, 2), (0, 9)),
        (power, (-3, 2), (3, 3), (-27, 8)),
        (power, (2, 4), (-1, -1), (0.25, 0.5)),
        (power, (-2, 4), (0, 0), (1, 1)),
        (power, (0, 4), (0.5, 0.5), (0, 2)),
        (power, (-9, 4), (0.5, 0.5), (0, 2)),  # of a negative number it is refused
        (power, (0, 4), (0.5, 1.5), (0, 8)),
        (power, (1, 4), (0.5, 1.5), (1, 8)),
        (power, (-4, 1), (0.5, 1.5), (-8, 8)),
    ],
)
def test_operators(
    apply: TWO, a: tuple[float, float], b: tuple[float, float], found: tuple[float, float]
) -> None:
    """Never too narrow; wider by no more than rounding."""
    got, (low, high) = apply(Interval(*a), Interval(*b)), found
    assert got.low <= low
    assert got.high >= high
    assert (got.low, got.high) == pytest.approx(found, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize(
    ("a", "found"), [((-3, 2), (0, 3)), ((1, 2), (1, 2)), ((-3, -1), (1, 3)), ((0, 2), (0, 2)),
                     ((-3, 0), (0, 3))],
)  # fmt: skip
def test_a_size(a: tuple[float, float], found: tuple[float, float]) -> None:
    assert absolute(Interval(*a)) == Interval(*found)


def test_sums_and_products_of_many() -> None:
    five = Interval(5, 5)
    assert total(Interval(-1, 2), five).low <= -5
    assert total(Interval(-1, 2), five).high == pytest.approx(10)
    assert total(Interval(1, 2), Interval(3, 5)).low == pytest.approx(3)
    assert total_product(Interval(1, 2), Interval(3, 5)).high == pytest.approx(32)
    assert total_product(Interval(1, 2), Interval(3, 5)).low == pytest.approx(1)
    found = total_product(Interval(-2, 1), Interval(3, 3))
    assert (found.low, found.high) == pytest.approx((-8, 8))


def test_what_holds_numbers_and_intervals() -> None:
    assert hull(3, 1, 2) == Interval(1, 3)
    assert hull(1, nan) == UNBOUNDED
    assert join(Interval(1, 2), Interval(-1, 0)) == Interval(-1, 2)
    assert Interval(-inf, 2.0).widened() == Interval(-inf, 2 * (1 + 2**-49))


def test_products_and_sums_of_many_have_room_for_their_rounding() -> None:
    thousand = Interval(1000.0, 1000.0)
    many = total_product(Interval(1.1, 1.1), thousand)
    assert many.low < 1.1**1000 < many.high
    assert total(Interval(0.1, 0.1), thousand).low < sum([0.1] * 1000)
