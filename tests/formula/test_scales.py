"""How large a value without bounds is, against the moments of normal draws, and what is tame."""

from math import inf, sqrt

import pytest

from studytool.formula.growth import Growth
from studytool.formula.hidden import Hidden
from studytool.formula.intervals import UNBOUNDED, ZERO_TO_ONE, Interval
from studytool.formula.known import NOTHING, REPLICATES, Known, from_operator, number
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
