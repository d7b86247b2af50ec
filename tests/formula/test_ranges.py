"""Where a function's values lie, of arguments in an interval: none outside, and not much room besides."""

import math

import numpy as np
import pytest

from studytool.formula.functions import BINARY, FUNCTIONS, SLACK, compare_floats
from studytool.formula.intervals import Interval
from studytool.formula.kinds import Elementwise
from studytool.formula.known import from_operator, multisets, number
from studytool.formula.ranges import ELEMENTWISE_RANGES, range_of_reduction

INF = math.inf


@pytest.mark.parametrize(("name", "arguments", "low", "high"), [
    ("arccos", [(-1, 1)], 0, math.pi),
    ("arccos", [(-3, 0.5)], math.pi / 3, math.pi),  # nothing comes of what is outside
    ("arccos", [(-0.5, 3)], 0, 2 * math.pi / 3),
    ("arcsin", [(-1, 1)], -math.pi / 2, math.pi / 2),
    ("arcsin", [(-3, 0)], -math.pi / 2, 0),
    ("arcsin", [(0, 3)], 0, math.pi / 2),
    ("log1p", [(-3, 0)], -INF, 0),
    ("log1p", [(-0.5, 1)], math.log(0.5), math.log(2)),
    ("tan", [(-1, 1)], math.tan(-1), math.tan(1)),
    ("tan", [(1, 1)], math.tan(1), math.tan(1)),
    ("tan", [(1, 2)], -INF, INF),  # a pole lies between
    ("tan", [(-1.5, 1.6)], -INF, INF),
    ("tan", [(-1, 2.5)], -INF, INF),  # higher at the end, behind a pole
    ("tan", [(1, 1 + math.pi)], -INF, INF),  # as high at the end, and anything between
    ("comb", [(0, 10), (0, 3)], 0, 120),
    ("comb", [(0, 10), (0, 9)], 0, 252),
    ("comb", [(0, 999), (0, 2)], 0, 999 * 998 / 2),
    ("comb", [(0, 1000), (0, 2)], 0, INF),  # too large to say
    ("normal_quantile", [(0.5, 1)], 0, INF),
    ("normal_quantile", [(1, 1)], -INF, INF),
    ("normal_quantile", [(0, 0)], -INF, INF),
    ("normal_quantile", [(0, 0.5)], -INF, 0),
    ("gamma", [(1, 3)], 0.8856, 2),
    ("gamma", [(2, 3)], 1, 2),
    ("gamma", [(0, 3)], -INF, INF),
    ("gamma", [(3, 170)], 2, math.gamma(170)),
    ("gamma", [(3, 170.5)], 2, INF),  # too large to say
    ("sigmoid_derivative", [(-9, 9)], 0, 0.25),
    ("tanh_derivative", [(-9, 9)], 0, 1),
    ("normal_pdf", [(-9, 9)], 0, 0.39894228),
])  # fmt: skip
def test_where_values_lie(
    name: str, arguments: list[tuple[float, float]], low: float, high: float
) -> None:
    found = ELEMENTWISE_RANGES[name](*(Interval(float(a), float(b)) for a, b in arguments))
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, rel=1e-4)


@pytest.mark.parametrize(("name", "low", "high"), [
    ("arccos", -1, 1), ("arcsin", -1, 1), ("arctan", -9, 9), ("exp", -3, 3), ("log1p", -0.9, 9),
    ("tan", -1.5, 1.5), ("cosh", -2, 3), ("sigmoid", -9, 9), ("sigmoid_derivative", -9, 9),
    ("tanh_derivative", -9, 9), ("normal_pdf", -4, 4), ("gamma", 0.5, 5),
    ("normal_quantile", 0.01, 0.99), ("sqrt", 0, 9), ("radians", -360, 360),
])  # fmt: skip
def test_no_value_lies_outside(name: str, low: float, high: float) -> None:
    points = np.linspace(low, high, 1001)
    function = FUNCTIONS[name]
    assert isinstance(function, Elementwise)
    values = np.asarray(function.apply(points), dtype=np.float64)
    found = ELEMENTWISE_RANGES[name](Interval(float(low), float(high)))
    assert found.low <= values.min()
    assert values.max() <= found.high


@pytest.mark.parametrize(("sign", "a", "b", "found"), [
    ("<", 1, 2, True), ("<", 2, 1, False), ("<", 1, 1, False), (">", 2, 1, True), (">", 1, 1, False),
    ("<", 1, 1 + 1e-15, False),  # rounding makes no difference
    ("<=", 1, 1, True), ("<=", 2, 1, False), (">=", 1, 2, False), (">=", 2, 1, True),
    ("==", 1, 1 + 1e-15, True), ("!=", 1, 2, True), ("!=", 1, 1, False),
])  # fmt: skip
def test_compare_floats(sign: str, a: float, b: float, found: bool) -> None:  # noqa: FBT001
    assert compare_floats(sign, a, b) is found


@pytest.mark.parametrize(("values", "count", "found"), [
    (2, 3, 4), (3, 2, 6), (1, 9, 1), (0, 9, 1), (INF, 2, INF), (2, INF, INF), (1e9, 1e9, INF),
])  # fmt: skip
def test_in_how_many_ways(values: float, count: float, found: float) -> None:
    assert multisets(values, count) == found


def test_a_sign_turns_the_range_about_0() -> None:
    for value in (2.0, -3.0):
        turned = from_operator("-", [number(value)])
        assert (turned.range.low, turned.range.high) == (-value, -value)


def test_numbers_are_equal_as_decimals_and_0_is_itself() -> None:
    signs = {"==": True, "!=": False, "<": False, ">": False, "<=": True, ">=": True}
    for a, b in ((0.0, 0.0), (0.1 * 3, 0.3)):
        assert {sign: compare_floats(sign, a, b) for sign in signs} == signs
    assert not compare_floats("==", 0.0, 5e-324)


def test_a_variance_is_at_most_a_quarter_of_the_squared_width() -> None:
    """Popoviciu 1935; with a degree of freedom less, by n/(n − 1)."""
    for ddof, most in ((0, 1.0), (1, 1.25)):
        found = range_of_reduction("var", Interval(10.0, 12.0), Interval(5.0, 5.0), ddof=ddof)
        assert found.low == 0.0
        assert found.high == pytest.approx(most)


@pytest.mark.parametrize(("name", "arguments"), [
    ("clip", [(-2, 5), (-1, 0), (2, 3)]), ("clip", [(-2, 5), (-1, 4), (3, 9)]),
    ("clip", [(0, 1), (2, 3), (2.5, 4)]), ("clip", [(4, 5), (0, 1), (2, 3)]),
    ("relu", [(-2, 3)]), ("relu", [(-2, -1)]), ("relu", [(1, 2)]),
    ("leaky_relu", [(-2, 3), (0.1, 0.2)]), ("leaky_relu", [(-2, 3), (-0.5, 0.2)]),
    ("elu", [(-2, 3), (0.5, 1)]),
    ("hypot", [(-3, 1), (2, 4)]), ("hypot", [(-3, -1), (-4, 0)]),
    ("log", [(0.5, 4)]), ("log2", [(0.5, 8)]), ("log10", [(0.1, 9)]),
    ("sqrt", [(0, 4)]), ("abs", [(-3, 1)]), ("abs", [(1, 2)]), ("cosh", [(-3, -1)]),
    ("sign", [(-2, 0)]), ("sign", [(0, 3)]), ("floor", [(-1.5, 2.5)]), ("ceil", [(-1.5, 2.5)]),
    ("round", [(-1.4, 2.6)]), ("sigmoid", [(-3, 1)]), ("tanh", [(-3, 1)]), ("expm1", [(-2, 1)]),
    ("min", [(-3, 5), (1, 2)]), ("min", [(0, 1), (2, 3), (-1, 4)]),
    ("max", [(-3, 5), (1, 2)]), ("max", [(0, 1), (2, 3), (-1, 4)]),
    ("where", [(0, 1), (-1, 2), (5, 6)]), ("comb", [(5, 5), (0, 5)]), ("factorial", [(0, 5)]),
    ("degrees", [(-1, 2)]), ("erf", [(-1, 2)]), ("normal_cdf", [(-1, 2)]), ("arctan", [(-1, 2)]),
])  # fmt: skip
def test_a_range_ends_where_the_values_do(name: str, arguments: list[tuple[float, float]]) -> None:
    whole = name in {"comb", "factorial"}
    axes = [np.arange(a, b + 1.0) if whole else np.linspace(a, b, 65) for a, b in arguments]
    function = FUNCTIONS[name]
    grid = np.meshgrid(*axes)
    values = np.asarray(function.apply(*grid), dtype=np.float64)
    found = ELEMENTWISE_RANGES[name](*(Interval(float(a), float(b)) for a, b in arguments))
    assert found.low <= values.min()
    assert values.max() <= found.high
    if name != "comb":  # whose least is not looked for
        assert found.low == pytest.approx(values.min(), rel=1e-12, abs=1e-12)
    assert found.high == pytest.approx(values.max(), rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(("name", "arguments", "low", "high"), [
    ("round", [(0.12, 0.34), (1, 1)], 0.07, 0.39), ("round", [(12, 34), (-1, 2)], 7, 39),
    ("round", [(0, 1), (-300, 0)], -5e299, 5e299), ("round", [(0, 1), (-301, 0)], -INF, INF),
    ("round", [(0, 1), (400, 400)], 0, 1),
    ("factorial", [(2.5, 4.5)], 6, 24), ("factorial", [(-3, 170)], 1, math.factorial(170)),
    ("factorial", [(3, 171)], 6, INF), ("comb", [(-3, -1), (0, 1)], 0, INF),
    ("comb", [(0, 6), (-2, -1)], 0, 1), ("comb", [(0, 6), (0, 2.5)], 0, 15),
    ("comb", [(0, 6.5), (0, 6)], 0, 20), ("comb", [(0, 6), (0, 5)], 0, 20),
    ("arctan2", [(0, 1), (0, 1)], -math.pi, math.pi), ("chi2_quantile", [(0, 1), (1, 1)], 0, INF),
    ("t_cdf", [(0, 1), (1, 1)], 0, 1), ("chi2_cdf", [(0, 1), (1, 1)], 0, 1),
    ("leaky_relu", [(1, 2), (0.1, 0.2)], 0, 2), ("leaky_relu", [(-2, -1), (0.1, 0.2)], -0.4, 0),
    ("elu", [(1, 2), (0.5, 1)], 0, 2), ("elu", [(-2, -1), (0.5, 1)], math.expm1(-2), 0),
    ("log", [(2, 4), (2, 8)], 1 / 3, 2), ("sin", [(0, 0.1)], -1, 1), ("cos", [(0, 0.1)], -1, 1),
])  # fmt: skip
def test_ranges_that_are_known_in_part(
    name: str, arguments: list[tuple[float, float]], low: float, high: float
) -> None:
    found = ELEMENTWISE_RANGES[name](*(Interval(float(a), float(b)) for a, b in arguments))
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12, abs=1e-12)
    assert found.low <= low
    assert high <= found.high


@pytest.mark.parametrize(("name", "x", "count", "low", "high"), [
    ("sum", (-1, 2), (5, 5), -5, 10), ("sum", (1, 2), (3, 5), 3, 10),
    ("mean", (-1, 2), (5, 5), -1, 2), ("prod", (2, 3), (4, 4), 16, 81),
    ("prod", (-2, 1), (3, 3), -8, 8), ("norm", (-3, 2), (4, 4), 0, 6),
    ("norm", (2, 3), (4, 4), 4, 6), ("std", (-1, 3), (4, 4), 0, 2), ("var", (-1, 3), (4, 4), 0, 4),
    ("min", (-1, 2), (5, 5), -1, 2), ("max", (-1, 2), (5, 5), -1, 2), ("sort", (-1, 2), (5, 5), -1, 2),
    ("median", (-1, 2), (5, 5), -1, 2), ("quantile", (-1, 2), (5, 5), -1, 2),
    ("cumsum", (1, 2), (3, 5), 1, 10), ("cumsum", (-1, 2), (5, 5), -5, 10),
    ("cumprod", (2, 3), (4, 4), 2, 81), ("softmax", (-9, 9), (4, 4), 0, 1),
    ("argmax", (-9, 9), (4, 4), 0, 4), ("count_nonzero", (-9, 9), (4, 4), 0, 4),
])  # fmt: skip
def test_a_reduction_of_elements_in_an_interval(
    name: str, x: tuple[float, float], count: tuple[float, float], low: float, high: float
) -> None:
    found = range_of_reduction(name, Interval(*map(float, x)), Interval(*map(float, count)), ddof=0)
    assert found.low <= low
    assert high <= found.high
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12, abs=1e-12)


def test_the_room_of_a_place_between_two_elements_is_that_of_its_rounding() -> None:
    """(8 + n) units in the last place of the largest: enough, and not twice as much."""
    for name in ("median", "quantile"):
        found = range_of_reduction(name, Interval(-4.0, 1.0), Interval(3.0, 7.0), ddof=0)
        assert (found.low, found.high) == (-4 - 15 * 2**-50, 1 + 15 * 2**-50)


def test_too_few_elements_for_their_degrees_of_freedom_bound_no_variance() -> None:
    for name in ("var", "std"):
        found = range_of_reduction(name, Interval(0.0, 1.0), Interval(1.0, 4.0), ddof=1)
        assert (found.low, found.high) == (0.0, INF)


def test_operators_compare_single_numbers_as_decimals() -> None:
    equal, less = BINARY["=="][0], BINARY["<"][0]
    assert [bool(equal(a, b)) for a, b in ((0.1 * 3, 0.3), (1 + SLACK, 1.0), (0.3, -0.3))] == [
        True, True, False,
    ]  # fmt: skip
    assert not less(0.3, 0.1 * 3)
    assert less(1.0, 1 + 3 * SLACK)
