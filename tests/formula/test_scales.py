"""How large a value without bounds is, against the moments of normal draws, and what is tame."""

from dataclasses import replace
from math import inf, sqrt

import pytest

from studytool.formula.growth import STILL, Growth
from studytool.formula.hidden import Hidden
from studytool.formula.intervals import UNBOUNDED, ZERO_TO_ONE, Interval
from studytool.formula.known import (
    NOTHING,
    REPLICATES,
    Known,
    from_function,
    from_operator,
    number,
    squared,
)
from studytool.formula.scales import is_tame, scale_of

NORMAL = Known(UNBOUNDED, (), Growth(1.0, 1.0), inf, is_random=True, scale=2.0)
BOUNDED = Known(Interval(-3.0, 3.0), (), Growth(1.0, 1.0), inf, is_random=True, scale=3.0)


@pytest.mark.parametrize(
    ("operator", "operands", "scale"),
    [
        ("*", (NORMAL, NORMAL), sqrt(3) ** 2 * 4),  # the fourth moment is 3, by its fourth root
        ("*", (NORMAL, BOUNDED), 6.0),  # one is bounded: no moment above the second
        ("*", (NORMAL, NOTHING), sqrt(3) * 2),  # of what nothing is known the scale is 1
        ("/", (NORMAL, number(-4.0)), 0.5),
        ("**", (NORMAL, number(2.0)), 12.0),  # E z⁴ = 3·2⁴, and its root is less than 3·2²
        ("**", (NORMAL, number(1.0)), 2.0),
        ("**", (NORMAL, number(1.25)), (sqrt(1.5) * 2) ** 1.25),  # of the moment 2.5
    ],
)
def test_the_scale_of_a_result(operator: str, operands: tuple[Known, ...], scale: float) -> None:
    assert scale_of(operator, operands) == pytest.approx(scale)


@pytest.mark.parametrize(
    ("name", "scale", "tame"),
    [
        ("sigmoid", 4.0, True),  # it just fills its range of 1 by a slope of 1/4
        ("sigmoid", 4.1, False),
        ("tanh", 2.0, True),
        ("tanh", 2.1, False),
        ("step", 1.0, False),  # a function that jumps
    ],
)
def test_a_bounded_function_is_tame_up_to_its_range(name: str, scale: float, *, tame: bool) -> None:
    one = Known(UNBOUNDED, (), Growth(1.0, 1.0), inf, is_random=True, scale=scale)
    range_ = ZERO_TO_ONE if name == "sigmoid" else Interval(-1.0, 1.0)
    assert is_tame(name, [one], range_) is tame


def test_what_is_unknown_counts_as_drawn() -> None:
    """Beside another draw the side that ``where`` may choose hides; beside a number it does not."""
    chosen = Known(UNBOUNDED, (), NOTHING.growth, inf, is_random=True, hidden=Hidden(beside=5.0))
    assert from_operator("+", [chosen, NOTHING]).hidden == Hidden(width=5.0)
    assert from_operator("+", [chosen, number(1.0)]).hidden == Hidden(beside=5.0)


def test_a_bounded_divisor_hides_the_width_of_its_inverse() -> None:
    """Of 1/[1, 4], which is [1/4, 1]; of a number nothing."""
    one = Known(Interval(1.0, 4.0), (), NOTHING.growth, inf, is_random=True)
    assert from_operator("/", [NOTHING, one]).hidden == Hidden(width=0.75 * NOTHING.scale)


def test_what_no_draw_moves_has_one_value() -> None:
    assert REPLICATES.values == number(5.0).values == 1.0


UNKNOWN = Growth(inf, inf)
"""Of a value that no polynomial in draws bounds."""


def _unbounded(scale: float, beside: float = 0.0) -> Known:
    return Known(
        UNBOUNDED, (), UNKNOWN, inf, is_random=True, scale=scale, hidden=Hidden(beside=beside)
    )


@pytest.mark.parametrize(
    ("name", "operands", "hidden"),
    [
        # a bounded part of a sum hides the width of its range
        ("+", (_unbounded(1), replace(BOUNDED, range=Interval(1.0, 4.0))), Hidden(width=3.0)),
        # a product of two that draws choose: the reach of each, times the other
        ("*", (_unbounded(2, beside=5), _unbounded(3, beside=7)), Hidden(width=5 * 3 + 7 * 2)),
        ("*", (_unbounded(2, beside=5), number(-4.0)), Hidden(beside=20.0)),
        ("/", (_unbounded(2, beside=5), number(-4.0)), Hidden(beside=1.25)),
        # fixed numbers below a value without bounds hide nothing
        ("/", (NOTHING, Known(Interval(1.0, 4.0), (3,), STILL, 3.0, is_random=False)), Hidden()),
        # a side without bounds beside a fixed one, and beside another draw
        ("where", (BOUNDED, _unbounded(5), number(0.0)), Hidden(beside=5.0)),
        ("where", (BOUNDED, number(0.0), _unbounded(5)), Hidden(beside=5.0)),
        ("where", (BOUNDED, _unbounded(5), _unbounded(2)), Hidden(width=7.0)),
        ("where", (BOUNDED, replace(BOUNDED, range=Interval(-9.0, 1.0)), _unbounded(2)), Hidden(width=11.0)),
    ],
)  # fmt: skip
def test_what_a_result_without_bounds_hides(
    name: str, operands: tuple[Known, ...], hidden: Hidden
) -> None:
    if name == "where":
        assert from_function(name, operands).hidden == hidden
    else:
        assert from_operator(name, operands).hidden == hidden


def test_so_many_times_a_value_hides_as_many_times_its_widths() -> None:
    assert Hidden(1.0, 2.0, 3.0).times(4.0) == Hidden(4.0, 2.0, 12.0)


def test_a_sign_changes_neither_size_nor_tameness() -> None:
    tame = replace(NORMAL, is_tame=True, hidden=Hidden(beside=2.0))
    turned = from_operator("-", [tame])
    assert (turned.scale, turned.is_tame, turned.hidden) == (2.0, True, Hidden(beside=2.0))
    assert not from_operator("-", [NORMAL]).is_tame


def test_a_square_has_twice_the_degree_and_the_scale_of_a_power_of_two() -> None:
    assert squared(NORMAL).growth == Growth(2.0, 2.0)
    assert squared(NORMAL).scale == scale_of("**", (NORMAL, number(2.0)))
    assert squared(BOUNDED).range.low == 0.0


@pytest.mark.parametrize("name", ["floor", "ceil", "round", "sign"])
def test_whole_numbers_of_a_range_are_counted_with_both_ends(name: str) -> None:
    wide = Known(Interval(0.0, 7.0), (), UNKNOWN, inf, is_random=True)
    assert from_function(name, [wide]).values == (2.0 if name == "sign" else 8.0)
